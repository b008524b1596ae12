"""Sentences, pairs of quotation marks, folding."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unspin.text import fold, quotations, sentences
from unspin.types import Span


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Rell left.| He was tired.",
        "Dr. A. B. Orlan spoke.| The U.S. envoy left.",
        "It rose 3.5 per cent.| Then it fell.",
        "He lives in the U.S.| The house is old.",
        "“We will stay.”| Then he left.",
        "“Will you stay?” he asked.| Nobody answered.",
        "Gen. Varr met Sen. Orlan in St. Mira.| They ate.",
        "It was 5 p.m.| The bells rang.",
        "At 5 p.m. Rell left.",
        "Wait … and see.| Good!| Really?",
        "See No. 5.| Turn the page.",
        "Rell & Co. sold it.",
        "He saw J. Orlan.| He ran.",
        "One.\n\n|Two without an end\n\n|Three",
        "終わり。|次の文。",
        "On Jan. 5 it snowed.| On Feb. 6 it thawed.",
        "(It was late.)| He slept.",
        "He said no.| “Why not?”| Silence.",
    ],
)
def test_sentences(text: str) -> None:
    parts = text.split("|")
    whole = "".join(parts)
    found = [span.of(whole) for span in sentences(whole, Span(0, len(whole)))]
    assert found == [part.strip() for part in parts]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("“We stay,” he said.", ["We stay,"]),
        ('"We stay," he said, "here."', ["We stay,", "here."]),
        ("‘We don’t stay,’ he said.", ["We don’t stay,"]),
        ("'We don't stay,' he said.", ["We don't stay,"]),
        ("He's the workers' man; it's the boys' house.", []),
        ("‘the workers’ union won,’ he said", ["the workers’ union won,"]),
        ("“He told me, ‘Go,’ and left.”", ["He told me, ‘Go,’ and left.", "Go,"]),
        ("« Non », dit-il. «Si.»", [" Non ", "Si."]),
        ("»Nein«, sagte er.", ["Nein"]),
        ("„Nein“, sagte er. „Doch”", ["Nein", "Doch"]),
        ("「いいえ」と「『本』を」", ["いいえ", "『本』を", "本"]),
        ("''No,'' he said.", ["No,"]),
        ("the ’90s and rock ’n’ roll", []),
        ("the '90s and rock 'n' roll", []),
        ("“a “b c” d", ["b c"]),
        ("a ” b ” c", []),
        ("”We stay,” he said.", ["We stay,"]),
        ("5'10\" tall", []),
        ('“We stay" he said', ["We stay"]),
    ],
)
def test_quotation_marks_in_pairs(text: str, wanted: list[str]) -> None:
    found = quotations(text, Span(0, len(text)))
    assert [one.inner.of(text) for one in found if one.closed] == wanted


def test_one_mark_left_open_runs_to_the_end() -> None:
    found = quotations("He said: “We stay", Span(0, 17))
    assert [(one.closed, one.inner) for one in found] == [(False, Span(10, 17))]


def test_pairs_are_looked_for_in_the_span_only() -> None:
    text = "“a” “b” “c”"
    assert [one.inner.of(text) for one in quotations(text, Span(4, 7))] == ["b"]


@given(st.text(alphabet="“”‘’\"'«»„ abS.,\n", max_size=60))
def test_pairs_nest_and_never_cross(text: str) -> None:
    found = [one for one in quotations(text, Span(0, len(text))) if one.closed]
    for one in found:
        for other in found:
            if one is not other and one.outer.overlaps(other.outer):
                assert one.outer.covers(other.outer) or other.outer.covers(one.outer)


@given(st.text(max_size=80))
def test_sentences_keep_every_visible_character(text: str) -> None:
    found = sentences(text, Span(0, len(text)))
    assert "".join("".join(span.of(text).split()) for span in found) == "".join(text.split())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“We’ll  stay” — now…", '"we\'ll stay" - now...'),
        ("A\u200bna Rell", "ana rell"),
        ("STRASSE", "straße"),
        ("a\u00a0b\nc", "a b c"),
    ],
)
def test_texts_that_fold_to_the_same(one: str, other: str) -> None:
    assert fold(one).text == fold(other).text


@given(st.text(max_size=60))
def test_folded_offsets_point_back(text: str) -> None:
    folded = fold(text)
    assert len(folded.offsets) == len(folded.text) + 1
    assert list(folded.offsets) == sorted(folded.offsets)
    for place, character in enumerate(folded.text):
        source = folded.source(place, place + 1).of(text)
        assert len(source) == 1
        assert character == " " or character in fold(source).text or not source.isspace()
