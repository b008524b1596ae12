from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unspin import wordcount
from unspin.showing import shares
from unspin.types import MadeBy, Marks, Settings, Span, Speaker, Speech, Statement


def test_every_word_counts_once(marks: Marks) -> None:
    counted = shares.count(marks)
    assert counted.report + counted.opinion + counted.speech == counted.words
    assert counted.words == wordcount.words(marks.document.text)
    assert sum(source.words for source in counted.sources) == counted.speech


def test_the_innermost_statement_is_given_the_words(marks: Marks) -> None:
    official = next(s for s in shares.count(marks).sources if s.kind == "unnamed")
    assert official.words == len("Velk had told aides that".split())


def test_sources_run_from_most_to_least_and_the_unknown_come_last(marks: Marks) -> None:
    sources = shares.count(marks).sources
    known = [source.words for source in sources if source.found]
    assert known == sorted(known, reverse=True)
    assert [source.standing for source in sources] == [
        "named",
        "named",
        "named",
        "unnamed",
        "missing",
    ]


def test_joint_speakers_are_each_given_all_of_it(marks: Marks) -> None:
    pair = (Speaker((), "Ilo Renn", "person"), Speaker((), "Dara Velk", "person"))
    joint = replace(marks, statements=(replace(marks.statements[0], speakers=pair),))
    assert [source.words for source in shares.count(joint).sources] == [11, 11]


def test_words_between_quotation_marks_are_quoted_whoever_is_given_them(marks: Marks) -> None:
    counted = shares.count(marks)
    quoted = (0, 3, 4, 6)
    assert counted.quoted == sum(
        wordcount.words(span.of(marks.document.text))
        for index in quoted
        for span in marks.statements[index].words
    )
    inner = replace(marks.statements[5], words=marks.statements[0].words, within=0)
    within = replace(marks, statements=(marks.statements[0], inner))
    assert shares.count(within).quoted == 11
    assert shares.count(within).reported == 0


@pytest.mark.parametrize(
    ("speech", "quoted", "reported"), [("direct", 3, 0), ("mixed", 1, 2), ("indirect", 0, 3)]
)
def test_of_a_mixed_statement_the_pieces_in_marks_are_quoted(
    marks: Marks, speech: Speech, quoted: int, reported: int
) -> None:
    document = replace(marks.document, text="He called it ‘daring’ and late.", blocks=())
    spans = (Span(10, 12), Span(14, 20), Span(26, 30))
    told = replace(marks.statements[0], words=spans, speech=speech)
    counted = shares.count(replace(marks, document=document, statements=(told,), voices=()))
    assert (counted.quoted, counted.reported) == (quoted, reported)


def test_an_unsure_name_is_left_open_and_an_unnamed_source_is_not_named(marks: Marks) -> None:
    said = (marks.statements[0].speakers[0].words, ())
    speakers: tuple[tuple[wordcount.Standing, Speaker], ...] = (
        ("named", Speaker(said[0], "Dara Velk", "person")),
        ("named", Speaker(said[1], None, "author")),
        ("unnamed", Speaker(said[0], None, "unnamed")),
        ("open", Speaker(said[0], None, "person")),
        ("open", Speaker(said[0], None, None)),
        ("missing", Speaker(said[1], None, None)),
    )
    for standing, speaker in speakers:
        assert wordcount.standing(speaker) == standing


def test_a_statement_of_two_counts_for_the_standing_of_each(marks: Marks) -> None:
    pair = (Speaker((), "Ilo Renn", "person"), Speaker((), None, "unnamed"))
    joint = replace(marks, statements=(replace(marks.statements[0], speakers=pair),))
    assert shares.count(joint).standings == {"named": 11, "unnamed": 11}


def test_what_was_not_looked_for_is_no_part(marks: Marks) -> None:
    def names(*layers: str) -> list[str]:
        settings = Settings(tuple(layer for layer in ("statements", "voices") if layer in layers))
        bare = replace(marks, statements=(), voices=(), made_by=MadeBy("0", "rules", settings))
        return [part.label for part in shares.parts(bare, shares.count(bare))]

    assert names("statements", "voices") == [
        "report",
        "quoted",
        "reported speech",
        "opinion",
    ]
    assert names("statements") == ["outside statements", "quoted", "reported speech"]
    assert names("voices") == ["report", "opinion"]
    assert names() == []


@given(st.lists(st.one_of(st.none(), st.integers(0, 6)), max_size=6))
def test_depth_ends_whatever_lies_within_what(withins: list[int | None]) -> None:
    made = Statement((Span(0, 1),), "direct", (), None, (), None, 1.0)
    statements = tuple(replace(made, within=within) for within in withins)
    depths = wordcount.depths(statements)
    assert len(depths) == len(withins)
    for index, within in enumerate(withins):
        if within is None or within >= len(withins):
            assert depths[index] == 0
