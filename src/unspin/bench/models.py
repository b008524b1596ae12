"""What the tasks are scored with, as plain functions: the encoders of a bundle, and the marks."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from unspin import marking
from unspin.bench.pairs import Relate
from unspin.bench.passes import See
from unspin.bench.techniques import Classify
from unspin.types import Document, Marks


@dataclass(frozen=True, slots=True)
class Models:
    """The encoders of one bundle and the marks made with them."""

    name: str  # of the bundle
    see: See
    classify: Classify
    relate: Relate
    mark: Callable[[Document], Marks]
    threshold: Callable[[str], float]  # of a task of the bundle


def load(bundle: Path | None = None) -> Models:
    """The models of the bundle in a folder; None: of the one that ships with unspin."""
    from unspin.model.encoder import Encoder
    from unspin.model.pairs import Pairs

    encoder = Encoder.load(bundle)
    pairs = cache(partial(Pairs.load, bundle))
    return Models(
        name=encoder.manifest.name,
        see=encoder.signals,
        classify=encoder.classify,
        relate=lambda texts: pairs().relations(texts),
        mark=partial(
            marking.mark, layers=("statements",), see=encoder.see, bundle=encoder.manifest.name
        ),
        threshold=encoder.manifest.threshold,
    )
