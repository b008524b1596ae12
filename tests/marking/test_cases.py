"""The cases in `data/cases`, one test each; `"expect": "fail"` is a known failure, held to it."""

import json
from pathlib import Path
from typing import Any

import pytest

from inline import Tagged, of_case
from unspin.marking import mark
from unspin.types import Marks, Span

CASES = Path(__file__).parents[1] / "data" / "cases"


def cases(layer: str) -> list[Any]:
    lines = (CASES / f"{layer}.jsonl").read_text(encoding="utf-8").splitlines()
    found = []
    for number, line in enumerate(lines, 1):
        case = json.loads(line)
        marks = (
            [pytest.mark.xfail(strict=True, reason=case.get("why", "not yet"))]
            if case["expect"] == "fail"
            else []
        )
        found.append(pytest.param(case, id=f"{layer}-{number}", marks=marks))
    return found


@pytest.mark.parametrize("case", cases("statements"))
def test_statements(case: dict[str, Any]) -> None:
    document, tags = of_case(case)
    marks = mark(document)
    wanted: dict[str, list[Tagged]] = {}
    for tag in tags:
        if tag.name not in {"cue", "who"}:
            wanted.setdefault(tag.name, []).append(tag)
    expected = [tuple(tag.span for tag in pieces) for pieces in wanted.values()]
    assert sorted(words(marks)) == sorted(expected), shown(marks)
    for name, pieces in wanted.items():
        found = next(
            one for one in marks.statements if one.words == tuple(tag.span for tag in pieces)
        )
        attributes = pieces[0].attributes
        assert attributes.get("speech", found.speech) == found.speech
        assert attributes.get("cue", found.cue_kind) == found.cue_kind
        if "within" in attributes:
            outer = tuple(tag.span for tag in wanted[str(attributes["within"])])
            assert found.within is not None
            assert marks.statements[found.within].words == outer
        cues = tuple(tag.span for tag in tags if tag.name == "cue" and name in tag.attributes)
        assert found.cue == cues
        whos = [tag for tag in tags if tag.name == "who" and name in tag.attributes]
        if whos or "nobody" in attributes:
            assert [one.words[0] for one in found.speakers if one.words] == [
                tag.span for tag in whos
            ]
            assert [one.who for one in found.speakers if one.words] == [
                tag.attributes[name] for tag in whos
            ]
        for who, speaker in zip(whos, found.speakers, strict=False):
            assert who.attributes.get("kind", speaker.who_kind) == speaker.who_kind
        if "who" in attributes:
            assert [one.who for one in found.speakers] == [attributes["who"]]


@pytest.mark.parametrize("case", cases("figures"))
def test_figures(case: dict[str, Any]) -> None:
    document, tags = of_case(case)
    marks = mark(document)
    wanted = [tag for tag in tags if tag.name == "f"]
    assert [one.span for one in marks.figures] == [tag.span for tag in wanted], marks.figures
    counted = [tag.span for tag in tags if tag.name == "n"]
    for tag, figure in zip(wanted, marks.figures, strict=True):
        for end in ("low", "high"):
            if end in tag.attributes:
                value = tag.attributes[end]
                assert getattr(figure, end) == (float(value) if value else None)
        if "is" in tag.attributes:
            assert (figure.low, figure.high) == (float(str(tag.attributes["is"])),) * 2
        for key in ("unit", "bound", "change"):
            if key in tag.attributes:
                assert getattr(figure, key) == tag.attributes[key]
        if "asof" in tag.attributes:
            assert figure.as_of == tag.attributes["asof"]
        if "scope" in tag.attributes:
            scope = figure.scope.of(document.text) if figure.scope else None
            assert scope == tag.attributes["scope"]
    if counted:
        assert [one.counted for one in marks.figures if one.counted] == counted


@pytest.mark.parametrize("case", cases("dates"))
def test_dates(case: dict[str, Any]) -> None:
    document, tags = of_case(case)
    marks = mark(document)
    wanted = [tag for tag in tags if tag.name == "d"]
    assert [one.span for one in marks.dates] == [tag.span for tag in wanted], marks.dates
    for tag, found in zip(wanted, marks.dates, strict=True):
        if "unresolved" in tag.attributes:
            assert (found.resolved, found.earliest, found.latest) == (False, None, None)
            continue
        assert found.resolved
        both = tag.attributes.get("on")
        assert str(found.earliest) == str(tag.attributes.get("from", both))
        assert str(found.latest) == str(tag.attributes.get("to", both))
    anchors = [tag.span for tag in tags if tag.name == "anchor"]
    assert [one.anchor for one in marks.dates if one.anchor] == anchors


def words(marks: Marks) -> list[tuple[Span, ...]]:
    return [one.words for one in marks.statements]


def shown(marks: Marks) -> list[list[str]]:
    return [[span.of(marks.document.text) for span in one.words] for one in marks.statements]
