"""Attribution: what counts as the same, the pairing of statements, and a whole run."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from unspin import marking
from unspin.bench import attribution
from unspin.bench.gold import GoldArticle, GoldStatement
from unspin.bench.scores import Tally
from unspin.model.signals import Attribution, Signals
from unspin.types import Document, Marks, Span, Speaker, Statement

TEXT = (
    "“The bridge is safe,” the mayor said. “It will open,” she added.\n\n"
    "Engineers warned that “serious” doubts remain.\n\nCritics hope for a ferry."
)


def at(*words: str) -> tuple[Span, ...]:
    """The spans of words in the text."""
    return tuple(Span(TEXT.index(one), TEXT.index(one) + len(one)) for one in words)


SAID = GoldStatement(at("the mayor"), at("said"), at("“The bridge is safe,”"))
ADDED = GoldStatement(at("she"), at("added"), at("“It will open,”"))
WARNED = GoldStatement(
    at("Engineers"), at("warned"), at("that “serious” doubts remain")
)  # fmt: skip
HOPED = GoldStatement((), at("hope"), at("for a ferry"))
ARTICLE = GoldArticle("1", "gazette", "Bridge", "2026-03-04", TEXT, (SAID, ADDED, WARNED, HOPED))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (["“The bridge is safe,”"], ["The bridge is safe"]),
        (["that “", "serious” doubts remain."], ["that “serious” doubts remain"]),
        (["The bridge is safe,", "the mayor"], ["The bridge is safe,” the mayor"]),
        (["the mayor", "said"], ["the mayor said"]),
        (["she added", "the mayor said"], ["the mayor said", "she added"]),
        (["”", " "], []),
    ],
)
def test_what_does_not_count(given: list[str], expected: list[str]) -> None:
    found = attribution.normal(TEXT, at(*given))
    assert [span.of(TEXT) for span in found] == expected
    assert attribution.normal(TEXT, found) == found


def normal(statement: GoldStatement) -> GoldStatement:
    return GoldStatement(
        *(
            attribution.normal(TEXT, spans)
            for spans in (statement.source, statement.cue, statement.content)
        )
    )


WANTED = [normal(one) for one in (SAID, ADDED, WARNED, HOPED)]


def test_tallies_by_hand() -> None:
    given = [
        WANTED[0],
        GoldStatement(at("the mayor"), at("added"), at("It will open")),  # another source
        GoldStatement(at("Engineers"), at("warned"), at("serious")),  # part of the content
        GoldStatement((), (), at("Critics hope")),
    ]
    found = attribution.tallies(TEXT, WANTED, given)
    assert found["content_exact"] == Tally(2, 4, 2, 4)
    assert found["cue_exact"] == Tally(3, 3, 3, 4)
    assert found["source_exact"] == Tally(2, 3, 2, 3)  # the mayor, Engineers
    assert found["source_piece"] == Tally(2, 2, 2, 3)  # the mayor counts once
    assert found["whole_exact"] == Tally(1, 4, 1, 4)
    assert found["whole_overlap"] == Tally(2, 4, 2, 4)
    # words: wanted 4 + 3 + 4 + 3, given 4 + 3 + 1 + 2, of which 8 are right
    assert found["content_token"] == Tally(8, 10, 8, 14)


def test_pieces_make_one_set_a_statement() -> None:
    pieces = at("The bridge", "is safe")
    wanted = [GoldStatement((), at("said"), pieces), GoldStatement((), at("said"), pieces[:1])]
    found = attribution.tallies(TEXT, wanted, [GoldStatement((), at("said"), pieces)])
    assert found["content_exact"] == Tally(1, 1, 1, 2)
    assert found["content_piece"] == Tally(2, 2, 2, 2)
    assert found["cue_exact"] == Tally(1, 1, 1, 2)
    assert found["source_exact"] == Tally()


def test_statements_pair_off_once_and_by_what_they_share() -> None:
    short = GoldStatement((), at("said"), at("The bridge"))
    long = GoldStatement((), at("said"), at("The bridge is safe"))
    assert attribution.paired([short, long], [long]) == [(1, 0)]
    assert attribution.paired([long, long], [short, long]) == [(0, 1), (1, 0)]
    assert attribution.paired([long], [GoldStatement(at("she"), at("said"), at("is"))]) == []


def test_how_a_statement_is_quoted() -> None:
    kinds = [attribution.quoted(TEXT, one) for one in WANTED]
    assert kinds == ["direct", "direct", "mixed", "indirect"]


def test_joint_speakers_are_one_source() -> None:
    text = "Rell and Varr said no; Orlan agreed."
    spans = [Span(text.index(name), text.index(name) + len(name)) for name in ("Rell", "Varr")]
    speakers = tuple(Speaker((span,), None, None) for span in spans)
    statement = Statement((Span(19, 21),), "indirect", (Span(14, 18),), None, speakers, None, 0.9)
    source = attribution.of_mark(text, statement).statement.source
    assert [span.of(text) for span in source] == ["Rell and Varr"]
    apart = replace(statement, speakers=(speakers[0], Speaker((Span(23, 28),), None, None)))
    source = attribution.of_mark(text, apart).statement.source
    assert [span.of(text) for span in source] == ["Rell", "Orlan"]


def seen(*attributions: Attribution) -> Signals:
    return Signals(attributions, (), (), ())


def test_a_run_scores_the_marks_and_the_encoder() -> None:
    def see(batch: Sequence[str], sentences: object) -> list[Signals]:
        assert sentences is None
        statements = ((SAID, 1.0), (ADDED, 1.0), (WARNED, 0.5))
        parts = [
            Attribution(one.source, one.cue, one.content, "neutral", sure)
            for one, sure in statements
        ]
        return [seen(*parts, Attribution((), (), at(" "), None, 0.5)) for _ in batch]

    def mark(document: Document) -> Marks:
        assert (document.text, document.outlet) == (TEXT, "gazette")
        return marking.mark(document, layers=("statements",))

    told: list[int] = []
    scores, by = attribution.score([ARTICLE, ARTICLE], see, mark, told.append)
    assert told[-1] == 2
    assert scores["encoder_content_exact_f1"] == pytest.approx(2 * 0.75 / 1.75)
    assert scores["encoder_source_exact_f1"] == 1.0
    assert scores["encoder_whole_overlap_precision"] == 1.0
    assert scores["encoder_ece"] == pytest.approx(0.5 / 3)
    assert {"content_exact_f1", "content_token_f1", "cue_exact_f1", "source_exact_f1"} <= set(
        scores
    )
    assert scores["whole_exact_f1"] > 0.5
    assert set(by) == {"gazette", "direct", "indirect", "mixed"}
    assert by["direct"]["whole_exact_recall"] == 1.0
    assert by["indirect"]["encoder_whole_exact_recall"] == 0.0
    assert by["gazette"] == scores
