"""Plain text: its sentences, its quotation marks in pairs, its folded form, and spans of it.

Offsets are code points of the text that was given; a text is read in time linear in its length.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from unspin.types import Span

LONGEST_QUOTATION = 3000  # characters within one paragraph; longer is a mark that was never closed

_END = re.compile(r"(?:[.!?…]+|[。！？])[\"'”’»«“」』)\]]*(?=\s|$|(?<=[。！？」』]))|\n[^\S\n]*\n")
_LAST_WORD = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]$|[^\W_]+$")
_NEXT_WORD = re.compile(r"[\s\"'“‘«„(\[—–-]*([^\W_]*)")
_MARK = re.compile(r"''|``|[\"“”„‟«»‹›「」『』‘’‚'`]")
_CLOSES = {  # closing mark -> the opening marks it may answer, best first
    "”": '“”„‟"',
    "“": "„",
    '"': '"',
    "''": ("''", "``", '"'),
    "’": "‘‚",
    "‘": "‚",
    "'": "'‘",
    "」": "「",
    "』": "『",
    "»": "«",
    "«": "»",
    "›": "‹",
    "‹": "›",
}
_GUILLEMET = re.compile("[«»]")
_DOUBLE = frozenset({"“", "”", "„", "‟", '"', "''", "``", "«", "»", "「"})
_BEFORE_OPENING = frozenset("([{—–―-/:…“”‘’\"'«»„>")
_ELISION = re.compile(
    r"(?:em|tis|twas|til|till|cause|bout|n|round|neath|ve|re|d|s|\d\ds?)\b", re.IGNORECASE
)
_LATER_CLOSING = re.compile(r"[‘“\"„«]|(?<=[\w.,!?…])['’](?!\w)")
_LOOKAHEAD = 300
_FOLDS = str.maketrans(
    dict.fromkeys("“”„‟«»″``", '"')
    | dict.fromkeys("‘’‚‛‹›′´", "'")
    | dict.fromkeys("‐‑‒–—―−", "-")
    | {"…": "..."}
)
_INSIDE = frozenset(  # abbreviations that a name or a number follows
    """mr mrs ms mx dr prof gen sen rep gov lt col capt cpt maj sgt cpl adm cmdr rev hon pres fr sr
    st mt ft vs cf viz approx est incl dept supt insp det amb sec jr-elect""".split()
)
_NUMBERED = frozenset({"no", "nos", "art", "para", "fig", "p", "pp", "ch", "vol"})
_SELDOM_LAST = frozenset(  # abbreviations that now and then close a sentence
    """inc ltd co corp bros jr sr etc jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues
    wed thu thur thurs fri sat sun am pm eg ie al ave blvd rd plc gmbh dept univ govt natl
    intl""".split()
)
_OPENERS = frozenset(  # words that, with a capital after an abbreviation, open a sentence
    """the a an he she it they we i you this that these those there but and or so yet in on at by
    for from to with when while after before if as although though since because however meanwhile
    his her its their our my all some many most no not what who why how where which both each
    every another last next""".split()
)
_LONE = re.compile("[\ud800-\udfff]")
_UNSEEN = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f") | frozenset(
    map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
)


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words between a pair of quotation marks; `inner` without the marks, `outer` with them.

    An opening mark without its closing mark has `closed` False and runs to the end of the span.
    """

    outer: Span
    inner: Span
    mark: str  # the opening mark
    closed: bool
    spoken: float | None = None  # 0 to 1: that somebody said the words, where that is known


@dataclass(frozen=True, slots=True)
class Folded:
    """A text made comparable, and where each of its characters came from."""

    text: str
    offsets: tuple[int, ...]  # one more than characters: the last is the length of the source

    def source(self, start: int, end: int) -> Span:
        """The stretch of the source that `text[start:end]` was folded from."""
        if start >= end:
            return Span(self.offsets[start], self.offsets[start])
        return Span(self.offsets[start], self.offsets[end - 1] + 1)


def encodable(text: str) -> str:
    """`text` with every lone surrogate, which no encoding holds, as U+FFFD in its place."""
    return _LONE.sub("\ufffd", text)


def lines(text: str) -> tuple[Span, ...]:
    """The lines of `text` in order, each with its line end; together they are all of it."""
    found, start = [], 0
    for line in text.splitlines(keepends=True):
        found.append(Span(start, start + len(line)))
        start += len(line)
    return tuple(found)


def sentences(text: str, span: Span) -> tuple[Span, ...]:
    """The sentences of `text` in `span`, in order, white space at either end left out."""
    found = []
    start = span.start
    for end in _END.finditer(text, span.start, span.end):
        if _ends_sentence(text, end, span):
            found.append(_trimmed(text, start, end.end()))
            start = end.end()
    found.append(_trimmed(text, start, span.end))
    return tuple(sentence for sentence in found if sentence.start < sentence.end)


def quotations(text: str, span: Span) -> tuple[Quoted, ...]:
    """The quotation marks of one paragraph in pairs, sorted, outer before inner.

    Apostrophes are told apart. Marks that find no partner are left out, but for one double mark
    that is still open at the end: it may go on in the next paragraph.
    """
    first = _GUILLEMET.search(text, span.start, span.end)
    guillemet = first.group() if first else "«"
    stack: list[tuple[str, int, int]] = []
    open_marks: dict[str, int] = {}
    pairs = []
    for match in _MARK.finditer(text, span.start, span.end):
        mark = match.group()
        answer = _answer(text, match, span, open_marks, guillemet)
        if answer == "open":
            stack.append((mark, match.start(), match.end()))
            open_marks[mark] = open_marks.get(mark, 0) + 1
        elif answer:
            while True:
                opening, start, inside = stack.pop()
                open_marks[opening] -= 1
                if opening == answer:
                    break
            if match.end() - start <= LONGEST_QUOTATION and inside < match.start():
                inner = Span(inside, match.start())
                pairs.append(Quoted(Span(start, match.end()), inner, opening, closed=True))
    left_open = [entry for entry in stack if entry[0] in _DOUBLE or entry[0] == "‘"]
    if len(left_open) == 1 and left_open[0][2] < span.end:
        mark, start, inside = left_open[0]
        pairs.append(Quoted(Span(start, span.end), Span(inside, span.end), mark, closed=False))
    return tuple(sorted(pairs, key=lambda quoted: (quoted.outer.start, -quoted.outer.end)))


def fold(text: str) -> Folded:
    """`text` for comparison: case folded, marks, dashes and white space made one of each kind.

    Characters that cannot be seen (zero width, direction) are dropped.
    """
    characters: list[str] = []
    offsets = []
    space = True
    for offset, character in enumerate(text):
        if character in _UNSEEN:
            continue
        if character.isspace():
            if not space:
                characters.append(" ")
                offsets.append(offset)
            space = True
            continue
        space = False
        for folded in character.translate(_FOLDS).casefold():
            characters.append(folded)
            offsets.append(offset)
    if characters and characters[-1] == " ":
        characters.pop()
        offsets.pop()
    return Folded("".join(characters), (*offsets, len(text)))


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans in order, those that share a code point made one; empty spans left out."""
    found: list[Span] = []
    for span in sorted(spans):
        if span.start == span.end:
            continue
        if found and found[-1].overlaps(span):
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)


def meet(some: Sequence[Span], others: Sequence[Span]) -> bool:
    """Whether some spans overlap others."""
    return any(one.overlaps(other) for one in some for other in others)


def length(spans: Iterable[Span]) -> int:
    """How many characters are in spans that do not overlap."""
    return sum(span.end - span.start for span in spans)


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _ends_sentence(text: str, end: re.Match[str], span: Span) -> bool:
    stop = end.group()
    if stop[0] in "\n。！？":
        return True
    after = _NEXT_WORD.match(text, end.end(), min(span.end, end.end() + 60))
    word = after.group(1) if after else ""
    if word[:1].islower():
        return False
    if stop[0] != "." or stop.startswith(".."):
        return True
    before = _LAST_WORD.search(text[max(span.start, end.start() - 24) : end.start()])
    last = before.group() if before else ""
    if last.casefold() in _INSIDE:
        return len(stop) > 1 and stop[-1] != "."
    if last.casefold() in _SELDOM_LAST | _NUMBERED and word[:1].isdigit():
        return False
    if "." in last or last.casefold() in _SELDOM_LAST or (len(last) == 1 and last.isupper()):
        return not word or word.casefold() in _OPENERS
    return True


def _answer(
    text: str, match: re.Match[str], span: Span, open_marks: dict[str, int], guillemet: str
) -> str:
    """What a mark does here: "open", the opening mark it closes, or "" for nothing."""
    mark = match.group()
    before = text[match.start() - 1] if match.start() > span.start else ""
    after = text[match.end()] if match.end() < span.end else ""
    may_open = (not before or before.isspace() or before in _BEFORE_OPENING) and bool(
        after and not after.isspace() and after not in ".,;:!?)]}"
    )
    may_close = bool(before and not before.isspace())
    partner = next((one for one in _CLOSES.get(mark, "") if open_marks.get(one)), "")
    if mark in "「『":
        return "open"
    if mark in "„‚``":
        return "open" if may_open else ""
    if mark in "«»‹›":
        opens = mark in ("«‹" if guillemet == "«" else "»›")
        return "open" if opens else partner
    if mark in {"‘", "’", "'"}:
        return _single(text, match, before, after, partner, may_open=may_open)
    if mark == "“":
        if partner and may_close and not (may_open and open_marks.get("“")):
            return partner
        if not may_open and may_close and open_marks.get("“"):
            return "“"
        return "open" if may_open or not before or before.isspace() else ""
    return _double(before, partner, open_marks, mark, may_open=may_open, may_close=may_close)


def _double(  # noqa: PLR0913 - what stands around one mark
    before: str,
    partner: str,
    open_marks: dict[str, int],
    mark: str,
    *,
    may_open: bool,
    may_close: bool,
) -> str:
    if not partner and mark in {'"', "''"} and may_close and not may_open:
        partner = next((one for one in "“„" if open_marks.get(one)), "")
    if partner and may_close and not (may_open and before in "([{—–―"):
        return partner
    if may_open:
        return "open"
    return partner


def _single(  # noqa: PLR0913 - what stands around one mark
    text: str, match: re.Match[str], before: str, after: str, partner: str, *, may_open: bool
) -> str:
    mark = match.group()
    if mark == "‘" and partner and before and not before.isspace():
        return partner
    if partner and before and not before.isspace() and not after.isalnum():
        if before in "sS" and after.isspace():
            later = _LATER_CLOSING.search(text, match.end(), match.end() + _LOOKAHEAD)
            following = text[match.end() + 1 : match.end() + 2]
            if later and later.group() in {"'", "’"} and following.islower():
                return ""  # "the workers' union": the closing mark is still to come
        return partner
    if mark == "’" or not may_open or before in {"-", "/", "’"}:
        return ""
    if _ELISION.match(text, match.end()):
        return ""
    elided = after in "'’" and _ELISION.match(text, match.end() + 1)
    return "open" if after.isalnum() or after in '“"…$€£' or elided else ""
