"""What stands between quotation marks and is no speech: titles, names, slogans, words as words.

In: a text, a pair of marks and the cue of the statement around it. Names and titles are told by
what leads up to them and by their capitals; what is speech of the rest the encoder tells by its
meaning and the rules by length and cue. Where both part, the encoder must be sure to add speech.
"""

import re
from collections.abc import Sequence
from functools import cache

from unspin.marking import lexicon
from unspin.text import Quoted

_JUDGED = 6  # words of the longest quotations that the encoder was taught on in numbers
_LIKELY = 0.45  # of the encoder's chance that words are spoken, where length or cue say so too
_LEAST = 0.15  # the same of two words or more, of one of a list, or of what somebody calls it
_SURE = 0.95  # where neither does
_SPOKEN = 3  # words in marks that are speech beside any cue
_LONGEST_TITLE = 9  # words
_SMALL = 3  # letters of a word that may be written small in a title
_AROUND = 200  # characters on either side that show how a line is written
_CAPITALS = 0.6  # from this share on a line is a headline, where capitals tell nothing
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_LAST_WORDS = re.compile(r"(?:\w+\W{1,3}){1,2}$")
_LEADS_UP = re.compile(r"([\w’'-]+)(?:\s+(?:as|the|an?))?\s*[,:]?\s*$")
_LEADS_IN = re.compile(r"([^\W_]+)[,:]\s*$")
_LISTED = re.compile(  # short quotations of one list, up to the next of them
    r"(?:[\"“„«‘'][^\"“”„«»‘’'\n]{1,60}[\"”“»’'],?\s+(?:(?:and|or|nor)\s+)?(?:(?:the|an?)\s+)?)+$"
)
_CALLED = re.compile(
    r"\b(?:is|are|was|were|be|been|being)\s+(?:\w+\s+)?(?:called|named|known|termed)"
    r"(?:\s+as)?(?:\s+(?:the|an?))?\s*$",
    re.IGNORECASE,
)
_COPULA = re.compile(r"be(?:en|ing)?|is|are|was|were|(?:s?he|it|that|they|we|you|i)['’](?:s|re|m)")
_RUNS_UP = re.compile(r"([^\W_]+(?:['’-][^\W_]+)*)['’]?\s+$")
_NAMING = frozenset(
    """word words phrase term terms expression name named nicknamed dubbed titled entitled labelled
    labeled known slogan motto hashtag buzzword buzzwords keyword keywords letters sign banner
    so-called""".split()
)  # before a few words in marks that are no speech
_TITLING = frozenset(
    """titled entitled subtitled nicknamed dubbed so-called billed slogan motto hashtag nickname
    moniker""".split()
)  # before any words in marks that are no speech
_JUDGING = frozenset(
    """call calls called calling describe describes described describing dismiss dismisses
    dismissed dismissing denounce denounces denounced denouncing decry decries decried decrying
    brand brands branded branding blast blasts blasted blasting slam slams slammed slamming hail
    hails hailed hailing label labels labelled labeled labelling labeling refer refers referred
    referring praise praises praised praising accuse accuses accused accusing criticise criticised
    criticize criticized mock mocks mocked mocking quote quotes quoted quoting characterize
    characterized characterise characterised deem deems deemed deplore deplored lament laments
    lamented lamenting""".split()
)  # cues whose words in marks are somebody's own


def is_saying(cue: str) -> bool:
    """Whether a verb of saying, or of judging in somebody's words, is in a cue."""
    return not _sayings().isdisjoint(cue.lower().split())


def quotes(cue: str) -> bool:
    """Whether a verb is in a cue that a quotation can follow: "wrote", not "found"."""
    words = map(lexicon.cue, cue.lower().split())
    return any("quotation" in word.follows for word in words if word is not None)


def is_spoken(text: str, pair: Quoted, cue: str) -> bool:
    """Whether marks hold words that somebody said, as far as the statement with `cue` goes."""
    before = text[max(0, pair.outer.start - _AROUND) : pair.outer.start].rsplit("\n", 1)[-1]
    ahead = _LISTED.sub("", before)  # what leads up to a list leads up to all of it
    leading = _LEADS_UP.search(ahead)
    if (leading is not None and leading.group(1).lower() in _TITLING) or _CALLED.search(ahead):
        return False
    if _is_title(text, pair, before) and not _calls(cue):
        return False
    words = pair.inner.of(text).split()
    heard = _is_heard(words, ahead, cue)
    if pair.spoken is None or len(words) > _JUDGED or _is_led_in(before):
        return heard
    plain = ahead == before and len(words) == 1 and not _calls(cue)
    return pair.spoken >= ((_LIKELY if plain else _LEAST) if heard else _SURE)


def _is_heard(words: Sequence[str], ahead: str, cue: str) -> bool:
    """Whether words are speech by their number, their last stop, or what leads up to them."""
    if len(words) >= _SPOKEN or (words and words[-1][-1] in ",!?"):
        return True
    last = _LAST_WORDS.search(ahead)
    named = last is not None and not _NAMING.isdisjoint(last.group().lower().split())
    return is_saying(cue) and not named


def _is_led_in(before: str) -> bool:
    """Whether a verb that a quotation follows leads up to the marks with a comma or a colon."""
    last = _LEADS_IN.search(before)
    return last is not None and quotes(last.group(1))


def _is_title(text: str, pair: Quoted, before: str) -> bool:
    """Whether words with capitals stand where the sentence around them runs on.

    Behind a comma, a colon, a cue or "is" a quotation opens with a capital too.
    """
    words = _WORD.findall(pair.inner.of(text)[:_AROUND])
    runs_up = _RUNS_UP.search(before)
    if not words or len(words) > _LONGEST_TITLE or runs_up is None:
        return False
    lead = runs_up.group(1).lower()
    last = lexicon.cue(lead)
    if (last is not None and "hearer" not in last.follows) or _COPULA.fullmatch(lead):
        return False
    first, *rest = words
    high = [first, *(word for word in rest if len(word) > _SMALL)]
    if first[0].isdigit() or any(word[0].islower() for word in high):
        return False
    after = text[pair.outer.end : pair.outer.end + _AROUND].split("\n", 1)[0]
    around: list[str] = [word for word in _WORD.findall(f"{before} {after}") if len(word) > _SMALL]
    return sum(word[0].isupper() for word in around) < _CAPITALS * len(around)


def _calls(cue: str) -> bool:
    """Whether a cue says what somebody calls somebody: "called her", not "is called"."""
    words = cue.lower().split()
    calls = any("naming" in word.follows for one in words if (word := lexicon.cue(one)))
    return (calls or not _JUDGING.isdisjoint(words)) and not any(map(_COPULA.fullmatch, words))


@cache
def _sayings() -> frozenset[str]:
    """The forms of the cue verbs of one word, and the words of judging in somebody's words."""
    verbs = {form for (form, *rest) in lexicon.cues() if not rest}
    return frozenset({*verbs, *_JUDGING, "according"})
