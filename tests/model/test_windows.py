"""A text in windows: every token in one of them, and where it stands in the text."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from model.tiny import BUNDLE
from unspin import text as plain
from unspin.errors import BundleError
from unspin.model import encoder, windows
from unspin.types import Span

TOKENIZER = encoder.tokenizer(BUNDLE / "tokenizer.json")
START, BREAK, MASK = (TOKENIZER.token_to_id(name) for name in ("[CLS]", "[SEP]", "[MASK]"))
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
        "Mrs.",
        "spokeswomen",
        "Russia",
        "“",
        "İ",
        "ǅ",
        "ß",
        "\u200b",
        "\x00",
        "١٢",
        "_",
        "我们",
        "\udc00",
    ]
)
TEXTS = st.text() | st.lists(PIECES, max_size=60).map("".join)
LENGTHS = st.integers(8, 40)


def tokens_of(window: windows.Window) -> list[tuple[int, Span]]:
    return [
        (token, span)
        for token, span in zip(window.tokens, window.spans, strict=True)
        if span is not None
    ]


@given(TEXTS, LENGTHS)
def test_every_token_is_in_exactly_one_window(text: str, length: int) -> None:
    found = [
        token for window in windows.cut(text, TOKENIZER, length) for token in tokens_of(window)
    ]
    expected = [
        token
        for paragraph in windows.pieces(text, TOKENIZER)
        for token in zip(paragraph.tokens, paragraph.spans, strict=True)
    ]
    assert found == expected


@given(TEXTS, LENGTHS)
def test_no_window_is_too_long_or_empty(text: str, length: int) -> None:
    for window in windows.cut(text, TOKENIZER, length):
        assert 2 < len(window.tokens) == len(window.spans) <= length
        assert window.tokens[0] == START
        assert window.tokens[-1] == BREAK
        assert window.spans[0] is window.spans[-1] is None


@given(TEXTS)
@example("0\U00014647A\u3400")  # a token that begins before the name
@example("see 👩Ana Rell there")
def test_spans_lie_in_the_text_in_order(text: str) -> None:
    spans = [span for one in windows.cut(text, TOKENIZER) for _, span in tokens_of(one)]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    # A word read as another of several pieces has its span on each of them.
    assert all(one == other or one.end <= other.start for one, other in pairwise(spans))


def test_a_token_knows_its_code_points() -> None:
    text = "👩‍🚒 Cafe\u0301 [x]\r\nthe\u00a0bridge\u2019s up"
    (window,) = windows.cut(text, TOKENIZER)
    words = [span.of(text) for _, span in tokens_of(window)]
    assert words[-5:] == ["the", "bridge", "’", "s", "up"]
    assert "".join(words).replace("\u0301", "") == "👩‍🚒Cafe[x]thebridge’sup"


def test_a_name_is_one_mask_over_all_of_it() -> None:
    text = "However, Ana Rell-Varga of the port said nothing about it that morning."
    (window,) = windows.cut(text, TOKENIZER)
    masked = [span.of(text) for token, span in tokens_of(window) if token == MASK]
    assert masked == ["Ana Rell-Varga"]


@pytest.mark.parametrize("word", ["spokeswomen", "congresswomen", "widow"])
def test_a_reading_of_several_pieces_is_read_whole(word: str) -> None:
    men = {"spokeswomen": "spokesmen", "congresswomen": "congressmen", "widow": "widower"}
    text = f"Their {word} said so."
    (woman,), (man,) = (
        windows.cut(one, TOKENIZER) for one in (text, text.replace(word, men[word]))
    )
    assert woman.tokens == man.tokens
    assert MASK not in woman.tokens
    assert [span.of(text) for _, span in tokens_of(woman)].count(word) > 1


PARAGRAPH = "The bridge was closed. The port was not. "


def test_paragraphs_are_kept_whole_where_they_fit() -> None:
    text = "\n\n".join([PARAGRAPH * 2] * 9)
    found = windows.cut(text, TOKENIZER, 50)
    assert len(found) == 5
    for window in found:
        spans = [span for _, span in tokens_of(window)]
        assert text[: spans[0].start].endswith("\n\n") or spans[0].start == 0
        assert text[spans[-1].end :].startswith(" \n\n") or not text[spans[-1].end :].strip()


def test_between_paragraphs_of_one_window_stands_a_break() -> None:
    (window,) = windows.cut("The port.\n\nThe bridge.", TOKENIZER)
    places = [place for place, span in enumerate(window.spans) if span is None]
    assert [window.tokens[place] for place in places] == [START, BREAK, BREAK]
    assert places == [0, 4, 8]


def test_a_paragraph_that_is_too_long_is_cut_where_a_sentence_ends() -> None:
    text = PARAGRAPH * 12
    ends = {sentence.end for sentence in plain.sentences(text, Span(0, len(text)))}
    found = windows.cut(text, TOKENIZER, 30)
    assert len(found) > 3
    assert {tokens_of(window)[-1][1].end for window in found} <= ends


def test_a_sentence_that_is_too_long_is_cut_anyway() -> None:
    found = windows.cut("the port and " * 50, TOKENIZER, 20)
    assert [len(window.tokens) for window in found] == [20] * 8 + [8]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\t\r\n \u00a0", "\u2028"])
def test_a_text_without_words_has_no_windows(text: str) -> None:
    assert windows.cut(text, TOKENIZER) == []


def test_a_mark_that_the_tokenizer_lacks_is_refused() -> None:
    with pytest.raises(BundleError, match=r"\[OTHER\]"):
        windows.marker("[OTHER]", TOKENIZER)
