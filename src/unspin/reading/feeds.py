"""Feeds and sitemaps: a resource comes in, the addresses it names go out.

RSS 0.9 to 2.0, RDF, Atom, sitemaps and sitemap indexes, news sitemaps among them. Whatever stands
before the root element is cut off unread, so there is no DTD, and with it no entity to expand and
no file or address to open. What is damaged is read as far as it goes; an item that is cut off is
left out.
"""

import html
import re
import zlib
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from email.utils import parsedate_to_datetime
from heapq import nlargest
from html.entities import html5
from itertools import islice
from typing import Any, TypeAlias
from urllib.parse import urljoin

from unspin.errors import SourceError
from unspin.reading.assembly import collapse
from unspin.reading.decoding import decode
from unspin.reading.resources import Resource

ITEMS = 5_000  # of a feed, the newest
ADDRESSES = 50_000  # of a sitemap, the first: as many as the format allows
_UNPACKED = 50_000_000  # bytes
_TAGS = 1_500_000  # more would take more memory and time than a feed is worth

_ROOT = re.compile(r"<(?:[A-Za-z][\w.-]*:)?(rss|feed|RDF|urlset|sitemapindex)(?=[\s/>])")
_ROOT_END = re.compile(r"</(?:[A-Za-z][\w.-]*:)?(?:rss|feed|RDF|urlset|sitemapindex)\s*>")
_ITEM_END = re.compile(r"</(?:[A-Za-z][\w.-]*:)?(?:item|entry|url|sitemap)\s*>")
_YEARS = range(1900, 2101)
_PAGE = re.compile(r"<html\b|<!doctype\s+html", re.IGNORECASE)
_ITEMS = ("{*}item", "{*}entry", "{*}url", "{*}sitemap")
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31};)")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_MONTH_NAME = re.compile(r"\d\s?-?[A-Z][a-z]{2}")
_VOID = re.compile(r"<(br|hr|img|wbr)\b([^<>/]*(?:/+[^<>/]+)*)>", re.IGNORECASE)
_ELEMENT = re.compile(r"[A-Za-z][A-Za-z0-9]*")
_ADDRESS = re.compile(r"https?://[^\s/]\S*", re.IGNORECASE)

_ATOM = "http://www.w3.org/2005/Atom"
_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
_TERMS = "http://purl.org/dc/terms/"
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
_PLAIN = frozenset(  # in which title, link and the like mean the item's own
    {
        "",
        "http://my.netscape.com/rdf/simple/0.9/",
        "http://purl.org/rss/1.0/",
        "http://backend.userland.com/rss2",
        "http://purl.org/atom/ns#",
        "http://www.sitemaps.org/schemas/sitemap/0.9",
        "http://www.google.com/schemas/sitemap/0.84",
        _ATOM,
    }
)
_UNBOUND = {  # prefixes that feeds use without saying what they stand for
    "atom": _ATOM,
    "content": _CONTENT,
    "dc": _DUBLIN_CORE,
    "dcterms": _TERMS,
    "news": _NEWS,
}
_PUBLISHED = (
    *((space, name) for space in ("", _ATOM) for name in ("pubDate", "published", "issued")),
    *((space, name) for space in (_DUBLIN_CORE, _TERMS) for name in ("issued", "created", "date")),
    (_NEWS, "publication_date"),
)
_MODIFIED = (("", "updated"), ("", "modified"), (_TERMS, "modified"), ("", "lastmod"))

_Element: TypeAlias = Any  # lxml ships no types
_Parts: TypeAlias = dict[
    tuple[str, str], _Element
]  # namespace ("" for the plain ones) and name to the element


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a feed or one address of a sitemap.

    `address` is absolute, http or https; empty for an item that has only content. `content` is the
    article as an HTML fragment where the item carries it whole. `is_index` marks the address of a
    further sitemap.
    """

    address: str
    title: str | None = None
    published: date | None = None
    modified: date | None = None
    content: str | None = None
    is_index: bool = False


def entries(resource: Resource) -> tuple[Entry, ...]:
    """The entries of a feed or sitemap in its own order, none twice.

    Raises SourceError for what is neither.
    """
    text, _ = decode(_unzipped(resource), resource.declared)
    root = _ROOT.search(text)
    if not root or _PAGE.search(text, 0, root.start()):
        raise SourceError(
            resource.location,
            "not-a-feed",
            "it is neither a feed nor a sitemap",
            "Give the address of the feed itself, or of the article",
        )
    found = _walk(resource.location, _whole(text[root.start() :]))
    if root.group(1) in {"urlset", "sitemapindex"}:
        return tuple(dict.fromkeys(islice(found, ADDRESSES)))
    items = list(dict.fromkeys(found))
    if len(items) <= ITEMS:
        return tuple(items)
    newest = nlargest(ITEMS, range(len(items)), key=lambda place: (_age(items[place]), -place))
    return tuple(items[place] for place in sorted(newest))


def page(entry: Entry) -> str:
    """The entry's own content as a page of HTML that says its title, date and address."""
    head, body = "", entry.content or ""
    if entry.title:
        title = html.escape(entry.title)
        head += f"<title>{title}</title>"
        body = f"<h1>{title}</h1>{body}"
    for name, moment in (("published", entry.published), ("modified", entry.modified)):
        if moment:
            head += f'<meta property="article:{name}_time" content="{moment.isoformat()}">'
    if entry.address:
        head += f'<link rel="canonical" href="{html.escape(entry.address)}">'
    return (
        f'<!doctype html><html><head><meta charset="utf-8">{head}</head>'
        f"<body><article>{body}</article></body></html>"
    )


def _unzipped(resource: Resource) -> bytes:
    """The bytes, unpacked where they are a gzip file, as sitemaps often are."""
    if not resource.content.startswith(b"\x1f\x8b"):
        return resource.content
    machine = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        content = machine.decompress(resource.content, _UNPACKED)
    except zlib.error:
        content = b""
    if not content or machine.unconsumed_tail:
        raise SourceError(
            resource.location,
            "bad-gzip",
            f"it does not unpack, or to more than {_UNPACKED // 1_000_000} MB",
            "Unpack it with gunzip and give the file inside",
        )
    return content


def _whole(text: str) -> str:
    """`text` as a parser can take it.

    Without a last item that breaks off and what XML forbids, HTML's names of characters resolved
    and its elements without an end closed, as some feeds carry both bare.
    """
    if text.count("<") > _TAGS:
        tags = re.finditer("<", text)
        text = text[: next(islice(tags, _TAGS, None)).start()]
    if not _ROOT_END.search(text, max(0, len(text) - 1000)):
        end = 0
        for match in _ITEM_END.finditer(text):
            end = match.end()
        text = text[:end]
    return _VOID.sub(r"<\1\2/>", _ENTITY.sub(_character, _FORBIDDEN.sub(" ", text)))


def _character(reference: re.Match[str]) -> str:
    character = html5.get(reference.group(1), "<")
    return reference.group() if character in "<>&\"'" else character


def _walk(location: str, text: str) -> Iterator[Entry]:
    from lxml import etree

    # The whole at once: fed in pieces, the parser takes quadratic time for a tag without an end.
    parser = etree.XMLParser(
        encoding="utf-8",
        recover=True,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError:  # nothing can be recovered
        return
    for element in () if root is None else root.iter(*_ITEMS):
        if len(element) == 0:
            continue
        within = next(element.iterancestors(_ITEMS), None)
        if within is not None and _name(within) != _name(element):
            continue  # a part of an item that happens to bear such a name
        if _name(element)[0] == "":
            entry = _entry(location, element)
            if entry.address or entry.content:
                yield entry


def _entry(location: str, element: _Element) -> Entry:
    parts: _Parts = {}
    links = []
    for child in element.iterchildren("*"):
        space, name = _name(child)
        if (space, name) == (_NEWS, "news"):
            for inner in child.iterchildren("*"):
                parts.setdefault(_name(inner), inner)
        elif (space, name) == ("", "link"):
            links.append(child)
        else:
            parts.setdefault((space, name), child)
    title = parts.get(("", "title"))
    if title is None:
        title = parts.get((_NEWS, "title"))
    return Entry(
        address=_address(location, element, links, parts),
        title=_title(title) or None,
        published=_moment(parts, _PUBLISHED),
        modified=_moment(parts, _MODIFIED),
        content=_content(parts),
        is_index=_name(element)[1] == "sitemap",
    )


def _name(element: _Element) -> tuple[str, str]:
    """Namespace and local name; every namespace in which an item's own parts stand is ""."""
    space, _, name = element.tag.rpartition("}")
    space = space.lstrip("{")
    prefix, colon, local = name.partition(":")
    if colon:
        space, name = _UNBOUND.get(prefix, prefix), local
    return ("" if space in _PLAIN else space), name


def _address(location: str, element: _Element, links: list[_Element], parts: _Parts) -> str:
    candidates = [
        (link, link.get("href") or _text(link))
        for link in sorted(links, key=_is_not_page)
        if link.get("rel", "alternate") == "alternate"
    ]
    for name in ("loc", "guid", "id"):
        part = parts.get(("", name))
        if part is not None and part.get("isPermaLink", "true").lower() != "false":
            text = _text(part)
            if name == "loc" or _ADDRESS.fullmatch(text):  # an id is an address only if it is whole
                candidates.append((part, text))
    for part, text in candidates:
        if text and (address := _absolute(location, part, text)):
            return address
    about = element.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about", "")
    return about if _ADDRESS.fullmatch(about) else ""


def _is_not_page(link: _Element) -> bool:
    return "html" not in link.get("type", "text/html")


def _absolute(location: str, element: _Element, text: str) -> str | None:
    """`text` as an absolute address of the web; None where it is none or leads elsewhere."""
    if not _ADDRESS.match(text):
        try:
            base = urljoin(location if _ADDRESS.match(location) else "", element.base or "")
            text = urljoin(base, text)
        except ValueError:
            return None
        if text.partition("#")[0] == base:
            return None
    return text if _ADDRESS.fullmatch(text) else None


def _text(element: _Element) -> str:
    return collapse("".join(element.itertext(with_tail=False)))


def _title(element: _Element) -> str:
    if element is None:
        return ""
    text = _text(element)
    if ("<" in text or "&" in text) and element.get("type", "html") != "text":
        return collapse(html.unescape(_TAG.sub("", text)))
    return text


def _moment(parts: _Parts, names: tuple[tuple[str, str], ...]) -> date | None:
    for name in names:
        if name in parts and (moment := _parsed(_text(parts[name]))):
            return moment
    return None


def _parsed(text: str) -> date | None:
    """A date in one of the two forms that feeds may use; a datetime where it gives the time.

    Written dates are not tried: a feed of them would cost more time than the dates are worth.
    """
    try:
        if _MONTH_NAME.search(text):
            moment = parsedate_to_datetime(text)
        else:
            moment = datetime.fromisoformat(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if moment.year not in _YEARS:
        return None
    return moment if ":" in text else moment.date()


def _content(parts: _Parts) -> str | None:
    """The article as HTML: RSS's content:encoded, or Atom's content whatever its type."""
    encoded = parts.get((_CONTENT, "encoded"))
    if encoded is not None:
        return "".join(encoded.itertext(with_tail=False)).strip() or None
    content = parts.get(("", "content"))
    if content is None or content.get("src"):
        return None
    kind = content.get("type", "text").lower()
    if kind in {"xhtml", "application/xhtml+xml"}:
        return _inside(content) or None
    text = "".join(content.itertext(with_tail=False)).strip()
    if kind in {"html", "text/html"}:
        return text or None
    if kind in {"text", "text/plain"} and text:
        paragraphs = (collapse(part) for part in re.split(r"\n[ \t\r]*\n", text))
        return "".join(f"<p>{html.escape(part)}</p>" for part in paragraphs if part)
    return None


def _inside(element: _Element) -> str:
    """The children of an element as HTML, their namespace forgotten."""
    from lxml import etree

    copy = deepcopy(element)
    for child in copy.iter("*"):
        name = _name(child)[1]
        child.tag = name if _ELEMENT.fullmatch(name) else "span"
    etree.cleanup_namespaces(copy)
    children = (etree.tostring(child, encoding="unicode", method="html") for child in copy)
    return (html.escape(copy.text or "") + "".join(children)).strip()


def _age(entry: Entry) -> datetime:
    """A moment to order entries by; what has none counts as oldest."""
    moment = entry.published or entry.modified or date.min
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time.min)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
