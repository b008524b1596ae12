"""How well statements are found: source, cue and content, on the articles of PolNeAR.

Two predictors are scored: the statements that `mark` gives, under the plain names, and what the
encoder sees before any rule, under names that begin with `encoder_`. Gold and given spans are
made alike first, in what nobody would call a difference: quotation marks, white space and closing
punctuation at the edges do not count, and pieces that only these keep apart are one piece. Joint
speakers, each a speaker of their own in the marks, are one source, as they are labelled.

- `…_exact_f1`: over statements, all pieces of the content (cue, source) are the same
- `…_piece_f1`: over the pieces of all statements, as a tagger without statements would be scored
- `…_token_f1`: over the words that lie in any content (cue, source)
- `whole_exact_f1`: source, cue and content are all the same
- `whole_overlap_f1`: statements pair off one to one; each part overlaps, or neither side has it
- `ece`: the score of a statement against whether it pairs off
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from unspin import text as texts
from unspin.bench import Progress, Scores, passes, scores
from unspin.bench.gold import GoldArticle, GoldStatement
from unspin.bench.passes import See
from unspin.bench.scores import Tally
from unspin.model.signals import Attribution
from unspin.types import Document, Marks, Span, Statement

Part = Literal["source", "cue", "content"]
_PARTS: tuple[Part, ...] = ("content", "cue", "source")
_EDGE = frozenset(".,;:“”„‟«»‹›「」『』‘’‚\"'`")  # noqa: RUF001 - quotation marks of the news
_PARAGRAPH = re.compile(r"[^\n]+")
_WORD = re.compile(r"\w+")
_JOINT = re.compile(r"\s*,?\s*(?:and|or|&)?\s*", re.IGNORECASE)  # between speakers of one statement


@dataclass(frozen=True, slots=True)
class Given:
    """A statement somebody or something found, and how sure it is."""

    statement: GoldStatement
    score: float  # 0 to 1


def score(
    articles: Sequence[GoldArticle],
    see: See,
    mark: Callable[[Document], Marks],
    progress: Progress,
) -> Scores:
    """The scores over all articles, by outlet, and the recall by how a statement is quoted."""
    seen = passes.signals([article.text for article in articles], see, progress)
    marked = []
    for article in articles:
        marks = mark(_document(article))
        marked.append([of_mark(article.text, one) for one in marks.statements])
        progress(len(marked))
    found = {
        "": marked,
        "encoder_": [[_of_encoder(one) for one in signals.attributions] for signals in seen],
    }
    outlets = sorted({article.outlet for article in articles})
    totals: dict[str, float] = {}
    by: dict[str, dict[str, float]] = {outlet: {} for outlet in outlets}
    for prefix, given in found.items():
        pairs = list(zip(articles, given, strict=True))
        totals |= _named(prefix, _scores(pairs))
        for outlet in outlets:
            own = [pair for pair in pairs if pair[0].outlet == outlet]
            by[outlet] |= _named(prefix, _scores(own))
        for kind, recalls in _recalls(pairs).items():
            by[kind] = by.get(kind, {}) | _named(prefix, recalls)
    return totals, by


def normal(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans in order without what does not count at their edges, joined where only that parts.

    Empty spans are left out.
    """
    found: list[Span] = []
    for span in sorted(spans):
        bare = scores.bare(text, span, _EDGE)
        if bare.start == bare.end:
            continue
        if found and all(
            scores.is_edge(character, _EDGE) for character in text[found[-1].end : bare.start]
        ):
            found[-1] = Span(found[-1].start, max(found[-1].end, bare.end))
        else:
            found.append(bare)
    return tuple(found)


def tallies(
    text: str, wanted: Sequence[GoldStatement], given: Sequence[GoldStatement]
) -> dict[str, Tally]:
    """The tallies of one article by the name of the score, both sides as `normal` gives them.

    Statements that lack a part do not count for it.
    """
    found: dict[str, Tally] = {}
    for part in _PARTS:
        sought = [spans for one in wanted if (spans := _part(one, part))]
        held = [spans for one in given if (spans := _part(one, part))]
        pieces = [{piece for spans in side for piece in spans} for side in (sought, held)]
        found[f"{part}_exact"] = scores.alike(sought, held)
        found[f"{part}_piece"] = scores.alike(*pieces)
        found[f"{part}_token"] = scores.tokens(text, *pieces)
    found["whole_exact"] = scores.alike(wanted, given)
    met = len(paired(wanted, given))
    found["whole_overlap"] = Tally(met, len(given), met, len(wanted))
    return found


def paired(
    wanted: Sequence[GoldStatement], given: Sequence[GoldStatement]
) -> list[tuple[int, int]]:
    """Which statements pair off: each at most once, those that share most content first."""
    candidates = sorted(
        (-scores.shared(one.content, other.content), row, column)
        for row, one in enumerate(wanted)
        for column, other in enumerate(given)
        if all(_meets(_part(one, part), _part(other, part)) for part in _PARTS)
    )
    taken: dict[int, int] = {}
    used: set[int] = set()
    for _, row, column in candidates:
        if row not in taken and column not in used:
            taken[row] = column
            used.add(column)
    return sorted(taken.items())


def quoted(text: str, statement: GoldStatement) -> Literal["direct", "indirect", "mixed"]:
    """How the words of the content stand: all, none or some of them between quotation marks."""
    words = within = 0
    for paragraph in _PARAGRAPH.finditer(text):
        block = Span(*paragraph.span())
        content = [span for span in statement.content if span.overlaps(block)]
        pairs = texts.quotations(text, block) if content else ()
        for word in _WORD.finditer(text, *paragraph.span()) if content else ():
            place = Span(*word.span())
            if any(span.overlaps(place) for span in content):
                words += 1
                within += any(pair.inner.covers(place) for pair in pairs)
    return "indirect" if not within else "direct" if within == words else "mixed"


def _scores(pairs: Iterable[tuple[GoldArticle, Sequence[Given]]]) -> dict[str, float]:
    total: dict[str, Tally] = defaultdict(Tally)
    sure: list[float] = []
    right: list[bool] = []
    for article, given in pairs:
        wanted, held = _normal(article.text, article.statements, given)
        statements = [one.statement for one in held]
        for name, tally in tallies(article.text, wanted, statements).items():
            total[name] += tally
        sure += [one.score for one in held]
        met = {column for _, column in paired(wanted, statements)}
        right += [place in met for place in range(len(statements))]
    return {
        **{f"{name}_f1": tally.f1 for name, tally in total.items()},
        "whole_overlap_precision": total["whole_overlap"].precision,
        "whole_overlap_recall": total["whole_overlap"].recall,
    } | scores.calibration(sure, right)


def _recalls(
    pairs: Iterable[tuple[GoldArticle, Sequence[Given]]],
) -> dict[str, dict[str, float]]:
    total: dict[str, dict[str, Tally]] = defaultdict(lambda: defaultdict(Tally))
    for article, given in pairs:
        wanted, held = _normal(article.text, article.statements, given)
        kinds: dict[str, list[GoldStatement]] = defaultdict(list)
        for statement in wanted:
            kinds[quoted(article.text, statement)].append(statement)
        for kind, statements in kinds.items():
            found = tallies(article.text, statements, [one.statement for one in held])
            for name, tally in found.items():
                total[kind][name] += tally
    return {
        kind: {f"{name}_recall": tally.recall for name, tally in named.items()}
        for kind, named in sorted(total.items())
    }


def _normal(
    text: str, wanted: Iterable[GoldStatement], given: Iterable[Given]
) -> tuple[list[GoldStatement], list[Given]]:
    sought = [alike(text, statement) for statement in wanted]
    held = [Given(alike(text, one.statement), one.score) for one in given]
    return (
        [statement for statement in sought if statement.content],
        [one for one in held if one.statement.content],
    )


def alike(text: str, statement: GoldStatement) -> GoldStatement:
    """The statement with each part as `normal` gives it."""
    return GoldStatement(
        normal(text, statement.source),
        normal(text, statement.cue),
        normal(text, statement.content),
    )


def of_mark(text: str, statement: Statement) -> Given:
    """A statement of the marks as the scores compare it: joint speakers are one source."""
    source: tuple[Span, ...] = ()
    for span in sorted(span for speaker in statement.speakers for span in speaker.words):
        if source and _JOINT.fullmatch(text, source[-1].end, span.start):
            source = (*source[:-1], Span(source[-1].start, span.end))
        else:
            source = (*source, span)
    return Given(GoldStatement(source, statement.cue, statement.words), statement.score)


def _of_encoder(attribution: Attribution) -> Given:
    statement = GoldStatement(attribution.source, attribution.cue, attribution.content)
    return Given(statement, attribution.score)


def _document(article: GoldArticle) -> Document:
    return passes.document(
        article.text, title=article.title, outlet=article.outlet, published=article.published
    )


def _named(prefix: str, group: dict[str, float]) -> dict[str, float]:
    return {f"{prefix}{name}": value for name, value in group.items()}


def _part(statement: GoldStatement, part: Part) -> tuple[Span, ...]:
    spans: tuple[Span, ...] = getattr(statement, part)
    return spans


def _meets(some: Sequence[Span], others: Sequence[Span]) -> bool:
    return scores.shared(some, others) > 0 or not (some or others)
