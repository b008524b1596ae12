"""The encoder's passes over many texts, a batch at a time, so that long runs can be followed."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from unspin.bench import Progress
from unspin.model.signals import Sentence, Signals
from unspin.types import Span

BATCH = 64  # texts
# `Encoder.signals`: the signals of each text; where sentences are given they are judged as given.
See = Callable[[Sequence[str], Sequence[Sequence[Span]] | None], Sequence[Signals]]
Item = TypeVar("Item")


def batches(items: Sequence[Item], size: int = BATCH) -> Iterator[Sequence[Item]]:
    """The items in order, at most `size` at a time."""
    return (items[start : start + size] for start in range(0, len(items), size))


def signals(texts: Sequence[str], see: See, progress: Progress) -> list[Signals]:
    """The signals of each text."""
    found: list[Signals] = []
    for batch in batches(texts):
        found += see(batch, None)
        progress(len(found))
    return found


def sentences(texts: Sequence[str], see: See, progress: Progress) -> list[Sentence]:
    """The judgement of each text, which is taken as one sentence."""
    found: list[Sentence] = []
    for batch in batches(texts):
        for one in see(batch, [[Span(0, len(text))] for text in batch]):
            (sentence,) = one.sentences
            found.append(sentence)
        progress(len(found))
    return found
