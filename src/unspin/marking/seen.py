"""Statements as the encoder sees them, told by the rules what kind of speech and whose they are.

In: the attributions of `unspin.model` and the paragraphs. Out: what the rules for statements take
up beside their own. The encoder is the better judge of what is reported at all and of where it
begins and ends; quotation marks, names and pronouns are for the rules.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from unspin.marking import speakers
from unspin.marking.frames import Paragraph, Token
from unspin.marking.speakers import Roster
from unspin.model.signals import Attribution
from unspin.types import CueKind, Span, Speaker, Speech

_EDGE = frozenset(" \t\r\n\u00a0,;:")


@dataclass(frozen=True, slots=True)
class Seen:
    """One attribution in the words of the rules."""

    words: tuple[Span, ...]  # cut at quotation marks, which they leave out
    speech: Speech
    cue: tuple[Span, ...]
    kind: CueKind | None
    speakers: tuple[Speaker, ...]
    score: float


def find(
    text: str, attributions: Sequence[Attribution], paragraphs: Sequence[Paragraph], roster: Roster
) -> tuple[Seen, ...]:
    """What the encoder sees, in its order; an attribution without words is left out."""
    starts = [paragraph.span.start for paragraph in paragraphs]
    found = []
    for one in attributions:
        words, speech = _words(text, one.content, paragraphs, starts)
        if words:
            cue = tuple(_bare(text, span) for span in one.cue)
            source = _beside(cue, one.source, paragraphs, starts)
            bare = [_bare(text, span) for span in source]
            named = _speakers(bare, paragraphs, starts, roster)
            found.append(Seen(words, speech, cue, one.cue_kind, named, one.score))
    return tuple(found)


def _words(
    text: str, content: Sequence[Span], paragraphs: Sequence[Paragraph], starts: Sequence[int]
) -> tuple[tuple[Span, ...], Speech]:
    pieces: list[Span] = []
    quoted = plain = False
    for span in content:
        for paragraph in _paragraphs(span, paragraphs, starts):
            part = Span(max(span.start, paragraph.span.start), min(span.end, paragraph.span.end))
            marks = [pair for pair in paragraph.quoted if pair.outer.overlaps(part)]
            inside = [pair.inner for pair in marks]
            edges = {
                edge
                for pair in marks
                for edge in (pair.outer.start, pair.inner.start, pair.inner.end, pair.outer.end)
                if part.start < edge < part.end
            }
            for start, end in pairwise(sorted({part.start, part.end} | edges)):
                piece = _bare(text, Span(start, end))
                if any(text[place].isalnum() for place in range(piece.start, piece.end)):
                    within = any(pair.covers(piece) for pair in inside)
                    quoted, plain = quoted or within, plain or not within
                    pieces.append(piece)
    return tuple(pieces), "mixed" if quoted and plain else "direct" if quoted else "indirect"


def _paragraphs(
    span: Span, paragraphs: Sequence[Paragraph], starts: Sequence[int]
) -> Iterator[Paragraph]:
    place = max(0, bisect_right(starts, span.start) - 1)
    while place < len(paragraphs) and paragraphs[place].span.start < span.end:
        if paragraphs[place].span.end > span.start:
            yield paragraphs[place]
        place += 1


def _bare(text: str, span: Span) -> Span:
    """The span without white space and separating marks at its edges."""
    start, end = span.start, span.end
    while start < end and text[start] in _EDGE:
        start += 1
    while start < end and text[end - 1] in _EDGE:
        end -= 1
    return Span(start, end)


def _beside(
    cue: Sequence[Span],
    source: Sequence[Span],
    paragraphs: Sequence[Paragraph],
    starts: Sequence[int],
) -> tuple[Span, ...]:
    """The source without what lies beyond the sentence of the cue, where it runs over its ends."""
    for paragraph in _paragraphs(cue[0], paragraphs, starts):
        for tokens in paragraph.sentences:
            if tokens and tokens[0].start <= cue[0].start < tokens[-1].end:
                whole = Span(tokens[0].start, tokens[-1].end)
                return tuple(
                    Span(max(span.start, whole.start), min(span.end, whole.end))
                    if span.overlaps(whole)
                    else span
                    for span in source
                )
    return tuple(source)


def _speakers(
    source: Sequence[Span], paragraphs: Sequence[Paragraph], starts: Sequence[int], roster: Roster
) -> tuple[Speaker, ...]:
    found: list[Speaker] = []
    for span in source:
        named: tuple[Speaker, ...] = ()
        for paragraph in _paragraphs(span, paragraphs, starts):
            before: tuple[str, ...] = ()
            for tokens in paragraph.sentences:
                if tokens and tokens[0].start <= span.start < tokens[-1].end:
                    named = _named(tokens, span, before, roster)
                before = speakers.named(tokens, roster) or before
        found += named or (Speaker((span,), None, None),)
    return tuple(found)


def _named(
    tokens: Sequence[Token], span: Span, before: tuple[str, ...], roster: Roster
) -> tuple[Speaker, ...]:
    inside = [
        place
        for place, token in enumerate(tokens)
        if token.quoted is None and token.start < span.end and span.start < token.end
    ]
    if not inside:
        return ()
    phrase = (inside[0], inside[-1] + 1)
    near = dict.fromkeys((*before, *speakers.named(tokens[: phrase[0]], roster)))
    found = speakers.find(tokens, phrase, roster, recent=tuple(near))
    if len(found) == 1:  # the words are the encoder's, the name is the rules'
        return (Speaker((span,), found[0].who, found[0].who_kind),)
    return found
