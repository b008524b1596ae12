"""What is planted in the invented coverage is found: one test a line of the table in its README."""

from collections.abc import Iterable
from itertools import combinations
from pathlib import Path
from typing import get_args

import pytest

import unspin
from unspin import flow
from unspin.types import (
    Carried,
    Comparison,
    Conflict,
    ConflictKind,
    Given,
    Held,
    Identity,
    Marks,
    Place,
    Quotation,
)


def missed(why: str) -> pytest.MarkDecorator:
    """Marks what is planted and is not found, and says why."""
    return pytest.mark.xfail(strict=True, reason=why)


EXAMPLES = Path(__file__).parents[1] / "examples"


@pytest.fixture(scope="module")
def marks() -> list[Marks]:
    return [one for one in flow.gather([EXAMPLES]) if isinstance(one, Marks)]


@pytest.fixture(scope="module")
def found(marks: list[Marks]) -> Comparison:
    return unspin.compare(marks)


@pytest.fixture(scope="module")
def ids(marks: list[Marks]) -> dict[str, str]:
    """The id of each page by the first word of its file's name."""
    return {Path(one.document.origin.location).stem.split("_")[0]: one.document.id for one in marks}


def says(place: Place | Given | Held, words: str) -> bool:
    return any(words in said for said in place.words)


def utterance(found: Comparison, words: str) -> Quotation:
    (quotation,) = (
        one for one in found.quotations if any(says(each.place, words) for each in one.variants)
    )
    return quotation


def differing(found: Comparison, kind: ConflictKind, *words: str) -> list[Conflict]:
    return [
        one
        for one in found.conflicts
        if one.kind == kind and all(any(says(p, each) for p in one.places) for each in words)
    ]


def opposed(found: Comparison, one: str, other: str) -> bool:
    """Whether two claims are shown as a contradiction, one with these words, one with those."""
    return any(
        each.relation == "contradict"
        and any(says(a, one) and says(b, other) for a, b in (each.places, each.places[::-1]))
        for each in found.contradictions
    )


def reversed_(found: Comparison, who: str, before: str, after: str) -> bool:
    """Whether a speaker's position is shown to part from one with these words to one with those."""
    return any(
        says(one.places[shift.before], before) and says(one.places[shift.after], after)
        for one in found.positions
        for shift in one.shifts
        if called(found, one.speaker).who == who
    )


def called(found: Comparison, name: str) -> Identity:
    (identity,) = (one for one in found.speakers if one.id == name)
    return identity


def carried(found: Comparison, things: Iterable[Carried]) -> set[str]:
    """Names of the actors and sources, words of the facts."""
    names = {one.id: one.who for one in found.speakers}
    return {names.get(one.what, one.what) for one in things}


def test_two_stories(found: Comparison, ids: dict[str, str]) -> None:
    by_document = {document: one.id for one in found.stories for document in one.documents}
    march = {by_document[ids[name]] for name in ids if name != "earlier"}
    assert len(march) == 1
    assert by_document.get(ids["earlier"]) not in march


def test_a_wire_copy(found: Comparison, ids: dict[str, str]) -> None:
    (copy,) = found.copies
    assert copy.documents == (ids["wire"], ids["copy"])
    assert copy.agency == "Tideline"
    (story,) = (one for one in found.stories if ids["wire"] in one.documents)
    assert story.sources == len(story.documents) - 1


def test_one_quotation_translated_anew(found: Comparison, ids: dict[str, str]) -> None:
    guns = utterance(found, "We will withdraw our guns from the river if")
    assert {"wire", "copy", "translated", "daily"} <= {
        name for name, document in ids.items()
        if any(one.place.document == document for one in guns.variants)
    }  # fmt: skip
    assert any(says(one.place, "We shall take our cannon") for one in guns.variants)


def test_a_condition_cut_from_a_quotation(found: Comparison, ids: dict[str, str]) -> None:
    guns = utterance(found, "We will withdraw our guns from the river if")
    (daily,) = (one for one in guns.variants if one.place.document == ids["daily"])
    assert any("condition" in cut.changes for cut in daily.cut)


def test_one_quotation_many_cues(found: Comparison) -> None:
    """Its two sentences are two utterances: the tabloid has some of the second one only."""
    sentences = "We will withdraw our guns from the river if", "Anything else is a road to nowhere"
    variants = [one for words in sentences for one in utterance(found, words).variants]
    cues = {word for one in variants if one.cue for word in one.cue.words}
    assert {"said", "conceded", "declared", "boasted"} <= cues


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("conflict", ("8,000", "30,000")),
        ("conflict", ("88", "98")),
        ("update", ("12", "17")),
        ("scope", ("48,000", "31,000", "17,000")),
        ("scope", ("54 per cent", "38 per cent")),
        ("conflict", ("2.4 million", "2.4 billion")),
        ("rounding", ("3,100", "3,140")),
        ("conflict", ("26 March", "27 March")),
    ],
    ids=lambda value: value if isinstance(value, str) else " ".join(value),
)
def test_figures_and_dates_that_differ(
    found: Comparison, kind: ConflictKind, words: tuple[str, ...]
) -> None:
    assert differing(found, kind, *words)


@pytest.mark.parametrize("words", [("126", "120"), ("Eighteen", "17")], ids=" ".join)
def test_figures_of_two_things_are_no_conflict(found: Comparison, words: tuple[str, ...]) -> None:
    assert not any(differing(found, kind, *words) for kind in get_args(ConflictKind))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("have the right to return", "do not have the right to return"),
        ("may keep 120 unarmed customs officers", "may not keep 120 customs officers"),
        pytest.param(
            "Our officers stay",
            "officers leave the bridge",
            marks=missed("whose officers, and where they are, only the sentence before tells"),
        ),
        ("cleared that road metre by metre", "That road was never cleared"),
        ("was cleared in 2023", "That road was never cleared"),
        ("not one pledge has been put in writing", "Every pledge"),
    ],
)
def test_opposite_claims(found: Comparison, one: str, other: str) -> None:
    assert opposed(found, one, other)


def test_a_gap(found: Comparison, ids: dict[str, str]) -> None:
    missing = {one.document: carried(found, one.missing) for one in found.gaps}
    for name in ids.keys() - {"earlier"}:
        gap = {"Marit Halvek", "Benedo Arrizal"} <= missing.get(ids[name], set())
        assert gap == (name == "newsletter"), name


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("pasted", "Livia Cantorel"),
        ("pasted", "Tessa Ormiel"),
        ("pasted", "the 95 the river carried"),
        ("daily", "310 million crowns"),
        ("opinion", "all four settlements since 1911"),
        ("newsletter", "Ulla Brandeth"),
        ("newsletter", "She read out the log"),
        ("newsletter", "two crossings a day"),
    ],
)
def test_what_only_one_carries(
    found: Comparison, ids: dict[str, str], name: str, words: str
) -> None:
    (gap,) = (one for one in found.gaps if one.document == ids[name])
    named = carried(found, gap.only_here)
    assert words in named or any(says(at, words) for one in gap.only_here for at in one.places)


@pytest.mark.parametrize(
    ("who", "before", "after"),
    [
        ("Edda Torvelin", "We will not open a single sluice", "We will open the first sluice"),
        ("Casimo Daurel", "No prisoner on either list", "every prisoner on the list"),
        ("Marit Halvek", "There will be no Vellandic signature", "never the heart of the matter"),
        ("Casimo Daurel", "dollars", "a debt of honour"),
    ],
)
def test_positions_that_moved(found: Comparison, who: str, before: str, after: str) -> None:
    assert reversed_(found, who, before, after)


def test_whose_side_the_negotiators_are_on(found: Comparison) -> None:
    sides = {one.who: one.side for one in found.speakers}
    assert sides["Marit Halvek"] == sides["Edda Torvelin"] == "velland"
    assert sides["Benedo Arrizal"] == sides["Casimo Daurel"] == "sarmone"


def test_namesakes_are_two(found: Comparison) -> None:
    halveks = [one for one in found.speakers if "Halvek" in one.who]
    assert sorted(one.who for one in halveks) == ["Jonas Halvek", "Marit Halvek"]
    for one, other in combinations(halveks, 2):
        assert not {place.document for place in one.places if says(place, "Marit")} & {
            place.document for place in other.places if says(place, "Marit")
        }
    assert not any({"Marit Halvek", "Jonas Halvek"} <= set(one.names) for one in halveks)
