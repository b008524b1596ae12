"""What kind of furniture a stretch of a page is, once it is known not to be the article."""

import re
from collections.abc import Mapping, Sequence
from typing import get_args

from unspin.reading.features import HINTS, hinted
from unspin.reading.stretches import Box, Stretch
from unspin.reading.words import patterns
from unspin.types import FurnitureKind

_FORM = frozenset({"button", "label", "option", "select", "textarea", "legend", "fieldset", "form"})
_BY_TAG: dict[str, FurnitureKind] = {
    "nav": "navigation",
    "menu": "navigation",
    "footer": "footer",
    "header": "header",
    "figcaption": "media",
    "figure": "media",
    "svg": "media",
    "aside": "sidebar",
}
_BY_HINT: tuple[tuple[str, FurnitureKind], ...] = (
    ("cookie", "cookie"),
    ("comments", "comments"),
    ("newsletter", "newsletter"),
    ("paywall", "subscription"),
    ("related", "related"),
    ("share", "share"),
    ("navigation", "navigation"),
    ("tags", "tags"),
    ("author", "biography"),
    ("advert", "advert"),
    ("footer", "footer"),
    ("sidebar", "sidebar"),
    ("date", "byline"),
    ("caption", "media"),
    ("header", "header"),
    ("box", "sidebar"),
)


def _named(name: str) -> Mapping[FurnitureKind, re.Pattern[str]]:
    """The patterns of a word list by the kind of furniture they tell, in its order."""
    return {
        kind: pattern
        for named, pattern in patterns(name).items()
        for kind in get_args(FurnitureKind)
        if kind == named
    }


_PLACES = {name: place for place, name in enumerate(HINTS)}
_HINTS = [(_PLACES[name], kind) for name, kind in _BY_HINT]
_PHRASES = _named("furniture.txt")
_LABELS = _named("labels.txt")
_LEVELS = 6
_A_LINE = 12  # words; a longer stretch is not named by one word in it
_SURE = [_PLACES[name] for name in ("advert", "newsletter", "related")]
_A_BOX = 40  # words; a longer stretch is not named by the markup alone
_MOSTLY = 0.5
_CLOSED = tuple('.!?"”')  # a sentence speaks of more than the page it stands on
_HEADINGS = frozenset({"h2", "h3"})


def kinds(found: Sequence[Stretch], chosen: Sequence[bool]) -> list[FurnitureKind | None]:
    """The kind of each stretch that is not chosen, None for the chosen ones."""
    taken = [at for at, take in enumerate(chosen) if take]
    first, last = (taken[0], taken[-1]) if taken else (len(found), len(found))
    words = {stretch.text for stretch, take in zip(found, chosen, strict=True) if take}
    boxed = labelled(found)

    def kind(at: int, stretch: Stretch) -> FurnitureKind:
        found = _kind(stretch, at, first, last, repeated=stretch.text in words)
        return boxed.get(at, found) if found == "unknown" else found

    return [
        None if take else kind(at, stretch)
        for at, (stretch, take) in enumerate(zip(found, chosen, strict=True))
    ]


def _kind(stretch: Stretch, at: int, first: int, last: int, *, repeated: bool) -> FurnitureKind:
    if stretch.hidden:
        return "hidden"
    if repeated:
        return "repeat"
    if (marked := by_markup(stretch.box)) is not None:
        return marked
    if len(stretch.text.split()) <= _A_LINE:
        for kind, pattern in _PHRASES.items():
            if pattern.search(stretch.text):
                return kind
    if stretch.linked > _MOSTLY * len(stretch.text):
        return "navigation" if at < first else "related"
    if at < first:
        return "header"
    return "footer" if at > last else "unknown"


def says_so(stretch: Stretch) -> bool:
    """Whether a stretch, or the markup right around it, names it furniture beyond doubt."""
    size = len(stretch.text.split())
    near = [box for box in (stretch.box, stretch.box.parent) if box is not None and box.hints]
    if size <= _A_BOX and any(hinted(box.hints)[place] for box in near for place in _SURE):
        return True
    return (
        size <= _A_LINE
        and not stretch.text.endswith(_CLOSED)
        and stretch.box.tag not in _HEADINGS
        and any(
            pattern.search(stretch.text) for kind, pattern in _PHRASES.items() if kind != "media"
        )
    )


def labelled(found: Sequence[Stretch]) -> Mapping[int, FurnitureKind]:
    """The kinds of small boxes that their first line names, by the places of all in them.

    A box with a whole sentence that leads nowhere may be a part of the article, whatever is before.
    """
    places: dict[int, FurnitureKind] = {}
    start = 0
    while start < len(found):
        outer = found[start].box.parent
        end = start
        while end < len(found) and outer in {found[end].box, found[end].box.parent}:
            end += 1
        inside = found[start:end]
        held = (kind for kind, label in _LABELS.items() if label.fullmatch(inside[0].text))
        kind = next(held, None)
        if (
            kind
            and sum(len(stretch.text.split()) for stretch in inside) <= _A_BOX
            and not any(one.text.endswith(_CLOSED) and not one.linked for one in inside)
        ):
            places |= dict.fromkeys(range(start, end), kind)
        start = end
    return places


def by_markup(box: Box) -> FurnitureKind | None:
    """The kind that the nearest telling ancestor gives."""
    here: Box | None = box
    for _ in range(_LEVELS):
        if here is None or here.tag in {"body", "html", "main"}:
            return None
        if here.tag in _FORM:
            return "form"
        held = hinted(here.hints)
        for place, kind in _HINTS:
            if held[place]:
                return kind
        if here.tag in _BY_TAG:
            return _BY_TAG[here.tag]
        here = here.parent
    return None
