"""The trained networks in torch, behind the interface of the runtime: for parity."""

import numpy as np
import torch
from torch import nn

from unspin.model.graphs import Floats, Ints, Pass
from unspin.train import network


class Marks:
    """`unspin.model.graphs.Networks` in torch, in full precision."""

    def __init__(self, net: network.Marks, quoted: nn.Linear) -> None:
        self._net, self._quoted = net.eval(), quoted

    @torch.inference_mode()
    def read(self, tokens: Ints) -> Pass:
        """See `Networks`."""
        batch = torch.from_numpy(tokens)[None]
        seen = self._net.read(batch, torch.ones_like(batch))
        return Pass(
            *(
                part[0].float().numpy()
                for part in (seen.hidden, seen.cue, seen.token, seen.relating)
            )
        )

    @torch.inference_mode()
    def parts(self, relating: Floats, cue: Floats, distance: Ints) -> Floats:
        """See `Networks`."""
        values = torch.from_numpy(relating)[None].expand(len(cue), -1, -1)
        marked = torch.from_numpy(cue)
        tags: Floats = self._net.parts(
            values, marked, torch.from_numpy(distance), torch.ones_like(marked, dtype=torch.int64)
        ).numpy()
        return tags

    @torch.inference_mode()
    def sentences(self, vectors: Floats) -> Floats:
        """See `Networks`."""
        return np.asarray(self._net.sentence(torch.from_numpy(vectors)))

    @torch.inference_mode()
    def techniques(self, vectors: Floats) -> Floats:
        """See `Networks`."""
        return np.asarray(self._net.technique(torch.from_numpy(vectors)))

    @torch.inference_mode()
    def cue_kinds(self, vectors: Floats) -> Floats:
        """See `Networks`."""
        return np.asarray(self._net.cue_kind(torch.from_numpy(vectors)))

    @torch.inference_mode()
    def quoted(self, vectors: Floats) -> Floats:
        """See `Networks`."""
        return np.asarray(self._quoted(torch.from_numpy(vectors)))
