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
    """The judgement of each text, taken as one sentence; in one without words there is nothing."""
    found: list[Sentence] = []
    for batch in batches(texts):
        whole = [Span(0, len(text)) for text in batch]
        for one, span in zip(see(batch, [[span] for span in whole]), whole, strict=True):
            found.append(one.sentences[0] if one.sentences else Sentence(span, 0.0, 0.0, 0.0, 0.0))
        progress(len(found))
    return found
