"""One X-ray as the page shows it: everything the templates are given, cut, counted and worded.

In: Marks, and the article's ordinal on the page. Out: an Article, values only. Each place has an
anchor `d<article>-<letter><number>`: `p` a statement in the text and `s` in the list, `f` a figure,
`t` a date, `m` another mark; with an `l` before it, the line that explains it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from unspin.showing import page, phrases, shares
from unspin.types import Document, Layer, Marks, Span, Statement

_DEEPEST = 3  # depths of statements told apart by eye
_SHORT = 90  # characters of a title shown on hover


@dataclass(frozen=True, slots=True)
class Wrap:
    """One mark around a piece of text."""

    tag: Literal["span", "a"]
    classes: str
    statement: str | None = None  # key shared by all parts of one statement
    title: str | None = None
    href: str | None = None
    anchor: str | None = None  # set on the first piece only
    reading: str | None = None  # the mark in plain words
    described: str | None = None  # anchor of the element that says the same


@dataclass(frozen=True, slots=True)
class Number:
    """The number of a statement where its words begin."""

    number: int
    statement: str
    href: str
    anchor: str | None
    label: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Text under the same marks, the numbers before it and the signs after it."""

    text: str
    numbers: tuple[Number, ...]
    wraps: tuple[Wrap, ...]  # outermost first
    signs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A statement as the margin tells it."""

    number: int
    statement: str
    href: str
    who: str
    cue: str | None
    speech: str
    unnamed: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """One block of the article with its marks and margin notes."""

    kind: str
    pieces: tuple[Piece, ...]
    notes: tuple[Note, ...]
    opinion: bool  # the author argues in it


@dataclass(frozen=True, slots=True)
class Told:
    """A statement in the list of who said what."""

    number: int
    anchor: str
    href: str
    statement: str
    speech: str
    cue: str | None
    cue_kind: str | None
    words: str
    within: int | None  # number of the statement it lies in
    score: str | None


@dataclass(frozen=True, slots=True)
class Source:
    """A speaker and all it is given."""

    name: str
    kind: str | None  # None: no speaker was found
    unnamed: bool
    count: str
    words: str
    share: str
    width: float  # percent of the article's words
    statements: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A figure, a date or another mark, as written and as read."""

    anchor: str
    href: str
    words: str
    reading: str
    described: str  # anchor of the reading
    voice: str | None


@dataclass(frozen=True, slots=True)
class Listing:
    """The rows of one layer."""

    layer: str
    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Leftover:
    """Text of the source that is no part of the article, of one kind."""

    kind: str
    meaning: str
    words: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing known of the document, with the address to follow and where it was found."""

    name: str
    value: str
    href: str | None = None
    found: str | None = None
    code: bool = False


@dataclass(frozen=True, slots=True)
class Share:
    """A part of the article's words."""

    name: Literal["report", "opinion", "speech"]
    label: str
    percent: str
    start: float  # percent of the bar
    width: float


@dataclass(frozen=True, slots=True)
class Warned:
    """A warning of the reader."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Article:
    """All that is shown of one document."""

    anchor: str
    title: str
    untitled: bool
    headline: Passage | None  # the title with its marks, where it is the first block
    outlet: str | None
    authors: tuple[str, ...]
    published: str | None
    published_iso: str | None
    section: str | None
    credit: str | None
    language: str | None
    words: str
    shares: tuple[Share, ...]
    shares_label: str
    counts: tuple[str, ...]
    unlooked: tuple[str, ...]
    warnings: tuple[Warned, ...]
    passages: tuple[Passage, ...]
    sources: tuple[Source, ...]
    listings: tuple[Listing, ...]
    leftovers: tuple[Leftover, ...]
    leftover_words: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """A span of a mark and how it is drawn."""

    span: Span
    rank: int  # outermost first
    wrap: Wrap
    number: Number | None = None
    note: Note | None = None
    sign: str | None = None


def build(marks: Marks, ordinal: int) -> Article:
    """The article as the page shows it; `ordinal` makes its anchors unique on the page."""
    document = marks.document
    anchor = f"d{ordinal}"
    counted = shares.count(marks)
    divided = _shares(marks, counted)
    listings = tuple(_listings(marks, anchor))
    shown = _passages(marks, _places(marks, anchor, listings))
    first = document.blocks[0] if document.blocks else None
    titled = bool(
        shown and first and document.title and first.span.of(document.text) == document.title
    )
    return Article(
        anchor=anchor,
        title=document.title or "Untitled",
        untitled=not document.title,
        headline=shown[0] if titled else None,
        outlet=document.outlet,
        authors=document.authors,
        published=phrases.day(document.published) if document.published else None,
        published_iso=document.published.isoformat() if document.published else None,
        section=document.section,
        credit=document.credit,
        language=document.language,
        words=phrases.count(counted.words, "word"),
        shares=divided,
        shares_label=", ".join(f"{share.label} {share.percent}" for share in divided),
        counts=_counts(marks, counted),
        unlooked=unlooked(marks),
        warnings=tuple(Warned(caveat.code, caveat.message) for caveat in document.warnings),
        passages=shown[1:] if titled else shown,
        sources=tuple(_sources(marks, counted, anchor)),
        listings=tuple(listing for listing in listings if listing.rows),
        leftovers=tuple(_leftovers(document)),
        leftover_words=phrases.count(
            sum(shares.words(left.text) for left in document.furniture), "word"
        ),
        facts=tuple(_facts(document)),
    )


def unlooked(marks: Marks) -> tuple[Layer, ...]:
    """The layers that were not looked for, so that an empty one is not read as a finding."""
    every: tuple[Layer, ...] = (
        "statements",
        "voices",
        "figures",
        "dates",
        "claims",
        "techniques",
        "slips",
    )
    return tuple(layer for layer in every if layer not in marks.made_by.settings.layers)


def _shares(marks: Marks, counted: shares.Shares) -> tuple[Share, ...]:
    whole = max(counted.words, 1)
    start = 0.0
    drawn = []
    for part in shares.parts(marks, counted):
        width = round(100 * part.words / whole, 2)
        share = phrases.percent(part.words, counted.words)
        drawn.append(Share(part.name, part.label, share, start, width))
        start = round(start + width, 2)
    return tuple(drawn)


def _counts(marks: Marks, counted: shares.Shares) -> tuple[str, ...]:
    found = sum(source.found for source in counted.sources)
    layers: tuple[tuple[Layer, int, str], ...] = (
        ("statements", len(marks.statements), "statement"),
        ("figures", len(marks.figures), "figure"),
        ("dates", len(marks.dates), "date"),
        ("claims", len(marks.claims), "claim"),
        ("techniques", len(marks.techniques), "technique"),
        ("slips", len(marks.slips), "slip"),
    )
    counts = [
        phrases.count(number, noun)
        for layer, number, noun in layers
        if number or layer in marks.made_by.settings.layers
    ]
    if marks.statements:
        counts.insert(1, phrases.count(found, "speaker"))
    return tuple(counts)


def _places(marks: Marks, anchor: str, listings: Sequence[Listing]) -> list[_Place]:
    places = [
        _Place(voice.span, 0, Wrap("span", "opinion", title="the author's opinion"))
        for voice in marks.voices
        if voice.voice == "opinion"
    ]
    depth = shares.depths(marks.statements)
    for index, statement in enumerate(marks.statements):
        places.extend(_statement(marks, statement, index, depth[index], anchor))
    layers: dict[str, tuple[Sequence[Span], str, int]] = {
        "claims": ([mark.span for mark in marks.claims], "claim", 30),
        "techniques": ([mark.span for mark in marks.techniques], "technique", 31),
        "slips": ([mark.span for mark in marks.slips], "slip", 32),
        "dates": ([mark.span for mark in marks.dates], "date", 40),
        "figures": ([mark.span for mark in marks.figures], "figure", 41),
    }
    signs = {"slip": "?"}
    for listing in listings:
        spans, name, rank = layers[listing.layer]
        for span, row in zip(spans, listing.rows, strict=True):
            wrap = Wrap(
                "a",
                f"mark {name}",
                href="#" + row.anchor,
                anchor=row.href[1:],
                reading=row.reading,
                described=row.described,
            )
            places.append(_Place(span, rank, wrap, sign=signs.get(name)))
    return places


def _statement(
    marks: Marks, statement: Statement, index: int, depth: int, anchor: str
) -> list[_Place]:
    text = marks.document.text
    key = f"{anchor}-{index + 1}"
    who = phrases.speakers(statement, text)
    cue = phrases.cue(statement, text)
    unnamed = any(speaker.who_kind == "unnamed" for speaker in statement.speakers)
    title = f"{index + 1} · {_clip(who)} · {statement.speech}"
    classes = f"statement {statement.speech} depth{min(depth, _DEEPEST)}"
    note = Note(index + 1, key, f"#{anchor}-s{index + 1}", who, cue, statement.speech, unnamed)
    places = []
    for part, span in enumerate(statement.words):
        number = Number(
            index + 1,
            key,
            note.href,
            None if part else f"{anchor}-p{index + 1}",
            f"{who}, {f'“{cue}”, ' if cue else ''}{statement.speech}"
            + (", continued" if part else ""),
        )
        wrap = Wrap("span", classes, key, title)
        places.append(_Place(span, 10 + depth, wrap, number, None if part else note))
    places.extend(_Place(span, 51, Wrap("span", "cue", key)) for span in statement.cue)
    places.extend(
        _Place(span, 50, Wrap("span", "speaker", key))
        for speaker in statement.speakers
        for span in speaker.words
    )
    return places


def _passages(marks: Marks, places: list[_Place]) -> tuple[Passage, ...]:
    begun: set[int] = set()
    shown = []
    for passage in page.passages(marks.document, [place.span for place in places]):
        pieces = []
        notes = []
        for piece in passage.pieces:
            drawn = sorted(piece.covering, key=lambda index: (places[index].rank, index))
            innermost = next(
                (index for index in reversed(drawn) if places[index].wrap.tag == "a"), None
            )
            numbers = [places[index].number for index in piece.opening]
            notes += [places[index].note for index in piece.opening if index not in begun]
            pieces.append(
                Piece(
                    piece.text,
                    tuple(number for number in numbers if number),
                    tuple(
                        _wrap(places[index].wrap, first=index not in begun, link=index == innermost)
                        for index in drawn
                    ),
                    tuple(sign for index in piece.closing if (sign := places[index].sign)),
                )
            )
            begun.update(piece.covering)
        shown.append(
            Passage(
                passage.kind,
                tuple(pieces),
                tuple(note for note in notes if note),
                any(
                    places[index].rank == 0 for piece in passage.pieces for index in piece.covering
                ),
            )
        )
    return tuple(shown)


def _wrap(wrap: Wrap, *, first: bool, link: bool) -> Wrap:
    """The wrap as this piece needs it: links do not nest, and an anchor stands once."""
    return Wrap(
        wrap.tag if link else "span",
        wrap.classes,
        wrap.statement,
        wrap.title,
        wrap.href if link else None,
        wrap.anchor if first else None,
        wrap.reading if link else None,
        wrap.described if link else None,
    )


def _sources(marks: Marks, counted: shares.Shares, anchor: str) -> list[Source]:
    return [
        Source(
            name=source.name,
            kind=phrases.WHO[source.kind] if source.found else None,
            unnamed=source.kind == "unnamed",
            count=phrases.count(len(source.statements), "statement"),
            words=phrases.count(source.words, "word"),
            share=phrases.percent(source.words, counted.words),
            width=round(100 * source.words / max(counted.words, 1), 2),
            statements=tuple(_told(marks, index, anchor) for index in source.statements),
        )
        for source in counted.sources
    ]


def _told(marks: Marks, index: int, anchor: str) -> Told:
    statement = marks.statements[index]
    text = marks.document.text
    return Told(
        number=index + 1,
        anchor=f"{anchor}-s{index + 1}",
        href=f"#{anchor}-p{index + 1}",
        statement=f"{anchor}-{index + 1}",
        speech=statement.speech,
        cue=phrases.cue(statement, text),
        cue_kind=statement.cue_kind,
        words=phrases.content(statement, text),
        within=None if statement.within is None else statement.within + 1,
        score=f"{statement.score:.2f}" if statement.score < 1 else None,
    )


def _listings(marks: Marks, anchor: str) -> list[Listing]:
    text = marks.document.text
    listed: list[tuple[str, str, str, list[tuple[Span, str, str | None]]]] = [
        (
            "figures",
            "Figures",
            "f",
            [
                (mark.span, phrases.figure(mark, text), phrases.voice(mark.voice, marks))
                for mark in marks.figures
            ],
        ),
        (
            "dates",
            "Dates",
            "t",
            [
                (mark.span, phrases.time(mark, text), phrases.voice(mark.voice, marks))
                for mark in marks.dates
            ],
        ),
        (
            "claims",
            "Claims",
            "c",
            [
                (
                    mark.span,
                    f"{mark.kind}, worth checking {mark.score:.2f}",
                    phrases.voice(mark.voice, marks),
                )
                for mark in marks.claims
            ],
        ),
        (
            "techniques",
            "Techniques",
            "k",
            [
                (
                    mark.span,
                    f"{mark.name} ({mark.score:.2f}): {mark.explanation}"
                    + (f" Plainer: {', '.join(mark.plainer)}" if mark.plainer else ""),
                    phrases.voice(mark.voice, marks),
                )
                for mark in marks.techniques
            ],
        ),
        (
            "slips",
            "Slips",
            "q",
            [(mark.span, f"{mark.kind}: {mark.message}", None) for mark in marks.slips],
        ),
    ]
    return [
        Listing(
            layer,
            heading,
            tuple(
                Row(
                    anchor=f"{anchor}-l{letter}{number}",
                    href=f"#{anchor}-{letter}{number}",
                    words=" ".join(span.of(text).split()),
                    reading=reading,
                    described=f"{anchor}-r{letter}{number}",
                    voice=voice,
                )
                for number, (span, reading, voice) in enumerate(rows, 1)
            ),
        )
        for layer, heading, letter, rows in listed
    ]


def _leftovers(document: Document) -> list[Leftover]:
    order = list(phrases.LEFT_OUT)
    grouped = groupby(
        sorted(document.furniture, key=lambda left: order.index(left.kind)),
        key=lambda left: left.kind,
    )
    leftovers = []
    for kind, group in grouped:
        texts = tuple(left.text for left in group)
        words = sum(shares.words(text) for text in texts)
        leftovers.append(
            Leftover(kind, phrases.LEFT_OUT[kind], phrases.count(words, "word"), texts)
        )
    return leftovers


def _facts(document: Document) -> list[Fact]:
    origin, found = document.origin, document.found
    facts = [
        Fact("Read from", origin.location, page.link(origin.location)),
        Fact(
            "Canonical address",
            document.canonical or "",
            page.link(document.canonical),
            found.canonical,
        ),
        Fact("Title", document.title or "", found=found.title),
        Fact("Outlet", document.outlet or "", found=found.outlet),
        Fact("Authors", ", ".join(document.authors), found=found.authors),
        Fact(
            "Published",
            phrases.day(document.published) if document.published else "",
            found=found.published,
        ),
        Fact(
            "Modified",
            phrases.day(document.modified) if document.modified else "",
            found=found.modified,
        ),
        Fact("Section", document.section or "", found=found.section),
        Fact("Agency credit", document.credit or "", found=found.credit),
        Fact("Language", document.language or "", found=found.language),
        Fact("Media type", origin.media_type),
        Fact("Reader", origin.reader),
        Fact("Fetched", phrases.day(origin.fetched) if origin.fetched else ""),
        Fact("SHA-256 of the source", origin.digest, code=True),
        Fact("Document", document.id, code=True),
    ]
    return [fact for fact in facts if fact.value]


def _clip(words: str) -> str:
    return words if len(words) <= _SHORT else words[: _SHORT - 1] + "…"
