"""What people found in the texts of the data sets: the truth that a score is against."""

from dataclasses import dataclass
from datetime import date

from unspin.types import Span


@dataclass(frozen=True, slots=True)
class GoldPage:
    """A saved page and what a person found on it; None where the set does not say."""

    corpus: str  # "scrapinghub" or "wcxb"
    id: str
    address: str | None
    markup: str
    body: str
    title: str | None
    author: str | None
    published: str | None  # as the set writes it
    must: tuple[str, ...]  # snippets of the article
    must_not: tuple[str, ...]  # snippets of the furniture


@dataclass(frozen=True, slots=True)
class GoldStatement:
    """One attribution: the spans of its source (empty where it has none), cue and content."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An article and who said what in it."""

    id: str
    outlet: str
    title: str
    published: str  # as the set writes it
    text: str
    statements: tuple[GoldStatement, ...]


@dataclass(frozen=True, slots=True)
class GoldTechnique:
    """A stretch of text and the persuasion technique in it, by its name in PTC version 2."""

    span: Span
    name: str


@dataclass(frozen=True, slots=True)
class GoldRhetoric:
    """A text and the persuasion techniques in it."""

    corpus: str
    id: str
    text: str
    techniques: tuple[GoldTechnique, ...]
    spans: tuple[Span, ...]  # where any technique is


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """A sentence and whether somebody should check it."""

    corpus: str
    file: str
    debate: str | None  # the debate it was said in, where the set says
    text: str
    checkworthy: bool


@dataclass(frozen=True, slots=True)
class GoldVoice:
    """A sentence and whether it gives an opinion or leans to a side; None: people disagreed."""

    corpus: str
    file: str
    text: str
    opinion: bool | None
    slant: bool | None


@dataclass(frozen=True, slots=True)
class GoldPair:
    """Two texts and what the first says of the second: one of the choices of the set."""

    corpus: str
    first: str
    second: str
    label: str
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoldQuantity:
    """A quantity of a sentence, without a place in it."""

    value: tuple[float, ...]  # one end, or the two of a range
    words: str  # the unit as the sentence has it
    unit: str  # as the set normalises it: "dollar per barrel", "league game"; "-" for none
    change: str | None  # "=", "up", "down", "~", ">" or "<"; None where the set does not say


@dataclass(frozen=True, slots=True)
class GoldQuantities:
    """A sentence and all quantities in it."""

    file: str
    text: str
    quantities: tuple[GoldQuantity, ...]


@dataclass(frozen=True, slots=True)
class GoldQuotation:
    """A quotation: its pieces, the words that name its source beside it, and its fullest name."""

    words: tuple[Span, ...]
    speaker: Span | None
    who: Span | None
    open: bool  # the text does not say whose it is, and no answer counts


@dataclass(frozen=True, slots=True)
class GoldPassage:
    """A stretch of an article and everything in it that stands between quotation marks.

    Spans are places in the article, which `article` finds by the sha256 of its text.
    """

    corpus: str
    half: str | None  # "seen" or "held"
    article: str
    text: str | None  # of the article, where the set holds it
    span: Span
    quotations: tuple[GoldQuotation, ...]
    unspoken: tuple[Span, ...]  # titles, slogans, scare quotes: marked, but no speech
    open: tuple[Span, ...]  # either reading stands


@dataclass(frozen=True, slots=True)
class GoldText:
    """An article without labels."""

    digest: str  # sha256 of its text
    title: str
    outlet: str
    published: str  # as the set writes it
    text: str


@dataclass(frozen=True, slots=True)
class GoldDate:
    """A time expression: its first and last day (None: open), or what it waits for unresolved."""

    span: Span
    earliest: date | None
    latest: date | None
    resolved: bool
    anchor: Span | None


@dataclass(frozen=True, slots=True)
class GoldDates:
    """A sentence or two and all time expressions in them."""

    id: str
    published: date | None
    text: str
    dates: tuple[GoldDate, ...]


@dataclass(frozen=True, slots=True)
class GoldSlip:
    """A slip and the places of which a query about it must touch one."""

    kind: str
    places: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class GoldSlips:
    """An article and the slips planted in it; None: an article of the news as it is."""

    group: str  # half of our own set, or data set
    published: str | None
    text: str
    slips: tuple[GoldSlip, ...] | None


@dataclass(frozen=True, slots=True)
class GoldMention:
    """Words that name an actor, and which one; `single`: the chain is one actor, not several."""

    span: Span
    chain: str
    single: bool


@dataclass(frozen=True, slots=True)
class GoldActors:
    """An article on an event, and the mentions of its actors."""

    event: str
    outlet: str
    text: str
    mentions: tuple[GoldMention, ...]


@dataclass(frozen=True, slots=True)
class GoldNaming:
    """A text and the words in it that name one speaker."""

    text: str
    outlet: str | None
    published: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class GoldSpeakers:
    """Two texts with a speaker each: "same", "different", or "open" where nobody can tell."""

    half: str
    sort: str
    label: str
    a: GoldNaming
    b: GoldNaming


@dataclass(frozen=True, slots=True)
class GoldTold:
    """An article and the event it tells of."""

    corpus: str
    title: str | None
    text: str
    published: str | None  # a day
    story: str
    part: str  # the finer division of a set that has two, else the story
