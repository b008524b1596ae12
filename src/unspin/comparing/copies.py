"""Documents that are one text: wire copy, syndication, light editing; and what each edit changed.

Two documents are held against each other where they share runs of three words, sampled by a hash
of the words (Broder 1997, by modulus), found in an inverted index. They are copies where at least
half of the shorter one stands in the other, and half of what it says in its own voice: sentence by
sentence, each in the order of its words (the longest common subsequence, bit-parallel: Hyyrö 2004),
wherever the sentence was moved to. Two reports may quote one statement at length, so quotations
alone are no evidence; nor is what any outlet prints again and again, over a week and more.
"""

import re
import zlib
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from unspin import text as reading
from unspin.types import Copy, Difference, DiffKind, Document, Edited, Marks, Span

_WORD = re.compile(r"\w+(?:[.,'’-]\w+)*")
_DATELINE = re.compile(  # such as: "PORT VARR, March 3 (Tideline) — ..."
    r"^[^\W\d_][\w .,'’/-]{1,60}?\s*\(([^\W\d_][\w .&-]{1,30})\)\s*[-–—:]{1,2}\s", re.MULTILINE
)
_OPENING = 600  # characters in which a dateline may stand
_RUN = 3  # words in a row that two texts are found by
_SAMPLE = 4  # one run in so many is looked up
_BESIDE = 24  # documents that one is paired with by one run: those next to it in order
_LOOK = 0.1  # share of the shorter one's runs from which a pair is read
_FEWEST_RUNS = 3
_REUSED = 8  # words in a row that, in an outlet's articles of several days, are its boilerplate
_DAYS = 3
_APART = 7  # days from the first to the last: one text may be brought up to date for some days
_ALIKE = 0.5  # of a sentence's words, in order, that another must have to be the same sentence
_SHORTEST = 4  # words of a sentence that tell anything
_TRIED = 3  # sentences of the other document that one is held against
_TELLING = 200  # sentences that are found by one pair of words
_HALF = 0.5  # of the words of the shorter one
_MOST = 0.75
_FEWEST = 25  # own words found again, or what is shared may be a phrase
_LEAST = 0.3  # of all words of the shorter one, its boilerplate too
_LOST = 2  # times as many other words on both sides as a run of equal ones has: they are chance
_STRETCH = 2000  # words that are aligned in one go where no equal sentences part them
_MIX = np.uint64(0x9E3779B97F4A7C15)

Hashes = NDArray[np.uint64]
Words = tuple[str, ...]


@dataclass(frozen=True)
class _Sentences:
    """Some words of each sentence of a document."""

    words: tuple[Words, ...]

    @cached_property
    def size(self) -> int:
        """How many words they have, those too short to tell anything left out."""
        return sum(len(words) for words in self.words if len(words) >= _SHORTEST)

    @cached_property
    def known(self) -> tuple[frozenset[str], ...]:
        """The words of each sentence in no order."""
        return tuple(map(frozenset, self.words))


@dataclass(frozen=True)
class _Text:
    """The words of one document, and which of them are evidence."""

    document: Document
    words: Words  # folded
    places: NDArray[np.int64]  # where each begins and ends: a row a word
    sentences: tuple[tuple[int, int], ...]  # half-open, in words
    hashes: Hashes  # of the words
    quoted: NDArray[np.bool_]  # whether a word stands in a quotation
    reused: NDArray[np.bool_]  # whether it is boilerplate of the outlet

    @cached_property
    def whole(self) -> _Sentences:
        """All words."""
        return _Sentences(tuple(self.words[start:end] for start, end in self.sentences))

    @cached_property
    def new(self) -> _Sentences:
        """The words that are no boilerplate."""
        return self._without(self.reused)

    @cached_property
    def told(self) -> tuple[bool, ...]:
        """Whether most of each sentence, its boilerplate apart, is what the outlet says itself."""
        own = map(len, self._without(self.reused | self.quoted).words)
        return tuple(
            2 * some >= len(words) for some, words in zip(own, self.new.words, strict=True)
        )

    def _without(self, left_out: NDArray[np.bool_]) -> _Sentences:
        out = left_out.tolist()
        return _Sentences(
            tuple(
                tuple(self.words[at] for at in range(start, end) if not out[at])
                for start, end in self.sentences
            )
        )


def find(marks: Sequence[Marks]) -> tuple[Copy, ...]:
    """The groups of copies, in the order of their first documents; a document is in one at most.

    The marks come in the order of the comparison. The fullest document of a group is its first.
    """
    known: dict[str, tuple[str, int]] = {}
    texts = _without_reused([_read(one.document, known) for one in marks])
    same = _Groups(len(texts))
    for one, other in _candidates(texts):
        if same.root(one) != same.root(other) and _is_copy(texts[one], texts[other]):
            same.join(one, other)
    copies = []
    for group in same.groups():
        members = sorted((texts[at] for at in group), key=lambda text: -len(text.words))
        fullest, *others = members
        edits = tuple(Edited(one.document.id, _edits(one, fullest)) for one in others)
        ids = tuple(one.document.id for one in members)
        copies.append(Copy(ids, _agency(members), edits))
    return tuple(copies)


def _read(document: Document, known: dict[str, tuple[str, int]]) -> _Text:
    """The words of a document; `known` keeps each word's folded form and hash for the next."""
    text = document.text
    starts: list[int] = []
    ends: list[int] = []
    sentences: list[tuple[int, int]] = []
    spoken = [block.span for block in document.blocks if block.kind == "blockquote"]
    for line in reading.lines(text):
        spoken += [quoted.outer for quoted in reading.quotations(text, line)]
        for sentence in reading.sentences(text, line):
            first = len(starts)
            for match in _WORD.finditer(text, sentence.start, sentence.end):
                starts.append(match.start())
                ends.append(match.end())
            if first < len(starts):
                sentences.append((first, len(starts)))
    words = [_known(text[start:end], known) for start, end in zip(starts, ends, strict=True)]
    quoted = np.zeros(len(words), np.bool_)
    for span in spoken:
        quoted[bisect_left(starts, span.start) : bisect_left(starts, span.end)] = True
    return _Text(
        document,
        tuple(word for word, _ in words),
        np.stack([np.array(starts, np.int64), np.array(ends, np.int64)], axis=1),
        tuple(sentences),
        np.array([code for _, code in words], np.uint64),
        quoted,
        np.zeros(len(words), np.bool_),
    )


def _known(word: str, known: dict[str, tuple[str, int]]) -> tuple[str, int]:
    if word not in known:
        folded = reading.fold(word).text
        known[word] = folded, zlib.crc32(folded.encode("utf-8", "surrogatepass"))
    return known[word]


def _runs(hashes: Hashes, length: int) -> Hashes:
    """A hash of each run of `length` words, by the place of its first."""
    count = len(hashes) - length + 1
    if count < 1:
        return np.zeros(0, np.uint64)
    total = np.zeros(count, np.uint64)
    for step in range(length):
        total = (total ^ hashes[step : step + count]) * _MIX
        total ^= total >> np.uint64(29)
    return total


def _without_reused(texts: Sequence[_Text]) -> list[_Text]:
    """The texts with what any outlet prints again and again no evidence."""
    outlets: dict[str, list[int]] = defaultdict(list)
    for at, text in enumerate(texts):
        if text.document.outlet and text.document.published:
            outlets[text.document.outlet].append(at)
    runs = [_runs(text.hashes, _REUSED) for text in texts]
    reused = np.unique(
        np.concatenate(
            [
                np.zeros(0, np.uint64),
                *(
                    _on_several_days(
                        [runs[at] for at in members], [_day(texts[at].document) for at in members]
                    )
                    for members in outlets.values()
                ),
            ]
        )
    )
    kept = []
    for text, found in zip(texts, runs, strict=True):
        covered = np.zeros(len(text.words), np.bool_)
        for start in np.flatnonzero(_holds(reused, found)).tolist():
            covered[start : start + _REUSED] = True
        kept.append(replace(text, reused=covered))
    return kept


def _holds(known: Hashes, some: Hashes) -> NDArray[np.bool_]:
    """Which of some hashes are among the known ones, that ascend."""
    if not len(known):
        return np.zeros(len(some), np.bool_)
    places = np.minimum(np.searchsorted(known, some), len(known) - 1)
    held: NDArray[np.bool_] = known[places] == some
    return held


def _on_several_days(runs: Sequence[Hashes], days: Sequence[int]) -> Hashes:
    """The runs that are printed on enough days, far enough apart."""
    if len(set(days)) < _DAYS:
        return np.zeros(0, np.uint64)
    printed = np.concatenate(runs)
    on = np.repeat(np.array(days), [len(some) for some in runs])
    order = np.lexsort((on, printed))
    printed, on = printed[order], on[order]
    new = np.ones(len(printed), np.bool_)
    new[1:] = (printed[1:] != printed[:-1]) | (on[1:] != on[:-1])
    printed, on = printed[new], on[new]
    each, first, count = np.unique(printed, return_index=True, return_counts=True)
    apart = on[first + count - 1] - on[first]
    several: Hashes = each[(count >= _DAYS) & (apart >= _APART)]
    return several


def _day(document: Document) -> int:
    return document.published.toordinal() if document.published else 0


def _candidates(texts: Sequence[_Text]) -> Iterator[tuple[int, int]]:
    """Pairs of documents that share enough runs to be read, the surest first.

    Of the documents with one run each is paired with those next to it alone: the copies of one text
    share many runs and are neighbours in most, however many there are.
    """
    samples = [_sample(text) for text in texts]
    sizes = [len(sample) for sample in samples]
    runs = np.concatenate([np.zeros(0, np.uint64), *samples])
    owners = np.repeat(np.arange(len(texts)), sizes)
    order = np.lexsort((owners, runs))
    runs, owners = runs[order], owners[order]
    found = [np.zeros(0, np.int64)]
    for step in range(1, min(_BESIDE, len(runs) - 1) + 1):
        beside = runs[step:] == runs[:-step]
        if not beside.any():
            break
        found.append(owners[:-step][beside] * len(texts) + owners[step:][beside])
    pairs, shared = np.unique(np.concatenate(found), return_counts=True)
    ranked = []
    for pair, count in zip(pairs.tolist(), shared.tolist(), strict=True):
        one, other = divmod(pair, len(texts))
        share = count / min(sizes[one], sizes[other])
        if count >= _FEWEST_RUNS and share >= _LOOK:
            ranked.append((-share, one, other))
    for _, one, other in sorted(ranked):
        yield one, other


def _sample(text: _Text) -> Hashes:
    runs = np.unique(_runs(text.hashes, _RUN))
    sample: Hashes = runs[(runs >> np.uint64(40)) % np.uint64(_SAMPLE) == 0]
    return sample


def _is_copy(one: _Text, other: _Text) -> bool:
    """Whether half of the shorter one stands in the other, and half of its own words do.

    Where one side made two sentences into one, only the sentences of the other find their like;
    since a longer text finds more by chance, that must then be most of the words. A sentence that
    either has outside quotation marks is no quotation: a mark that was lost hides much.
    """
    shorter, longer = sorted((one, other), key=lambda text: text.new.size)
    own = sum(
        len(words)
        for words, told in zip(shorter.new.words, shorter.told, strict=True)
        if told and len(words) >= _SHORTEST
    )
    for here, there, least in ((shorter, longer, _HALF), (longer, shorter, _MOST)):
        found = found_own = 0
        enough = max(least * shorter.new.size, _LEAST * len(shorter.words))
        rest = here.new.size
        for at, answer in enumerate(_answers(here.new, there.new)):
            size = len(here.new.words[at])
            if answer:
                found += size
                if here.told[at] or there.told[answer[1]]:
                    found_own += size
            rest -= size * (size >= _SHORTEST)
            if found + rest < enough:
                break
        if found >= enough and found_own >= max(least * own, _FEWEST):
            return True
    return False


def _answers(here: _Sentences, there: _Sentences) -> Iterator[tuple[int, int] | None]:
    """For each sentence here the words it has in common with its like there, and which that is."""
    beside = [set(pairwise(words)) for words in here.words]
    where: dict[tuple[str, str], list[int]] = {pair: [] for pairs in beside for pair in pairs}
    for at, words in enumerate(there.words):
        for pair in where.keys() & set(pairwise(words)):
            if len(where[pair]) < _TELLING:
                where[pair].append(at)
    for words, pairs in zip(here.words, beside, strict=True):
        least = _ALIKE * len(words)
        best = (0, 0)
        if len(words) >= _SHORTEST:
            votes = Counter(at for pair in pairs for at in where[pair])
            for at in sorted(votes, key=lambda at: (-votes[at], at))[:_TRIED]:
                if sum(map(there.known[at].__contains__, words)) >= least:  # in any order
                    best = max(best, (_common(words, there.words[at]), -at))
        yield (best[0], -best[1]) if best[0] >= max(least, 1) else None


def _common(here: Sequence[str], there: Sequence[str]) -> int:
    """How many words the two have in common, in order."""
    places: dict[str, int] = defaultdict(int)
    for at, word in enumerate(there):
        places[word] |= 1 << at
    everywhere = row = (1 << len(there)) - 1
    for word in here:  # as in `_rows`, the last alone
        if met := row & places.get(word, 0):
            row = ((row + met) | (row - met)) & everywhere
    return len(there) - row.bit_count()


def _rows(here: Sequence[str], there: Sequence[str]) -> Iterator[int]:
    """The table of common subsequences, a row for each word here and one before them.

    A bit of a row is 0 where one more word there makes the longest common subsequence longer.
    """
    places: dict[str, int] = defaultdict(int)
    for at, word in enumerate(there):
        places[word] |= 1 << at
    everywhere = (1 << len(there)) - 1
    row = everywhere
    yield row
    for word in here:
        met = row & places.get(word, 0)
        row = ((row + met) | (row - met)) & everywhere
        yield row


def _aligned(here: Sequence[str], there: Sequence[str]) -> list[tuple[int, int]]:
    """The words in common, in order: pairs of their places."""
    rows = list(_rows(here, there))
    found = []
    i, j = len(here), len(there)
    while i and j:
        if rows[i] >> (j - 1) & 1:
            j -= 1
        elif rows[i - 1] >> (j - 1) & 1:
            i, j = i - 1, j - 1
            found.append((i, j))
        else:
            i -= 1
    return found[::-1]


def _edits(here: _Text, there: _Text) -> tuple[Difference, ...]:
    """What of the text here is not as it is there, in order; a sentence only moved is as it was."""
    paired = _paired(here, there)
    kept = _chain(paired)
    moved = [pair for pair in paired if pair not in kept]
    parts = list(_stretches(here, there, kept, moved))
    parts += [(_words(here, [i]), _words(there, [j])) for i, j in moved]
    steps = [step for part in parts for step in _steps(here, there, *part)]
    return tuple(step for _, step in sorted(steps, key=lambda step: step[0]))


def _paired(here: _Text, there: _Text) -> list[tuple[int, int]]:
    """The sentences that answer each other, each in one pair at most, in the order of here."""
    taken: dict[int, tuple[int, int]] = {}
    for i, answer in enumerate(_answers(here.whole, there.whole)):
        if answer:
            common, j = answer
            taken[j] = max(taken.get(j, (0, 0)), (common, -i))
    return sorted((-i, j) for j, (_, i) in taken.items())


def _chain(pairs: Sequence[tuple[int, int]]) -> frozenset[tuple[int, int]]:
    """The most pairs that stand in one order on both sides (longest increasing subsequence)."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int | None] = []
    for at, (_, j) in enumerate(pairs):
        length = bisect_left(tails, j)
        before.append(ends[length - 1] if length else None)
        tails[length:] = [j, *tails[length + 1 :]]
        ends[length:] = [at, *ends[length + 1 :]]
    found = []
    last = ends[-1] if ends else None
    while last is not None:
        found.append(pairs[last])
        last = before[last]
    return frozenset(found)


def _words(text: _Text, sentences: Iterable[int]) -> list[int]:
    return [at for sentence in sentences for at in range(*text.sentences[sentence])]


def _stretches(
    here: _Text,
    there: _Text,
    kept: Iterable[tuple[int, int]],
    moved: Iterable[tuple[int, int]],
) -> Iterator[tuple[list[int], list[int]]]:
    """The words of both texts without what was moved, in parts to be aligned each by itself.

    A part begins where a sentence is the same in both, or is like enough and the last is long.
    """
    gone_here, gone_there = {i for i, _ in moved}, {j for _, j in moved}
    rest_here = _words(here, (i for i in range(len(here.sentences)) if i not in gone_here))
    rest_there = _words(there, (j for j in range(len(there.sentences)) if j not in gone_there))
    from_here = from_there = 0
    for i, j in sorted(kept):
        until_here = bisect_left(rest_here, here.sentences[i][0])
        until_there = bisect_left(rest_there, there.sentences[j][0])
        length = max(until_here - from_here, until_there - from_there)
        if length > _STRETCH or (length and here.whole.words[i] == there.whole.words[j]):
            yield rest_here[from_here:until_here], rest_there[from_there:until_there]
            from_here, from_there = until_here, until_there
    yield rest_here[from_here:], rest_there[from_there:]


def _steps(
    here: _Text, there: _Text, some: Sequence[int], others: Sequence[int]
) -> Iterator[tuple[tuple[int, int], Difference]]:
    """The differences between the words `some` of here and `others` of there, and their order."""
    pairs = _aligned([here.words[at] for at in some], [there.words[at] for at in others])
    for (i, j), (k, m) in pairwise(((-1, -1), *_held(pairs), (len(some), len(others)))):
        new, lost = _spans(here, some[i + 1 : k]), _spans(there, others[j + 1 : m])
        at = some[k] if k < len(some) else len(here.words)
        for number in range(max(len(new), len(lost))):
            span_here = new[number] if number < len(new) else None
            span_there = lost[number] if number < len(lost) else None
            kind: DiffKind = "changed"
            if not span_here or not span_there:
                kind = "added" if span_here else "cut"
            yield (at, number), Difference(kind, span_here, span_there)


def _held(pairs: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The pairs without runs that lie lost between longer stretches of other words."""
    runs: list[list[tuple[int, int]]] = []
    for i, j in pairs:
        if runs and runs[-1][-1] == (i - 1, j - 1):
            runs[-1].append((i, j))
        else:
            runs.append([(i, j)])
    gaps = [0, *(_gap(one[-1], other[0]) for one, other in pairwise(runs)), 0]
    for run, before, after in zip(runs, gaps, gaps[1:], strict=False):
        if _LOST * len(run) >= min(before, after):
            yield from run


def _gap(one: tuple[int, int], other: tuple[int, int]) -> int:
    return max(other[0] - one[0], other[1] - one[1]) - 1


def _spans(text: _Text, words: Sequence[int]) -> list[Span]:
    """The stretches that the words make up; one ends where a moved sentence stood between."""
    found: list[Span] = []
    last = -1
    for at in words:
        if found and at == last + 1:
            found[-1] = Span(found[-1].start, int(text.places[at, 1]))
        else:
            found.append(Span(*text.places[at].tolist()))
        last = at
    return found


def _agency(texts: Sequence[_Text]) -> str | None:
    """The agency that most of the documents credit; of several the one the fullest names."""
    named = [_credited(text.document) for text in texts]
    counted = Counter(agency for agency in named if agency)
    return max(counted, key=counted.__getitem__, default=None)  # the first of equal ones


def _credited(document: Document) -> str | None:
    if document.credit:
        return document.credit
    dateline = _DATELINE.search(document.text, 0, _OPENING)
    return dateline[1] if dateline else None


class _Groups:
    """Numbers from 0 joined into groups (union-find)."""

    def __init__(self, count: int) -> None:
        self._above = list(range(count))

    def root(self, one: int) -> int:
        """The least number of the group."""
        while self._above[one] != one:
            self._above[one] = one = self._above[self._above[one]]
        return one

    def join(self, one: int, other: int) -> None:
        """Make one group of two."""
        first, second = sorted((self.root(one), self.root(other)))
        self._above[second] = first

    def groups(self) -> list[list[int]]:
        """The groups of two and more, each ascending, by their least."""
        members: dict[int, list[int]] = defaultdict(list)
        for one in range(len(self._above)):
            members[self.root(one)].append(one)
        return [group for group in members.values() if len(group) > 1]
