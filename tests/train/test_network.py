"""The networks learn, go on where they stopped, and say in ONNX what they say in torch.

Run where the extra `train` is installed; elsewhere these are skipped.
"""

import json
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer
from tokenizers.models import WordPiece

from model import tiny
from unspin.errors import BundleError, UsageError
from unspin.model import decoding, encoder, tasks
from unspin.model.graphs import Ints, Networks, Pass
from unspin.model.pairs import Pairs
from unspin.train import examples
from unspin.train.data import Judged
from unspin.train.examples import Example

torch = pytest.importorskip("torch", reason="NOT CHECKED: training needs the extra `train`")
pytest.importorskip("transformers", reason="NOT CHECKED: training needs the extra `train`")
pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # of torch's exporter
    pytest.mark.filterwarnings("ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore::UserWarning"),
]
TOKENIZER = encoder.tokenizer(tiny.BUNDLE / "tokenizer.json")


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    torch.set_num_threads(1)
    return tiny.weights(tmp_path_factory.mktemp("weights"))


def told(_step: int, _steps: int, _losses: Mapping[str, float]) -> None:
    pass


def rows() -> list[Example]:
    """A few examples of every kind, of invented text."""
    made: list[Example] = []
    for number, who in enumerate(("the minister", "people", "the union", "a spokesman")):
        text = f"It was on day {number} that {who} said the port is closed. The bridge is open."
        start = text.index(who)
        stated = {
            "source": [(start, start + len(who))],
            "cue": [(start + len(who) + 1, start + len(who) + 5)],
            "content": [(start + len(who) + 6, start + len(who) + 24)],
        }
        made += examples.attribution([{"text": text, "annotations": {"A": [stated]}}], TOKENIZER)
    text = "This shameful deal must be stopped. The port is open."
    spans = [
        {"start": 5, "end": 13, "technique": "Loaded_Language"},
        {"start": 19, "end": 34, "technique": "Slogans"},
    ]
    made += examples.rhetoric([{"text": text, "spans": spans}], TOKENIZER)
    judged = [
        Judged(f"The {word} deal was real.", {"slant": float(at % 2)}, (word,))
        for at, word in enumerate("shameful open reckless last".split())
    ]
    made += examples.sentences(judged, TOKENIZER, 1)
    return made


def test_every_task_has_a_loss_and_training_lowers_it(weights: Path, tmp_path: Path) -> None:
    from unspin.train import loop, marks, network

    net = network.Marks(weights, 1)
    made = rows()
    before = marks.loss(net.eval(), made)
    assert before.keys() == marks.WEIGHTS.keys()
    marks.train(net, made, [], loop.Plan(epochs=8, rate=3e-3), told, tmp_path / "kept.pt")
    after = marks.loss(net.eval(), made)
    assert all(float(after[name]) < float(before[name]) for name in before), (before, after)


def test_a_loss_is_of_what_is_known_alone(weights: Path) -> None:
    from unspin.train import marks, network

    net = network.Marks(weights, 1).eval()
    plain = Example((2, 9, 3))
    assert marks.loss(net, [plain]) == {}
    judged = [example for example in rows() if example.cues is None and not example.spans]
    assert marks.loss(net, judged).keys() == {"token", "sentence"}


def test_padding_is_not_read(weights: Path) -> None:
    from unspin.train import network

    tokens = torch.arange(5, 25)[None]
    mask = torch.ones_like(tokens)
    beside = torch.zeros(1, 30, dtype=torch.int64)
    padded, shorter = torch.cat([tokens, beside], 1), torch.cat([mask, beside], 1)
    mark, pair = network.Marks(weights, 1).eval(), network.Pairs(weights, 1).eval()
    cue = (tokens == 9).float()
    longer = torch.cat([cue, beside.float()], 1)
    with torch.inference_mode():
        alone, among = mark.read(tokens, mask), mark.read(padded, shorter)
        assert float((alone.hidden - among.hidden[:, :20]).abs().max()) < 1e-4
        parts = mark.parts(alone.relating, cue, torch.zeros_like(tokens), mask)
        others = mark.parts(among.relating, longer, torch.zeros_like(padded), shorter)
        assert float((parts - others[:, :20]).abs().max()) < 1e-4
        one = pair.relate(pair.read(tokens, mask, mask * 0), mask)
        other = pair.relate(pair.read(padded, shorter, shorter * 0), shorter)
        assert float((one - other).abs().max()) < 1e-4


def test_a_loss_does_not_depend_on_the_padding(weights: Path) -> None:
    from unspin.train import marks, network

    net = network.Marks(weights, 1).eval()
    (one, *_) = rows()
    longer = Example(one.tokens + (9,) * 40)
    alone, beside = marks.loss(net, [one]), marks.loss(net, [one, longer])
    for name, value in alone.items():
        assert float(beside[name]) == pytest.approx(float(value), abs=0.03), name


@pytest.mark.parametrize("kind", ["marks", "pairs"])
def test_going_on_from_a_checkpoint_ends_where_one_run_ends(
    kind: str, weights: Path, tmp_path: Path
) -> None:
    """The first run is broken off within its second epoch."""
    from unspin.train import loop, marks, network, pairs

    plan = loop.Plan(epochs=3, rate=1e-3)
    related = [(first, second, (at % 3,)) for at, (first, second) in enumerate(tiny.PAIRS * 4)]

    def train(kept: Path, progress: loop.Told) -> dict[str, object]:
        net: network.Network
        if kind == "marks":
            net = network.Marks(weights, 1)
            marks.train(net, rows(), [], plan, progress, kept)
        else:
            net, anchor = network.Pairs(weights, 1), network.Pairs(weights, 1)
            pairs.train(net, anchor, related, TOKENIZER, plan, progress, kept)
        return dict(net.state_dict())

    class BrokenOffError(Exception):
        pass

    def breaks(step: int, steps: int, _losses: Mapping[str, float]) -> None:
        if step > steps // 3:
            raise BrokenOffError

    whole = train(tmp_path / "whole.pt", told)
    with pytest.raises(BrokenOffError):
        train(tmp_path / "kept.pt", breaks)
    assert (tmp_path / "kept.pt").is_file()
    gone_on = train(tmp_path / "kept.pt", told)
    assert whole.keys() == gone_on.keys()
    assert all(torch.equal(value, gone_on[name]) for name, value in whole.items())
    finished = train(tmp_path / "kept.pt", breaks)  # has nothing left to do
    assert all(torch.equal(value, finished[name]) for name, value in whole.items())


def test_a_network_learns_what_its_teachers_say(weights: Path, tmp_path: Path) -> None:
    from unspin.train import loop, marks, network, teachers

    networks, _ = tiny.load(tiny.BUNDLE)
    taught = list(teachers.taught(tiny.TEXTS, TOKENIZER, [networks, networks]))
    assert any(one.relations for one in taught)
    net = network.Marks(weights, 1)
    before = marks.loss(net.eval(), taught)
    plan = loop.Plan(epochs=8, rate=3e-3)
    marks.train(net, [], taught * 8, plan, told, tmp_path / "kept.pt")
    after = marks.loss(net.eval(), taught)
    assert {"cue", "parts", "token", "sentence"} <= before.keys()
    assert all(float(after[name]) < float(before[name]) for name in before), (before, after)


def test_teachers_are_asked_for_their_mean() -> None:
    """Of one teacher and itself that is what it says; of two it lies between them."""
    from unspin.train import teachers

    class Doubtful:
        """The same network, which is never sure of a cue."""

        def __init__(self, known: Networks) -> None:
            self.parts, self.sentences = known.parts, known.sentences
            self.techniques, self.cue_kinds = known.techniques, known.cue_kinds
            self.quoted = known.quoted
            self._known = known

        def read(self, tokens: Ints) -> Pass:
            return replace(self._known.read(tokens), cue=np.zeros((len(tokens), 3), np.float32))

    known, _ = tiny.load(tiny.BUNDLE)
    doubtful = Doubtful(known)
    asks: list[list[Networks]] = [[known], [known, known], [known, doubtful], [doubtful]]
    one, twice, both, other = (
        np.array(next(teachers.taught(tiny.TEXTS, TOKENIZER, asked)).cues) for asked in asks
    )
    assert np.allclose(one, twice)
    assert np.allclose(both, (one + other) / 2)


def other_words(folder: Path, *, without: str = "") -> Path:
    """A seeded MPNet with the words of the tiny tokenizer, numbered from behind and marked anew."""
    from transformers import MPNetConfig, MPNetModel

    words = json.loads((tiny.BUNDLE / "tokenizer.json").read_text("utf-8"))
    marks = {"[CLS]": "<s>", "[SEP]": "</s>", "[PAD]": "<pad>", "[MASK]": "<mask>"}
    listed = [marks.get(word, word) for word in words["model"]["vocab"] if word != without]
    torch.manual_seed(3)
    model = MPNetModel(
        MPNetConfig(
            vocab_size=len(listed),
            hidden_size=tiny.WIDTH,
            num_hidden_layers=2,
            num_attention_heads=2,
            intermediate_size=2 * tiny.WIDTH,
            max_position_embeddings=514,
            initializer_range=0.15,
        )
    )
    model.save_pretrained(folder)
    own = Tokenizer(
        WordPiece({word: at for at, word in enumerate(listed[::-1])}, unk_token="[UNK]")  # noqa: S106 - no password
    )
    own.save(str(folder / "tokenizer.json"))
    return folder


def test_an_encoder_with_other_numbers_reads_the_words_of_the_bundle(tmp_path: Path) -> None:
    from unspin.train import network

    weights = other_words(tmp_path)
    own = Tokenizer.from_file(str(weights / "tokenizer.json"))
    plain = network.Marks(weights, 1).encoder.embeddings.word_embeddings.weight
    turned = network.Marks(weights, 1, tiny.BUNDLE / "tokenizer.json").encoder
    known = turned.embeddings.word_embeddings.weight
    pairs = [("bridge", "bridge"), ("##ing", "##ing"), ("[SEP]", "</s>"), ("[MASK]", "<mask>")]
    for word, there in pairs:
        assert torch.equal(known[TOKENIZER.token_to_id(word)], plain[own.token_to_id(there)])


def test_an_encoder_with_other_words_is_refused(tmp_path: Path) -> None:
    from unspin.train import network

    weights = other_words(tmp_path, without="bridge")
    with pytest.raises(UsageError, match="1 words of the bundle are missing, bridge first"):
        network.Marks(weights, 1, tiny.BUNDLE / "tokenizer.json")


def test_a_teacher_says_in_onnx_what_it_says_in_torch(tmp_path: Path) -> None:
    from unspin.model import graphs, windows
    from unspin.train import export, network

    net = network.Marks(other_words(tmp_path), 1, tiny.BUNDLE / "tokenizer.json").eval()
    export.write_marks(tmp_path, net)
    networks = graphs.MarkGraphs(
        tmp_path / "encoder.onnx",
        {one: tmp_path / f"{one}.onnx" for one in encoder.HEADS},
    )
    (window,) = windows.cut(tiny.TEXTS[0], TOKENIZER)
    tokens = torch.tensor([window.tokens])
    with torch.no_grad():
        seen = net.read(tokens, torch.ones_like(tokens))
    told_there = networks.read(np.array(window.tokens, np.int64))
    assert np.abs(told_there.hidden - seen.hidden[0].numpy()).max() < 0.35  # int8 of random weights
    assert np.corrcoef(told_there.hidden.ravel(), seen.hidden[0].numpy().ravel())[0, 1] > 0.99


def test_an_epoch_reads_its_share_of_what_is_taught(weights: Path, tmp_path: Path) -> None:
    from unspin.train import loop, marks, network

    read: list[int] = []
    net = network.Marks(weights, 1)
    known, other = rows()[:3], [Example((2, 20 + at, 3)) for at in range(6)]
    seen = marks.loss

    def noted(net: network.Marks, batch: Sequence[Example]) -> dict[str, object]:
        read.extend(one.tokens[1] for one in batch)
        return seen(net, [*batch, known[0]])

    plan = loop.Plan(epochs=2, rate=1e-3)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(marks, "loss", noted)
        marks.train(net, known, other, plan, told, tmp_path / "kept.pt")
    assert Counter(read) == Counter(
        [one.tokens[1] for one in known] * 2 + [one.tokens[1] for one in other]
    )


def test_training_on_pairs_lowers_the_loss(weights: Path, tmp_path: Path) -> None:
    from unspin.train import loop, network, pairs

    losses: list[float] = []

    def noted(_step: int, _steps: int, running: Mapping[str, float]) -> None:
        losses.append(running["relation"])

    net, anchor = network.Pairs(weights, 1), network.Pairs(weights, 1)
    related = [(first, second, (0,)) for first, second in tiny.PAIRS * 4]
    plan = loop.Plan(epochs=20, rate=3e-3)
    pairs.train(net, anchor, related, TOKENIZER, plan, noted, tmp_path / "kept.pt")
    assert losses[-1] < losses[0]


def test_every_example_is_in_one_batch() -> None:
    from unspin.train import marks

    made = [Example((7,) * (3 + at * 37 % 158)) for at in range(700)]
    groups = (range(500), range(500, 700))
    found = marks.batches(made, groups, random.Random(3))  # noqa: S311 - not a secret
    assert sorted(place for batch in found for place in batch) == list(range(700))
    for batch in found:
        assert max(len(made[place].tokens) for place in batch) * len(batch) <= marks.TOKENS
        assert len({place < 500 for place in batch}) == 1
    assert found == marks.batches(made, groups, random.Random(3))  # noqa: S311 - not a secret


def test_a_bundle_of_pairs_alone_judges_pairs_and_marks_nothing(
    weights: Path, tmp_path: Path
) -> None:
    from unspin.train import export, network

    words = (tiny.BUNDLE / "tokenizer.json").read_bytes()
    export.write(tmp_path, None, network.Pairs(weights, 1), words)
    export.sign(tmp_path, "open", [], [])
    (relation,) = Pairs.load(tmp_path).relations([("The port is open.", "It is closed.")])
    assert relation.entails + relation.contradicts + relation.neutral == pytest.approx(1, abs=1e-5)
    with pytest.raises(BundleError, match=r"has no encoder\.onnx"):
        encoder.Encoder.load(tmp_path)


def test_distances_in_training_are_those_in_use() -> None:
    from unspin.train import marks

    cue = torch.zeros(3, 40)
    cue[0, 0] = cue[1, 17:20] = cue[2, 39] = 1
    found = marks.distances(cue).tolist()
    for row, (start, end) in zip(found, [(0, 1), (17, 20), (39, 40)], strict=True):
        assert row == decoding.distances(start, end, 40).tolist()


def test_dropout_changes_nothing_outside_training() -> None:
    from unspin.train.network import Dropout

    drop = Dropout(0.1, torch.Generator().manual_seed(1))
    values = torch.ones(50, 200)
    assert torch.equal(drop.eval()(values), values)
    dropped = drop.train()(values)
    assert 0.05 < float((dropped == 0).float().mean()) < 0.15
    assert float(dropped.mean()) == pytest.approx(1, abs=0.05)


def test_the_graphs_say_what_the_networks_say(weights: Path, tmp_path: Path) -> None:
    from unspin.train import export, reference

    mark, pair = tiny.marks(weights), tiny.pairs(weights)
    words = (tiny.BUNDLE / "tokenizer.json").read_bytes()
    export.write(tmp_path, mark, pair, words)
    export.write_quoted(tmp_path, tiny.quoted())
    manifest = export.sign(tmp_path, "tiny", tiny.TASKS, [])
    assert {file.name for file in manifest.files} == {
        path.name for path in tmp_path.iterdir() if path.name != "manifest.json"
    }
    in_torch = tiny.numbers(
        reference.Marks(mark, tiny.quoted()), tiny.reference_pairs(pair), TOKENIZER
    )
    differences = tiny.largest(in_torch, tiny.numbers(*tiny.load(tmp_path), TOKENIZER))
    for name, difference in differences.items():
        spread = [number for row in in_torch[name] for number in row]
        assert difference < 0.08 * (max(spread) - min(spread)), (name, differences)
    loaded = encoder.Encoder.load(tmp_path)
    assert loaded.see(tiny.TEXTS[0]).attributions
    assert loaded.manifest.task("technique").labels == tasks.TECHNIQUES
