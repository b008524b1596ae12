"""Bodies across documents: governments, ministries, parties, unions, companies.

"Foreign Ministry of Velland", "Velland's foreign ministry" and "Ministry of Foreign Affairs of
Velland" are one; so is an acronym and the name it is made of, where a document gives both.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from unspin.comparing import countries
from unspin.comparing.heard import Cluster, Source

_ODDS = 2.5  # log-odds of two bodies of one name being one
_ALIKE = {
    "affair": "",
    "administration": "government",
    "department": "ministry",
    "defense": "defence",
    "labor": "labour",
    "organization": "organisation",
    "center": "centre",
    "legislature": "parliament",
}
_NAME = r"[^\W\d_][\w’'-]*"
_LONG = rf"{_NAME}(?:[ ]{_NAME}){{1,8}}"
_SHORT = r"[A-Z][A-Z.&]{1,7}"
_EXPANDED = re.compile(
    rf"(?P<name>{_LONG})[ ]\((?:or[ ])?(?:the[ ])?[\"“]?(?P<short>{_SHORT})[\"”]?\)"
    rf"|(?P<first>{_SHORT})[ ]\((?:the[ ])?(?P<long>{_LONG})\)"
)


def find(sources: Sequence[Source]) -> list[Cluster]:
    """The bodies that the sources are, each as a cluster of them; every source is in one."""
    long = _expansions(sources)
    found: dict[frozenset[str], Cluster] = {}
    for source in sources:
        name = min(source.names)
        key = _key(long.get(_letters(name), name))
        if key in found:
            found[key].add(source, _ODDS)
        else:
            found[key] = Cluster.of(source)
    return list(found.values())


def _key(name: str) -> frozenset[str]:
    """What a name says without order, small words and what makes adjectives of countries."""
    words = {_ALIKE.get(word, word) for word in countries.keys(name)}
    return frozenset(words - {""}) or frozenset({name})


def _letters(name: str) -> str:
    return name.replace(".", "").replace("&", "")


def _expansions(sources: Sequence[Source]) -> dict[str, str]:
    """What each acronym is short for; those that stand for two names are left out."""
    meant: dict[str, dict[frozenset[str], str]] = defaultdict(dict)
    texts = {source.document: source.marks.document.text for source in sources}
    for place in sorted(texts):
        for acronym, name in _expanded(texts[place]):
            meant[acronym].setdefault(_key(name), name)
    return {
        acronym: next(iter(names.values())) for acronym, names in meant.items() if len(names) == 1
    }


def _expanded(text: str) -> Iterator[tuple[str, str]]:
    """The acronyms a text explains, and what they are short for."""
    for match in _EXPANDED.finditer(text):
        acronym = _letters(match["short"] or match["first"])
        words = (match["name"] or match["long"]).split()
        for start, word in enumerate(words):
            initials = "".join(one[0] for one in words[start:] if one[0].isupper())
            if word[0].isupper() and initials == acronym:
                yield acronym, " ".join(words[start:])
                break
