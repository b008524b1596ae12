"""Who said what: quotations and reported speech with cue, speaker and nesting.

In: a document. Out: its statements, sorted by place. Direct speech is told from scare quotes,
titles and slogans by its cue, its length and its shape; reported speech needs a cue. In a language
that the rules do not cover only long quotations are given, without a speaker.

The words of a mixed statement are cut at its quotation marks, so that no statement holds its own.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from unspin.marking import (
    agreeing,
    blocks,
    frames,
    nesting,
    people,
    quoting,
    referents,
    seen,
    signatures,
    surnames,
    transcripts,
    unattributed,
)
from unspin.marking.drafts import SPEECH, Draft, Setting, count, in_marks
from unspin.marking.frames import Paragraph
from unspin.marking.referents import Table
from unspin.model.signals import Attribution, InMarks
from unspin.types import COVERED, Document, Span, Speaker, Statement

_DEEPEST = 4  # statements within statements
_STOP = re.compile(r"[.!?][\"”’)]*\s+[^\Wa-z\d_]|\n")  # the end of a sentence


def find(
    document: Document,
    attributions: Sequence[Attribution] | None = None,
    quoted: Sequence[InMarks] = (),
) -> tuple[Statement, ...]:
    """The statements of `document`, sorted by place, `within` an index into the result.

    `attributions` and `quoted` are what the encoder sees there; None: the rules are alone.
    """
    spoken = {one.span: one.spoken for one in quoted}
    paragraphs = surnames.apart(frames.read(document, spoken))
    if document.language not in COVERED:
        return nesting.finished(document.text, _only_marked(document.text, paragraphs))
    roster = people.roster(paragraphs)
    turns = transcripts.find(document.text, paragraphs, roster)
    table = referents.table(paragraphs, roster)
    drafts: list[Draft] = []
    for number, paragraph in enumerate(paragraphs):
        setting = Setting(document.text, roster, table, number, None, 0)
        before = paragraphs[number - 1] if number else None
        if number in turns:
            drafts.append(blocks.in_turn(turns[number], paragraph, number))
            continue
        here = _in_paragraph(paragraph, before, drafts, setting)
        if paragraph.continues:
            _join_head(drafts, here, paragraph)
        drafts += here
    if attributions is not None:
        sights = seen.find(document.text, attributions, paragraphs, roster)
        drafts = agreeing.find(document.text, drafts, sights)
    signatures.sign(document.text, paragraphs, drafts, roster)
    _refer(document.text, drafts, table)
    signatures.follow(drafts, table)
    signatures.repeat(document.text, drafts)
    nested = [
        one
        for draft in drafts
        for one in _nested(draft, document.text, table, spoken, 1)
        if attributions is None or one.speech == "direct"
    ]
    return nesting.finished(document.text, drafts + nested)


def _only_marked(text: str, paragraphs: Sequence[Paragraph]) -> list[Draft]:
    drafts: list[Draft] = []
    for number, paragraph in enumerate(paragraphs):
        for one in paragraph.quoted:
            if paragraph.continues and drafts and one.outer.start == paragraph.span.start:
                drafts[-1].words.append(one.inner)
            elif count(text, one.inner) >= SPEECH or one in paragraph.chained:
                drafts.append(Draft([one.inner], "direct", score=0.5, paragraph=number))
    return drafts


def _in_paragraph(
    paragraph: Paragraph, before: Paragraph | None, earlier: Sequence[Draft], setting: Setting
) -> list[Draft]:
    if paragraph.kind in {"blockquote", "post"} and not paragraph.quoted:
        return blocks.block(paragraph, before, earlier, setting)
    drafts = blocks.dialogue(paragraph, setting)
    if drafts:
        return drafts
    for number, tokens in enumerate(quoting.with_tails(setting.text, paragraph.sentences)):
        here = quoting.find(paragraph, tokens, number, setting)
        here += unattributed.find(
            paragraph, before, tokens, number, [*earlier[-3:], *drafts[-3:]], here, setting
        )
        drafts += here
    if paragraph.quoted and drafts:
        end = paragraph.quoted[-1].outer.end
        drafts[-1].last = (
            bool(drafts[-1].quoted)
            and paragraph.span.end - end <= 1
            and drafts[-1].quoted[-1].end == end
        )
    return drafts


def _join_head(earlier: list[Draft], here: Sequence[Draft], paragraph: Paragraph) -> None:
    """Put a quotation that nobody was named for before the one it goes on in, which names them."""
    goes_on = [
        draft
        for draft in here
        if draft.quoted and draft.quoted[0].start == paragraph.span.start and draft.cue
    ]
    head = earlier[-1] if earlier else None
    if goes_on and head is not None and head.last and not head.cue and head.speech == "direct":
        goes_on[0].words[:0] = head.words
        goes_on[0].quoted[:0] = head.quoted
        earlier.pop()


def _refer(text: str, drafts: Sequence[Draft], table: Table) -> None:
    """Give each "he", "she" and "who" that is still nobody the person it can only be."""
    ordered = sorted(drafts, key=lambda draft: draft.cue[0].start if draft.cue else -1)
    for before, draft in zip([None, *ordered], ordered, strict=False):
        if before is not None and not draft.speakers and _goes_on(text, before, draft):
            draft.speakers = before.speakers
        for speaker in draft.speakers:
            if speaker.words and (speaker.who is None or speaker.who.islower()):
                said = " ".join(span.of(text) for span in draft.words)
                who = table.of(speaker.words[0], said)
                if who is not None:
                    kind = speaker.who_kind or "person"
                    draft.speakers = tuple(
                        replace(one, who=who, who_kind=kind) if one is speaker else one
                        for one in draft.speakers
                    )
        if draft.cue and len(draft.speakers) == 1 and draft.speakers[0].who_kind != "document":
            passive = draft.cue[-1].of(text).endswith(" by")  # it is about what was announced
            words = () if passive else draft.words
            table.spoke(draft.cue[0].start, draft.speakers[0], words)


def _goes_on(text: str, before: Draft, draft: Draft) -> bool:
    """Whether a cue such as "adding" is of whoever spoke just before it in the sentence."""
    if not before.cue or not draft.cue:
        return False
    words = draft.cue[0].of(text).split()
    between = text[before.cue[-1].end : draft.cue[0].start]
    return words[:1] != [] and words[0].endswith("ing") and not _STOP.search(between)


def _nested(
    draft: Draft, text: str, table: Table, spoken: Mapping[Span, float], depth: int
) -> list[Draft]:
    """What is reported inside a quotation: "He told me, 'Go home'," Rell said."""
    if depth >= _DEEPEST:
        return []
    whose = draft.speakers[0] if len(draft.speakers) == 1 else Speaker((), None, None)
    setting = Setting(text, table.roster, table, draft.paragraph, whose, depth)
    found: list[Draft] = []
    for span in draft.words if draft.speech == "direct" else in_marks(draft):
        paragraph = frames.inside(text, span, spoken)
        for number, tokens in enumerate(quoting.with_tails(text, paragraph.sentences)):
            here = quoting.find(paragraph, tokens, number, setting)
            found += [
                _as_quoted(one)
                for one in here
                if not (len(one.words) == 1 and one.words[0] == span) and _is_nested(text, one)
            ]
    return found + [
        one for inner in found for one in _nested(inner, text, table, spoken, depth + 1)
    ]


def _is_nested(text: str, draft: Draft) -> bool:
    """Whether it is a report of its own, not only the speaker's "I think" or a word in marks."""
    if draft.speech == "direct":
        return True
    quotes = any(count(text, span) >= SPEECH for span in in_marks(draft))
    return draft.kind != "mental" and (quotes or draft.speech == "indirect")


def _as_quoted(draft: Draft) -> Draft:
    """A statement with only those of its words that stand between marks, where any do."""
    return replace(draft, words=in_marks(draft), speech="direct") if draft.quoted else draft
