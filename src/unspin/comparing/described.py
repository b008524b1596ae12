"""What a document says of the people it names: roles, whom they speak for, sex and age.

In: the text and the names that stand in it. Nothing is known of anybody but what stands right
before or behind the name: "Velland's foreign minister, Ana Rell, 51,".
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Literal

Sex = Literal["f", "m"]

_BEFORE, _BEHIND = 90, 110  # characters around a name that can describe it
_CLAUSE = re.compile(r"[.;:!?\"“”„«»()\n](?:\s|$)|[\"“”„«»()\n]|\s[–—]\s")
_CAPITALS = r"[^\W\d_a-z][\w’'.&-]*(?:[ ](?:of[ ]|and[ ]|for[ ])?[^\W\d_a-z][\w’'.&-]*){0,5}"
_OWNER = re.compile(
    rf"[ ](?:of|for|from|at|in|with|to)[ ](?:the[ ])?(?P<owner>{_CAPITALS}|[a-z][a-z-]+)"
)
_OWNING = re.compile(rf"(?P<owner>{_CAPITALS}|(?<=the[ ])[a-z][a-z-]+)(?P<genitive>[’']s?)?[ ]$")
_ADJOINING = re.compile(
    rf"(?:[ ](?:of|for|at|in|to)[ ](?:the[ ])?{_CAPITALS})?,?[ ](?:(?:Mr|Mrs|Ms|Dr)\.?[ ])?$"
)
_APPOSED = re.compile(r"(?:,[ ]|[ ]\()(?P<age>\d\d)(?=[,)])|,[ ](?P<words>[^,;:.!?\"“”\n]{3,90})")
_AGED = re.compile(r"(\d\d)-year-old[ ](?:[\w-]+[ ]){0,3}$")
_PAST = re.compile(r"\b(?:former|ex|late|then|previous|outgoing|acting|interim)\b", re.IGNORECASE)
_HERS = re.compile(
    r"\b(?:ms|mrs|miss|\w+woman|mother|sister|daughter|wife|widow|actress|queen|princess|duchess"
    r"|dame|baroness|waitress|nun|girl|lady|grandmother|empress)\b",
    re.IGNORECASE,
)
_HIS = re.compile(
    r"\b(?:mr|sir|\w+(?<!wo)man(?<!german)(?<!human)(?<!ottoman)|father|brother|son|husband"
    r"|widower|actor|king|prince|duke|baron|waiter|monk|boy|lord|grandfather|emperor)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Role:
    """What somebody is called: the kind of role, its field, and what it is for."""

    kind: str
    field: str
    portfolio: str | None


@dataclass(slots=True)
class Described:
    """What one document says of one person."""

    roles: set[Role] = field(default_factory=set)
    owners: dict[str, int] = field(default_factory=dict)  # as written -> how often
    sexes: set[Sex] = field(default_factory=set)
    ages: set[int] = field(default_factory=set)

    def add(self, before: str, behind: str) -> None:
        """Take in the words of one clause before the name and behind it."""
        for described in _adjoining(before):
            self._take(*described)
        if aged := _AGED.search(before):
            self.ages.add(int(aged[1]))
        place = 0
        while match := _APPOSED.match(behind, place):
            place = match.end()
            if match["age"]:
                self.ages.add(int(match["age"]))
                continue
            for role, start, end in list(_roles(match["words"]))[:2]:
                self._take(role, match["words"][:start], match["words"][end:])
            break
        if owned := re.match(rf"[ ]of[ ](?P<owner>{_CAPITALS})", behind):
            self._own(owned["owner"])

    def _take(self, role: Role, before: str, behind: str) -> None:
        self.roles.add(role)
        self.sexes |= _sexes(before[-12:] + " " + behind[:1])
        owning = _OWNING.search(_PAST.sub("", before).replace("  ", " "))
        if owning:
            self._own(owning["owner"])
        if owned := _OWNER.match(behind):
            self._own(owned["owner"])

    def _own(self, owner: str) -> None:
        owner = re.sub(r"[’']s?$", "", owner)
        self.owners[owner] = self.owners.get(owner, 0) + 1


def people(text: str, names: Mapping[str, Iterable[str]]) -> dict[str, Described]:
    """What `text` says of each name; `names` gives the written forms a name has in it."""
    found = {name: Described() for name in names}
    forms: dict[str, list[str]] = {}
    for name, written in names.items():
        for form in written:
            forms.setdefault(form, []).append(name)
    if not forms:
        return found
    either = "|".join(re.escape(form) for form in sorted(forms, key=lambda one: (-len(one), one)))
    for match in re.finditer(rf"(?<![\w-])(?:{either})(?![\w-])", text):
        if len(forms[match.group()]) > 1:
            continue  # of two people
        described = found[forms[match.group()][0]]
        before = _last_clause(text[max(0, match.start() - _BEFORE) : match.start()])
        behind = text[match.end() : match.end() + _BEHIND]
        described.add(before, behind)
        described.sexes |= _sexes(before[-6:])
    return found


def _sexes(words: str) -> set[Sex]:
    found: set[Sex] = set()
    if _HERS.search(words):
        found.add("f")
    if _HIS.search(words):
        found.add("m")
    return found


def _last_clause(words: str) -> str:
    cuts = [match.end() for match in _CLAUSE.finditer(words) if not _titled(words, match.start())]
    return words[cuts[-1] :] if cuts else words


def _titled(words: str, stop: int) -> bool:
    """Whether a full stop closes a title or an initial."""
    return re.search(r"\b(?:[A-Z]|[A-Z][a-z]{1,3})$", words[:stop]) is not None


def _adjoining(before: str) -> Iterator[tuple[Role, str, str]]:
    """The last role before a name, where nothing but its owner stands between, and its words."""
    for role, start, end in reversed(list(_roles(before))):
        behind = before[end:]
        if _ADJOINING.match(behind) or not behind.strip(" ,."):
            yield role, before[:start], behind
        return


def _roles(words: str) -> Iterator[tuple[Role, int, int]]:
    """The roles in some words, with the places where they start, their portfolio included."""
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
        if line.startswith("#"):
            continue
        area, rest = line.split("|")
        kind, words = rest.split(":")
        for word in words.split(","):
            if area.strip() == "portfolio":
                portfolios[word.strip()] = kind.strip()
            else:
                kinds.setdefault(word.strip(), (kind.strip(), area.strip()))
    either = [
        "|".join(re.escape(word) for word in sorted(words, key=lambda one: (-len(one), one)))
        for words in (kinds, portfolios)
    ]
    pattern = (
        rf"(?<![\w-])(?:(?P<for>{either[1]})[ ])?(?P<role>{either[0]})(?![\w-])\.?"
        rf"(?:[ ](?:of|for)[ ](?:the[ ])?(?P<of>{either[1]})(?![\w-]))?"
    )
    return re.compile(pattern, re.IGNORECASE), kinds, portfolios
