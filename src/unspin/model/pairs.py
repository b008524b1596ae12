"""What one sentence says of another, and sentences as vectors."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from unspin.model import bundle, decoding, graphs, pairing
from unspin.model.bundle import Manifest
from unspin.model.encoder import mapped, tokenizer
from unspin.model.graphs import PairNetwork
from unspin.model.signals import Relation


class Pairs:
    """The network of pairs, loaded once; its results do not depend on batch or order."""

    def __init__(self, network: PairNetwork, tokenizer: Tokenizer, manifest: Manifest) -> None:
        self.manifest = manifest
        self._network = network
        self._tokenizer = tokenizer

    @staticmethod
    @cache
    def load(folder: Path | None = None) -> "Pairs":
        """The network of the bundle in `folder`, or of the one that comes with unspin."""
        whole = bundle.load(folder or bundle.default())
        network = graphs.PairGraphs(whole.path("pairs.onnx"))
        return Pairs(network, tokenizer(whole.path("tokenizer.json")), whole.manifest)

    def relations(self, pairs: Sequence[tuple[str, str]]) -> list[Relation]:
        """What the first of each two texts says of the second."""
        scale = self.manifest.task("pairs").scale

        def relate(pair: tuple[str, str]) -> Relation:
            tokens, kinds = pairing.joined(*pair, self._tokenizer)
            logits = self._network.relate(np.array(tokens, np.int64), np.array(kinds, np.int64))
            return Relation(*map(float, decoding.softmax(logits * scale)))

        return list(mapped(relate, pairs))

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row a text, of length 1; texts of like meaning lie near each other."""

        def vector(text: str) -> NDArray[np.float32]:
            tokens = np.array(pairing.single(text, self._tokenizer), np.int64)
            found = self._network.vector(tokens)
            return found / np.linalg.norm(found)

        rows = list(mapped(vector, texts))
        return np.stack(rows) if rows else np.zeros((0, 0), np.float32)
