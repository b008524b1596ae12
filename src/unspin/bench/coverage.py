"""Our own sets on the coverage of a story, and the articles that one of them only points into."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from unspin.bench.corpora import Form, Row, fields
from unspin.types import Span

# How the set of utterances reads the tokens of newswcl50, which are parted by spaces.
_BREAK = re.compile(r"\s*\\n\s*")
_CLOSING = re.compile(r" (?=[,.;:!?%)\]]|['\u2019](?:s|re|ve|ll|d|m)?\b|n['\u2019]t\b)")
_OPENING = re.compile(r"(?<=[(\[$#@]) ")
_QUOTED = re.compile(r'" ?([^"]*?) ?"')
_VARIANTS = "lists of documents, their spans as [start, end] and kinds of speech"
_HYPHEN = re.compile(r"(?<=\w) - (?=\w)")


@dataclass(frozen=True, slots=True)
class GoldCovering:
    """A document of a story of our own."""

    text: str
    outlet: str
    published: str  # a day


@dataclass(frozen=True, slots=True)
class GoldDifference:
    """Two figures or dates, and how they differ: "agree" and "other" where they do not."""

    kind: str
    places: tuple[tuple[int, Span], ...]  # documents and what stands there


@dataclass(frozen=True, slots=True)
class GoldDifferences:
    """A story in two documents or three, and its pairs of figures and dates."""

    half: str
    documents: tuple[GoldCovering, ...]
    pairs: tuple[GoldDifference, ...]


@dataclass(frozen=True, slots=True)
class GoldVariant:
    """An utterance as one article gives it."""

    document: int
    spans: tuple[Span, ...]
    speech: str


@dataclass(frozen=True, slots=True)
class GoldAlignment:
    """Which words of two variants answer each other, by their numbers."""

    a: GoldVariant
    b: GoldVariant
    links: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class GoldUtterances:
    """The utterances that several articles of one story carry."""

    corpus: str
    half: str
    articles: tuple[str, ...]  # sha256 of their texts
    utterances: tuple[tuple[GoldVariant, ...], ...]
    alignments: tuple[GoldAlignment, ...]


@dataclass(frozen=True, slots=True)
class GoldArticles:
    """Texts of a data set, by their sha256."""

    texts: dict[str, str]


def _differences(row: Row) -> GoldDifferences:
    documents = tuple(
        GoldCovering(one.text("text"), one.text("outlet"), one.text("published"))
        for one in row.rows("documents")
    )
    pairs = []
    for pair in row.rows("pairs"):
        places = []
        for place in pair.items("places"):
            match place:
                case [int(number), start, end] if 0 <= number < len(documents):
                    span = pair.span([start, end], "places", documents[number].text)
                    places.append((number, span))
                case _:
                    raise pair.refused(field="places", wanted="[document, start, end]")
        pairs.append(GoldDifference(pair.text("kind"), tuple(places)))
    return GoldDifferences(row.text("half"), documents, tuple(pairs))


def _utterances(row: Row) -> GoldUtterances:
    clusters = [_cluster(row, one) for one in row.items("clusters")]
    return GoldUtterances(
        corpus=row.text("data"),
        half=row.text("half"),
        articles=tuple(one.text("sha256") for one in row.rows("documents")),
        utterances=tuple(clusters),
        alignments=tuple(_alignment(one, clusters) for one in row.rows("alignments")),
    )


def _cluster(row: Row, cluster: object) -> tuple[GoldVariant, ...]:
    if not isinstance(cluster, list):
        raise row.refused(field="clusters", wanted=_VARIANTS)
    return tuple(_variant(row, part) for part in cluster)


def _variant(row: Row, part: object) -> GoldVariant:
    match part:
        case {"document": int(document), "spans": [*spans], "speech": str(speech)}:
            return GoldVariant(document, tuple(_span(row, one) for one in spans), speech)
    raise row.refused(field="clusters", wanted=_VARIANTS)


def _span(row: Row, value: object) -> Span:
    match value:
        case [int(start), int(end)] if 0 <= start <= end:
            return Span(start, end)
    raise row.refused(field="clusters", wanted=_VARIANTS)


def _alignment(row: Row, clusters: list[tuple[GoldVariant, ...]]) -> GoldAlignment:
    try:
        a, b = (clusters[cluster][variant] for cluster, variant in map(row.items, ("a", "b")))
        return GoldAlignment(a, b, tuple((i, j) for i, j in row.items("words")))
    except (IndexError, TypeError, ValueError) as error:
        raise row.refused(field="words", wanted="pairs of numbers") from error


def _together(row: Row) -> GoldArticles:
    return _articles(one.text("text") for one in row.rows("articles"))


def _tokens(row: Row) -> GoldArticles:
    return _articles(["\n\n".join(_paragraphs(row.text("text")))])


def _sentences(row: Row) -> GoldArticles:
    return _articles(["\n\n".join(map(" ".join, row.items("body-paragraphs")))])


def _articles(texts: Iterator[str] | list[str]) -> GoldArticles:
    return GoldArticles({hashlib.sha256(text.encode()).hexdigest(): text for text in texts})


def _paragraphs(tokens: str) -> Iterator[str]:
    for paragraph in filter(None, map(str.strip, _BREAK.split(tokens))):
        leaning = _OPENING.sub("", _CLOSING.sub("", paragraph))
        yield _HYPHEN.sub("-", _QUOTED.sub(r'"\1"', leaning))


CONFLICTS: tuple[Form[GoldDifferences], ...] = (
    Form(fields("case half documents pairs"), _differences),
)
QUOTATIONS: tuple[Form[GoldUtterances | GoldArticles], ...] = (
    Form(fields("story data half clusters alignments"), _utterances),
    Form(fields("story_id date topic articles"), _together),
    Form(fields("doc_id outlet_code text sentences"), _tokens),
    Form(fields("uuid body-paragraphs triplet-uuid"), _sentences),
)
