"""From trained networks to a bundle: ONNX graphs, int8 where it pays, digests, manifest."""

import hashlib
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor, nn

from unspin import wire
from unspin.model.bundle import SCHEMA, File, Manifest, Task, Training
from unspin.train import network


class _Reading(nn.Module):
    """The encoder half of the marks, for one window."""

    def __init__(self, net: network.Marks) -> None:
        super().__init__()
        self.net = net

    def forward(self, tokens: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        seen = self.net.read(tokens, torch.ones_like(tokens))
        return seen.hidden, seen.cue, seen.token, seen.relating


class _Parts(nn.Module):
    def __init__(self, net: network.Marks) -> None:
        super().__init__()
        self.net = net

    def forward(self, relating: Tensor, cue: Tensor, distance: Tensor) -> Tensor:
        mask = torch.ones_like(distance)
        tags: Tensor = self.net.parts(relating, cue, distance, mask)
        return tags


class _Head(nn.Module):
    def __init__(self, head: nn.Module) -> None:
        super().__init__()
        self.head = head

    def forward(self, vectors: Tensor) -> Tensor:
        logits: Tensor = self.head(vectors)
        return logits


class _Pairing(nn.Module):
    def __init__(self, net: network.Pairs) -> None:
        super().__init__()
        self.net = net

    def forward(self, tokens: Tensor, kinds: Tensor) -> tuple[Tensor, Tensor]:
        mask = torch.ones_like(tokens)
        hidden = self.net.read(tokens, mask, kinds)
        return self.net.relate(hidden, mask), network.mean(hidden, mask)


def write(
    folder: Path, marks: network.Marks | None, pairs: network.Pairs, tokenizer: bytes
) -> None:
    """The graphs of the networks in `folder`, encoders and heads in int8 by channel."""
    folder.mkdir(parents=True, exist_ok=True)
    if marks is not None:
        write_marks(folder, marks)
    tokens = torch.full((1, 12), 7)
    size = {1: torch.export.Dim("tokens", min=3, max=512)}
    _graph(
        _Pairing(pairs),
        {"tokens": tokens, "kinds": torch.zeros_like(tokens)},
        {"tokens": size, "kinds": size},
        folder / "pairs.onnx",
    )
    (folder / "tokenizer.json").write_bytes(tokenizer)


def write_marks(folder: Path, marks: network.Marks) -> None:
    """The graphs of the network of the marks in `folder`."""
    narrow = network.RELATING
    tokens = torch.full((1, 12), 7)
    cue = torch.zeros(3, 12)
    cue[:, 4] = 1
    size, rows = (
        {1: torch.export.Dim("tokens", min=3, max=512)},
        {0: torch.export.Dim("rows", min=1)},
    )
    both = {0: torch.export.Dim("cues", min=1), 1: size[1]}
    _graph(_Reading(marks), {"tokens": tokens}, {"tokens": size}, folder / "encoder.onnx")
    _graph(
        _Parts(marks),
        {
            "relating": torch.zeros(1, 12, narrow),
            "cue": cue,
            "distance": torch.zeros(3, 12, dtype=torch.int64),
        },
        {"relating": size, "cue": both, "distance": both},
        folder / "parts.onnx",
    )
    heads = {
        "sentences": marks.sentence,
        "techniques": marks.technique,
        "cue_kinds": marks.cue_kind,
    }
    for name, head in heads.items():
        vectors = torch.zeros(5, head[0].in_features)
        _graph(_Head(head), {"vectors": vectors}, {"vectors": rows}, folder / f"{name}.onnx")


def write_quoted(folder: Path, head: nn.Linear) -> None:
    """The graph of the head of quotation marks in `folder`, in full precision: it is small."""
    _graph(
        _Head(head),
        {"vectors": torch.zeros(5, head.in_features)},
        {"vectors": {0: torch.export.Dim("rows", min=1)}},
        folder / "quoted.onnx",
        whole=True,
    )


def sign(folder: Path, name: str, tasks: Sequence[Task], data: Sequence[Training]) -> Manifest:
    """Write the model card and the manifest of the files in `folder`, and return the manifest."""
    (folder / "README.md").write_text(_card(name, tasks, data), "utf-8")
    files = tuple(
        File(path.name, hashlib.sha256(path.read_bytes()).hexdigest())
        for path in sorted(folder.iterdir())
        if path.name != "manifest.json" and path.is_file()
    )
    manifest = Manifest(SCHEMA, name, tuple(tasks), tuple(data), files)
    text = json.dumps(wire.plain(manifest), indent=1, ensure_ascii=False)
    (folder / "manifest.json").write_text(text + "\n", "utf-8")
    return manifest


def _card(name: str, tasks: Sequence[Task], data: Sequence[Training]) -> str:
    settings = [
        f"| `{task.name}` | {task.scale:.3f} | {task.shift:.3f} | {task.threshold} |"
        for task in tasks
    ]
    sources = [f"| {one.name} | {one.licence} | {one.rows:,} |" for one in data]
    return "\n".join(
        [
            f"# {name}",
            "",
            "Encoders, from all-MiniLM-L6-v2 (Apache-2.0) by `unspin train bundle`: one for",
            "the marks of an article, one for what one sentence says of another (`pairs.onnx`).",
            "ONNX, int8 by channel but for `quoted.onnx`, which is small. The first is shown no",
            "names: every name is one mask to it.",
            "",
            "The weights hold no text, but some of the data sets they were trained on state no",
            "licence or forbid commercial use. Whoever ships this folder should weigh that; the",
            "code of unspin is under Apache-2.0. Scores and limits: docs/model.md of unspin.",
            "",
            "| task | scale | shift | threshold |",
            "|---|---|---|---|",
            *settings,
            "",
            "| trained on | licence of the data | rows |",
            "|---|---|---|",
            *sources,
            "",
        ]
    )


def _graph(
    module: nn.Module,
    inputs: dict[str, Tensor],
    shapes: dict[str, object],
    path: Path,
    *,
    whole: bool = False,
) -> None:
    """Write a graph, in int8, or in full precision where it is to stay `whole`."""
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic

    with tempfile.TemporaryDirectory() as place:
        full = Path(place) / "full.onnx"
        torch.onnx.export(
            module.eval(),
            kwargs=inputs,
            f=full,
            dynamo=True,
            input_names=list(inputs),
            dynamic_shapes=shapes,
            external_data=False,
            verbose=False,
        )
        if not whole:
            quantize_dynamic(full, path, per_channel=True, weight_type=QuantType.QInt8)
        model = onnx.load(full if whole else path)
    for node in model.graph.node:  # where each came from in the source: a fifth of a megabyte
        del node.metadata_props[:]
        node.doc_string = ""
    for part in (model, model.graph, *model.graph.value_info):
        del part.metadata_props[:]
    del model.graph.value_info[:]
    onnx.save(model, path)
