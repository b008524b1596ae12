"""A text cut into windows of tokens, each token knowing its code points.

A window holds whole paragraphs, as many as fit; only a paragraph too long for a window is cut, at
the ends of its sentences. Names are one token each, the mask (`names`).
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from tokenizers import Tokenizer

from unspin import text as plain
from unspin.errors import BundleError
from unspin.model import names
from unspin.types import Span

LENGTH = 160  # tokens in a window, the marks at its ends included
START, BREAK, MASK = "[CLS]", "[SEP]", "[MASK]"


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of tokens that the encoder reads at once."""

    tokens: tuple[int, ...]
    spans: tuple[Span | None, ...]  # in the text; None: a mark that is not of the text


@dataclass(frozen=True, slots=True)
class Pieces:
    """The tokens of one paragraph."""

    tokens: Sequence[int]
    spans: Sequence[Span]  # of the tokens, in the text


def cut(text: str, tokenizer: Tokenizer, length: int = LENGTH) -> list[Window]:
    """The windows of `text`, in order; every token lies in exactly one."""
    start, separator = marker(START, tokenizer), marker(BREAK, tokenizer)
    room = length - 2
    windows: list[Window] = []
    tokens: list[int] = []
    spans: list[Span | None] = []

    def close() -> None:
        if tokens:
            windows.append(Window((start, *tokens, separator), (None, *spans, None)))
            tokens.clear()
            spans.clear()

    for paragraph in pieces(text, tokenizer):
        for part in _fitted(text, paragraph, room):
            if len(tokens) + len(part.tokens) + 1 > room:
                close()
            if tokens:
                tokens.append(separator)
                spans.append(None)
            tokens += part.tokens
            spans += part.spans
    close()
    return windows


def pieces(text: str, tokenizer: Tokenizer) -> list[Pieces]:
    """The tokens of each paragraph of `text` that has any, names masked."""
    veiled = names.find(text)
    mask = marker(MASK, tokenizer)

    @cache
    def read(word: str) -> list[int]:
        return list(tokenizer.encode(word, add_special_tokens=False).ids)

    found: list[Pieces] = []
    paragraphs = [line for line in plain.lines(text) if line.of(text).strip()]
    encodings = tokenizer.encode_batch(
        [plain.encodable(paragraph.of(text)) for paragraph in paragraphs],
        add_special_tokens=False,
    )
    place = 0  # of the first stretch of `veiled` that is not behind
    for paragraph, encoding in zip(paragraphs, encodings, strict=True):
        tokens: list[int] = []
        spans: list[Span] = []
        for token, (first, last) in zip(encoding.ids, encoding.offsets, strict=True):
            start, end = paragraph.start + first, paragraph.start + last
            while place < len(veiled) and veiled[place].span.end <= start:
                place += 1
            if place == len(veiled) or end <= veiled[place].span.start:
                tokens.append(token)
                spans.append(Span(start, end))
                continue
            stretch = veiled[place]
            if not spans or spans[-1] != stretch.span:
                alike = [mask] if stretch.reading is None else read(stretch.reading)
                tokens += alike
                spans += [stretch.span] * len(alike)
        if tokens:
            found.append(Pieces(tokens, spans))
    return found


def marker(name: str, tokenizer: Tokenizer) -> int:
    """The token of a mark that is not of the text; BundleError where the tokenizer has none."""
    token = tokenizer.token_to_id(name)
    if token is None:
        msg = f"the tokenizer of the bundle has no {name}. Install unspin anew."
        raise BundleError(msg)
    return int(token)


def _fitted(text: str, paragraph: Pieces, room: int) -> list[Pieces]:
    """The paragraph in parts of at most `room` tokens, cut between sentences where it can be."""
    size = len(paragraph.tokens)
    if size <= room:
        return [paragraph]
    starts = [span.start for span in paragraph.spans]
    sentences = plain.sentences(text, Span(starts[0], paragraph.spans[-1].end))
    breaks = sorted({bisect_left(starts, sentence.start) for sentence in sentences[1:]} - {0})
    cuts = [0]
    while size - cuts[-1] > room:
        fits = [at for at in breaks if cuts[-1] < at <= cuts[-1] + room]
        cuts.append(fits[-1] if fits else cuts[-1] + room)
    return [
        Pieces(paragraph.tokens[first:last], paragraph.spans[first:last])
        for first, last in pairwise([*cuts, size])
    ]
