"""The set of one utterance as several outlets quote it: its form, and that it fits the texts."""

import gzip
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

SET = Path("tests/data/bench/variants.jsonl")
README = Path("tests/data/bench/README.md")
DATA = Path("../shared/data")
FILES = {
    "allsides-stories": "silver-stories.jsonl.gz",
    "newswcl50": "articles.jsonl.gz",
    "basil": "train.jsonl.gz",
}
STORIES = [json.loads(line) for line in SET.read_text(encoding="utf-8").splitlines()]
NAMES = [f"{story['data']}-{story['story']}" for story in STORIES]
TOKEN = re.compile(r"\w+(?:['’\-]\w+)*")


def test_the_set_is_the_one_described() -> None:
    digest = hashlib.sha256(SET.read_bytes()).hexdigest()
    assert f"sha256 `{digest}`" in README.read_text(encoding="utf-8")
    assert len(set(NAMES)) == len(NAMES)
    assert Counter((story["data"], story["half"]) for story in STORIES) == {
        ("allsides-stories", "seen"): 13,
        ("allsides-stories", "held"): 12,
        ("newswcl50", "seen"): 4,
        ("newswcl50", "held"): 3,
        ("basil", "seen"): 14,
        ("basil", "held"): 14,
    }
    assert sum(len(story["alignments"]) for story in STORIES) == 120


@pytest.mark.parametrize("story", STORIES, ids=NAMES)
def test_a_story_is_well_formed(story: dict[str, Any]) -> None:
    assert list(story) == ["story", "data", "half", "documents", "clusters", "alignments"]
    assert all(list(document) == ["id", "sha256"] for document in story["documents"])
    assert len({document["id"] for document in story["documents"]}) == len(story["documents"])
    given = [json.dumps(variant) for cluster in story["clusters"] for variant in cluster]
    assert len(set(given)) == len(given)
    for cluster in story["clusters"]:
        assert len({variant["document"] for variant in cluster}) > 1
        for variant in cluster:
            assert list(variant) == ["document", "spans", "speech"]
            assert 0 <= variant["document"] < len(story["documents"])
            assert variant["speech"] in {"direct", "mixed", "indirect"}
            ends = [end for span in variant["spans"] for end in span]
            assert ends
            assert ends == sorted(set(ends))
    for alignment in story["alignments"]:
        assert list(alignment) == ["a", "b", "words"]
        assert alignment["a"][0] == alignment["b"][0]
        first, second = (story["clusters"][c][v] for c, v in (alignment["a"], alignment["b"]))
        assert first["document"] != second["document"]
        left, right = zip(*alignment["words"], strict=True)
        assert list(left) == sorted(set(left))
        assert len(set(right)) == len(right)


def test_the_spans_fit_the_texts() -> None:
    if not all((DATA / data / file).exists() for data, file in FILES.items()):
        pytest.skip("no data sets in ../shared/data")
    texts = {(data, name): text for data in FILES for name, text in _texts(data)}
    for story in STORIES:
        mine = [texts[story["data"], document["id"]] for document in story["documents"]]
        for text, document in zip(mine, story["documents"], strict=True):
            assert hashlib.sha256(text.encode()).hexdigest() == document["sha256"]
        for variant in (variant for cluster in story["clusters"] for variant in cluster):
            text = mine[variant["document"]]
            assert variant["spans"][-1][1] <= len(text)
            for start, end in variant["spans"]:
                words = text[start:end]
                assert words == words.strip()
                assert words[0] not in '"“'
                assert words[-1] not in '"”'
        for alignment in story["alignments"]:
            for side, (cluster, variant) in enumerate((alignment["a"], alignment["b"])):
                given = story["clusters"][cluster][variant]
                text = mine[given["document"]]
                count = sum(len(TOKEN.findall(text[start:end])) for start, end in given["spans"])
                assert max(link[side] for link in alignment["words"]) < count


def _texts(data: str) -> Iterator[tuple[str, str]]:
    """Id and text of each document of a data set, read as the README says."""
    with gzip.open(DATA / data / FILES[data], "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if data == "allsides-stories":
                yield from ((article["id"], article["text"]) for article in row["articles"])
            elif data == "basil":
                yield row["uuid"], "\n\n".join(map(" ".join, row["body-paragraphs"]))
            else:
                yield row["doc_id"], "\n\n".join(_paragraphs(row["text"]))


def _paragraphs(tokens: str) -> Iterator[str]:
    for paragraph in filter(None, map(str.strip, re.split(r"\s*\\n\s*", tokens))):
        text = re.sub(
            r" (?=[,.;:!?%)\]]|['’](?:s|re|ve|ll|d|m)?\b|n['’]t\b)",
            "",
            paragraph,
        )
        text = re.sub(r"(?<=[(\[$#@]) ", "", text)
        text = re.sub(r'" ?([^"]*?) ?"', r'"\1"', text)
        yield re.sub(r"(?<=\w) - (?=\w)", "-", text)
