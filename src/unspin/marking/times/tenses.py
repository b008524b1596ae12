"""Whether what a clause tells has happened or is still to come, as far as its verbs say.

In: the words of a text and the place of a time expression among them. Out: True for what is to
come, False for what has happened, None where no verb tells. The nearest verb before the expression
in its sentence decides, and where there is none the nearest behind it. A participle gives way to an
auxiliary further off ("will vote on a bill drafted by …") unless it stands right before the
expression ("a bill passed on"); with a subject or an object of its own it is no participle ("will
send more, after the first ones crossed the border on"). A verb right behind an expression that no
verb touches from before takes it ("which called the test global, on Friday showed the parts").
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from unspin.marking import lexicon
from unspin.marking.times.periods import DAYS, MONTHS

_REACH = 40  # words looked at on either side
_WORD = re.compile(r"\n[^\S\n]*\n|\d+[^\W\d_]*|[^\W\d_]+\d*|[^\w\s]|_")
_BREAKS = frozenset({";", ":", "!", "?"})
_MODALS = frozenset(
    "will shall would may might can could must should ll due upcoming forthcoming".split()
)
_SET = frozenset(  # set for a day, or for doing something: what is meant is to come
    "planned scheduled slated expected delayed postponed rescheduled meant supposed due set".split()
)
_MEANING = frozenset(  # before "to": what follows is to come
    """plan plans planned planning agree agrees agreed intend intends intended want wants wanted
    hope hopes hoped vow vows vowed promise promises promised pledge pledges pledged threaten
    threatens threatened ask asked order ordered urge urged aim aims aimed offer offers
    offered prepare prepares preparing propose proposes proposed going likely is are has have
    ready expect expects expected invited need needs due scheduled set""".split()
)
_AHEAD = frozenset(  # verbs that in the present tense tell what is set for a day
    """expect expects expecting forecast plans planning begin begins start starts opens reopens meet
    meets resume resumes return returns runs expires expire ends close closes stops leaves go
    goes arrives takes decides continues lands rises hears faces lapses drops votes rules
    visits hosts comes deadline becomes enters retires travels sail sails holds pass""".split()
)
_PAST = frozenset(
    """said was were did told went came took made gave saw met held won lost fell rose left began
    sat ran fled led broke spoke drew fought brought sought caught sent kept became felt
    found built bought sold paid shot struck sank rang flew grew knew threw wrote stood
    understood rode hid swore chose froze stole tore wore forgot beat sang drove sprang
    withdrew overthrew undertook had has didn wasn weren hadn have died cut put hit shut
    burst quit lay slept swept dug hung wept shone met fed bent lent spent bound wound ground clung
    stung swung stuck spun slid split spread taught thought meant dealt bit blew ate drank awoke
    paid laid lit cast""".split()
)
_NO_PARTICIPLE = frozenset(
    """need feed seed speed united indeed hundred exceed proceed succeed breed bleed weed greed wed
    red bed sacred embed""".split()
)
_BEFORE_NOUN = frozenset("the a an his her its their our my these those this that some".split())
_SAME_IN_PRESENT = frozenset(  # or as a participle
    """cut put hit shut burst quit led lay found met fed bent lent spent bound stuck split spread
    taught meant paid laid lit wound ground cast""".split()
)
_SUBJECTS = frozenset("i you he she it we they who".split())
_OBJECTS = _BEFORE_NOUN | frozenset("that him them me us it no all each every another".split())
_NAMING = frozenset("named called dubbed titled entitled nicknamed codenamed".split())
_OF_CLAUSES = frozenset("when because although though while".split())
_GOVERNING = frozenset(  # before a noun that looks like a verb: "1.3 million votes", "over rules"
    "to of over about with from by at against million billion thousand hundred".split()
)
_TOLD = re.compile(  # nouns of what was said, where "that" follows: "his assertion Tuesday that"
    r".*(?:ion|ment|nce|ing|ial|sal|claims?|vow|pledge|comments?|remarks?|report|speech|interview"
    r"|letter|tweet|memo|post|email|view)"
)
_COMING = frozenset({"come", "comes"})
_COMING_WITH = frozenset("after as amid when while".split())  # "the call comes after": is past
_LONGEST_COMING = 5  # words: "comes just two days after"
_LONGEST_KEPT = 8  # words: "is keeping its embassy in Orsk closed"
_MEANING_OF_OTHERS = frozenset(
    "expect expects expected expecting want wants wanted invited".split()
)
_IS = frozenset({"is", "are", "remains", "remain", "keeps", "keep", "stays", "stay"})
_BE = frozenset({"be", "been", "being"})
_QUOTES = frozenset("”\"’'")
_PASSIVE = _BE | {"is", "are", "am", "was", "were", "get", "gets", "got"}
_JOINS = frozenset({"and", "but", "or", "then"})
_LINKS = frozenset("on in at for to since until by from of over during early late the".split())


class Word(NamedTuple):
    """A word, number or mark of a text; an empty line is a word too."""

    text: str
    low: str
    start: int
    end: int


def words(text: str) -> tuple[Word, ...]:
    """The words of `text` in order; "21st" and "1990s" are one, "2-1" and "that's" three."""
    return tuple(
        Word(found[0], found[0].casefold(), *found.span()) for found in _WORD.finditer(text)
    )


def ends_sentence(words: Sequence[Word], place: int) -> bool:
    """Whether a sentence or paragraph ends with the word at `place`."""
    word = words[place]
    if word.text[0] == "\n" or word.text in {"!", "?", "…"}:
        return True
    if word.text != "." or place + 1 == len(words):
        return word.text == "."
    following = words[place + 1]
    before = words[place - 1] if place else word
    apart = following.start > word.end or following.text in "”\"’'»)"
    short = before.end == word.start and before.text[0].isupper()
    short = short and (before.low in _SHORT or len(before.text) == 1)
    short = short or (before.low == "m" and following.low in DAYS)  # "at 10 a.m. Friday"
    return apart and not short and not following.text[0].islower()


def is_ahead(words: Sequence[Word], first: int, last: int) -> bool | None:
    """Whether what happens at the expression `words[first:last]` is still to come."""
    if _is_taken_behind(words, first, last):
        return False
    if _opens_clause(words, first, last) and (behind := is_ahead_behind(words, last)) is not None:
        return behind
    before = is_ahead_before(words, first)
    return is_ahead_behind(words, last) if before is None else before


def _is_taken_behind(words: Sequence[Word], first: int, last: int) -> bool:
    """Whether the expression belongs to the verb right behind, or to a noun of what was said.

    "The ministry on Friday showed the parts", "his assertion on Friday that".
    """
    if last >= len(words) or (first and words[first - 1].low == "for"):
        return False
    if words[last].low == "that" and first and _TOLD.fullmatch(words[first - 1].low):
        return True
    return _is_participle(words[last].low) and _has_object(words, last)


def _opens_clause(words: Sequence[Word], first: int, last: int) -> bool:
    """Whether a clause joined to the one before begins with it: ", but on Friday, the party"."""
    start = first
    while start and words[start - 1].low in _LINKS:
        start -= 1
    joined = start > 1 and words[start - 1].low in _JOINS and words[start - 2].text == ","
    return joined and last < len(words) and words[last].text == ","


def is_ahead_before(words: Sequence[Word], first: int) -> bool | None:
    """What the verbs before the place `first` tell, in the sentence."""
    participle: bool | None = None
    leads = False  # whether "to" stands between
    touching = first - 1
    while touching >= 0 and words[touching].low in _LINKS:
        touching -= 1
    for place in range(first - 1, max(-1, first - 1 - _REACH), -1):
        if _parts(words, place):
            break
        word, low = words[place].low, words[place - 1].low if place else ""
        if leads and word in _MEANING_OF_OTHERS and low not in _BEFORE_NOUN:
            return True
        if (participle is False and word in _OF_CLAUSES) or (low == "," and _is_saying(word)):
            return False
        leads = leads or word == "to"
        told = _tells(words, place)
        if told is None:
            continue
        if told or not _is_participle(word) or _is_finite(words, place):
            return told
        if low in _BE or (low in _BEFORE_NOUN and place != touching):
            continue
        if place == touching or low in _JOINS:
            return _is_kept_until(words, first, place)
        participle = False
    return participle


def _is_saying(low: str) -> bool:
    """Whether a word is what a clause that goes along with another says: "telling"."""
    cue = lexicon.cue(low)
    return cue is not None and cue.form == "ing"


def _is_finite(words: Sequence[Word], place: int) -> bool:
    """Whether a word that can be a participle is the verb of a clause, by what is around it."""
    low = words[place - 1].low if place else ""
    if low in _PASSIVE:
        return False
    return low in _SUBJECTS or _has_object(words, place)


def _has_object(words: Sequence[Word], place: int) -> bool:
    """Whether what follows a verb can only be its object: an article, a pronoun, a name."""
    if place + 1 >= len(words) or words[place].low in _NAMING:
        return False
    behind = words[place + 1]
    named = behind.text.istitle() and behind.low not in _CALENDAR
    return behind.low in _OBJECTS or named


def _is_kept_until(words: Sequence[Word], first: int, place: int) -> bool:
    """Whether something is now kept in a state until then: "is keeping it closed until"."""
    return words[first - 1].low in {"until", "till"} and any(
        word.low in _IS for word in words[max(0, place - _LONGEST_KEPT) : place]
    )


def is_open(words: Sequence[Word], first: int, last: int) -> bool:
    """Whether the verbs leave open when it is.

    Either all are in the present ("is filing on Monday"), or what is to come is told of something
    that the expression only belongs to ("the vote on Monday will …").
    """
    if is_ahead_before(words, first) is not None:
        return False
    start = first
    while start and not _parts(words, start - 1) and first - start < _REACH:
        start -= 1
    opens = all(words[place].low in _LINKS for place in range(start, first))
    if is_ahead_behind(words, last):
        return not opens
    stop = last
    while stop < len(words) and not _parts(words, stop) and stop - last < _REACH:
        stop += 1
    return any(word.low in {"is", "are", "am"} for word in words[start:stop])


def is_of_earlier(words: Sequence[Word], first: int) -> bool:
    """Whether the sentence before the place `first` tells of what had been by then."""
    for place in range(first - 1, max(-1, first - 1 - _REACH), -1):
        if _parts(words, place):
            return False
        if words[place].low in {"had", "hadn"}:
            return True
    return False


def is_past(low: str) -> bool:
    """Whether a word in lower case can be the past of a verb."""
    return low in _PAST or _is_participle(low)


def _parts(words: Sequence[Word], place: int) -> bool:
    return words[place].text in _BREAKS or ends_sentence(words, place)


def is_ahead_behind(words: Sequence[Word], last: int) -> bool | None:
    """What the first verb behind the place `last` tells, in the sentence."""
    for place in range(last, min(len(words), last + _REACH)):
        if _parts(words, place):
            break
        told = _tells(words, place)
        if told is False and words[place - 1].low in _BEFORE_NOUN:
            continue
        if told is not None:
            return told
    return None


def _tells(words: Sequence[Word], place: int) -> bool | None:
    """What one word tells: True of things to come, False of things past."""
    word = words[place]
    low = word.low
    following = words[place + 1].low if place + 1 < len(words) else ""
    verb = low in _PAST or low in _MODALS
    if word.text != low and not verb and (place or word.text.isupper()):
        return None  # a name: "Will Dovan", but a heading's "Set to …" opens its sentence
    if low == "won" and following in {"'", "’"}:
        return True
    if low in _MODALS:
        noun = following in {".", ";", "”", "’"} or (
            following == "," and place + 2 < len(words) and words[place + 2].text in _QUOTES
        )
        return True if word.text == low and not noun else None
    if low in _MEANING and following == "to":
        behind = words[place + 2].low if place + 2 < len(words) else ""
        return None if behind in _BEFORE_NOUN else True
    if low in _SET and following in {"for", "until", "to"}:
        return True
    if (low == "because" and following == "of") or (low == "according" and following == "to"):
        return False
    if low in _AHEAD:
        led = [word.low for word in words[max(0, place - 3) : place]]
        barred = bool(led) and (
            led[-1] in _BEFORE_NOUN | _GOVERNING or led[-1].isdigit() or is_past(led[-1])
        )
        near = {word.low for word in words[place + 1 : place + 1 + _LONGEST_COMING]}
        barred = barred or (low in _COMING and not near.isdisjoint(_COMING_WITH))
        return None if barred or {"did", "didn"} & set(led) else True
    bare = low in _SAME_IN_PRESENT and place and words[place - 1].low in _MODALS | {"to"}
    if (low in _PAST or _is_participle(low)) and not bare:
        return False
    return None


def _is_participle(low: str) -> bool:
    if low in _PAST or low in _NO_PARTICIPLE:
        return low in _SAME_IN_PRESENT
    return (len(low) > 3 and low.endswith("ed")) or low in _seen()  # noqa: PLR2004 - "need", "fled"


@cache
def _seen() -> frozenset[str]:
    """Participles of one word that do not end in -ed, and are no plain past either."""
    return frozenset(
        """taken given seen fallen risen begun broken spoken drawn driven flown grown known thrown
    written sworn chosen frozen stolen torn worn forgotten beaten gone done shown sunk run
    overthrown withdrawn undertaken""".split()
    ) | frozenset(
        word[0]
        for word, cue in lexicon.cues().items()
        if len(word) == 1 and cue.form == "past" and word[0] not in _PAST
    )


_CALENDAR = DAYS.keys() | MONTHS.keys()  # in capitals, and no name of what a verb is done to
_SHORT = frozenset(  # with their dot they end no sentence
    """jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun
    mr mrs ms dr prof gen col lt sgt st no sen rep gov rev capt cmdr maj hon pres""".split()
)
