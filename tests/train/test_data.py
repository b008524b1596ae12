"""Data sets are split by document, alike on any machine; nothing is in two parts."""

import gzip
import json
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unspin.errors import UsageError
from unspin.train import data
from unspin.train.data import Part

PARTS: tuple[Part, ...] = get_args(Part)
LABELS = ("Biased", "Non-biased", "No agreement")
OPINIONS = ("Entirely factual", "Expresses writer’s opinion", "No agreement")


def packed(path: Path, rows: list[dict[str, object]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "".join(json.dumps(row) + "\n" for row in rows)
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder of our own making: three hundred rows a set."""
    many = range(300)
    packed(tmp_path / "polnear/train.jsonl.gz", [{"id": f"a{n}"} for n in many])
    packed(tmp_path / "ptc/train.jsonl.gz", [{"id": n} for n in many])
    babe: list[dict[str, object]] = [
        {
            "text": f"The port was closed {n} times.",
            "news_link": f"https://example.org/{n // 3}" if n % 5 else None,
            "label_bias": LABELS[n % 3],
            "label_opinion": OPINIONS[n % 3],
            "biased_words": ["closed"][: n % 2],
        }
        for n in many
    ]
    packed(tmp_path / "babe/train.jsonl.gz", babe)
    table = ["sentence\tlabel", *(f"The port {n}.\t{'SUBJ' if n % 2 else 'OBJ'}" for n in many)]
    for name in ("train_en.tsv", "dev_en.tsv"):
        path = tmp_path / "subjectivity-ct25" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n".join(table[: 1 + 150 * (name == "train_en.tsv")]), "utf-8")
    debates: list[dict[str, object]] = [
        {"sentence_id": n, "text": f"We built {n} ports.", "label": int(n % 4 == 0)}
        for n in reversed(many)
    ]
    packed(tmp_path / "checkworthy-claimbuster/train.jsonl.gz", debates)
    held_out: list[dict[str, object]] = [{"text": " we built  8 PORTS."}]
    packed(tmp_path / "checkworthy-claimbuster/ct24-english-dev.jsonl", held_out)
    return tmp_path


@given(st.text() | st.integers())
def test_a_bucket_is_one_of_a_hundred(name: object) -> None:
    assert 0 <= data.bucket(name) < 100
    assert data.bucket(name) == data.bucket(str(name))


def test_buckets_are_the_same_on_any_machine() -> None:
    assert [data.bucket(name) for name in ("a", "b", 7, "Velland")] == [10, 66, 43, 38]


@pytest.mark.parametrize("reader", [data.attribution, data.rhetoric])
def test_articles_are_in_one_part(reader: object, folder: Path) -> None:
    assert callable(reader)
    parts = [[row["id"] for row in reader(folder, part)] for part in PARTS]
    together = [name for part in parts for name in part]
    assert len(together) == len(set(together)) == 300
    assert len(parts[0]) > len(parts[1]) > 0


def test_sentences_of_one_article_stay_together(folder: Path) -> None:
    rows = data.rows(folder, "babe")
    links = {row["text"]: row["news_link"] or row["text"] for row in rows}
    parts = [[one.text for one in data.slanted(folder, part)] for part in PARTS]
    assert sum(map(len, parts)) == 300
    seen = [{links[text] for text in part} for part in parts]
    assert all(seen)
    assert not seen[0] & seen[1]
    assert not seen[0] & seen[2]
    assert not seen[1] & seen[2]


def test_what_nobody_agreed_on_is_no_target(folder: Path) -> None:
    found = {one.text: one for part in PARTS for one in data.slanted(folder, part)}
    assert found["The port was closed 0 times."].targets == {"slant": 1.0, "opinionated": 0.0}
    assert found["The port was closed 1 times."].targets == {"slant": 0.0, "opinionated": 1.0}
    assert found["The port was closed 2 times."].targets == {}
    assert found["The port was closed 1 times."].loaded == ("closed",)
    assert found["The port was closed 2 times."].loaded == ()


def test_sentences_are_subjective_or_not(folder: Path) -> None:
    parts = [data.subjective(folder, part) for part in PARTS]
    assert sum(map(len, parts)) == 150
    assert parts[0]
    assert parts[1]
    assert not parts[2]
    texts = [{one.text for one in part} for part in parts]
    assert not texts[0] & texts[1]
    odd = {one.text: one.targets["subjective"] for part in parts for one in part}
    assert odd["The port 1."] == 1.0
    assert odd["The port 2."] == 0.0


def test_debates_keep_their_order_and_leave_out_the_development_set(folder: Path) -> None:
    train, calibrate = (data.checkworthy(folder, part) for part in PARTS[:2])
    numbers = [[int(one.text.split()[2]) for one in part] for part in (train, calibrate)]
    assert numbers == [sorted(part) for part in numbers]
    assert len(numbers[1]) == 20
    assert not set(numbers[0]) & set(numbers[1])
    both = {number for part in numbers for number in part}
    assert {number for number in range(300) if number % 4 == 0} - both == {8}


def test_labels_become_relations_that_may_hold(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {"evidence": f"It rained {n}.", "claim": "Rain.", "label": label}
        for n in range(40)
        for label in ("Supports", "Refutes", "Neutral")
    ]
    packed(tmp_path / "healthver/dev.jsonl.gz", rows)
    (source,) = (one for one in data.SOURCES if one.name == "healthver")
    train, calibrate = (data.related(tmp_path, [source], part) for part in PARTS[:2])
    assert len(train) + len(calibrate) == 120
    assert {relations for _, _, relations in train} == {(0,), (1,), (2,)}
    assert not {first for first, _, _ in train} & {first for first, _, _ in calibrate}


def test_a_missing_data_set_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"train\.jsonl\.gz: no such file"):
        data.rows(tmp_path, "ptc")


def test_every_data_set_states_a_licence_once() -> None:
    names = [source.name for source in data.SOURCES]
    assert len(set(names)) == len(names)
    assert all(source.licence and source.files for source in data.SOURCES)


def test_texts_without_labels_come_alone_or_as_articles_and_in_english(tmp_path: Path) -> None:
    told: list[dict[str, object]] = [
        {"story_id": "1", "articles": [{"text": "One."}, {"text": "Two."}]}
    ]
    packed(tmp_path / "allsides-stories/silver-stories.jsonl.gz", told)
    packed(tmp_path / "climate-narrative-framing/train.jsonl.gz", [{"text": "Three."}])
    packed(tmp_path / "fnc1-test/bodies.jsonl.gz", [{"body_id": 1, "text": "Four."}])
    narrated: list[dict[str, object]] = [
        {"text": "Cinco.", "lang": "pt"},
        {"text": "Six.", "lang": "en"},
    ]
    packed(tmp_path / "semeval2025-narratives/train.jsonl.gz", narrated)
    assert data.unlabelled(tmp_path) == ["One.", "Two.", "Three.", "Four.", "Six."]
