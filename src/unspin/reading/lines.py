# ruff: noqa: PLR2004 - the numbers of a feature are its definition
"""A text as its lines, hard-wrapped ones joined, and what each looks like in numbers.

In: any text. Out: the lines that are not empty, with their numbers, and one row of features for
each: shape, punctuation, known phrases, repetition, position, neighbours. No feature needs English
to keep a line; the phrases only add to what shape and place already say.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from unspin.types import FurnitureKind

_BREAK = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")
_WRAP = 110  # columns; a text with longer lines is not hard-wrapped
_SLACK = 6  # columns by which a line may be shorter than the next word demands
_LOOK = 20_000  # characters of a line that its features look at
_WORD = re.compile(r"\w+")
_SENTENCE_END = re.compile(r"(?:[.!?…](?=[\s\"'”’»)\]])|[.!?…]$|[。！？؟۔।])")
_CLOSED = re.compile(r"[.!?…。！？؟۔।][\"'”’»)\]」』*¹²³]*$")
_QUOTED = re.compile(r"^[\"“„«‹‘「『]|[\"”“»›」』]$")
_CLOCK = re.compile(r"\b\d{1,2}[:.]\d{2}\b")
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
_BULLET = re.compile(r"^[•·*–—\-‣▪►»›>]\s|^\d{1,2}[.)]\s")
_ADDRESS = re.compile(r"https?://|www\.|\S@\S+\.\w")
_PARTED = re.compile(r"\s[|·•/›»>]\s|\t")
_KINDS: tuple[FurnitureKind, ...] = (
    *("share", "newsletter", "subscription", "cookie", "related", "comments", "advert"),
    *("navigation", "footer", "byline", "biography", "tags", "form", "media"),
)
_AFTER: tuple[FurnitureKind, ...] = (
    "related",
    "comments",
    "tags",
    "biography",
    "newsletter",
    "share",
)
_LONG = 25  # words


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text, or several that were one before they were wrapped."""

    first: int  # number in the text, from 1
    last: int
    text: str  # white space collapsed, never empty

    @property
    def place(self) -> str:
        """Where it stands: `line 4`, `lines 4-6`."""
        return (
            f"line {self.first}" if self.first == self.last else f"lines {self.first}-{self.last}"
        )


def split(text: str) -> list[str]:
    """The lines of `text`, empty ones included; feeds and Unicode separators end lines too."""
    return _BREAK.split(text)


def find(text: str) -> list[Line]:
    """The lines of `text` that hold something, in order; hard-wrapped paragraphs are one Line."""
    rows = [" ".join(row.split()) for row in split(text)]
    width = max(map(len, rows), default=0)
    joined = width <= _WRAP and _is_wrapped(rows, width)
    found: list[tuple[int, list[str]]] = []
    above = ""
    for number, row in enumerate(rows, 1):
        if row:
            if joined and above and _runs_on(above, row, width):
                found[-1][1].append(row)
            else:
                found.append((number, [row]))
        above = row
    return [Line(first, first + len(part) - 1, " ".join(part)) for first, part in found]


def phrase_kind(text: str) -> FurnitureKind | None:
    """The kind of furniture whose known phrases `text` is one of."""
    if len(text) > 300:
        return None
    match = _phrases().match(text.casefold())
    return _KINDS[int((match.lastgroup or "k0")[1:])] if match else None


def features(found: Sequence[Line]) -> NDArray[np.float64]:
    """One row of numbers for each line: its own and those of the lines around it."""
    own = np.array([_own(line.text[:_LOOK]) for line in found], dtype=np.float64)
    kinds = [phrase_kind(line.text) for line in found]
    marked = np.array([[kind == known for known in _KINDS] for kind in kinds], dtype=np.float64)
    around = _around(own, marked)
    return np.hstack(
        [own, marked, _repeats(found), _vocabulary(found), *around, _position(own), _since(kinds)]
    )


def _is_wrapped(rows: Sequence[str], width: int) -> bool:
    pairs = [(row, below) for row, below in pairwise(rows) if row and below]
    running = [below for row, below in pairs if below[0].islower() and _fits(row, below, width)]
    continued = sum(below[0].islower() for _, below in pairs)
    return len(running) >= 2 and len(running) >= 0.6 * continued


def _fits(row: str, below: str, width: int) -> bool:
    """Whether `row` ended where it did because the next word had no room in it."""
    return len(row) + 1 + len(below.split(" ", 1)[0]) + _SLACK > width


def _runs_on(row: str, below: str, width: int) -> bool:
    return _fits(row, below, width) or (
        below[0].islower() and not _CLOSED.search(row) and len(row) > width // 2
    )


@cache
def _phrases() -> re.Pattern[str]:
    words = files("unspin.reading").joinpath("words/line_phrases.txt").read_text("utf-8")
    phrases: dict[str, list[str]] = {}
    for line in words.splitlines():
        if line and not line.startswith("#"):
            kind, phrase = line.split("\t")
            phrases.setdefault(kind, []).append(re.escape(phrase).replace(r"\*", ".*"))
    return re.compile(
        "|".join(
            f"(?P<k{place}>(?:{'|'.join(phrases[kind])})$)" for place, kind in enumerate(_KINDS)
        )
    )


def _own(text: str) -> tuple[float, ...]:
    words = _WORD.findall(text)
    count = len(words) or 1
    letters = sum(map(len, words)) or 1
    rest = words[1:]
    capitals = sum(word[0].isupper() for word in rest) / (len(rest) or 1)
    long = (
        min(letters / 5, len(words)) if text.isascii() or len(words) > letters / 12 else letters / 3
    )
    closed = bool(_CLOSED.search(text[-12:]))
    return (
        np.log1p(long),
        float(len(words) <= 1),
        float(len(words) <= 3),
        float(long <= 8),
        float(long > 15),
        float(long > 30),
        float(long > 60),
        float(closed),
        float(closed and long > 10),
        float(text.endswith((":", "：", ";"))),
        min(len(_SENTENCE_END.findall(text)), 8) / 4,
        (text.count(",") + text.count("，") + text.count("、")) / count,
        capitals,
        capitals * (long <= 12),
        float(text.isupper()),
        float(text[:1].islower()),
        sum(word.isdigit() for word in words) / count,
        float(bool(_CLOCK.search(text[:200]))),
        float(bool(_YEAR.search(text[:200]))) * (long < 12),
        sum(len(word) <= 3 for word in words) / count,
        float(bool(_QUOTED.search(text))),
        float(bool(_BULLET.match(text))),
        float(bool(_ADDRESS.search(text))),
        float(bool(_PARTED.search(text))),
        float("?" in text),
        float("!" in text),
        sum(not (char.isalnum() or char.isspace()) for char in text[:400]) / (len(text[:400]) or 1),
    )


def _repeats(found: Sequence[Line]) -> NDArray[np.float64]:
    keys = [" ".join(_WORD.findall(line.text[:200].casefold())) for line in found]
    counts = Counter(keys)
    seen: Counter[str] = Counter()
    rows = []
    for key in keys:
        rows.append([float(counts[key] > 1), float(seen[key] > 0), min(counts[key], 5) / 5])
        seen[key] += 1
    return np.array(rows)


def _vocabulary(found: Sequence[Line]) -> NDArray[np.float64]:
    """How much of each line's rarer words the page's long lines elsewhere use."""
    bags = [
        {word for word in _WORD.findall(line.text[:2000].casefold()) if len(word) > 4}
        for line in found
    ]
    lengths = [len(line.text) for line in found]
    long = Counter(
        word for bag, size in zip(bags, lengths, strict=True) if size > 150 for word in bag
    )
    rows = []
    for bag, size in zip(bags, lengths, strict=True):
        own = size > 150
        known = sum(long[word] - own > 0 for word in bag)
        often = sum(min(long[word] - own, 4) for word in bag)
        rows.append([known / (len(bag) or 1), often / (4 * (len(bag) or 1)), float(not bag)])
    return np.array(rows)


def _around(own: NDArray[np.float64], marked: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    size = len(own)
    base = np.hstack([own[:, [0, 3, 4, 5, 7, 8, 12]], marked.sum(1, keepdims=True)])
    rows = []
    for step in (-4, -3, -2, -1, 1, 2, 3, 4):
        shifted = np.full_like(base, -1.0)
        if abs(step) < size:
            if step > 0:
                shifted[:-step] = base[step:]
            else:
                shifted[-step:] = base[:step]
        rows.append(shifted)
    words = np.expm1(own[:, [0]])
    wide = np.hstack([own[:, [3, 4, 8]], np.minimum(words, 60) / 60, marked.sum(1, keepdims=True)])
    total = np.vstack([np.zeros((1, wide.shape[1])), np.cumsum(wide, 0)])
    index = np.arange(size)
    for reach in (5, 10, 25):
        for low, high in ((index - reach, index), (index + 1, index + 1 + reach)):
            start, end = np.clip(low, 0, size), np.clip(high, 0, size)
            rows.append((total[end] - total[start]) / reach)
    return rows


def _position(own: NDArray[np.float64]) -> NDArray[np.float64]:
    size = len(own)
    words = np.expm1(own[:, 0])
    prose = words * (own[:, 8] > 0)
    before = np.cumsum(prose) - prose
    total = prose.sum() or 1.0
    index = np.arange(size)
    long = np.flatnonzero((own[:, 8] > 0) & (words >= _LONG))
    if long.size:
        following = np.searchsorted(long, index, side="left")
        preceding = np.searchsorted(long, index, side="right") - 1
        ahead = np.where(
            following < long.size, long[np.minimum(following, long.size - 1)] - index, 99
        )
        behind = np.where(preceding >= 0, index - long[np.maximum(preceding, 0)], 99)
    else:
        ahead = behind = np.full(size, 99)
    return np.column_stack(
        [
            index / size,
            before / total,
            np.minimum(index, 100) / 100,
            np.minimum(size - 1 - index, 100) / 100,
            np.log1p(np.minimum(ahead, 99)),
            np.log1p(np.minimum(behind, 99)),
            (before <= 0).astype(float),
            (before + prose >= total).astype(float),
            np.full(size, np.log1p(size)),
            np.full(size, np.log1p(total)),
            np.full(size, long.size / size),
        ]
    )


def _since(kinds: Sequence[FurnitureKind | None]) -> NDArray[np.float64]:
    """How near above, in lines, the last phrase of each telling kind stands."""
    rows = []
    last = dict.fromkeys(_AFTER, -10_000)
    for place, kind in enumerate(kinds):
        rows.append([np.exp(-(place - last[known]) / 12) for known in _AFTER])
        if kind in last:
            last[kind] = place
    return np.array(rows)
