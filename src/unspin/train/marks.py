"""Training the encoder of the marks: several tasks on one network, in one run."""

import random
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from unspin.model import tasks
from unspin.model.decoding import Numbers
from unspin.train import loop, network
from unspin.train.examples import Example, Tags
from unspin.train.loop import Plan

TOKENS = 2048  # in a batch, padding included
_LIKE = 256  # examples that are sorted by length together
_CLASSES = range(2, 2 + len(tasks.TECHNIQUES))  # of TOKEN_LABELS
_CLASS_WEIGHT = 0.15  # beside 1 for a token being rhetoric at all, or the fourteen outweigh it
WEIGHTS = {"cue": 1.0, "parts": 2.0, "kind": 0.1, "token": 2.0, "technique": 0.3, "sentence": 0.5}


def train(  # noqa: PLR0913, PLR0917 - one call, every part of it another kind of thing
    net: network.Marks,
    examples: Sequence[Example],
    taught: Sequence[Example],
    plan: Plan,
    progress: loop.Told,
    kept: Path,
) -> None:
    """Train `net` in place; see `loop.run`.

    An epoch reads all of `examples` and its share of `taught`, which no other epoch reads.
    """
    chance = random.Random(plan.seed)  # noqa: S311 - not a secret
    every = [*examples, *taught]
    known, dealt = range(len(examples)), list(range(len(examples), len(every)))
    chance.shuffle(dealt)
    order = [
        batches(every, (known, dealt[epoch :: plan.epochs]), chance) for epoch in range(plan.epochs)
    ]

    def total(batch: Sequence[int]) -> dict[str, Tensor]:
        found = loss(net, [every[place] for place in batch])
        return {name: WEIGHTS[name] * value for name, value in found.items()}

    loop.run(net, order, total, plan, progress, kept)


def batches(
    examples: Sequence[Example], groups: Iterable[Sequence[int]], chance: random.Random
) -> list[list[int]]:
    """Places of examples in batches of one group and of like length, in random order."""
    found: list[list[int]] = []
    for group in groups:
        places = list(group)
        chance.shuffle(places)
        for start in range(0, len(places), _LIKE):
            batch: list[int] = []
            alike = places[start : start + _LIKE]
            for place in sorted(alike, key=lambda place: len(examples[place].tokens)):
                if batch and len(examples[place].tokens) * (len(batch) + 1) > TOKENS:
                    found.append(batch)
                    batch = []
                batch.append(place)
            found.append(batch)
    chance.shuffle(found)
    return found


def padded(rows: Sequence[Sequence[float]], size: int, fill: int = 0) -> Tensor:
    """The rows as one tensor (rows, size)."""
    return torch.tensor([[*row, *[fill] * (size - len(row))] for row in rows])


def chances(rows: Sequence[Tags | Numbers], size: int, labels: int) -> Tensor:
    """The chance of each label, (rows, size, labels): 1 for a known tag, none in padding."""
    found = np.zeros((len(rows), size, labels), np.float32)
    for chance, row in zip(found, rows, strict=True):
        chance[: len(row)] = row if isinstance(row, np.ndarray) else np.eye(labels)[list(row)]
    return torch.from_numpy(found)


def _crossed(logits: Tensor, wanted: Tensor) -> Tensor:
    """The cross entropy of logits and chances, both (rows, size, labels), where any is known."""
    return -(torch.log_softmax(logits.float(), -1) * wanted).sum() / wanted.sum()


def loss(net: network.Marks, batch: Sequence[Example]) -> dict[str, Tensor]:
    """The loss of each task that the batch has labels for."""
    size = max(len(example.tokens) for example in batch)
    mask = padded([[1] * len(example.tokens) for example in batch], size)
    losses: dict[str, Tensor] = {}
    with torch.autocast("cpu", torch.bfloat16):
        seen = net.read(padded([example.tokens for example in batch], size), mask)
        flat = nn.functional.cross_entropy
        told = {place: cues for place, one in enumerate(batch) if (cues := one.cues) is not None}
        if told:
            wanted = chances(list(told.values()), size, len(tasks.CUE_TAGS))
            losses["cue"] = _crossed(seen.cue[list(told)], wanted)
        related = [
            (p, *relation) for p, example in enumerate(batch) for relation in example.relations
        ]
        if related:
            at = torch.tensor([place for place, *_ in related])
            cue = padded([cue for _, cue, _, _ in related], size).float()
            logits = net.parts(seen.relating[at], cue, distances(cue), mask[at])
            wanted = chances([tags for _, _, tags, _ in related], size, len(tasks.PART_TAGS))
            losses["parts"] = _crossed(logits, wanted)
            kinds = torch.tensor([kind for *_, kind in related])
            if (kinds >= 0).any():
                vectors = network.mean(seen.hidden[at][kinds >= 0], cue[kinds >= 0])
                losses["kind"] = flat(net.cue_kind(vectors).float(), kinds[kinds >= 0])
        tagged = [
            (p, name, tags) for p, example in enumerate(batch) for name, tags in example.labels
        ]
        if tagged:
            logits = seen.token[[p for p, *_ in tagged], :, [name for _, name, _ in tagged]].float()
            gold = padded([tags for *_, tags in tagged], size, -1)
            weight = torch.tensor(
                [_CLASS_WEIGHT if name in _CLASSES else 1.0 for _, name, _ in tagged]
            )[:, None] * (gold >= 0)
            each = nn.functional.binary_cross_entropy_with_logits(
                logits, gold.clamp(min=0).float(), reduction="none"
            )
            losses["token"] = (each * weight).sum() / weight.sum()
        pieces = [(p, *piece) for p, example in enumerate(batch) for piece in example.spans]
        if pieces:
            logits = net.technique(
                pooled(seen.hidden, [piece[:4] for piece in pieces], mask)
            ).float()
            gold = torch.tensor([classes for *_, classes in pieces]).float()
            losses["technique"] = flat(logits, gold / gold.sum(1, keepdim=True))
        held = [(p, *s) for p, example in enumerate(batch) for s in example.sentences]
        if held:
            share = torch.zeros(len(held), size)
            for row, (_, start, end, _, _) in enumerate(held):
                share[row, start:end] = 1
            at = torch.tensor([place for place, *_ in held])
            logits = net.sentence(network.mean(seen.hidden[at], share)).float()
            logits = logits[torch.arange(len(held)), [name for *_, name, _ in held]]
            losses["sentence"] = nn.functional.binary_cross_entropy_with_logits(
                logits, torch.tensor([target for *_, target in held])
            )
    return losses


def pooled(
    hidden: Tensor, pieces: Sequence[tuple[int, int, int, tuple[float, ...]]], mask: Tensor
) -> Tensor:
    """What the classifier of spans reads: (spans, 3 * width + SPAN_FEATURES).

    The mean of the span, its first token, the mean of the window, and `spans.features`.
    """
    at = torch.tensor([place for place, *_ in pieces])
    share = torch.zeros(len(pieces), hidden.shape[1])
    for row, (_, start, end, _) in enumerate(pieces):
        share[row, start:end] = 1
    firsts = hidden[at, torch.tensor([start for _, start, _, _ in pieces])]
    extra = torch.tensor([features for *_, features in pieces])
    around = network.mean(hidden, mask)[at]
    return torch.cat([network.mean(hidden[at], share), firsts, around, extra.to(hidden.dtype)], -1)


def distances(cue: Tensor) -> Tensor:
    """The bucket of each token's distance to the nearest token of the cue, (cues, tokens)."""
    size = cue.shape[1]
    here = torch.arange(size)
    first = torch.where(cue > 0, here, size).amin(1)[:, None]
    last = torch.where(cue > 0, here, -1).amax(1)[:, None]
    offset = torch.where(here < first, here - first, torch.where(here > last, here - last, 0))
    return _table(size)[offset + size]


def _table(size: int) -> Tensor:
    return torch.tensor([tasks.distance(offset) for offset in range(-size, size + 1)])
