"""Training: the models that ship with unspin, made from labelled data by one command."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from unspin.bench import corpora
from unspin.bench.corpora import GoldPage
from unspin.errors import UsageError

MODELS = ("reading", "pasted")


def run(model: str, paths: Sequence[Path], folder: Path, progress: Callable[[int], None]) -> Path:
    """Train `model` on the pages at `paths` and return the file written to `folder`.

    MissingError without the training library. `progress` is told how many pages are prepared.
    """
    from unspin.train import pasted, reading

    if model not in MODELS:
        msg = f"{model}: no such model. The models are: {', '.join(MODELS)}."
        raise UsageError(msg)
    if not folder.is_dir():
        msg = f"{folder}: no such folder. Make it first, or give another with --to."
        raise UsageError(msg)
    files = corpora.files(paths)
    pages = _counted(corpora.pages(files), progress)
    data, digest = [path.parent.name for path in files], corpora.digest(files)
    if model == "reading":
        reading.write(reading.train(reading.examples(pages), data=data, digest=digest), folder)
        return folder / "article.json"
    written = folder / "pasted.json"
    pasted.write(pasted.train(pasted.examples(pages), data=data, digest=digest), written)
    return written


def _counted(pages: Iterator[GoldPage], progress: Callable[[int], None]) -> Iterator[GoldPage]:
    for count, page in enumerate(pages, 1):
        yield page
        progress(count)
