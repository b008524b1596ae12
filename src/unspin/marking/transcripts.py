"""Turns of a transcript: paragraphs that open with a speaker's name and a colon.

In: the paragraphs of a document. Out: whose turn each is. One label alone is no transcript, nor is
one that stands over and over ("WATCH: …"): two that differ follow each other, in capitals, or one
of them comes again.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from unspin.marking import frames, speakers
from unspin.marking.frames import Paragraph
from unspin.marking.people import Roster
from unspin.types import Span, Speaker

_LABEL = re.compile(
    r"[\"“‘']?(?P<name>[^\W\d_][^\s:,()]*(?:[ \u00a0][^\s:,()]+){0,4})"
    r"(?:,?[ \u00a0]\([^()\n]{1,40}\))?:\s+(?=\S)"
)
_GAP = 2  # paragraphs from one turn to the next, "(Applause.)" between them


@dataclass(frozen=True, slots=True)
class Turn:
    """What somebody says in a transcript, the marks around it left out."""

    words: Span
    speaker: Speaker


def find(text: str, paragraphs: Sequence[Paragraph], roster: Roster) -> dict[int, Turn]:
    """The turns by the number of their paragraph."""
    return {
        number: _turn(text, paragraphs[number], label, roster)
        for run in _runs(text, paragraphs)
        for number, label in run
    }


def _runs(
    text: str, paragraphs: Sequence[Paragraph]
) -> Iterator[Sequence[tuple[int, re.Match[str]]]]:
    """The labels of paragraphs that follow each other, where they are speakers'."""
    run: list[tuple[int, re.Match[str]]] = []
    for number, paragraph in enumerate(paragraphs):
        label = _LABEL.match(text, paragraph.span.start, paragraph.span.end)
        if label is None or not _is_name(label["name"]):
            continue
        if run and number - run[-1][0] > _GAP:
            if _alternate([one["name"] for _, one in run]):
                yield run
            run = []
        run.append((number, label))
    if _alternate([one["name"] for _, one in run]):
        yield run


def _is_name(label: str) -> bool:
    return all(word[0].isupper() for word in label.split())


def _alternate(labels: Sequence[str]) -> bool:
    """Whether labels are of people who speak in turn."""
    different = set(labels)
    return len(different) > 1 and (
        len(different) < len(labels) or all(label.isupper() for label in labels)
    )


def _turn(text: str, paragraph: Paragraph, label: re.Match[str], roster: Roster) -> Turn:
    end = paragraph.span.end
    if paragraph.quoted and paragraph.quoted[0].outer.start == paragraph.span.start:
        end = paragraph.quoted[0].inner.end
    name = Span(*label.span("name"))
    tokens = [  # names are looked up as they are written elsewhere
        one._replace(text=one.text.title()) if one.text.isupper() else one
        for one in frames.words(text, name)
    ]
    found = speakers.find(tokens, (0, len(tokens)), roster)
    known = [one for one in found if one.who in roster.attested]
    speaker = known[0] if len(found) == len(known) == 1 else Speaker((), None, None)
    return Turn(Span(label.end(), max(label.end(), end)), replace(speaker, words=(name,)))
