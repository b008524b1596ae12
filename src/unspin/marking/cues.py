"""Cues: the verbs of a sentence that report what somebody said, wrote, thought or asked.

In: the tokens of a sentence. Out: each cue that asserts a report, with the place where its subject
would end. "Did not say", "would have said", "if he says" assert nothing and are left out; where
somebody else found such a cue, `factuality` says what it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from unspin.marking import lexicon, phrases
from unspin.marking.frames import Token
from unspin.marking.lexicon import CueWord
from unspin.types import Factuality

_ADVERB = 4  # letters, at least, of an adverb in -ly
_QUOTED = frozenset(
    {"quoted", "cited", "reported", "heard", "overheard", "recorded", "paraphrased"}
)
_QUOTED_BY = 8  # tokens between "quoted" and its "saying"
_BACK = 6  # tokens before a cue that can be its auxiliaries
# What is only to come, or wanted, before "to say".
_AHEAD = frozenset(
    """expected expects expect plans planned plan planning wants wanted want likely about set due
    going gonna hopes hoped hope intends intended intend ready poised scheduled prepared preparing
    prepares supposed asked urged needs needed need ought dares threatened pledged vowed promised
    invited ordered scheduled waiting""".split()
)
_UNDONE = frozenset(
    "refused declined failed refuses declines fails refusing declining failing unable "
    "unwilling reluctant neglected omitted forgot stopped".split()
)  # before "to say"
_NOT = frozenset(
    "not never no nobody none neither nor without cannot hardly scarcely".split()
)  # of `grammar("negation")`, those that deny whatever follows
_LIMITS = frozenset({"only", "just", "merely", "simply"})  # "not only said", "would only say"
_NOUNLIKE = frozenset({"base", "third"})  # forms that are often nouns: "reports", "claim"


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue at tokens `start..end`; `subject_last` is the token before it and its auxiliaries."""

    start: int
    end: int
    word: CueWord
    subject_last: int


def find(tokens: Sequence[Token], *, heading: bool = False) -> tuple[Cue, ...]:
    """The asserted cues of a sentence, in order."""
    known = lexicon.cues()
    found = []
    place = 0
    while place < len(tokens):
        word, length = None, 0
        for size in (2, 1):
            if place + size > len(tokens):
                continue
            key = tuple(token.lower for token in tokens[place : place + size])
            if key in known:
                word, length = known[key], size
                break
        if word is None:
            place += 1
            continue
        quoted = _quoted_as(tokens, place) if word.form == "ing" else None
        last = _asserted(tokens, place if quoted is None else quoted, word, heading=heading)
        if last is not None:
            start = quoted if quoted is not None and quoted == place - 2 else place
            found.append(Cue(start, place + length, word, last))
        place += length
    return tuple(found)


def factuality(tokens: Sequence[Token], start: int, end: int) -> Factuality:
    """Whether the cue at tokens `start` to `end` says that something was said at all.

    The words of the cue tell, its auxiliaries before it, and how its clause opens. The verb itself
    is the last word of the cue: who "denied" or "refused" did say so.
    """
    first = start
    while first > 0 and start - first < _BACK and _helps(tokens[first - 1]):
        first -= 1
    words = [
        "" if at and token.text == "May" else token.lower  # the month, or somebody's name
        for at, token in enumerate(tokens[first:end], first)
    ]
    denied = any(
        (word in _NOT and following not in _LIMITS)
        or word.endswith(("n't", "n’t"))
        or (word in _UNDONE and following == "to")
        for word, following in pairwise(words)
    )
    if denied:
        return "not-said"
    modal = lexicon.grammar("modal") - {"to"}
    ahead = any(
        (word in modal or word.endswith(("'d", "’d", "'ll", "’ll"))) and following not in _LIMITS
        for word, following in pairwise(words)
    ) or any(word in _AHEAD and "to" in words[place:] for place, word in enumerate(words))
    asked = tokens[-1].text == "?" and tokens[-1].quoted is None
    return "possible" if ahead or asked or _hypothetical(tokens, first) else "said"


def _helps(token: Token) -> bool:
    """Whether a token before a cue can belong to its verb."""
    lower = token.lower
    return token.quoted is None and (
        lower in _NOT | _UNDONE | _AHEAD | _LIMITS
        or lower in lexicon.grammar("modal")
        or lower in lexicon.grammar("auxiliary")
        or lower.endswith(("n't", "n’t", "'d", "’d", "'ll", "’ll"))
        or (lower.endswith("ly") and len(lower) > _ADVERB and token.text[0].islower())
    )


def _quoted_as(tokens: Sequence[Token], place: int) -> int | None:
    """The "quoted" of "was quoted (by Tideline) as saying", which reports what its subject said."""
    if place < 2 or tokens[place - 1].lower != "as":  # noqa: PLR2004 - "quoted as"
        return None
    for quoted in range(place - 2, max(0, place - _QUOTED_BY), -1):
        if tokens[quoted].lower in _QUOTED:
            by = tokens[quoted + 1].lower
            passive = tokens[quoted - 1].lower in lexicon.grammar("be") | lexicon.grammar(
                "auxiliary"
            )
            return quoted if passive and by in {"as", "by", "in", "on"} else None
        if not phrases.is_word(tokens[quoted]):
            return None
    return None


def _asserted(tokens: Sequence[Token], place: int, word: CueWord, *, heading: bool) -> int | None:
    """The token before the cue and its auxiliaries; None where nothing is asserted."""
    token = tokens[place]
    if token.text[0].isupper() and place > 0 and not heading:
        return None
    if _hypothetical(tokens, place):
        return None
    last = place - 1
    passive = False
    while last >= 0:
        lower = tokens[last].lower
        if lower == "to" and word.form == "base" and last and tokens[last - 1].lower == "used":
            last -= 2  # "my father used to say"
            return last if last >= 0 else None
        if (
            lower in lexicon.grammar("negation")
            or lower in lexicon.grammar("modal")
            or lower.endswith(("n't", "n’t", "'d", "’d", "'ll", "’ll"))
        ):
            return None
        if lower in lexicon.grammar("be"):
            passive = True
        elif lower not in lexicon.grammar("auxiliary") and not (
            lower.endswith("ly") and len(lower) > _ADVERB and tokens[last].text[0].islower()
        ):
            break
        last -= 1
    if passive and word.form != "ing":
        return None
    if last >= 0 and tokens[last].lower in lexicon.grammar("negation"):
        return None
    return last if _is_verb(tokens, place, last, word) else None


def _hypothetical(tokens: Sequence[Token], place: int) -> bool:
    """Whether the clause of the cue opens with "if", "had" or a question."""
    start = place
    while start > 0 and tokens[start - 1].quoted is None and tokens[start - 1].text not in ",;:—–.":
        start -= 1
    opening = [token.lower for token in tokens[start : min(place, start + 2)]]
    if opening and opening[0] in {"and", "but", "or", "even", "only", "as"}:
        opening = opening[1:]
    return bool(opening) and opening[0] in lexicon.grammar("hypothetical")


def _is_verb(tokens: Sequence[Token], place: int, last: int, word: CueWord) -> bool:
    if last < 0:
        return word.form in {"past", "ing", "third"}
    before = tokens[last]
    lower = before.lower
    if last == place - 1 and before.quoted is None:
        if lower in {"no", "any", "such"} or before.text.endswith(("'s", "’s")):
            return False
        determiner = lower in lexicon.grammar("determiner")
        if determiner and lower not in {"some", "many", "most", "both", "others", "one", "two"}:
            return False
        if lower in lexicon.grammar("preposition") and word.form != "ing":
            return False
    if word.form not in _NOUNLIKE or before.quoted is not None or before.text == ",":
        return True
    subject = phrases.before(tokens, last)
    if subject is None:
        return False
    if word.form == "third" and last == place - 1 and lower.endswith("ed") and lower != "accused":
        return False  # "her recovered emails"
    plural = _plural(tokens, subject)
    return plural if word.form == "base" else not plural


def _plural(tokens: Sequence[Token], subject: phrases.Range) -> bool:
    start, end = phrases.core(tokens, subject)
    words = [token.lower for token in tokens[start:end]]
    if len(words) == 1 and words[0] in {"i", "we", "you", "they", "some", "many", "most", "both"}:
        return True
    if len(words) == 1 and words[0] in {"he", "she", "it", "everyone"}:
        return False
    if "and" in words:
        return True
    for link in ("of", "for", "from", "in", "at", "close", "familiar", "near", "with", "who"):
        if link in words[1:]:
            words = words[: words.index(link, 1)]
    head = words[-1]
    # "People ask" is what people do in general; "Sources say" is a report.
    sources = lexicon.sources("unnamed") - {"people"}
    opening = start == 0 and len(words) == 1 and head in sources
    if phrases.is_name(tokens[start + len(words) - 1]) and not opening:
        return False
    return head in {"people", "police", "men", "women", "media", "data"} or (
        head.endswith("s") and not head.endswith(("ss", "ous"))
    )
