"""Who speaks: the fullest name in the document for the words that name a source, and its kind.

In: the document's sentences, and noun phrases beside cues. Out: `Speaker` values. A wrong name is
the worst error there is: where two readings are possible `who` is None, and two people who share a
surname are never taken for one.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from unspin.marking import lexicon, phrases
from unspin.marking.frames import Paragraph, Token
from unspin.marking.phrases import Range
from unspin.types import Span, Speaker, WhoKind

_MOST_NAMESAKES = 50  # full names with one word in common; beyond that nobody is meant
_PRONOUNS = frozenset({"he", "she"})
_CONTRACTED = re.compile(r"['’](?:d|ll|m|re|s|ve)\Z")  # "I'd" names whom "I" names
_OPENING_WORDS = frozenset({"determiner", "preposition", "boundary", "pronoun", "negation"})


@dataclass(frozen=True, slots=True)
class Roster:
    """The names of a document: full names by each of their words, and who holds an office."""

    people: dict[str, frozenset[str]]  # last or first word, folded -> full names
    firm: frozenset[str]  # full names seen elsewhere than at the opening of a sentence
    attested: frozenset[str]  # full names that stand beside a title, a cue or an apposition
    titled: frozenset[str]  # single words that stand behind "Mr", "President", …
    hers: frozenset[str]
    his: frozenset[str]
    first: dict[str, int]  # full name -> where it first stands


@dataclass(slots=True)
class _Gathered:
    names: dict[str, int] = field(default_factory=dict)  # full name -> where it first stands
    surnames: dict[str, str | None] = field(default_factory=dict)  # None where two share it
    firm: set[str] = field(default_factory=set)
    attested: set[str] = field(default_factory=set)
    titled: set[str] = field(default_factory=set)
    hers: set[str] = field(default_factory=set)
    his: set[str] = field(default_factory=set)


def roster(paragraphs: Iterable[Paragraph]) -> Roster:
    """The names of the running text; headings, whose capitals mean nothing, are left out."""
    gathered = _Gathered()
    for paragraph in paragraphs:
        if paragraph.kind != "heading":
            for sentence in paragraph.sentences:
                _gather(sentence, gathered)
    people: dict[str, set[str]] = {}
    for name in gathered.names:
        words = name.split(" ")
        people.setdefault(words[-1].casefold(), set()).add(name)
        people.setdefault(words[0].casefold(), set()).add(name)
    return Roster(
        {word: frozenset(names) for word, names in people.items()},
        frozenset(gathered.firm),
        frozenset(gathered.attested),
        frozenset(gathered.titled),
        frozenset(gathered.hers),
        frozenset(gathered.his),
        gathered.names,
    )


def find(  # noqa: PLR0913 - where the words stand and what is known so far
    tokens: Sequence[Token],
    phrase: Range,
    roster: Roster,
    *,
    recent: Sequence[str] = (),
    quoting: Speaker | None = None,
    author: bool = True,
) -> tuple[Speaker, ...]:
    """The speakers that a noun phrase names.

    `recent` are the people named in this sentence before the phrase and in the one before it;
    `quoting` is the speaker of the statement the phrase stands in; `author` is whether "we" there
    is the author of the text.
    """
    return tuple(
        _speaker(tokens, part, roster, recent, quoting, author=author)
        for part in phrases.parts(tokens, phrase)
    )


def named(tokens: Sequence[Token], roster: Roster) -> tuple[str, ...]:
    """Who may be named in some tokens, by full name, in order, each once."""
    found: dict[str, None] = {}
    for run in _runs(tokens):
        name = _strip(tokens, run)
        titled = _has_title(tokens, run)
        who = _fullest(name, roster, titled=titled, at=tokens[run[0]].start) if name else None
        if " " in name and name not in roster.attested and _is_thing(tokens, run):
            continue
        if " " in name and not titled and _is_place(name):
            continue
        if who or " " in name or (name and (titled or name in roster.titled)):
            found[who or name] = None
    return tuple(found)


def has_role(tokens: Sequence[Token]) -> bool:
    """Whether somebody may stand in some tokens by role alone: "the mayor", "an official"."""
    roles = lexicon.titles() | lexicon.sources("unnamed")
    return any(token.lower in roles for token in tokens)


def _is_thing(tokens: Sequence[Token], run: Range) -> bool:
    """Whether a name of several words is no person's: "the Lake Hotel", "Compact of Free Ports"."""
    start = run[0]
    if _has_title(tokens, run):
        return False
    before = tokens[start - 1] if start else None
    return tokens[start].lower == "the" or (
        before is not None
        and (
            before.lower == "the"
            or (before.lower == "of" and start > 1 and phrases.is_name(tokens[start - 2]))
        )
    )


def _is_place(name: str) -> bool:
    words = name.casefold().split(" ")
    return words[-1] in lexicon.places("site") or words[0] in lexicon.grammar("direction")


def _speaker(  # noqa: PLR0913 - as `find`
    tokens: Sequence[Token],
    phrase: Range,
    roster: Roster,
    recent: Sequence[str],
    quoting: Speaker | None,
    *,
    author: bool,
) -> Speaker:
    words = (Span(tokens[phrase[0]].start, tokens[phrase[1] - 1].end),)
    core = phrases.core(tokens, phrase)
    lower = _CONTRACTED.sub("", tokens[core[0]].lower)
    if core[1] - core[0] == 1 and lower in {"i", "we"}:
        if quoting is not None:
            same = lower == "i"
            return Speaker(words, quoting.who if same else None, quoting.who_kind if same else None)
        return Speaker(words, "author", "author") if author else Speaker(words, None, None)
    if core[1] - core[0] == 1 and lower in _PRONOUNS:
        return Speaker(words, _referent(lower, recent, roster), "person")
    if core[1] - core[0] == 1 and lower in lexicon.grammar("pronoun"):
        kind: WhoKind | None = "group" if lower in {"many", "some", "others", "most"} else None
        return Speaker(words, None, kind)
    return Speaker(words, *_identified(tokens, phrase, core, roster))


def _referent(pronoun: str, recent: Sequence[str], roster: Roster) -> str | None:
    """The one person "he" or "she" can be; None when there are two, or none."""
    against = roster.his if pronoun == "she" else roster.hers
    fitting = {who for who in recent if who not in against}
    if len(fitting) != 1:
        return None
    who = fitting.pop()
    if who.isupper() and " " not in who:
        return None  # "HP" is no person
    return who if who in roster.attested or who in roster.titled else None


def _identified(
    tokens: Sequence[Token], phrase: Range, core: Range, roster: Roster
) -> tuple[str | None, WhoKind | None]:
    start, end = core
    head_end = next(
        (
            place
            for place in range(start + 1, end)
            if tokens[place].lower in lexicon.grammar("preposition")
            and not (phrases.is_name(tokens[place - 1]) and tokens[place].lower in {"of", "for"})
        ),
        end,
    )
    if head_end - start > 1 and tokens[head_end - 1].lower in {"familiar", "close"}:
        head_end -= 1  # "an official familiar with the talks"
    head = tokens[head_end - 1]
    opening = head_end == 1 and (
        head.lower in lexicon.sources("unnamed") or head.lower in lexicon.sources("group")
    )  # "Officials said" opens the sentence: its capital makes no name
    if phrases.is_name(head) and not opening and not _is_possessive(tokens[start]):
        return _by_name(tokens, (start, head_end), (start, end), roster)
    kind = _kind_of_noun(tokens, (start, head_end))
    apposed = _apposed_name(tokens, phrase, core, roster)
    if apposed:
        return apposed, "person"
    if kind in {"organisation", "government"}:
        return _without_article(tokens, core), kind
    return None, kind


def _by_name(
    tokens: Sequence[Token], head: Range, whole: Range, roster: Roster
) -> tuple[str | None, WhoKind | None]:
    """Who a phrase that ends in a name is."""
    words = {token.lower for token in tokens[head[0] : head[1]]}
    for kind in ("government", "organisation", "document"):
        named: WhoKind = kind
        if any(
            token.lower in lexicon.sources(kind)
            for token in tokens[head[0] : head[1]]
            if phrases.is_name(token)
        ) and not words & lexicon.grammar("honorific"):
            return _without_article(tokens, whole), named
    name = _strip(tokens, head)
    if not name:
        return None, "person"
    titled = _has_title(tokens, head)
    if not titled and name in lexicon.metonyms() and not _fullest(name, roster, titled=False):
        return name, "government"
    if " " in name:
        return _fullest(name, roster, titled=True) or name, _kind_of_name(
            name, roster, titled=titled
        )
    at = tokens[head[0]].start
    if who := _fullest(name, roster, titled=titled, at=at, titles=words):
        return who, "person"
    if len(roster.people.get(name.casefold(), ())) > 1:
        return None, "person"
    return name, "person" if titled or name in roster.titled else None


def _kind_of_name(name: str, roster: Roster, *, titled: bool) -> WhoKind | None:
    first = name.split(" ", maxsplit=1)[0].casefold()
    if first in lexicon.grammar("direction"):
        return None
    return "person" if titled or name in roster.attested else None


def _fullest(
    name: str,
    roster: Roster,
    *,
    titled: bool,
    at: int | None = None,
    titles: Collection[str] = (),
) -> str | None:
    """The one full name in the document that `name` can be short for.

    At `at` a single word is short for a name given before it, where there is one: newspapers give
    the full name first.
    """
    words = name.split(" ")
    namesakes = roster.people.get(words[-1].casefold(), frozenset())
    if len(namesakes) > _MOST_NAMESAKES:
        return None
    against = (
        roster.hers
        if not lexicon.grammar("his").isdisjoint(titles)
        else roster.his
        if not lexicon.grammar("hers").isdisjoint(titles)
        else frozenset[str]()
    )
    candidates = [
        full for full in namesakes if full not in against and _is_short_for(words, full.split(" "))
    ]
    if at is not None and len(words) == 1:
        candidates = [full for full in candidates if roster.first[full] < at] or candidates
    safe = [
        full
        for full in candidates
        if full in roster.attested
        or (
            (titled or full in roster.firm)
            and full.split(" ")[0].casefold() not in lexicon.grammar("direction")
        )
    ]
    if not safe or len(safe) < len(candidates):
        return None
    longest = max(safe, key=lambda full: (len(full), full))
    if all(_is_short_for(full.split(" "), longest.split(" ")) for full in safe):
        return longest
    return None


def _is_short_for(words: Sequence[str], full: Sequence[str]) -> bool:
    """Whether every word of `words` stands in `full`, in order, initials counted as words."""
    place = 0
    for word in words:
        while place < len(full) and not (
            full[place].casefold() == word.casefold()
            or (len(word.rstrip(".")) == 1 and full[place][0] == word[0])
        ):
            place += 1
        if place == len(full):
            return False
        place += 1
    return True


def _gather(tokens: Sequence[Token], gathered: _Gathered) -> None:
    for run in _runs(tokens):
        start = run[0]
        name = _strip(tokens, run)
        if not name:
            continue
        title = _has_title(tokens, run)
        if " " not in name:
            if title:
                gathered.titled.add(name)
        else:
            gathered.names.setdefault(name, tokens[start].start)
            surname = name.rsplit(" ", maxsplit=1)[-1].casefold()
            known = gathered.surnames.setdefault(surname, name)
            if known != name:
                gathered.surnames[surname] = None
            if start:
                gathered.firm.add(name)
            if title or (_attests(tokens, run) and not _is_thing(tokens, run)):
                gathered.attested.add(name)
        titles = _titles_of(tokens, run)
        if " " not in name:
            # "Ms Rell" where only one Rell was named before it
            name = gathered.surnames.get(name.casefold()) or name
            if title and " " in name:
                gathered.attested.add(name)
        if titles & lexicon.grammar("hers"):
            gathered.hers.add(name)
        if titles & lexicon.grammar("his"):
            gathered.his.add(name)


def _titles_of(tokens: Sequence[Token], run: Range) -> set[str]:
    """The titles that stand directly before a name, in it, or in an apposition behind it."""
    start, end = run
    titles = {token.lower for token in tokens[start:end]}
    while start > 0 and tokens[start - 1].lower in lexicon.titles():
        start -= 1
        titles.add(tokens[start].lower)
    opened = end + 1 < len(tokens) and tokens[end].text == ","
    if opened and tokens[end + 1].lower in {"the", "a", "an"} | lexicon.titles():
        titles |= {token.lower for token in tokens[end + 1 : end + 5]}
    return titles & lexicon.titles()


def _attests(tokens: Sequence[Token], run: Range) -> bool:
    """Whether what stands beside a name shows it to be a person's."""
    start, end = run
    if tokens[start].lower in lexicon.grammar("direction"):
        return False
    closed = end < len(tokens) and tokens[end].text in {",", "."}
    apposed = closed and start > 1 and tokens[start - 1].text == ","
    if apposed and tokens[start - 2].lower in lexicon.titles():
        return True
    cues = lexicon.cues()
    following = [token.lower for token in tokens[end : end + 3]]
    if following and (following[0],) in cues and cues[(following[0],)].form != "base":
        return True
    if len(following) > 1 and following[0] in {"has", "had", "also"} and (following[1],) in cues:
        return True
    before = cues.get((tokens[start - 1].lower,)) if start else None
    if before is not None and "hearer" not in before.follows:
        return before.form in {"past", "third"}
    if len(following) > 1 and following[0] == ",":
        return (
            following[1] in {"who", "whose"}
            or following[1].isdigit()
            or following[1] in lexicon.titles()
            or (
                following[1] in {"the", "a", "an"}
                and any(token.lower in lexicon.titles() for token in tokens[end + 2 : end + 8])
            )
        )
    return False


def _runs(tokens: Sequence[Token]) -> Iterable[Range]:
    """Runs of words with capitals, particles inside them included."""
    place = 0
    while place < len(tokens):
        if not phrases.is_name(tokens[place]):
            place += 1
            continue
        end = place + 1
        while end < len(tokens):
            if _is_possessive(tokens[end - 1]):
                break
            if phrases.is_name(tokens[end]):
                end += 1
            elif (
                tokens[end].lower in lexicon.grammar("particle")
                and tokens[end].lower != "of"
                and end + 1 < len(tokens)
                and phrases.is_name(tokens[end + 1])
            ):
                end += 2
            else:
                break
        yield (place, end)
        place = end


def _strip(tokens: Sequence[Token], run: Range) -> str:
    """The name in a run without titles, opening words and the possessive ending.

    "Velland Attorney General Ana Rell" is Ana Rell: what stands before a title is no name of hers.
    """
    start, end = run
    inside = [
        place for place in range(start + 1, end - 2) if tokens[place].lower in lexicon.titles()
    ]
    if inside:
        start = inside[-1] + 1
    while start < end and (
        tokens[start].lower in lexicon.titles()
        or any(tokens[start].lower in lexicon.grammar(kind) for kind in _OPENING_WORDS)
        or not phrases.is_name(tokens[start])
    ):
        start += 1
    words = [_without_possessive(token.text) for token in tokens[start:end]]
    lowers = {token.lower for token in tokens[start:end]}
    if any(lowers & lexicon.sources(kind) for kind in ("government", "organisation", "document")):
        return ""
    return " ".join(words)


def _has_title(tokens: Sequence[Token], run: Range) -> bool:
    start = run[0]
    inside = any(tokens[place].lower in lexicon.titles() for place in range(start, run[1] - 1))
    return inside or (start > 0 and tokens[start - 1].lower in lexicon.titles())


def _is_possessive(token: Token) -> bool:
    return token.text.endswith(("'s", "’s"))


def _without_possessive(word: str) -> str:
    return word[:-2] if word.endswith(("'s", "’s")) else word


def _apposed_name(
    tokens: Sequence[Token], phrase: Range, core: Range, roster: Roster
) -> str | None:
    """The person in the apposition: "the foreign minister, Ana Rell,"."""
    rest = [run for run in _runs(tokens[core[1] : phrase[1]]) if run[0] == 1]
    if not rest:
        return None
    shifted = (rest[0][0] + core[1], rest[0][1] + core[1])
    name = _strip(tokens, shifted)
    if " " not in name:
        return _fullest(name, roster, titled=True) if name else None
    return _fullest(name, roster, titled=True) or name


def _kind_of_noun(tokens: Sequence[Token], head: Range) -> WhoKind | None:
    """The kind of source a phrase without a name is, by its head noun and its article."""
    word = tokens[head[1] - 1].lower
    first = tokens[head[0]].lower
    if word in lexicon.sources("document"):
        return "document"
    for kind in ("government", "organisation"):
        if word in lexicon.sources(kind):
            return "government" if kind == "government" else "organisation"
    if word in lexicon.sources("group") and word not in lexicon.sources("unnamed"):
        return "group"
    if word in lexicon.sources("unnamed") or word in lexicon.titles():
        definite = first in {"the", "his", "her", "their", "its"} or _is_possessive(tokens[head[0]])
        office = word in lexicon.titles() and word not in {"official", "resident", "witness"}
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
    return _without_possessive("".join(pieces))
