"""Who is named or told of in each sentence of a document, and what it tells its people to be.

In: the paragraphs of a document and the names in it. Out: its sentences with their mentions, each
by full name where there is one, and the roles: "the foreign minister" is the one person of whom
the document tells that. Somebody without a name is a mention too.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from unspin.marking import lexicon, people, phrases, speakers
from unspin.marking.frames import Paragraph, Token
from unspin.marking.people import Roster
from unspin.marking.phrases import Range

Key = str | int  # a full name, or the place of somebody without a name

_ROLE = 6  # tokens of a role before its noun
_MOST_HOLDERS = 50  # of one word; beyond that it tells nobody from others
_LABEL = 20  # tokens of a line that is no sentence
_ACRONYM = 5  # letters
_LETTERS = re.compile(r"[A-Z]{3,} ")  # what stands for a body, and no initials
_STOPS = frozenset({".", "!", "?", "…", ":", "”", '"'})
_AGENTS = ("er", "or", "ist", "ian", "man")  # of nouns for persons
_AGED = re.compile(r"\d+-year-old")
_TOLD = 7  # tokens of an apposition behind a name
_TOLD_OF = 3  # tokens behind an owner that end in a noun for a person
_OWNED = frozenset({"his", "her", "their", "its"})
_SHORT = {"sen": "senator", "rep": "representative", "gov": "governor", "gen": "general"}
_RUNNING = frozenset(
    "candidate nominee contender frontrunner front-runner hopeful challenger".split()
)
_OFFICES = {  # nouns for whoever holds one of several
    "congressman": frozenset({"congressman", "representative"}),
    "congresswoman": frozenset({"congresswoman", "representative"}),
    "lawmaker": frozenset({"lawmaker", "representative", "senator", "deputy", "legislator"}),
    **dict.fromkeys(_RUNNING, _RUNNING),
}


class Mention(NamedTuple):
    """Somebody named, or told of by a noun."""

    place: int  # the first token of the name, or the noun
    who: Key
    owner: bool  # "Rell's"
    governed: bool  # behind a preposition
    noun: str | None  # "he" or "she", as the noun tells; of an owner, that for what is owned

    @property
    def aside(self) -> bool:
        """Whether the sentence is hardly about them."""
        return self.owner or self.governed

    def for_(self, pronoun: str) -> "Mention | None":
        """The mention as far as "he", or "she", may mean it.

        Where "she" stands near, "Rell's nephew" tells of Rell, and "the nephew" of nobody.
        """
        if self.noun in {None, pronoun}:
            return self
        return self._replace(owner=False) if self.owner else None


class Sentence(NamedTuple):
    """A sentence and who is mentioned in it, in order."""

    paragraph: int  # a line between paragraphs is of that before it
    heading: bool
    line: bool  # between paragraphs
    tokens: Sequence[Token]
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Roles:
    """What a document tells its people to be."""

    holders: Mapping[str, frozenset[str]]  # word of an office, a calling, a place -> full names
    plain: Mapping[str, str]  # word -> whoever is told nothing else, the most named of its holders
    vague: frozenset[str]  # nouns for somebody without a name: "an official"
    bodies: Mapping[str, str]  # noun -> the only body that has it in its name: "committee"

    def holding(self, noun: str) -> frozenset[str]:
        """Those of whom the document tells what a noun says, be it by another noun for it."""
        offices = _OFFICES.get(noun, frozenset({noun}))
        return frozenset(who for office in offices for who in self.holders.get(office, ()))

    def calling(self, tokens: Sequence[Token]) -> str | None:
        """The noun of "the candidate", "the 45-year-old" or "the former mayor".

        None where somebody without a name is told of by it.
        """
        head = tokens[_noun(tokens)]
        known = (
            head.lower in lexicon.grammar("calling")
            or _AGED.fullmatch(head.lower) is not None
            or (
                speakers.has_role([head])
                and any(one.lower == "former" or _AGED.fullmatch(one.lower) for one in tokens)
            )
            or _is_agent(head.lower)
        )
        the = tokens[0].lower == "the" and head.lower not in self.vague
        owned = any(map(people.is_possessive, tokens))
        return head.lower if the and known and not owned else None

    def bearer(
        self, tokens: Sequence[Token], near: Collection[Key] = (), new: Collection[str] = ()
    ) -> str | None:
        """The one person of whom everything is told that "the foreign minister" says.

        Of those who are `near` it is enough to be told of its noun, if nobody else is: so is "his
        deputy". Of two presidents it is whoever is "President Rell" and no more, if named most, and
        "a president" is somebody else only among the nouns that are `new`.
        """
        head = tokens[_noun(tokens)]
        owned = tokens[0].lower in _OWNED
        known = (owned or tokens[0].lower == "the") and (
            speakers.has_role([head]) or people.is_title(head)
        )
        if not known:
            return None
        words = _described(tokens)
        bare = not owned and len(words) == 1
        plain = self.plain.get(head.lower) if bare else None
        if head.lower in self.vague:
            only = self.holders.get(head.lower, frozenset()) if bare else frozenset()
            bearer = min(only) if len(only) == 1 else plain
            return bearer if bearer in near and head.lower not in new else None
        holders = [self.holders.get(word, frozenset()) for word in words]
        fewest = min(holders, key=len, default=frozenset[str]())
        if not owned and len(fewest) <= _MOST_HOLDERS:
            whos = fewest.intersection(*holders)
            if len(whos) == 1:
                return min(whos)
        held = [who for who in self.holding(head.lower) if who in near]
        if not held:
            return plain
        return held[0] if len(held) == 1 else None


def _is_agent(word: str) -> bool:
    """Whether a noun is for whoever does something, by its end: "pollster", "neurosurgeon".

    No office is one, nor what is no person: "newspaper", "regulator".
    """
    kinds = ("organisation", "government", "document", "group", "unnamed")
    return (
        word.endswith(_agents())
        and word not in lexicon.titles()
        and not any(word in lexicon.sources(kind) for kind in kinds)
    )


@cache
def _agents() -> tuple[str, ...]:
    return (*_AGENTS, *sorted(lexicon.grammar("calling")))


def _noun(tokens: Sequence[Token]) -> int:
    """The place of the noun of a phrase: "minister" in "the foreign minister of Velland"."""
    links = (at for at, one in enumerate(tokens) if one.lower in lexicon.grammar("preposition"))
    return next(links, len(tokens)) - 1


@dataclass(frozen=True, slots=True)
class Mentioned:
    """All sentences of a document, in order."""

    sentences: tuple[Sentence, ...]
    firsts: tuple[int, ...]  # of each paragraph, the number of its first sentence
    fulls: Mapping[str, str]  # surname, folded -> the only full name that has it
    roles: Roles


def read(paragraphs: Sequence[Paragraph], roster: Roster) -> Mentioned:
    """Who is mentioned in the paragraphs."""
    firsts: list[int] = []
    rows: list[tuple[int, bool, Sequence[Token]]] = []
    labels: set[int] = set()
    for number, paragraph in enumerate(paragraphs):
        if _is_label(paragraph):
            labels.add(number)
        firsts.append(len(rows))
        rows += [(number, paragraph.kind == "heading", one) for one in paragraph.sentences]
    groups = roster.nouns & _groups(tokens for *_, tokens in rows)
    named = [
        [
            (run, who)
            for run, who in people.mentions(tokens, roster)
            if not _is_no_person(who, roster, groups)
            and (number not in labels or is_known(who, roster))
        ]
        for number, _, tokens in rows
    ]
    fulls = _fulls({who for one in named for _, who in one}, roster)
    named = [[(run, fulls.get(who.casefold(), who)) for run, who in one] for one in named]
    lines = [number in labels or heading for number, heading, _ in rows]
    roles = _roles([tokens for *_, tokens in rows], lines, named, roster)
    text = list(accumulate(number not in labels for number in range(len(paragraphs))))
    sentences = tuple(
        Sentence(text[number], heading, number in labels, tokens, _mentions(tokens, names, roles))
        for (number, heading, tokens), names in zip(rows, named, strict=True)
    )
    return Mentioned(sentences, tuple(firsts), fulls, roles)


def is_known(name: str, roster: Roster) -> bool:
    """Whether something in the document shows a name to be a person's."""
    return any(
        name in kind for kind in (roster.attested, roster.titled, roster.his, roster.hers)
    ) or (bool(name) and " " not in name and len(roster.people.get(name.casefold(), ())) == 1)


def _is_no_person(name: str, roster: Roster, groups: frozenset[str]) -> bool:
    """Whether a name ends in an office, is a line in capitals, or that of a place or a body.

    "Lodden CEO", "SEE ALSO", "Downing Street", "NATO", "Norway", "Norway Grain Crisis"; or it ends
    in the name of a group, which `groups` has in the singular: "Lodden Liberal", "Lake Guards".
    """
    if {name, name.split(" ", maxsplit=1)[-1]} & lexicon.metonyms() or name in lexicon.countries():
        return True
    if " " not in name:
        return name.isupper() and 1 < len(name) <= _ACRONYM and name not in roster.titled
    first, last = name.split(" ", maxsplit=1)[0], name.rsplit(" ", maxsplit=1)[-1]
    lower = last.casefold()
    return (
        name.isupper()
        or first.casefold() in lexicon.grammar("label")
        or (first in lexicon.countries() and name.count(" ") > 1)
        or people.made_of_titles(lower)
        or (lower.endswith("s") and lower in lexicon.persons())
        or (name not in roster.attested and not groups.isdisjoint({last, last.removesuffix("s")}))
        or _LETTERS.match(name) is not None
    )


def _groups(sentences: Iterable[Sequence[Token]]) -> frozenset[str]:
    """The singular of words with a capital that stand in the plural without "the": "Liberals"."""
    return frozenset(
        token.text[:-1]
        for tokens in sentences
        for before, token in zip([None, *tokens], tokens, strict=False)
        if token.text.endswith("s")
        and phrases.is_name(token)
        and not (before and before.lower in lexicon.grammar("determiner"))
    )


def _is_label(paragraph: Paragraph) -> bool:
    """Whether a paragraph is a short line without a stop: "Photos >>>", "Dam to be built"."""
    tokens = [token for sentence in paragraph.sentences for token in sentence]
    return 0 < len(tokens) <= _LABEL and tokens[-1].quoted is None and tokens[-1].text not in _STOPS


def _fulls(whos: Collection[str], roster: Roster) -> dict[str, str]:
    """The one full name that has a surname, those first that are shown to be people's."""
    having: dict[str, list[str]] = {}
    for who in sorted(whos):
        if " " in who and who not in roster.others:
            having.setdefault(people.surname(who), []).append(who)
    found = {}
    for surname, bearers in having.items():
        names = people.without_younger(bearers)
        shown = [name for name in names if is_known(name, roster)] or names
        if len(shown) == 1:
            found[surname] = shown[0]
    return found


def _roles(
    sentences: Sequence[Sequence[Token]],
    lines: Sequence[bool],
    named: Sequence[Sequence[tuple[Range, str]]],
    roster: Roster,
) -> Roles:
    holders: dict[str, set[str]] = {}
    plain: dict[str, set[str]] = {}
    often = Counter(who for names in named for _, who in names)
    vague: set[str] = set()
    for tokens, line, names in zip(sentences, lines, named, strict=True):
        for run, who in names:
            if " " in who or is_known(who, roster):
                told = tuple(_told(tokens, run, who))
                for word in told:
                    holders.setdefault(word, set()).add(who)
                if len(told) == 1:
                    plain.setdefault(told[0], set()).add(who)
        for place in () if line else _unnamed(tokens, names):
            start = _start(tokens, place)
            if tokens[start].lower not in {"the", *_OWNED} or any(
                map(people.is_possessive, tokens[start:place])
            ):
                vague.add(tokens[place].lower)
        vague.update(
            token.lower
            for place, token in enumerate(tokens)
            if token.text.islower() and _is_agent(token.lower) and is_new(tokens, place)
        )
    return Roles(
        {word: frozenset(whos) for word, whos in holders.items()},
        {
            word: who
            for word, (who, *others) in plain.items()
            if not others and all(often[who] >= often[one] for one in holders[word])
        },
        frozenset(vague),
        _bodies(sentences),
    )


def _bodies(sentences: Iterable[Sequence[Token]]) -> dict[str, str]:
    """For each noun of a body the one name that has it, where no other such body is told of."""
    nouns = lexicon.grammar("body")
    names: dict[str, set[str]] = {}
    others: set[str] = set()
    for tokens in sentences:
        runs = list(people.runs(tokens))
        for (start, end), following in zip(runs, [*runs, None][1:], strict=True):
            last = people.without_possessive(tokens[end - 1].lower)
            first = start + (tokens[start].lower in lexicon.grammar("determiner"))
            if last not in nouns or first == end:
                continue
            of = end < len(tokens) and tokens[end].lower == "of"
            if of and following and following[0] == end + 1:
                end = following[1]  # noqa: PLW2901 - "the Harbour Board of Lodden"
            if end - first > 1:
                words = " ".join(one.text for one in tokens[first:end])
                names.setdefault(last, set()).add(people.without_possessive(words))
        for before, token in pairwise(tokens):
            told = before.lower == "the" or "-" in before.text  # "the party-led committee"
            if token.lower in nouns and token.text.islower() and not told:
                others.add(token.lower)
    found = {}
    for noun, known in names.items():
        longest = max(known, key=lambda name: (len(name), name))
        if noun not in others and all(longest.endswith(name) for name in known):
            found[noun] = longest
    return found


def _told(tokens: Sequence[Token], run: Range, who: str) -> Iterator[str]:
    """The words beside a name that tell who that is: before it, behind "of", in an apposition."""
    start, end = _extent(tokens, run)
    before = (one for one in tokens[start : run[1]] if one.text not in who.split(" "))
    yield from _described(one for one in before if one.text != ",")
    behind = tokens[run[1] : run[1] + 2]
    if end > run[1]:
        yield from _described(tokens[run[1] + 1 : end])
    elif len(behind) > 1 and behind[0].lower == "of" and phrases.is_name(behind[1]):
        yield from _described(behind)


def _extent(tokens: Sequence[Token], run: Range) -> Range:
    """The name with what tells who that is: "Foreign Minister Ana Rell, a lawyer from Lodden"."""
    start, end = run
    if start > 1 and tokens[start - 1].text == "," and tokens[start - 2].lower in _nouns():
        start -= 1  # "the foreign minister, Ana Rell"
    while start > max(0, run[0] - _ROLE) and (
        phrases.is_name(tokens[start - 1])
        or tokens[start - 1].lower in _nouns()
        or (tokens[start - 1].lower == "of" and people.is_title(tokens[max(0, start - 2)]))
    ):
        start -= 1
    if end + 1 >= len(tokens) or tokens[end].text != ",":
        return start, end
    opening = tokens[end + 1].lower
    if not (opening in {"the", "a", "an"} or opening in lexicon.titles()):
        return start, end
    stop = end + 1
    while stop < min(len(tokens), end + _TOLD) and phrases.is_word(tokens[stop]):
        stop += 1
    return start, stop


def _described(tokens: Iterable[Token]) -> list[str]:
    """The words of a description that say something, offices in full."""
    left_out = lexicon.grammar("determiner") | lexicon.grammar("preposition")
    found = []
    for token in tokens:
        if token.lower in lexicon.grammar("boundary") or not phrases.is_word(token):
            break
        if token.lower not in left_out:
            word = people.without_possessive(token.lower)
            found.append(_SHORT.get(word, word))
    return found


@cache
def _nouns() -> frozenset[str]:
    """Nouns for one person by office, calling or kin."""
    kinds = ("kin", "calling")
    return lexicon.titles() | lexicon.sources("unnamed").union(*map(lexicon.grammar, kinds))


def _unnamed(tokens: Sequence[Token], names: Sequence[tuple[Range, str]]) -> Iterator[int]:
    """The nouns that mean one person, but for those that stand beside a name."""
    beside = {place for run, _ in names for place in range(*_extent(tokens, run))}
    for place, token in enumerate(tokens):
        following = tokens[place + 1 : place + 2]
        if (
            place not in beside
            and speakers.has_role([token])
            and not any(people.is_role(one) for one in following)
            and (token.lower.endswith("ss") or not token.lower.endswith("s"))
        ):
            yield place


def is_new(tokens: Sequence[Token], noun: int) -> bool:
    """Whether a noun tells of somebody new: "a senator from Lodden"."""
    return tokens[_start(tokens, noun)].lower in {"a", "an", "one", "another"}


def _start(tokens: Sequence[Token], noun: int) -> int:
    """Where the phrase that ends in a noun begins."""
    left_out = [lexicon.grammar(kind) for kind in ("preposition", "boundary", "verb")]
    start = noun
    while (
        start > max(0, noun - _ROLE)
        and tokens[start].lower not in lexicon.grammar("determiner")
        and phrases.is_word(tokens[start - 1])
        and not any(tokens[start - 1].lower in words for words in left_out)
    ):
        start -= 1
    return start


def _mentions(
    tokens: Sequence[Token], names: Sequence[tuple[Range, str]], roles: Roles
) -> tuple[Mention, ...]:
    """Who is named or told of in a sentence, in order."""
    found = []
    before = lexicon.titles() | lexicon.grammar("determiner")
    for (first, end), who in names:
        start = first
        while start > 0 and tokens[start - 1].lower in before:
            start -= 1
        owner = people.is_possessive(tokens[end - 1])
        owned = tokens[end : end + _TOLD_OF] if owner else ()
        noun = next(filter(None, map(_pronoun, owned)), None)
        found.append(Mention(first, who, owner, _is_governed(tokens, start), noun))
    for place in _unnamed(tokens, names):
        start = _start(tokens, place)
        bearer = roles.bearer(tokens[start : place + 1])
        governed = _is_governed(tokens, start)
        if bearer is not None:
            found.append(Mention(place, bearer, False, governed, None))
        elif not governed and all(one.aside or place < one.place for one in found):
            noun = _pronoun(tokens[place])
            found.append(Mention(place, tokens[place].start, False, governed, noun))
    return tuple(sorted(found, key=lambda one: one.place))


def _pronoun(token: Token) -> str | None:
    """Which of "he" and "she" a noun for one person tells them to be: "she" for a niece."""
    if speakers.has_role([token]):
        for pronoun, kind in (("he", "his"), ("she", "hers")):
            if token.lower in lexicon.grammar(kind):
                return pronoun
    return None


def _is_governed(tokens: Sequence[Token], start: int) -> bool:
    """Whether what begins at `start` stands behind a preposition."""
    return start > 0 and tokens[start - 1].lower in lexicon.grammar("preposition")
