"""The last step of every reader: pieces of text and what is known of them become a Document."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import Any

from unspin.errors import EmptyError
from unspin.reading import agencies
from unspin.reading.resources import Resource
from unspin.types import (
    COVERED,
    Block,
    BlockKind,
    Caveat,
    Document,
    Found,
    Furniture,
    Origin,
    Span,
)

_SHORT = 50  # words
_SAMPLE = 2000  # characters that are looked at
_ENOUGH = 120  # characters that tell a language safely
_SAFE, _LIKELY = 0.9, 0.5  # scores of a language: against the page's own word, and without one


@dataclass(frozen=True, slots=True)
class Piece:
    """One block of text on its way into a document: white space collapsed, never empty."""

    kind: BlockKind
    place: str
    text: str


@dataclass(frozen=True, slots=True)
class Particulars:
    """What a source says about its article besides the text."""

    authors: tuple[str, ...] = ()
    outlet: str | None = None
    published: date | None = None
    modified: date | None = None
    section: str | None = None
    language: str | None = None
    canonical: str | None = None
    found: Found = field(default_factory=Found)


def collapse(text: str) -> str:
    """`text` with every run of white space as one space, none at either end."""
    return " ".join(text.split())


def assemble(  # noqa: PLR0913 - the parts of a document
    resource: Resource,
    *,
    media_type: str,
    reader: str,
    title: Piece | None,
    pieces: Sequence[Piece],
    particulars: Particulars,
    furniture: Iterable[Furniture] = (),
    caveats: Iterable[Caveat] = (),
) -> Document:
    """The document of `pieces` in order, `title` first, blocks parted by an empty line.

    Adds language, agency credit, and the warnings that hold for every reader. EmptyError when there
    is no text at all.
    """
    body = [piece for piece in pieces if piece.text]
    if not body:
        raise EmptyError(
            resource.location,
            "empty",
            "no article text in it",
            "Check that it is an article, not a front page, a script-only page or an empty file",
        )
    if title is not None:
        body.insert(0, title)
    text, blocks = _join(body)
    return document(
        resource,
        media_type=media_type,
        reader=reader,
        text=text,
        blocks=blocks,
        title=title.text if title else None,
        particulars=particulars,
        furniture=furniture,
        caveats=caveats,
    )


def document(  # noqa: PLR0913 - the parts of a document
    resource: Resource,
    *,
    media_type: str,
    reader: str,
    text: str,
    blocks: tuple[Block, ...],
    title: str | None,
    particulars: Particulars,
    furniture: Iterable[Furniture] = (),
    caveats: Iterable[Caveat] = (),
) -> Document:
    """The document of a finished text and its blocks; see `assemble`."""
    language, language_at = _language(text, particulars)
    credit, credit_at = agencies.find(text, blocks, particulars.authors)
    warnings = list(caveats)
    if len(text.split()) < _SHORT:
        warnings.append(Caveat("very-short", f"fewer than {_SHORT} words of text"))
    if particulars.published is None:
        warnings.append(Caveat("undated", "no publication date in the source"))
    if language not in COVERED:
        warnings.append(
            Caveat(
                "language-not-covered",
                f"language {language or 'unknown'}: quotations are told by their marks alone, "
                "and nothing else is looked for",
            )
        )
    return Document(
        id=name(particulars.outlet, text),
        text=text,
        title=title,
        authors=particulars.authors,
        outlet=particulars.outlet,
        published=particulars.published,
        modified=particulars.modified,
        section=particulars.section,
        language=language,
        canonical=particulars.canonical,
        credit=credit,
        found=replace(particulars.found, language=language_at, credit=credit_at),
        blocks=blocks,
        furniture=tuple(furniture),
        origin=Origin(
            location=resource.location,
            digest=hashlib.sha256(resource.content).hexdigest(),
            media_type=media_type,
            reader=reader,
            fetched=resource.fetched,
        ),
        warnings=tuple(warnings),
    )


def name(outlet: str | None, text: str) -> str:
    """The id of the document with that text from that outlet."""
    told = f"{outlet or ''}\0{text}".encode("utf-8", "surrogatepass")
    return hashlib.sha256(told).hexdigest()[:16]


def _join(pieces: Sequence[Piece]) -> tuple[str, tuple[Block, ...]]:
    blocks = []
    position = 0
    for piece in pieces:
        end = position + len(piece.text)
        blocks.append(Block(Span(position, end), piece.kind, piece.place))
        position = end + 2
    return "\n\n".join(piece.text for piece in pieces), tuple(blocks)


def _language(text: str, particulars: Particulars) -> tuple[str | None, str | None]:
    """A text of some length is believed before its page, a short one where the page is silent."""
    sample = re.sub(r"[\W\d_]+", " ", text[:_SAMPLE])
    code, score = _identifier().classify(sample)
    if score > _SAFE and len(sample) >= _ENOUGH:
        return str(code), "text"
    if particulars.language:
        return particulars.language, particulars.found.language
    return (str(code), "text") if score > _LIKELY else (None, None)


@cache
def _identifier() -> Any:  # noqa: ANN401 - the library ships no types
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
