"""The tiny bundle in `tests/data/bundle`, and what torch says of it in full precision.

Networks of random weights with the shapes, the tokenizer and the graphs of the real ones, so that
tests see every signal without the real bundle. Nothing is learned from any data. Made anew, where
torch and transformers are installed (extra `train`), by

    python tests/model/tiny.py

which overwrites `tests/data/bundle` and `tests/data/bundle_expected.json`. The bytes hold for one
version of torch, onnx and onnxruntime; the numbers hold within the tolerances written beside them.
"""

import json
import string
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from unspin.model import decoding, graphs, names, pairing, sides, tasks, windows
from unspin.model.bundle import Task, Training
from unspin.model.encoder import HEADS

if TYPE_CHECKING:
    from torch import nn

    from unspin.train import network

DATA = Path(__file__).parents[1] / "data"
BUNDLE = DATA / "bundle"
EXPECTED = DATA / "bundle_expected.json"
WIDTH = 32
SEED = 5
TEXTS = (
    "Ana Rell said on Monday that the bridge would be safe. “We will not wait,” she told us.",
    "The ministry denied it.\n\nThe corrupt council, people say, wrecked the port. 40 were hurt.",
    "Velland’s shameful deal must be stopped now! Who would trust them?",
)
PAIRS = (
    ("The bridge is closed today.", "The bridge is open today."),
    ("The union warned of a strike on Monday.", "A strike was announced."),
    ("", "Nobody was hurt."),
)
TASKS = (
    Task("cue", tasks.CUE_TAGS, threshold=0.6),
    Task("parts", tasks.PART_TAGS),
    Task("cue_kind", tasks.CUE_KINDS),
    Task("statement", (), 0.5, 0.25, 0.0),
    Task("rhetoric_token", threshold=0.7),
    Task("rhetoric_span", (), 0.8, -0.5),
    Task("technique", tasks.TECHNIQUES, 0.7),
    Task("loaded_token", threshold=0.8),
    Task("loaded_span", (), 0.9, 0.1),
    Task("opinion", (), 1.1, 0.1),
    Task("slant", (), 0.9, -0.1),
    Task("checkworthy", (), 0.7, 0.2),
    Task("rhetoric", (), 0.6, -0.2),
    Task("quoted", (), 0.9, 0.1),
    Task("pairs", pairing.RELATIONS, 0.8),
)
_PUNCTUATION = string.punctuation + "“”‘’«»„–—…€£"
_WORDS = """a about according accused after again against agreed all also an and announced are as at
    away back be been before bridge but by called can children city claimed closed corrupt cost
    could council country court day deal denied did do down each first for four from government had
    has have he her him his hope how hurt husband if in insisted into is it its king last law made
    man many men minister ministry money more most mr must new no nobody not now of off office on
    one only open or other our out over party people plan police port president promised prime real
    reckless report reporters right safe said same say says shameful she so some son spokesman
    state stay still stopped street strike such take than that the their them then there these they
    this time to today told town trust two under union up vote wait war warned was water we week
    were what when where which while who whose will with work world would wrecked year years you"""
_PIECED = {"congressmen", "spokesmen", "widower"}  # read as several pieces, as by the real one
_PIECES = "ed er es ing ion ly ment ness s t al ry ter"


def weights(folder: Path) -> Path:
    """A seeded encoder and its tokenizer in `folder`, as a pretrained one would lie there."""
    import torch
    from transformers import BertConfig, BertModel

    words = tokenizer_json()
    torch.manual_seed(SEED)
    model = BertModel(
        BertConfig(
            vocab_size=len(words["model"]["vocab"]),
            hidden_size=WIDTH,
            num_hidden_layers=2,
            num_attention_heads=2,
            intermediate_size=2 * WIDTH,
            max_position_embeddings=512,
            initializer_range=0.15,  # wider than is usual, so that tokens differ
        )
    )
    model.save_pretrained(folder)
    (folder / "tokenizer.json").write_text(json.dumps(words, ensure_ascii=False), "utf-8")
    return folder


def tokenizer_json() -> dict[str, Any]:
    """The tokenizer: word pieces, with the rules of the real one."""
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    letters = string.ascii_lowercase + string.digits
    (gender,) = (pair for pair in sides.pairs() if pair.id == names.GENDER)
    readings = sorted({slot.b[0].rstrip(".").lower() for slot in gender.slots} - _PIECED)
    rest = [*letters, *_PUNCTUATION, *_WORDS.split(), *readings]
    pieces = [f"##{piece}" for piece in (*letters, *_PIECES.split())]
    listed = dict.fromkeys([*special, *rest, *pieces])
    added = [
        {
            "id": number,
            "special": True,
            "content": name,
            "single_word": False,
            "lstrip": False,
            "rstrip": False,
            "normalized": False,
        }
        for number, name in enumerate(special)
    ]
    return {
        "version": "1.0",
        "truncation": {
            "max_length": 24,
            "strategy": "LongestFirst",
            "stride": 0,
            "direction": "Right",
        },
        "padding": {
            "strategy": {"Fixed": 24},
            "direction": "Right",
            "pad_to_multiple_of": None,
            "pad_id": 0,
            "pad_type_id": 0,
            "pad_token": "[PAD]",
        },
        "added_tokens": added,
        "normalizer": {
            "type": "BertNormalizer",
            "clean_text": True,
            "handle_chinese_chars": True,
            "strip_accents": None,
            "lowercase": True,
        },
        "pre_tokenizer": {"type": "BertPreTokenizer"},
        "post_processor": None,
        "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": True},
        "model": {
            "type": "WordPiece",
            "unk_token": "[UNK]",
            "continuing_subword_prefix": "##",
            "max_input_chars_per_word": 100,
            "vocab": {word: number for number, word in enumerate(listed)},
        },
    }


def marks(folder: Path) -> "network.Marks":
    """The encoder of the marks, its heads made decided: some say yes, most say no."""
    import torch

    from unspin.train import network

    net = network.Marks(folder, SEED)
    with torch.no_grad():
        for head, times in ((net.cue, 3), (net.token, 3), (net.parts.tags, 3)):
            head.weight *= times
        net.cue.bias[0] += 1.5
    net.eval()
    return net


def quoted() -> "nn.Linear":
    """The head of quotation marks."""
    import torch

    torch.manual_seed(SEED + 2)
    return torch.nn.Linear(tasks.IN_MARKS * WIDTH, 1).requires_grad_(requires_grad=False)


def pairs(folder: Path) -> "network.Pairs":
    """The encoder of pairs."""
    import torch

    from unspin.train import network

    net = network.Pairs(folder, SEED + 1)
    with torch.no_grad():
        net.relation[-1].weight *= 4
    net.eval()
    return net


def made(rows: int, width: int) -> NDArray[np.float32]:
    """Vectors that are the same anywhere, to show to the heads."""
    places = np.arange(rows * width, dtype=np.float64)
    return np.asarray(np.sin(places * 1.7) * 1.2, np.float32).reshape(rows, width)


def numbers(
    networks: graphs.Networks, pair: graphs.PairNetwork, tokenizer: Tokenizer
) -> dict[str, list[Any]]:
    """A few outputs of each network for `TEXTS` and `PAIRS`, by name of the head."""
    found: dict[str, list[Any]] = {name: [] for name in ("hidden", "cue", "token", "relating")}
    for text in TEXTS:
        (window,) = windows.cut(text, tokenizer)
        seen = networks.read(np.array(window.tokens, np.int64))
        found["hidden"] += [seen.hidden[0, :4], seen.hidden[3, :4]]
        found["cue"] += list(seen.cue[:6])
        found["token"] += [seen.token[2], seen.token[5]]
        found["relating"] += [seen.relating[1, :4]]
    cue = np.zeros((2, 9), np.float32)
    cue[0, 2] = cue[1, 5:7] = 1
    distance = np.stack([decoding.distances(2, 3, 9), decoding.distances(5, 7, 9)])
    found["parts"] = list(networks.parts(made(9, 128), cue, distance)[:, ::4].reshape(-1, 5))
    found["sentences"] = list(networks.sentences(made(2, WIDTH)))
    found["techniques"] = list(networks.techniques(made(2, 3 * WIDTH + tasks.SPAN_FEATURES)))
    found["cue_kinds"] = list(networks.cue_kinds(made(2, WIDTH)))
    found["quoted"] = list(networks.quoted(made(2, tasks.IN_MARKS * WIDTH)))
    joined = [pairing.joined(first, second, tokenizer) for first, second in PAIRS]
    found["relate"] = [
        pair.relate(np.array(tokens, np.int64), np.array(kinds, np.int64))
        for tokens, kinds in joined
    ]
    found["vector"] = [
        pair.vector(np.array(pairing.single(first, tokenizer), np.int64))[:6] for first, _ in PAIRS
    ]
    return {
        name: [np.round(row.astype(np.float64), 4).tolist() for row in rows]
        for name, rows in found.items()
    }


def largest(one: Mapping[str, list[Any]], other: Mapping[str, list[Any]]) -> dict[str, float]:
    """The largest difference between two results of `numbers`, by head."""
    return {
        name: max(
            float(np.abs(np.subtract(a, b)).max()) for a, b in zip(rows, other[name], strict=True)
        )
        for name, rows in one.items()
    }


def load(folder: Path) -> tuple[graphs.MarkGraphs, graphs.PairGraphs]:
    """The graphs that stand in `folder`."""
    heads = {name: folder / f"{name}.onnx" for name in HEADS}
    return graphs.MarkGraphs(folder / "encoder.onnx", heads), graphs.PairGraphs(
        folder / "pairs.onnx"
    )


def write(folder: Path, expected: Path) -> None:
    """The bundle in `folder`, and the numbers of torch in `expected`."""
    from unspin.model.encoder import tokenizer
    from unspin.train import export, reference

    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    with tempfile.TemporaryDirectory() as place:
        kept = weights(Path(place))
        mark, pair = marks(kept), pairs(kept)
        export.write(folder, mark, pair, (kept / "tokenizer.json").read_bytes())
        export.write_quoted(folder, quoted())
    export.sign(folder, "tiny", TASKS, [Training("nothing", "Apache-2.0", 0)])
    words = tokenizer(folder / "tokenizer.json")
    torch_says = numbers(reference.Marks(mark, quoted()), reference_pairs(pair), words)
    measured = largest(torch_says, numbers(*load(folder), words))
    # Twice what was measured, for other processors and versions of ONNX Runtime.
    tolerance = {name: round(2 * value + 0.02, 3) for name, value in measured.items()}
    text = json.dumps({"tolerance": tolerance, "torch": torch_says}, indent=1)
    expected.write_text(text + "\n", "utf-8")


def reference_pairs(net: "network.Pairs") -> graphs.PairNetwork:
    """`PairNetwork` in torch, in full precision."""
    import torch

    from unspin.train import network

    class InTorch:
        def relate(self, tokens: graphs.Ints, kinds: graphs.Ints) -> graphs.Floats:
            batch, mask = torch.from_numpy(tokens)[None], torch.ones(1, len(tokens))
            with torch.inference_mode():
                hidden = net.read(batch, mask.long(), torch.from_numpy(kinds)[None])
                return np.asarray(net.relate(hidden, mask)[0])

        def vector(self, tokens: graphs.Ints) -> graphs.Floats:
            batch, mask = torch.from_numpy(tokens)[None], torch.ones(1, len(tokens))
            with torch.inference_mode():
                hidden = net.read(batch, mask.long(), torch.zeros_like(batch))
                return np.asarray(network.mean(hidden, mask)[0])

    return InTorch()


if __name__ == "__main__":
    write(BUNDLE, EXPECTED)
