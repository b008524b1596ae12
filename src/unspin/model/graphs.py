"""The door to ONNX Runtime: the networks of a bundle as functions of arrays."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from unspin.errors import BundleError

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Pass:
    """What the encoder says of one window; the first axis of each is its tokens."""

    hidden: Floats  # (tokens, width)
    cue: Floats  # (tokens, CUE_TAGS), logits
    token: Floats  # (tokens, TOKEN_LABELS), logits
    relating: Floats  # (tokens, narrower width), for `parts`


class Networks(Protocol):
    """The networks of the marks. One window at a time: so no window's result depends on others.

    Int8 networks scale their inner numbers by the largest of a batch; in a batch of several
    windows the same window would read differently beside another.
    """

    def read(self, tokens: Ints) -> Pass:
        """The pass over one window, (tokens,)."""

    def parts(self, relating: Floats, cue: Floats, distance: Ints) -> Floats:
        """Logits (cues, tokens, PART_TAGS) of one window; `cue`, `distance` are (cues, tokens)."""

    def sentences(self, vectors: Floats) -> Floats:
        """Logits (sentences, SENTENCE_LABELS) of mean vectors."""

    def techniques(self, vectors: Floats) -> Floats:
        """Logits (spans, TECHNIQUES) of mean, first and window vectors and `spans.features`."""

    def cue_kinds(self, vectors: Floats) -> Floats:
        """Logits (cues, CUE_KINDS) of mean vectors."""

    def quoted(self, vectors: Floats) -> Floats:
        """Logits (pairs of marks, 1), of `decoding.bracketed`: that somebody said the words."""


class PairNetwork(Protocol):
    """The network of pairs, one pair at a time."""

    def relate(self, tokens: Ints, kinds: Ints) -> Floats:
        """Logits (3,): entails, contradicts, neutral; `kinds` is 1 on the second sentence."""

    def vector(self, tokens: Ints) -> Floats:
        """The mean vector (width,) of one sentence."""


class Graph:
    """One ONNX graph, on one core; many threads may run it at once."""

    def __init__(self, path: Path) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            self._session = onnxruntime.InferenceSession(
                str(path), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # noqa: BLE001 - the library's own kinds have no common base
            msg = f"{path}: ONNX Runtime cannot load it ({str(error)[:200]}). Install unspin anew."
            raise BundleError(msg) from None

    def __call__(self, **inputs: NDArray[np.generic]) -> list[Floats]:
        """The outputs, in the graph's order."""
        found: list[Floats] = self._session.run(None, inputs)
        return found


class MarkGraphs:
    """`Networks` of a bundle."""

    def __init__(self, encoder: Path, heads: dict[str, Path]) -> None:
        self._encoder = Graph(encoder)
        self._heads = {name: Graph(path) for name, path in heads.items()}

    def read(self, tokens: Ints) -> Pass:
        """See `Networks`."""
        return Pass(*(output[0] for output in self._encoder(tokens=tokens[None])))

    def parts(self, relating: Floats, cue: Floats, distance: Ints) -> Floats:
        """See `Networks`."""
        (tags,) = self._heads["parts"](relating=relating[None], cue=cue, distance=distance)
        return tags

    def sentences(self, vectors: Floats) -> Floats:
        """See `Networks`."""
        (logits,) = self._heads["sentences"](vectors=vectors)
        return logits

    def techniques(self, vectors: Floats) -> Floats:
        """See `Networks`."""
        (logits,) = self._heads["techniques"](vectors=vectors)
        return logits

    def cue_kinds(self, vectors: Floats) -> Floats:
        """See `Networks`."""
        (logits,) = self._heads["cue_kinds"](vectors=vectors)
        return logits

    def quoted(self, vectors: Floats) -> Floats:
        """See `Networks`."""
        (logits,) = self._heads["quoted"](vectors=vectors)
        return logits


class PairGraphs:
    """`PairNetwork` of a bundle."""

    def __init__(self, encoder: Path) -> None:
        self._encoder = Graph(encoder)

    def relate(self, tokens: Ints, kinds: Ints) -> Floats:
        """See `PairNetwork`."""
        logits, _ = self._encoder(tokens=tokens[None], kinds=kinds[None])
        row: Floats = logits[0]
        return row

    def vector(self, tokens: Ints) -> Floats:
        """See `PairNetwork`."""
        _, vectors = self._encoder(tokens=tokens[None], kinds=np.zeros_like(tokens)[None])
        row: Floats = vectors[0]
        return row
