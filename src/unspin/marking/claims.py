"""Claims: sentences and clauses that somebody could check, and what kind of claim each is.

In: a document, its statements, voices, figures and dates, and how its sentences read to the
encoder. Out: claims in order, one a sentence at most, each in one voice.

How worth checking a claim is, is the encoder's to say. Which part of the sentence it is made in,
and of what kind it is, is told by the statements, figures, dates and words in it.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from unspin.marking import lexicon
from unspin.marking.voices import stretches
from unspin.model.signals import Sentence
from unspin.types import (
    Claim,
    ClaimKind,
    Document,
    Figure,
    Span,
    Statement,
    TimeExpression,
    Voice,
    Voicing,
)

WORTH = 0.5  # a calibrated chance: from here on checking is likelier wanted than not
_ARGUED = 0.85  # a sentence that judges as surely as this says nothing to check, unless it counts
_SHORTEST = 4  # words of a claim
_FIGURE = 5  # words that a figure is worth, when the parts of a sentence are weighed

_WORD = re.compile(r"[^\W_]+(?:[-‐‑'’.,][^\W_]+)*")
_VERBAL = re.compile(
    r"\w\wed$|['’](?:ll|ve|re|d|m)$|n['’]t$|^(?:it|he|she|that|there|who|what)['’]s$"
)
_PAIRS = (("(", ")"), ("[", "]"), ("“", "”"), ("‘", "’"), ("«", "»"))
_SIGN = re.compile(r"[^\w\s\"'“”‘’«»„()\[\],;:—–]")
_PAST = frozenset(
    """was were had did rose fell grew cost hit cut put let sent spent built bought sold paid kept
    told gave saw shot struck sank hurt spread stood ran drove wrote found brought broke chose
    fought fled led lost won left went came made took got became began met held said""".split()
)
_PRESENT = frozenset(
    """makes takes gets gives comes goes needs wants has keeps shows means costs owns runs faces
    remains includes holds lives works wins loses pays rises falls supports opposes""".split()
)
_TIMES = frozenset("second minute hour day week month year decade century".split())
_WHEN = frozenset("past last next previous recent coming".split())
_FINITE = frozenset("is are was were has have had will would can could may might must does".split())
_RELATIVE = frozenset("who whom whose which that what why how where when whether if".split())
_WITHIN = frozenset(
    """in with for of by at on from into through him them me us her despite where who whom as
    being having doing making allowing is are was were be been has have had will would""".split()
)
_LEADING = frozenset("that and but or so yet because which who whether if".split())
_PROMISE = re.compile(
    r"\b(?:i|we)(?:\s+\w+ly|\s+also|\s+never|\s+always)?"
    r"(?:\s+(?:will|shall|won['’]t|intend\s+to|are\s+going\s+to|am\s+going\s+to)|['’]ll)\b"
    r"|\b(?:promis|pledg|vow|guarantee)(?:e|es|ed|d|s|ing)?\b"
    r"|\b(?:commits?|committing|ha(?:s|ve|d)\s+committed)\s+to\b"
    r"|\bcommit(?:s|ted|ting)?\s+(?:\w+sel(?:f|ves)\s+to\b|to\s+\w+ing\b)"
    r"|\b(?:undertakes?|undertook)\s+to\b|\bgave\s+(?:his|her|its|their)\s+word\b",
    re.IGNORECASE,
)
_AHEAD = re.compile(r"\b(?:will|would|shall|to)\b|['’]ll\b", re.IGNORECASE)
_PREDICTION = re.compile(
    r"(?<!\bthe )(?<!\ba )(?<!\bof )\bwill\b(?!\s+of\b)|\bwon['’]t\b|\w['’]ll\b|\bshall\b"
    r"|\b(?:is|are|was|were|be)\s+(?:\w+ly\s+)?"
    r"(?:expected|projected|forecast|predicted|likely|unlikely|set|bound|about|going)\s+to\b"
    r"|\b(?:is|are)\s+due\s+to\s+(?!(?:the|a|an|its|his|her|their)\b)"
    r"|\b(?:expects|predicts?|predicted|anticipates?)\b"
    r"|\bcould\s+(?:soon|eventually|yet)\b|\bby\s+20[3-9]\d\b",
    re.IGNORECASE,
)
_LATER = re.compile(r"\bwould\b(?!\s+(?:have|not\s+have|like|rather)\b)", re.IGNORECASE)
_CAUSE = re.compile(
    r"\b(?:because|caus(?:e|es|ed|ing)|due\s+to|owing\s+to|thanks\s+to|as\s+a\s+result|"
    r"result(?:s|ed|ing)?\s+(?:in|from)|led\s+to|leads\s+to|leading\s+to|lead\s+to|"
    r"(?:triggered|sparked|prompted|brought\s+about|driven|fuelled|fueled)\s+(?:by|a|an|the)|"
    r"responsible\s+for|blamed?\s+(?:on|for)|blames|attributed\s+to|stems?\s+from|stemmed\s+from|"
    r"therefore|consequently|contribut(?:es|ed|ing)\s+to|so\s+that)\b",
    re.IGNORECASE,
)
_COMPARISON = re.compile(
    r"\b(?:more|less|fewer|higher|lower|larger|bigger|smaller|greater|better|worse|faster|slower|"
    r"longer|shorter|older|younger|richer|poorer|cheaper|stronger|weaker|earlier|later)\b[^.;:]{0,60}?\bthan\b(?!\s+[$€£]?\d)(?!\s+(?:an?|one|two|three|half|hundreds?|"
    r"thousands?|dozens?)\b)"
    r"|\bcompared?\s+(?:with|to)\b|\bas\s+(?:many|much|often|high|low|likely|large|big|few)\b"
    r"[^.;:]{1,60}?\bas\b|\b(?:twice|double|triple|times)\s+(?:as|the|that|what)\b"
    r"|\bhalf\s+(?:as|that|what|the\s+(?:size|price|cost|rate|level|number|average|length|speed))\b"
    r"|\b(?:unlike|outnumber(?:s|ed)?|exceed(?:s|ed)?|surpass(?:es|ed)?|outpaced?)\b"
    r"|(?<!\bof )\bthe\s+"
    r"(?:(?:second|third|fourth|fifth|world['’]s|country['’]s|nation['’]s)[\s-]+)?"
    r"(?:most|least|highest|lowest|largest|biggest|smallest|worst|best|fastest|slowest|longest|"
    r"shortest|oldest|youngest|richest|poorest|deadliest|strongest|weakest|fewest)\b"
    r"(?!\s+(?:of\s+)?(?:them|us|it)\b)"
    r"|\b(?:highest|lowest|worst|best|biggest|largest|deadliest)\b[^.;:]{0,40}?\b"
    r"(?:since|ever|in\s+(?:the\s+)?(?:history|years|decades|world|country))\b",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"\b(?:accus(?:es|ed|ing)|den(?:ies|ied|ying)|admit(?:s|ted|ting)|alleg(?:es|ed|ing)|"
    r"claim(?:s|ed|ing)|criticis(?:es|ed|ing)|criticiz(?:es|ed|ing)|condemn(?:s|ed|ing)|"
    r"prais(?:es|ed|ing)|endors(?:es|ed|ing)|called\s+(?:for|on)|calls\s+(?:for|on)|urg(?:es|ed|ing)|"
    r"warn(?:s|ed|ing)|told|said|says|testif(?:ies|ied)|confirm(?:s|ed|ing)|wrote|tweeted|"
    r"according\s+to|announc(?:es|ed|ing)|acknowledg(?:es|ed|ing)|conced(?:es|ed|ing)|"
    r"reject(?:s|ed)\s+(?:the\s+)?(?:claim|accusation|charge|report|suggestion)s?)\b",
    re.IGNORECASE,
)

_CREDIT = re.compile(  # who else worked on the article, and whose it is
    r"\bcontributed\s+(?:to\s+(?:this|the)\s+(?:report|story|article)|reporting|research)\b"
    r"|\b(?:posted|published|printed|reprinted|republished)\s+with\s+(?:the\s+)?permission\b"
    r"|\((?:additional\s+)?(?:reporting|writing|editing)\s+by\b",
    re.IGNORECASE,
)
_ONE_OF = re.compile(r"one[ ]of\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Page:
    """What the sentences of one document are read with."""

    text: str
    statements: Sequence[Statement]
    voices: Sequence[Voice]
    figures: tuple[Span, ...]
    later: tuple[Span, ...]  # dates that lie after the day of publication
    cues: tuple[Span, ...]


def find(  # noqa: PLR0913 - the marks a claim is read with
    document: Document,
    statements: Sequence[Statement],
    voices: Sequence[Voice],
    figures: Sequence[Figure],
    dates: Sequence[TimeExpression],
    *,
    sentences: Sequence[Sentence],
) -> tuple[Claim, ...]:
    """The claims of the text in order; without sentences the encoder has read there are none."""
    page = _Page(
        document.text,
        statements,
        stretches(document.text, voices),
        tuple(one.span for one in figures if _counts(document.text, one)),
        tuple(one.span for one in dates if _is_later(one, document)),
        tuple(sorted(span for one in statements for span in one.cue)),
    )
    return tuple(_claims(page, sentences))


def _claims(page: _Page, sentences: Sequence[Sentence]) -> Iterator[Claim]:
    for one in sentences:
        worth = one.checkworthy >= WORTH
        if not worth or _CREDIT.search(page.text, one.span.start, one.span.end):
            continue
        parts = list(_parts(page, one.span))
        if not parts:
            continue
        _, part, voice = max(parts, key=lambda part: (part[0], -part[1].start))
        if one.opinion < _ARGUED or _inside(page.figures, part):
            yield Claim(part, _kind(page, part, voice), one.checkworthy, voice)


def _parts(page: _Page, sentence: Span) -> Iterator[tuple[int, Span, Voicing]]:
    """The parts of a sentence that lie in one voice each, and how much is in them to check.

    Words that lead up to a statement ("Rell told the inquiry on Monday that …") or follow one are
    no claim of their own beside it, and what a statement says is one only where it is a clause.
    """
    parts = list(_stretched(page, sentence))
    for place, (words, voice) in enumerate(parts):
        leads = place + 1 < len(parts) and _is_in(page, parts[place + 1][1], voice)
        trails = place > 0 and not isinstance(voice, int)
        if len(words) < _SHORTEST or leads or trails:
            continue
        span = _closed(page.text, Span(words[0].start(), words[-1].end()), sentence)
        counts = len(_inside(page.figures, span))
        if page.text[span.end - 1] != "?" and (len(parts) == 1 or _is_clause(words, counts)):
            yield len(words) + _FIGURE * counts, span, voice


def _stretched(page: _Page, sentence: Span) -> Iterator[tuple[Sequence[re.Match[str]], Voicing]]:
    """The words of a sentence by voice, without those that only join a clause to another."""
    place = max(0, bisect_right(page.voices, sentence.start, key=lambda it: it.span.start) - 1)
    while place < len(page.voices) and page.voices[place].span.start < sentence.end:
        voice = page.voices[place]
        start = max(voice.span.start, sentence.start)
        words = [*_WORD.finditer(page.text, start, min(voice.span.end, sentence.end))]
        while words and start > sentence.start and words[0].group().lower() in _LEADING:
            words = words[1:]
        if words:
            yield words, voice.voice
        place += 1


def _is_in(page: _Page, inner: Voicing, outer: Voicing) -> bool:
    """Whether what is said in `inner` is told in `outer`."""
    if not isinstance(inner, int) or inner == outer:
        return False
    within = page.statements[inner].within
    return within is None or within == outer


def _is_clause(words: Sequence[re.Match[str]], counts: int) -> bool:
    """Whether words have a subject and a verb before any relative clause; an aim must count."""
    said = [match.group().lower() for match in words]
    if said[0] == "to":
        return counts > 0
    opens = words[0].group()[0].isupper()
    if said[0] in _WITHIN or (_is_verb(said[0]) and not opens):
        return False
    end = next((n for n, word in enumerate(said) if n and word in _RELATIVE), len(said))
    found = [word for before, word in pairwise(said[:end]) if before != "to" and _is_verb(word)]
    if said[0].endswith("ing"):  # "raising taxes would help", but not "raising taxes they owed"
        found = [word for word in found if word in _FINITE]
    return bool(found) or _is_verb(said[0])


def _is_verb(word: str) -> bool:
    return word in _verbs() or _VERBAL.search(word) is not None


@cache
def _verbs() -> frozenset[str]:
    """Forms of verbs that show a clause: auxiliaries, verbs that report, and common ones."""
    known = (lexicon.grammar("verb") | lexicon.grammar("modal")) - {"to", "been"}
    return (
        known
        | _PAST
        | _PRESENT
        | {form[0] for form, word in lexicon.cues().items() if word.form == "past"}
    )


def _closed(text: str, span: Span, sentence: Span) -> Span:
    """The span with the signs that belong to its words: "$", "%", the full stop, a second bracket.

    A bracket or quotation mark whose partner stands inside is taken in.
    """
    start, end = span.start, span.end
    while start > sentence.start and _SIGN.fullmatch(text[start - 1]):
        start -= 1
    while end < sentence.end and _SIGN.fullmatch(text[end]):
        end += 1
    for opening, closing in _PAIRS:
        words = text[start:end]
        if end < sentence.end and text[end] == closing and opening in words.rpartition(closing)[2]:
            end += 1
        if start > sentence.start and text[start - 1] == opening:
            start -= closing in words.partition(opening)[0]
    return Span(start, end)


def _kind(page: _Page, span: Span, voice: Voicing) -> ClaimKind:
    """The kind of a claim: what is promised or foretold comes before why, and why before how many.

    Who said what comes after all that, for most claims in news are said by somebody.
    """
    words = span.of(page.text)
    said = page.statements[voice] if isinstance(voice, int) else None
    promised = said is not None and said.cue_kind == "promising" and _AHEAD.search(words)
    if _PROMISE.search(words) or promised:
        return "promise"
    foretold = said is not None and said.speech != "direct" and _LATER.search(words)
    aims = said is not None and words.lower().startswith("to ")
    ahead = _inside(page.later, span) and not _is_past(words)
    if _PREDICTION.search(words) or foretold or aims or ahead:
        return "prediction"
    if _CAUSE.search(words):
        return "cause"
    if _COMPARISON.search(words):
        return "comparison"
    if _inside(page.figures, span):
        return "quantity"
    if _inside(page.cues, span) or _SAID.search(words):
        return "attribution"
    return "event"


def _is_past(words: str) -> bool:
    said = [match.group().lower() for match in _WORD.finditer(words)]
    return any(word in _PAST or re.search(r"\w\wed$", word) for word in said)


def _inside(spans: Sequence[Span], whole: Span) -> Sequence[Span]:
    """Those of the sorted spans that begin in `whole`."""
    first = bisect_left(spans, whole.start, key=lambda span: span.start)
    return spans[first : bisect_left(spans, whole.end, key=lambda span: span.start)]


def _counts(text: str, figure: Figure) -> bool:
    """Whether a figure says how many, and not when or which: "the past three days", "one of"."""
    if _ONE_OF.match(text, figure.span.start):
        return False
    before = _WORD.findall(text, max(0, figure.span.start - 12), figure.span.start)
    words = [*before, *_WORD.findall(text, figure.span.start, figure.span.end)]
    return figure.unit not in _TIMES or all(word.lower() not in _WHEN for word in words)


def _is_later(date: TimeExpression, document: Document) -> bool:
    return (
        document.published is not None
        and date.earliest is not None
        and date.earliest.timetuple()[:3] > document.published.timetuple()[:3]
    )
