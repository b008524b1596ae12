"""One speaker across documents: the same names meet, namesakes stay apart."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from inline import document
from unspin.comparing import speakers
from unspin.marking import mark
from unspin.types import Marks

FIRST = date(2024, 3, 14)


def marked(*texts: str, days: Sequence[int] = ()) -> list[Marks]:
    """The marks of texts of one day and the next ones, or of the days given."""
    return [
        mark(
            replace(
                document(text, published=FIRST + timedelta(days[place] if days else place)),
                id=f"{place:016x}",
            ),
            layers=("statements",),
        )
        for place, text in enumerate(texts)
    ]


def whose(*texts: str, days: Sequence[int] = ()) -> list[str | None]:
    """The identity of the first speaker of each text."""
    cast = speakers.find(marked(*texts, days=days))
    return [cast.of(f"{place:016x}", 0, 0) for place in range(len(texts))]


def test_a_full_name_meets_itself_under_a_title_and_its_surname() -> None:
    assert (
        whose(
            "“We will stay,” said Velland's foreign minister, Ana Rell, after talks with Galdovia.",
            "“We will stay,” Foreign Minister Ana Rell of Velland said of the talks with Galdovia.",
            "“We will stay,” Rell said in Velland after the talks with Galdovia.",
        )
        == ["ana-rell"] * 3
    )


def test_a_namesake_with_another_calling_stays_apart() -> None:
    assert whose(
        "“We will stay,” said Velland's foreign minister, Ana Rell, after talks with Galdovia.",
        "“I scored twice,” said Ana Rell, the striker of Lodden United, after the match.",
    ) == ["ana-rell", "ana-rell-2"]


def test_who_is_not_named_is_nobody() -> None:
    assert whose("“We will stay,” a senior official said.") == [None]
