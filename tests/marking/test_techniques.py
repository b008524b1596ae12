"""Techniques: the cases of `data/cases/techniques.jsonl`, and what holds for any text."""

import time
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inline import document, of_case
from marking.seeing import signals
from marking.test_cases import cases
from marking.test_marking import TEXTS
from unspin.marking import mark, techniques, wording
from unspin.model import sides, tasks
from unspin.model.signals import Rhetoric, Sentence, Signals
from unspin.types import Marks, Span, Voice

NAMES = {*tasks.TECHNIQUES, *techniques.NAMES.values(), techniques.UNCERTAIN}


@pytest.mark.parametrize("case", cases("techniques"))
def test_techniques(case: dict[str, Any]) -> None:
    made, tags = of_case(case)
    seen = signals(case, made.text, tags)
    marks = mark(made, see=lambda _: seen, bundle="test")
    wanted = [tag for tag in tags if tag.name == "t"]
    found = {one.span: one for one in marks.techniques}
    assert [one.span for one in marks.techniques] == [tag.span for tag in wanted], [
        (one.span.of(made.text), one.name, one.voice, one.score) for one in marks.techniques
    ]
    for tag in wanted:
        one = found[tag.span]
        assert (one.name, str(one.voice)) == (tag.attributes["name"], tag.attributes["voice"])
        plainer, explains = tag.attributes.get("plainer"), tag.attributes.get("explains")
        assert not plainer or any(words.startswith(plainer) for words in one.plainer), one.plainer
        assert not explains or explains in one.explanation, one.explanation
        assert 0.4 < one.score <= 1


@st.composite
def seen_in(draw: st.DrawFn) -> tuple[str, Signals]:
    """A text and anything that an encoder could see in it."""
    text = draw(TEXTS)
    cuts = sorted(set(draw(st.lists(st.integers(0, len(text)), max_size=12))))
    spans = [Span(*pair) for pair in pairwise(cuts)]
    chance = st.floats(0, 1)
    names = st.sampled_from(tasks.TECHNIQUES)
    rhetoric = [
        Rhetoric(span, draw(names), draw(chance), draw(chance), draw(names), draw(chance))
        for span in spans
        if draw(st.booleans())
    ]
    loaded = [Rhetoric(span, "loaded", draw(chance)) for span in spans if draw(st.booleans())]
    sentences = [
        Sentence(span, draw(chance), draw(chance), draw(chance), draw(chance)) for span in spans
    ]
    return text, Signals((), tuple(rhetoric), tuple(loaded), tuple(sentences))


@given(seen_in())
@settings(max_examples=300, deadline=None)
def test_every_technique_lies_in_one_voice_in_the_text(found: tuple[str, Signals]) -> None:
    text, seen = found
    marks = mark(document(text), see=lambda _: seen, bundle="test")
    assert list(marks.techniques) == sorted(marks.techniques, key=lambda one: (one.span, one.name))
    for one in marks.techniques:
        assert one.span.start < one.span.end <= len(text)
        (voice,) = [it for it in marks.voices if it.span.overlaps(one.span)]
        assert voice.voice == one.voice
        assert one.name in NAMES
        assert one.explanation
        assert 0 <= one.score <= 1


@given(seen_in())
@settings(max_examples=100, deadline=None)
def test_another_language_has_no_techniques(found: tuple[str, Signals]) -> None:
    text, seen = found
    marks = mark(document(text, language="xx"), see=lambda _: seen, bundle="test")
    assert not marks.techniques


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_listed_words_stand_apart_in_any_text(text: str) -> None:
    found = wording.find(document(text))
    assert all(left.span.end <= right.span.start for left, right in pairwise(found))


def rows() -> list[list[str]]:
    return list(wording.rows("plainer"))


def test_every_row_of_the_list_is_whole() -> None:
    explained = techniques.explanations()
    assert len(rows()) >= 250
    for row in rows():
        term, part, kind, when, plainer, reason = row
        assert part in {"verb", "noun", "fixed"}, row
        assert kind in techniques.NAMES, row
        heads = {clause.split()[0] for clause in when.split(";")}
        assert when in {"always", "seen"} or heads <= {"beside", "unless", "absent"}, row
        assert reason in explained, row
        assert all(cell == cell.strip() and cell for cell in row), row
        assert all(words.strip() for words in plainer.split(";")), row
        assert part != "verb" or len(term.split(",")) in {1, 4}, row
        assert part != "noun" or len(term.split(",")) in {1, 2}, row


def test_no_term_is_on_the_list_twice() -> None:
    terms = [(row[0], row[1]) for row in rows()]
    assert len(set(terms)) == len(terms)


def test_no_plainer_word_is_itself_on_the_list() -> None:
    sure = {row[0] for row in rows() if row[3] == "always"}
    for row in rows():
        for words in row[4].split(";"):
            assert words.strip() not in sure, row


def test_no_side_of_a_conflict_is_on_the_list() -> None:
    for row in rows():
        for word in (*row[0].split(), *row[3].split(), *row[4].split()):
            assert word == word.lower() or word.startswith("Islamist"), row


def test_every_technique_is_explained_in_a_sentence() -> None:
    for name in NAMES - {techniques.UNCERTAIN}:
        words, sentence = techniques.explanations()[name]
        assert words
        assert sentence.endswith(".")
        assert sentence.count(".") == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("terrorists", "freedom fighters"),
        ("gun nuts", "gun grabbers"),
        ("climate deniers", "climate alarmists"),
        ("warmongers", "peaceniks"),
        ("tree huggers", "planet killers"),
        ("far-left extremists", "far-right extremists"),
        ("anti-choice", "pro-abortion"),
    ],
)
def test_both_ends_of_a_dispute_are_marked_alike(one: str, other: str) -> None:
    found = [mark(document(f"They spoke of {words} there.")).techniques for words in (one, other)]
    assert [len(marks) for marks in found] == [1, 1]
    assert found[0][0].name == found[1][0].name
    assert found[0][0].score == found[1][0].score


@pytest.mark.parametrize("side", ["Velland", "Galdovia"])
def test_whose_word_it_is_does_not_count(side: str) -> None:
    text = f"The regime in {side} spoke of collateral damage. “They are thugs,” {side} said."
    found = [(one.name, one.voice) for one in mark(document(text)).techniques]
    assert found == [("Loaded_Language", "report"), ("Euphemism", "report"), ("Loaded_Language", 0)]


@pytest.mark.parametrize(
    "words",
    [
        "It was a foul regime. ",
        "“a foul ‘regime ",
        "regime \n\n",
        "a foul regime and ",
        "Regime ",
        "he said that a foul regime ",
    ],
    ids=["sentences", "marks", "paragraphs", "one sentence", "capitals", "statements"],
)
def test_hostile_text_takes_linear_time(words: str) -> None:
    times = 4_000
    size = len(words)
    text = words * times
    spans = [Span(at, at + size - 1) for at in range(0, size * times, size)]
    seen = Signals(
        (),
        tuple(Rhetoric(span, "Repetition", 0.9) for span in spans),
        tuple(Rhetoric(span, "loaded", 0.9) for span in spans),
        tuple(Sentence(span, 0.9, 0.9, 0.9, 0.9) for span in spans),
    )
    made = document(text)
    before = time.process_time()
    mark(made, see=lambda _: seen)
    assert time.process_time() - before < 8


@pytest.mark.parametrize("pair", sides.pairs(), ids=lambda pair: pair.id)
def test_the_sides_of_known_conflicts_are_marked_alike(pair: sides.Pair) -> None:
    def found(side: str) -> list[tuple[str, str]]:
        text = f"The regime spoke of {side} again. "
        text += f"Critics say {side} thugs neutralised militants there."
        return [(one.span.of(text), one.name) for one in mark(document(text)).techniques]

    for slot in pair.slots:
        one, other = found(slot.a[0]), found(slot.b[0])
        assert one == other, slot
        assert [words for words, _ in one] == ["regime", "Critics say", "thugs", "neutralised"]


def test_only_listed_words_are_marked_without_an_encoder() -> None:
    marks = mark(document("The controversial regime was poisonous."))
    assert spans(marks) == ["regime"]


def test_the_words_of_one_voice_are_cut_out_of_a_span_over_two() -> None:
    text = "It was a foul “rotten trade” for all, said Ana Rell."
    start, end = text.index("rotten"), text.index("”")
    said = Voice(Span(start, end), 0, 1.0)
    parts = (
        Voice(Span(0, start), "report", 1.0),
        said,
        Voice(Span(end, len(text)), "report", 1.0),
    )
    proposal = Rhetoric(Span(7, end), "Loaded_Language", 0.9)
    loaded = tuple(
        Rhetoric(Span(at, at + len(word)), "loaded", 0.9)
        for word in ("foul", "rotten")
        for at in [text.index(word)]
    )
    whole = Sentence(Span(0, len(text)), 0.0, 0.0, 0.0, 0.9)
    found = techniques.find(document(text), parts, Signals((), (proposal,), loaded, (whole,)))
    assert [(one.span.of(text), one.voice) for one in found] == [
        ("foul", "report"),
        ("rotten trade", 0),
    ]


def spans(marks: Marks) -> list[str]:
    return [one.span.of(marks.document.text) for one in marks.techniques]
