"""Claims that agree, differ or contradict: the network and the words must both say so."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from covered import marked, story, vectors
from unspin.comparing import alignment, contradictions, quotations, speakers
from unspin.model.signals import Relate, Relation, Vectors
from unspin.types import Claim, Contradiction, Marks, Span

AGREES, DENIES, NEITHER = Relation(0.9, 0.05, 0.05), Relation(0.05, 0.9, 0.05), Relation(0, 0, 1)


def found(one: str, other: str, said: Relation) -> list[Contradiction]:
    return claimed((one, other), lambda pairs: [said for _ in pairs])


def claimed(texts: Sequence[str], relate: Relate, near: Vectors = vectors) -> list[Contradiction]:
    marks = [
        replace(marks, claims=(Claim(Span(0, len(text)), "event", 0.9, "report"),))
        for marks, text in zip(marked(*texts), texts, strict=True)
    ]
    return list(contradictions.find(marks, (story(marks),), (), (), vectors=near, relate=relate))


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
    assert [one.relation for one in found(claim, f"Then {claim}", DENIES)] == ["differ"]


def test_the_same_words_agree_whatever_the_network_says() -> None:
    claim = "The government of Velland opened the Grayling dam on 3 May."
    assert [one.relation for one in found(claim, f"“{claim}”", DENIES)] == ["agree"]


def test_what_is_supposed_does_not_agree_with_what_is_told() -> None:
    told = "The Grayling dam of Velland opens its gates on 3 May."
    supposed = "The valley floods if the Grayling dam of Velland opens its gates on 3 May."
    assert "agree" not in {one.relation for one in found(told, supposed, AGREES)}


def test_one_utterance_in_two_documents_is_no_two_claims() -> None:
    marks = marked(
        "“We never cleared that road of mines,” said Ana Rell.",
        "“We cleared that road of mines,” said Ana Rell.",
    )
    stories = (story(marks),)
    given = quotations.find(marks, stories, (), speakers.find(marks), vectors)
    assert len(given) == 1

    def relate(pairs: Sequence[tuple[str, str]]) -> list[Relation]:
        return [DENIES for _ in pairs]

    assert len(contradictions.find(marks, stories, (), (), vectors=vectors, relate=relate)) == 1
    assert contradictions.find(marks, stories, (), given, vectors=vectors, relate=relate) == ()


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


def seen(one: str, other: str) -> contradictions.Evidence:
    words = [alignment.words(text, (Span(0, len(text)),)) for text in (one, other)]
    return contradictions.evidence(*map(contradictions.Wording, words))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("We cleared that road metre by metre", "That road was never cleared"),
        ("Every pledge has been put in writing", "Not one pledge has been put in writing"),
        ("Velland will sign it", "Velland refuses to sign it"),
        ("The army will leave", "The army does not, and never will, leave"),
        ("Nobody was hurt on the bridge", "Three people were hurt on the bridge"),
        ("The vaccine is not currently tested", "The vaccine is tested"),
        ("There is NO TREATY with Galdovia", "There is a treaty with Galdovia"),
        ("The factory failed to report the leak", "The factory did report the leak"),
        ("It is not true that the bridge was closed", "The bridge was closed on Monday"),
        ("There is no evidence that the fleet fired", "The fleet fired on the ferry"),
    ],
)
def test_a_not_is_seen_in_whatever_order_the_words_come(one: str, other: str) -> None:
    evidence = seen(one, other)
    assert evidence.negated == 1.0
    assert evidence.shared > 0.5


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "The dam was opened on 3 May",
            "The dam was opened on 3 May in spite of a letter which said no crop was at risk",
        ),
        ("The fee was paid", "The fee, not from the fund and not for the dam, was paid"),
        ("Rell has been ill", "Rell has no history of being ill"),
        ("I am Ana Rell", "You are not Ana Rell"),
        ("No treaty was signed", "The treaty was not signed"),
        ("She spoke of a treaty", "She spoke of a treaty and said there was no treaty"),
        ("Velland will sign", "Velland does not refuse to sign"),
        ("Not all villages were flooded", "Three villages were flooded"),
        ("Nobody has been tougher on Galdovia than Rell", "Rell has been tough on Galdovia"),
        ("It is impossible to open the dam without a vote", "They opened the dam"),
        ("The army will not leave until the vote", "The army will leave"),
        ("The fee was never paid for the dam", "A fee for the bridge rose by a tenth"),
        ("Nor has the Minister met the envoy", "Nor has the minister met the envoy"),
        ("The factory failed to report the leak", "The leak was not reported by the factory"),
        ("Had she not been there, it would have been a flood", "It would have been a flood"),
    ],
)
def test_a_not_of_what_only_one_says_denies_nothing(one: str, other: str) -> None:
    assert seen(one, other).negated == 0.0


@pytest.mark.parametrize(
    ("other", "opposed"),
    [
        ("The troops will leave the island in May", 1.0),
        ("The troops will not leave the island in May", 0.0),
    ],
)
def test_an_opposite_that_is_denied_is_none(other: str, opposed: float) -> None:
    assert seen("The troops will stay on the island in May", other).opposed == opposed


def test_other_numbers_alone_are_no_contradiction() -> None:
    relations = [
        one.relation
        for one in found(
            "The flood of May destroyed 340 houses in the Odden valley.",
            "The flood of May destroyed 500 houses in the Odden valley.",
            DENIES,
        )
    ]
    assert relations == ["differ"]


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        ("$2.4 billion", "$2.4 million", "differ"),
        ("$2.4 billion", "$2.38 billion", "agree"),
        ("minus 5 degrees", "minus 5 degrees", "agree"),
        ("30,000 houses", "8,000 houses", "differ"),
    ],
)
def test_what_tells_of_another_amount_does_not_agree(one: str, other: str, relation: str) -> None:
    said = "The donors of the valley have pledged {} for the harbour of Sellin and its ferries."
    assert [each.relation for each in found(said.format(one), said.format(other), AGREES)] == [
        relation
    ]


@pytest.mark.parametrize(
    "denial",
    [
        "“There is no truth to reports that {},” said Ana Rell.",
        "“It is untrue that {},” said Ana Rell.",
        "Ana Rell denied that {}.",
    ],
)
def test_what_the_network_says_is_turned_round_where_one_is_denied(denial: str) -> None:
    claim = "the fleet of Galdovia fired on the Tolmen ferry"
    marks = unclaimed(f"“{claim},” said Ivo Dren.", denial.format(claim))

    def relate(pairs: Sequence[tuple[str, str]]) -> list[Relation]:
        assert {one.strip(",") for pair in pairs for one in pair} == {claim}
        return [AGREES for _ in pairs]

    (one,) = contradictions.find(marks, (story(marks),), (), (), vectors=vectors, relate=relate)
    assert one.relation == "contradict"


def test_what_nobody_said_is_held_against_nothing() -> None:
    marks = unclaimed(
        "“The talks of Ostrel have failed,” said Ivo Dren.",
        "“The talks of Ostrel have not failed,” said Ana Rell.",
    )

    def relate(pairs: Sequence[tuple[str, str]]) -> list[Relation]:
        return [DENIES for _ in pairs]

    def find() -> tuple[Contradiction, ...]:
        return contradictions.find(marks, (story(marks),), (), (), vectors=vectors, relate=relate)

    assert len(find()) == 1
    (said,) = marks[1].statements
    marks[1] = replace(
        marks[1],
        statements=(replace(said, factuality="not-said"),),
        claims=(Claim(said.words[0], "event", 0.9, 0),),
    )
    assert not find()


def unclaimed(*texts: str) -> list[Marks]:
    return [replace(marks, claims=()) for marks in marked(*texts)]


def test_what_is_said_is_weighed_sentence_by_sentence_and_questions_are_not() -> None:
    marks = marked(
        "“Nobody was there. We never cleared that road of mines,” said Ana Rell.",
        "“We cleared that road,” said Ivo Dren, “of mines. Was the road ever cleared of mines?”",
    )
    (one,) = contradictions.find(
        marks,
        (story(marks),),
        (),
        (),
        vectors=vectors,
        relate=lambda pairs: [DENIES for _ in pairs],
    )
    assert one.relation == "contradict"
    assert [place.words for place in one.places] == [
        ("We never cleared that road of mines,",),
        ("We cleared that road,", "of mines."),
    ]


@pytest.mark.parametrize(
    ("said", "ways"), [(NEITHER, 1), (Relation(0.8, 0.0, 0.2), 2), (Relation(0.0, 0.5, 0.5), 1)]
)
def test_the_network_is_asked_as_long_as_it_can_change_what_is_shown(
    said: Relation, ways: int
) -> None:
    texts = "Sailors of Galdovia left Port Varr at noon", "Four sailors left Velland before dawn"
    asked: list[tuple[str, str]] = []

    def near(texts: Sequence[str]) -> NDArray[np.float32]:
        return np.array([(1.0, 0.0), (0.6, 0.8)][: len(texts)], np.float32)

    def relate(pairs: Sequence[tuple[str, str]]) -> list[Relation]:
        asked.extend(pairs)
        return [said for _ in pairs]

    assert not claimed(texts, relate, near)
    assert asked == [texts, texts[::-1]][:ways]


def test_every_opposite_is_mutual() -> None:
    listed = contradictions.opposites()
    assert all(stem in listed[other] for stem, others in listed.items() for other in others)
