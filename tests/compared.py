"""Invented coverage of one negotiation by four outlets, compared by hand: every part occurs once.

`coverage()` gives the comparison and its marks; `coverage(copies)` the same with each article told
again by that many other outlets, as a story that everybody carries looks.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from unspin.types import (
    LAYERS,
    Block,
    BlockKind,
    Bound,
    Carried,
    Comparison,
    Conflict,
    Contradiction,
    Copy,
    Cut,
    Difference,
    Document,
    Edited,
    Found,
    Gap,
    Given,
    Held,
    Identity,
    Listed,
    MadeBy,
    Marks,
    Origin,
    Place,
    Position,
    Quotation,
    Settings,
    Shift,
    Sourcing,
    Span,
    Story,
    Variant,
    VoiceShare,
    WhoKind,
)

RELL, RENN, OFFICE, RESIDENTS, VELLAND, GALDOVIA = "i1", "i2", "i3", "i4", "i5", "i6"
MADE_BY = MadeBy("0.2.0", "rules", Settings(LAYERS))

_COURIER = (
    "Velland offers to reopen the Karsin locks",
    (
        "Foreign Minister Ana Rell said on Monday that Velland would open the Karsin locks “if the "
        "survey boats are withdrawn from the upper lake before the first of June”. She called the "
        "offer final."
    ),
    (
        "At least 340 people have left the lakeside villages, according to the Velland relief "
        "office. The two sides are to meet again on 4 May in Port Sellin."
    ),
    "No shot was fired during the night, the border guard said.",
)
_HERALD = (
    "Rell ready to open locks",
    (
        "Ana Rell admitted that her country would open the Karsin locks “if the survey boats are "
        "withdrawn from the upper lake”. Galdovia has not answered."
    ),
    (
        "Galdovia's interior ministry counts 500 displaced people. Talks resume on 6 May, its "
        "negotiator Ilo Renn said: “We will read the paper before we praise it.”"
    ),
    "Shots were fired on the eastern shore during the night, two residents told the Herald.",
    ("Fishing on the lower lake has stopped, and the cannery at Odden has sent 120 workers home."),
)
_MAIL = (
    "Locks to open, minister boasts",
    (
        "The locks at Karsin will open, Rell boasted, promising that “the water will flow”. About "
        "340 villagers are on the road."
    ),
    "Fishing on the lower lake has stopped.",
)
_EARLIER = (
    "Rell: locks stay shut",
    (
        "Velland will never open the Karsin locks while a single survey boat is on the lake, "
        "Foreign Minister Ana Rell told parliament on Thursday."
    ),
    "“The locks stay shut,” she said again in the evening.",
)


@dataclass(frozen=True)
class Article:
    """A document, and places in it by their words."""

    document: Document

    def span(self, words: str, after: str = "") -> Span:
        text = self.document.text
        start = text.index(words, text.index(after))
        return Span(start, start + len(words))

    def paragraph(self, words: str) -> str:
        return next(part for part in self.document.text.split("\n\n") if words in part)

    def at(self, *words: str) -> Place:
        return Place.at(self.document, *(self.span(part) for part in words))


def coverage(copies: int = 0) -> tuple[Comparison, tuple[Marks, ...]]:
    earlier = _article("Velland Courier", date(2031, 4, 21), *_EARLIER)
    courier = _article("Velland Courier", date(2031, 4, 28), *_COURIER)
    herald = _article("Odden Herald", date(2031, 4, 28), *_HERALD)
    mail = _article("The Lake Mail", date(2031, 4, 29), *_MAIL)
    wire = _article("Sellin Morning", date(2031, 4, 29), "Locks to open", *_COURIER[1:3])
    again = [
        _article(f"{article.document.outlet} {letter}", article.document.published, *parts)
        for letter in _letters(copies)
        for article, parts in ((courier, _COURIER), (herald, _HERALD), (mail, _MAIL))
    ]
    articles = [earlier, courier, herald, mail, wire, *again]
    articles.sort(key=lambda a: (a.document.published, a.document.outlet, a.document.id))
    told = [article for article in articles if article is not earlier]
    couriers, heralds, mails = (
        [article for article in told if _family(article) == name] for name in _ROOMS
    )
    couriers.append(wire)
    story = Story(
        "0000000000000001",
        "Velland offers to reopen the Karsin locks",
        date(2031, 4, 28),
        date(2031, 4, 29),
        tuple(article.document.id for article in told),
        len(told) - 1,
    )
    before = Story(
        "0000000000000002",
        "Rell: locks stay shut",
        date(2031, 4, 21),
        date(2031, 4, 21),
        (earlier.document.id,),
        1,
    )
    night = Contradiction(
        (
            courier.at("No shot was fired during the night"),
            herald.at("Shots were fired on the eastern shore during the night"),
        ),
        "contradict",
        story.id,
        0.94,
    )
    differ = Contradiction(
        (courier.at("She called the offer final."), herald.at("Galdovia has not answered.")),
        "differ",
        story.id,
        0.55,
    )
    agree = Contradiction(
        (
            herald.at("Fishing on the lower lake has stopped"),
            mail.at("Fishing on the lower lake has stopped."),
        ),
        "agree",
        story.id,
        0.98,
    )
    cannery = Carried(
        "fact",
        "the cannery at Odden has sent 120 workers home",
        (herald.at("the cannery at Odden has sent 120 workers home"),),
        1,
        story.sources,
    )
    fishing = Carried(
        "fact",
        "Fishing on the lower lake has stopped",
        tuple(a.at("Fishing on the lower lake has stopped") for a in (*heralds, *mails)),
        len(heralds) + len(mails),
        story.sources,
    )
    quoted = Carried("source", RENN, (herald.at("Ilo Renn"),), 1, story.sources)
    held = (
        Held(
            earlier.document.id,
            *_words(
                earlier,
                "Velland will never open the Karsin locks while a single survey boat is on the "
                "lake",
            ),
            date(2031, 4, 21),
            "denying",
            (earlier.at("The locks stay shut,"),),
        ),
        Held(
            courier.document.id,
            *_words(courier, "Velland would open the Karsin locks"),
            date(2031, 4, 28),
            "neutral",
            tuple(a.at("her country would open the Karsin locks") for a in heralds),
        ),
        Held(
            mail.document.id,
            *_words(mail, "the water will flow"),
            date(2031, 4, 29),
            "promising",
            (),
        ),
    )
    comparison = Comparison(
        documents=tuple(
            Listed(a.document.id, a.document.title, a.document.outlet, a.document.published)
            for a in articles
        ),
        stories=(before, story),
        copies=(
            Copy(
                (courier.document.id, wire.document.id),
                "Sellin Wire",
                (Edited(wire.document.id, _edits(wire, courier)),),
            ),
        ),
        speakers=(
            _identity(
                RELL,
                "Ana Rell",
                "person",
                VELLAND,
                earlier.at("Foreign Minister Ana Rell"),
                *(a.at("Foreign Minister Ana Rell") for a in couriers),
                *(a.at("Ana Rell") for a in heralds),
                *(Place.at(a.document, a.span("Rell", "The locks")) for a in mails),
            ),
            _identity(RENN, "Ilo Renn", "person", GALDOVIA, *(a.at("Ilo Renn") for a in heralds)),
            _identity(
                OFFICE,
                "Velland relief office",
                "organisation",
                VELLAND,
                *(a.at("the Velland relief office") for a in couriers),
            ),
            _identity(
                RESIDENTS,
                "two residents",
                "unnamed",
                None,
                *(a.at("two residents") for a in heralds),
            ),
            _identity(VELLAND, "Velland", "government", None),
            _identity(GALDOVIA, "Galdovia", "government", None),
        ),
        quotations=(
            Quotation(
                RELL,
                story.id,
                (
                    *(_whole(a) for a in couriers),
                    *(_shortened(a, courier) for a in heralds),
                    *(_told(a, courier) for a in mails),
                ),
                (),
            ),
            Quotation(
                RENN,
                story.id,
                tuple(
                    Variant(
                        a.at("We will read the paper before we praise it."),
                        "direct",
                        a.at("said"),
                        "neutral",
                        (),
                        (),
                        1.0,
                    )
                    for a in heralds
                ),
                tuple(a.document.id for a in (*couriers, *mails)),
            ),
        ),
        conflicts=(
            Conflict(
                "conflict",
                "people who left the lakeside villages",
                "person",
                story.id,
                (
                    *(
                        _given(a, "At least 340 people", low=340, bound="at-least", by=OFFICE)
                        for a in couriers
                    ),
                    *(
                        _given(
                            a,
                            "500 displaced people",
                            low=500,
                            high=500,
                            bound="exact",
                            by=GALDOVIA,
                        )
                        for a in heralds
                    ),
                    *(
                        _given(a, "About 340 villagers", low=340, high=340, bound="about")
                        for a in mails
                    ),
                ),
                0.91,
            ),
            Conflict(
                "conflict",
                "the two sides meet again",
                "date",
                story.id,
                (
                    *(_given(a, "4 May", day=date(2031, 5, 4)) for a in couriers),
                    *(_given(a, "6 May", day=date(2031, 5, 6), by=RENN) for a in heralds),
                ),
                0.88,
            ),
        ),
        contradictions=(agree, night, differ),
        gaps=(
            *(Gap(a.document.id, (fishing,), ()) for a in couriers),
            Gap(herald.document.id, (), (cannery, quoted)),
        ),
        sourcing=tuple(_sourcing(articles)),
        positions=(Position(RELL, "Karsin locks open", held, (Shift(0, 1, "reversal", 0.86),)),),
        voices=tuple(
            VoiceShare(
                a.document.id,
                60 + number,
                0.55,
                0.05 * (number % 3),
                0.45 - 0.05 * (number % 3),
                *_RATES[number % len(_RATES)],
            )
            for number, a in enumerate(articles)
        ),
        made_by=MADE_BY,
    )
    return comparison, tuple(_marks(a.document) for a in articles)


_RATES: tuple[tuple[float | None, float | None, float | None], ...] = (
    (0.0, 0.0, 4.1),
    (12.5, 5.0, 26.0),
    (31.0, 18.0, 49.5),
    (None, None, None),
)


def _letters(copies: int) -> Iterator[str]:
    return (f"{chr(ord('A') + number % 26)}{number // 26 or ''}" for number in range(copies))


def _family(article: Article) -> str:
    outlet = article.document.outlet or ""
    return next((name for name in _ROOMS if outlet.startswith(name)), "")


def _article(outlet: str, day: date | None, *parts: str) -> Article:
    text = "\n\n".join(parts)
    blocks, position = [], 0
    for number, part in enumerate(parts):
        kind: BlockKind = "paragraph" if number else "heading"
        blocks.append(Block(Span(position, position + len(part)), kind, f"line {2 * number + 1}"))
        position += len(part) + 2
    name = f"{outlet}-{day}"
    return Article(
        Document(
            id=f"{sum(ord(c) * 31**at for at, c in enumerate(name)) % 16**16:016x}",
            text=text,
            title=parts[0],
            authors=(),
            outlet=outlet,
            published=day,
            modified=None,
            section=None,
            language="en",
            canonical=None,
            credit="Sellin Wire" if outlet == "Sellin Morning" else None,
            found=Found(),
            blocks=tuple(blocks),
            furniture=(),
            origin=Origin("-", "0" * 64, "text/plain", "text/1", None),
            warnings=(),
        )
    )


def _marks(document: Document) -> Marks:
    return Marks(document, (), (), (), (), (), (), (), MADE_BY)


def _words(article: Article, words: str) -> tuple[tuple[Span, ...], tuple[str, ...]]:
    place = article.at(words)
    return place.spans, place.words


def _identity(name: str, who: str, kind: WhoKind, side: str | None, *places: Place) -> Identity:
    names = {words for place in places for words in place.words} | {who}
    return Identity(name, who, kind, tuple(sorted(names)), side, places, 0.97)


_CONDITION = (
    "if the survey boats are withdrawn from the upper lake before the first of June",
    "if the survey boats are withdrawn from the upper lake",
)


def _whole(article: Article) -> Variant:
    return Variant(article.at(_CONDITION[0]), "mixed", article.at("said"), "neutral", (), (), 1.0)


def _shortened(article: Article, fullest: Article) -> Variant:
    return Variant(
        article.at(_CONDITION[1]),
        "mixed",
        article.at("admitted"),
        "assertive",
        (
            Difference("same", article.span(_CONDITION[1]), fullest.span(_CONDITION[1])),
            Difference("cut", None, fullest.span("before the first of June")),
        ),
        (Cut(fullest.at("before the first of June"), ("condition",)),),
        0.93,
    )


def _told(article: Article, fullest: Article) -> Variant:
    return Variant(
        article.at("The locks at Karsin will open"),
        "indirect",
        article.at("boasted"),
        "assertive",
        (
            Difference("added", article.span("The locks at Karsin will open"), None),
            Difference("cut", None, fullest.span(_CONDITION[0])),
        ),
        (Cut(fullest.at(_CONDITION[0]), ("condition", "modality")),),
        0.71,
    )


def _edits(copy: Article, first: Article) -> tuple[Difference, ...]:
    return (
        Difference("cut", None, first.span("Velland offers")),
        Difference("changed", copy.span("Locks to open"), first.span("to reopen the Karsin locks")),
        Difference(
            "cut", None, first.span("No shot was fired during the night, the border guard said.")
        ),
    )


def _given(  # noqa: PLR0913 - a figure has this many parts
    article: Article,
    words: str,
    *,
    low: float | None = None,
    high: float | None = None,
    bound: Bound | None = None,
    day: date | None = None,
    by: str | None = None,
) -> Given:
    place = article.at(words)
    sentence = next(s for s in re.split(r"(?<=[.”]) ", article.paragraph(words)) if words in s)
    return Given(
        document=article.document.id,
        spans=place.spans,
        words=place.words,
        sentence=article.at(sentence),
        low=low,
        high=high,
        bound=bound,
        earliest=day,
        latest=day,
        as_of="2031-04-28" if bound else None,
        said_by=by,
    )


_ROOMS: dict[str, tuple[tuple[str | None, int, float, str | None], ...]] = {
    "Velland Courier": ((RELL, 21, 0.1, VELLAND), (OFFICE, 9, 0.7, VELLAND)),
    "Odden Herald": (
        (RELL, 15, 0.05, VELLAND),
        (RENN, 10, 0.6, GALDOVIA),
        (None, 8, 0.8, None),
    ),
    "The Lake Mail": ((RELL, 12, 0.2, VELLAND),),
}


def _sourcing(articles: Sequence[Article]) -> Iterator[Sourcing]:
    for article in articles:
        for speaker, words, first, side in _ROOMS.get(_family(article), ()):
            yield Sourcing(
                document=article.document.id,
                speaker=speaker,
                named=speaker is not None,
                statements=1,
                words=words,
                share=words / 70,
                first=first,
                side=side,
            )
