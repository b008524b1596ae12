"""Who is meant: names in full, and the persons that pronouns stand for."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inline import document
from unspin.marking import mark

CASES = Path(__file__).parents[1] / "data" / "cases" / "whose.jsonl"
SCRAPS = [
    *("Ana Rell", "Jon Rell", "Rell", "Mr Rell", "President Rell", "Lodden", "Article II"),
    *("the candidate", "The committee", "Lodden Committee", " – ", "Ana May", "Mr Monday", "May"),
    *("he", "She", "she’s", "who", " said ", " told ", " the ", " of ", " mayor ", "’s "),
    *("Secretary of State ", ", ", ". ", "?", "\n\n", "“No,”", "SAID NO", "Is It So"),
]


def cases() -> list[Any]:
    lines = CASES.read_text(encoding="utf-8").splitlines()
    return [pytest.param(case, id=case["holds"]) for case in map(json.loads, lines)]


@pytest.mark.parametrize("case", cases())
def test_whoever_speaks_is_named_in_full(case: dict[str, Any]) -> None:
    marks = mark(document(case["text"]), layers=("statements",))
    assert [[who.who for who in one.speakers] for one in marks.statements] == case["whos"]


@given(st.lists(st.sampled_from(SCRAPS), max_size=40).map("".join))
def test_whoever_is_named_is_named_in_the_text(text: str) -> None:
    marks = mark(document(text), layers=("statements",))
    for statement in marks.statements:
        for speaker in statement.speakers:
            if speaker.who is not None and speaker.who_kind == "person":
                assert all(word in text for word in speaker.who.split())
