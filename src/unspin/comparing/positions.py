"""What each speaker said on one topic, in time: repeats folded, and where it parts from before.

The statements of one speaker are taken sentence by sentence. Two are on one topic where they share
words with meaning and their vectors lie near; topics are groups of such pairs. A shift is proposed
where the words show it and the network of pairs does not speak against it: what was to be is said
not to be, a word gives way to its opposite, the same is said with another number or month, or what
was insisted on is made light of. Where an article itself says that a speaker turned, what it quotes
of two days beside that parts too, whatever its words. One proposal missed is better than one that
is none.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, partial
from itertools import pairwise, permutations, product
from typing import Literal, NamedTuple

from unspin import days
from unspin import text as reading
from unspin.comparing import alignment, contradictions, grouping, sentences
from unspin.comparing.alignment import Word
from unspin.comparing.contradictions import Wording
from unspin.comparing.speakers import Cast
from unspin.model.signals import Relate, Vectors
from unspin.types import (
    CueKind,
    Document,
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
_PHRASED = 0.4  # and where one makes light of what the other insists on, by two in a row
_SAME = 0.8  # from which they may be the same, said again
_REPEATED = 0.3  # share of the shorter one's words, by weight, that must answer each other then
_ALL = 0.75  # and from which that is enough alone, or to deny the other
_REACH = 2  # words from a "not" to what it denies
_WEIGHED = 4  # and to the word of weight that it takes away
_MODAL = frozenset("will shall can may must should".split())
_SURE = 0.6  # from here on a shift is proposed
_DENIED, _TURNED, _OTHER, _LIGHT, _TOLD = 0.7, 0.3, 0.5, 0.6, 0.7  # how sure words alone make it
_LIKE = 0.35  # of the shorter one's words, by weight, that the other must answer
_ALIKE = 0.6  # where only a number is another
_LONGER = 1.85  # times as much as the shorter one says: more is about something else
_INSISTS = alignment.stems("must insist demand require")
_GRAVE = alignment.stems(
    """heart core key crux essence essential crucial vital central main important importance
    priority point decisive necessary matter condition"""
)
_LIGHTS = alignment.stems("minor trivial secondary unimportant irrelevant sideshow footnote")
_TURN = re.compile(  # what says of somebody that a position is no more what it was
    r"""\b(?:
    (?:chang|shift|revers|soften|moderat)(?:e|ed|es|ing|s)?\s
        (?:his|her|its|their|your|my|our)\s(?:[\w-]+\s)?
        (?:minds?|positions?|stance|tune|views?|tone|course|line|stand|language|opposition|demands?)
    | revers(?:e|ed|es|ing)\s(?:himself|herself|itself|themselves|course)
    | an?\s(?:[\w-]+\s)?(?:reversal|softening)
    | (?:reversal|softening)\s(?:of|in)\s(?:his|her|its|their)
    | change\sof\s(?:heart|mind|tone|course|position) | circumstances\shave\schanged
    | about[-\s](?:face|turn) | u-turn | volte-face | climb(?:ed|ing|s)?[-\s]?down
    | back(?:ed|ing|s)?[-\s]?(?:track|pedal)(?:ed|ing|led|ling|s)? | back(?:ed|ing|s)\s(?:off|down)
    | walk(?:ed|ing|s)?\sback | flip[-\s]?flop(?:s|ped|ping)? | turnaround | evolved\son )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_BESIDE = 200  # code points between the two and what says so
_LINE = timedelta(3)  # from first to last: within less one thing is told on several days
_LONG = timedelta(7)  # between what somebody said before a turn and after it
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
    place: int  # where its paragraph begins
    turns: tuple[int, ...]  # where that says that somebody turned

    @property
    def words(self) -> Sequence[Word]:
        """Its words, in order."""
        return self.wording.words


class _Asked(NamedTuple):
    """Two things held of one topic, by their places in it, that may be a shift."""

    topic: int
    before: int
    after: int
    kind: Literal["shift", "reversal"]
    sure: float  # by what the words show, or the article says


@dataclass(frozen=True, slots=True)
class _Topic:
    """Sentences on one topic by day: one of each that is no repeat, and its repeats."""

    held: tuple[int, ...]
    repeats: Mapping[int, tuple[int, ...]]


def find(
    marks: Sequence[Marks], cast: Cast, vectors: Vectors, relate: Relate
) -> tuple[Position, ...]:
    """The positions, by speaker and by the first day of each.

    The marks come in the order of the comparison. A position holds different things said on days
    apart, or a shift.
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
    turns = cache(partial(_turns, document.text))
    for index, statement in enumerate(marks.statements):
        if statement.factuality != "said" or statement.cue_kind == "asking":
            continue
        speakers = {
            speaker
            for place in range(len(statement.speakers))
            if (speaker := cast.of(document.id, index, place)) is not None
        }
        if not speakers or not statement.words:
            continue
        day = _day(marks, statement, parted)
        around = _paragraph(document, statement.words[0]) or statement.words[0]
        denied = statement.cue_kind == "denying" and statement.speech == "indirect"
        for spans in sentences.of(document.text, statement.words):
            words = alignment.words(document.text, spans)
            keys = frozenset(
                word.stem for word in words if not word.is_small and word.stem not in _EMPTY
            )
            if len(keys) >= _FEWEST and not sentences.asks(document.text, spans):
                said = _Said(
                    number,
                    spans,
                    Wording(words),
                    keys,
                    day,
                    statement.cue_kind,
                    denied,
                    around.start,
                    turns(around),
                )
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
    whole = parted(_paragraph(document, cue) or Span(0, len(document.text)))
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


def _paragraph(document: Document, span: Span) -> Span | None:
    """The block that covers the span."""
    block = bisect_right(document.blocks, span.start, key=lambda block: block.span.start) - 1
    around = document.blocks[block].span if block >= 0 else None
    return around if around and around.covers(span) else None


def _turns(text: str, around: Span) -> tuple[int, ...]:
    return tuple(match.start() for match in _TURN.finditer(text, around.start, around.end))


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
    turned = _turned(told)
    links = {
        pair: cosine
        for pair, cosine in near.items()
        if cosine >= (_NEAR if shared[pair] >= _FEWEST else _NEARER)
    }
    links |= _lightly(told, near, links) | dict.fromkeys(turned, 1.0)
    beside: defaultdict[int, set[int]] = defaultdict(set)
    for one, other in links:
        beside[one].add(other)
        beside[other].add(one)
    topics = [
        _folded(group, told, links, beside)
        for group in grouping.groups(links, [said.marks for said in told])
    ]
    shifts = _shifts(list(_asked(topics, told, links, turned)), topics, told, marks, relate)
    found = []
    for topic, parted in zip(topics, shifts, strict=True):
        days = [day for at in topic.held if (day := told[at].day)]
        if parted or (days and max(days) - min(days) >= _LINE):
            held = tuple(_held(told, at, topic.repeats[at], marks) for at in topic.held)
            found.append(Position(speaker, _name(topic, told, marks), held, parted))
    return sorted(found, key=lambda one: (one.places[0].day or date.max, one.topic))


def _lightly(
    told: Sequence[_Said],
    near: Mapping[tuple[int, int], float],
    links: Mapping[tuple[int, int], float],
) -> dict[tuple[int, int], float]:
    """How near lies what is insisted on and made light of, each with all that repeats it."""
    light = {at for at, said in enumerate(told) if _made_light(said)}
    found = {
        (one, other): cosine
        for (one, other), cosine in near.items()
        if cosine >= _PHRASED
        and not light.isdisjoint((one, other))
        and _is_made_light_of(told[one], told[other])
    }
    again: defaultdict[int, set[int]] = defaultdict(set)
    used = {at for pair in found for at in pair}
    for (one, other), cosine in links.items():
        if not used.isdisjoint((one, other)) and _is_repeat(told[one], told[other], cosine):
            again[one].add(other)
            again[other].add(one)
    return {
        (min(pair), max(pair)): cosine
        for (one, other), cosine in found.items()
        for pair in product({one, *again[one]}, {other, *again[other]})
        if pair[0] != pair[1]
    }


def _turned(told: Sequence[_Said]) -> set[tuple[int, int]]:
    """What stands next to each other where an article says that the speaker turned in between."""
    return {
        (at, at + 1)
        for at, (one, other) in enumerate(pairwise(told))
        if (one.marks, one.place) == (other.marks, other.place)
        and one.day is not None
        and other.day is not None
        and abs(one.day - other.day) >= _LONG
        and other.spans[0].start - one.spans[-1].end <= _BESIDE
        and any(
            one.spans[0].start - _BESIDE <= turn <= other.spans[-1].end + _BESIDE
            for turn in one.turns
        )
    }


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
    group: Sequence[int],
    told: Sequence[_Said],
    near: Mapping[tuple[int, int], float],
    beside: Mapping[int, Collection[int]],
) -> _Topic:
    """The sentences of a topic by day, each with what repeats it.

    Held against each other are those that lie near, `beside` each other, and those that share one
    of the rarest words of either: what repeats most of a sentence has one of them.
    """
    counts = Counter(key for at in group for key in told[at].keys)
    having: defaultdict[str, list[int]] = defaultdict(list)
    showing: defaultdict[str, list[int]] = defaultdict(list)
    held: dict[int, None] = {}
    repeats: dict[int, tuple[int, ...]] = {}
    order = sorted(group, key=lambda at: (told[at].day or date.max, at))
    place = {at: number for number, at in enumerate(order)}
    for at in order:
        rarest = _rarest(told[at], counts)
        alike = {one for one in beside.get(at, ()) if one in held}
        alike.update(one for key in rarest for one in having[key])
        alike.update(one for key in told[at].keys for one in showing[key])
        first = next(
            (
                one
                for one in sorted(alike, key=place.__getitem__)
                if _is_repeat(told[one], told[at], near.get((min(one, at), max(one, at)), 0.0))
            ),
            None,
        )
        if first is None:
            held[at] = None
            repeats[at] = ()
            for key in told[at].keys:
                having[key].append(at)
            for key in rarest:
                showing[key].append(at)
        else:
            repeats[first] += (at,)
    return _Topic(tuple(held), repeats)


def _rarest(said: _Said, counts: Mapping[str, int]) -> list[str]:
    """So many of the rarest words that what has most of the sentence has one of them."""
    weight = sum(word.weight for word in said.words)
    return sorted(said.keys, key=lambda key: (counts[key], key))[: int((1 - _ALL) * weight) + 1]


def _is_repeat(one: _Said, other: _Said, cosine: float) -> bool:
    pairs = alignment.align(one.words, other.words)
    share = alignment.share(one.words, other.words, pairs)
    if _is_other_number(one.words, other.words) or _negations(one) != _negations(other):
        return False
    both = permutations((one.wording, other.wording))
    if all(here.opposites & there.stems - here.stems for here, there in both):
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
    return {word.stem for word in words if word.stem in days.NAMES}


def _asked(
    topics: Sequence[_Topic],
    told: Sequence[_Said],
    near: Collection[tuple[int, int]],
    turned: Collection[tuple[int, int]],
) -> Iterator[_Asked]:
    """What may be a shift by what the words show, or the article says."""
    where: dict[int, tuple[int, int]] = {}  # topic and place of what is held
    stands: dict[int, tuple[int, int]] = {}  # and of what repeats it too
    for number, topic in enumerate(topics):
        for place, one in enumerate(topic.held):
            where[one] = number, place
            stands |= dict.fromkeys((one, *topic.repeats[one]), (number, place))
    parting = {tuple(sorted((stands[a], stands[b]))) for a, b in turned if {a, b} <= stands.keys()}
    beside = {tuple(sorted((where[a], where[b]))) for a, b in near if {a, b} <= where.keys()}
    for (number, before), (other, after) in sorted(parting | beside):
        if number != other or before == after:
            continue
        one, later = topics[number].held[before], topics[number].held[after]
        if not _is_later(told, one, later):
            continue
        if ((number, before), (number, after)) in parting:
            yield _Asked(number, before, after, "shift", _TOLD)
        else:
            kind, sure = _shown(told[one], told[later])
            if kind:
                yield _Asked(number, before, after, kind, sure)


def _shifts(
    asked: Sequence[_Asked],
    topics: Sequence[_Topic],
    told: Sequence[_Said],
    marks: Sequence[Marks],
    relate: Relate,
) -> list[tuple[Shift, ...]]:
    """The shifts of each topic, by place."""
    held = [
        (told[topics[one.topic].held[one.before]], told[topics[one.topic].held[one.after]])
        for one in asked
    ]
    texts = [tuple(_text(said, marks) for said in both) for both in held]
    relations = relate([pair for one, other in texts for pair in ((one, other), (other, one))])
    found: list[list[Shift]] = [[] for _ in topics]
    for place, (one, (first, second)) in enumerate(zip(asked, held, strict=True)):
        both = relations[2 * place : 2 * place + 2]
        turned = first.denied != second.denied
        read = sum(way.entails if turned else way.contradicts for way in both) / 2
        score = 1 - (1 - one.sure) * (1 - read)
        if score >= _SURE:
            found[one.topic].append(Shift(one.before, one.after, one.kind, score))
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
    if _is_made_light_of(one, other):
        return "shift", _LIGHT
    lighter, heavier = sorted(said.wording.weight for said in (one, other))
    seen = contradictions.evidence(one.wording, other.wording)
    if seen.shared < _LIKE or heavier > _LONGER * lighter:
        return None, 0.0
    if turned and seen.shared < _ALL:
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


def _is_made_light_of(one: _Said, other: _Said) -> bool:
    """Whether one insists on something, named by a phrase, that the other takes the weight from."""
    return any(
        _insists(said)
        and not _made_light(said)
        and not _phrases(said).isdisjoint(_made_light(answer))
        for said, answer in permutations((one, other))
    )


def _insists(said: _Said) -> bool:
    """Whether it says what must be, or what will not be."""
    stems = {word.stem for word in said.words}
    denies = any(word.is_negated for word in said.words)
    return not stems.isdisjoint(_INSISTS) or (denies and not stems.isdisjoint(_MODAL))


def _made_light(said: _Said) -> set[tuple[str, str]]:
    """The phrases that are called small, or no thing of weight, in the words behind them."""
    return {
        (one.stem, other.stem)
        for at, (one, other) in enumerate(pairwise(said.words))
        if {one.stem, other.stem} <= said.keys
        and _is_light(said.words[at + 2 : at + 2 + 2 * _WEIGHED])
    }


def _is_light(behind: Sequence[Word]) -> bool:
    denied = next((at for at, word in enumerate(behind[:_WEIGHED]) if word.is_negated), None)
    if denied is None:
        return any(word.stem in _LIGHTS for word in behind[:_WEIGHED])
    return any(word.stem in _GRAVE for word in behind[denied : denied + _WEIGHED])


def _phrases(said: _Said) -> set[tuple[str, str]]:
    """Its words with meaning in twos."""
    return {
        (one.stem, other.stem)
        for one, other in pairwise(said.words)
        if {one.stem, other.stem} <= said.keys
    }


def _held(told: Sequence[_Said], at: int, repeats: Sequence[int], marks: Sequence[Marks]) -> Held:
    said = told[at]
    place = _place(said, marks)
    again = tuple(_place(told[one], marks) for one in repeats)
    return Held(place.document, place.spans, place.words, said.day, said.cue_kind, again)


def _place(said: _Said, marks: Sequence[Marks]) -> Place:
    return Place.at(marks[said.marks].document, *said.spans)


def _name(topic: _Topic, told: Sequence[_Said], marks: Sequence[Marks]) -> str:
    """The words that most of the sentences share, in the order of the first that has them.

    Where they share none, those of the first sentence.
    """
    counted = Counter(key for at in topic.held for key in told[at].keys)
    places: dict[str, tuple[int, int, str]] = {}
    for number, at in enumerate(topic.held):
        for place, word in enumerate(told[at].words):
            text = word.span.of(marks[told[at].marks].document.text)
            shown = text.lower() if place == 0 else text
            places.setdefault(word.stem, (number, place, shown))
    common = [key for key in counted if counted[key] > 1]
    best = sorted(
        common or told[topic.held[0]].keys,
        key=lambda key: (-counted[key], places[key]),
    )
    chosen = sorted(places[key] for key in best[:_NAMED])
    return " ".join(shown for _, _, shown in chosen)
