"""Signals of the tiny bundle: the same alone, in a batch and in any order, and in the text."""

import json
import random
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from model import tiny
from unspin.model import encoder, tasks
from unspin.model.encoder import Encoder
from unspin.model.signals import Signals
from unspin.types import Span

ENCODER = Encoder.load(tiny.BUNDLE)
LONG = "\n\n".join(f"{text} And so it was on day {day}." for day in range(3) for text in tiny.TEXTS)
SOME = (*tiny.TEXTS, "", LONG, " \n", "Only this.")
PIECES = st.sampled_from(
    [
        "Ana Rell",
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
        "“",
        "Mrs.",
        "spokeswomen",
        "Russia",
        "İ",
        "ß",
        "\u200b",
        "\x00",
        "١٢",
        "_",
        "我们",
        "bridge",
    ]
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"])) | st.lists(PIECES, max_size=60).map(
    "".join
)
EXPECTED = json.loads(tiny.EXPECTED.read_text("utf-8"))


def spans_of(found: Signals) -> Iterator[Span]:
    for one in found.attributions:
        yield from (*one.source, *one.cue, *one.content)
    yield from (one.span for one in (*found.rhetoric, *found.loaded))
    yield from (one.span for one in found.sentences)
    yield from (one.span for one in found.quoted)


def test_the_tiny_bundle_shows_every_kind_of_signal() -> None:
    """Else the other tests here would hold of nothing."""
    found = ENCODER.signals(tiny.TEXTS)
    assert all(each.attributions and each.rhetoric and each.loaded for each in found)
    assert all(each.sentences for each in found)
    assert found[0].quoted
    assert len({one.cue_kind for each in found for one in each.attributions}) > 1
    assert len({one.name for each in found for one in each.rhetoric}) > 1


def test_a_text_is_seen_alike_alone_and_among_others() -> None:
    together = ENCODER.signals(SOME)
    assert together == [ENCODER.see(text) for text in SOME]
    assert together == [ENCODER.signals([text, LONG])[0] for text in SOME]


def test_a_text_is_seen_alike_in_any_order() -> None:
    together = dict(zip(SOME, ENCODER.signals(SOME), strict=True))
    for seed in range(3):
        order = random.Random(seed).sample(SOME, len(SOME))  # noqa: S311 - not a secret
        assert ENCODER.signals(order) == [together[text] for text in order]


def test_a_second_encoder_sees_the_same() -> None:
    networks, _ = tiny.load(tiny.BUNDLE)
    words = encoder.tokenizer(tiny.BUNDLE / "tokenizer.json")
    assert Encoder(networks, words, ENCODER.manifest).signals(SOME) == ENCODER.signals(SOME)


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\t \r\n", "\u00a0"])
def test_nothing_is_seen_where_nothing_is_said(text: str) -> None:
    assert ENCODER.see(text) == Signals((), (), (), ())
    assert ENCODER.signals([]) == []


@settings(max_examples=60)
@given(TEXTS)
@example("e\u0301" * 400)
@example("Ana Rell said\u200b")
@example("a" * 5000)
def test_what_is_seen_lies_in_the_text(text: str) -> None:
    found = ENCODER.see(text)
    for span in spans_of(found):
        assert 0 <= span.start < span.end <= len(text)
        assert span.of(text).strip()
    scores = [one.score for one in found.attributions]
    scores += [one.score for one in (*found.rhetoric, *found.loaded)]
    scores += [one.spoken for one in found.quoted]
    wholes = [
        number
        for one in found.sentences
        for number in (one.opinion, one.slant, one.checkworthy, one.rhetoric)
    ]
    assert all(0 <= score <= 1 for score in (*scores, *wholes))


@settings(max_examples=60)
@given(TEXTS)
@example(LONG)
def test_signals_are_in_order_and_pieces_apart(text: str) -> None:
    found = ENCODER.see(text)
    for kind in (found.rhetoric, found.loaded):
        assert all(one.span.end <= other.span.start for one, other in pairwise(kind))
    wholes = [one.span for one in found.sentences]
    assert all(one.end <= other.start for one, other in pairwise(wholes))
    cues = [one.cue[0].start for one in found.attributions]
    assert cues == sorted(cues)
    for statement in found.attributions:
        assert statement.cue
        assert statement.content
        for pieces in (statement.source, statement.cue, statement.content):
            assert all(one.end <= other.start for one, other in pairwise(pieces))


def test_every_pair_of_marks_with_words_is_judged() -> None:
    text = "“We will not wait,” she told us.\n\nThe ‘deal’ of 3 May, ‘no “real” deal’, holds. “ ”"
    words = ["We will not wait,", "deal", "no “real” deal", "real"]
    assert [one.span.of(text) for one in ENCODER.see(text).quoted] == words


def test_rhetoric_has_a_name_and_begins_with_a_word() -> None:
    for text, found in zip(SOME, ENCODER.signals(SOME), strict=True):
        assert all(one.name in tasks.TECHNIQUES for one in found.rhetoric)
        assert all(one.name == "loaded" for one in found.loaded)
        for one in (*found.rhetoric, *found.loaded):
            assert one.span.of(text)[0].isalnum()
            assert one.span.of(text)[-1].isalnum()


def test_sentences_that_are_given_are_judged_as_given() -> None:
    text = tiny.TEXTS[1]
    wanted = [Span(4, 12), Span(0, len(text)), Span(30, 60)]
    (found,) = ENCODER.signals([text], [wanted])
    assert [one.span for one in found.sentences] == wanted
    (none,) = ENCODER.signals([text], [[]])
    assert none.sentences == ()
    assert none.attributions == found.attributions == ENCODER.see(text).attributions


def test_a_given_sentence_is_judged_alike_beside_others() -> None:
    text, first, second = LONG, Span(0, 40), Span(60, 90)
    (together,) = ENCODER.signals([text], [[first, second]])
    (alone,) = ENCODER.signals([text], [[second]])
    assert together.sentences[1].span == alone.sentences[0].span
    for name in ("opinion", "slant", "checkworthy", "rhetoric"):
        one, other = (getattr(each, name) for each in (together.sentences[1], alone.sentences[0]))
        assert one == pytest.approx(other, abs=0.02)


def test_a_technique_is_one_of_all_with_chances_that_add_up() -> None:
    texts = [tiny.TEXTS[2], LONG, "", "— …"]
    wanted = [[Span(0, 7), Span(10, 30)], [Span(500, 540)], [], [Span(1, 2)]]
    found = ENCODER.classify(texts, wanted)
    assert [len(each) for each in found] == [2, 1, 0, 1]
    for chances in (one for each in found for one in each):
        assert tuple(chances) == tasks.TECHNIQUES
        assert sum(chances.values()) == pytest.approx(1, abs=1e-5)
    nothing = [Span(10, 11)]  # holds no word: every technique is as likely
    ((even,),) = ENCODER.classify(["The port.   "], [nothing])
    assert list(even.values()) == pytest.approx([1 / 14] * 14)


@pytest.mark.parametrize("name", EXPECTED["tolerance"])
def test_the_graphs_say_what_torch_says(name: str) -> None:
    """Graphs in int8 against the networks they were made from in full precision."""
    words = encoder.tokenizer(tiny.BUNDLE / "tokenizer.json")
    found = tiny.numbers(*tiny.load(tiny.BUNDLE), words)
    assert found.keys() == EXPECTED["torch"].keys()
    assert tiny.largest(found, EXPECTED["torch"])[name] <= EXPECTED["tolerance"][name]


def test_no_tolerance_is_wide() -> None:
    for name, tolerance in EXPECTED["tolerance"].items():
        spread = [number for row in EXPECTED["torch"][name] for number in row]
        assert tolerance < 0.15 * (max(spread) - min(spread)), name
