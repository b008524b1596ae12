from collections.abc import Callable
from dataclasses import replace
from io import StringIO

import pytest
from rich.cells import cell_len
from rich.text import Text

from unspin.showing import terminal
from unspin.types import MadeBy, Marks, Settings, Slip, Span


def test_looks_as_it_did(marks: Marks, snapshot: Callable[[str, str], None]) -> None:
    snapshot("terminal.txt", terminal.render(marks))
    snapshot("terminal_narrow.txt", terminal.render(marks, width=60))
    snapshot("terminal_document.txt", terminal.document(marks.document))


@pytest.mark.parametrize("width", [30, 60, 80, 200])
def test_no_line_is_wider_than_the_terminal(width: int, marks: Marks) -> None:
    for view in (
        terminal.render(marks, width=width),
        terminal.document(marks.document, width=width),
    ):
        assert max(cell_len(line) for line in view.splitlines()) <= width
        assert all(line == line.rstrip() for line in view.splitlines())


def test_colour_changes_nothing_but_colour(marks: Marks) -> None:
    coloured = terminal.render(marks, colour=True)
    assert "\x1b[" in coloured
    assert Text.from_ansi(coloured).plain.split() == terminal.render(marks).split()


def test_plain_output_does_not_depend_on_the_environment(
    marks: Marks, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = terminal.render(marks)
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert terminal.render(marks) == before
    assert "\x1b" not in before


def test_controls_of_the_article_do_not_reach_the_terminal(
    spoilt: Callable[[str], Marks],
) -> None:
    hostile = spoilt("\x1b]0;owned\x07\x1b[2Jred\u202egreen\x9b31m[bold]as is[/bold] :smile:")
    for view in (terminal.render(hostile), terminal.document(hostile.document)):
        assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(view)
        assert "[bold]as" in view
        assert ":smile:" in view


def test_a_lone_surrogate_can_still_be_written(spoilt: Callable[[str], Marks]) -> None:
    assert terminal.render(spoilt("\ud800 ok")).encode()


def test_a_layer_not_looked_for_is_not_shown_as_empty(marks: Marks) -> None:
    looked = MadeBy("0", "rules", Settings(("statements", "figures", "dates")))
    view = terminal.render(replace(marks, claims=(), techniques=(), slips=(), made_by=looked))
    assert "Not looked for: voices, claims, techniques, slips" in view
    assert "0 techniques" not in view


def test_nobody_left_open_is_among_those_given_most(marks: Marks) -> None:
    nobody = [
        replace(one, speakers=tuple(replace(who, who=None, who_kind=None) for who in one.speakers))
        for one in marks.statements
    ]
    assert "Given most" not in terminal.render(replace(marks, statements=tuple(nobody)))


def test_the_summary_comes_first_with_what_to_check_first(marks: Marks) -> None:
    summary = terminal.render(marks).split("\n\n")[2]
    assert summary.splitlines() == [
        "Who speaks    3 named speakers 33% · 1 unnamed 3% · 1 statement without a",
        "              speaker 6%",
        "Given most    Ilo Renn 13% · Dara Velk 11% · Tarsh relief office 9%",
        "Techniques    in the outlet\u2019s own voice: 0 in 76 words (0.0 per 1,000)",
        "              in the author\u2019s opinion: 1 in 18 words (55.6 per 1,000)",
        "              in statements, the words of whoever speaks: 1 in 69 words (14.5",
        "              per 1,000)",
        "Check first   c1 water levels had fallen by between 12 and 15 percent",
        "              c2 210 villages and 131 farms, 340 in all",
        "              c3 More than 340 people have been moved from the lower valley",
        "              since 2 March",
        "Slips         340 in all → 210 and 131 make 341, not 340.",
    ]


def test_what_was_not_said_is_signed(marks: Marks) -> None:
    assert "⟩˟" not in terminal.render(marks)
    unsaid = replace(marks.statements[0], factuality="possible")
    view = terminal.render(replace(marks, statements=(unsaid,)))
    assert "not see the morning]⁽ᵗ⁾⟩˟”" in view
    assert "⟩˟ not said, or only possible" in view
    assert "direct, only possible · “warned”" in view


def test_a_query_stands_below_its_block(marks: Marks) -> None:
    assert "340 in all]ˀ]ᶜ²\n  ? 340 in all → 210 and 131 make 341" in terminal.render(marks)


def test_many_slips_are_cut_short_in_the_summary_and_told_in_the_text(marks: Marks) -> None:
    slips = tuple(Slip(Span(at, at + 4), "total", f"query {at}.") for at in range(55, 64))
    view = terminal.render(replace(marks, slips=slips))
    assert "              and 6 more, in the text\n" in view
    assert all(f"query {at}." in view for at in range(55, 64))


def test_a_technique_in_a_statement_is_signed_as_the_speakers(marks: Marks) -> None:
    view = terminal.render(marks)
    assert "[in the dark will not see the morning]⁽ᵗ⁾" in view
    assert "[shameful farce]ᵗ" in view
    assert "shameful farce → plainer: long meeting, talks · score 0.81 · the author" in view


def test_no_marks_at_all(marks: Marks) -> None:
    view = terminal.render(
        replace(
            marks,
            statements=(),
            voices=(),
            claims=(),
            figures=(),
            dates=(),
            techniques=(),
            slips=(),
            document=replace(marks.document, title=None, outlet=None, authors=(), published=None),
        )
    )
    assert view.startswith("Untitled\noutlet unknown · undated · ")
    assert "Who said what" not in view


def test_long_statements_are_cut_and_say_so(spoilt: Callable[[str], Marks]) -> None:
    assert "[…]\n" in terminal.render(spoilt("word " * 200 + "end"))


def test_nothing_left_out_is_said(marks: Marks) -> None:
    view = terminal.document(replace(marks.document, furniture=()))
    assert view.endswith("Nothing was left out.\n")


class _Screen(StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("screen", "environment", "fitted"),
    [
        (False, {"COLUMNS": "120"}, (80, False)),
        (True, {"COLUMNS": "120"}, (120, True)),
        (True, {"COLUMNS": "60", "NO_COLOR": "1"}, (60, False)),
        (True, {"COLUMNS": "60", "NO_COLOR": ""}, (60, True)),
        (True, {"COLUMNS": "60", "TERM": "dumb"}, (60, False)),
    ],
)
def test_fit(
    screen: bool,  # noqa: FBT001 - a table
    environment: dict[str, str],
    fitted: tuple[int, bool],
) -> None:
    assert terminal.fit(_Screen() if screen else StringIO(), environment) == fitted


def test_fit_asks_the_terminal_when_nobody_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    assert terminal.fit(_Screen(), {"COLUMNS": "wide"})[0] > 0
