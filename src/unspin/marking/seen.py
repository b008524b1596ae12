"""Statements as the encoder sees them, told by the rules what kind of speech and whose they are.

In: the attributions of `unspin.model` and the paragraphs. Out: what the rules for statements take
up beside their own. The encoder is the better judge of what is reported at all and of where it
begins and ends; quotation marks, names and pronouns are for the rules.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from unspin.marking import cues, frames, lexicon, marked, people, phrases, speakers
from unspin.marking.frames import Paragraph, Token
from unspin.marking.people import Roster
from unspin.model.signals import Attribution
from unspin.text import Quoted, meet
from unspin.types import CueKind, Factuality, Span, Speaker, Speech

# a cue that names who was spoken to, not who spoke
_TOLD = re.compile(
    r"\b(?:am|is|are|was|were|been|being|be)\s+(?:\w+ly\s+)?"
    r"(?:told|informed|assured|warned|asked|reminded|advised|notified)\b(?!\s+by\b)",
    re.IGNORECASE,
)
_SAID_TO = re.compile(  # of whom others say something
    r"\b(?:is|are|was|were|been|be)\s+(?:\w+\s+)?"
    r"(?:said|reported|believed|thought|understood|alleged|rumou?red|claimed|considered)\s*\Z",
    re.IGNORECASE,
)
_WEAK = 0.5  # up to this score "backed the plan" is what somebody did, not what they said
_SHORT_NAME = 3  # words of a name that nothing else shows to be one
_ABOUT = frozenset({"of", "about", "to", "on"})  # last words of a cue that names a topic
_CLAUSE = frozenset({"that", "to", "whether", "how", "why", "what"})  # openings of one
_RELATIVE = frozenset({"what", "which", "who", "that"})
_ASKING = frozenset({"what", "who", "whom", "where", "when", "why", "how", "which"})
_JOINED = re.compile(r"(?:\b(?:and|or|nor|with)|&)\s*\Z", re.IGNORECASE)
_GOVERNED = re.compile(
    r"\b(?:in|at|of|for|from|before|during|against|on|to|about|after|near|by|like|including|than"
    r"|inside|outside|over|under|through|into)\s+\Z",
    re.IGNORECASE,
)
_ADDING = re.compile(r"\w+ing\b")
_TELLING_OF = frozenset(
    """of about with hear hears heard hearing see sees saw seen shows showed showing quotes quoted
    quoting recalls recalled remembers remembered recorded""".split()
)  # before a name and what its bearer says
_GOVERNOR = 16  # characters in which a preposition before a source is looked for
_LISTED = re.compile(  # between quotations of one list
    r",?\s+(?:(?:and|or|nor)\s+)?(?:(?:an?|the|as)\s+)?", re.IGNORECASE
)
_APOSTROPHES = frozenset("'’")
_ARTICLES = frozenset({"the", "a", "an"})
_DATELINE = re.compile(
    r"(?:[^\W\d_][^\n()]{0,40}\([^\n()]{1,40}\)\s+[-‐‑–—―]{1,2}\s+(?=\S)"
    r"|[A-Z][A-Z.'’ -]{2,24}(?:, [A-Z][\w. ]{1,24})?\s+[-‐‑–—―]{1,2}\s+(?=[^\W\d_a-z]|[\"“])"
    r"(?![^\n]{0,160}?\s[-‐‑–—―]{1,2}(?:\s|\Z)))"  # "UNICEF — Lodden's own — said"
)
_CLAUSED = re.compile(
    r"\b(?:after|as|when|because|while|before|since|though|although|if)\s+(?P<who>he|she|they)\b"
    r"[^,;:.\n\"“”]*\Z"
)
_VERBAL = ("ed", "ing")  # "the managers prosecuting Rell said"
_WORD = re.compile(r"\w+")
_LETTER = re.compile(r"[^\W\d_]")
_SEAM = re.compile(r"[\s,.()‐‑–—-]{0,4}")
_HYPHENS = frozenset("-‐‑")
_LEFT = re.compile(  # that more was to follow
    r"(?:[\s,]+(?:who|which|and|but|or|as|while|because|although|though)|\s*[—–-])+\Z"
)
_OPENING = _ARTICLES | frozenset("his her their its our my your".split())  # a noun
_SHORT = 6  # letters that the longest of these has, and one more
_BEHIND = re.compile(r"[ ]([\w’'-]+)")
_CLOSING = re.compile(r"[^\s()]{0,4}\)")
_NOUN = 4  # words of a noun and what stands before it
_EDGE = frozenset(" \t\r\n\u00a0,;:")


@dataclass(frozen=True, slots=True)
class Seen:
    """One attribution in the words of the rules."""

    words: tuple[Span, ...]  # cut at quotation marks, which they leave out
    quoted: frozenset[Span]  # of `words`, those that stand between marks
    cue: tuple[Span, ...]
    kind: CueKind | None
    speakers: tuple[Speaker, ...]
    score: float
    factuality: Factuality

    @property
    def speech(self) -> Speech:
        """Whether all of the words are quoted, some, or none."""
        if not self.quoted:
            return "indirect"
        return "mixed" if self.quoted < {*self.words} else "direct"


def find(
    text: str, attributions: Sequence[Attribution], paragraphs: Sequence[Paragraph], roster: Roster
) -> tuple[Seen, ...]:
    """What the encoder sees, in its order; an attribution without words is left out."""
    starts = [paragraph.span.start for paragraph in paragraphs]
    found = []
    for one in attributions:
        cue = tuple(_bare(text, span) for span in one.cue)
        if all(span.of(text) in _APOSTROPHES or span.of(text) == "By" for span in cue):
            continue  # of "we've"; of a byline
        tokens = _sentence(cue[0], paragraphs, starts)
        sentence = Span(tokens[0].start, tokens[-1].end) if tokens else None
        verb = " ".join(span.of(text) for span in cue)
        alone = not _LETTER.search(verb)
        home = next((each.span for each in _paragraphs(cue[0], paragraphs, starts)), None)
        content = one.content
        if alone and home and content and content[0].start < cue[0].start:
            # a dash and a name sign what stands above them, not what stands below
            content = tuple(span for span in content if span.start < home.end)
        words, quoted = _words(text, content, sentence, paragraphs, starts, verb)
        words = _without_topic(text, words, quoted, cue[-1])
        words = tuple(span for span in words if not _is_asked(text, span, tokens))
        if words:
            source = _named_once(text, _beside(one.source, sentence))
            source = [
                span
                for span in source
                if not _is_nobody(text, span)
                and (not home or _can_speak(text, span, home, cue[0], alone=alone))
            ]
            source = _of_the_cue(text, _without_hearer(text, source, cue[-1]), cue)
            source = _in_its_clause(text, source, cue[0])
            source = _told_of(source, cue[0], tokens, roster)
            source = _in_its_sentence(source, cue[0], tokens, roster)
            source = _filled(text, source, cue[0], tokens)
            told = any(_TOLD.search(span.of(text)) for span in cue) or (
                _SAID_TO.search(verb) is not None and words[0].of(text).startswith("to ")
            )
            named = () if told else _speakers(source, cue, paragraphs, starts, roster)
            named = tuple(_owning(text, speaker, cue[0]) for speaker in named)
            if alone:
                named = tuple(_doubted(speaker, roster) for speaker in named)
                if not any(map(_is_somebody, named)):
                    continue  # a label before a colon: "Photos", "The Latest"
            held = _factuality(tokens, cue)
            phrase = lexicon.cues().get(tuple(verb.lower().split())) if " " in verb else None
            kind = phrase.kind if phrase else one.cue_kind  # "ruled" asserts, "ruled out" does not
            seen = Seen(words, quoted, cue, kind, named, one.score, held)
            if quoted or one.score >= _WEAK or marked.is_saying(verb) or not _does(text, seen):
                found.append(seen)
    return _told_once(found)


def distance(span: Span, cue: Sequence[Span]) -> int:
    """How many characters lie between a stretch of text and the nearest piece of a cue."""
    return min(max(0, one.start - span.end, span.start - one.end) for one in cue)


def _told_once(found: Sequence[Seen]) -> tuple[Seen, ...]:
    """The statements, no words in two of them unless one lies in the other.

    Of statements side by side the one whose cue is nearest has the words.
    """
    holders: dict[Span, list[int]] = {}
    for number, one in enumerate(found):
        for span in one.words:
            holders.setdefault(span, []).append(number)
    lost: dict[int, set[Span]] = {}
    for span, numbers in holders.items():
        if len(numbers) < 2:  # noqa: PLR2004 - shared by two
            continue
        nearest = min(numbers, key=lambda number: distance(span, found[number].cue))
        for number in numbers:
            if number != nearest and not _nests(found[number], found[nearest]):
                lost.setdefault(number, set()).add(span)
    kept = []
    for number, one in enumerate(found):
        words = tuple(span for span in one.words if span not in lost.get(number, ()))
        if words:
            kept.append(replace(one, words=words, quoted=one.quoted & {*words}))
    return tuple(kept)


def _nests(one: Seen, other: Seen) -> bool:
    """Whether one of two statements is told within the other."""
    return any(
        cue.overlaps(span)
        for inner, outer in ((one, other), (other, one))
        for cue in inner.cue
        for span in outer.words
    )


def _named_once(text: str, source: Sequence[Span]) -> list[Span]:
    """The spans of a source, those made one that only a hyphen or a comma keeps apart."""
    found: list[Span] = []
    for span in source:
        if found and _SEAM.fullmatch(text, found[-1].end, span.start):
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return [_bare(text, span) for span in found]


def _is_nobody(text: str, source: Span) -> bool:
    """Whether a source is only an article, or what pages set before a link: "READ MORE"."""
    words = _WORD.findall(source.of(text))
    set_off = len(words) > 1 or source.of(text).isupper()  # no "video" that shows something
    kinds = (_ARTICLES, lexicon.grammar("label") if set_off else frozenset[str]())
    return any(all(word.lower() in kind for word in words) for kind in kinds)


def _can_speak(text: str, source: Span, home: Span, cue: Span, *, alone: bool) -> bool:
    """Whether a source stands where one is read: in the paragraph of its cue, or before it.

    A dateline before the cue is none. A mere dash or colon is `alone` with its paragraph: the name
    before it is of another quotation.
    """
    dateline = _DATELINE.match(text, home.start, min(home.end, cue.start))
    placed = dateline is not None and home.start <= source.start and source.end <= dateline.end()
    return source.start < home.end and not placed and (not alone or source.start >= home.start)


def _without_hearer(text: str, source: Sequence[Span], cue: Span) -> list[Span]:
    """The source without whoever was told: "sources told the Courier" has one speaker."""
    last = cue.of(text).lower().split()[-1:]
    word = lexicon.cues().get(tuple(last))
    if word is None or "hearer" not in word.follows or all(span.start > cue.end for span in source):
        return list(source)
    return [span for span in source if span.start < cue.start or span.start > cue.end + 1]


def _of_the_cue(text: str, source: Sequence[Span], cue: Sequence[Span]) -> list[Span]:
    """Those of several sources that speak, where others do something else in the sentence.

    It is whoever no preposition governs, the nearest to the cue, or the first for an "adding".
    """
    groups: list[list[Span]] = []
    for span in sorted(source):
        if groups and not _acts(text[groups[-1][-1].end : span.start]):
            groups[-1].append(span)
        else:
            groups.append([span])
    free = [
        group
        for group in groups
        if any(one.end <= group[0].start <= one.end + 1 for one in cue)
        or not _GOVERNED.search(text[: group[0].start][-_GOVERNOR:])
    ]
    if len(free) < 2 or _ADDING.match(text, cue[0].start):  # noqa: PLR2004 - nobody else
        return (free or groups or [[]])[0]
    return min(free, key=lambda group: distance(group[0], cue))


def _in_its_clause(text: str, source: list[Span], cue: Span) -> list[Span]:
    """The source, or whom the cue's clause begins with: "Rell left after she had denied it"."""
    if source and source[-1].end < cue.start - 1:
        clause = _CLAUSED.search(text, source[-1].end, cue.start)
        return [Span(*clause.span("who"))] if clause else source
    return source


def _told_of(source: list[Span], cue: Span, tokens: Sequence[Token], roster: Roster) -> list[Span]:
    """The source, or whom others tell of as speaking: "Rell told of Orlan yelling"."""
    place = next((at for at, one in enumerate(tokens) if one.start == cue.start), 0)
    if not (source and place and _ADDING.fullmatch(tokens[place].lower)):
        return source
    for (start, end), who in people.mentions(tokens, roster):
        before = tokens[start - 1].lower if start else ""
        bearers = roster.people.get(people.surname(who), ())
        if end == place and before in _TELLING_OF and (bearers or who in roster.attested):
            return [Span(tokens[start].start, tokens[end - 1].end)]
    return source


def _in_its_sentence(
    source: list[Span], cue: Span, tokens: Sequence[Token], roster: Roster
) -> list[Span]:
    """The source, or whom the sentence begins with: "The sum grew. Rell denied it and said".

    Only where the source stands before that sentence and the cue goes on from another verb.
    """
    if not tokens or not source or source[-1].end > tokens[0].start:
        return source
    before = [token.lower for token in tokens if token.start < cue.start]
    led = [run for run, _ in people.mentions(tokens, roster) if run[0] == 0]
    if led and before[-1:] == ["and"] and lexicon.grammar("pronoun").isdisjoint(before):
        return [Span(tokens[0].start, tokens[led[0][1] - 1].end)]
    return source


def _filled(text: str, source: Sequence[Span], cue: Span, tokens: Sequence[Token]) -> list[Span]:
    """The source without a dateline, and a title alone grown to the name it opens.

    An article alone is left out beside another speaker or before an "adding".
    """
    found = []
    for span in source:
        if not _LETTER.search(text, span.start, span.end):
            continue
        dateline = _DATELINE.match(text, span.start, max(span.end, cue.start))
        start = dateline.end() if dateline and dateline.end() < span.end else span.start
        place = next(
            (
                place
                for place, one in enumerate(tokens)
                if one.start == start and one.end == span.end
            ),
            None,
        )
        phrase: phrases.Range | None = None
        if place is not None and tokens[place].lower in _ARTICLES:
            if len(source) > 1 or _ADDING.match(text, cue.start):
                continue
        elif place is not None and _opens_name(tokens, place):
            phrase = phrases.after(tokens, place, apposition=False)
        found.append(Span(start, tokens[phrase[1] - 1].end if phrase else span.end))
    return found


def _opens_name(tokens: Sequence[Token], place: int) -> bool:
    """Whether a title stands at `place` and a name behind it: "Gov. Rell"."""
    following = tokens[place + 1 : place + 2]
    return people.is_title(tokens[place]) and any(map(phrases.is_name, following))


def _acts(words: str) -> bool:
    """Whether there is a verb in what stands between two sources: "Rell said Orlan told"."""
    lowers = _WORD.findall(words.lower())
    return not _JOINED.search(words) and any(
        word in lexicon.grammar("verb") or (word,) in lexicon.cues() or word.endswith(_VERBAL)
        for word in lowers
    )


def _owning(text: str, speaker: Speaker, cue: Span) -> Speaker:
    """The speaker of "Rell's claim"; in "Rell's aides claim" somebody else speaks."""
    source = speaker.words[0]
    owner = source.of(text)
    owns = people.without_possessive(owner) == owner or cue.start == source.end + 1
    return speaker if owns else replace(speaker, who=None, who_kind=None)


def _doubted(speaker: Speaker, roster: Roster) -> Speaker:
    """The speaker of a mere colon or dash: one word there can be a place or a topic."""
    who = speaker.who or ""
    sure = " " in who or who in roster.attested or who in roster.titled
    return speaker if sure else replace(speaker, who=None)


def _does(text: str, one: Seen) -> bool:
    """Whether a cue is one verb with a mere object, not a clause: "backed the plan"."""
    opening = one.words[0].of(text).split()[0].lower()
    return len(one.cue) == 1 and " " not in one.cue[0].of(text) and opening not in _CLAUSE


def _without_topic(
    text: str, words: tuple[Span, ...], quoted: frozenset[Span], cue: Span
) -> tuple[Span, ...]:
    """The words without what they are about: "the port" of "said of the port, “It is shut.”"."""
    if not quoted or _ABOUT.isdisjoint(cue.of(text).lower().split()[-1:]):
        return words
    kept = []
    for place, span in enumerate(words):
        after = text[span.end : words[place + 1].start] if place + 1 < len(words) else ","
        behind = not text[cue.end : span.start].strip() and span.start >= cue.end
        if span in quoted or not behind or not after.strip().startswith((",", ":")):
            kept.append(span)
    return tuple(kept)


def _is_asked(text: str, piece: Span, tokens: Sequence[Token]) -> bool:
    """Whether a piece is what a question asks for, or its label: "Q: What did Rell say?"."""
    asks = bool(tokens) and tokens[-1].text == "?" and tokens[-1].quoted is None
    return asks and (piece.of(text).lower() in _ASKING or len(piece.of(text)) == 1)


def _is_somebody(speaker: Speaker) -> bool:
    """Whether what stands before a mere colon or dash can be a speaker."""
    return speaker.who_kind is not None or 0 < len((speaker.who or "").split()) <= _SHORT_NAME


def _factuality(tokens: Sequence[Token], cue: Sequence[Span]) -> Factuality:
    places = [
        place
        for place, token in enumerate(tokens)
        if token.quoted is None
        and any(token.start < span.end and span.start < token.end for span in cue)
    ]
    return cues.factuality(tokens, places[0], places[-1] + 1) if places else "said"


def _words(  # noqa: PLR0913, PLR0917 - what is said, and all it stands in
    text: str,
    content: Sequence[Span],
    sentence: Span | None,
    paragraphs: Sequence[Paragraph],
    starts: Sequence[int],
    cue: str,
) -> tuple[tuple[Span, ...], frozenset[Span]]:
    """The words, and those of them that stand between marks.

    Words of the outlet's own belong to it only in the sentence of the cue, where any do. A
    quotation is in it whole, or not at all where less than half of it is. Words set in marks for
    another reason are not cut out.
    """
    quoted: list[Span] = []
    plain: list[Span] = []
    introduces = sentence is not None and text[sentence.end - 1] == ":" and marked.quotes(cue)
    for span in content:
        for paragraph in _paragraphs(span, paragraphs, starts):
            dateline = _DATELINE.match(text, paragraph.span.start, paragraph.span.end)
            begin = max(span.start, dateline.end() if dateline else paragraph.span.start)
            if begin >= span.end:
                continue
            below = sentence is not None and paragraph.span.start >= sentence.end
            if introduces and below and not paragraph.quoted:
                quoted.append(paragraph.span)  # set off as a block, without marks
                continue
            part, marks = _whole(
                text,
                Span(begin, min(span.end, paragraph.span.end)),
                [pair for pair in paragraph.quoted if pair.outer.end > span.start],
                cue,
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
    if sentence and introduces and quoted:
        plain = []
    elif sentence:
        here = [
            _bare(text, Span(max(one.start, sentence.start), min(one.end, sentence.end)))
            for one in plain
            if one.overlaps(sentence)
        ]
        plain = here if here or quoted else plain
    words = sorted({*quoted, *plain})
    if quoted and words[-1] not in quoted and _links(text, words[-1]):
        words.pop()
    return tuple(_whole_ends(text, words, quoted)), frozenset(quoted)


def _links(text: str, piece: Span) -> bool:
    """Whether a piece is no more than what leads on to a clause, as "as" is."""
    closed = lexicon.grammar("boundary") | lexicon.grammar("preposition")
    return all(word in closed for word in _WORD.findall(piece.of(text).lower()))


def _whole_ends(text: str, words: Sequence[Span], quoted: Collection[Span]) -> Iterator[Span]:
    """The words, those of the outlet's own with the noun that their last determiner is of."""
    for place, piece in enumerate(words):
        if piece in quoted:
            yield piece
        elif place + 1 == len(words):
            yield _ended(text, piece)
        else:
            end = _noun_end(text, piece.end) if _ends_open(text, piece) else piece.end
            yield _bare(text, Span(piece.start, min(end, words[place + 1].start)))


def _ended(text: str, piece: Span) -> Span:
    """The last of the words, whole where a hyphen cuts it, without a dash or "who" behind it.

    A bracket that opens in it is closed or left out, and a determiner has its noun: "his mind".
    """
    if text[piece.end - 1] in _HYPHENS and (rest := _WORD.match(text, piece.end)):
        return Span(piece.start, rest.end())
    opened = text.rfind("(", piece.start, piece.end)
    if opened > text.rfind(")", piece.start, piece.end):
        closed = _CLOSING.match(text, piece.end)
        bare = _bare(text, Span(piece.start, closed.end() if closed else opened))
        return bare if bare.start < bare.end else piece
    if _ends_open(text, piece):
        return Span(piece.start, _noun_end(text, piece.end))
    kept = _LEFT.search(text, piece.start, piece.end)
    return Span(piece.start, kept.start()) if kept and kept.start() > piece.start else piece


def _ends_open(text: str, piece: Span) -> bool:
    """Whether a piece ends with a determiner."""
    tail = text[max(piece.start, piece.end - _SHORT) : piece.end]
    return tail.rpartition(" ")[2].lower() in _OPENING


def _noun_end(text: str, end: int) -> int:
    """Where the noun ends that a determiner before `end` is of; `end` where none follows."""
    kinds = ("boundary", "preposition", "verb", "time")
    closed = frozenset[str]().union(*map(lexicon.grammar, kinds))
    for _ in range(_NOUN):
        word = _BEHIND.match(text, end)
        if word is None or (low := word[1].lower()) in closed or (low,) in lexicon.cues():
            break
        end = word.end()
    return end


def _whole(text: str, part: Span, pairs: Sequence[Quoted], cue: str) -> tuple[Span, list[Quoted]]:
    """A piece of content with whole quotations, and those in it that are spoken.

    It is widened to a quotation it begins, has half of, runs into or has one side of a list of;
    one that it has less of is cut off.
    """
    start, end = part.start, part.end
    marks: list[Quoted] = []
    for pair in pairs:
        inner = pair.inner
        goes_on = inner.start >= end and (
            (text[end - 1].isalnum() and text[end : pair.outer.start].isspace())
            or (bool(marks) and _is_next(text, marks[-1], pair, end))
        )
        if pair.outer.start >= end and not goes_on:
            break
        if not marked.is_spoken(text, pair, cue):
            continue
        marks.append(pair)
        if goes_on or start <= inner.start < end < inner.end:
            end = inner.end
        elif inner.start < start < inner.end < end:
            half = 2 * (inner.end - start) >= inner.end - inner.start
            start = inner.start if half else min(pair.outer.end, end)
    return Span(start, max(start, end)), marks


def _is_next(text: str, last: Quoted, pair: Quoted, end: int) -> bool:
    """Whether a list goes on with a quotation behind the last that content up to `end` has.

    The content ends with that one, or in what stands between both.
    """
    reached = last.inner.end in {end, end - 1} or bool(text[last.outer.end : end].strip())
    return reached and _LISTED.fullmatch(text, last.outer.end, pair.outer.start) is not None


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
    source: Sequence[Span],
    cue: Sequence[Span],
    paragraphs: Sequence[Paragraph],
    starts: Sequence[int],
    roster: Roster,
) -> tuple[Speaker, ...]:
    found: list[Speaker] = []
    for span in source:
        named: tuple[Speaker, ...] = ()
        for paragraph in _paragraphs(span, paragraphs, starts):
            row = frames.row(paragraph, span.start)
            if row is not None:
                named = _named(paragraph.sentences[row], span, cue, roster)
        found += named or (Speaker((span,), None, None),)
    return tuple(found)


def _goes_on(tokens: Sequence[Token], place: int) -> bool:
    """Whether a noun for a speaker follows: "the Galdovian" of "the Galdovian pope"."""
    while place < len(tokens) and tokens[place].text == "then":
        place += 1  # "Rell then said" goes on with no noun, "the Galdovian then minister" does
    if place >= len(tokens) or tokens[place].quoted is not None:
        return False
    word = tokens[place].text
    return word.islower() and word in lexicon.titles() | lexicon.sources("unnamed")


def _name_end(tokens: Sequence[Token], end: int, cue: Sequence[Span]) -> int:
    """Where a name that goes on at `end` ends: behind "Rell" of "Galdovian President Rell"."""
    while end < len(tokens) and tokens[end].quoted is None:
        before, word = tokens[end - 1], tokens[end]
        if (
            meet([Span(word.start, word.end)], cue)
            or word.start != before.end + 1
            or not (before.text[0].isupper() and word.text[0].isupper())
        ):
            break
        end += 1
    return end


def _named(
    tokens: Sequence[Token], span: Span, cue: Sequence[Span], roster: Roster
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
    core = phrases.core(tokens, phrase)
    ends = core[1] if core[1] < phrase[1] else len(tokens)
    in_marks = any(token.quoted and token.start < span.end for token in tokens[core[0] : ends])
    if in_marks or _goes_on(tokens, phrase[1]):
        return (Speaker((span,), None, None),)  # marks in it, or more of it: no name of its own
    found = speakers.find(tokens, phrase, roster)
    if len(found) != 1:
        return found
    (named,) = found
    headline = tokens[0].start in roster.headlines
    end = phrase[1] if headline else _name_end(tokens, phrase[1], cue)
    if named.who_kind != "person" and end != phrase[1]:
        whole = speakers.find(tokens, (phrase[0], end), roster)[:1]
        named = whole[0] if whole and whole[0].who is not None else named
    return (Speaker((span,), named.who, named.who_kind),)  # the encoder's words, the rules' name
