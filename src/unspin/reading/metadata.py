"""What a page says about its article: title, authors, outlet, dates, address, and where it says so.

In: the parsed page and its stretches of text. Each field is taken from the first source that has
it, in an order from the most to the least deliberate: structured data, meta elements, the words the
reader sees, the address. A date is what the page writes, never the day it was fetched.
"""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice
from operator import itemgetter
from typing import Any
from urllib.parse import urljoin, urlsplit

from unspin.reading import moments
from unspin.reading.assembly import Particulars, Piece, collapse
from unspin.reading.stretches import Stretch
from unspin.types import Caveat, Found

Plain = Any
Sourced = tuple[str, str]  # a value and where it was found

_ARTICLE = re.compile(r"Article|BlogPosting|Report|LiveBlog|Review$")
_NOT_NAMES = re.compile(
    r"https?:|www\.|[@{}<>]|^(?:admin|administrator|staff|editor|author|guest|user|none|null|unknown|by|webmaster|root)$",
    re.IGNORECASE,
)
_BY = re.compile(
    r"^(?:(?:story|words|text|written|posted|published|reported|article|report)\s+)?by:?\s+"
    r"(?P<names>[^\W\d_][^|•·⋅\d()/]{2,80}?)\s*(?:$|[|•·⋅(/]|,?\s+(?:published|updated|posted|on|in|is|for|at)\b|\s[-–—]\s|\d)",
    re.IGNORECASE,
)
_AND = re.compile(r"\s*(?:,\s*and\s|,\s*&\s|\band\s|&|;|,|\bund\s|\bet\s)\s*", re.IGNORECASE)
_ROLE = re.compile(
    r"^(?:(?:senior|staff|chief|contributing|guest|political|foreign|special|associate|assistant|managing)\s+)*"
    r"(?:writer|reporter|editor|correspondent|columnist|contributor|journalist|staff|analyst|author|ph\.?d|md|m\.d|jr|cpa|esq)\b\.?",
    re.IGNORECASE,
)
_DATE_WORDS = re.compile(
    r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}"
    r"(?:[T ]\d{1,2}:\d{2}(?::\d{2})?\s?(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?)"
    r"|(?<!\d)\d{1,2}[./]\d{1,2}[./]\d{4}(?!\d)"
    r"|(?:(?:(?<![^\W\d_])|(?<=[a-z])(?=[A-Z]))[^\W\d_]{3,12}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4})"
    r"|(?:\d{1,2}(?:st|nd|rd|th|\.)?\s+(?:of\s+)?[^\W\d_]{3,12}\.?,?\s+\d{4})"
)
_IN_ADDRESS = re.compile(
    r"/((?:19|20)\d{2})/(\d{1,2})/(\d{1,2})(?:/|$)|/((?:19|20)\d{2})-(\d{2})-(\d{2})(?:[/_-]|$)"
)
_UPDATED = re.compile(
    r"(?<![^\W\d_])(?:updated|modified|edited|revised|aktualisiert|mis à jour)\b", re.IGNORECASE
)
_POSTED = re.compile(r"(?:(?:first|originally)\s)?(?:published|posted|written)\b", re.IGNORECASE)
_DATE_BOX = re.compile(r"(?<![a-z])(?:date|publish(?:ed)?|posted)(?![a-z])")
_SEPARATORS = re.compile(r"\s+[|–—·•:»-]\s+|\s*\|\s*")
_BY_WORD = re.compile(r"^by:?\s+", re.IGNORECASE)
_AUTHOR_BOX = re.compile(r"author|byline")
_AUTHOR_METAS = (
    *("author", "article:author", "parsely-author", "sailthru.author", "dc.creator"),
    *("dcterms.creator", "citation_author", "byl"),
)
_DATE_METAS = (
    *("article:published_time", "og:article:published_time", "article:published", "datepublished"),
    *("parsely-pub-date", "sailthru.date", "publish-date", "publishdate", "pubdate", "date"),
    *("dc.date", "dc.date.issued", "dcterms.date", "dcterms.created", "citation_date"),
    *("citation_publication_date", "cxenseparse:recs:publishtime", "date.published"),
    *("published-date", "og:pubdate", "displaydate", "ptime", "article.published"),
)
_PUBLISHING = re.compile(r"(?<![a-z])publi(?:shed|cation|sh)?[-_.:]?(?:date|time|on)$")
_IN_SCRIPT = re.compile(
    r"[\"']?(?:date_?published|published?_?date|published_?at|pub_?date|first_?published)\\?[\"']?"
    r"\s?:\s?\\?[\"'](?P<date>\d{4}-\d{2}-\d{2}[\dT:.Z+ -]{0,22})",
    re.IGNORECASE,
)
_OPINION = frozenset(
    ("opinion opinions comment commentisfree editorial editorials op-ed columns").split()
)
_PART = re.compile(r"(?:section|edition|channel|category)$")
_HOME = frozenset({"home", "homepage", "home page", "front page", "news"})
_MOST = 20  # authors
_NAME_LENGTH = 60
_SAME = 0.8  # share of a headline's words that a rewritten title keeps
_TITLE_SUFFIXES = 2
_BYLINE_LENGTH = 120
_FOOT = 8  # stretches


@dataclass(frozen=True, slots=True)
class Headings:
    """What a page says of its article before its text has been chosen."""

    title: str  # the best guess, "" for none
    title_at: str  # where it was found
    title_place: str  # its XPath
    body: str  # the article body of the structured data, "" for none
    description: str


class Page:
    """A parsed page, its structured data and its meta elements, read once."""

    def __init__(self, root: Any, address: str | None) -> None:  # noqa: ANN401 - lxml ships no types
        self.root = root
        self.address = address
        self.nodes = _structured(root)
        self.metas: dict[str, Sourced] = {}
        self._elements: dict[str, Any] = {}
        for meta in root.iter("meta"):
            content = meta.get("content")
            name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
            if name and content and content.strip():
                key = name.strip().lower()
                self.metas.setdefault(key, (collapse(content), f"meta {name.strip()}"))
                self._elements.setdefault(key, meta)

    def meta(self, *names: str) -> Sourced | None:
        """The first of the meta elements `names` that has content."""
        return next((self.metas[name] for name in names if name in self.metas), None)

    def place(self, name: str) -> str:
        """The XPath of the content of the meta element `name`."""
        return f"{self.root.getroottree().getpath(self._elements[name])}/@content"

    def article(self) -> dict[str, Plain]:
        """The structured data of the article itself; empty where the page has none."""
        return next((node for node in self.nodes if _ARTICLE.search(_kind(node))), {})


def headings(page: Page, found: Sequence[Stretch]) -> Headings:
    """The title and the other texts that help to choose the article."""
    article = page.article()
    body = article.get("articleBody")
    described = page.meta("description", "og:description")
    title, title_at, title_place = _title(page, found)
    return Headings(
        title=title,
        title_at=title_at,
        title_place=title_place,
        body=re.sub(r"<[^>]{0,200}>", " ", body) if isinstance(body, str) else "",
        description=described[0] if described else "",
    )


def particulars(
    page: Page, found: Sequence[Stretch], chosen: Sequence[bool], title: str
) -> tuple[Particulars, tuple[Caveat, ...]]:
    """Everything but the title and the text, and what the user should know about it."""
    near = _byline_zone(found, chosen, title)
    authors = _authors(page, near)
    modified = _modified(page, near)
    published, published_at, disputed = _published(
        page, [*near, *_foot(found, chosen)], modified[0] if modified else None
    )
    outlet = _outlet(page)
    section = _section(page)
    canonical, foreign = _canonical(page)
    language = page.root.get("lang") or page.root.get("{http://www.w3.org/XML/1998/namespace}lang")
    coded = re.match(r"[A-Za-z]{2}(?![A-Za-z])", language or "")
    caveats = [*disputed, *foreign]
    return (
        Particulars(
            authors=authors[0],
            outlet=outlet[0] if outlet else None,
            published=published,
            modified=modified[0] if modified else None,
            section=section[0] if section else None,
            language=coded.group().lower() if coded else None,
            canonical=canonical[0] if canonical else None,
            found=Found(
                authors=authors[1],
                outlet=outlet[1] if outlet else None,
                published=published_at,
                modified=modified[1] if modified else None,
                section=section[1] if section else None,
                language="html lang" if coded else None,
                canonical=canonical[1] if canonical else None,
            ),
        ),
        tuple(caveats),
    )


def merged(first: Particulars, second: Particulars) -> Particulars:
    """`first`, with what it lacks taken from `second`."""
    names = ("authors", "outlet", "published", "modified", "section", "language", "canonical")
    missing = [name for name in names if not getattr(first, name) and getattr(second, name)]
    values = {name: getattr(second, name) for name in missing}
    places = {name: getattr(second.found, name) for name in missing}
    return replace(first, **values, found=replace(first.found, **places))


def _structured(root: Any) -> list[dict[str, Plain]]:  # noqa: ANN401 - lxml ships no types
    """Every object of the page's JSON-LD, outermost first."""
    nodes: list[dict[str, Plain]] = []
    for script in root.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        text = (
            (script.text or "").strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
        )
        try:
            value = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        nodes += _objects(value)
    return nodes


def _objects(value: Plain) -> Iterator[dict[str, Plain]]:
    waiting = [value]
    while waiting:
        here = waiting.pop(0)
        if isinstance(here, dict):
            yield here
            waiting[:0] = [part for part in here.values() if isinstance(part, dict | list)]
        elif isinstance(here, list):
            waiting[:0] = [part for part in here if isinstance(part, dict | list)]


def _kind(node: dict[str, Plain]) -> str:
    kind = node.get("@type")
    return " ".join(map(str, kind)) if isinstance(kind, list) else str(kind or "")


def _text_of(value: Plain) -> str:
    if isinstance(value, str):
        import html

        return collapse(html.unescape(value))
    if isinstance(value, dict):
        return _text_of(value.get("name"))
    if isinstance(value, list) and value:
        return _text_of(value[0])
    return ""


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def _title(page: Page, found: Sequence[Stretch]) -> tuple[str, str, str]:
    """The title, where it was found, and its XPath.

    It is the words a reader sees, when a heading of the page agrees with what the page declares.
    """
    element = next(
        (node for node in page.root.iter("title") if node.getparent().tag != "svg"), None
    )
    titled = collapse(element.text_content()) if element is not None else ""
    metas = [name for name in ("og:title", "twitter:title") if name in page.metas]
    headline = _text_of(page.article().get("headline"))
    declared = [
        text for text in (headline, *(page.metas[name][0] for name in metas), titled) if text
    ]
    seen = [
        stretch for stretch in found if stretch.box.tag in {"h1", "h2", "h3"} and not stretch.hidden
    ]
    for level in ("h1", "h2", "h3"):
        for stretch in seen:
            if stretch.box.tag == level and any(
                _agree(stretch.text, text, level) for text in declared
            ):
                return stretch.text, level, stretch.box.place
    tops = [stretch for stretch in seen if stretch.box.tag == "h1"]
    if len(tops) == 1 and (not declared or len(_folded(tops[0].text).split()) > 3):  # noqa: PLR2004 - longer than a site's name
        return tops[0].text, "h1", tops[0].box.place
    for name in metas:
        if text := _without_site(page.metas[name][0], page):
            return text, page.metas[name][1], page.place(name)
    if titled and (text := _without_site(titled, page)):
        return text, "title element", page.root.getroottree().getpath(element)
    return "", "", ""


def _agree(heading: str, declared: str, level: str) -> bool:
    """Whether one begins with or holds the other, site names and case apart."""
    mine, theirs = _folded(heading), _folded(declared)
    if not mine or not theirs:
        return False
    if mine == theirs:
        return True
    if len(mine.split()) < 3:  # noqa: PLR2004 - a short heading inside a long title is a section's name
        return False
    if mine in theirs or (theirs in mine and len(theirs) > len(mine) // 2):
        return True
    common = set(mine.split()) & set(theirs.split())
    return level == "h1" and len(common) >= _SAME * len(set(mine.split()))


def _without_site(text: str, page: Page) -> str:
    """`text` without the outlet's name that pages put before or behind their titles."""
    site = _outlet(page)
    names = {_folded(site[0])} if site else set()
    if page.address:
        names.add(
            _folded((urlsplit(page.address).hostname or "").removeprefix("www.").rsplit(".", 1)[0])
        )
    for _ in range(_TITLE_SUFFIXES):
        parts = list(_SEPARATORS.finditer(text))
        if not parts:
            break
        head, tail = text[: parts[-1].start()], text[parts[-1].end() :]
        squeezed = _folded(tail).replace(" ", "")
        if (
            _folded(tail) in names
            or any(squeezed == name.replace(" ", "") for name in names)
            or ("|" in parts[-1].group() and len(tail) < len(head))
        ):
            text = head
        else:
            break
    return text.strip()


def _byline_zone(found: Sequence[Stretch], chosen: Sequence[bool], title: str) -> list[Stretch]:
    """The stretches around the head of the article where bylines and dates stand."""
    plain = _folded(title)
    heading = next(
        (at for at, stretch in enumerate(found) if plain and _folded(stretch.text) == plain), None
    )
    prose = [at for at, take in enumerate(chosen) if take and len(found[at].text) > _BYLINE_LENGTH]
    first = prose[0] if prose else len(found) - 1
    if heading is None or heading > first:
        heading = first
    above = found[max(0, heading - 8) : heading]
    below = found[heading : max(first, heading) + 6]
    return [stretch for stretch in (*below, *reversed(above)) if not stretch.hidden]


def _foot(found: Sequence[Stretch], chosen: Sequence[bool]) -> list[Stretch]:
    """The stretches right behind the article that say they are its day of publication."""
    end = next((at for at in range(len(chosen), 0, -1) if chosen[at - 1]), len(chosen))
    return [
        stretch
        for stretch in found[end : end + _FOOT]
        if not stretch.hidden
        and (_POSTED.match(stretch.text) or _DATE_BOX.search(stretch.box.hints))
    ]


def _authors(page: Page, near: Sequence[Stretch]) -> tuple[tuple[str, ...], str | None]:
    for names, where in _author_sources(page, near):
        if people := _people(names):
            return people, where
    return (), None


def _author_sources(page: Page, near: Sequence[Stretch]) -> Iterator[tuple[list[str], str]]:
    """Every place that may name the authors, the most deliberate first."""
    author = page.article().get("author")
    listed = author if isinstance(author, list) else [author] if author else []
    yield [_text_of(item) for item in listed[:_MOST]], "JSON-LD author"
    for name in _AUTHOR_METAS:
        if sourced := page.meta(name):
            yield [_BY_WORD.sub("", sourced[0])], sourced[1]
    tree = page.root.getroottree()
    for element in page.root.xpath("//*[@rel='author' or @itemprop='author']")[:_MOST]:
        text = collapse(element.text_content())
        if 0 < len(text) < _BYLINE_LENGTH:
            yield [_BY_WORD.sub("", text)], tree.getpath(element)
    short = [stretch for stretch in near if len(stretch.text) < _BYLINE_LENGTH]
    for stretch in short:
        if byline := _BY.match(stretch.text):
            yield [byline["names"]], stretch.box.place
    for stretch in short:
        if _AUTHOR_BOX.search(stretch.box.hints) and len(stretch.text) <= _NAME_LENGTH:
            yield [_BY_WORD.sub("", stretch.text)], stretch.box.place


def _people(names: Sequence[str]) -> tuple[str, ...]:
    people: dict[str, None] = {}
    for name in names:
        for part in _AND.split(name):
            person = part.strip(" .,:-–—|")
            if _is_name(person):
                people.setdefault(person)
    return tuple(people)[:_MOST]


def _is_name(text: str) -> bool:
    return (
        1 < len(text) <= _NAME_LENGTH
        and not any(character.isdigit() for character in text)
        and not _NOT_NAMES.search(text)
        and not _ROLE.match(text)
    )


def _published(
    page: Page, near: Sequence[Stretch], modified: date | None
) -> tuple[date | None, str | None, list[Caveat]]:
    candidates = list(_dates(page, near)) or list(_script_dates(page))
    if not candidates:
        return None, None, []
    declared = [moment for moment, at in candidates if at.startswith(("JSON-LD", "meta"))]
    seen = [(moment, at) for moment, at in candidates if at.startswith("/")]
    published, where = _first(candidates[0], seen, modified) if declared else candidates[0]
    days = {_day(moment) for moment in (published, *declared)}
    if len(days) > 1 and (max(days) - min(days)).days > 1:
        listed = ", ".join(sorted(day.isoformat() for day in days))
        return (
            published,
            where,
            [Caveat("date-disputed", f"the page gives {listed} as its date of publication")],
        )
    return published, where, []


def _first(
    declared: tuple[date, str], seen: Sequence[tuple[date, str]], modified: date | None
) -> tuple[date, str]:
    """The day of publication of a page that declares one and shows the reader the days `seen`.

    The shown one where it is the same moment on another day, by the clock of the place. Some sites
    stamp publication anew with every change: then the only day that is shown, if it is earlier.
    """
    moment = declared[0]
    for shown in seen:
        if _is_same_moment(moment, shown[0]) and _day(moment) != _day(shown[0]):
            return shown
    if modified is not None and _day(moment) >= _day(modified):
        days = {_day(day): (day, at) for day, at in reversed(seen)}
        if len(days) == 1 and min(days) < _day(moment):
            return days[min(days)]
    return declared


def _is_same_moment(one: date, other: date) -> bool:
    return (
        isinstance(one, datetime)
        and isinstance(other, datetime)
        and one.tzinfo is not None
        and other.tzinfo is not None
        and one == other
    )


def _dates(page: Page, near: Sequence[Stretch]) -> Iterator[tuple[date, str]]:
    """Every publication date the page gives, the most deliberate first."""
    article = page.article()
    for source in (article, *page.nodes):
        value = source.get("datePublished")
        if isinstance(value, str) and (moment := moments.parse(value)):
            yield moment, "JSON-LD datePublished"
            break
    others = [name for name in page.metas if _PUBLISHING.search(name) and name not in _DATE_METAS]
    for name in (*_DATE_METAS, *others):
        if (sourced := page.meta(name)) and (moment := moments.parse(sourced[0])):
            yield moment, sourced[1]
    yield from _seen_dates(page, near, updates=False)
    if page.address and (named := _IN_ADDRESS.search(urlsplit(page.address).path)):
        parts = [int(part) for part in named.groups() if part]
        try:
            yield date(*parts), "address"
        except ValueError:
            return


def _script_dates(page: Page) -> Iterator[tuple[date, str]]:
    """The date in the data that the page's scripts draw it from, where they give only one."""
    given: dict[date, date] = {}
    for script in page.root.iter("script"):
        for stamp in islice(_IN_SCRIPT.finditer(script.text or ""), _MOST):
            if moment := moments.parse(stamp["date"]):
                given.setdefault(_day(moment), moment)
    if len(given) == 1:
        yield next(iter(given.values())), "script"


def _seen_dates(
    page: Page, near: Sequence[Stretch], *, updates: bool
) -> Iterator[tuple[date, str]]:
    """The days that stand near the title: those of updates, or those that are not."""
    boxes = list(dict.fromkeys(stretch.box.place for stretch in near))
    boxes = [box for box in boxes if box.count("/") > 2]  # noqa: PLR2004 - deeper than the body
    timed: list[tuple[int, date, str]] = []
    for element in islice(page.root.iter("time"), 40):
        stamp = element.get("datetime") or collapse(element.text_content())
        hints = f"{element.get('class') or ''} {element.get('itemprop') or ''}".lower()
        published = "publi" in hints  # some call one element "published updated"
        if updates is (published or not ("updat" in hints or "modif" in hints)):
            continue
        place = _full_path(element)
        inside = (at for at, box in enumerate(boxes) if place.startswith(box))
        nearness = -1 if published else next(inside, None)
        if nearness is not None and (moment := moments.parse(stamp)):
            timed.append((nearness, moment, place))
    for _, moment, place in sorted(timed, key=itemgetter(0)):
        yield moment, place
    for stretch in near:
        if len(stretch.text) > _BYLINE_LENGTH:
            continue
        for words in _DATE_WORDS.finditer(stretch.text):
            updated = _UPDATED.search(stretch.text[max(0, words.start() - 16) : words.start()])
            if updates is bool(updated) and (moment := moments.parse(words.group())):
                yield moment, stretch.box.place


def _full_path(element: Any) -> str:  # noqa: ANN401 - lxml ships no types
    """The XPath of `element` with a number at every step below the body, as stretches have it."""
    steps = []
    while element.tag not in {"body", "html"} and element.getparent() is not None:
        nth = 1 + sum(1 for _ in element.itersiblings(element.tag, preceding=True))
        steps.append(f"/{element.tag}[{nth}]")
        element = element.getparent()
    return str(element.getroottree().getpath(element)) + "".join(reversed(steps))


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _modified(page: Page, near: Sequence[Stretch]) -> tuple[date, str] | None:
    value = page.article().get("dateModified")
    if isinstance(value, str) and (moment := moments.parse(value)):
        return moment, "JSON-LD dateModified"
    for name in (
        "article:modified_time",
        "og:updated_time",
        "datemodified",
        "dcterms.modified",
        "last-modified",
        "lastmod",
    ):
        if (sourced := page.meta(name)) and (moment := moments.parse(sourced[0])):
            return moment, sourced[1]
    return next(_seen_dates(page, near, updates=True), None)


def _outlet(page: Page) -> Sourced | None:
    site = page.meta("og:site_name")
    if site and not _is_part(page, site[0]):
        return site
    if publisher := _text_of(page.article().get("publisher")):
        return publisher, "JSON-LD publisher"
    for node in page.nodes:
        if "WebSite" in _kind(node) and (name := _text_of(node.get("name"))):
            return name, "JSON-LD WebSite"
    if application := page.meta("application-name", "apple-mobile-web-app-title"):
        return application
    for address, where in ((page.address, "address"), (_link(page), "canonical address")):
        if host := (urlsplit(address).hostname if address else None):
            return host.removeprefix("www."), where
    return None


def _is_part(page: Page, name: str) -> bool:
    """Whether `name` is a part of a site by what the page says elsewhere: a section, an edition.

    Not where the address bears it out, for some sites name their one section as themselves.
    """
    host = re.sub(r"\W", "", urlsplit(page.address or "").hostname or "")
    if host and _folded(name).replace(" ", "") in host:
        return False
    parts = {value for key, (value, _) in page.metas.items() if _PART.search(key)}
    return name.lower() in _HOME or name in parts


def _section(page: Page) -> Sourced | None:
    if sourced := page.meta("article:section", "section", "parsely-section", "sailthru.section"):
        return sourced
    if "OpinionNewsArticle" in _kind(page.article()):
        return "Opinion", "JSON-LD @type"
    if section := _text_of(page.article().get("articleSection")):
        return section, "JSON-LD articleSection"
    parts = urlsplit(page.address or "").path.lower().split("/")
    named = next((part for part in parts if part in _OPINION), None)
    return (named, "address") if named else None


def _link(page: Page) -> str | None:
    links = page.root.iter("link")
    link = next((item.get("href") for item in links if item.get("rel") == "canonical"), None)
    return link.strip() if link and link.strip() else None


def _canonical(page: Page) -> tuple[Sourced | None, list[Caveat]]:
    candidates: list[tuple[Callable[[], str | None], str]] = [
        (lambda: _link(page), "link canonical"),
        (lambda: (page.meta("og:url") or ("",))[0], "meta og:url"),
    ]
    for candidate, where in candidates:
        written = candidate()
        if not written:
            continue
        try:
            address = urljoin(page.address or "", written)
            parts = urlsplit(address)
            own = urlsplit(page.address or "").hostname
        except ValueError:
            continue
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            continue
        foreign = []
        if own and parts.hostname.removeprefix("www.") != own.removeprefix("www."):
            foreign = [
                Caveat(
                    "canonical-foreign", f"the page on {own} names {parts.hostname} as its origin"
                )
            ]
        return (address, where), foreign
    return None, []


def with_title(known: Particulars, place: str) -> Particulars:
    """`known`, with the place where the title was found."""
    return replace(known, found=replace(known.found, title=place))


def title_piece(headings: Headings) -> Piece | None:
    """The title as the first piece of the document; None for a page without one."""
    return Piece("heading", headings.title_place, headings.title) if headings.title else None
