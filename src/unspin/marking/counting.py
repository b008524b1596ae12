"""What a number counts: the noun behind it, with the words between.

The noun is known by its plural, or as one of the nouns for people; English without a parser allows
no more. "12 wounded soldiers", "three of the larger ships", "5 more Vellandian jets".
"""

import re
from functools import cache
from typing import NamedTuple

from unspin import numbers
from unspin.marking import lexicon, measures
from unspin.marking.times import tenses
from unspin.types import Span

_WORD = re.compile(r"[ -]?((?:[^\W\d_]\.){2,}|[^\W\d_]+(?:[-’'&][^\W\d_]+)*)")
_MORE = re.compile(r"[ ](?:(?:more|other|additional|further|extra|such)(?=[ ])|or[ ]more(?=[ ]))")
_MODEL_NUMBER = re.compile(r"[ ]\d{1,4}(?=[ ][a-z])")  # "63,000 Model 3 cars"
_OF = re.compile(
    r"[ ]of[ ](?:(?:the|all|its|their|his|her|our|my|your|these|those|such|[\w.&-]+[’']s?)[ ])?"
    rf"(?:(?:past|last|first|next|most|least|very)[ ])?(?:(?:more|other|{numbers.PATTERN})[ ])?",
    re.VERBOSE | re.IGNORECASE,
)
_ADJECTIVE = re.compile(
    r"(?:new|old|big|small|large|great|good|bad|single|major|minor|young|senior|former|local|main"
    r"|foreign|different|key|particular|whole|full|free|long|short|high|low|clear|simple|common"
    r"|(?:pro|anti|non|pre|post|ex)-\w+"
    r"|\w+(?:ous|ive|ful|able|ible|less|ic|ial|ual|onal|[^\We]ed|ish|est))\Z"
)
_PLURALS = frozenset(
    "aircraft personnel cattle sheep livestock crew lives wolves species series media criteria"
    " teeth geese mice oxen phenomena viruses bonuses campuses fish offspring deer".split()
)
_NO_PLURALS = frozenset(
    "always perhaps plus thus less does goes says yes its whereas besides towards sometimes"
    " afterwards nowadays overseas politics economics news".split()
)
_COMPOUNDS = frozenset(
    "sports arms sales news overseas savings goods services systems customs rights games jobs"
    " communications operations weapons drugs".split()
)
_CONDITIONS = frozenset({"dead", "killed", "wounded", "injured", "missing", "staff", "police"})
_NO_NOUN = frozenset(
    "thing hand side way day time point night morning other others another more last less such"
    " too later year week month".split()
)
_ADVERBS = frozenset(
    "hardly barely merely simply really nearly largely mainly mostly clearly probably certainly"
    " actually finally usually only still already".split()
)
_NO_ADVERBS = frozenset({"family", "assembly", "ally", "building", "meeting", "king", "ring"})
_PEOPLE = (
    "crew|staff|crowd|population|workforce|audience|congregation|membership|delegation|garrison"
    "|electorate"
)
_GROUP = re.compile(rf"\b(?:(?P<people>{_PEOPLE})|fleet|herd|flock|convoy)(?: \w+)? of[ ]\Z")
_LEADS_TO = r"[ ](?:at|to|of|as|is|was|be|reached|hit|passed)[ ]\Z"
_TOLL = re.compile(
    r"\b(?P<toll>(?:death )?toll|number (?:dead|missing|hurt|held|(?:kill|injur|wound|rescu|sav"
    rf"|arrest|detain|infect|displac|free|releas)ed))\b[^.;:!?\n]{{0,48}}{_LEADS_TO}"
)
_NUMBER_OF = re.compile(
    rf"\b(?:(?:numbers?|total) of(?P<noun>[ ][^.,;:!?\n]{{3,64}}?)"
    rf"|(?:size|strength) of (?:\w+ )?(?P<people>{_PEOPLE})){_LEADS_TO}"
)
_NO_MEN = frozenset("specimen regimen abdomen acumen omen semen stamen ramen bitumen".split())
_MANY_OF_A_LAND = re.compile(r"[A-Z]\w{2,}is")  # "six Orvanis"
_AFTER_PEOPLE = frozenset({"and", "or", "dead", "killed", "wounded", "injured", "hurt", "missing"})
_LOOKBACK = 96
_MOST_WORDS = 6
_SHORTEST_PLURAL = 4


class Counted(NamedTuple):
    """What is counted: a noun with its adjectives, or a unit that stands apart from its number."""

    span: Span | None
    unit: str | None  # "person", or the unit of "six straight days"
    end: int  # where the unit or the noun ends; where the number does, for neither


def many(text: str, end: int) -> Counted:
    """What the number that ends at `end` counts, in the plural."""
    position, opened = _opening(text, end)
    start = None
    named = adverb = False
    for place in range(_MOST_WORDS):
        word = _WORD.match(text, position)
        if word is None:
            break
        lower = word.group(1).casefold()
        if start is not None and lower in {"and", "or"} and place < _MOST_WORDS - 2:
            position = word.end()
            continue
        if lower in stops() or (place == 0 and opened and lower in _NO_PLURALS):
            break
        if start is None and _is_telling(lower):
            break  # "spent millions reminding voters"
        if start is not None and adverb and _is_plural(text, word):
            break  # "hardly matters"
        adverb = lower in _ADVERBS
        start = word.start(1) if start is None else start
        position = word.end()
        if word.group(1)[0].isupper():
            named = True
            number = _MODEL_NUMBER.match(text, position)
            position = number.end() if number else position
        if _is_people(lower) and not _leads(text, lower, position):
            if _is_of_things(text, lower, position):
                continue
            return Counted(Span(start, position), "person", position)
        if not named and (unit := _unit(lower)):
            return Counted(None, unit, position)
        if _is_plural(text, word) and not _leads(text, lower, position):
            return Counted(Span(start, position), None, position)
    return Counted(None, None, end)


def one(text: str, end: int) -> Counted:
    """The one thing that a number counts: adjectives and a noun in the singular."""
    position = end
    start = None
    for _ in range(_MOST_WORDS):
        word = _WORD.match(text, position)
        if word is None or not word.group(1)[0].islower():
            break
        lower = word.group(1).casefold()
        is_adverb = lower.endswith(("ly", "ing")) and lower not in _NO_ADVERBS
        if lower in stops() or lower in _NO_NOUN or is_adverb:
            break
        start = word.start(1) if start is None else start
        position = word.end()
        if _leads(text, lower, position):
            continue
        if lower in _persons():
            return Counted(Span(start, position), "person", position)
        if not _ADJECTIVE.match(lower):
            return Counted(Span(start, position), None, position)
    return Counted(None, None, end)


def ahead(text: str, start: int) -> Counted:
    """What is counted by a number that begins at `start`, behind its noun: "a crew of 96"."""
    before = max(0, start - _LOOKBACK)
    if group := _GROUP.search(text, before, start):
        noun = Span(group.start(), group.start() + len(group.group().split()[0]))
        return Counted(noun, "person" if group["people"] else None, start)
    if toll := _TOLL.search(text, before, start):
        return Counted(Span(*toll.span("toll")), "person", start)
    if named := _NUMBER_OF.search(text, before, start):
        if named["people"]:
            return Counted(Span(*named.span("people")), "person", start)
        counted = many(text, named.start("noun"))
        if counted.end <= named.end("noun"):
            return counted
    return Counted(None, None, start)


def attributive(text: str, end: int) -> Counted:
    """The singular noun of "a 12-page report" and "a new 3 cylinder engine", one word."""
    word = _WORD.match(text, end)
    if word is None or not word.group(1).islower() or not _is_noun(word.group(1)):
        return Counted(None, None, end)
    if not text.startswith("-", end):
        following = _WORD.match(text, word.end())
        if following is None or not following.group(1).islower() or not _may_follow(following):
            return Counted(None, None, end)
    return Counted(Span(*word.span(1)), None, word.end())


def _may_follow(word: re.Match[str]) -> bool:
    return word.group(1) not in stops() and not word.group(1).endswith("ly")


def _is_noun(word: str) -> bool:
    no_noun = word in stops() or word in _NO_NOUN or word in _LET_BY or tenses.is_past(word)
    return not no_noun and not word.endswith(("ly", "ing")) and not _ADJECTIVE.match(word)


@cache
def stops() -> frozenset[str]:
    """Words that no noun phrase behind a number goes over."""
    kinds = (
        "preposition",
        "boundary",
        "verb",
        "pronoun",
        "determiner",
        "time",
        "auxiliary",
        "modal",
    )
    return frozenset().union(*map(lexicon.grammar, kinds)) - _LET_BY


_LET_BY = frozenset({"may", "march", "last", "next", "other", "others", "another", "first", "just",
                     "second", "people", "day", "night"})  # fmt: skip


def _opening(text: str, end: int) -> tuple[int, bool]:
    """Where the noun phrase begins, and whether "of" leads to it."""
    if match := _MORE.match(text, end):
        end = match.end()
    if match := _OF.match(text, end):
        return match.end() - 1, True
    return end, False


def _unit(lower: str) -> str | None:
    return measures.names().get(lower) if len(lower) >= _SHORTEST_PLURAL else None


def _leads(text: str, lower: str, position: int) -> bool:
    """Whether a word says which people are named right behind it: "police officers"."""
    word = _WORD.match(text, position)
    following = word.group(1).casefold() if word else ""
    plural = lower.endswith(("s", "people", "men", "children"))
    return following in _persons() and (
        lower in _CONDITIONS or not (plural or following in _CONDITIONS)
    )


def _is_of_things(text: str, lower: str, position: int) -> bool:
    """Whether a word for one person says whose the things behind it are: "passenger vehicles"."""
    word = _WORD.match(text, position)
    if word is None or lower.endswith(("s", "people", "men", "children")):
        return False
    following = word.group(1)
    return following.islower() and following not in stops() and _is_plural(text, word)


def _is_telling(lower: str) -> bool:
    """Whether a word in -ing tells somebody something, and is no part of a noun."""
    cue = lexicon.cue(lower)
    return cue is not None and cue.form == "ing" and "hearer" in cue.follows


def _is_people(lower: str) -> bool:
    """Whether a word names people: one of the list, or "seamen"."""
    return lower in _persons() or (lower.endswith("men") and lower not in _NO_MEN)


def _is_plural(text: str, word: re.Match[str]) -> bool:
    name = word.group(1)
    lower = name.casefold()
    if text.startswith("-", word.end()):
        return False
    if lower in _PLURALS or re.fullmatch(r"[A-Z]{2,}s", name):
        return True
    if _MANY_OF_A_LAND.fullmatch(name):
        following = _WORD.match(text, word.end())
        after = following.group(1).casefold() if following else None
        return after is None or after in _AFTER_PEOPLE or after in stops()
    if (
        not lower.endswith("s")
        or lower.endswith(("ss", "us", "is", "’s", "'s"))
        or len(lower) < _SHORTEST_PLURAL
        or lower in _NO_PLURALS
    ):
        return False
    following = _WORD.match(text, word.end())
    return not (lower in _COMPOUNDS and following and _is_plural(text, following))


@cache
def _persons() -> frozenset[str]:
    return lexicon.persons()
