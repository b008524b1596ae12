"""Slips: the cases of `data/cases/slips.jsonl`, the table of offices, what holds of any text."""

import json
import re
from datetime import date
from pathlib import Path
from time import process_time
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inline import document, of_case
from unspin.marking import mark, offices, slips
from unspin.types import Slip, Span

CASES = Path(__file__).parents[1] / "data" / "cases" / "slips.jsonl"
TABLE = Path(offices.__file__).parent / "words" / "offices.tsv"


def cases() -> list[Any]:
    found = []
    for number, line in enumerate(CASES.read_text(encoding="utf-8").splitlines(), 1):
        case = json.loads(line)
        marks = (
            [pytest.mark.xfail(strict=True, reason=case["why"])] if case["expect"] == "fail" else []
        )
        found.append(pytest.param(case, id=f"slips-{number}", marks=marks))
    return found


def found(text: str, published: date | None = date(2024, 3, 14)) -> tuple[Slip, ...]:
    return mark(document(text, published=published), layers=("slips",)).slips


@pytest.mark.parametrize("case", cases())
def test_slips(case: dict[str, Any]) -> None:
    article, tags = of_case(case)
    marks = mark(article, layers=("slips",))
    expected = [(tag.span, tag.attributes["is"]) for tag in tags]
    assert [(slip.span, slip.kind) for slip in marks.slips] == expected, marks.slips


def test_slips_are_looked_for_with_the_layer_alone() -> None:
    text = "Of the 48 miners, 31 were brought out, 12 walked out and 7 died."
    article = document(text)
    assert [slip.kind for slip in mark(article, layers=("slips",)).slips] == ["total"]
    assert mark(article, layers=("figures",)).slips == ()


def test_no_slips_in_a_language_the_rules_do_not_cover() -> None:
    text = "Of the 48 miners, 31 were brought out, 12 walked out and 7 died."
    assert mark(document(text, language="de"), layers=("slips",)).slips == ()


def test_a_message_gives_the_reason_in_a_sentence() -> None:
    (slip,) = found("President Michelle Bachelet of Chile sent greetings.", date(2012, 6, 14))
    assert slip.message == (
        "The table of offices has Michelle Bachelet as president of Chile from 11 March 2006 to"
        " 11 March 2010 and from 11 March 2014 to 11 March 2018; the text writes “President"
        " Michelle Bachelet” in an article of 14 June 2012."
    )


def test_an_undated_article_has_no_slips_of_time() -> None:
    text = "President Michelle Bachelet of Chile sent greetings. The dam was opened in May 2031."
    assert found(text, None) == ()
    assert [slip.kind for slip in found(text)] == ["office", "date"]


# The table of offices.


def rows() -> list[list[str]]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


def test_every_row_of_the_table_has_its_seven_columns_and_a_source() -> None:
    day = r"\d{4}(?:-\d\d(?:-\d\d)?)?"
    for row in rows():
        country, office, name, since, until, others, source = row
        assert country
        assert name == name.strip() != ""
        assert office in get_args(offices.Office)
        assert re.fullmatch(day, since), row
        assert re.fullmatch(rf"{day}(?:/(?:{day})?)?", until), row
        assert all(one.strip() == one for one in others.split("; ")), row
        assert all(
            re.fullmatch(r"Q\d+|peppercat|factbook \d{4}(?:-\d{4})?", one)
            for one in source.split("; ")
        ), row


def test_the_table_is_sorted_and_no_row_stands_twice() -> None:
    lines = rows()
    assert lines == sorted(lines)
    assert len({tuple(row) for row in lines}) == len(lines)


def test_no_term_ends_before_it_begins() -> None:
    for terms in offices.table().by_office.values():
        for term in terms:
            assert term.since.earliest <= term.until.latest, term


def test_the_table_covers_every_member_state() -> None:
    members = 193
    assert len({row[0] for row in rows()}) == members
    heads = {row[0] for row in rows() if row[1] != "foreign minister"}
    assert len(heads) == members


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Gerhard Schröder", "Gerhard Schroeder"),
        ("Shinzō Abe", "Shinzo Abe"),
        ("George W. Bush", "George Bush"),
        ("Lech WAŁĘSA", "Lech Walesa"),
    ],
)
def test_a_name_is_looked_up_without_accents_initials_and_case(one: str, other: str) -> None:
    assert offices.key(one) == offices.key(other)


def test_nobody_is_queried_within_a_term_of_the_table() -> None:
    titles = {"president": "President", "prime minister": "Prime Minister"}
    for (_, office), terms in sorted(offices.table().by_office.items()):
        if office not in titles:
            continue
        for term in terms[:3]:
            text = f"{titles[office]} {term.name} opened the fair."
            inside = max(term.since.latest, date(1990, 1, 1))
            if inside <= term.until.earliest:
                assert found(text, inside) == (), term


# What holds of any text.

WORDS = st.sampled_from(
    """Of the 48 miners, 31 and 7 percent million billion from to crowns. Hallick Hallik Teodor said
    “We will not move one single metre” “We will not move a single metre” President Michelle
    Bachelet in 2031 was signed on 17 May 2024 in all: 40 \n\n — é 𝔸""".split(" ")
)


@settings(deadline=None)
@given(st.lists(WORDS, max_size=60).map(" ".join) | st.text(max_size=200))
def test_slips_lie_in_the_text_in_order_and_say_something(text: str) -> None:
    article = document(text)
    marks = mark(article, layers=("slips",))
    whole = Span(0, len(text))
    assert list(marks.slips) == sorted(marks.slips, key=lambda slip: (slip.span, slip.kind))
    for slip in marks.slips:
        assert whole.covers(slip.span)
        assert slip.span.of(text).strip()
        assert slip.message.endswith((".", "?"))
    assert mark(article, layers=("slips",)).slips == marks.slips


@pytest.mark.parametrize(
    "repeated",
    [
        "Of the 48 miners, 31 were found and 7 died. ",
        "“We will not move one single metre,” said Teodor Hallick.\n\n",
        "“We will not move one metre,” he said, and “we will not move two metres,” she said.\n\n",
        "Hallick Hallik Hallack Hellick Hollick Hullick met Ana Rell in Stenhavn and Stenhaven. ",
        "President Michelle Bachelet opened the dam on 17 May 2031, 40 percent of 20 million. ",
        "President Michelle Bachelet of Chile opened the dam. ",
        "1, 2, 3 and 4 percent, ",
    ],
)
def test_time_grows_no_faster_than_the_text(repeated: str) -> None:
    def seconds(count: int) -> float:
        marks = mark(document(repeated * count))
        best = []
        for _ in range(3):
            started = process_time()
            slips.find(marks.document, marks.statements, marks.figures, marks.dates)
            best.append(process_time() - started)
        return min(best)

    seconds(40)
    assert seconds(400) < 16 * seconds(50) + 0.3


@pytest.mark.parametrize("published", [date.min, date.max])
def test_no_calendar_ends_too_soon(published: date) -> None:
    text = "President Ana Rell spoke on Monday. In May 9999 it sank. On 1 January 1 it rose."
    assert isinstance(found(text, published), tuple)


def test_a_number_too_long_to_count_is_none() -> None:
    assert found(f"In all 1{',000' * 200} people came: 5 by boat and 1{'0' * 400} on foot.") == ()
