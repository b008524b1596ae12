"""The scores of quantities: sentences of our own, counted by hand."""

import hashlib
import json
from pathlib import Path

import pytest

from unspin import bench
from unspin.bench import corpora, figures, passages
from unspin.bench.gold import GoldQuantities, GoldQuantity
from unspin.errors import FormatError
from unspin.marking import mark
from unspin.types import Document, Marks


def gold(value: str, unit: str, change: str | None = "=", words: str = "") -> GoldQuantity:
    ends = tuple(float(end) for end in value.split(":"))
    return GoldQuantity(ends, words, unit, change)


def sentence(text: str, *quantities: GoldQuantity, file: str = "a.jsonl") -> GoldQuantities:
    return GoldQuantities(file, text, quantities)


def marked(document: Document) -> Marks:
    return mark(document, layers=("figures",))


def scored(*sentences: GoldQuantities) -> dict[str, float]:
    scores, _ = figures.score(sentences, marked, lambda _: None)
    return scores


def test_a_run_counted_by_hand() -> None:
    told: list[int] = []
    scores, by = figures.score(
        [
            sentence(  # both right; one bound of one
                "Rell paid more than $300 for 12 lamps.",
                gold("300", "dollar", ">"),
                gold("12", "lamp"),
            ),
            sentence(  # value right, unit wrong; bound wrong
                "About 40 tonnes fell.", gold("40", "kilogram", "<"), file="b.jsonl"
            ),
            sentence("Nobody came.", gold("0", "-", None), file="b.jsonl"),  # missed
            sentence("It burned 7 houses.", file="b.jsonl"),  # given, and not wanted
        ],
        marked,
        told.append,
    )
    assert told == [1, 2, 3, 4]
    assert scores == pytest.approx(
        {
            "value_f1": 3 / 4,  # 3 right of 4 given and of 4 wanted
            "value_precision": 3 / 4,
            "value_recall": 3 / 4,
            "value_unit_f1": 2 / 4,
            "bound_accuracy": 1 / 2,
        }
    )
    assert by["a.jsonl"]["value_unit_f1"] == 1.0
    assert by["b.jsonl"]["value_f1"] == 2 * 1 / (2 + 2)
    assert by["unit: money"] == {
        "quantities": 1, "value_recall": 1.0, "value_unit_recall": 1.0, "bound_accuracy": 1.0,
    }  # fmt: skip
    assert by["unit: count"] == {"quantities": 1, "value_recall": 1.0, "value_unit_recall": 1.0}
    assert by["unit: measure"]["value_unit_recall"] == 0.0
    assert by["unit: none"]["value_recall"] == 0.0
    assert by["change: less"]["bound_accuracy"] == 0.0
    assert by["change: none"]["quantities"] == 1


def test_halves_are_told_by_the_digest_of_the_sentence() -> None:
    texts = [f"Rell sold {number} lamps." for number in range(3, 30)]
    first = [text for text in texts if hashlib.sha256(text.encode()).digest()[0] % 2 == 0]
    wrong = [sentence(text, gold("999", "lamp")) for text in first]
    right = [sentence(text, gold(text.split()[2], "lamp")) for text in texts if text not in first]
    _, by = figures.score([*wrong, *right], marked, lambda _: None)
    assert (by["half 0"]["value_f1"], by["half 1"]["value_f1"]) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("Hundreds of miles lie ahead.", gold("100:1000", "mile")),
        ("Rell mended dozens of lamps.", gold("12", "lamp")),
        ("Tens of thousands of lamps were sold.", gold("10000:100000", "lamp")),
        ("A third of the lamps broke.", gold("0.3333333333333333", "% lamp")),
        ("Fares went from 3 to 5 euros.", gold("3:5", "euro")),
        ("Fares fell from 5 to 3 euros.", gold("5:3", "euro")),
        ("It takes between 3 and 5 km.", gold("3:5", "kilometre")),
        ("It costs $58.24 per barrel.", gold("58.24", "dollar per barrel")),
        ("They sold 12 small red lamps.", gold("12", "small red lamp")),
        ("Two workers left.", gold("2", "worker")),
        ("The rate was 5pc.", gold("5", "percentage")),
        ("The index closed at 1,478.35.", gold("1478.35", "-")),
        ("It trades at 118.5p.", gold("118.5", "point", "=", "p")),
    ],
)
def test_what_the_two_sides_write_differently_is_alike(text: str, quantity: GoldQuantity) -> None:
    scores = scored(sentence(text, quantity))
    assert (scores["value_f1"], scores["value_unit_f1"]) == (1.0, 1.0)


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("They sold 12 lamps.", gold("12", "chair")),
        ("They sold 12 lamps.", gold("12", "-")),
        ("It weighs 12 kg.", gold("12", "-")),
        ("It costs 12 euros.", gold("12", "dollar")),
        ("It costs $12 a day.", gold("12", "dollar per week")),
    ],
)
def test_another_unit_is_not_the_same(text: str, quantity: GoldQuantity) -> None:
    scores = scored(sentence(text, quantity))
    assert (scores["value_f1"], scores["value_unit_f1"]) == (1.0, 0.0)


def test_each_pairs_off_once() -> None:
    scores = scored(sentence("It sold 12 lamps.", gold("12", "lamp"), gold("12", "chair")))
    assert scores["value_recall"] == 0.5
    assert scores["value_precision"] == 1.0


def test_what_agrees_in_unit_too_pairs_off_first() -> None:
    text = "It sold 12 lamps and 12 chairs."
    scores = scored(sentence(text, gold("12", "chair"), gold("12", "lamp")))
    assert scores["value_unit_f1"] == 1.0


def test_rows_are_read_and_refused(tmp_path: Path) -> None:
    def written(value: str) -> Path:
        row = {"text": "a", "quantities": [{"value": value, "normalized_unit": "-"}]}
        path = tmp_path / "rows.jsonl"
        path.write_text(json.dumps(row), "utf-8")
        return path

    def ends(value: str) -> tuple[float, ...]:
        (read,) = corpora.read([written(value)], passages.FIGURES)
        assert (read.quantities[0].change, read.quantities[0].words) == (None, "")
        return read.quantities[0].value

    assert ends("3.0 - 4.5") == (3.0, 4.5)
    assert ends("0-62.0") == (0.0, 62.0)
    assert ends("-130") == (-130.0,)
    assert ends("2.5E-08") == (2.5e-08,)
    with pytest.raises(FormatError, match="value: expected a number"):
        ends("many")


@pytest.mark.data
def test_the_set_scores_above_its_gate() -> None:
    data = Path(__file__).parents[3] / "shared" / "data" / "newsquant"
    if not data.is_dir():
        pytest.skip(f"no data set in {data}")
    path = next(data.glob("newsquant-*.jsonl"))
    gate = json.loads((Path(__file__).parents[2] / "gates" / "figures.json").read_text("utf-8"))
    report = bench.run("figures", [path])
    assert all(report.scores[name] >= floor for name, floor in gate["floors"].items())
