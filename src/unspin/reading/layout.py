"""The pages of a PDF as words with boxes in, its blocks in reading order out.

Words become lines, lines are read column by column and become paragraphs; what repeats at the head
or foot of pages is set aside. Every word comes out once. Boxes are in points from the lower left
corner of the page; inside, writing that is turned is turned upright first.
"""

import re
import unicodedata
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from unspin.reading.pdfium import Page, Word

_MARGIN = 0.12  # of a page's height, in which running heads and page numbers stand
_SAME_PLACE = 8  # points by which a running head may move from page to page
_BULLET = re.compile(r"^(?:[•▪‣◦●■□–*]|\(?(?:\d{1,2}|[a-z])[.)])$")
_NUMBER = re.compile(
    r"[-–—|\s]*(?:(?:page|seite|página|pagina|strona|sayfa|стр\.?|p\.)\s*)?\d{1,4}"
    r"(?:\s*(?:of|von|de|di|sur|/|\|)\s*\d{1,4})?[-–—|\s]*",
    re.IGNORECASE,
)
_ENDS = frozenset('.!?…:;"”»’)。！？')
_HYPHENS = ("-", "‐")
_EDGES = re.compile(r"^\W+|\W+$")
_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_DROP_CAP = 2  # characters, with the quotation mark before the letter
_CAPS = 20  # initials looked for on a page
_FULL = 20  # characters of a line that is long enough to run on in the next column

Kind = Literal["heading", "paragraph", "item", "header", "footer", "hidden"]
Box = tuple[float, float, float, float]  # left, bottom, right, top


@dataclass(frozen=True, slots=True)
class Laid:
    """One block, running head or hidden text with its place; `size` is the height of its type."""

    kind: Kind
    place: str
    text: str
    size: float
    page: int  # the one it starts on, from 1


def lay_out(pages: Sequence["Page"]) -> list[Laid]:
    """Everything on `pages`, in reading order, running heads and hidden text where they stand."""
    compounds = _compounds(pages)
    lines: list[_Line] = []
    for number, page in enumerate(pages, 1):
        lines += _lines([word for word in page.words if not word.hidden], number, page)
    edges = _edges(lines, pages)
    if len(edges) == len(lines):  # pages that are all alike have no running heads
        edges = {}
    body = [line for line in lines if id(line) not in edges]
    blocks = _paragraphs(body)
    usual = _usual([line for block in blocks for line in block])
    laid = [
        *(_laid(_kind(block, usual), block, pages, compounds) for block in blocks),
        *(_laid(edges[id(line)], [line], pages, compounds) for line in lines if id(line) in edges),
        *_hidden(pages, compounds),
        *_plain(pages),
    ]
    return sorted(laid, key=lambda part: part.page)


def words_in(pages: Sequence["Page"], place: str) -> str:
    """The words in the boxes of `place`, as `lay_out` joins them; none where nothing stands."""
    return _found(pages, place, _compounds(pages))


def _found(pages: Sequence["Page"], place: str, compounds: frozenset[str]) -> str:
    lines: list[_Line] = []
    for number, box in _boxes(place):
        if not 0 < number <= len(pages):
            continue
        page = pages[number - 1]
        if page.plain is not None:
            return " ".join(page.plain.split())
        lines += _lines(_within(page.words, box), number, page)
    return _joined(lines, compounds)


@dataclass(slots=True, eq=False)
class _Line:
    """Words on one baseline, in order; the box is that of the writing turned upright."""

    words: "list[Word]"
    page: int
    column: int
    left: float
    bottom: float
    right: float
    top: float
    edge: float = 0  # right edge of the column it stands in

    @property
    def size(self) -> float:
        return float(median(word.size for word in self.words))

    @property
    def middle(self) -> float:
        return (self.bottom + self.top) / 2

    @property
    def bold(self) -> bool:
        return all(word.bold for word in self.words)

    @property
    def text(self) -> str:
        return _row(self.words)


def _lines(words: "Sequence[Word]", number: int, page: "Page") -> list[_Line]:
    """The lines of one page in reading order; the writing most words follow comes first."""
    turned: dict[int, list[Word]] = defaultdict(list)
    for word in words:
        turned[word.turned].append(word)
    lines: list[_Line] = []
    for turn in sorted(turned, key=lambda turn: -len(turned[turn])):
        width = (page.right - page.left) if turn % 2 == 0 else (page.top - page.bottom)
        segments = _capped(_segments(turned[turn], number))
        for column in _columns(segments, width):
            lines += _rows(column, len(lines))
    return lines


def _upright(word: "Word") -> Box:
    match word.turned:
        case 0:
            return word.left, word.bottom, word.right, word.top
        case 1:
            return -word.top, word.left, -word.bottom, word.right
        case 2:
            return -word.right, -word.top, -word.left, -word.bottom
    return word.bottom, -word.right, word.top, -word.left


def _segments(words: "Sequence[Word]", number: int) -> list[_Line]:
    """Runs of words that PDFium gives one after the other on one baseline without a wide gap."""
    segments: list[_Line] = []
    for word in words:
        box = _upright(word)
        last = segments[-1] if segments else None
        if last and not word.starts and _follows(last, box, word.size):
            _extend(last, [word], box)
        else:
            segments.append(_Line([word], number, 0, *box))
    return segments


def _follows(line: _Line, box: Box, size: float) -> bool:
    left, bottom, right, top = box
    tall = max(line.words[-1].size, size)
    _, last_bottom, _, last_top = _upright(line.words[-1])
    shift = abs((bottom + top) - (last_bottom + last_top)) / 2
    return shift <= tall / 2 and max(left - line.right, line.left - right) <= tall


def _extend(line: _Line, words: "Iterable[Word]", box: Box) -> None:
    line.words.extend(words)
    line.left, line.bottom = min(line.left, box[0]), min(line.bottom, box[1])
    line.right, line.top = max(line.right, box[2]), max(line.top, box[3])


def _capped(segments: list[_Line]) -> list[_Line]:
    """The segments, a large initial put before the line whose first letter it is."""
    if len(segments) < 2:  # noqa: PLR2004 - an initial and a line
        return segments
    caps = [
        segment
        for segment in segments
        if len(segment.text) <= _DROP_CAP and segment.text[-1].isalpha()
    ]
    caps.sort(key=lambda segment: -segment.size)
    merged: set[int] = set()
    for cap in caps[:_CAPS]:
        beside = [
            segment
            for segment in segments
            if 1.8 * segment.size <= cap.size
            and abs(segment.left - cap.right) <= 1.5 * segment.size
            and cap.bottom <= segment.middle <= cap.top
        ]
        if not beside:
            continue
        first = max(beside, key=lambda segment: segment.top)
        follower = first.words[0].text
        cap.words[-1].tight = follower[0].islower() or (len(follower) > 1 and follower.isupper())
        first.words[:0] = cap.words
        first.left = cap.left
        merged.add(id(cap))
    return [segment for segment in segments if id(segment) not in merged]


def _columns(segments: list[_Line], width: float) -> list[list[_Line]]:
    """The segments as columns in reading order: those above a wide one before it, left to right."""
    segments = sorted(segments, key=lambda line: -line.middle)
    gutter = _gutter(segments, width)
    if gutter is None:
        return [segments] if segments else []
    bands: list[tuple[bool, list[_Line]]] = []
    for segment in segments:
        across = segment.left < gutter < segment.right
        if not bands or bands[-1][0] != across:
            bands.append((across, []))
        bands[-1][1].append(segment)
    columns: list[list[_Line]] = []
    for across, band in bands:
        left = [line for line in band if line.right <= gutter]
        right = [line for line in band if line.right > gutter]
        if across or not (_dense(left) and _dense(right)):
            columns.append(band)
        else:
            first, second = (right, left) if _leftward(band) else (left, right)
            columns += [*_columns(first, width), *_columns(second, width)]
    return columns


def _gutter(segments: Sequence[_Line], width: float) -> float | None:
    """Where the white strip that parts most neighbours runs, if it parts columns anywhere."""
    gaps = list(_gaps(segments, width / 10))
    if len(gaps) < 2:  # noqa: PLR2004 - one row does not make columns
        return None
    events = sorted([(left, 1) for left, _ in gaps] + [(right, -1) for _, right in gaps])
    depth = best = 0
    where = 0.0
    for place, (at, step) in enumerate(events):
        depth += step
        if depth > best:
            best, where = depth, (at + events[place + 1][0]) / 2
    if best < 2:  # noqa: PLR2004 - one row does not make columns
        return None
    band: list[_Line] = []
    for segment in [*segments, None]:
        if segment is not None and not segment.left < where < segment.right:
            band.append(segment)
            continue
        left = [line for line in band if line.right <= where]
        if _dense(left) and _dense([line for line in band if line.right > where]):
            return where
        band = []
    return None


def _gaps(segments: Sequence[_Line], pitch: float) -> Iterator[tuple[float, float]]:
    """The white between each segment and its nearest neighbour to the right on its height."""
    heights = [-segment.middle for segment in segments]
    for segment in segments:
        size = segment.top - segment.bottom
        start = bisect_left(heights, -segment.middle - size)
        end = bisect_left(heights, -segment.middle + size)
        nearest = min(
            (
                other.left
                for other in segments[start:end]
                if other.left >= segment.right
                and min(other.top, segment.top) - max(other.bottom, segment.bottom) > size * 0.3
            ),
            default=None,
        )
        if nearest is None:
            continue
        if nearest - segment.right >= 0.6 * size and nearest - segment.left >= pitch:
            yield segment.right, nearest


def _dense(lines: Sequence[_Line]) -> bool:
    """Whether most lines have the next one close below, as a column of text has."""
    drops = [
        (above.middle - below.middle) / max(above.size, below.size, 0.1)
        for above, below in pairwise(lines)
    ]
    rows = [drop for drop in drops if drop > 0.5]  # noqa: PLR2004 - less is another piece of one line
    return len(rows) > 0 and 2 * sum(drop <= 2.2 for drop in rows) >= len(rows)  # noqa: PLR2004 - lines of double spacing


def _leftward(lines: Sequence[_Line]) -> bool:
    """Whether the script runs from right to left."""
    sample = "".join(word.text for line in lines[:10] for word in line.words)
    kinds = [unicodedata.bidirectional(mark) for mark in sample]
    return sum(kind in _RIGHT_TO_LEFT for kind in kinds) > kinds.count("L")


def _rows(segments: Sequence[_Line], column: int) -> list[_Line]:
    """The lines of one column from the top down, segments on one baseline put together."""
    rows: list[list[_Line]] = []
    for segment in segments:
        if rows and _beside(rows[-1][-1], segment):
            rows[-1].append(segment)
        else:
            rows.append([segment])
    lines: list[_Line] = []
    for row in rows:
        leftward = _leftward(row)
        row.sort(key=lambda line: -line.right if leftward else line.left)
        lines.append(row[0])
        for segment in row[1:]:
            last = lines[-1]
            gap = max(segment.left - last.right, last.left - segment.right)
            if -0.3 * last.size <= gap <= 4 * last.size:
                box = (segment.left, segment.bottom, segment.right, segment.top)
                _extend(last, segment.words, box)
            else:
                lines.append(segment)
    edge = max((line.right for line in lines), default=0)
    for line in lines:
        line.column, line.edge = column, edge
    return lines


def _beside(line: _Line, other: _Line) -> bool:
    low, high = max(line.bottom, other.bottom), min(line.top, other.top)
    shorter = min(line.top - line.bottom, other.top - other.bottom)
    return high - low > shorter / 2 and (other.left >= line.right or other.right <= line.left)


def _edges(
    lines: Sequence[_Line], pages: Sequence["Page"]
) -> dict[int, Literal["header", "footer"]]:
    """Running heads, feet and page numbers: by the identity of their line, which of them it is."""
    places: dict[tuple[str, str, float], list[_Line]] = defaultdict(list)
    found: dict[int, Literal["header", "footer"]] = {}
    outermost: dict[tuple[int, str], float] = {}
    running: set[int] = set()
    zoned: list[tuple[_Line, Literal["header", "footer"]]] = []
    for line in lines:
        zone = _zone(line, pages[line.page - 1])
        if zone is None:
            continue
        zoned.append((line, zone))
        places[zone, re.sub(r"\d+", "#", line.text.casefold()), round(line.size)].append(line)
        edge = outermost.setdefault((line.page, zone), line.middle)
        beyond = max if zone == "header" else min
        outermost[line.page, zone] = beyond(edge, line.middle)
    for same in places.values():
        level = median(line.middle for line in same)
        level_lines = [line for line in same if abs(line.middle - level) <= _SAME_PLACE]
        if len({line.page for line in level_lines}) > 1:
            running |= {id(line) for line in level_lines}
    for line, zone in zoned:
        if id(line) in running:
            found[id(line)] = zone
        last = outermost[line.page, zone] == line.middle
        if last and _NUMBER.fullmatch(line.text):
            found[id(line)] = zone
    return _apart(found, lines)


def _apart(
    found: dict[int, Literal["header", "footer"]], lines: Sequence[_Line]
) -> dict[int, Literal["header", "footer"]]:
    """Those of the lines found that white parts from the text; the others are lines of the text."""
    by_page: dict[int, list[_Line]] = defaultdict(list)
    for line in lines:
        by_page[line.page].append(line)
    return {
        id(line): found[id(line)]
        for page in by_page.values()
        for line in page
        if id(line) in found
        and not any(
            id(other) not in found
            and ((line.middle - other.middle) * (1 if found[id(line)] == "header" else -1) > 0)
            and abs(line.middle - other.middle) <= 1.5 * other.size
            and min(line.right, other.right) > max(line.left, other.left)
            for other in page
        )
    }


def _zone(line: _Line, page: "Page") -> Literal["header", "footer"] | None:
    if line.words[0].turned:
        return None
    margin = (page.top - page.bottom) * _MARGIN
    if line.middle > page.top - margin:
        return "header"
    return "footer" if line.middle < page.bottom + margin else None


def _paragraphs(lines: Sequence[_Line]) -> list[list[_Line]]:
    leading = _leading(lines)
    blocks: list[list[_Line]] = []
    for line in lines:
        if blocks and _continues(blocks[-1], line, leading):
            blocks[-1].append(line)
        else:
            blocks.append([line])
    joined: list[list[_Line]] = []
    for block in blocks:
        if joined and _runs_on(joined[-1], block):
            joined[-1] += block
        else:
            joined.append(block)
    return joined


def _leading(lines: Sequence[_Line]) -> dict[float, float]:
    """The usual distance of one line from the next, by the size of their type."""
    drops: dict[float, list[float]] = defaultdict(list)
    for above, below in pairwise(lines):
        drop = above.middle - below.middle
        if above.column == below.column and above.page == below.page and drop > above.size / 2:
            drops[round(above.size)].append(drop)
    return {size: sorted(found)[len(found) // 4] for size, found in drops.items() if len(found) > 2}  # noqa: PLR2004 - fewer show no habit


def _continues(block: Sequence[_Line], line: _Line, leading: dict[float, float]) -> bool:
    """Whether `line` belongs to the paragraph of the lines right above it."""
    last = block[-1]
    size = max(last.size, line.size)
    drop = last.middle - line.middle
    if (
        (line.page, line.words[0].turned) != (last.page, last.words[0].turned)
        or abs(last.size - line.size) > 0.06 * size
        or last.bold != line.bold
        or not 0.3 * size
        < drop
        <= min(2.2 * size, 1.3 * leading.get(round(last.size), 1.15 * size))
        or min(last.right, line.right) <= max(last.left, line.left)
    ):
        return False
    if _BULLET.match(line.words[0].text) and len(line.words) > 1:
        return False
    indent = line.left - last.left
    hanging = len(block) == 1 and _BULLET.match(block[0].words[0].text)
    centred = abs((line.left + line.right) - (last.left + last.right)) < size
    cap = _upright(block[0].words[0])
    beside = block[0].words[0].size > 1.6 * size and line.top > cap[1] and line.left >= cap[2]
    shifted = indent > 0.7 * size and not (hanging or centred or beside)
    if shifted and not _leftward([line]):
        return False
    first = line.words[0]
    room = last.edge - last.right
    needed = (
        first.right - first.left if not first.turned % 2 else first.top - first.bottom
    ) + size / 3
    ended = last.words[-1].text[-1] in _ENDS
    return not (ended and room > needed and not centred and not _leftward([line]))


def _runs_on(block: Sequence[_Line], after: Sequence[_Line]) -> bool:
    """Whether a paragraph that a column or page cut in two goes on in `after`."""
    last, first = block[-1], after[0]
    start = first.words[0].text
    elsewhere = last.page != first.page or first.middle > last.middle
    return (
        elsewhere
        and last.words[0].turned == first.words[0].turned
        and abs(last.size - first.size) <= 0.05 * last.size
        and last.bold == first.bold
        and len(last.text) >= _FULL
        and last.words[-1].text[-1] not in _ENDS
        and start[0].islower()
    )


def _usual(lines: Sequence[_Line]) -> tuple[float, bool]:
    """The size of type that most letters have, and whether most are bold."""
    sizes: Counter[float] = Counter()
    bold = total = 0
    for line in lines:
        length = len(line.text)
        sizes[round(line.size, 1)] += length
        total += length
        bold += length * line.bold
    return (sizes.most_common(1)[0][0] if sizes else 0.0), 2 * bold > total


def _kind(block: Sequence[_Line], usual: tuple[float, bool]) -> Kind:
    size, bold = usual
    words = sum(len(line.words) for line in block)
    if _BULLET.match(block[0].words[0].text) and words > 1:
        return "item"
    ends = block[-1].words[-1].text[-1] in ".;:,"
    if words <= 40 and not ends and block[0].size >= 1.15 * size:  # noqa: PLR2004 - words of the longest headline
        return "heading"
    strong = not bold and all(line.bold for line in block)
    return "heading" if strong and words <= 20 and not ends else "paragraph"  # noqa: PLR2004 - words of the longest subheading


def _laid(
    kind: Kind, block: list[_Line], pages: Sequence["Page"], compounds: frozenset[str]
) -> Laid:
    parts: list[list[_Line]] = []
    for line in block:
        last = parts[-1][-1] if parts else None
        if last and line.page == last.page and line.middle < last.middle:
            parts[-1].append(line)
        else:
            parts.append([line])
    place = "; ".join(box for part in parts for box in _place(part, pages, compounds))
    text = _joined(block, compounds)
    if (
        ";" in place or " " not in text
    ):  # where type overlaps, the block is what stands in its boxes
        text = _found(pages, place, compounds)
    return Laid(kind, place, text, block[0].size, block[0].page)


def _place(part: list[_Line], pages: Sequence["Page"], compounds: frozenset[str]) -> Iterator[str]:
    """One box for all lines where no other word lies in it; else one for each line or word."""
    page = pages[part[0].page - 1]
    words = [word for line in part for word in line.words]
    box = _around(words)
    inside = _within(page.words, box)
    if len(inside) == len(words) and (
        len(words) == 1
        or _joined(_lines(inside, part[0].page, page), compounds) == _joined(part, compounds)
    ):
        yield f"page {part[0].page}, box {','.join(f'{edge:.1f}' for edge in box)}"
    elif len(part) > 1:
        for line in part:
            yield from _place([line], pages, compounds)
    else:
        for word in words:
            edges = ",".join(f"{edge:.1f}" for edge in _alone(word, page.words))
            yield f"page {part[0].page}, box {edges}"


def _alone(word: "Word", words: "Sequence[Word]") -> Box:
    """The box of one word, drawn in towards its middle until no other word has its middle there."""
    left, bottom, right, top = box = _around([word])
    for share in (1, 0.5, 0.2, 0.05):
        wide, high = (right - left) * (1 - share) / 2, (top - bottom) * (1 - share) / 2
        box = (
            round(left + wide, 1) + 0.0,
            round(bottom + high, 1) + 0.0,
            round(right - wide, 1) + 0.0,
            round(top - high, 1) + 0.0,
        )
        if len(_within(words, box)) == 1:
            break
    return box


def _around(words: "Sequence[Word]") -> Box:
    return (
        round(min(word.left for word in words), 1) + 0.0,  # never -0.0
        round(min(word.bottom for word in words), 1) + 0.0,
        round(max(word.right for word in words), 1) + 0.0,
        round(max(word.top for word in words), 1) + 0.0,
    )


def _within(words: "Sequence[Word]", box: Box) -> "list[Word]":
    """The words whose middle lies in `box`: those seen, or the hidden ones where none is seen."""
    inside = [
        word
        for word in words
        if box[0] - 0.1 <= (word.left + word.right) / 2 <= box[2] + 0.1
        and box[1] - 0.1 <= (word.bottom + word.top) / 2 <= box[3] + 0.1
    ]
    return [word for word in inside if not word.hidden] or inside


def _boxes(place: str) -> Iterator[tuple[int, Box]]:
    for part in place.split("; "):
        if match := re.fullmatch(r"page (\d{1,9}), box ((?:-?\d+\.\d,?){4})", part):
            left, bottom, right, top = map(float, match[2].split(","))
            yield int(match[1]), (left, bottom, right, top)


def _joined(lines: Iterable[_Line], compounds: frozenset[str]) -> str:
    """The lines as one text, words that a line end cut in two made whole."""
    text = ""
    for line in lines:
        row = line.text
        if not text:
            text = row
            continue
        before, after = text.rpartition(" ")[2], row.partition(" ")[0]
        if before.endswith(_HYPHENS) and len(before) > 1 and before[-2].isalnum():
            whole = _EDGES.sub("", before[:-1] + "-" + after).casefold()
            if before[-2].isalpha() and after[0].islower() and whole not in compounds:
                text = text[:-1]
            text += row
        elif _wide(text[-1]) and _wide(row[0]):
            text += row
        else:
            text += " " + row
    return text


def _row(words: "Sequence[Word]") -> str:
    pieces = [word.text + ("" if word.tight else " ") for word in words]
    return "".join(pieces).rstrip(" ")


def _wide(mark: str) -> bool:
    """Whether it belongs to a script that parts words by no space."""
    return unicodedata.east_asian_width(mark) == "W" and not "가" <= mark <= "힣"


def _compounds(pages: Sequence["Page"]) -> frozenset[str]:
    """Words the document writes with a hyphen inside a line."""
    return frozenset(
        _EDGES.sub("", word.text).casefold()
        for page in pages
        for word in page.words
        if "-" in word.text[1:-1]
    )


def _hidden(pages: Sequence["Page"], compounds: frozenset[str]) -> Iterator[Laid]:
    for number, page in enumerate(pages, 1):
        words = [word for word in page.words if word.hidden]
        for block in _paragraphs(_lines(words, number, page)):
            yield _laid("hidden", block, pages, compounds)


def _plain(pages: Sequence["Page"]) -> Iterator[Laid]:
    for number, page in enumerate(pages, 1):
        if page.plain and (text := " ".join(page.plain.split())):
            box = f"{page.left:.1f},{page.bottom:.1f},{page.right:.1f},{page.top:.1f}"
            yield Laid("paragraph", f"page {number}, box {box}", text, 0, number)
