"""Paragraphs that are somebody's words as a whole: turns, block quotations, posts, dialogue.

In: such a paragraph and what stands before it. Out: its drafts.
"""

import re
from collections.abc import Sequence
from itertools import islice

from unspin.marking import frames, phrases, quoting, reports, speakers, unattributed
from unspin.marking.drafts import SIGNED, Draft, Setting
from unspin.marking.frames import Paragraph
from unspin.marking.transcripts import Turn
from unspin.types import CueKind, Span, Speaker

_MOST_PAUSES = 12  # places in a line of dialogue where its attribution may begin
_DASH = re.compile(r"[—–―-]\s+")
_RESUMED = re.compile(rf"\s*{_DASH.pattern}")
_DASH_TAIL = re.compile(r",?\s+[—–―]\s+|,\s+|(?<=[?!…])\s+")
_HANDLE = re.compile(r"\s*[—–―]\s*(?=[^\W\d_])")


def block(
    paragraph: Paragraph, before: Paragraph | None, earlier: Sequence[Draft], setting: Setting
) -> list[Draft]:
    """A block quotation or a post: all of it is somebody's words but the line that signs it."""
    text, span = setting.text, paragraph.span
    signed = None
    for dash in _HANDLE.finditer(text, span.start, span.end):
        signed = dash
    found: tuple[Speaker, ...] = ()
    cue: tuple[Span, ...] = ()
    kind: CueKind | None = None
    end = span.end
    if signed is not None:
        tokens = tuple(frames.words(text, Span(signed.end(), span.end)))
        length = next(
            (place for place, token in enumerate(tokens) if not phrases.is_name(token)), len(tokens)
        )
        if 0 < length <= SIGNED and len(tokens) <= 3 * SIGNED:
            end = signed.start()
            found = speakers.find(tokens, (0, length), setting.roster)
    continued = (
        earlier
        and earlier[-1].paragraph == setting.number - 1
        and before is not None
        and before.kind == paragraph.kind
        and not earlier[-1].quoted
        and earlier[-1].speech == "direct"
    )
    if continued:
        draft = earlier[-1]
        if end > span.start:
            draft.words.append(Span(span.start, end))
        draft.paragraph = setting.number
        if found and not draft.speakers:
            draft.speakers = found
        return []
    if not found and before is not None:
        introduced = unattributed.introduction(before, setting)
        if introduced is not None:
            found, cue, kind = introduced
    if end <= span.start:
        return []
    score = 0.85 if found else 0.5
    return [Draft([Span(span.start, end)], "direct", cue, kind, found, score, setting.number)]


def dialogue(paragraph: Paragraph, setting: Setting) -> list[Draft]:
    """— We will stay, said Rell. — We have no choice."""
    text, span = setting.text, paragraph.span
    opening = _DASH.match(text, span.start, span.end)
    if opening is None:
        return []
    start = opening.end()
    for gap in islice(_DASH_TAIL.finditer(text, start, span.end), _MOST_PAUSES):
        tokens = tuple(frames.words(text, Span(gap.end(), min(span.end, gap.end() + 200))))
        stop = next(
            (place for place, token in enumerate(tokens) if token.text in ".—–―,"), len(tokens)
        )
        found = reports.tail(tokens[:stop])
        if found is None:
            continue
        cue, kind, subject = found
        words = [Span(start, gap.start())]
        after = tokens[stop].end if stop < len(tokens) else span.end
        resumed = _RESUMED.match(
            text, after if stop >= len(tokens) or tokens[stop].text in ".," else after - 1, span.end
        )
        if resumed and resumed.end() < span.end:
            words.append(Span(resumed.end(), span.end))
        return (
            [
                Draft(
                    words,
                    "direct",
                    (Span(tokens[cue[0]].start, tokens[cue[1] - 1].end),),
                    kind,
                    quoting.subject_of(tokens, subject, setting),
                    0.8,
                    setting.number,
                    0,
                )
            ]
            if words[0].start < words[0].end
            else []
        )
    return []


def in_turn(turn: Turn, paragraph: Paragraph, number: int) -> Draft:
    """A turn of a transcript; marks around all of it are not its words."""
    inside = [one.inner for one in paragraph.quoted if one.outer == turn.words]
    return Draft(
        inside or [turn.words],
        "direct",
        speakers=(turn.speaker,),
        score=0.8,
        paragraph=number,
        sentence=len(paragraph.sentences) - 1,
        quoted=[paragraph.span],
        last=bool(paragraph.chained),
    )
