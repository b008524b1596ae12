"""What one speaker said on one topic, in time."""

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from covered import FIRST, marked, vectors
from strategies import marks as any_marks
from unspin.comparing import positions, speakers
from unspin.model.signals import Relate, Relation
from unspin.types import Marks, Position

BEFORE = "“We will not open a single sluice of the dam before summer,” said Ana Rell."
AFTER = "“We will open the first sluice of the dam on Friday,” said Ana Rell."
OTHER = "“The harvest on the lower bank was poor again,” said Ana Rell."


def unread(pairs: Sequence[tuple[str, str]]) -> list[Relation]:
    return [Relation(0.1, 0.1, 0.8) for _ in pairs]


def opposed(pairs: Sequence[tuple[str, str]]) -> list[Relation]:
    return [Relation(0.0, 0.8, 0.2) for _ in pairs]


def found(marks: list[Marks], relate: Relate = unread) -> tuple[Position, ...]:
    return positions.find(marks, speakers.find(marks), vectors, relate)


def test_what_was_not_to_be_and_then_is_to_be_is_a_reversal() -> None:
    (position,) = found(marked(BEFORE, AFTER, OTHER, days=(0, 5, 9)))
    assert position.speaker == "ana-rell"
    assert position.topic == "open sluice dam"
    assert [held.day for held in position.places] == [FIRST, date(2024, 3, 19)]
    (shift,) = position.shifts
    assert (shift.before, shift.after, shift.kind) == (0, 1, "reversal")
    assert shift.score > 0.7


def test_the_order_of_days_is_that_of_what_was_said() -> None:
    late = f"On March 10, {BEFORE[0].lower()}{BEFORE[1:]}".replace(
        "said Ana Rell", "Ana Rell said on March 2"
    )
    (position,) = found(marked(AFTER, late, days=(0, 1)))
    assert [held.day for held in position.places] == [date(2024, 3, 2), FIRST]
    assert [(shift.before, shift.after) for shift in position.shifts] == [(0, 1)]


def test_what_is_said_again_is_folded_and_makes_no_position() -> None:
    again = BEFORE.replace("said", "repeated")
    assert found(marked(BEFORE, again, again, days=(0, 2, 4))) == ()
    (position,) = found(marked(BEFORE, again, AFTER, days=(0, 2, 4)))
    first, second = position.places
    assert [place.document for place in first.repeats] == [f"{1:016x}"]
    assert second.repeats == ()


def test_the_opposite_is_not_said_again() -> None:
    before = "“We support the ban on fishing in the outer bay of Sellin,” said Ana Rell."
    after = "“We now oppose the ban on fishing in the outer bay of Sellin,” said Ana Rell."
    assert found(marked(before, before, days=(0, 9))) == ()
    (position,) = found(marked(before, after, days=(0, 9)))
    assert len(position.places) == 2


def test_two_things_of_one_day_are_no_line_in_time() -> None:
    assert found(marked(BEFORE, AFTER)) == ()


def test_another_number_for_the_same_is_a_shift() -> None:
    texts = (
        "“Velland will take in 500 families from the valley,” said Ana Rell.",
        "“Velland will take in 200 families from the valley,” said Ana Rell.",
    )
    (position,) = found(marked(*texts, days=(0, 6)), opposed)
    assert [shift.kind for shift in position.shifts] == ["shift"]


@pytest.mark.parametrize(("relate", "count"), [(unread, 0), (opposed, 1)])
def test_a_not_alone_is_not_enough(relate: Relate, count: int) -> None:
    texts = (
        "“No prisoner on the list is coming home to us,” said Ana Rell.",
        "“Every prisoner on the list is coming home to us,” said Ana Rell.",
    )
    (position,) = found(marked(*texts, days=(0, 6)), relate)
    assert len(position.shifts) == count


def test_a_position_is_one_speaker_s() -> None:
    theirs = AFTER.replace("Ana Rell", "Ivo Dren")
    assert found(marked(BEFORE, theirs, days=(0, 5))) == ()


def test_a_promise_and_a_denial_are_marked() -> None:
    promised = "Ana Rell promised that the sluices of the dam would open in May."
    denied = "Ana Rell denied that the sluices of the dam would ever open to others."
    (position,) = found(marked(promised, denied, days=(0, 5)))
    assert [held.cue_kind for held in position.places] == ["promising", "denying"]


def test_denying_what_was_promised_is_a_reversal_where_the_two_say_the_same() -> None:
    def same(pairs: Sequence[tuple[str, str]]) -> list[Relation]:
        return [Relation(0.9, 0.0, 0.1) for _ in pairs]

    promised = "Ana Rell promised that the sluices of the dam would open in May."
    denied = "Ana Rell denied that the sluices of the dam would open in May."
    (position,) = found(marked(promised, denied, days=(0, 5)), same)
    assert [shift.kind for shift in position.shifts] == ["reversal"]
    assert found(marked(denied, denied, days=(0, 5)), same) == ()


INSISTS = "“There will be no paper with customs officers,” said Ana Rell."


@pytest.mark.parametrize(
    ("after", "count"),
    [
        ("“The customs officers were never the heart of the matter,” said Ana Rell.", 1),
        ("“The customs officers are a minor point of the paper,” said Ana Rell.", 1),
        ("“The customs officers are the heart of the matter,” said Ana Rell.", 0),
        ("“The officers at the gate were never the heart of the matter,” said Ana Rell.", 0),
        ("“No gate is the heart of what the customs officers want,” said Ana Rell.", 0),
    ],
)
def test_what_was_insisted_on_and_is_made_light_of_is_a_shift(after: str, count: int) -> None:
    shifts = [shift for one in found(marked(INSISTS, after, days=(0, 9))) for shift in one.shifts]
    assert [shift.kind for shift in shifts] == ["shift"] * count


@pytest.mark.parametrize(
    ("turn", "early", "count"),
    [
        ("Had she changed her mind, somebody asked.", "January 5", 1),
        ("It was an about-face.", "January 5", 1),
        ("In an abrupt reversal she now asks for crowns.", "January 5", 1),
        ("She has softened her public stance.", "January 5", 1),
        ("The rain had softened the road, and a court reversed the ruling.", "January 5", 0),
        ("The hall was full.", "January 5", 0),
        ("Had she changed her mind, somebody asked.", "March 12", 0),
        ("The hall was full. " * 12 + "Had she changed her mind?", "January 5", 0),
    ],
)
def test_where_an_article_says_that_a_speaker_turned_what_it_quotes_of_two_days_parts(
    turn: str, early: str, count: int
) -> None:
    article = (
        f"“We will never count our dead in crowns,” Ana Rell said on {early}. On March 13 Ana Rell"
        f" said: “The fund is a debt of honour to the valley.” {turn}"
    )
    shifts = [shift for one in found(marked(article)) for shift in one.shifts]
    assert [shift.kind for shift in shifts] == ["shift"] * count


@pytest.mark.parametrize(
    "asked",
    [
        "“Will we open the first sluice of the dam?” asked Ana Rell.",
        "“They asked me, ‘Will we open the first sluice of the dam?’” said Ana Rell.",
    ],
)
def test_a_question_is_no_position(asked: str) -> None:
    assert found(marked(BEFORE, asked, days=(0, 5))) == ()


def test_a_quotation_that_its_cue_interrupts_is_one_sentence() -> None:
    broken = "“We will open the first sluice,” said Ana Rell, “of the dam on Friday.”"
    (position,) = found(marked(BEFORE, broken, days=(0, 5)))
    assert position.places[1].words == ("We will open the first sluice,", "of the dam on Friday.")


@given(st.lists(any_marks(), max_size=2))
@settings(max_examples=40, deadline=None)
def test_any_marks(drawn: list[Marks]) -> None:
    marks = [
        replace(one, document=replace(one.document, id=f"{at:016x}"))
        for at, one in enumerate(drawn)
    ]
    for position in found(marks, opposed):
        days = {held.day for held in position.places} - {None}
        assert len(days) > 1 or position.shifts
        for shift in position.shifts:
            assert shift.before < shift.after < len(position.places)
            assert 0 <= shift.score <= 1


def test_a_long_paragraph_costs_no_more() -> None:
    text = " ".join(f"“We will open sluice {n},” Ana Rell said on Monday." for n in range(1500))
    marks = marked(text)
    cast = speakers.find(marks)
    before = time.process_time()
    assert positions.find(marks, cast, vectors, unread) == ()
    assert time.process_time() - before < 8
