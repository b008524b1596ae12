"""Office holders named for a time at which the table of offices has somebody else.

In: the sentences of a document. Out: slips. The table (`words/offices.tsv`, see
docs/offices.md) holds heads of state and government and foreign ministers since 1990. A title is
queried only where the full name stands behind it, the time lies clear of every term the table has
for that person, and the table is certain of another holder then. Titles of former, acting, future
and imagined holders are no slips, nor is one that a past event is told with.
"""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple

from unspin.days import MONTHS
from unspin.marking.told import Sentence
from unspin.types import Slip, TimeExpression

Office = Literal["president", "prime minister", "foreign minister", "monarch"]

_TITLES: tuple[tuple[Office, str], ...] = (
    ("president", r"[Pp]resident"),
    ("prime minister", r"[Pp]rime[ ][Mm]inister|[Cc]hancellor|[Pp]remier|Taoiseach"),
    (
        "foreign minister",
        (
            r"[Ff]oreign[ ](?:[Mm]inister|[Ss]ecretary)|[Ss]ecretary[ ]of[ ][Ss]tate"
            r"|[Ee]xternal[ ][Aa]ffairs[ ][Mm]inister|[Mm]inister[ ]of[ ][Ff]oreign[ ][Aa]ffairs"
        ),
    ),
)
_CAPITAL = r"[^\W\d_a-z]"  # or any letter with an accent: the table knows the name or does not
_NAME = (
    rf"{_CAPITAL}[\w’'.-]*(?:[ ](?:(?:de|da|dos|del|della|van|von|der|den|bin|ibn|al|el|la|y)[ ])?"
    rf"{_CAPITAL}[\w’'-]*\.?){{1,5}}"
)
_TITLED = re.compile(
    r"(?<![\w-])(?:"
    + "|".join(f"(?P<t{place}>{words})" for place, (_, words) in enumerate(_TITLES))
    + rf"),?[ ](?P<name>(?-i:{_NAME}))"
)
_NOT_NOW = re.compile(  # what a title is qualified with, up to four words before it
    r"(?<!\w)(?:former|formerly|ex|late|then|acting|interim|caretaker|vice|deputy|assistant|shadow"
    r"|outgoing|incoming|future|next|previous|past|one-time|onetime|erstwhile|ousted|deposed"
    r"|exiled|jailed|would-be|self-proclaimed|disputed|opposition|candidate|nominee|aspiring"
    r"|fictional|as|under|if|like|unlike|since|first|legendary|retired|honorary|pseudo|mock"
    r"|appointed[ ]by|nominated[ ]by|named[ ]by|signed[ ]by|named[ ]after|named[ ]for)"
    r"(?:[- ][\w’'.-]+){0,4}[- ]\Z",
    re.IGNORECASE,
)
_OF_A_BODY = re.compile(  # the president of a bank, a chamber or a club
    r"(?:(?<![\w.])[A-Z]{3,}|Council|Commission|Bank|Senate|Assembly|Parliament|University|College"
    r"|Party|Court|Congress|Federation|Union|Club|Chamber|Board|Vice)[’'s]{0,2}[ ]\Z"
)
_TOLD_BACK = re.compile(  # the sentence tells of another time than the article's
    r"\b(?:had|during|when|since|under|ago|once|administrations?|presidency"
    r"|premiership|era|history|historic|anniversary|elected|museum|library|statue|memoirs?|books?"
    r"|biography|films?|novels?|plays?|legacy|decades?|century|years|born"
    r"|predecessors?|successors?|funeral|buried|death|died|remembered|recalled|portraits?"
    r"|oust(?:er|ers|ed|ing)|overthr(?:ow|ew|own|owing)|toppl(?:ed|ing)|downfall|assassinat\w+"
    r"|policy|policies|airport|tenure|served|appointee|nominee|used[ ]to|back[ ]in|originally)\b",
    re.IGNORECASE,
)
_BEHIND = re.compile(r"(?:[’']s?)?(?:-era|[ ](?:administration|presidency|era|years|library))\b")
_FRONTED = re.compile(  # "In May 2015, Galdovia's", "in 2015 by Galdovian"
    rf"(?:,?(?:[ ]when)?|[ ]by)(?:[ ](?:the[ ])?{_CAPITAL}[\w’'.-]*){{0,2}}[ ]"
)
_FOLLOWS = re.compile(r"(?:[ ][\w’'-]+){1,7}?[ ](?:in|on)[ ]\Z")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SETTLING = timedelta(days=31)  # around a day of change no title is queried
_NEAR = timedelta(days=45)  # a date this close to the article's is the article's time
_FAR = timedelta(days=400)  # a date so much earlier makes what follows it a look back
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "ə": "a", "ß": "ss", "æ": "ae"})


class _Moment(NamedTuple):
    """A day known between two."""

    earliest: date
    latest: date


class Term(NamedTuple):
    """One person's time in one office; `until` may lie in the future."""

    country: str
    office: Office
    name: str
    since: _Moment
    until: _Moment


@dataclass(frozen=True, slots=True)
class _Table:
    by_name: dict[str, tuple[Term, ...]]
    by_office: dict[tuple[str, Office], tuple[Term, ...]]


def find(text: str, sentences: Sequence[Sentence], published: date | None) -> Iterator[Slip]:
    """A slip for each title that its bearer did not have at the time that is told of."""
    if published is None:
        return
    now = _Moment(published, published)
    looked_back: dict[tuple[str, tuple[Term, ...]], bool] = {}
    before: Sentence | None = None
    for sentence in sentences:
        near = before if before and before.paragraph == sentence.paragraph else None
        before = sentence
        for match in _TITLED.finditer(sentence.words):
            named = _named(match)
            if named is None or _is_qualified(sentence.words, match):
                continue
            terms, end = named
            if _held(terms, now):
                continue  # the title of now may be given to what a person did before
            span = sentence.at(match.start(), end)
            when = _told(sentence, match.start(), end, terms)
            if when is not None:
                if _somebody_else(terms, when):
                    at = f"of {_written(when)}"
                    yield Slip(span, "office", _message(terms, span.of(text), at))
            elif _is_of_now(sentence, near, published) and _somebody_else(terms, now):
                surname = span.of(text).rsplit(maxsplit=1)[-1]
                bearer = surname, terms
                if bearer not in looked_back:
                    looked_back[bearer] = _is_looked_back_on(text, surname, terms, now)
                if not looked_back[bearer]:
                    at = f"in an article of {day(published)}"
                    yield Slip(span, "office", _message(terms, span.of(text), at))


def key(name: str) -> str:
    """A name as the table is searched for it: without accents, dots, middle initials and case."""
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    plain = "".join(one for one in plain if not unicodedata.combining(one))
    for pair, single in (("oe", "o"), ("ue", "u"), ("ae", "a")):
        plain = plain.replace(pair, single)
    words = re.sub(r"[^\w\s]", " ", plain).split()
    return " ".join(word for place, word in enumerate(words) if len(word) > 1 or not place)


@cache
def table() -> _Table:
    """The table of offices, by name and by office."""
    by_name: dict[str, dict[Term, None]] = {}
    by_office: dict[tuple[str, Office], list[Term]] = {}
    path = files("unspin.marking") / "words" / "offices.tsv"
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        country, office, name, since, until, others, _ = line.split("\t")
        term = Term(
            country,
            office,  # type: ignore[arg-type] # a test holds the file to the offices
            name,
            _moment(since),
            _moment(until),
        )
        by_office.setdefault((country, term.office), []).append(term)
        for one in (name, *filter(None, others.split("; "))):
            by_name.setdefault(key(one), {})[term] = None
    return _Table(
        {name: tuple(terms) for name, terms in by_name.items()},
        {office: tuple(terms) for office, terms in by_office.items()},
    )


def _moment(written: str) -> _Moment:
    """`2010-03-11`, `2010-03`, `2010`, `A/B` for some day from A to B, `A/` for one from A on."""
    first, parted, last = written.partition("/")
    open_end = parted and not last
    return _Moment(_edges(first).earliest, date.max if open_end else _edges(last or first).latest)


def _edges(written: str) -> _Moment:
    parts = [int(part) for part in written.split("-")]
    if len(parts) == 3:  # noqa: PLR2004 - year, month, day
        return _Moment(date(*parts), date(*parts))
    year, month = parts[0], parts[1] if len(parts) > 1 else None
    last = date(year, month or 12, monthrange(year, month or 12)[1])
    return _Moment(date(year, month or 1, 1), last)


def _named(match: re.Match[str]) -> tuple[tuple[Term, ...], int] | None:
    """The terms, in the office of the title, of whoever is named behind it; where the name ends.

    The name is the longest start of the words there that the table knows.
    """
    office = next(office for place, (office, _) in enumerate(_TITLES) if match[f"t{place}"])
    ends = [one.end() for one in re.finditer(r"[^ ]+", match["name"])]
    for end in reversed(ends[1:]):
        name = re.sub(r"[’']s\Z", "", match["name"][:end].rstrip("."))
        terms = table().by_name.get(key(name), ())
        if terms:
            fitting = tuple(term for term in terms if term.office == office)
            return (fitting, match.start("name") + len(name)) if fitting else None
    return None


def _is_qualified(words: str, match: re.Match[str]) -> bool:
    before = words[max(0, match.start() - 60) : match.start()]
    return bool(
        _NOT_NOW.search(before) or _OF_A_BODY.search(before) or _BEHIND.match(words, match.end())
    )


def _told(sentence: Sentence, title: int, end: int, terms: Sequence[Term]) -> _Moment | None:
    """When the sentence has the bearer of the title do something, if that is outside the terms."""
    moments = [_when(sentence, one) for one in sentence.dates]
    if any(when is None or _held(terms, when) for when in moments):
        return None
    for one, when in zip(sentence.dates, moments, strict=True):
        start, stop = sentence.place(one.span)
        before = stop <= title and _FRONTED.fullmatch(sentence.words, stop, title)
        behind = start >= end and _FOLLOWS.fullmatch(sentence.words, end, start)
        if (before or behind) and _YEAR.search(sentence.words, start, stop):
            return when
    return None


def _when(sentence: Sentence, one: TimeExpression) -> _Moment | None:
    """The days of a date; of one that is only known to lie in a year ("the spring"), the year."""
    if one.earliest and one.latest:
        return _Moment(one.earliest, one.latest)
    year = _YEAR.search(sentence.words, *sentence.place(one.span))
    return _edges(year.group()) if year and not one.resolved else None


def _held(terms: Sequence[Term], when: _Moment) -> bool:
    """Whether any part of `when` may lie in one of the terms."""
    return any(
        term.since.earliest - when.latest <= _SETTLING
        and when.earliest - term.until.latest <= _SETTLING
        for term in terms
    )


def _is_certain(term: Term, when: _Moment) -> bool:
    """Whether the table is sure of the term all through `when`."""
    return term.since.latest <= when.earliest and when.latest <= term.until.earliest


def _somebody_else(terms: Sequence[Term], when: _Moment) -> bool:
    """Whether each office of the terms had another holder then, as far as the table knows."""
    return all(
        any(_is_certain(other, when) for other in table().by_office[term.country, term.office])
        for term in terms
    )


def _is_of_now(sentence: Sentence, near: Sentence | None, published: date) -> bool:
    """Whether the sentence seems to tell of the time of the article, as the one before it does."""
    return (
        not _TOLD_BACK.search(sentence.words)
        and all(
            one.earliest is not None
            and one.latest is not None
            and published - one.latest <= _NEAR
            and one.earliest - published <= _FAR
            for one in sentence.dates
        )
        and not (near and any(one.latest and published - one.latest > _FAR for one in near.dates))
    )


def _is_looked_back_on(text: str, surname: str, terms: Sequence[Term], now: _Moment) -> bool:
    """Whether the article knows better.

    It does where it names the holder of now, or another holder of an office of the country who
    served beside this one and serves no more, or where it calls this one former.
    """
    others = {
        other.name.rsplit(maxsplit=1)[-1]
        for (country, office), held in table().by_office.items()
        if country == terms[0].country
        for other in held
        if (office == terms[0].office and _is_certain(other, now))
        or (not _held([other], now) and any(_meet(other, term) for term in terms))
    }
    former = (
        rf"(?i:\b(?:former|ex|then|late|under)\b)(?:[- ][\w.-]+){{0,4}}[ -]{re.escape(surname)}"
    )
    era = rf"{re.escape(surname)}[’']?s?[ -](?:administration|presidency|government|era)\b"
    return (
        any(other in text for other in others - {surname})
        or re.search(former, text) is not None
        or re.search(era, text) is not None
    )


def _meet(one: Term, other: Term) -> bool:
    return one.since.earliest <= other.until.latest and other.since.earliest <= one.until.latest


def _message(terms: Sequence[Term], words: str, at: str) -> str:
    periods = " and ".join(
        f"from {_written(term.since)} {_until(term.until)}"
        for term in sorted(terms, key=lambda term: term.since)
    )
    term = terms[0]
    return (
        f"The table of offices has {term.name} as {term.office} of {term.country} {periods};"
        f" the text writes “{words}” {at}."
    )


def _written(moment: _Moment) -> str:
    """A moment as it is read aloud, no finer than it is known."""
    first, last = moment
    if first == last:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{MONTHS[first.month - 1]} {first.year}"
    if first.year == last.year:
        return str(first.year)
    return f"{last.year} at the latest"


def _until(moment: _Moment) -> str:
    return "on" if moment.latest == date.max else f"to {_written(moment)}"


def day(one: date) -> str:
    """The day as it is written in a message."""
    return f"{one.day} {MONTHS[one.month - 1]} {one.year}"
