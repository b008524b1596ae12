"""The whole vocabulary: everything unspin says about a text is one of these values.

Offsets are Unicode code points of `Document.text`, half-open. A mark holds offsets and never a copy
of the words; `span.of(text)` gives the words. All values are frozen and compare by content.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, get_args

BlockKind = Literal["heading", "paragraph", "blockquote", "post", "caption", "item", "cell"]
FurnitureKind = Literal[
    "navigation",  # menus, breadcrumbs, pagination, skip links
    "header",  # masthead and what else stands above the article
    "footer",  # imprint, legal lines, links at the foot of the page
    "related",  # teasers of other articles, popular posts, read-also boxes
    "comments",  # readers' comments and the form for them
    "share",  # buttons and counters of social networks, print, e-mail
    "newsletter",  # invitations to sign up
    "subscription",  # paywall notes, log-in boxes, calls to support the outlet
    "cookie",  # consent banners
    "advert",  # advertising and captions of advertising
    "byline",  # author names, datelines, times, reading time
    "biography",  # who the author is
    "tags",  # topics and sections the page is filed under
    "sidebar",  # boxes beside or between the text that none of the above names
    "form",  # fields, buttons, menus of choices
    "media",  # player controls, gallery buttons, picture credits standing alone
    "hidden",  # text the page's own markup hides from the reader
    "repeat",  # words of the article that the page shows once more
    "lost",  # nested deeper than the parser of Markdown goes
    "unknown",  # none of these
]
WarningCode = Literal[
    "truncated-page",  # the source ends before its markup does
    "text-recovered",  # the parser lost text and the linear reader supplied it
    "paywall-stub",  # only the opening is here
    "very-short",  # fewer than 50 words
    "undated",  # no publication date was found
    "mojibake-repaired",  # the text was decoded twice before it came here; that was undone
    "charset-mismatch",  # the bytes are not in the declared charset
    "characters-replaced",  # undecodable bytes or forbidden characters became U+FFFD
    "several-articles",  # more than one article stands on the page; all are in the text
    "canonical-foreign",  # the page names an address on another host as its own
    "language-not-covered",  # only the layers that hold in any language are marked
    "media-type-mismatch",  # the bytes are not what the source said they are
    "pages-capped",  # a PDF longer than is read
    "pages-unread",  # pages of a PDF that are damaged or pictures without text
    "repaired",  # a damaged container was read in part
    "date-disputed",  # the page gives publication dates that disagree
]
Speech = Literal["direct", "indirect", "mixed"]
CueKind = Literal[
    "neutral", "assertive", "doubting", "emotive", "denying", "promising", "asking", "mental"
]
WhoKind = Literal["person", "organisation", "government", "group", "document", "unnamed", "author"]
Factuality = Literal[
    "said",  # the text has it that this was said, written, thought or asked
    "not-said",  # the text has it that it was not: "did not say", "declined to say"
    "possible",  # neither: "would say", "if she says", "is expected to announce"
]
ClaimKind = Literal[
    "quantity", "event", "attribution", "cause", "comparison", "prediction", "promise"
]
Bound = Literal["exact", "more", "at-least", "less", "at-most", "about"]
Change = Literal["rise", "fall", "difference"]
SlipKind = Literal[
    "office",  # a title its bearer did not have at the time
    "total",  # parts that do not make up the stated whole
    "percent",  # shares of one whole that exceed it
    "scale",  # "million" where "billion" is likely, or the like
    "date",  # told as past, after the article's own date
    "name",  # spelt in two ways
    "quotation",  # one utterance given twice in different words
]
DiffKind = Literal["same", "moved", "changed", "added", "cut"]
CutKind = Literal[
    "polarity",  # a "not" or its like is gone, or has come
    "modality",  # "may", "must", "would" and the like
    "condition",  # "if", "unless", "until", "only"
]
ConflictKind = Literal["rounding", "update", "scope", "conflict"]
Agreement = Literal["agree", "differ", "contradict"]
CarriedKind = Literal["fact", "actor", "source"]
Layer = Literal["statements", "voices", "claims", "figures", "dates", "techniques", "slips"]
LAYERS: tuple[Layer, ...] = get_args(Layer)
COVERED = frozenset({"en"})  # languages that every layer is made in
Voicing = Literal["report", "opinion"] | int  # an int is the index of the statement it lies in


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a document's text, `[start, end)` in code points; never backwards."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            msg = f"a span must run forwards from 0 or later: [{self.start}, {self.end})"
            raise ValueError(msg)

    def of(self, text: str) -> str:
        """The words of the span in `text`."""
        return text[self.start : self.end]

    def overlaps(self, other: "Span") -> bool:
        """Whether at least one code point lies in both."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: "Span") -> bool:
        """Whether all of `other` lies in this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Block:
    """One block of the text and where it stood in the source.

    `place` is an XPath for HTML, `page N, box L,B,R,T` in points for PDF, `line N` for text, and
    `characters N-M` of the decoded source for text that only the linear reader could recover.
    """

    span: Span
    kind: BlockKind
    place: str


@dataclass(frozen=True, slots=True)
class Furniture:
    """Visible text of the source that is not in the document, and what kind of thing it is."""

    kind: FurnitureKind
    place: str
    text: str


@dataclass(frozen=True, slots=True)
class Caveat:
    """Something the user should know about how a document was read."""

    code: WarningCode
    message: str


@dataclass(frozen=True, slots=True)
class Found:
    """Where in the source each field of a document was found; None where it was not."""

    title: str | None = None
    authors: str | None = None
    outlet: str | None = None
    published: str | None = None
    modified: str | None = None
    section: str | None = None
    language: str | None = None
    canonical: str | None = None
    credit: str | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the bytes came from."""

    location: str  # address, path, or "-"; parts of a container after "#"
    digest: str  # sha256 of the bytes, 64 hexadecimal digits
    media_type: str  # of the bytes as found, not as declared
    reader: str  # name and version of the reader: "html/1"
    fetched: datetime | None  # when an address was fetched; None for anything on disk


@dataclass(frozen=True, slots=True)
class Document:
    """One article as read. `text` never changes, and everything else points into it."""

    id: str  # 16 hexadecimal digits of the sha256 of outlet and text
    text: str
    title: str | None
    authors: tuple[str, ...]
    outlet: str | None
    published: date | None  # a datetime where the source gives the time of day
    modified: date | None
    section: str | None  # as the page names it: "World", "Opinion"
    language: str | None  # ISO 639-1
    canonical: str | None
    credit: str | None  # the agency the text is credited to
    found: Found
    blocks: tuple[Block, ...]
    furniture: tuple[Furniture, ...]
    origin: Origin
    warnings: tuple[Caveat, ...]


@dataclass(frozen=True, slots=True)
class Speaker:
    """One source of a statement."""

    words: tuple[Span, ...]  # the words that name the speaker here; empty when only implied
    who: str | None  # the fullest name in the document; None when unsure
    who_kind: WhoKind | None


@dataclass(frozen=True, slots=True)
class Statement:
    """Somebody said, wrote, thought or asked something."""

    words: tuple[Span, ...]  # the content, quotation marks excluded
    speech: Speech
    cue: tuple[Span, ...]
    cue_kind: CueKind | None
    speakers: tuple[Speaker, ...]
    within: int | None  # index of the statement this one lies in
    score: float  # 0 to 1
    factuality: Factuality = "said"


@dataclass(frozen=True, slots=True)
class Voice:
    """In whose mouth a stretch of text lies. The voices of a document partition its text."""

    span: Span
    voice: Voicing
    score: float  # 0 to 1


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence or clause somebody could check."""

    span: Span
    kind: ClaimKind
    score: float  # 0 to 1: how worth checking
    voice: Voicing


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity as the text gives it; exact when `low == high`."""

    span: Span
    low: float | None  # None: no lower end is given
    high: float | None
    unit: str | None  # "person", "percent", an ISO 4217 code, a unit of measure in lower case
    counted: Span | None
    bound: Bound
    change: Change | None
    as_of: str | None  # ISO 8601: a day, a month, a year, or "first/last", ".." for an open end
    scope: Span | None
    voice: Voicing


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A date or time expression; an interval of days when resolved."""

    span: Span
    earliest: date | None
    latest: date | None
    resolved: bool
    anchor: Span | None  # what an unresolved expression waits for
    voice: Voicing


@dataclass(frozen=True, slots=True)
class Technique:
    """A persuasion technique."""

    span: Span
    name: str
    score: float  # 0 to 1
    voice: Voicing
    explanation: str
    plainer: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Slip:
    """Something a careful sub-editor would query."""

    span: Span
    kind: SlipKind
    message: str


@dataclass(frozen=True, slots=True)
class Settings:
    """What a result depends on besides the text."""

    layers: tuple[Layer, ...]  # the layers that were looked for; the others are empty unlooked


@dataclass(frozen=True, slots=True)
class MadeBy:
    """What made a result."""

    unspin: str  # version
    bundle: str  # name of the model bundle, or "rules"
    settings: Settings


@dataclass(frozen=True, slots=True)
class Marks:
    """Everything found in one document, each layer sorted by place."""

    document: Document
    statements: tuple[Statement, ...]
    voices: tuple[Voice, ...]
    claims: tuple[Claim, ...]
    figures: tuple[Figure, ...]
    dates: tuple[TimeExpression, ...]
    techniques: tuple[Technique, ...]
    slips: tuple[Slip, ...]
    made_by: MadeBy


@dataclass(frozen=True, slots=True)
class Place:
    """Words of one document: how every part of a comparison points back."""

    document: str  # its id
    spans: tuple[Span, ...]
    words: tuple[str, ...]  # of each span: a comparison can be read without its documents

    @staticmethod
    def at(document: Document, *spans: Span) -> "Place":
        """The place of `spans` in `document`."""
        return Place(document.id, spans, tuple(span.of(document.text) for span in spans))


@dataclass(frozen=True, slots=True)
class Listed:
    """One document of a comparison."""

    id: str
    title: str | None
    outlet: str | None
    published: date | None


@dataclass(frozen=True, slots=True)
class Story:
    """Documents about one event."""

    id: str  # that of its earliest document: it stays while the story grows
    title: str | None
    first: date | None  # the days its documents were published
    last: date | None
    documents: tuple[str, ...]  # in the order of their days
    sources: int  # independent ones: copies of one text count once


@dataclass(frozen=True, slots=True)
class Difference:
    """One step of a word-level diff between a text here and the one it is held against."""

    kind: DiffKind
    here: Span | None  # None where the words were cut
    there: Span | None  # None where the words were added


@dataclass(frozen=True, slots=True)
class Edited:
    """How one copy differs from the fullest: every step that is not "same"."""

    document: str
    diff: tuple[Difference, ...]  # `there` lies in the copy's first document


@dataclass(frozen=True, slots=True)
class Copy:
    """Documents that are one text: wire copy, syndication, light editing."""

    documents: tuple[str, ...]  # the fullest first
    agency: str | None  # where a document credits one
    edits: tuple[Edited, ...]  # one for each document after the first


@dataclass(frozen=True, slots=True)
class Identity:
    """One speaker, by all the names the documents give it."""

    id: str
    who: str  # the fullest name
    who_kind: WhoKind | None
    names: tuple[str, ...]  # all forms, sorted
    side: str | None  # id of the government, organisation or group it is said to belong to
    places: tuple[Place, ...]  # the words that name it as a speaker
    score: float  # 0 to 1: how sure it is that all places are one speaker


@dataclass(frozen=True, slots=True)
class Cut:
    """Words of the fullest variant that another leaves out."""

    place: Place
    changes: tuple[CutKind, ...]  # what leaving them out may change; empty: nothing of the kind


@dataclass(frozen=True, slots=True)
class Variant:
    """One utterance as one document gives it."""

    place: Place
    speech: Speech
    cue: Place | None
    cue_kind: CueKind | None
    diff: tuple[Difference, ...]  # against the fullest variant; empty for that one
    cut: tuple[Cut, ...]
    score: float  # 0 to 1: how sure it is that this is the utterance


@dataclass(frozen=True, slots=True)
class Quotation:
    """One utterance as the documents give it."""

    speaker: str | None  # id of an identity
    story: str | None  # id, where all variants lie in one story
    variants: tuple[Variant, ...]  # the fullest first
    left_out: tuple[str, ...]  # documents of the story that do not carry it


@dataclass(frozen=True, slots=True)
class Given:
    """A figure or a date as one document gives it: a place, and what stands there."""

    document: str
    spans: tuple[Span, ...]
    words: tuple[str, ...]
    sentence: Place
    low: float | None
    high: float | None
    bound: Bound | None
    earliest: date | None
    latest: date | None
    as_of: str | None  # as in Figure
    said_by: str | None  # id of an identity: the document's own attribution


@dataclass(frozen=True, slots=True)
class Conflict:
    """Figures or dates that documents give for one thing, and that differ."""

    kind: ConflictKind
    counted: str | None  # what is counted, or what happened on the date
    unit: str | None  # as in Figure; "date" for dates
    story: str
    places: tuple[Given, ...]
    score: float  # 0 to 1


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two claims about one thing, and whether both can hold."""

    places: tuple[Place, ...]  # two, of different documents
    relation: Agreement  # "differ": worded differently, and no more is sure
    story: str
    score: float  # 0 to 1: how sure the relation is


@dataclass(frozen=True, slots=True)
class Carried:
    """Something that some documents of a story carry and others do not."""

    kind: CarriedKind
    what: str  # id of the identity for an actor or a source, the words for a fact
    places: tuple[Place, ...]
    sources: int  # independent sources that carry it
    of: int  # independent sources of the story


@dataclass(frozen=True, slots=True)
class Gap:
    """What most sources of its story carry and one document does not, and what it alone carries."""

    document: str
    missing: tuple[Carried, ...]
    only_here: tuple[Carried, ...]


@dataclass(frozen=True, slots=True)
class Sourcing:
    """The room one document gives one speaker."""

    document: str
    speaker: str | None  # id of an identity; None: all who are not named
    named: bool
    statements: int
    words: int
    share: float  # of the words of the document, 0 to 1
    first: float  # where its first words stand: 0 at the top of the text, 1 at its end
    side: str | None  # as in Identity


@dataclass(frozen=True, slots=True)
class Held:
    """What a speaker was heard to say on a topic: a place, and the day."""

    document: str
    spans: tuple[Span, ...]
    words: tuple[str, ...]
    day: date | None  # it was said, as far as the document tells; else that of publication
    cue_kind: CueKind | None  # "promising" and "denying" mark a promise and a denial
    repeats: tuple[Place, ...]  # the same said again, here or elsewhere


@dataclass(frozen=True, slots=True)
class Shift:
    """Two positions of one speaker on one topic that part."""

    before: int  # indices of the position's places
    after: int
    kind: Literal["shift", "reversal"]
    score: float  # 0 to 1


@dataclass(frozen=True, slots=True)
class Position:
    """What one speaker said on one topic, in time."""

    speaker: str  # id of an identity
    topic: str  # the words its statements share
    places: tuple[Held, ...]  # by day
    shifts: tuple[Shift, ...]


@dataclass(frozen=True, slots=True)
class VoiceShare:
    """In whose mouth the text of one document lies, and how it talks in its own voice."""

    document: str
    words: int
    report: float | None  # shares of the words, 0 to 1; the three add up to 1
    opinion: float | None  # None, as the report: opinion is not looked for in its language
    quotation: float
    techniques_per_1000: float | None  # of words in the outlet's own voice; None: unknown or none
    low: float | None  # 95 % interval of that rate
    high: float | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Where the accounts of many documents agree and where they part.

    The same for any order of the documents.
    """

    documents: tuple[Listed, ...]
    stories: tuple[Story, ...]
    copies: tuple[Copy, ...]
    speakers: tuple[Identity, ...]
    quotations: tuple[Quotation, ...]
    conflicts: tuple[Conflict, ...]
    contradictions: tuple[Contradiction, ...]
    gaps: tuple[Gap, ...]
    sourcing: tuple[Sourcing, ...]
    positions: tuple[Position, ...]
    voices: tuple[VoiceShare, ...]
    made_by: MadeBy
