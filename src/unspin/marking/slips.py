"""What a careful sub-editor would query, each with the reason in a sentence and no accusation.

In: a document with its statements, figures and dates. Out: slips sorted by place. Only the outlet's
own words are looked at, but for quotations given twice. A rule asks nothing where an innocent
reading is likely: a slip missed costs less than a query about words that are right.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from unspin.marking import frames, lexicon, offices, requoted, spellings, sums, told
from unspin.marking.told import Sentence
from unspin.types import Document, Figure, Slip, Statement, TimeExpression

_YEAR = re.compile(r"\d{4}")
_PAST = frozenset(
    """went died began took made found won lost met came left fell rose built rebuilt sold bought
    sent broke became struck held gave wrote ran sank burnt burned shot hit flew sang drew grew
    drove fled fought born stood spoke paid led kept brought taught caught opened""".split()
)
_NO_EVENT = frozenset(  # what is planned, or no verb
    """scheduled planned expected set slated proposed projected predicted forecast needed fixed
    targeted promised pledged delayed postponed extended moved pushed intended dated based aimed
    used called supposed estimated asked required limited increased hundred united need indeed
    agreed announced wanted booked reserved budgeted earmarked""".split()
)
_AHEAD = frozenset("to be for until till by through".split())
_IMAGINED = re.compile(
    r"\b(?:will|would|could|may|might|should|shall|can|if|novels?|films?|plays?|story|series"
    r"|scenario|fiction|imagin\w+|model\w*|projections?|forecasts?|set[ ]in|plans?|planned"
    r"|expect(?:s|ed)?|due|scheduled|until|by[ ](?:\d|the[ ]end|early|mid|late|next|then)|deadline"
    r"|expires?|ends?|from[ ]now|fiscal|financial[ ]year|season|budget|calendar|tickets|olympics?"
    r"|world[ ]cup|bid)\b",
    re.IGNORECASE,
)
_OPENS = re.compile(r"(?:^|[,;][ ])(?:[Ii]n|[Oo]n)[ ]\Z")
_EVENT = re.compile(  # "died on", "was elected mayor in", "went to the polls on"
    r"(?P<before>(?:[\w’'-]+[ ]){0,3}?)"
    r"(?:(?:was|were)[ ](?P<done>[\w’'-]+)(?P<what>(?:[ ][\w’'-]+){1,3})"
    r"|(?P<verb>[\w’'-]+)(?:[ ]to[ ]the[ ]polls)?)[ ](?:in|on)[ ]\Z"
)
_OF = re.compile(r"\bof[ ]\Z")
_FIRST = re.compile(r"[ ]([\w’'-]+)")
_CLAUSE_END = re.compile(r"[,;:()–—]")
_NEAREST = 12  # words of a clause behind a date in which its verb stands
_LOOKBACK = 120
_ZONES = timedelta(days=2)  # clocks differ


def find(
    document: Document,
    said: Sequence[Statement],
    figures: Sequence[Figure],
    dates: Sequence[TimeExpression],
) -> tuple[Slip, ...]:
    """The slips of `document`, in order."""
    text = document.text
    paragraphs = frames.read(document)
    sentences = told.read(text, paragraphs, figures, dates)
    published = document.published and date(
        document.published.year, document.published.month, document.published.day
    )
    found = [
        *offices.find(text, sentences, published),
        *sums.find(text, sentences),
        *_later(text, sentences, published),
        *spellings.find(sentences),
        *requoted.find(text, sentences, said),
    ]
    return tuple(sorted(found, key=lambda slip: (slip.span, slip.kind)))


def _later(text: str, sentences: Sequence[Sentence], published: date | None) -> Iterator[Slip]:
    """Dates after the article's own that are told as past."""
    if published is None:
        return
    for sentence in sentences:
        for one in () if sentence.heading else sentence.dates:
            if one.earliest is None or one.earliest - published <= _ZONES:
                continue
            words = one.span.of(text)
            since = words.lower().startswith("since")
            if _YEAR.search(words) and (since or _is_told_as_past(sentence, one)):
                message = (
                    f"The text tells of “{words}” as past, and the article is dated"
                    f" {offices.day(published)}."
                )
                yield Slip(one.span, "date", message)


def _is_told_as_past(sentence: Sentence, one: TimeExpression) -> bool:
    """Whether an event that happened is tied to the date: "In May it sank", "was signed in May"."""
    start, end = sentence.place(one.span)
    before = sentence.words[max(0, start - _LOOKBACK) : start]
    if _OPENS.search(before):
        verbs = re.findall(r"[\w’'-]+", sentence.words[end:])[:_NEAREST]
        if any(token.quoted is not None for token in sentence.tokens):
            verbs = [verb for verb in verbs if (verb.lower(),) not in lexicon.cues()]
        return not _IMAGINED.search(sentence.words) and any(map(_is_past, verbs))
    if _OF.search(before) and end - start > len("2047"):  # "the fire of 12 May 2025 destroyed"
        behind = _FIRST.match(sentence.words, end)
        return behind is not None and _is_past(behind.group(1))
    event = _EVENT.search(before)
    return (
        event is not None
        and _is_past(event["done"] or event["verb"])
        and not _IMAGINED.search(_CLAUSE_END.split(before)[-1])
        and not _AHEAD & set(f"{event['before']}{event['what'] or ''}".lower().split())
    )


def _is_past(verb: str) -> bool:
    low = verb.lower()
    return low not in _NO_EVENT and (
        low in _PAST or (low.endswith("ed") and len(low) > len("need"))
    )
