"""One X-ray as the page shows it: everything the templates are given, cut, counted and worded.

In: Marks, and the article's ordinal on the page. Out: an Article, values only. Each place has an
anchor `d<article>-<letter><number>`: `p` a statement in the text and `s` in the list, `w` a
speaker, `f` a figure, `t` a date, `c` a claim, `k` a technique, `q` a slip; with an `l` before it,
the line that explains it, with an `r`, the words of that line that do.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

from unspin import wordcount
from unspin.showing import page, phrases, shares, summary
from unspin.types import (
    Claim,
    Document,
    Figure,
    Layer,
    Marks,
    Slip,
    Span,
    Statement,
    Technique,
    TimeExpression,
)

_Readable = Figure | TimeExpression | Claim | Technique | Slip

_DEEPEST = 3  # depths of statements told apart by eye
_FORWARD = 10  # claims that are overlined in full; the line over those after them is faint
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
    reading: str | None = None  # what the link and those around it say, a line each
    described: str | None = None  # anchors of the elements that say the same


@dataclass(frozen=True, slots=True)
class Number:
    """The number of a statement where its words begin."""

    number: int
    statement: str
    href: str
    anchor: str | None
    label: str


@dataclass(frozen=True, slots=True)
class Sign:
    """A link at the end of a mark to the line that explains it."""

    kind: Literal["claim", "slip"]
    text: str
    href: str
    label: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Text under the same marks, the numbers before it and the signs after it."""

    text: str
    numbers: tuple[Number, ...]
    wraps: tuple[Wrap, ...]  # outermost first
    signs: tuple[Sign, ...]


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
class Query:
    """A slip as the margin tells it."""

    href: str
    kind: str
    words: str
    message: str


@dataclass(frozen=True, slots=True)
class Passage:
    """One block of the article with its marks and margin notes."""

    kind: str
    pieces: tuple[Piece, ...]
    notes: tuple[Note, ...]
    queries: tuple[Query, ...]
    opinion: str | None  # how sure it is that the author argues in it; None: nowhere in it


@dataclass(frozen=True, slots=True)
class Told:
    """A statement in the list of who said what."""

    number: int
    anchor: str | None  # None: it stands above already, under another of its speakers
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

    anchor: str
    name: str
    kind: str | None  # None: no speaker was found, or the author, whose name says it
    standing: shares.Standing
    count: str
    words: str
    share: str
    width: float  # percent of the article's words
    statements: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A mark as written and as read."""

    anchor: str
    href: str
    described: str  # anchor of the reading
    words: str
    name: str | None  # what kind of claim, technique or slip
    reading: str
    score: str | None
    voice: str | None
    plainer: tuple[str, ...] = ()

    @property
    def tip(self) -> str:
        """All of it, where the mark stands: what it is, plainer words, how sure and whose."""
        sure = [self.score and f"score {self.score}", self.voice]
        lines = (
            f"{self.name}: {self.reading}" if self.name else self.reading,
            "plainer: " + ", ".join(self.plainer) if self.plainer else "",
            " · ".join(part for part in sure if part),
        )
        return "\n".join(line for line in lines if line)


@dataclass(frozen=True, slots=True)
class Listing:
    """The rows of one layer in the order of the text."""

    layer: Layer
    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """Techniques explained in the same words."""

    explanation: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Sort:
    """Techniques of one name in one voice."""

    name: str
    count: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Rhetoric:
    """The techniques in one kind of voice."""

    whose: str
    label: str
    rate: str
    sorts: tuple[Sort, ...]


@dataclass(frozen=True, slots=True)
class Given:
    """A speaker in the summary."""

    name: str
    share: str
    href: str


@dataclass(frozen=True, slots=True)
class List:
    """A list below the article, as the summary leads there."""

    href: str
    label: str
    count: int


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

    name: Literal["report", "quoted", "reported", "opinion"]
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
    known: str  # who speaks, by how far they are known
    given: tuple[Given, ...]  # the first few speakers
    lists: tuple[List, ...]
    tallies: Mapping[str, str | None]  # the columns of an index; None: not looked for
    unlooked: tuple[Layer, ...]
    warnings: tuple[Warned, ...]
    passages: tuple[Passage, ...]
    sources: tuple[Source, ...]
    claims: tuple[Row, ...]  # most worth checking first
    slips: tuple[Row, ...]
    rhetoric: tuple[Rhetoric, ...]
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
    query: Query | None = None
    sign: Sign | None = None
    opinion: float | None = None  # how sure it is that the author argues


def build(marks: Marks, ordinal: int) -> Article:
    """The article as the page shows it; `ordinal` makes its anchors unique on the page."""
    document = marks.document
    anchor = f"d{ordinal}"
    counted = shares.count(marks)
    divided = _shares(marks, counted)
    rows = _rows(marks, anchor)
    sources = tuple(_sources(marks, counted, anchor))
    shown = _passages(marks, _places(marks, anchor, rows))
    first = document.blocks[0] if document.blocks else None
    titled = bool(
        shown and first and document.title and first.span.of(document.text) == document.title
    )
    return Article(
        anchor=anchor,
        title=document.title or phrases.untitled(document.text),
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
        known=summary.known(counted),
        given=tuple(
            Given(source.name, source.share, f"#{source.anchor}")
            for source in summary.first(sources)
        ),
        lists=_lists(marks, anchor),
        tallies=_tallies(marks, counted),
        unlooked=summary.unlooked(marks),
        warnings=tuple(Warned(caveat.code, caveat.message) for caveat in document.warnings),
        passages=shown[1:] if titled else shown,
        sources=sources,
        claims=tuple(rows["claims"][index] for index in summary.ranked(marks)),
        slips=rows["slips"],
        rhetoric=tuple(_rhetoric(marks, counted, rows["techniques"])),
        listings=tuple(
            Listing(layer, layer.title(), rows[layer])
            for layer in ("figures", "dates")
            if rows[layer]
        ),
        leftovers=tuple(_leftovers(document)),
        leftover_words=phrases.count(
            sum(wordcount.words(left.text) for left in document.furniture), "word"
        ),
        facts=tuple(_facts(document)),
    )


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


def _lists(marks: Marks, anchor: str) -> tuple[List, ...]:
    layers: tuple[tuple[Layer, int, str], ...] = (
        ("statements", len(marks.statements), "Who said what"),
        ("claims", len(marks.claims), "What to check first"),
        ("slips", len(marks.slips), "Slips"),
        ("techniques", len(marks.techniques), "Techniques"),
        ("figures", len(marks.figures), "Figures"),
        ("dates", len(marks.dates), "Dates"),
    )
    looked = marks.made_by.settings.layers
    return tuple(
        List(f"#{anchor}-{layer}", label, number)
        for layer, number, label in layers
        if number or layer in looked
    )


def _tallies(marks: Marks, counted: shares.Shares) -> dict[str, str | None]:
    own = next(iter(summary.rhetoric(marks, counted)), None)
    known = Counter(source.standing for source in counted.sources)
    looked = marks.made_by.settings.layers

    def number(layer: Layer, value: int) -> str | None:
        return f"{value:,}" if value or layer in looked else None

    return {
        "Statements": number("statements", len(marks.statements)),
        "Named speakers": number("statements", known["named"]),
        "Unnamed speakers": number("statements", known["unnamed"]),
        "Names left open": number("statements", known["open"]),
        "Techniques per 1,000 own words": (
            f"{1000 * own.count / own.words:.1f}"
            if own and own.whose == "report" and own.words
            else number("techniques", 0) and "no report"
        ),
        "Claims to check": number("claims", len(marks.claims)),
        "Slips": number("slips", len(marks.slips)),
    }


def _places(marks: Marks, anchor: str, rows: dict[Layer, tuple[Row, ...]]) -> list[_Place]:
    places = [
        _Place(
            voice.span,
            0,
            Wrap("span", "opinion", title=f"the author's opinion · score {voice.score:.2f}"),
            opinion=voice.score,
        )
        for voice in marks.voices
        if voice.voice == "opinion"
    ]
    depth = wordcount.depths(marks.statements)
    for index, statement in enumerate(marks.statements):
        places.extend(_statement(marks, statement, index, depth[index], anchor))
    for rank, index in enumerate(summary.ranked(marks), 1):
        claim, row = marks.claims[index], rows["claims"][index]
        label = f"claim {rank} of {len(marks.claims)} to check\n{row.tip}"
        name = "mark claim" if rank <= _FORWARD else "mark claim later"
        wrap = Wrap("span", name, anchor=row.href[1:])
        places.append(
            _Place(claim.span, 8, wrap, sign=Sign("claim", f"c{rank}", f"#{row.anchor}", label))
        )
    for slip, row in zip(marks.slips, rows["slips"], strict=True):
        query = Query(f"#{row.anchor}", slip.kind, row.words, row.reading)
        wrap = Wrap("span", "mark slip", anchor=row.href[1:])
        sign = Sign("slip", "?", f"#{row.anchor}", "query: " + row.tip)
        places.append(_Place(slip.span, 32, wrap, query=query, sign=sign))
    for technique, row in zip(marks.techniques, rows["techniques"], strict=True):
        theirs = " theirs" if summary.whose(technique.voice) == "speech" else ""
        places.append(_link(technique.span, 31, "technique" + theirs, row))
    for time, row in zip(marks.dates, rows["dates"], strict=True):
        places.append(_link(time.span, 40, "date", row))
    for figure, row in zip(marks.figures, rows["figures"], strict=True):
        places.append(_link(figure.span, 41, "figure", row))
    return places


def _link(span: Span, rank: int, name: str, row: Row) -> _Place:
    wrap = Wrap(
        "a",
        f"mark {name}",
        href="#" + row.anchor,
        anchor=row.href[1:],
        reading=row.tip,
        described=row.described,
    )
    return _Place(span, rank, wrap)


def _statement(
    marks: Marks, statement: Statement, index: int, depth: int, anchor: str
) -> list[_Place]:
    text = marks.document.text
    key = f"{anchor}-{index + 1}"
    who = phrases.speakers(statement, text)
    cue = phrases.cue(statement, text)
    unnamed = any(speaker.who_kind == "unnamed" for speaker in statement.speakers)
    title = " · ".join(
        filter(None, (str(index + 1), phrases.clipped(who, _SHORT), cue, phrases.speech(statement)))
    )
    unsaid = "" if statement.factuality == "said" else " unsaid"
    doubtful = " doubtful" if phrases.is_doubtful(statement) else ""
    classes = f"statement {statement.speech}{doubtful}{unsaid} depth{min(depth, _DEEPEST)}"
    note = Note(
        index + 1, key, f"#{anchor}-s{index + 1}", who, cue, phrases.speech(statement), unnamed
    )
    places = []
    for part, span in enumerate(statement.words):
        number = Number(
            index + 1,
            key,
            note.href,
            None if part else f"{anchor}-p{index + 1}",
            f"{who}, {f'“{cue}”, ' if cue else ''}{phrases.speech(statement)}"
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
        opened: list[_Place] = []
        argued: dict[int, float] = {}
        for piece in passage.pieces:
            covering = sorted(piece.covering, key=lambda index: (places[index].rank, index))
            opened += [places[index] for index in piece.opening if index not in begun]
            argued.update(
                (index, sure) for index in covering if (sure := places[index].opinion) is not None
            )
            numbers = (
                replace(number, anchor=None) if index in begun else number
                for index in piece.opening
                if (number := places[index].number)
            )
            signs = (places[index].sign for index in piece.closing)
            pieces.append(
                Piece(
                    piece.text,
                    tuple(numbers),
                    tuple(
                        _wraps(
                            [places[index].wrap for index in covering],
                            [index not in begun for index in covering],
                        )
                    ),
                    tuple(sign for sign in signs if sign),
                )
            )
            begun.update(covering)
        shown.append(
            Passage(
                passage.kind,
                tuple(pieces),
                tuple(place.note for place in opened if place.note),
                tuple(place.query for place in opened if place.query),
                phrases.scores(argued.values()) if argued else None,
            )
        )
    return tuple(shown)


def _wraps(covering: Sequence[Wrap], first: Sequence[bool]) -> Iterator[Wrap]:
    """The wraps as one piece needs them: an anchor stands once, and links do not nest.

    The innermost is the link, and speaks for those around it.
    """
    links = [wrap for wrap in covering if wrap.tag == "a"]
    for wrap, fresh in zip(covering, first, strict=True):
        linked = bool(links) and wrap is links[-1]
        yield replace(
            wrap,
            tag="a" if linked else "span",
            href=wrap.href if linked else None,
            anchor=wrap.anchor if fresh else None,
            reading="\n".join(link.reading or "" for link in reversed(links)) if linked else None,
            described=" ".join(link.described or "" for link in links) if linked else None,
        )


def _sources(marks: Marks, counted: shares.Shares, anchor: str) -> Iterator[Source]:
    told: set[int] = set()
    for number, source in enumerate(counted.sources, 1):
        count = phrases.count(len(source.statements), "statement")
        if source.standing in {"unnamed", "open"} and len(source.statements) > 1:
            count += " in these words"
        yield Source(
            anchor=f"{anchor}-w{number}",
            name=source.name,
            kind=phrases.WHO[source.kind] if source.found and source.standing != "author" else None,
            standing=source.standing,
            count=count,
            words=phrases.count(source.words, "word"),
            share=phrases.percent(source.words, counted.words),
            width=round(100 * source.words / max(counted.words, 1), 2),
            statements=tuple(
                _told(marks, index, anchor, first=index not in told) for index in source.statements
            ),
        )
        told.update(source.statements)


def _told(marks: Marks, index: int, anchor: str, *, first: bool) -> Told:
    statement = marks.statements[index]
    text = marks.document.text
    return Told(
        number=index + 1,
        anchor=f"{anchor}-s{index + 1}" if first else None,
        href=f"#{anchor}-p{index + 1}",
        statement=f"{anchor}-{index + 1}",
        speech=phrases.speech(statement),
        cue=phrases.cue(statement, text),
        cue_kind=statement.cue_kind,
        words=phrases.content(statement, text),
        within=None if statement.within is None else statement.within + 1,
        score=f"{statement.score:.2f}" if statement.score < 1 else None,
    )


def _rows(marks: Marks, anchor: str) -> dict[Layer, tuple[Row, ...]]:
    """For each layer a row a mark, in the order of the marks."""
    layers: dict[Layer, tuple[str, Sequence[_Readable]]] = {
        "figures": ("f", marks.figures),
        "dates": ("t", marks.dates),
        "claims": ("c", marks.claims),
        "techniques": ("k", marks.techniques),
        "slips": ("q", marks.slips),
    }
    return {
        layer: tuple(
            _row(marks, anchor, f"{letter}{number}", mark) for number, mark in enumerate(found, 1)
        )
        for layer, (letter, found) in layers.items()
    }


def _row(marks: Marks, anchor: str, at: str, mark: _Readable) -> Row:
    text = marks.document.text
    name: str | None = None
    score: float | None = None
    match mark:
        case Figure():
            reading = phrases.figure(mark, text)
        case TimeExpression():
            reading = phrases.time(mark, text)
        case Claim():
            reading, score = mark.kind, mark.score
        case Technique():
            name, reading, score = phrases.label(mark.name), mark.explanation, mark.score
        case Slip():
            name, reading = phrases.label(mark.kind), mark.message
    return Row(
        anchor=f"{anchor}-l{at}",
        href=f"#{anchor}-{at}",
        described=f"{anchor}-r{at}",
        words=phrases.line(mark.span.of(text)),
        name=name,
        reading=reading,
        score=None if score is None else f"{score:.2f}",
        voice=None if isinstance(mark, Slip) else phrases.voice(mark.voice, marks),
        plainer=mark.plainer if isinstance(mark, Technique) else (),
    )


def _rhetoric(marks: Marks, counted: shares.Shares, rows: Sequence[Row]) -> Iterator[Rhetoric]:
    for group in summary.rhetoric(marks, counted):
        yield Rhetoric(
            group.whose,
            group.label,
            phrases.rate(group.count, group.words),
            tuple(_sort(sort, rows) for sort in group.sorts),
        )


def _sort(sort: summary.Sort, rows: Sequence[Row]) -> Sort:
    reasons = (
        Reason(reason.explanation, tuple(rows[index] for index in reason.techniques))
        for reason in sort.reasons
    )
    return Sort(phrases.label(sort.name), sort.count, tuple(reasons))


def _leftovers(document: Document) -> list[Leftover]:
    order = list(phrases.LEFT_OUT)
    grouped = groupby(
        sorted(document.furniture, key=lambda left: order.index(left.kind)),
        key=lambda left: left.kind,
    )
    leftovers = []
    for kind, group in grouped:
        texts = tuple(left.text for left in group)
        words = sum(wordcount.words(text) for text in texts)
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
