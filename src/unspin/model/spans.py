"""Spans of a text and runs of tokens: from one to the other, and what a span is like."""

from unspin.model.windows import Window
from unspin.types import Span

_TELLING = 3  # characters of words whose repetition tells something


def tokens_of(window: Window, span: Span) -> range:
    """The tokens of `window` that share code points with `span`; an empty range where none does."""
    inside = [
        place
        for place, token in enumerate(window.spans)
        if token is not None and token.start < span.end and span.start < token.end
    ]
    return range(inside[0], inside[-1] + 1) if inside else range(0)


def features(text: str, span: Span) -> tuple[float, float, float]:
    """What a technique shows besides its words, each 0 to 1: length, other places, whole sentence.

    The length is in words, up to 40; the places are those where the text says the same again.
    """
    words = len(span.of(text).split())
    said = " ".join(span.of(text).lower().split())
    again = min(text.lower().count(said) - 1, 5) if len(said) >= _TELLING else 0
    ends = span.of(text).rstrip("\"'”’»")[-1:] in {".", "!", "?"}
    return min(words, 40) / 40, max(again, 0) / 5, float(ends)
