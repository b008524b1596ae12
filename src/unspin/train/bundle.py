"""The bundle from the data sets: train both encoders, write their graphs, settle every score."""

import dataclasses
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import torch

from unspin.model import bundle, graphs
from unspin.model.bundle import SCHEMA, Manifest, Task, Training
from unspin.model.encoder import HEADS, Encoder, tokenizer
from unspin.model.pairs import Pairs
from unspin.train import (
    calibration,
    data,
    examples,
    export,
    marks,
    network,
    pairs,
    quoted,
    teachers,
)
from unspin.train.loop import Plan

MARKS = Plan(epochs=5, rate=1.5e-4)
TAUGHT = Plan(epochs=2, rate=1e-4)  # from the mean of the teachers
TEACHER = Plan(epochs=2, rate=5e-5)  # of a larger encoder
PAIRS = Plan(epochs=3, rate=1.2e-4)
NAME = "unspin-small-4"
_MARKED = frozenset(
    "polnear ptc meme-persuasion-text babe subjectivity-ct25 checkworthy-claimbuster".split()
)
_START = 1  # seed of the heads, alike in all runs: weights of different heads have no mean
_REPEATED = 2  # times an epoch that the smallest set of sentences is seen
Said = Callable[[str], None]  # told in words how far it is


def run(  # noqa: PLR0913 - one call, every part of it another kind of thing
    folder: Path,
    weights: Path,
    to: Path,
    progress: Said,
    *,
    only_open: bool,
    seed: int,
    taught_by: Sequence[Path],
) -> Path:
    """Train on the data sets in `folder` from the encoder in `weights`; the bundle is `to`.

    `weights` holds all-MiniLM-L6-v2: `model.safetensors`, `config.json`, `tokenizer.json`.
    Checkpoints stand in `to`/kept and are gone on from. With `only_open` only data sets whose
    licence clearly allows any use are learned from: none of them teaches the marks, so the bundle
    then holds the network of pairs alone. Another `seed` is another order of the examples.

    `taught_by` are bundles whose marks the new one learns from too, on texts that nobody labelled.
    It starts from the mean of the weights that stand in their `kept` (Wortsman et al., "Model
    soups", 2022), and then needs fewer epochs.
    """
    sources = [source for source in data.SOURCES if source.open or not only_open]
    kept = to / "kept"
    kept.mkdir(parents=True, exist_ok=True)
    torch.use_deterministic_algorithms(mode=True)
    words = weights / "tokenizer.json"
    marking = None
    if any(source.name in _MARKED for source in sources):
        marking = network.Marks(weights, _START)
        marking.chance.manual_seed(seed)
        earlier = [path for one in taught_by if (path := one / "kept" / "marks.pt").is_file()]
        if earlier:
            marking.load_state_dict(_mean(earlier))
        plan = dataclasses.replace(TAUGHT if earlier else MARKS, seed=seed)
        learned = list(_examples(folder, words))
        taught: list[examples.Example] = []
        if taught_by:
            progress("asking the teachers")
            texts = data.unlabelled(folder)
            taught = list(teachers.taught(texts, tokenizer(words), [_graphs(o) for o in taught_by]))
            sources += data.UNLABELLED
        told = _told("marks", progress)
        marks.train(marking, learned, taught, plan, told, kept / "marks.pt")
    else:
        progress("no data set of the marks has a clearly open licence: training the pairs alone")
    pairing, anchor = (network.Pairs(weights, _START) for _ in range(2))
    related = data.related(folder, sources, "train")
    told = _told("pairs", progress)
    pairs.train(pairing, anchor, related, tokenizer(words), PAIRS, told, kept / "pairs.pt")
    progress("writing the graphs")
    export.write(to, marking, pairing, words.read_bytes())
    progress("settling scores and thresholds")
    settled = settle(folder, to, sources, marked=marking is not None)
    if marking is not None:
        sources += [one for one in data.QUOTED if one not in sources]
    counted = [Training(one.name, one.licence, len(data.rows(folder, one.name))) for one in sources]
    export.sign(to, NAME if marking is not None else f"{NAME}-open-pairs", settled, counted)
    return to / "manifest.json"


def teacher(folder: Path, weights: Path, to: Path, progress: Said, *, seed: int) -> Path:
    """Train a larger encoder on the marks, for `run` to be taught by; its graphs stand in `to`.

    `weights` holds an encoder with the words of BERT, whatever it numbers them, as
    all-mpnet-base-v2 does: it learns to read the tokens of the bundle that ships with unspin. No
    score of it is settled.
    """
    (to / "kept").mkdir(parents=True, exist_ok=True)
    torch.use_deterministic_algorithms(mode=True)
    words = bundle.default() / "tokenizer.json"
    marking = network.Marks(weights, _START, words)
    marking.chance.manual_seed(seed)
    plan = dataclasses.replace(TEACHER, seed=seed)
    told = _told("teacher", progress)
    marks.train(marking, list(_examples(folder, words)), [], plan, told, to / "kept" / "teacher.pt")
    progress("writing the graphs")
    export.write_marks(to, marking)
    return to / "encoder.onnx"


def settle(folder: Path, to: Path, sources: Sequence[data.Source], *, marked: bool) -> list[Task]:
    """The tasks of the graphs in `to`, calibrated on the documents held out for that.

    `marked` is whether the networks of the marks are among them. The head of quotation marks learns
    from the others as they are: its graph is written here.
    """
    words = tokenizer(to / "tokenizer.json")
    plain = Manifest(SCHEMA, NAME, (), (), ())
    found: list[Task] = []
    if marked:
        found.append(quoted.train(folder, Encoder(_graphs(to), words, plain), to))
        networks = _graphs(to)

        def encoder(tasks: Sequence[Task]) -> Encoder:
            return Encoder(networks, words, dataclasses.replace(plain, tasks=tuple(tasks)))

        found += calibration.marks(folder, encoder)
    related = Pairs(graphs.PairGraphs(to / "pairs.onnx"), words, plain)
    return [*found, calibration.pairs(data.related(folder, sources, "calibrate"), related)]


def _graphs(folder: Path) -> graphs.MarkGraphs:
    """The encoder of the marks in `folder` with the heads that are there yet."""
    heads = {one: path for one in HEADS if (path := folder / f"{one}.onnx").is_file()}
    return graphs.MarkGraphs(folder / "encoder.onnx", heads)


def _mean(kept: Sequence[Path]) -> Mapping[str, torch.Tensor]:
    """The mean of the weights in checkpoints."""
    states = [torch.load(path, weights_only=True)["net"] for path in kept]
    return {
        name: torch.stack([state[name].float() for state in states]).mean(0).to(first.dtype)
        for name, first in states[0].items()
    }


def _examples(folder: Path, tokens: Path) -> Iterator[examples.Example]:
    words = tokenizer(tokens)
    yield from examples.attribution(data.attribution(folder, "train"), words)
    yield from examples.rhetoric(data.rhetoric(folder, "train"), words)
    yield from examples.memes(data.rows(folder, "meme-persuasion-text"), words)
    yield from examples.sentences(data.slanted(folder, "train"), words, 1)
    for time in range(_REPEATED):
        yield from examples.sentences(data.subjective(folder, "train"), words, 11 + time)
    yield from examples.sentences(data.checkworthy(folder, "train"), words, 3)


def _told(name: str, progress: Said) -> Callable[[int, int, Mapping[str, float]], None]:
    def tell(step: int, steps: int, losses: Mapping[str, float]) -> None:
        shown = json.dumps({task: round(value, 3) for task, value in losses.items()})
        progress(f"{name}: step {step} of {steps}, losses {shown}")

    return tell
