"""What every view of a comparison needs: what things are called, and what belongs to one story.

In: a Comparison. Out: names of its documents and speakers, and an Account of each story. Documents
go by a number, their place in the comparison, which is by day and outlet and so ranks nobody.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol, TypeVar

from unspin.showing import phrases
from unspin.types import (
    Agreement,
    Bound,
    Carried,
    Comparison,
    Conflict,
    ConflictKind,
    Contradiction,
    Copy,
    Cut,
    CutKind,
    Figure,
    Gap,
    Given,
    Identity,
    Marks,
    Quotation,
    Sourcing,
    Span,
    Story,
    TimeExpression,
    Variant,
    VoiceShare,
)

_LIKELY = 0.5  # score from which an utterance is shown as sure
APART = " […] "  # between words of one place that do not stand together
Key = TypeVar("Key", bound=Hashable)
Part = TypeVar("Part")
Telling = Literal["fullest", "same", "worded", "cut", "more", "part", "told"]

CONFLICTS: dict[ConflictKind, tuple[str, str]] = {
    "conflict": ("conflict", "If all speak of one thing, they cannot all be right."),
    "scope": ("different scope", "Each may be right about another part, place or time."),
    "update": ("update", "The figure moved with time: the later one may replace the earlier."),
    "rounding": ("rounding", "One number, given more or less exactly."),
}
RELATIONS: dict[Agreement, tuple[str, str]] = {
    "contradict": ("contradict", "Both cannot hold, as unspin reads them."),
    "differ": ("worded differently", "Whether both can hold is not sure."),
    "agree": ("agree", "Both say the same."),
}
TELLINGS: dict[Telling, tuple[str, str, str]] = {  # sign, word, meaning
    "fullest": ("●", "fullest", "the fullest wording found, which the others are held against"),
    "same": ("●", "same", "the same words"),
    "worded": ("◆", "worded", "quoted in other words"),
    "cut": ("◐", "cut", "words left out that may change what was said"),
    "more": ("◑", "more", "words only here that may change what was said"),
    "part": ("◔", "part", "only a part of it"),
    "told": ("○", "told", "in the outlet\u2019s words"),
}
CUTS: dict[CutKind, str] = {
    "polarity": "whether it is denied",
    "modality": "how certain or binding it is",
    "condition": "on what condition it holds",
}


class Located(Protocol):
    """Words of one document: a Place, and all that is one."""

    @property
    def document(self) -> str:
        """Its id."""

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where the words stand."""

    @property
    def words(self) -> tuple[str, ...]:
        """The words of each span."""


@dataclass(frozen=True, slots=True)
class Named:
    """A document as the views call it."""

    number: int  # its place in the comparison, from 1
    outlet: str
    title: str
    day: str
    iso: str | None
    copy_of: int | None  # number of the fullest text it is a copy of; None: a text of its own

    @property
    def label(self) -> str:
        """Number and outlet in one."""
        return f"{self.number} {self.outlet}"


@dataclass(frozen=True, slots=True)
class Names:
    """What the documents and speakers of a comparison are called."""

    documents: Mapping[str, Named]  # by id, in order
    speakers: Mapping[str, Identity]  # by id

    def document(self, name: str) -> Named:
        """The document of that id; one the comparison does not list goes by its id."""
        return self.documents.get(name) or Named(0, name, name, phrases.dated(None), None, None)

    def speaker(self, name: str | None) -> str:
        """The fullest name of the identity of that id."""
        if name is None:
            return "speaker not known"
        found = self.speakers.get(name)
        return found.who if found else name

    def what(self, carried: Carried) -> str:
        """What is carried, in words."""
        if carried.kind == "fact":
            return phrases.line(carried.what)
        return f"{self.speaker(carried.what)} ({_ROLES[carried.kind]})"

    def listed(self, ids: Iterable[str]) -> tuple[Named, ...]:
        """The documents of those ids, by number."""
        found = dict.fromkeys(self.document(name) for name in ids)
        return tuple(sorted(found, key=lambda named: named.number))


@dataclass(frozen=True, slots=True)
class Account:
    """All that a comparison says of one story, or of what lies in none."""

    story: Story | None
    documents: tuple[Named, ...]
    copies: tuple[Copy, ...]
    quotations: tuple[Quotation, ...]  # those given in several ways first, of them the sure ones
    conflicts: tuple[Conflict, ...]  # those that cannot all be right first, then by score
    contradictions: tuple[Contradiction, ...]  # agreement last, then by score
    missing: tuple[tuple[Carried, tuple[Named, ...]], ...]  # and the documents that lack it
    only: tuple[tuple[Named, tuple[Carried, ...]], ...]  # of copies under the first
    sourcing: tuple[Sourcing, ...]
    voices: tuple[VoiceShare, ...]

    @property
    def compared(self) -> bool:
        """Whether there is more than one account to speak of."""
        return len(self.documents) > 1 or bool(
            self.copies
            or self.quotations
            or self.conflicts
            or self.contradictions
            or self.missing
            or self.only
        )


def names(comparison: Comparison, marks: Iterable[Marks]) -> Names:
    """The names of all documents and speakers; an untitled document goes by its opening words."""
    given = [one.document for one in marks]
    texts = {document.id: document.text for document in given}
    numbers = {listed.id: number for number, listed in enumerate(comparison.documents, 1)}
    firsts = {
        copy: numbers.get(group.documents[0])
        for group in comparison.copies
        for copy in group.documents[1:]
    }
    documents = {
        listed.id: Named(
            number,
            listed.outlet or "outlet unknown",
            listed.title or phrases.untitled(texts.get(listed.id, "")),
            phrases.dated(listed.published),
            listed.published.isoformat() if listed.published else None,
            firsts.get(listed.id),
        )
        for number, listed in enumerate(comparison.documents, 1)
    }
    return Names(documents, {one.id: one for one in comparison.speakers})


def accounts(comparison: Comparison, called: Names) -> tuple[Account, ...]:
    """An account of each story in order, and last of what belongs to none, if anything does."""
    known = {story.id for story in comparison.stories}
    inside = grouped(
        (document, story.id) for story in comparison.stories for document in story.documents
    )

    def of(document: str) -> Sequence[str | None]:
        return inside.get(document) or [None]

    def story_of(name: str | None) -> list[str | None]:
        return [name if name in known else None]

    copies = grouped((at, copy) for copy in comparison.copies for at in _shared(copy, inside))
    quotations = grouped((at, q) for q in comparison.quotations for at in story_of(q.story))
    conflicts = grouped((at, c) for c in comparison.conflicts for at in story_of(c.story))
    pairs = grouped((at, c) for c in comparison.contradictions for at in story_of(c.story))
    gaps = grouped((at, gap) for gap in comparison.gaps for at in of(gap.document))
    sourcing = grouped((at, s) for s in comparison.sourcing for at in of(s.document))
    voices = grouped((at, v) for v in comparison.voices for at in of(v.document))

    def account(story: Story | None) -> Account:
        at = story.id if story else None
        return Account(
            story,
            called.listed(story.documents if story else ()),
            tuple(copies.get(at, ())),
            tuple(sorted(quotations.get(at, ()), key=_telling)),
            tuple(
                sorted(
                    conflicts.get(at, ()),
                    key=lambda found: (_rank(CONFLICTS, found.kind), -found.score),
                )
            ),
            tuple(
                sorted(
                    pairs.get(at, ()),
                    key=lambda found: (_rank(RELATIONS, found.relation), -found.score),
                )
            ),
            _missing(gaps.get(at, ()), called),
            _only(gaps.get(at, ()), called),
            tuple(sourcing.get(at, ())),
            tuple(voices.get(at, ())),
        )

    told = [account(story) for story in comparison.stories]
    rest = account(None)
    return (*told, rest) if rest.compared else tuple(told)


def varied(quotation: Quotation) -> bool:
    """Whether the documents give the utterance in more than one way, words or cue."""
    return (
        any(step.kind != "same" for variant in quotation.variants for step in variant.diff)
        or len({variant.speech for variant in quotation.variants}) > 1
        or len({cue(variant) for variant in quotation.variants}) > 1
    )


def is_sure(quotation: Quotation) -> bool:
    """Whether all variants are likelier to be one utterance than not."""
    return certainty(quotation) >= _LIKELY


def certainty(quotation: Quotation) -> float:
    """How sure the least sure variant is."""
    return min((variant.score for variant in quotation.variants), default=0.0)


def _telling(quotation: Quotation) -> tuple[bool, bool, bool, int]:
    """Sorts utterances by what they tell: sure ones, those that changed, and widely given ones."""
    changed = any(cut.changes for variant in quotation.variants for cut in variant.cut)
    return not varied(quotation), not is_sure(quotation), not changed, -len(quotation.variants)


def telling(variant: Variant, fullest: Variant) -> Telling:
    """How a document gives an utterance, held against the fullest variant."""
    kinds = {step.kind for step in variant.diff}
    if variant is fullest:
        return "fullest"
    if variant.speech == "indirect":
        return "told"
    changing = [cut for cut in variant.cut if cut.changes]
    if changing:
        return "more" if all(is_own(cut, variant) for cut in changing) else "cut"
    if kinds <= {"same"} and not variant.cut:
        return "same"
    return "part" if kinds <= {"same", "cut"} else "worded"


def is_own(cut: Cut, variant: Variant) -> bool:
    """Whether the words are in the variant, and it is the fullest that lacks them."""
    own = variant.place
    return cut.place.document == own.document and any(
        outer.covers(inner) for outer in own.spans for inner in cut.place.spans
    )


def cue(variant: Variant) -> str | None:
    """The words that introduce it; None: none do."""
    return content(variant.cue) or None if variant.cue else None


def told_in(quotation: Quotation) -> str:
    """In how many articles the utterance is given, and where it is not sure to be one."""
    many = phrases.count(len({v.place.document for v in quotation.variants}), "article")
    unsure = f", not sure that all are one utterance: score {certainty(quotation):.2f}"
    return many if is_sure(quotation) else many + unsure


def content(place: Located) -> str:
    """The words of a place in one line, its parts joined by an ellipsis in brackets."""
    return APART.join(filter(None, map(phrases.line, place.words)))


def reading(given: Given, unit: str | None) -> str:
    """How unspin reads the figure or the date."""
    nowhere = Span(0, 0)
    if unit == "date":
        time = TimeExpression(nowhere, given.earliest, given.latest, True, None, "report")
        return phrases.time(time, "")
    figure = Figure(
        nowhere,
        given.low,
        given.high,
        unit,
        None,
        given.bound or "exact",
        None,
        given.as_of,
        None,
        "report",
    )
    return phrases.figure(figure, "")


def brief(given: Given, unit: str | None) -> str:
    """The figure or the date in as few letters as a narrow column has."""
    if unit == "date":
        ends = [_brief(day) if day else "" for day in (given.earliest, given.latest)]
        return ends[0] if ends[0] == ends[1] else "\u2013".join(ends)
    low, high = given.low, given.high
    if low is None or high is None:
        value = high if low is None else low
        sign = _SIGNS.get(given.bound or "exact") or ("≤" if low is None else "≥")
        return "?" if value is None else sign + _compact(value)
    about = "~" if given.bound == "about" else ""
    return about + (_compact(low) if low == high else f"{_compact(low)}\u2013{_compact(high)}")


def counted(found: Conflict) -> str:
    """What is counted, as the texts call it."""
    return found.counted or ("a date" if found.unit == "date" else "a figure")


def carried(found: Carried) -> str:
    """By how many it is carried: independent sources, of the documents given."""
    whole = phrases.count(found.of, "independent source")
    return f"carried by {found.sources:,} of {whole}"


def rate(voice: VoiceShare) -> tuple[str, str]:
    """Techniques per 1,000 words in the outlet's own voice, and the interval around that."""
    if voice.techniques_per_1000 is None:
        return _UNLOOKED if voice.report != 0 else "no words of its own", ""
    if voice.low is None or voice.high is None:
        return f"{voice.techniques_per_1000:.1f}", ""
    return f"{voice.techniques_per_1000:.1f}", f"{voice.low:.1f} to {voice.high:.1f}"


def grouped(pairs: Iterable[tuple[Key, Part]]) -> dict[Key, list[Part]]:
    """What has the same key together, in order, and the keys in the order of the first of each."""
    groups: dict[Key, list[Part]] = {}
    for key, part in pairs:
        groups.setdefault(key, []).append(part)
    return groups


def alike(keys: Iterable[Hashable]) -> list[list[int]]:
    """The indices of equal keys together, in the order of the first of each."""
    return list(grouped((key, at) for at, key in enumerate(keys)).values())


def same_value(given: Given) -> Hashable:
    """Equal for those who give the same figure or date."""
    return given.low, given.high, given.bound, given.earliest, given.latest


def same_figure(given: Given) -> Hashable:
    """Equal for those who also give it in the same sentence, as copies do."""
    return same_value(given), content(given.sentence), content(given), given.said_by


def percent(share: float | None) -> str:
    """The share, 0 to 1, in whole percent; None: what it is a share of was not looked for."""
    if share is None:
        return _UNLOOKED
    return phrases.percent(round(10_000 * max(0.0, min(share, 1.0))), 10_000)


def changes(cut: Cut) -> str:
    """What leaving the words out may change; empty where it is nothing of the kind."""
    return " and ".join(CUTS[kind] for kind in cut.changes)


def title(account: Account) -> str:
    """The title of the story, else that of its first document."""
    if account.story is None:
        return "Across the stories"
    if account.story.title:
        return phrases.line(account.story.title)
    return account.documents[0].title if account.documents else "A story without articles"


def days(story: Story) -> str:
    """The days on which its documents were published."""
    ends = dict.fromkeys(phrases.day(end) for end in (story.first, story.last) if end)
    return " to ".join(ends) or phrases.dated(None)


_SIGNS: dict[Bound, str] = {"more": ">", "less": "<"}
_UNLOOKED = "not looked for"
_ROLES = {"fact": "fact", "actor": "named", "source": "quoted"}


def _brief(day: date) -> str:
    number, month = phrases.day(day).split()[:2]
    return f"{number} {month[:3]}"


def _compact(value: float) -> str:
    for size, letter in ((1e12, "T"), (1e9, "B"), (1e6, "M")):
        if abs(value) >= size:
            return f"{value / size:.4g}{letter}"
    return f"{value:,.6g}"


def _rank(order: Iterable[str], kind: str) -> int:
    return list(order).index(kind)


def _shared(copy: Copy, inside: Mapping[str, Sequence[str]]) -> list[str | None]:
    """The stories in which at least one of the copies lies."""
    found = dict.fromkeys(at for document in copy.documents for at in inside.get(document, ()))
    return list(found) or [None]


def _missing(gaps: Iterable[Gap], called: Names) -> tuple[tuple[Carried, tuple[Named, ...]], ...]:
    lacking = grouped((carried, gap.document) for gap in gaps for carried in gap.missing)
    return tuple((carried, called.listed(documents)) for carried, documents in lacking.items())


def _only(gaps: Iterable[Gap], called: Names) -> tuple[tuple[Named, tuple[Carried, ...]], ...]:
    alone: dict[Carried, Named] = {}
    for gap in gaps:
        for carried in gap.only_here:
            alone.setdefault(carried, called.document(gap.document))
    found = grouped((document, carried) for carried, document in alone.items())
    return tuple((document, tuple(carried)) for document, carried in found.items())
