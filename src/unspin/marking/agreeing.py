"""The statements of the rules and of the encoder, each once.

In: the drafts of the rules and what the encoder sees. Out: drafts. Direct quotations are those of
the rules, who find them by their marks; what is reported in the outlet's words is the encoder's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from unspin.marking import seen
from unspin.marking.drafts import (
    FRAGMENT,
    Draft,
    Places,
    alike,
    count,
    in_marks,
    near,
    placed,
)
from unspin.marking.seen import Seen
from unspin.text import length, meet
from unspin.types import Span

_TOUCHING = 3  # characters between a quotation and words that run on into it
_GOES_ON = 12  # characters between the words of a statement and a quotation of it
_STOPS = 2  # characters of punctuation at the end of a quotation
_SURE = 0.5  # from this score on the encoder lends its speaker to a quotation of the rules


def find(text: str, drafts: Sequence[Draft], sights: Sequence[Seen]) -> list[Draft]:
    """The statements of the rules and of the encoder, each once.

    Direct quotations are the rules', who find them by their marks; the encoder says which of them
    are one statement and lends them a speaker where they have none. What is reported in the
    outlet's words is the encoder's; of the rules' only what it has no statement for and holds long
    quotations.
    """
    kept = [draft for draft in drafts if draft.speech == "direct"]
    signed = [draft for draft in drafts if draft.speech != "direct" and not draft.cue]
    signatures = placed(signed)
    places = placed(kept)
    lengths = [length(draft.words) for draft in kept]
    heard: dict[Span, list[Seen]] = {}  # by a quotation of the rules
    found: list[Draft] = []
    for one in sights:
        if near(signatures, one.words) and _is_bare(text, one):
            continue  # the dash that the rules have read
        same = alike(places, lengths, one.words)
        if same and _is_direct(text, one, [kept[number] for number, _ in same]):
            for number, span in same:
                if meet(one.cue, kept[number].words):
                    continue  # told within the quotation
                if one.score >= _SURE or meet(kept[number].cue, one.cue):
                    heard.setdefault(span, []).append(one)
        else:
            found.append(
                Draft(
                    list(one.words),
                    one.speech,
                    one.cue,
                    one.kind,
                    one.speakers,
                    one.score,
                    quoted=sorted(one.quoted),
                    factuality=one.factuality,
                )
            )
    spoken = _told(kept, places, heard)
    places = placed(found)
    for draft in spoken:
        pieces = [draft.words] if draft.cue else [[span] for span in draft.words]
        draft.words = [
            span
            for words in pieces
            if not any(_within(draft, words, found[number]) for number in near(places, words))
            for span in words
            if not any(_takes(found[number], draft, span) for number in near(places, [span]))
        ]
    given = [draft for draft in spoken if draft.words] + found
    return given + signed + _unheard(text, drafts, given)


def _unheard(text: str, drafts: Sequence[Draft], given: Sequence[Draft]) -> list[Draft]:
    """The mixed statements of the rules that nothing given has words of, where they are long.

    A quotation that goes on with a statement given under the same cue is put into that.
    """
    places = placed(given)
    taken: set[Span] = set()
    unheard = []
    for draft in drafts:
        if draft.speech != "mixed":
            continue
        quotations = in_marks(draft)
        missed = [span for span in quotations if not near(places, [span])]
        heads = [_head(given, places, draft, span) for span in missed]
        for span, head in zip(missed, heads, strict=True):
            if head is not None and span not in taken:
                taken.add(span)
                last = head.words[-1].end
                head.words += [
                    Span(max(one.start, last), one.end)
                    for one in draft.words
                    if last < one.end <= span.end
                ]
                head.quoted.append(span)
                if head.speech == "indirect":
                    head.speech = "mixed"
        long = missed == quotations and min(count(text, span) for span in missed) >= FRAGMENT
        if long and not any(heads):
            unheard.append(draft)
    return unheard


def _head(given: Sequence[Draft], places: Places, draft: Draft, quotation: Span) -> Draft | None:
    """The statement under the cue of a draft that its quotation goes on with."""
    before = Span(max(0, quotation.start - _GOES_ON), quotation.start)
    return next(
        (
            given[number]
            for number in near(places, [before])
            if meet(given[number].cue, draft.cue) and given[number].words[-1].end <= before.end
        ),
        None,
    )


def _is_direct(text: str, one: Seen, drafts: Sequence[Draft]) -> bool:
    """Whether a statement of the encoder is no more than some quotations of the rules.

    So is what a colon or a dash alone introduces, dialogue without marks, and one with words that
    touch no quotation, where the rules know its cue and the quotations are whole sentences.
    """
    if one.speech == "indirect":
        return _is_bare(text, one) or any(
            not draft.quoted and meet(draft.cue, one.cue) for draft in drafts
        )
    return one.speech == "direct" or (
        any(meet(draft.cue, one.cue) for draft in drafts)
        and not any(text[span.start].islower() for span in one.quoted)
        and not any(
            seen.distance(span, [quotation]) <= _TOUCHING
            for span in one.words
            for quotation in one.quoted
            if span != quotation
        )
    )


def _is_bare(text: str, one: Seen) -> bool:
    """Whether the cue is a colon or a dash alone."""
    return not any(map(str.isalnum, "".join(span.of(text) for span in one.cue)))


def _told(
    kept: Sequence[Draft], places: Places, heard: Mapping[Span, Sequence[Seen]]
) -> list[Draft]:
    """The quotations of the rules, parted and joined as the encoder hears them."""
    told: list[Draft] = []
    parts: dict[Seen, list[Draft]] = {}
    for draft in kept:
        for one, part in _parted(draft, heard):
            told.append(part)
            if one is not None:
                parts.setdefault(one, []).append(part)
    for one, said in parts.items():
        lead = max(said, key=lambda draft: (meet(draft.cue, one.cue), length(draft.words)))
        _lend(lead, one)
        for draft in said:
            same = not draft.cue or meet(draft.cue, one.cue)
            if draft is not lead and same and not _parts_from(draft, lead):
                lead.words += draft.words
                lead.speakers = lead.speakers or draft.speakers
                draft.words = []
        lead.words += [span for span in one.quoted if not near(places, [span])]
        lead.words.sort()
    return [draft for draft in told if draft.words]


def _parted(draft: Draft, heard: Mapping[Span, Sequence[Seen]]) -> list[tuple[Seen | None, Draft]]:
    """A quotation as the statements it is to the encoder; only one of them has the rules' cue.

    A piece is of the statement whose cue is nearest, or, heard in none, of that before it.
    """
    nearest = [
        min(heard[span], key=lambda one: seen.distance(span, one.cue)) if span in heard else None
        for span in draft.words
    ]
    last = next((one for one in nearest if one is not None), None)
    parts: dict[Seen, list[Span]] = {}
    for span, one in zip(draft.words, nearest, strict=True):
        last = one or last
        if last is not None:
            parts.setdefault(last, []).append(span)
    if len(parts) < 2:  # noqa: PLR2004 - one statement, or none
        return [(last, draft)]
    return [
        (one, replace(draft, words=words))
        if meet(one.cue, draft.cue)
        else (one, replace(draft, words=words, cue=(), kind=None, speakers=()))
        for one, words in parts.items()
    ]


def _parts_from(draft: Draft, lead: Draft) -> bool:
    """Whether the rules name somebody else for one quotation than for another."""
    names = [{speaker.who for speaker in one.speakers} - {None} for one in (draft, lead)]
    return all(names) and names[0] != names[1]


def _lend(draft: Draft, one: Seen) -> None:
    """Give a quotation of the rules the cue and the speaker's words that the encoder sees.

    Whom the rules name stays named where the words of both meet. Where they do not, the encoder is
    right about the speaker of one cue; of two cues the rules keep theirs, speaker and all.
    """
    ours, theirs = (
        [span for speaker in named for span in speaker.words]
        for named in (draft.speakers, one.speakers)
    )
    apart = bool(ours and theirs) and not meet(ours, theirs)
    if apart and not meet(draft.cue, one.cue):
        return
    draft.score = max(draft.score, one.score) if draft.cue else one.score
    draft.cue, draft.kind = one.cue, draft.kind or one.kind
    if apart or (theirs and not ours):
        draft.speakers = one.speakers
    elif theirs and len(draft.speakers) == len(one.speakers) == 1:
        known = draft.speakers if draft.speakers[0].who is not None else one.speakers
        draft.speakers = (replace(known[0], words=one.speakers[0].words),)


def _within(draft: Draft, words: Sequence[Span], other: Draft) -> bool:
    """Whether words of a quotation are a piece of a mixed statement and no statement of their own.

    A comma more at the end of one of them is no difference. What has a cue in the words of the
    other is a statement within it.
    """
    if other.speech != "mixed" or meet(draft.cue, other.words):
        return False
    return all(
        any(
            whole.start <= span.start and span.end - _STOPS <= whole.end and whole.overlaps(span)
            for whole in other.words
        )
        for span in words
    )


def _takes(other: Draft, draft: Draft, span: Span) -> bool:
    """Whether a piece that a quotation goes on with is of another statement, by a nearer cue."""
    return (
        span != draft.words[0]
        and bool(draft.cue and other.cue)
        and _within(draft, [span], other)
        and seen.distance(span, other.cue) < seen.distance(span, draft.cue)
    )
