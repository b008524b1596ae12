"""What holds for the marks of any text."""

import time
from datetime import date
from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inline import document
from unspin.marking import lexicon, mark
from unspin.types import LAYERS, CueKind, Marks, Span

SCRAPS = st.sampled_from(
    [
        "“",
        "”",
        "‘",
        "’",
        '"',
        "'",
        "«",
        "»",
        "„",
        "「",
        "」",
        "''",
        "—",
        ",",
        ".",
        "?",
        ":",
        "\n",
        "\n\n",
        " ",
        " ",
        " ",
        "said",
        "told",
        "Ana Rell",
        "Rell",
        "he",
        "that",
        "according to",
        "the ministry",
        "we will stay",
        "3",
        "1,500",
        "people",
        "%",
        "$",
        "2022",
        "Monday",
        "March",
        "(",
        ")",
        "\u2028",
        "\ud800",
        "é",
        "\u0301",
        "百",
        "٣",
        "²",
        "and",
        "I",
        "’s",
    ]
)
TEXTS = st.one_of(
    st.lists(SCRAPS, max_size=60).map("".join),
    st.lists(SCRAPS, max_size=60).map(" ".join),
    st.text(max_size=80),
)


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_marks_hold_together_for_any_text(text: str) -> None:
    marks = mark(document(text))
    inside(marks)
    partitioned(marks)
    forest(marks)
    in_order(marks)
    without_own_marks(marks)


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_any_text_in_a_language_not_covered(text: str) -> None:
    marks = mark(document(text, language="xx", published=None))
    inside(marks)
    partitioned(marks)
    assert all(one.speech == "direct" and not one.speakers for one in marks.statements)


def inside(marks: Marks) -> None:
    spans: list[Span] = []
    for one in marks.statements:
        spans += [*one.words, *one.cue, *(span for who in one.speakers for span in who.words)]
    spans += [figure.span for figure in marks.figures] + [date.span for date in marks.dates]
    spans += [figure.counted for figure in marks.figures if figure.counted]
    spans += [figure.scope for figure in marks.figures if figure.scope]
    assert all(span.start < span.end <= len(marks.document.text) for span in spans)


def partitioned(marks: Marks) -> None:
    cuts = [voice.span for voice in marks.voices]
    assert "".join(span.of(marks.document.text) for span in cuts) == marks.document.text
    assert all(left.end == right.start for left, right in pairwise(cuts))


def forest(marks: Marks) -> None:
    for number, one in enumerate(marks.statements):
        if one.within is not None:
            assert one.within < number
            outer = marks.statements[one.within].words
            assert all(any(big.covers(span) for big in outer) for span in one.words)


def in_order(marks: Marks) -> None:
    starts = [one.words[0].start for one in marks.statements]
    assert starts == sorted(starts)
    assert list(marks.figures) == sorted(marks.figures, key=lambda one: one.span)
    assert list(marks.dates) == sorted(marks.dates, key=lambda one: one.span)


def without_own_marks(marks: Marks) -> None:
    text = marks.document.text
    for one in marks.statements:
        if one.speech != "indirect":
            for span in one.words:
                pair = text[span.start - 1 : span.start] + text[span.end : span.end + 1]
                words = span.of(text)
                if pair in {"“”", "«»", "「」"}:
                    assert not (words[0] == pair[0] and words[-1] == pair[1] and len(words) < 3)


@pytest.mark.parametrize(
    "text",
    [
        "“a ‘b “c ‘d”" * 5000,
        "“he said " * 50_000 + " OPENQ",
        "said " * 400_000,
        '"a" ' * 28 + "x",
        '"' * 5000,
        '"a" said B. ' * 5000,
        "9 " * 50_000,
        "— a, " * 20_000,
        "he said that " * 20_000,
        "Ana Rell " * 20_000,
        "“\n" * 20_000,
    ],
    ids=[
        "unbalanced",
        "never closed",
        "said",
        "pairs",
        "straight",
        "attributed",
        "digits",
        "dashes",
        "that",
        "names",
        "lines",
    ],
)
def test_hostile_text_takes_linear_time(text: str) -> None:
    before = time.process_time()
    marks = mark(document(text))
    assert time.process_time() - before < 8
    assert all(span.end - span.start <= 3000 for one in marks.statements for span in one.words)


def test_an_unclosed_quotation_makes_no_statement() -> None:
    assert mark(document("“he said " * 1000 + " OPENQ")).statements == ()


def test_an_odd_mark_costs_no_more_than_its_paragraph() -> None:
    text = 'Rell said "we will stay.\n\n"We have no choice," Ana Rell said on Monday.'
    words = [span.of(text) for one in mark(document(text)).statements for span in one.words]
    assert "We have no choice," in words


@pytest.mark.parametrize("section", ["Opinion", "World > Comment", "Op-Ed", "Letters"])
def test_opinion_sections_have_the_authors_voice(section: str) -> None:
    marks = mark(document("We must go. “We will stay,” said Ana Rell.", section=section))
    assert [voice.voice for voice in marks.voices][:2] == ["opinion", 0]


@pytest.mark.parametrize("section", [None, "World", "Politics"])
def test_other_sections_report(section: str | None) -> None:
    marks = mark(document("It rained. “We will stay,” said Ana Rell.", section=section))
    assert [voice.voice for voice in marks.voices] == ["report", 0, "report"]


def test_the_voice_is_that_of_the_innermost_statement() -> None:
    text = "“He told me, ‘Go home at once,’” said Ana Rell."
    marks = mark(document(text))
    inner = next(voice for voice in marks.voices if voice.span.of(text).startswith("Go home"))
    assert isinstance(inner.voice, int)
    assert marks.statements[inner.voice].within == 0


def test_figures_and_dates_carry_the_voice_they_stand_in() -> None:
    marks = mark(document("“We lost 40 people in 2022,” said Ana Rell. It has 12 ships."))
    assert [figure.voice for figure in marks.figures] == [0, "report"]
    assert [one.voice for one in marks.dates] == [0]


def test_only_the_layers_asked_for_are_made() -> None:
    marks = mark(document("“We lost 40 people in 2022,” said Ana Rell."), layers=("figures",))
    assert marks.made_by.settings.layers == ("statements", "figures")
    assert marks.figures
    assert not marks.dates
    assert not marks.voices


def test_made_by_says_what_was_looked_for() -> None:
    made_by = mark(document("Nothing.")).made_by
    assert (made_by.bundle, made_by.settings.layers) == ("rules", LAYERS)


def test_another_language_gets_long_quotations_only() -> None:
    text = "„Wir bleiben hier im Haus“, sagte Rell. „Nein“, sagte Orlan."
    marks = mark(document(text, language="de"))
    assert [span.of(text) for one in marks.statements for span in one.words] == [
        "Wir bleiben hier im Haus"
    ]


def test_what_is_made_in_no_other_language_is_not_looked_for_there() -> None:
    marks = mark(document("Am 3. April sagte Rell: „Wir bleiben hier im Haus“.", language="de"))
    assert marks.made_by.settings.layers == ("statements", "voices")
    assert [voice.voice for voice in marks.voices] == ["report", 0, "report"]
    assert not marks.figures + marks.dates + marks.claims + marks.techniques + marks.slips


def test_cues_are_at_least_150_verbs_of_every_kind() -> None:
    cues = lexicon.cues()
    assert len([word for word in cues.values() if word.form == "base"]) >= 150
    assert {word.kind for word in cues.values()} == set(get_args(CueKind))


def test_marking_twice_gives_the_same() -> None:
    made = document("“We will stay,” said Ana Rell on Monday.", published=date(2024, 3, 14))
    assert mark(made) == mark(made)
