from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import get_args

import pytest

from unspin.marking import lexicon
from unspin.showing import phrases
from unspin.types import (
    Bound,
    Change,
    Figure,
    FurnitureKind,
    Marks,
    Span,
    Speaker,
    TimeExpression,
    Voicing,
    WhoKind,
)

_TEXT = "4,500 families in the valley"


@pytest.mark.parametrize(
    ("low", "high", "unit", "bound", "change", "reading"),
    [
        (340.0, 340.0, "person", "exact", None, "340 people"),
        (1.0, 1.0, "person", "exact", None, "1 person"),
        (4500.0, None, "person", "more", None, "more than 4,500 people"),
        (4500.0, None, "person", "at-least", None, "at least 4,500 people"),
        (4500.0, None, None, "about", None, "at least 4,500"),
        (None, 3.5, "USD", "less", None, "less than USD 3.5"),
        (None, 3.0, "km", "exact", None, "at most 3 km"),
        (2.0, 2.0, "week", "exact", None, "2 weeks"),
        (1.0, 1.0, "week", "exact", None, "1 week"),
        (0.5, 0.5, "hour", "exact", None, "0.5 hours"),
        (6.0, 6.0, "foot", "exact", None, "6 feet"),
        (1.0, 1.0, "century", "exact", None, "1 century"),
        (2.0, 2.0, "century", "exact", None, "2 centuries"),
        (9.0, 9.0, "celsius", "about", None, "about 9 degrees Celsius"),
        (1.0, 1.0, "nautical-mile", "exact", None, "1 nautical mile"),
        (5.0, 5.0, "foot3", "exact", None, "5 cubic feet"),
        (5.0, 5.0, "km2", "exact", None, "5 km²"),
        (5.0, 5.0, "Gbit/s", "exact", None, "5 Gbit/s"),
        (6.1, 6.1, "magnitude", "exact", None, "magnitude 6.1"),
        (5.0, 5.0, "no unit known", "exact", None, "5 no unit known"),
        (1.0, 2.0, "percentage-point", "exact", None, "1 to 2 percentage points"),
        (3.0, None, "dollar", "more", None, "more than 3 dollars"),
        (4.0, 4.0, "mile2", "exact", None, "4 square miles"),
        (12.0, 15.0, "percent", "exact", "fall", "a fall of 12 to 15%"),
        (12.0, 15.0, "percent", "about", "rise", "a rise of about 12 to 15%"),
        (2e6, 2e6, None, "about", "difference", "a difference of about 2 million"),
        (2.38e9, 2.38e9, "dollar", "exact", None, "2.38 billion dollars"),
        (1.6e12, None, "EUR", "more", None, "more than EUR 1.6 trillion"),
        (1e6, 2.5e6, "person", "exact", None, "1 million to 2.5 million people"),
        (1_234_567.0, 1_234_567.0, "person", "exact", None, "1,234,567 people"),
        (999_960_000.0, 999_960_000.0, None, "exact", None, "999,960,000"),
        (1e15, 1e15, None, "exact", None, "1e+15"),
        (float("inf"), float("inf"), None, "exact", None, "inf"),
        (None, None, "person", "exact", None, "no number read"),
    ],
)
def test_figure(  # noqa: PLR0913, PLR0917 - the columns of the table
    low: float | None,
    high: float | None,
    unit: str | None,
    bound: Bound,
    change: Change | None,
    reading: str,
) -> None:
    figure = Figure(Span(0, 5), low, high, unit, None, bound, change, None, None, "report")
    assert phrases.figure(figure, _TEXT) == reading


def test_figure_says_what_is_counted_when_and_where() -> None:
    figure = Figure(
        Span(0, 5), 4500.0, 4500.0, None, Span(6, 14), "exact", None, "2031-03", Span(15, 28), 0
    )
    assert phrases.figure(figure, _TEXT) == (
        "4,500, counting “families”, as of March 2031, within “in the valley”"
    )


@pytest.mark.parametrize(
    ("as_of", "reading"),
    [
        ("2031-03-04", "as of 4 March 2031"),
        ("2031-03", "as of March 2031"),
        ("2031", "as of 2031"),
        ("2031-13", "as of 2031-13"),
        ("the/other", "as of the/other"),
        ("2031-03-01/2031-03-04", "from 1 March 2031 to 4 March 2031"),
        ("2031-03/2031-04", "from March 2031 to April 2031"),
        ("2031-03-01/..", "from 1 March 2031"),
    ],
)
def test_figure_says_since_when_it_holds(as_of: str, reading: str) -> None:
    figure = Figure(Span(0, 5), 4500.0, 4500.0, None, None, "exact", None, as_of, None, "report")
    assert phrases.figure(figure, _TEXT) == f"4,500, {reading}"


def test_every_unit_that_is_a_word_has_a_plural() -> None:
    same = {"rand", "sen", "stone", "won", "horsepower", "yen-or-yuan"}
    symbols = {"kcal", "ksi", "mbar", "mmbtu", "mpg", "mph", "ppb", "ppm", "psi", "rad", "rpm"}
    for unit in set(lexicon.units()) - same - symbols - {"percent", "magnitude"}:
        one, two = (
            phrases.figure(
                Figure(Span(0, 5), value, value, unit, None, "exact", None, None, None, "report"),
                _TEXT,
            ).replace(f"{value:.0f}", "")
            for value in (1.0, 2.0)
        )
        word = len(unit) > 2 and unit.strip("23").replace("-", "").islower() and "/" not in unit
        assert (one != two) == (word and unit.strip("23") not in {"cm", "dm", "km", "mm"}), unit


@pytest.mark.parametrize(
    ("unit", "reading"),
    [
        ("dollar/barrel", "2 dollars per barrel"),
        ("EUR/month", "EUR 2 per month"),
        ("percent/year", "2% per year"),
        ("km/h", "2 km/h"),
        ("year-of-age", "2 years of age"),
    ],
)
def test_a_rate_and_an_age_read_as_people_say_them(unit: str, reading: str) -> None:
    figure = Figure(Span(0, 5), 2.0, 2.0, unit, None, "exact", None, None, None, "report")
    assert phrases.figure(figure, _TEXT) == reading


@pytest.mark.parametrize(
    ("earliest", "latest", "resolved", "anchor", "reading"),
    [
        (date(2031, 3, 4), date(2031, 3, 4), True, None, "4 March 2031"),
        (date(2031, 3, 1), date(2031, 3, 31), True, None, "1 March 2031 to 31 March 2031"),
        (date(2031, 3, 1), None, True, None, "from 1 March 2031"),
        (None, date(2031, 3, 1), True, None, "until 1 March 2031"),
        (None, None, False, None, "not resolved"),
        (None, None, True, None, "not resolved"),
        (None, None, False, Span(6, 14), "not resolved: waits for “families”"),
    ],
)
def test_time(
    earliest: date | None,
    latest: date | None,
    resolved: bool,  # noqa: FBT001 - a table
    anchor: Span | None,
    reading: str,
) -> None:
    found = TimeExpression(Span(0, 5), earliest, latest, resolved, anchor, "report")
    assert phrases.time(found, _TEXT) == reading


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (date(2031, 3, 4), "4 March 2031"),
        (datetime(2031, 3, 4, 9, 5), "4 March 2031, 09:05"),  # noqa: DTZ001 - a page without a zone
        (datetime(2031, 3, 4, 9, 5, tzinfo=UTC), "4 March 2031, 09:05 UTC"),
        (
            datetime(2031, 12, 31, 23, 59, tzinfo=timezone(timedelta(hours=-3, minutes=-30))),
            "31 December 2031, 23:59 UTC-03:30",
        ),
    ],
)
def test_day(moment: date, words: str) -> None:
    assert phrases.day(moment) == words


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [
        (0, 0, "0%"),
        (0, 9, "0%"),
        (1, 1000, "under 1%"),
        (1, 2, "50%"),
        (999, 1000, "over 99%"),
        (9, 9, "100%"),
    ],
)
def test_percent(part: int, whole: int, words: str) -> None:
    assert phrases.percent(part, whole) == words


@pytest.mark.parametrize(
    ("voice", "words"),
    [
        ("report", "the outlet"),
        ("opinion", "the author"),
        (0, "Dara Velk"),
        (6, "speaker not found"),
        (99, "not known"),
    ],
)
def test_voice(voice: Voicing, words: str, marks: Marks) -> None:
    assert phrases.voice(voice, marks) == words


def test_speaker_falls_back_from_name_to_words_to_nothing() -> None:
    here = (Span(6, 14),)
    assert phrases.speaker(Speaker(here, "Valley families", "group"), _TEXT) == "Valley families"
    assert phrases.speaker(Speaker(here, None, "group"), _TEXT) == "“families”"
    assert phrases.speaker(Speaker((), None, "author"), _TEXT) == "the author"
    assert phrases.speaker(Speaker(here, "author", "author"), _TEXT) == "the author"
    assert phrases.speaker(Speaker((), None, None), _TEXT) == "speaker not found"


def test_what_was_not_said_is_not_shown_as_said(marks: Marks) -> None:
    told = marks.statements[1]
    assert phrases.speech(told) == "indirect"
    assert phrases.speech(replace(told, score=0.69)) == "indirect, doubtful"
    assert phrases.speech(replace(told, score=0.69, speech="mixed")) == "mixed"
    assert phrases.speech(replace(told, factuality="not-said")) == "indirect, not said"
    assert phrases.speech(replace(told, factuality="possible")) == "indirect, only possible"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Loaded_Language", "loaded language"),
        ("Name_Calling,Labeling", "name calling, labeling"),
        ("Flag-Waving", "flag-waving"),
        ("date-after-article", "date-after-article"),
        ("", ""),
    ],
)
def test_label(name: str, words: str) -> None:
    assert phrases.label(name) == words


@pytest.mark.parametrize(
    ("number", "words", "told"),
    [
        (0, 0, "0"),
        (0, 900, "0 in 900 words (0.0 per 1,000)"),
        (1, 1, "1 in 1 word (1000.0 per 1,000)"),
        (3, 2000, "3 in 2,000 words (1.5 per 1,000)"),
    ],
)
def test_rate(number: int, words: int, told: str) -> None:
    assert phrases.rate(number, words) == told


def test_scores_of_several_are_the_lowest_and_the_highest() -> None:
    assert phrases.scores([0.904, 0.9]) == "score 0.90"
    assert phrases.scores([0.9, 0.64, 0.7]) == "scores 0.64 to 0.90"


def test_every_kind_has_its_words() -> None:
    assert set(phrases.LEFT_OUT) == set(get_args(FurnitureKind))
    assert set(phrases.WHO) == {*get_args(WhoKind), None}
