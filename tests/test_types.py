"""The vocabulary: spans, and what is true of every type."""

import dataclasses
import inspect
from typing import get_args, get_type_hints

import pytest
from hypothesis import given

from strategies import SPANS, documents, marks
from unspin import types
from unspin.types import LAYERS, Document, Marks, Span

KINDS = [kind for _, kind in inspect.getmembers(types, dataclasses.is_dataclass)]


def test_a_span_gives_its_words() -> None:
    assert Span(3, 7).of("no, never") == " nev"


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2)])
def test_a_span_never_runs_backwards_or_before_the_text(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="forwards"):
        Span(start, end)


@given(SPANS, SPANS)
def test_overlap_is_mutual_and_covering_spans_share_what_they_cover(a: Span, b: Span) -> None:
    assert a.overlaps(b) == b.overlaps(a)
    assert a.covers(a)
    if a.covers(b) and b.start < b.end:
        assert a.overlaps(b)
    if a.covers(b) and b.covers(a):
        assert a == b


def test_spans_that_only_touch_do_not_overlap() -> None:
    assert not Span(0, 3).overlaps(Span(3, 5))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_type_is_frozen_slotted_and_explained(kind: type) -> None:
    assert kind.__dataclass_params__.frozen  # type: ignore[attr-defined] # dataclasses sets it
    assert "__slots__" in vars(kind)
    assert kind.__doc__
    assert not kind.__doc__.startswith(f"{kind.__name__}(")  # the one dataclasses makes up


def test_the_layers_are_the_fields_of_marks_that_hold_marks() -> None:
    layers = [field.name for field in dataclasses.fields(Marks)]
    assert layers == ["document", *LAYERS, "made_by"]


def test_every_mark_but_a_statement_has_one_span_and_every_voiced_one_a_voice() -> None:
    hints = get_type_hints(Marks)
    for layer in LAYERS:
        names = [field.name for field in dataclasses.fields(get_args(hints[layer])[0])]
        assert names[0] == ("words" if layer == "statements" else "span")


@given(documents())
def test_blocks_drawn_for_tests_hold_the_text_but_for_the_empty_lines(document: Document) -> None:
    assert "\n\n".join(block.span.of(document.text) for block in document.blocks) == document.text


@given(marks())
def test_marks_drawn_for_tests_point_into_their_text(found: Marks) -> None:
    whole = Span(0, len(found.document.text))
    for layer in LAYERS[1:]:
        assert all(whole.covers(mark.span) for mark in getattr(found, layer))
    for statement in found.statements:
        assert all(whole.covers(span) for span in (*statement.words, *statement.cue))
