"""Figures and dates of one thing that differ, and what kind of difference it is."""

from collections.abc import Sequence

import pytest

from covered import marked, story, vectors
from unspin.comparing import amounts, conflicts, speakers
from unspin.types import Conflict, Copy, Marks, Span


def found(marks: Sequence[Marks], copies: tuple[Copy, ...] = ()) -> tuple[Conflict, ...]:
    return conflicts.find(marks, (story(marks),), copies, speakers.find(marks), vectors)


def kinds(*texts: str, days: Sequence[int] = ()) -> list[str]:
    return [one.kind for one in found(marked(*texts, days=days))]


def test_two_tolls_of_one_morning_conflict_and_say_whose_they_are() -> None:
    marks = marked(
        "A blast in the port of Lodden killed 12 people on Monday, the ministry said.",
        "A blast in the port of Lodden killed 31 people on Monday, the dockers' union said.",
    )
    (conflict,) = found(marks)
    assert (conflict.kind, conflict.counted, conflict.unit) == (
        "conflict",
        "people, dead",
        "person",
    )
    assert [(one.low, one.words) for one in conflict.places] == [(12.0, ("12",)), (31.0, ("31",))]
    assert conflict.places[0].sentence.words == (marks[0].document.text,)


@pytest.mark.parametrize(
    ("kind", "texts", "days"),
    [
        (
            "rounding",
            (
                "Scores of Orvan mayors came to the feast in Lodden.",
                "The feast in Lodden was attended by 30 Orvan mayors.",
            ),
            (),
        ),
        (
            "conflict",
            (
                "Lena Adair, 34, was named judge in Lodden on Monday.",
                "Lena Adair is to be judge in Lodden. The 38-year-old was named on Monday.",
            ),
            (),
        ),
        (
            "conflict",
            (
                "Lena Adair, 34, was named judge in Lodden on Monday.",
                "Lodden has a new judge, 38-year-old Lena Adair, who was named on Monday.",
            ),
            (),
        ),
        (
            "rounding",
            (
                "The storm left 48,260 people without power in Lodden.",
                "The storm left about 48,000 people without power in Lodden.",
            ),
            (),
        ),
        (
            "rounding",
            (
                "Donors pledged $2.38 billion to rebuild the valley of Iven.",
                "Donors pledged $2.4 billion to rebuild the valley of Iven.",
            ),
            (),
        ),
        (
            "rounding",
            (
                "The landslide in Orvo buried more than 1,000 sheep, farmers said.",
                "The landslide in Orvo buried 1,043 sheep, farmers said.",
            ),
            (),
        ),
        (
            "update",
            (
                "At least 12 people were killed in the Lodden ferry fire.",
                "The Lodden ferry fire has killed 17 people.",
            ),
            (0, 1),
        ),
        (
            "scope",
            (
                "Flooding destroyed 40 houses in Lodden this week.",
                "Flooding destroyed 310 houses across the province this week.",
            ),
            (),
        ),
        (
            "conflict",
            (
                "Ministers promise a fund of $2.4 million to rebuild the valley of Iven.",
                "Ministers promise a fund of $2.4 billion to rebuild the valley of Iven.",
            ),
            (),
        ),
        (
            "conflict",
            (
                "The council of Lodden approved the tunnel by five votes to four.",
                "The council of Lodden approved the tunnel, seven to two.",
            ),
            (),
        ),
        (
            "conflict",
            (
                "The ceasefire in the valley of Iven will begin on 12 May at dawn.",
                "From 14 May the ceasefire in the valley of Iven will hold.",
            ),
            (),
        ),
        (
            "rounding",
            (
                "The tunnel under Lodden was closed in mid-September after cracks were found.",
                "The tunnel under Lodden was closed on 16 September after cracks were found.",
            ),
            (),
        ),
        (
            "conflict",
            (
                "The fire in the hills of Orvo burned 3,000 hectares of forest.",
                "The fire in the hills of Orvo burned 90 square kilometres of forest.",
            ),
            (),
        ),
        (
            "scope",
            (
                "In the second quarter the smelters of Velland poured 1.9 million tonnes of steel.",
                "In the first half the smelters of Velland poured 4.1 million tonnes of steel.",
            ),
            (),
        ),
        (
            "conflict",
            (
                "The signing of the Iven treaty took place on 4 March 2024 in Orvo.",
                "The signing of the Iven treaty took place on 6 March 2024 in Orvo.",
            ),
            (),
        ),
    ],
)
def test_a_difference_is_sorted(kind: str, texts: Sequence[str], days: Sequence[int]) -> None:
    assert kinds(*texts, days=days) == [kind]


@pytest.mark.parametrize(
    "texts",
    [
        (
            "A blast in the port of Lodden killed 12 people and injured 30.",
            "A blast in the port of Lodden injured 30 people and killed 12.",
        ),
        (
            "A dozen people died in the Lodden blast.",
            "The Lodden blast killed 12 people.",
        ),
        (
            "The march is 15 kilometres long and ends in Lodden.",
            "The march is 9.3 miles long and ends in Lodden.",
        ),
        (
            "The council of Lodden approved the tunnel by 5 to 4 votes.",
            "The council of Lodden approved the tunnel, five to four.",
        ),
        (
            "Nine wagons left the rails near Lodden on Monday.",
            "Since 2009, when 14 wagons left the rails near Lodden, the line was held for safe.",
        ),
        (
            "Rell holds 31 of the 60 seats in the council of Lodden.",
            "Rell holds 31 seats in the council of Lodden, where 45 seats are needed to govern.",
        ),
        (
            "The forest burned over 30 square kilometres in Orvo.",
            "The forest burned over 3,000 hectares in Orvo.",
        ),
        (
            "The bridge of Orvo cost $40 million.",
            "The harbour master of Lodden earns $90,000.",
        ),
        (
            "Prices in Velland rose by 3 percent.",
            "Prices in Velland rose to 12 percent.",
        ),
    ],
)
def test_what_agrees_or_is_of_another_thing_is_no_difference(texts: Sequence[str]) -> None:
    assert kinds(*texts) == []


def test_coverage_without_numbers_has_no_differences() -> None:
    assert kinds("The ferry came late.", "The ferry was late again.") == []


def test_times_longer_than_any_calendar_are_read() -> None:
    assert kinds(
        "Over 4 billion years 40 people died in Lodden, and 3 until 31 December 9999.",
        "Over 7 trillion weeks 40 people died in Lodden, and 5 until 1 January 0001.",
    ) in ([], ["conflict"])


def test_a_long_list_in_one_sentence_is_read_in_reasonable_time() -> None:
    boats, ships = (
        "Police counted " + ", ".join(f"{number} {of}" for number in range(20, 420)) + " at Nain."
        for of in ("boats", "ships")
    )
    found(marked(boats, ships))


def test_a_copy_says_nothing_of_its_own() -> None:
    marks = marked(
        "A blast in the port of Lodden killed 12 people on Monday.",
        "A blast in the port of Lodden killed 31 people on Monday.",
    )
    ids = tuple(one.document.id for one in marks)
    assert found(marks, (Copy(ids, None, ()),)) == ()


def test_every_word_for_one_thing_is_listed_once() -> None:
    listed = amounts.alike()
    assert {sort for _, sort in listed.values()} == {"toll", "told", "thing"}
    assert listed["kill"] == listed["death"] == ("dead", "toll")


def test_places_hold_the_words_of_the_documents() -> None:
    marks = marked(
        "A blast in the port of Lodden killed 12 people on Monday.",
        "A blast in the port of Lodden killed 31 people on Monday.",
    )
    texts = {one.document.id: one.document.text for one in marks}
    for conflict in found(marks):
        for place in conflict.places:
            text = texts[place.document]
            assert place.words == tuple(span.of(text) for span in place.spans)
            assert all(isinstance(span, Span) for span in place.sentence.spans)


def test_ages_of_two_people_do_not_differ() -> None:
    texts = (
        "Lena Adair, 34, was named judge in Lodden on Monday.",
        "Tom Harl, 38, was named judge in Lodden on Monday.",
    )
    assert not kinds(*texts)


def test_today_is_no_other_day_where_another_document_says_today() -> None:
    texts = (
        '"He was extremely strong in his denial today," said Minister Ana Rell of Lodden.',
        'Minister Ana Rell of Lodden said: "He was extremely strong in his denial today."',
    )
    assert not kinds(*texts, days=(0, 1))


def test_a_part_and_its_whole_are_of_different_scope_where_a_third_document_says_so() -> None:
    marks = marked(
        "About 48,000 people are displaced in the valley of Iven, the Compact said.",
        "Displaced in Iven are 48,260 people, 31,000 of them Orvans and 17,260 Teldans.",
        "Some 31,000 Orvans displaced from Iven wait to go back.",
    )
    (conflict,) = found(marks)
    assert conflict.kind == "scope"
    assert {"About 48,000", "Some 31,000"} <= {one.words[0] for one in conflict.places}


def test_two_polls_of_other_askers_do_not_differ() -> None:
    texts = (
        "A poll by Mirada found that 49 percent of voters back the tunnel.",
        "A poll by Castor and Lund found that 58 percent of voters back the tunnel.",
    )
    assert not kinds(*texts)
    assert kinds(texts[0], texts[1].replace("Castor and Lund", "Mirada")) == ["conflict"]


def test_two_numbers_that_a_third_document_gives_are_of_two_things() -> None:
    texts = (
        "Ana Rell worked at Rasko for 33 years, she said.",
        "Her father worked at Rasko for 39 years, Ana Rell said.",
    )
    assert kinds(*texts) == ["conflict"]
    assert not kinds(*texts, " ".join(texts))


def test_all_who_give_one_number_differ_from_whoever_gives_another() -> None:
    text = "A blast in the port of Lodden killed {} people on Monday, the ministry said."
    (conflict,) = found(marked(*(text.format(count) for count in (12, 31, 31, 31, 31, 31))))
    assert [one.low for one in conflict.places] == [12, 31, 31, 31, 31, 31]


def test_others_than_the_dead_are_the_hurt() -> None:
    texts = (
        "Riots in Lodden on Tuesday killed five people and injured more than 300 others.",
        "Riots in Lodden on Tuesday injured 220 people, the hospital said. Five people died.",
    )
    assert kinds(*texts) == ["conflict"]


def test_numbers_that_differ_are_given_in_one_unit() -> None:
    marks = marked(
        "The guns of Velland were pulled back 40 kilometres from the bridge at Karsin on Monday.",
        "The guns of Velland were pulled back 9 miles from the bridge at Karsin on Monday.",
    )
    (conflict,) = found(marks)
    assert conflict.unit == "km"
    assert [(one.words, one.low) for one in conflict.places] == [
        (("40 kilometres",), 40.0),
        (("9 miles",), 14.48),
    ]


def test_a_number_told_in_two_units_is_one() -> None:
    (one,) = marked("The plane hit the cliff at 12,000 feet (3,700 metres), or 1,100 metres up it.")
    cast = speakers.find([one])
    assert [amount.value for amount in amounts.read(one, 0, cast)] == [12_000, 1_100]


def test_what_a_document_tells_twice_is_one_partner() -> None:
    once = "The rioting in Lodden left five people dead and injured 220."
    other = "Five people were killed and more than 300 were injured in the rioting in Lodden."
    (of_one,), (of_two,) = (
        found(marked(text, other)) for text in (once, f"{once} It left 220 people injured.")
    )
    assert of_two.score > 0.9 * of_one.score


def test_a_number_is_of_what_a_third_document_has_it_of() -> None:
    march = "people to the march in Lodden"
    texts = (
        f"They hope to draw 100,000 {march}, sixty years after 1964 drew 250,000 {march}.",
        f"Organisers hoped to draw 100,000 {march} on Sunday.",
        f"Over 200,000 {march} came.",
    )
    assert kinds(*texts[1:]) == ["conflict"]
    assert kinds(*texts) == ["rounding"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("A survey by the Tarn institute has 54 percent for the levy in Lodden.", {"tarn"}),
        ("Only 38 percent back the levy, according to pollsters Tarn.", {"tarn"}),
        ("In Lodden a Tarn poll has 38 percent for it.", {"tarn"}),
        ("A poll of Vellanders has 38 percent for the levy.", set()),
    ],
)
def test_whoever_asked_is_named_beside_the_poll(text: str, names: set[str]) -> None:
    (one,) = marked(text)
    (amount,) = amounts.read(one, 0, speakers.find([one]))
    assert amount.pollsters == names
