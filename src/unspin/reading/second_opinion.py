"""What the library trafilatura takes for the article of a page: one voice among the features."""

import logging
from collections.abc import Sequence
from typing import Any

from unspin.reading.stretches import Element, Stretch

_STRETCHES = 5_000  # above that the library's time grows faster than the page
_TEXT = 1_000_000  # characters


def alone(markup: str) -> None:
    """Let the library read the page by itself, its way; for those who measure the two in turn."""
    _library().extract(markup)


def text(root: Element, found: Sequence[Stretch]) -> str:
    """The article's text, one block a line; "" where the library finds none or is not asked.

    Pages too large or too odd for it are decided by the other features alone.
    """
    if len(found) > _STRETCHES or sum(len(stretch.text) for stretch in found) > _TEXT:
        return ""
    try:
        taken = _library().extract(root, include_comments=False, fast=True)
    except Exception:  # noqa: BLE001 - whatever it stumbles over, the page is read without it
        return ""
    return taken or ""


def _library() -> Any:  # noqa: ANN401 - the library ships no types
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    return trafilatura
