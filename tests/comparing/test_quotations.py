"""One utterance across documents: variants, cuts, cues, and who left it out."""

from covered import marked, story, vectors
from unspin.comparing import quotations, speakers
from unspin.types import Copy, Marks, Quotation, Span

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


def test_pieces_of_one_document_are_one_variant() -> None:
    marks = marked(
        "“The bridge will open again in May. The customs post will stay on our bank,” said Ana "
        "Rell of Velland.",
        "“The bridge will open again in May,” said Ana Rell of Velland.\n\nLater she met the "
        "press. “The customs post will stay on our bank,” said Rell.",
    )
    (quotation,) = found(marks)
    assert [len(variant.place.spans) for variant in quotation.variants] == [1, 2]


def test_places_hold_the_words_of_the_documents() -> None:
    marks = marked(FULL, CUT, OTHER)
    texts = {one.document.id: one.document.text for one in marks}
    (quotation,) = found(marks)
    for variant in quotation.variants:
        text = texts[variant.place.document]
        assert variant.place.words == tuple(span.of(text) for span in variant.place.spans)
        assert all(isinstance(step.here, Span | None) for step in variant.diff)
