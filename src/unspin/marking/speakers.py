"""Who speaks: the fullest name in the document for the words that name a source, and its kind.

In: the document's sentences, and noun phrases beside cues. Out: `Speaker` values. A wrong name is
the worst error there is: where two readings are possible `who` is None, and two people who share a
surname are never taken for one.
"""

import re
from collections.abc import Sequence

from unspin.marking import lexicon, people, phrases
from unspin.marking.frames import Token
from unspin.marking.people import Roster
from unspin.marking.phrases import Range
from unspin.types import Span, Speaker, WhoKind

_PRONOUNS = frozenset({"he", "she", "his", "her"})
_REFLEXIVE = frozenset({"himself", "herself", "itself", "themselves"})
_RELATIVE = frozenset({"who", "whom", "whose", "which", "that"})
_BODIES = frozenset({"organisation", "government"})
_LETTERS = re.compile(r"[A-Z]{2,6}|(?:[A-Z]\.){2,5}[A-Z]?")
_NO_OFFICE = frozenset({"official", "resident", "witness"})
_PLURAL = re.compile(r"[A-Z]{2,}s")  # "MPs"
_CROSSES = ("Red Cross", "Red Crescent")  # each country has one
_OF_FIRMS = frozenset("news press rating ratings credit travel advertising relief aid".split())
_APOSTROPHES = frozenset("'’")  # apart: "the brothers’ agent Ana Rell"
_CONTRACTED = re.compile(r"['’](?:d|ll|m|re|s|ve)\Z")  # "I'd" names whom "I" names


def find(
    tokens: Sequence[Token],
    phrase: Range,
    roster: Roster,
    *,
    quoting: Speaker | None = None,
    author: bool = True,
) -> tuple[Speaker, ...]:
    """The speakers that a noun phrase names.

    Whom a pronoun means is for `unspin.marking.referents` to say. `quoting` is the speaker of the
    statement the phrase stands in; `author` is whether "we" there is the author of the text.
    """
    return tuple(
        _speaker(tokens, part, roster, quoting, author=author)
        for part in phrases.parts(tokens, phrase)
    )


def has_role(tokens: Sequence[Token]) -> bool:
    """Whether somebody may stand in some tokens by role alone: "the mayor", "an official"."""
    return any(people.is_role(token) or token.lower in lexicon.grammar("kin") for token in tokens)


def _speaker(
    tokens: Sequence[Token],
    phrase: Range,
    roster: Roster,
    quoting: Speaker | None,
    *,
    author: bool,
) -> Speaker:
    words = (Span(tokens[phrase[0]].start, tokens[phrase[1] - 1].end),)
    core = phrases.core(tokens, phrase)
    if core[1] - core[0] > 1 and tokens[core[1] - 1].lower in _REFLEXIVE:
        core = (core[0], core[1] - 1)  # "Rell herself"
    lower = _CONTRACTED.sub("", tokens[core[0]].lower)
    if core[1] - core[0] == 1 and lower in {"i", "we"}:
        if quoting is not None:
            same = lower == "i"
            return Speaker(words, quoting.who if same else None, quoting.who_kind if same else None)
        return Speaker(words, "author", "author") if author else Speaker(words, None, None)
    if core[1] - core[0] == 1 and lower in _PRONOUNS:
        return Speaker(words, None, "person")
    if core[1] - core[0] == 1 and lower in lexicon.grammar("pronoun"):
        kind: WhoKind | None = "group" if lower in {"many", "some", "others", "most"} else None
        return Speaker(words, None, kind)
    return Speaker(words, *_identified(tokens, phrase, core, roster))


def _identified(
    tokens: Sequence[Token], phrase: Range, core: Range, roster: Roster
) -> tuple[str | None, WhoKind | None]:
    start, end = core
    if end - start > 1 and (tokens[start].lower, tokens[start + 1].lower) == ("close", "to"):
        return None, "group"  # "Close to three dozen deputies"
    head_end = next(
        (
            place
            for place in range(start + 1, end)
            if tokens[place].lower in _RELATIVE  # "an official who asked not to be named"
            or (
                tokens[place].lower in lexicon.grammar("preposition")
                and not (
                    phrases.is_name(tokens[place - 1]) and tokens[place].lower in {"of", "for"}
                )
            )
        ),
        end,
    )
    if head_end - start > 1 and tokens[head_end - 1].lower in {"familiar", "close"}:
        head_end -= 1  # "an official familiar with the talks"
    head_end = _before_link(tokens, start, head_end)
    head = tokens[head_end - 1]
    opening = head_end == 1 and (
        head.lower in lexicon.sources("unnamed") or head.lower in lexicon.sources("group")
    )  # "Officials said" opens the sentence: its capital makes no name
    kind = _kind_of_noun(tokens, (start, head_end))
    owned = any(people.is_possessive(token) for token in tokens[start : head_end - 1])
    if phrases.is_name(head) and not (opening or (owned and kind in _BODIES)):
        if _is_native(tokens, start, end):
            return None, None
        return _by_name(tokens, (start, head_end), (start, end), roster)
    apposed = _apposed_name(tokens, phrase, core, roster)
    if apposed:
        return apposed, "person"
    named = any(map(phrases.is_name, tokens[start + 1 : end]))
    if kind == "document":
        places = range(max(1, start), head_end - 1)
        name = next((place for place in places if _is_proper(tokens[place])), None)
        who = None if name is None else _without_article(tokens, (name, head_end))
        return who, kind  # "the new Tideline report" is one, "the new report" none
    if kind == "government" or (kind == "organisation" and named):
        return _without_article(tokens, core), kind
    return None, kind  # "the company" is no name


def _is_proper(token: Token) -> bool:
    return phrases.is_name(token) and token.lower not in lexicon.grammar("determiner")


def _is_native(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether a phrase is like "the Ohioan": whoever is from there, or what is read there."""
    determined = tokens[start].lower in lexicon.grammar("determiner")
    return determined and end == start + 2 and people.is_native(tokens[end - 1])


def _by_name(
    tokens: Sequence[Token], head: Range, whole: Range, roster: Roster
) -> tuple[str | None, WhoKind | None]:
    """Who a phrase that ends in a name is."""
    start, end = head
    base = next(
        (place for place in range(start + 1, end) if tokens[place].lower in {"of", "for"}), end
    )
    if tokens[start].lower in lexicon.grammar("determiner") and (
        tokens[base - 1].text in roster.nouns
        or tokens[base - 1].lower in lexicon.grammar("calling")
    ):
        return None, "person" if tokens[start].lower == "the" else "unnamed"  # "the Lodden Liberal"
    role = next(
        (
            place
            for place in range(base - 2, start - 1, -1)
            if _is_common(tokens[place])
            or people.is_possessive(tokens[place])
            or tokens[place].text in _APOSTROPHES
        ),
        None,
    )  # "Velland News columnist Ana Rell": what stands before it is no name of hers
    if role is not None:
        start = role + 1
    described = role is not None and tokens[role].lower in lexicon.titles() | lexicon.persons()
    if people.is_title(tokens[base - 1]):
        base = end  # "Secretary of State Ana Rell"
    titled = described or people.has_title(tokens, (start, base))
    name = people.bare_name(tokens, (start, base)) or people.titular(tokens, head, roster)
    known = titled or roster.called.get(name, name) in roster.attested
    body = _body(tokens, (start, base), role, known=known)
    if body is not None:
        apart = role is not None and not people.is_possessive(tokens[role])
        return _without_article(tokens, (start, whole[1]) if apart else whole), body
    alone = tokens[head[0]].lower != "the" and " " in name  # "Ana Rell of the Lake Club"
    if base < end and not (name and (known or alone)):
        name = people.bare_name(tokens, (start, end))
    if not name:
        return None, "group" if _PLURAL.fullmatch(tokens[base - 1].text) else "person"
    if _is_dateline(tokens, head):
        return None, None
    land = name in lexicon.countries()
    seat = (land or name in lexicon.metonyms()) and not titled and name not in roster.titled
    bearer = people.fullest(name, roster, titled=False) if seat and " " not in name else None
    if seat and (bearer is None or (land and bearer.startswith(f"{name} "))):
        return name, "government"
    if " " in name:
        return _by_full_name(tokens, name, roster, titled=titled)
    titles = {token.lower for token in tokens[head[0] : base]}
    at = tokens[start].start
    full = people.fullest(name, roster, titled=titled, at=at, titles=titles)
    if full is not None:
        return full, "person"
    if people.is_shared(name, roster):
        return None, "person"
    return name, _kind_of_word(name, roster, titled=titled) or _kind_of_letters(tokens, name)


def _by_full_name(
    tokens: Sequence[Token], name: str, roster: Roster, *, titled: bool
) -> tuple[str | None, WhoKind | None]:
    """Who a name of several words is; of a headline's capitals only a name that the text has."""
    who = people.fullest(name, roster, titled=True) or roster.called.get(name, name)
    headline = tokens[0].start in roster.headlines and who not in roster.first
    if headline and who.count(" ") > 1 and not titled:
        begun = people.in_headline(name, roster)
        return begun, None if begun is None else "person"
    return who, _kind_of_name(who, roster, titled=titled or name in roster.attested)


def _is_dateline(tokens: Sequence[Token], name: Range) -> bool:
    """Whether a name is the place that opens a report: "LODDEN (Tideline) —"."""
    start, end = name
    following = tokens[end].text if end < len(tokens) else ""
    return start == 0 and following in {"(", "—", "–", "-"} and tokens[0].text.isupper()


def _body(tokens: Sequence[Token], name: Range, role: int | None, *, known: bool) -> WhoKind | None:
    """What kind of body a name is of, by its last word, its first, or the noun before it."""
    start, end = name
    honoured = end - start > 1 and tokens[end - 2].lower in lexicon.grammar("honorific")
    for kind in ("government", "organisation", "document"):
        named: WhoKind = kind
        words = lexicon.sources(kind)
        last = tokens[end - 1].lower in words and not honoured
        if last and (kind != "document" or not known):
            return named
        if not known and kind != "document" and tokens[start].lower in words:
            return named
        if kind == "organisation" and role is not None and tokens[role].lower in words:
            return named  # "the advocacy group One Harbour"
    return None


def _before_link(tokens: Sequence[Token], start: int, end: int) -> int:
    """Where a titled name ends that more is told of: "Judge Ana Rell of Lodden this spring"."""
    if phrases.is_name(tokens[end - 1]):
        return end
    links = (place for place in range(start + 1, end) if tokens[place].lower in {"of", "for"})
    link = next(links, end)
    titled = any(people.is_title(token) for token in tokens[start : link - 1])
    return link if titled and phrases.is_name(tokens[link - 1]) else end


def _is_common(token: Token) -> bool:
    """Whether a word of a phrase is a noun or an adjective in small letters."""
    return (
        token.text[0].islower()
        and not phrases.is_name(token)
        and not any(
            token.lower in lexicon.grammar(kind)
            for kind in ("particle", "determiner", "preposition")
        )
    )


def _kind_of_name(name: str, roster: Roster, *, titled: bool) -> WhoKind | None:
    if name in lexicon.bodies() or name.endswith(_CROSSES):
        return "organisation"
    first = name.split(" ", maxsplit=1)[0].casefold()
    if first in lexicon.grammar("direction"):
        return None
    return "person" if titled or name in roster.attested else None


def _kind_of_word(name: str, roster: Roster, *, titled: bool) -> WhoKind | None:
    if titled or name in roster.titled:
        return "person"
    if name in lexicon.bodies():
        return "organisation"
    return "group" if people.is_plural(name, roster) else None


def _kind_of_letters(tokens: Sequence[Token], name: str) -> WhoKind | None:
    """An organisation for "NATO", unless all is in capitals."""
    words = [token.text for token in tokens if len(token.text) > 1 and token.text.isalpha()]
    shouted = 2 * sum(word.isupper() for word in words) > len(words) > 1
    return "organisation" if _LETTERS.fullmatch(name) and not shouted else None


def _apposed_name(
    tokens: Sequence[Token], phrase: Range, core: Range, roster: Roster
) -> str | None:
    """The person in the apposition: "the foreign minister, Ana Rell,"."""
    start = core[1] + 1
    stops = (place for place in range(start, phrase[1]) if tokens[place].text in {",", "("})
    end = next(stops, phrase[1])
    rest = [(first + start, last + start) for first, last in people.runs(tokens[start:end])]
    while len(rest) > 1 and tokens[rest[-1][0] - 1].lower in {"of", "from"}:
        rest.pop()  # "Ana Rell of Lodden"
    if not rest or not all(
        phrases.is_name(token) or people.is_role(token) for token in tokens[start : rest[-1][0]]
    ):
        return None
    name = people.bare_name(tokens, rest[-1])
    if " " not in name:
        kin = any(token.lower in lexicon.grammar("kin") for token in tokens[core[0] : core[1]])
        full = people.fullest(name, roster, titled=True) if name else None
        return full or (name if name and kin else None)  # "her son, Jon"
    return people.fullest(name, roster, titled=True) or name


def _kind_of_noun(tokens: Sequence[Token], head: Range) -> WhoKind | None:
    """The kind of source a phrase without a name is, by its head noun and its article."""
    word = tokens[head[1] - 1].lower
    first = tokens[head[0]].lower
    calling = lexicon.grammar("calling")
    if word in lexicon.sources("document"):
        return "document"
    if word == "agency" and head[1] - head[0] > 1 and tokens[head[1] - 2].lower in _OF_FIRMS:
        return "organisation"
    for kind in ("government", "organisation"):
        if word in lexicon.sources(kind):
            return "government" if kind == "government" else "organisation"
    if word in lexicon.sources("group") and word not in lexicon.sources("unnamed"):
        return "group"
    if any(word in words for words in (lexicon.sources("unnamed"), lexicon.titles(), calling)):
        definite = first in {"the", "his", "her", "their", "its"} or people.is_possessive(
            tokens[head[0]]
        )
        office = word in lexicon.titles() | calling and word not in _NO_OFFICE
        return "person" if definite and office and not word.endswith("s") else "unnamed"
    return "group" if word.endswith("s") and not word.endswith("ss") else None


def _without_article(tokens: Sequence[Token], whole: Range) -> str:
    start, end = whole
    if tokens[start].lower in {"the", "a", "an"} and end - start > 1:
        start += 1
    pieces = []
    for place in range(start, end):
        gap = place > start and tokens[place].start > tokens[place - 1].end
        pieces.append((" " if gap else "") + tokens[place].text)
    return people.without_possessive("".join(pieces))
