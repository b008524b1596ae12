"""Properties that hold of time expressions in any text, and the calendar they are read with."""

import time
from datetime import date, timedelta
from itertools import pairwise

import pytest
from dateutil import easter  # type: ignore[import-untyped] # no stubs come with it
from hypothesis import given
from hypothesis import strategies as st

from inline import document
from unspin.marking import dates
from unspin.marking.times import periods
from unspin.types import TimeExpression

PIECES = st.lists(
    st.sampled_from(
        """the last next this a two 3 5 21st 2019 2017–21 1900 1990s ’80s May March Sept. Monday
        Friday week weekend year month days ago later after before since until by from to between
        and in on of early mid - – / . , early late end start quarter century first third summer
        Christmas Easter New Year’s Eve yesterday tomorrow tonight vote talks will said was “ ” 29
        February 31 June 9999 FY2024 Q3 within fiscal night eve day 40 ago, today that same
        following far so \n\n""".split(" ")
    ),
    max_size=30,
).map(" ".join)
PUBLISHED = st.none() | st.dates()
UNITS = ["day", "week", "weekend", "month", "quarter", "half", "year", "decade", "century"]


def find(text: str, published: date | None = date(2024, 3, 14)) -> tuple[TimeExpression, ...]:
    return dates.find(document(text, published=published), ())


@given(PIECES | st.text(), PUBLISHED)
def test_expressions_lie_in_order_in_any_text(text: str, published: date | None) -> None:
    found = find(text, published)
    for one in found:
        assert one.span.of(text).strip() == one.span.of(text) != ""
        assert one.resolved or (one.earliest, one.latest) == (None, None)
        assert not one.resolved or one.earliest or one.latest
        assert not (one.earliest and one.latest) or one.earliest <= one.latest
        assert one.anchor is None or (one.span.covers(one.anchor) and not one.resolved)
    assert all(one.span.end <= other.span.start for one, other in pairwise(found))


@given(PIECES, PUBLISHED)
def test_a_paragraph_is_read_as_it_is_alone(text: str, published: date | None) -> None:
    paragraph = text.replace("\n\n", " ")
    alone = find(f"{paragraph}.", published)
    moved = find(f"It rained.\n\n{paragraph}.", published)
    assert [(one.earliest, one.latest, one.span.start) for one in alone] == [
        (one.earliest, one.latest, one.span.start - len("It rained.\n\n")) for one in moved
    ]


@given(PIECES)
def test_without_a_publication_date_nothing_is_told_from_it(text: str) -> None:
    days = [(one.earliest, one.latest) for one in find(text, None) if one.resolved]
    for published in (date(1990, 1, 1), date(2030, 12, 31)):
        assert set(days) <= {(one.earliest, one.latest) for one in find(text, published)}


@pytest.mark.parametrize(
    "text",
    [
        "the " * 20_000,
        "3 and " * 5_000,
        "two days after the " * 6_000,
        "“tomorrow” " * 10_000,
        "1990–" * 5_000,
        "in the early " * 8_000,
        "Monday to " * 10_000,
        "the first week of " * 6_000,
    ],
)
def test_hostile_text_takes_linear_time(text: str) -> None:
    before = time.process_time()
    find(text)
    assert time.process_time() - before < len(text) / 5_000


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_easter(day: date) -> None:
    for orthodox, method in ((False, easter.EASTER_WESTERN), (True, easter.EASTER_ORTHODOX)):
        assert periods.easter(day.year, orthodox=orthodox) == easter.easter(day.year, method)


@given(st.dates(date(1600, 1, 1), date(2400, 1, 1)), st.sampled_from(UNITS), st.integers(-14, 14))
def test_units_follow_each_other_without_a_gap(day: date, unit: str, step: int) -> None:
    one, following = (periods.around(unit, day, number) for number in (step, step + 1))
    assert one is not None
    assert following is not None
    assert one.latest is not None
    assert following.earliest is not None
    gap = timedelta(days=6) if unit == "weekend" else timedelta(days=1)
    assert following.earliest - one.latest == gap
    here = periods.around(unit, day)
    assert unit == "weekend" or (here and here.earliest and here.earliest <= day)


@given(st.dates(date(1600, 1, 1), date(2400, 1, 1)), st.sampled_from(UNITS))
def test_the_parts_of_a_period_lie_in_it_in_order(day: date, unit: str) -> None:
    whole = periods.around(unit, day)
    assert whole is not None
    parts = [periods.part_of(whole, part) for part in ("early", "mid", "late")]
    if any(part is None for part in parts):
        assert unit in {"day", "weekend", "quarter", "half"}
        return
    ends = [end for part in parts if part for end in part[:2] if end]
    assert ends == sorted(ends)
    assert (ends[0], ends[-1]) == whole[:2]
