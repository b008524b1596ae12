"""Techniques: false alarms by hand, and a whole run against an encoder made up."""

from collections.abc import Sequence

import pytest

from unspin.bench import techniques
from unspin.bench.gold import GoldRhetoric, GoldTechnique
from unspin.model.signals import Rhetoric, Signals
from unspin.types import Span

TEXT = "A vile plan\n\nIt rained all day.\n\nSay no, or else"
VILE = Span(2, 6)
NO = Span(33, 48)
GOLD = GoldRhetoric(
    "ptc",
    "1",
    TEXT,
    (
        GoldTechnique(VILE, "Loaded_Language"),
        GoldTechnique(NO, "Slogans"),
        GoldTechnique(NO, "Doubt"),
    ),
    (VILE, NO),
)
QUIET = GoldRhetoric("ptc", "2", "It rained.", (), ())
MEME = GoldRhetoric("meme-persuasion-text", "3", "Vile", (), ())


def test_alarms_count_in_lines_without_gold() -> None:
    rained = Span(13, 22)
    assert techniques.false_alarms(TEXT, [VILE, NO], [Span(0, 4), rained]) == (1, 4)
    assert techniques.false_alarms(TEXT, [Span(0, 48)], [rained]) == (0, 0)
    assert techniques.false_alarms(TEXT, [], [Span(0, 48)]) == (1, 11)  # counted once


def see(texts: Sequence[str], sentences: object) -> list[Signals]:
    assert sentences is None
    marked = {
        TEXT: (
            Rhetoric(Span(2, 11), "Loaded_Language", 0.9),  # four of nine are gold
            Rhetoric(Span(13, 22), "Doubt", 0.2),
            Rhetoric(NO, "Slogans", 1.0),
        )
    }
    return [Signals((), marked.get(text, ()), (), ()) for text in texts]


def classify(texts: Sequence[str], spans: Sequence[Sequence[Span]]) -> list[list[dict[str, float]]]:
    assert len(texts) == len(spans)
    return [
        [{"Slogans": 0.5, "Loaded_Language": 0.4, "Flag-Waving": 0.1} for _ in some]
        for some in spans
    ]


def test_a_run() -> None:
    told: list[int] = []
    scores, by = techniques.score([GOLD, QUIET, MEME], see, classify, told.append)
    assert told == [3, 3]
    assert scores["si_precision"] == pytest.approx((4 / 9 + 0 + 1) / 3)
    assert scores["si_recall"] == 1.0
    # the span with two labels gets the two most probable, of which one is right
    assert scores["tc_micro_f1"] == pytest.approx(1 / 3)
    assert scores["tc_macro_f1"] == pytest.approx((0 + 2 / 3 + 0) / 3)
    assert scores["false_alarms_per_1000_words"] == pytest.approx(1000 / 7)
    assert scores["ece"] == pytest.approx((0.9 + 0.2 + 0.0) / 3)
    assert by["Slogans"] == pytest.approx({"tc_f1": 2 / 3, "si_recall": 1.0, "spans": 1.0})
    assert by["Doubt"]["tc_f1"] == 0.0
    assert by["meme-persuasion-text"]["si_f1"] == 0.0
    assert by["ptc"]["si_recall"] == 1.0
