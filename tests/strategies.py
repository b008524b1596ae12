"""Hypothesis strategies: a value of any type of `unspin.types`, and marks that fit their text."""

import types
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime, timedelta, timezone
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from unspin.types import (
    LAYERS,
    Block,
    Document,
    Marks,
    Span,
    Statement,
)

Kind = TypeVar("Kind")

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
DATETIMES = st.datetimes(timezones=st.none() | ZONES).map(
    lambda moment: moment.replace(fold=0)  # tells nothing where the offset is given
)
SPANS = st.tuples(st.integers(0, 10**9), st.integers(0, 10**9)).map(
    lambda ends: Span(min(ends), max(ends))
)
_LEAVES: dict[Any, st.SearchStrategy[Any]] = {
    Span: SPANS,
    str: WORDS,
    int: st.integers(0, 2**40),
    float: st.floats(allow_nan=False, allow_infinity=False),
    bool: st.booleans(),
    date: st.dates() | DATETIMES,  # a datetime is a date, and stands where the hour is known
    datetime: DATETIMES,
    type(None): st.none(),
}


def values(kind: type[Kind]) -> st.SearchStrategy[Kind]:
    """Any value of `kind`, its spans wherever they like."""
    return _of(kind)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """A document whose blocks lie in its text in order."""
    words = draw(st.lists(st.text(min_size=1, max_size=40), min_size=1, max_size=6))
    blocks, position = [], 0
    for word in words:
        span = Span(position, position + len(word))
        blocks.append(replace(draw(values(Block)), span=span))
        position = span.end + 2
    return replace(draw(values(Document)), text="\n\n".join(words), blocks=tuple(blocks))


@st.composite
def marks(draw: st.DrawFn) -> Marks:
    """Marks whose spans lie in the text, whose indices name statements, layers in order."""
    document = draw(documents())
    length = len(document.text)
    drawn = draw(values(Marks))
    count = len(drawn.statements)
    fitted: dict[str, Any] = {
        layer: _sorted(tuple(_fitted(mark, length, count) for mark in getattr(drawn, layer)))
        for layer in LAYERS
    }
    return replace(drawn, document=document, **fitted)


def _of(kind: Any) -> st.SearchStrategy[Any]:  # noqa: ANN401 - a type form, not a type
    origin = get_origin(kind)
    if kind in _LEAVES:
        return _LEAVES[kind]
    if origin is Literal:
        return st.sampled_from(get_args(kind))
    if origin in {Union, types.UnionType}:
        return st.one_of([_of(part) for part in get_args(kind)])
    if origin is tuple:
        return st.lists(_of(get_args(kind)[0]), max_size=3).map(tuple)
    hints = get_type_hints(kind)
    return st.builds(kind, **{name: _of(hint) for name, hint in hints.items()})


def _fitted(value: Any, length: int, count: int) -> Any:  # noqa: ANN401 - any part of a mark
    """`value` with spans inside `length` and indices below `count`."""
    if isinstance(value, Span):
        start = value.start % (length + 1)
        return Span(start, start + (value.end - value.start) % (length - start + 1))
    if isinstance(value, tuple):
        return tuple(_fitted(item, length, count) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        changed = {f.name: _fitted(getattr(value, f.name), length, count) for f in fields(value)}
        for name in ("voice", "within"):
            if isinstance(changed.get(name), int):
                changed[name] = changed[name] % count if count else _NOBODY[name]
        return replace(value, **changed)
    return value


_NOBODY = {"voice": "report", "within": None}


def _sorted(layer: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(sorted(layer, key=_place))


def _place(mark: Any) -> tuple[int, int]:  # noqa: ANN401 - a mark of any layer
    spans = mark.words if isinstance(mark, Statement) else (mark.span,)
    return (spans[0].start, spans[0].end) if spans else (0, 0)
