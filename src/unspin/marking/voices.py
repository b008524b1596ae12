"""In whose mouth each stretch of the text lies.

In: a document, its statements, and how its sentences read. Out: a partition of the whole text: the
innermost statement where there is one; else the author's opinion, where the page is filed under it
or a sentence argues; else the outlet's report. A sentence that is for the most part somebody's
words argues with those: what is around them ("he went on") is report.
"""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from unspin.model.signals import Sentence
from unspin.text import merged
from unspin.types import Document, Span, Statement, Voice, Voicing

_OPINION = frozenset(
    """opinion opinions comment commentary editorial editorials op-ed oped column columns columnists
    letters viewpoint viewpoints views""".split()
)
_ARGUED = 0.6  # from this chance on a sentence of a report is the author's opinion
_SURE = 0.9  # the page says what it is
_UNSAID = 0.7  # the page says nothing; most news reports


def find(
    document: Document, statements: Sequence[Statement], sentences: Sequence[Sentence] = ()
) -> tuple[Voice, ...]:
    """The voices of the text in order, from its first to its last character."""
    own, score = _own(document)
    said = merged(span for one in statements for span in one.words)
    argued = {
        one.span.start: one
        for one in sentences
        if own == "report" and one.opinion >= _ARGUED and not _is_said(said, one.span)
    }
    cuts = sorted(
        {0, len(document.text)}
        | {edge for one in statements for span in one.words for edge in (span.start, span.end)}
        | {edge for one in argued.values() for edge in (one.span.start, one.span.end)}
    )
    starting: dict[int, list[tuple[int, int]]] = {}
    for index, statement in enumerate(statements):
        for span in statement.words:
            starting.setdefault(span.start, []).append((span.end, index))
    found: list[Voice] = []
    active: list[tuple[int, int]] = []
    arguing: Sentence | None = None
    for start, end in pairwise(cuts):
        arguing = argued.get(start, arguing)
        if arguing and start >= arguing.span.end:
            arguing = None
        active = [one for one in active if one[0] > start]
        active += sorted(starting.get(start, ()), key=lambda one: (-one[0], one[1]))
        innermost = min(active, key=lambda one: (one[0], -one[1]), default=None)
        voice: Voicing = "opinion" if arguing else own
        sure = arguing.opinion if arguing else score
        if innermost is not None:
            voice, sure = innermost[1], statements[innermost[1]].score
        if found and found[-1].voice == voice:
            found[-1] = Voice(Span(found[-1].span.start, end), voice, found[-1].score)
        else:
            found.append(Voice(Span(start, end), voice, sure))
    return tuple(found)


def _is_said(said: Sequence[Span], sentence: Span) -> bool:
    """Whether no more than half of a sentence is the outlet's or the author's own."""
    place = bisect_right(said, sentence.start, key=lambda one: one.end)
    length = 0
    while place < len(said) and said[place].start < sentence.end:
        one = said[place]
        length += min(one.end, sentence.end) - max(one.start, sentence.start)
        place += 1
    return 2 * length >= sentence.end - sentence.start


def stretches(text: str, voices: Sequence[Voice]) -> tuple[Voice, ...]:
    """The voices without what is only marks and white space, in order, apart.

    Parts of one voice that only such marks divide are one stretch: the words "a poor trade" of a
    statement stand between quotation marks, which are the outlet's.
    """
    found: list[Voice] = []
    for one in voices:
        start, end = one.span.start, one.span.end
        while start < end and not text[start].isalnum():
            start += 1
        while start < end and not text[end - 1].isalnum():
            end -= 1
        if start < end and found and found[-1].voice == one.voice:
            found[-1] = Voice(Span(found[-1].span.start, end), one.voice, found[-1].score)
        elif start < end:
            found.append(Voice(Span(start, end), one.voice, one.score))
    return tuple(found)


def at(voices: Sequence[Voice], span: Span) -> Voicing:
    """The voice a span begins in."""
    place = bisect_right(voices, span.start, key=lambda voice: voice.span.start) - 1
    return voices[place].voice if voices else "report"


def _own(document: Document) -> tuple[Voicing, float]:
    if document.section is None:
        return "report", _UNSAID
    words = document.section.casefold().replace("/", " ").replace(">", " ").split()
    return ("opinion", _SURE) if _OPINION & set(words) else ("report", _SURE)
