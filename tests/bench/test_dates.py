"""Time expressions: how gold and given pair off, what counts as right, and our own set."""

import hashlib
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from unspin import bench
from unspin.bench import corpora, dates, passages
from unspin.bench.gold import GoldDate, GoldDates
from unspin.errors import FormatError
from unspin.marking import mark
from unspin.types import Document, Marks, Span, TimeExpression

BENCH = Path(__file__).parents[1] / "data" / "bench"
OWN = BENCH / "dates.jsonl"
DAY = date(2024, 3, 4)
NEXT = date(2024, 3, 5)


def gold(start: int, end: int, *days: date | None, anchor: Span | None = None) -> GoldDate:
    first, last = days or (None, None)
    return GoldDate(Span(start, end), first, last, bool(days), anchor)


def given(start: int, end: int, *days: date | None, anchor: Span | None = None) -> TimeExpression:
    first, last = days or (None, None)
    return TimeExpression(Span(start, end), first, last, bool(days), anchor, "report")


def read(folder: Path, *rows: dict[str, str | None]) -> Sequence[GoldDates]:
    path = folder / "any.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return list(corpora.read([path], passages.DATES))


def test_each_given_expression_pairs_with_the_gold_one_it_shares_most_with() -> None:
    wanted = [gold(0, 4, DAY, DAY), gold(5, 12, DAY, DAY)]
    found = [given(3, 12, DAY, DAY), given(0, 2, DAY, DAY)]
    assert dates.pairs(wanted, found) == ((wanted[0], found[1]), (wanted[1], found[0]))


def test_a_given_expression_pairs_once() -> None:
    wanted = [gold(0, 4, DAY, DAY), gold(5, 12, DAY, DAY)]
    assert dates.pairs(wanted, [given(0, 12, DAY, DAY)])[0] == (wanted[0], None)


@pytest.mark.parametrize(
    ("wanted", "found", "right"),
    [
        (gold(0, 4, DAY, NEXT), given(0, 2, DAY, NEXT), True),
        (gold(0, 4, DAY, NEXT), given(0, 4, DAY, DAY), False),
        (gold(0, 4, DAY, None), given(0, 4, DAY, None), True),
        (gold(0, 4, DAY, None), given(0, 4, DAY, DAY), False),
        (gold(0, 4, DAY, DAY), given(0, 4), False),
        (gold(0, 4), given(0, 4), True),
        (gold(0, 4), given(0, 4, DAY, DAY), False),
        (gold(0, 4), given(0, 4, anchor=Span(2, 4)), False),
        (gold(0, 9, anchor=Span(4, 9)), given(0, 9, anchor=Span(6, 8)), True),
        (gold(0, 9, anchor=Span(4, 9)), given(0, 9, anchor=Span(0, 4)), False),
        (gold(0, 9, anchor=Span(4, 9)), given(0, 9), False),
    ],
)
def test_right(wanted: GoldDate, found: TimeExpression, *, right: bool) -> None:
    assert dates.is_right(wanted, found) is right
    assert not dates.is_right(wanted, None)


def test_a_run() -> None:
    text = "It rained last week, on Monday and on 3 May, two days after the vote."
    found = [
        given(10, 19, DAY, NEXT),  # right
        given(24, 30, DAY, DAY),  # of another day: invented
        given(45, 68, DAY, DAY),  # unresolved in the gold: invented
        given(0, 2, DAY, DAY),  # no expression: invented
        given(3, 9),  # no expression, but no days either
    ]
    one = GoldDates(
        "a",
        DAY,
        text,
        (
            gold(10, 19, DAY, NEXT),
            gold(24, 30, NEXT, NEXT),
            gold(38, 43, DAY, DAY),
            gold(45, 68, anchor=Span(60, 68)),
        ),
    )

    def marks(document: Document) -> Marks:
        assert document.published == DAY
        return Marks(document, (), (), (), (), tuple(found), (), (), mark(document).made_by)

    told: list[int] = []
    scores, by = dates.score([one], marks, told.append)
    assert told == [1]
    assert by == {dates.half("a"): scores}
    assert scores == pytest.approx(
        {
            "right": 1 / 4,
            "precision": 3 / 5,
            "recall": 3 / 4,
            "f1": 2 / 3,
            "words_exact": 3 / 4,
            "invented": 3,
        }
    )


def test_marked_sentences_are_read(tmp_path: Path) -> None:
    marked = (
        '<d is="2022-01-01/..">Since 2022</d>, <u>a day after <a>the vote</a></u>,'
        ' <d is="../2024-03-04">by 4 March</d>, <d is="2024-03-04">today</d>, <u>years ago</u>.'
    )
    (one,) = read(tmp_path, {"id": "a", "published": "2024-03-04", "text": marked})
    assert one.published == DAY
    assert one.text == "Since 2022, a day after the vote, by 4 March, today, years ago."
    assert [
        (each.span.of(one.text), each.earliest, each.latest, each.resolved) for each in one.dates
    ] == [
        ("Since 2022", date(2022, 1, 1), None, True),
        ("a day after the vote", None, None, False),
        ("by 4 March", None, DAY, True),
        ("today", DAY, DAY, True),
        ("years ago", None, None, False),
    ]
    assert [each.anchor and each.anchor.of(one.text) for each in one.dates] == [
        None,
        "the vote",
        None,
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("text", 'It rained <d is="2024-02-30">once</d>.'),
        ("text", "It rained once</d>."),
        ("published", "March 2024"),
    ],
)
def test_what_is_no_date_is_refused(tmp_path: Path, field: str, value: str) -> None:
    row: dict[str, str | None] = {"id": "a", "published": None, "text": "It rained."}
    with pytest.raises(FormatError, match=f"line 1: {field}: expected"):
        read(tmp_path, {**row, field: value})


def test_our_own_set_is_the_one_described() -> None:
    digest = hashlib.sha256(OWN.read_bytes()).hexdigest()
    section = (BENCH / "README.md").read_text(encoding="utf-8").split("## `dates.jsonl`")[1]
    described = section.split("\n## ")[0]
    assert f"sha256 `{digest}`" in described
    rows = list(corpora.read([OWN], passages.DATES))
    marked = [one for row in rows for one in row.dates]
    held = [row for row in rows if dates.half(row.id) == "held"]
    numbers = [
        len(rows),
        len(marked),
        sum(one.resolved for one in marked),
        sum(not one.resolved for one in marked),
        sum(one.anchor is not None for one in marked),
        sum(not row.dates for row in rows),
    ]
    assert [str(number) for number in numbers if str(number) not in described] == []
    assert f"({len(held)} sentences, {sum(len(row.dates) for row in held)} expressions)" in (
        described.replace("\n", " ")
    )


def test_the_task_reports_both_halves() -> None:
    report = bench.run("dates", [OWN])
    assert report.data == ("dates.jsonl",)
    assert sorted(report.by) == ["held", "seen"]
    assert report.scores["right"] >= 0.95
    assert report.scores["invented"] == 0
