"""Shares of the voices, and how sure a rate is."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inline import document
from strategies import marks as any_marks
from unspin.comparing import voices
from unspin.marking import mark
from unspin.types import Marks, Settings, Span, Technique, Voicing

TEXT = "The ford is open. “It was always ours,” said Ana Rell. Barges wait."


def told(*mouths: Voicing, text: str = TEXT) -> Marks:
    marks = mark(document(text))
    techniques = tuple(
        Technique(Span(0, 3), "Loaded_Language", 0.9, mouth, "", ()) for mouth in mouths
    )
    return replace(marks, techniques=techniques)


def test_words_are_the_outlet_s_the_author_s_or_a_speaker_s() -> None:
    (voice,) = voices.find([told()])
    assert voice.words == 13
    assert voice.quotation == 4 / 13
    assert voice.opinion == 0
    assert voice.report == 9 / 13


def test_opinion_is_unknown_where_it_is_not_looked_for() -> None:
    (voice,) = voices.find([mark(document(TEXT, language="de"))])
    assert (voice.report, voice.opinion, voice.quotation) == (None, None, 4 / 13)
    assert voice.techniques_per_1000 is None


def test_only_the_outlet_s_own_techniques_count_for_it() -> None:
    (voice,) = voices.find([told("report", "opinion", 0, "report")])
    assert voice.techniques_per_1000 == pytest.approx(2 / 9 * 1000)


@pytest.mark.parametrize(  # Garwood 1936; Ulm 1990, table 1
    ("count", "low", "high"),
    [(0, 0.0, 3.689), (1, 0.0253, 5.572), (3, 0.6187, 8.767), (10, 4.795, 18.390),
     (100, 81.364, 121.627)],
)  # fmt: skip
def test_the_interval_is_exact(count: int, low: float, high: float) -> None:
    mouths: list[Voicing] = ["report"] * count
    (voice,) = voices.find([told(*mouths)])
    assert voice.low is not None
    assert voice.high is not None
    assert voice.low * 9 / 1000 == pytest.approx(low, abs=5e-4)
    assert voice.high * 9 / 1000 == pytest.approx(high, abs=6e-4)


def test_nothing_is_said_of_a_voice_that_is_not_there_or_was_not_looked_at() -> None:
    marks = told("report")
    whole = replace(marks.statements[0], words=(Span(0, len(TEXT)),))
    (said,) = voices.find([replace(marks, statements=(whole,))])
    unlooked = replace(marks, made_by=replace(marks.made_by, settings=Settings(("statements",))))
    (bare,) = voices.find([unlooked])
    for voice in (said, bare):
        assert (voice.techniques_per_1000, voice.low, voice.high) == (None, None, None)


def test_a_document_without_words_has_no_voice() -> None:
    assert voices.find([mark(document("… —"))]) == ()


@given(st.lists(any_marks(), max_size=2))
@settings(max_examples=40, deadline=None)
def test_any_marks(drawn: list[Marks]) -> None:
    for voice in voices.find(drawn):
        if voice.report is None or voice.opinion is None:
            assert (voice.report, voice.opinion) == (None, None)
        else:
            assert voice.report + voice.opinion + voice.quotation == pytest.approx(1)
        if voice.techniques_per_1000 is not None:
            assert voice.low is not None
            assert voice.high is not None
            assert 0 <= voice.low <= voice.techniques_per_1000 <= voice.high
