"""The data sets of events: their articles, copies of them and the actors they name, as gold."""

import re
from collections.abc import Callable, Sequence

from unspin.bench.corpora import Form, Row, fields
from unspin.bench.gold import GoldActors, GoldMention, GoldNaming, GoldSpeakers, GoldText, GoldTold
from unspin.bench.passages import article_text
from unspin.types import Span

_LEANING = frozenset(
    ". , ; : ! ? ) ] } % 's 'm 'd 're 've 'll n't ' \u2019 \u2019s \u201d \u2026".split()
)
_OPENING = frozenset("( [ { $ £ € \u201c \u2018".split())
_CHAIN = re.compile(r"(\d+)_(.*)_(.*?)")  # of newswcl50: event, name and kind


def _alone(outlet: str) -> Callable[[Row], tuple[GoldText, ...]]:
    build = article_text(outlet)
    return lambda row: (build(row),)


def _together(row: Row) -> tuple[GoldText, ...]:
    return tuple(map(article_text("source"), row.rows("articles")))


def _actors(row: Row) -> GoldActors:
    """A row of newswcl50, whose text is its words with a space between."""
    starts: list[list[Span]] = []
    at = 0
    for sentence in row.items("sentences"):
        starts.append([])
        for word in sentence:
            starts[-1].append(Span(at, at + len(word)))
            at += len(word) + 1
    if at - 1 != len(row.text("text")):
        raise row.refused(field="sentences", wanted="the words of the text")
    mentions, opened = [], dict[str, list[Span]]()
    for sentence, place, tags in row.items("coref_tokens"):
        word = starts[sentence][place]
        for tag in map(str.strip, tags.split("|")):
            name = tag.strip("()")
            parts = _CHAIN.fullmatch(name)
            if parts is None:
                raise row.refused(field="coref_tokens", wanted="tags of event, name and kind")
            _, chain, kind = parts.groups()
            if tag.startswith("("):
                opened.setdefault(name, []).append(word)
            if tag.endswith(")") and kind in {"ACTOR", "ACTOR-I"} and opened.get(name):
                span = Span(opened[name].pop().start, word.end)
                mentions.append(GoldMention(span, chain, kind == "ACTOR"))
    return GoldActors(row.text("event"), row.text("outlet_code"), row.text("text"), tuple(mentions))


def _speakers(row: Row) -> GoldSpeakers:
    labels = {label: label for label in ("same", "different", "open")}
    a, b = (
        GoldNaming(
            part.text("text"),
            part.fields.get("outlet"),
            part.fields.get("published"),
            part.span(part.fields.get("span"), "span", part.text("text")),
        )
        for part in map(row.row, ("a", "b"))
    )
    return GoldSpeakers(row.text("half"), row.text("sort"), row.choice("label", labels), a, b)


def _told(
    corpus: str, story: str, text: str, published: str | None
) -> Callable[[Row], tuple[GoldTold, ...]]:
    """Rows of a set that hold a story and its articles."""

    def build(row: Row) -> tuple[GoldTold, ...]:
        name = row.text(story)
        return tuple(
            GoldTold(
                corpus=corpus,
                title=one.text("title") or None,
                text=one.text(text),
                published=one.text(published) if published else None,
                story=name,
                part=name,
            )
            for one in row.rows("articles")
        )

    return build


def _actors_told(row: Row) -> tuple[GoldTold, ...]:
    event = row.text("event")
    text = "\n".join(_spaced(tokens) for tokens in row.items("sentences"))
    return (GoldTold("newswcl50", None, text, None, event, event),)


def _topical(row: Row) -> tuple[GoldTold, ...]:
    """A document of ecbplus, of which the set has but some sentences."""
    text = "\n".join(_spaced(one.items("tokens")) for one in row.rows("sentences"))
    topic, part = str(row.fields["topic"]), row.text("subtopic")
    return (GoldTold("ecbplus", None, text, None, topic, part),)


def _spaced(tokens: Sequence[str]) -> str:
    """A sentence of its tokens, spaced as it was printed, or nearly so.

    Closing marks and endings ("'s") lean on what stands before, opening marks on what follows; a
    plain quotation mark opens and closes in turn.
    """
    parts: list[str] = []
    leaning, quoted = True, False
    for word in tokens:
        mark = word in {'"', "``", "''"}
        closes = word in _LEANING or (mark and (quoted or word[0] == "'"))
        parts += ["" if closes or leaning else " ", '"' if mark else word.replace("\\n", "\n")]
        leaning = word in _OPENING or (mark and not closes)
        quoted = not closes if mark else quoted
    return "".join(parts).strip()


SPEAKERS: tuple[Form[GoldActors | GoldSpeakers], ...] = (
    Form(fields("event outlet_code text sentences coref_tokens"), _actors),
    Form(fields("case half label sort a b"), _speakers),
)
COPIES: tuple[Form[tuple[GoldText, ...]], ...] = (
    Form(fields("id publisher date title text annotations"), _alone("publisher")),
    Form(fields("id date source title text bias"), _alone("source")),
    Form(fields("story_id date topic articles"), _together),
)
STORIES: tuple[Form[tuple[GoldTold, ...]], ...] = (
    Form(
        fields("event_id title articles"),
        _told("wikinews-events", "event_id", "body", None),
    ),
    Form(
        fields("story_id topic articles"),
        _told("allsides-stories", "story_id", "text", "date"),
    ),
    Form(fields("event doc_id sentences coref_tokens"), _actors_told),
    Form(fields("topic subtopic doc_id sentences"), _topical),
)
