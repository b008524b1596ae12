"""Names swapped: who is known, what changes with them, and how a run is scored."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unspin import marking
from unspin.bench import names
from unspin.bench.gold import GoldArticle, GoldStatement
from unspin.bench.names import Gender, Name
from unspin.types import Document, Marks, Span, Speaker, Statement

TEXT = (
    "Mayor Anna R. Harding met Paul Stenham Jr. on Monday. “It is his bridge,” Ms. Harding said. "
    "Anna’s husband, Bob Harding, gave her his word. Stenham told her so himself, she said."
)
NEW = (
    Name("Nour el-Hadidi", "el-Hadidi", "Nour"),
    Name("Kim Min-jae", "Kim", "Min-jae"),
    Name("Suhartini", "Suhartini", "Suhartini"),
)


def article(text: str, *statements: GoldStatement) -> GoldArticle:
    return GoldArticle("1", "gazette", "Bridge", "2026-03-04", text, statements)


def place(text: str, words: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def said(text: str, source: str, cue: str, content: str) -> GoldStatement:
    return GoldStatement((place(text, source),), (place(text, cue),), (place(text, content),))


def test_who_is_known_and_by_which_form() -> None:
    assert [(one.span.of(TEXT), one.person, one.form) for one in names.mentions(TEXT)] == [
        ("Anna R. Harding", 0, "full"),
        ("Paul Stenham Jr.", 1, "full"),
        ("Harding", 0, "short"),
        ("Anna", 0, "given"),
        ("Bob Harding", 2, "full"),
        ("Stenham", 1, "short"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The White House and Park Street are in Paul Park.",
        "Harding said so.",
        "@AnnaHarding and anna harding wrote.",
        "",
    ],
)
def test_who_is_not_known(text: str) -> None:
    assert names.mentions(text) == ()


def test_a_middle_name_is_no_surname() -> None:
    (first, second) = names.mentions("Hillary Clinton, or Hillary Rodham Clinton, spoke.")
    assert (first.person, second.person, second.form) == (0, 0, "full")


def test_everything_about_a_name_changes_and_nothing_else() -> None:
    assert names.renamed(article(TEXT), NEW, "male").article.text == (
        "Mayor Nour el-Hadidi met Kim Min-jae on Monday. “It is his bridge,” Mr. el-Hadidi said. "
        "Nour’s husband, Suhartini, gave him his word. Kim told him so himself, he said."
    )
    assert names.renamed(article(TEXT), NEW, "female").article.text == (
        "Mayor Nour el-Hadidi met Kim Min-jae on Monday. “It is her bridge,” Ms. el-Hadidi said. "
        "Nour’s husband, Suhartini, gave her her word. Kim told her so herself, she said."
    )


@pytest.mark.parametrize(
    ("text", "male"),
    [
        ("Anna Harding took her hat. Her hat, not hers.", "his hat. His hat, not his."),
        ("Anna Harding said they saw her and left with her.", "saw him and left with him."),
        ("Spokeswoman Anna Harding hurt herself.", "hurt himself."),
    ],
)
def test_pronouns(text: str, male: str) -> None:
    assert names.renamed(article(text), NEW, "male").article.text.endswith(male)


def test_a_particle_has_a_capital_where_a_sentence_begins() -> None:
    text = (
        "Anna Harding left. Harding wept. “Harding is late,” said Mr. Harding of the U.S. Harding."
    )
    assert names.renamed(article(text), NEW, "female").article.text == (
        "Nour el-Hadidi left. El-Hadidi wept. “El-Hadidi is late,” said Ms. el-Hadidi of the U.S. "
        "el-Hadidi."
    )


def test_people_for_whom_no_name_is_left_keep_theirs() -> None:
    assert "Bob Harding" in names.renamed(article(TEXT), NEW[:2], "male").article.text


def test_the_labels_move_with_the_words() -> None:
    gold = article(
        TEXT,
        said(TEXT, "Ms. Harding", "said", "“It is his bridge,”"),
        said(TEXT, "Stenham", "told her so", "met Paul"),
        said(TEXT, "Anna R. Harding met Paul Stenham Jr.", "met", "husband"),
    )
    version = names.renamed(gold, NEW, "male")
    text = version.article.text
    assert [
        [span.of(text) for span in (*one.source, *one.cue, *one.content)]
        for one in version.article.statements
    ] == [
        ["Mr. el-Hadidi", "said", "“It is his bridge,”"],
        ["Kim Min-jae", "told him so", "met Kim Min-jae"],
        ["Nour el-Hadidi met Kim Min-jae", "met", "husband"],
    ]
    assert version.who == ("Nour el-Hadidi", "Kim Min-jae", None)


def test_unchanged() -> None:
    gold = article(TEXT, said(TEXT, "Ms. Harding", "said", "“It is his bridge,”"))
    version = names.unchanged(gold)
    assert version.article == gold
    assert version.who == ("Anna R. Harding",)


_PIECES = ["Anna Harding", "Harding", "Bob Harding", "Paul Stenham", "she", "Mr. ", "Her", "x", "é"]


@given(
    st.lists(st.sampled_from([*_PIECES, " ", "\n", ". "]), max_size=12).map("".join),
    st.sampled_from(["female", "male"]),
    st.data(),
)
def test_a_span_keeps_its_words_but_for_the_names(
    text: str, gender: Gender, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    span = Span(start, data.draw(st.integers(start, len(text))))
    gold = article(text, GoldStatement((), (), (span,)))
    assert names.unchanged(gold).article == gold
    version = names.renamed(gold, NEW, gender).article
    (moved,) = version.statements[0].content
    assert moved.end <= len(version.text)
    if span == Span(0, len(text)):
        assert moved == Span(0, len(version.text))
    back = {"Anna Harding": "A", "Paul Stenham": "B"}
    if not any(one.span.overlaps(span) for one in names.mentions(text)):
        kept = [word for word in span.of(text).split() if word in {"x", "é", *back}]
        assert kept == [word for word in moved.of(version.text).split() if word in {"x", "é"}]


def test_the_pool_is_of_twelve_origins_and_both_genders() -> None:
    pool = names.pool()
    assert len({origin for origin, _ in pool}) == 12
    assert len(pool) == 24
    assert {len(some) for some in pool.values()} == {20}
    everybody = [one for some in pool.values() for one in some]
    assert len({one.full for one in everybody}) == len(everybody)
    for one in everybody:
        assert one.short in one.full
        assert one.given in one.full


ROW = "Anna Harding said it was safe. Harding hoped it would last."
GOLD = article(
    ROW,
    said(ROW, "Anna Harding", "said", "it was safe"),
    GoldStatement((Span(31, 38),), (Span(39, 44),), (Span(45, 58),)),
)


def plain(document: Document) -> Marks:
    """Whoever said or hoped something, by the words in front."""
    text = document.text
    said = [
        Statement(
            words=(Span(*one.span("content")),),
            speech="indirect",
            cue=(Span(*one.span("cue")),),
            cue_kind=None,
            speakers=(Speaker((Span(*one.span("source")),), one["source"], "person"),),
            within=None,
            score=0.5,
        )
        for one in re.finditer(r"(?P<source>[^.]+) (?P<cue>said|hoped) (?P<content>[^.]+)", text)
    ]
    marks = marking.mark(document, layers=("statements",))
    return replace(marks, statements=tuple(said))


def test_a_run() -> None:
    told: list[int] = []
    nobody = article("The mayor said it was safe.", GOLD.statements[0])
    scores, by = names.score([nobody, GOLD], plain, told.append)
    assert told == list(range(1, 26))
    assert scores["articles"] == scores["people"] == 1.0
    assert scores["f1"] == scores["f1_original"] == by["original"]["f1"] == 1.0
    assert (scores["who_right"], scores["who_wrong"]) == (1.0, 0.0)
    assert scores["f1_spread_gender"] == scores["f1_spread_origin"] == 0.0
    assert set(by) >= {"english", "female", "english/female", "original"}


def test_a_marker_that_is_unfair_is_found_out() -> None:
    def mark(document: Document) -> Marks:
        marks = plain(document)
        unfair = any(one.full in document.text for one in names.pool()["arabic", "female"])
        if not unfair:
            return marks
        statements = [
            replace(one, speakers=tuple(replace(who, who="Somebody") for who in one.speakers))
            for one in marks.statements[:1]
        ]
        return replace(marks, statements=tuple(statements))

    scores, by = names.score([GOLD], mark, lambda _: None)
    assert by["arabic/female"]["who_wrong"] == 1.0
    assert scores["f1_spread_origin"] > scores["f1_spread_gender"] > 0
    assert scores["who_wrong_spread_origin"] > scores["who_wrong_spread_gender"] > 0


def test_nobody_to_rename() -> None:
    scores, by = names.score([article("It rained.")], plain, lambda _: None)
    assert (scores, by) == ({"articles": 0.0, "people": 0.0}, {})
