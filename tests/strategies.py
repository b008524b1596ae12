"""Hypothesis strategies: a value of any type of `unspin.types`, and marks that fit their text."""

import types
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime, timedelta, timezone
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from unspin.types import (
    LAYERS,
    Block,
    Comparison,
    Document,
    Listed,
    MadeBy,
    Marks,
    Settings,
    Span,
    Statement,
)

Kind = TypeVar("Kind")
MADE_BY = MadeBy("0", "rules", Settings(LAYERS))

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


@st.composite
def comparisons(draw: st.DrawFn) -> tuple[Comparison, tuple[Marks, ...]]:
    """A comparison whose places lie in the marks beside it, whose ids name what is listed."""
    found = tuple(
        Marks(replace(drawn, id=f"{number:016x}"), (), (), (), (), (), (), (), MADE_BY)
        for number, drawn in enumerate(draw(st.lists(documents(), min_size=1, max_size=3)))
    )
    drawn = draw(values(Comparison))
    texts = {one.document.id: one.document.text for one in found}
    ids: dict[str, list[str]] = {
        "document": list(texts),
        "documents": list(texts),
        "left_out": list(texts),
        "story": [f"y{number}" for number in range(len(drawn.stories))],
        "speaker": [f"i{number}" for number in range(len(drawn.speakers))],
    }
    ids["side"] = ids["said_by"] = ids["speaker"]
    fitted: Comparison = _named(replace(drawn, documents=(), made_by=MADE_BY), draw, ids, texts)
    return replace(
        fitted,
        documents=tuple(
            Listed(d.id, d.title, d.outlet, d.published) for d in (one.document for one in found)
        ),
        stories=tuple(replace(one, id=f"y{at}") for at, one in enumerate(fitted.stories)),
        speakers=tuple(replace(one, id=f"i{at}") for at, one in enumerate(fitted.speakers)),
    ), found


def _named(value: Any, draw: st.DrawFn, ids: dict[str, list[str]], texts: dict[str, str]) -> Any:  # noqa: ANN401 - any part of a comparison
    """`value` with ids drawn from `ids` by the names of its fields, and places inside the texts."""
    if isinstance(value, tuple):
        return tuple(_named(item, draw, ids, texts) for item in value)
    if not is_dataclass(value) or isinstance(value, type | Span):
        return value
    changed = {f.name: _named(getattr(value, f.name), draw, ids, texts) for f in fields(value)}
    for name, known in ids.items():
        if name not in changed or changed[name] is None:
            continue
        if isinstance(changed[name], tuple):
            changed[name] = tuple(draw(st.lists(st.sampled_from(known), unique=True)))
        else:
            changed[name] = draw(st.sampled_from(known)) if known else None
    if "spans" in changed:
        text = texts[changed["document"]]
        changed["spans"] = tuple(_fitted(span, len(text), 0) for span in changed["spans"])
        changed["words"] = tuple(span.of(text) for span in changed["spans"])
    return replace(value, **changed)


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
    if isinstance(value, datetime):
        return value.date()  # a mark tells of days
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
