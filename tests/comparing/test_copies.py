"""Documents that are one text, and two that only quote, or share a background."""

import random
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inline import document
from unspin.comparing import copies
from unspin.marking import mark
from unspin.types import Copy, Difference, Marks, Span

WIRE = tuple(
    """\
OSTREL, March 11 (Tideline) — Negotiators of Velland and Sarmone initialled a protocol on the
sharing of the river in the small hours of Tuesday.

The text runs to forty pages and had been fought over since the end of February. It will go before
both parliaments within three weeks.

“We leave this room with a paper that neither of us loves and both of us can keep,” said Marit
Halvek, who leads the delegation of Velland.

Twelve people died on Monday when a bus struck a mine near Tolmen. Both delegations stood in silence
before the last session began.

Under the protocol the sluices of the upper dam are to open in April. Observers from neutral Quarrow
will count the water that passes every day.

Traders in the river towns welcomed the news. Barges have lain idle since the autumn, and several
mills on the lower bank have let their workers go.""".replace("\n", " ").split("  ")
)
STATEMENT = (
    "“The sluices will open on the first day of April and not one hour later, and every farmer on "
    "the lower bank will have the water he was promised, and nobody will pay a crown for it, and "
    "whoever says otherwise has not read what was signed here tonight in front of all of you.”"
)
QUOTES = (
    f"""Velland's envoy would not be drawn on the price of the deal. {STATEMENT} With that she left
for the airfield, and her staff refused to take any further questions from reporters.""",
    f"""Farmers gathered by the dam cheered when the speech was carried over loudspeakers.
{STATEMENT} Some of the older men had waited there since the snow melted in the hills.""",
)


def told(text: str, number: int = 0, outlet: str | None = None, day: int | None = 0) -> Marks:
    published = None if day is None else date(2024, 3, 11) + timedelta(day)
    blank = document(text, published=published)
    own = replace(blank, id=f"{number:016x}", outlet=outlet or f"Outlet {number}")
    return mark(own, layers=())


def coverage(*texts: str) -> list[Marks]:
    return [told(text, number) for number, text in enumerate(texts)]


def whole(paragraphs: Sequence[str] = WIRE) -> str:
    return "\n\n".join(paragraphs)


def words(copy: Copy, marks: Sequence[Marks], at: int = 0) -> list[tuple[str, str, str]]:
    texts = {one.document.id: one.document.text for one in marks}
    here, there = texts[copy.edits[at].document], texts[copy.documents[0]]
    return [
        (step.kind, _of(step.here, here), _of(step.there, there)) for step in copy.edits[at].diff
    ]


def _of(span: Span | None, text: str) -> str:
    return span.of(text) if span else ""


def test_the_same_text_in_two_papers_is_one_source() -> None:
    (copy,) = copies.find(coverage(whole(), whole()))
    assert copy.documents == (f"{0:016x}", f"{1:016x}")
    assert copy.edits[0].diff == ()


def test_a_text_cut_to_a_third_is_still_the_text_and_the_fullest_comes_first() -> None:
    marks = coverage(whole(WIRE[1:4:2]), whole())
    (copy,) = copies.find(marks)
    assert copy.documents == (f"{1:016x}", f"{0:016x}")
    assert {kind for kind, _, _ in words(copy, marks)} == {"cut"}


def test_a_paragraph_that_was_moved_is_no_difference_of_words() -> None:
    moved = (WIRE[0], *WIRE[3:], *WIRE[1:3])
    (copy,) = copies.find(coverage(whole(), whole(moved)))
    assert copy.edits[0].diff == ()


def test_each_edit_is_told_word_by_word() -> None:
    edited = whole().replace("fought over", "argued about at length").replace("near Tolmen", "")
    marks = coverage(whole(), f"{edited}\n\nShares in both capitals rose sharply at noon.")
    (copy,) = copies.find(marks)
    assert copy.documents[0] == marks[1].document.id
    assert words(copy, marks) == [
        ("changed", "fought over", "argued about at length"),
        ("added", "near Tolmen", ""),
        ("cut", "", "Shares in both capitals rose sharply at noon"),
    ]


def test_light_rewriting_of_every_sentence_leaves_it_one_text() -> None:
    chance = random.Random(1)  # noqa: S311 - the same every time
    changed = " ".join(
        word if chance.random() > 0.3 else f"other{number}"
        for number, word in enumerate(whole().split(" "))
    )
    assert copies.find(coverage(whole(), changed))


def test_two_articles_that_quote_one_statement_are_two() -> None:
    assert copies.find(coverage(*QUOTES)) == ()


def test_a_quotation_set_as_a_block_is_no_evidence_either() -> None:
    bare = STATEMENT.strip("“”")
    texts = [text.replace(STATEMENT, f"\n\n{bare}\n\n") for text in QUOTES]
    blocks = [told(text, number) for number, text in enumerate(texts)]
    kinds = [
        replace(
            one.document,
            blocks=tuple(
                replace(block, kind="blockquote")
                if block.span.of(one.document.text) == bare
                else block
                for block in one.document.blocks
            ),
        )
        for one in blocks
    ]
    quoted = [replace(one, document=kind) for one, kind in zip(blocks, kinds, strict=True)]
    assert copies.find(quoted) == ()


def test_sentences_in_any_order_in_one_paragraph_are_still_the_text() -> None:
    sentences = " ".join(WIRE).replace(",” said", ".” So said").split(". ")
    random.Random(3).shuffle(sentences)  # noqa: S311 - the same every time
    assert copies.find(coverage(whole(), ". ".join(sentences)))


def test_two_sentences_made_one_are_still_found() -> None:
    joined = whole().replace(". It", " and it").replace(". Both", " and both")
    joined = joined.replace(". Observers", " and observers").replace(". Barges", " as barges")
    assert copies.find(coverage(whole(), whole(WIRE[1:]), joined))[0].documents[2:]


def test_the_background_of_one_outlet_makes_no_copies() -> None:
    background = whole(WIRE[3:])
    news = (
        "The price of flour rose again in Ostrel.",
        "A school in Tolmen opened its doors to the children of both banks.",
        "The chamber of Sarmone sat until midnight over the budget for the army.",
        "Fishermen found a chest of letters in the reeds below the old customs house.",
    )
    marks = [
        told(f"{one}\n\n{background}", number, "The Ford Weekly", day=5 * number)
        for number, one in enumerate(news)
    ]
    assert copies.find(marks) == ()
    once = [replace(one, document=replace(one.document, outlet=None)) for one in marks]
    assert len(copies.find(once)) == 1


def test_a_text_brought_up_to_date_for_some_days_is_one_text() -> None:
    marks = [told(f"{whole()} Update {day}.", day, "The Ford Weekly", day) for day in range(4)]
    (copy,) = copies.find(marks)
    assert len(copy.documents) == 4


def test_a_phrase_alone_is_too_little() -> None:
    assert (
        copies.find(coverage("Rain is likely by the evening.", "Rain is likely by the evening."))
        == ()
    )


@pytest.mark.parametrize(
    ("credited", "agency"),
    [
        ((None, None), "Tideline"),
        (("Meridian", None), "Meridian"),
        ((None, "Meridian"), "Tideline"),
    ],
)
def test_the_agency_is_credited_where_it_is_named(
    credited: tuple[str | None, ...], agency: str
) -> None:
    marks = [
        replace(one, document=replace(one.document, credit=credit))
        for one, credit in zip(coverage(whole(), whole()), credited, strict=True)
    ]
    assert copies.find(marks)[0].agency == agency


def test_nobody_is_credited_where_nobody_is_named() -> None:
    assert copies.find(coverage(whole(WIRE[1:]), whole(WIRE[1:])))[0].agency is None


def test_as_many_copies_as_there_are_outlets_are_one_group() -> None:
    marks = coverage(*(whole() for _ in range(120)))
    (copy,) = copies.find(marks)
    assert len(copy.documents) == 120


SENTENCES = [sentence for paragraph in WIRE for sentence in paragraph.split(". ")]
TEXTS = st.lists(
    st.one_of(st.sampled_from(SENTENCES), st.text(max_size=30)), min_size=1, max_size=14
).map(". ".join)


@given(st.lists(TEXTS, max_size=5), st.booleans())
@settings(max_examples=60, deadline=None)
def test_any_texts(texts: list[str], dated: bool) -> None:  # noqa: FBT001 - drawn
    marks = [told(text, at, "Ford", at * 4 if dated else None) for at, text in enumerate(texts)]
    found = copies.find(marks)
    length = {one.document.id: len(one.document.text) for one in marks}
    listed = [one for copy in found for one in copy.documents]
    assert len(listed) == len(set(listed))
    for copy in found:
        assert len(copy.documents) > 1
        assert tuple(edit.document for edit in copy.edits) == copy.documents[1:]
        for edit in copy.edits:
            for step in edit.diff:
                assert step.kind == _kind(step)
                assert step.here is None or step.here.end <= length[edit.document]
                assert step.there is None or step.there.end <= length[copy.documents[0]]
    doubled = [*marks, *(told(text, 100 + at, "Twin", None) for at, text in enumerate(texts))]
    assert len(copies.find(doubled)) >= len(found)


def _kind(step: Difference) -> str:
    if step.here and step.there:
        return "changed"
    return "added" if step.here else "cut"


def test_many_sentences_that_begin_alike_cost_no_more() -> None:
    told = [f"On the day of the vote the water stood at {n} feet." for n in range(4000)]
    one, other = (
        document(" ".join(told[start:]), published=date(2024, 3, 11)) for start in (0, 400)
    )
    marks = [
        mark(replace(each, id=f"{at:016x}"), layers=()) for at, each in enumerate((one, other))
    ]
    before = time.process_time()
    (copy,) = copies.find(marks)
    assert len(copy.documents) == 2
    assert time.process_time() - before < 12
