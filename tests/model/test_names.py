"""Names are found by their capitals, and no side can be told from the other."""

import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from model.tiny import BUNDLE
from unspin.model import encoder, names, sides, windows
from unspin.model.sides import Pair

DATA = Path(__file__).parents[1] / "data" / "cases" / "names.jsonl"
CASES = [json.loads(line) for line in DATA.read_text("utf-8").splitlines()]
TEMPLATES = (
    "Some {} plans were reckless, a spokesman said on Monday.",
    "{} must stop now.",
    "“We warned {} again,” the minister said, “and {} did not wait.”",
    "People say that {}'s promise was shameful; others trust {}.",
    "First line.\n\n{} warned: the port is closed.",
)
TOKENIZER = encoder.tokenizer(BUNDLE / "tokenizer.json")
# Line ends of every kind, marks that join letters, pictures, writing from right to left.
PIECES = st.sampled_from(
    [
        "Ana",
        "Rell",
        "said",
        " ",
        ". ",
        "\r\n",
        "\n\n",
        "\u2028",
        "e\u0301",
        "👩‍🚒",
        "שלום",
        "’s",
        "'s",
        "Mrs.",
        "she",
        "Russia",
        "van",
        "-",
        "“",
        "A.",
        "İ",
        "ǅ",
        "ß",
        "\u200b",
        "\x00",
        "١٢",
        "_",
    ]
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"])) | st.lists(PIECES).map("".join)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["holds"])
def test_case(case: dict[str, Any]) -> None:
    text = re.sub(r"[][]", "", case["text"])
    found = names.find(text)
    marked = list(text)
    for veiled in reversed([one for one in found if one.reading is None]):
        marked.insert(veiled.span.end, "]")
        marked.insert(veiled.span.start, "[")
    assert "".join(marked) == case["text"]
    read = [f"{one.span.of(text)}>{one.reading}" for one in found if one.reading is not None]
    assert read == case.get("reads", [])


@given(TEXTS)
@example("Zoe\u0301 met Ana\r\nRell")
def test_what_is_veiled_lies_in_the_text_in_order_and_apart(text: str) -> None:
    found = names.find(text)
    assert all(0 <= one.span.start < one.span.end <= len(text) for one in found)
    assert all(one.span.end <= other.span.start for one, other in pairwise(found))
    assert all(one.span.of(text).strip() == one.span.of(text) for one in found)


@given(TEXTS)
def test_no_name_goes_over_a_line(text: str) -> None:
    assert all(len(one.span.of(text).splitlines()) == 1 for one in names.find(text))


def read(text: str) -> list[tuple[int, ...]]:
    return [window.tokens for window in windows.cut(text, TOKENIZER)]


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("pair", sides.pairs(), ids=lambda pair: pair.id)
def test_the_encoder_cannot_tell_a_side_from_the_other(pair: Pair, template: str) -> None:
    for slot in pair.slots:
        told = {form: tuple(read(template.replace("{}", form))) for form in slot.a + slot.b}
        a, b = ({told[form] for form in side} for side in (slot.a, slot.b))
        assert a == b, (slot.name, told)
        assert len(a) == 1, (slot.name, told)


def test_an_article_tells_no_side_from_the_other() -> None:
    assert read("We saw the US army there.") == read("We saw the Iranian army there.")
    assert read("It was an Iranian ship.") == read("It was a Russian ship.")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("They took the United States’ word for it.", "They took Iran’s word for it."),
        ("They voted to leave the U.S.", "They voted to leave Russia."),
        ("It said: “We left the U.S.”", "It said: “We left Russia.”"),
        ("WASHINGTON: The port is shut.", "MOSCOW: The port is shut."),
        (
            "Tom Varga Has His Pass Back From White House",
            "Tom Varga Has His Pass Back From Kremlin",
        ),
    ],
)
def test_how_a_name_is_written_tells_no_side(one: str, other: str) -> None:
    assert read(one) == read(other)


def test_a_closing_mark_behind_a_name_is_no_possessive() -> None:
    assert not [one for one in names.find("They met at ‘Rell Heights’ late.") if one.reading]
    assert [one.reading for one in names.find("We saw Rell Heights’ gate.")][1:] == ["’s"]


def test_a_line_of_names_and_a_plain_word_is_no_headline() -> None:
    assert read("Ana Rell told Tom Varga") == read("Jo Stenn told Max Lind")
    assert read("Ana Wins Talks With Tom in Rellby") != read("Ana Wins Prizes With Tom in Rellby")


def test_whoever_speaks_is_read_alike() -> None:
    text = "{} said on Monday that {}'s plan would cost more. The minister warned {}."
    told = {str(read(text.replace("{}", who))) for who in ("Ana Rell", "Tom van Varga", "Velland")}
    assert len(told) == 1


@pytest.mark.parametrize(
    ("woman", "man"),
    [
        ("The spokeswoman said she would wait.", "The spokesman said he would wait."),
        ("Mrs. Rell told her sister.", "Mr. Varga told his brother."),
        ("We told the women of it, and her too.", "We told the men of it, and him too."),
        ("She'd come if she'll be paid.", "He'd come if he'll be paid."),
    ],
)
def test_a_woman_is_read_as_a_man(woman: str, man: str) -> None:
    assert read(woman) == read(man)
