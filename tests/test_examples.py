"""The invented coverage: every page reads as written down, and what is planted stands there."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

import unspin
from unspin.types import Document

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "examples"
EXPECTED: dict[str, dict[str, Any]] = json.loads(
    (ROOT / "tests/data/examples_expected.json").read_text("utf-8")
)["pages"]
PLANTED = (FOLDER / "README.md").read_text("utf-8").split("## What is planted")[1]


def read(stem: str) -> Document:
    (document,) = unspin.read(FOLDER / EXPECTED[stem]["source"])
    assert isinstance(document, Document)
    return document


def perfect(stem: str) -> str:
    return (ROOT / "tests/data/examples" / f"{stem}.txt").read_text("utf-8")


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).replace("’", "'")


def test_every_example_has_its_expected_results() -> None:
    shown = {path.name for path in FOLDER.iterdir()} - {"README.md"}
    assert {page["source"] for page in EXPECTED.values()} == shown


@pytest.mark.parametrize("stem", EXPECTED)
def test_an_example_is_read_as_written_down(stem: str) -> None:
    document, expected = read(stem), EXPECTED[stem]
    assert document.title == expected["title"]
    assert list(document.authors) == expected["authors"]
    assert document.published is not None
    assert document.published.isoformat()[:10] == expected["published"]
    paragraphs = perfect(stem).strip().split("\n\n")
    given = document.text.split("\n\n")
    assert not [words for words in paragraphs if len(words.split()) > 25 and words not in given]
    for quotation in expected["quotations"]:
        for words in quotation["words"]:
            assert words in document.text


def test_what_is_said_to_be_planted_stands_in_a_page() -> None:
    pages = [plain(perfect(stem)) for stem in EXPECTED]
    phrases = re.findall(r"`([^`]+)`", PLANTED)
    assert [words for words in phrases if not any(plain(words) in page for page in pages)] == []
