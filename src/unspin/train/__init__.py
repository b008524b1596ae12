"""Training: the models that ship with unspin, made from labelled data by one command."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import ModuleType

from unspin.bench import corpora
from unspin.bench.gold import GoldPage
from unspin.errors import MissingError, UsageError

MODELS = ("reading", "pasted", "stories", "teacher", "bundle")


def run(model: str, paths: Sequence[Path], folder: Path, progress: Callable[[int], None]) -> Path:
    """Train `model` on the pages at `paths` and return the file written to `folder`.

    `stories` learns from the one folder that holds all data sets. MissingError without the training
    library. `progress` is told how many pages, or documents, are prepared.
    """
    from unspin.train import pasted, reading

    if model not in MODELS:
        msg = f"{model}: no such model. The models are: {', '.join(MODELS)}."
        raise UsageError(msg)
    if not folder.is_dir():
        msg = f"{folder}: no such folder. Make it first, or give another with --to."
        raise UsageError(msg)
    if model == "stories":
        return _stories(paths, folder, progress)
    files = corpora.files(paths)
    pages = _counted(corpora.pages(files), progress)
    data, digest = [path.parent.name for path in files], corpora.digest(files)
    if model == "reading":
        reading.write(reading.train(reading.examples(pages), data=data, digest=digest), folder)
        return folder / "article.json"
    written = folder / "pasted.json"
    pasted.write(pasted.train(pasted.examples(pages), data=data, digest=digest), written)
    return written


def encoders(  # noqa: PLR0913 - see `bundle.run`
    data: Sequence[Path],
    weights: Path | None,
    to: Path,
    progress: Callable[[str], None],
    *,
    only_open: bool,
    seed: int,
    taught_by: Sequence[Path],
) -> Path:
    """Train the encoders on the data sets in one folder and return the manifest of their bundle.

    See `bundle.run`. MissingError without the training library; UsageError for folders that are
    not there.
    """
    folder, pretrained = _given("bundle", data, weights)
    for one in taught_by:
        if not (one / "encoder.onnx").is_file():
            msg = f"{one}: no encoder of the marks. Name the folder of a bundle, or of a teacher."
            raise UsageError(msg)
    made: Path = _training().run(
        folder, pretrained, to, progress, only_open=only_open, seed=seed, taught_by=taught_by
    )
    return made


def teacher(
    data: Sequence[Path], weights: Path | None, to: Path, progress: Callable[[str], None], seed: int
) -> Path:
    """Train a larger encoder of the marks and return its graph; see `bundle.teacher`.

    Errors as of `encoders`.
    """
    folder, pretrained = _given("teacher", data, weights)
    made: Path = _training().teacher(folder, pretrained, to, progress, seed=seed)
    return made


def _given(model: str, data: Sequence[Path], weights: Path | None) -> tuple[Path, Path]:
    """The folder of data and that of the pretrained encoder, where both are there."""
    if len(data) != 1 or not data[0].is_dir():
        msg = f"{model} learns from one folder that holds all data sets. Name it with --data."
        raise UsageError(msg)
    if weights is None or not (weights / "model.safetensors").is_file():
        msg = (
            f"{model} starts from a pretrained encoder. Name the folder with its "
            "model.safetensors, config.json and tokenizer.json with --weights."
        )
        raise UsageError(msg)
    return data[0], weights


def _training() -> ModuleType:
    try:
        from unspin.train import bundle
    except ImportError as error:
        msg = f"training needs {error.name}. Install unspin with the extra `train`."
        raise MissingError(msg) from error
    return bundle


def _stories(paths: Sequence[Path], folder: Path, progress: Callable[[int], None]) -> Path:
    from unspin.model.pairs import Pairs
    from unspin.train import stories

    if len(paths) != 1 or not paths[0].is_dir():
        msg = "stories learns from one folder that holds all data sets. Name it with --data."
        raise UsageError(msg)
    return stories.run(paths[0], folder, Pairs.load().vectors, progress)


def _counted(pages: Iterator[GoldPage], progress: Callable[[int], None]) -> Iterator[GoldPage]:
    for count, page in enumerate(pages, 1):
        yield page
        progress(count)
