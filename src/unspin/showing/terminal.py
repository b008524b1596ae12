"""The X-ray, and a document as read, for a terminal.

In: Marks or a Document, a width in columns, and whether to colour. Out: lines of text that end in a
line feed. Nothing is told by colour alone: brackets and raised numbers say the same, so that plain
output, which is byte for byte the same everywhere, loses nothing. Control characters of the
article never reach the terminal.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TextIO

from rich.cells import cell_len
from rich.text import Text

from unspin import wordcount
from unspin.showing import lines, page, phrases, shares, summary
from unspin.showing.lines import Line
from unspin.types import Document, Layer, Marks, Slip, Span, Technique

_BAR = 24  # columns
_ABOVE = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_BELOW = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_SPEECH = {"direct": "cyan", "indirect": "blue", "mixed": "cyan"}
_LEGEND: tuple[tuple[Layer, tuple[tuple[str, str], ...]], ...] = (
    (
        "statements",
        (
            ("⟨¹words⟩", "words of statement 1"),
            ("said₁", "its cue"),
            ("Name¹", "its speaker"),
            ("⟩˟", "not said, or only possible"),
        ),
    ),
    ("voices", (("⟦words⟧ᵒ", "the author's opinion"),)),
    ("figures", (("[words]ᶠ", "figure"),)),
    ("dates", (("[words]ᵈ", "date"),)),
    ("claims", (("[words]ᶜ¹", "claim to check first"),)),
    (
        "techniques",
        (
            ("[words]ᵗ", "technique"),
            ("[words]⁽ᵗ⁾", "technique in a statement, the speaker's"),
        ),
    ),
    ("slips", (("[words]ˀ", "slip: a query"),)),
)
_FRAMES = {
    "heading": ("# ", ""),
    "blockquote": ("│ ", "│ "),
    "post": ("┃ ", "┃ "),
    "caption": ("(caption) ", ""),
    "item": ("• ", "  "),
}


@dataclass(frozen=True, slots=True)
class _Mark:
    """A span, the signs at its two ends, its style, and the query it raises."""

    span: Span
    before: str
    after: str
    style: str
    query: Slip | None = None


def fit(stream: TextIO, environment: Mapping[str, str]) -> tuple[int, bool]:
    """The width and whether to colour, for `stream`: plain and `PLAIN` wide if not a terminal."""
    if not stream.isatty():
        return lines.PLAIN, False
    import shutil

    width = environment.get("COLUMNS", "")
    columns = int(width) if width.isdecimal() and int(width) else shutil.get_terminal_size().columns
    return columns, not environment.get("NO_COLOR") and environment.get("TERM") != "dumb"


def render(marks: Marks, *, width: int = lines.PLAIN, colour: bool = False) -> str:
    """The X-ray: summary, article with inline marks and queries, legend, then the lists."""
    counted = shares.count(marks)
    text = marks.document.text
    parts = (
        _summary(marks, counted),
        (Line(),),
        _passages(marks.document, _inline(marks)),
        _legend(marks, lines.fitting(width)),
        _sources(marks, counted),
        _claims(marks),
        _techniques(marks, counted),
        _readings(
            "Figures",
            [
                (mark.span.of(text), phrases.figure(mark, text), phrases.voice(mark.voice, marks))
                for mark in marks.figures
            ],
        ),
        _readings(
            "Dates",
            [
                (mark.span.of(text), phrases.time(mark, text), phrases.voice(mark.voice, marks))
                for mark in marks.dates
            ],
        ),
    )
    return lines.render((line for part in parts for line in part), width, colour=colour)


def document(found: Document, *, width: int = lines.PLAIN, colour: bool = False) -> str:
    """The document as read: what is known and where it was found, its text, what was left out."""
    parts = (_facts(found), (Line(),), _passages(found, ()), _left_out(found))
    return lines.render((line for part in parts for line in part), width, colour=colour)


def _summary(marks: Marks, counted: shares.Shares) -> Iterator[Line]:
    found = marks.document
    about = [
        lines.clean(found.outlet) if found.outlet else "outlet unknown",
        phrases.dated(found.published),
        "by " + lines.clean(", ".join(found.authors)) if found.authors else "",
        "credited to " + lines.clean(found.credit) if found.credit else "",
        phrases.count(counted.words, "word"),
    ]
    yield Line(Text(lines.clean(found.title or "Untitled"), "bold"))
    yield Line(Text(" · ".join(part for part in about if part), "dim"))
    yield Line()
    yield from _bar(marks, counted)
    yield Line(Text(" · ".join(summary.counts(marks))))
    if unlooked := summary.unlooked(marks):
        yield Line(Text(f"Not looked for: {', '.join(unlooked)}", "dim"))
    yield from _warnings(found)
    yield Line()
    yield from lines.labelled("Who speaks", [Text(summary.known(counted))])
    yield from lines.labelled("Given most", [_given(counted)])
    yield from lines.labelled(
        "Techniques",
        [
            Text(f"{voice.label}: {phrases.rate(voice.count, voice.words)}")
            for voice in summary.rhetoric(marks, counted)
        ],
    )
    yield from lines.labelled(
        "Check first",
        [
            Text(f"c{rank} {lines.shortened(marks.claims[index].span.of(found.text))}")
            for rank, index in enumerate(summary.ranked(marks)[: summary.FIRST], 1)
        ],
    )
    queries = [_query(slip, found) for slip in marks.slips[: summary.FIRST]]
    more = len(marks.slips) - len(queries)
    yield from lines.labelled(
        "Slips", [*queries, Text(f"and {more:,} more, in the text" if more else "")]
    )


def _given(counted: shares.Shares) -> Text:
    return Text(
        " · ".join(
            f"{lines.clean(source.name)} {phrases.percent(source.words, counted.words)}"
            for source in summary.first(counted.sources)
        )
    )


def _query(slip: Slip, found: Document) -> Text:
    line = Text(lines.clean(phrases.line(slip.span.of(found.text))), "underline")
    return line.append(f" → {lines.clean(slip.message)}", "not underline")


def _bar(marks: Marks, counted: shares.Shares) -> Iterator[Line]:
    signs = {
        "report": ("█", ""),
        "quoted": ("▓", "cyan"),
        "reported": ("▒", "blue"),
        "opinion": ("░", "magenta"),
    }
    bar, key = Text(), Text()
    seen = 0
    for part in shares.parts(marks, counted):
        sign, style = signs[part.name]
        before = round(_BAR * seen / max(counted.words, 1))
        seen += part.words
        bar.append(sign * (round(_BAR * seen / max(counted.words, 1)) - before), style)
        share = phrases.percent(part.words, counted.words)
        key.append(f"{' · ' if key.plain else ''}{sign} {part.label} {share}", style)
    if key.plain:
        yield Line(bar)
        yield Line(key)


def _inline(marks: Marks) -> list[_Mark]:
    drawn = [
        _Mark(voice.span, "⟦", "⟧ᵒ", "magenta")
        for voice in marks.voices
        if voice.voice == "opinion"
    ]
    for number, statement in enumerate(marks.statements, 1):
        raised = str(number).translate(_ABOVE)
        style = _SPEECH[statement.speech]
        after = "⟩" if statement.factuality == "said" else "⟩˟"
        drawn += [_Mark(span, "⟨" + raised, after, style) for span in statement.words]
        drawn += [
            _Mark(span, "", str(number).translate(_BELOW), "italic") for span in statement.cue
        ]
        drawn += [
            _Mark(span, "", raised, "bold")
            for speaker in statement.speakers
            for span in speaker.words
        ]
    for rank, index in enumerate(summary.ranked(marks), 1):
        sign = "]ᶜ" + str(rank).translate(_ABOVE)
        drawn.append(_Mark(marks.claims[index].span, "[", sign, ""))
    for technique in marks.techniques:
        theirs = summary.whose(technique.voice) == "speech"
        drawn.append(_Mark(technique.span, "[", "]⁽ᵗ⁾" if theirs else "]ᵗ", "yellow"))
    drawn += [_Mark(slip.span, "[", "]ˀ", "red", slip) for slip in marks.slips]
    drawn += [_Mark(date.span, "[", "]ᵈ", "underline") for date in marks.dates]
    drawn += [_Mark(figure.span, "[", "]ᶠ", "underline") for figure in marks.figures]
    return drawn


def _passages(found: Document, drawn: Sequence[_Mark]) -> Iterator[Line]:
    cut = page.passages(found, [mark.span for mark in drawn])
    if cut and [(found.title, ())] == [(p.text, p.covering) for p in cut[0].pieces]:
        cut = cut[1:]  # the summary has said it, and there are no marks in it
    for passage in cut:
        line = Text()
        queries = []
        for piece in passage.pieces:
            style = " ".join(drawn[index].style for index in piece.covering)
            if passage.kind == "heading":
                style = "bold " + style
            for index in piece.opening:
                line.append(drawn[index].before, drawn[index].style)
            line.append(lines.clean(piece.text), style.strip())
            for index in piece.closing:
                line.append(drawn[index].after, drawn[index].style)
                queries.append(drawn[index].query)
        yield from _framed(line, *_FRAMES.get(passage.kind, ("", "")))
        for slip in queries:
            if slip:
                yield Line(_query(slip, found), "  ? ", "    ")
        yield Line()


def _framed(content: Text, first: str, rest: str) -> Iterator[Line]:
    """The lines of the content in the frame of their block."""
    for place, line in enumerate(content.split("\n", allow_blank=True)):
        yield Line(line, rest if place else first, rest)


def _legend(marks: Marks, width: int) -> Iterator[Line]:
    drawn = {
        "statements": marks.statements,
        "voices": [voice for voice in marks.voices if voice.voice == "opinion"],
        "figures": marks.figures,
        "dates": marks.dates,
        "claims": marks.claims,
        "techniques": marks.techniques,
        "slips": marks.slips,
    }
    unsaid = any(statement.factuality != "said" for statement in marks.statements)
    signs = [
        f"{sign} {meaning}"
        for layer, pairs in _LEGEND
        if drawn[layer]
        for sign, meaning in pairs
        if unsaid or sign != "⟩˟"
    ]
    row = ""
    for sign in signs:
        if row and cell_len(row) + cell_len(sign) + 3 > width:
            yield Line(Text(row, "dim"))
            row = ""
        row += ("   " if row else "") + sign
    if row:
        yield Line(Text(row, "dim"))


def _sources(marks: Marks, counted: shares.Shares) -> Iterator[Line]:
    if not marks.statements:
        return
    yield from lines.heading("Who said what")
    for source in counted.sources:
        line = Text()
        line.append(lines.clean(source.name), "bold" if source.found else "yellow")
        if source.found and source.standing != "author":
            kind = phrases.WHO[source.kind] + (", left open" if source.standing == "open" else "")
            line.append(f" ({kind})", "" if source.standing == "named" else "yellow")
        line.append(
            f" · {phrases.count(len(source.statements), 'statement')}"
            f" · {phrases.percent(source.words, counted.words)} of the words"
        )
        yield Line(line, "", "  ")
        for index in source.statements:
            yield from _statement(marks, index)
        yield Line()


def _statement(marks: Marks, index: int) -> Iterator[Line]:
    statement = marks.statements[index]
    text = marks.document.text
    words = lines.shortened(phrases.content(statement, text))
    cue = phrases.cue(statement, text)
    how = [
        phrases.speech(statement),
        f"“{lines.clean(cue)}”" if cue else "no cue",
        statement.cue_kind or "",
        f"inside {statement.within + 1}" if statement.within is not None else "",
        f"score {statement.score:.2f}" if statement.score < 1 else "",
    ]
    number = f"{index + 1:>4}  "
    yield Line(Text(words, _SPEECH[statement.speech]), number, " " * len(number))
    yield Line(
        Text(" · ".join(part for part in how if part), "dim"), " " * len(number), " " * len(number)
    )


def _claims(marks: Marks) -> Iterator[Line]:
    if not marks.claims:
        return
    yield from lines.heading("What to check first")
    for rank, index in enumerate(summary.ranked(marks), 1):
        claim = marks.claims[index]
        number = f"{'c' + str(rank):>4}  "
        rest = " " * len(number)
        told = (claim.kind, f"score {claim.score:.2f}", phrases.voice(claim.voice, marks))
        yield Line(Text(lines.shortened(claim.span.of(marks.document.text))), number, rest)
        yield Line(Text(lines.clean(" · ".join(told)), "dim"), rest, rest)
    yield Line()


def _techniques(marks: Marks, counted: shares.Shares) -> Iterator[Line]:
    if not marks.techniques:
        return
    yield from lines.heading("Techniques")
    for voice in summary.rhetoric(marks, counted):
        rate = phrases.rate(voice.count, voice.words)
        yield Line(Text(f"{voice.label[0].upper()}{voice.label[1:]}: {rate}", "bold"))
        for sort in voice.sorts:
            yield Line(Text(f"{lines.clean(phrases.label(sort.name))} · {sort.count}"), "  ", "  ")
            for reason in sort.reasons:
                yield Line(Text(lines.clean(reason.explanation), "dim"), "    ", "    ")
                for index in reason.techniques:
                    yield _technique(marks, marks.techniques[index])
    yield Line()


def _technique(marks: Marks, technique: Technique) -> Line:
    words = lines.shortened(technique.span.of(marks.document.text))
    line = Text(words, "underline")
    if technique.plainer:
        line.append(f" → plainer: {lines.clean(', '.join(technique.plainer))}", "not underline")
    told = f" · score {technique.score:.2f} · {lines.clean(phrases.voice(technique.voice, marks))}"
    return Line(line.append(told, "dim not underline"), "    • ", "      ")


def _readings(heading: str, rows: Sequence[tuple[str, str, str | None]]) -> Iterator[Line]:
    if not rows:
        return
    yield from lines.heading(heading)
    for words, reading, voice in rows:
        line = Text()
        line.append(lines.clean(phrases.line(words)), "underline")
        line.append(f" → {lines.clean(reading)}")
        if voice:
            line.append(f" · {lines.clean(voice)}", "dim")
        yield Line(line, "  ", "      ")
    yield Line()


def _facts(found: Document) -> Iterator[Line]:
    where = found.found
    rows = (
        ("Title", found.title, where.title),
        ("Authors", ", ".join(found.authors), where.authors),
        ("Outlet", found.outlet, where.outlet),
        ("Published", phrases.day(found.published) if found.published else None, where.published),
        ("Modified", phrases.day(found.modified) if found.modified else None, where.modified),
        ("Section", found.section, where.section),
        ("Credit", found.credit, where.credit),
        ("Language", found.language, where.language),
        ("Address", found.canonical, where.canonical),
        ("Source", found.origin.location, None),
        ("SHA-256", found.origin.digest, None),
        ("Read by", f"{found.origin.reader}, {found.origin.media_type}", None),
        ("Length", phrases.count(wordcount.words(found.text), "word"), None),
    )
    for name, value, at in rows:
        line = Text(lines.clean(value) if value else "not found", "" if value else "dim")
        if name == "Title":
            line.stylize("bold")
        if at:
            line.append(f"  ({lines.clean(at)})", "dim not bold")
        yield Line(line, f"{name:<11}", " " * 11)
    yield from _warnings(found)


def _left_out(found: Document) -> Iterator[Line]:
    if not found.furniture:
        yield Line(Text("Nothing was left out.", "dim"))
        return
    order = list(phrases.LEFT_OUT)
    kinds = groupby(
        sorted(found.furniture, key=lambda left: order.index(left.kind)), key=lambda left: left.kind
    )
    counts = [(kind, sum(wordcount.words(left.text) for left in group)) for kind, group in kinds]
    total = sum(words for _, words in counts)
    told = ", ".join(f"{kind} {words:,}" for kind, words in counts)
    yield Line(Text(f"Left out: {phrases.count(total, 'word')} ({told})"), "", "  ")


def _warnings(found: Document) -> Iterator[Line]:
    for caveat in found.warnings:
        yield Line(Text(f"{caveat.code}: {lines.clean(caveat.message)}", "yellow"), "! ", "  ")
