"""One utterance across documents: variants, cuts, cues, and who left it out."""

from dataclasses import replace

import pytest

from covered import marked, story, vectors
from unspin.comparing import quotations, speakers
from unspin.types import Copy, CutKind, Marks, Quotation, Span

FULL = (
    "“We will withdraw our guns from the river if the sluices are opened first,” said Velland's "
    "foreign minister, Ana Rell."
)
CUT = "“We will withdraw our guns from the river,” Foreign Minister Ana Rell of Velland conceded."
OTHER = "The harbour at Lodden was closed on Monday. “The tide took it,” said its master, Ivo Dren."


def found(marks: list[Marks], copies: tuple[Copy, ...] = ()) -> tuple[Quotation, ...]:
    return quotations.find(marks, (story(marks),), copies, speakers.find(marks), vectors)


def test_a_condition_that_one_outlet_cut_is_told() -> None:
    (quotation,) = found(marked(FULL, CUT, OTHER))
    fullest, cut = quotation.variants
    assert quotation.speaker == "ana-rell"
    assert fullest.diff == ()
    assert cut.cue is not None
    assert cut.cue.words == ("conceded",)
    assert [(one.place.words, one.changes) for one in cut.cut] == [
        (("if the sluices are opened first",), ("condition",))
    ]
    assert quotation.left_out == ("0000000000000002",)


def test_nothing_is_left_out_where_not_all_that_is_said_is_looked_for() -> None:
    marks = marked(FULL, CUT, OTHER)
    foreign = replace(marks[2], document=replace(marks[2].document, language="de"))
    (quotation,) = found([*marks[:2], foreign])
    assert quotation.left_out == ()


def test_a_not_that_only_one_has_is_told_where_it_stands() -> None:
    marks = marked(
        "“We will not sign the treaty of Ostrel before the spring,” said Ana Rell of Velland.",
        "“We will sign the treaty of Ostrel before the spring and the summer,” said Ana Rell.",
    )
    (quotation,) = found(marks)
    changes = [
        (cut.place.words, cut.changes)
        for variant in quotation.variants
        for cut in variant.cut
        if cut.changes
    ]
    assert changes == [(("not",), ("polarity",))]


def test_a_not_that_stands_in_the_outlets_own_words_is_not_lost() -> None:
    marks = marked(
        "“The customs officers on the bridge were never the heart of the matter,” said Ana Rell.",
        "Ana Rell told reporters that they had never been “the heart of the matter” at all.",
    )
    (quotation,) = found(marks)
    assert [cut.changes for one in quotation.variants for cut in one.cut] == [()]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("will never — never — sign the treaty of Ostrel", "will sign the treaty of Ostrel"),
        ("will not, under any condition, sign the treaty", "will sign the treaty"),
        ("did not, while the truce held, fire on the ferry", "did fire on the ferry"),
    ],
)
def test_a_not_bears_on_its_verb_over_an_aside(said: str, told: str) -> None:
    fullest = f"“The army of Velland {said} at Karsin,” said Ana Rell of Velland."
    marks = marked(fullest, f"“The army of Velland {told} at Karsin,” said Ana Rell.")
    (quotation,) = found(marks)
    changes = {kind for one in quotation.variants for cut in one.cut for kind in cut.changes}
    assert "polarity" in changes


def test_a_denial_in_the_cue_is_not_lost() -> None:
    told = "Ana Rell {} that there was “a signature on any paper that leaves the officers here”."
    full = "“There is no signature on any paper that leaves the officers here,” said Ana Rell."
    changes = []
    for cue in ("said", "denied"):
        (quotation,) = found(marked(full, told.format(cue)))
        changes.append(
            {kind for one in quotation.variants for cut in one.cut for kind in cut.changes}
        )
    assert changes == [{"polarity"}, set()]


def test_what_a_thing_is_set_against_is_not_lost_in_silence() -> None:
    marks = marked(
        "“This is the beginning of a long road to the river, not a peace,” said Ana Rell.",
        "Ana Rell called it “the beginning of a long road to the river”.",
    )
    (quotation,) = found(marks)
    changed = [cut for one in quotation.variants for cut in one.cut if cut.changes]
    assert [(cut.place.words, cut.changes) for cut in changed] == [
        (("not a peace",), ("polarity",))
    ]


def test_an_author_is_the_speaker_only_where_nobody_else_is() -> None:
    words = "“We are deeply sorry that the harbour was closed,”"
    marks = marked(f"{words} said Tam Zell of Lodden.", f"{words} I said.", f"{words} I wrote.")
    (quotation,) = found(marks)
    assert quotation.speaker == "tam-zell"
    assert len(quotation.variants) == 3
    (own,) = found(marks[1:])
    assert own.speaker == "outlet-1"


def test_another_sentence_of_the_speaker_is_no_variant() -> None:
    other = "“Nobody was hurt on the bridge last night,” said Velland's minister, Ana Rell."
    assert found(marked(FULL, other)) == ()


def test_a_turn_of_phrase_that_two_speakers_share_is_no_quotation() -> None:
    marks = marked(
        "“The time has come,” said Ana Rell of Velland.",
        "“The time is wrong,” said Ivo Dren of Lodden.",
    )
    assert found(marks) == ()


def test_what_only_copies_carry_is_not_shown() -> None:
    marks = marked(FULL, FULL + " More of it.")
    ids = tuple(one.document.id for one in marks)
    assert found(marks, (Copy(ids, None, ()),)) == ()
    assert len(found(marks)) == 1


BRIDGE = "The bridge will open again in May."
POST = "The customs post will stay on our bank."


def told(*texts: str) -> list[list[tuple[str, ...]]]:
    """The words of each variant of each utterance found in texts."""
    return [[one.place.words for one in each.variants] for each in found(marked(*texts))]


def test_sentences_that_follow_each_other_everywhere_are_one_utterance() -> None:
    both, first = f"“{BRIDGE} {POST}” said Ana Rell.", f"“{BRIDGE}” said Ana Rell."
    assert told(both, both, first) == [[(f"{BRIDGE} {POST}",)] * 2 + [(BRIDGE,)]]


def test_two_outlets_may_each_carry_another_sentence_of_one_statement() -> None:
    both = f"“{BRIDGE} {POST}” said Ana Rell."
    assert told(both, f"“{BRIDGE}” said Ana Rell.", f"“{POST}” said Ana Rell.") == [
        [(BRIDGE,)] * 2,
        [(POST,)] * 2,
    ]


def test_a_little_like_is_enough_beside_one_other_utterance() -> None:
    guns = "We will withdraw our guns from the river."
    taken = "The guns leave our muddy river bank tonight, and their crews go home."
    texts = [f"“{one}” said Ana Rell." for one in (f"{guns} {POST}", f"{taken} {POST}", guns)]
    assert told(*texts) == [[(f"{taken} {POST}",), (f"{guns} {POST}",), (guns,)]]
    assert told(*texts[2:], f"“{taken}” said Ana Rell.") == []


def test_a_sentence_that_nobody_else_carries_stays_with_the_one_before_it() -> None:
    both = f"“{BRIDGE} {POST}” said Ana Rell."
    (quotation,) = found(marked(both, f"“{BRIDGE}” said Ana Rell."))
    assert quotation.variants[0].place.words == (f"{BRIDGE} {POST}",)
    assert [cut.place.words for cut in quotation.variants[1].cut] == [(POST[:-1],)]


def test_pieces_of_one_statement_are_one_variant() -> None:
    broken = (
        "“We will withdraw our guns from the river,” said Ana Rell, “if the sluices are opened.”"
    )
    assert told(FULL, broken)[0][1] == (
        "We will withdraw our guns from the river,",
        "if the sluices are opened.",
    )


def test_a_post_that_is_shown_without_marks_is_a_variant() -> None:
    shown = f"On Monday she wrote to the whole valley.\n\n{BRIDGE}\n\nAna Rell, 3 March"
    assert told(f"“{BRIDGE}” said Ana Rell.", shown) == [[(BRIDGE,), (BRIDGE,)]]


def test_a_post_may_report_something_itself() -> None:
    post = "At night the water came over all our quiet fields, and the mayor said that he slept."
    assert told(f"“{post}” wrote Ana Rell.", f"On Monday she wrote:\n\n{post}\n\n{OTHER}")[0] == [
        (post,),
        (post,),
    ]


def test_a_name_that_two_share_is_no_rare_word_that_they_share() -> None:
    quoted = "“We have doubts about former Lodden Harbour Minister Ivo Orlan,” said Ana Rell."
    report = "Mara Dren said that nobody had asked former Lodden Harbour Minister Ivo Orlan."
    assert told(quoted, report) == []


def test_what_two_outlets_tell_in_their_own_voice_is_no_quotation() -> None:
    assert told(f"{BRIDGE} Nobody said so.", f"{BRIDGE} So it seems.") == []


def test_what_two_outlets_have_two_speakers_report_is_no_quotation() -> None:
    texts = (
        "The relief office said that the ferry to Lodden was lost with all its crew.",
        "Ivo Dren said the ferry to Lodden was lost with all its crew.",
    )
    assert told(*texts) == []
    assert len(told(texts[1], texts[1].replace("the ferry", "a ferry"))) == 1


def test_a_quotation_within_another_is_told_once() -> None:
    inner = "“What the lake says is, ‘Leave the reeds and the boats alone until spring,’” said {}."
    assert len(told(inner.format("Ana Rell"), inner.format("Minister Ana Rell"))) == 1


def test_what_a_document_gives_twice_is_held_against_the_others_once() -> None:
    again = f"“{BRIDGE}” said Ana Rell. {OTHER} Later she said it again: “{BRIDGE}”"
    (quotation,) = found(marked(again, f"“{BRIDGE}” said Ana Rell of Velland."))
    assert [one.cut for one in quotation.variants] == [(), ()]
    assert quotation.variants[0].place.words == (BRIDGE, BRIDGE)


def test_whether_or_not_denies_nothing_and_an_if_that_asks_is_no_condition() -> None:
    asked = "“Will the river towns vote on the locks whether or not it rains?” asked Ana Rell."
    told_again = "Ana Rell asked if the river towns would vote on the locks."
    assert changed(asked, told_again) == []
    doubted = "“We do not know {} the river towns vote on the locks,” said Ana Rell."
    assert changed(doubted.format("whether"), doubted.format("if")) == []


@pytest.mark.parametrize(
    ("kept", "cut", "kinds"),
    [
        ("We will open the sluices of the dam", ", which has never been open in May", []),
        ("We will open the sluices of the dam", ", and nobody will stop us", []),
        ("We will open the sluices of the dam", " because we must show the way", []),
        ("We will open the sluices of the dam", " unless it rains", [("condition",)]),
        ("We will open the sluices of the dam", ", probably", [("modality",)]),
        ("We will open the dam.", " If Sarmone wants the water, it can have it", []),
        ("We will open the dam.", " But only if the guns leave the river", [("condition",)]),
    ],
)
def test_what_is_cut_changes_only_what_it_bears_on(
    kept: str, cut: str, kinds: list[tuple[CutKind, ...]]
) -> None:
    said = "“{},” said Ana Rell of Velland."
    assert changed(said.format(kept + cut), said.format(kept)) == kinds


def test_a_not_that_stands_before_what_is_kept_is_told() -> None:
    full = "“Let no one be so cruel as to close the locks of Karsin in May,” said Ana Rell."
    assert changed(full, "Ana Rell called it “cruel as to close the locks of Karsin”.") == [
        ("polarity",)
    ]


def test_not_only_changes_nothing() -> None:
    full = "“It is not only a breach of the treaty of Ostrel but an insult,” said Ana Rell."
    assert changed(full, "Ana Rell called it “a breach of the treaty of Ostrel”.") == []


def changed(*texts: str) -> list[tuple[CutKind, ...]]:
    """What each cut of the one utterance in the texts changes, where it changes anything."""
    (quotation,) = found(marked(*texts))
    return [cut.changes for one in quotation.variants for cut in one.cut if cut.changes]


def test_a_name_between_marks_is_no_utterance() -> None:
    text = "“I have read it twice,” said {}. Her novel “The Ferryman's Daughter” is on sale."
    assert told(text.format("Ana Rell"), text.format("Ivo Dren").replace("twice", "never")) == []


def test_what_the_documents_call_a_thing_is_no_utterance() -> None:
    texts = (
        "Ana Rell of Velland called for a “quiet levy” on the ferries.",
        "The ferries of Velland may face a “quiet levy”.",
    )
    assert told(*texts) == [[("quiet levy",), ("quiet levy",)]]
    named = " The quiet levy dates from the war."
    assert told(*(text + named for text in texts)) == []


def test_a_post_shown_without_marks_makes_no_term_of_its_words() -> None:
    post = "Ana Rell wrote to them.\n\nThe quiet levy will not stand, not here and not now."
    quoted = "“The quiet levy will not stand, not here and not now,” wrote Ana Rell."
    texts = (quoted, quoted, post, post, "A “quiet levy” is the talk of Velland.")
    assert len(told(*texts)[0]) == len(texts)


def test_a_sentence_of_small_words_is_weighed_alone() -> None:
    fight, more = "This is a fight we want to have.", "The customs post stays on our bank."
    longer = "“They shall not pass, for this is a fight we want to have, and we win it,” {}"
    assert told(f"“{fight} {more}” said Ana Rell.", longer.format("said Ana Rell."))


def test_a_surname_that_speakers_share_speaks_for_one_utterance() -> None:
    texts = [f"“{said}” said {{}}." for said in ("We want no levy on ferries.", "No ferry levy.")]
    assert len(told(texts[0].format("Ana Rell"), texts[1].format("Rell"))) == 1
    assert told(texts[0].format("Ana Rell"), texts[1].format("Ivo Dren")) == []


def test_a_body_may_have_said_what_a_person_says() -> None:
    full = "“The council took the ferrymen for granted for all of twenty years,” said Ivo Dren."
    short = "{} complained that they were “taken for granted”."
    assert len(told(full, short.format("The Ferry League"))) == 1
    assert told(full, short.format("Ana Rell")) == []


def test_a_phrase_that_moved_is_neither_cut_nor_new() -> None:
    (quotation,) = found(
        marked(
            "“If the sluices are opened first, we will withdraw our guns today,” said Ana Rell.",
            "“We will withdraw our guns if the sluices are opened first,” said Ana Rell.",
        )
    )
    changed = quotation.variants[1]
    assert "moved" in {step.kind for step in changed.diff}
    assert [cut.place.words for cut in changed.cut] == [("today",)]


def test_places_hold_the_words_of_the_documents() -> None:
    marks = marked(FULL, CUT, OTHER)
    texts = {one.document.id: one.document.text for one in marks}
    (quotation,) = found(marks)
    for variant in quotation.variants:
        text = texts[variant.place.document]
        assert variant.place.words == tuple(span.of(text) for span in variant.place.spans)
        assert all(isinstance(step.here, Span | None) for step in variant.diff)
