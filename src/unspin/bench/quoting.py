"""How well direct quotations are found and named: what is marked as speech, and whose it is.

A quotation is given by a direct statement, or by what a mixed one holds between quotation marks. A
piece belongs to the innermost statement that has it. White space, commas and stops at the edges
of a piece do not count; the marks themselves do. In paragraphs of the news only what stands between
marks is labelled, so there a statement without any is not judged.

- `content_exact_f1`: over quotations, all pieces in the paragraph are the same
- `piece_exact_f1`: over their pieces
- `speaker_right`, `speaker_wrong`, `speaker_null`: shares of all quotations, which add up to 1.
  Right is the same person, one name being the fuller of the two, or no name for somebody the text
  never names; wrong is anybody else; null is no name, or the quotation was not found
- `scare_as_speech`: of the stretches that are marked but no speech, those given as quotations
- `paragraphs`, `quotations`, `unspoken`: how many were scored
"""

import logging
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from unspin.bench import Progress, Scores, passes, scores
from unspin.bench.gold import GoldPassage, GoldQuotation, GoldText
from unspin.bench.scores import Tally
from unspin.errors import UsageError
from unspin.types import Document, Marks, Span

Verdict = Literal["right", "wrong", "null"]
_EDGE = frozenset(",.;:")
_POSSESSIVE = re.compile(r"['\u2019]s\b")
_WORD = re.compile(r"[^\W_]+")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Given:
    """A quotation somebody found: its pieces in a passage, and the names of its speakers."""

    words: tuple[Span, ...]
    who: tuple[str, ...]


@dataclass(slots=True)
class _Count:
    """What was scored in some passages."""

    content: Tally = field(default_factory=Tally)
    pieces: Tally = field(default_factory=Tally)
    verdicts: Counter[Verdict] = field(default_factory=Counter)
    taken: int = 0  # unspoken stretches given as quotations
    unspoken: int = 0
    passages: int = 0

    def add(self, passage: GoldPassage, marks: Marks) -> None:
        text, given = marks.document.text, found(passage, marks)
        wanted = [
            tuple(scores.bare(text, span, _EDGE) for span in one.words)
            for one in passage.quotations
        ]
        held = [one.words for one in given]
        pieces = [piece for words in held for piece in words]
        self.content += scores.alike(wanted, held)
        self.pieces += scores.alike([piece for words in wanted for piece in words], pieces)
        whose = [one for one in passage.quotations if not one.open]
        self.verdicts.update(verdict(one, text, given) for one in whose)
        self.taken += sum(any(map(span.covers, pieces)) for span in passage.unspoken)
        self.unspoken += len(passage.unspoken)
        self.passages += 1

    def scores(self) -> dict[str, float]:
        judged = self.verdicts.total()
        return {
            "content_exact_f1": self.content.f1,
            "piece_exact_f1": self.pieces.f1,
            "speaker_right": self.verdicts["right"] / judged if judged else 0.0,
            "speaker_wrong": self.verdicts["wrong"] / judged if judged else 0.0,
            "speaker_null": self.verdicts["null"] / judged if judged else 0.0,
            "scare_as_speech": self.taken / self.unspoken if self.unspoken else 0.0,
            "paragraphs": float(self.passages),
            "quotations": float(self.content.wanted),
            "unspoken": float(self.unspoken),
        }


def score(
    gold: Sequence[GoldPassage | GoldText],
    mark: Callable[[Document], Marks],
    progress: Progress,
) -> Scores:
    """The scores over all passages, by data set, and by half.

    Passages whose article is not among `gold` are left out, and the log says how many;
    UsageError where that leaves none.
    """
    texts = {one.digest: one for one in gold if isinstance(one, GoldText)}
    asked = [one for one in gold if isinstance(one, GoldPassage)]
    passages = [one for one in asked if one.text is not None or one.article in texts]
    if len(passages) < len(asked):
        msg = f"{len(asked) - len(passages)} of {len(asked)} paragraphs: the article is not there"
        if not passages:
            msg += ". Give the articles with --data too: polnear and allsides-ukraine"
            raise UsageError(msg)
        _log.warning("%s; they are left out", msg)
    marked: dict[str, Marks] = {}
    counts: dict[str, _Count] = defaultdict(_Count)
    for number, passage in enumerate(passages, 1):
        if passage.article not in marked:
            marked[passage.article] = mark(_document(passage, texts))
        for group in {"", passage.corpus, passage.half or ""}:
            counts[group].add(passage, marked[passage.article])
        progress(number)
    total = counts.pop("")
    return total.scores(), {name: counts[name].scores() for name in sorted(counts)}


def found(passage: GoldPassage, marks: Marks) -> tuple[Given, ...]:
    """The quotations that the marks give in a passage, what cannot be judged left out."""
    text, statements = marks.document.text, marks.statements
    labelled = [
        *(span for one in passage.quotations for span in one.words),
        *passage.unspoken,
        *passage.open,
    ]
    inner: set[tuple[int, Span]] = set()  # pieces that a statement within has as well
    for statement in statements:
        outer = statement.within
        while outer is not None:
            inner.update((outer, span) for span in statement.words)
            outer = statements[outer].within
    given = []
    for number, statement in enumerate(statements):
        if statement.speech == "indirect":
            continue
        spans = [
            scores.bare(text, span, _EDGE)
            for span in statement.words
            if (number, span) not in inner and span.overlaps(passage.span)
        ]
        free = passage.text is not None and statement.speech == "direct"
        judged = tuple(
            span
            for span in spans
            if not any(one.covers(span) for one in passage.open)
            and (free or any(map(span.overlaps, labelled)))
        )
        if judged:
            names = tuple(one.who for one in statement.speakers if one.who is not None)
            given.append(Given(judged, names))
    return tuple(given)


def verdict(quotation: GoldQuotation, text: str, given: Iterable[Given]) -> Verdict:
    """Whether what is given for a quotation, by what fits it best, names its speaker."""
    fits = [(_fit(quotation.words, one.words), one) for one in given]
    best = max((fit for fit, _ in fits), default=0.0)
    if not best:
        return "null"
    names = [name for fit, one in fits if fit == best for name in one.who]
    if quotation.who is not None:
        who = quotation.who.of(text)
        right = all(same(who, name) for name in names)
        return "null" if not names else "right" if right else "wrong"
    source = quotation.speaker.of(text) if quotation.speaker else ""
    return "right" if all(_words(name) <= _words(source) for name in names) else "wrong"


def same(name: str, other: str) -> bool:
    """Whether two names are one person's: equal, or one the fuller of the two."""
    some, others = _words(name), _words(other)
    return bool(some and others) and (some <= others or others <= some)


def _document(passage: GoldPassage, texts: Mapping[str, GoldText]) -> Document:
    if passage.text is not None:
        return passes.document(passage.text)
    article = texts[passage.article]
    return passes.document(
        article.text,
        title=article.title,
        outlet=article.outlet,
        published=article.published or None,
    )


def _fit(wanted: Sequence[Span], given: Iterable[Span]) -> float:
    """How much of both is shared, 0 to 1, by the pieces given that share anything."""
    met = [one for one in given if any(map(one.overlaps, wanted))]
    shared = scores.shared(met, wanted)
    return 2 * shared / sum(one.end - one.start for one in [*met, *wanted]) if shared else 0.0


def _words(name: str) -> frozenset[str]:
    return frozenset(_WORD.findall(_POSSESSIVE.sub("", name.casefold())))
