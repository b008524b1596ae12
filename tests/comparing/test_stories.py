"""Stories: what is one event and what is not, whatever the order, the copies, what is known."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from covered import vectors
from inline import document
from unspin.comparing import stories
from unspin.types import Copy, MadeBy, Marks, Settings, Story

DAM = (
    (
        "The dam at Karsin burst on Monday night and flooded four villages in the Odden valley, "
        "the Velland relief office said. Rescuers took 340 people to Port Sellin by boat. "
        "Engineers had warned of cracks in the spillway since the autumn, said Mayor Ilo Renn "
        "of Odden."
    ),
    (
        "Hundreds fled the Odden valley in Velland after the Karsin dam gave way on Monday "
        "night. Boats brought 340 people to Port Sellin, the relief office said. Cracks in the "
        "spillway of the dam had been known since autumn, according to Odden's mayor, Ilo Renn."
    ),
    (
        "A burst dam has driven 340 people from their homes in four villages below Karsin. The "
        "Velland relief office sent boats from Port Sellin to the flooded Odden valley. Mayor "
        "Renn asked why nobody had repaired the cracks in the spillway."
    ),
)
VOTE = (
    (
        "Galdovia's parliament elected Mira Tolk prime minister on Thursday by 61 votes to 58. "
        "The leader of the Harbour party promised a budget within a month and an end to the "
        "teachers' strike. The opposition under Jon Aste called the coalition a marriage of "
        "fear."
    ),
    (
        "Mira Tolk of the Harbour party is Galdovia's new prime minister. Parliament gave her "
        "61 votes to 58 on Thursday. She promised a budget within a month; Jon Aste, who leads "
        "the opposition, spoke of a coalition of fear."
    ),
    (
        "With 61 votes to 58 Mira Tolk became prime minister of Galdovia. Her Harbour party and "
        "its partners in the coalition want to end the teachers' strike and pass a budget in a "
        "month."
    ),
)
OTHER = (
    "A bakery in Tarn has baked the longest loaf of the country, 41 metres of rye bread. It fed "
    "the guests of the summer fair for two days."
)


def marked(
    *texts: str, days: Sequence[int | None] | None = None, title: str | None = None
) -> list[Marks]:
    made_by = MadeBy("", "none", Settings(()))
    found = []
    for place, text in enumerate(texts):
        day = days[place] if days else None
        published = date(2024, 3, day) if day else None
        one = replace(
            document(text, published=published),
            id=f"{place:016x}",
            outlet=f"Outlet {place}",
            title=f"{title} {place}" if title else None,
        )
        found.append(Marks(one, (), (), (), (), (), (), (), made_by))
    return found


def find(marks: Sequence[Marks], *copies: Copy, known: Sequence[Story] = ()) -> tuple[Story, ...]:
    return stories.find(marks, copies, vectors, known)


def groups(found: Sequence[Story]) -> set[frozenset[int]]:
    return {frozenset(int(document, 16) for document in one.documents) for one in found}


def test_no_documents_make_no_story() -> None:
    assert find([]) == ()


def test_one_event_is_one_story_and_what_is_alone_stays_alone() -> None:
    marks = marked(*DAM, *VOTE, OTHER)
    assert groups(find(marks)) == {frozenset({0, 1, 2}), frozenset({3, 4, 5}), frozenset({6})}


def test_three_documents_of_one_event_are_one_story_though_all_share_their_words() -> None:
    assert groups(find(marked(*DAM))) == {frozenset({0, 1, 2})}


def test_what_happens_again_a_year_later_is_another_story() -> None:
    marks = marked(*DAM, *DAM)
    again = [
        replace(one, document=replace(one.document, published=date(2024 + place // 3, 3, 5)))
        for place, one in enumerate(marks)
    ]
    assert groups(find(again)) == {frozenset({0, 1, 2}), frozenset({3, 4, 5})}


def test_days_close_by_and_no_day_at_all_keep_a_story_together() -> None:
    assert groups(find(marked(*DAM, days=[4, 5, None]))) == {frozenset({0, 1, 2})}


def test_a_story_has_the_id_of_its_earliest_document_a_span_of_days_and_a_title() -> None:
    (found,) = find(marked(*DAM, days=[6, 4, None], title="Dam"))
    assert found.id == found.documents[0] == f"{1:016x}"
    assert found.documents == tuple(f"{place:016x}" for place in (1, 0, 2))
    assert (found.first, found.last) == (date(2024, 3, 4), date(2024, 3, 6))
    assert found.title in {"Dam 0", "Dam 1", "Dam 2"}
    assert found.sources == 3


def test_a_time_of_day_is_of_its_day() -> None:
    marks = marked(*DAM, days=[4, 5, 6])
    moment = datetime(2024, 3, 4, 23, 30, tzinfo=UTC)
    marks[0] = replace(marks[0], document=replace(marks[0].document, published=moment))
    (found,) = find(marks)
    assert type(found.first) is date
    assert found.first == date(2024, 3, 4)


def test_a_story_without_titles_and_days_has_none() -> None:
    (found,) = find(marked(*DAM))
    assert (found.title, found.first, found.last) == (None, None, None)


def test_copies_are_of_one_story_and_count_once() -> None:
    marks = marked(*DAM, OTHER)
    copy = Copy((f"{0:016x}", f"{3:016x}"), None, ())
    (found,) = find(marks, copy)
    assert len(found.documents) == 4
    assert found.sources == 3


def test_an_exact_copy_changes_no_count_and_no_group() -> None:
    marks = marked(*DAM, *VOTE, DAM[1])
    before = find(marks[:6])
    after = find(marks, Copy((f"{1:016x}", f"{6:016x}"), None, ()))
    assert [one.sources for one in after] == [one.sources for one in before]
    assert groups(after) == {frozenset({0, 1, 2, 6}), frozenset({3, 4, 5})}


@given(st.permutations(range(7)))
def test_the_order_of_the_documents_changes_nothing(order: list[int]) -> None:
    marks = marked(*DAM, *VOTE, OTHER, days=[4, 5, None, 4, 4, 6, 5], title="Told")
    assert find([marks[at] for at in order]) == find(marks)


@given(st.lists(st.text(max_size=60), max_size=8))
def test_every_document_is_in_one_story_whatever_its_text(texts: list[str]) -> None:
    marks = marked(*(text or " " for text in texts))
    found = [document for one in find(marks) for document in one.documents]
    assert sorted(found) == [one.document.id for one in marks]


@given(st.sets(st.integers(0, 6)))
def test_a_new_document_joins_what_it_would_join_in_a_run_over_all(late: set[int]) -> None:
    marks = marked(*DAM, *VOTE, OTHER, days=[4, 5, None, 4, 4, 6, 5], title="Told")
    early = find([one for at, one in enumerate(marks) if at not in late])
    assert find(marks, known=early) == find(marks)


def test_a_new_document_leaves_what_it_does_not_touch_unread() -> None:
    marks = marked(*DAM, *VOTE)
    early = find(marks[:5])
    read: list[str] = []

    def told(texts: Sequence[str]) -> NDArray[np.float32]:
        read.extend(texts)
        return vectors(texts)

    assert stories.find(marks, (), told, early) == find(marks)
    assert not [text for text in read if text.startswith(DAM[2][:20])]


@pytest.mark.parametrize("text", ["水坝周一晚上决堤，淹没了四个村庄。", "", "🙂🙂", "\ud800 x"])
def test_any_text_is_read(text: str) -> None:
    assert len(find(marked(text, *DAM))) == 2
