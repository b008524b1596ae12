"""Two wordings word by word: what answers what, and steps that lead from one to the other."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unspin.comparing import alignment
from unspin.comparing.alignment import Word
from unspin.types import Difference, Span

TEXTS = st.text(st.sampled_from("ab .not if will’ \n\U0001d538é"), max_size=60)


def words(text: str, *spans: Span) -> tuple[Word, ...]:
    return alignment.words(text, spans or (Span(0, len(text)),))


def steps(here: str, there: str) -> list[tuple[str, str | None, str | None]]:
    return [
        (
            step.kind,
            step.here.of(here) if step.here else None,
            step.there.of(there) if step.there else None,
        )
        for step in differences(words(here), words(there))
    ]


def differences(one: tuple[Word, ...], other: tuple[Word, ...]) -> tuple[Difference, ...]:
    pairs = alignment.align(one, other)
    return alignment.diff(one, other, pairs, alignment.moved(one, other, pairs))


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


def test_irregular_forms_and_what_is_drawn_together_are_one_word() -> None:
    assert steps("They're withdrawing; wives wept", "They withdrew; the wife is weeping") == [
        ("same", "They're withdrawing", "They withdrew"),
        ("cut", None, "the"),
        ("same", "wives", "wife"),
        ("cut", None, "is"),
        ("same", "wept", "weeping"),
    ]


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("those tariffs", "that tariff"),
        ("two favourite theatres", "2 favorite theaters"),
        ("they organised and cancelled", "they organize; they cancel"),
        ("a defence programme", "the defense program"),
        ("a marvellous counsellor", "the marvelous counselor"),
        ("enrolment, instalments", "enrollment, installments"),
        ("a paediatric haemorrhage", "the pediatric hemorrhage"),
        ("protesters, sizeable", "protestors, sizable"),
        ("the catalogue of cheques", "a catalog, checks"),
        ("they learnt and it clung", "he learns; it clings"),
        ("we are using it", "you used it"),
        ("he is dying", "she died"),
        ("Zoë's re-election", "Zoe: reelection"),
        ("eighty-four ceilings", "84 ceiling"),
        ("It`s Rell`s ferry", "It’s Rell's ferry"),
        ("they denied, she tried", "he denies; we try"),
        ("hoping, planned, staring", "hopes; plans; stared"),
        ("focused on viruses", "a focus, the virus"),
        ("a gunman", "the gunmen"),
        ("a hundred succeed", "hundreds succeeding"),
    ],
)
def test_one_word_spelt_or_inflected_in_two_ways_is_one(here: str, there: str) -> None:
    one, other = words(here), words(there)
    stems = {word.stem for word in one if not word.is_small}
    assert stems == {word.stem for word in other if not word.is_small}


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("plan", "plane"),
        ("cared", "cars"),
        ("hopping", "hoping"),
        ("news", "new"),
        ("quit", "quite"),
    ],
)
def test_a_word_is_not_another_with_an_e_or_an_s(here: str, there: str) -> None:
    assert words(here)[0].stem != words(there)[0].stem


def test_the_country_is_not_the_pronoun() -> None:
    assert [word.is_small for word in words("the US told us")] == [True, False, False, True]


def test_a_verb_drawn_together_with_not_answers_both_words() -> None:
    assert steps("We will not yield", "They say we won't yield") == [
        ("cut", None, "They say"),
        ("same", "We will not", "we won't"),
        ("same", "yield", "yield"),
    ]
    one, other = words("We will not go"), words("We won't go")
    parts = alignment.parts(one, other, alignment.align(one, other))
    assert all(not mine and not theirs for mine, theirs in parts)


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("There's a stalemate", "There is a stalemate"),
        ("The bridge has reopened", "The bridge's reopened"),
        ("We'd go and they've gone", "We would go and they have gone"),
        ("I'm glad; let us go", "I am glad; let's go"),
        ("She does not yield. We don't ask", "She does not yield. We do not ask"),
    ],
)
def test_a_verb_drawn_together_with_the_word_before_answers_both(here: str, there: str) -> None:
    assert {kind for kind, _, _ in steps(here, there)} == {"same"}


def test_a_verb_that_answers_another_is_not_in_the_word_before() -> None:
    found = steps("The mayor's son is back", "The mayor is back")
    assert ("same", "is back", "is back") in found


def test_not_answers_not_though_a_verb_holds_it_elsewhere() -> None:
    assert steps("She does not yield", "She does not yield, and we don't ask") == [
        ("same", "She does not yield", "She does not yield"),
        ("cut", None, "and we don't ask"),
    ]


def test_a_piece_begins_anew_where_words_were_left_out() -> None:
    here = "“We know it,” she said; “no one asks.”"
    there = "We know it, but make no mistake, no one asks."
    pairs = alignment.align(words(here, Span(1, 12), Span(25, 36)), words(there))
    assert pairs == ((0, 0), (1, 1), (2, 2), (3, 7), (4, 8), (5, 9))


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("their health care and bigwigs", "their healthcare and big wigs"),
        ("a naughty-and-nice list", "a naughty and nice list"),
        ("a court-martial", "a court martial"),
    ],
)
def test_words_written_together_are_the_same_as_apart(here: str, there: str) -> None:
    assert {kind for kind, _, _ in steps(here, there)} == {"same"}


def test_a_phrase_that_moved_is_told_where_it_stands_here() -> None:
    assert steps(
        "On Friday the gates open, and the fleet will leave",
        "The fleet will leave and the gates open",
    ) == [
        ("added", "On Friday", None),
        ("moved", "the gates open", "the gates open"),
        ("added", "and", None),
        ("same", "the fleet will leave", "The fleet will leave"),
        ("cut", None, "and"),
    ]


def test_a_word_that_changed_places_with_its_neighbour_moved() -> None:
    assert ("moved", "have", "have") in steps(
        "It should never have begun", "It should have never begun"
    )


def test_a_like_word_elsewhere_is_another() -> None:
    found = steps("The harbour was closed", "We asked for more: nobody in the harbour answered us")
    assert all(kind != "moved" for kind, _, _ in found)


def test_a_small_word_that_stands_alone_answers_nothing() -> None:
    found = steps("the sea took him away", "an end to the long and quiet war")
    assert all(kind != "same" for kind, _, _ in found)


def test_a_small_word_far_from_all_others_answers_nothing() -> None:
    here = "The fleet received orders, and this surprised nobody in the town"
    there = "The fleet received orders for more coal than it had asked for in spring"
    assert alignment.align(words(here), words(there)) == ((0, 0), (1, 1), (2, 2), (3, 3))


def test_of_places_alike_the_nearest_is_taken() -> None:
    one = words("Would it be closed to ships?")
    other = words("Were they closed to ships, would it be closed to ships, is it closed to ships?")
    pairs = alignment.align(one, other)
    assert [other[j].span.start for i, j in pairs if one[i].form == "ships"] == [49]


def test_no_step_runs_over_the_words_between_two_pieces() -> None:
    here = "“We will,” she said, “not yield.”"
    spans = (Span(1, 8), Span(22, 31))
    there = "We will not yield"
    found = differences(words(here, *spans), words(there))
    assert [step.here.of(here) for step in found if step.here] == ["We will", "not yield"]


def test_long_texts_are_aligned_by_runs() -> None:
    here = " ".join(f"word{number}" for number in range(600))
    there = f"Before that {here} and after"
    assert len(alignment.align(words(here), words(there))) == 600


def test_a_word_said_hundreds_of_times_is_aligned_in_a_row() -> None:
    assert len(alignment.align(words("ha " * 300), words("ha " * 301))) == 300


@given(TEXTS, TEXTS)
def test_pairs_never_cross_and_join_like_words(here: str, there: str) -> None:
    one, other = words(here), words(there)
    pairs = alignment.align(one, other)
    assert all(i < k and j < m for (i, j), (k, m) in pairwise(pairs))
    assert all(one[i].stem == other[j].stem for i, j in pairs)


@given(TEXTS, TEXTS)
def test_the_steps_tell_every_word_of_both_once_and_in_order(here: str, there: str) -> None:
    one, other = words(here), words(there)
    found = differences(one, other)
    assert told(found, one, here=True) == [word.span for word in one]
    assert sorted(told(found, other, here=False)) == [word.span for word in other]
    order = tuple(step for step in found if step.kind != "moved")
    assert told(order, other, here=False) == sorted(told(order, other, here=False))
    assert all((step.here is None) == (step.kind == "cut") for step in found)
    assert all((step.there is None) == (step.kind == "added") for step in found)


def told(found: tuple[Difference, ...], known: tuple[Word, ...], *, here: bool) -> list[Span]:
    spans = [step.here if here else step.there for step in found]
    return [word.span for span in spans if span for word in known if span.covers(word.span)]


@given(TEXTS)
def test_a_text_answers_itself(text: str) -> None:
    own = words(text)
    assert {step.kind for step in differences(own, own)} <= {"same"}
