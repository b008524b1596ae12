"""Relations and vectors of the tiny bundle do not depend on what else is asked."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model import tiny
from unspin.model import encoder, pairing
from unspin.model.pairs import Pairs

PAIRS = Pairs.load(tiny.BUNDLE)
WORDS = encoder.tokenizer(tiny.BUNDLE / "tokenizer.json")
TEXTS = st.text(max_size=60)
SOME = (*tiny.PAIRS, ("", ""), ("the port " * 200, "the bridge " * 200))


@settings(max_examples=40)
@given(TEXTS, TEXTS)
def test_the_chances_of_a_relation_add_up_to_one(first: str, second: str) -> None:
    (found,) = PAIRS.relations([(first, second)])
    chances = (found.entails, found.contradicts, found.neutral)
    assert sum(chances) == pytest.approx(1, abs=1e-5)
    assert min(chances) >= 0


def test_relations_do_not_depend_on_batch_or_order() -> None:
    together = PAIRS.relations(SOME)
    assert together == [PAIRS.relations([pair])[0] for pair in SOME]
    assert together == PAIRS.relations(SOME[::-1])[::-1]


def test_a_relation_has_a_direction() -> None:
    (one, other) = PAIRS.relations([tiny.PAIRS[1], tiny.PAIRS[1][::-1]])
    assert one != other


@settings(max_examples=40)
@given(TEXTS)
def test_a_vector_has_length_one(text: str) -> None:
    found = PAIRS.vectors([text])
    assert found.shape == (1, tiny.WIDTH)
    assert np.linalg.norm(found[0]) == pytest.approx(1, abs=1e-5)


def test_vectors_do_not_depend_on_batch_or_order() -> None:
    texts = [text for pair in SOME for text in pair]
    together = PAIRS.vectors(texts)
    assert np.array_equal(together, np.vstack([PAIRS.vectors([text]) for text in texts]))
    assert np.array_equal(together, PAIRS.vectors(texts[::-1])[::-1])


def test_nothing_asked_is_nothing_answered() -> None:
    assert PAIRS.relations([]) == []
    assert len(PAIRS.vectors([])) == 0


def test_a_pair_is_two_sentences_with_a_break_behind_each() -> None:
    tokens, kinds = pairing.joined("the port", "a bridge now", WORDS)
    names = [WORDS.id_to_token(token) for token in tokens]
    assert names == ["[CLS]", "the", "port", "[SEP]", "a", "bridge", "now", "[SEP]"]
    assert kinds == (0, 0, 0, 0, 1, 1, 1, 1)


def test_what_is_too_long_is_cut_at_its_end() -> None:
    tokens, kinds = pairing.joined("the " * 500, "port " * 500, WORDS)
    assert len(tokens) == len(kinds) == pairing.FIRST + pairing.SECOND + 3
    assert sum(kinds) == pairing.SECOND + 1
    assert len(pairing.single("the " * 500, WORDS)) == pairing.FIRST + 2
