"""The data sets that mark what stands in passages: figures, dates, slips, quotations, as gold."""

import hashlib
import re
from collections.abc import Callable
from datetime import date

from unspin.bench.corpora import Form, Row, fields
from unspin.bench.gold import (
    GoldDate,
    GoldDates,
    GoldPassage,
    GoldQuantities,
    GoldQuantity,
    GoldQuotation,
    GoldSlip,
    GoldSlips,
    GoldText,
)
from unspin.types import Span

_ENDS = re.compile(r"\s*(-?[\d.]+(?:E[+-]?\d+)?)(?:\s*-\s*([\d.]+))?\s*", re.IGNORECASE)
_TAG = re.compile(  # of our own marked sentences
    r"<(?:(?P<opens>[dua])(?: is=\"(?P<is>[\d./-]+)\")?|/(?P<closes>[dua]))>"
)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def article_text(outlet: str) -> Callable[[Row], GoldText]:
    """Reads the rows of a set of articles, whose outlet stands in that field."""

    def build(row: Row) -> GoldText:
        text, date = row.text("text"), row.fields.get("date")
        return GoldText(_sha256(text), row.text("title"), row.text(outlet), date or "", text)

    return build


def _passage(row: Row) -> GoldPassage:
    """A row of our own paragraphs of the news, which holds places only."""
    marked = row.rows("marked")
    return GoldPassage(
        corpus=row.text("data"),
        half=row.text("half"),
        article=row.text("sha256"),
        text=None,
        span=_placed(row, "paragraph"),
        quotations=tuple(
            GoldQuotation(
                words=tuple(_spanned(part, words) for words in part.items("words")),
                speaker=_placed(part, "speaker") if part.fields.get("speaker") else None,
                who=_placed(part, "who") if part.fields.get("who") else None,
                open=part.fields.get("speaker_open") is True,
            )
            for part in row.rows("quotations")
        ),
        unspoken=tuple(_placed(part, "span") for part in marked if part.text("kind") != "open"),
        open=tuple(_placed(part, "span") for part in marked if part.text("kind") == "open"),
    )


def _placed(row: Row, field: str) -> Span:
    return _spanned(row, row.fields.get(field))


def _spanned(row: Row, value: object) -> Span:
    match value:
        case [int(start), int(end)] if 0 <= start <= end:
            return Span(start, end)
    raise row.refused("words" if "words" in row.fields else "span", "[start, end]")


def _quoting(row: Row) -> GoldPassage:
    """A row of our own invented paragraphs, each a text of its own."""
    text = row.text("text")
    digest = _sha256(text)
    return GoldPassage(
        corpus="own",
        half=("seen", "held")[int(digest, 16) % 2],
        article=digest,
        text=text,
        span=Span(0, len(text)),
        quotations=tuple(
            GoldQuotation(
                words=part.spans("words", text),
                speaker=_found(part, "speaker", text),
                who=_found(part, "who", text),
                open=False,
            )
            for part in row.rows("quotations")
        ),
        unspoken=row.spans("scare", text),
        open=(),
    )


def _found(row: Row, field: str, text: str) -> Span | None:
    """Where the words in `field` first stand in `text`; None for null."""
    if row.fields.get(field) is None:
        return None
    start = text.find(words := row.text(field))
    if start < 0:
        raise row.refused(field, "words of the text")
    return Span(start, start + len(words))


def _quantities(row: Row) -> GoldQuantities:
    """A row of newsquant or of the sets that come with it, which give no change."""
    found = []
    for part in row.rows("quantities"):
        ends = _ENDS.fullmatch(part.text("value"))
        if ends is None:
            raise part.refused(field="value", wanted="a number, or two as a-b")
        found.append(
            GoldQuantity(
                value=tuple(float(end) for end in ends.groups() if end),
                words=part.text("unit") if "unit" in part.fields else "",
                unit=part.text("normalized_unit"),
                change=part.text("change") if "change" in part.fields else None,
            )
        )
    return GoldQuantities(row.path.name, row.text("text"), tuple(found))


def _dates(row: Row) -> GoldDates:
    """A row of our own sentences, marked in the text: <d is="first/last">, <u> with <a> in it."""
    marked = row.text("text")
    parts: list[str] = []
    opened: list[tuple[int, str | None]] = []
    found: list[GoldDate] = []
    anchor: Span | None = None
    position = length = 0
    for tag in _TAG.finditer(marked):
        parts.append(marked[position : tag.start()])
        length += tag.start() - position
        position = tag.end()
        if tag["opens"]:
            opened.append((length, tag["is"]))
            continue
        if not opened:
            raise row.refused(field="text", wanted="tags in pairs")
        start, days = opened.pop()
        span = Span(start, length)
        if tag["closes"] == "a":
            anchor = span
            continue
        first, _, last = (days or "").partition("/")
        earliest, latest = (_day(row, "text", end) for end in (first, last or first))
        found.append(GoldDate(span, earliest, latest, days is not None, anchor))
        anchor = None
    published = row.text("published") if row.fields["published"] is not None else ""
    text = "".join([*parts, marked[position:]])
    return GoldDates(row.text("id"), _day(row, "published", published), text, tuple(found))


def _day(row: Row, field: str, words: str) -> date | None:
    """The day of "2024-03-04"; None for an open end, "..", and for nothing."""
    if words in {"", ".."}:
        return None
    try:
        return date.fromisoformat(words)
    except ValueError as error:
        raise row.refused(field, "days as 2024-03-04") from error


def _slips(row: Row) -> GoldSlips:
    text = row.text("text")
    planted = tuple(
        GoldSlip(part.text("kind"), part.spans("places", text)) for part in row.rows("slips")
    )
    return GoldSlips(f"own/{row.text('half')}", row.text("published"), text, planted)


def _news(corpus: str) -> Callable[[Row], GoldSlips]:
    """Rows of a set of news articles; a day that cannot be theirs ("0001-11-30") is left out."""

    def build(row: Row) -> GoldSlips:
        day = str(row.fields.get("date"))
        return GoldSlips(corpus, day if day[:2] in {"19", "20"} else None, row.text("text"), None)

    return build


FIGURES: tuple[Form[GoldQuantities], ...] = (Form(fields("text quantities"), _quantities),)
QUOTING: tuple[Form[GoldPassage | GoldText], ...] = (
    Form(fields("half data sha256 paragraph quotations marked"), _passage),
    Form(fields("id text quotations scare"), _quoting),
    Form(fields("id publisher date title text annotations"), article_text("publisher")),
    Form(fields("id date source title text bias"), article_text("source")),
)
DATES: tuple[Form[GoldDates], ...] = (Form(fields("id published text"), _dates, fields("date")),)
SLIPS: tuple[Form[GoldSlips], ...] = (
    Form(fields("id half published text slips"), _slips),
    Form(fields("id publisher date title text annotations"), _news("polnear")),
    Form(fields("id date source title text bias"), _news("allsides-ukraine")),
)
