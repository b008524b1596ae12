"""One utterance as the documents give it: variants, what was cut, which cue each chose.

What is quoted is taken sentence by sentence. Two sentences are weighed where they share rare words
in one story, or a run of words anywhere; so is a sentence without marks that shares a run with a
quotation of its story. What is weighed is how many of the shorter one's words the longer one
answers, in order, whether the documents themselves use these words without marks, how like their
meaning is, and whether the speakers share a name. A group is made of sentences most of which answer
each other; groups that follow each other in all statements of one of them are one utterance, and a
document's own pieces of it are one variant. Where no document quotes, one speaker must have said
most of it in the same words.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate, groupby, pairwise
from typing import NamedTuple, get_args

from unspin import text as reading
from unspin.comparing import alignment, grouping, likeness, sentences, sources
from unspin.comparing.alignment import Pairs, Word
from unspin.comparing.speakers import Cast
from unspin.model import decoding
from unspin.model.signals import Vectors
from unspin.types import (
    COVERED,
    Copy,
    CueKind,
    Cut,
    CutKind,
    Document,
    Identity,
    Marks,
    Place,
    Quotation,
    Span,
    Speech,
    Statement,
    Story,
    Variant,
)

SAME = 0.33  # from here on two statements are one utterance
_FAINT = 0.25  # and from here on where both stand beside one other utterance
_FEWEST: Mapping[Speech, int] = {"direct": 1, "mixed": 1, "indirect": 3}  # words with meaning
_LOOSE = 2  # the same of what stands between marks and nobody is said to have said
_SENTENCE = 2.2  # weight of the words that makes a sentence be weighed alone
_LITTLE = 0.25  # share of the shorter one's words below which nothing is an utterance again
_REPORTED = 0.8  # the same where both are in the outlets' words and no speaker is common to them
_DENYING = 0.6  # share of the shorter one's words that two must share where one says "not"
_RARE = 20.0  # of `likeness.rarity`, all words together
_MANY = 8  # words that tell as much as more would
_AGAIN = 24  # statements with the same run of words that one is weighed against
_RUN = 6  # words in a row that make a statement be weighed whatever the story
_TERM = 6  # words, the small ones at both ends left off: more are no term
_USUAL = 0.4  # share of a story's documents that use words without marks: from there on a term
_SIGNS: Mapping[CutKind, frozenset[str]] = {
    "modality": alignment.stems(
        """may must should ought perhaps maybe possibly probably likely unlikely apparently
        allegedly reportedly"""
    ),
    "condition": alignment.stems(
        "if unless until only except condition conditional otherwise till solely"
    ),
}
_AFTERWARDS = alignment.stems("allegedly reportedly apparently perhaps maybe probably")
_AUXILIARY = frozenset(
    """will would shall should can could may might must do does did have has had is are was were am
    be been""".split()
)
_CONTRAST = 4  # words of "not a lasting peace"
_CLAUSE = re.compile(  # where another one begins, as far as a "not" reaches
    r"[,;:–—…]|\.\.\.|[.!?]\s|\s-+\s"
    r"|\b(?:who|whom|whose|which|because|although|though|since|while|where|when)\b",
    re.IGNORECASE,
)
_NO_CONDITION = frozenset("the a an my your his her its our their not".split())  # before "only"


class _Called(NamedTuple):
    """What some speakers are called."""

    names: frozenset[str] = frozenset()  # by their stems
    are_persons: bool = False  # all of them; a body speaks through some


@dataclass(frozen=True, eq=False)
class _Said:
    """A sentence or a piece of what somebody said in one document, ready to be weighed."""

    document: int
    part: str | None  # of the document, that it is a sentence of: a statement or a block
    spans: tuple[Span, ...]
    speech: Speech
    cue: tuple[Span, ...]
    cue_kind: CueKind | None
    words: tuple[Word, ...]
    speakers: frozenset[str]
    called: _Called
    story: str | None  # None: the story has no other document
    around: frozenset[CutKind] = frozenset()  # what the outlet's own words beside it tell
    is_bare: bool = False  # it stands in the text without marks, nothing says that it was said
    usual: float = 0.0  # share of the story's documents that have its words without marks

    @cached_property
    def weight(self) -> float:
        """What its words count for."""
        return sum(word.weight for word in self.words)

    @cached_property
    def stems(self) -> frozenset[str]:
        """Those of all its words."""
        return frozenset(word.stem for word in self.words)


def find(
    marks: Sequence[Marks],
    stories: Sequence[Story],
    copies: Sequence[Copy],
    cast: Cast,
    vectors: Vectors,
) -> tuple[Quotation, ...]:
    """The utterances that two independent documents or more carry, sorted by story and place."""
    story = {
        document: one.id for one in stories if len(one.documents) > 1 for document in one.documents
    }
    foreign = {one.document.id for one in marks if one.document.language not in COVERED}
    by_id = {
        one.id: replace(one, documents=tuple(at for at in one.documents if at not in foreign))
        for one in stories
    }  # nothing is said to be left out where not all that is said is looked for
    authors = {one.id for one in cast.identities if one.who_kind == "author"}
    called = {one.id: _called(one) for one in cast.identities}
    told = [
        said
        for number, one in enumerate(marks)
        for said in _said(one, number, story.get(one.document.id), cast, called)
    ]
    bare = list(_bare(marks, told, story))
    told = _with_usual(marks, told, bare, story) + bare
    scores = _scores(marks, told, vectors)
    fullest = sources.fullest(copies)
    groups = _utterances(told, scores)
    grouped = {at for group in groups for at in group}
    links = {pair: score for pair, score in scores.items() if grouped.issuperset(pair)}
    found = []
    for group, inside in zip(groups, grouping.inside(groups, links), strict=True):
        ids = {marks[told[at].document].document.id for at in group}
        if len({fullest.get(one, one) for one in ids}) > 1 and _is_heard(told, inside):
            own = {at: told[at] for at in group}
            found.append(_quotation(marks, by_id, own, inside, authors))
    return tuple(found)


def _called(speaker: Identity) -> _Called:
    """The stems of the words with meaning in all its names, and whether it is a person."""
    text = " ".join(speaker.names)
    words = alignment.words(text, (Span(0, len(text)),))
    names = frozenset(word.stem for word in words if not word.is_small)
    return _Called(names, speaker.who_kind == "person")


def _scores(
    marks: Sequence[Marks], told: Sequence[_Said], vectors: Vectors
) -> dict[tuple[int, int], float]:
    """How likely two stretches are one utterance, where that is likely enough to matter.

    Vectors are asked for where the likest meaning would be enough.
    """
    weighed = {
        (a, b): _evidence(told[a], told[b])
        for a, b in sorted({*_sharing(told), *_repeating(told)})
        if _may_answer(told[a], told[b]) and not _denies(told[a], told[b])
    }
    likely = {pair: known for pair, known in weighed.items() if _chance(known) >= _FAINT}
    asked = sorted({at for pair in likely for at in pair})
    rows = dict(zip(asked, vectors([_content(marks, told[at]) for at in asked]), strict=True))
    found = {(a, b): _chance(known, float(rows[a] @ rows[b])) for (a, b), known in likely.items()}
    return {pair: score for pair, score in found.items() if score >= _FAINT}


def _said(
    marks: Marks,
    number: int,
    story: str | None,
    cast: Cast,
    called: Mapping[str, _Called],
) -> Iterator[_Said]:
    """What is said in one document: its statements, and whatever else stands between marks.

    What is quoted comes sentence by sentence, for another outlet may carry one sentence alone. Of a
    statement that mixes both, only what is quoted: the outlet's own words are no wording of the
    utterance. A quotation within another is told once, with the speakers of both. A loose quotation
    may be speech that no statement was made of, or a title; words that another document gives as
    speech tell which.
    """
    document = marks.document
    quoted = _quoted(document)
    taken: list[Span] = []
    contents: dict[int, tuple[Span, ...]] = {}
    for place, statement in enumerate(marks.statements):
        if statement.factuality == "said":
            spans = statement.words
            if statement.speech == "mixed":
                spans = tuple(_between(spans, quoted)) or spans
            if statement.speech != "indirect":
                taken += spans
            contents[place] = spans
    teller = _tellers(marks, contents)
    heard: defaultdict[int, list[tuple[Sequence[Span], frozenset[str]]]] = defaultdict(list)
    for place, spans in contents.items():
        many = len(marks.statements[place].speakers)
        ids = (cast.of(document.id, place, at) for at in range(many))
        heard[teller.get(place, place)].append((spans, frozenset(one for one in ids if one)))
    for place, voices in heard.items():
        statement = marks.statements[place]
        around = _around(document, statement, contents[place])
        for part in _parts(document, contents[place], statement.speech):
            speakers = frozenset[str]().union(
                *(some for spans, some in voices if reading.meet(spans, part))
            )
            said = _Said(
                document=number,
                part=f"statement {place}",
                spans=part,
                speech=statement.speech,
                cue=statement.cue,
                cue_kind=statement.cue_kind,
                words=alignment.words(document.text, part),
                speakers=speakers,
                called=_Called(
                    frozenset[str]().union(*(called[one].names for one in speakers)),
                    all(called[one].are_persons for one in speakers),
                ),
                story=story,
                around=around,
            )
            many = sum(not word.is_small for word in said.words)
            if many >= _FEWEST[statement.speech] and not _is_title(said.words):
                yield said
    taken.sort()
    starts = [span.start for span in taken]
    for span in quoted:
        at = bisect_right(starts, span.start)
        if not any(span.overlaps(one) for one in taken[max(at - 1, 0) : at + 1]):
            words = alignment.words(document.text, (span,))
            if sum(not word.is_small for word in words) >= _LOOSE and not _is_title(words):
                by = frozenset[str](), _Called()
                yield _Said(number, None, (span,), "mixed", (), None, words, *by, story)


def _around(document: Document, statement: Statement, quoted: Sequence[Span]) -> frozenset[CutKind]:
    """What the outlet tells in its own words around what it quotes: "ruled out" denies it."""
    starts = [span.start for span in quoted]
    own = [
        word
        for word in alignment.words(document.text, statement.words)
        if not any(
            span.covers(word.span) for span in quoted[: bisect_right(starts, word.span.start)][-1:]
        )
    ]
    kinds: tuple[CutKind, ...] = get_args(CutKind)
    told = {kind for kind in kinds if own and _tells(own, kind)}
    return frozenset(told | ({"polarity"} if statement.cue_kind == "denying" else set()))


def _tellers(marks: Marks, contents: Mapping[int, Sequence[Span]]) -> dict[int, int]:
    """The statement that tells the words of another, for each that is not told by itself.

    A quotation within another is a part of it; where it is all that is quoted, it tells it.
    """
    found: dict[int, int] = {}

    def last(at: int) -> int:
        while at in found:
            at = found[at]
        return at

    for inner, spans in contents.items():
        outer = marks.statements[inner].within
        if outer is None or outer not in contents:
            continue
        around = contents[outer]
        quoted = "indirect" not in {marks.statements[at].speech for at in (inner, outer)}
        if quoted and all(any(one.covers(span) for one in around) for span in spans):
            own, all_words = (
                alignment.words(marks.document.text, some) for some in (spans, around)
            )
            told, teller = (outer, inner) if own == all_words else (inner, outer)
            if last(told) != last(teller):
                found[last(told)] = teller
    return found


def _parts(document: Document, spans: Sequence[Span], speech: Speech) -> list[tuple[Span, ...]]:
    """The sentences of what is quoted, those of few words with another; the pieces of a mix."""
    if speech == "indirect":
        return [tuple(spans)]
    if speech == "mixed":
        return [(span,) for span in spans]
    found: list[tuple[Span, ...]] = []
    few: tuple[Span, ...] = ()
    for sentence in sentences.of(document.text, spans):
        few += sentence
        words = alignment.words(document.text, few)
        if sum(word.weight for word in words) >= _SENTENCE:
            found.append(few)
            few = ()
    if few and found:
        found[-1] += few
    return found or [few]


def _bare(
    marks: Sequence[Marks], told: Sequence[_Said], story: Mapping[str, str]
) -> Iterator[_Said]:
    """The sentences outside all speech that share a run of words with a quotation of their story.

    So stand posts and letters that an article shows in full, without marks; they may report
    something themselves, in less than half of a sentence.
    """
    runs: defaultdict[str | None, set[tuple[str, ...]]] = defaultdict(set)
    quoted = [_heard(one, reported=False) for one in marks]
    for said in told:
        if said.speech != "indirect":
            quoted[said.document] += said.spans
            if said.story:
                runs[said.story].update(_runs(said.words))
    for number, one in enumerate(marks):
        document = one.document
        known = runs.get(story.get(document.id), set())
        reported = reading.merged(_heard(one, reported=True)) if known else ()
        for place, block in enumerate(document.blocks if known else ()):
            words = alignment.words(document.text, (block.span,))
            if known.isdisjoint(_runs(words)):
                continue
            for sentence in reading.sentences(document.text, block.span):
                own = tuple(word for word in words if sentence.covers(word.span))
                if (
                    not known.isdisjoint(_runs(own))
                    and not any(map(sentence.overlaps, quoted[number]))
                    and 2 * reading.length(_between((sentence,), reported))
                    < reading.length((sentence,))
                ):
                    yield _Said(
                        document=number,
                        part=f"block {place}",
                        spans=(sentence,),
                        speech="indirect",
                        cue=(),
                        cue_kind=None,
                        words=own,
                        speakers=frozenset(),
                        called=_Called(),
                        story=story[document.id],
                        is_bare=True,
                    )


def _with_usual(
    marks: Sequence[Marks],
    told: Sequence[_Said],
    bare: Sequence[_Said],
    story: Mapping[str, str],
) -> list[_Said]:
    """What is said, short pieces with how usual their words are in the story.

    What the documents themselves call a thing is nobody's utterance, whoever puts it in marks; what
    stands `bare` in them is not in their own words.
    """
    shown: defaultdict[int, list[Span]] = defaultdict(list)
    for said in bare:
        shown[said.document] += said.spans
    terms = [_term(said) for said in told]
    asked: defaultdict[tuple[str, str], set[tuple[str, ...]]] = defaultdict(set)
    for said, term in zip(told, terms, strict=True):
        if term and said.story:
            asked[said.story, term[0]].add(term)
    used = Counter(
        (known, term)
        for number, one in enumerate(marks)
        if (known := story.get(one.document.id))
        for term in _used(_own(one.document, shown[number]), known, asked)
    )
    size = Counter(story.values())
    return [
        replace(
            said, usual=(used[said.story, term] - (said.speech == "indirect")) / size[said.story]
        )
        if said.story and term
        else said
        for said, term in zip(told, terms, strict=True)
    ]


def _term(said: _Said) -> tuple[str, ...]:
    """The stems of a short piece, from the first word with meaning to the last; none of others."""
    large = [at for at, word in enumerate(said.words) if not word.is_small]
    within = said.words[large[0] : large[-1] + 1] if large else ()
    return tuple(word.stem for word in within) if len(within) <= _TERM else ()


def _used(
    words: Sequence[Word], story: str, asked: Mapping[tuple[str, str], AbstractSet[tuple[str, ...]]]
) -> set[tuple[str, ...]]:
    """Which of the terms asked for in a story the words have; each is asked for by its first."""
    stems = [word.stem for word in words]
    return {
        term
        for at, stem in enumerate(stems)
        if (known := asked.get((story, stem)))
        for size in range(1, _TERM + 1)
        if (term := tuple(stems[at : at + size])) in known
    }


def _own(document: Document, shown: Sequence[Span]) -> tuple[Word, ...]:
    """The words of a document outside its quotation marks and what is `shown` without any."""
    others = sorted([*_quoted(document), *shown])
    starts = [0, *accumulate((span.end for span in others), max)]
    ends = [*(span.start for span in others), len(document.text)]
    spans = [Span(*each) for each in zip(starts, ends, strict=True) if each[0] < each[1]]
    return alignment.words(document.text, spans)


def _runs(words: Sequence[Word]) -> Iterator[tuple[str, ...]]:
    """The stems of every so many words in a row."""
    stems = [word.stem for word in words]
    return zip(*(stems[start:] for start in range(_RUN)), strict=False)


def _is_title(words: Sequence[Word]) -> bool:
    """Whether all words with meaning, two or more, begin with a capital: a name between marks."""
    forms = [word.form for word in words if not word.is_small]
    return len(forms) > 1 and all(one[0].isupper() and not one.isupper() for one in forms)


def _utterances(
    told: Sequence[_Said], scores: Mapping[tuple[int, int], float]
) -> list[tuple[int, ...]]:
    """The groups of sentences that are one utterance.

    A sentence that nothing answers goes with the one before it in its statement, or else with the
    one behind it.
    """
    links = {pair: score for pair, score in scores.items() if score >= SAME}
    groups = grouping.groups(links, [said.document for said in told])
    parts: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
    for at, said in enumerate(told):
        if said.part is not None:
            parts[said.document, said.part].append(at)
    groups = _parallel(told, groups, scores, list(parts.values()))
    groups = _following(told, groups, list(parts.values()))
    whose = {at: number for number, group in enumerate(groups) for at in group}
    whole = [list(group) for group in groups]
    for some in parts.values():
        known = [at for at in some if at in whose]
        for at in some if known else ():
            if at not in whose:
                beside = max((one for one in known if one < at), default=known[0])
                whole[whose[beside]].append(at)
    return [tuple(sorted(group)) for group in whole]


def _parallel(
    told: Sequence[_Said],
    groups: Sequence[tuple[int, ...]],
    scores: Mapping[tuple[int, int], float],
    parts: Sequence[Sequence[int]],
) -> list[tuple[int, ...]]:
    """The groups, two made one that stand on one side of a third and are a little alike.

    They have no document in common: each stands there in its own.
    """
    grouped = {at for group in groups for at in group}
    alone = sorted({at for pair in scores for at in pair} - grouped)
    every = [*groups, *((at,) for at in alone)]
    whose = {at: number for number, group in enumerate(every) for at in group}
    beside: defaultdict[int, set[tuple[int, int]]] = defaultdict(set)
    for one, other in _in_turn(parts, every):
        beside[one].add((1, whose[other]))
        beside[other].add((-1, whose[one]))

    def are_one(first: Collection[int], second: Collection[int]) -> bool:
        sides = [{side for at in some for side in beside[at]} for some in (first, second)]
        apart = _documents(told, first).isdisjoint(_documents(told, second))
        return apart and not sides[0].isdisjoint(sides[1])

    likest = sorted(scores, key=lambda pair: (-scores[pair], pair))
    made = _made_one(every, likest, are_one)
    return [group for group in made if len(group) > 1]


def _following(
    told: Sequence[_Said], groups: Sequence[tuple[int, ...]], parts: Sequence[Sequence[int]]
) -> list[tuple[int, ...]]:
    """The groups, two made one that follow each other.

    They do where every document of the smaller one has both in one statement.
    """
    turns = _in_turn(parts, groups)
    behind = dict(turns)
    joint = Counter[tuple[int, int]]()
    whose = {at: number for number, group in enumerate(groups) for at in group}
    for one, other in turns:
        joint[whose[one], whose[other]] += 1

    def are_one(first: Collection[int], second: Collection[int]) -> bool:
        shared = {
            told[at].document
            for some, others in ((first, second), (second, first))
            for at in some
            if behind.get(at) in others
        }
        return any(_documents(told, some) <= shared for some in (first, second))

    most = sorted(turns, key=lambda turn: (-joint[whose[turn[0]], whose[turn[1]]], turn))
    return _made_one(groups, most, are_one)


def _in_turn(
    parts: Sequence[Sequence[int]], groups: Sequence[tuple[int, ...]]
) -> list[tuple[int, int]]:
    """The sentences of each statement that are in a group, each with the next one."""
    grouped = {at for group in groups for at in group}
    return [turn for some in parts for turn in pairwise(at for at in some if at in grouped)]


def _documents(told: Sequence[_Said], some: Collection[int]) -> set[int]:
    return {told[at].document for at in some}


def _made_one(
    groups: Sequence[tuple[int, ...]],
    pairs: Sequence[tuple[int, int]],
    are_one: Callable[[Collection[int], Collection[int]], bool],
) -> list[tuple[int, ...]]:
    """The groups, those of each pair in turn made one where they are."""
    whole = {at: set(group) for group in groups for at in group}
    for one, other in pairs:
        first, second = whole[one], whole[other]
        if first is not second and are_one(first, second):
            first |= second
            whole |= dict.fromkeys(second, first)
    return sorted({min(some): tuple(sorted(some)) for some in whole.values()}.values())


def _quoted(document: Document) -> list[Span]:
    """What stands between quotation marks, the outermost ones, sorted."""
    found: list[Span] = []
    for block in document.blocks:
        for one in reading.quotations(document.text, block.span):
            if one.closed and not (found and found[-1].covers(one.inner)):
                found.append(one.inner)
    return found


def _between(spans: Sequence[Span], quoted: Sequence[Span]) -> Iterator[Span]:
    """The parts of `spans` that lie between quotation marks."""
    starts = [span.start for span in quoted]
    for span in spans:
        first = max(bisect_right(starts, span.start) - 1, 0)
        for one in quoted[first : bisect_right(starts, span.end)]:
            if one.overlaps(span):
                yield Span(max(one.start, span.start), min(one.end, span.end))


def _heard(marks: Marks, *, reported: bool) -> list[Span]:
    """What the statements of a document say: what it reports, or what it quotes."""
    said = (one.words for one in marks.statements if (one.speech == "indirect") == reported)
    return [span for spans in said for span in spans]


def _content(marks: Sequence[Marks], said: _Said) -> str:
    text = marks[said.document].document.text
    return " ".join(span.of(text) for span in said.spans)


def _may_answer(one: _Said, other: _Said) -> bool:
    """Whether two stretches can be one utterance.

    Loose ones only answer what is given as speech, bare ones what is quoted and most of it; what
    the documents themselves call a thing only what is quoted from who has the same name.
    """
    loose = [said for said in (one, other) if not said.cue and not said.speakers]
    speech = {one.speech, other.speech}
    bare = one.is_bare or other.is_bare
    reported = speech == {"indirect"} and not one.speakers & other.speakers
    return (
        one.document != other.document
        and not (_is_term(one, other) and ("indirect" in speech or _agreement(one, other) < 1))
        and _overlap(one, other) >= (_REPORTED if reported or bare else _LITTLE)
        and not (one.is_bare and other.is_bare)
        and not (loose and not bare and "indirect" in speech)
        and not (len(loose) > 1 and min(len(one.words), len(other.words)) < _RUN)
    )


def _is_heard(told: Sequence[_Said], links: Mapping[tuple[int, int], float]) -> bool:
    """Whether something of a group is quoted, or one speaker says most of it in the same words.

    Where all is in the outlets' own words, they may report like things in words that any account of
    them needs.
    """
    return any(
        {told[a].speech, told[b].speech} != {"indirect"}
        or (
            score >= SAME
            and not told[a].speakers.isdisjoint(told[b].speakers)
            and _overlap(told[a], told[b]) >= _REPORTED
        )
        for (a, b), score in links.items()
    )


def _is_term(one: _Said, other: _Said) -> bool:
    """Whether the shorter of two is what the documents themselves call a thing."""
    bare = one.is_bare or other.is_bare
    return not bare and min(one, other, key=lambda said: said.weight).usual >= _USUAL


def _overlap(one: _Said, other: _Said) -> float:
    """The share of the shorter one's weight that the longer one has too, in whatever order."""
    shorter, longer = sorted((one, other), key=lambda said: said.weight)
    return sum(word.weight for word in shorter.words if word.stem in longer.stems) / shorter.weight


def _sharing(told: Sequence[_Said]) -> Iterator[tuple[int, int]]:
    """Pairs of one story that share the most weight in words, rare ones above all."""
    return grouping.sharing(
        [
            {(said.story, word.stem) for word in said.words if said.story and not word.is_small}
            for said in told
        ]
    )


def _repeating(told: Sequence[_Said]) -> Iterator[tuple[int, int]]:
    """Pairs that share a run of words, in whatever story."""
    at: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, said in enumerate(told):
        for run in dict.fromkeys(_runs(said.words)):
            yield from ((other, number) for other in at[run][:_AGAIN])
            at[run].append(number)


def _evidence(one: _Said, other: _Said) -> tuple[float, ...]:
    """What tells whether two stretches are one utterance, each number between -1 and 1.

    Names are rare words that two share only where one speaker says them: any account of the story
    has them.
    """
    pairs = alignment.align(one.words, other.words)
    matched = [one.words[i] for i, _ in pairs]
    carrying = [word for word in matched if not word.is_small]
    shorter, longer = sorted((one, other), key=lambda said: said.weight)
    agreement = _agreement(one, other)
    rare = sum(
        likeness.rarity(one.words[i].form)
        for i, j in pairs
        if not one.words[i].is_small
        and (agreement > 0 or not (one.words[i].is_capital and other.words[j].is_capital))
    )
    return (
        alignment.share(one.words, other.words, pairs),
        sum(word.weight for word in matched) / longer.weight,
        min(len(carrying), _MANY) / _MANY,
        float(_in_row(pairs, len(shorter.words))),
        min(rare, _RARE) / _RARE,
        agreement,
        float(_is_term(one, other)),
        shorter.usual,
    )


def _agreement(one: _Said, other: _Said) -> float:
    """1 where the speakers share a name, -1 where they are persons and do not, else 0.

    A surname is enough here: two who share it and the words are one whom the documents name apart.
    Who speaks for a body may be named by one document, the body by another.
    """
    if one.speakers & other.speakers or one.called.names & other.called.names:
        return 1.0
    both = one.speakers and other.speakers
    return -1.0 if both and one.called.are_persons and other.called.are_persons else 0.0


def _chance(evidence: Sequence[float], meaning: float = 1.0) -> float:
    """How likely two stretches are one utterance; `meaning` is how alike it is, at most 1."""
    return decoding.weighed((*evidence, meaning), _WEIGHTS, _BIAS)


def _denies(one: _Said, other: _Said) -> bool:
    """Whether one says "not" and the other does not, and they share too little to be one cut."""
    said = [_tells(each.words, "polarity") for each in (one, other)]
    return said[0] != said[1] and _overlap(one, other) < _DENYING


_WEIGHTS = (3.9, 1.15, 1.65, 1.75, 1.05, 1.4, -2.0, -2.95, 0.95)  # of `_evidence`, meaning last
_BIAS = -5.85


def _in_row(pairs: Pairs, size: int) -> bool:
    """Whether so many words and no others answer each other, each behind the one before."""
    return len(pairs) == size and pairs[-1] == (pairs[0][0] + size - 1, pairs[0][1] + size - 1)


def _quotation(
    marks: Sequence[Marks],
    stories: Mapping[str, Story],
    told: Mapping[int, _Said],
    links: Mapping[tuple[int, int], float],
    authors: Collection[str],
) -> Quotation:
    by: defaultdict[int, list[_Said]] = defaultdict(list)
    for said in told.values():
        by[said.document].append(said)
    sure: defaultdict[int, float] = defaultdict(float)
    for pair, score in links.items():
        for at in pair:
            number = told[at].document
            sure[number] = max(sure[number], score)
    order = sorted(by, key=lambda number: (-_fulness(by[number]), number))
    fullest = _side(marks, by[order[0]])
    variants = [
        _variant(_side(marks, by[number]), by[number], fullest, sure[number])
        for number in (order[0], *sorted(order[1:]))
    ]
    speakers = [speaker for said in told.values() for speaker in said.speakers]
    among = {said.story for said in told.values()}
    story = stories.get(among.pop() or "") if len(among) == 1 else None
    carried = {variant.place.document for variant in variants}
    return Quotation(
        speaker=min(
            speakers,
            key=lambda one: (one in authors, -speakers.count(one), one),  # "we" may be reprinted
            default=None,
        ),
        story=story.id if story else None,
        variants=tuple(variants),
        left_out=tuple(one for one in story.documents if one not in carried) if story else (),
    )


def _fulness(pieces: Sequence[_Said]) -> float:
    """The weight of what is quoted; the outlet's own words count half."""
    return sum(said.weight / (2 if said.speech == "indirect" else 1) for said in _once(pieces))


def _once(pieces: Sequence[_Said]) -> Iterator[_Said]:
    """The pieces, but for those whose words another of them has in a row."""
    told = ""
    for piece in sorted(pieces, key=lambda one: (-len(one.words), one.spans)):
        row = " ".join(("", *(word.stem for word in piece.words), ""))
        if row not in told:
            told += row
            yield piece


def _side(marks: Sequence[Marks], pieces: Sequence[_Said]) -> "_Side":
    """All pieces, and their words; what a document gives twice is compared once."""
    document = marks[pieces[0].document].document
    once = _joined(document, _once(pieces))
    around = frozenset[CutKind]().union(*(piece.around for piece in pieces))
    return _Side(document, _joined(document, pieces), alignment.words(document.text, once), around)


def _joined(document: Document, pieces: Iterable[_Said]) -> tuple[Span, ...]:
    """The spans of the pieces, those that only white space parts as one stretch."""
    spans: list[Span] = []
    for span in sorted({span for piece in pieces for span in piece.spans}):
        goes_on = spans and not document.text[spans[-1].end : span.start].strip()
        spans.append(Span(spans.pop().start, span.end) if goes_on else span)
    return tuple(spans)


def _variant(here: "_Side", pieces: Sequence[_Said], fullest: "_Side", score: float) -> Variant:
    main = max(pieces, key=lambda piece: (bool(piece.cue), piece.speech == "direct"))
    kinds = {piece.speech for piece in pieces}
    place = Place.at(here.document, *here.spans)
    cue = Place.at(here.document, *main.cue) if main.cue else None
    if here == fullest:
        return Variant(place, _speech(kinds), cue, main.cue_kind, (), (), score)
    pairs = alignment.align(here.words, fullest.words)
    crossing = alignment.moved(here.words, fullest.words, pairs)
    cut = tuple(_cuts(here, fullest, pairs, crossing))
    steps = alignment.diff(here.words, fullest.words, pairs, crossing)
    return Variant(place, _speech(kinds), cue, main.cue_kind, steps, cut, score)


def _speech(kinds: AbstractSet[Speech]) -> Speech:
    return next(iter(kinds)) if len(kinds) == 1 else "mixed"


class _Side(NamedTuple):
    """A document and the words of it that are compared."""

    document: Document
    spans: tuple[Span, ...]
    words: tuple[Word, ...]
    around: frozenset[CutKind]  # what the outlet's own words tell beside them

    def place(self, part: Sequence[Word]) -> Place:
        return Place.at(self.document, *alignment.spans(part))


class _Part(NamedTuple):
    """Words of a side that the other one does not have, one behind the other."""

    side: _Side
    words: Sequence[Word]


def _cuts(here: _Side, there: _Side, pairs: Pairs, crossing: Pairs) -> Iterator[Cut]:
    """What is left out of the fullest variant, and what only this one has where that tells.

    Words that others stand for are named only where a "not", a "may" or an "if" went or came with
    them, and does not stand in the outlet's own words: that they had never been "the heart of the
    matter". A sentence left out as a whole changes the rest only where it is all condition. Words
    that moved, those of `crossing`, are neither left out nor new.
    """
    starts = _sentences(there)

    def sentence(word: Word) -> int:
        return bisect_right(starts, word.span.start)

    kept = {sentence(there.words[j]) for _, j in (*pairs, *crossing)}
    asks = sentences.asks(there.document.text, there.spans)
    whether = [word for word in here.words[:1] if asks and word.stem == "if"]
    came = {here.words[i].span for i, _ in crossing}
    gone = {there.words[j].span for _, j in crossing}
    for more, less in alignment.parts(here.words, there.words, pairs):
        gained = [word for word in more if word.span not in came and word not in whether]
        lost = [
            (number, list(words))
            for (number, is_gone), words in groupby(
                less, key=lambda word: (sentence(word), word.span in gone)
            )
            if not is_gone
        ]
        new = _Part(here, gained)
        if gained and not lost and (changes := _changes(_Part(there, ()), new, there.around)):
            yield Cut(here.place(gained), changes)
        for number, part in lost:
            old = _Part(there, part)
            changes = _changes(old, new, here.around) if number in kept else _opening(old)
            if changes or not gained:
                yield Cut(there.place(part), changes)


def _sentences(side: _Side) -> list[int]:
    """Where the sentences of what is compared begin, ascending."""
    text, spans = side.document.text, alignment.spans(side.words)
    return sorted(one.start for span in spans for one in reading.sentences(text, span))


def _opening(part: _Part) -> tuple[CutKind, ...]:
    """What the loss of a whole sentence changes in the others: "But only if the gates open."."""
    first, last = part.words[0].span, part.words[-1].span
    is_whole = "," in part.side.document.text[first.start : last.end]  # what holds on condition too
    return ("condition",) if not is_whole and _tells(part.words[:2], "condition") else ()


def _changes(lost: _Part, gained: _Part, around: AbstractSet[CutKind]) -> tuple[CutKind, ...]:
    kinds: tuple[CutKind, ...] = get_args(CutKind)
    asked = "whether" in {word.stem for part in (lost, gained) for word in part.words}
    return tuple(
        kind
        for kind in kinds
        if _bears(lost, kind, asked=asked) != _bears(gained, kind, asked=asked)
        and kind not in around
    )


def _bears(part: _Part, kind: CutKind, *, asked: bool) -> bool:
    """Whether words that only one side has tell something of those beside them.

    A "not" and a "may" tell it of what follows in their clause, a "not" with few words of what it
    is set against too: "a beginning, not a peace". An "if" that is `asked` is a "whether" on the
    other side.
    """
    signs = [word for word in _signs(part.words, kind) if not (asked and word.stem == "if")]
    if kind == "condition" or not signs:
        return bool(signs)
    words, text = part.side.words, part.side.document.text
    at = bisect_right(words, part.words[-1].span.start, key=lambda word: word.span.start)
    if len(signs) == 1 and signs[0] is part.words[0] and len(part.words) <= _CONTRAST:
        return True
    first = bisect_left(words, part.words[0].span.start, key=lambda word: word.span.start)
    if first and part.words[0] in signs and _carries(text, words[first - 1], part.words[0]):
        return True
    return any(
        word.stem in _AFTERWARDS
        or (at < len(words) and not _CLAUSE.search(text, word.span.end, words[at].span.start))
        for word in signs
    )


def _carries(text: str, before: Word, sign: Word) -> bool:
    """Whether a sign stands right behind the verb that it is of: "will not, whatever comes"."""
    return (
        before.span.of(text).lower() in _AUXILIARY
        and not text[before.span.end : sign.span.start].strip()
    )


def _tells(words: Sequence[Word], kind: CutKind) -> bool:
    """Whether some of the words are of those that tell polarity, modality or a condition."""
    return any(True for _ in _signs(words, kind))


def _signs(words: Sequence[Word], kind: CutKind) -> Iterator[Word]:
    """Those of the words that tell polarity, modality or a condition.

    "Or not" and "not only" deny nothing, and "the only one" and "not only" set no condition.
    """
    befores = ("", *(one.stem for one in words))
    behinds = (*(one.stem for one in words[1:]), "")
    for before, word, behind in zip(befores, words, behinds, strict=False):
        if kind == "polarity":
            spoken = word.stem == "not" and (before == "or" or behind == "only")
            if word.is_negated and not spoken:
                yield word
        elif word.stem in _SIGNS[kind] and not (word.stem == "only" and before in _NO_CONDITION):
            yield word
