"""Bodies across documents: governments, ministries, parties, unions, companies.

"Foreign Ministry of Velland", "Velland's foreign ministry", "Vellandic Ministry of Foreign Affairs"
and, where a text says that Tarn is the capital of Velland, "the foreign ministry in Tarn" are one;
so are an acronym and the name it is made of, two names of which a document has one in brackets
behind the other, and a name in two languages word by word. So are a land, its capital and its
government, where they speak. A name that says no more than "the army" is that of the one army its
document names, or else of the land the document is about. Where that names none or two it stays
alone, but where a story has one land only, or for bodies of which a story has one, as the police.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import NamedTuple

from unspin import days
from unspin.comparing import countries, described, naming
from unspin.comparing.contexts import Contexts
from unspin.comparing.heard import Cluster, Source
from unspin.comparing.words import lines

_ODDS = 2.5  # log-odds of two bodies of one name being one
_STORY = 1.0  # log-odds of two contexts from which two names without an owner are one
_ARMY = frozenset({"army"})
_FORCES, _DEFENDING = frozenset({"forc"}), frozenset({"defenc", "forc"})
_ALIKE = {  # words as they are without what makes an adjective of them
    "affairs": "",
    "administration": "government",
    "agency": "authority",
    "department": "ministry",
    "defens": "defenc",
    "labor": "labour",
    "organization": "organisation",
    "center": "centr",
    "legislatur": "parliament",
    "military": "forc",
    "armed": "",
    "regim": "government",
    "un": "united nations",
    "eu": "european union",
}
_CAPITAL = r"(?<!\w)[^\W\d_a-z][\w’'.&-]{0,60}"
_SMALL = r"(?:[ ](?:of|for|and|the|des?|du|del|da|do|der|y|e|für|sans)){0,2}"
_NAME = rf"{_CAPITAL}(?:{_SMALL}[ ]{_CAPITAL}){{0,8}}"
_CAPITALS, _NAMES = re.compile(_CAPITAL), re.compile(_NAME)
_BRACKETED = re.compile(
    rf"(?P<name>{_NAME})(?:[ ]\((?:or[ ])?|,?[ ](?:(?P<either>or)|(?:also[ ])?known[ ]as)[ ])"
    rf"(?:the[ ])?[\"“]?(?P<other>{_NAME})"
    rf"|(?P<whole>{_NAME}),[ ](?P<short>[A-Z]{{2,8}})[ ]for[ ]short"
)
_STATE_BODIES = ("government", "army", "military", "military council", "parliament", "cabinet")
_OFTEN = 2  # times as often as any other a text names the land that it is about
_FEW = 2  # mentions of a land that tell nothing
_LOOSE = 2  # words; the National Electoral Commission is one in its country
_MINISTRY = re.compile(  # alone, it is that of a matter
    r"\b(?:ministry|department|(?P<alone>treasury|exchequer|(?:foreign|home)[ ]office))\b",
    re.IGNORECASE,
)
_LISTED = re.compile(  # "Ministry of Water and Irrigation"
    r"\b(?:ministry|department)[ ](?:of|for)[ ](?:the[ ])?(?P<list>.+?)(?=[ ](?:of|in)[ ]|$)",
    re.IGNORECASE,
)
_ONLY = re.compile(r"\b(?!the\b)([a-z]{3,})[ ](?:ministry|department)\b", re.IGNORECASE)
_CITY = re.compile(r"^(?:[Tt]he[ ])?[Cc]ity[ ]of[ ](?=[^\W\d_a-z])")
_FORCE = re.compile(r"\b(police|fire|sheriff[’']s)[ ](?:department|force|service)\b", re.IGNORECASE)
_DECORATED = re.compile(  # what a writer puts before a name that is not of it
    r"\b(?:[\w.]+-(?:run|backed|owned|led|controlled|based|funded|sponsored|aligned|affiliated|dominated"
    r"|linked)|powerful|influential|embattled|beleaguered|ruling|fledgling|hard-?line)[ ](?=\w)"
)
_ARTICLE = re.compile(r"^[Tt]he[ ]")
_BODY = re.compile(
    r"(?P<before>(?:[\w’'.-]+[ ])*?)(?P<head>[\w-]+)(?P<behind>[ ](?:of|for|in|at)[ ][\w’'., -]+)?"
)
_ASIDE = re.compile(r",[ ](?:which|who|that)\b|[ ][-–—]+[ ]")  # "the council - which met"
_LETTERED = re.compile(r"[A-Z]{3,8}")
_ONE = re.compile(r"(?:an?|one|some|two|three|several|many|most)[ ]", re.IGNORECASE)
_SPEAKING = re.compile(  # a person's spokesman does not speak for a body
    r"(?:(?:[Aa]n?|[Tt]he|[Ii]ts)[ ](?:[a-z-]+[ ])?spokes(?:(?:wo)?man|person)[ ](?:for|of|at)[ ]"
    r"(?:the[ ])?(?P<body>[^\W\d_a-z].*)|(?:[Aa]n?|[Tt]he)[ ](?P<owner>[^\W\d_a-z].*)[ ]"
    r"spokes(?:(?:wo)?man|person))"
)
_OPENED = re.compile(
    r"^(?:.*\.[ ])?(?:(?:The|An?|All|Both|Many|Most|Other|Some)\b[ ]?)?"
)  # "at Kell. The army"
_GENITIVE = re.compile(r"[’']s?$")
_SPACED = re.compile(r"\s+(?=[’'])")
_LEGAL = re.compile(
    r",?[ ](?:Ltd|Inc|Corp|Co|plc|PLC|LLC|LLP|AG|ASA?|AB|Oyj?|GmbH|SE|NV|BV|SA|SpA|Srl|SARL|Kft)"
    r"\.?$|,?[ ](?:S\.A\.|S\.p\.A\.|N\.V\.|B\.V\.|A\.S\.)$"
)
_DESCRIBED = re.compile(rf"^(?:[a-z][\w’'-]*[ ])*(?P<head>[a-z]+)[ ](?={_CAPITAL})")
_KIND = re.compile(
    r"(?<=\w)[ ](?:party|movement|group|militia|coalition|alliance|newspaper|company)$"
)
_OUTLET = re.compile(
    r"(?<=[^\W_]{3})[ ](?:(?i:news[ ]agency|newspaper|magazine|television)|TV|News)$"
)
_OWNED = re.compile(r"^.*[’']s?[ ](?:[a-z][\w-]*[ ])*(?=[^\W\d_a-z])")
_STATE = re.compile(
    r"(?:government|ministry|minister|president|presidency|premier|parliament|army|troops|forces|navy"
    r"|embassy|ambassador|cabinet|capital|border|coast|king|queen|state|people)"
)
_LAND = re.compile(
    rf"(?P<owner>(?!(?:The|An?|Its|His|Her|Their|Our|My|No)\b){_CAPITAL})[ ](?:[a-z-]+[ ]){{0,2}}"
    rf"{_STATE.pattern}\b"
    rf"|\b{_STATE.pattern}[ ]of[ ](?:the[ ])?(?P<owned>{_CAPITAL})"
)
_ACTING = re.compile(
    rf"\b(?:that|said|and|but|as|if|while)[ ](?P<name>{_CAPITAL})[ ]"
    r"(?:has|had|will|would|could|can|must|may|might|is|was|wants?|does|did)\b"
)
_PLACE = re.compile(
    rf"(?<=\bin[ ])(?:the[ ])?{_CAPITAL}|(?<=\b(?:of|at)[ ])(?:the[ ])?{_CAPITAL}"
    rf"|(?<=\bfrom[ ])(?:the[ ])?{_CAPITAL}|{_CAPITAL}(?=[’']s?[ ])"
)
_INSIDE = re.compile(rf"(?<=\b[Ii]n[ ])(?:the[ ])?{_CAPITAL}")
_SEAT = re.compile(
    rf"(?P<seat>{_NAME}),[ ](?:the[ ]|which[ ]is[ ]the[ ])?capital[ ]of[ ](?:the[ ])?"
    rf"(?P<land>{_NAME})|(?P<owner>{_CAPITAL}(?:[ ]{_CAPITAL})?)[ ](?:[a-z]+[ ])?capital"
    rf"(?:[ ]city)?,?[ ](?:of[ ])?(?P<city>{_NAME})"
)
_ACRONYM = re.compile(r"[A-Z][A-Z.&]{1,7}")
_LETTERS = 8  # of an acronym
_MONTHS = countries.keys(" ".join(days.MONTHS))
_SPELT = re.compile(r"(?<![\w’'-])[A-Z][\w’'-]*[a-z][\w’'-]*")  # a word that gives a letter
_Key = frozenset[str]
_Loose = tuple[Source, _Key, set[_Key]]  # with the owners that its text gives bodies of its name
_Spelt = defaultdict[tuple[int, str], set[_Key]]  # by document and initials


@dataclass(frozen=True, slots=True)
class _Meanings:
    """What names stand for others."""

    of: dict[_Key, _Key]  # an acronym or a second name, and what it is of
    short: dict[tuple[int, _Key], _Key]  # a name in a document, and the acronym it has there


def find(sources: Sequence[Source], contexts: Contexts) -> list[Cluster]:
    """The bodies that the sources are, each as a cluster of them; every source is in one."""
    texts = {source.document: source.marks.document.text for source in sources}
    told = _Texts(texts, _seats(texts), _peoples(texts), _governments(sources))
    settled, loose = _keyed(sources, told, contexts)
    settled = _armies(settled)
    owned = {key - {word} for _, key in settled for word in key if len(key) > _LOOSE}
    loose += [(source, key, set()) for source, key in settled if key in owned]
    whole = _whole(key for _, key in settled)
    found = _Found([], {}, defaultdict(dict))
    for source, key in settled:
        if key not in owned:
            found.settle(source, whole[key], found.known.get(whole[key]))
    for source, key, owners in loose:
        if len(owners) > 1:
            found.settle(source, frozenset({f"{min(source.names)} {source.document}"}), None)
        else:
            same = found.known.get(key) if key in owned else None
            found.settle(source, key, _of_story(key, source, found, told, contexts) or same)
    return found.clusters


def _keyed(
    sources: Sequence[Source], told: "_Texts", contexts: Contexts
) -> tuple[list[tuple[Source, _Key]], list[_Loose]]:
    """The sources whose names say which body they are, with keys; and those whose names do not."""
    meanings = _meanings(told.texts)
    spelt: _Spelt = defaultdict(set)
    for source in sources:
        name = min(source.names)
        if not _ACRONYM.fullmatch(name):
            spelt[source.document, _initials(name)].add(key_of(name))
    made = _made(sources, told, spelt, contexts)
    agreed = {
        own: next(iter(meant.values()))
        for own, meant in made.items()
        if len(set(meant.values())) == 1
    }
    outlets = Counter(map(_outlet, {min(one.names) for one in sources}))
    short = {key_of(min(one.names)) for one in sources if one.kind != "government"}
    short |= {key for key, count in outlets.items() if count > 1}
    settled: list[tuple[Source, _Key]] = []
    loose: list[_Loose] = []
    for source in sources:
        name = min(source.names)
        own = key_of(name)
        outlet = _outlet(name)
        if outlet in short and not (_is_land(outlet) or outlet <= told.lands(source.document)):
            own = outlet
        key = meanings.of.get(own, own)
        if meant := made.get(own):
            key = meant.get(source.document, agreed.get(own, key))
        key = told.governed(source) or told.seated(key)
        lowly = name.islower() and own == key
        owners = set[_Key]()
        if (lowly or is_nobodys(key)) and not _is_own(key):
            owners = {told.seated(one) for one in _owners(name, told.texts[source.document])}
            least = min(owners, key=len, default=frozenset[str]())
            if all(least <= one for one in owners):
                owners &= {least}  # "Vellish army", "Royal Vellish army"
            if not owners and _is_organ(key):
                owners = told.home(source.document)
            letters = own if own != key else meanings.short.get((source.document, own))
            if len(owners) == 1 or (letters and not owners):
                key = key.union(*owners) if owners else key | (letters or own)
                lowly = False
        if lowly or is_nobodys(key):
            loose.append((source, key, owners))
        else:
            settled.append((source, key))
    return settled, loose


def _armies(settled: Sequence[tuple[Source, _Key]]) -> list[tuple[Source, _Key]]:
    """The sources with the military's key for an army that some write small, as they write no name.

    Not where a navy or an air force of the same owner speaks too.
    """
    keys = {key for _, key in settled}
    small = {
        key: rest | _FORCES
        for source, key in settled
        if key >= _ARMY and "army" in min(source.names)
        if (rest := key - _ARMY) and not rest & _any()
        if keys.isdisjoint({rest | {"navy"}, rest | _FORCES | {"air"}})
    }
    return [(source, small.get(key, key)) for source, key in settled]


@dataclass(frozen=True, slots=True)
class _Found:
    """The bodies so far: all, by key, and by document and key."""

    clusters: list[Cluster]
    known: dict[_Key, Cluster]
    there: defaultdict[int, dict[_Key, Cluster]]

    def settle(self, source: Source, key: _Key, cluster: Cluster | None) -> None:
        """Put a source to a cluster, or make one of it."""
        if cluster:
            cluster.add(source, _ODDS)
        else:
            cluster = Cluster.of(source)
            self.clusters.append(cluster)
            self.known.setdefault(key, cluster)
        self.there[source.document][key] = cluster


def named(words: str) -> str | None:
    """The body that some words name: "the police in Port Varr", by kind and owner; "the IDC"."""
    words = _ARTICLE.sub("", _GENITIVE.sub("", _LEGAL.sub("", _ASIDE.split(words)[0])))
    if _LETTERED.fullmatch(words):
        return words
    found = _BODY.fullmatch(words)
    if found is None or found["head"].lower() not in naming.heads() or _ONE.match(words):
        return None
    rest = f"{found['before'] or ''} {found['behind'] or ''}"
    return words if re.search(_CAPITAL, rest) else None


def whole(name: str, words: str) -> str:
    """A body's name, in full where the marks have the end of it alone: "the Dockers' Union"."""
    return _ARTICLE.sub("", words) if is_generic(key_of(name)) and not _ONE.match(words) else name


def headed(name: str, words: str) -> str | None:
    """The name of a body of which the marks have what it is of: "the Union of Kell Dockers"."""
    found = re.search(r"([^\W\d_a-z]\w+)[ ](?:of|for)[ ](?:the[ ])?$", words.removesuffix(name))
    is_head = found is not None and found[1].lower() in naming.heads()
    return words[found.start(1) :] if found and is_head else None


def is_legal(name: str) -> bool:
    """Whether a name ends as those of firms do: "Rell Ltd"."""
    return _LEGAL.search(name) is not None


def is_lettered(name: str, text: str) -> bool:
    """Whether a text gives the letters of a name behind it: "Rell Dam Trust (RDT)"."""
    _, opening, behind = text.partition(f"{name} (")
    found = _ACRONYM.match(behind) if opening else None
    every = "".join(word[0].upper() for word in name.split())
    return found is not None and _letters(found[0]) in {every, _initials(name)}


def is_called(name: str, text: str) -> bool:
    """Whether a text has an article before a name that ends in what bodies are: "the Iven Club".

    Or before a name wherever it has that, more than once.
    """
    *_, last = name.split(" ")
    articled = text.count(f"he {name}")
    return articled > (0 if last.lower() in naming.heads() else max(1, text.count(name) - 1))


def spoken_for(words: str) -> str | None:
    """The body for which somebody without a name speaks: "a spokesman for the Kell Dam Company"."""
    found = _SPEAKING.fullmatch(words)
    if found is None:
        return None
    body = found["owner"] or found["body"]
    return body if _ACRONYM.fullmatch(body) else named(body)


@lru_cache(1 << 14)
def key_of(name: str, *, seats: bool = False) -> _Key:
    """What a name says without order, small words and what makes adjectives of countries.

    The first matter of a ministry has the key "#finance", each further one "+trade". `seats` is as
    in `countries.keys`.
    """
    plain = _CITY.sub("", _LEGAL.sub("", _SPACED.sub("", name)))
    plain = _DECORATED.sub("", _FORCE.sub(r"\1", plain))
    described_as = _DESCRIBED.match(plain)
    if described_as and described_as["head"] in naming.heads():
        plain = plain[described_as.end() :]  # "the dockers' union NUD"
    if len([word for word in plain.split() if word[:1].isupper()]) > 1:
        plain = _KIND.sub("", plain)
    matters, plain = _matters(plain)
    found = countries.keys(plain, seats=seats)
    words = {part for word in found for part in _same(word).split()}
    if words >= _DEFENDING:
        words -= _DEFENDING - _FORCES  # the Defence Force is the military
    own = {f"{'+' if place else '#'}{one}" for place, one in enumerate(matters)}
    return frozenset(words | own) or frozenset({name})


def _outlet(name: str) -> _Key:
    """The key of an outlet by the first part of its name: "Velland's Kell News Agency"."""
    plain = _OUTLET.sub("", name)
    return key_of(_OWNED.sub("", plain)) if plain != name else frozenset()


def _matters(name: str) -> tuple[list[str], str]:
    """What a ministry is for, in order, and the rest of its name."""
    ministry = _MINISTRY.search(name)
    if ministry is None:
        return [], name
    matters, rest = described.matters(name)
    if ministry["alone"]:
        return matters, f"{rest} ministry"
    listed = _LISTED.search(name)
    if listed and not described.matters(name[: listed.start()])[0]:
        unknown = countries.keys(described.matters(listed["list"])[1])
        rest = name[: listed.start()] + " ministry " + name[listed.end() :]
        first = sorted(unknown, key=lambda word: naming.fold(listed["list"]).find(word))
        return [*matters, *first], described.matters(rest)[1]
    if not matters and (only := _ONLY.search(name)) and not _is_land(key_of(only[1])):
        return sorted(countries.keys(only[1])), name[: only.start(1)] + name[only.end(1) :]
    return matters, rest


@cache
def _same(word: str) -> str:
    """What stands for a word of a key in all its forms and languages."""
    return _ALIKE.get(word, _translated().get(word, word))


@cache
def _translated() -> dict[str, str]:
    """The words of several languages, and the English one of each, as keys have them."""
    found: dict[str, str] = {}
    for line in lines("bodies.txt"):
        first, *others = (min(countries.keys(word)) for word in line.split())
        for other in (first, *others):
            found.setdefault(other, first)
    return found


def _whole(keys: Iterable[_Key]) -> dict[_Key, _Key]:
    """For each key the one it stands for: a ministry's without its further matters.

    Not so where two ministries of one owner share their first matter.
    """
    found: dict[_Key, set[_Key]] = defaultdict(set)
    for key in keys:
        found[_first(key)].add(key)
    return {
        key: first if len(some - {first}) < 2 else key  # noqa: PLR2004 - two ministries
        for first, some in found.items()
        for key in some
    }


def _is_land(key: _Key) -> bool:
    """Whether a key says no more than which country something is of."""
    return key in _lands()


@cache
def _lands() -> frozenset[_Key]:
    return frozenset(key_of(name) for name in countries.names())


def _first(key: _Key) -> _Key:
    return frozenset(word for word in key if not word.startswith("+"))


class _Look(NamedTuple):
    """What one text says of lands, places and bodies."""

    lands: _Key
    home: str | None  # the land it names far more often than any other
    often: _Key  # the lands it names more than once or twice
    capitals: _Key
    places: _Key
    acting: _Key
    spelt: dict[str, set[str]]


@dataclass(frozen=True, slots=True)
class _Texts:
    """What the texts say of lands, each looked at when it is asked for."""

    texts: Mapping[int, str]
    seats: Mapping[str, _Key]  # capitals, and the lands they are of
    peoples: Mapping[str, str]  # what is left of "Vellish", and the land
    governments: frozenset[_Key]  # that are called by nothing but their land or its capital
    known: dict[int, _Look] = field(default_factory=dict)

    def seated(self, key: _Key) -> _Key:
        """The key with lands for their peoples, and a body of state's with that of its capital."""
        named = self._named(key)
        seats = self.seats if named & _organs() else {}
        return frozenset(part for word in named for part in seats.get(word, {word}))

    def governed(self, source: Source) -> _Key | None:
        """The key of the government that a source is which is called by its land or capital."""
        own = key_of(min(source.names))
        if source.kind == "group" or own not in self.governments:
            return None
        seated = key_of(min(source.names), seats=True)
        known = seated if _is_land(seated) else own
        return self.seated(known | key_of("government"))

    def lands(self, document: int) -> _Key:
        """What a text names as one names a land: "Velland's army", "the Vellandic coast"."""
        return self._look(document).lands

    def home(self, document: int) -> set[_Key]:
        """The land that a text is about, which names it far more often than any other; or none."""
        found = self._look(document).home
        return set() if found is None else {self._land(found)}

    def often(self, document: int) -> set[_Key]:
        """The lands that a text names more than once or twice."""
        return {self._land(word) for word in self._look(document).often}

    def capitals(self, document: int) -> _Key:
        """The words that a text has with a capital."""
        return self._look(document).capitals

    def places(self, document: int) -> _Key:
        """What a text names as one names a place, besides lands: "in Kell", "Kell's harbour"."""
        return self._look(document).places

    def acting(self, document: int) -> _Key:
        """What a text has do something by one word: "Velland would wait"."""
        return self._look(document).acting

    def spelt(self, document: int) -> dict[str, set[str]]:
        """The names of several words in a text, by the first letters of these."""
        return self._look(document).spelt

    def _land(self, word: str) -> _Key:
        return self.seated(frozenset(_same(word).split()))

    def _look(self, document: int) -> _Look:
        if document not in self.known:
            text = self.texts.get(document, "")
            owners = (match["owner"] or match["owned"] for match in _LAND.finditer(text))
            lands = self._named({word for owner in owners for word in key_of(owner)})
            self.known[document] = _Look(
                lands - _any(),
                *self._home(text, lands - _any() - _MONTHS),
                self._named(_words(_CAPITALS.findall(text))),
                self._named(_words(_PLACE.findall(text))),
                self._named(_words(_ACTING.findall(text))),
                _by_letters(text),
            )
        return self.known[document]

    def _home(self, text: str, lands: _Key) -> tuple[str | None, _Key]:
        lands = lands & self._named(_words(_INSIDE.findall(text)))
        words = (self._named(countries.keys(name)) for name in _NAMES.findall(text))
        counts = Counter(
            word for some in words for word in some if word.startswith("=") or word in lands
        )
        (first, many), (_, fewer) = [*counts.most_common(2), ("", 0), ("", 0)][:2]
        often = frozenset(word for word, count in counts.items() if count > _FEW)
        return (first if first in often and many >= _OFTEN * fewer else None), often

    def _named(self, key: Collection[str]) -> _Key:
        return frozenset(self.peoples.get(word, word) for word in key)


def _words(names: Iterable[str]) -> _Key:
    return frozenset(word for name in names for word in countries.keys(name))


def _by_letters(text: str) -> dict[str, set[str]]:
    """The names of several words in a text, and those within them, by the first letters of each."""
    found: dict[str, set[str]] = defaultdict(set)
    for name in _NAMES.findall(text):
        words = [(word.start(), word.end(), word[0]) for word in _SPELT.finditer(name)]
        for first, (start, _, _) in enumerate(words):
            for last in range(first + 1, min(len(words), first + _LETTERS)):
                letters = "".join(word[0] for _, _, word in words[first : last + 1])
                found[letters].add(name[start : words[last][1]])
    return found


def _governments(sources: Sequence[Source]) -> frozenset[_Key]:
    """The names that some marks have for a government's and that say nothing of what it is."""
    names = {min(source.names) for source in sources if source.kind == "government"}
    keys = {key_of(name) for name in names if not _ACRONYM.fullmatch(name) and not name.islower()}
    return frozenset(key for key in keys if _is_land(key) or not key & _any())


def _peoples(texts: Mapping[int, str]) -> dict[str, str]:
    """What keys have of the adjectives of lands, where texts name the land: Vellish, Velland."""
    capitals = {word for text in texts.values() for word in _CAPITALS.findall(text)}
    plain = {_GENITIVE.sub("", word) for word in capitals}
    lands = {word.removesuffix("land"): word for word in sorted(plain) if word.endswith("land")}
    return {
        min(countries.keys(word)): min(countries.keys(lands[stem]))
        for word in sorted(plain)
        if word.endswith("ish")
        for stem in (word[:-4], word[:-3])  # "Vellish" has one letter of the "land" in Velland
        if stem in lands
    }


def _seats(texts: Mapping[int, str]) -> dict[str, _Key]:
    """The capitals that texts name as such, each of one word, and the lands they are of."""
    found: dict[str, set[_Key]] = defaultdict(set)
    for _, text in sorted(texts.items()):
        if "capital" in text:
            for match in _SEAT.finditer(text):
                city, land = (
                    key_of(one)
                    for one in (match["seat"] or match["city"], match["land"] or match["owner"])
                )
                if len(city) == 1 and not city & land:
                    found[min(city)].add(land)
    return {city: min(lands) for city, lands in sorted(found.items()) if len(lands) == 1}


def _meanings(texts: Mapping[int, str]) -> _Meanings:
    """The names that texts say others stand for: an acronym for a name, a second for a first.

    One that may stand for two is left out.
    """
    found: dict[_Key, set[_Key]] = defaultdict(set)
    short: dict[tuple[int, _Key], _Key] = {}
    for place in sorted(texts):
        for match in _BRACKETED.finditer(texts[place]):
            name = _ARTICLE.sub("", match["name"] or match["whole"])
            other = match["other"] or match["short"]
            letters = _letters(other)
            opens = match.start() == 0 or texts[place][match.start() - 1] == "\n"
            if opens and name[0] != letters[0]:
                continue  # a dateline: "KELL (RTV)"
            if _ACRONYM.fullmatch(other):
                words = name.split(" ")
                starts = [at for at in range(len(words)) if _initials(words[at:]) == letters]
                key = key_of(" ".join(words[starts[-1] :] if starts else words))
                found[key_of(other)].add(key)
                short[place, key] = key_of(other)
            elif not match["either"] and (
                _ACRONYM.fullmatch(name) or (" " in name and " " in other)
            ):
                found[key_of(name)].add(key_of(other))
    meant = {key: next(iter(keys)) for key, keys in found.items() if len(keys) == 1}
    return _Meanings(meant, short)


def _made(
    sources: Sequence[Source], told: _Texts, spelt: _Spelt, contexts: Contexts
) -> dict[_Key, dict[int, _Key]]:
    """What the acronyms of sources are made of, by their keys and by document."""
    found: dict[_Key, dict[int, _Key]] = defaultdict(dict)
    for source in sources:
        name = min(source.names)
        if _ACRONYM.fullmatch(name):
            story = _story(source.document, contexts)
            if key := _spelt_out(name, source.document, told, spelt, story):
                found[key_of(name)][source.document] = key
    return found


def _spelt_out(
    name: str, document: int, told: _Texts, spelt: _Spelt, near: Collection[int]
) -> _Key | None:
    """What an acronym is made of in its own text, or in the texts of the same story."""
    letters = _letters(name)
    own = {key_of(one) for one in told.spelt(document).get(letters, ())}
    own = own or {key for place in near for key in spelt.get((place, letters), ())}
    own = own or {
        key
        for place in near
        for one in told.spelt(place).get(letters, ())
        if (key := key_of(one)) & _any()
    }
    return next(iter(own)) if len(own) == 1 else None


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
    owners = (match["owner"] or match["owned"] for match in pattern.finditer(text))
    names = (_OPENED.sub("", owner) for owner in owners)
    return {_owner(name) for name in names if name and not is_generic(key_of(name))}


def _owner(name: str) -> _Key:
    """The key of an owner, that of a land alone where it has no more: "Royal Vellish"."""
    land = frozenset(word for word in countries.keys(name) if word.startswith("="))
    key = key_of(name)
    rest = key - {part for word in land for part in word.split()}
    return key - rest if land and rest <= _any() else key


def _story(document: int, contexts: Contexts) -> list[int]:
    """The documents of the same story as one."""
    near = contexts.near[document]
    return [place for place in near if contexts.odds(document, place, ()) >= _STORY]


def _of_story(
    key: _Key, source: Source, found: _Found, told: _Texts, contexts: Contexts
) -> Cluster | None:
    """The one body that a name without an owner can be, in the documents of the same story.

    That is one whose owner is the one land the document names, or else one that a story has but
    once, or of a story that names nothing else.
    """
    here = source.document
    if key in found.there[here]:
        return found.there[here][key]
    near = [place for place in _story(here, contexts) if place in found.there]
    first = _first(key)
    owned = {
        id(cluster): cluster
        for place in (() if _is_own(key) else near)
        for other, cluster in found.there[place].items()
        if len(first & other) >= min(len(first), _LOOSE)
        and (owner := other - key)
        and (
            (key <= _generic("local") and _is_home(owner, here, told))
            or (
                owner <= told.capitals(here)
                and told.lands(here) <= owner
                and (
                    _shared(here, place, key, told, contexts) <= owner
                    if is_nobodys(key)
                    else key <= other and _is_place(owner, (here, place), told)
                )
            )
        )
    }
    if len(owned) == 1:
        return next(iter(owned.values()))
    if owned:
        return None
    proper = sum(word[:1].isupper() for word in min(source.names).split()) > 1 or first != key
    if proper and (same := _of_land(key, here, near, found, told)):
        return same
    for place in near:
        if key not in found.there[place]:
            continue
        shared = _shared(here, place, key, told, contexts)
        if key <= _generic("local") | _generic("party") or (
            not told.lands(here) ^ told.lands(place)
            and (
                (not is_nobodys(key) and len(key) > _LOOSE)
                or (
                    (proper or any(word.startswith("#") for word in key))
                    and len(shared) == 1
                    and told.acting(here) | told.acting(place) <= shared
                )
            )
        ):
            return found.there[place][key]
    return None


def _of_land(
    key: _Key, here: int, near: Iterable[int], found: _Found, told: _Texts
) -> Cluster | None:
    """The one body that a name can be in articles of one story that are about one land, or none."""
    articles = [place for place in near if len(told.texts[place]) >= described.ARTICLE]
    same = {
        id(cluster): cluster
        for place in (articles if len(told.texts[here]) >= described.ARTICLE else ())
        for other, cluster in found.there[place].items()
        if key <= other
        and ((owner := other - key) in told.often(place) or _is_land(owner) or not owner)
        and len({*told.often(here), *told.often(place), owner} - {frozenset()}) <= 1
    }
    return next(iter(same.values())) if len(same) == 1 else None


def _is_home(owner: _Key, document: int, told: _Texts) -> bool:
    """Whether an owner is a land, and a text is about no other one."""
    return _is_land(owner) and told.home(document) <= {owner}


def _is_place(owner: _Key, documents: Iterable[int], told: _Texts) -> bool:
    """Whether texts name what a name has before or behind it as one names a place."""
    places = (
        frozenset[str]().union(*(told.places(one) | told.lands(one) for one in documents)) - _any()
    )
    return all(word.startswith("=") or word in places for word in owner)


def _is_own(key: _Key) -> bool:
    """Whether others that have a name's words, and more, are parts of it or something else."""
    return bool(key & _generic("party")) or key == key_of("House")


def _shared(one: int, other: int, key: _Key, told: _Texts, contexts: Contexts) -> _Key:
    """The names that two documents share besides that of the body."""
    inside = [
        {word for term in contexts.terms[place][0] for word in key_of(term)} - key
        for place in (one, other)
    ]
    return frozenset((inside[0] & told.capitals(other)) | (inside[1] & told.capitals(one)))


def _is_organ(key: _Key) -> bool:
    """Whether a name without an owner is that of one of the bodies that make up a state."""
    own = frozenset(word for word in key if not word.startswith(("#", "+")))
    return own in _state() if own == key else own == key_of("ministry")


@cache
def _state() -> frozenset[_Key]:
    return frozenset(key_of(name) for name in _STATE_BODIES)


def is_nobodys(key: _Key) -> bool:
    """Whether a name says no more than what kind of body it is of, as a ministry's matter."""
    own = frozenset(word for word in key if not word.startswith(("#", "+")))
    return is_generic(own) if len(own) < len(key) else is_generic(key)


def is_generic(key: _Key) -> bool:
    """Whether a name says no more than what kind of body it is of."""
    return len(key) <= _LOOSE and key <= _any()


@cache
def _any() -> _Key:
    return _generic("any") | _generic("local") | _generic("party") | _generic("head")


@cache
def _organs() -> _Key:
    """The bodies that stand for a land: what is said of its capital is said of it."""
    return key_of("government") | key_of("ministry") | key_of("presidency")


@cache
def _generic(kind: str) -> _Key:
    """The words of a kind of `words/generic.txt`, as keys have them."""
    rows = (line.split("|") for line in lines("generic.txt"))
    words = (word for area, some in rows if area.strip() == kind for word in some.split())
    return frozenset(key for word in words for key in key_of(word))
