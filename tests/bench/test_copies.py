"""Copies made by the recipe, and how a run counts them."""

import hashlib
import json
from itertools import cycle, islice
from pathlib import Path

import pytest

from unspin import bench
from unspin.bench import copies, copying
from unspin.bench.gold import GoldText

WORDS = """river sluice ford barge envoy ballot harbour winter miller treaty lantern orchard
meadow copper timber ferry bridge custom parish valley officer market saddle kettle granary
quarry""".split()


def article(number: int) -> GoldText:
    """Twelve paragraphs that no other article has."""
    verbs = islice(cycle(WORDS), number, None)
    paragraphs = [
        " ".join(f"{next(verbs)}{number}{place % 7}" for place in range(14)).capitalize() + "."
        for _ in range(12)
    ]
    text = "\n\n".join(paragraphs)
    return GoldText(
        hashlib.sha256(text.encode()).hexdigest(),
        f"Title {number}",
        f"Paper {number % 3}",
        "",
        text,
    )


ARTICLES = [article(number) for number in range(40)]
KNOWN = copying.words(one.text for one in ARTICLES)


@pytest.mark.parametrize("seed", [str(number) for number in range(20)])
def test_a_copy_keeps_what_it_says_and_comes_out_the_same_again(seed: str) -> None:
    one = ARTICLES[0]
    made = copying.copied(one.text, one.title, "Stenhavn Mirror", KNOWN, seed)
    assert made == copying.copied(one.text, one.title, "Stenhavn Mirror", KNOWN, seed)
    assert made.kept == copying.kept(one.text, made.text)
    assert made.kept > 0.2
    assert made.title


def test_copies_are_of_every_kind() -> None:
    made = [copying.copied(one.text, one.title, "Mirror", KNOWN, one.digest) for one in ARTICLES]
    kept = [one.kept for one in made]
    assert min(kept) < 0.5
    assert max(kept) > 0.8
    originals = [one.text.split("\n\n") for one in ARTICLES]
    places = [
        [whole.index(part) for part in one.text.split("\n\n") if part in whole]
        for one, whole in zip(made, originals, strict=True)
    ]
    assert any(some != sorted(some) for some in places)
    assert any("Mirror" in one.text for one in made)
    assert any(
        len(one.text) < len(whole.text) / 2 for one, whole in zip(made, ARTICLES, strict=True)
    )


def test_words_in_quotation_marks_are_left_as_they_are() -> None:
    text = "\n\n".join(f"“We will hold the ford until spring {at},” she said." for at in range(30))
    made = copying.copied(text, "Title", "Mirror", copying.words([text]), "3")
    quoted = [line for line in made.text.split("\n\n") if "“" in line]
    assert quoted
    assert all("“We will hold the ford until spring " in line for line in quoted)


def test_every_planted_copy_is_found_among_articles_that_are_none() -> None:
    scores, by = copies.score([tuple(ARTICLES)], lambda _: None)
    assert scores["f1"] == scores["ari"] == 1.0
    assert scores["documents"] > len(ARTICLES)
    assert by["unedited"] == {"left_out": 0.0, "false": 0.0}
    assert by["half/open"]["documents"] + by["half/held"]["documents"] == scores["documents"]
    assert sum(group.get("copies", 0) for group in by.values()) == scores["documents"] - 40


def test_an_article_that_holds_another_is_left_out_of_the_count() -> None:
    whole = ARTICLES[0]
    text = "\n\n".join(whole.text.split("\n\n")[:6])
    half = GoldText(hashlib.sha256(text.encode()).hexdigest(), "Other", "Other Paper", "", text)
    scores, by = copies.score([(*ARTICLES, half)], lambda _: None)
    assert scores["precision"] == 1.0
    assert by["unedited"]["left_out"] >= 1


def test_the_task_reads_articles_one_a_row_and_stories(tmp_path: Path) -> None:
    rows = [
        {"id": "1", "source": one.outlet, "date": "2024-03-14", "title": one.title,
         "text": one.text, "bias": 0}
        for one in ARTICLES
    ]  # fmt: skip
    (tmp_path / "alone.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    story = {"story_id": "s", "date": "2024-03-14", "topic": "t", "articles": rows[:3]}
    (tmp_path / "stories.jsonl").write_text(json.dumps(story), "utf-8")
    report = bench.run("copies", [tmp_path])
    assert report.data == ("alone.jsonl", "stories.jsonl")
    assert report.scores["f1"] == 1.0
