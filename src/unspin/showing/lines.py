"""Lines for a terminal: wrapped, framed and stripped of all that a terminal would obey.

In: lines of styled words, a width in columns, and whether to colour. Out: text that ends in a line
feed. Plain output is byte for byte the same everywhere, whatever the environment says.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from io import StringIO
from itertools import zip_longest

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from unspin.showing import page, phrases

PLAIN = 80  # columns where nobody says how many
_WIDEST = 96  # columns of running text that are still easy to read
_NARROWEST = 30
_LONGEST = 280  # characters of what is quoted in a list
_LABEL = 14  # columns of the labels of a summary
_BETWEEN = "  │ "  # the two sides of a page
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")  # would reorder the marks around them


@dataclass(frozen=True, slots=True)
class Line:
    """A line yet to be wrapped, and what stands before its first row and before the others."""

    content: Text = field(default_factory=Text)
    first: str = ""
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Beside:
    """Two texts yet to be wrapped, side by side, or below each other where there is no room."""

    left: Text
    right: Text
    first: str = ""  # before every row


def render(content: Iterable[Line | Beside], width: int, *, colour: bool) -> str:
    """The lines, none wider than `width`, and no two blank ones in a row."""
    width = fitting(width)
    stream = StringIO()
    console = _console(stream, width, colour=colour)
    blank = 0
    for line in content:
        for row in _rows(line, width, console):
            row.rstrip()
            blank = 0 if row.plain else blank + 1
            if blank <= 1:
                console.print(row, soft_wrap=True)
    return stream.getvalue().rstrip("\n") + "\n"


def heading(words: str) -> Iterator[Line]:
    """The heading of a part, a rule below it."""
    yield Line()
    yield Line(Text(words, "bold"))
    yield Line(Text("─" * len(words), "dim"))


def labelled(label: str, rows: Sequence[Text]) -> Iterator[Line]:
    """The rows beside their label, where there is anything to say."""
    for place, row in enumerate(row for row in rows if row.plain):
        yield Line(row, f"{'' if place else label:<{_LABEL}}", " " * _LABEL)


def clean(words: str) -> str:
    """The words without anything that a terminal obeys or that turns the order of letters."""
    return _TURNS.sub("\ufffd", page.visible(words)).replace("\r", " ").replace("\t", " ")


def shortened(words: str, longest: int = _LONGEST) -> str:
    """The words in one line, cut between words where they are long."""
    words = clean(phrases.line(words))
    return words if len(words) <= longest else words[:longest].rsplit(" ", 1)[0] + " […]"


def fitting(width: int) -> int:
    """The columns that are used where there are `width`."""
    return max(_NARROWEST, min(width, _WIDEST))


def _rows(line: Line | Beside, width: int, console: Console) -> Iterator[Text]:
    if isinstance(line, Line):
        room = width - max(cell_len(line.first), cell_len(line.rest))
        for place, row in enumerate(line.content.wrap(console, room)):
            yield Text(line.rest if place else line.first, "dim") + row
        return
    room = (width - cell_len(line.first) - cell_len(_BETWEEN)) // 2
    if room < _NARROWEST:
        for below in (line.left, line.right):
            yield from _rows(Line(below, line.first, line.first), width, console)
        return
    for left, right in zip_longest(
        line.left.wrap(console, room), line.right.wrap(console, room), fillvalue=Text()
    ):
        left.rstrip()
        left.append(" " * (room - cell_len(left.plain)), "")
        yield Text(line.first, "dim") + left + Text(_BETWEEN, "dim") + right


def _console(stream: StringIO, width: int, *, colour: bool) -> Console:
    return Console(
        file=stream,
        width=width,
        force_terminal=colour,
        color_system="standard" if colour else None,
        no_color=not colour,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
        _environ={},
    )
