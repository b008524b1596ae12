from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unspin.showing import diffs
from unspin.types import Difference, DiffKind, Place, Span

FULL = "We will open the gates, but only if the survey boats leave."
HERE = "“We will open the locks,” she said, “if the boats leave.”"


@dataclass
class Texts:
    """Two documents, and places in them by their words."""

    here: str
    there: str

    def place(self, name: str, *words: str) -> Place:
        spans = tuple(_span(getattr(self, name), part) for part in words)
        return Place(name, spans, words)

    @property
    def all(self) -> dict[str, str]:
        return {"here": self.here, "there": self.there}


def _span(text: str, words: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def _step(kind: DiffKind, here: str | None, there: str | None) -> Difference:
    return Difference(
        kind,
        None if here is None else _span(HERE, here),
        None if there is None else _span(FULL, there),
    )


def _shown(*steps: Difference) -> str:
    texts = Texts(HERE, FULL)
    here = texts.place("here", "We will open the locks,", "if the boats leave.")
    pieces = diffs.pieces(here, texts.place("there", FULL), steps, texts.all)
    signs = {"same": "{}", "cut": "[-{}-]", "added": "{{+{}+}}", "moved": "{{~{}~}}"}
    return "".join(signs[piece.kind].format(piece.text) for piece in pieces)


def test_cut_words_stand_before_what_came_in_their_place() -> None:
    assert (
        _shown(
            _step("same", "We will open the", "We will open the"),
            _step("changed", "locks", "gates"),
            _step("cut", None, "but only"),
            _step("same", "if the", "if the"),
            _step("cut", None, "survey"),
            _step("same", "boats leave", "boats leave"),
        )
        == "We will open the [-gates but only-] {+locks+}, […] if the [-survey-] boats leave."
    )


def test_words_that_moved_are_told_where_they_stand_here() -> None:
    shown = _shown(
        _step("same", "We will open", "We will open"),
        _step("moved", "the boats leave", "the gates"),
    )
    assert shown == "We will open the locks, […] if {~the boats leave~}."


def test_what_is_cut_at_the_start_stands_first() -> None:
    assert _shown(_step("cut", None, "We"), _step("same", "will open", "will open")).startswith(
        "[-We-] We will open"
    )


def test_two_texts_without_a_common_word_are_not_held_against_each_other() -> None:
    steps = (_step("added", "We", None), _step("cut", None, "gates"))
    assert _shown(*steps) == "We will open the locks, […] if the boats leave."


def test_without_its_document_a_place_is_its_words() -> None:
    place = Place("elsewhere", (Span(0, 3),), ("abc",))
    step = Difference("same", Span(0, 3), Span(0, 3))
    assert diffs.pieces(place, place, (step,), {}) == (diffs.Piece("same", "abc"),)


@given(st.text("ab ", min_size=1, max_size=30), st.data())
def test_what_is_kept_and_added_is_the_text(text: str, data: st.DataObject) -> None:
    ends = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=8)))
    steps = []
    for start, end in zip(ends[::2], ends[1::2], strict=False):
        kind: DiffKind = data.draw(st.sampled_from(("same", "added", "changed", "moved")))
        there = None if kind == "added" else Span(0, 1)
        steps.append(Difference(kind, Span(start, end), there))
        if data.draw(st.booleans()):
            steps.append(Difference("cut", None, Span(1, 2)))
    here = Place("here", (Span(0, len(text)),), (text,))
    pieces = diffs.pieces(here, here, steps, {"here": text})
    kept = "".join(piece.text for piece in pieces if piece.kind != "cut")
    assert "".join(kept.split()) == "".join(text.split())


def test_an_edit_is_told_with_the_words_around_it() -> None:
    steps = (
        _step("same", "We will open the", "We will open the"),
        _step("changed", "locks", "gates"),
        _step("cut", None, "but only"),
    )
    changed, cut = diffs.edits("here", "there", steps, {"here": HERE, "there": FULL})
    assert changed.before == "“We will open the"
    assert [(piece.kind, piece.text) for piece in changed.pieces] == [
        ("cut", "gates"),
        ("same", " "),
        ("added", "locks"),
    ]
    assert changed.after.startswith(",” she said")
    assert cut.before == "We will open the gates,"
    assert cut.after == "if the survey boats leave."


@pytest.mark.parametrize("words", ["", " ", "x"])
def test_a_diff_of_nothing_is_nothing(words: str) -> None:
    place = Place("here", (), ())
    step = Difference("same", Span(0, len(words)), Span(0, 0))
    shown = diffs.pieces(place, place, (step,), {"here": words})
    assert "".join(piece.text for piece in shown).strip() == ""
