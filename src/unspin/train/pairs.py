"""Training the encoder of pairs: what one sentence says of another, and sentences as vectors."""

import random
from collections.abc import Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from unspin.model import pairing
from unspin.train import loop, network
from unspin.train.altered import Related
from unspin.train.loop import Plan
from unspin.train.marks import padded

TOKENS = 2048  # in a batch, padding included
LARGEST = 32  # pairs in a batch
_LIKE = 1024  # pairs that are sorted by length together
_ANCHORS = 6  # sentences of a batch whose vectors are held near the pretrained ones
_ANCHORED = 0.5  # weight of holding them


def train(  # noqa: PLR0913, PLR0917 - one call, every part of it another kind of thing
    net: network.Pairs,
    anchor: network.Pairs,
    examples: Sequence[Related],
    tokenizer: Tokenizer,
    plan: Plan,
    progress: loop.Told,
    kept: Path,
) -> None:
    """Train `net` in place, its vectors held near those of `anchor`; see `loop.run`."""
    chance = random.Random(plan.seed)  # noqa: S311 - not a secret
    inputs = [pairing.joined(first, second, tokenizer) for first, second, _ in examples]
    order = [_batches([len(tokens) for tokens, _ in inputs], chance) for _ in range(plan.epochs)]
    anchor.eval()

    def losses(batch: Sequence[int]) -> dict[str, Tensor]:
        texts = [examples[place][1] for place in batch[:_ANCHORS]]
        return {
            "relation": _relation(net, [(inputs[place], examples[place][2]) for place in batch]),
            "vector": _ANCHORED * _anchored(net, anchor, texts, tokenizer),
        }

    loop.run(net, order, losses, plan, progress, kept)


def _batches(sizes: Sequence[int], chance: random.Random) -> list[list[int]]:
    places = list(range(len(sizes)))
    chance.shuffle(places)
    found: list[list[int]] = []
    for start in range(0, len(places), _LIKE):
        batch: list[int] = []
        for place in sorted(places[start : start + _LIKE], key=sizes.__getitem__):
            if batch and (sizes[place] * (len(batch) + 1) > TOKENS or len(batch) == LARGEST):
                found.append(batch)
                batch = []
            batch.append(place)
        found.append(batch)
    chance.shuffle(found)
    return found


def _relation(
    net: network.Pairs, batch: Sequence[tuple[pairing.Joined, tuple[int, ...]]]
) -> Tensor:
    size = max(len(tokens) for (tokens, _), _ in batch)
    mask = padded([[1] * len(tokens) for (tokens, _), _ in batch], size)
    with torch.autocast("cpu", torch.bfloat16):
        hidden = net.read(
            padded([tokens for (tokens, _), _ in batch], size),
            mask,
            padded([kinds for (_, kinds), _ in batch], size),
        )
        chances = net.relate(hidden, mask).float().log_softmax(-1)
    allowed = torch.full(chances.shape, -1e4)
    for row, (_, relations) in enumerate(batch):
        allowed[row, list(relations)] = 0.0
    return -(chances + allowed).logsumexp(-1).mean()


def _anchored(
    net: network.Pairs, anchor: network.Pairs, texts: Sequence[str], tokenizer: Tokenizer
) -> Tensor:
    rows = [pairing.single(text, tokenizer) for text in texts]
    size = max(map(len, rows))
    tokens, mask = padded(rows, size), padded([[1] * len(row) for row in rows], size)
    with torch.autocast("cpu", torch.bfloat16):
        ours = network.mean(net.read(tokens, mask, torch.zeros_like(tokens)), mask).float()
        with torch.no_grad():
            theirs = network.mean(anchor.read(tokens, mask, torch.zeros_like(tokens)), mask).float()
    return 1 - nn.functional.cosine_similarity(ours, theirs).mean()
