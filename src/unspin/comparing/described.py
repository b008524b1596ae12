"""What a document says of the people it names: roles, whom they speak for, sex and age.

In: the text and the names that stand in it. Nothing is taken of anybody but what stands right
before or behind the name: "Velland's foreign minister, Ana Rell, 51,".
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple

from unspin.comparing import naming

Sex = Literal["f", "m"]

_BEFORE, _BEHIND = 90, 110  # characters around a name that can describe it
_CLAUSE = re.compile(r"[.;:!?](?:\s|$)|[\"“”„«»()\n]|\s[–—]\s")
_CAPITAL = r"[^\W\d_a-z][\w’'.&-]*"
_CAPITALS = rf"{_CAPITAL}(?:[ ](?:of[ ](?:the[ ])?|and[ ]|for[ ])?{_CAPITAL}){{0,5}}"
_OWNED = re.compile(
    rf",?[ ](?:of|for|from|at|in|with|to)[ ](?:the[ ])?(?P<owner>{_CAPITALS}|[a-z][a-z-]+)"
)
_OWNING = re.compile(rf"(?P<owner>{_CAPITALS}|(?<=the[ ])[a-z][a-z-]+[’']s?)(?:[ ]?[’']s?)?[ ]$")
_ADJOINING = re.compile(
    rf"(?:[ ](?:of|for|at|in|to)[ ](?:the[ ])?{_CAPITALS})?,?[ ](?:(?:Mr|Mrs|Ms|Dr)\.?[ ])?$"
)
_APPOSED = re.compile(r"(?:,[ ]|[ ]\()(?P<age>\d\d)(?=[,).])|,[ ]?(?P<words>[^,;:.!?\"“”\n]{3,90})")
_AGED = re.compile(r"(\d\d)-year-old[ ](?:[\w-]+[ ]){0,3}$")
_PAST = re.compile(
    r"\b(?:former|formerly|ex|then|previous|outgoing|acting|interim|deputy|new|newly)\b[ -]*",
    re.IGNORECASE,
)
_GIVEN = re.compile(rf"(?P<given>{_CAPITAL})(?:[ ][^\W\d_a-z]\.)*[ ]$")
_GENITIVE = re.compile(r"\s?[’']s?$")
_OPENING = frozenset(  # words that have a capital only because they open a sentence
    """the a an and but so or yet if when while as after before since because although though in
    on at by to from with of for it he she they we i his her its their our this that these those
    there then now still also even only meanwhile later earlier however asked what who why how
    where""".split()
)
_HERS = re.compile(
    r"\b(?:ms|mrs|miss|\w+woman|mother|sister|daughter|wife|widow|actress|queen|princess|duchess"
    r"|dame|baroness|waitress|nun|girl|lady|grandmother|empress|headmistress)\b",
    re.IGNORECASE,
)
_HIS = re.compile(
    r"\b(?:mr|sir|\w*(?:s|r|n|y|e|d|t|l|h)man|father|brother|son|husband|widower|actor|king|prince"
    r"|duke|baron|waiter|monk|boy|lord|grandfather|emperor|headmaster)\b",
    re.IGNORECASE,
)
_NO_MAN = re.compile(r"\b\w*(?:wo|ger|hu|otto|nor)man\b", re.IGNORECASE)


class Role(NamedTuple):
    """What somebody is called: the kind of role, its field, and what it is for."""

    kind: str
    field: str
    portfolio: str | None


@dataclass(slots=True)
class Described:
    """What is said of one person."""

    roles: set[Role] = field(default_factory=set)
    owners: Counter[str] = field(default_factory=Counter)  # whom it is said to belong to
    sexes: Counter[Sex] = field(default_factory=Counter)
    ages: set[int] = field(default_factory=set)
    given: set[str] = field(default_factory=set)  # what stands before a surname alone, folded

    def include(self, other: "Described") -> None:
        """Take in what is said elsewhere; ages, which change, are left out."""
        self.roles |= other.roles
        self.owners.update(other.owners)
        self.sexes.update(other.sexes)
        self.given |= other.given

    def read(self, before: str, behind: str) -> None:
        """Take in the words of one clause before the name and behind it."""
        self.sexes.update(_sexes(" ".join(before.split()[-1:])))
        for role, start, end in reversed(list(_roles(before))):
            if _ADJOINING.fullmatch(before, end) or not before[end:].strip(" ,."):
                self._take(role, before[:start], before[start:end], before[end:])
            break
        if aged := _AGED.search(before):
            self.ages.add(int(aged[1]))
        apposed = _APPOSED.match(behind)
        if apposed and apposed["age"]:
            self.ages.add(int(apposed["age"]))
            apposed = _APPOSED.match(behind, apposed.end())
        if apposed and apposed["words"]:
            words = apposed["words"]
            for role, start, end in list(_roles(words))[:2]:
                self._take(role, words[:start], words[start:end], words[end:])
        elif owned := re.match(rf"[ ]of[ ](?:the[ ])?(?P<owner>{_CAPITALS})", behind):
            self.own(owned["owner"])

    @property
    def sex(self) -> Sex | None:
        """The one that most words say; None where as many say the other."""
        ranked = self.sexes.most_common(2)
        if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
            return None
        return ranked[0][0]

    def own(self, owner: str) -> None:
        """Take in the name of a body or country that the person is said to belong to."""
        name = _GENITIVE.sub("", owner)
        first, _, rest = name.partition(" ")
        name = rest if first.lower() in _OPENING else name
        if name:
            self.owners[name] += 1

    def _take(self, role: Role, before: str, named: str, behind: str) -> None:
        if role.field != "title":
            self.roles.add(role)
        self.sexes.update(_sexes(named))
        if owning := _OWNING.search(_PAST.sub("", before)):
            self.own(owning["owner"])
        if owned := _OWNED.match(behind):
            self.own(owned["owner"])


def people(text: str, names: Mapping[str, Sequence[str]]) -> dict[str, Described]:
    """What `text` says of each person; `names` gives how each is written, longest first."""
    found = {name: Described() for name in names}
    forms: dict[str, list[str]] = {}
    for name, written in names.items():
        for form in written:
            forms.setdefault(form, []).append(name)
    if not forms:
        return found
    either = "|".join(re.escape(form) for form in sorted(forms, key=lambda one: (-len(one), one)))
    for match in re.finditer(rf"(?<![\w-])(?:{either})(?![\w-])", text):
        whose = forms[match.group()]
        before = _last_clause(text[max(0, match.start() - _BEFORE) : match.start()])
        if " " not in match.group():
            given = _given(before)
            for name in whose if given else ():
                found[name].given.add(given)
            if given and any(" " in form for form in names[whose[0]]):
                continue  # of somebody else: the full name would have been met
        if len(whose) == 1:
            found[whose[0]].read(before, text[match.end() : match.end() + _BEHIND])
    return found


def _given(before: str) -> str:
    """The given name right before a surname, folded; "" where there is none."""
    match = _GIVEN.search(before)
    if match is None or naming.is_title(match["given"]) or match.start() == 0:
        return ""
    given = match["given"].rstrip(".")
    return "" if given.lower() in _OPENING else naming.fold(given)


def _sexes(words: str) -> set[Sex]:
    found: set[Sex] = set()
    if _HERS.search(words):
        found.add("f")
    if _HIS.search(_NO_MAN.sub("", words)):
        found.add("m")
    return found


def _last_clause(words: str) -> str:
    cuts = [match.end() for match in _CLAUSE.finditer(words) if not _titled(words, match.start())]
    return words[cuts[-1] :] if cuts else words


def _titled(words: str, stop: int) -> bool:
    """Whether a full stop closes a title or an initial."""
    return (
        words[stop] == "." and re.search(r"\b(?:[A-Z]|[A-Z][a-z]{1,3})$", words[:stop]) is not None
    )


def _roles(words: str) -> Iterator[tuple[Role, int, int]]:
    """The roles in some words, with the places where they start and end."""
    pattern, kinds, portfolios = _vocabulary()
    for match in pattern.finditer(words):
        kind, area = kinds[match["role"].lower()]
        portfolio = match["for"] or match["of"]
        known = portfolios.get(portfolio.lower()) if portfolio else None
        yield Role(kind, area, known), match.start(), match.end()


@cache
def _vocabulary() -> tuple[re.Pattern[str], dict[str, tuple[str, str]], dict[str, str]]:
    kinds: dict[str, tuple[str, str]] = {}
    portfolios: dict[str, str] = {}
    text = (files("unspin.comparing") / "words" / "roles.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line.startswith("#"):
            area, kind, words = (part.strip() for part in re.split("[|:]", line))
            for word in words.split(", "):
                if area == "portfolio":
                    portfolios[word] = kind
                else:
                    kinds.setdefault(word, (kind, area))
    roles, matters = (
        "|".join(re.escape(word) for word in sorted(words, key=lambda one: (-len(one), one)))
        for words in (kinds, portfolios)
    )
    pattern = (
        rf"(?<![\w-])(?:(?P<for>{matters})[ ])?(?P<role>{roles})(?![\w-])\.?"
        rf"(?:[ ](?:of|for)[ ](?:the[ ])?(?P<of>{matters})(?![\w-]))?"
    )
    return re.compile(pattern, re.IGNORECASE), kinds, portfolios
