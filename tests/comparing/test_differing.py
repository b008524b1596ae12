"""How amounts of one thing differ, and how well it is told: the cases in `data/cases`."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from covered import FIRST, marked, story
from inline import parse
from unspin.comparing import amounts, conflicts, differing
from unspin.comparing.amounts import Amount
from unspin.comparing.speakers import Cast
from unspin.model.pairs import Pairs
from unspin.types import Conflict, Marks, Span

CASES = Path(__file__).parents[1] / "data" / "cases"
NOBODY = Cast((), {})
FOUND, TRUE, SORTED = 0.85, 0.8, 0.8  # shares that no change may fall below


def rows(name: str) -> list[dict[str, Any]]:
    lines = (CASES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def params() -> Iterator[Any]:
    for number, case in enumerate(rows("differences"), 1):
        reason = case.get("why", "not yet")
        missed = [pytest.mark.xfail(strict=True, reason=reason)] if case["expect"] == "fail" else []
        yield pytest.param(case, id=f"{case['kind']}-{number}", marks=missed)


@pytest.mark.parametrize("case", list(params()))
def test_a_difference_is_sorted(case: dict[str, Any]) -> None:
    texts = [parse(text) for text in case["texts"]]
    marks = marked(*(text for text, _ in texts), days=[0, case.get("days", 0)])
    told = [
        amount(one, number, tags[0].span)
        for number, (one, (_, tags)) in enumerate(zip(marks, texts, strict=True))
    ]
    assert differing.kind(marks, *told) == differing.kind(marks, *reversed(told)) == case["kind"]


def amount(marks: Marks, number: int, span: Span) -> Amount:
    """The amount that stands at `span`."""
    (found,) = (one for one in amounts.read(marks, number, NOBODY) if one.span.overlaps(span))
    return found


def test_what_is_planted_in_short_reports_is_told() -> None:
    wanted, given, right = Counter[str](), Counter[str](), Counter[str]()
    for case in rows("conflicts"):
        texts = [parse(text) for text in case["texts"]]
        days = [(date.fromisoformat(day) - FIRST).days for day in case["published"]]
        marks = marked(*(text for text, _ in texts), days=days)
        found = conflicts.find(marks, (story(marks),), (), NOBODY, Pairs.load().vectors)
        given.update(one.kind for one in found)
        for letter, kind in case["kinds"].items():
            spans = [next(tag.span for tag in tags if tag.name == letter) for _, tags in texts]
            wanted[kind] += 1
            right[kind] += any(one.kind == kind and has(one, marks, spans) for one in found)
    assert right["conflict"] >= FOUND * wanted["conflict"]
    assert right["conflict"] >= TRUE * given["conflict"]
    assert right.total() >= SORTED * given.total()


def has(conflict: Conflict, marks: Sequence[Marks], spans: Sequence[Span]) -> bool:
    """Whether a conflict has an amount at each of the spans, one a document."""
    return all(
        any(
            place.document == one.document.id and place.spans[0].overlaps(span)
            for place in conflict.places
        )
        for one, span in zip(marks, spans, strict=True)
    )
