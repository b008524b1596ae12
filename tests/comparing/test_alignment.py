"""Two wordings word by word: what answers what, and steps that lead from one to the other."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from unspin.comparing import alignment
from unspin.comparing.alignment import Word
from unspin.types import Difference, Span

TEXTS = st.text(st.sampled_from("ab .not if will’ \n\U0001d538é"), max_size=60)


def words(text: str, *spans: Span) -> tuple[Word, ...]:
    return alignment.words(text, spans or (Span(0, len(text)),))


def steps(here: str, there: str) -> list[tuple[str, str | None, str | None]]:
    one, other = words(here), words(there)
    return [
        (
            step.kind,
            step.here.of(here) if step.here else None,
            step.there.of(there) if step.there else None,
        )
        for step in alignment.diff(one, other, alignment.align(one, other))
    ]


def test_a_condition_that_was_cut_is_one_step() -> None:
    assert steps(
        "We will withdraw our guns", "We will withdraw our guns if the gates are opened"
    ) == [
        ("same", "We will withdraw our guns", "We will withdraw our guns"),
        ("cut", None, "if the gates are opened"),
    ]


def test_another_translation_changes_one_word() -> None:
    assert steps("a path to nowhere", "Anything else is a road to nowhere") == [
        ("cut", None, "Anything else is"),
        ("same", "a", "a"),
        ("changed", "path", "road"),
        ("same", "to nowhere", "to nowhere"),
    ]


def test_reported_speech_moves_the_tense_and_keeps_the_word() -> None:
    assert steps("it would reopen its gates", "It will reopen its gates") == [
        ("same", "it would reopen its gates", "It will reopen its gates")
    ]


def test_a_small_word_that_stands_alone_answers_nothing() -> None:
    found = steps("the sea took him away", "an end to the long and quiet war")
    assert all(kind != "same" for kind, _, _ in found)


def test_no_step_runs_over_the_words_between_two_pieces() -> None:
    here = "“We will,” she said, “not yield.”"
    spans = (Span(1, 8), Span(22, 31))
    there = "We will not yield"
    found = alignment.diff(
        words(here, *spans), words(there), alignment.align(words(here, *spans), words(there))
    )
    assert [step.here.of(here) for step in found if step.here] == ["We will", "not yield"]


def test_long_texts_are_aligned_by_runs() -> None:
    here = " ".join(f"word{number}" for number in range(600))
    there = f"Before that {here} and after"
    assert len(alignment.align(words(here), words(there))) == 600


@given(TEXTS, TEXTS)
def test_pairs_never_cross_and_join_like_words(here: str, there: str) -> None:
    one, other = words(here), words(there)
    pairs = alignment.align(one, other)
    assert all(i < k and j < m for (i, j), (k, m) in pairwise(pairs))
    assert all(one[i].stem == other[j].stem for i, j in pairs)


@given(TEXTS, TEXTS)
def test_the_steps_tell_every_word_of_both_once_and_in_order(here: str, there: str) -> None:
    one, other = words(here), words(there)
    found = alignment.diff(one, other, alignment.align(one, other))
    assert told(found, one, here=True) == [word.span for word in one]
    assert told(found, other, here=False) == [word.span for word in other]
    assert all((step.here is None) == (step.kind == "cut") for step in found)
    assert all((step.there is None) == (step.kind == "added") for step in found)


def told(found: tuple[Difference, ...], known: tuple[Word, ...], *, here: bool) -> list[Span]:
    spans = [step.here if here else step.there for step in found]
    return [word.span for span in spans if span for word in known if span.covers(word.span)]


@given(TEXTS)
def test_a_text_answers_itself(text: str) -> None:
    own = words(text)
    assert {step.kind for step in alignment.diff(own, own, alignment.align(own, own))} <= {"same"}
