from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unspin.reading import moments

_DAY = date(2024, 3, 5)


@pytest.mark.parametrize(
    "text",
    [
        "2024-03-05",
        "20240305",
        "2024/03/05",
        "5 March 2024",
        "March 5, 2024",
        "Mar. 5th, 2024",
        "Tuesday, 5 March 2024",
        "Published on March 5, 2024",
        "Dienstag, 5. März 2024",
        "5 mars 2024",
        "5 de marzo de 2024",
        "5 марта 2024 г.",
        "5 березня 2024",
        "2024年3月5日",
        "2024년 3월 5일",
        "٥ مارس ٢٠٢٤",
        "5 Mart 2024",
        "2024. március 5.",
        "05.03.2024",
        "5. 3. 2024",
    ],
)
def test_a_day_is_read_in_any_of_the_main_languages(text: str) -> None:
    found = moments.parse(text)
    assert found == _DAY
    assert not isinstance(found, datetime)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-03-05T10:30:00Z", datetime(2024, 3, 5, 10, 30, tzinfo=UTC)),
        (
            "2024-03-05T10:30:00.123456789+02:00",
            datetime(2024, 3, 5, 10, 30, tzinfo=timezone(timedelta(hours=2))),
        ),
        ("2024-03-05 10:30", datetime(2024, 3, 5, 10, 30)),  # noqa: DTZ001 - no zone is given
        ("Tue, 05 Mar 2024 10:30:00 GMT", datetime(2024, 3, 5, 10, 30, tzinfo=UTC)),
        (
            "5 Mar 2024 10:30:00 -0500 (EST)",
            datetime(2024, 3, 5, 10, 30, tzinfo=timezone(timedelta(hours=-5))),
        ),
        ("5 March 2024, 14:30", datetime(2024, 3, 5, 14, 30)),  # noqa: DTZ001 - no zone is given
        (
            "Tuesday, March 5, 2024 10:30 AM EST",
            datetime(2024, 3, 5, 10, 30, tzinfo=timezone(timedelta(hours=-5))),
        ),
        ("Le 5 mars 2024 à 10h30", datetime(2024, 3, 5, 10, 30)),  # noqa: DTZ001 - no zone
    ],
)
def test_a_time_of_day_is_kept_with_its_zone(text: str, moment: datetime) -> None:
    found = moments.parse(text)
    assert found == moment
    assert isinstance(found, datetime)
    assert found.utcoffset() == moment.utcoffset()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "March 2024",
        "2024",
        "2024-03",
        "2024-W10",
        "12 2024",
        "03/04/2024",
        "31 February 2024",
        "2024-02-30",
        "yesterday",
        "2 days ago",
        "yesterday 2024",
        "Spring 12 2024",
        "10 May 1850",
        "2101-01-01",
        "5 March",
        "10:30",
        "5 March 2024 and what came of it",
        "Mon, 99 Foo 99999 99:99:99 +9999",
        "5 March 2024 " * 1000,
    ],
)
def test_what_is_not_certain_is_none(text: str) -> None:
    assert moments.parse(text) is None


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_day_is_read_back_from_its_forms(day: date) -> None:
    assert moments.parse(day.isoformat()) == day
    assert moments.parse(f"{day.day} {day:%B} {day.year}") == day
    assert moments.parse(f"{day:%d.%m.%Y}") == day


@given(st.datetimes(datetime(1900, 1, 1), datetime(2100, 12, 31), timezones=st.just(UTC)))  # noqa: DTZ001 - bounds of a strategy are naive
def test_every_moment_is_read_back_to_the_second(moment: datetime) -> None:
    assert moments.parse(moment.isoformat()) == moment.replace(microsecond=0)


@given(st.text(max_size=100))
def test_any_text_is_answered(text: str) -> None:
    found = moments.parse(text)
    assert found is None or 1900 <= found.year <= 2100
