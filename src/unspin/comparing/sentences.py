"""What somebody said, sentence by sentence, whatever the article puts in between."""

from collections.abc import Iterator, Sequence

from unspin import text as reading
from unspin.types import Span

_CLOSING = "”’\"'»"  # marks that may stand behind the end of a sentence
_ENDS = (".", "!", "?", "…")


def asks(text: str, spans: Sequence[Span]) -> bool:
    """Whether a sentence, in one piece or several, asks something."""
    return spans[-1].of(text).rstrip(_CLOSING).endswith("?")


def of(text: str, spans: Sequence[Span]) -> Iterator[tuple[Span, ...]]:
    """The sentences of `spans` in turn; one that its cue interrupts goes on in small letters."""
    found: list[Span] = []
    for span in spans:
        for sentence in reading.sentences(text, span):
            ended = found and found[-1].of(text).rstrip(_CLOSING).endswith(_ENDS)
            if found and (ended or not text[sentence.start].islower()):
                yield tuple(found)
                found = []
            found.append(sentence)
    if found:
        yield tuple(found)
