"""A page pasted as plain text, or a plain-text article, to a Document: lines only, no markup.

In: a resource of text, or text that another reader took from one. Out: a Document whose blocks are
lines (`line N`, or `lines N-M` where a hard-wrapped paragraph was joined), and whose furniture is
every other line: each line of the input is in exactly one of the two.

A small network, trained on pages pasted from public article sets, gives each line the probability
that it is article text (`unspin.train.pasted`); a text without signs of a page around it is kept
whole. Title, authors and date are taken from the lines about the beginning of the article.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from unspin.reading import bylines, lines, moments
from unspin.reading.assembly import Particulars, Piece, assemble, collapse
from unspin.reading.decoding import decode
from unspin.reading.lines import Line
from unspin.reading.resources import Resource
from unspin.types import BlockKind, Caveat, Document, Found, Furniture, FurnitureKind

READER = "pasted/1"
_PROSE = 15  # words of a line that is a paragraph for certain
_LIKELY = 0.22  # probability from which a paragraph is kept: losing one is worse than a teaser
_LIKELY_SHORT = 0.5  # the same for shorter lines
_LIKELY_KNOWN = 0.98  # the same for lines such as "Share this"
_JUDGED = 20_000  # lines; no page has more, and what follows is kept by its length alone
_HEAD = 12  # lines above and below the article's first paragraph where title and byline stand
_TITLE = range(2, 31)  # words
_SENTENCE = 80  # characters of a line that is no heading
_STUB = 150  # words of an article that a wall may have cut
_CLOSED = re.compile(r"[.!?…。！？,;:][\"'”’»)\]]*$")
_ENDED = re.compile(r"[.…。][\"'”’»)\]]*$")
_BULLET = re.compile(r"^(?:[•·*–—\-‣▪►●○]|\d{1,2}[.)])\s+\S")
_ADDRESS = re.compile(
    r"(?:(?:url|source|link|address|from|canonical)\s*:\s*)?<?(https?://[^\s<>]{4,2000})>?",
    re.IGNORECASE,
)
_UPDATED = re.compile(
    r"(?:last\s)?(?:updated|modified|edited|revised|aktualisiert|mis à jour)\b", re.IGNORECASE
)
_PARTS = re.compile(
    r"\s+[|–—·•-]\s+|\s*[|•]\s*|\t|,?\s(?=(?:last\s)?(?:updated|published)\b)|\son\s(?=\w+ \d|\d)",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"[^\W\d_]{3,12}\.?\s\d{1,2}(?:st|nd|rd|th)?,?\s\d{4}"
    r"|\d{1,2}(?:st|nd|rd|th|\.)?\s(?:de\s)?[^\W\d_]{3,12}\.?,?\s(?:de\s)?\d{4}"
    r"|\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?)?"
)
_DIGIT = re.compile(r"\d")
_BYLINE = 200  # characters
_FOREIGN = frozenset({"advert", "share", "cookie", "newsletter", "comments", "subscription"})
_SECTIONS = frozenset(
    {"related", "comments", "newsletter", "biography", "footer", "cookie", "subscription", "tags"}
)


@dataclass(frozen=True, slots=True)
class _Head:
    """What the lines about the beginning say, and which of them are no text of the article."""

    title: int | None  # index of its line
    particulars: Particulars
    taken: dict[int, FurnitureKind]


def read(  # noqa: PLR0913 - what another reader may already know of the text it hands over
    resource: Resource,
    *,
    text: str | None = None,
    particulars: Particulars | None = None,
    title: str | None = None,
    media_type: str = "text/plain",
    reader: str = READER,
) -> Document:
    """The article in a pasted page; `text` stands for the bytes where they were decoded already.

    What `particulars` and `title` say goes before what the lines say.
    """
    caveats: tuple[Caveat, ...] = ()
    if text is None:
        text, caveats = decode(resource.content, resource.declared)
    found = lines.find(text)
    chosen = _chosen(found)
    head = _head(found, chosen, title, particulars or Particulars())
    kinds = _kinds(found, chosen, head, title)
    body = [place for place, kind in enumerate(kinds) if kind is None and place != head.title]
    if head.title is not None and not body:
        body, head = [head.title], replace(head, title=None)
    return assemble(
        resource,
        media_type=media_type,
        reader=reader,
        title=_title_piece(found, head, title),
        pieces=[_piece(found, body, at) for at in range(len(body))],
        particulars=head.particulars,
        furniture=[
            Furniture(kind, line.place, line.text)
            for line, kind in zip(found, kinds, strict=True)
            if kind is not None
        ],
        caveats=[*caveats, *_wall(found, kinds, body)],
    )


def scores(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """The probability that a line is article text, for each row of `lines.features`."""
    mean, scale, inner, inner_bias, outer, outer_bias = _network()
    hidden = np.maximum(np.clip((rows - mean) / scale, -6, 6) @ inner + inner_bias, 0)
    return np.asarray(1 / (1 + np.exp(-(hidden @ outer + outer_bias))), dtype=np.float64)


def _chosen(found: Sequence[Line]) -> list[bool]:
    """Which lines are text of the article, by themselves and those around them."""
    if not found:
        return []
    if _is_clean(found):
        return [True] * len(found)
    judged = found[:_JUDGED]
    likely = scores(lines.features(judged))
    sizes = [
        len(line.text.split()) if not _unspaced(line.text) else len(line.text) // 3
        for line in found
    ]
    chosen = [
        score > (_LIKELY if size >= _PROSE else _sure(line.text))
        for line, score, size in zip(found, likely.tolist(), sizes, strict=False)
    ]
    chosen += [size >= _PROSE for size in sizes[len(judged) :]]
    if not any(take and not _is_head(line.text) for take, line in zip(chosen, found, strict=True)):
        chosen = [lines.phrase_kind(line.text) is None for line in found]
    return chosen


def _sure(text: str) -> float:
    """The probability from which a short line is kept; the known words of a page need more."""
    return _LIKELY_KNOWN if lines.phrase_kind(text) in _FOREIGN else _LIKELY_SHORT


@cache
def _network() -> tuple[NDArray[np.float64], ...]:
    kept = json.loads(files("unspin.reading").joinpath("model/pasted.json").read_text("utf-8"))
    return tuple(
        np.array(kept[name], dtype=np.float64)
        for name in ("mean", "scale", "inner", "inner_bias", "outer", "outer_bias")
    )


def _unspaced(text: str) -> bool:
    """Whether `text` is in a script that does not part words by spaces."""
    return not text.isascii() and len(text) > 12 * (text.count(" ") + 1)


def _is_clean(found: Sequence[Line]) -> bool:
    """Whether nothing of a page stands around the article: prose, headings, byline, no more."""
    short = run = prose = words = 0
    for place, line in enumerate(found):
        size = len(line.text) // 3 if _unspaced(line.text) else len(line.text.split())
        words += size
        if (size >= 8 and _CLOSED.search(line.text)) or size >= 2 * _PROSE:  # noqa: PLR2004 - a sentence
            prose += size
            run = 0
            continue
        if place >= _HEAD // 2 or not _is_head(line.text):
            kind = lines.phrase_kind(line.text)
            if kind is not None and not (kind == "byline" and prose):
                return False
            run += not _BULLET.match(line.text) and not _CLOSED.search(line.text)
            short += 1
        if run > 2:  # noqa: PLR2004 - two may be headings under one another
            return False
    return prose > 0.8 * words or (len(found) <= 3 and prose > 0)  # noqa: PLR2004 - a note, not a page


def _is_head(text: str) -> bool:
    return len(text) <= _BYLINE and _byline(text, "") is not None


def _head(
    found: Sequence[Line], chosen: Sequence[bool], title: str | None, known: Particulars
) -> _Head:
    sizes = [len(line.text) for line in found]
    start = next(
        (
            at
            for at, take in enumerate(chosen)
            if take and (sizes[at] > _SENTENCE or _ENDED.search(found[at].text))
        ),
        next((at for at, take in enumerate(chosen) if take), 0),
    )
    at = _title(found, chosen, start, title)
    low = max(0, (start if at is None else at) - _HEAD)
    near = range(low, min(len(found), max(start, at or 0) + _HEAD // 2))
    taken: dict[int, FurnitureKind] = {}
    read_as = known
    for place in near:
        text = found[place].text
        if place == at or len(text) > _BYLINE:
            continue
        seen = _byline(text, found[place].place)
        if seen is None and place > start:
            continue
        if seen is not None and (at is None or place > at - 4):
            taken[place] = "byline"
            read_as = _merged(read_as, seen)
    for place in [*range(min(len(found), _HEAD)), *range(max(0, len(found) - 3), len(found))]:
        if (address := _ADDRESS.fullmatch(found[place].text)) and len(found) > 1:
            taken.setdefault(place, "header" if place <= start else "footer")
            if read_as.canonical is None:
                read_as = replace(
                    read_as,
                    canonical=address[1],
                    found=replace(read_as.found, canonical=found[place].place),
                )
    if at is not None and read_as.found.title is None:
        read_as = replace(read_as, found=replace(read_as.found, title=found[at].place))
    return _Head(at, read_as, taken)


def _title(
    found: Sequence[Line], chosen: Sequence[bool], start: int, given: str | None
) -> int | None:
    """The index of the line that is the headline, the one nearest the article if it is repeated."""
    if given is not None:
        wanted = _folded(given)
        near = range(min(len(found), start + _HEAD) - 1, -1, -1)
        return next((at for at in near if _folded(found[at].text) == wanted), None)
    vocabulary = {
        word
        for line, take in zip(found, chosen, strict=True)
        if take and len(line.text) > _SENTENCE
        for word in _folded(line.text).split()
        if len(word) > 3  # noqa: PLR2004 - small words are in every line
    }
    best, best_score = None, 0.0
    above = {_folded(line.text) for line in found[: max(0, start - _HEAD)]}
    for at in range(max(0, start - 2 * _HEAD), min(start + 1, len(found))):
        score = _headline(found[at].text, vocabulary)
        if score > 0:
            score += 0.6 * (_folded(found[at].text) in above) + 0.3 * chosen[at]
            score += 0.6 * any(_is_head(line.text) for line in found[at + 1 : min(at + 4, start)])
            score -= 0.04 * (start - at)
            if score > best_score:
                best, best_score = at, score
    return best


def _headline(text: str, vocabulary: set[str]) -> float:
    """How much `text` looks like the headline of a text with this vocabulary; 0 for not at all."""
    words = _folded(text).split()
    size = len(text) // 3 if _unspaced(text) else len(words)
    if size not in _TITLE or len(text) > 2 * _BYLINE or _ENDED.search(text):
        return 0.0
    if lines.phrase_kind(text) is not None or _is_head(text) or _ADDRESS.match(text):
        return 0.0
    rare = [word for word in words if len(word) > 3]  # noqa: PLR2004 - small words are in every line
    shared = sum(word in vocabulary for word in rare) / (len(rare) + 1)
    return 0.2 + shared + min(size, 8) / 8 - max(0, size - 14) / 14


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _byline(text: str, place: str) -> Particulars | None:
    """What a line of names and dates says; None if it is something else."""
    parts = [part for part in _PARTS.split(text) if part.strip()]
    authors: tuple[str, ...] = ()
    published = modified = None
    rest = []
    for part in parts:
        moment = moments.parse(part) if _DIGIT.search(part) else None
        if moment is not None and _UPDATED.match(part.strip()):
            modified = modified or moment
        elif moment is not None:
            published = published or moment
        elif names := bylines.parse(part):
            authors = authors or names
        else:
            rest.append(part)
    if published is None and modified is None and (moment := _dated(text)) is not None:
        published = moment
    if published is None and modified is None and not authors:
        return None
    if not authors and (published or modified) and len(parts) > 1 and rest:
        names = bylines.people(re.sub(r"^(?:by|von|par|por)\s", "", rest[0], flags=re.IGNORECASE))
        authors = names if all(" " in name for name in names) else ()
    return Particulars(
        authors=authors,
        published=published,
        modified=modified,
        found=Found(
            authors=place if authors else None,
            published=place if published else None,
            modified=place if modified else None,
        ),
    )


def _dated(text: str) -> date | None:
    """The date in a line that is little else than one."""
    if not _DIGIT.search(text):
        return None
    if (moment := moments.parse(text)) is not None:
        return moment
    written = list(_DATE.finditer(text))
    if len(written) == 1 and (
        len(text) <= 60 or re.match(r"(?i)(?:by|published|posted|date)\b", text)  # noqa: PLR2004 - no sentence
    ):
        return None if _CLOSED.search(text) and len(text) > 60 else moments.parse(written[0][0])  # noqa: PLR2004 - see above
    return None


def _merged(known: Particulars, seen: Particulars) -> Particulars:
    """`known`, with what it lacks from `seen`."""
    changes = {
        name: getattr(seen, name)
        for name in ("authors", "published", "modified")
        if not getattr(known, name) and getattr(seen, name)
    }
    places = {name: getattr(seen.found, name) for name in changes}
    return replace(known, **changes, found=replace(known.found, **places))


def _kinds(
    found: Sequence[Line], chosen: Sequence[bool], head: _Head, title: str | None
) -> list[FurnitureKind | None]:
    """The kind of furniture each line is; None for the lines of the article and its title."""
    taken = [at for at, take in enumerate(chosen) if take and at not in head.taken]
    first, last = (taken[0], taken[-1]) if taken else (len(found), len(found))
    named = title if title is not None else found[head.title].text if head.title is not None else ""
    headline = _folded(named)
    kinds: list[FurnitureKind | None] = []
    section: FurnitureKind | None = None
    for at, line in enumerate(found):
        if at == head.title or (
            chosen[at] and at not in head.taken and not _again(line.text, headline)
        ):
            kinds.append(None)
            section = None
            continue
        if at in head.taken:
            kinds.append(head.taken[at])
            continue
        if at >= _JUDGED:
            kinds.append(section or "unknown")
            continue
        phrase = lines.phrase_kind(line.text)
        if phrase in _SECTIONS:
            section = phrase
        kinds.append(
            "repeat"
            if _again(line.text, headline)
            else phrase or _by_place(line.text, at, first, last, section)
        )
    return kinds


def _again(text: str, headline: str) -> bool:
    """Whether `text` is the headline once more, alone or before the outlet's name."""
    if not headline or " " not in headline or len(text) > 2 * len(headline) + 40:
        return False
    folded = _folded(text)
    return folded == headline or (
        folded.startswith(headline + " ")
        and bool(re.search(r"\s[|–—·-]\s[^|–—·]{2,40}$", text[:600]))
    )


def _by_place(
    text: str, at: int, first: int, last: int, section: FurnitureKind | None
) -> FurnitureKind:
    if section is not None and at > first:
        return section
    if _dated(text) is not None or bylines.parse(text):
        return "byline"
    few = len(text.split()) <= 4  # noqa: PLR2004 - a menu entry
    if at < first:
        return "navigation" if few else "header"
    if at > last:
        return "navigation" if few else "related"
    return (
        "media"
        if not few and re.search(r"(?i)\b(?:photo|image|picture|getty)\b", text)
        else "unknown"
    )


def _title_piece(found: Sequence[Line], head: _Head, title: str | None) -> Piece | None:
    if head.title is not None:
        return Piece("heading", found[head.title].place, found[head.title].text)
    if title is not None and (text := collapse(title)):
        return Piece("heading", head.particulars.found.title or "title", text)
    return None


def _piece(found: Sequence[Line], body: Sequence[int], at: int) -> Piece:
    line = found[body[at]]
    return Piece(_kind(found, body, at), line.place, line.text)


def _kind(found: Sequence[Line], body: Sequence[int], at: int) -> BlockKind:
    text = found[body[at]].text
    if text.startswith(">") and len(text) > 1:
        return "blockquote"
    if _BULLET.match(text):
        return "item"
    below = found[body[at + 1]].text if at + 1 < len(body) else ""
    if (
        len(text.split()) <= _PROSE
        and len(text) < 100  # noqa: PLR2004 - a heading is one line
        and not _CLOSED.search(text.rstrip("?!"))
        and len(below) > len(text)
    ):
        return "heading"
    return "paragraph"


def _wall(
    found: Sequence[Line], kinds: Sequence[FurnitureKind | None], body: Sequence[int]
) -> Iterator[Caveat]:
    if not body or sum(len(found[at].text.split()) for at in body) > _STUB:
        return
    if "subscription" in kinds[body[-1] + 1 : body[-1] + 4]:
        yield Caveat("paywall-stub", "the text ends after few words before a call to subscribe")
