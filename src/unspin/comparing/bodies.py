"""Bodies across documents: governments, ministries, parties, unions, companies.

"Foreign Ministry of Velland", "Velland's foreign ministry" and "Ministry of Foreign Affairs of
Velland" are one; so are an acronym and the name it is made of, and two names of which a document
has one in brackets behind the other. A name that says no more than "the army" is that of the one
army its document names. Where that names none or two it stays alone, but for bodies of which a
story has one, as the police.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from unspin.comparing import countries
from unspin.comparing.contexts import Contexts
from unspin.comparing.heard import Cluster, Source
from unspin.comparing.words import lines

_ODDS = 2.5  # log-odds of two bodies of one name being one
_STORY = 1.0  # log-odds of two contexts from which two names without an owner are one
_ALIKE = {  # words as they are without what makes an adjective of them
    "affairs": "",
    "administration": "government",
    "department": "ministry",
    "defens": "defenc",
    "labor": "labour",
    "organization": "organisation",
    "center": "centr",
    "legislatur": "parliament",
    "treasury": "financ ministry",
}
_CAPITAL = r"[^\W\d_a-z][\w’'.&-]*"
_SMALL = r"(?:[ ](?:of|for|and|the|des?|du|del|da|do|der|y|e|für|sans)){0,2}"
_NAME = rf"{_CAPITAL}(?:{_SMALL}[ ]{_CAPITAL}){{0,8}}"
_BRACKETED = re.compile(
    rf"(?P<name>{_NAME})(?:[ ]\((?:or[ ])?|,?[ ](?:(?P<either>or)|(?:also[ ])?known[ ]as)[ ])"
    rf"(?:the[ ])?[\"“]?(?P<other>{_NAME})"
    rf"|(?P<whole>{_NAME}),[ ](?P<short>[A-Z]{{2,8}})[ ]for[ ]short"
)
_LOOSE = 2  # words; the National Electoral Commission is one in its country
_MINISTRY = re.compile(  # of one matter or two, and of nobody
    r"(?:the[ ])?(?:ministry|department)[ ](?:of|for)[ ][\w-]+(?:(?:,|[ ]and)[ ][\w-]+){0,2}",
    re.IGNORECASE,
)
_ACRONYM = re.compile(r"[A-Z][A-Z.&]{1,7}")
_Key = frozenset[str]


def find(sources: Sequence[Source], contexts: Contexts) -> list[Cluster]:
    """The bodies that the sources are, each as a cluster of them; every source is in one."""
    texts = {source.document: source.marks.document.text for source in sources}
    meant = _meant(texts, {name for source in sources for name in source.names})
    clusters: list[Cluster] = []
    known: dict[_Key, Cluster] = {}
    there: dict[int, dict[_Key, Cluster]] = defaultdict(dict)  # by document

    def settle(source: Source, key: _Key, cluster: Cluster | None) -> None:
        if cluster:
            cluster.add(source, _ODDS)
        else:
            cluster = Cluster.of(source)
            clusters.append(cluster)
            known.setdefault(key, cluster)
        there[source.document][key] = cluster

    loose: list[tuple[Source, _Key, set[_Key]]] = []
    for source in sources:
        name = min(source.names)
        key = meant.get(key_of(name), key_of(name))
        is_ministry = _MINISTRY.fullmatch(name) is not None
        owners = set[_Key]()
        if is_generic(key) or is_ministry:
            owners = _owners(name, texts[source.document])
        if is_generic(key) and len(owners) == 1:
            key = key.union(*owners)
        if is_generic(key) or is_ministry:
            loose.append((source, key, owners))
        else:
            settle(source, key, known.get(key))
    for source, key, owners in loose:
        if len(owners) > 1:
            settle(source, frozenset({f"{min(source.names)} {source.document}"}), None)
        else:
            settle(source, key, _of_story(key, source, there, contexts))
    return clusters


def key_of(name: str, *, seats: bool = False) -> _Key:
    """What a name says without order, small words and what makes adjectives of countries.

    `seats` is as in `countries.keys`.
    """
    found = countries.keys(name, seats=seats)
    words = {part for word in found for part in _ALIKE.get(word, word).split()}
    return frozenset(words) or frozenset({name})


def _meant(texts: Mapping[int, str], names: Iterable[str]) -> dict[_Key, _Key]:
    """The names that others stand for: an acronym for what it is made of, a second for a first.

    One that may stand for two is left out.
    """
    found: dict[_Key, set[_Key]] = defaultdict(set)
    spelt: dict[str, set[_Key]] = defaultdict(set)
    for name in names:
        spelt[_initials(name)].add(key_of(name))
    for place in sorted(texts):
        for match in _BRACKETED.finditer(texts[place]):
            name, other = match["name"] or match["whole"], match["other"] or match["short"]
            letters = _letters(other)
            if _ACRONYM.fullmatch(other):
                words = name.split(" ")
                starts = [at for at in range(len(words)) if _initials(words[at:]) == letters]
                found[key_of(other)].add(key_of(" ".join(words[starts[-1] :] if starts else words)))
            elif not match["either"] and (
                _ACRONYM.fullmatch(name) or (" " in name and " " in other)
            ):
                found[key_of(name)].add(key_of(other))
    for name in names:
        if _ACRONYM.fullmatch(name) and not found[key_of(name)]:
            found[key_of(name)] |= spelt[_letters(name)] - {key_of(name)}
    return {key: next(iter(keys)) for key, keys in found.items() if len(keys) == 1}


def _letters(name: str) -> str:
    return name.replace(".", "").replace("&", "")


def _initials(name: str | Sequence[str]) -> str:
    """The first letters of the words of a name that have a capital."""
    words = name.split(" ") if isinstance(name, str) else name
    return "".join(word[0] for word in words if word[:1].isupper())


def _owners(name: str, text: str) -> set[_Key]:
    """Whose bodies of that name a text names: "Velland's army", "the Galdovian army"."""
    plain = re.escape(name)
    pattern = re.compile(
        rf"(?P<owner>{_CAPITAL}(?:[ ]{_CAPITAL})?)(?:[’']s?)?[ ](?i:{plain})\b"
        rf"|\b(?i:{plain})[ ](?:of|for|in)[ ](?:the[ ])?(?P<owned>{_NAME})"
    )
    found = set()
    for match in pattern.finditer(text):
        key = key_of(match["owner"] or match["owned"])
        if not is_generic(key) and (match["owned"] or match["owner"] not in {"The", "A", "An"}):
            found.add(key)
    return found


def _of_story(
    key: _Key, source: Source, there: Mapping[int, Mapping[_Key, Cluster]], contexts: Contexts
) -> Cluster | None:
    """The one body that a name without an owner can be, in the documents of the same story.

    That is one whose owner the document names besides, or else one that a story has but once.
    """
    names = {stem for term in contexts.terms[source.document][0] for stem in countries.keys(term)}
    near = [
        place
        for place in contexts.near[source.document]
        if place in there and contexts.odds(source.document, place, ()) >= _STORY
    ]
    owned = {
        id(cluster): cluster
        for place in near
        for other, cluster in there[place].items()
        if len(key & other) >= min(len(key), _LOOSE)
        and other - key
        and other - key <= names
        and _alone(source.document, place, contexts)
    }
    if len(owned) == 1:
        return next(iter(owned.values()))
    if owned or not key <= _generic("local"):
        return None
    return next(
        (there[place][key] for place in (source.document, *near) if key in there[place]), None
    )


def _alone(one: int, other: int, contexts: Contexts) -> bool:
    """Whether two documents share one name only, so that it is clear whose a body is."""
    return len(contexts.terms[one][0] & contexts.terms[other][0]) == 1


def is_generic(key: _Key) -> bool:
    """Whether a name says no more than what kind of body it is of."""
    return len(key) <= _LOOSE and key <= _generic("any") | _generic("local")


@cache
def _generic(kind: str) -> _Key:
    """The words of a line of `words/generic.txt`, as keys have them."""
    rows = (line.split("|") for line in lines("generic.txt"))
    words = (word for area, some in rows if area.strip() == kind for word in some.split())
    return frozenset(key for word in words for key in key_of(word))
