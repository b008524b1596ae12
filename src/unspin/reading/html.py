"""One page of HTML to its Document: the article, a map back to the page, and a ledger of the rest.

Every stretch of text on the page goes one of two ways: into the document as a block that knows its
XPath, or into the ledger as a named kind of furniture. Where the tree parser loses text (libxml2
stops at 256 levels), a linear reader takes over and the document says so.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from lxml import etree
from lxml import html as lxml_html
from numpy.typing import NDArray

from unspin.errors import EmptyError, RefusedError
from unspin.reading import (
    decoding,
    features,
    furniture,
    linear,
    metadata,
    second_opinion,
    selection,
    stretches,
)
from unspin.reading.assembly import Particulars, Piece, assemble
from unspin.reading.resources import Resource
from unspin.reading.stretches import Box, Stretch
from unspin.types import BlockKind, Caveat, Document, Furniture

READER = "html/1"
LIMIT = 20_000_000  # characters of markup
_NEAR = 0.7  # of the likeliest stretch's probability, where none reaches the model's cut
# lxml.html picks a class for each element in Python; one class for all is picked in C.
_CLASSES = etree.ElementDefaultClassLookup(
    element=lxml_html.HtmlElement, comment=lxml_html.HtmlComment, entity=lxml_html.HtmlEntity
)
_BLOCK_END = re.compile(
    rf"</(?:{'|'.join(sorted(stretches.BLOCKS))})\s*>(?!\s)".encode(), re.IGNORECASE
)
_END = re.compile(r"</html", re.IGNORECASE)
_TAIL = 500  # characters after the page's end
_SLACK = 8  # words by which two readers of one page may differ
_FEW = 3  # stretches; on a page with fewer the tree may have missed the text
_STUB = 250  # words below which an article behind a paywall is only its opening
_CAPTION = 3  # words; less is a credit
_LONG = 100  # words that make an <article> an article of its own
_CELLS = frozenset({"td", "th", "caption"})
_ITEMS = frozenset({"li", "dt", "dd"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_POST = re.compile(
    r"twitter-tweet|instagram-media|bluesky|mastodon|telegram|tiktok|fb-post|threads-post"
    r"|(?<![a-z])(?:embed(?:ded)?|social)[-_]?(?:post|status|card|quote)|(?<![a-z])(?:post|status)[-_]?embed"
)
_CAPTIONED = re.compile(r"(?<![a-z])(?:wp-)?caption")
_APART = frozenset({"aside", "blockquote"})
_PULLED = re.compile(r"quote|\bpull(?:ed|out)?\b")
_PULLS = 20  # pull quotes that are looked for on one page
_MARKS = "\"'“”‘’«»„ "
_PAYWALL = re.compile(r"paywall|regwall|subscriber-only|premium-wall|piano-offer")


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A page taken apart, before its article is chosen."""

    page: metadata.Page
    headings: metadata.Headings
    found: list[Stretch]
    rows: NDArray[np.float32]  # (stretches, features)
    recovered: bool  # the linear reader supplied the stretches


def read(  # noqa: PLR0913 - what a container may know of the page in it
    resource: Resource,
    *,
    markup: str | None = None,
    address: str | None = None,
    title: str | None = None,
    particulars: Particulars | None = None,
    media_type: str = "text/html",
    reader: str = READER,
) -> Document:
    """The article of the page.

    `markup` is the page's text where a container has decoded it already, `address` the page's own
    address where that is not the resource's location; `title` and `particulars` are what the
    container says, used where the page itself says nothing.
    """
    caveats: tuple[Caveat, ...] = ()
    if markup is None:
        markup, caveats = decoding.decode(resource.content, resource.declared)
    prepared = prepare(resource.location, markup, address or _address(resource))
    chosen = choose(prepared.found, _likely(prepared.rows), prepared.headings.title)
    named = metadata.title_piece(prepared.headings) or (
        Piece("heading", "container title", title) if title else None
    )
    body = _without_title(prepared.found, chosen, named)
    own, own_caveats = metadata.particulars(
        prepared.page, prepared.found, body, named.text if named else ""
    )
    if named is not None:
        own = metadata.with_title(own, prepared.headings.title_at or named.place)
    return assemble(
        resource,
        media_type=media_type,
        reader=reader,
        title=named,
        pieces=[
            Piece(_block_kind(stretch), stretch.box.place, stretch.text)
            for stretch, take in zip(prepared.found, body, strict=True)
            if take
        ],
        particulars=metadata.merged(own, particulars) if particulars else own,
        furniture=_ledger(prepared.found, body, named),
        caveats=[*caveats, *own_caveats, *_caveats(prepared, markup, body)],
    )


def prepare(location: str, markup: str, address: str | None) -> Prepared:
    """The stretches of a page and their features; EmptyError for a page without any text."""
    if len(markup) > LIMIT:
        raise RefusedError(
            location,
            "too-large",
            f"{len(markup):,} characters of markup, above the limit of {LIMIT:,}",
            "Save the article alone and give that file",
        )
    root, whole = parse(markup)
    found = stretches.find(root) if root is not None else []
    recovered = False
    if not whole or len(found) < _FEW or _goes_on(markup):
        second = linear.find(markup)
        recovered = _words(second) > _words(found) + _SLACK
        found = second if recovered else found
    if not found:
        raise EmptyError(
            location,
            "empty",
            "no text on the page",
            "Save the page from a browser after it has loaded, and give that file",
        )
    page = metadata.Page(root if root is not None else lxml_html.Element("html"), address)
    headings = metadata.headings(page, found)
    rows = features.matrix(
        found,
        read=second_opinion.text(root, found) if root is not None else "",
        structured=headings.body,
        description=headings.description,
        title=headings.title,
    )
    return Prepared(page, headings, found, rows, recovered)


def parse(markup: str) -> tuple[Any, bool]:
    """The tree of the page, None for an empty one, and whether it holds all of the page.

    libxml2 drops the rest of a page at its limits and tells only its log. It also drops the end tag
    of a block that has no start: a space behind every one keeps the words around it apart.
    """
    parser = etree.HTMLParser(encoding="utf-8", remove_pis=True, no_network=True)
    parser.set_element_class_lookup(_CLASSES)
    try:
        spaced = _BLOCK_END.sub(rb"\g<0> ", markup.encode("utf-8", "replace"))
        root = lxml_html.document_fromstring(spaced, parser=parser)
    except (etree.ParserError, ValueError):
        return None, False
    return root, all(entry.level < etree.ErrorLevels.FATAL for entry in parser.error_log)


def _goes_on(markup: str) -> bool:
    """Whether much follows the end of the page, which the parser leaves out."""
    end = _END.search(markup)
    return end is not None and len(markup) - end.end() > _TAIL


def _words(found: Sequence[Stretch]) -> int:
    return sum(len(stretch.text.split()) for stretch in found)


def _address(resource: Resource) -> str | None:
    return resource.location if urlsplit(resource.location).scheme in {"http", "https"} else None


def _likely(rows: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Which stretches the model takes; on an odd page where it takes none, the likeliest."""
    trees = selection.load()
    chances = selection.probabilities(rows, trees)
    best = float(chances.max())
    likely: NDArray[np.bool_] = chances >= (trees.cut if best >= trees.cut else _NEAR * best)
    return likely


def choose(found: Sequence[Stretch], likely: NDArray[np.bool_], title: str) -> list[bool]:
    """Which stretches are the article: the likely ones, and quoted material and captions amid them.

    Not lines that say themselves that they are furniture, nor pull quotes, which repeat the text.
    """
    boxed = furniture.labelled(found)
    chosen = [
        bool(take) and not stretch.hidden and at not in boxed and not furniture.says_so(stretch)
        for at, (stretch, take) in enumerate(zip(found, likely, strict=True))
    ]
    if not any(chosen):
        chosen = [bool(take) for take in likely]  # a page whose script unveils the article
    if not any(chosen):
        return chosen
    first, last = chosen.index(True), len(chosen) - 1 - chosen[::-1].index(True)
    titles = [at for at in range(first) if found[at].text == title]
    for at in range(titles[-1] if titles else first, last):
        stretch = found[at]
        if not chosen[at] and not stretch.hidden and _belongs(stretch):
            chosen[at] = True
    for at in _pull_quotes(found, chosen):
        chosen[at] = False
    return chosen


def _pull_quotes(found: Sequence[Stretch], chosen: Sequence[bool]) -> list[int]:
    """The chosen stretches, set apart as quotations, whose words another chosen one holds."""
    apart = [
        at
        for at, take in enumerate(chosen)
        if take and (found[at].box.tag in _APART or _PULLED.search(found[at].box.hints))
    ][:_PULLS]
    if not apart:
        return []
    text = " ".join(found[at].text for at, take in enumerate(chosen) if take).casefold()
    bare = [(at, found[at].text.strip(_MARKS).casefold()) for at in apart]
    return [at for at, words in bare if len(words.split()) >= _CAPTION and text.count(words) > 1]


def _belongs(stretch: Stretch) -> bool:
    """Whether a stretch amid the article is quoted source material or a caption to keep."""
    if stretch.linked * 2 > len(stretch.text):
        return False
    kind = _block_kind(stretch)
    if kind == "caption":
        return len(stretch.text.split()) >= _CAPTION and furniture.by_markup(stretch.box) in {
            None,
            "media",
        }
    return kind in {"blockquote", "post"} and furniture.by_markup(stretch.box) is None


def _block_kind(stretch: Stretch) -> BlockKind:
    here: Box | None = stretch.box
    quoted = False
    for _ in range(8):
        if here is None:
            break
        if _is_post(here.hints):
            return "post"
        quoted = quoted or here.tag == "blockquote"
        here = here.parent
    box = stretch.box
    if box.tag in _HEADINGS:
        return "heading"
    if quoted:
        return "blockquote"
    near = [step for step in (box, box.parent) if step is not None]
    if any(step.tag == "figcaption" or _CAPTIONED.search(step.hints) for step in near):
        return "caption"
    if any(step.tag in _ITEMS for step in near):
        return "item"
    return "cell" if any(step.tag in _CELLS for step in near) else "paragraph"


@lru_cache(maxsize=20_000)
def _is_post(hints: str) -> bool:
    return _POST.search(hints) is not None


def _without_title(
    found: Sequence[Stretch], chosen: Sequence[bool], title: Piece | None
) -> list[bool]:
    """The chosen stretches but those that only show the title once more."""
    if title is None:
        return list(chosen)
    return [
        take and stretch.text != title.text for stretch, take in zip(found, chosen, strict=True)
    ]


def _ledger(found: Sequence[Stretch], body: Sequence[bool], title: Piece | None) -> list[Furniture]:
    kinds = furniture.kinds(found, body)
    ledger = []
    titled = False
    for stretch, kind in zip(found, kinds, strict=True):
        if kind is None:
            continue
        if title is not None and stretch.text == title.text:
            if not titled and stretch.box.place == title.place:
                titled = True  # the title itself, which is in the document
                continue
            kind = "hidden" if stretch.hidden else "repeat"  # noqa: PLW2901 - the better name
        ledger.append(Furniture(kind, stretch.box.place, stretch.text))
    return ledger


def _caveats(prepared: Prepared, markup: str, body: Sequence[bool]) -> list[Caveat]:
    caveats = []
    end = markup[-2000:].lower()
    if "<body" in markup[:200_000].lower() and "</body" not in end and "</html" not in end:
        caveats.append(Caveat("truncated-page", "the markup ends before the page does"))
    if prepared.recovered:
        caveats.append(
            Caveat("text-recovered", "the parser lost text; the linear reader supplied it")
        )
    taken = [stretch for stretch, take in zip(prepared.found, body, strict=True) if take]
    words = sum(len(stretch.text.split()) for stretch in taken)
    if words < _STUB and _walled(prepared):
        caveats.append(Caveat("paywall-stub", f"only {words} words stand before the paywall"))
    articles = _articles(taken)
    if articles > 1:
        caveats.append(
            Caveat(
                "several-articles", f"{articles} articles stand on the page; all are in the text"
            )
        )
    return caveats


def _walled(prepared: Prepared) -> bool:
    free = str(prepared.page.article().get("isAccessibleForFree", "")).lower()
    return free == "false" or any(_PAYWALL.search(stretch.box.hints) for stretch in prepared.found)


def _articles(taken: Sequence[Stretch]) -> int:
    """How many <article> elements hold enough of the text to be one of their own."""
    words: dict[int, int] = {}
    for stretch in taken:
        outermost = None
        here: Box | None = stretch.box
        while here is not None:
            outermost = here if here.tag == "article" else outermost
            here = here.parent
        if outermost is not None:
            words[id(outermost)] = words.get(id(outermost), 0) + len(stretch.text.split())
    return sum(count >= _LONG for count in words.values())
