"""Claims: the cases of `data/cases/claims.jsonl`, and what holds for any text."""

from itertools import pairwise
from typing import Any, get_args

import pytest
from hypothesis import given, settings

from inline import document, of_case
from marking.seeing import signals
from marking.test_cases import cases
from marking.test_techniques import seen_in
from unspin.marking import mark
from unspin.marking.claims import WORTH
from unspin.marking.voices import stretches
from unspin.model.signals import Sentence, Signals
from unspin.types import ClaimKind, Span


@pytest.mark.parametrize("case", cases("claims"))
def test_claims(case: dict[str, Any]) -> None:
    made, tags = of_case(case)
    seen = signals(case, made.text, tags)
    marks = mark(made, see=lambda _: seen, bundle="test")
    found = [(one.span.of(made.text), one.kind, str(one.voice)) for one in marks.claims]
    assert found == [
        (tag.span.of(made.text), tag.attributes["kind"], tag.attributes["voice"])
        for tag in tags
        if tag.name == "c"
    ]


@given(seen_in())
@settings(max_examples=300, deadline=None)
def test_claims_lie_apart_each_in_one_voice(found: tuple[str, Signals]) -> None:
    text, seen = found
    marks = mark(document(text), see=lambda _: seen, bundle="test")
    assert all(left.span.end <= right.span.start for left, right in pairwise(marks.claims))
    parts = stretches(text, marks.voices)
    for one in marks.claims:
        assert one.span.start < one.span.end <= len(text)
        (part,) = [it for it in parts if it.span.overlaps(one.span)]
        assert part.voice == one.voice
        assert WORTH <= one.score <= 1


def test_there_are_cases_of_every_kind() -> None:
    kinds = {
        tag.attributes["kind"]
        for param in cases("claims")
        for tag in of_case(param.values[0])[1]
        if tag.name == "c"
    }
    assert kinds == set(get_args(ClaimKind))


def test_claims_are_ranked_by_how_worth_checking_their_sentence_is() -> None:
    text = "The dam failed in May. The port closed in May."
    sentences = (
        Sentence(Span(0, 22), 0.0, 0.0, 0.6, 0.0),
        Sentence(Span(23, len(text)), 0.0, 0.0, 0.9, 0.0),
    )
    marks = mark(document(text), see=lambda _: Signals((), (), (), sentences))
    ranked = sorted(marks.claims, key=lambda one: -one.score)
    assert [one.span.of(text) for one in ranked] == [
        "The port closed in May.",
        "The dam failed in May.",
    ]


def test_without_an_encoder_nothing_is_worth_checking() -> None:
    assert mark(document("The ministry hired 40 engineers.")).claims == ()
