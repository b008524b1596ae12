"""Quotations: how what is given is set against labels, and a run over our own two sets."""

import hashlib
import json
import logging
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unspin import marking
from unspin.bench import corpora, passages, quoting
from unspin.bench.gold import GoldPassage, GoldQuotation, GoldText
from unspin.bench.quoting import Given
from unspin.errors import FormatError, UsageError
from unspin.types import Document, Marks, Span, Speaker, Speech, Statement

OWN = Path("tests/data/bench/quoting.jsonl")
NEWS = Path("tests/data/bench/quotations.jsonl")
TEXT = (
    "The “Blue Ferry” left late. “We waited,” said Ana Rell, “and nobody came.” "
    "Her brother called it “a farce”."
)
WAITED, CAME, FARCE, FERRY = (
    Span(TEXT.index(words), TEXT.index(words) + len(words))
    for words in ("We waited,", "and nobody came.", "a farce", "Blue Ferry")
)


def rules(document: Document) -> Marks:
    return marking.mark(document, layers=("statements",))


def place(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


GOLD = GoldPassage(
    corpus="gazette",
    half="seen",
    article=hashlib.sha256(TEXT.encode()).hexdigest(),
    text=None,
    span=Span(0, len(TEXT)),
    quotations=(
        GoldQuotation((WAITED, CAME), place("Ana Rell"), place("Ana Rell"), open=False),
        GoldQuotation((FARCE,), place("Her brother"), None, open=False),
    ),
    unspoken=(FERRY,),
    open=(),
)
ARTICLE = GoldText(GOLD.article, "Late", "Gazette", "2026-03-04", TEXT)


def statement(
    speech: Speech, *words: Span, who: tuple[str | None, ...] = (), within: int | None = None
) -> Statement:
    speakers = tuple(Speaker((), name, None) for name in who)
    return Statement(words, speech, (), None, speakers, within, 0.5)


def score(
    *statements: Statement, gold: GoldPassage = GOLD
) -> tuple[dict[str, float], dict[str, dict[str, float]]]:
    def mark(document: Document) -> Marks:
        assert document.text == TEXT
        return replace(rules(document), statements=statements)

    return quoting.score([gold, ARTICLE], mark, lambda _: None)


RIGHT = (
    statement("direct", WAITED, CAME, who=("Ana Rell",)),
    statement("mixed", place("called it"), FARCE, who=("Her brother",)),
)


def test_all_right() -> None:
    scores, by = score(*RIGHT)
    assert scores == {
        "content_exact_f1": 1.0,
        "piece_exact_f1": 1.0,
        "speaker_right": 1.0,
        "speaker_wrong": 0.0,
        "speaker_null": 0.0,
        "scare_as_speech": 0.0,
        "paragraphs": 1.0,
        "quotations": 2.0,
        "unspoken": 1.0,
    }
    assert by == {"gazette": scores, "seen": scores}


def test_nothing_given() -> None:
    scores, _ = score(statement("indirect", WAITED, who=("Ana Rell",)))
    assert (scores["content_exact_f1"], scores["speaker_null"]) == (0.0, 1.0)


def test_a_piece_short_spoils_the_quotation_but_not_its_other_piece() -> None:
    scores, _ = score(statement("direct", WAITED, who=("Rell",)), RIGHT[1])
    assert scores["content_exact_f1"] == pytest.approx(1 / 2)
    assert scores["piece_exact_f1"] == pytest.approx(2 * 2 / (2 + 3))
    assert scores["speaker_right"] == 1.0


def test_the_edges_count_where_they_are_marks() -> None:
    scores, _ = score(statement("direct", Span(WAITED.start, WAITED.end - 1), CAME), RIGHT[1])
    assert scores["content_exact_f1"] == 1.0
    scores, _ = score(statement("direct", Span(WAITED.start - 1, WAITED.end), CAME), RIGHT[1])
    assert scores["content_exact_f1"] == pytest.approx(1 / 2)


def test_a_piece_is_the_innermost_statements() -> None:
    outer = statement("mixed", place("Her brother called it"), FARCE, who=("Ana Rell",))
    scores, _ = score(RIGHT[0], outer, replace(RIGHT[1], within=1))
    assert (scores["content_exact_f1"], scores["speaker_right"]) == (1.0, 1.0)
    scores, _ = score(RIGHT[0], outer, RIGHT[1])
    assert scores["content_exact_f1"] == pytest.approx(2 * 2 / (2 + 3))
    assert scores["speaker_wrong"] == pytest.approx(1 / 2)


def test_what_is_marked_but_no_speech() -> None:
    taken = statement("mixed", place("The"), FERRY, place("left late"))
    scores, _ = score(*RIGHT, taken)
    assert scores["scare_as_speech"] == 1.0
    assert scores["content_exact_f1"] == pytest.approx(2 * 2 / (3 + 2))
    scores, _ = score(*RIGHT, statement("mixed", place("The “Blue Ferry” left late")))
    assert scores["scare_as_speech"] == 0.0


def test_where_either_reading_stands_nothing_counts() -> None:
    gold = replace(GOLD, unspoken=(), open=(FERRY,))
    for more in [(), (statement("direct", FERRY, who=("Ana Rell",)),)]:
        scores, _ = score(*RIGHT, *more, gold=gold)
        assert (scores["content_exact_f1"], scores["unspoken"]) == (1.0, 0.0)
    gold = replace(GOLD, quotations=(replace(GOLD.quotations[0], open=True), GOLD.quotations[1]))
    scores, _ = score(statement("direct", WAITED, CAME), RIGHT[1], gold=gold)
    assert scores["speaker_right"] == 1.0


def test_words_without_marks_are_judged_in_our_own_texts_only() -> None:
    bare = statement("direct", place("left late."))
    assert score(*RIGHT, bare)[0]["content_exact_f1"] == 1.0
    own = replace(GOLD, text=TEXT, half=None)
    assert score(*RIGHT, bare, gold=own)[0]["content_exact_f1"] == pytest.approx(4 / 5)


@pytest.mark.parametrize(
    ("who", "speaker", "names", "verdict"),
    [
        ("Ana Rell", "Ana Rell", ["Rell"], "right"),
        ("Ana Rell", "Ana Rell", ["Dr Ana Rell"], "right"),
        ("Ana Rell", "Ana Rell", ["ANA RELL’S"], "right"),
        ("Ana Rell", "Ana Rell", ["Bo Rell"], "wrong"),
        ("Ana Rell", "Ana Rell", ["Rell", "Bo Marsh"], "wrong"),
        ("Ana Rell", "Ana Rell", [], "null"),
        (None, "Her brother", [], "right"),
        (None, "Her brother", ["brother"], "right"),
        (None, "Her brother", ["Ana Rell"], "wrong"),
        (None, None, ["Ana Rell"], "wrong"),
    ],
)
def test_verdicts(who: str | None, speaker: str | None, names: list[str], verdict: str) -> None:
    gold = GoldQuotation(
        (WAITED,), place(speaker) if speaker else None, place(who) if who else None, open=False
    )
    assert quoting.verdict(gold, TEXT, [Given((WAITED,), tuple(names))]) == verdict


def test_a_quotation_in_another_is_its_own() -> None:
    inner = GoldQuotation((place("nobody came"),), place("Her brother"), None, open=False)
    both = [Given((WAITED, CAME), ("Ana Rell",)), Given((place("nobody came"),), ())]
    assert quoting.verdict(inner, TEXT, both) == "right"
    assert quoting.verdict(inner, TEXT, both[:1]) == "wrong"
    assert quoting.verdict(GOLD.quotations[0], TEXT, both) == "right"


def test_of_two_that_fit_alike_both_have_a_say() -> None:
    twice = [Given((WAITED, CAME), who) for who in [("Ana Rell",), ("Bo Marsh",)]]
    assert quoting.verdict(GOLD.quotations[0], TEXT, twice) == "wrong"


@given(st.text(max_size=12), st.text(max_size=12))
def test_names_are_the_same_both_ways(name: str, other: str) -> None:
    assert quoting.same(name, other) == quoting.same(other, name)
    assert quoting.same(name, name) == any(map(str.isalnum, name))


def test_paragraphs_without_their_article(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(UsageError, match="Give the articles"):
        quoting.score([GOLD], rules, lambda _: None)
    lost = replace(GOLD, article="0" * 64)
    with caplog.at_level(logging.WARNING):
        scores, _ = quoting.score([GOLD, lost, ARTICLE], rules, lambda _: None)
    assert scores["paragraphs"] == 1.0
    assert "1 of 2 paragraphs" in caplog.text


ROW: dict[str, Any] = {
    "half": "held",
    "data": "gazette",
    "sha256": "0" * 64,
    "paragraph": [5, 30],
    "quotations": [
        {"words": [[6, 9], [12, 14]], "speaker": None, "who": [0, 4]},
        {"words": [[20, 22]], "speaker": [15, 19], "who": None, "speaker_open": True},
    ],
    "marked": [{"span": [23, 25], "kind": "title"}, {"span": [26, 28], "kind": "open"}],
}


def read(folder: Path, row: dict[str, Any]) -> list[GoldPassage | GoldText]:
    path = folder / "any.jsonl"
    path.write_text(json.dumps(row), "utf-8")
    return list(corpora.read([path], passages.QUOTING))


def test_a_row_of_places(tmp_path: Path) -> None:
    assert read(tmp_path, ROW) == [
        GoldPassage(
            "gazette",
            "held",
            "0" * 64,
            None,
            Span(5, 30),
            (
                GoldQuotation((Span(6, 9), Span(12, 14)), None, Span(0, 4), open=False),
                GoldQuotation((Span(20, 22),), Span(15, 19), None, open=True),
            ),
            (Span(23, 25),),
            (Span(26, 28),),
        )
    ]


def test_a_row_of_words(tmp_path: Path) -> None:
    text = "“Ja,” said Ana Rell."
    quotation = {"words": [[1, 4]], "speaker": "Rell", "who": "Ana Rell"}
    row = {"id": "1", "text": text, "quotations": [quotation], "scare": []}
    (gold,) = read(tmp_path, row)
    assert isinstance(gold, GoldPassage)
    assert gold.half in {"seen", "held"}
    assert gold.quotations == (
        GoldQuotation((Span(1, 4),), Span(15, 19), Span(11, 19), open=False),
    )
    row["quotations"] = [quotation | {"who": "Bo Rell"}]
    with pytest.raises(FormatError, match="who: expected words of the text"):
        read(tmp_path, row)


@pytest.mark.parametrize("change", [{"paragraph": [4]}, {"quotations": [{"words": [[9, 6]]}]}])
def test_a_row_that_does_not_fit(tmp_path: Path, change: dict[str, Any]) -> None:
    with pytest.raises(FormatError, match=r"expected \[start, end\]"):
        read(tmp_path, ROW | change)


def test_our_own_sets_are_what_was_frozen() -> None:
    notes = (OWN.parent / "README.md").read_text("utf-8")
    for path in (OWN, NEWS):
        assert hashlib.sha256(path.read_bytes()).hexdigest() in notes
    own = list(corpora.read([OWN], passages.QUOTING))
    news = list(corpora.read([NEWS], passages.QUOTING))
    assert (len(own), len(news)) == (150, 200)
    assert {one.half for one in news if isinstance(one, GoldPassage)} == {"seen", "held"}


def test_every_label_of_the_news_stands_between_marks_of_its_paragraph() -> None:
    folders = [Path("../shared/data") / name for name in ("polnear", "allsides-ukraine")]
    if not all(folder.is_dir() for folder in folders):
        pytest.skip("no data sets in ../shared/data")
    texts = {
        one.digest: one.text
        for one in corpora.read(corpora.fitting(folders, passages.QUOTING), passages.QUOTING)
        if isinstance(one, GoldText)
    }
    for one in corpora.read([NEWS], passages.QUOTING):
        assert isinstance(one, GoldPassage)
        text = texts[one.article]
        assert "\n" not in one.span.of(text).strip("\n")
        for span in [
            *one.unspoken,
            *one.open,
            *(words for quotation in one.quotations for words in quotation.words),
        ]:
            assert one.span.covers(span)
            assert span.of(text) == span.of(text).strip() != ""
            before, after = text[: span.start].rstrip()[-1:], text[span.end :].lstrip()[:1]
            marks = "\"'“”‘’:"
            assert before in marks or after in marks
