"""What the encoder sees in a text, before any rule: values that the marks are made from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from unspin.types import CueKind, Span


@dataclass(frozen=True, slots=True)
class Attribution:
    """One statement as the encoder sees it: whose words, by which cue, and what was said."""

    source: tuple[Span, ...]  # empty: nobody is named, or the author
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    cue_kind: CueKind | None
    score: float  # 0 to 1: how likely all of it is right


@dataclass(frozen=True, slots=True)
class Rhetoric:
    """A persuasion technique or a loaded word."""

    span: Span
    name: str  # a label of `tasks.TECHNIQUES`, or "loaded"
    score: float  # 0 to 1: that it is rhetoric at all
    chance: float = 1.0  # that the name is the right one, where it is rhetoric
    second: str | None = None  # the next likeliest name
    second_chance: float = 0.0


@dataclass(frozen=True, slots=True)
class Sentence:
    """How a sentence reads as a whole; all numbers are probabilities, 0 to 1."""

    span: Span
    opinion: float  # the author argues or judges
    slant: float  # the wording leans to a side
    checkworthy: float  # somebody should check it
    rhetoric: float  # a persuasion technique is in it


@dataclass(frozen=True, slots=True)
class InMarks:
    """Words between a pair of quotation marks."""

    span: Span  # without the marks
    spoken: float  # 0 to 1: somebody's words, no title, name, slogan or word the author doubts


@dataclass(frozen=True, slots=True)
class Signals:
    """Everything the encoder sees in one text, each part sorted by place."""

    attributions: tuple[Attribution, ...]
    rhetoric: tuple[Rhetoric, ...]
    loaded: tuple[Rhetoric, ...]
    sentences: tuple[Sentence, ...]
    quoted: tuple[InMarks, ...] = ()


@dataclass(frozen=True, slots=True)
class Relation:
    """What one sentence says of another; three probabilities that add up to 1."""

    entails: float
    contradicts: float
    neutral: float


# `Pairs.vectors`: a row of length 1 for each text, those of like meaning near each other.
Vectors = Callable[[Sequence[str]], NDArray[np.float32]]
# `Pairs.relations`: what the first text of each pair says of the second.
Relate = Callable[[Sequence[tuple[str, str]]], Sequence[Relation]]
