"""Values to plain values, JSON and Arrow, and back: nothing is lost on any way."""

import dataclasses
import inspect
import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from strategies import marks, values
from unspin import types, wire
from unspin.errors import FormatError
from unspin.types import Document, Figure, Marks, Origin, Span, Statement, Voice

KINDS = [
    kind for _, kind in inspect.getmembers(types, dataclasses.is_dataclass) if kind is not Span
]
EVERY_KIND = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
LARGE = settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def exact(value: object) -> str:
    """Distinguishes what == does not: zones of one instant, 1 and 1.0, -0.0 and 0.0."""
    return repr(value)


@EVERY_KIND
@LARGE
@given(data=st.data())
def test_plain_and_back(kind: type, data: st.DataObject) -> None:
    value: object = data.draw(values(kind))
    assert exact(wire.build(kind, wire.plain(value))) == exact(value)


@EVERY_KIND
@LARGE
@given(data=st.data())
def test_json_and_back(kind: type, data: st.DataObject) -> None:
    value: object = data.draw(values(kind))
    line = wire.dumps(value)
    assert "\n" not in line
    assert exact(wire.build(kind, wire.loads(line))) == exact(value)
    assert exact(wire.build(kind, wire.loads(line.encode()))) == exact(value)


@EVERY_KIND
@LARGE
@given(data=st.data())
def test_arrow_and_back(kind: type, data: st.DataObject) -> None:
    pytest.importorskip("pyarrow")
    several: list[Any] = data.draw(st.lists(values(kind), max_size=3))
    table = wire.table(kind, several)
    assert table.num_rows == len(several)
    assert list(map(exact, wire.rows(kind, table))) == list(map(exact, several))


@LARGE
@given(marks())
def test_marks_come_back_from_json_whole(found: Marks) -> None:
    assert wire.build(Marks, wire.loads(wire.dumps(found))) == found


def test_marks_come_back_from_a_parquet_file(tmp_path: Any) -> None:  # noqa: ANN401 - a path
    parquet = pytest.importorskip("pyarrow.parquet")
    found = [Voice(Span(0, 4), voice, 0.5) for voice in ("report", "opinion", 0, 12)]
    parquet.write_table(wire.table(Voice, found), tmp_path / "voices.parquet")
    assert list(wire.rows(Voice, parquet.read_table(tmp_path / "voices.parquet"))) == found


def test_the_contract_for_a_statement() -> None:
    statement = Statement(
        (Span(1, 8), Span(20, 30)), "direct", (Span(10, 14),), None, (), None, 1.0
    )
    assert wire.dumps(statement) == (
        '{"words": [[1, 8], [20, 30]], "speech": "direct", "cue": [[10, 14]], "cue_kind": null, '
        '"speakers": [], "within": null, "score": 1.0, "factuality": "said"}'
    )


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        (date(2026, 3, 4), "2026-03-04"),
        (datetime(2026, 3, 4, 5, 6), "2026-03-04T05:06:00"),  # noqa: DTZ001 - the page gave no zone
        (datetime(2026, 3, 4, 5, 6, tzinfo=UTC), "2026-03-04T05:06:00+00:00"),
    ],
)
def test_a_day_stays_a_day_and_a_moment_a_moment(moment: date, written: str) -> None:
    assert wire.plain(moment) == written
    built = wire.build(date, written)
    assert built == moment
    assert type(built) is type(moment)


def test_a_fetch_time_must_be_a_moment() -> None:
    origin = wire.plain(Origin("-", "0" * 64, "text/plain", "pasted/1", None))
    with pytest.raises(FormatError, match=r"Origin\.fetched: expected"):
        wire.build(Origin, origin | {"fetched": "2026-03-04"})


def test_keys_may_be_added() -> None:
    assert wire.build(Voice, {"span": [0, 1], "voice": 3, "score": 1, "new": True}) == Voice(
        Span(0, 1), 3, 1.0
    )


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"span": [2, 1]}, r"Figure\.span: expected \[start, end\]"),
        ({"span": [0.5, 1]}, r"Figure\.span: expected"),
        ({"span": None}, r"Figure\.span: expected"),
        ({"low": "9"}, r"Figure\.low: expected float"),
        ({"span": [False, True]}, r"Figure\.span: expected"),
        ({"low": True}, r"Figure\.low: expected float"),
        ({"low": 10**309}, r"Figure\.low: expected float"),
        ({"low": float("inf")}, r"Figure\.low: expected float"),
        ({"bound": "roughly"}, r"Figure\.bound: expected one of exact, more"),
        ({"unit": 3}, r"Figure\.unit: expected str"),
        ({"voice": "nobody"}, r"Figure\.voice: expected one of report, opinion"),
        ({"voice": True}, r"Figure\.voice: expected"),
    ],
)
def test_what_does_not_fit_is_named(change: dict[str, Any], told: str) -> None:
    fitting = wire.plain(
        Figure(Span(0, 1), 1.0, 1.0, None, None, "exact", None, None, None, "report")
    )
    with pytest.raises(FormatError, match=told):
        wire.build(Figure, fitting | change)


def test_missing_fields_are_named() -> None:
    with pytest.raises(FormatError, match="Voice: score, voice missing"):
        wire.build(Voice, {"span": [0, 1]})


def test_a_place_inside_is_named() -> None:
    plain = wire.plain(Statement((Span(0, 1),), "direct", (), None, (), None, 1.0))
    with pytest.raises(FormatError, match=r"Statement\.words\[0\]"):
        wire.build(Statement, plain | {"words": [[3]]})


def test_another_shape_of_object_is_refused() -> None:
    with pytest.raises(FormatError, match="Document: expected an object, got"):
        wire.build(Document, [])


@pytest.mark.parametrize(
    "text",
    ["", "{", "NaN", "[Infinity]", '{"a": 1, "a": 2}', "[" * 100_000, f'{{"n": {"9" * 5000}}}'],
    ids=["empty", "cut", "nan", "infinity", "twice", "deep", "long number"],
)
def test_only_strict_json_is_read(text: str) -> None:
    with pytest.raises(FormatError, match="not valid JSON"):
        wire.loads(text)


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_only_strict_json_is_written(number: float) -> None:
    with pytest.raises(ValueError, match="JSON"):
        wire.dumps(Voice(Span(0, 1), "report", number))


def test_arrow_columns_are_named_and_typed_by_the_fields() -> None:
    pa = pytest.importorskip("pyarrow")
    columns = {field.name: field.type for field in wire.arrow(Figure)}
    assert list(columns) == [field.name for field in dataclasses.fields(Figure)]
    assert columns["span"] == pa.list_(pa.int64(), 2)
    assert columns["low"] == pa.float64()
    assert columns["voice"] == pa.string()


def test_a_table_of_another_shape_is_refused() -> None:
    pytest.importorskip("pyarrow")
    table = wire.table(Voice, [Voice(Span(0, 1), "report", 1.0)]).drop_columns(["score"])
    with pytest.raises(FormatError, match="Voice: score missing"):
        list(wire.rows(Voice, table))


def test_json_text_is_read_by_any_other_reader() -> None:
    voice = Voice(Span(0, 1), "opinion", 0.25)
    assert json.loads(wire.dumps(voice)) == {"span": [0, 1], "voice": "opinion", "score": 0.25}
