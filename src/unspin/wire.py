"""Values of `unspin.types` to plain values, JSON and Arrow, and back: one walk over the fields.

A span is `[start, end]`, a date ISO 8601 text, a tuple a list, a value an object with its fields in
order. In Arrow a value is a struct and a span a list of two; what is a word or a number (a voice)
is text there, since few column formats keep a union: "report", "7". For every type

    build(kind, loads(dumps(value))) == value
    list(rows(kind, table(kind, [value]))) == [value]
"""

import json
import math
import types
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from unspin.errors import FormatError, MissingError
from unspin.types import Span

if TYPE_CHECKING:
    import pyarrow as pa

Kind = TypeVar("Kind")
_ROWS = 1024  # of a table turned into plain values at a time
_LARGEST = 2**1023  # whole number that is sure to have a float
Plain = Any  # None, bool, int, float, str, list of Plain, dict of str to Plain


def plain(value: object) -> Plain:
    """`value` as JSON-ready dictionaries, lists, strings and numbers."""
    if isinstance(value, Span):
        return [value.start, value.end]
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return value


def dumps(value: object) -> str:
    """`value` as one line of strict JSON: no NaN, non-ASCII kept, keys in field order."""
    return json.dumps(plain(value), ensure_ascii=False, allow_nan=False, separators=(", ", ": "))


def loads(text: str | bytes) -> Plain:
    """Plain values from strict JSON; FormatError for anything else."""
    try:
        return json.loads(text, parse_constant=_refuse, object_pairs_hook=_distinct)
    except (ValueError, RecursionError) as error:
        msg = f"not valid JSON: {error}"
        raise FormatError(msg) from error


def build(kind: type[Kind], value: Plain, at: str = "") -> Kind:
    """A value of `kind` from plain values; FormatError names the field that does not fit."""
    form: Any = kind
    built: Kind = _builder(form)(value, at or kind.__name__)
    return built


def arrow(kind: type) -> "pa.DataType":
    """The Arrow type of a column that holds values of `kind`."""
    return _arrow(kind, _pyarrow())


def table(kind: type[Kind], values: Iterable[Kind]) -> "pa.Table":
    """One row a value, one column a field of `kind`."""
    schema = _pyarrow().schema(list(arrow(kind)))
    cells = [_cells(kind, plain(value), _as_text) for value in values]
    return _pyarrow().Table.from_pylist(cells, schema=schema)


def rows(kind: type[Kind], cells: "pa.Table") -> Iterator[Kind]:
    """The values that `table` was made of; FormatError for a table of another shape."""
    form: Any = kind
    missing = _hints(form).keys() - set(cells.column_names)
    if missing:
        msg = f"{kind.__name__}: {', '.join(sorted(missing))} missing"
        raise FormatError(msg)
    for batch in cells.to_batches(max_chunksize=_ROWS):
        for row in batch.to_pylist():
            yield build(kind, _cells(kind, row, _as_found))


def _pyarrow() -> Any:  # noqa: ANN401 - the library ships no types
    try:
        import pyarrow as pa
    except ImportError as error:
        msg = "Arrow needs pyarrow: pip install 'unspin[arrow]'"
        raise MissingError(msg) from error
    return pa


def _refuse(name: str) -> None:
    msg = f"{name} is not JSON"
    raise ValueError(msg)


def _distinct(pairs: list[tuple[str, Plain]]) -> dict[str, Plain]:
    found = dict(pairs)
    if len(found) != len(pairs):
        msg = "a key stands twice in one object"
        raise ValueError(msg)
    return found


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


@cache
def _builder(kind: Any) -> Callable[[Plain, str], Any]:  # noqa: ANN401 - a type form, not a type
    origin = get_origin(kind)
    leaves: dict[Any, Callable[[Plain, str], Any]] = {
        Span: _span,
        date: _date,
        datetime: _datetime,
    }
    if kind in leaves:
        return leaves[kind]
    if origin is Literal:
        return _literal(get_args(kind))
    if origin in {Union, types.UnionType}:
        return _union(tuple(_builder(part) for part in get_args(kind)))
    if origin is tuple:
        return _tuple(_builder(get_args(kind)[0]))
    if is_dataclass(kind):
        return _dataclass(kind)  # type: ignore[arg-type] # is_dataclass narrows to instances too
    return _scalar(kind)


def _wrong(at: str, wanted: str, value: Plain) -> FormatError:
    return FormatError(f"{at}: expected {wanted}, got {value!r:.60}")


def _span(value: Plain, at: str) -> Span:
    match value:
        case [start, end] if type(start) is type(end) is int and 0 <= start <= end:
            return Span(start, end)
    raise _wrong(at, "[start, end]", value)


def _date(value: Plain, at: str) -> date:
    if isinstance(value, str):
        try:
            return datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
        except ValueError:
            pass
    raise _wrong(at, "an ISO 8601 date", value)


def _datetime(value: Plain, at: str) -> datetime:
    built = _date(value, at)
    if isinstance(built, datetime):
        return built
    raise _wrong(at, "an ISO 8601 date and time", value)


def _literal(allowed: tuple[Any, ...]) -> Callable[[Plain, str], Any]:
    def build_literal(value: Plain, at: str) -> Plain:
        if isinstance(value, str) and value in allowed:
            return value
        raise _wrong(at, f"one of {', '.join(allowed)}", value)

    return build_literal


def _union(parts: tuple[Callable[[Plain, str], Any], ...]) -> Callable[[Plain, str], Any]:
    def build_union(value: Plain, at: str) -> Any:  # noqa: ANN401 - whichever part fits
        errors = []
        for part in parts:
            try:
                return part(value, at)
            except FormatError as error:
                errors.append(error)
        raise errors[0]

    return build_union


def _tuple(item: Callable[[Plain, str], Any]) -> Callable[[Plain, str], Any]:
    def build_tuple(value: Plain, at: str) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise _wrong(at, "a list", value)
        return tuple(item(part, f"{at}[{place}]") for place, part in enumerate(value))

    return build_tuple


def _dataclass(kind: type) -> Callable[[Plain, str], Any]:
    hints = _hints(kind)

    def build_dataclass(value: Plain, at: str) -> Any:  # noqa: ANN401 - a value of `kind`
        if not isinstance(value, dict):
            raise _wrong(at, "an object", value)
        missing = hints.keys() - value.keys()
        if missing:
            msg = f"{at}: {', '.join(sorted(missing))} missing"
            raise FormatError(msg)
        return kind(
            **{name: _builder(hint)(value[name], f"{at}.{name}") for name, hint in hints.items()}
        )

    return build_dataclass


def _scalar(kind: type) -> Callable[[Plain, str], Any]:
    def build_scalar(value: Plain, at: str) -> Any:  # noqa: ANN401 - a value of `kind`
        if kind is float and type(value) is int and abs(value) < _LARGEST:
            return float(value)
        if type(value) is kind and not (isinstance(value, float) and not math.isfinite(value)):
            return value
        raise _wrong(at, "null" if kind is type(None) else kind.__name__, value)

    return build_scalar


def _arrow(kind: Any, pa: Any) -> "pa.DataType":  # noqa: ANN401 - a type form, and pyarrow
    origin = get_origin(kind)
    if kind is Span:
        return pa.list_(pa.int64(), 2)
    if origin is tuple:
        return pa.list_(_arrow(get_args(kind)[0], pa))
    if origin in {Union, types.UnionType}:
        parts = [part for part in get_args(kind) if part is not type(None)]
        return _arrow(parts[0], pa) if len(parts) == 1 else pa.string()
    if is_dataclass(kind):
        return pa.struct([(name, _arrow(hint, pa)) for name, hint in _hints(kind).items()])  # type: ignore[arg-type] # narrows to instances too
    return {int: pa.int64(), float: pa.float64(), bool: pa.bool_()}.get(kind, pa.string())


def _cells(kind: Any, value: Plain, mixed: Callable[[Plain], Plain]) -> Plain:  # noqa: ANN401 - a type form
    """`value` with `mixed` applied to whatever is a word or a number."""
    origin = get_origin(kind)
    if value is None or kind is Span:
        return value
    if origin in {Union, types.UnionType}:
        parts = [part for part in get_args(kind) if part is not type(None)]
        return _cells(parts[0], value, mixed) if len(parts) == 1 else mixed(value)
    if origin is tuple:
        return [_cells(get_args(kind)[0], item, mixed) for item in value]
    if is_dataclass(kind):
        hints = _hints(kind)  # type: ignore[arg-type] # narrows to instances too
        return {name: _cells(hint, value[name], mixed) for name, hint in hints.items()}
    return value


def _as_text(value: Plain) -> str:
    return str(value)


def _as_found(text: str) -> Plain:
    return int(text) if text.isdecimal() else text
