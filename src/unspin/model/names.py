"""Names in a text: the stretches the encoder is not shown.

Names tell a model who is spoken of, and every corpus teaches it something about them. So each name
is replaced by one mask before the encoder reads the text: it sees that somebody acts, never who,
and exchanging the sides of a conflict cannot change what it says. Names are found by capitals,
which needs no list and so holds for any conflict; the terms of `words/sides.txt` are added for
those that capitals do not show: at the start of a sentence, in headlines, and in lower case.

Words that tell a man from a woman are read in one form for the same reason.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from unspin import text as plain
from unspin.types import Span

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’](?!s\b)[^\W\d_]+)*")
_LINK = re.compile(r"[ \u00a0]|\. |-|–")  # between the words of one name
_INNER = re.compile(r"[^\w\n\r]{1,3}")  # between the words of a form that was recognised as a whole
_LINKED = frozenset("al bin da de del den der di do dos du el ibn la le van von y".split())
_OPENERS = ".!?:;…—–-•*|\"'“”‘’«»„([{>/"
_OWNING = re.compile(r"(?<=[sS])['’](?= \w)")  # behind a name, as "'s" is behind another
_OPENED = re.compile(r"(?<!\w)['‘](?=\w)")  # from here on in a line, a mark may close one
_CUT = re.compile("['’]")
_ENDED = re.compile(r"[\s\"'”’»)\]]*")  # to the end of a line: a stop before ends a sentence
_LONG, _TELLING = 4, 3  # letters of a word whose capital tells, and such words in a headline
_LINKS = 2  # small words inside one name
_HEADLINE = 0.6  # from this share of capitals on, capitals tell no names,
_SMALL = 6  # unless a word in so many is a plain one in lower case
_ARTICLE = "the"  # hidden with the name it stands before: some names have it, and so tell a side
GENDER = "woman-man"  # the pair of sides whose words are read in one form
_STOP = frozenset(
    """a about after again against all also although always am among an and another any are around
    as at away back because before behind being below besides between both but by can could despite
    did do does during each earlier either else even ever every few finally first for former from
    further get give go had half has have he her here him his how however i if in indeed inside
    instead into is it its just last lastly later least less let like likewise look many maybe
    meanwhile moreover most much must my near nearly neither never next no nobody none nor not
    nothing now of off often oh on once one only or other others otherwise our out over own perhaps
    please quite rather really right same second see several shall she should since so some
    somebody someone something soon still such take than that the their them then there therefore
    these they third this those though through throughout thus to today together tomorrow too
    toward towards under unless unlike until up upon us very was we well were what when whenever
    where whether which while who whoever whom whose why will with within without would yes
    yesterday yet you your i'm i’m i've i’ve it's it’s don't don’t we're we’re that's that’s
    there's there’s he's she's""".split()
)


@dataclass(frozen=True, slots=True)
class Veiled:
    """A stretch that the encoder reads as something else."""

    span: Span
    reading: str | None  # the word it is read as; None: a name, read as the mask


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    text: str
    opens: bool  # stands where any word has a capital


@dataclass(frozen=True, slots=True)
class _Forms:
    """The words of a line, by place, that are forms of a side."""

    words: set[int]
    parts: set[int]  # of a form of several words: alone they name nobody
    inner: set[int]  # of one form with the word before


def find(text: str) -> tuple[Veiled, ...]:
    """The names of `text` and its gendered words, in order, apart; linear in its length."""
    lines = [_words(text, line) for line in plain.lines(text)]
    formed = [_formed(text, line) for line in lines]
    known = {
        word.text
        for line, forms in zip(lines, formed, strict=True)
        if not _is_headline(line, forms)
        for place, word in enumerate(line)
        if _is_capital(word) and not word.opens and place not in forms.parts
    }
    found: list[Veiled] = []
    for line, forms in zip(lines, formed, strict=True):
        masked = _masked(line, known, forms)
        joined = _joined(text, line, masked, forms)
        found += (Veiled(span, None) for span in joined)
        found += _owning(text, line, joined)
        found += (
            Veiled(Span(word.start, word.start + len(own)), alike)
            for word, hidden in zip(line, masked, strict=True)
            if not hidden and (alike := _alike().get((own := _uncut(word.text)).lower()))
        )
        found += (
            Veiled(Span(word.start, word.end), "a")  # or it would tell a vowel from a consonant
            for word, hidden, follows in zip(line, masked, masked[1:], strict=False)
            if follows and not hidden and word.text.lower() == "an"
        )
    return tuple(sorted(found, key=lambda veiled: veiled.span))


def _words(text: str, line: Span) -> list[_Word]:
    found: list[_Word] = []
    for match in _WORD.finditer(text, line.start, line.end):
        opens = _opens(text, found[-1] if found else None, match.start())
        ends = match.group()[-1] == "." and _ENDED.fullmatch(text, match.end(), line.end)
        found.append(_Word(match.start(), match.end() - bool(ends), match.group(), opens))
    return found


def _owning(text: str, line: list[_Word], names: list[Span]) -> Iterator[Veiled]:
    """The marks that stand for "'s" behind names that end in an s."""
    opened = _OPENED.search(text, line[0].start, line[-1].end) if line else None
    for name in names:
        mark = _OWNING.match(text, name.end)
        if mark and not (opened and opened.start() < name.end):
            yield Veiled(Span(*mark.span()), f"{mark.group()}s")


def _uncut(word: str) -> str:
    """The word before what is cut short behind it: "she" of "she'd"."""
    return _CUT.split(word, maxsplit=1)[0]


def _opens(text: str, before: _Word | None, start: int) -> bool:
    if before is None:
        return True
    between = text[before.end : start].strip()
    if not between:
        return False
    if between == "." and (len(before.text) == 1 or before.text in _titles()):
        return False  # an initial, or "Sen." before a name
    return between[-1] in _OPENERS and between not in {"-", "–", "'", "’", "/"}


def _is_capital(word: _Word) -> bool:
    return (
        word.text[0].isupper()
        and word.text.rstrip(".") not in _titles()
        and word.text.lower() not in _STOP
    )


def _is_headline(line: list[_Word], forms: _Forms) -> bool:
    """Whether capitals tell nothing in a line; whichever side it names says nothing of that."""
    words = [word.text for place, word in enumerate(line) if place not in forms.words]
    long = [word for word in words if len(word) >= _LONG]
    capital = sum(word[0].isupper() for word in long)
    plain_words = sum(word[0].islower() and word not in _STOP for word in words)
    return (
        len(long) >= _TELLING
        and capital >= _HEADLINE * len(long)
        and plain_words * _SMALL < len(words)
    )


def _masked(line: list[_Word], known: set[str], forms: _Forms) -> list[bool]:
    told = not _is_headline(line, forms)
    masked = [
        _is_capital(word) and ((told and not word.opens) or word.text in known) for word in line
    ]
    if told:
        for place, word in enumerate(line[:-1]):
            follows = _behind(line, place)
            if word.opens and masked[follows] and _is_capital(word):
                masked[place] = line[follows].text[0].isupper() and all(
                    line[at + 1].start == line[at].end + 1 for at in range(place, follows)
                )
    return [hidden or place in forms.words for place, hidden in enumerate(masked)]


def _behind(line: list[_Word], place: int) -> int:
    """The word behind one; behind "De" in "De la Rell", the one the small words lead to."""
    follows = place + 1
    if line[place].text.lower() in _LINKED:
        while follows <= place + _LINKS and follows + 1 < len(line):
            if line[follows].text not in _LINKED:
                break
            follows += 1
    return follows


def _formed(text: str, line: list[_Word]) -> _Forms:
    found = _Forms(set(), set(), set())
    forms = _forms()
    lower = [word.text.lower() for word in line]
    for place in range(len(line)):
        first = lower[place]
        for form in (*forms.get(tuple(lower[place : place + 2]), ()), *forms.get((first,), ())):
            stretch = line[place : place + len(form)]
            if len(stretch) == len(form) and all(map(_matches, stretch, form)):
                places = range(place, place + len(form))
                found.words.update(places)
                if len(form) > 1:
                    found.parts.update(places)
                found.inner.update(
                    after
                    for after in places[1:]
                    if _INNER.fullmatch(text, line[after - 1].end, line[after].start)
                )
                break
    return found


def _matches(word: _Word, form: str) -> bool:
    return (
        word.text == form
        or (form.islower() and word.text.lower() == form)
        or (len(form) >= _LONG and word.text == form.upper())  # as datelines have it
    )


def _joined(text: str, line: list[_Word], masked: list[bool], forms: _Forms) -> list[Span]:
    spans: list[Span] = []
    last = -2
    for place, (word, hidden) in enumerate(zip(line, masked, strict=True)):
        if not hidden:
            continue
        start = _with_article(text, line, place)
        between = range(last + 1, place)
        linked = len(between) <= _LINKS and all(line[index].text in _LINKED for index in between)
        if spans and (place in forms.inner or (linked and _close(text, line, last, place))):
            spans[-1] = Span(spans[-1].start, word.end)
        else:
            spans.append(Span(start, word.end))
        last = place
    return spans


def _with_article(text: str, line: list[_Word], place: int) -> int:
    """Where the name at `place` begins, an article before it included."""
    before = line[place - 1] if place else None
    if (
        before is None
        or before.text.lower() != _ARTICLE
        or not _close(text, line, place - 1, place)
    ):
        return line[place].start
    return before.start


def _close(text: str, line: list[_Word], first: int, last: int) -> bool:
    return all(
        _LINK.fullmatch(text, line[place].end, line[place + 1].start)
        for place in range(first, last)
    )


@cache
def _titles() -> frozenset[str]:
    """Capitalised words that are no names: days, months, titles before names."""
    return frozenset(word.rstrip(".") for word in _listed("titles.txt"))


@cache
def _forms() -> dict[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """The terms of the sides by their first two words, or the one they have, longest first.

    Gendered words are among them only where a side is called so: a policewoman, as policemen are.
    """
    rows = _rows()
    listed = {
        tuple(match.group() for match in _WORD.finditer(form))
        for row in rows
        if row[0] != GENDER
        for form in "|".join(row[2:]).split("|")
    }
    for row in rows:
        alike = {(form,) for form in "|".join(row[2:]).split("|")}
        if row[0] == GENDER and not alike.isdisjoint(listed):
            listed |= alike
    found: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for form in sorted(listed, key=lambda form: (-len(form), form)):
        found.setdefault(tuple(word.lower() for word in form[:2]), []).append(form)
    return {first: tuple(forms) for first, forms in found.items()}


@cache
def _alike() -> dict[str, str]:
    """Gendered words in lower case, and the form in which the encoder reads both."""
    found: dict[str, str] = {}
    for pair, slot, women, men in _rows():
        if pair == GENDER:
            reading = "his" if slot == "unpaired" else men.split("|")[0].rstrip(".").lower()
            for form in f"{women}|{men}".split("|"):
                if form.lower() != reading:
                    found.setdefault(form.rstrip(".").lower(), reading)
    return found


def _rows() -> list[list[str]]:
    return [line.split("\t") for line in _listed("sides.txt")]


def _listed(name: str) -> list[str]:
    lines = files("unspin.model").joinpath("words", name).read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]
