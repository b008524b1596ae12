"""Claims that agree, differ or contradict: the network and the words must both say so."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from covered import marked, story, vectors
from unspin.comparing import alignment, contradictions
from unspin.model.signals import Relation
from unspin.types import Claim, Contradiction, Span

AGREES, DENIES, NEITHER = Relation(0.9, 0.05, 0.05), Relation(0.05, 0.9, 0.05), Relation(0, 0, 1)


def found(one: str, other: str, said: Relation) -> list[Contradiction]:
    marks = [
        replace(marks, claims=(Claim(Span(0, len(text)), "event", 0.9, "report"),))
        for marks, text in zip(marked(one, other), (one, other), strict=True)
    ]

    def relate(pairs: Sequence[tuple[str, str]]) -> list[Relation]:
        return [said for _ in pairs]

    return list(contradictions.find(marks, (story(marks),), (), vectors, relate))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "The army of Velland cleared the Tolmen road of 40 mines in May.",
            "The army of Velland did not clear the Tolmen road of 40 mines in May.",
        ),
        (
            "The government of Velland opened the Grayling dam on 3 May.",
            "The government of Velland closed the Grayling dam on 3 May.",
        ),
    ],
)
def test_what_the_words_and_the_network_both_deny_contradicts(one: str, other: str) -> None:
    (contradiction,) = found(one, other, DENIES)
    assert contradiction.relation == "contradict"
    assert contradiction.score >= contradictions.SURE
    assert [place.words for place in contradiction.places] == [(one,), (other,)]


def test_the_network_alone_is_not_enough() -> None:
    claim = "The government of Velland opened the Grayling dam on 3 May."
    assert [one.relation for one in found(claim, claim, DENIES)] == ["differ"]


def test_the_words_alone_are_not_enough() -> None:
    relations = [
        one.relation
        for one in found(
            "The government of Velland opened the Grayling dam on 3 May.",
            "The government of Velland closed the Grayling dam on 3 May.",
            NEITHER,
        )
    ]
    assert relations == ["differ"]


def test_the_same_told_twice_agrees() -> None:
    relations = [
        one.relation
        for one in found(
            "The government of Velland opened the Grayling dam on 3 May.",
            "The Grayling dam was opened by the government of Velland on 3 May.",
            AGREES,
        )
    ]
    assert relations == ["agree"]


def test_a_not_in_what_only_one_says_denies_nothing() -> None:
    one, other = (
        "The dam was opened on 3 May",
        "The dam was opened on 3 May in spite of a letter which said that no crop was at risk",
    )
    words = [alignment.words(text, (Span(0, len(text)),)) for text in (one, other)]
    seen = contradictions.evidence(*words)
    assert seen.negated == 0.0


def test_every_opposite_is_mutual() -> None:
    listed = contradictions.opposites()
    assert all(stem in listed[other] for stem, others in listed.items() for other in others)
