"""What each speaker said on one topic, in time: repeats folded, and where it parts from before.

The statements of one speaker are taken sentence by sentence. Two are on one topic where they share
words with meaning and their vectors lie near; topics are groups of such pairs. A shift is proposed
where the words show it and the network of pairs does not speak against it: what was to be is said
not to be, a word gives way to its opposite, or the same is said with another number or month. One
proposal missed is better than one that is none.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, partial
from typing import Literal, NamedTuple

from unspin import text as reading
from unspin.comparing import alignment, contradictions, grouping, sentences
from unspin.comparing.alignment import Word
from unspin.comparing.contradictions import Wording
from unspin.comparing.speakers import Cast
from unspin.model.signals import Relate, Vectors
from unspin.types import (
    CueKind,
    Held,
    Marks,
    Place,
    Position,
    Shift,
    Span,
    Statement,
    TimeExpression,
)

_EMPTY = frozenset(  # stems that say nothing about a topic
    """not no never none nobody nothing everything everyth anything anyth something someth thi these
    ther those any some all every each both either neither only just also even still now then when
    where why how if because while very more most much many such other same own again too really
    want go get make take come give know think say tell see look need let put keep person thing way
    time day year today tomorrow yesterday good great new right well lot back up down out off over
    after before against between during through without within about around could would should
    might must""".split()
)
_FEWEST = 2  # words with meaning that a sentence must have, and that two on one topic share
_NEAR = 0.5  # cosine from which two that share as many are on one topic
_NEARER = 0.65  # and where they share one
_SAME = 0.8  # from which they may be the same, said again
_REPEATED = 0.3  # share of the shorter one's words, by weight, that must answer each other then
_ALL = 0.75  # and from which that is enough alone
_REACH = 2  # words from a "not" to what it denies
_MODAL = frozenset("will shall can may must should".split())
_TIMES = frozenset(
    reading.fold(word).text
    for word in """January February March April May June July August September October November
    December Monday Tuesday Wednesday Thursday Friday Saturday Sunday""".split()
)
_SURE = 0.6  # from here on a shift is proposed
_DENIED, _TURNED, _OTHER = 0.7, 0.3, 0.5  # how sure the words alone make it
_LIKE = 0.35  # of the shorter one's words, by weight, that the other must answer
_ALIKE = 0.6  # where only a number is another
_LONGER = 1.85  # times as much as the shorter one says: more is about something else
_PERIOD = timedelta(31)  # longest stretch of time that dates what was said in it
_NAMED = 3  # words of a topic's name


class _Said(NamedTuple):
    """One sentence of what a speaker said."""

    marks: int  # number of the document
    spans: tuple[Span, ...]
    wording: Wording
    keys: frozenset[str]  # stems of the words with meaning
    day: date | None
    cue_kind: CueKind | None
    denied: bool  # the speaker denies it

    @property
    def words(self) -> Sequence[Word]:
        """Its words, in order."""
        return self.wording.words


@dataclass(frozen=True, slots=True)
class _Topic:
    """Sentences on one topic by day: one of each that is no repeat, and its repeats."""

    held: tuple[int, ...]
    repeats: Mapping[int, tuple[int, ...]]


def find(
    marks: Sequence[Marks], cast: Cast, vectors: Vectors, relate: Relate
) -> tuple[Position, ...]:
    """The positions, by speaker and by the first day of each.

    The marks come in the order of the comparison. A position holds different things said on two
    days or more, or a shift.
    """
    told: dict[str, list[_Said]] = defaultdict(list)
    for number, one in enumerate(marks):
        for speaker, said in _heard(one, number, cast):
            told[speaker].append(said)
    found = []
    for speaker in sorted(told):
        if len({said.day for said in told[speaker]} - {None}) > 1:
            found += _positions(speaker, told[speaker], marks, vectors, relate)
    return tuple(found)


def _heard(marks: Marks, number: int, cast: Cast) -> Iterator[tuple[str, _Said]]:
    """Who said what in one document, sentence by sentence; questions are no positions."""
    document = marks.document
    parted = cache(partial(reading.sentences, document.text))
    for index, statement in enumerate(marks.statements):
        if statement.factuality != "said" or statement.cue_kind == "asking":
            continue
        speakers = {
            speaker
            for place in range(len(statement.speakers))
            if (speaker := cast.of(document.id, index, place)) is not None
        }
        if not speakers:
            continue
        day = _day(marks, statement, parted)
        denied = statement.cue_kind == "denying" and statement.speech == "indirect"
        for spans in sentences.of(document.text, statement.words):
            words = alignment.words(document.text, spans)
            keys = frozenset(
                word.stem for word in words if not word.is_small and word.stem not in _EMPTY
            )
            if len(keys) >= _FEWEST and not sentences.asks(document.text, spans):
                said = _Said(number, spans, Wording(words), keys, day, statement.cue_kind, denied)
                yield from ((speaker, said) for speaker in sorted(speakers))


def _day(
    marks: Marks, statement: Statement, parted: Callable[[Span], Sequence[Span]]
) -> date | None:
    """The day it was said: that which the sentence of the cue gives, or that of publication.

    Of a period, such as a month, the last day: by then it had been said. `parted` gives the
    sentences of a block.
    """
    document = marks.document
    published = _plain(document.published)
    if not published or not statement.cue:
        return published
    cue = statement.cue[0]
    block = bisect_right(document.blocks, cue.start, key=lambda block: block.span.start) - 1
    around = document.blocks[block].span if block >= 0 else cue
    whole = parted(around if around.covers(cue) else Span(0, len(document.text)))
    place = bisect_right(whole, cue.start, key=lambda one: one.end)
    sentence = whole[place] if place < len(whole) and whole[place].overlaps(cue) else cue
    given = []
    for one in marks.dates[bisect_left(marks.dates, sentence.start, key=_start) :]:
        if one.span.start > sentence.end:
            break
        first, last = _plain(one.earliest), _plain(one.latest)
        if not one.resolved or not first or not last or not sentence.covers(one.span):
            continue
        content = any(one.span.overlaps(span) for span in statement.words)
        if not content and last <= published and last - first <= _PERIOD:
            given.append((min(abs(one.span.start - cue.end), abs(cue.start - one.span.end)), last))
    return min(given)[1] if given else published


def _start(date: TimeExpression) -> int:
    return date.span.start


def _plain(day: date | None) -> date | None:
    return date(day.year, day.month, day.day) if day else None


def _positions(
    speaker: str,
    told: Sequence[_Said],
    marks: Sequence[Marks],
    vectors: Vectors,
    relate: Relate,
) -> list[Position]:
    shared = {
        (a, b): len(told[a].keys & told[b].keys)
        for a, b in dict.fromkeys(grouping.sharing([said.keys for said in told]))
    }
    near = _near(told, shared, marks, vectors)
    links = {
        pair: cosine
        for pair, cosine in near.items()
        if cosine >= (_NEAR if shared[pair] >= _FEWEST else _NEARER)
    }
    topics = [
        _folded(group, told, links)
        for group in grouping.groups(links, [said.marks for said in told])
    ]
    shifts = _shifts(topics, told, links, marks, relate)
    found = []
    for topic, parted in zip(topics, shifts, strict=True):
        days = {told[at].day for at in topic.held} - {None}
        if len(days) > 1 or parted:
            held = tuple(_held(told, at, topic.repeats[at], marks) for at in topic.held)
            found.append(Position(speaker, _name(topic, told, marks), held, parted))
    return sorted(found, key=lambda one: (one.places[0].day or date.max, one.topic))


def _near(
    told: Sequence[_Said],
    pairs: Mapping[tuple[int, int], int],
    marks: Sequence[Marks],
    vectors: Vectors,
) -> dict[tuple[int, int], float]:
    """How near the vectors of each pair lie; only what has a partner is made a vector of."""
    used = sorted({at for pair in pairs for at in pair})
    if not used:
        return {}
    rows = vectors([_text(told[at], marks) for at in used])
    row = {at: place for place, at in enumerate(used)}
    return {(a, b): float(rows[row[a]] @ rows[row[b]]) for a, b in pairs}


def _text(said: _Said, marks: Sequence[Marks]) -> str:
    return " ".join(span.of(marks[said.marks].document.text) for span in said.spans)


def _folded(
    group: Sequence[int], told: Sequence[_Said], near: Mapping[tuple[int, int], float]
) -> _Topic:
    """The sentences of a topic by day, each with what repeats it."""
    held: list[int] = []
    repeats: dict[int, tuple[int, ...]] = {}
    for at in sorted(group, key=lambda at: (told[at].day or date.max, at)):
        first = next(
            (
                one
                for one in held
                if _is_repeat(told[one], told[at], near.get((min(one, at), max(one, at)), 0.0))
            ),
            None,
        )
        if first is None:
            held.append(at)
            repeats[at] = ()
        else:
            repeats[first] += (at,)
    return _Topic(tuple(held), repeats)


def _is_repeat(one: _Said, other: _Said, cosine: float) -> bool:
    pairs = alignment.align(one.words, other.words)
    share = alignment.share(one.words, other.words, pairs)
    if _is_other_number(one.words, other.words) or _negations(one) != _negations(other):
        return False
    return share >= _ALL or (cosine >= _SAME and share >= _REPEATED)


def _negations(said: _Said) -> bool:
    """Whether the speaker says "not" of the sentence, or in it, an odd number of times."""
    return (sum(word.is_negated for word in said.words) + said.denied) % 2 == 1


def _is_other_number(one: Sequence[Word], other: Sequence[Word]) -> bool:
    """Whether each has a number, or a month or day of the week, that the other lacks."""
    return any(
        (mine := kind(one)) and (theirs := kind(other)) and mine - theirs and theirs - mine
        for kind in (alignment.figures, _times)
    )


def _times(words: Sequence[Word]) -> set[str]:
    return {word.stem for word in words if word.stem in _TIMES}


def _shifts(
    topics: Sequence[_Topic],
    told: Sequence[_Said],
    near: Mapping[tuple[int, int], float],
    marks: Sequence[Marks],
    relate: Relate,
) -> list[tuple[Shift, ...]]:
    """The shifts of each topic, by place."""
    asked: list[tuple[int, int, int, Literal["shift", "reversal"], float]] = []
    for number, topic in enumerate(topics):
        for before, one in enumerate(topic.held):
            for after in range(before + 1, len(topic.held)):
                other = topic.held[after]
                if (min(one, other), max(one, other)) in near and _is_later(told, one, other):
                    kind, sure = _shown(told[one], told[other])
                    if kind:
                        asked.append((number, before, after, kind, sure))
    texts = [
        (
            _text(told[topics[number].held[before]], marks),
            _text(told[topics[number].held[after]], marks),
        )
        for number, before, after, _, _ in asked
    ]
    relations = relate([pair for one, other in texts for pair in ((one, other), (other, one))])
    found: list[list[Shift]] = [[] for _ in topics]
    for place, (number, before, after, kind, sure) in enumerate(asked):
        both = relations[2 * place : 2 * place + 2]
        topic = topics[number]
        turned = told[topic.held[before]].denied != told[topic.held[after]].denied
        read = sum(one.entails if turned else one.contradicts for one in both) / 2
        score = 1 - (1 - sure) * (1 - read)
        if score >= _SURE:
            found[number].append(Shift(before, after, kind, score))
    return [tuple(some) for some in found]


def _is_later(told: Sequence[_Said], one: int, other: int) -> bool:
    first, second = told[one].day, told[other].day
    return first is not None and second is not None and first < second


def _shown(one: _Said, other: _Said) -> tuple[Literal["shift", "reversal"] | None, float]:
    """What the words themselves show, and how sure that makes it."""
    pairs = alignment.align(one.words, other.words)
    shared = [(i, j) for i, j in pairs if one.words[i].stem in one.keys & other.keys]
    turned = one.denied != other.denied
    denied = any(_is_denied(one.words, other.words, *pair) for pair in shared)
    if denied and not turned and len(shared) >= _FEWEST:
        return "reversal", _DENIED
    lighter, heavier = sorted(said.wording.weight for said in (one, other))
    seen = contradictions.evidence(one.wording, other.wording)
    if seen.shared < _LIKE or heavier > _LONGER * lighter:
        return None, 0.0
    if turned != bool(seen.negated or seen.opposed):
        return "reversal", _TURNED
    parts = alignment.parts(one.words, other.words, pairs)
    if seen.shared >= _ALIKE and any(_is_other_number(*part) for part in parts):
        return "shift", _OTHER
    return None, 0.0


def _is_denied(one: Sequence[Word], other: Sequence[Word], i: int, j: int) -> bool:
    """Whether "will" stands before both words, and "not" before one of them."""
    before = one[max(0, i - _REACH) : i], other[max(0, j - _REACH) : j]
    modal = all(any(word.stem.removesuffix("n't") in _MODAL for word in words) for words in before)
    first, second = (any(word.is_negated for word in words) for words in before)
    return modal and first != second


def _held(told: Sequence[_Said], at: int, repeats: Sequence[int], marks: Sequence[Marks]) -> Held:
    said = told[at]
    place = _place(said, marks)
    again = tuple(_place(told[one], marks) for one in repeats)
    return Held(place.document, place.spans, place.words, said.day, said.cue_kind, again)


def _place(said: _Said, marks: Sequence[Marks]) -> Place:
    return Place.at(marks[said.marks].document, *said.spans)


def _name(topic: _Topic, told: Sequence[_Said], marks: Sequence[Marks]) -> str:
    """The words that most of the sentences share, in the order of the first that has them."""
    counted = Counter(key for at in topic.held for key in told[at].keys)
    places: dict[str, tuple[int, int, str]] = {}
    for number, at in enumerate(topic.held):
        for place, word in enumerate(told[at].words):
            text = word.span.of(marks[told[at].marks].document.text)
            shown = text.lower() if place == 0 else text
            places.setdefault(word.stem, (number, place, shown))
    best = sorted(
        (key for key in counted if counted[key] > 1 or len(topic.held) == 1),
        key=lambda key: (-counted[key], places[key]),
    )
    chosen = sorted(places[key] for key in best[:_NAMED])
    return " ".join(shown for _, _, shown in chosen)
