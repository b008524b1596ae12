"""The whole comparison: the same for any order, no matter how often a text comes again."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

import strategies
from covered import FIRST, marked, vectors
from unspin import wire
from unspin.comparing import compare
from unspin.model.signals import Relation
from unspin.types import Comparison, Given, Held, Marks, Place

FIRE = (
    "A ferry caught fire off Lodden on Monday. At least 12 people were killed, the coast guard "
    "said. “We will open the inquiry if the court allows it,” said Velland's transport minister, "
    "Ana Rell. The ship had left the port of Orvo an hour before."
)
NEXT_DAY = (
    "The ferry fire off Lodden has killed 17 people, the coast guard said. “We will open the "
    "inquiry,” Transport Minister Ana Rell of Velland promised in Orvo."
)
UNION = (
    "Seventeen people died when a ferry burned off Lodden, 40 of the passengers are missing, "
    "said the coast guard. “Nobody asked the crew,” said the union's leader, Ivo Dren. The "
    "transport minister, Ana Rell, spoke of an inquiry."
)
BUDGET = (
    "Galdovia's parliament passed its budget of $2.4 billion after a long night. “It is a poor "
    "year for farmers,” said the opposition's leader, Mara Tolen."
)
TEXTS = (FIRE, NEXT_DAY, UNION, BUDGET)
DAYS = (0, 1, 1, 0)


def relate(pairs: Sequence[tuple[str, str]]) -> list[Relation]:
    return [Relation(0.6, 0.1, 0.3) if a == b else Relation(0.1, 0.2, 0.7) for a, b in pairs]


def compared(marks: Sequence[Marks]) -> Comparison:
    return compare(marks, vectors=vectors, relate=relate)


MARKS = marked(*TEXTS, days=DAYS)
WHOLE = compared(MARKS)


@given(st.permutations(MARKS))
@settings(max_examples=8, deadline=None)
def test_the_order_of_the_documents_tells_nothing(marks: list[Marks]) -> None:
    assert compared(marks) == WHOLE


def test_the_same_document_twice_counts_once() -> None:
    assert compared([*MARKS, *MARKS]) == WHOLE


def test_a_document_that_came_twice_counts_as_one_of_them_in_any_order() -> None:
    for other in (
        replace(MARKS[0].document, title="Ferry on fire"),
        replace(MARKS[0].document, published=None),
        replace(MARKS[0].document, canonical="https://outlet.example/again"),
    ):
        both = [replace(MARKS[0], document=other), *MARKS]
        assert compared(both) == compared(both[::-1])


def test_a_copy_adds_no_source() -> None:
    copied = replace(
        MARKS[0],
        document=replace(
            MARKS[0].document, id="f" * 16, outlet="Reprint", published=FIRST + timedelta(days=1)
        ),
    )
    more = compared([*MARKS, copied])
    assert [copy.documents for copy in more.copies] == [(MARKS[0].document.id, "f" * 16)]
    sources = {story.documents[0]: story.sources for story in WHOLE.stories}
    assert {story.documents[0]: story.sources for story in more.stories} == sources
    assert [one.kind for one in more.conflicts] == [one.kind for one in WHOLE.conflicts]
    counts = [(gap.document, [one.sources for one in gap.missing]) for gap in WHOLE.gaps]
    assert [
        (gap.document, [one.sources for one in gap.missing])
        for gap in more.gaps
        if gap.document != "f" * 16
    ] == counts


def test_exchanging_the_sides_leaves_every_part_as_it_was() -> None:
    names = (("Velland", "Galdovia"), ("Ana Rell", "Mara Tolen"), ("Lodden", "Orvo"))
    swapped = compared(marked(*(exchanged(text, names) for text in TEXTS), days=DAYS))
    assert shape(swapped) == shape(WHOLE)


def exchanged(text: str, names: Sequence[tuple[str, str]]) -> str:
    for one, other in names:
        text = other.join(part.replace(other, one) for part in text.split(one))
    return text


def shape(comparison: Comparison) -> list[object]:
    """What was found where, whoever it is about."""
    return [
        [story.documents for story in comparison.stories],
        [[one.place.document for one in found.variants] for found in comparison.quotations],
        [(one.kind, [place.document for place in one.places]) for one in comparison.conflicts],
        [(one.document, len(one.missing), len(one.only_here)) for one in comparison.gaps],
        [(one.document, one.statements, one.words) for one in comparison.sourcing],
        [(one.document, one.report, one.opinion, one.quotation) for one in comparison.voices],
    ]


def test_every_place_has_the_words_of_its_document() -> None:
    texts = {one.document.id: one.document.text for one in MARKS}
    found = list(places(WHOLE))
    assert found
    for place in found:
        assert place.words == tuple(span.of(texts[place.document]) for span in place.spans)


def places(value: Any) -> Iterator[Place | Given | Held]:  # noqa: ANN401 - any part of a comparison
    if isinstance(value, Place | Given | Held):
        yield value
    if isinstance(value, tuple):
        for item in value:
            yield from places(item)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from places(getattr(value, field.name))


def test_a_comparison_survives_the_way_through_json() -> None:
    assert wire.build(Comparison, wire.loads(wire.dumps(WHOLE))) == WHOLE


@pytest.mark.parametrize("count", [0, 1])
def test_nothing_and_one_document_are_compared_too(count: int) -> None:
    alone = compared(MARKS[:count])
    assert len(alone.documents) == count
    assert (alone.quotations, alone.conflicts, alone.contradictions) == ((), (), ())


@given(st.lists(strategies.marks(), max_size=4), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_any_marks_compare_and_no_order_counts(marks: list[Marks], chance: random.Random) -> None:
    once = {one.document.id: one for one in marks}
    whole = compared(list(once.values()))
    shuffled = list(once.values())
    chance.shuffle(shuffled)
    assert compared(shuffled) == whole
    texts = {one.document.id: one.document.text for one in once.values()}
    for place in places(whole):
        assert place.words == tuple(span.of(texts[place.document]) for span in place.spans)


def test_no_text_is_made_a_vector_of_twice() -> None:
    asked: list[str] = []

    def counted(texts: Sequence[str]) -> NDArray[np.float32]:
        asked.extend(texts)
        return vectors(texts)

    assert compare(MARKS, vectors=counted, relate=relate) == WHOLE
    assert len(asked) == len(set(asked))


def test_the_parts_are_told_as_they_come() -> None:
    told: list[str] = []
    compare(MARKS, vectors=vectors, relate=relate, progress=told.append)
    assert told[0] == "copies"
    assert "quotations" in told
