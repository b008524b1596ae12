"""Speakers across documents: how pairs are made and counted."""

import hashlib
import json
from collections import Counter
from pathlib import Path

import pytest

from unspin.bench import corpora, events, speakers
from unspin.bench.gold import GoldActors, GoldMention, GoldNaming, GoldSpeakers
from unspin.errors import FormatError
from unspin.marking import mark
from unspin.types import Document, Marks, Span

SET = Path(__file__).parents[1] / "data" / "bench" / "speakers.jsonl"
MAYOR = "“We stay,” said Ana Rell, the mayor of Tarn."
FARMER = "“We stay,” said Ana Rell, a farmer near Osten."


def article(event: str, outlet: str, text: str, *named: tuple[str, str]) -> GoldActors:
    mentions = tuple(
        GoldMention(Span(text.index(words), text.index(words) + len(words)), chain, single)
        for words, chain in named
        for single in [not chain.endswith("-I")]
    )
    return GoldActors(event, outlet, text, mentions)


def marked(one: Document) -> Marks:
    return mark(one, layers=("statements",))


def test_mentions_of_two_articles_of_one_event_make_pairs() -> None:
    gold = [
        article(
            "1", "L", "Mayor Ana Rell met Jon Ost in Tarn over the Karsk bridge .",
            ("Mayor Ana Rell", "TAR_Rell"), ("Jon Ost", "TAR_TAR-I"),
        ),
        article(
            "1", "R", "In Tarn the mayor , Ana Rell , spoke of the Karsk bridge .",
            ("the mayor", "TAR_Rell"), ("Ana Rell", "TAR_Rell"),
        ),
        article("2", "L", "Ana Rell won in Tarn , near Karsk .", ("Ana Rell", "TAR_Rell")),
    ]  # fmt: skip
    scores, by = speakers.score(gold, marked, lambda _: None)
    assert scores["pairs"] == 2.0  # "the mayor" names nobody; Jon Ost is another
    assert (scores["f1"], scores["merge_errors"]) == (1.0, 0.0)
    assert by["newswcl50/1"]["pairs"] == 2.0
    assert by["newswcl50, across events"]["pairs"] == 3.0


def test_pairs_of_our_own_are_read_from_text_to_identity() -> None:
    def case(label: str, a: str, b: str) -> GoldSpeakers:
        one, other = (GoldNaming(text, None, None, Span(16, 24)) for text in (a, b))
        return GoldSpeakers("seen", "full", label, one, other)

    gold = [case("same", MAYOR, MAYOR + " "), case("different", MAYOR, FARMER)]
    gold.append(case("open", MAYOR, MAYOR + "\n"))
    scores, by = speakers.score(gold, marked, lambda _: None)
    assert scores["merge_errors"] == 1.0  # of the pair left open
    assert by["own/seen/different"]["merge_errors"] == 0.0
    assert by["own/seen/same"]["recall"] == 1.0
    assert by["own/full"]["pairs"] == 3.0


def test_a_side_that_is_no_object_is_refused() -> None:
    row = {"case": "1", "half": "seen", "label": "same", "sort": "full", "a": "x", "b": {}}
    with pytest.raises(FormatError, match="a: expected an object"):
        events.SPEAKERS[1].build(corpora.Row(SET, 1, row))


def test_the_set_is_the_one_that_was_frozen() -> None:
    lines = SET.read_text("utf-8").splitlines()
    readme = SET.with_name("README.md").read_text("utf-8")
    assert hashlib.sha256(SET.read_bytes()).hexdigest() in readme
    labels = Counter(json.loads(line)["label"] for line in lines)
    assert labels == {"same": 120, "different": 100, "open": 20}
    assert len(list(corpora.read([SET], events.SPEAKERS))) == len(lines)
