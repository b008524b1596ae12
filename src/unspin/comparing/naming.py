"""Names in parts, folded so that the spellings of one name meet, and how far two of them agree.

A word of a name has its spelling, without case and accents, and its sound: transliterations of one
name ("Zelenskyy", "Zelensky", "Petrenkow", "Petrenkov") have the same sound. A word that mixes
letters of several scripts is kept as it is, so that a look-alike never meets the real name.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product
from typing import Literal

from unspin.comparing.words import lines

Likeness = Literal[
    "full",  # given name and surname are the same
    "variant",  # the same but for a short form, a transliteration or the order
    "respelt",  # the same but for sounds that alphabets exchange, in a long name
    "near",  # the same but for vowels in a name that transliterations spell in many ways
    "suffix",  # one has a "Jr" that the other lacks
    "initial",  # one of them has the given name by its initial alone
    "part",  # one leaves out a given name, or has two surnames and no given name
    "surname",  # one is a surname alone
    "sound",  # one is a surname alone, in another spelling
    "first",  # one is the first word alone: the family name, where that stands first
    "given",  # one is the first word alone, by which some are called
    "apart",  # two names of two persons
]

_WORD = re.compile(r"[^\W_]+(?:['’ʼ`][^\W_]+)*\.?")
_OWNER = re.compile(r"['’]s[ ](?=\S)")
_OF = frozenset({"of", "for", "from", "the"})
_BINDING = frozenset(
    "al el bin ibn bint abu ben de da di du del della van von der den la le".split()
)
_SMALL = _OF | _BINDING | frozenset({"and", "y", "e", "zu", "ten", "ter", "den", "dos", "das"})
_GENITIVE = re.compile(r"\s?['’]s?$")
_SUFFIXES = {
    **dict.fromkeys(("jr", "junior", "filho", "hijo", "fils", "neto"), "jr"),
    **dict.fromkeys(("sr", "senior", "pere", "padre"), "sr"),
    **{roman: roman for roman in ("ii", "iii", "iv", "vi", "vii", "viii", "ix", "xi", "xii")},
}
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "dj", "ð": "d", "þ": "th", "ı": "i", "ə": "a", "ß": "ss", "æ": "ae"}
    | {"œ": "oe", "ŋ": "ng", "ħ": "h", "'": "", "’": "", "ʼ": "", "`": "", "ʻ": "", "ʿ": ""}
    | {"ʾ": "", "ь": "", "ъ": "", "·": ""}
)
_CYRILLIC = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщыэюяіїєґў",
        """a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch i e iu ia i i e g
        u""".split(),
        strict=True,
    )
)
_GREEK = dict(
    zip("αβγδεζηθικλμνξοπρσςτυφχψω", "a v g d e z i th i k l m n x o p r s s t i f ch ps o".split(),
        strict=True)
)  # fmt: skip
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"shch|sch|tsch(?=[aeiou])|sz(?=cz)", "sh"),
        (r"tch|cz|tsch", "ch"),
        (r"kh(?=\w{3})|(?<=\w\w)kh", "h"),
        (r"gh", "g"),
        (r"dzh|^di(?=a)", "j"),
        (r"dj", "d"),
        (r"ph", "f"),
        (r"ck|q|c(?=[^ehiy]|$)", "k"),
        (r"x", "ks"),
        (r"tz", "ts"),
        (r"w", "v"),
        (r"(?<=[eoi])ff?$", "v"),
        (r"ou|oo", "u"),
        (r"ue(?=[^r]|$)", "u"),
        (r"oe", "o"),
        (r"ae|aa", "a"),
        (r"ee", "i"),
        (r"(?<=[aeiou])h$", ""),
        (r"y", "i"),
        (r"(?<=[a-z])j|^j(?=e|[aou]\w{4})", "i"),
        (r"^ie|(?<=[aeiou])ie", "e"),
        (r"(.)\1+", r"\1"),
    )
)
_FATHERS = frozenset({"bin", "ibn", "bint"})
_SON = "bin "
_ADDRESSED = "title party state any force police law learning faith"
_SUFFIXED = re.compile(r"\s*,\s*(?=(?:[JS]r|II|III|IV)\b)")
_SENTENCE = re.compile(  # what stands before a name that was cut too wide
    r"^.*[a-z]{4}\.[ ](?=\S)|^(?:Now|Then|But|And|When|While|As|If|So|Yet|Like|Unlike)"
    r"[ ](?=\S+[ ]\S)"
)
_GENERATION = re.compile(r",?\s+the\s+(?:(?P<older>[Ee]lder)|[Yy]ounger)\b")
_YOUNGER = re.compile(r"^[Tt]he\s+(?:(?P<older>elder|older|senior)|younger|junior)\s+(?P<name>.+)$")
_ONCE = frozenset("former then acting".split())  # before a title
_ASIDE = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")
_NICKNAME = re.compile(r"\s*[\"“„‘'(]([^\W\d_][\w’'-]+)[\"”“’')]\s+(?=\w)")
_NAMED = re.compile(
    r"[^\W\d_a-z][\w’'-]+(?:[ ](?:[^\W\d_a-z][\w’'.-]*|[\"“„‘'(][^\W\d_a-z][\w’'-]+[\"”“’')]"
    r"|d[aei]|v[ao]n|der|bin|al|el)){1,4}"
)
_FULL = 2  # words of a usual name
_LONGEST_TITLE = 4  # words: "chief of the general staff" ends in a title of its own
_LONG = 5  # letters from which words may differ in some
_LENGTHY = 8  # letters of a word that can hardly be another's by chance
_EXCHANGED = tuple(map(frozenset, ("gh", "gk", "ou", "ei", "ae", "vu")))
_STEM = 3  # letters of a given name that a short form keeps
_ENDINGS = frozenset("aeiouy")
_FAR = 5  # of so many letters one may differ
_ORDER: tuple[Likeness, ...] = (
    "full", "variant", "part", "initial", "respelt", "near", "suffix", "apart"
)  # fmt: skip
_VOWELS = frozenset("aeiou")
_VOWEL = re.compile("e[ou]|o[ou]")
_ROMANISED = tuple(
    (re.compile(pattern), letter)
    for pattern, letter in (
        ("c(?!h)|t[sz]", "z"),
        ("ch|zh|[jq]", "c"),
        ("hs|sh|x", "s"),
        ("b", "p"),
        ("d", "t"),
        ("(?<!n)g", "k"),
        ("(?<=[ie])h", ""),
        ("ie(?=n)", "ia"),
        ("u(?=ng)", "o"),
    )
)
_UNWRITTEN = str.maketrans(dict.fromkeys(_VOWELS))
_WITHIN = str.maketrans("eu", "io")
_CODES = {
    letter: letters[0]
    for letters in ("kgqcx", "td", "pbf", "szj", "lr", "mn")
    for letter in letters
}  # sounds that spellings of one name exchange
_HYPHEN = re.compile(r"\s?[-‐‑–]\s?")
_ARTICLES = frozenset("al el as ash an ad ar at az ul".split())  # of Arabic names
_LINKED = frozenset("de da di du del della van von der".split())  # that seldom open a given name
_LINKS = frozenset(  # small words that a name may have or lack
    "de da do dos das du del della di van von der den het ter ten zu zur la le lo las los of e y i"
    .split()
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a name."""

    spelt: str
    sound: str

    @property
    def initial(self) -> bool:
        """Whether it is a letter that stands for a name."""
        return len(self.spelt) == 1


@dataclass(frozen=True, slots=True)
class Person:
    """A person's name without titles: its words in order, articles and small links left out."""

    words: tuple[Word, ...]
    suffix: str | None

    @property
    def full(self) -> bool:
        """Whether there is more than one word."""
        return len(self.words) > 1


def untitled(name: str) -> str:
    """A person's name without the titles before it and "of Velland" behind it."""
    plain = _SUFFIXED.sub(" ", _GENITIVE.sub("", _ASIDE.sub("", name.strip())))
    plain = _SENTENCE.sub("", plain)
    plain = _GENERATION.sub(lambda found: " Sr" if found["older"] else " Jr", plain)
    if younger := _YOUNGER.match(plain):
        plain = f"{younger['name']} {'Sr' if younger['older'] else 'Jr'}"
    parts = _OWNER.split(plain)[-1].split(",")[0].split()
    last = len(parts) - 1 - (len(parts) > 1 and fold(parts[-1].rstrip(".")) in _SUFFIXES)
    titles = [place for place, one in enumerate(parts[: max(last, 0)]) if is_title(one)]
    titles += [
        start + length - 1
        for length in range(2, _LONGEST_TITLE + 1)
        for start in range(last - length + 1)
        if " ".join(parts[start : start + length]).casefold() in _phrases()
    ]
    if len(parts) > _FULL and not titles and is_trade(parts[0]):
        titles = [0]  # "Baker Ana Rell" opens a sentence
    start = max(titles) + 1 if titles else 0
    small = [place for place, one in enumerate(parts[:-1]) if one.islower() and one not in _SMALL]
    start = max(start, small[-1] + 1 if small else 0)  # "presidential hopeful Ana Rell"
    if start < len(parts) and parts[start] in _OF:
        return " ".join(parts[start:][-2:])  # "the President of the Isle Ana Rell"
    while start < len(parts) - 1 and parts[start] in {"and", "that"}:
        start += 1
    rest = parts[start:]
    end = next((place for place, one in enumerate(rest) if place and one in _OF), len(rest))
    return " ".join(rest[:end])


def person(name: str) -> Person:
    """The parts of a person's name, titles and nicknames between quotation marks left out."""
    plain = _NICKNAME.sub(" ", unicodedata.normalize("NFC", untitled(name)))
    written = _WORD.findall(_HYPHEN.sub(" ", plain))
    suffix, is_son = None, False
    words: list[Word] = []
    for place, piece in enumerate(written):
        small, last = piece.rstrip(".").casefold(), place == len(written) - 1
        if place and fold(small) in _SUFFIXES and (last or len(small) < _LONG):
            suffix = _SUFFIXES[fold(small)]
        elif small in _FATHERS and (place or piece.islower()) and not last:
            is_son = True
        elif not (small in _LINKS and (piece.islower() or _opens(written, place))) and not (
            small in _ARTICLES and not last and not is_son and not _is_al(plain)
        ):
            words.append(_of_father(word(piece)) if is_son else word(piece))
            is_son = False
    while len(words) > 1 and words[-1].initial and not words[0].initial:
        words.insert(0, words.pop())  # "Chen G. H." has the family name first
    return Person(tuple(one for one in words if one.spelt), suffix)


def _is_al(name: str) -> bool:
    """Whether a name is "Al" and one word more, which no hyphen joins."""
    return re.fullmatch(r"Al[ ][^\W\d_a-z][\w’']+", name) is not None


def _opens(written: Sequence[str], place: int) -> bool:
    """Whether a small word with a capital opens a surname: "Van der Meer", "De Luca"."""
    rest = [one for one in written[place + 1 :] if not one.islower()]
    return place == 0 and written[0].casefold() in _LINKED and len(rest) == 1


def is_body(name: str, words: str) -> bool:
    """Whether a name of no known kind is no person's, by the article before it or an "of" in it."""
    start = words.find(name)
    titled = is_title(name.split(" ", maxsplit=1)[0])
    articled = words[:start].casefold() == "the " and not titled
    return articled or re.search(r"[ ](?:of|for)[ ](?:the[ ])?[^\W\d_a-z]", name) is not None


def apposed(words: str) -> str | None:
    """The full name that stands between the commas of some words, alone or behind titles."""
    for part in re.split(r",\s", words):
        name = untitled(part)
        before, parts = part.removesuffix(name).split(), name.split(" ")
        if (
            _NAMED.fullmatch(name)
            and part.partition(" ")[0] != "The"
            and not any(map(is_title, parts))
            and all(one[0].isupper() or one in _ONCE or is_trade(one) for one in before)
        ):
            return name
    return None


def is_younger(words: str) -> bool:
    """Whether words tell which of two relatives they name: "the younger Mr. Rell"."""
    return _YOUNGER.match(words) is not None


def nickname(name: str) -> Person | None:
    """The name with the nickname that stands in it between quotation marks for the given name."""
    match = _NICKNAME.search(name)
    words = untitled(name).split(" ")
    surname = words[0] if is_family(fold(words[0])) else words[-1]
    return person(f"{match[1]} {surname}") if match else None


@lru_cache(1 << 16)
def word(written: str) -> Word:
    """A word with its spelling and sound folded."""
    spelt = fold(written.rstrip("."))
    return Word(spelt, _sound(spelt))


@lru_cache(1 << 16)
def fold(written: str) -> str:
    """A word in lower case without accents, in Latin letters; one of mixed scripts as it is."""
    if written.isascii():
        return written.lower().translate(_LETTERS)
    scripts = {_script(letter) for letter in written if letter.isalpha()}
    small = written.casefold()
    if len(scripts) > 1:
        return written
    plain = unicodedata.normalize("NFKD", small.translate(_LETTERS))
    if scripts == {"CYRILLIC"}:
        small = "".join(_CYRILLIC.get(one, one) for one in small.translate(_LETTERS))
        plain = unicodedata.normalize("NFKD", small)
    plain = "".join(one for one in plain if not unicodedata.combining(one))
    if scripts == {"GREEK"}:
        plain = "".join(_GREEK.get(one, one) for one in plain)
    return plain


@lru_cache(1 << 16)
def likeness(one: Person, other: Person) -> Likeness:
    """How far two names agree; "apart" where they name two persons."""
    short, long = sorted((one.words, other.words), key=len)
    if not short or (one.suffix and other.suffix and one.suffix != other.suffix):
        return "apart"
    found = _alone(short[0], long) if len(short) == 1 else _whole(short, long)
    if found == "apart" and (surname := _surname(short)):
        found = _alone(surname, long)
    if found == "apart" and len(long) == _FULL and (surname := _surname(long)):
        found = _alone(surname, short)
    differs = one.suffix != other.suffix and found in {"full", "variant", "surname", "sound"}
    return "suffix" if differs else found


def _surname(words: Sequence[Word]) -> Word | None:
    """The surname that two words may be: "Al Rell" is Rell or Alan, "Ben Rell" bin Rell or Ben."""
    if len(words) != _FULL or words[0].spelt not in {"al", "ben", *_FATHERS}:
        return None
    first, last = words
    return last if first.spelt == "al" else _of_father(last)


def _of_father(one: Word) -> Word:
    """A father's name as that of the son, told apart from the father's: "bin Salman"."""
    return Word(f"{_SON}{one.spelt}", f"{_SON}{one.sound}")


def shelves(one: Word) -> tuple[str, ...]:
    """Keys of which two surnames that sound alike share one."""
    groups = sorted(_groups(one.spelt) & _transcribed())
    return (one.sound.removeprefix(_SON), *(f"={group}" for group in groups))


def rough(one: Word) -> str:
    """A key that surnames share which are spellings of one name, and many that are not."""
    codes = [_CODES[letter] for letter in one.sound if letter in _CODES]
    kept = [code for place, code in enumerate(codes) if not place or codes[place - 1] != code]
    return "~" + "".join(kept[:3])


def same_given(one: Word, other: Word) -> Likeness:
    """How far two given names agree."""
    if one.initial or other.initial:
        return "initial" if one.spelt[0] == other.spelt[0] else "apart"
    if one.spelt == other.spelt:
        return "full"
    if _groups(one.spelt) & _groups(other.spelt):
        return "variant"
    sexes = {_sexes().get(word.spelt) for word in (one, other)}
    if _heard(one.sound) == _heard(other.sound):
        return "apart" if sexes == {"f", "m"} else "variant"
    near = is_near(one, other) or _is_respelt(one, other) or _is_short(one, other)
    return "near" if near and not _are_two(one, other) else "apart"


def _are_two(one: Word, other: Word) -> bool:
    """Whether two words are given names that are known as two: "Hasan", "Hussein"."""
    known = all(is_given(name) or name in _sexes() for name in (one.spelt, other.spelt))
    return known and not _groups(one.spelt) & _groups(other.spelt)


def _heard(sound: str) -> str:
    """A long sound with one letter for the vowels within it that alphabets exchange."""
    if len(sound) < _LONG:
        return sound
    within = sound[1:-1].replace("ue", "u").translate(_WITHIN)  # "Juergen"
    return f"{sound[:1]}{within}{sound[-1:]}"


def is_given(spelt: str) -> bool:
    """Whether a folded word is a given name of the table."""
    return spelt in _grouped()


def sex(name: Person) -> str | None:
    """Whether the given name of a full name is a woman's, "f", or a man's, "m"; None: either's."""
    if not name.full:
        return None
    given = name.words[-1 if is_family(name.words[0].spelt) else 0]
    return _sexes().get(given.spelt)


def is_family(spelt: str) -> bool:
    """Whether a folded word is a family name that stands first in names of its language."""
    return spelt in _families()


def _script(letter: str) -> str:
    return "LATIN" if letter.isascii() else unicodedata.name(letter, "?").split(" ")[0]


@lru_cache(1 << 16)
def _sound(spelt: str) -> str:
    if not spelt.isascii() or len(spelt) < 3:  # noqa: PLR2004 - too short to be respelt
        return spelt
    for pattern, sound in _SOUNDS:
        spelt = pattern.sub(sound, spelt)
    return spelt


def _alone(single: Word, name: Sequence[Word]) -> Likeness:
    if single.initial:
        return "apart"
    if single.sound == name[-1].sound:
        return "surname" if single.spelt == name[-1].spelt else "sound"
    if len(name) > _FULL and single.spelt == name[-2].spelt:
        return "sound"  # of two surnames the first
    if single.spelt == name[0].spelt:
        return "first" if single.spelt in _families() else "given"
    return "apart"


def _whole(short: Sequence[Word], long: Sequence[Word]) -> Likeness:
    """How far two full names agree, in any turn of their words: a family name may stand first."""
    if in_family := _in_family(short, long):
        return in_family
    best = _in_order(short, long, turned=False)
    for mine, yours in product(range(len(short)), range(len(long))):
        some, others = (*short[mine:], *short[:mine]), (*long[yours:], *long[:yours])
        found = _in_order(some, others, turned=True) if mine or yours else best
        found = "variant" if found == "full" and mine != yours else found
        best = min(best, found, key=_ORDER.index)
    return best


def _in_family(some: Sequence[Word], others: Sequence[Word]) -> Likeness | None:
    """How far two names agree that have one family name, which stands first; None: they have not.

    The given names are of a syllable or two, and as many as there are ways to write them: a letter
    tells two apart, but where the names are written in two systems.
    """
    if not (is_family(some[0].spelt) or is_family(others[0].spelt)):
        return None
    (family, mine), (surname, yours) = _parted(some), _parted(others)
    if family.sound != surname.sound and not _is_transcribed(family, surname):
        return None
    if some == others:
        return "full"
    joined = ["".join(word.spelt for word in given) for given in (mine, yours)]
    if joined[0] == joined[1]:
        return "variant"
    romanised = family.spelt != surname.spelt or len(mine) != len(yours)
    if _syllables(joined[0]) == _syllables(joined[1]) or (
        romanised and _pinyin(joined[0]) == _pinyin(joined[1])
    ):
        return "near"
    if not _agree(*sorted((mine, yours), key=len), nearly=False):
        return "apart"
    return "initial" if any(word.initial for word in (*mine, *yours)) else "part"


def _parted(words: Sequence[Word]) -> tuple[Word, Sequence[Word]]:
    """The family name and the given names of a name, the first of which may be the family's."""
    return (words[0], words[1:]) if is_family(words[0].spelt) else (words[-1], words[:-1])


def _syllables(given: str) -> str:
    """A given name with the vowels of Korean in one spelling."""
    return _sound(_VOWEL.sub("u", given))


def _pinyin(given: str) -> str:
    """A Chinese given name in letters that its two romanisations have in common."""
    for pattern, letter in _ROMANISED:
        given = pattern.sub(letter, given)
    return given


def _in_order(short: Sequence[Word], long: Sequence[Word], *, turned: bool) -> Likeness:
    """How far two full names agree word by word; turned ones leave no name out."""
    if short[-1].initial or long[-1].initial:
        return "apart"
    uneven = len(short) < len(long) and not any(word.initial for word in (*short, *long))
    if turned and uneven and _as_one(short[:-1], long[:-1]) == "apart":
        return "apart"
    if short[-1].sound == long[-1].sound or _is_transcribed(short[-1], long[-1]):
        return _given(short, long, turned=turned)
    if not turned and len(short) < len(long) and short[-1].spelt == long[-2].spelt:
        found = _given(short, long[:-1], turned=turned)  # a second surname, or a husband's
        return "part" if found in {"full", "variant", "part"} else "apart"
    if len(short) == len(long) and is_near(short[-1], long[-1]):
        given = same_given(short[0], long[0])
        if given in {"full", "variant"}:
            return "respelt" if _is_respelt(short[-1], long[-1]) else "near"
        return "near" if given == "near" else "apart"
    return "apart"


def _given(short: Sequence[Word], long: Sequence[Word], *, turned: bool) -> Likeness:
    """How far the given names agree of two full names with one surname."""
    first = same_given(short[0], long[0])
    if len(short) > 1 and not short[0].initial and not long[0].initial:
        first = min(first, _as_one(short[:-1], long[:-1]), key=_ORDER.index)
    if first == "apart":
        if not turned and len(long) > max(len(short), 2) and not long[0].initial:
            rest = _given(short, long[1:], turned=turned)
            return "part" if rest in {"full", "variant"} else rest
        return "apart"
    if first in {"initial", "near"} or _as_one(short[:-1], long[:-1]) != "apart":
        alike = first == "near" or _agree(short[1:-1], long[1:-1], nearly=not turned)
        return first if alike else "apart"
    if not _agree(short[1:-1], long[1:-1], nearly=not turned):
        return "apart"
    return "full" if first == "full" and short[-1].spelt == long[-1].spelt else "variant"


def _as_one(some: Sequence[Word], others: Sequence[Word]) -> Likeness:
    """How far given names agree that one writes in two words and the other in one."""
    if len(some) == len(others):
        return "apart"
    a, b = (_sound("".join(word.spelt for word in words)) for words in (some, others))
    if a == b:
        return "variant"
    short, long = sorted(map(len, (a, b)))
    return "near" if _LONG <= short >= long - 1 and _distance(a, b) <= 1 else "apart"


def is_near(one: Word, other: Word) -> bool:
    """Whether two words sound much alike, as transliterations of one name do."""
    a, b = one.sound, other.sound
    if min(len(a), len(b)) < _LONG or _are_two(one, other):
        return False
    if (a[-1] in _VOWELS or b[-1] in _VOWELS) and a[-1] != b[-1]:
        return False  # Petrov and Petrova
    most = max(len(a), len(b)) // _FAR
    return abs(len(a) - len(b)) <= most and _distance(a, b) <= most


def _is_respelt(one: Word, other: Word) -> bool:
    """Whether two long words differ in nothing but sounds that alphabets exchange or leave out."""
    a, b = one.sound, other.sound
    if min(len(a), len(b)) < _LENGTHY:
        return False
    if len(_consonants(a)) >= _LONG and _consonants(a) == _consonants(b):
        return True
    return len(a) == len(b) and all(
        mine == yours or {mine, yours} in _EXCHANGED for mine, yours in zip(a, b, strict=True)
    )


def _consonants(sound: str) -> str:
    """A sound without the vowels within it, which some alphabets do not write."""
    return sound[0] + sound[1:-1].translate(_UNWRITTEN) + sound[-1]


def _is_short(one: Word, other: Word) -> bool:
    """Whether a given name can be the start or the end of another: "Fati", "Fatemeh"."""
    short, long = sorted((one.spelt, other.spelt), key=len)
    stem = short[:-1] if short[-1] in _ENDINGS else short
    return len(long) >= len(short) + 2 and (
        (len(stem) >= _STEM and long.startswith(stem))
        or (len(short) > _STEM and long.endswith(short))
    )


def _distance(one: str, other: str) -> int:
    """The least number of letters to add, cut or change; a vowel for another counts nothing."""
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, 1):
        before, row[0] = row[0], place
        for at, match in enumerate(other, 1):
            same = letter == match or {letter, match} <= _VOWELS
            best = min(row[at] + 1, row[at - 1] + 1, before + (not same))
            before, row[at] = row[at], best
    return row[-1]


def _is_transcribed(one: Word, other: Word) -> bool:
    """Whether two surnames are spellings of one name of another script that are well known."""
    return bool(_groups(one.spelt) & _groups(other.spelt) & _transcribed())


def _agree(some: Sequence[Word], others: Sequence[Word], *, nearly: bool) -> bool:
    """Whether two runs of middle names can be of one person: either may leave names out.

    Where both have nothing but initials, they are all of them. `nearly`: much alike is enough.
    """
    apart = {"apart"} if nearly else {"apart", "near"}
    if some and others and all(word.initial for word in (*some, *others)):
        return [word.spelt for word in some] == [word.spelt for word in others]
    short, long = sorted((some, others), key=len)
    rest = iter(long)
    return all(any(same_given(one, other) not in apart for other in rest) for one in short)


def is_title(written: str) -> bool:
    """Whether a word before a name is a title; with a capital, one of those that have it there."""
    small = written.rstrip(".").casefold()
    known = _titles("" if written.islower() else _ADDRESSED)
    return (small in known or small.removesuffix("s") in known) and small not in _OF


def is_trade(written: str) -> bool:
    """Whether a word is a trade or another role, which has a capital only at a sentence's start."""
    return written.casefold() in _titles("")


@cache
def _titles(fields: str) -> frozenset[str]:
    """The words that titles and roles in some fields end in; "" for all."""
    return frozenset(
        one.split()[-1]
        for area, words in _roles()
        if not fields or area in fields.split()
        for one in words
    ) | frozenset(
        word for area, words in _roles() if area == "title" for one in words for word in one.split()
    )


@cache
def _phrases() -> frozenset[str]:
    """The titles and roles of several words."""
    return frozenset(one for _, words in _roles() for one in words if " " in one)


@cache
def _roles() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The fields of the roles, and the words of each line, what stands for many left out."""
    rows = (re.split("[|:]", line) for line in lines("roles.txt"))
    return tuple(
        (area.strip(), tuple(one.strip() for one in words.split(",") if not one.startswith(" -")))
        for area, _, words in rows
        if area.strip() not in {"portfolio", "verb", "led", "apart"}
    )


@cache
def heads() -> frozenset[str]:
    """The nouns that bodies are called by."""
    rows = (line.split("|") for line in lines("generic.txt"))
    return frozenset(
        word for area, words in rows if area.strip() == "head" for word in words.split()
    )


@cache
def _families() -> frozenset[str]:
    return frozenset(word for line in lines("families.txt") for word in line.split())


@cache
def _sexes() -> dict[str, str]:
    rows = (line.split(" | ") for line in lines("sexes.txt"))
    return {name: sex for sex, names in rows for name in names.split()}


@cache
def _grouped() -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for number, line in enumerate(lines("given.txt")):
        for name in line.removeprefix("=").split():
            found.setdefault(name, set()).add(number)
    return {name: frozenset(groups) for name, groups in found.items()}


@cache
def _transcribed() -> frozenset[int]:
    return frozenset(n for n, line in enumerate(lines("given.txt")) if line.startswith("="))


def _groups(name: str) -> frozenset[int]:
    return _grouped().get(name, frozenset())
