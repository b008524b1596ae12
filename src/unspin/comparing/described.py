"""What a document says of the people it names: roles, whom they speak for, sex and age.

In: the text and the names that stand in it. Nothing is taken of anybody but what stands right
before or behind the name: "Velland's foreign minister, Ana Rell, 51,".
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from typing import Literal, NamedTuple, TypeVar

from unspin.comparing import countries, naming
from unspin.comparing.naming import Person
from unspin.comparing.words import lines

Sex = Literal["f", "m", "n"]
Said = TypeVar("Said")

OFFICES = frozenset(  # what one person is at one place and for one matter at a time
    """president vice-president premier minister mayor governor monarch ambassador speaker
    royal""".split()
) | {"deputy minister", "party leader", "secretary-general", "supreme leader"}
ARTICLE = 800  # characters from which a text is an article and no extract
SELDOM = 8  # of so many texts one alone says what does not count

_BEFORE, _BEHIND = 90, 110  # characters around a name that can describe it
_CLAUSE = re.compile(r"[.;:!?](?:\s|$)|[\"“”„«»()\n]|\s[–—]\s")
_CAPITAL = r"[^\W\d_a-z][\w’'.&-]*"
_CAPITALS = rf"{_CAPITAL}(?:[ ](?:of[ ](?:the[ ])?|and[ ]|for[ ])?{_CAPITAL}){{0,5}}"
_OWNED = re.compile(
    rf",?[ ](?:of|for|from|at|in|with|to)[ ](?:the[ ])?(?P<owner>{_CAPITALS}"
    r"|(?<!\bto[ ])[a-z][a-z-]+(?<!ing))"
)
_OF_NAMED = re.compile(rf"[ ]of[ ](?:the[ ])?(?P<owner>{_CAPITALS})")
_OF_BODY = re.compile(r"[ ]of[ ]the[ ](?P<words>[a-z]+(?:[ ][a-z]+){0,2})")
_OWNING = re.compile(rf"(?P<owner>{_CAPITALS}|(?<=the[ ])[a-z][a-z-]+[’']s?)(?:[ ]?[’']s?)?[ ]$")
_ADJOINING = re.compile(
    rf"(?:[ ](?:of|for|at|in|to)[ ](?:the[ ])?{_CAPITALS})?,?[ ](?:(?:Mr|Mrs|Ms|Dr)\.?[ ])?$"
)
_APPOSED = re.compile(
    r"(?:,[ ]|[ ]\()(?:(?:who[ ]is|now|aged)[ ])*(?P<age>\d\d?)(?=[,).])"
    r"|,[ ]?(?P<words>[^,;:.!?\"“”\n]{3,90})"
)
_IS = re.compile(
    r"^who[ ](?:is|was|has[ ]been|had[ ]been|became|(?:serve|work|act)(?:s|ed)[ ]as)[ ](?:also[ ])?"
)
_ONE_OF = re.compile(  # "one of the two guards", "the youngest of the climbers"
    r"^(?:one|the[ ]\w+(?:est|most))[ ](?:\w+[ ])?of[ ]((?:[\w’'-]+[ ]){1,4}?[\w-]+)s\b"
)
_OF_AGE = re.compile(r"\bof[ ](\d\d)$")
_POSSESSIVE = re.compile(r"[’']s?\b|s[’']|[ ]of[ ]that[ ]name\b")
_BODY = re.compile(
    r"(?:the|an?)[ ](?:[\w’'-]+[ ]){0,2}?(?P<head>[a-z]+)"
    r"(?=$|[ ](?:in|of|at|that|which|from|for)\b)"
)
_NUMBERS = {
    word: number
    for number, word in enumerate(
        """six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
        eighteen nineteen twenty""".split(),
        6,
    )
}
_AGED_IN_WORDS = re.compile(rf",[ ](?:who[ ]is[ ]|aged[ ])?({'|'.join(_NUMBERS)})[,.]")
_STOOD = re.compile(
    r",?[ ](?:who[ ])?(?:is[ ]|was[ ])?(?:stands?|stood|sits?|sat|runs?|ran|speaks?|spoke|standing"
    rf"|running|sitting|speaking)[ ](?:for|with)[ ](?:the[ ])?{_CAPITALS}"
)
_DIED = re.compile(
    r"(?:,[ ]|[ ]\()(?:[^.;:!?\n“”\"]{0,60}?\b(?:died|killed|murdered)[ ](?:[a-z]+[ ]){0,3}in[ ]"
    r"(?P<year>\d{4})|(?:born[ ])?\d{4}[ ]?[-–][ ]?(?P<last>\d{4})\))"
)
_SAME = 7  # letters by which the forms of a party's name are one
_ARTICLE = re.compile(r"^(?:the|an?)[ ](?:[a-z][\w-]+[ ])?")
_BY_CHANCE = frozenset({"defendant"})  # what anybody can become
_TITLED = 40  # characters before a name in which its bearer's party can stand
_AGED = re.compile(r"(\d\d?)-year-old[ ](?:[\w-]+[ ]){0,3}$")
_OF_OTHERS = re.compile(  # a role behind it is not the person's own: "the hunt for the arsonist"
    r"\b(?:for|of|to|with|by|from|against|behind|under|than|like|on|about|over|that|who[ms]?e?|which"
    r"|where|when|while|as[ ]if)[ ](?!(?:the|a)[ ](?:first|only|former)\b)"
)
_PAST = re.compile(
    r"\b(?:former|formerly|ex|then|previous|outgoing|acting|interim|deputy|new|newly)\b[ -]*",
    re.IGNORECASE,
)
_GIVEN = re.compile(
    rf"(?:(?P<other>{_CAPITAL})[ ]and[ ])?(?P<given>{_CAPITAL})"
    r"(?:[ ][^\W\d_a-z]\.)*[ ]$"
)
_PRONOUN = re.compile(  # not "him" in "Rell asked him if he would"
    r"[^.;:!?\n“”\"A-Z]{0,60}?(?<!\bif[ ])(?<!\bwhether[ ])\b"
    r"(?:(?P<hers>she|herself|her(?=[ ](?!(?:if|how|that|to|in|on|at|for|and)\b|wh)[a-z]))"
    r"|(?P<his>he|himself|his))\b"
)
_SAYING = re.compile(  # "by Rell, one official said" tells nothing of Rell
    r"(?<!\bwho[ ])\b(?:said|says|added|told|wrote|noted|argued|explained|warned|claimed)\b"
)
_ALIAS = re.compile(
    r"(?:,|[ ]\()[ ]?(?:who[ ])?(?:(?P<born>n[ée]e|born)|until[ ][^,.]{0,40}[ ]was|formerly|once"
    r"|previously|then|(?:is[ ])?now|(?:(?:was|is)[ ])?(?:(?:better|also|widely)[ ])?known[ ]"
    r"(?:to[ ][^,.]{0,30}[ ])?as|nicknamed|alias|(?:called|dubbed)(?:[ ]by[ ][^,.]{0,20})?)[ ]"
    r"(?:as[ ])?(?:M(?:r|rs|s)\.?[ ])?[“\"‘']?"
    rf"(?P<name>{_CAPITAL}(?:[ ]{_CAPITAL}){{0,3}})"
)
_MARRIED = re.compile(  # the words of a sentence that can give another surname
    r"[^.!?\n]*\b(?:marri(?:ed|age)|maiden|divorced?|h(?:er|im)self|signs|n[ée]e|once)\b[^.!?\n]*"
)
_DOING = re.compile(
    r",[ ]who[ ](?:has[ ]|had[ ]|is[ ]|was[ ])?(?P<verb>[a-z]+)[ ](?P<a>an?|two|three|four)?\b"
)
_LED = re.compile(
    r"[ ]the[ ](?P<what>[a-z-]+)(?:[ ][a-z-]+){0,2}(?:[ ](?:in|of|at|for)[ ](?:the[ ])?"
    rf"(?P<owner>{_CAPITALS}))?"
)
_LEADING = frozenset({"leader", "chair", "director"})
_LED_BEFORE = 3  # words up to such a role that can tell what is led: "the union's leader"
_LED_BEHIND = re.compile(r"[,.;:!?()“”\"]|[ ](?:in|at|who|that|which|into|and|said)\b")
_STYLE = re.compile(
    r"\b(Father|Mother|Sister|Brother|Fra|Dom|Don|Dona|Sir|Dame|Lady|King|Queen|Prince|Princess"
    r"|Pope|Patriarch|Rabbi|Imam|Ayatollah|Mullah|Lama|Swami|Guru|Sheikh|Sultan|Emir|Emperor"
    r"|Empress)[ ]$"
)
_FORMER = re.compile(r"\b(?:[Ff]ormer|[Ff]ormerly|[Ee]x|once|retired)\b[ -](?:[\w-]+[ ]){0,3}$")
_SORT = r"(?:own[ ]|first[ ]|last[ ]|family[ ]|full[ ]|sur)?names?"
_NAMESAKE = re.compile(
    rf"\b(?:(?:[Tt]he[ ]same|his[ ]own|her[ ]own|an?[ ]identical|similar)[ ]{_SORT}\b(?![ ]is)"
    r"|(?:ha(?:s|ve|d)|bears?|bore|carr(?:y|ies|ied)|shares?|shared|sharing|bearing|of|with)[ ]"
    rf"(?:his|her|my|their|the|that|our)[ ]{_SORT}(?:,[ ]too|[ ]with|[ ]of[ ](?:the|an?)"
    r"|\b(?=[,.;:!?”\"]))|(?:of|by)[ ]that[ ](?:sur)?name|ha(?:s|ve)[ ]my[ ]name"
    r"|ha(?:s|ve|d)[ ](?:the[ ])?\w+[’']s?[ ](?:first[ ]|last[ ]|family[ ]|sur)?name"
    r"|[’']s[ ]name[ ]was[ ](?:his|her)[ ]own|namesakes?|no[ ](?:relation|kin)\b"
    r"|no[ ](?:brother|sister)[ ]of"
    rf"|(?:ha(?:ve|d)|share[sd]?|bore|bear)[ ]one[ ](?:and[ ]the[ ]same[ ])?{_SORT}"
    r"|(?:not|neither)[ ](?:a[ ])?(?:relat(?:ed|ions?|ives?)|kin|brothers|sisters)\b"
    r"(?![ ]to[ ]the\b)"
    r"|(?:shar(?:es?|ed|ing)|(?:has|have|had|bears?|bore)(?=[ ](?:the[ ])?\S+[’']))"
    r"[ ](?:an?|the|his|her|my|their|\S+[’']s?)[ ](?:[\w’'-]+[ ]){0,2}"
    rf"{_SORT}|but[ ](?:for[ ])?(?:a|the|his|her|their)[ ]{_SORT}|a[ ]name[ ]in[ ]common"
    rf"|{_SORT}[ ](?:is|was)[ ](?:(?:also[ ])?that[ ]of|the[ ]same|the[ ]\w+[’']s)"
    rf"|{_SORT}[^.;:!?\n]{{0,40}}[ ]coincidence|coincidence[^.;:!?\n]{{0,40}}[ ]{_SORT}"
    r"|(?:often|always|daily|constantly|(?:every|all)[ ]\w+)[ ]asked[ ](?:\w+[ ]){0,3}"
    r"(?:whether|if)|asked[ ](?:daily|constantly|(?:every|all)[ ]\w+)[ ](?:whether|if)"
    r"|unrelated[ ]to(?=[ ](?:him|her|them|[A-Z]))"
    r"|not[ ](?:be[ ])?the[ ]same(?=[ ](?:man|woman|person|[A-Z])|[,.;])"
    r"|(?:mis)?taken[ ]for|took[ ](?:him|her)[ ]for"
    r"|(?:letters|mail|post|calls|bills)[ ]meant[ ]for|mistook|mix(?:ed|es|ing)?[ ]"
    r"(?:\w+[ ])?up[ ]with|confus(?:e|ed|es|ing)[ ](?:\w+[ ])?with|named[ ](?:after|like)"
    r"|called[ ](?:like|the[ ]same)|two[ ](?:men|women|people|\w+s)[ ](?:called|named|of[ ]the"
    r"[ ]name)|gave[ ](?:[\w-]+[ ]){1,5}(?:first[ ]|last[ ]|family[ ])?name)\b"
)
_ANOTHER = re.compile(
    r"\b(?:(?:the|that)[ ]other|another|a[ ]different|an?[ ]second|a[ ]certain|the[ ]wrong"
    r"|not[ ]that)[ ]$"
)
_KIN = re.compile(
    r"\b(?:[Hh]is|[Hh]er|[Tt]heir|[Mm]y|whose|[\w’']+[’']s|the)[ ](?:[a-z-]+[ ])?"
    r"(?:brother|sister|mother|father|son|daughter|wife|husband|uncle|aunt|cousin|nephew|niece|widow"
    r"|widower|twin)s?\b"
)
_AROUND = 150  # characters around a name in which its bearer can be set apart from others
_NONE = frozenset[str]()
_SEVERAL = 2  # pronouns
_OFTEN = 3  # of so many mentions one has such words around it
_QUOTED = re.compile(r"[“\"„«][^”\"“»]*[”\"“»]")
_PRONOUNS = re.compile(r"\b(?:(?P<hers>[Ss]he|[Hh]ers?)|(?P<his>[Hh]e|[Hh]is|[Hh]im))\b")
_THING = re.compile(
    r"\b(?:that[ ]it[ ](?:would|had|was|will)|it[ ]said|It[ ]said"
    r"|(?:said|denied)[ ](?:that[ ])?its)\b"
)
_ITS = re.compile(
    r"\b(?:said|denied)[ ][^.]{0,200}\bits\b"
)  # not of whom the text says what they are
_FIRM = re.compile(
    r"(?:^|[.!?][ ])The[ ](?:[a-z-]+[ ]){0,2}(?:brand|chain|company|firm|label|maker|retailer)\b"
)
_YEARS = re.compile(r"[Tt]he[ ](\d\d?)-year-old\b(?![ ][a-z])")
_AT_AGE = re.compile(  # of whoever alone is spoken of
    r"\b(?:[Hh]e|[Ss]he|who)[ ](?:is|was|turn(?:s|ed))[ ](\d\d)(?=[.,;]|[ ]years[ ]old|[ ]and\b)"
    r"|\b[Aa]t[ ](\d\d),?[ ](?:he|she)\b"
)
_ANAPHOR = re.compile(
    rf"(?:^|[.!?:;,]\s+|said[ ]|and[ ]|(?:^|[\s]){_CAPITAL}[’']s[ ]|[Ii]ts[ ]|[Tt]heir[ ])"
    r"(?:[Tt]he[ ](?:[\w]+[’']s?[ ])?)?(?:[a-z-]+[ ]){0,2}$"
)
_NAMED = re.compile(r",?[ ][^\W\d_a-z]")
_FULL_NAME = rf"{_CAPITAL}(?:[ ]{_CAPITAL}){{1,3}}"
_PERSON = re.compile(
    rf"{_CAPITAL}(?:[ ](?:d[aeu]|v[ao]n|der|bin|al|el))*"
    rf"(?:[ ](?:(?:a[dlnrstz]|ash|el)-)?{_CAPITAL})+"
)
_HOLDER = re.compile(
    rf"(?:[ ](?:of|for|at|in)[ ](?:the[ ])?{_CAPITALS})?(?:,(?=[ ]{_FULL_NAME}[,;)]))?[ ]"
    rf"(?P<name>{_FULL_NAME})"
)
_HELD = re.compile(
    rf"(?P<name>{_FULL_NAME}),[ ](?:\d\d,[ ])?(?:the|an?|{_CAPITALS}[’']s?)?[ ]?"
    r"(?:[\w-]+[ ]){0,3}$"
)
_DEFINITE = re.compile(rf"(?:the[ ]|The[ ]|{_CAPITALS}[’']s?[ ])")
_GENITIVE = re.compile(r"\s?[’']s?$")
_OPENING = frozenset(  # words that have a capital only because they open a sentence
    """the a an and but so or yet if when while as after before since because although though in
    on at by to from with of for it he she they we i his her its their our this that these those
    there then now still also even only meanwhile later earlier however asked what who why how
    where among following despite unlike like against during until amid without both""".split()
)
_WITHHELD = re.compile(r"\b(?:unidentified|unnamed|anonymous)\b")
_PM = re.compile(r"\bPM\b")
_SURNAMES = frozenset({"monarch", "royal", "mayor"})  # kinds of roles that are surnames too
_SENT = frozenset({"ambassador", "envoy"})  # who are where they do not belong
_TO = re.compile(r",?[ ](?:to|in|at)[ ]")
_COUNTED = frozenset(  # that a role may be "of" without belonging to it
    "one two three four five six seven eight nine ten eleven twelve sixteen eighteen".split()
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
_NO_MAN = re.compile(r"\b\w*(?:wo|ger|hu|otto|nor|spokes|chair)man\b", re.IGNORECASE)


class Role(NamedTuple):
    """What somebody is called: the kind of role, its field, and what it is for."""

    kind: str
    field: str
    portfolio: str | None


class Office(NamedTuple):
    """A role that stands for a person by itself, "the mayor of Tarn", and whose it is."""

    role: Role
    owners: frozenset[str]  # keys of countries and bodies; empty where the words name none

    @property
    def is_bodys(self) -> bool:
        """Whether it is one in a body, as a senate or a party, and not in a land."""
        return bool(self.owners & _bodies())


@dataclass(slots=True)
class Described:
    """What is said of one person."""

    roles: Counter[Role] = field(default_factory=Counter)
    owners: Counter[str] = field(default_factory=Counter)  # whom it is said to belong to
    likely: set[Role] = field(default_factory=set)  # "the surgeon", where nobody else is named
    sexes: Counter[Sex] = field(default_factory=Counter)  # by titles and nouns
    pronouns: Counter[Sex] = field(default_factory=Counter)
    ages: set[int] = field(default_factory=set)
    given: set[str] = field(default_factory=set)  # what stands before a surname alone, folded
    styles: set[str] = field(default_factory=set)  # titles that go with a given name alone
    aliases: set[Person] = field(default_factory=set)  # names had before, or used beside this one
    parties: Counter[str] = field(default_factory=Counter)
    died: set[int] = field(default_factory=set)  # the year, where a text says that it was so
    shared: int = 0  # texts that say around the name that somebody else has it
    kin: int = 0  # texts that tell of kin around the name

    def include(self, other: "Described") -> None:
        """Take in what is said elsewhere; ages, which change, are left out."""
        self.roles.update(other.roles)
        self.owners.update(other.owners)
        self.sexes.update(other.sexes)
        self.pronouns.update(other.pronouns)
        self.given |= other.given
        self.styles |= other.styles
        self.aliases |= other.aliases
        self.likely |= other.likely
        self.parties.update(other.parties)
        self.died |= other.died
        self.shared += other.shared
        self.kin += other.kin

    def often(self, texts: int) -> "Described":
        """What is said, but for what few of so many texts say."""
        return replace(
            self,
            roles=_often(self.roles, texts),
            owners=_often(self.owners, texts),
            parties=_often(self.parties, texts),
            shared=self.shared if self.shared * _OFTEN >= texts else 0,
            kin=self.kin if self.kin * _OFTEN >= texts else 0,
        )

    def read(self, before: str, behind: str) -> None:
        """Take in the words of one clause before the name and behind it."""
        self.sexes.update(_sexes(" ".join(before.split()[-1:])))
        if style := _STYLE.search(before):
            self.styles.add(style[1])
        place = len(before)
        for role, start, end in reversed(list(_roles(before))):
            if before[end:place] != " " and (
                place < len(before)
                or (before[end:].strip(" ,.") and not _ADJOINING.fullmatch(before, end))
            ):
                break  # "Supreme Leader Sheikh" are two roles of whoever stands next
            self.take(role, before[:start], before[start:end], before[end:])
            place = start
        if aged := _AGED.search(before):
            self.ages.add(int(aged[1]))
        if party := _partisan(r"[ ](?:\w+\.?[ ]){0,2}$").search(before[-_TITLED:]):
            self.parties[_party(party)] += 1
        if pronoun := _PRONOUN.match(behind):
            self.pronouns["f" if pronoun["hers"] else "m"] += 1
        self.read_clause(behind)
        apposed = _APPOSED.match(behind)
        if apposed and apposed["age"]:
            self.ages.add(int(apposed["age"]))
            apposed = _APPOSED.match(behind, apposed.end())
        if apposed and apposed["words"] and not _SAYING.search(apposed["words"]):
            self.read_apposition(apposed["words"])
        elif owned := _OF_NAMED.match(behind):
            self.own(owned["owner"])
        elif owned := _OF_BODY.match(behind):
            words = owned["words"].split()
            ends = [end for end, word in enumerate(words, 1) if word in naming.heads()]
            self.own(" ".join(words[: ends[0]]) if ends else "")

    def read_clause(self, behind: str) -> None:
        """Take in what the words behind the name say that the person does, or did to the end."""
        if aged := _AGED_IN_WORDS.match(behind):
            self.ages.add(_NUMBERS[aged[1]])
        if doing := _DOING.match(behind):
            verbs = _vocabulary().verbs
            for what in (f"{doing['verb']} {doing['a']}", doing["verb"]):
                if what in verbs:
                    self.roles[_of_what_is_led(verbs[what], "", behind[doing.end() :])] += 1
                    if whose := _LED.match(behind, doing.end("verb")):
                        self.own(whose["what"])
                        self.own(whose["owner"] or "")
                    break
        if stood := _STOOD.match(behind):
            self.parties.update(_party(party) for party in _partisan().finditer(stood[0]))
        if died := _DIED.match(behind):
            self.died.add(int(died["year"] or died["last"]))

    def read_apposition(self, words: str) -> None:
        """Take in the words between commas behind the name: ", a nurse of 40 from Tarn"."""
        words = _ONE_OF.sub(r"\1", _IS.sub("", words))
        if aged := _OF_AGE.search(words):
            self.ages.add(int(aged[1]))
        if party := _partisan().match(_ARTICLE.sub("", words)):
            self.parties[_party(party)] += 1
        if _is_body(words):
            self.sexes["n"] += 1
        for role, start, end in list(_roles(words))[:2]:
            if not _OF_OTHERS.search(words[:start]) and not _POSSESSIVE.match(words, end):
                self.take(role, words[:start], words[start:end], words[end:])

    def rename(self, name: str, behind: str) -> None:
        """Take in the name that the words behind a full name say the person has besides."""
        match = _ALIAS.match(behind)
        words = name.split(" ")
        if match is None or any(map(naming.is_title, match["name"].split(" "))):
            return
        other = match["name"]
        if " " not in other:
            if not match["born"]:
                self.aliases.add(naming.person(other))
            other = f"{words[0]} {other}" if match["born"] else f"{other} {words[-1]}"
        self.aliases.add(naming.person(other))

    @property
    def sex(self) -> Sex | None:
        """The one that the words say, pronouns left out; None where they do not agree.

        What has a role or an age is no thing, whatever else it is called.
        """
        sexes = Counter(self.sexes)
        if self.roles or self.ages:
            del sexes["n"]
        return _most(sexes)

    @property
    def likely_sex(self) -> Sex | None:
        """The one that the words say, where few pronouns say another, or else the pronouns."""
        if self.sex is None:
            return _most(self.pronouns)
        agreeing = self.pronouns[self.sex] * _OFTEN
        return self.sex if agreeing >= self.pronouns.total() else None

    @property
    def sure_sexes(self) -> set[Sex]:
        """The one that several pronouns say, and none says another."""
        found = {sex for sex in self.pronouns if self.pronouns[sex]}
        return found if len(found) == 1 and self.pronouns.total() >= _SEVERAL else set()

    @property
    def main_parties(self) -> set[str]:
        """The parties that are named often, beside the one named most."""
        most = max(self.parties.values(), default=0)
        return {party for party, count in self.parties.items() if count * _OFTEN >= most}

    @property
    def owner_keys(self) -> frozenset[str]:
        """The keys of all that the person is said to belong to."""
        return frozenset[str]().union(*map(countries.keys, self.owners)) if self.owners else _NONE

    @property
    def proper_owner_keys(self) -> frozenset[str]:
        """The keys of the owners, those left out that "House" or "Senate" names."""
        proper = [
            countries.keys(owner)
            for owner in self.owners
            if owner.islower() or owner.lower() not in naming.heads()
        ]
        return frozenset[str]().union(*proper) if proper else _NONE

    def own(self, owner: str) -> None:
        """Take in the name of a body or country that the person is said to belong to."""
        name = _GENITIVE.sub("", owner).split(" and ")[-1]
        first, _, rest = name.partition(" ")
        name = rest if first.lower() in _OPENING or _is_doing(first) else name
        if not name or name.lower() in _COUNTED or (name.istitle() and naming.is_title(name)):
            return
        if not (rest and (naming.is_given(naming.fold(first)) or is_office(name))):
            self.owners[name] += 1

    def take(self, role: Role, before: str, named: str, behind: str) -> None:
        """Take in a role and whose it is, by the words of it and on both sides of it."""
        role = _of_what_is_led(role, f"{before} {named}", behind)
        if role.field != "title" and not _FORMER.search(before):
            self.roles[role] += 1
        self.sexes.update(_sexes(named))
        if owning := _OWNING.search(_PAST.sub("", before)):
            self.own(owning["owner"])
        owned = _OWNED.match(behind)
        if owned and not (role.kind in _SENT and _TO.match(behind)):
            self.own(owned["owner"])


def people(text: str, names: Sequence[Sequence[str]]) -> list[Described]:
    """What `text` says of each person in turn; `names`: how each is written, longest first."""
    found = [Described() for _ in names]
    forms: dict[str, list[int]] = {}
    for person, written in enumerate(names):
        for form in written:
            forms.setdefault(form, []).append(person)
    if not forms:
        return found
    mentions: dict[int, list[_Mention]] = defaultdict(list)
    for match in re.finditer(rf"(?<![\w-]){_either(forms)}(?![\w-])", text):
        before = _last_clause(text[max(0, match.start() - _BEFORE) : match.start()])
        given = () if " " in match.group() else _given(before)
        whose = forms[match.group()]
        for person in whose:
            mentions[person].append(_Mention(match, before, given, alone=len(whose) == 1))
    for person, some in mentions.items():
        full = any(" " in form for form in names[person])
        met = full and any(len(forms[form]) > 1 for form in names[person])
        _read(found[person], text, some, full=full, met=met)
    if len(found) == 1:
        _read_alone(text, found[0], names[0])
    return found


class _Mention(NamedTuple):
    """A name where a text has it."""

    match: re.Match[str]
    before: str  # the clause to it
    given: tuple[str, ...]  # names right before a surname alone
    alone: bool  # whether nobody else is called so


def _read(
    person: Described, text: str, mentions: Sequence[_Mention], *, full: bool, met: bool
) -> None:
    """Take in what a text says of a person at each place where it names them.

    Where it has somebody else's given name before the surname, the surname alone may be theirs.
    Where it has them, or somebody speaks who has the surname too (`met`), it is of them that it
    says so.
    """
    others = full and any(one.given for one in mentions)
    for match, before, _, alone in mentions:
        if alone and (" " in match.group() or not others):
            behind = text[match.end() : match.end() + _BEHIND]
            person.read(before, behind)
            person.rename(match.group(), behind)
    places = [one.match.span() for one in mentions]
    around = [text[max(0, start - _AROUND) : end + _AROUND] for start, end in places]
    counts = Counter(given for one in mentions for given in one.given)
    person.given = {one for one in counts if counts[one] * _OFTEN >= len(places)}
    told = 0 if others or met else sum(map(bool, map(_NAMESAKE.search, around)))
    told += sum(_ANOTHER.search(text[max(0, at - _BEFORE) : at]) is not None for at, _ in places)
    person.shared = int(told * SELDOM >= len(places))
    person.kin = int(sum(map(bool, map(_KIN.search, around))) * _OFTEN >= len(around))


def _read_alone(text: str, person: Described, forms: Sequence[str]) -> None:
    """Take in what a text says of "he", "she", "it" and "the surgeon" and names one person only."""
    spoken = _QUOTED.sub(" ", text)
    full = [form for form in forms if " " in form]
    is_told = bool(person.roles)
    if not is_told:
        person.likely |= {
            role
            for role, start, end in _roles(spoken)
            if _ANAPHOR.search(spoken[max(0, start - _BEFORE) : start])
            and role.field != "title"
            and not _FORMER.search(spoken[max(0, start - _BEFORE) : start])
            and not _NAMED.match(spoken, end)
            and not _POSSESSIVE.match(spoken, end)
        }
    if len(text) < ARTICLE and len({role.kind for role in person.likely} - _BY_CHANCE) == 1:
        person.roles, person.likely = Counter(person.likely), set()
    if not person.ages:
        person.ages = {int(match[1]) for match in _YEARS.finditer(spoken)}
    if not person.ages and len(text) < ARTICLE:
        person.ages = {int(match[1] or match[2]) for match in _AT_AGE.finditer(spoken)}
    heard = Counter[Sex]("f" if one["hers"] else "m" for one in _PRONOUNS.finditer(spoken))
    if not (heard or person.pronouns or person.sexes):
        firm = not full and not person.roles and not person.ages and _FIRM.search(spoken)
        own = not full and not is_told and _ITS.search(spoken)
        if firm or own or _THING.search(spoken):
            person.pronouns["n"] += 1
    if len(text) < ARTICLE:  # longer ones have others to speak of
        person.pronouns.update(heard)
        given = {form.partition(" ")[0] for form in full}
        person.aliases |= {
            naming.person(name)
            for sentence in _MARRIED.findall(spoken)
            for name in full_names(sentence)
            if name not in full and name.partition(" ")[0] in given
        }


def office(words: str) -> Office | None:
    """The office that words without a name stand for: "the Galdovian president"."""
    words = _PM.sub("prime minister", words)
    found = list(_roles(words))
    if not found or found[-1][0].field == "title" or _WITHHELD.search(words):
        return None
    role, start, end = found[-1]
    if not _DEFINITE.match(words) and not (words[0].isupper() and role.kind in OFFICES):
        return None
    if words[end:].strip() and not _OWNED.match(words[end:]):
        return None
    told = Described()
    told.take(role, words[:start], "", words[end:])
    return Office(role, told.owner_keys - _anybodys())


def is_office(name: str) -> bool:
    """Whether what is taken for a name is an office's: "Supreme Leader", "Speaker of the Diet"."""
    found = list(_roles(name))
    if not found or naming.is_given(naming.fold(name.partition(" ")[0])):
        return False
    role, start, end = found[0]
    return (
        role.kind in OFFICES - _SURNAMES
        and " of " not in name[:start]
        and (end == len(name) or _OWNED.match(name, end) is not None)
    )


@cache
def _bodies() -> frozenset[str]:
    return frozenset[str]().union(*map(countries.keys, naming.heads()))


@cache
def _anybodys() -> frozenset[str]:
    """The keys of owners that do not say which one it is: "the country's president"."""
    return frozenset[str]().union(*map(countries.keys, _listed("apart", "owners")))


def holders(text: str, role: Role) -> set[str]:
    """The full names in a text that stand beside a role of the same kind."""
    return {
        name
        for other, name in _holding(text).get(role.kind, ())
        if role.portfolio in {other.portfolio, None}
    }


@lru_cache(maxsize=4)  # one text is asked of for every office in it
def _holding(text: str) -> Mapping[str, Collection[tuple[Role, str]]]:
    """The roles in a text beside which a full name stands, by kind, with that name."""
    found = defaultdict[str, set[tuple[Role, str]]](set)
    for role, start, end in _roles(text):
        match = _HOLDER.match(text, end) or _HELD.search(text[max(0, start - _BEFORE) : start])
        if match and _is_somebodys(match["name"]):
            found[role.kind].add((role, match["name"]))
    return found


def _is_somebodys(name: str) -> bool:
    """Whether a name can be a person's: not "On Monday", nor "Services Company"."""
    first, *_, last = name.lower().split(" ")
    return first not in _OPENING and last not in naming.heads()


def matters(words: str) -> tuple[list[str], str]:
    """What a minister or a ministry is for, in order, and the words without it."""
    pattern, portfolios = _matters(), _vocabulary().portfolios
    found = [portfolios[match[0].lower()] for match in pattern.finditer(words)]
    return list(dict.fromkeys(found)), pattern.sub(" ", words)


@cache
def _matters() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){_either(_vocabulary().portfolios)}(?![\w-])", re.IGNORECASE)


def is_thing(name: str, text: str) -> bool:
    """Whether a text says behind a name what kind of body has it: "Rell, the shipyard in Kell,"."""
    found = re.search(rf"(?<![\w-]){re.escape(name)},[ ](?P<words>[^,.;:!?\n]+)", text)
    return found is not None and _is_body(found["words"])


def _is_body(words: str) -> bool:
    found = _BODY.match(words)
    return found is not None and found["head"] in naming.heads()


def is_partisan(name: str) -> bool:
    """Whether a name says no more than of which party somebody is: "Virginia Democrat"."""
    last = name.rsplit(" ", maxsplit=1)[-1]
    return last.istitle() and last.lower() in _partisans()


@cache
def _partisans() -> frozenset[str]:
    return frozenset(_listed("party", "member"))


def full_names(text: str) -> set[str]:
    """The names of two words and more in a text that look like those of people."""
    found = set()
    for match in _PERSON.finditer(text):
        words = match[0].split(" ")
        while words and words[0].lower() in _OPENING:
            words = words[1:]
        name = naming.untitled(" ".join(words))
        if " " in name:
            found.add(name)
    return found


@cache
def exclusive() -> tuple[frozenset[str], ...]:
    """Groups of kinds of roles; nobody has two of one group at once."""
    kinds = _vocabulary().kinds.values()
    fields = [
        frozenset(kind for kind, area in kinds if area == one) for one in _listed("apart", "fields")
    ]
    return (*fields, frozenset(_listed("apart", "kinds")))


def _is_doing(word: str) -> bool:
    """Whether a word with a capital is a verb that opens a sentence: "Calling President Rell"."""
    return word.endswith("ing") and not any(
        key.startswith("=") for key in countries.keys(word, seats=True)
    )


def _often(counts: Counter[Said], texts: int) -> Counter[Said]:
    return Counter({one: count for one, count in counts.items() if count * SELDOM >= texts})


def _most(sexes: "Counter[Sex]") -> Sex | None:
    """The one that at least twice as many words say as any other."""
    ranked = sexes.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] < 2 * ranked[1][1]):
        return None
    return ranked[0][0]


def _given(before: str) -> tuple[str, ...]:
    """The given names right before a surname, folded: "Lena and Ruth"."""
    match = _GIVEN.search(before)
    if match is None:
        return ()
    names = [
        naming.fold(re.split("[.-]", name)[0])
        for name in (match["other"], match["given"])
        if name and not naming.is_title(name) and name.lower() not in _OPENING and "’" not in name
    ]
    return tuple(
        name for name in names if before.strip() != match[0].strip() or naming.is_given(name)
    )


@cache
def _partisan(behind: str = "") -> re.Pattern[str]:
    """What finds a party: one of those that many lands have, or a name with the word "Party"."""
    known = _either(
        re.sub(r"\b[a-z]", lambda one: one[0].upper(), word) for word in _listed("party", "party")
    )
    return re.compile(
        rf"\b(?:(?P<letter>[RD])-[A-Z]|(?P<known>{known})s?\b(?![’'])"
        rf"|(?P<named>{_CAPITAL})[ ]Party\b){behind}"
    )


def _listed(area: str, kind: str) -> list[str]:
    """The words of one line of the roles."""
    start = f"{area} | {kind}: "
    rows = (line.removeprefix(start) for line in lines("roles.txt") if line.startswith(start))
    return [word for row in rows for word in row.split(", ")]


def _party(found: re.Match[str]) -> str:
    """The key of a party, one for "Democrat" and "Democratic"."""
    name = {"R": "Republican", "D": "Democrat"}.get(found["letter"], "") or found["known"]
    return naming.fold(name or found["named"])[:_SAME]


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
    kinds, portfolios, *_ = _vocabulary()
    for match in _pattern().finditer(words):
        word, under = match["role"].lower(), match["under"]
        whole = kinds.get(f"{under} {word}".lower()) if under else None
        name, area = whole or kinds.get(word) or _by_ending(word)
        portfolio = match["for"] or match["of"]
        known = portfolios.get(portfolio.lower()) if portfolio else None
        under = "deputy " if under and not whole and not name.startswith("deputy") else ""
        yield Role(under + name, area, known), match.start(), match.end()


@cache
def _by_ending(word: str) -> tuple[str, str]:
    """The kind and field of a role that is known by how its word ends."""
    kinds = _vocabulary().kinds
    endings = (key for key in kinds if key.startswith("-") and word.endswith(key[1:]))
    kind, area = kinds[max(endings, key=len)]
    return (word if kind == "-" else kind), area


@cache
def _pattern() -> re.Pattern[str]:
    """What finds roles, with what they are for."""
    kinds, portfolios, *_ = _vocabulary()
    endings = "|".join(rf"\w+{re.escape(word[1:])}" for word in kinds if word.startswith("-"))
    words = _either([word for word in kinds if not word.startswith("-")])
    roles, matters = f"{words}|{endings}", _either(portfolios)
    return re.compile(
        r"(?<![\w-])(?:(?P<under>deputy|assistant|vice)[ -])?"
        rf"(?:(?P<for>{matters})[ ])?(?P<role>{roles})(?![\w-])\.?"
        rf"(?:[ ](?:of|for)[ ](?:the[ ])?(?P<of>{matters})(?![\w-]))?",
        re.IGNORECASE,
    )


def _of_what_is_led(role: Role, before: str, behind: str) -> Role:
    """What somebody is who leads such a thing: "head of the union" is a union leader."""
    if role.kind not in _LEADING:
        return role
    led = _vocabulary().led
    beside = [*before.split()[-_LED_BEFORE:], *_LED_BEHIND.split(behind)[0].split()]
    words = (_GENITIVE.sub("", word).lower() for word in beside)
    return next((led[word] for word in words if word in led), role)


def _either(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest that fits, that looks at each letter once."""
    below: dict[str, set[str]] = defaultdict(set)
    ends = False
    for word in words:
        if word:
            below[word[0]].add(word[1:])
        else:
            ends = True
    parts = [re.escape(letter) + _either(rest) for letter, rest in sorted(below.items())]
    either = f"(?:{'|'.join(parts)})" if len(parts) > 1 else "".join(parts)
    return f"(?:{either})?" if ends and either else either


class _Vocabulary(NamedTuple):
    """What words tell of somebody's role."""

    kinds: Mapping[str, tuple[str, str]]  # kind and field, by the words of a role
    portfolios: Mapping[str, str]  # what a minister is for
    verbs: Mapping[str, Role]  # of whoever does something
    led: Mapping[str, Role]  # of whoever leads something


@cache
def _vocabulary() -> _Vocabulary:
    kinds: dict[str, tuple[str, str]] = {}
    portfolios: dict[str, str] = {}
    verbs: dict[str, Role] = {}
    led: dict[str, Role] = {}
    fields: dict[str, str] = {}
    for line in lines("roles.txt"):
        area, kind, words = (part.strip() for part in re.split("[|:]", line))
        for word in words.split(", "):
            if area == "portfolio":
                portfolios[word] = kind
            elif area == "verb":
                verbs[word] = Role(kind, fields[kind], None)
            elif area == "led":
                led[word] = Role(kind, fields[kind], None)
            elif area not in {"party", "apart"}:
                fields[kind] = area
                kinds.setdefault(word, (word if kind == "-" else kind, area))
    return _Vocabulary(kinds, portfolios, verbs, led)
