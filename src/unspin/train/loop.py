"""The loop both encoders are trained by: batches in a fixed order, a checkpoint an epoch."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from unspin.train import network

_SMOOTH = 0.02  # weight of a new loss in the running one
Told = Callable[[int, int, Mapping[str, float]], None]  # step, steps, running losses


@dataclass(frozen=True, slots=True)
class Plan:
    """How a network is trained."""

    epochs: int
    rate: float  # of learning, at its highest
    seed: int = 1
    warmup: float = 0.06  # share of the steps in which the rate rises


def run(  # noqa: PLR0913, PLR0917 - one call a network, every part of it another kind of thing
    net: network.Network,
    order: Sequence[Sequence[Sequence[int]]],
    losses: Callable[[Sequence[int]], Mapping[str, Tensor]],
    plan: Plan,
    progress: Told,
    kept: Path,
) -> None:
    """Train `net` on the batches of each epoch in `order`; `losses` gives those of one batch.

    A checkpoint is written to `kept` after each epoch; where one stands there the run goes on from
    it, and ends with the same weights as one that was never interrupted.
    """
    steps = sum(map(len, order))
    optimiser = torch.optim.AdamW(network.groups(net, plan.rate), weight_decay=0.01, fused=True)
    first = max(1, int(plan.warmup * steps))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / first, max(0.0, (steps - step) / (steps - first)))
    )
    done = _resumed(net, optimiser, schedule, kept)
    step = sum(map(len, order[:done]))
    running: dict[str, float] = {}
    net.train()
    for epoch in range(done, plan.epochs):
        for batch in order[epoch]:
            found = losses(batch)
            torch.stack(list(found.values())).sum().backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            optimiser.zero_grad()
            for name, value in found.items():
                now = float(value.detach())
                running[name] = running.get(name, now) * (1 - _SMOOTH) + now * _SMOOTH
            step += 1
            progress(step, steps, running)
        state = {
            "epoch": epoch + 1,
            "net": net.state_dict(),
            "optimiser": optimiser.state_dict(),
            "schedule": schedule.state_dict(),
            "chance": net.chance.get_state(),
        }
        torch.save(state, kept.with_suffix(".part"))
        kept.with_suffix(".part").replace(kept)
    net.eval()


def _resumed(
    net: network.Network,
    optimiser: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LambdaLR,
    kept: Path,
) -> int:
    """The epochs that the checkpoint at `kept` has behind it, everything set as it was then."""
    if not kept.exists():
        return 0
    state = torch.load(kept, weights_only=True)
    net.load_state_dict(state["net"])
    optimiser.load_state_dict(state["optimiser"])
    schedule.load_state_dict(state["schedule"])
    net.chance.set_state(state["chance"])
    return int(state["epoch"])
