"""Whose a quotation is that no cue accounts for.

In: the paragraphs of a document and quotations for which nobody speaks. Out: the same with whoever
signs them behind, "Ana Rell, Lodden Courier" or "― Ana Rell", speaks in the sentence before, or
says the same words elsewhere, as those of a headline are said below it.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from unspin.marking import lexicon, people, phrases, speakers
from unspin.marking.drafts import Draft, in_marks
from unspin.marking.frames import Paragraph, Token
from unspin.marking.people import Roster
from unspin.marking.phrases import Range
from unspin.marking.referents import Table
from unspin.types import Span, Speaker

_DASHES = frozenset("—–―-")
_NAME = range(2, 5)  # words
_LONGEST = 12  # tokens of a signature
_SENTENCES = 2  # it may seem to be, at most
_IN_A_ROW = 3  # words, at least, of what is said again
_WEIGHED = 8  # quotations with the same words in a row
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def sign(
    text: str, paragraphs: Sequence[Paragraph], drafts: Sequence[Draft], roster: Roster
) -> None:
    """Give each quotation without a cue or a speaker the one who signs it."""
    starts = [paragraph.span.start for paragraph in paragraphs]
    for draft in filter(_is_nobodys, drafts):
        end = draft.quoted[-1].end
        number = bisect_right(starts, end - 1) - 1
        tokens = _behind(paragraphs[number : number + 2], end)
        signed = _signature(tokens)
        if signed is not None:
            whole = Span(tokens[signed[0]].start, tokens[-1].end)
            draft.speakers = tuple(
                replace(one, words=(whole,), who=whole.of(text).rstrip("."))
                if one.who_kind == "organisation"
                else one  # every paper has an editorial board
                for one in speakers.find(tokens, signed, roster)
            )


def follow(drafts: Sequence[Draft], table: Table) -> None:
    """Give each quotation that is still nobody's to whoever alone speaks in the sentence before."""
    for draft in filter(_is_nobodys, drafts):
        who = table.speaks_before(draft.quoted[0].start)
        if who is not None:
            draft.speakers = (Speaker((), who, "person"),)


def repeat(text: str, drafts: Sequence[Draft]) -> None:
    """Give each quotation that is still nobody's to whoever alone is quoted with its words."""
    said: dict[tuple[str, ...], list[tuple[str, Speaker]]] = {}
    for draft in drafts:
        if draft.quoted and len(draft.speakers) == 1 and draft.speakers[0].who is not None:
            words = _folded(text, draft)
            for row in dict.fromkeys(zip(words, words[1:], words[2:], strict=False)):
                beside = said.setdefault(row, [])
                if len(beside) < _WEIGHED:
                    beside.append((_spaced(words), draft.speakers[0]))
    for draft in filter(_is_nobodys, drafts):
        words = _folded(text, draft)
        found = {
            speaker.who: speaker
            for longer, speaker in said.get(words[:_IN_A_ROW], ())
            if _spaced(words) in longer
        }
        if len(found) == 1:
            (one,) = found.values()
            draft.speakers = (Speaker((), one.who, one.who_kind),)


def _folded(text: str, draft: Draft) -> tuple[str, ...]:
    """The words of a statement that stand in marks, folded."""
    return tuple(
        word for span in in_marks(draft) for word in _WORD.findall(span.of(text).casefold())
    )


def _spaced(words: Sequence[str]) -> str:
    return f" {' '.join(words)} "


def _is_nobodys(draft: Draft) -> bool:
    return bool(draft.quoted) and not draft.cue and not draft.speakers


def _behind(paragraphs: Sequence[Paragraph], end: int) -> tuple[Token, ...]:
    """What stands behind a quotation in its paragraph or, if nothing does, in the next."""
    for paragraph in paragraphs:
        if paragraph.span.start >= end and len(paragraph.sentences) > _SENTENCES:
            break
        tokens = tuple(
            token
            for sentence in paragraph.sentences[-_SENTENCES:]
            for token in sentence
            if token.start >= end
        )
        if tokens:
            return tokens
    return ()


def _signature(tokens: Sequence[Token]) -> Range | None:
    """The name in tokens that are nothing but a signature."""
    dashed = bool(tokens) and tokens[0].text in _DASHES
    first = 1 if dashed else 0
    name = next(iter(people.runs(tokens[first:_LONGEST])), None)
    if name is None or name[0] or len(tokens) > _LONGEST:
        return None
    start, end = first, first + name[1]
    rest = [token for token in tokens[end:] if token.text != "."]
    outlet = rest[1:] if rest and rest[0].text == "," else []
    whole = all(
        phrases.is_name(token) or token.lower in lexicon.grammar("particle") | {"the", "for"}
        for token in outlet
    )
    alone = dashed and not rest
    if end - start not in _NAME or not (alone or (outlet and whole)):
        return None
    return None if tokens[start].lower in lexicon.grammar("direction") else (start, end)
