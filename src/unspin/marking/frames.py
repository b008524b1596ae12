"""Paragraphs of a document as sentences of tokens in which each quotation is one token.

In: a document. Out: what the rules for statements read. Quotations that run on over several
paragraphs are one chain: each paragraph's part has the number of the chain.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from unspin import text as plain
from unspin.text import Quoted
from unspin.types import BlockKind, Document, Span

LONGEST_SENTENCE = 3000  # characters; a longer one is no sentence, only its quotations are read

# letters, with accents set on them and what only shows where a word may be broken
_LETTERS = r"[^\W_]+(?:[\u0300-\u036f][^\W_]*|[\u00ad\u200b-\u200d\u2060]+[^\W_]+)*"
_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}"
    r"|\b(?:Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Gov|Prof|Lt|Col|Capt|Maj|Sgt|St|Jr|Sr|Rev|Hon|[A-Z])\."
    rf"|{_LETTERS}(?:[.,]\d+|['’]{_LETTERS}|[-‐‑]{_LETTERS})*"
    r"|[^\w\s]|_"
)
_LEFT_OPEN = 300  # characters of a quotation with others in it whose closing mark is missing
_BREAK = re.compile(r"\s*\n\s*")
_WRAPPED = range(50, 101)  # characters in a line broken to a fixed width


class Token(NamedTuple):
    """A word, a punctuation mark, or a whole quotation with its marks."""

    text: str
    lower: str  # but "May" and "Monday" as they stand where somebody is called that
    start: int
    end: int
    quoted: Quoted | None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; `sentences` are runs of tokens, `chain` numbers a quotation that runs on."""

    span: Span
    kind: BlockKind
    quoted: tuple[Quoted, ...]  # outermost only
    sentences: tuple[tuple[Token, ...], ...]
    chained: tuple[Quoted, ...]  # of `quoted`, those that belong to a chain
    continues: bool  # its first quotation goes on from the paragraph before


def read(document: Document, spoken: Mapping[Span, float] | None = None) -> tuple[Paragraph, ...]:
    """The paragraphs of `document`, headings and all, in order.

    `spoken` says of the words in some quotation marks how likely they are speech.
    """
    text = document.text
    spans = [
        (span, block.kind) for block in document.blocks for span in _paragraphs(text, block.span)
    ]
    quoted = [_quotations(text, span, spoken or {}) for span, _ in spans]
    goes_on = [
        place + 1 < len(spans)
        and bool(quoted[place])
        and any(not one.closed for one in quoted[place])
        and _starts_with(text, spans[place + 1][0], quoted[place])
        for place in range(len(spans))
    ]
    found = []
    for place, (span, kind) in enumerate(spans):
        continues = place > 0 and goes_on[place - 1]
        keep_open = goes_on[place] or _only_unclosed(text, span, quoted[place])
        outermost = _outermost(quoted[place], keep_open=keep_open)
        continues = continues and bool(outermost) and outermost[0].outer.start == span.start
        chained = tuple(
            one
            for one in outermost
            if not one.closed or (continues and one.outer.start == span.start)
        )
        found.append(
            Paragraph(span, kind, outermost, sentences(text, span, outermost), chained, continues)
        )
    return tuple(found)


def inside(text: str, span: Span, spoken: Mapping[Span, float]) -> Paragraph:
    """The words of a quotation as a paragraph of their own; see `read`."""
    outermost = _outermost(_quotations(text, span, spoken), keep_open=False)
    return Paragraph(
        span, "paragraph", outermost, sentences(text, span, outermost), (), continues=False
    )


def row(paragraph: Paragraph, place: int) -> int | None:
    """The number of the sentence around a place in the text; None where none is."""
    number = bisect_right(paragraph.sentences, place, key=lambda tokens: tokens[0].start) - 1
    found = number >= 0 and place < paragraph.sentences[number][-1].end
    return number if found else None


def sentences(text: str, span: Span, quoted: tuple[Quoted, ...]) -> tuple[tuple[Token, ...], ...]:
    """The sentences of a paragraph; a quotation is never cut by the end of a sentence in it."""
    masked = _masked(text, span, quoted)
    found = []
    place = 0
    for shifted in plain.sentences(masked, Span(0, len(masked))):
        sentence = Span(shifted.start + span.start, shifted.end + span.start)
        here = []
        while place < len(quoted) and quoted[place].outer.start < sentence.end:
            here.append(quoted[place])
            place += 1
        tokens = tuple(_tokens(text, sentence, here))
        if tokens:
            found.append(tokens)
    return tuple(found)


def words(text: str, span: Span) -> Iterator[Token]:
    """The tokens of a stretch of text, quotation marks included as they stand."""
    return _tokens(text, span, [])


def _paragraphs(text: str, span: Span) -> Iterator[Span]:
    """Parts between empty lines, and lines that are not merely broken to a width."""
    lines = []
    position = span.start
    for gap in _BREAK.finditer(text, span.start, span.end):
        lines.append((position, gap.start(), gap.group().count("\n") > 1))
        position = gap.end()
    lines.append((position, span.end, True))
    lines = [line for line in lines if line[0] < line[1]]
    width = max((end - start for start, end, _ in lines), default=0)
    wrapped = width in _WRAPPED and len(lines) > 2  # noqa: PLR2004 - two lines show no width
    start = None
    for place, (line_start, line_end, blank) in enumerate(lines):
        start = line_start if start is None else start
        following = lines[place + 1][0] if place + 1 < len(lines) else None
        runs_on = (
            following is not None
            and not blank
            and (text[following].islower() or (wrapped and line_end - line_start in _WRAPPED))
        )
        if not runs_on:
            yield Span(start, line_end)
            start = None


def _quotations(text: str, span: Span, spoken: Mapping[Span, float]) -> tuple[Quoted, ...]:
    return tuple(replace(one, spoken=spoken.get(one.inner)) for one in plain.quotations(text, span))


def _starts_with(text: str, span: Span, quoted: tuple[Quoted, ...]) -> bool:
    mark = next(one.mark for one in quoted if not one.closed)
    return text.startswith(mark, span.start)


def _only_unclosed(text: str, span: Span, quoted: tuple[Quoted, ...]) -> bool:
    """Whether a mark without its partner opens what ends the paragraph.

    Where other marks stand behind it, only a short one behind a stop does.
    """
    (opened,) = [one for one in quoted if not one.closed] or (None,)
    if opened is None:
        return False
    before = text[span.start : opened.outer.start]
    apart = not before or before[-1].isspace()
    if opened == quoted[-1]:
        return apart
    short = opened.inner.end - opened.inner.start <= _LEFT_OPEN
    return apart and short and before.rstrip().endswith((".", ":", ","))


def _outermost(quoted: tuple[Quoted, ...], *, keep_open: bool) -> tuple[Quoted, ...]:
    found: list[Quoted] = []
    for one in quoted:
        if not one.closed and not keep_open:
            continue
        if not found or one.outer.start >= found[-1].outer.end:
            found.append(one)
    return tuple(found)


def _masked(text: str, span: Span, quoted: tuple[Quoted, ...]) -> str:
    """The paragraph with the inside of its quotations blanked out, first and last letter kept."""
    parts = []
    position = span.start
    for one in quoted:
        start, end = one.inner.start, one.inner.end
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if end - start > 2:  # noqa: PLR2004 - first and last letter
            parts += [text[position : start + 1], "x" * (end - start - 2)]
            position = end - 1
    parts.append(text[position : span.end])
    return "".join(parts)


def _tokens(text: str, span: Span, quoted: list[Quoted]) -> Iterator[Token]:
    position = span.start
    short = span.end - span.start - sum(one.outer.end - one.outer.start for one in quoted)
    for one in (*quoted, None):
        end = one.outer.start if one else span.end
        if short <= LONGEST_SENTENCE:
            for match in _TOKEN.finditer(text, position, max(position, end)):
                word = match.group()
                lower = word.lower()
                if lower[-1] == "." and lower.count(".") == 1 and len(lower) > 1:
                    lower = lower[:-1]
                yield Token(word, lower, match.start(), match.end(), None)
        if one:
            last = one.inner.of(text).rstrip()[-1:]  # a comma there shows that its cue follows
            yield Token(f"“{last}”", "“”", one.outer.start, one.outer.end, one)
            position = one.outer.end
