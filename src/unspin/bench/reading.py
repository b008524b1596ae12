"""How well pages are read: text, title, authors, date, the map back to the page, the ledger.

Metrics: 4-gram shingles per page as scrapinghub/article-extraction-benchmark defines them, word
counts per page as WCXB defines them. Body text is the document without its title and captions,
which neither set counts as article text. Speed is CPU time beside trafilatura's, in turn on each
page.
"""

import gc
import html as entities
import re
import statistics
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from html.parser import HTMLParser
from urllib.parse import urlsplit

from unspin.bench import Progress
from unspin.bench.gold import GoldPage
from unspin.bench.pasting import paste
from unspin.errors import SourceError
from unspin.reading import html, moments, pasted, second_opinion
from unspin.reading.resources import Resource
from unspin.reading.stretches import Element
from unspin.types import Document

_WORD = re.compile(r"\w+")
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


@dataclass(frozen=True, slots=True)
class Read:
    """One page beside what unspin made of it."""

    gold: GoldPage
    document: Document | None
    body: str
    pasted: str  # the body read from the page's text alone, as a person would paste it
    seconds: float  # of CPU time to read the page
    theirs: float  # of CPU time that trafilatura takes for the text alone

    @property
    def title(self) -> str | None:
        """The title of the document, if there is one."""
        return self.document.title if self.document else None

    @property
    def published(self) -> date | None:
        """The day of publication of the document, if there is one."""
        return _day(self.document.published) if self.document else None


def score(
    pages: Iterable[GoldPage], progress: Progress
) -> tuple[dict[str, float], dict[str, dict[str, float]]]:
    """The scores over all pages, and by set and by set and host."""
    results: list[Read] = []
    for page in pages:
        if not results:
            _read(page)  # what is loaded on first use is no time of reading
        results.append(_read(page))
        progress(len(results))
    groups: dict[str, list[Read]] = {}
    for result in results:
        host = urlsplit(result.gold.address or "").hostname or "unknown"
        groups.setdefault(result.gold.corpus, []).append(result)
        groups.setdefault(f"{result.gold.corpus}/{host}", []).append(result)
    by = {
        name: {**_text_scores(group), **(_page_scores(group) if "/" not in name else {})}
        for name, group in sorted(groups.items())
    }
    sets = [group for name, group in by.items() if "/" not in name]
    names = dict.fromkeys(name for group in sets for name in group)
    return {name: _pooled(name, sets) for name in names}, by


def shingles(gold: str, read: str, size: int = 4) -> tuple[float, float, float]:
    """True positives, false positives and false negatives of the page; shares adding up to 1."""
    wanted, given = _shingles(gold, size), _shingles(read, size)
    hits = float((wanted & given).total())
    extra = float((given - wanted).total())
    missed = float((wanted - given).total())
    total = hits + extra + missed
    return (hits / total, extra / total, missed / total) if total else (0.0, 0.0, 0.0)


def shingle_scores(counts: Iterable[tuple[float, float, float]]) -> tuple[float, float, float]:
    """F1, precision and recall over pages: means of each page's precision and recall."""
    counted = list(counts)
    precision = [hits / (hits + extra) for hits, extra, _ in counted if hits + extra > 0]
    recall = [hits / (hits + missed) for hits, _, missed in counted if hits + missed > 0]
    return _f1_of(_mean(precision), _mean(recall))


def words(gold: str, read: str) -> tuple[float, float, float]:
    """F1, precision and recall of the page's words, order and place apart."""
    wanted, given = Counter(_WORD.findall(gold.lower())), Counter(_WORD.findall(read.lower()))
    if not wanted or not given:
        alike = float(not wanted and not given)
        return alike, alike, alike
    hits = (wanted & given).total()
    return _f1_of(hits / given.total(), hits / wanted.total())


def _read(page: GoldPage) -> Read:
    resource = Resource(page.address or page.id, page.markup.encode("utf-8", "replace"))
    gc.freeze()  # what the bench keeps of the pages before is no work of either reader, nor are
    # the threads of the arithmetic that go on waiting after it: so this thread alone is timed
    began = time.thread_time()
    try:
        document = html.read(resource, markup=page.markup, address=page.address)
    except SourceError:
        document = None
    read = time.thread_time()
    second_opinion.alone(page.markup)
    seconds, theirs = read - began, time.thread_time() - read
    gc.unfreeze()
    if document is None:
        return Read(page, None, "", "", seconds, theirs)
    return Read(page, document, _body(document), _pasted(resource), seconds, theirs)


def _body(document: Document) -> str:
    blocks = document.blocks[1 if document.title else 0 :]
    return "\n".join(block.span.of(document.text) for block in blocks if block.kind != "caption")


def _pasted(resource: Resource) -> str:
    """The body as read from the text that select-all and copy gives."""
    try:
        return _body(pasted.read(resource, text=paste(resource.content.decode("utf-8"))))
    except SourceError:
        return ""


def _text_scores(group: list[Read]) -> dict[str, float]:
    if group[0].gold.corpus == "scrapinghub":
        f1, precision, recall = shingle_scores(
            shingles(result.gold.body, result.body) for result in group
        )
    else:
        each = [words(result.gold.body, result.body) for result in group]
        f1, precision, recall = (_mean(column) for column in zip(*each, strict=True))
    return {"f1": f1, "precision": precision, "recall": recall, "pages": float(len(group))}


def _pasted_f1(group: list[Read]) -> float:
    if group[0].gold.corpus == "scrapinghub":
        return shingle_scores(shingles(result.gold.body, result.pasted) for result in group)[0]
    return _mean(words(result.gold.body, result.pasted)[0] for result in group)


def _page_scores(group: list[Read]) -> dict[str, float]:
    """The scores besides the text's own; those the set has no gold for are left out."""
    wanted: dict[str, list[float]] = {
        "must_have": [_held(result.body, result.gold.must) for result in group if result.gold.must],
        "must_not": [
            _held(result.body, result.gold.must_not) for result in group if result.gold.must_not
        ],
        "title_exact": [
            _folded(result.title) == _folded(result.gold.title)
            for result in group
            if result.gold.title
        ],
        "author_f1": [
            _name_f1(result.gold.author, result.document.authors if result.document else ())
            for result in group
            if result.gold.author
        ],
        "date_exact": [
            result.published == _day(moments.parse(result.gold.published))
            for result in group
            if result.gold.published
        ],
    }
    scores = {name: _mean(values) for name, values in wanted.items() if values}
    scores["pasted_f1"] = _pasted_f1(group)
    scores["speed_ratio"] = _mean(result.theirs for result in group) / _mean(
        result.seconds for result in group
    )
    scores["date_invented"] = float(sum(_invented(result) for result in group))
    documents = [(result.gold, result.document) for result in group if result.document]
    scores["map_back"] = _mean(
        found for gold, document in documents for found in refound(gold.markup, document)
    )
    scores["ledger"] = _mean(not unaccounted(gold.markup, document) for gold, document in documents)
    return scores | _ledger_shares(documents)


def _ledger_shares(documents: list[tuple[GoldPage, Document]]) -> dict[str, float]:
    """The share of words filed as unknown, and of gold words that are filed and not in the text."""
    words = unknown = wanted = lost = 0
    for gold, document in documents:
        filed: Counter[str] = Counter()
        for item in document.furniture:
            filed.update(_WORD.findall(item.text.lower()))
            unknown += len(_WORD.findall(item.text)) if item.kind == "unknown" else 0
        read = Counter(_WORD.findall(document.text.lower()))
        body = Counter(_WORD.findall(gold.body.lower()))
        words += read.total() + filed.total()
        wanted += body.total()
        lost += ((body - read) & filed).total()
    return {"ledger_unknown": unknown / max(1, words), "body_as_furniture": lost / max(1, wanted)}


def refound(markup: str, document: Document) -> list[bool]:
    """For each block whether its words stand at its place in the page, white space apart."""
    root, _ = html.parse(markup)
    results = []
    held: dict[str, str] = {}
    for block in document.blocks:
        if block.place not in held:
            held[block.place] = _squeezed(_at(markup, root, block.place))
        results.append(_squeezed(block.span.of(document.text)) in held[block.place])
    return results


def _at(markup: str, root: Element, place: str) -> str:
    if characters := re.fullmatch(r"characters (\d+)-(\d+)", place):
        start, end = map(int, characters.groups())
        return _Linear.text_of(markup[start:end])
    (match,) = root.xpath(place)
    if isinstance(match, str):
        return match
    return "".join(match.xpath(".//text()[not(parent::script or parent::style)]"))


def unaccounted(markup: str, document: Document) -> Counter[str]:
    """The visible words of the page, by the standard library's parser, that are filed nowhere."""
    visible = Counter(_WORD.findall(_Linear.text_of(markup)))
    filed = Counter(_WORD.findall(document.text))
    for item in document.furniture:
        filed.update(_WORD.findall(item.text))
    return visible - filed


class _Linear(HTMLParser):
    """The visible text of a page without building a tree: block elements part words."""

    _SILENT = frozenset({"script", "style", "title", "head"})
    _INLINE = frozenset(
        (
            "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark q s samp"
            " small span strike strong sub sup time tt u var wbr"
        ).split()
    )

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._within: list[str] = []

    @classmethod
    def text_of(cls, markup: str) -> str:
        reader = cls()
        reader.feed(markup)
        reader.close()
        return "".join(reader.parts)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the signature of the base class
        if tag in self._SILENT:
            self._within.append(tag)
        elif tag == "body":
            self._within = []
        if tag not in self._INLINE:
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._within:
            self._within.remove(tag)
        if tag not in self._INLINE:
            self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._within:
            self.parts.append(data)


def _invented(result: Read) -> bool:
    """Whether the document has a publication day that the page and its address do not write."""
    day = result.published
    if day is None:
        return False
    month = _MONTHS[day.month - 1]
    written = f"{entities.unescape(result.gold.markup)} {result.gold.address}".lower()
    shape = (
        rf"{day.year}\D{{0,3}}0?{day.month}\D{{0,3}}0?{day.day}(?!\d)"
        rf"|(?<!\d)0?{day.day}\D{{1,3}}0?{day.month}\D{{1,3}}{day.year}"
        rf"|(?<!\d)0?{day.month}\D{{1,3}}0?{day.day}\D{{1,3}}{day.year}"
        rf"|{month}\w*\.?\s+0?{day.day}(?:st|nd|rd|th)?,?\s+{day.year}"
        rf"|{day.year}\s+{month}\w*\.?\s+0?{day.day}(?!\d)"
        rf"|(?<!\d)0?{day.day}(?:st|nd|rd|th|\.)?\s+(?:of\s+)?{month}\w*\.?,?\s+{day.year}"
    )
    return not re.search(shape, written)


def _shingles(text: str, size: int) -> Counter[tuple[str, ...]]:
    tokens = _WORD.findall(text)
    if not tokens:
        return Counter()
    return Counter(tuple(tokens[at : at + size]) for at in range(max(1, len(tokens) - size + 1)))


def _name_f1(gold: str, authors: tuple[str, ...]) -> float:
    joiner = {"and", "by", "und", "et"}
    wanted = {word for word in _WORD.findall(gold.lower()) if word not in joiner}
    given = {word for word in _WORD.findall(" ".join(authors).lower()) if word not in joiner}
    hits = len(wanted & given)
    return 2 * hits / (len(wanted) + len(given)) if wanted or given else 1.0


def _held(text: str, snippets: tuple[str, ...]) -> float:
    lowered = text.lower()
    return _mean(snippet.lower() in lowered for snippet in snippets)


def _day(moment: date | None) -> date | None:
    return moment.date() if isinstance(moment, datetime) else moment


def _folded(text: str | None) -> str:
    return " ".join(_WORD.findall((text or "").lower()))


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _mean(values: Iterable[float]) -> float:
    listed = [float(value) for value in values]
    return statistics.fmean(listed) if listed else 0.0


def _f1_of(precision: float, recall: float) -> tuple[float, float, float]:
    both = precision + recall
    return (2 * precision * recall / both if both else 0.0), precision, recall


def _pooled(name: str, sets: list[dict[str, float]]) -> float:
    """The mean over the sets that have the score, weighted by pages; counts are added up."""
    given = [group for group in sets if name in group]
    if name in {"date_invented", "pages"}:
        return sum(group[name] for group in given)
    return sum(group[name] * group["pages"] for group in given) / sum(
        group["pages"] for group in given
    )
