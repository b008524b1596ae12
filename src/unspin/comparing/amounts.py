"""What each document counts or dates, with the words that tell of what.

In: Marks. Out: amounts. The words of a sentence are read through a list of words for one thing, so
that "12 died" and "a death toll of 17" speak of the same. What happened to the counted is the
nearest such word: other figures, commas and "and" stand between a figure and what is told of
another one.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from unspin import text as reading
from unspin.comparing import alignment, extents, measures
from unspin.comparing.alignment import Word
from unspin.comparing.extents import Extent
from unspin.comparing.speakers import Cast
from unspin.comparing.words import lines
from unspin.types import Bound, Figure, Given, Marks, Place, Span, TimeExpression, Voicing

_FAR = 9  # words, from which on what is told is not told of the figure
_BETWEEN = 5  # words that a comma, an "and" or another figure between them is worth
_NESTED = 8  # stretches of speech before a day that it may lie in
_DIGITS = 4  # of a number that is given in another unit
_FADING = 0.8  # of what a word tells of a figure, with each word that it stands further off
_PARTS = frozenset("and while but or whereas plus".split())
_BREAK = re.compile(r"[,;:—–()\n]")
_BY = re.compile(
    r"\W+(?:more|less|fewer|higher|lower|dearer|cheaper|faster|slower|larger|smaller|bigger|up|down)\b"
)
_AGED = re.compile(r"\A(?:[Oo]f|[Aa]mong)\b.*\b(?:over|under|above|below|aged)[ ]\d+\Z")
_LEVEL = re.compile(r"\b(?:to|at|reach\w*|hit|totall?\w*)[ ](?:about |some |nearly )?\Z")
_REVISED = re.compile(
    r"\b(?:(?:r[io]sen?|climb\w*|jump\w*|gr[eo]wn?|increas\w+|fell|fallen|drop\w*|declin\w+)"
    r" (?:\w+ )?(?:to|by|from)|(?:spread|doubl\w+|tripl\w+|swollen|rais\w+|extend\w*|lower\w*)"
    r" (?:\w+ ){0,3}(?:to|from)|revis\w+|updat\w+|correct\w+|now(?! clear)"
    r"|latest|earlier|previous\w*|initially|first (?:put|reported|said)"
    r"|so far|still|meanwhile|already|to date|up from|down from|postponed|moved|delayed"
    r"|not (?:\w+ ){1,6}until|(?:first|final|full|partial) count|preliminar\w+|provisional\w*"
    r"|all (?:the )?(?:ballots|votes|precincts|districts) (?:counted|in)"
    r"|rescheduled|brought forward|put (?:back|off)|new (?:date|day|time))\b",
    re.IGNORECASE,
)
_SINCE = re.compile(
    r"\b(?:by then|(?:up|down) from (?!the\b|an?\b|(?-i:[A-Z]))|(?:rose|risen) to|climbed to"
    r"|gone up to|grown to|fallen to|br(?:ings|inging|ought) the)\b",
    re.IGNORECASE,
)
_OVER = re.compile(
    r"\b(?:[Ii]n|[Ww]ithin|[Oo]ver|[Dd]uring)[ ](?:(?:the|these)[ ](?:last|past)[ ])?\Z"
)
_PERIOD = re.compile(
    r"\b(?:(?:this|last|all) (?P<season>summer|winter|spring|autumn|season)"
    r"|(?:in|over|for|during|throughout) (?:the|a) (?:(?:whole|full|entire|past|last|first|second"
    r"|third|fourth|final) )?(?:of )?(?:the |last |this )?(?P<long>year|half|quarter|month))\b",
    re.IGNORECASE,
)
_AGES = 366_000  # days; how much longer a time is tells nothing more
_PERIOD_DAYS = {"year": 365.0, "half": 182.0, "quarter": 91.0, "month": 30.0}
_SEASON_DAYS = 90.0
_SIGNED = re.compile(r"[(]@\w+[)] *\Z")  # a post: "Ana Rell (@anarell) 3 May 2024"
_NEXT = re.compile(r"(?:the )?(?:next|same|following|previous)\b", re.IGNORECASE)
_REACH = 320  # characters on either side of an amount in which anything is told of it
_BESIDE = 48  # characters on either side of an amount in which it is told to be revised
_TALLY = re.compile(r"(?: votes?)?(?: to | against |[–-])", re.IGNORECASE)
_AGAIN = frozenset({"(", "[", ", or"})  # what stands before a number that is told once more
_COUNTS = frozenset({None, "person"})
_ONE_OF = re.compile(r"one of\b", re.IGNORECASE)  # of how many, it leaves open
_VOTER = frozenset({"voter"})
_EDGE = re.compile(  # "since 9 May", and not "since 2009"
    r"(?:from|since|until|till|by|through)\b.*(?:\b\d{1,2}(?:st|nd|rd|th)?\b|\b(?:early|mid|late)\W[A-Z])",
    re.IGNORECASE,
)
_LISTED = 4  # days that one sentence may tell of
_ABOUT_DAY = timedelta(days=10)  # how long "mid-September" is
_VAGUE_DAY = re.compile(r"\b(?:early|mid|late)\W", re.IGNORECASE)
_NAMED_DAY = re.compile(rf"\d|{_VAGUE_DAY.pattern}", re.IGNORECASE)
_THAN = re.compile(r"\b(?:than|compared (?:with|to))(?: (?:in|on|at|the))*[ ]\Z")
_POLL = r"\b(?:[Pp]olls?|[Ss]urveys?|[Pp]ollsters?)\b"
_ASKING = (
    r"(?:[ ](?:by|from|at|the|conducted|done|taken|carried|out|firm|institute|company|agency|group"
    r"|opinion|exit|latest|new))*[ ]"
)
_POLL_BEFORE = re.compile(rf"{_POLL}{_ASKING}\Z")  # "a survey by the " Tarn institute
_POLL_BEHIND = re.compile(rf"['’]?s?{_ASKING}{_POLL}")  # a Tarn " opinion poll"
_COUNTING = re.compile(  # how far a count has come: "with 60 percent of the votes counted"
    r"[ ](?:of (?:the |all )?(?:\w+ )?(?:votes?|ballots|precincts|districts|stations|results) )?"
    r"(?:counted|reporting|processed|tallied)\b"
)
_FROM_THEN = re.compile(r"[ ](?:after|later|earlier)\b")
_WHEN = re.compile(r",? when\b")
_EARLIER = re.compile(
    r"\b(?:last (?:summer|winter|spring|autumn|fall|season|time|decade|century)|earlier (?:this|in)"
    r"|years? (?:ago|earlier|before)|previous(?:ly)?|had (?:once|earlier|already|previously))\b",
    re.IGNORECASE,
)
_OLDEST = 120  # years of a person
_NAME = r"[A-Z][\w’'-]+(?:[ ][A-Z]\.)?(?:[ ][A-Z][\w’'-]+)+"
_AGE_BEHIND = re.compile(r",[ ]([1-9]\d?)(?=,(?![ ]?\d)|[;)]|\.(?:\s|\Z)|[ ](?:of|from)[ ])")
_NAME_ENDING = re.compile(rf"{_NAME}\Z")
_NAME_BEFORE = re.compile(
    rf"({_NAME})(?:,(?: who| is| was)*| is| was| turned)(?: now| then| just)?(?: aged?| an)?[ ]\Z"
)
_FULL_NAME = re.compile(_NAME)
_OPENS_THE = re.compile(r"[.!?\n”\"][ ]?The[ ]\Z")
_NAMED_BEFORE = 160  # characters before an age in which its person is named
_NAME_BEHIND = re.compile(rf"(?:[ ][a-z][\w-]*){{0,4}},?[ ]({_NAME})")
_CAPITAL = re.compile(r"[A-Z][\w’'-]+")
_POSSESSIVE = re.compile(r"['’]s?\Z")
_PAST = timedelta(days=60)  # from here on a day is not of what is told as news
_LATELY = timedelta(days=600)  # until when "last summer" and "a year ago" may be

Days = tuple[tuple[date, date], ...]  # first and last of each stretch


class Amount(NamedTuple):
    """A figure or a day as one document gives it, and what it is about."""

    document: int
    span: Span
    sentence: Span
    unit: str | None  # "date" for a day
    low: float | None
    high: float | None
    bound: Bound | None
    change: bool  # whether it says by how much something moved
    earliest: date | None  # of a date
    latest: date | None
    absolute: bool  # a day of a month, whatever the day of publication
    against: float | None  # the smaller number of a vote
    told: frozenset[str]  # what happened to the counted
    things: frozenset[str]  # what is counted
    near: Mapping[str, float]  # what its sentence says, and how much of it the figure's place says
    names: frozenset[str]  # that its sentence names
    whose: str  # the last of them before it
    pollsters: frozenset[str]  # those of them that a poll is said to be by
    clause: Span
    head: str  # the words for what is counted
    extent: Extent
    as_of: str | None
    level: bool  # that the number was reached: "rose to 12 percent"
    days: Days  # that its sentence speaks of besides
    heard: Days  # these, and those on which it was said
    then: Days  # those told before it, or "last summer", where they lie long ago
    past: Days  # all such days that its document speaks of, in order and apart
    over: timedelta  # how long a time it says that it counts: "in five years"
    revised: bool  # or that it is not what was said before
    since: bool  # or so plainly that the day of publication need not tell
    speaker: str | None  # id of whoever says so

    @property
    def value(self) -> float:
        """The number, or the end of it that is given; 0 for a day."""
        return self.low or self.high or 0.0


@cache
def alike() -> Mapping[str, tuple[str, str]]:
    """The name and the sort of what each stem stands for: "dead" and "toll" for "kill"."""
    found: dict[str, tuple[str, str]] = {}
    for line in lines("alike.txt"):
        name, sort, listed = (part.strip() for part in line.split("|"))
        for word in alignment.words(listed, (Span(0, len(listed)),)):
            found[word.stem] = (name, sort)
    return found


@cache
def tolls() -> frozenset[str]:
    """What happens to more and more while an event goes on."""
    return frozenset(name for name, sort in alike().values() if sort == "toll")


def read(marks: Marks, number: int, cast: Cast) -> Iterator[Amount]:
    """The amounts of one document, in order; `number` is its place among the documents."""
    page = _page(marks, number, cast)
    text = marks.document.text
    before = None
    for figure, least in _with_tallies(text, _told_once(text, marks.figures)):
        is_open = figure.low is None and figure.high is None
        apart = _is_of_time(page, figure)
        counting = figure.unit == "percent" and _COUNTING.match(text, figure.span.end)
        if not (is_open or apart or counting or _ONE_OF.match(text, figure.span.start)):
            for amount in _figure(page, figure, least):
                yield _behind(before, amount)
                before = amount
    yield from _ages(page)
    for when in marks.dates:
        if when.resolved and when.span not in page.spoken and not _NEXT.match(when.span.of(text)):
            yield from _day(page, when)


def given(marks: Sequence[Marks], amount: Amount, unit: str | None) -> Given:
    """The amount as a place of a conflict, its numbers in the unit of that."""
    document = marks[amount.document].document
    scale = measures.scale(amount.unit, unit)

    def scaled(value: float | None) -> float | None:
        return value if value is None or scale == 1.0 else float(f"{value * scale:.{_DIGITS}g}")

    return Given(
        document=document.id,
        spans=(amount.span,),
        words=(amount.span.of(document.text),),
        sentence=Place.at(document, amount.sentence),
        low=scaled(amount.low),
        high=scaled(amount.high),
        bound=amount.bound,
        earliest=amount.earliest,
        latest=amount.latest,
        as_of=amount.as_of,
        said_by=amount.speaker,
    )


class _Sentence(NamedTuple):
    """One sentence, and what is marked in it."""

    span: Span
    dates: Sequence[TimeExpression]
    busy: Sequence[Span]  # of both
    names: Sequence[tuple[int, str]]  # that it names, and where
    pollsters: frozenset[str]
    head: str  # what stands before its first comma, where no figure does: "In the whole country"
    over: timedelta  # how long a time it says that things are counted over


class _Page(NamedTuple):
    """One document, ready to be asked what a stretch of it is about."""

    marks: Marks
    number: int
    cast: Cast
    sentences: Sequence[_Sentence]
    starts: Sequence[int]
    spoken: frozenset[Span]  # the days on which something was said
    published: date | None
    recent: date  # what lies before is not told as news
    past: Days  # the stretches before it that the document speaks of


def _page(marks: Marks, number: int, cast: Cast) -> _Page:
    document = marks.document
    blocks = [block.span for block in document.blocks] or [Span(0, len(document.text))]
    spans = [one for span in blocks for one in reading.sentences(document.text, span)]
    starts = [span.start for span in spans]
    figures: defaultdict[int, list[Figure]] = defaultdict(list)
    dates: defaultdict[int, list[TimeExpression]] = defaultdict(list)
    for figure in marks.figures:
        figures[bisect_right(starts, figure.span.start)].append(figure)
    for when in marks.dates:
        dates[bisect_right(starts, when.span.start)].append(when)
    sentences = [
        _marked(document.text, span, figures[place], dates[place])
        for place, span in enumerate(spans, 1)
    ]
    day = document.published
    published = date(day.year, day.month, day.day) if day else None
    recent = _moved(published or date.min, -_PAST)
    past = _joined(
        (one.earliest, one.latest or date.max)
        for one in marks.dates
        if one.earliest and min(one.earliest, one.latest or date.max) <= recent
    )
    page = _Page(marks, number, cast, sentences, starts, frozenset(), published, recent, past)
    cues = sorted(span for statement in marks.statements for span in statement.cue)
    said = sorted(span for statement in marks.statements for span in statement.words)
    spoken = {when.span for when in marks.dates if _is_of_speech(page, when, cues, said)}
    return page._replace(spoken=frozenset(spoken))


def _marked(
    text: str, span: Span, figures: Sequence[Figure], dates: Sequence[TimeExpression]
) -> _Sentence:
    """The sentence at `span`, with what is marked in it."""
    names = _names(text, span) if figures or dates else ()
    return _Sentence(
        span=span,
        dates=dates,
        busy=sorted({one.span for one in figures} | {when.span for when in dates}),
        names=names,
        pollsters=_pollsters(text, names),
        head=_head(text, span, figures),
        over=_over(text, span, figures),
    )


def _moved(day: date, by: timedelta) -> date:
    """A day that much earlier or later, or the last that there is."""
    furthest = max(date.min.toordinal(), min(day.toordinal() + by.days, date.max.toordinal()))
    return date.fromordinal(furthest)


def _joined(stretches: Iterable[tuple[date, date]]) -> Days:
    """Stretches of days in order, those that overlap as one."""
    found: list[tuple[date, date]] = []
    for first, last in sorted(stretches):
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return tuple(found)


def _told_once(text: str, figures: Sequence[Figure]) -> Sequence[Figure]:
    """The figures but for those that tell the one before in another unit: "6 miles (10 km)"."""
    return [
        figure
        for before, figure in pairwise((None, *figures))
        if figure is not None
        and not (
            before
            and measures.is_measured(figure.unit)
            and measures.kind(before.unit) == measures.kind(figure.unit)
            and text[before.span.end : figure.span.start].strip() in _AGAIN
        )
    ]


def _behind(before: Amount | None, amount: Amount) -> Amount:
    """The amount; in "killed five and injured 30 others" the others are no others of the 30."""
    if (
        before
        and amount.extent.others
        and before.sentence == amount.sentence
        and (tolls() & before.told)
        and (tolls() & amount.told)
        and before.told.isdisjoint(amount.told)
    ):
        return amount._replace(extent=amount.extent._replace(others=False))
    return amount


def _with_tallies(text: str, figures: Sequence[Figure]) -> Iterator[tuple[Figure, Figure | None]]:
    """The figures; of two that are the two sides of a vote the larger, with the smaller."""
    least = None
    for one, other in pairwise((*figures, None)):
        if one is None or one is least:
            continue
        least = other if other and _is_tally(text, one, other) else None
        yield one, least


def _is_tally(text: str, most: Figure, least: Figure) -> bool:
    return bool(
        most.unit is None is least.unit
        and most.low is not None
        and least.low is not None
        and most.low > least.low
        and _TALLY.fullmatch(text, most.span.end, least.span.start)
        and not text.endswith("from ", 0, most.span.start)
    )


def _sentence(page: _Page, span: Span) -> _Sentence | None:
    at = bisect_right(page.starts, span.start) - 1
    return page.sentences[at] if at >= 0 and page.sentences[at].span.covers(span) else None


def _figure(page: _Page, figure: Figure, least: Figure | None) -> Iterator[Amount]:
    text = page.marks.document.text
    span = Span(figure.span.start, least.span.end) if least else figure.span
    sentence = _sentence(page, span)
    if not sentence:
        return
    counted = alignment.words(text, (figure.counted,)) if figure.counted else ()
    amount = _amount(page, span, sentence, counted)
    name = _aged(text, span) if figure.unit == measures.AGE else None
    things = _person(name) if name else _VOTER if least else amount.things
    is_of_thing = figure.unit == measures.AGE and (figure.low or 0) > _OLDEST
    yield amount._replace(
        things=things,
        against=least.low if least else None,
        unit="year" if is_of_thing else figure.unit,
        low=figure.low,
        high=figure.high,
        bound=figure.bound,
        change=figure.change is not None
        or bool(_BY.match(text, figure.span.end, sentence.span.end)),
        as_of=figure.as_of,
        over=max(amount.over, _since(page, figure)),
        head=name or (figure.counted.of(text) if figure.counted else figure.unit or ""),
        extent=amount.extent._replace(
            part=amount.extent.part and figure.unit != "percent",
            others=amount.extent.others and figure.unit in _COUNTS,
            names=frozenset(word.stem for word in counted if word.form[0].isupper()),
        ),
        speaker=_speaker(page, figure.voice),
    )


def _ages(page: _Page) -> Iterator[Amount]:
    """The ages that stand behind a name: "Ana Rell, 44, said"."""
    text = page.marks.document.text
    for match in _AGE_BEHIND.finditer(text):
        span = Span(*match.span(1))
        name = _NAME_ENDING.search(text, max(0, match.start() - _NAMED_BEFORE), match.start())
        if name and (sentence := _sentence(page, span)):
            age = float(match.group(1))
            yield _amount(page, span, sentence, ())._replace(
                unit=measures.AGE,
                low=age,
                high=age,
                bound="exact",
                things=_person(name.group()),
                head=name.group(),
            )


def _aged(text: str, span: Span) -> str | None:
    """The name of the person whose age stands at `span`, where it stands beside it.

    "The 34-year-old" that opens a sentence is who alone is named shortly before.
    """
    before = _NAME_BEFORE.search(text, max(0, span.start - _BESIDE), span.start)
    if match := before or _NAME_BEHIND.match(text, span.end):
        return match.group(1)
    if _OPENS_THE.search(text, max(0, span.start - _BESIDE), span.start):
        names = {*_FULL_NAME.findall(text, max(0, span.start - _NAMED_BEFORE), span.start)}
        return names.pop() if len(names) == 1 else None
    return None


def _person(name: str) -> frozenset[str]:
    """What tells a person from others in one story: the last two words of the name."""
    words = [word for word in name.casefold().split() if not word.endswith(".")]
    return frozenset({" ".join(words[-2:])})


def _is_of_time(page: _Page, figure: Figure) -> bool:
    """Whether it tells when something was by something else: "three days after the vote"."""
    sentence = _sentence(page, figure.span) if figure.unit in measures.DAYS else None
    text = page.marks.document.text
    return sentence is not None and any(
        when.span.covers(figure.span) and _FROM_THEN.match(text, figure.span.end, when.span.end)
        for when in sentence.dates
    )


def _day(page: _Page, when: TimeExpression) -> Iterator[Amount]:
    sentence = _sentence(page, when.span)
    words = when.span.of(page.marks.document.text)
    first, last = when.earliest, when.latest
    if _EDGE.match(words):
        long = _ABOUT_DAY if _VAGUE_DAY.search(words) else timedelta(0)
        first, last = (
            first or (last and _moved(last, -long)),
            last or (first and _moved(first, long)),
        )
    if not sentence or len(sentence.dates) > _LISTED:
        return  # a list of what happened when
    if first and last and _is_about_day(words, first, last):
        yield _amount(page, when.span, sentence, ())._replace(
            unit="date",
            told=frozenset(),
            revised=bool(_REVISED.search(sentence.span.of(page.marks.document.text))),
            earliest=first,
            latest=last,
            absolute=_NAMED_DAY.search(words) is not None,
            speaker=_speaker(page, when.voice),
        )


def _is_about_day(words: str, first: date, last: date) -> bool:
    """Whether it is one day, or a few of a month that are named for one: "mid-September"."""
    return first == last or (last - first <= _ABOUT_DAY and bool(_NAMED_DAY.match(words)))


def _amount(page: _Page, span: Span, inside: _Sentence, counted: Sequence[Word]) -> Amount:
    text = page.marks.document.text
    reach = Span(
        max(inside.span.start, span.start - _REACH), min(inside.span.end, span.end + _REACH)
    )
    words = alignment.words(text, (reach,))
    busy = inside.busy[
        bisect_left(inside.busy, Span(reach.start, reach.start)) : bisect_left(
            inside.busy, Span(reach.end, reach.end)
        )
    ]
    own = [at for at, word in enumerate(words) if word.span.overlaps(span)]
    first, last = (own[0], own[-1]) if own else (0, 0)
    clause = _clause(text, span, reach)
    frame = f"{inside.head} | {clause.of(text)}"
    beside = text[max(reach.start, span.start - _BESIDE) : span.end + _BESIDE]
    heads = [counted[-1]] if counted else []
    things = frozenset(_name(word) for word in heads if not word.is_small)
    heard = {
        when.span: stretch
        for when in inside.dates
        if (stretch := _stretch(text, when)) and reach.overlaps(when.span) and when.span != span
        if not _is_apart(text, span, when.span)
    }
    days = {day: stretch for day, stretch in heard.items() if day not in page.spoken}
    before = tuple(stretch for day, stretch in days.items() if day < span)
    return Amount(
        document=page.number,
        span=span,
        sentence=inside.span,
        unit=None,
        low=None,
        high=None,
        bound=None,
        change=False,
        earliest=None,
        latest=None,
        absolute=False,
        against=None,
        told=_told(text, words, (first, last), counted, busy),
        things=frozenset(thing for thing in things if thing not in _told_names()),
        near=_near(words, (first, last), busy),
        names=frozenset(name for _, name in inside.names),
        pollsters=inside.pollsters,
        whose=next((name for start, name in reversed(inside.names) if start < span.start), ""),
        clause=clause,
        head="",
        extent=extents.read(text[reach.start : span.start], text[span.end : reach.end], frame),
        as_of=None,
        level=bool(_LEVEL.search(text, reach.start, span.start)),
        days=tuple(sorted(days.values())),
        heard=tuple(sorted(heard.values())),
        then=_then(page, before, f"{inside.head} | {text[clause.start : span.start]}"),
        past=page.past,
        over=inside.over,
        revised=bool(_REVISED.search(beside)),
        since=bool(_SINCE.search(beside)),
        speaker=None,
    )


def _over(text: str, sentence: Span, figures: Sequence[Figure]) -> timedelta:
    """How long a time a sentence says that it counts over; none is of no length."""
    lengths = [
        measures.DAYS[one.unit] * (one.low or one.high or 0)
        for one in figures
        if one.unit in measures.DAYS
        and _OVER.search(text, max(sentence.start, one.span.start - _BESIDE), one.span.start)
    ]
    if period := _PERIOD.search(text, sentence.start, sentence.end):
        lengths.append(_PERIOD_DAYS.get((period["long"] or "").casefold(), _SEASON_DAYS))
    return timedelta(days=min(max(lengths, default=0), _AGES))


def _since(page: _Page, figure: Figure) -> timedelta:
    """How long it is counted since a day, up to the day of publication."""
    first, _, last = (figure.as_of or "").partition("/")
    if page.published is None or last != "..":
        return timedelta(0)
    return page.published - date.fromisoformat(first)


def _head(text: str, sentence: Span, figures: Sequence[Figure]) -> str:
    """What stands before the first comma of a sentence; nothing where a figure stands there too.

    But for ages of those who are told of: "Of voters over 60".
    """
    end = _BREAK.search(text, sentence.start, sentence.end)
    opening = Span(sentence.start, end.start() if end else sentence.end)
    busy = any(opening.overlaps(one.span) for one in figures[:1])
    return "" if busy and not _AGED.search(opening.of(text)) else opening.of(text)


def _names(text: str, sentence: Span) -> tuple[tuple[int, str], ...]:
    """The words of names in a sentence, where they stand and without what makes them possessive.

    A word that opens a sentence or a quotation is one where another follows it.
    """
    found = []
    for match in _CAPITAL.finditer(text, sentence.start, sentence.end):
        opens = match.start() == sentence.start or text[match.start() - 1] in '“"\n'
        if not opens or _CAPITAL.match(text, match.end() + 1):
            found.append((match.start(), _POSSESSIVE.sub("", match.group()).casefold()))
    return tuple(found)


def _pollsters(text: str, names: Sequence[tuple[int, str]]) -> frozenset[str]:
    """The words for who asked, of the names in a sentence that tells of a poll."""
    return frozenset(
        name
        for start, name in names
        if _POLL_BEFORE.search(text, max(0, start - _BESIDE), start)
        or _POLL_BEHIND.match(text, start + len(name), start + len(name) + _BESIDE)
    )


def _stretch(text: str, when: TimeExpression) -> tuple[date, date] | None:
    """The days of a date: "by Tuesday" is that day, "since 2009, when" that year's first."""
    last = when.latest or (when.earliest if _WHEN.match(text, when.span.end) else None)
    return (when.earliest or last, last) if last else None


def _is_apart(text: str, amount: Span, day: Span) -> bool:
    """Whether a day is of something else: "12 metres, and built in 1871", "more than in May"."""
    compares = _THAN.search(text, max(0, day.start - _BESIDE), day.start) is not None
    return compares or not _PARTS.isdisjoint(text[amount.end : day.start].split())


def _then(page: _Page, days: Days, before: str) -> Days:
    """The days of an amount where all lie long ago; those of "last summer" where none is told."""
    if days or page.published is None or not _EARLIER.search(before):
        return () if any(last > page.recent for _, last in days) else days
    return ((_moved(page.published, -_LATELY), page.recent),)


def _clause(text: str, span: Span, reach: Span) -> Span:
    """The part of what is in reach between marks that part clauses."""
    before = [match.end() for match in _BREAK.finditer(text, reach.start, span.start)]
    after = _BREAK.search(text, span.end, reach.end)
    return Span(before[-1] if before else reach.start, after.start() if after else reach.end)


def _told(
    text: str,
    words: Sequence[Word],
    place: tuple[int, int],
    counted: Sequence[Word],
    busy: Sequence[Span],
) -> frozenset[str]:
    """What happened to the counted: the nearest word that tells it, or two as near."""
    first, last = place
    own = {word.span for word in counted}
    found: dict[str, int] = {}
    for at, word in enumerate(words):
        name, sort = alike().get(word.stem, ("", "thing"))
        if sort == "thing" or first <= at <= last:
            continue
        between = words[at + 1 : first] if at < first else words[last + 1 : at]
        gap = (
            Span(word.span.end, words[first].span.start)
            if at < first
            else Span(words[last].span.end, word.span.start)
        )
        parts = sum(one.stem in _PARTS for one in between) + len(_BREAK.findall(gap.of(text)))
        others = sum(gap.covers(one) for one in busy)
        cost = 0 if word.span in own else len(between) + _BETWEEN * (parts + others)
        found[name] = min(cost, found.get(name, cost))
    least = min(found.values(), default=_FAR)
    return frozenset(name for name, cost in found.items() if cost == least < _FAR)


def _near(
    words: Sequence[Word], place: tuple[int, int], busy: Sequence[Span]
) -> Mapping[str, float]:
    """What each word of a sentence tells of the figure in it: the nearer it stands, the more."""
    first, last = place
    found: dict[str, float] = {}
    for at, word in enumerate(words):
        if not (word.is_small or any(word.span.overlaps(one) for one in busy)):
            told = _FADING ** max(first - at, at - last)
            found[_name(word)] = max(told, found.get(_name(word), 0.0))
    return found


def _name(word: Word) -> str:
    return alike().get(word.stem, (word.stem, ""))[0]


@cache
def _told_names() -> frozenset[str]:
    return frozenset(name for name, sort in alike().values() if sort != "thing")


def _is_of_speech(
    page: _Page, when: TimeExpression, cues: Sequence[Span], said: Sequence[Span]
) -> bool:
    """Whether something was said that day: it stands by a cue, outside what is said."""
    sentence = _sentence(page, when.span)
    if not sentence:
        return True
    start = sentence.span.start
    if _SIGNED.search(page.marks.document.text, start, when.span.start):
        return True
    inside = said[: bisect_left(said, Span(when.span.end, when.span.end))]
    if any(span.covers(when.span) for span in inside[-_NESTED:]):
        return False
    at = bisect_left(cues, Span(start, start))
    if at == len(cues) or not sentence.span.covers(cues[at]):
        return False
    days = [one.span for one in sentence.dates]
    return when.span == min(days, key=lambda day: _between(day, cues[at]))


def _between(one: Span, other: Span) -> int:
    """How many characters lie between two spans."""
    return max(one.start, other.start) - min(one.end, other.end)


def _speaker(page: _Page, voice: Voicing) -> str | None:
    """The id of whoever gives the amount, where it lies in a statement of one known speaker."""
    if not isinstance(voice, int):
        return None
    statement = page.marks.statements[voice]
    ids = {page.cast.of(page.marks.document.id, voice, at) for at in range(len(statement.speakers))}
    return next(iter(ids)) if len(ids) == 1 else None
