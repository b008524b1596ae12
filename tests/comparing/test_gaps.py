"""Gaps: what one document lacks, what it alone carries, and when nothing is said."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from covered import marked, story, vectors
from unspin.comparing import gaps, speakers
from unspin.types import Claim, Copy, Gap, Marks, Settings, Span, Story

TOLL = "The flood at Karsin destroyed 340 houses in the Odden valley."
RELL = "“We will rebuild the dam,” said Foreign Minister Ana Rell of Velland."
RENN = "“Nobody warned us,” said Mayor Ilo Renn of Odden."
FERRY = "The ferry company Tarnlink cancelled all crossings to Port Sellin until June."
OTHER = "Farmers on the upper lake at Tarn lost their whole harvest of barley."


def claimed(*texts: str) -> list[Marks]:
    """Marks in which every sentence without a quotation is a claim worth checking."""
    found = []
    for one in marked(*texts):
        claims = tuple(
            Claim(block.span, "event", 0.9, "report")
            for block in one.document.blocks
            if "“" not in block.span.of(one.document.text)
        )
        found.append(replace(one, claims=claims))
    return found


def find(
    marks: Sequence[Marks], *copies: Copy, among: Sequence[Story] | None = None
) -> dict[int, Gap]:
    sources = len(marks) - sum(len(copy.documents) - 1 for copy in copies)
    told = [replace(story(marks), sources=sources)] if among is None else among
    found = gaps.find(marks, told, copies, speakers.find(marks), vectors)
    return {int(gap.document, 16): gap for gap in found}


def text(*parts: str) -> str:
    return "\n\n".join(parts)


def test_a_fact_that_all_others_carry_is_missing_here() -> None:
    marks = claimed(TOLL, TOLL, text(TOLL, OTHER), FERRY)
    (missing,) = find(marks)[3].missing
    assert (missing.kind, missing.sources, missing.of) == ("fact", 3, 4)
    assert missing.what == TOLL
    assert [place.words for place in missing.places] == [(TOLL,)] * 3


def test_a_document_in_which_claims_were_not_looked_for_lacks_none() -> None:
    *told, last = claimed(TOLL, TOLL, text(TOLL, OTHER), FERRY)
    unlooked = replace(last.made_by, settings=Settings(("statements", "voices")))
    assert set(find([*told, replace(last, claims=(), made_by=unlooked)])) == {2}


def test_what_one_document_alone_carries() -> None:
    gap = find(claimed(TOLL, TOLL, text(TOLL, OTHER)))
    assert set(gap) == {2}
    assert [(one.kind, one.what, one.sources) for one in gap[2].only_here] == [("fact", OTHER, 1)]


def test_a_fact_told_in_other_words_or_with_another_figure_is_not_missing() -> None:
    other = "Altogether 500 houses in the Odden valley were destroyed by the Karsin flood."
    assert find(claimed(TOLL, TOLL, TOLL, other)) == {}


@pytest.mark.parametrize("texts", [(TOLL, FERRY), (TOLL, TOLL, OTHER, FERRY)])
def test_two_sources_or_no_majority_make_no_gap(texts: tuple[str, ...]) -> None:
    assert not [gap for gap in find(claimed(*texts)).values() if gap.missing]


def test_copies_are_one_source() -> None:
    marks = claimed(TOLL, TOLL, TOLL, FERRY, OTHER)
    copy = Copy((f"{0:016x}", f"{1:016x}", f"{2:016x}"), None, ())
    assert not [gap for gap in find(marks, copy).values() if gap.missing]


def test_a_copy_that_was_cut_lacks_what_the_others_kept() -> None:
    marks = claimed(text(TOLL, FERRY), TOLL, text(TOLL, FERRY), text(TOLL, FERRY))
    (missing,) = find(marks, Copy((f"{0:016x}", f"{1:016x}"), None, ()))[1].missing
    assert (missing.what, missing.sources, missing.of) == (FERRY, 3, 3)


def test_an_actor_that_is_not_spoken_of_and_a_source_that_is_not_quoted() -> None:
    named = "Rell has said nothing more."
    gap = find(
        claimed(text(RELL, TOLL), text(RELL, TOLL), text(RELL, TOLL), text(named, TOLL), TOLL)
    )
    assert [one.kind for one in gap[3].missing] == ["source"]
    (actor,) = gap[4].missing
    assert (actor.kind, actor.sources, actor.of) == ("actor", 4, 5)
    assert actor.places[-1].words == ("Rell",)


def test_a_name_that_several_have_leaves_open_who_is_spoken_of() -> None:
    other = "“I was never asked,” said Harbour Master Oda Rell of Tarn."
    marks = claimed(text(RELL, TOLL), text(RELL, TOLL), text(RELL, TOLL), text(other, TOLL))
    assert not any(gap.missing for gap in find(marks).values())


def test_who_is_quoted_in_one_document_alone() -> None:
    gap = find(claimed(text(RELL, TOLL), text(RELL, TOLL), text(RELL, RENN, TOLL)))
    assert [one.kind for one in gap[2].only_here] == ["source"]
    assert gap[2].only_here[0].places[0].document == f"{2:016x}"


def test_what_copies_of_one_text_carry_is_told_of_all_of_them() -> None:
    copy = Copy((f"{0:016x}", f"{1:016x}"), None, ())
    found = find(claimed(text(TOLL, OTHER), text(OTHER, TOLL), TOLL, TOLL), copy)
    assert found[0].only_here == found[1].only_here
    (fact,) = found[0].only_here
    assert (fact.what, fact.sources, fact.of) == (OTHER, 1, 3)
    assert [place.document for place in fact.places] == [f"{0:016x}", f"{1:016x}"]


def test_a_clause_that_counts_is_told_with_its_sentence() -> None:
    counting = "The meadow is dry, the miller said; 120 sheep were sold at Tarnmouth."
    gap = find(claimed(TOLL, TOLL, f"{TOLL}\n\n“Nobody came.”\n\n{counting}"))
    assert [one.what for one in gap[2].only_here] == [counting]


def test_a_claim_is_told_with_the_sentence_it_stands_in() -> None:
    marks = marked(TOLL, TOLL, text(TOLL, f"Rell said that {FERRY[0].lower()}{FERRY[1:]}"))
    whole = marks[2].document.blocks[1].span
    claim = Claim(Span(whole.start + len("Rell said that "), whole.end), "event", 0.9, "report")
    (fact,) = find([*marks[:2], replace(marks[2], claims=(claim,))])[2].only_here
    assert fact.what == whole.of(marks[2].document.text)
    assert fact.places[0].spans == (whole,)


@pytest.mark.parametrize(("place", "found"), [("Sellin", False), ("Brandeth", True)])
def test_what_the_others_tell_in_parts_is_no_news(place: str, *, found: bool) -> None:
    others = (
        text("The mayor counted eight chairs after a dinner.", "Somebody sold pears at the mill."),
        text(
            "Old boats and nets rotted under the bridge.", "Farmers at Sellin burned their straw."
        ),
    )
    words = f"The mayor sold eight old boats and nets to farmers at {place}."
    gap = find(claimed(*(text(TOLL, other) for other in others), text(TOLL, words))).get(2)
    assert bool(gap and words in {one.what for one in gap.only_here}) == found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("The log of the district office has no entry for the northern road.", True),
        ("Nobody in the district office has walked further than the old clerk.", False),
        ("The log of the district office is no longer read out in the hall.", False),
        ("Rell said that the log of the district office has no entry for it.", False),
    ],
)
def test_that_there_is_none_of_something_counts(words: str, *, found: bool) -> None:
    alone = [one.what for gap in find(marked(TOLL, TOLL, text(TOLL, words))).values()
             for one in gap.only_here if one.kind == "fact"]  # fmt: skip
    assert alone == [words] * found


def test_what_counts_something_else_does_not_tell_it() -> None:
    words = "Two crossings a day leave the lower pier at Tolmen since Wednesday."
    near = "The first prisoners crossed the pier at Tolmen in the dark, 300 of them since Monday."
    assert words in {one.what for one in find(marked(TOLL, near, text(TOLL, words)))[2].only_here}


def test_who_shares_a_surname_with_a_source_of_another_document_may_be_one() -> None:
    alone = find(marked(TOLL, TOLL, text(TOLL, RENN)))[2].only_here
    assert "source" in {one.kind for one in alone}
    gap = find(marked(TOLL, text(TOLL, "“Go,” said Deputy Jana Renn."), text(TOLL, RENN)))
    assert not [one for each in gap.values() for one in each.only_here if one.kind == "source"]


def test_what_names_somebody_new_comes_first() -> None:
    plain = "Children in the hills gather mushrooms and berries all through the autumn."
    gap = find(claimed(TOLL, TOLL, text(TOLL, plain, FERRY)))
    assert [one.what for one in gap[2].only_here] == [FERRY, plain]


def test_a_body_that_others_speak_of_is_no_find_where_one_quotes_it() -> None:
    said = "“We have counted every house,” said the Odden Relief Office."
    of = "The Odden Relief Office is to publish a report."
    assert find(claimed(text(TOLL, of), text(TOLL, of), text(TOLL, said))) == {}


def test_stories_are_compared_each_by_itself() -> None:
    marks = claimed(TOLL, TOLL, TOLL, FERRY, FERRY, FERRY)
    told = [story(marks[:3]), story(marks[3:])]
    assert find(marks, among=told) == {}


@given(st.permutations(range(5)))
def test_the_order_of_the_marks_changes_nothing(order: list[int]) -> None:
    marks = claimed(text(RELL, TOLL), text(RELL, TOLL), text(TOLL, FERRY), text(RENN, TOLL), OTHER)
    told = [story(marks)]
    assert find([marks[at] for at in order], among=told) == find(marks, among=told)


@given(st.lists(st.text(max_size=40), min_size=3, max_size=6))
def test_places_hold_the_words_that_stand_there(texts: list[str]) -> None:
    marks = claimed(*(one or " " for one in texts))
    by_id = {one.document.id: one.document.text for one in marks}
    for gap in find(marks).values():
        for carried in (*gap.missing, *gap.only_here):
            for place in carried.places:
                assert place.words == tuple(span.of(by_id[place.document]) for span in place.spans)
