"""People across documents: which names of which documents are one person's.

A name joins a cluster where the two agree and enough speaks for it in sum: how much of the name is
the same, roles, the country or body somebody belongs to, age, and the names that the documents
share besides. The weights are log-odds. Full names come first; a surname alone joins one of them
only where that leads any other clearly. It is the cluster as a whole that must agree.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain, product, starmap
from typing import NamedTuple

from unspin.comparing import countries, described, naming
from unspin.comparing.contexts import Contexts
from unspin.comparing.described import ARTICLE, OFFICES, Described, Office, Role
from unspin.comparing.heard import Cluster, Source
from unspin.comparing.naming import Likeness, Person

_JOINS = 1.0  # log-odds from which two are one
_MARGIN = 1.0  # by how much the best answer must lead the second
_CANDIDATES = 64  # clusters a name is weighed against
_SAMPLED = 8  # documents of a cluster, and documents near each, that are looked at
_BASE: Mapping[Likeness, float] = {
    "full": 2.0,
    "variant": 1.6,
    "part": 0.3,
    "initial": -0.3,
    "respelt": -1.2,
    "near": -2.2,
    "suffix": -2.0,
    "surname": -0.8,
    "sound": -1.6,
    "first": -1.2,
    "given": -3.2,
}
_SAME_ROLE, _SAME_OFFICE = 1.0, 1.5
_OTHER_ROLE, _OTHER_OFFICE, _OTHER_FIELD = -1.0, -1.5, -6.0
_OTHER_LIKELY = -1.5  # field, where one of the roles is only likely, or one led to the other
_OTHER_FIELDS = -3.0  # the same in articles, where a role is more often another's
_IN_TURN = frozenset({"state", "force", "law", "business", "labour", "police"})
_BESIDE = "life"  # field of what somebody is beside what they do: a parent, a victim
_SAME_OWNER, _OTHER_OWNER = 1.0, -0.7
_SAME_AGE = 1.0
_YEARS_OFF = 1.5  # by which two ages of one person may differ from the time between them
_OTHER_SEX = -3.0  # by a pronoun; by titles, or by several pronouns, nobody is of both
_HE_OR_SHE = -6.0  # the same in extracts, in which fewer people can be meant
_NAMED_FOR_OTHER = -2.0  # the same by a given name
_SHORTENED = 3  # letters that are left of a place's name
_NAMED_IN_FULL, _NAMED_OTHERWISE = 2.0, -2.0
_SOLE = frozenset(
    {"president", "vice-president", "premier", "speaker", "supreme leader", "minister"}
)
_BY_STORY, _BY_TEXT, _BY_OWNER = 1, 2, 3  # how sure it is who holds an office
_TERM = 30  # days within which an office is taken to have one holder
_STORY = 2.0  # log-odds of two contexts from which an office in both is one
_KINDRED, _KIN_IN_ARTICLES = -1.5, -0.5
_WHOLE = frozenset({"full", "variant"})
_LEAST = -2.5  # of what is told of a whole name in articles: two of one story seldom share it
_NAMESAKES = -3.0
_UNKNOWN = -1.5  # of neither the given name is known
_FAMOUS = -0.5  # nor does an article give it
_USUAL = 2  # words of a name
_AMBIGUOUS = frozenset({"surname", "sound", "first", "given", "initial", "suffix"})
_OTHER = frozenset({"apart", "suffix", "given"})
_RENAMED = frozenset({"full", "variant", "part", "initial", "surname"})
_FREE = frozenset({"any"})  # fields whose roles go with any other
_GROWN, _RISEN = 16, 25  # years at which somebody has a trade, and a rank
_YOUNG = frozenset({"study", "sport", "life", "art"})
_SENIOR = OFFICES | frozenset(
    "minister judge general officer admiral marshal bishop professor executive prosecutor".split()
)
_OWNING = frozenset({"owner", "executive"})  # a baker owns a bakery
_PRIVATE = frozenset({"trade", "study", "life"})  # fields of people whom the news meet once
_UNKNOWN_TO_ALL = frozenset({"resident", "witness", "worker", "worshipper", "fan", "volunteer"})
_COMMON = -1.0  # that nothing but a common name tells of somebody in the news of something else
_SEVERAL = 3  # different names from which a part of them is common
_MET_ONCE = -1.5  # that somebody of no public role is in the news of something else too


_End = tuple[str, bool]  # a key of a word, and whether names can end in it


def find(sources: Sequence[Source], contexts: Contexts) -> list[Cluster]:
    """The people that the sources are, each as a cluster of them.

    Every source with a name is in one; an office is in one where its holder can be told.
    """
    known = _within(sources)
    people = [Cluster.of(source) for source in known if source.names]
    full = [one for one in people if _is_full(one)]
    _tell_common(full)
    full.sort(key=lambda one: (-max(len(name.words) for name in one.persons), one.order))
    found: list[Cluster] = []
    shelves = _Shelves(defaultdict(list), defaultdict(list))
    for one in (*full, *(one for one in people if not _is_full(one))):
        cluster = one
        weighed = _weighed(one, shelves.candidates(one, contexts), contexts)
        if weighed and _is_clear(weighed, contexts):
            cluster = weighed[0][1]
            cluster.join(one, weighed[0][0])
        else:
            found.append(one)
        shelves.put(cluster, one)
    found = _consolidated(found, contexts)
    _seat([source for source in known if not source.names], found, contexts)
    return found


def _tell_common(clusters: Sequence[Cluster]) -> None:
    """Set for each cluster whether several others have its given name, and several its surname."""
    names = {(one.words[0].sound, one.words[-1].sound) for each in clusters for one in each.persons}
    given = Counter(first for first, _ in names)
    surnames = Counter(last for _, last in names)
    for each in clusters:
        each.common = all(
            min(given[one.words[0].sound], surnames[one.words[-1].sound]) >= _SEVERAL
            for one in each.persons
        )


class _Shelves(NamedTuple):
    """Clusters by the words of their names, and by these and their documents."""

    whole: dict[_End, list[Cluster]]
    near: dict[tuple[_End, int], list[Cluster]]

    def put(self, cluster: Cluster, part: Cluster) -> None:
        """Keep a cluster under the names and documents of a part of it."""
        ends = _ends(_names_of(part))
        for end in ends:
            if not any(each is cluster for each in self.whole[end][-_CANDIDATES:]):
                self.whole[end].append(cluster)
        for end in (*ends, *_rough(part.persons)):
            for document in part.documents:
                self.near[end, document].append(cluster)

    def candidates(self, one: Cluster, contexts: Contexts) -> list[Cluster]:
        """The clusters that can have a name, at most so many, nearest documents first."""
        ends = list(
            dict.fromkeys(other for end in _ends(_names_of(one)) for other in _meeting(end))
        )
        own = sorted(one.documents)
        documents = [*own, *(near for place in own for near in contexts.near[place])]
        near = (
            each
            for end in (*ends, *_rough(one.persons))
            for document in documents
            for each in self.near.get((end, document), ())
        )
        far = (each for end in ends for each in self.whole.get(end, ())[:_CANDIDATES])
        chosen: dict[int, Cluster] = {}
        for each in chain(near, far):
            chosen[id(each)] = each
            if len(chosen) == _CANDIDATES:
                break
        return list(chosen.values())


def _seat(offices: Sequence[Source], clusters: Sequence[Cluster], contexts: Contexts) -> None:
    """Give the offices that no name of their document holds to the one who holds them nearby."""
    holding: dict[tuple[str, int], list[Cluster]] = defaultdict(list)
    texts = _Texts(contexts, {})
    for cluster in clusters:
        for kind in sorted({role.kind for role in cluster.told.roles} & OFFICES):
            for document in cluster.documents:
                holding[kind, document].append(cluster)
    for source in offices:
        if source.office and (found := _holder(source, source.office, holding, texts)):
            odds, holder = found
            holder.add(source, odds + _SAME_OFFICE)


def _holder(
    source: Source,
    office: Office,
    holding: Mapping[tuple[str, int], Sequence[Cluster]],
    texts: "_Texts",
) -> tuple[float, Cluster] | None:
    """The one who most surely holds an office, with the log-odds of the story it is in."""
    known: dict[int, tuple[int, float, Cluster]] = {}
    for place in (source.document, *texts.contexts.near[source.document]):
        odds = texts.contexts.odds(source.document, place, ())
        for one in holding.get((office.role.kind, place), ()) if odds >= _JOINS else ():
            sure = _holds(one, source, office, texts)
            if (sure == _BY_STORY and odds < _STORY) or (
                sure != _BY_TEXT and texts.contexts.apart(source.document, place) > _TERM
            ):
                continue
            if sure and odds > known.get(id(one), (0, -1.0, one))[1]:
                known[id(one)] = sure, odds, one
    surest = max((sure for sure, _, _ in known.values()), default=0)
    best = [(odds, one) for sure, odds, one in known.values() if sure == surest]
    return best[0] if len(best) == 1 else None


def _holds(one: Cluster, source: Source, office: Office, texts: "_Texts") -> int:
    """How surely somebody holds an office, by whose it is; 0: not at all.

    That need not be said in one document, nor of somebody whom its text names. Of an office that a
    land has but once it is enough that the texts are of the land.
    """
    known = one.told.owner_keys
    sexes = {source.told.likely_sex, one.said.likely_sex}
    if sexes == {"f", "m"} or _is_for_another(office.role.kind, {office.role}, one.told.roles):
        return 0
    if office.owners & known:
        return _BY_OWNER
    if office.owners and known:
        return 0
    if source.document in one.documents or (
        not known and not office.is_bodys and texts.name(source, one)
    ):
        return _BY_TEXT
    is_sole = (
        office.role.kind in _SOLE
        and (office.owners or len(source.marks.document.text) >= ARTICLE)
        and (not known or any(texts.name_land(key, source.document) for key in known))
        and (
            not office.owners
            or any(texts.name_land(key, at) for key in office.owners for at in one.documents)
        )
    )
    return _BY_STORY if is_sole else 0


class _Texts(NamedTuple):
    """The full names in texts, by document and the ends of the names, as they are asked for."""

    contexts: Contexts
    named: dict[int, dict[_End, list[str]]]

    def name_land(self, key: str, document: int) -> bool:
        """Whether a text has the name of a land, by its key."""
        named = self.contexts.terms[document][0]
        return named.issuperset(key.removeprefix("=").split()) or any(
            key in countries.keys(word) for word in named
        )

    def name(self, source: Source, one: Cluster) -> bool:
        """Whether a source's text names somebody in full, and says of nothing that they are its."""
        text = source.marks.document.text
        if source.document not in self.named:
            named = self.named[source.document] = defaultdict(list)
            for name in sorted(described.full_names(text)):
                for end in _ends([naming.person(name)]):
                    named[end].append(name)
        ends = {other for end in _ends(one.called) for other in _meeting(end)}
        names = {name for end in ends for name in self.named[source.document].get(end, ())}
        return any(
            naming.likeness(naming.person(name), person) not in _OTHER
            and not described.people(text, [[name]])[0].owners
            for name in sorted(names)
            for person in one.called
        )


def _is_full(cluster: Cluster) -> bool:
    return any(name.full for name in cluster.persons)


def _weighed(
    one: Cluster, others: Iterable[Cluster], contexts: Contexts
) -> list[tuple[float, Cluster]]:
    """The clusters that one can be, with the log-odds that it is, best first."""
    weighed = [
        (odds, other)
        for other in others
        if other is not one and (odds := _odds(one, other, contexts)) is not None
    ]
    return sorted(weighed, key=lambda each: (-each[0], each[1].order))


def _is_clear(weighed: Sequence[tuple[float, Cluster]], contexts: Contexts) -> bool:
    """Whether the best answer is good enough, and leads every other that is not the same."""
    best, chosen = weighed[0]
    if best < _JOINS:
        return False
    for odds, rival in weighed[1:]:
        if odds <= best - _MARGIN:
            return True
        both = _odds(chosen, rival, contexts)
        if both is None or both < _JOINS:
            return False
    return True


def _consolidated(clusters: Sequence[Cluster], contexts: Contexts) -> list[Cluster]:
    """The clusters, those made one that turn out to be one when all their sources are known."""
    shelves: dict[str, dict[int, tuple[Cluster, bool]]] = defaultdict(dict)
    for cluster in clusters:
        for key, is_last in _ends(_names_of(cluster)):
            _, before = shelves[key].get(id(cluster), (cluster, False))
            shelves[key][id(cluster)] = cluster, is_last or before
    gone: set[int] = set()
    for _, shelf in sorted(shelves.items()):
        here = sorted(shelf.values(), key=lambda each: (-len(each[0].documents), each[0].order))
        here = [each for each in here if id(each[0]) not in gone][:_CANDIDATES]
        if any(is_last for _, is_last in here):
            gone |= _made_one(here, contexts)
    return [each for each in clusters if id(each) not in gone]


def _made_one(shelf: Sequence[tuple[Cluster, bool]], contexts: Contexts) -> set[int]:
    """Join the clusters of a shelf that are one, least first, and tell which are gone.

    Two whose names only begin with the word of the shelf are not of one name.
    """
    gone: set[int] = set()
    known: dict[tuple[int, int], float | None] = {}

    def weighed(one: Cluster, is_last: bool) -> list[tuple[float, Cluster]]:  # noqa: FBT001
        found = []
        for other, other_last in shelf:
            if other is one or id(other) in gone or not (is_last or other_last):
                continue
            pair = min(id(one), id(other)), max(id(one), id(other))
            if pair not in known:
                known[pair] = _odds(one, other, contexts)
            odds = known[pair]
            if odds is not None:
                found.append((odds, other))
        return sorted(found, key=lambda each: (-each[0], each[1].order))

    last = {id(one): is_last for one, is_last in shelf}
    changed = True
    while changed:
        changed = False
        for one, is_last in reversed(shelf):
            if id(one) in gone:
                continue
            best = weighed(one, is_last)
            if not best or not _is_clear(best, contexts):
                continue
            odds, other = best[0]
            back = weighed(other, last[id(other)])
            if back[0][1] is one and _is_clear(back, contexts):
                other.join(one, odds)
                gone.add(id(one))
                known = {pair: value for pair, value in known.items() if id(other) not in pair}
                changed = True
                break
    return gone


def _within(sources: Sequence[Source]) -> list[Source]:
    """The sources with what their documents say of them, those of one person in a document one.

    An office without a name is that of its one holder the document names, if there is one.
    """
    documents: dict[int, list[Source]] = defaultdict(list)
    for source in sources:
        documents[source.document].append(source)
    people: list[Source] = []
    for some in documents.values():
        held = [_held(one, one.office) if one.office else one for one in some]
        merged = _merged([one for one in held if one.names])
        text = some[0].marks.document.text
        forms = list(map(_forms, merged))
        found = described.people(text, forms)
        for one, told in zip(merged, found, strict=True):
            told.include(one.told)
            one.told = told
            for name in sorted(one.names):
                told.read(name.removesuffix(naming.untitled(name)), "")
                if nickname := naming.nickname(name):
                    told.aliases.add(nickname)
        people += merged
        offices = [one for one in held if one.office and not one.names]
        whose = described.people(text, [*map(_words, offices), *forms]) if offices else []
        for one, told in zip(offices, whose, strict=False):
            one.told.include(told)
            if one.office and len(merged) == 1 and _can_be(merged[0], one.office, text):
                merged[0].places += one.places
                merged[0].told.roles[one.office.role] += 1
            else:
                people.append(one)
    return people


def _can_be(source: Source, office: Office, text: str) -> bool:
    """Whether an office is that of the one person whom a short text names."""
    told = source.told
    kinds = {role.kind for role in told.roles}
    fields = {role.field for role in told.roles} - _FREE
    return (
        len(text) < ARTICLE
        and _name(source).full
        and described.full_names(text) <= {naming.untitled(name) for name in source.names}
        and not _differ(told.owner_keys, office.owners)
        and not _differ(fields, {office.role.field} - _FREE)
        and (office.role.kind in kinds or not kinds & OFFICES)
    )


def _held(source: Source, office: Office) -> Source:
    """An office by the name of its holder, where the document names one."""
    text = source.marks.document.text
    found = sorted(described.holders(text, office.role))
    if len({naming.person(name) for name in found}) == 1:
        (told,) = described.people(text, [found])
        known = told.owner_keys
        if office.owners & known or not (
            office.owners and (known or office.is_bodys or office.role.kind not in OFFICES)
        ):
            source.names |= dict.fromkeys(found)
    return source


def _merged(sources: Sequence[Source]) -> list[Source]:
    """The sources of one document; those whose names can be of nobody else there made one."""
    for source in sources:
        source.person = max(map(naming.person, source.names), key=lambda one: len(one.words))
    found: list[Source] = []
    shelves: dict[_End, list[Source]] = defaultdict(list)
    for source in sorted(sources, key=lambda one: (-len(_name(one).words), one.order)):
        name = _name(source)
        if not name.words:
            continue
        ends, rough = _ends([name]), _rough([name])
        met = {
            id(one): one
            for end in (*(other for end in ends for other in _meeting(end)), *rough)
            for one in shelves[end][:_CANDIDATES]
        }
        alike = [
            one
            for one in met.values()
            if naming.likeness(_name(one), name) not in _OTHER
            and not _differ(one.told.sure_sexes, source.told.sure_sexes)
        ]
        if len(alike) == 1:
            alike[0].names |= source.names
            alike[0].places += source.places
            alike[0].kind = alike[0].kind or source.kind
            alike[0].told.include(source.told)
        else:
            found.append(source)
            for end in (*ends, *rough):
                shelves[end].append(source)
    return found


def _name(source: Source) -> Person:
    return source.person or Person((), None)


def _words(source: Source) -> list[str]:
    """How the document calls somebody without a name."""
    text = source.marks.document.text
    speakers = [source.marks.statements[at].speakers[place] for at, place in source.places]
    return list(dict.fromkeys(span.of(text) for one in speakers for span in one.words))


def _forms(source: Source) -> list[str]:
    """How the name is written in the document: in full, and by the surname."""
    names = [naming.untitled(name) for name in source.names]
    return list(dict.fromkeys([*sorted(names, key=len, reverse=True), names[0].split(" ")[-1]]))


def _names_of(cluster: Cluster) -> list[Person]:
    return [*cluster.persons, *sorted(cluster.told.aliases, key=str)]


def _ends(names: Iterable[Person]) -> list[_End]:
    """Keys of the words that stand for names, with whether a name can end in each."""
    words: dict[naming.Word, bool] = {}
    for one in names:
        words[one.words[-1]] = True
        if len(one.words) > _USUAL:
            words[one.words[-2]] = True
        words[one.words[0]] = words.get(one.words[0], False) or naming.is_family(one.words[0].spelt)
    return list(
        dict.fromkeys(
            (key, is_last) for word, is_last in words.items() for key in naming.shelves(word)
        )
    )


def _meeting(end: _End) -> list[_End]:
    """The keys under which names stand that can be one with a name of this key."""
    key, is_last = end
    return [(key, True), (key, False)] if is_last else [(key, True)]


def _rough(names: Iterable[Person]) -> list[_End]:
    """Keys that full names share which differ in spelling."""
    words = [word for one in names if one.full for word in (one.words[-1], one.words[0])]
    return list(dict.fromkeys((naming.rough(word), True) for word in words))


def _odds(one: Cluster, other: Cluster, contexts: Contexts) -> float | None:
    """How much speaks for two clusters being one; None where they cannot be."""
    alike = _likeness(one, other)
    if alike is None:
        return None
    articles = all(
        len(source.marks.document.text) >= ARTICLE
        for each in (one, other)
        for source in each.sources[:_SAMPLED]
    )
    told = _by_what_is_told(one, other, alike, articles=articles)
    if articles and alike in _WHOLE:
        told = _LEAST if told is None else max(told, _LEAST)
    if told is None:
        return None
    own = {word.spelt for each in (*one.persons, *other.persons) for word in each.words}
    near = max(contexts.odds(mine, yours, own) for mine, yours in _nearest(one, other, contexts))
    a, b = one.said, other.said
    styled = alike == "given" and a.styles & b.styles  # "Father Emil"
    kindred = _KIN_IN_ARTICLES if articles else _KINDRED
    return (
        _BASE["surname" if styled else alike]
        + (0.0 if _is_full(one) or _is_full(other) else _FAMOUS if articles else _UNKNOWN)
        + told
        + (_by_given(one, other) if alike in _AMBIGUOUS else 0.0)
        + (kindred if alike in _AMBIGUOUS and not styled and (a.kin or b.kin) else 0.0)
        + (_NAMESAKES + min(near, 0.0) if a.shared or b.shared else near)
        + (_COMMON if near <= 0 and one.common and other.common else 0.0)
        + (_MET_ONCE if near <= 0 and (_is_private(a) or _is_private(b)) else 0.0)
    )


def _by_what_is_told(
    one: Cluster, other: Cluster, alike: Likeness, *, articles: bool
) -> float | None:
    """What the documents say of age, sex and role; None where it cannot be of one person."""
    aged = None if _clash(one, other) else _by_age(one, other)
    if aged is None:
        return None
    return (
        aged
        + _by_sex(one, other, alike, articles=articles)
        + _by_role(one.said, other.said, articles=articles)
    )


def _clash(one: Cluster, other: Cluster) -> bool:
    """Whether what the documents say of the two is not to be said of one person."""
    a, b = one.said, other.said
    return (
        (None not in (a.sex, b.sex) and a.sex != b.sex)
        or _differ(a.sure_sexes, b.sure_sexes)
        or _differ(a.main_parties, b.main_parties)
        or any(
            _differ(*({role.kind for role in told.roles} & kinds for told in (a, b)))
            for kinds in described.exclusive()
        )
        or _is_too_young(one, other)
        or _is_too_young(other, one)
        or _is_elsewhere(one, other)
        or _outlives(one, other)
        or _outlives(other, one)
    )


def _fields(roles: Iterable[Role]) -> set[str]:
    """The fields of roles, those left out that go with any other."""
    fields = {role.field for role in roles} - _FREE
    return fields | ({"trade"} if any(role.kind in _OWNING for role in roles) else set())


def _is_private(told: Described) -> bool:
    roles = told.roles or told.likely
    return bool(roles) and all(
        role.field in _PRIVATE or role.kind in _UNKNOWN_TO_ALL for role in roles
    )


def _differ(some: Collection[object], others: Collection[object]) -> bool:
    return bool(some) and bool(others) and not set(some) & set(others)


def _is_too_young(one: Cluster, other: Cluster) -> bool:
    """Whether one is of an age at which nobody has a role of the other."""
    ages = [age for age, _ in one.ages]
    roles = other.said.roles
    return bool(ages) and (
        (max(ages) < _GROWN and any(role.field not in _YOUNG | _FREE for role in roles))
        or (max(ages) < _RISEN and any(role.kind in _SENIOR for role in roles))
    )


def _is_elsewhere(one: Cluster, other: Cluster) -> bool:
    """Whether two have one role at two places, of which no text of either names both.

    Of an office that one person at a time holds in a place it does not matter what the texts name.
    """
    owners = one.said.proper_owner_keys, other.said.proper_owner_keys
    kinds = {role.kind for role in one.said.roles} & {role.kind for role in other.said.roles}
    if not kinds or not _differ(*owners) or any(starmap(_abbreviates, product(*owners))):
        return False
    return bool(kinds & OFFICES) or not any(
        word in source.marks.document.text
        for each, rival in ((one, other), (other, one))
        for source in each.sources[:_SAMPLED]
        for owner in rival.said.owners
        for word in owner.split()
    )


def _abbreviates(one: str, other: str) -> bool:
    """Whether two keys are spellings of one, or one is the start of the other: "Ariz."."""
    return min(len(one), len(other)) >= _SHORTENED and (
        one.startswith(other)
        or other.startswith(one)
        or naming.is_near(naming.word(one), naming.word(other))
    )


def _outlives(one: Cluster, other: Cluster) -> bool:
    """Whether one speaks after the year in which the other is said to have died."""
    return bool(other.told.died) and not one.told.died and one.latest > max(other.told.died)


def _likeness(one: Cluster, other: Cluster) -> Likeness | None:
    """How far the names agree at best; None where two of them are of two people."""
    found: set[Likeness] = set()
    for mine in one.called:
        for yours in other.called:
            alike = naming.likeness(mine, yours)
            if alike == "apart" and _is_renamed(one, yours, other, mine):
                alike = "variant"
            found.add(alike)
    if "apart" in found or not found:
        return None
    return max(found, key=lambda alike: _BASE[alike])


def _is_renamed(one: Cluster, yours: Person, other: Cluster, mine: Person) -> bool:
    """Whether the documents of one of two clusters give the name of the other as one more name."""
    return any(
        alias.full == name.full and naming.likeness(alias, name) in _RENAMED
        for cluster, name in ((one, yours), (other, mine))
        for alias in cluster.told.aliases
    )


def _nearest(one: Cluster, other: Cluster, contexts: Contexts) -> list[tuple[int, int]]:
    """Pairs of documents of the two that are like each other, and their first ones."""
    few, many = sorted((one, other), key=lambda each: len(each.documents))
    pairs = [
        (mine, yours)
        for mine in sorted(few.documents)[:_SAMPLED]
        for yours in [place for place in contexts.near[mine] if place in many.documents][:_SAMPLED]
    ]
    return [*pairs, (min(few.documents), min(many.documents))]


def _by_age(one: Cluster, other: Cluster) -> float | None:
    """What the ages say: None where they cannot be one person's."""
    found = 0.0
    for age, year in one.ages:
        for aged, then in other.ages:
            if abs((age - aged) - (year - then)) > _YEARS_OFF:
                return None
            found = _SAME_AGE
    return found


def _by_sex(one: Cluster, other: Cluster, alike: Likeness, *, articles: bool) -> float:
    """What the texts say of both, or of one whose surname the other has with a given name."""
    said = one.said.likely_sex, other.said.likely_sex
    if None not in said:
        other_sex = _OTHER_SEX if articles or "n" in said else _HE_OR_SHE
        return other_sex if said[0] != said[1] else 0.0
    told = {said[0] or _sex_by_name(one), said[1] or _sex_by_name(other)}
    return _NAMED_FOR_OTHER if alike in _AMBIGUOUS and told == {"f", "m"} else 0.0


def _sex_by_name(cluster: Cluster) -> str | None:
    """The one sex that its given names tell."""
    found = {naming.sex(name) for name in cluster.called} - {None}
    return found.pop() if len(found) == 1 else None


def _by_role(one: Described, other: Described, *, articles: bool) -> float:
    """What roles and the bodies they are held in say."""
    owners = one.owner_keys, other.owner_keys
    same_owner = bool(owners[0] & owners[1])
    owned = _SAME_OWNER if same_owner else _OTHER_OWNER if owners[0] and owners[1] else 0.0
    roles = one.roles or one.likely, other.roles or other.likely
    kinds = {role.kind for role in roles[0]} & {role.kind for role in roles[1]}
    if any(_is_for_another(kind, *roles) for kind in kinds):
        return owned + _OTHER_OFFICE
    if kinds:
        guessed = any(not told.roles and len(told.likely) > 1 for told in (one, other))
        return owned + (0.0 if guessed else _SAME_OFFICE if kinds & OFFICES else _SAME_ROLE)
    fields = [_fields(some) for some in roles]
    if not fields[0] or not fields[1]:
        return owned
    if not fields[0] & fields[1]:
        in_turn = any("state" in some for some in fields) and all(
            some & _IN_TURN for some in fields
        )
        sure = one.roles and other.roles and not in_turn and _BESIDE not in (*fields[0], *fields[1])
        other_field = _OTHER_FIELDS if articles else _OTHER_FIELD
        return owned + (other_field if sure else _OTHER_LIKELY)
    both = [{role.kind for role in some} & OFFICES for some in roles]
    return owned + (_OTHER_OFFICE if both[0] and both[1] else _OTHER_ROLE)


def _is_for_another(kind: str, one: Collection[Role], other: Collection[Role]) -> bool:
    """Whether two hold one kind of role for two matters: foreign minister, finance minister."""
    matters = [{role.portfolio for role in some if role.kind == kind} for some in (one, other)]
    return None not in matters[0] | matters[1] and not matters[0] & matters[1]


def _by_given(one: Cluster, other: Cluster) -> float:
    """What the given names say that stand before the surname in the texts.

    Where somebody else of the surname is named beside the two, the surname alone tells little.
    """
    own = [
        word
        for each in (one, other)
        for name in each.persons
        if name.full and not name.words[0].initial
        for word in name.words[:-1]
    ]
    alone = [each for each in (one, other) if not _is_full(each)]
    met = {
        given: any(naming.same_given(naming.word(given), name) != "apart" for name in own)
        for each in (one, other)
        for given in each.told.given
    }
    if any(met.get(given) and len(given) > 1 for each in alone for given in each.told.given):
        return _NAMED_IN_FULL
    return _NAMED_OTHERWISE if own and not all(met.values()) else 0.0
