"""The people a document names: full names, what shows them to be people's, and short forms.

In: the sentences of a document. Out: a `Roster`, and by it the full name that a shorter one stands
for. Where two people can be meant nobody is: two who share a surname are never taken for one.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from unspin.marking import lexicon, phrases
from unspin.marking.frames import Paragraph, Token
from unspin.marking.phrases import Range

_MOST_NAMESAKES = 50  # full names with one word in common; beyond that nobody is meant
_OPENING_WORDS = frozenset(
    {"determiner", "preposition", "boundary", "pronoun", "negation", "linking"}
)
_OPENING_VERBS = frozenset({"auxiliary", "modal"})  # "Did Rell know?", "Even Rell"
_ALSO_NAMES = frozenset({"first", "will"})  # of these
_LETTERED = frozenset({"AG", "CEO", "MP", "MPs", "PM", "VP"})  # offices
_FAMILY = frozenset({"jr", "sr", "ii", "iii", "iv"})  # behind a name, no part of it
_PRONOUNS = (frozenset({"she", "she's"}), frozenset({"he", "he's"}))
_AFTER_SOMEBODY = frozenset(  # whose surname alone means the person they are told of beside
    "wife husband widow widower lady gentleman daughter son granddaughter grandson".split()
)
_HYPHEN = re.compile("[-‐‑]")
_STATES = frozenset({"is", "are", "was", "were", "has", "have"})
_CHOSEN = frozenset({"elect", "designate"})  # behind a title and a hyphen
_CONTRACTED = re.compile(r"['’](?:d|ll|m|re|s|ve)\Z")
_NATIVE = re.compile(r"[A-Z][a-z]+(?:[acdegiotvwx]an|[cr]rat|ist|ite|iton)\Z")
_ADJECTIVAL = ("al", "ic", "ive", "ary", "ory", "ous", "ful")  # ends of adjectives of offices
_ADJECTIVES = ("-based", "-born", "-backed", "-led", "-owned")  # no part of a name
_PARTICLES = 3  # in a row: "y de la"
_FIRST = frozenset({"lady", "gentleman"})  # of a president
_PLACING = frozenset({"in", "at", "near", "across", "outside", "the"})  # or "the Tideline"
_NEAR = 400  # code points behind a full name in which the surname may be short for it
_LEAST = 2  # pronouns of one gender that show somebody's, and how many times those of the other
_HEADLINE = 6  # long words, at least, of a line in capitals
_LONG = 4  # letters of a word that only a headline writes with a capital
_CAPITALS = 0.7  # of the long words of a headline


@dataclass(frozen=True, slots=True)
class Roster:
    """The names of a document: full names by each of their words, and who holds an office."""

    people: dict[str, frozenset[str]]  # last or first word, folded -> full names
    firm: frozenset[str]  # full names seen elsewhere than at the opening of a sentence
    attested: frozenset[str]  # full names that stand beside a title, a cue or an apposition
    titled: frozenset[str]  # single words that stand behind "Mr", "President", …
    alone: frozenset[str]  # single words that say something, folded
    nouns: frozenset[str]  # words with a capital that have a plural: "Liberal" beside "Liberals"
    hers: frozenset[str]
    his: frozenset[str]
    first: dict[str, int]  # full name -> where it first stands
    called: dict[str, str]  # full name with a description in capitals before it -> without
    owners: dict[str, str]  # surname, folded -> who bore it alone until it was used by itself
    places: dict[str, tuple[int, ...]]  # full name -> where it stands
    others: frozenset[str]  # relatives, or a "Jr.", named after "President Rell", who is another
    relatives: frozenset[str]  # whoever is told of as somebody's son, or wife
    headlines: frozenset[int]  # where sentences begin whose capitals mean nothing


@dataclass(slots=True)
class _Gathered:
    names: dict[str, int] = field(default_factory=dict)  # full name -> where it first stands
    surnames: dict[str, str | None] = field(default_factory=dict)  # None where two share it
    firm: set[str] = field(default_factory=set)
    attested: set[str] = field(default_factory=set)
    titled: set[str] = field(default_factory=set)
    hers: set[str] = field(default_factory=set)
    his: set[str] = field(default_factory=set)
    alone: set[str] = field(default_factory=set)  # single words that say something
    things: set[str] = field(default_factory=set)  # full names that stand behind "the"
    uses: Counter[tuple[str, str]] = field(default_factory=Counter)  # surname alone, its bearer
    places: dict[str, list[int]] = field(default_factory=dict)
    early: set[str] = field(default_factory=set)  # surnames that a title stood before first
    others: set[str] = field(default_factory=set)
    relatives: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)  # all words, as they are written
    headlines: set[int] = field(default_factory=set)


def roster(paragraphs: Sequence[Paragraph]) -> Roster:
    """The names of the running text; in headlines, whose capitals mean nothing, the first alone."""
    gathered = _Gathered()
    for paragraph in paragraphs:
        for sentence in paragraph.sentences:
            gathered.words.update(one.text for one in sentence if phrases.is_word(one))
    headlines = []
    for paragraph in paragraphs:
        if paragraph.kind == "heading" or _is_headline(paragraph):
            headlines.append(paragraph)
        else:
            for sentence in paragraph.sentences:
                _gather(sentence, gathered)
    for paragraph in headlines:
        for sentence in paragraph.sentences:
            gathered.headlines.add(sentence[0].start)
            _gather_headline(sentence, gathered)
    bearers = Counter(map(surname, gathered.names))
    mistaken = [
        name
        for name in gathered.names
        if bearers[surname(name)] > 1 and _opens_with_a_word(name, gathered)
    ]
    for name in mistaken:
        del gathered.names[name]
        gathered.attested.discard(name)
    called = {
        name: short
        for name in gathered.names
        if (short := _without_description(name, gathered)) != name
    }
    for name, short in called.items():
        gathered.names.setdefault(short, gathered.names.pop(name))
        gathered.places.setdefault(short, []).extend(gathered.places.pop(name, ()))
        for kind in (
            gathered.attested,
            gathered.firm,
            gathered.hers,
            gathered.his,
            gathered.relatives,
        ):
            if name in kind:
                kind.add(short)
    shown = {name for name in gathered.names if _speaks_by_surname(name, gathered)}
    found = _roster(gathered, called, (gathered.attested | shown) - called.keys())
    hers, his = _by_pronouns(paragraphs, found)
    hers, his = found.hers | (hers - found.his), found.his | (his - found.hers)
    return replace(found, hers=hers - found.his, his=his - found.hers)


def _roster(gathered: _Gathered, called: Mapping[str, str], attested: Collection[str]) -> Roster:
    fulls: dict[str, set[str]] = {}
    for name in gathered.names:
        fulls.setdefault(surname(name), set()).add(name)
        if name not in gathered.things or name in attested:  # "Rell" is not the Rell Papers
            fulls.setdefault(name.split(" ")[0].casefold(), set()).add(name)
    uses = {word: who for (word, who), count in gathered.uses.items() if count >= _LEAST}
    capitals = (word for word in gathered.words if word[0].isupper())
    return Roster(
        people={word: frozenset(names) for word, names in fulls.items()},
        firm=frozenset(gathered.firm),
        attested=frozenset(attested),
        titled=frozenset(gathered.titled),
        alone=frozenset(gathered.alone),
        nouns=frozenset(word for word in capitals if f"{word}s" in gathered.words),
        hers=frozenset(gathered.hers),
        his=frozenset(gathered.his),
        first=gathered.names,
        called=dict(called),
        owners={word: called.get(who, who) for word, who in uses.items()},
        places={name: tuple(sorted(places)) for name, places in gathered.places.items()},
        others=frozenset(gathered.others),
        relatives=frozenset(gathered.relatives),
        headlines=frozenset(gathered.headlines),
    )


def surname(name: str) -> str:
    """The last word of a name, folded, without the "Jr." that tells a son from his father."""
    return _last(name).casefold()


def is_shared(name: str, roster: Roster) -> bool:
    """Whether a word alone may be the name of several people."""
    namesakes = roster.people.get(name.casefold(), frozenset())
    return len(namesakes) > _MOST_NAMESAKES or len(without_younger(namesakes)) > 1


def without_younger(names: Collection[str]) -> list[str]:
    """Those of some namesakes who are called by their surname alone.

    It is nobody with a "Jr." beside a father, who has the same first name, nor one whom the
    document calls "Rell Jr.".
    """
    short = any(_is_younger(name) and name.count(" ") == 1 for name in names)
    elders = {name.split(" ")[0] for name in names if not _is_younger(name)}
    return [
        name
        for name in names
        if not (_is_younger(name) and (short or name.split(" ")[0] in elders))
    ]


def is_plural(name: str, roster: Roster) -> bool:
    """Whether the last word of a name is the plural of a noun: "Liberals" beside "Liberal"."""
    return name.endswith("s") and name[:-1].rsplit(" ", maxsplit=1)[-1] in roster.nouns


def in_headline(name: str, roster: Roster) -> str | None:
    """The name of several words that a headline's capitals begin with, if the text has it."""
    words = name.split(" ")
    starts = {" ".join(words[:end]) for end in range(2, len(words) + 1)}
    return max(starts & roster.attested, key=len, default=None)


def _is_younger(name: str) -> bool:
    return _suffix(name) in _FAMILY - {"sr"}


def _last(name: str) -> str:
    """The last word of a name as it is written, without a "Jr." behind it."""
    words = name.split(" ")
    return words[-2] if len(words) > 1 and _suffix(name) in _FAMILY else words[-1]


def _suffix(name: str) -> str:
    return name.rsplit(" ", maxsplit=1)[-1].rstrip(".").casefold()


def named(tokens: Sequence[Token], roster: Roster) -> tuple[str, ...]:
    """Who may be named in some tokens, by full name, in order, each once."""
    return tuple(dict.fromkeys(who for _, who in mentions(tokens, roster)))


def mentions(tokens: Sequence[Token], roster: Roster) -> tuple[tuple[Range, str], ...]:
    """Where somebody may be named in some tokens, and whom: by full name if that is clear."""
    found = []
    for run in runs(tokens):
        name = bare_name(tokens, run) or titular(tokens, run, roster)
        titled = has_title(tokens, run)
        if not name or (" " in name and not _may_be_person(tokens, run, name, roster)):
            continue
        who = fullest(name, roster, titled=titled, at=tokens[run[0]].start)
        articled = run[0] > 0 and tokens[run[0] - 1].lower == "the"  # "the Tideline"
        alone = not articled and _is_bare(name, roster)
        if who or " " in name or titled or name in roster.titled or alone:
            found.append((run, who or name))
    return tuple(found)


def _may_be_person(tokens: Sequence[Token], run: Range, name: str, roster: Roster) -> bool:
    thing = name not in roster.attested and _is_thing(tokens, run)
    return not thing and (has_title(tokens, run) or not _is_place(name))


def _is_bare(name: str, roster: Roster) -> bool:
    """Whether a word may be a surname, though it is not clear whose."""
    word = name.casefold()
    return word in roster.alone or not roster.attested.isdisjoint(roster.people.get(word, ()))


def fullest(
    name: str,
    roster: Roster,
    *,
    titled: bool,
    at: int | None = None,
    titles: Collection[str] = (),
) -> str | None:
    """The one full name in the document that `name` can be short for.

    At `at` a single word is short for a name given before it, where there is one: newspapers give
    the full name first. `titles` are those that stand before the name.
    """
    name = roster.called.get(name, name)
    words = name.split(" ")
    namesakes = roster.people.get(surname(name), frozenset())
    if len(namesakes) > _MOST_NAMESAKES:
        return None
    against, sure = frozenset[str](), frozenset[str]()
    if not lexicon.grammar("his").isdisjoint(titles):
        against, sure = roster.hers, roster.his
    elif not lexicon.grammar("hers").isdisjoint(titles):
        against, sure = roster.his, roster.hers
    candidates = [
        full
        for full in namesakes
        if full not in against
        and _is_short_for(words, full.split(" "))
        and (full == name or full not in lexicon.metonyms())  # "the House" is not the White House
        and (surname(full) == surname(name) or not _is_place(full))  # "Rell" is no Rell Tower
    ]
    if len(sure.intersection(candidates)) == 1:
        candidates = [full for full in candidates if full in sure]  # the only one called "Mr"
    if not _is_younger(name):
        candidates = without_younger(candidates)
    if len(words) == 1:
        candidates = _bearers(name, candidates, roster, titled=titled)
        if at is not None:
            candidates = [full for full in candidates if roster.first[full] < at] or candidates
        candidates = _meant(name, candidates, roster, at)
    owner = roster.owners.get(name.casefold()) if name[:-1] not in roster.nouns else None
    safe = [
        full
        for full in candidates
        if full in roster.attested
        or (
            (titled or full in roster.firm or full == owner)
            and full.split(" ")[0].casefold() not in lexicon.grammar("direction")
        )
    ]
    if not safe or len(safe) < len(candidates):
        return None
    longest = max(safe, key=lambda full: (len(full), full))
    if all(_is_short_for(full.split(" "), longest.split(" ")) for full in safe):
        return longest
    return None


def _bearers(name: str, fulls: Sequence[str], roster: Roster, *, titled: bool) -> list[str]:
    """Those full names that a surname alone can stand for: "Rell Bridge" is no Rell."""
    fulls = [full for full in fulls if full not in roster.others]
    bearers = [full for full in fulls if surname(full) == name.casefold()]
    if titled and bearers:
        return bearers
    if titled or any(full in roster.attested for full in bearers):
        return [
            full
            for full in fulls
            if full in roster.attested
            or (full in bearers and full in roster.firm and not full.split(" ")[0].isupper())
        ]
    return [
        full for full in fulls if full in bearers or not is_plural(full, roster)
    ]  # the "Lodden Liberals" are not called Lodden


def _meant(name: str, fulls: list[str], roster: Roster, at: int | None) -> list[str]:
    """Of several bearers of a surname the one whom it means alone.

    It is whoever the others are relatives of, if they are named no more often; or whoever bore it
    alone while it was first used, or is alone shown to be a person, unless another was named in
    full just before `at`.
    """
    often = {full: len(roster.places.get(full, ())) for full in fulls}
    heads = [full for full in fulls if full not in roster.relatives]
    if len(heads) == 1 and often[heads[0]] == max(often.values()):
        return heads
    own = [full for full in fulls if full == roster.owners.get(name.casefold())]
    shown = [full for full in fulls if full in roster.attested]
    if not own and len(shown) == 1 and all(often[one] < 2 for one in fulls if one not in shown):  # noqa: PLR2004 - once
        own = shown
    near = at is not None and any(
        _is_named_before(roster.places.get(full, ()), at) for full in fulls if full not in own
    )
    return own if len(own) == 1 and not near else fulls


def _is_named_before(places: Sequence[int], at: int) -> bool:
    """Whether one of some places, in order, is just before `at`."""
    before = bisect_left(places, at)
    return before > 0 and places[before - 1] > at - _NEAR


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


def runs(tokens: Sequence[Token]) -> Iterable[Range]:
    """Runs of words with capitals, particles inside them included."""
    place = 0
    while place < len(tokens):
        if not phrases.is_name(tokens[place]):
            place += 1
            continue
        end = place + 1
        while end < len(tokens):
            if is_possessive(tokens[end - 1]):
                break
            named = _behind_particles(tokens, end)
            if named is None:
                break
            end = named + 1
        yield (place, end)
        place = end


def _behind_particles(tokens: Sequence[Token], place: int) -> int | None:
    """Where the word of a name stands at `place` or behind particles there: "van der Rell"."""
    particles = lexicon.grammar("particle") - {"of"}
    found = next(
        (
            at
            for at in range(place, min(len(tokens), place + _PARTICLES + 1))
            if tokens[at].lower not in particles or phrases.is_name(tokens[at])
        ),
        None,
    )
    return found if found is not None and phrases.is_name(tokens[found]) else None


def bare_name(tokens: Sequence[Token], run: Range) -> str:
    """The name in a run without titles, opening words and the possessive ending.

    "Velland Attorney General Ana Rell" is Ana Rell: what stands before a title is no name of hers.
    """
    start, end = run
    if not is_possessive(tokens[end - 1]) and _is_of_role(tokens, run):
        return ""  # "the former Galdovian president"
    if _is_shouted(tokens[max(0, start - 1) : end - 1]) and not tokens[end - 1].text.isupper():
        return ""
    inside = _titles_inside(tokens, run) or [
        place for place in range(start, end) if tokens[place].lower.endswith(_ADJECTIVES)
    ]
    if inside:
        start = inside[-1] + 1
    while start < end and (
        _is_office(tokens[start])
        or _opens(tokens[start])
        or not phrases.is_name(tokens[start])
        or _is_of_office(tokens, start)
        or _is_before_name(tokens, start, end)
    ):
        start += 1
    behind = range(start + 2, end)
    end = next((one for one in behind if _says(tokens[one])), end)
    words = _once([without_possessive(token.text) for token in tokens[start:end]])
    if words and words[-1] in _LETTERED:
        words = words[:-1] if len(words) > 2 and words[-2][0].isupper() else []  # noqa: PLR2004 - "Ana Rell MP", no "Velland PM"
    lowers = [word.casefold() for word in words]
    bodies = any(
        not lexicon.sources(kind).isdisjoint(lowers) for kind in ("government", "organisation")
    )
    bodies = bodies or (bool(lowers) and lowers[-1] in lexicon.sources("document"))
    numbers = [word in _FAMILY - {"jr", "sr"} for word in lowers]
    if any(numbers[:-1]) or (len(numbers) == 2 and numbers[-1]):  # noqa: PLR2004 - "Article II"
        return ""
    if bodies and not (len(words) == 1 and has_title(tokens, run)):
        return ""
    return " ".join(words)


def _is_of_role(tokens: Sequence[Token], run: Range) -> bool:
    """Whether a run of names stands before a role, a word alone also before "presidential mayor".

    That is "Galdovian" in "a former Galdovian presidential candidate".
    """
    behind = tokens[run[1] : run[1] + 2]
    if not any(map(is_role, behind)):
        return False
    return is_role(behind[0]) or (run[1] - run[0] == 1 and _is_adjective(behind[0]))


def _is_adjective(token: Token) -> bool:
    """Whether a word in small letters may stand before an office, by its end or as part of it."""
    return (
        phrases.is_word(token)
        and token.text.islower()
        and (token.lower in lexicon.titles() or token.lower.endswith(_ADJECTIVAL))
    )


def _opens(token: Token) -> bool:
    """Whether a word can stand with a capital before a name: "The", "They’re", "Don’t"."""
    word = _CONTRACTED.sub("", token.lower)
    return (
        word.endswith(("n't", "n’t"))
        or word in {"there", "here"}
        or any(word in lexicon.grammar(kind) for kind in _OPENING_WORDS)
    )


def titular(tokens: Sequence[Token], run: Range, roster: Roster) -> str:
    """The surname that is a title too, standing alone where the document has it: "King"."""
    start, end = run
    word = without_possessive(tokens[start].text)
    before = tokens[start - 1].lower if start else ""
    alone = end - start == 1 and before not in lexicon.grammar("determiner")
    bearers = roster.people.get(word.casefold(), ())
    return word if alone and any(surname(full) == word.casefold() for full in bearers) else ""


def _is_before_name(tokens: Sequence[Token], place: int, end: int) -> bool:
    """Whether a word in a run that ends at `end` stands before a name and is no part of it.

    It is what opens a sentence, "Even Rell" or "Continued Rell", titles in the plural, and the
    country of "the envoy to Velland Ana Rell".
    """
    token, behind = tokens[place], end - place - 1
    if behind == 0:
        return False
    if place == 0 and token.lower not in _ALSO_NAMES:
        closed = any(token.lower in lexicon.grammar(kind) for kind in _OPENING_VERBS)
        if closed or (lexicon.cue(token.lower) and _says(token)):
            return True
    if behind == 1 or not phrases.is_name(tokens[place + 1]):
        return False
    posted = (
        place > 1
        and (is_title(tokens[place - 2]) or is_role(tokens[place - 2]))
        and tokens[place - 1].lower in lexicon.grammar("preposition")
    )
    titles = token.lower.endswith("s") and token.lower[:-1] in lexicon.titles()
    return titles or (posted and token.text in lexicon.countries())


def _is_shouted(tokens: Sequence[Token]) -> bool:
    """Whether two words in capitals follow each other: "JUST WATCHED Rell", "BREAKING NEWS"."""
    long = [len(token.text) >= _LONG and token.text.isupper() for token in tokens]
    return any(one and other for one, other in pairwise(long))


def _once(words: list[str]) -> list[str]:
    """The words of a name that a page gives twice without a mark: "Rell Ana Maria RellMore"."""
    for place in range(2, len(words)):
        for earlier, first in enumerate(words[: place - 1]):
            rest = words[place].removeprefix(first)
            if rest == words[place] or len(first) < _LONG:
                continue
            if rest[:1].isupper():
                return words[: earlier + 1] if earlier else [*words[1:place], first]
            if not rest and earlier == 0 and place + 1 < len(words):
                return words[:place]
    return words


def _says(token: Token) -> bool:
    """Whether a word is a verb of a headline's: "Ana Rell Says Dam Will Hold", "Rell WON’T Say"."""
    if token.lower.replace("’", "'").endswith("n't") or token.lower in _STATES:
        return True
    cue = lexicon.cue(token.lower)
    return cue is not None and (cue.form == "third" or token.lower.endswith("ed"))


def _is_of_office(tokens: Sequence[Token], place: int) -> bool:
    """Whether a word belongs to a title: "State" in "Secretary of State Ana Rell"."""
    return (
        place > 1
        and tokens[place].lower in lexicon.sources("government")
        and tokens[place - 1].lower == "of"
        and is_title(tokens[place - 2])
    )


def has_title(tokens: Sequence[Token], run: Range) -> bool:
    """Whether a title stands in a run of names or before it."""
    start = run[0]
    return bool(_titles_inside(tokens, run)) or (
        (start > 0 and _is_office(tokens[start - 1]))
        or _is_of_office(tokens, start)
        or (run[1] - start > 1 and _is_office(tokens[start]))
    )


def is_title(token: Token) -> bool:
    """Whether a word is a title, or made of titles."""
    return made_of_titles(token.lower)


def made_of_titles(word: str) -> bool:
    """Whether a word in lower case is a title: "secretary-general", "under-secretary"."""
    parts = _HYPHEN.split(word)
    return "".join(parts) in lexicon.titles() or all(
        part in lexicon.titles() or (place and part in _CHOSEN) for place, part in enumerate(parts)
    )


def _is_office(token: Token) -> bool:
    """Whether a word before a name is a title, one in letters included: "PM"."""
    return token.text in _LETTERED or is_title(token)


def is_role(token: Token) -> bool:
    """Whether a word in small letters means somebody by office or calling: "mayor", "official"."""
    return (
        token.quoted is None
        and token.text[0].islower()
        and (token.lower in lexicon.titles() or token.lower in lexicon.sources("unnamed"))
        and not any(token.lower in lexicon.sources(kind) for kind in ("organisation", "government"))
        and token.lower not in lexicon.grammar("matter")
    )


def is_native(token: Token) -> bool:
    """Whether a word with a capital ends as those do that say where somebody is from."""
    name = without_possessive(token.text)
    return _NATIVE.search(name) is not None and name not in lexicon.bodies() | lexicon.metonyms()


def is_possessive(token: Token) -> bool:
    """Whether a word ends in 's."""
    return token.text.endswith(("'s", "’s"))


def without_possessive(word: str) -> str:
    """The word without 's at its end."""
    return word[:-2] if word.endswith(("'s", "’s")) else word


def _titles_inside(tokens: Sequence[Token], run: Range) -> list[int]:
    """The titles in a run behind which a name follows: "Velland President Rell"."""
    start, end = run
    last = end - 1
    while last > start and tokens[last].lower in _FAMILY:
        last -= 1
    return [place for place in range(start + 1, last) if _is_office(tokens[place])]


def _is_thing(tokens: Sequence[Token], run: Range) -> bool:
    """Whether a name of several words is no person's: "the Lake Hotel", "Compact of Free Ports"."""
    start = run[0]
    if has_title(tokens, run):
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
    ground = lexicon.places("site") | (lexicon.places("area") - lexicon.grammar("direction"))
    return words[-1] in ground or words[0] in lexicon.grammar("direction")


def _is_headline(paragraph: Paragraph) -> bool:
    """Whether a paragraph is a line of words written with capitals, as headlines are."""
    words = [
        token
        for tokens in paragraph.sentences
        for token in tokens
        if phrases.is_word(token) and len(token.text) >= _LONG
    ]
    return (
        len(words) >= _HEADLINE
        and sum(token.text[0].isupper() for token in words) >= _CAPITALS * len(words)
        and not any(token.text.islower() and (token.lower,) in lexicon.cues() for token in words)
    )


def _gather(tokens: Sequence[Token], gathered: _Gathered) -> None:
    for run in runs(tokens):
        name = bare_name(tokens, run)
        if " " in name:
            _gather_full(tokens, run, name, gathered)
            _describe(tokens, run, name, gathered)
        elif name:
            _describe(tokens, run, _gather_short(tokens, run, name, gathered), gathered)


def _gather_headline(tokens: Sequence[Token], gathered: _Gathered) -> None:
    """Take the name a headline has for somebody whom the text calls by surname only."""
    for start, end in runs(tokens):
        inside = _titles_inside(tokens, (start, end))
        first = inside[-1] + 1 if inside else start
        if end - first > 1:
            name = " ".join(without_possessive(one.text) for one in tokens[first : first + 2])
            word = tokens[first + 1].lower
            bare = word in gathered.alone or name.split(" ")[1] in gathered.titled
            common = tokens[first].lower in gathered.words or name.isupper()
            if bare and word not in gathered.surnames and not common:
                gathered.names.setdefault(name, tokens[first].start)


def _gather_full(tokens: Sequence[Token], run: Range, name: str, gathered: _Gathered) -> None:
    at = tokens[run[0]].start
    gathered.names.setdefault(name, at)
    gathered.places.setdefault(name, []).append(at)
    word = surname(name)
    first = run[1] - 1 - name.count(" ")
    relative = _relative(tokens, (first, run[1])) or _relative_behind(tokens, run[1])
    if relative in _AFTER_SOMEBODY or _is_joined(tokens, first):
        gathered.relatives.add(name)
    if (relative or _is_younger(name)) and word in gathered.early:
        gathered.others.add(name)
    if gathered.surnames.setdefault(word, name) != name:
        gathered.surnames[word] = None
    if first:
        gathered.firm.add(name)
    thing = _is_thing(tokens, run)
    if thing:
        gathered.things.add(name)
    if has_title(tokens, run) or (_attests(tokens, run) and not thing):
        gathered.attested.add(name)


def _gather_short(tokens: Sequence[Token], run: Range, name: str, gathered: _Gathered) -> str:
    """The full name a single word stands for where only one such name came before it."""
    titled = has_title(tokens, run)
    if (titled or _is_apposed(tokens, run)) and not name.isupper():
        gathered.titled.add(name)
    elif (
        _is_beside_cue(tokens, run)
        and not (name.isupper() or name in lexicon.metonyms())
        and not (run[0] == 0 and _is_common(name, gathered))
    ):
        gathered.alone.add(name.casefold())
    full = gathered.surnames.get(name.casefold())
    if full is None:
        if titled and name.casefold() not in gathered.surnames:
            gathered.early.add(name.casefold())
        return name
    gathered.uses[name.casefold(), full] += 1
    if titled:
        gathered.attested.add(full)  # "Ms Rell" where only one Rell was named before it
    return full


def _describe(tokens: Sequence[Token], run: Range, name: str, gathered: _Gathered) -> None:
    """Note what words beside a name say of its bearer: "Ms", "her brother"."""
    titles = _titles_of(tokens, run) | {_relative(tokens, run)}
    if titles & lexicon.grammar("hers"):
        gathered.hers.add(name)
    if titles & lexicon.grammar("his"):
        gathered.his.add(name)


def _relative(tokens: Sequence[Token], run: Range) -> str:
    """What somebody with a name is to others: "his sister", "Rell's son, Dr.", first lady."""
    start = run[0]
    kin = lexicon.grammar("kin") | _FIRST
    while start > 0 and is_title(tokens[start - 1]) and tokens[start - 1].lower not in kin:
        start -= 1
    if start > 2 and tokens[start - 1].text == ",":  # noqa: PLR2004 - an owner, a relative, a comma
        start -= 1
    if start < 2:  # noqa: PLR2004 - an owner and a relative
        return ""
    owner, relative = tokens[start - 2], tokens[start - 1].lower
    if relative.removesuffix("s") in kin:
        relative = relative.removesuffix("s")  # "her sons Jon and Wim Rell"
    owned = owner.lower in {"his", "her", "their", "my", "our"} or is_possessive(owner)
    told = owner.lower == "first" if relative in _FIRST else owned
    return relative if told and relative in kin else ""


def _is_joined(tokens: Sequence[Token], first: int) -> bool:
    """Whether a first name before "and" shares a surname with another: "Jon and Ana Rell"."""
    if first < 2 or tokens[first - 1].lower != "and":  # noqa: PLR2004 - a name and "and"
        return False
    before, name = tokens[max(0, first - 3) : first - 1][-2:], tokens[first - 2]
    alone = len(before) < 2 or not phrases.is_name(before[0])  # noqa: PLR2004 - the word before it
    return alone and phrases.is_name(name) and not is_title(name)


def _relative_behind(tokens: Sequence[Token], end: int) -> str:
    """The same, told behind a name that ends at `end`: "Jon Rell, Ana Rell's son"."""
    if end >= len(tokens) or tokens[end].text != ",":
        return ""
    owner = next(
        (at for at in range(end + 1, min(len(tokens), end + 5)) if is_possessive(tokens[at])), None
    )
    if owner is None or not all(map(phrases.is_name, tokens[end + 1 : owner + 1])):
        return ""
    told = [one.lower for one in tokens[owner + 1 : owner + 3]]
    return next((word for word in told if word in lexicon.grammar("kin")), "")


def _without_description(name: str, gathered: _Gathered) -> str:
    """A full name without what stands in capitals before it: "Candidate Ana Rell".

    A common word goes, and whatever opens a sentence where the rest is a name elsewhere; so does a
    country or a body. What stands behind "the" keeps its words: "the Harbour Law Centre".
    """
    words = name.split(" ")
    if name in gathered.things:
        return name
    for start in range(1, len(words) - 1):
        rest, before = " ".join(words[start:]), words[:start]
        opens = name not in gathered.firm and (rest in gathered.firm or rest in gathered.attested)
        if opens or all(_is_common(word, gathered) for word in before):
            return rest
        if rest in gathered.names and all(map(_is_no_first_name, before)) and not rest.isupper():
            return rest
    return name


def _is_no_first_name(word: str) -> bool:
    """Whether a word is a country's, or letters that stand for a body: "Velland", "UN"."""
    return word in lexicon.countries() or (word.isalpha() and word.isupper() and len(word) > 1)


def _opens_with_a_word(name: str, gathered: _Gathered) -> bool:
    """Whether a name is a surname with the word before it that opens a sentence: "Would Rell"."""
    first = name.split(" ", maxsplit=1)[0]
    common = _is_common(first, gathered) or first.lower() in lexicon.grammar("verb")
    return name.count(" ") == 1 and name not in gathered.firm and common


def _is_common(word: str, gathered: _Gathered) -> bool:
    """Whether a word stands in small letters somewhere, or in the plural: no name does.

    A particle does: "Van Rell" is "Ana van Rell".
    """
    if word.lower() in lexicon.grammar("particle"):
        return False
    return word.lower() in gathered.words or f"{word}s" in gathered.words


def _speaks_by_surname(name: str, gathered: _Gathered) -> bool:
    """Whether the surname of a full name says things alone."""
    first, last = name.split(" ", maxsplit=1)[0], _last(name)
    plural = last.endswith("s") and last[:-1] in gathered.words
    return (
        last.casefold() in gathered.alone
        and not plural
        and not _is_common(first, gathered)
        and not (first.endswith("ing") and name not in gathered.firm)
        and first.isupper() <= last.isupper()
        and name not in gathered.things
        and not _is_place(name)
    )


def _by_pronouns(
    paragraphs: Sequence[Paragraph], roster: Roster
) -> tuple[frozenset[str], frozenset[str]]:
    """Whom "she" and "he" mean where they open the sentence behind one that names one person."""
    votes: Counter[tuple[str, int]] = Counter()
    for paragraph in paragraphs:
        last: str | None = None
        for tokens in paragraph.sentences:
            opening = [kind for kind, words in enumerate(_PRONOUNS) if tokens[0].lower in words]
            if last is not None and opening:
                votes[last, opening[0]] += 1
            named = {who for _, who in mentions(tokens, roster)}
            if named:
                last = named.pop() if len(named) == 1 and not opening else None
    hers, his = (
        frozenset(
            who
            for (who, voted), count in votes.items()
            if voted == kind and count >= _LEAST + _LEAST * votes[who, 1 - kind]
        )
        for kind in range(len(_PRONOUNS))
    )
    return hers, his


def _titles_of(tokens: Sequence[Token], run: Range) -> set[str]:
    """The titles that stand directly before a name, in it, or in an apposition behind it."""
    start, end = run
    titles = {token.lower for token in tokens[start:end]}
    while start > 0 and tokens[start - 1].lower in lexicon.titles():
        start -= 1
        titles.add(tokens[start].lower)
    opened = end + 1 < len(tokens) and tokens[end].text == ","
    if opened and tokens[end + 1].lower in {"the", "a", "an"} | lexicon.titles():
        apposed = {token.lower for token in tokens[end + 1 : end + 5]}
        titles |= apposed - lexicon.grammar("honorific")  # "Rell, Mr Orlan said"
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
    return _is_beside_cue(tokens, run) or _is_apposed(tokens, run)


def _is_apposed(tokens: Sequence[Token], run: Range) -> bool:
    """Whether it is told behind a name who that is: "Rell, 45,", "Rell, the mayor,".

    In "the envoy in Lodden, who left" it is told of the envoy.
    """
    start, end = run
    if start and tokens[start - 1].lower in _PLACING:
        return False
    following = [token.lower for token in tokens[end : end + 2]]
    if len(following) > 1 and following[0] == ",":
        return (
            following[1] in {"who", "whose"}
            or following[1].isdigit()
            or (following[1] in lexicon.titles() and following[1] != "then")
            or (
                following[1] in {"the", "a", "an"}
                and any(token.lower in lexicon.titles() for token in tokens[end + 2 : end + 8])
            )
        )
    return False


def _is_beside_cue(tokens: Sequence[Token], run: Range) -> bool:
    """Whether a name stands where whoever speaks does: "Rell said", "said Rell"."""
    start, end = run
    cues = lexicon.cues()
    following = [token.lower for token in tokens[end : end + 2]]
    if following and (following[0],) in cues and cues[(following[0],)].form != "base":
        return True
    if len(following) > 1 and following[0] in {"has", "had", "also"} and (following[1],) in cues:
        return True
    before = cues.get((tokens[start - 1].lower,)) if start else None
    return (
        before is not None and "hearer" not in before.follows and before.form in {"past", "third"}
    )
