"""Quotations that no cue of their sentence accounts for.

In: a sentence, what was found in it and before it. Out: the drafts of those that are speech; one
that goes on with a statement before it is added to that. A long quotation is speech; a short one is
a name, a title or scare quotes.
"""

from collections.abc import Sequence

from unspin.marking import cues, marked, people, phrases, quoting, reports
from unspin.marking.drafts import FRAGMENT, SPEECH, Draft, Setting, count, opening
from unspin.marking.frames import Paragraph, Token
from unspin.text import Quoted
from unspin.types import CueKind, Span, Speaker

_TITLE_SHARE = 0.6  # of capitals among the words of a title


def find(  # noqa: PLR0913, PLR0917 - where the sentence stands
    paragraph: Paragraph,
    before: Paragraph | None,
    tokens: tuple[Token, ...],
    number: int,
    earlier: Sequence[Draft],
    here: Sequence[Draft],
    setting: Setting,
) -> list[Draft]:
    """Quotations of the sentence that no cue of its own accounts for."""
    taken = {span.start for draft in here for span in draft.quoted}
    found: list[Draft] = []
    alone = _only_quotation(tokens)
    for place, token in enumerate(tokens):
        one = token.quoted
        if one is None or token.start in taken:
            continue
        first = place == 0
        if paragraph.continues and token.start == paragraph.span.start and earlier:
            head = _chain_head(earlier, setting.number)
            if head is not None:
                head.words.append(one.inner)
                head.quoted.append(one.outer)
                continue
        previous = earlier[-1] if earlier and not found else None
        if first and alone and previous is not None and _carries_on(previous, number, setting):
            _add(previous, one, number)
            continue
        whole = first and alone and len(paragraph.sentences) == 1
        if whole and previous is not None and _goes_on_in(previous, before, setting):
            _add(previous, one, number)
            previous.paragraph = setting.number
            continue
        chained = one in paragraph.chained
        fragment = (
            place > 0 and phrases.is_word(tokens[place - 1]) and _opens_low(setting, one.inner)
        )
        if fragment and not chained:
            if count(setting.text, one.inner) < FRAGMENT:
                continue
            head = _piece_of(tokens, place, here, found) or (
                previous
                if previous and not here and _carries_on(previous, number, setting)
                else None
            )
            if head is not None:
                _add(head, one, number)
                continue
            if not previous or previous.paragraph != setting.number or not previous.speakers:
                continue  # nobody is said to speak
        if chained or _is_speech(setting.text, one, least=SPEECH if alone else FRAGMENT):
            speaker, cue, kind = (
                _beside(before, previous, setting)
                if whole or (chained and number == 0 and first)
                else ((), (), None)
            )
            found.append(
                Draft(
                    [one.inner],
                    "direct",
                    cue,
                    kind,
                    speaker,
                    0.6 if speaker else 0.4,
                    setting.number,
                    number,
                    [one.outer],
                )
            )
    return found


def _add(draft: Draft, one: Quoted, sentence: int) -> None:
    draft.words.append(one.inner)
    draft.quoted.append(one.outer)
    draft.sentence = sentence


def _piece_of(
    tokens: Sequence[Token], place: int, here: Sequence[Draft], found: Sequence[Draft]
) -> Draft | None:
    """The statement of its sentence that a fragment is a piece of.

    It is the only quotation of the only cue, or another fragment that no cue is known for.
    """
    if (
        len(here) == 1
        and here[0].speech == "direct"
        and any(span.end <= tokens[place].start for span in here[0].cue)
        and len(cues.find(tokens)) == 1
    ):
        return here[0]
    return found[-1] if found and not found[-1].speakers else None


def _opens_low(setting: Setting, span: Span) -> bool:
    """Whether a quotation begins with a small letter, as part of the sentence around it."""
    return setting.text[span.start : span.start + 1].islower()


def _chain_head(earlier: Sequence[Draft], number: int) -> Draft | None:
    """The statement that the first quotation of paragraph `number` goes on with."""
    for draft in reversed(earlier):
        if draft.quoted and draft.paragraph <= number - 1:
            if draft.last or draft.paragraph == number - 1:
                draft.paragraph = number
                return draft
            return None
    return None


def _carries_on(previous: Draft, number: int, setting: Setting) -> bool:
    """Whether a quotation standing alone goes on with the one whose sentence came just before."""
    return (
        previous.paragraph == setting.number
        and previous.speech == "direct"
        and number - 1 <= previous.sentence <= number
        and bool(previous.speakers)
    )


def _goes_on_in(previous: Draft, before: Paragraph | None, setting: Setting) -> bool:
    """Whether a paragraph that is all quotation goes on with what ends the one before it.

    Nobody else may be named or speak behind that, and an answer is somebody else's.
    """
    if (
        before is None
        or previous.paragraph != setting.number - 1
        or previous.speech != "direct"
        or not previous.speakers
        or not previous.cue
        or previous.sentence != len(quoting.with_tails(setting.text, before.sentences)) - 1
    ):
        return False
    return previous.kind != "asking" and setting.text[previous.words[-1].end - 1] != "?"


def _beside(
    before: Paragraph | None, previous: Draft | None, setting: Setting
) -> tuple[tuple[Speaker, ...], tuple[Span, ...], CueKind | None]:
    """The speaker of a paragraph that is all quotation, from the paragraph before it."""
    if before is None:
        return (), (), None
    introduced = introduction(before, setting)
    if introduced is not None:
        return introduced
    speaking = _speaking(before, setting)
    if speaking is not None:
        return (speaking,), (), None
    if (
        previous is not None
        and previous.paragraph == setting.number - 1
        and previous.speech == "direct"
        and len({speaker.who for speaker in previous.speakers}) == 1
        and previous.speakers[0].who is not None
        and not previous.words[-1].of(setting.text).endswith("?")  # somebody else answers
    ):
        speaker = previous.speakers[0]
        return (Speaker((), speaker.who, speaker.who_kind),), (), None
    return (), (), None


def introduction(
    before: Paragraph, setting: Setting
) -> tuple[tuple[Speaker, ...], tuple[Span, ...], CueKind | None] | None:
    """The cue and speaker of a paragraph that ends in a colon."""
    if not before.sentences or before.sentences[-1][-1].text != ":":
        return None
    tokens = before.sentences[-1]
    found = reports.introduced(tokens)
    if found is None:
        return None
    cue, kind, subject = found
    span = Span(tokens[cue[0]].start, tokens[cue[1] - 1].end)
    return quoting.subject_of(tokens, subject, setting), (span,), kind


def _speaking(before: Paragraph, setting: Setting) -> Speaker | None:
    """The only person a paragraph without quotations names, if its last sentence has them speak."""
    if before.quoted or not before.sentences or before.kind == "heading":
        return None
    found = reports.introduced(before.sentences[-1])
    if found is None or found[2] is None or len(cues.find(before.sentences[-1])) > 1:
        return None
    names = {who for tokens in before.sentences for who in people.named(tokens, setting.roster)}
    said = quoting.subject_of(before.sentences[-1], found[2], setting)
    whos = {one.who or setting.table.of(one.words[0], "") for one in said}
    known = len(said) == 1 and names == whos and names <= setting.roster.attested
    return Speaker((), names.pop(), "person") if known else None


def _is_speech(text: str, one: Quoted, *, least: int) -> bool:
    """Whether a quotation without a cue is speech: of `least` words, and no slogan or title."""
    words = opening(text, one.inner)
    if len(words) < least or not marked.is_spoken(text, one, ""):
        return False
    capitals = sum(1 for word in words if word[0].isupper())
    return capitals < len(words) * _TITLE_SHARE


def _only_quotation(tokens: Sequence[Token]) -> bool:
    return any(token.quoted for token in tokens) and not any(map(phrases.is_word, tokens))
