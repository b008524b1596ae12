"""The labels of quotation marks, and the head that learns from them."""

import hashlib
import json
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from model import tiny
from unspin import text as plain
from unspin.model.encoder import Encoder
from unspin.types import Span

pytest.importorskip("torch", reason="NOT CHECKED: training needs the extra `train`")
pytest.importorskip("transformers", reason="NOT CHECKED: training needs the extra `train`")
pytest.importorskip("sklearn", reason="NOT CHECKED: training needs the extra `train`")
pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # of torch's exporter
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]
DATA = Path(__file__).parents[3] / "shared" / "data"
LABELS = [
    json.loads(line)
    for line in files("unspin.train").joinpath("words/quoted.jsonl").read_text().splitlines()
]


def test_a_stretch_is_labelled_once() -> None:
    assert len({row["article"] for row in LABELS}) == len(LABELS) > 500
    for row in LABELS:
        assert set(row) == {"article", "spoken", "other"}
        stretches = sorted([*row["spoken"], *row["other"]])
        assert all(start < end for start, end in stretches)
        assert all(one != other for one, other in pairwise(stretches))


def test_every_label_is_of_marks_in_an_article() -> None:
    from unspin.train import data

    if not DATA.is_dir():
        pytest.skip(f"NOT CHECKED: the data sets are not there ({DATA})")
    known = {row["article"]: row for row in LABELS}
    found = set()
    for source in data.QUOTED:
        for text in data.texts(DATA, source.name):
            row = known.get(hashlib.sha256(text.encode()).hexdigest())
            if row is None:
                continue
            pairs = {
                one.inner for line in plain.lines(text) for one in plain.quotations(text, line)
            }
            assert {Span(*stretch) for stretch in (*row["spoken"], *row["other"])} <= pairs
            found.add(row["article"])
    assert found == known.keys()


def test_what_a_label_is_learned_from_is_no_label_of_its_own_article() -> None:
    from unspin.train import quoted

    chance = np.random.default_rng(3)
    vectors = chance.normal(size=(400, 12)).astype(np.float32) * 5 + 2
    spoken = vectors[:, 3] > 2
    article = np.arange(400) // 2
    known = quoted.Labelled(vectors, spoken, article)
    assert ((quoted.unseen(known) > 0) == spoken).mean() > 0.7
    strange = article == 0
    told = quoted.unseen(known)
    other = quoted.unseen(quoted.Labelled(vectors, spoken ^ strange, article))
    assert np.allclose(told[strange], other[strange])
    assert not np.allclose(told[~strange], other[~strange])


def test_a_head_is_learned_and_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from unspin.model import graphs
    from unspin.train import data, quoted

    texts = [
        f"It was day {day}. Rell said “the {day} talks failed” in “Port {day}”."
        for day in range(30)
    ]
    labels = [
        (
            hashlib.sha256(text.encode()).hexdigest(),
            {span: number == 0 for number, (span, _) in enumerate(encoder().bracketed(text))},
        )
        for text in texts
    ]
    monkeypatch.setattr(quoted, "_labels", lambda: iter(labels))
    monkeypatch.setattr(
        data, "texts", lambda _, name: iter(texts if name == data.QUOTED[0].name else ())
    )
    monkeypatch.setattr(quoted, "_HOLD", 1.0)
    task = quoted.train(tmp_path, encoder(), tmp_path)
    assert task.name == "quoted"
    assert task.scale > 0
    head = graphs.MarkGraphs(tiny.BUNDLE / "encoder.onnx", {"quoted": tmp_path / "quoted.onnx"})
    known = quoted.read(tmp_path, encoder())
    assert ((head.quoted(known.vectors)[:, 0] > 0) == known.spoken).all()


def encoder() -> Encoder:
    return Encoder.load(tiny.BUNDLE)
