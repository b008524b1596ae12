"""What stands between quotation marks: speech, or a title, a name, a slogan."""

from dataclasses import replace

import pytest

from marking.test_seen import at, attribution, document
from unspin import marking
from unspin.marking import marked
from unspin.model.signals import Attribution, InMarks, Signals
from unspin.text import quotations
from unspin.types import Span, Statement


@pytest.mark.parametrize(
    ("text", "cue", "spoken"),
    [
        ("Rell told “Harbour Review Tonight” that it was late.", "told", False),
        ("Rell spoke on Tideline's “The Long View” of the port.", "spoke", False),
        ("Rell said on the Couriers’ “The Long View” that it was late.", "said on", False),
        ("He wrote of the group “Saltmarsh” at length.", "wrote", False),
        ("The paper ran on the slogan “no bridge too far” again.", "ran", False),
        ("It has been nicknamed “the long lunch” by the crews.", "has been nicknamed", False),
        ("The rule is called “Small Print” in the trade.", "is called", False),
        ("Rell called the mayor “Little Varr” again.", "called", True),
        ("Rell said: “Harbour Review Tonight” is my programme.", "said", True),
        ("Rell Says Town “Shut Out of Talks” on the Port", "Says", True),
        ("Rell denounced “a poor trade” on Monday.", "denounced", True),
        ("Rell backed “flu-like” measures on Monday.", "backed", False),
        ("Rell used the word “farce” on Monday, she said.", "said", False),
        ("Rell closed with “and so we leave” on Monday.", "closed", True),
    ],
)
def test_is_spoken(text: str, cue: str, spoken: bool) -> None:  # noqa: FBT001 - a table
    (pair,) = quotations(text, Span(0, len(text)))
    assert marked.is_spoken(text, pair, cue) is spoken


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("Rell said the words “farce”, “sham” and “circus” were cut.", False),
        ("Rell said it was a “farce”, a “sham” and a “circus”.", True),
    ],
)
def test_what_leads_up_to_a_list_leads_up_to_all_of_it(text: str, spoken: bool) -> None:  # noqa: FBT001 - a table
    pairs = quotations(text, Span(0, len(text)))
    assert [marked.is_spoken(text, pair, "said") for pair in pairs] == [spoken] * 3


def test_a_list_of_many_quotations_costs_no_more() -> None:
    text = f"Rell said {'“x” ' * 5000}x “farce”."
    *_, pair = quotations(text, Span(0, len(text)))
    assert marked.is_spoken(text, pair, "said")


def test_a_long_line_costs_no_more() -> None:
    text = f"{'Rell spoke of it ' * 9000}“Harbour Review” in the end."
    (pair,) = quotations(text, Span(0, len(text)))
    assert not marked.is_spoken(text, pair, "spoke")


@pytest.mark.parametrize(
    ("text", "cue", "chance", "spoken"),
    [
        ("Rell said the “deal” was off.", "said", 0.3, False),
        ("Rell said the “deal” was off.", "said", 0.9, True),
        ("Rell wants “a bigger, safer port” by May.", "wants", 0.1, False),
        ("The port is run by “cowards”.", "", 0.8, False),
        ("The port is run by “cowards”.", "", 0.98, True),
        ("Rell called the deal “thin soup” on Monday.", "called", 0.3, True),
        ("Rell said, ‘Go home.’ and left.", "said", 0.3, True),
        ("It has been nicknamed “the long lunch” by the crews.", "has been nicknamed", 0.9, False),
        ("Rell told “Harbour Review Tonight” that it was late.", "told", 0.9, False),
        ("Rell called the mayor “Little Varr” again.", "called", 0.9, True),
    ],
)
def test_the_encoder_decides_where_no_name_or_title_stands_and_nothing_leads_in(
    text: str,
    cue: str,
    chance: float,
    spoken: bool,  # noqa: FBT001 - a table
) -> None:
    (pair,) = quotations(text, Span(0, len(text)))
    assert marked.is_spoken(text, replace(pair, spoken=chance), cue) is spoken


def statements(
    text: str, seen: tuple[Attribution, ...], quoted: tuple[InMarks, ...]
) -> tuple[Statement, ...]:
    signals = Signals(seen, (), (), (), quoted)
    return marking.mark(document(text), see=lambda _: signals, bundle="test").statements


def words(text: str, found: tuple[Statement, ...]) -> list[str]:
    return [span.of(text) for span in found[0].words]


def test_words_in_marks_are_quoted_where_the_encoder_takes_them_for_speech() -> None:
    text = "The mayor says the “reform” of the port is “a poor trade” for all."
    said = attribution(text, "The mayor", "says", text[15:])
    (reform,), (trade,) = at(text, "reform"), at(text, "a poor trade")
    both = statements(text, (said,), (InMarks(reform, 0.9), InMarks(trade, 0.9)))
    assert words(text, both) == ["the", "reform", "of the port is", "a poor trade", "for all."]
    one = statements(text, (said,), (InMarks(reform, 0.1), InMarks(trade, 0.9)))
    assert words(text, one) == ["the “reform” of the port is", "a poor trade", "for all."]
    none = statements(text, (said,), (InMarks(reform, 0.1), InMarks(trade, 0.1)))
    assert words(text, none) == ["the “reform” of the port is “a poor trade” for all."]
    assert [each[0].speech for each in (both, one, none)] == [
        "mixed",
        "mixed",
        "indirect",
    ]


def test_words_in_marks_within_a_quotation_are_told_by_the_encoder_too() -> None:
    text = "“He told us, ‘the talks have failed for good’, and left,” Rell said."
    (inner,) = at(text, "the talks have failed for good")
    asks = [statements(text, (), (InMarks(inner, chance),)) for chance in (0.9, 0.1)]
    assert [inner in {one for said in each for one in said.words} for each in asks] == [
        True,
        False,
    ]
