"""What stands between quotation marks: speech, or a title, a name, a slogan."""

import pytest

from unspin.marking import marked
from unspin.text import quotations
from unspin.types import Span


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
def test_is_spoken(text: str, cue: str, spoken: bool) -> None:  # noqa: FBT001
    (pair,) = quotations(text, Span(0, len(text)))
    assert marked.is_spoken(text, pair, cue) is spoken


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("Rell said the words “farce”, “sham” and “circus” were cut.", False),
        ("Rell said it was a “farce”, a “sham” and a “circus”.", True),
    ],
)
def test_what_leads_up_to_a_list_leads_up_to_all_of_it(text: str, spoken: bool) -> None:  # noqa: FBT001
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
