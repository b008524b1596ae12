from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from unspin.showing import shares
from unspin.types import MadeBy, Marks, Settings, Span, Speaker, Statement


def test_every_word_counts_once(marks: Marks) -> None:
    counted = shares.count(marks)
    assert counted.report + counted.opinion + counted.speech == counted.words
    assert counted.words == shares.words(marks.document.text)
    assert sum(source.words for source in counted.sources) == counted.speech


def test_the_innermost_statement_is_given_the_words(marks: Marks) -> None:
    official = next(s for s in shares.count(marks).sources if s.kind == "unnamed")
    assert official.words == len("Velk had told aides that".split())


def test_sources_run_from_most_to_least_and_the_unknown_come_last(marks: Marks) -> None:
    sources = shares.count(marks).sources
    known = [source.words for source in sources if source.found]
    assert known == sorted(known, reverse=True)
    assert [source.found for source in sources] == [True, True, True, True, False]


def test_joint_speakers_are_each_given_all_of_it(marks: Marks) -> None:
    pair = (Speaker((), "Ilo Renn", "person"), Speaker((), "Dara Velk", "person"))
    joint = replace(marks, statements=(replace(marks.statements[0], speakers=pair),))
    assert [source.words for source in shares.count(joint).sources] == [11, 11]


def test_what_was_not_looked_for_is_no_part(marks: Marks) -> None:
    def names(*layers: str) -> list[str]:
        settings = Settings(tuple(layer for layer in ("statements", "voices") if layer in layers))
        bare = replace(marks, statements=(), voices=(), made_by=MadeBy("0", "rules", settings))
        return [part.label for part in shares.parts(bare, shares.count(bare))]

    assert names("statements", "voices") == ["report", "quoted or reported speech", "opinion"]
    assert names("statements") == ["outside statements", "quoted or reported speech"]
    assert names("voices") == ["report", "opinion"]
    assert names() == []


@given(st.lists(st.one_of(st.none(), st.integers(0, 6)), max_size=6))
def test_depth_ends_whatever_lies_within_what(withins: list[int | None]) -> None:
    made = Statement((Span(0, 1),), "direct", (), None, (), None, 1.0)
    statements = tuple(replace(made, within=within) for within in withins)
    depths = shares.depths(statements)
    assert len(depths) == len(withins)
    for index, within in enumerate(withins):
        if within is None or within >= len(withins):
            assert depths[index] == 0
