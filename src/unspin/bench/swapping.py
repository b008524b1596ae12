"""A text with the sides of a conflict exchanged, whole and in both directions at once.

What names side A comes to name side B and the reverse; case, possessives, hyphens and a/an are
repaired. A text in which a term has no sure partner is not swapped at all: better dropped, and
counted, than half exchanged. One regular expression a pair finds the terms, longest first, in one
pass. Swapping twice gives the text again where it is written in the first forms of the table.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import Literal

from unspin.model import sides
from unspin.model.sides import BESIDE, UNPAIRED, Pair, Slot

Side = Literal["a", "b"]
CONTROL = "velland-sarmone"  # the pair of two invented sides

_PERSON = re.compile(  # the slot of a person, or of a person's last name
    r"(?P<kind>aide|attorney|chair|chancellor|commander|deputy|donor|envoy|general|leader|manager"
    r"|mayor|minister|negotiator|representative|running_mate|senator|speaker|spokesman|spouse)"
    r"(?P<last>_last)?(?P<number>_\d+)?"
)
_NEXT = re.compile(r"[ \xa0]+([^\W\d_](?:[\w'\u2019-]*\w)?)")
_PREVIOUS = re.compile(r"([^\W\d_]+)[ \xa0]+\Z")
_OPENS = re.compile(
    r"(?:[.!?][\"”\u2019')]*\s+|\n\s*|[,:][ \xa0]+(?=[\"“])|\A\s*)[\"'“\u2018(\[]*\Z"
)
_SHORT = re.compile(r"\b(?:[A-Z]|vs?|M[rs]|Mrs|Dr|Gen|Sen|Rep|Gov|St|No)\.\s+\Z")
_ENDS = re.compile(
    r"[\"”\u2019')]*(?:\s*\Z|\s*\n)|[\"”\u2019')]+\s"
    r"|\s+(?:An?|And|But|He|In|It|On|She|That|The|They|This|We)\b"
)
_QUOTED = re.compile(r"(?<!\w)['\u2018](?=\w)[^'\u2019\n]*\Z")
_CONSONANT = re.compile(r"eu|uk|uru|uni(?![nm])|us[ae]\b|on(?:e|ce)\b")
_SILENT = re.compile(r"heir|hono|hour")
_SPELT = re.compile(r"[A-Z]\.|[A-Z][a-z]?[A-Z]")  # U.S., IDF, AfD: read letter by letter
_SPELT_WITH_VOWEL = frozenset("AEFHILMNORSX")
_PLURAL_VERB = {"is": "are", "was": "were", "has": "have"}
_SINGULAR_VERB = {plural: singular for singular, plural in _PLURAL_VERB.items()}
_PRONOUNS = {
    ("her", "owner"): "his",
    ("her", "object"): "him",
    ("hers", "object"): "his",
    ("his", "owner"): "her",
    ("his", "object"): "hers",
    ("him", "object"): "her",
}
_SURROUNDINGS = 80  # code points looked at before a term


@dataclass(frozen=True, slots=True)
class _Term:
    """One form of one side; `other` are the forms of its slot on the other side."""

    form: str
    slot: str
    side: Side
    own: tuple[str, ...]
    other: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Spelling:
    """What one way of writing a form stands for; no term: it has no partner."""

    terms: tuple[_Term, ...]
    shouted: bool = False


@dataclass(frozen=True, slots=True)
class _Table:
    """One pair made ready: the expression that finds its terms, and what they stand for."""

    pattern: re.Pattern[str]
    written: dict[str, _Spelling]  # by the form as it is written
    folded: dict[str, _Spelling]  # forms without a capital, by the form

    def look(self, words: str) -> _Spelling | None:
        """What these words stand for; None where they are no form."""
        words = words.replace("\u2019", "'").replace("\xa0", " ")
        return self.written.get(words) or self.folded.get(words.lower())


@dataclass(frozen=True, slots=True)
class _Found:
    """A term in a text, and the words that are to stand for it."""

    term: _Term
    match: re.Match[str]
    lead: str  # "the " where it is no part of the term
    target: str  # as the table has it
    shouted: bool

    @property
    def start(self) -> int:
        """Where the term starts, after its lead."""
        return self.match.start("term") + len(self.lead)

    @property
    def words(self) -> str:
        """The term as it is written here, without its lead."""
        return self.match["term"][len(self.lead) :]


def swap(text: str, pair: Pair) -> str | None:
    """`text` with the sides of `pair` exchanged; None without a term, or with one unpaired."""
    parts: list[str] = []
    position = 0
    for match, found in _terms(text, pair):
        if found is None:
            return None
        parts += (text[position : match.start()], _written(text, found))
        position = match.end()
    return "".join([*parts, text[position:]]) if parts else None


def side(text: str, pair: Pair) -> Side | None:
    """The side that alone is named in `text`; None where none is, or both."""
    named = {found.term.side for _, found in _terms(text, pair) if found}
    return named.pop() if len(named) == 1 else None


def plant(text: str, pair: Pair, word: str) -> str | None:
    """`text` with the adjective `word` before the first noun or adjective that names a side.

    None where no side is named so. The place is the same in a text and in its swap: the score of
    both should rise.
    """
    for match, found in _terms(text, pair):
        if found and _takes_adjective(found) and not _joined(text, found.start, -1):
            start, planted, words = found.start, word, found.words
            if found.shouted:
                planted = word.upper()
            elif _opens(text, start):
                planted = _capital(word)
                words = words.lower() if found.term.form.islower() else words
            if match["article"]:
                start = match.start("article")
                article = _article(match["article"], word, shouted=found.shouted)
                planted = f"{article}{match['gap']}{planted}"
            return f"{text[:start]}{planted} {words}{text[match.end('term') :]}"
    return None


@cache
def loaded() -> tuple[str, ...]:
    """The adjectives to plant: `words/loaded.txt`."""
    return tuple(_listed("loaded.txt"))


@cache
def controls() -> tuple[Pair, ...]:
    """Pairs of two names on one side ("same-…"), and the pair of two invented sides."""
    return sides.parse("\n".join(_listed("controls.txt")))


@cache
def fictional(pair: Pair) -> tuple[Pair, Pair]:
    """Each side of `pair` against an invented one; a slot that the invented lacks is unpaired."""
    invented = next(control for control in controls() if control.id == CONTROL)
    return (
        _against(Pair(f"{pair.id}-a", pair.slots), invented),
        _against(_turned(Pair(f"{pair.id}-b", pair.slots)), _turned(invented)),
    )


def _terms(text: str, pair: Pair) -> Iterator[tuple[re.Match[str], _Found | None]]:
    """The terms of both sides in order; None for one that has no sure partner."""
    table = _table(pair)
    for match in table.pattern.finditer(text):
        yield match, _find(text, match, table)


def _find(text: str, match: re.Match[str], table: _Table) -> _Found | None:
    spelling = table.look(match["term"])
    if spelling is None or not spelling.terms:
        return None
    term, lead = _used(text, match, spelling.terms, table)
    if term.slot == UNPAIRED:
        target = _pronoun(text, match)
    else:
        target = term.other[0]
        if target.startswith("the ") and not lead:
            before = _PREVIOUS.search(_before(text, match.start("term")))
            word = before[1].lower() if before else ""
            if _hyphened(text, match):
                target = _bare(term.other)
            elif word in _words("determiner") or word.endswith("ern"):
                return None  # "the China trade", "southern China"
        elif target.startswith("the "):
            target = _bare(term.other)
    return _Found(term, match, lead, target, spelling.shouted) if target else None


def _used(
    text: str, match: re.Match[str], terms: tuple[_Term, ...], table: _Table
) -> tuple[_Term, str]:
    """The one of the terms that is meant here, and the article that is no part of it."""
    words, lead = match["term"], ""
    if words[:4].lower() == "the " and (spelling := table.look(words[4:])):
        bare = spelling.terms
        if _joined(text, match.end("term"), 1) or (
            len(bare) > 1 and _before_noun(text, match.end("term"), "country")
        ):
            terms, lead = bare, words[:4]  # the US-led, the US troops
    if len(terms) == 1:
        return terms[0], lead
    noun, adjective = sorted(terms, key=lambda term: term.slot == BESIDE)
    if _hyphened(text, match):
        return (noun if noun.slot == "country" else adjective), lead
    return (adjective if _before_noun(text, match.end("term"), noun.slot) else noun), lead


def _before_noun(text: str, end: int, slot: str) -> bool:
    """Whether what ends there is used as an adjective; by the next word."""
    after = _NEXT.match(text, end)
    if after is None or (text[end - 1] == "." and _ENDS.match(text, end)):
        return False
    word = after[1].lower()
    if after[1][0].isupper():
        return slot in {"country", "party_name"} or word in _words("office")
    if word in _words("function") or word in _words("verb"):
        return False
    return not word.endswith("ed") or word in _words("adjective")


def _pronoun(text: str, match: re.Match[str]) -> str:
    """What "her", "hers", "his" or "him" becomes; nothing where that is unsure."""
    word = match["term"].lower()
    before = _PREVIOUS.search(_before(text, match.start("term")))
    after = _NEXT.match(text, match.end("term"))
    following = after[1].lower() if after else ""
    use = ""
    if following in _words("unsure"):
        return ""
    if after is None or following in _words("function") | _words("object"):
        use = "object"
    elif (
        following in _words("owned")
        or (before and before[1].lower() in _words("preposition"))
        or _opens(text, match.start("term"))
    ):
        use = "owner"
    return _PRONOUNS.get((word, use), "")


def _written(text: str, found: _Found) -> str:
    """What takes the place of the whole match."""
    match, target = found.match, _in_case(text, found)
    article = ""
    if match["article"]:
        article = _article(match["article"], found.target, shouted=found.shouted) + match["gap"]
    tail = match["tail"] or ""
    if len(tail) > 1 or (
        tail and found.words[-1] in "sS" and not _quoted(text, match.start("tail"))
    ):
        tail = _possessive(found, tail)
    verb = match["verb"] or ""
    if verb and found.term.slot.startswith("party"):
        verb = _agreeing(found, verb)
    if found.term.form.endswith(".") and not target.endswith("."):
        tail += "." if _ENDS.match(text, match.end("term")) else ""  # "… in the U.S. The …"
    return f"{article}{found.lead}{target}{tail}{verb}"


def _in_case(text: str, found: _Found) -> str:
    words, target = found.words, found.target
    if found.shouted or (found.term.form.islower() and words.isupper()):
        return target.upper()
    if words[0].islower():
        return target
    opens = not found.lead and _opens(text, found.start)
    if found.term.form[0].islower():
        written = [word[0].isupper() for word in words.split()]
        if found.term.form.islower() and (len(written) > 1 or not opens) and all(written):
            return " ".join(map(_capital, target.split()))  # in a headline
        return _capital(target)
    return _capital(target) if opens else target


def _possessive(found: _Found, tail: str) -> str:
    """The tail of a possessive: 's, or the apostrophe alone after a plural."""
    last = found.target.split()[-1].lower()
    named = _PERSON.fullmatch(found.term.slot)
    plural = last.endswith("s") and not last.endswith("ss")
    if plural and not named and last not in _words("singular"):
        return tail[0] + tail[2:]
    return tail if len(tail) > 1 else f"{tail}{'S' if found.shouted else 's'}"


def _agreeing(found: _Found, verb: str) -> str:
    """The verb right after the name of a party, in the number of the new name."""
    spelt = verb.strip()
    verbs = _PLURAL_VERB if _is_plural(found.target) else _SINGULAR_VERB
    if _is_plural(found.target) == _is_plural(found.term.form):
        return verb
    return verb.replace(spelt, verbs.get(spelt, spelt))


def _is_plural(party: str) -> bool:
    return party.startswith("the ") and party.endswith("s")


def _article(article: str, following: str, *, shouted: bool) -> str:
    """The indefinite article before a term, in the case of the one before."""
    plain = unicodedata.normalize("NFD", following)
    folded = plain.lower()
    if _SPELT.match(plain) and re.split(r"[ -]", folded)[0] not in _words("spoken"):
        vowel = plain[0] in _SPELT_WITH_VOWEL
    else:
        vowel = folded[0] in "aeiou" and not _CONSONANT.match(folded)
        vowel = vowel or bool(_SILENT.match(folded))
    written = "an" if vowel else "a"
    if shouted:
        return written.upper()
    return _capital(written) if article[0].isupper() else written


def _opens(text: str, position: int) -> bool:
    """Whether a sentence starts there."""
    before = _before(text, position)
    if position > _SURROUNDINGS:
        before = f"x{before}"  # what \A would take for the start of the text
    return bool(_OPENS.search(before)) and not _SHORT.search(before)


def _before(text: str, position: int) -> str:
    return text[max(0, position - _SURROUNDINGS) : position]


def _quoted(text: str, position: int) -> bool:
    """Whether an apostrophe there closes a quotation."""
    return bool(_QUOTED.search(_before(text, position)))


def _hyphened(text: str, match: re.Match[str]) -> bool:
    return _joined(text, match.start("term"), -1) or _joined(text, match.end("term"), 1)


def _joined(text: str, place: int, way: int) -> bool:
    """Whether a hyphen ties the term that starts or ends there to another word."""
    pieces = text[place : place + 2] if way > 0 else text[max(0, place - 2) : place][::-1]
    return len(pieces) > 1 and pieces[0] in "-‑–/" and (pieces[1].isalnum() or pieces[1] == ".")  # noqa: RUF001


def _bare(forms: tuple[str, ...]) -> str:
    """The first of the shortest forms without an article: "US"; empty where there is none."""
    return min((form for form in forms if not form.startswith("the ")), key=len, default="")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _takes_adjective(found: _Found) -> bool:
    kinds = ("adherent", "adjective", "force", "member", "militant", "people", "person", "role")
    return found.term.slot.startswith(kinds) and not found.words.lower().startswith("the ")


@cache
def _table(pair: Pair) -> _Table:
    written: dict[str, _Spelling] = {}
    folded: dict[str, _Spelling] = {}
    terms: dict[str, list[_Term]] = {}
    for slot in pair.slots:
        for which, own, other in (("a", slot.a, slot.b), ("b", slot.b, slot.a)):
            for form in own:
                terms.setdefault(form, []).append(
                    _Term(form, slot.name, "a" if which == "a" else "b", own, other)
                )
    for form in _orphans(pair) - terms.keys():
        terms[form] = []
    for form, meant in terms.items():
        if form.islower():
            folded[form] = _Spelling(tuple(meant))
        else:
            written[form] = _Spelling(tuple(meant))
    for form, meant in terms.items():
        if not form.islower():
            written.setdefault(_capital(form), _Spelling(tuple(meant)))
            if len(form) > 2:  # noqa: PLR2004 - MA and XI are not Ma and Xi
                written.setdefault(form.upper(), _Spelling(tuple(meant), shouted=True))
    ordered = sorted(chain(written, folded), key=lambda form: (-len(form), form))
    choices = "|".join(_spelt(form, folds=form in folded) for form in ordered)
    pattern = re.compile(
        rf"(?<![\w@])(?:(?P<article>[Aa][Nn]?)(?P<gap>[ \xa0]+))?(?P<term>{choices})(?!\w)"
        r"(?P<tail>['\u2019][sS]?(?!\w))?(?P<verb>[ \xa0]+(?:is|are|was|were|has|have)\b)?"
    )
    return _Table(pattern, written, folded)


def _spelt(form: str, *, folds: bool) -> str:
    """The expression for a form: any apostrophe, any space, and any case for small letters."""
    expression = re.escape(form).replace("\\ ", "[ \xa0]").replace("'", "['\u2019]")
    return f"(?i:{expression})" if folds else expression


def _orphans(pair: Pair) -> frozenset[str]:
    """Forms that stand for a country of this pair elsewhere in the table, and have no slot here.

    A text on the United States and China that names a Secretary of State this pair lacks would be
    exchanged by halves.
    """
    countries = {form for slot in pair.slots if slot.name == "country" for form in _firsts(slot)}
    return frozenset(
        form
        for country in countries
        for form in _of_countries().get(country, ())
        if not form.islower()
    )


def _firsts(slot: Slot) -> tuple[str, str]:
    return slot.a[0], slot.b[0]


@cache
def _of_countries() -> dict[str, frozenset[str]]:
    """All forms of a country's side, over all pairs, by the first form of its name."""
    found: dict[str, set[str]] = {}
    for pair in sides.pairs():
        for country in (slot for slot in pair.slots if slot.name == "country"):
            a, b = _firsts(country)
            for slot in pair.slots:
                found.setdefault(a, set()).update(slot.a)
                found.setdefault(b, set()).update(slot.b)
    return {country: frozenset(forms) for country, forms in found.items()}


def _against(pair: Pair, invented: Pair) -> Pair:
    """Side A of `pair` against side B of the invented pair."""
    names = {slot.name: slot.b for slot in invented.slots}
    persons: dict[str, int] = {}
    slots: list[Slot] = []
    unpaired: list[str] = []
    for slot in pair.slots:
        wanted = slot.name
        if person := _PERSON.fullmatch(slot.name):
            own = f"{person['kind']}{person['number'] or ''}"
            number = persons.setdefault(own, len(persons) + 1)
            wanted = f"leader{person['last'] or ''}{f'_{number}' if number > 1 else ''}"
        if wanted in names:
            slots.append(Slot(slot.name, slot.a, names[wanted]))
        else:
            unpaired += slot.a
    if unpaired:
        slots.append(Slot(UNPAIRED, tuple(unpaired), ()))
    return Pair(pair.id, tuple(slots))


def _turned(pair: Pair) -> Pair:
    return Pair(pair.id, tuple(Slot(slot.name, slot.b, slot.a) for slot in pair.slots))


@cache
def _words(kind: str) -> frozenset[str]:
    """The words of one class of `words/contexts.txt`."""
    classes = (line.split("|") for line in _listed("contexts.txt"))
    return frozenset(
        word.strip() for name, words in classes if name.strip() == kind for word in words.split(",")
    )


def _listed(name: str) -> list[str]:
    lines = (files("unspin.bench") / "words" / name).read_text("utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]
