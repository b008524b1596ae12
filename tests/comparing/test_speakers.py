"""One speaker across documents: the same names meet, namesakes stay apart."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import covered
import inline
import strategies
from unspin.comparing import described, naming, speakers
from unspin.types import Copy, Marks, Span, Speaker, Statement, WhoKind


def marked(*texts: str, days: Sequence[int] = ()) -> list[Marks]:
    """The marks of texts of one day and the next ones, or of the days given."""
    return covered.marked(*texts, days=days or range(len(texts)))


def whose(*texts: str, days: Sequence[int] = ()) -> list[str | None]:
    """The identity of the first speaker of each text."""
    cast = speakers.find(marked(*texts, days=days))
    return [cast.of(f"{place:016x}", 0, 0) for place in range(len(texts))]


def test_a_full_name_meets_itself_under_a_title_and_its_surname() -> None:
    assert (
        whose(
            "“We will stay,” said Velland's foreign minister, Ana Rell, after talks with Galdovia.",
            "“We will stay,” Foreign Minister Ana Rell of Velland said of the talks with Galdovia.",
            "“We will stay,” Rell said in Velland after the talks with Galdovia.",
        )
        == ["ana-rell"] * 3
    )


def test_a_namesake_with_another_calling_stays_apart() -> None:
    assert whose(
        "“We will stay,” said Velland's foreign minister, Ana Rell, after talks with Galdovia.",
        "“I scored twice,” said Ana Rell, the striker of Lodden United, after the match.",
    ) == ["ana-rell", "ana-rell-2"]


def test_a_spokesman_for_a_body_speaks_as_the_body() -> None:
    one, other = whose(
        "“Eels may pass at night,” a spokesman for the Iven Dam Company said in Kell.",
        "“Eels may pass at night,” the Iven Dam Company said in Kell.",
    )
    assert one == other == "iven-dam-company"


def test_a_spokesman_for_a_person_is_nobody() -> None:
    assert whose("“She has read it,” a spokesman for the mayor of Kell said.") == [None]


def test_what_one_of_many_documents_says_of_a_person_does_not_count() -> None:
    story = "“The dam at Kell will be opened,” said {} after the talks in Hesel on Monday."
    names = ["Liberal Ana Rell", *["Ana Rell"] * 20, "Conservative Ana Rell"]
    assert len(set(whose(*map(story.format, names)))) == 1
    assert len(set(whose(*map(story.format, (names[0], names[-1]))))) == 2


def test_no_relation_is_said_of_whoever_else_has_the_surname() -> None:
    one, other = whose(
        "“We sign on Monday,” Ana Rell said in Kell. “Too soon,” said Odd Rell, no relation.",
        "“We sign on Monday,” Ana Rell said in Kell.",
    )
    assert one == other == "ana-rell"


def test_a_common_name_alone_does_not_join_two_stories() -> None:
    """Of a name that few share both may be meant, of one that many share not."""
    far = (
        "“The trams stand still,” Ana Rell said. Dockers in Kell and Hesel wait for a ferry.",
        "“A fine harvest of plums,” Ana Rell said. Growers near Tarn and Lodden buy ladders.",
    )
    assert len(set(whose(*far))) == 1
    names = ("Ana Brack", "Ana Holm", "Ana Storm", "Per Rell", "Ida Rell", "Odd Rell")
    others = [f"“It rains,” {name} said." for name in names]
    assert len(set(whose(*far, *others)[:2])) == 2


def test_who_is_not_named_is_nobody() -> None:
    assert whose("“We will stay,” a senior official said.") == [None]


def speaking(marks: Marks, tag: inline.Tagged) -> Marks:
    """The marks, with who is named at the tag for the speaker there, as far as its words go."""
    words = tag.span
    named = words.of(marks.document.text)
    is_body = "body" in tag.attributes
    who = named.split(" (")[0].removeprefix("The ").removeprefix("the ")
    office = not is_body and described.office(named)
    speaker = Speaker((words,), None if office else who, "organisation" if is_body else "person")
    others = [
        one
        for one in marks.statements
        if not any(words.overlaps(span) for said in one.speakers for span in said.words)
    ]
    one = Statement((), "indirect", (), None, (speaker,), None, 1.0)
    return replace(marks, statements=(*others, one))


CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "data" / "cases" / "speakers.jsonl")
    .read_text("utf-8")
    .splitlines()
]


@pytest.mark.parametrize("case", CASES, ids=[case["holds"] for case in CASES])
def test_who_is_one_speaker_in_two_reports(
    case: dict[str, Any], request: pytest.FixtureRequest
) -> None:
    if "missed" in case:
        request.applymarker(pytest.mark.xfail(strict=True, reason=case["missed"]))
    texts, named = zip(*(inline.parse(case[report]) for report in "ab"), strict=True)
    made = [
        speaking(one, tags[0])
        for one, tags in zip(marked(*texts, days=(0, case.get("days", 1))), named, strict=True)
    ]
    cast = speakers.find(made)
    here, there = (
        {
            cast.of(one.document.id, at, place)
            for at, statement in enumerate(one.statements)
            for place, speaker in enumerate(statement.speakers)
            if any(map(tags[0].span.overlaps, speaker.words))
        }
        for one, tags in zip(made, named, strict=True)
    )
    assert bool((here & there) - {None}) == case["one"]


TALKS = "after talks with Galdovia in Tarn"
SAME = {
    "a title": (
        f"“We stay,” Minister Ana Rell said {TALKS}.",
        f"“We stay,” said Ana Rell, a minister of Velland, {TALKS}.",
    ),
    "a surname": (
        f"“We stay,” said Ana Rell, Velland's foreign minister, {TALKS}.",
        f"“We stay,” Foreign Minister Rell said {TALKS}.",
    ),
    "a spelling": (
        f"“We stay,” said Olha Petrenkow, the mayor of Tarn, {TALKS}.",
        f"“We stay,” said Olga Petrenkov, Tarn's mayor, {TALKS}.",
    ),
    "a short form": (
        f"“We stay,” said Robert Hallow, the envoy of Velland, {TALKS}.",
        f"“We stay,” said Bob Hallow, Velland's envoy, {TALKS}.",
    ),
    "a married name": (
        f"“We stay,” said Ines Morel, formerly Ines Tavares, {TALKS}.",
        f"“We stay,” said Ines Tavares {TALKS}.",
    ),
    "an office": (
        f"“We stay,” the president of Velland said {TALKS}.",
        f"“We stay,” said Ana Rell, the president of Velland, {TALKS}.",
    ),
    "a ministry": (
        f"“We stay,” Velland's foreign ministry said {TALKS}.",
        f"“We stay,” the Ministry of Foreign Affairs of Velland said {TALKS}.",
    ),
    "an acronym": (
        f"“We stay,” the National Grain Board (NGB) said {TALKS}.",
        f"“We stay,” the NGB said {TALKS}.",
    ),
    "two languages": (
        f"“We stay,” the Frente Popular de Velland said {TALKS}.",
        f"“We stay,” the Popular Front of Velland said {TALKS}.",
    ),
}
DIFFERENT = {
    "given names": (
        f"“We stay,” said Ana Rell {TALKS}.",
        f"“We stay,” said Jon Rell {TALKS}.",
    ),
    "callings": (
        f"“We stay,” said Ana Rell, a nurse, {TALKS}.",
        f"“We stay,” said Ana Rell, a minister, {TALKS}.",
    ),
    "countries": (
        f"“We stay,” said Ana Rell, the president of Velland, {TALKS}.",
        f"“We stay,” said Ana Rell, the president of Brestia, {TALKS}.",
    ),
    "ages": (
        f"“We stay,” said Ana Rell, 34, {TALKS}.",
        f"“We stay,” said Ana Rell, 61, {TALKS}.",
    ),
    "sexes": (
        f"“We stay,” Mr Rell said {TALKS}.",
        f"“We stay,” Ms Ana Rell said {TALKS}.",
    ),
    "father and son": (
        f"“We stay,” said Jon Rell Sr., a farmer, {TALKS}.",
        f"“We stay,” said Jon Rell Jr., a farmer, {TALKS}.",
    ),
    "two of a surname": (
        f"“We stay,” said Ana Rell {TALKS}. Her brother Jon Rell agreed.",
        f"“We stay,” Rell said {TALKS}.",
    ),
    "letters of another script": (
        f"“We stay,” said Ana Rell, the mayor, {TALKS}.",
        f"“We stay,” said Ana R\u0435ll, the mayor, {TALKS}.",
    ),
    "ministries": (
        f"“We stay,” Velland's foreign ministry said {TALKS}.",
        f"“We stay,” Galdovia's foreign ministry said {TALKS}.",
    ),
    "surnames alone": (
        f"“We stay,” Rell said {TALKS}.",
        f"“We stay,” Rell said {TALKS}, at last.",
    ),
}


@pytest.mark.parametrize("texts", SAME.values(), ids=SAME)
def test_one_speaker_under_two_names(texts: tuple[str, str]) -> None:
    one, other = whose(*texts)
    assert one == other is not None


@pytest.mark.parametrize("texts", DIFFERENT.values(), ids=DIFFERENT)
def test_two_speakers_of_one_name(texts: tuple[str, str]) -> None:
    one, other = whose(*texts)
    assert one != other


def test_a_deputy_is_not_the_one_whose_deputy_it_is() -> None:
    one, other = whose(
        f"“We stay,” the deputy mayor of Lodden said {TALKS}.",
        f"“We go,” said Ana Rell, the mayor of Lodden, {TALKS}.",
    )
    assert one != other


FILLED = (  # as long as an article is, and of one story
    "The talks on the locks of Arnsted went on in Velland all week. Barges waited below the weir, "
    "and the farmers of the lower valley had asked for water since May. Engineers measured the "
    "basin twice and wrote down what they found. A committee will read it before the harvest ends, "
    "and the ferry will cross only by day. In Velland the papers printed maps of the basin, "
    "Velland's parliament sat late, and the schools near the weir stayed shut for a day. "
) * 2


def named(text: str, name: str, kind: WhoKind | None, who: str | None = None) -> Marks:
    """The marks of a text in which nobody speaks but at a name, of a kind."""
    (one,) = marked(text)
    start = text.index(name)
    speaker = Speaker((Span(start, start + len(name)),), who, kind)
    return replace(one, statements=(Statement((), "indirect", (), None, (speaker,), None, 1.0),))


def joined(*some: Marks) -> bool:
    """Whether those who speak in the marks are one."""
    placed = [
        replace(one, document=replace(one.document, id=f"{place:016x}"))
        for place, one in enumerate(some)
    ]
    cast = speakers.find(placed)
    ids = {cast.of(one.document.id, 0, 0) for one in placed}
    return len(ids) == 1 and None not in ids


def test_many_offices_in_one_text_are_read_in_reasonable_time() -> None:
    letters = "abcdefgh"
    lands = ["".join(some).title() for some in product(letters, repeat=3)]
    text = " ".join(f"The {one.lower()} minister of {one}land said it rained." for one in lands)
    started = process_time()
    assert speakers.find(marked(text)).identities == ()
    assert process_time() - started < 5


def test_a_name_is_one_speaker_s_in_copies_of_one_text() -> None:
    text = "Velland will wait for the guns to go."
    placed = [
        replace(one, document=replace(one.document, id=f"{place:016x}"))
        for place, one in enumerate(named(text, "Velland", None, "Velland") for _ in range(3))
    ]
    copy = Copy(tuple(one.document.id for one in placed[:2]), None, ())
    cast = speakers.find(placed, (copy,))
    ids = [cast.of(one.document.id, 0, 0) for one in placed]
    assert ids[0] == ids[1]
    assert ids[2] != ids[0]
    assert speakers.find(placed[::-1], (copy,)).identities == cast.identities


def test_a_land_its_capital_and_its_government_are_one_speaker() -> None:
    land = named("Velland will wait. Velland's envoys left.", "Velland", "government", "Velland")
    seat = named("Tarn, the capital of Velland, will wait.", "Tarn", "government", "Tarn")
    whole = named(
        "The Vellandic government will wait.", "The Vellandic government", "government",
        "Vellandic government",
    )  # fmt: skip
    people = named("Vellandics will wait.", "Vellandics", "group", "Vellandics")
    assert joined(land, whole)
    assert joined(land, seat)
    assert not joined(whole, people)


def test_a_bare_government_is_that_of_the_land_a_text_is_about() -> None:
    bare = named(f"{FILLED}The army will wait.", "The army", "government", "army")
    whole = named(
        f"{FILLED}Velland's army will wait.", "Velland's army", "government", "Velland's army"
    )
    club = named(f"{FILLED}The club will wait.", "The club", "organisation", "club")
    assert joined(bare, whole)
    assert not joined(club, whole)


def test_a_body_is_one_in_articles_of_one_story_that_are_about_one_land() -> None:
    name = "Labour Department"
    few = FILLED.replace("Velland's parliament", "The parliament").replace("In Velland the", "The")
    many = few + "Galdovia's army waits in Galdovia and Ostrum's army waits in Ostrum. " * 2
    one, two, far = (
        named(f"{text}The {name} will wait.", f"The {name}", "government", name)
        for text in (few, FILLED, many)
    )
    theirs = f"Galdovia's {name}"
    other = named(f"{FILLED}{theirs} will wait in Galdovia.", theirs, "government", theirs)
    assert joined(one, two)
    assert not joined(one, far)
    assert not joined(two, other)


@pytest.mark.parametrize(
    "words",
    [
        "Mr. Rell",
        "The head of the railway, former Vice Chancellor Qurro Rell",
    ],
)
def test_whom_the_marks_leave_open_is_told_by_the_words(words: str) -> None:
    here = named(f"{FILLED}{words} will wait, he said.", words, None)
    there = named(f"{FILLED}Qurro Rell will wait.", "Qurro Rell", "person", "Qurro Rell")
    assert joined(here, there)


def test_a_full_name_in_articles_of_one_story_is_one_whatever_little_is_told() -> None:
    told = (
        "Ana Rell, the mayor of Kell, will wait.",
        "Ana Rell, the mayor of Hesel, will wait. She left, she said.",
    )
    articles = [named(f"{FILLED}{text}", "Ana Rell", "person", "Ana Rell") for text in told]
    extracts = [named(text, "Ana Rell", "person", "Ana Rell") for text in told]
    assert joined(*articles)
    assert not joined(*extracts)


def test_surnames_alone_are_one_in_articles_of_one_story_and_open_in_extracts() -> None:
    texts = f"{FILLED}Rell will wait, he said.", f"{FILLED}Rell will wait until May, he said."
    assert joined(*(named(text, "Rell", "person", "Rell") for text in texts))
    assert not joined(*(named(text[-80:], "Rell", "person", "Rell") for text in texts))


def test_an_office_is_that_of_its_one_holder_in_the_story() -> None:
    holder = named(f"{FILLED}Prime Minister Ana Rell will wait.", "Ana Rell", "person", "Ana Rell")
    office = named(f"{FILLED}The PM will wait.", "The PM", "person")
    unknown = named(
        f"{FILLED}The unidentified premier will wait.", "The unidentified premier", "person"
    )
    assert joined(holder, office)
    assert not joined(holder, unknown)


def test_a_surname_between_two_bearers_joins_neither() -> None:
    names = whose(
        f"“We stay,” said Ana Rell {TALKS}.",
        f"“We stay,” Rell said {TALKS}.",
        f"“We go,” said Jon Rell {TALKS}.",
    )
    assert len(set(names)) == 3


def test_a_side_is_the_body_a_speaker_is_said_to_belong_to() -> None:
    cast = speakers.find(
        marked(
            f"“We stay,” said Ana Rell, Velland's foreign minister, {TALKS}.",
            f"“We stay,” the Vellandic government said {TALKS}.",
        )
    )
    sides = {one.id: one.side for one in cast.identities}
    assert sides == {"ana-rell": "vellandic-government", "vellandic-government": None}


def test_the_author_is_one_for_all_documents_of_a_byline() -> None:
    made = marked("I think that this is wrong.", "I think that this is right.")
    signed = [
        replace(one, document=replace(one.document, authors=("Ana Rell",), outlet="Gazette"))
        for one in made
    ]
    assert {one.id for one in speakers.find(signed).identities} <= {"ana-rell"}


@given(st.permutations(range(6)))
def test_the_order_of_documents_changes_nothing(order: list[int]) -> None:
    made = marked(*(text for some in list(SAME.values())[:3] for text in some))
    assert speakers.find([made[place] for place in order]) == speakers.find(made)


@given(st.lists(strategies.marks(), max_size=4))
def test_any_marks_have_speakers(some: list[Marks]) -> None:
    told = [
        replace(one, document=replace(one.document, id=str(place)))
        for place, one in enumerate(some)
    ]
    cast = speakers.find(told)
    ids = {one.id for one in cast.identities}
    assert set(cast.speaking.values()) <= ids
    assert len(ids) == len(cast.identities)
    assert all(0 <= one.score <= 1 for one in cast.identities)
    for one in cast.identities:
        for place in one.places:
            text = told[int(place.document)].document.text
            assert tuple(span.of(text) for span in place.spans) == place.words


def test_names_of_a_long_page_are_not_each_set_against_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Twice the people of one text, twice the pairs of names looked at."""
    counts = []
    for many in (60, 120):
        likeness, seen = naming.likeness.__wrapped__, Counter[str]()

        def counted(one: naming.Person, other: naming.Person) -> naming.Likeness:
            seen["pairs"] += 1  # noqa: B023 - called within the turn
            return likeness(one, other)  # noqa: B023

        monkeypatch.setattr(naming, "likeness", counted)
        names = (f"Ana{chr(97 + at % 11)} Rell{chr(97 + at // 11)}ov" for at in range(many))
        speakers.find(marked(" ".join(f"“We stay,” {name} said." for name in names)))
        monkeypatch.undo()
        counts.append(seen["pairs"])
    assert counts[1] <= 3 * counts[0]


def test_letters_that_one_text_spells_out_are_the_same_in_all() -> None:
    one, other, third = whose(
        "The Kell Tram Authority said that the line was safe. “It is safe,” the KTA said.",
        "“It is safe,” the KTA said of the line to Hesel.",
        "Plums are dear in Lodden. “Ask the growers,” the KTA said of its canteen.",
    )
    assert one == other == third


def test_a_surname_behind_in_is_no_place() -> None:
    one, other = whose(
        "“We sign on Monday,” Minister Ana Rell said of the dam at Kell.",
        "“We sign on Monday,” Rell said of the dam at Kell. Many have trust in Rell.",
    )
    assert one == other == "ana-rell"
