"""Two wordings of one thing, word by word: which words answer each other, and what that leaves.

Words answer each other where they are the same but for case, ending or the shift of tense that
reported speech brings ("will", "would"). The alignment is the best one of all in which no two pairs
cross (dynamic programming, Needleman and Wunsch 1970): words that carry meaning count most, words
in a row more than words apart, and a small word that stands alone counts for nothing.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache
from itertools import pairwise, zip_longest
from typing import NamedTuple

from unspin import text as folding
from unspin.types import Difference, Span

_WORD = re.compile(r"\w+(?:['’\-]\w+)*")
_SMALL = frozenset(
    """a an the and or but nor so yet of in on at by to for from with into onto over under about
    as than that this these those it its he him his she her they them their we us our you your i
    me my who whom whose which what be have do will shall can may there here s t re ve ll""".split()
)
_FORMS = {
    form: forms.split()[0]
    for forms in (
        "be am is are was were been being",
        "have has had having",
        "do does did doing done",
        "will would 'll",
        "can could",
        "may might",
        "go goes went gone going",
        "say says said",
        "make makes made",
        "take takes took taken",
        "give gives gave given",
        "get gets got gotten",
        "know knows knew known",
        "think thinks thought",
        "come comes came",
        "see sees saw seen",
        "leave leaves left",
        "lose loses lost",
        "keep keeps kept",
        "hold holds held",
        "stand stands stood",
        "tell tells told",
        "find finds found",
        "feel feels felt",
        "bring brings brought",
        "buy buys bought",
        "begin begins began begun",
        "write writes wrote written",
        "speak speaks spoke spoken",
        "break breaks broke broken",
        "fight fights fought",
        "pay pays paid",
        "sell sells sold",
        "send sends sent",
        "build builds built",
        "win wins won",
        "man men",
        "woman women",
        "child children",
        "person people",
    )
    for form in forms.split()
}
_SHORTENED = {"ca": "can", "wo": "will", "sha": "shall"}  # before n't
_CONTENT, _LITTLE, _ROW = 1.0, 0.15, 0.2  # what a pair is worth, and one more in a row
_CELLS = 250_000  # of the table; beyond it runs of equal words are found one by one
_NEAR = 3  # words from a small word to the pair that supports it


class Word(NamedTuple):
    """One word of a document as it is compared."""

    span: Span
    form: str  # as it is written
    stem: str
    piece: int  # which of the spans it lies in

    @property
    def is_small(self) -> bool:
        """Whether the word carries little meaning of its own."""
        return self.stem in _SMALL

    @property
    def is_negated(self) -> bool:
        """Whether it is a verb that is denied: "don't", "cannot"."""
        return self.stem.endswith("n't")

    @property
    def weight(self) -> float:
        """What the word counts for."""
        return _LITTLE if self.is_small else _CONTENT


Pairs = tuple[tuple[int, int], ...]  # indices that answer each other, both ascending


def words(text: str, spans: Sequence[Span]) -> tuple[Word, ...]:
    """The words of `spans`, in their order."""
    return tuple(
        Word(Span(*match.span()), match.group(), _stem(match.group()), piece)
        for piece, span in enumerate(spans)
        for match in _WORD.finditer(text, span.start, span.end)
    )


def align(here: Sequence[Word], there: Sequence[Word]) -> Pairs:
    """The pairs of words that answer each other."""
    if len(here) * len(there) > _CELLS:
        return _runs(here, there)
    return _supported(_best(here, there), here, there)


def share(here: Sequence[Word], there: Sequence[Word], pairs: Pairs) -> float:
    """The share of the lighter one's weight that answers something; 0 where it has none."""
    lighter = min(sum(word.weight for word in words) for words in (here, there))
    return sum(here[i].weight for i, _ in pairs) / lighter if lighter else 0.0


def parts(
    here: Sequence[Word], there: Sequence[Word], pairs: Pairs
) -> Iterator[tuple[Sequence[Word], Sequence[Word]]]:
    """What stands before each pair, behind the one before it, and after the last; empty or not."""
    for (i, j), (k, m) in pairwise(((-1, -1), *pairs, (len(here), len(there)))):
        yield here[i + 1 : k], there[j + 1 : m]


def figures(words: Sequence[Word]) -> set[str]:
    """The stems of the numbers in figures among the words."""
    return {word.stem for word in words if word.stem[:1].isdigit()}


def diff(here: Sequence[Word], there: Sequence[Word], pairs: Pairs) -> tuple[Difference, ...]:
    """The steps from `there` to `here`, in order; no step runs over the edge of a span."""
    steps: list[Difference] = []
    for parted, pair in zip_longest(parts(here, there, pairs), pairs):
        steps += _unlike(*map(spans, parted))
        if pair:
            steps.append(Difference("same", here[pair[0]].span, there[pair[1]].span))
    return tuple(_joined(steps, here, there))


def spans(part: Sequence[Word]) -> list[Span]:
    """The stretches that the words make up, in their order, none over the edge of a piece."""
    found: list[Span] = []
    piece = -1
    for word in part:
        if word.piece == piece and found[-1].end <= word.span.start:
            found[-1] = Span(found[-1].start, word.span.end)
        else:
            found.append(word.span)
        piece = word.piece
    return found


def _unlike(here: Sequence[Span], there: Sequence[Span]) -> Iterator[Difference]:
    both = min(len(here), len(there))
    yield from (Difference("changed", *one) for one in zip(here[:both], there[:both], strict=True))
    yield from (Difference("cut", None, span) for span in there[both:])
    yield from (Difference("added", span, None) for span in here[both:])


def _joined(
    steps: Sequence[Difference], here: Sequence[Word], there: Sequence[Word]
) -> Iterator[Difference]:
    """The steps with those that are alike and side by side made one."""
    piece_here = {word.span: word.piece for word in here}
    piece_there = {word.span: word.piece for word in there}
    last: Difference | None = None
    pieces = (-1, -1)
    for step in steps:
        if step.kind != "same" or step.here is None or step.there is None:
            if last:
                yield last
            last = None
            yield step
            continue
        now = (piece_here[step.here], piece_there[step.there])
        if last and last.here and last.there and pieces == now and last.here.end <= step.here.start:
            here_span = Span(last.here.start, step.here.end)
            last = Difference("same", here_span, Span(last.there.start, step.there.end))
        else:
            if last:
                yield last
            last = step
        pieces = now
    if last:
        yield last


def _best(here: Sequence[Word], there: Sequence[Word]) -> Pairs:
    width = len(there) + 1
    best = [[0.0] * width for _ in range(len(here) + 1)]
    ending: list[list[float | None]] = [[None] * width for _ in range(len(here) + 1)]
    for i, word in enumerate(here, 1):
        above, row, ends_above, ends = best[i - 1], best[i], ending[i - 1], ending[i]
        for j, other in enumerate(there, 1):
            value = max(row[j - 1], above[j])
            if word.stem == other.stem:
                before = above[j - 1]
                in_row = ends_above[j - 1]
                if in_row is not None and in_row + _ROW > before:
                    before = in_row + _ROW
                ends[j] = paired = before + word.weight
                value = max(paired, value)
            row[j] = value
    return _traced(best, ending)


def _traced(best: Sequence[Sequence[float]], ending: Sequence[Sequence[float | None]]) -> Pairs:
    """The pairs of the best way through the table, found from its end."""
    found = []
    i, j = len(best) - 1, len(best[0]) - 1
    in_row = False
    while i and j:
        paired = ending[i][j]
        if paired is not None and (in_row or paired >= best[i][j]):
            found.append((i - 1, j - 1))
            before = ending[i - 1][j - 1]
            in_row = before is not None and before + _ROW > best[i - 1][j - 1]
            i, j = i - 1, j - 1
        elif best[i - 1][j] >= best[i][j - 1]:
            i -= 1
        else:
            j -= 1
    return tuple(reversed(found))


def _supported(pairs: Pairs, here: Sequence[Word], there: Sequence[Word]) -> Pairs:
    """The pairs without those of small words that no pair near by holds in place."""
    kept = []
    for at, (i, j) in enumerate(pairs):
        beside = (pairs[at - 1 : at] if at else ()) + pairs[at + 1 : at + 2]
        held = any(abs(i - k) <= _NEAR and abs(j - m) <= _NEAR for k, m in beside)
        ends = i in {0, len(here) - 1} and j in {0, len(there) - 1} and (i == 0) == (j == 0)
        if held or ends or not here[i].is_small:
            kept.append((i, j))
    return tuple(kept)


def _runs(here: Sequence[Word], there: Sequence[Word]) -> Pairs:
    matcher = SequenceMatcher(
        None, [word.stem for word in here], [word.stem for word in there], autojunk=False
    )
    return tuple(
        (block.a + step, block.b + step)
        for block in matcher.get_matching_blocks()
        for step in range(block.size)
    )


@cache
def _stem(word: str) -> str:
    """The word without case, possessive and the commonest endings; a negated verb ends in n't."""
    folded = folding.fold(word).text
    if folded == "cannot":
        return "cann't"
    if folded.endswith("n't") and len(folded) > len("n't"):
        verb = folded.removesuffix("n't")
        return _FORMS.get(_SHORTENED.get(verb, verb), verb) + "n't"
    for ending in ("'s", "s'"):
        if folded.endswith(ending) and len(folded) > len(ending) + 1:
            folded = folded.removesuffix(ending)
    return _FORMS[folded] if folded in _FORMS else _bare(folded)


def _bare(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):  # noqa: PLR2004 - "ties" ends in s
        return word[:-3] + "y"
    for ending, least in (("ing", 6), ("ed", 5), ("es", 5), ("s", 4), ("e", 4)):
        if word.endswith(ending) and len(word) >= least and not word.endswith("ss"):
            stem = word.removesuffix(ending)
            if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "lsz":  # noqa: PLR2004
                stem = stem[:-1]  # "stopped"
            return stem.removesuffix("e") if ending == "s" and len(stem) > 3 else stem  # noqa: PLR2004
    return word
