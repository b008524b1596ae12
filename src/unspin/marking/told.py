"""What an article tells in its own words: its sentences with all that is quoted blanked out.

In: a document's paragraphs, figures and dates. Out: sentences in order, each with its own.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from unspin.marking.frames import LONGEST_SENTENCE, Paragraph, Token
from unspin.types import Figure, Span, TimeExpression

_Mark = TypeVar("_Mark", Figure, TimeExpression)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence; `words` are as long as its span, with spaces for what is quoted."""

    span: Span
    words: str
    tokens: tuple[Token, ...]
    paragraph: int
    heading: bool
    figures: tuple[Figure, ...]
    dates: tuple[TimeExpression, ...]

    def at(self, start: int, end: int) -> Span:
        """Where `words[start:end]` stands in the document."""
        return Span(self.span.start + start, self.span.start + end)

    def place(self, span: Span) -> tuple[int, int]:
        """Where a stretch of the document stands in `words`."""
        return span.start - self.span.start, span.end - self.span.start


def read(
    text: str,
    paragraphs: Sequence[Paragraph],
    figures: Sequence[Figure],
    dates: Sequence[TimeExpression],
) -> tuple[Sentence, ...]:
    """The sentences of the paragraphs; one too long to be a sentence is left out."""
    found = []
    for number, paragraph in enumerate(paragraphs):
        for tokens in paragraph.sentences:
            span = Span(tokens[0].start, tokens[-1].end)
            if span.end - span.start > LONGEST_SENTENCE:
                continue
            found.append(
                Sentence(
                    span,
                    _blanked(text, span, tokens),
                    tokens,
                    number,
                    paragraph.kind == "heading",
                    _inside(figures, span),
                    _inside(dates, span),
                )
            )
    return tuple(found)


def _blanked(text: str, span: Span, tokens: Sequence[Token]) -> str:
    pieces, start = [], span.start
    for token in tokens:
        if token.quoted is not None:
            pieces += [text[start : token.start], " " * (token.end - token.start)]
            start = token.end
    return "".join([*pieces, text[start : span.end]])


def _inside(marks: Sequence[_Mark], span: Span) -> tuple[_Mark, ...]:
    """The marks that begin in the span; the marks are sorted by place."""
    first = bisect_left(marks, span.start, key=lambda one: one.span.start)
    last = bisect_left(marks, span.end, key=lambda one: one.span.start)
    return tuple(marks[first:last])
