"""Texts on their way to what is scored: documents to mark, and the encoder's passes over many.

The encoder is given a batch at a time, so that long runs can be followed.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from unspin import wire
from unspin.bench import Progress
from unspin.errors import SourceError
from unspin.model.signals import Sentence, Signals
from unspin.reading import records
from unspin.reading.resources import Resource
from unspin.types import Document, Marks, Span, Story

BATCH = 64  # texts
# `Encoder.signals`: the signals of each text; where sentences are given they are judged as given.
See = Callable[[Sequence[str], Sequence[Sequence[Span]] | None], Sequence[Signals]]
Item = TypeVar("Item")


def document(text: str, **fields: str | None) -> Document:
    """The text as `unspin mark` would read it from a JSON line with these fields, in English."""
    line = wire.dumps({"text": text, **fields, "language": "en"}).encode()
    (one,) = records.read(Resource("-", line, "application/json"))
    if isinstance(one, SourceError):
        raise one
    return one


def story(
    documents: Iterable[Document], mark: Callable[[Document], Marks]
) -> tuple[list[Marks], Story]:
    """The marks of documents that are known to be of one story, and the story; ids by place."""
    marks = [
        replace(one, document=replace(one.document, id=place_id(place)))
        for place, one in enumerate(map(mark, documents))
    ]
    ids = tuple(one.document.id for one in marks)
    return marks, Story(ids[0], None, None, None, ids, len(ids))


def place_id(place: int) -> str:
    """The id that the document at `place` has in `story`."""
    return f"{place:016x}"


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
