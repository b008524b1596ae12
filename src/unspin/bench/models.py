"""What the tasks are scored with, as plain functions: the encoders of a bundle, and the marks."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from pathlib import Path

import numpy as np

from unspin import marking
from unspin.bench.passes import See
from unspin.bench.techniques import Classify
from unspin.model import bundle as bundles
from unspin.model.graphs import Ints, MarkGraphs, Pass
from unspin.model.signals import Relate, Vectors
from unspin.types import LAYERS, Document, Layer, Marks

_REMEMBERED = 256  # windows


@dataclass(frozen=True, slots=True)
class Models:
    """The encoders of one bundle and the marks made with them."""

    name: str  # of the bundle
    see: See
    classify: Classify
    relate: Relate
    vectors: Vectors
    mark: Callable[[Document], Marks]  # statements alone
    mark_all: Callable[[Document], Marks]  # every layer
    threshold: Callable[[str], float]  # of a task of the bundle


class _Remembering(MarkGraphs):
    """The networks of the marks; what they have just read they do not read again.

    An article under other names is to them, who see no names, mostly the same windows.
    """

    def __init__(self, encoder: Path, heads: dict[str, Path]) -> None:
        super().__init__(encoder, heads)
        self._known = lru_cache(_REMEMBERED)(self._anew)

    def read(self, tokens: Ints) -> Pass:
        """See `Networks`."""
        return self._known(tokens.tobytes())

    def _anew(self, tokens: bytes) -> Pass:
        return super().read(np.frombuffer(tokens, np.int64))


def load(bundle: Path | None = None) -> Models:
    """The models of the bundle in a folder; None: of the one that ships with unspin."""
    from unspin.model.encoder import HEADS, Encoder, tokenizer
    from unspin.model.pairs import Pairs

    manifest = bundles.load(bundle or bundles.default()).manifest
    encoder = cache(partial(Encoder.load, bundle))
    pairs = cache(partial(Pairs.load, bundle))

    @cache
    def remembering() -> Encoder:
        whole = bundles.load(bundle or bundles.default())
        heads = {name: whole.path(f"{name}.onnx") for name in HEADS}
        networks = _Remembering(whole.path("encoder.onnx"), heads)
        return Encoder(networks, tokenizer(whole.path("tokenizer.json")), whole.manifest)

    def mark(document: Document, layers: tuple[Layer, ...]) -> Marks:
        see = remembering().see
        return marking.mark(document, layers=layers, see=see, bundle=manifest.name)

    return Models(
        name=manifest.name,
        see=lambda texts, sentences: encoder().signals(texts, sentences),
        classify=lambda texts, spans: encoder().classify(texts, spans),
        relate=lambda texts: pairs().relations(texts),
        vectors=lambda texts: pairs().vectors(texts),
        mark=partial(mark, layers=("statements",)),
        mark_all=partial(mark, layers=LAYERS),
        threshold=manifest.threshold,
    )
