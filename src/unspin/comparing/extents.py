"""Of how much a number holds: of all or of some, of which people, and where.

In: the words around an amount, from its own clause and from what opens its sentence. Out: its
extent, and whether two numbers are of different ones.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from unspin import days
from unspin.comparing import alignment
from unspin.comparing.alignment import Word
from unspin.types import Span

_IN = re.compile(
    r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Aa]round|[Oo]utside|[Aa]cross|[Tt]hroughout|from|inside"
    r"|within)[ ](?:the[ ])?(?:\w+[ ]){0,2}?((?:[A-Z][\w’'-]+)(?:[ ][A-Z][\w’'-]+){0,3})"
)
_POSSESSIVE = re.compile(r"['’]s?\Z")
_LOCAL = re.compile(
    r"\b(?:alone|itself|local|nearby|(?:north|south|east|west)(?:ern)?|central|here"
    r"|there(?! (?:is|are|was|were|have|had|will))"
    r"|on (?:the|its|one) (?:\w+ )?(?:side|bank|shore|ward|wing|stretch)"
    r"|(?:in|on|at) the \w+ (?:sector|industry|ward|wing|division|department|room|hall|floor|farm"
    r"|plant|site|factory|camp|station|school|hospital|clinic|market|mine|yard))\b",
    re.IGNORECASE,
)
_LAND = "country|nation|region|province|state|county|valley|island|continent|world"
_WHOLE = re.compile(
    r"\b(?:in total|in all|altogether|overall|total(?:l?ing)?(?: of)?|combined|together|all told"
    r"|on average|all (?:of )?(?:the )?(?:\w+ )?\w+s|of all)\b",
    re.IGNORECASE,
)
_WIDE = re.compile(
    r"\b(?:\w+-?wide|globally|as a whole"
    r"|(?:whole|entire) (?:of )?(?:the )?(?!thing|time|day|night|point|lot)\w+"
    rf"|(?:across|throughout|all over|all of) (?:the )?(?:{_LAND}|(?-i:[A-Z])\w+)"
    r"|(?:on|in|from|of|across|for) both \w+s|from \w+ to \w+)\b",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"\b(?:excluding|not (?:counting|including)|before tax|after tax|net of|instalment|tranche"
    r"|down payment)\b"
    r"|\A\W*(?:without|apart from|besides|except for|including|counting)\b",
    re.IGNORECASE,
)
_AMONG = re.compile(
    r"(?:\bamong(?:st)?|\bof those(?! (?:asked|polled|surveyed|questioned|interviewed))"
    r"|\A\W*of(?: the(?! \d)|(?= [^\W\d]+ (?:over|under|above|below|aged|between|with|without|who)"
    r" )))[ ]([^,|]+)",
    re.IGNORECASE,
)
_OF_SUCH = re.compile(  # "54 percent of those with an opinion"
    r"\W+of (?:the )?((?:those|people|(?:wo)?men|(?:\w+ )?\w+s)"
    r" (?:with|without|who|over|under|above|below|aged|between)\b[^,;:.]*)"
)
_SOME = re.compile(
    r"(?:\b(?:including|among (?:them|those|the \w+)|(?<!all )(?<!most )(?<!many )(?<!some )"
    r"of (?:them|whom|these|those))[ ,]+(?:\w+[ ])?\Z)"
)
_SOME_AFTER = re.compile(
    r"(?:\W+\w+)?\W+(?:of (?:them|whom|these|those)|alone)\b"
    r"|\W+of the (?:dead|killed|injured|wounded|hurt|victims|missing|arrested|detained)\b"
)
_OF_THE = re.compile(r"\W+of (?:the|its|their|his|her) ")
_EACH = re.compile(
    r"\b(?:per (?:household|person|head|capita|pupil|worker)|each|apiece|a head)\b", re.IGNORECASE
)
_ALL_OF = re.compile(r"\bthere (?:are|were)[ ](?:\w+[ ]){0,2}\Z", re.IGNORECASE)
_REST = re.compile(r"\b(?:remain(?:s|ed|ing)?|still|left over|yet to)\b", re.IGNORECASE)
_NEEDED = re.compile(
    r"\b(?:(?:needed|required|enough) (?:to|for|in)|majority|quorum|threshold|to win)\b",
    re.IGNORECASE,
)
_SO_FAR = re.compile(
    r"\b(?:since|so far|to date|until now|(?:over|in|during) the (?:past|last))\b", re.IGNORECASE
)
_OTHERS = re.compile(r"\W+(?:other|others|more|further|additional)\b(?! than)")
_AREAS = (
    ("town", "city", "capital"),
    ("village",),
    ("district", "municipality", "parish", "suburb"),
    ("province", "county", "state", "region"),
    ("country", "nation"),
    ("island", "archipelago"),
    ("valley",),
    ("continent",),
    ("world",),
    ("coast",),
)
_SIDES = tuple(
    frozenset(names.split())
    for names in (
        "north northern south southern east eastern west western",
        "upper lower middle",
        "inner outer",
        "import export",
        "day daytime night overnight",
        "public private",
        "urban rural",
        "adult child",
        "male female",
        "indoor outdoor",
        "direct indirect",
    )
)
_ORDERED = re.compile(r"\b(first|second|third|fourth|fifth|last|final|next)[ ](\w+)", re.IGNORECASE)
_PERIODS = frozenset("day week weekend month quarter half year season".split())
_BASE = re.compile(
    r"(?:\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred"
    r"|thousand))(?: \w+)? (?:out )?of (?:(?:the|its|all|some|about) )*\Z",
    re.IGNORECASE,
)
_LANDS = frozenset({"province", "country"})
_MUCH = 1.8  # times a part that the whole is, at least
_MANY = 10.0  # times what each has that all have, at least


class Extent(NamedTuple):
    """Of how much a number holds, as far as its words say."""

    whole: bool = False  # of all there are
    wide: bool = False  # all over a land, on all sides
    part: bool = False  # of some of them
    others: bool = False  # of others than those told of before
    base: bool = False  # of those of whom another number is a part: "31 of 60 seats"
    known: bool = False  # of some of what is known: "40 of the strikers"
    each: bool = False  # of each of them
    local: bool = False  # of some corner
    rest: bool = False  # of those that remain so
    needed: bool = False  # of those that it takes: "the 272 seats of a majority"
    so_far: bool = False  # of all since some time
    where: frozenset[str] = frozenset()  # names of places
    areas: frozenset[str] = frozenset()  # "city", "province"
    names: frozenset[str] = frozenset()  # of the counted: "Vellanders"
    among: frozenset[str] = frozenset()  # whom it is a share of: "voters under 25"
    sides: frozenset[tuple[str, str]] = frozenset()  # which of two: "the second stretch", "lower"
    changed: frozenset[str] = frozenset()  # what leaves something out or takes it in


def read(before: str, after: str, frame: str) -> Extent:
    """The extent of an amount between two stretches of its sentence.

    `frame` is its clause, and what stands at the head of the sentence.
    """
    words = alignment.words(frame, (Span(0, len(frame)),))
    return Extent(
        whole=_WHOLE.search(frame) is not None,
        wide=_WIDE.search(frame) is not None,
        part=_SOME.search(before) is not None
        or (_SOME_AFTER.match(after) is not None and not _ALL_OF.search(before)),
        others=_OTHERS.match(after) is not None,
        base=_BASE.search(before) is not None,
        known=_OF_THE.match(after) is not None,
        each=_EACH.search(frame) is not None,
        local=_LOCAL.search(frame) is not None,
        rest=_REST.search(frame) is not None,
        needed=_NEEDED.search(frame) is not None,
        so_far=_SO_FAR.search(frame) is not None,
        where=frozenset(
            name
            for match in _IN.finditer(frame)
            if (name := _POSSESSIVE.sub("", match.group(1).casefold())) not in days.NAMES
        ),
        areas=frozenset(_areas()[word.stem] for word in words if word.stem in _areas()),
        among=_among(frame, after),
        sides=_sides(frame, words),
        changed=frozenset(
            match.group().casefold().strip(" |") for match in _CHANGED.finditer(frame)
        ),
    )


def differ(small: Extent, large: Extent, ratio: float) -> bool:
    """Whether a number is plainly of something else than another, `ratio` times as large."""
    return (
        (small.part != large.part and ratio >= _MUCH)
        or small.changed != large.changed
        or small.among != large.among
        or _are_apart(small.names, large.names)
        or any(
            _are_apart(_of(small.sides, kind), _of(large.sides, kind)) for kind, _ in small.sides
        )
        or (large.wide and not small.wide and not small.areas & large.areas)
    )


def may_differ(small: Extent, large: Extent, ratio: float) -> bool:
    """Whether a number may be of something else than another, `ratio` times as large."""
    narrow = small.local or bool(small.where or small.areas or small.names)
    if ratio < _MUCH:  # a part is seldom that near the whole, where little tells that it is one
        return (small.rest and not large.rest) or (large.whole and not small.whole and small.local)
    return (
        _are_apart(small.where, large.where)
        or _are_apart(small.areas, large.areas)
        or (large.whole and not small.whole and narrow)
        or (small.each and not large.each and ratio >= _MANY)
        or (small.local and not large.local)
        or (small.known and not large.known)
        or (small.rest and not large.rest)
        or (large.so_far and not small.so_far)
        or bool(small.where and not small.areas and large.areas & _LANDS)
    )


def are_of_other_places(one: Extent, other: Extent) -> bool:
    """Whether two shares are told of different places, or of a place and of a whole land."""
    return _are_apart(one.where, other.where) or any(
        wide.wide and not narrow.wide and (narrow.local or bool(narrow.where))
        for wide, narrow in ((one, other), (other, one))
    )


def _among(frame: str, after: str) -> frozenset[str]:
    """Whom a share is of, where they are not all: "among voters under 25"."""
    told = [(frame, match) for match in _AMONG.finditer(frame)]
    if such := _OF_SUCH.match(after):
        told.append((after, such))
    return frozenset(
        word.stem
        for text, match in told
        for word in alignment.words(text, (Span(*match.span(1)),))
        if not word.is_small
    )


def _sides(frame: str, words: Sequence[Word]) -> frozenset[tuple[str, str]]:
    """What is told of something that has several: the kind of it, and which."""
    named = {
        (min(names), word.form.casefold().removesuffix("ern"))
        for word in words
        for names in _SIDES
        if word.form.casefold() in names
    }
    ordered = {_ordered(*match.group(1, 2)) for match in _ORDERED.finditer(frame)}
    return frozenset(named | ordered)


def _ordered(which: str, noun: str) -> tuple[str, str]:
    """A kind, and which of it; of all that lasts a time one kind: "first half", "second week"."""
    kind, first = noun.casefold(), which.casefold()
    return ("period", f"{first} {kind}") if kind in _PERIODS else (kind, first)


def _of(sides: frozenset[tuple[str, str]], kind: str) -> frozenset[str]:
    return frozenset(which for one, which in sides if one == kind)


def _are_apart(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other and not one & other)


@cache
def _areas() -> Mapping[str, str]:
    """The kind of area each stem names."""
    return {
        word.stem: names[0]
        for names in _AREAS
        for name in names
        for word in alignment.words(name, (Span(0, len(name)),))
    }
