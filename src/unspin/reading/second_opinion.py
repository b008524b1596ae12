"""What the library trafilatura takes for the article of a page: one voice among the features."""

import logging
from collections.abc import Sequence

from unspin.reading.stretches import Element, Stretch

_STRETCHES = 5_000  # above that the library's time grows faster than the page
_TEXT = 1_000_000  # characters


def text(root: Element, found: Sequence[Stretch]) -> str:
    """The article's text, one block a line; "" where the library finds none or is not asked.

    Pages too large or too odd for it are decided by the other features alone.
    """
    if len(found) > _STRETCHES or sum(len(stretch.text) for stretch in found) > _TEXT:
        return ""
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        taken = trafilatura.extract(root, include_comments=False, fast=True)
    except Exception:  # noqa: BLE001 - whatever it stumbles over, the page is read without it
        return ""
    return taken or ""
