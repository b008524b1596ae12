from dataclasses import replace

import pytest

from unspin.marking import mark
from unspin.showing import shares, summary
from unspin.types import (
    LAYERS,
    Claim,
    MadeBy,
    Marks,
    Settings,
    Span,
    Speaker,
    Statement,
    Technique,
    Voicing,
)


def _technique(voice: Voicing, name: str = "doubt") -> Technique:
    return Technique(Span(0, 5), name, 0.7, voice, f"About {name}.", ())


def test_claims_run_from_most_worth_checking_and_equal_ones_as_they_stand(marks: Marks) -> None:
    assert summary.ranked(marks) == (1, 2, 0)
    equal = tuple(Claim(Span(at, at + 1), "event", 0.5, "report") for at in range(3))
    assert summary.ranked(replace(marks, claims=equal)) == (0, 1, 2)


def test_a_technique_in_a_statement_is_not_the_outlets(marks: Marks) -> None:
    voices = summary.rhetoric(marks, shares.count(marks))
    assert [(voice.whose, voice.count) for voice in voices] == [
        ("report", 0),
        ("opinion", 1),
        ("speech", 1),
    ]
    assert sum(voice.words for voice in voices) == shares.count(marks).words


@pytest.mark.parametrize(
    ("voice", "whose"),
    [("report", "report"), ("opinion", "opinion"), (0, "speech"), (99, "speech")],
)
def test_whose(voice: Voicing, whose: str) -> None:
    assert summary.whose(voice) == whose


def test_techniques_of_one_name_stand_together_the_commonest_first(marks: Marks) -> None:
    found = tuple(_technique("report", name) for name in ("doubt", "slogan", "slogan"))
    own = summary.rhetoric(replace(marks, techniques=found), shares.count(marks))[0]
    assert [(sort.name, sort.count) for sort in own.sorts] == [("slogan", 2), ("doubt", 1)]
    assert own.sorts[0].reasons == (summary.Reason("About slogan.", (1, 2)),)


def test_techniques_of_one_name_are_parted_by_what_explains_them(marks: Marks) -> None:
    found = (_technique("report"), replace(_technique("report"), explanation="Another reason."))
    own = summary.rhetoric(replace(marks, techniques=found), shares.count(marks))[0]
    assert own.sorts == (
        summary.Sort(
            "doubt",
            (summary.Reason("About doubt.", (0,)), summary.Reason("Another reason.", (1,))),
        ),
    )


def test_a_voice_without_words_or_techniques_is_none(marks: Marks) -> None:
    bare = replace(marks, statements=(), voices=(), techniques=())
    assert [voice.whose for voice in summary.rhetoric(bare, shares.count(bare))] == ["report"]


def test_techniques_not_looked_for_are_not_said_to_be_none(marks: Marks) -> None:
    bare = replace(marks, techniques=(), made_by=MadeBy("0", "rules", Settings(("voices",))))
    assert summary.rhetoric(bare, shares.count(bare)) == ()
    assert "techniques" in summary.unlooked(bare)
    assert not [told for told in summary.counts(bare) if "technique" in told]


def test_a_layer_looked_for_and_empty_is_counted(marks: Marks) -> None:
    bare = replace(marks, slips=(), made_by=MadeBy("0", "rules", Settings(LAYERS)))
    assert "0 slips" in summary.counts(bare)
    assert summary.unlooked(bare) == ()


def test_who_speaks_by_how_far_they_are_known(marks: Marks) -> None:
    assert summary.known(shares.count(marks)) == (
        "3 named speakers 33% · 1 unnamed 3% · 1 statement without a speaker 6%"
    )
    bare = replace(marks, statements=())
    assert not summary.known(shares.count(bare))


def test_the_author_is_no_named_speaker(marks: Marks) -> None:
    author = Speaker((Span(0, 2),), None, "author")
    said = Statement((Span(3, 9),), "indirect", (), None, (author,), None, 0.9, "said")
    bare = replace(marks, statements=(said,))
    assert summary.known(shares.count(bare)).startswith("the author ")
    assert [source.standing for source in summary.first(shares.count(bare).sources)] == ["author"]


def test_what_is_not_made_in_a_language_is_not_said_to_be_none(marks: Marks) -> None:
    bare = mark(replace(marks.document, language="de"))
    assert summary.unlooked(bare) == ("claims", "figures", "dates", "techniques", "slips")
    assert summary.rhetoric(bare, shares.count(bare)) == ()
    parts = [part.name for part in shares.parts(bare, shares.count(bare))]
    assert parts == ["report", "quoted"]
