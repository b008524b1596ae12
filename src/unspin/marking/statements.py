"""Who said what: quotations and reported speech with cue, speaker and nesting.

In: a document. Out: its statements, sorted by place. Direct speech is told from scare quotes,
titles and slogans by its cue, its length and its shape; reported speech needs a cue. In a language
that the rules do not cover only long quotations are given, without a speaker.

The words of a mixed statement are cut at its quotation marks, so that no statement holds its own.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice, pairwise

from unspin.marking import (
    cues,
    frames,
    marked,
    people,
    phrases,
    referents,
    reports,
    seen,
    speakers,
    transcripts,
)
from unspin.marking.frames import Paragraph, Token
from unspin.marking.people import Roster
from unspin.marking.referents import Table
from unspin.marking.reports import Report
from unspin.marking.seen import Seen
from unspin.marking.transcripts import Turn
from unspin.model.signals import Attribution
from unspin.types import CueKind, Document, Factuality, Span, Speaker, Speech, Statement

COVERED = frozenset({"en"})  # languages the rules for cues and speakers are written for

_DEEPEST = 4  # statements within statements
_SPEECH = 4  # words in a quotation that can be speech without a cue
_FRAGMENT = 6  # words in a quotation inside a sentence that can be speech without a cue
_MOST_PAUSES = 12  # places in a line of dialogue where its attribution may begin
_HEADLINED = 3  # words of a quotation that opens a headline
_PULL_SPEAKER = 8  # tokens of a name behind a dash
_TITLE_SHARE = 0.6  # of capitals among the words of a title
_NEAR = 16  # pieces of statements that can lie over one place
_TOUCHING = 3  # characters between a quotation and words that run on into it
_STOPS = 2  # characters of punctuation at the end of a quotation
_SURE = 0.5  # from this score on the encoder lends its speaker to a quotation of the rules
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_STOP = re.compile(r"[.!?][\"”’)]*\s+[^\Wa-z\d_]|\n")  # the end of a sentence
_DASH = re.compile(r"[—–―-]\s+")
_DASH_TAIL = re.compile(r",?\s+[—–―]\s+|,\s+|(?<=[?!…])\s+")
_HANDLE = re.compile(r"\s*[—–―]\s*(?=[^\W\d_])")


_Places = list[tuple[int, int, int]]  # from, to, number of a draft, in order


@dataclass(slots=True)
class _Draft:
    """A statement on its way: what is known before names are resolved."""

    words: list[Span]
    speech: Speech
    cue: tuple[Span, ...] = ()
    kind: CueKind | None = None
    speakers: tuple[Speaker, ...] = ()
    score: float = 0.5
    paragraph: int = 0
    sentence: int = -1
    quoted: list[Span] = field(default_factory=list)  # its quotations, marks and all
    last: bool = False  # a quotation of it ends its paragraph
    factuality: Factuality = "said"


@dataclass(frozen=True, slots=True)
class _Setting:
    """What the rules for one paragraph know of the rest."""

    text: str
    roster: Roster
    table: Table
    number: int
    quoting: Speaker | None
    depth: int


def find(
    document: Document, attributions: Sequence[Attribution] | None = None
) -> tuple[Statement, ...]:
    """The statements of `document`, sorted by place, `within` an index into the result.

    `attributions` are what the encoder sees there; None: the rules are alone.
    """
    paragraphs = frames.read(document)
    if document.language not in COVERED:
        return _finished(document.text, _only_marked(document.text, paragraphs))
    roster = people.roster(paragraphs)
    turns = transcripts.find(document.text, paragraphs, roster)
    table = referents.table(paragraphs, roster)
    drafts: list[_Draft] = []
    for number, paragraph in enumerate(paragraphs):
        setting = _Setting(document.text, roster, table, number, None, 0)
        before = paragraphs[number - 1] if number else None
        if number in turns:
            drafts.append(_in_turn(turns[number], paragraph, number))
            continue
        here = _in_paragraph(paragraph, before, drafts, setting)
        if paragraph.continues:
            _join_head(drafts, here, paragraph)
        drafts += here
    if attributions is not None:
        sights = seen.find(document.text, attributions, paragraphs, roster)
        drafts = _agreed(document.text, drafts, sights)
    _refer(document.text, drafts, table)
    nested = [
        one
        for draft in drafts
        for one in _nested(draft, document.text, table, 1)
        if attributions is None or one.speech == "direct"
    ]
    return _finished(document.text, drafts + nested)


def _in_turn(turn: Turn, paragraph: Paragraph, number: int) -> _Draft:
    return _Draft(
        [turn.words],
        "direct",
        speakers=(turn.speaker,),
        score=0.8,
        paragraph=number,
        sentence=len(paragraph.sentences) - 1,
        quoted=[paragraph.span],
        last=bool(paragraph.chained),
    )


def _join_head(earlier: list[_Draft], here: Sequence[_Draft], paragraph: Paragraph) -> None:
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


def _refer(text: str, drafts: Sequence[_Draft], table: Table) -> None:
    """Give each "he", "she" and "who" that is still nobody the person it can only be."""
    ordered = sorted(drafts, key=lambda draft: draft.cue[0].start if draft.cue else -1)
    for before, draft in zip([None, *ordered], ordered, strict=False):
        if before is not None and not draft.speakers and _goes_on(text, before, draft):
            draft.speakers = before.speakers
        for speaker in draft.speakers:
            if speaker.who is None and speaker.words:
                said = " ".join(span.of(text) for span in draft.words)
                who = table.of(speaker.words[0], said)
                if who is not None:
                    kind = speaker.who_kind or "person"
                    draft.speakers = tuple(
                        replace(one, who=who, who_kind=kind) if one is speaker else one
                        for one in draft.speakers
                    )
        if draft.cue and len(draft.speakers) == 1 and draft.speakers[0].who_kind != "document":
            table.spoke(draft.cue[0].start, draft.speakers[0])


def _goes_on(text: str, before: _Draft, draft: _Draft) -> bool:
    """Whether a cue such as "adding" is of whoever spoke just before it in the sentence."""
    if not before.cue or not draft.cue:
        return False
    words = draft.cue[0].of(text).split()
    between = text[before.cue[-1].end : draft.cue[0].start]
    return words[:1] != [] and words[0].endswith("ing") and not _STOP.search(between)


def _agreed(text: str, drafts: Sequence[_Draft], sights: Sequence[Seen]) -> list[_Draft]:
    """The statements of the rules and of the encoder, each once.

    Direct quotations are the rules', who find them by their marks; the encoder says which of them
    are one statement and lends them a speaker where they have none. What is reported in the
    outlet's words is the encoder's; of the rules' only what it has no statement for and holds long
    quotations.
    """
    kept = [draft for draft in drafts if draft.speech == "direct"]
    places = _places(kept)
    lengths = [_length(draft.words) for draft in kept]
    heard: dict[Span, list[Seen]] = {}  # by a quotation of the rules
    found: list[_Draft] = []
    for one in sights:
        same = _alike(places, lengths, one.words)
        if same and _is_direct(text, one, [kept[number] for number, _ in same]):
            for number, span in same:
                if one.score >= _SURE or _meet(kept[number].cue, one.cue):
                    heard.setdefault(span, []).append(one)
        else:
            found.append(
                _Draft(
                    list(one.words),
                    one.speech,
                    one.cue,
                    one.kind,
                    one.speakers,
                    one.score,
                    quoted=sorted(one.quoted),
                    factuality=one.factuality,
                )
            )
    spoken = _told(kept, places, heard)
    places = _places(found)
    alone = [
        draft
        for draft in spoken
        if not any(_within(draft, found[number]) for number in _near(places, draft.words))
    ]
    places = _places(alone + found)
    unheard = [
        draft
        for draft in drafts
        if draft.speech == "mixed"
        and min(_count(text, span) for span in _in_marks(draft)) >= _FRAGMENT
        and not _near(places, _in_marks(draft))
    ]
    return alone + found + unheard


def _is_direct(text: str, one: Seen, drafts: Sequence[_Draft]) -> bool:
    """Whether a statement of the encoder is no more than some quotations of the rules.

    So is what a colon or a dash alone introduces, and one with words that touch no quotation, where
    the rules know its cue and the quotations are whole sentences.
    """
    if one.speech == "indirect":
        return not any(map(str.isalnum, "".join(span.of(text) for span in one.cue)))
    return one.speech == "direct" or (
        any(_meet(draft.cue, one.cue) for draft in drafts)
        and not any(text[span.start].islower() for span in one.quoted)
        and not any(
            seen.distance(span, [quotation]) <= _TOUCHING
            for span in one.words
            for quotation in one.quoted
            if span != quotation
        )
    )


def _in_marks(draft: _Draft) -> list[Span]:
    """The words of a draft that stand between quotation marks."""
    return [span for span in draft.words if any(one.covers(span) for one in draft.quoted)]


def _told(
    kept: Sequence[_Draft], places: _Places, heard: Mapping[Span, Sequence[Seen]]
) -> list[_Draft]:
    """The quotations of the rules, parted and joined as the encoder hears them."""
    told: list[_Draft] = []
    parts: dict[Seen, list[_Draft]] = {}
    for draft in kept:
        for one, part in _parted(draft, heard):
            told.append(part)
            if one is not None:
                parts.setdefault(one, []).append(part)
    for one, said in parts.items():
        lead = max(said, key=lambda draft: (_meet(draft.cue, one.cue), _length(draft.words)))
        _lend(lead, one)
        for draft in said:
            same = not draft.cue or _meet(draft.cue, one.cue)
            if draft is not lead and same and not _parts_from(draft, lead):
                lead.words += draft.words
                lead.speakers = lead.speakers or draft.speakers
                draft.words = []
        lead.words += [span for span in one.quoted if not _near(places, [span])]
        lead.words.sort()
    return [draft for draft in told if draft.words]


def _parted(
    draft: _Draft, heard: Mapping[Span, Sequence[Seen]]
) -> list[tuple[Seen | None, _Draft]]:
    """A quotation as the statements it is to the encoder; only one of them has the rules' cue.

    A piece is of the statement whose cue is nearest, or, heard in none, of that before it.
    """
    nearest = [
        min(heard[span], key=lambda one: seen.distance(span, one.cue)) if span in heard else None
        for span in draft.words
    ]
    last = next((one for one in nearest if one is not None), None)
    parts: dict[Seen, list[Span]] = {}
    for span, one in zip(draft.words, nearest, strict=True):
        last = one or last
        if last is not None:
            parts.setdefault(last, []).append(span)
    if len(parts) < 2:  # noqa: PLR2004 - one statement, or none
        return [(last, draft)]
    return [
        (one, replace(draft, words=words))
        if _meet(one.cue, draft.cue)
        else (one, replace(draft, words=words, cue=(), kind=None, speakers=()))
        for one, words in parts.items()
    ]


def _parts_from(draft: _Draft, lead: _Draft) -> bool:
    """Whether the rules name somebody else for one quotation than for another."""
    names = [{speaker.who for speaker in one.speakers} - {None} for one in (draft, lead)]
    return all(names) and names[0] != names[1]


def _meet(some: Sequence[Span], others: Sequence[Span]) -> bool:
    return any(one.overlaps(other) for one in some for other in others)


def _length(spans: Sequence[Span]) -> int:
    return sum(span.end - span.start for span in spans)


def _places(drafts: Sequence[_Draft]) -> _Places:
    return sorted(
        (span.start, span.end, number)
        for number, draft in enumerate(drafts)
        for span in draft.words
    )


def _near(places: _Places, spans: Sequence[Span]) -> list[int]:
    """The drafts whose words overlap some spans, in order."""
    return sorted({number for number, _, _ in _met(places, spans)})


def _met(places: _Places, spans: Sequence[Span]) -> Iterator[tuple[int, Span, int]]:
    """Each piece of a draft that overlaps some spans, and by how much.

    It is looked for a few places back.
    """
    for span in spans:
        last = bisect_left(places, (span.end,))
        for start, end, number in places[max(0, last - _NEAR) : last]:
            if end > span.start:
                yield number, Span(start, end), min(end, span.end) - max(start, span.start)


def _alike(
    places: _Places, lengths: Sequence[int], spans: Sequence[Span]
) -> list[tuple[int, Span]]:
    """The pieces met of the drafts that share more than half of the shorter with some spans."""
    met = list(_met(places, spans))
    shared = Counter[int]()
    for number, _, common in met:
        shared[number] += common
    length = _length(spans)
    return [
        (number, piece)
        for number, piece, _ in met
        if 2 * shared[number] > min(length, lengths[number])
    ]


def _lend(draft: _Draft, one: Seen) -> None:
    """Give a quotation of the rules the cue and the speaker's words that the encoder sees.

    Whom the rules name stays named where the words of both meet. Where they do not, the encoder is
    right about the speaker of one cue; of two cues the rules keep theirs, speaker and all.
    """
    ours, theirs = (
        [span for speaker in named for span in speaker.words]
        for named in (draft.speakers, one.speakers)
    )
    apart = bool(ours and theirs) and not _meet(ours, theirs)
    if apart and not _meet(draft.cue, one.cue):
        return
    draft.score = max(draft.score, one.score) if draft.cue else one.score
    draft.cue, draft.kind = one.cue, draft.kind or one.kind
    if apart or (theirs and not ours):
        draft.speakers = one.speakers
    elif theirs and len(draft.speakers) == len(one.speakers) == 1:
        draft.speakers = (replace(draft.speakers[0], words=one.speakers[0].words),)


def _within(draft: _Draft, other: _Draft) -> bool:
    """Whether a quotation is a piece of a mixed statement and no statement of its own.

    A comma more at the end of one of them is no difference. What has a cue in the words of the
    other is a statement within it.
    """
    if other.speech != "mixed" or _meet(draft.cue, other.words):
        return False
    return all(
        any(
            whole.start <= span.start and span.end - _STOPS <= whole.end and whole.overlaps(span)
            for whole in other.words
        )
        for span in draft.words
    )


def _only_marked(text: str, paragraphs: Sequence[Paragraph]) -> list[_Draft]:
    drafts: list[_Draft] = []
    for number, paragraph in enumerate(paragraphs):
        for one in paragraph.quoted:
            if paragraph.continues and drafts and one.outer.start == paragraph.span.start:
                drafts[-1].words.append(one.inner)
            elif _count(text, one.inner) >= _SPEECH or one in paragraph.chained:
                drafts.append(_Draft([one.inner], "direct", score=0.5, paragraph=number))
    return drafts


def _in_paragraph(
    paragraph: Paragraph, before: Paragraph | None, earlier: Sequence[_Draft], setting: _Setting
) -> list[_Draft]:
    sentences = _with_tails(setting.text, paragraph.sentences)
    drafts: list[_Draft] = []
    if paragraph.kind in {"blockquote", "post"} and not paragraph.quoted:
        return _block(paragraph, before, earlier, setting)
    if _DASH.match(setting.text, paragraph.span.start, paragraph.span.end):
        drafts = _dialogue(paragraph, setting)
        if drafts:
            return drafts
    for number, tokens in enumerate(sentences):
        here = _in_sentence(paragraph, tokens, number, setting)
        here += _unattributed(
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


def _with_tails(text: str, sentences: Sequence[tuple[Token, ...]]) -> list[tuple[Token, ...]]:
    """The sentences, with "Rell asked." put back behind its "Will you stay?"."""
    found: list[tuple[Token, ...]] = []
    for tokens in sentences:
        if found and found[-1][-1].quoted is not None and tokens[0].quoted is None:
            quoted = found[-1][-1].quoted
            if (
                quoted is not None
                and quoted.closed
                and reports.is_tail(tokens, strict=quoted.inner.of(text).rstrip().endswith("."))
            ):
                found[-1] = (*found[-1], *tokens)
                continue
        found.append(tokens)
    return found


def _in_sentence(
    paragraph: Paragraph,
    tokens: tuple[Token, ...],
    number: int,
    setting: _Setting,
) -> list[_Draft]:
    found = reports.find(tokens, heading=paragraph.kind == "heading")
    drafts = [_drafted(tokens, report, number, setting) for report in found]
    drafts = [draft for draft in drafts if draft.words]
    return drafts or _by_colon_or_dash(tokens, number, setting)


def _drafted(
    tokens: tuple[Token, ...],
    report: Report,
    number: int,
    setting: _Setting,
) -> _Draft:
    cue = Span(tokens[report.cue[0]].start, tokens[report.cue[1] - 1].end)
    words, quoted, plain = _words(setting.text, tokens, report.content, cue)
    speech: Speech = "indirect" if not quoted else "mixed" if plain else "direct"
    return _Draft(
        words,
        speech,
        (cue,),
        report.kind,
        _speakers(tokens, report.subject, setting),
        report.score,
        setting.number,
        number,
        quoted,
    )


def _speakers(
    tokens: tuple[Token, ...],
    subject: phrases.Range | None,
    setting: _Setting,
) -> tuple[Speaker, ...]:
    if subject is None:
        return ()
    return speakers.find(
        tokens,
        subject,
        setting.roster,
        quoting=setting.quoting,
        author=setting.depth == 0,
    )


def _words(
    text: str, tokens: tuple[Token, ...], content: tuple[phrases.Range, ...], cue: Span
) -> tuple[list[Span], list[Span], bool]:
    """The spans of a content, the quotations in it, and whether it has words outside them.

    What is in marks but no speech is a word like others where others stand beside it.
    """
    spans: list[Span] = []
    quoted: list[Span] = []
    plain = False
    for start, end in content:
        run: int | None = None
        for place in range(start, end):
            one = tokens[place].quoted
            if one is None or not marked.is_spoken(text, one, cue.of(text)):
                run = place if run is None and (one is None or end - start > 1) else run
                plain = plain or phrases.is_word(tokens[place])
                continue
            if run is not None:
                spans.append(Span(tokens[run].start, tokens[place - 1].end))
                run = None
            spans.append(one.inner)
            quoted.append(one.outer)
        if run is not None:
            spans.append(Span(tokens[run].start, tokens[end - 1].end))
    return spans, quoted, plain


def _by_colon_or_dash(tokens: tuple[Token, ...], number: int, setting: _Setting) -> list[_Draft]:
    """Rell: "No deal"; "No deal": Rell; "No deal" — Ana Rell."""
    at = [place for place, token in enumerate(tokens) if token.quoted is not None]
    if not at:
        return []
    place = at[0]
    quoted = tokens[place].quoted
    if quoted is None:
        return []
    subject: phrases.Range | None = None
    found = _before_colon(tokens, place, number, setting)
    if found is not None:
        return [found]
    signed = (
        place + 2 < len(tokens) <= place + 2 + _PULL_SPEAKER and tokens[place + 1].text in "—–―-"
    )
    runs_on = place + 1 < len(tokens) and phrases.is_word(tokens[place + 1])
    if 1 < place <= _PULL_SPEAKER and tokens[place - 1].text == ":" and not runs_on:
        subject = (place + 2, len(tokens)) if signed else (0, place - 1)
    elif place == 0 and 2 < len(tokens) <= 2 + _PULL_SPEAKER and tokens[1].text in ":—–―-":  # noqa: PLR2004 - quotation, dash, name
        end = len(tokens) - (tokens[-1].text == ".")
        subject = (2, end) if end > 2 else None  # noqa: PLR2004 - as above
    named: tuple[Speaker, ...] = ()
    if subject is not None and (signed or _is_name(tokens[subject[0] : subject[1]])):
        named = speakers.find(tokens, subject, setting.roster)
    elif not (_opens_headline(tokens) and _count(setting.text, quoted.inner) >= _HEADLINED):
        return []
    return [
        _Draft(
            [quoted.inner], "direct", (), None, named, 0.85, setting.number, number, [quoted.outer]
        )
    ]


def _opens_headline(tokens: Sequence[Token]) -> bool:
    """Whether a quotation and a colon open it: "'We were dreadful': coach after the cup"."""
    return len(tokens) > 2 and tokens[0].quoted is not None and tokens[1].text == ":"  # noqa: PLR2004 - quotation, colon, more


def _before_colon(
    tokens: tuple[Token, ...],
    place: int,
    number: int,
    setting: _Setting,
) -> _Draft | None:
    """Rell had to own it before the cameras: "We lost."."""
    quoted = tokens[place].quoted
    ends = place > 1 and tokens[place - 1].text == ":" and len(tokens) <= place + 2
    if quoted is None or not ends or _count(setting.text, quoted.inner) < _SPEECH:
        return None
    cue: tuple[Span, ...] = ()
    kind: CueKind | None = None
    subject: phrases.Range | None = None
    introduced = reports.introduced(tokens[: place - 1])
    if introduced is not None and introduced[2] is not None:
        (first, end), kind, subject = introduced
        cue = (Span(tokens[first].start, tokens[end - 1].end),)
    else:
        subject = reports.before_colon(tokens, place - 1)
    named = _speakers(tokens, subject, setting)
    if not any(one.who_kind == "person" for one in named):
        return None
    return _Draft(
        [quoted.inner], "direct", cue, kind, named, 0.7, setting.number, number, [quoted.outer]
    )


def _is_name(tokens: Sequence[Token]) -> bool:
    return all(
        phrases.is_name(token)
        or token.lower in {"the", "of", "for", "and", "de", "von", "van", "al"}
        or token.lower in {"minister", "spokeswoman", "spokesman", "union", "ministry"}
        for token in tokens
    ) and any(phrases.is_name(token) for token in tokens)


def _unattributed(  # noqa: PLR0913, PLR0917 - where the sentence stands
    paragraph: Paragraph,
    before: Paragraph | None,
    tokens: tuple[Token, ...],
    number: int,
    earlier: Sequence[_Draft],
    here: Sequence[_Draft],
    setting: _Setting,
) -> list[_Draft]:
    """Quotations of the sentence that no cue of its own accounts for."""
    taken = {span.start for draft in here for span in draft.quoted}
    found: list[_Draft] = []
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
            previous.words.append(one.inner)
            previous.quoted.append(one.outer)
            previous.sentence = number
            continue
        whole = first and alone and len(paragraph.sentences) == 1
        if whole and previous is not None and _goes_on_in(previous, before, setting):
            previous.words.append(one.inner)
            previous.quoted.append(one.outer)
            previous.paragraph, previous.sentence = setting.number, number
            continue
        chained = one in paragraph.chained
        fragment = (
            place > 0 and phrases.is_word(tokens[place - 1]) and _opens_low(setting, one.inner)
        )
        long = _count(setting.text, one.inner) >= _FRAGMENT
        if fragment and long and not here and previous and _carries_on(previous, number, setting):
            previous.words.append(one.inner)
            previous.quoted.append(one.outer)
            previous.sentence = number
            continue
        if chained or (not fragment and _is_speech(setting.text, one.inner, alone=alone)):
            speaker, cue, kind = (
                _beside(before, previous, setting)
                if whole or (chained and number == 0 and first)
                else ((), (), None)
            )
            found.append(
                _Draft(
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


def _opens_low(setting: _Setting, span: Span) -> bool:
    """Whether a quotation begins with a small letter, as part of the sentence around it."""
    return setting.text[span.start : span.start + 1].islower()


def _chain_head(earlier: Sequence[_Draft], number: int) -> _Draft | None:
    """The statement that the first quotation of paragraph `number` goes on with."""
    for draft in reversed(earlier):
        if draft.quoted and draft.paragraph <= number - 1:
            if draft.last or draft.paragraph == number - 1:
                draft.paragraph = number
                return draft
            return None
    return None


def _carries_on(previous: _Draft, number: int, setting: _Setting) -> bool:
    """Whether a quotation standing alone goes on with the one whose sentence came just before."""
    return (
        previous.paragraph == setting.number
        and previous.speech == "direct"
        and number - 1 <= previous.sentence <= number
        and bool(previous.speakers)
    )


def _goes_on_in(previous: _Draft, before: Paragraph | None, setting: _Setting) -> bool:
    """Whether a paragraph that is all quotation goes on with what ends the one before it.

    Nobody else may be named or speak behind that, and an answer is somebody else's.
    """
    if (
        before is None
        or previous.paragraph != setting.number - 1
        or previous.speech != "direct"
        or not previous.speakers
        or not previous.cue
        or previous.sentence != len(_with_tails(setting.text, before.sentences)) - 1
    ):
        return False
    return previous.kind != "asking" and setting.text[previous.words[-1].end - 1] != "?"


def _beside(
    before: Paragraph | None, previous: _Draft | None, setting: _Setting
) -> tuple[tuple[Speaker, ...], tuple[Span, ...], CueKind | None]:
    """The speaker of a paragraph that is all quotation, from the paragraph before it."""
    if before is None:
        return (), (), None
    introduced = _introduction(before, setting)
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


def _introduction(
    before: Paragraph, setting: _Setting
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
    return _speakers(tokens, subject, setting), (span,), kind


def _speaking(before: Paragraph, setting: _Setting) -> Speaker | None:
    """The only person a paragraph without quotations names, if its last sentence has them speak."""
    if before.quoted or not before.sentences or before.kind == "heading":
        return None
    found = reports.introduced(before.sentences[-1])
    if found is None or found[2] is None or len(cues.find(before.sentences[-1])) > 1:
        return None
    names = {who for tokens in before.sentences for who in people.named(tokens, setting.roster)}
    said = _speakers(before.sentences[-1], found[2], setting)
    whos = {one.who or setting.table.of(one.words[0], "") for one in said}
    known = len(said) == 1 and names == whos and names <= setting.roster.attested
    return Speaker((), names.pop(), "person") if known else None


def _block(
    paragraph: Paragraph, before: Paragraph | None, earlier: Sequence[_Draft], setting: _Setting
) -> list[_Draft]:
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
        if 0 < length <= _PULL_SPEAKER and len(tokens) <= 3 * _PULL_SPEAKER:
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
        introduced = _introduction(before, setting)
        if introduced is not None:
            found, cue, kind = introduced
    if end <= span.start:
        return []
    score = 0.85 if found else 0.5
    return [_Draft([Span(span.start, end)], "direct", cue, kind, found, score, setting.number)]


def _dialogue(paragraph: Paragraph, setting: _Setting) -> list[_Draft]:
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
        resumed = re.compile(r"\s*[—–―-]\s+").match(
            text, after if stop >= len(tokens) or tokens[stop].text in ".," else after - 1, span.end
        )
        if resumed and resumed.end() < span.end:
            words.append(Span(resumed.end(), span.end))
        return (
            [
                _Draft(
                    words,
                    "direct",
                    (Span(tokens[cue[0]].start, tokens[cue[1] - 1].end),),
                    kind,
                    _speakers(tokens, subject, setting),
                    0.8,
                    setting.number,
                    0,
                )
            ]
            if words[0].start < words[0].end
            else []
        )
    return []


def _nested(draft: _Draft, text: str, table: Table, depth: int) -> list[_Draft]:
    """What is reported inside a quotation: "He told me, 'Go home'," Rell said."""
    if depth >= _DEEPEST:
        return []
    quoting = draft.speakers[0] if len(draft.speakers) == 1 else Speaker((), None, None)
    setting = _Setting(text, table.roster, table, draft.paragraph, quoting, depth)
    found: list[_Draft] = []
    for span in draft.words if draft.speech == "direct" else _in_marks(draft):
        paragraph = frames.inside(text, span)
        for number, tokens in enumerate(_with_tails(text, paragraph.sentences)):
            here = _in_sentence(paragraph, tokens, number, setting)
            found += [
                one
                for one in here
                if not (len(one.words) == 1 and one.words[0] == span) and not _of_the_speaker(one)
            ]
    return found + [one for inner in found for one in _nested(inner, text, table, depth + 1)]


def _of_the_speaker(draft: _Draft) -> bool:
    """Whether it is only the speaker's own "I think", which is no report."""
    return draft.kind == "mental" and draft.speech == "indirect"


def _is_speech(text: str, span: Span, *, alone: bool) -> bool:
    """Whether a quotation without a cue is speech: long enough, and not shaped like a title."""
    words = _WORD.findall(text, span.start, min(span.end, span.start + 400))
    if len(words) < (_SPEECH if alone else _FRAGMENT):
        return False
    capitals = sum(1 for word in words if word[0].isupper())
    return capitals < len(words) * _TITLE_SHARE


def _count(text: str, span: Span) -> int:
    return len(_WORD.findall(text, span.start, min(span.end, span.start + 400)))


def _only_quotation(tokens: Sequence[Token]) -> bool:
    return any(token.quoted for token in tokens) and not any(map(phrases.is_word, tokens))


def _finished(text: str, drafts: Sequence[_Draft]) -> tuple[Statement, ...]:
    """Sorted, each once, trimmed, and each told which one it lies in."""
    unique: dict[tuple[Span, ...], Statement] = {}
    for draft in drafts:
        trimmed = (_trimmed(text, span) for span in draft.words)
        words = tuple(span for span in trimmed if span.start < span.end)
        if not words or any(left.end > right.start for left, right in pairwise(words)):
            continue
        statement = Statement(
            words,
            draft.speech,
            draft.cue,
            draft.kind,
            draft.speakers,
            None,
            round(draft.score, 2),
            draft.factuality,
        )
        if words not in unique or unique[words].score < statement.score:
            unique[words] = statement
    ordered = sorted(
        unique.values(),
        key=lambda one: (one.words[0].start, -one.words[-1].end, one.words),
    )
    return tuple(
        replace(statement, within=within)
        for statement, within in zip(ordered, _parents(ordered), strict=True)
    )


def _trimmed(text: str, span: Span) -> Span:
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, start + len(words.strip()))


def _parents(statements: Sequence[Statement]) -> list[int | None]:
    """For each statement the innermost one that covers all its words, in one sweep."""
    pieces = sorted(
        (span.start, -span.end, number, place)
        for number, statement in enumerate(statements)
        for place, span in enumerate(statement.words)
    )
    covering: dict[int, list[set[int]]] = {}
    active: list[tuple[int, int]] = []
    for start, negative_end, number, _ in pieces:
        active = [one for one in active if one[0] > start]
        covering.setdefault(number, []).append(
            {other for end, other in active if end >= -negative_end and other != number}
        )
        active.append((-negative_end, number))
    parents: list[int | None] = []
    for number in range(len(statements)):
        common = set.intersection(*covering[number])
        earlier = [other for other in common if other < number]
        parents.append(
            min(earlier, key=lambda other: (_extent(statements[other]), -other), default=None)
        )
    return parents


def _extent(statement: Statement) -> int:
    return sum(span.end - span.start for span in statement.words)
