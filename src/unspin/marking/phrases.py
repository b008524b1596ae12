"""Noun phrases beside a cue: the words that name who speaks.

In: the tokens of a sentence and a place in it. Out: a half-open range of tokens, or None when what
stands there is not clearly the name of a source.
"""

import re
from collections.abc import Sequence
from itertools import takewhile

from unspin.marking import lexicon
from unspin.marking.frames import Token

Range = tuple[int, int]

_LONGEST = 14  # tokens in a noun phrase, apposition left out
_FIRMS = frozenset({"inc", "ltd", "llc", "corp", "plc"})  # behind a comma of a firm's name
_APPOSITION = 18  # tokens
_OFFICE = 7  # words of an office: "head of the parliamentary delegation"
_PRONOUNS = frozenset({"he", "she", "they", "it", "i", "we", "who", "you"})
_LINKS = frozenset({"of", "for", "from", "in", "at", "with", "to", "on", "near", "close", "by"})
_JOINED = re.compile(  # a particle in lower case and the name it is joined to
    r"(?:a[dhlnrstz]|ash|ath|el|ul|ud|bin|ibn|d|l|m|o|t|dell|mac)[-‐‑'’](?=[^\W\d_a-z])"
)
_WHEN = frozenset({"this", "on", "late", "early"})  # before a day or a time
_POSSESSIVE = re.compile(r"['’]s\Z")
_BARE_PLURAL = 3  # words before a noun without a determiner: "senior military officials"


def is_word(token: Token) -> bool:
    """Whether it is a word or a number, not punctuation, not a quotation."""
    return token.quoted is None and (token.text[0].isalnum())


def is_name(token: Token) -> bool:
    """Whether it is a word written with a capital that is not a day or month: "Rell", "al-Rell"."""
    return (
        token.quoted is None
        and (token.text[0].isupper() or _JOINED.match(token.text) is not None)
        and _POSSESSIVE.sub("", token.lower) not in lexicon.grammar("time")
    )


def before(tokens: Sequence[Token], last: int) -> Range | None:
    """The noun phrase that ends with token `last`: "the foreign minister, Ana Rell,"."""
    if last < 0 or tokens[last].quoted is not None:
        return None
    token = tokens[last]
    if token.lower in _PRONOUNS:
        if token.lower == "who":
            end = last - 1 if last and tokens[last - 1].text == "," else last
            antecedent = before(tokens, end - 1)
            return (parts(tokens, antecedent)[-1][0], end) if antecedent else None
        return (last, last + 1)
    if token.text == ",":
        return _with_apposition(tokens, last)
    if token.text == ")":
        opening = last
        while opening > max(0, last - _LONGEST) and tokens[opening].text != "(":
            opening -= 1
        return before(tokens, opening - 1)
    if not is_word(token) or token.text[0].isdigit():
        return None
    if token.lower in lexicon.grammar("boundary") | lexicon.grammar("preposition"):
        return None
    return _phrase(tokens, last)


def after(tokens: Sequence[Token], first: int, *, apposition: bool = True) -> Range | None:
    """The noun phrase that begins with token `first`, with the apposition that follows it."""
    if first >= len(tokens) or not is_word(tokens[first]):
        return None
    opening = tokens[first]
    if opening.lower in _PRONOUNS:
        return (first, first + 1)
    if not (
        is_name(opening)
        or opening.lower in lexicon.grammar("determiner")
        or is_source(opening.lower)
        or (first + 1 < len(tokens) and is_source(tokens[first + 1].lower))
    ):
        return None
    end = first
    while end < len(tokens) and end - first < _LONGEST and _continues(tokens, first, end):
        end += 1
    while end > first and tokens[end - 1].lower in _LINKS | {"and"}:
        end -= 1
    if end == first or (end == first + 1 and opening.lower in lexicon.grammar("determiner")):
        return None
    return (first, _apposition_end(tokens, first, end) if apposition else end)


def parts(tokens: Sequence[Token], phrase: Range) -> tuple[Range, ...]:
    """The joint speakers of a phrase: "Ana Rell and Jon Orlan" is two."""
    start, end = phrase
    for place in range(start + 1, core(tokens, phrase)[1] - 1):
        if tokens[place].lower != "and" or not is_name(tokens[place - 1]):
            continue
        if tokens[place - 2].lower == "for":
            continue  # "the Institute for Science and Security"
        following = tokens[place + 1]
        named = is_name(following) and following.lower not in lexicon.sources("organisation")
        if named or following.lower in {"his", "her", "the", "their", "a", "an"}:
            left, right = tokens[start:place], tokens[place + 1 : end]
            if _is_person_like(left) and (
                _is_person_like(right) or following.lower in {"his", "her"}
            ):
                return ((start, place), *parts(tokens, (place + 1, end)))
    return (phrase,)


def core(tokens: Sequence[Token], phrase: Range) -> Range:
    """The phrase without its apposition, and without when: "the president this morning"."""
    start, end = phrase
    for place in range(start, end):
        if tokens[place].text in {",", "("} or (place > start and _is_dash(tokens, place)):
            end = place
            break
    last = end
    while last - start > 1 and _is_when(tokens[last - 1]):
        last -= 1
    if last < end and last - start > 1 and tokens[last - 1].lower in _WHEN:
        last -= 1
    return (start, last)


def _is_dash(tokens: Sequence[Token], place: int) -> bool:
    """Whether a dash stands there, or the hyphens of one: "Rell -- a former judge -- said"."""
    token = tokens[place]
    if token.text != "-" or place + 1 == len(tokens):
        return token.text in {"—", "–"}
    before, behind = tokens[place - 1], tokens[place + 1]
    return behind.text == "-" or (before.end < token.start and token.end < behind.start)


def _is_when(token: Token) -> bool:
    """Whether a word is a time and no part of a name: "Monday", and "today" but not "Today"."""
    day = token.lower.endswith("day") and token.lower not in {"today", "yesterday"}
    return token.lower in lexicon.grammar("time") and (day or token.text.islower())


def _is_person_like(tokens: Sequence[Token]) -> bool:
    head = takewhile(lambda token: token.lower not in _LINKS, tokens)
    capitals = [token for token in head if is_name(token)]
    return bool(capitals) and not any(
        token.lower in lexicon.sources("organisation") | lexicon.sources("government")
        for token in capitals
    )


def is_source(word: str) -> bool:
    """Whether a noun in lower case is one for whoever speaks: "minister", "poll"."""
    return word in lexicon.titles() or any(
        word in lexicon.sources(kind)
        for kind in ("unnamed", "group", "government", "organisation", "document")
    )


def _continues(tokens: Sequence[Token], first: int, place: int) -> bool:
    token = tokens[place]
    if token.quoted is not None:
        return False
    if not is_word(token):
        return token.text in {"&", "’", "'"} or (token.text == "-" and place > first)
    lower = token.lower
    if lower in lexicon.grammar("time") or lower in lexicon.grammar("verb"):
        return place == first and is_name(token)
    if (
        place > first
        and token.text[0].islower()
        and (lower.endswith("ed") or (lower,) in lexicon.cues())
    ):
        return tokens[place - 1].lower in lexicon.grammar("determiner")
    following = tokens[place + 1] if place + 1 < len(tokens) else None
    if lower == "and":
        return (
            following is not None
            and place > first
            and is_name(tokens[place - 1])
            and (is_name(following) or following.lower in {"his", "her"})
        )
    if lower in {"of", "for"}:
        return place > first
    if place > first and lower in _PRONOUNS:
        return False
    if place > first and lower in lexicon.grammar("determiner") and not is_name(token):
        return tokens[place - 1].lower in {"of", "for", "and"}
    return lower not in lexicon.grammar("preposition") and lower not in lexicon.grammar("boundary")


def _apposition_end(tokens: Sequence[Token], first: int, end: int) -> int:
    """Where an apposition that begins with the comma at `end` stops; `end` when there is none."""
    if end + 1 >= len(tokens) or tokens[end].text != ",":
        return end
    opening = tokens[end + 1]
    if not (
        opening.lower in {"the", "a", "an", "who", "whose", "one", "his", "her", "its"}
        or opening.lower in lexicon.titles()
        or (is_name(opening) and (_ends_title(tokens, end) or _is_told(tokens, first, end)))
        or (opening.text.isdigit() and end + 2 < len(tokens) and tokens[end + 2].text == ",")
    ):
        return end
    for place in range(end + 1, min(len(tokens), end + _APPOSITION)):
        token = tokens[place]
        if token.quoted is not None:
            return end
        if token.text in {",", ".", ";", ":", "!", "?", "—", "–"}:
            return place
    return len(tokens) if len(tokens) <= end + _APPOSITION else end


def _ends_title(tokens: Sequence[Token], end: int) -> bool:
    """Whether an office ends here: "the minister", "the head of the delegation"."""
    place = end - 1
    for _ in range(_OFFICE):
        if place < 0 or not is_word(tokens[place]):
            return False
        if tokens[place].lower in lexicon.titles() and place == end - 1:
            return True
        if tokens[place].lower in lexicon.titles() and tokens[place + 1].lower in {"of", "for"}:
            return _is_only_name(tokens, end + 1)
        place -= 1
    return False


def _is_told(tokens: Sequence[Token], first: int, end: int) -> bool:
    """Whether a name follows the comma that says who "her rival" is."""
    described = tokens[first].lower in {"his", "her", "their", "its", "the"} or _is_determiner(
        tokens[first]
    )
    return described and not is_name(tokens[end - 1]) and _is_only_name(tokens, end + 1)


def _is_only_name(tokens: Sequence[Token], start: int) -> bool:
    """Whether the words from `start` to the next mark are a name of two words or more."""
    end = start
    while end < len(tokens) and is_name(tokens[end]):
        end += 1
    return end - start > 1 and (end == len(tokens) or tokens[end].text in {",", ".", ";"})


def _with_apposition(tokens: Sequence[Token], comma: int) -> Range | None:
    firm = None
    for place in range(comma - 1, max(0, comma - _APPOSITION), -1):
        token = tokens[place]
        if token.quoted is not None:
            return None
        if token.text == ",":
            opening = tokens[place + 1]
            if (
                firm is None
                and opening.lower.rstrip(".") in _FIRMS
                and comma - place <= len((",", "Inc", "."))
            ):
                firm = place
                continue
            if not (
                opening.lower in {"the", "a", "an", "who", "whose", "one", "his", "her", "its"}
                or opening.lower in lexicon.titles()
                or opening.text.isdigit()
                or is_name(opening)
            ):
                return None
            described = _with_relative(tokens, place, comma)
            if described is not None:
                return described
            name = place - 1
            if tokens[name].text.isdigit() and name > 1 and tokens[name - 1].text == ",":
                name -= 2  # "Ana Rell, 45, a baker,"
            phrase = before(tokens, name)
            return (phrase[0], comma) if phrase else None
    phrase = None if firm is None else before(tokens, firm - 1)
    return (phrase[0], comma) if phrase else None


def _with_relative(tokens: Sequence[Token], place: int, comma: int) -> Range | None:
    """The whole of "the envoy who chaired the talks, Ana Rell," around the comma at `place`."""
    if comma - place < 3 or not all(map(is_name, tokens[place + 1 : comma])):  # noqa: PLR2004 - a comma and two names
        return None
    for who in range(place - 1, max(0, place - _APPOSITION), -1):
        if tokens[who].lower == "who":
            phrase = before(tokens, who - 1)
            titled = tokens[who - 1].lower in lexicon.titles() or is_source(tokens[who - 1].lower)
            return (phrase[0], comma) if phrase and titled else None
        if not is_word(tokens[who]):
            return None
    return None


def _phrase(tokens: Sequence[Token], last: int) -> Range | None:
    """Leftwards from the head noun to where the phrase must begin."""
    first = last
    floor = max(0, last - _LONGEST)
    while first > floor and _belongs(tokens, first - 1):
        first -= 1
    chunk = _trimmed(tokens, first, last)
    if chunk is None:
        return None
    joined = _joined(tokens, chunk)
    return (joined if joined is not None else chunk, last + 1)


def _belongs(tokens: Sequence[Token], place: int) -> bool:
    token = tokens[place]
    if token.quoted is not None or not is_word(token):
        return token.quoted is None and token.text in {"&", "’", "'"}
    lower = token.lower
    if lower in lexicon.grammar("boundary") or lower in lexicon.grammar("verb"):
        return is_name(token) and place > 0
    if (lower,) in lexicon.cues() and lexicon.cues()[(lower,)].form in {"past", "ing"}:
        return False
    return lower not in _PRONOUNS


def _trimmed(tokens: Sequence[Token], first: int, last: int) -> int | None:
    """The place in `first..last` where the noun phrase that ends at `last` begins."""
    start = last
    while start > first and (
        is_name(tokens[start - 1])
        or (
            tokens[start - 1].lower in lexicon.grammar("particle")
            and start - 1 > first
            and is_name(tokens[start - 2])
        )
        or tokens[start - 1].text == "&"
    ):
        if not is_name(tokens[last]):
            break
        start -= 1
    if is_name(tokens[last]):
        while start < last and (
            tokens[start].lower in lexicon.grammar("particle") | lexicon.grammar("preposition")
            or (start == 0 and tokens[start].lower in lexicon.grammar("boundary"))
        ):
            start += 1
    else:
        modifiers = 0
        while start > first and not _is_determiner(tokens[start]):
            previous = tokens[start - 1]
            if previous.lower in lexicon.grammar("preposition") or (
                previous.lower in lexicon.grammar("time") and not _is_determiner(tokens[start])
            ):
                break
            start -= 1
            modifiers += 1
        if not _is_determiner(tokens[start]):
            if modifiers > _BARE_PLURAL and not any(map(is_name, tokens[start:last])):
                return None
            if not (is_source(tokens[last].lower) or tokens[last].lower.endswith("s")):
                return None
    return _outwards(tokens, first, start)


def _is_determiner(token: Token) -> bool:
    return token.lower in lexicon.grammar("determiner") or token.text.endswith(("'s", "’s"))


def _outwards(tokens: Sequence[Token], first: int, start: int) -> int:
    """Take in titles, determiners and "a spokesman for" before a phrase that starts at `start`."""
    while start > first:
        previous = tokens[start - 1]
        if (
            previous.lower in lexicon.titles()
            or _is_determiner(previous)
            or (_is_determiner(tokens[start]) and is_name(tokens[start]) and is_name(previous))
        ):
            start -= 1
            continue
        if (
            previous.lower in {"of", "for", "from", "in", "at", "with", "to"}
            and start - 2 >= first
            and is_word(tokens[start - 2])
            and tokens[start - 2].lower not in lexicon.grammar("time")
        ):
            head = tokens[start - 2]
            if head.lower in {"familiar", "close"} and start - 3 >= first:
                noun = _trimmed(tokens, first, start - 3)
                if noun is not None and is_source(tokens[start - 3].lower):
                    start = noun
                    continue
            if is_source(head.lower) or (previous.lower == "of" and not head.text[0].isdigit()):
                place = start - 2
                while (
                    place > first
                    and not _is_determiner(tokens[place])
                    and (tokens[place - 1].lower not in lexicon.grammar("preposition"))
                ):
                    place -= 1
                start = place
                continue
        if (
            previous.text[0].islower()
            and start - 2 >= first
            and (_is_determiner(tokens[start - 2]) and tokens[start].lower in lexicon.titles())
        ):
            start -= 2
            continue
        break
    return start


def _joined(tokens: Sequence[Token], start: int) -> int | None:
    """Where a name begins that "and" joins to the phrase at `start`; None when none is."""
    if start < 2 or tokens[start - 1].lower != "and" or not is_name(tokens[start - 2]):  # noqa: PLR2004 - a name and "and"
        return None
    left = _phrase(tokens, start - 2)
    return left[0] if left and _is_person_like(tokens[left[0] : left[1]]) else None
