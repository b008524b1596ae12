"""Statements as the encoder sees them, told by the rules what kind of speech and whose they are.

In: the attributions of `unspin.model` and the paragraphs. Out: what the rules for statements take
up beside their own. The encoder is the better judge of what is reported at all and of where it
begins and ends; quotation marks, names and pronouns are for the rules.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from unspin.marking import cues, frames, lexicon, phrases, speakers
from unspin.marking.frames import Paragraph, Token
from unspin.marking.speakers import Roster
from unspin.model.signals import Attribution
from unspin.text import Quoted
from unspin.types import CueKind, Factuality, Span, Speaker, Speech

# a cue that names who was spoken to, not who spoke
_TOLD = re.compile(
    r"\b(?:am|is|are|was|were|been|being|be)\s+(?:\w+ly\s+)?"
    r"(?:told|informed|assured|warned|asked|reminded|advised|notified)\b",
    re.IGNORECASE,
)
_BACK = 4  # sentences before a pronoun that are looked at
_SPOKEN = 3  # words in marks that are speech beside any cue
_LAST_WORDS = re.compile(r"(?:\w+\W{1,3}){1,2}$")
_NAMING = frozenset(
    """word words phrase term terms expression name named nicknamed dubbed titled entitled labelled
    labeled known slogan motto hashtag letters sign banner so-called""".split()
)  # before marks that hold no speech
_JUDGING = frozenset(
    """according call calls called calling describe describes described describing dismiss dismisses
    dismissed dismissing denounce denounces denounced denouncing decry decries decried decrying
    brand brands branded branding blast blasts blasted blasting slam slams slammed slamming hail
    hails hailed hailing label labels labelled labeled labelling labeling refer refers referred
    referring praise praises praised praising accuse accuses accused accusing criticise criticised
    criticize criticized mock mocks mocked mocking quote quotes quoted quoting characterize
    characterized characterise characterised deem deems deemed deplore deplored lament laments
    lamented lamenting wrote writes tweeted tweets posted declare declares declared""".split()
)  # cues whose words in marks are somebody's own
_RELATIVE = frozenset({"what", "which", "who", "that"})
_APOSTROPHES = frozenset("'’")
_LETTER = re.compile(r"[^\W\d_]")
_SEAM = re.compile(r"[\s,.()‐‑-]{0,3}")
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
        if all(span.of(text) in _APOSTROPHES for span in cue):
            continue  # of "we've"
        tokens = _sentence(cue[0], paragraphs, starts)
        sentence = Span(tokens[0].start, tokens[-1].end) if tokens else None
        saying = any(word in _sayings() for span in cue for word in span.of(text).lower().split())
        words, speech = _words(text, one.content, sentence, paragraphs, starts, saying=saying)
        if words:
            source = _named_once(text, _beside(one.source, sentence))
            source = [span for span in source if not _lies_ahead(span, cue[0], paragraphs, starts)]
            source = _without_hearer(text, source, cue[-1])
            told = any(_TOLD.search(span.of(text)) for span in cue)
            named = () if told else _speakers(source, paragraphs, starts, roster)
            if not any(_LETTER.search(span.of(text)) for span in cue):
                named = tuple(_doubted(speaker, roster) for speaker in named)
            held = _factuality(tokens, cue)
            found.append(Seen(words, speech, cue, one.cue_kind, named, one.score, held))
    return tuple(found)


def _named_once(text: str, source: Sequence[Span]) -> list[Span]:
    """The spans of a source, those made one that only a hyphen or a comma keeps apart."""
    found: list[Span] = []
    for span in source:
        if found and _SEAM.fullmatch(text, found[-1].end, span.start):
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return [_bare(text, span) for span in found]


def _lies_ahead(
    span: Span, cue: Span, paragraphs: Sequence[Paragraph], starts: Sequence[int]
) -> bool:
    """Whether a source stands in a paragraph behind that of its cue: nobody reads it there."""
    first = bisect_right(starts, cue.start) - 1
    return span.start >= paragraphs[first].span.end if first >= 0 else False


def _without_hearer(text: str, source: Sequence[Span], cue: Span) -> list[Span]:
    """The source without whoever was told: "sources told the Courier" has one speaker."""
    last = cue.of(text).lower().split()[-1:]
    word = lexicon.cues().get(tuple(last))
    if word is None or "hearer" not in word.follows or all(span.start > cue.end for span in source):
        return list(source)
    return [span for span in source if span.start < cue.start or span.start > cue.end + 1]


def _doubted(speaker: Speaker, roster: Roster) -> Speaker:
    """The speaker of a mere colon or dash: one word there can be a place or a topic."""
    who = speaker.who or ""
    sure = " " in who or who in roster.attested or who in roster.titled
    return speaker if sure else replace(speaker, who=None)


def _factuality(tokens: Sequence[Token], cue: Sequence[Span]) -> Factuality:
    places = [
        place
        for place, token in enumerate(tokens)
        if token.quoted is None
        and any(token.start < span.end and span.start < token.end for span in cue)
    ]
    return cues.factuality(tokens, places[0], places[-1] + 1) if places else "said"


def _words(  # noqa: PLR0913 - what is said, and all it stands in
    text: str,
    content: Sequence[Span],
    sentence: Span | None,
    paragraphs: Sequence[Paragraph],
    starts: Sequence[int],
    *,
    saying: bool,
) -> tuple[tuple[Span, ...], Speech]:
    """The words and what kind of speech they are.

    Words of the outlet's own belong to it only in the sentence of the cue, where any do. A
    quotation is in it whole, or not at all where less than half of it is. Words set in marks for
    another reason are not cut out: `saying` is whether the cue is a verb of saying.
    """
    quoted: list[Span] = []
    plain: list[Span] = []
    for span in content:
        for paragraph in _paragraphs(span, paragraphs, starts):
            marks = [
                pair
                for pair in paragraph.quoted
                if pair.outer.overlaps(span) and _is_spoken(text, pair, saying=saying)
            ]
            part = _whole(
                Span(max(span.start, paragraph.span.start), min(span.end, paragraph.span.end)),
                marks,
            )
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
    if sentence:
        here = [
            _bare(text, Span(max(one.start, sentence.start), min(one.end, sentence.end)))
            for one in plain
            if one.overlaps(sentence)
        ]
        plain = here if here or quoted else plain
    speech: Speech = "mixed" if quoted and plain else "direct" if quoted else "indirect"
    return tuple(sorted(quoted + plain)), speech


def _whole(part: Span, marks: Sequence[Quoted]) -> Span:
    """A piece of content widened to the quotations it holds half of, or cut before the others."""
    start, end = part.start, part.end
    for pair in marks:
        inner = pair.inner
        shared = min(end, inner.end) - max(start, inner.start)
        half = 2 * shared >= inner.end - inner.start
        if inner.start < start < inner.end:
            start = inner.start if half else min(pair.outer.end, end)
        if inner.start < end < inner.end:
            end = inner.end if half else max(pair.outer.start, start)
    return Span(start, max(start, end))


def _is_spoken(text: str, pair: Quoted, *, saying: bool) -> bool:
    """Whether marks hold words that somebody said, not a name, a term or a word as a word."""
    words = pair.inner.of(text).split()
    if len(words) >= _SPOKEN or (words and words[-1][-1] in ",!?"):
        return True
    before = _LAST_WORDS.search(text[max(0, pair.outer.start - 40) : pair.outer.start])
    named = before is not None and not _NAMING.isdisjoint(before.group().lower().split())
    return saying and not named


@cache
def _sayings() -> frozenset[str]:
    """The forms of the cue verbs of one word, and the words of judging in somebody's words."""
    return frozenset(form for (form, *rest) in lexicon.cues() if not rest) | _JUDGING


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
        row = frames.row(paragraph, cue.start)
        if row is not None:
            return paragraph.sentences[row]
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
            row = frames.row(paragraph, span.start)
            if row is not None:
                before = _named_before(paragraph.sentences[max(0, row - _BACK) : row], roster)
                named = _named(paragraph.sentences[row], span, before, roster)
        found += named or (Speaker((span,), None, None),)
    return tuple(found)


def _named_before(sentences: Sequence[Sequence[Token]], roster: Roster) -> tuple[str, ...]:
    """Whom the last of some sentences names that names or means anybody."""
    for tokens in reversed(sentences):
        names = speakers.named(tokens, roster)
        if names or speakers.has_role([token for token in tokens if token.quoted is None]):
            return names
    return ()


def _goes_on(tokens: Sequence[Token], place: int) -> bool:
    """Whether a noun for a speaker follows: "the Galdovian" of "the Galdovian pope"."""
    if place >= len(tokens) or tokens[place].quoted is not None:
        return False
    word = tokens[place].text
    return word.islower() and word in lexicon.titles() | lexicon.sources("unnamed")


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
    marked = any(token.quoted for token in tokens[slice(*phrases.core(tokens, phrase))])
    if marked or _goes_on(tokens, phrase[1]):
        return (Speaker((span,), None, None),)  # marks in it, or more of it: no name of its own
    near = dict.fromkeys((*before, *speakers.named(tokens[: phrase[0]], roster)))
    found = speakers.find(tokens, phrase, roster, recent=tuple(near))
    if len(found) == 1:  # the words are the encoder's, the name is the rules'
        return (Speaker((span,), found[0].who, found[0].who_kind),)
    return found
