"""Pairs made from sentences: what is said of the two holds of them."""

import random

import pytest

from unspin.train import altered
from unspin.train.altered import Related

TEXT = """The council in Rellby approved 40 new flats after a long debate.
In March, the harbour of Stenn was not closed, which surprised the crew of the ferry.
The mayor of Velland said the Galdovia plan would cost five jobs.
Prices rose in the north, the bureau of Velland said, before they fell again.
Short one. She said “we will wait here for the others to come back to us”.
"""
ENTAILS, CONTRADICTS, NEUTRAL = (0,), (1,), (2,)


def made(text: str) -> set[Related]:
    return {pair for seed in range(60) for pair in altered.pairs([text], seed)}


@pytest.mark.parametrize(
    ("first", "second", "relation"),
    [
        (  # a word turned into its opposite
            "The council in Rellby approved 40 new flats after a long debate.",
            "The council in Rellby blocked 40 new flats after a long debate.",
            CONTRADICTS,
        ),
        (  # a denial taken back
            "In March, the harbour of Stenn was not closed, which surprised the crew of the ferry.",
            "In March, the harbour of Stenn was closed, which surprised the crew of the ferry.",
            CONTRADICTS,
        ),
        (  # an aside left out
            "In March, the harbour of Stenn was not closed, which surprised the crew of the ferry.",
            "In March, the harbour of Stenn was not closed.",
            ENTAILS,
        ),
        (  # a number in figures
            "The mayor of Velland said the Galdovia plan would cost five jobs.",
            "The mayor of Velland said the Galdovia plan would cost 5 jobs.",
            ENTAILS,
        ),
        (  # names that change places
            "The mayor of Velland said the Galdovia plan would cost five jobs.",
            "The mayor of Galdovia said the Velland plan would cost five jobs.",
            (1, 2),
        ),
    ],
)
def test_a_change_is_labelled(first: str, second: str, relation: tuple[int, ...]) -> None:
    found = made(TEXT)
    assert {(first, second, relation), (second, first, relation)} & found


def test_numbers_are_changed_and_years_are_not() -> None:
    pairs = made("The works of 1998 had room for 300 people and a few of their guests.\n")
    numbers = {second for _, second, relation in pairs if relation == CONTRADICTS}
    assert all("1998" in sentence for sentence in numbers)


def test_what_is_cut_short_does_not_say_the_whole() -> None:
    found = made(TEXT.splitlines()[1])
    assert any(how == NEUTRAL for *_, how in found)
    assert all(len(first) < len(second) for first, second, how in found if how == NEUTRAL)


def test_a_seed_gives_one_result_and_the_texts_stay_in_order() -> None:
    texts = [TEXT, TEXT.replace("Rellby", "Ostmark")]
    assert list(altered.pairs(texts, 3)) == list(altered.pairs(texts, 3))
    random.seed(0)  # the chance of the process has no part in it
    assert list(altered.pairs(texts, 3)) == list(altered.pairs(texts, 3))


def test_short_sentences_and_those_with_a_straight_mark_are_left() -> None:
    assert not made('Short one. The mayor said "we will wait here for the rest" on Monday.\n')
