"""Who is given how much room."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from covered import marked
from strategies import marks as any_marks
from unspin import wordcount
from unspin.comparing import sourcing, speakers
from unspin.types import Marks

TEXTS = (
    """Velland's foreign minister, Ana Rell, said the ford would open on Monday and that her
soldiers would guard it. “The ford is ours,” Rell said. Ivo Dren, the ferryman, said he would
wait. A senior official said nobody had asked the farmers.""",
    "“Nobody asked us,” said Ivo Dren, a ferryman of Lodden.",
    "It rained all day in the valley, and the barges lay idle.",
)


def test_each_speaker_has_its_words_and_all_without_a_name_are_one() -> None:
    marks = marked(*TEXTS)
    rooms = sourcing.find(marks, speakers.find(marks))
    first = [one for one in rooms if one.document == marks[0].document.id]
    assert [one.speaker for one in first] == ["ana-rell", "ivo-dren", None]
    assert [one.named for one in first] == [True, True, False]
    assert [one.statements for one in first] == [2, 1, 1]
    assert first[0].words > first[1].words > 0
    assert first[0].first < first[1].first < first[2].first < 1
    assert {one.document for one in rooms} == {one.document.id for one in marks[:2]}


def test_a_speaker_of_two_documents_has_room_in_each() -> None:
    marks = marked(*TEXTS)
    rooms = sourcing.find(marks, speakers.find(marks))
    dren = [one for one in rooms if one.speaker == "ivo-dren"]
    assert [one.document for one in dren] == [marks[0].document.id, marks[1].document.id]
    words = wordcount.of(marks[1]).words
    assert dren[1].share == dren[1].words / words == 3 / words


@given(st.lists(any_marks(), max_size=2))
@settings(max_examples=40, deadline=None)
def test_any_marks(drawn: list[Marks]) -> None:
    marks = [
        replace(one, document=replace(one.document, id=f"{at:016x}"))
        for at, one in enumerate(drawn)
    ]
    rooms = sourcing.find(marks, speakers.find(marks))
    keys = [(one.document, one.speaker) for one in rooms]
    assert len(keys) == len(set(keys))
    for room in rooms:
        assert 0 <= room.share <= 1
        assert 0 <= room.first <= 1
        assert room.statements > 0
        assert room.speaker or not (room.named or room.side)
    quoting = {one.document.id for one in marks if one.statements}
    assert {one.document for one in rooms} == quoting
