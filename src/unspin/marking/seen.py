"""Statements as the encoder sees them, told by the rules what kind of speech and whose they are.

In: the attributions of `unspin.model` and the paragraphs. Out: what the rules for statements take
up beside their own. The encoder is the better judge of what is reported at all and of where it
begins and ends; quotation marks, names and pronouns are for the rules.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from unspin.marking import cues, speakers
from unspin.marking.frames import Paragraph, Token
from unspin.marking.speakers import Roster
from unspin.model.signals import Attribution
from unspin.types import CueKind, Factuality, Span, Speaker, Speech

# a cue that names who was spoken to, not who spoke
_TOLD = re.compile(
    r"\b(?:am|is|are|was|were|been|being|be)\s+(?:\w+ly\s+)?"
    r"(?:told|informed|assured|warned|asked|reminded|advised|notified)\b",
    re.IGNORECASE,
)
_RELATIVE = frozenset({"what", "which", "who", "that"})
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
    factuality: Factuality


def find(
    text: str, attributions: Sequence[Attribution], paragraphs: Sequence[Paragraph], roster: Roster
) -> tuple[Seen, ...]:
    """What the encoder sees, in its order; an attribution without words is left out."""
    starts = [paragraph.span.start for paragraph in paragraphs]
    found = []
    for one in attributions:
        cue = tuple(_bare(text, span) for span in one.cue)
        tokens = _sentence(cue[0], paragraphs, starts)
        sentence = Span(tokens[0].start, tokens[-1].end) if tokens else None
        words, speech = _words(text, one.content, sentence, paragraphs, starts)
        if words:
            source = [_bare(text, span) for span in _beside(one.source, sentence)]
            told = any(_TOLD.search(span.of(text)) for span in cue)
            named = () if told else _speakers(source, paragraphs, starts, roster)
            held = _factuality(tokens, cue)
            found.append(Seen(words, speech, cue, one.cue_kind, named, one.score, held))
    return tuple(found)


def _factuality(tokens: Sequence[Token], cue: Sequence[Span]) -> Factuality:
    places = [
        place
        for place, token in enumerate(tokens)
        if token.quoted is None
        and any(token.start < span.end and span.start < token.end for span in cue)
    ]
    return cues.factuality(tokens, places[0], places[-1] + 1) if places else "said"


def _words(
    text: str,
    content: Sequence[Span],
    sentence: Span | None,
    paragraphs: Sequence[Paragraph],
    starts: Sequence[int],
) -> tuple[tuple[Span, ...], Speech]:
    """The words and what kind of speech they are.

    Beside a quotation, words of the outlet's own belong to it only in the sentence of the cue.
    """
    quoted: list[Span] = []
    plain: list[Span] = []
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
                    (quoted if within else plain).append(piece)
    if quoted and sentence:
        plain = [piece for piece in plain if piece.overlaps(sentence)]
    speech: Speech = "mixed" if quoted and plain else "direct" if quoted else "indirect"
    return tuple(sorted(quoted + plain)), speech


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


def _sentence(
    cue: Span, paragraphs: Sequence[Paragraph], starts: Sequence[int]
) -> tuple[Token, ...]:
    """The sentence that a cue begins in; no tokens where it stands in none."""
    for paragraph in _paragraphs(cue, paragraphs, starts):
        for tokens in paragraph.sentences:
            if tokens and tokens[0].start <= cue.start < tokens[-1].end:
                return tokens
    return ()


def _beside(source: Sequence[Span], sentence: Span | None) -> list[Span]:
    """The source without what lies beyond the sentence of the cue, where it runs over its ends."""
    return [
        Span(max(span.start, sentence.start), min(span.end, sentence.end))
        if sentence and span.overlaps(sentence)
        else span
        for span in source
    ]


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
    while inside and tokens[inside[0]].lower in _RELATIVE:
        inside = inside[1:]
    if not inside:
        return ()
    phrase = (inside[0], inside[-1] + 1)
    near = dict.fromkeys((*before, *speakers.named(tokens[: phrase[0]], roster)))
    found = speakers.find(tokens, phrase, roster, recent=tuple(near))
    if len(found) == 1:  # the words are the encoder's, the name is the rules'
        return (Speaker((span,), found[0].who, found[0].who_kind),)
    return found
