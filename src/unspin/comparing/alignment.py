"""Two wordings of one thing, word by word: which words answer each other, and what that leaves.

Words answer each other where they are the same but for case, ending or the shift of tense that
reported speech brings ("will", "would"). The alignment is the best one of all in which no two pairs
cross (dynamic programming over the like words alone): words that carry meaning count most, words in
a row more than words apart, and a step far from the pair before costs more than a small word is
worth, so that one which stands alone answers nothing. What it leaves of both is then looked through
for phrases that stand elsewhere: they moved.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import cache
from itertools import groupby, pairwise
from typing import Literal, NamedTuple
from unicodedata import normalize

from unspin import numbers
from unspin import text as folding
from unspin.comparing.words import lines
from unspin.types import Difference, Span

_WORD = re.compile(r"\w+(?:['’`´\-]\w+)*")
_PUT_ON = re.compile(r"(?<=[a-z])(?:[\u0300-\u036f]+|-(?=[^\W\d]))")  # accents, hyphens
_SMALL = frozenset(
    """a an the and or but nor so yet of in on at by to for from with into onto over under about
    as than that this these those it its he him his she her they them their we us our you your i
    me my who whom whose which what be have do will shall can may there here s t re ve ll""".split()
)
_NOT = frozenset("not no never none nobody nothing nowhere neither nor without hardly".split())
_DRAWN = re.compile(r"(?<=\w)(?:'(?:s|re|ve|ll|d|m)|(?<=s)')\Z")
_ENDS = {  # what is drawn together with the word before, and the stems of what that may stand for
    "n't": ("not",),
    "'s": ("be", "have", "us"),
    "'re": ("be",),
    "'m": ("be",),
    "'ve": ("have",),
    "'ll": ("will", "shall"),
    "'d": ("will", "have"),
}
_SHORTENED = {"ca": "can", "wo": "will", "sha": "shall"}  # before n't
_DIGITS = {
    word.replace("-", ""): str(number)  # a hyphen was put on
    for word, number in numbers.SPELT.items()
    if number > 1  # "one" counts less often than it points
}
_SPELLINGS = (  # of stems: what one side of the ocean writes, and the other
    (re.compile(r"(?<=\w\w)our(?=\Z|s|it|abl|er)"), "or"),
    (re.compile(r"(?<=\w{4})is(?=\Z|ation)"), "iz"),
    (re.compile(r"(?<=\w\w)(?:yz|ys)\Z"), "yz"),
    (re.compile(r"(?<=\w\w)enc\Z"), "ens"),
    (re.compile(r"(?<=\w\w[bt])[eo]r\Z"), "r"),
    (re.compile(r"(?<=\w{3})ll(?=ment|ful|o|ity)|(?<=\w{4})ll\Z"), "l"),
    (re.compile(r"(?<=\w\w)e(?=abl)|(?<=dg)e(?=ment)"), ""),
    (re.compile(r"[ao]e(?=\w{3})"), "e"),
    (re.compile(r"(?<=\w{3})ogu\Z"), "og"),
)
_CONTENT, _LITTLE, _ROW = 1.0, 0.15, 0.2  # what a pair is worth, and one more in a row
_FAR = 0.4  # what a step costs that goes on, in one of the texts, more words than
_NEAR = 4  # this many
_CELLS = 250_000  # one text's words by the other's; beyond it runs of equal words are found
_LIKE = 20_000  # and beyond as many pairs of like words
_ROOT = 3  # letters of a stem that loses no more of them
_HOPE = re.compile(r"(?:qu|[^\W\d_aeiou])*[aeiouy][^\W\d_aeiouwxy]")  # what "e" makes another word
_PHRASE = 1.3  # weight of words in a row that make a phrase: one with meaning and two small ones


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
    def is_capital(self) -> bool:
        """Whether it begins with a capital, as names do."""
        return self.form[0].isupper()

    @property
    def is_drawn(self) -> bool:
        """Whether it is a verb and "not" drawn together: "won't", "cannot"."""
        return self.stem.endswith("n't")

    @property
    def is_negated(self) -> bool:
        """Whether it says "not", by itself or of a verb: "never", "cannot"."""
        return self.stem in _NOT or self.is_drawn

    @property
    def weight(self) -> float:
        """What the word counts for."""
        return _LITTLE if self.is_small else _CONTENT


Pairs = tuple[tuple[int, int], ...]  # indices that answer each other, by those of here


class _Way(NamedTuple):
    """Pairs one behind the other, by the last of them."""

    worth: float
    last: tuple[int, int] | None


def words(text: str, spans: Sequence[Span]) -> tuple[Word, ...]:
    """The words of `spans`, in their order."""
    return tuple(
        Word(Span(*match.span()), match.group(), _stem(match.group()), piece)
        for piece, span in enumerate(spans)
        for match in _WORD.finditer(text, span.start, span.end)
    )


def stems(text: str) -> frozenset[str]:
    """The stems of the words of a text."""
    return frozenset(word.stem for word in words(text, (Span(0, len(text)),)))


def align(here: Sequence[Word], there: Sequence[Word]) -> Pairs:
    """The pairs of words that answer each other in one order; both ascend."""
    if [word.stem for word in here] == [word.stem for word in there]:
        return tuple((at, at) for at in range(len(here)))
    here, there = _drawn(here, there)
    counts = Counter(word.stem for word in there)
    like = sum(counts[word.stem] for word in here)
    if len(here) * len(there) > _CELLS or like > _LIKE:
        return _runs(here, there)
    return _best(here, there)


def share(here: Sequence[Word], there: Sequence[Word], pairs: Pairs) -> float:
    """The share of the lighter one's weight that answers something; 0 where it has none."""
    lighter = min(sum(word.weight for word in words) for words in (here, there))
    return sum(here[i].weight for i, _ in pairs) / lighter if lighter else 0.0


def parts(
    here: Sequence[Word], there: Sequence[Word], pairs: Pairs
) -> Iterator[tuple[Sequence[Word], Sequence[Word]]]:
    """What stands before each pair, behind the one before it, and after the last; empty or not.

    The "not" of "will not" belongs to the pair where the other text has "won't", and the "is" of
    "it is" where it has "it's".
    """
    own, theirs = {i for i, _ in pairs}, {j for _, j in pairs}
    i = j = 0
    for k, m in pairs:
        yield here[i:k], there[j:m]
        i, j = _behind(here, k, there[m], own), _behind(there, m, here[k], theirs)
    yield here[i:], there[j:]


def figures(words: Sequence[Word]) -> set[str]:
    """The stems of the numbers in figures among the words."""
    return {word.stem for word in words if word.form[:1].isdigit()}


def moved(here: Sequence[Word], there: Sequence[Word], pairs: Pairs) -> Pairs:
    """The pairs of like words that cross `pairs`: in what moved, by their place here.

    That is a phrase, or a word that went past one neighbour. None where the two are long.
    """
    if len(here) * len(there) > _CELLS:
        return ()
    here, there = _drawn(here, there)
    own, theirs = {i for i, _ in pairs}, {j for _, j in pairs}
    places: defaultdict[str, list[int]] = defaultdict(list)
    for j, word in enumerate(there):
        if j not in theirs:
            places[word.stem].append(j)
    free = [
        (i, j) for i, word in enumerate(here) if i not in own for j in places.get(word.stem, ())
    ]
    held = set(pairs)
    found: dict[int, int] = {}
    gone: set[int] = set()
    for row in sorted(_rows(free), key=lambda row: (-_weight(row, here), row)):
        left = [(i, j) for i, j in row if i not in found and j not in gone]
        past = any((i + step, j - step) in held for i, j in left for step in (-1, 1))
        if past or _weight(left, here) >= _PHRASE:
            found |= left
            gone |= {j for _, j in left}
    return tuple(sorted(found.items()))


def diff(
    here: Sequence[Word], there: Sequence[Word], pairs: Pairs, crossing: Pairs = ()
) -> tuple[Difference, ...]:
    """The steps from `there` to `here`, in order; no step runs over the edge of a span.

    Words that moved, those of `crossing`, are told where they stand here.
    """
    came = dict(crossing)
    gone = set(came.values())
    answered = {i for i, _ in pairs} | set(came), {j for _, j in pairs} | gone
    steps: list[Difference] = []
    i = j = 0
    for row in (*_rows(pairs, here, there), [(len(here), len(there))]):
        (k, m), last = row[0], row[-1]
        cut = iter(
            [
                stretch
                for is_gone, some in groupby(range(j, m), gone.__contains__)
                if not is_gone
                for stretch in _stretches([there[at] for at in some])
            ]
        )
        for is_moved, some in groupby(range(i, k), came.__contains__):
            if is_moved:
                rows = _rows([(at, came[at]) for at in some], here, there)
                steps += (_kept("moved", one, here, there, answered) for one in rows)
                continue
            steps += (
                _exchanged(stretch, next(cut, None))
                for stretch in _stretches([here[at] for at in some])
            )
        steps += (Difference("cut", None, _span(stretch)) for stretch in cut)
        if k < len(here):
            steps.append(_kept("same", row, here, there, answered))
            i = _behind(here, last[0], there[last[1]], answered[0])
            j = _behind(there, last[1], here[last[0]], answered[1])
    return tuple(steps)


def spans(part: Sequence[Word]) -> list[Span]:
    """The stretches that the words make up, in their order, none over the edge of a piece."""
    return [_span(stretch) for stretch in _stretches(part)]


def _stretches(part: Sequence[Word]) -> list[list[Word]]:
    found: list[list[Word]] = []
    for word in part:
        last = found[-1][-1] if found else None
        if last and word.piece == last.piece and last.span.end <= word.span.start:
            found[-1].append(word)
        else:
            found.append([word])
    return found


def _span(stretch: Sequence[Word]) -> Span:
    return Span(stretch[0].span.start, stretch[-1].span.end)


def _exchanged(stretch: Sequence[Word], instead: Sequence[Word] | None) -> Difference:
    """The step from one stretch to another; "health care" is the same as "healthcare"."""
    if instead is None:
        return Difference("added", _span(stretch), None)
    one, other = (_plain("".join(word.form for word in words)) for words in (stretch, instead))
    return Difference("same" if one == other else "changed", _span(stretch), _span(instead))


def _rows(
    pairs: Iterable[tuple[int, int]], here: Sequence[Word] = (), there: Sequence[Word] = ()
) -> list[list[tuple[int, int]]]:
    """The pairs by rows, in which each follows the one before on both sides.

    Where words are given, no row runs over the edge of one of their pieces.
    """
    rows: dict[tuple[int, int], list[tuple[int, int]]] = {}  # by the pair that would go on
    found = []
    for i, j in pairs:
        row = rows.pop((i, j), None)
        if row is None or _is_edge(here, i) or _is_edge(there, j):
            row = []
            found.append(row)
        row.append((i, j))
        rows[i + 1, j + 1] = row
    return found


def _is_edge(words: Sequence[Word], at: int) -> bool:
    """Whether another piece begins with the word; never where there are no words."""
    return bool(words) and words[at - 1].piece != words[at].piece


def _weight(row: Iterable[tuple[int, int]], here: Sequence[Word]) -> float:
    return sum(here[i].weight for i, _ in row)


def _kept(
    kind: Literal["same", "moved"],
    row: Sequence[tuple[int, int]],
    here: Sequence[Word],
    there: Sequence[Word],
    answered: tuple[Container[int], Container[int]],
) -> Difference:
    (i, j), (k, m) = row[0], row[-1]
    return Difference(
        kind,
        Span(here[i].span.start, here[_behind(here, k, there[m], answered[0]) - 1].span.end),
        Span(there[j].span.start, there[_behind(there, m, here[k], answered[1]) - 1].span.end),
    )


def _best(here: Sequence[Word], there: Sequence[Word]) -> Pairs:
    places: defaultdict[str, list[int]] = defaultdict(list)
    for j, word in enumerate(there):
        if word.stem:
            places[word.stem].append(j)
    ways: dict[tuple[int, int], _Way] = {}  # the best one to each pair of like words
    reach = [_Way(0.0, None)] * (len(there) + 1)  # the best one that ends before each word there
    for i, word in enumerate(here):
        ended = [
            (
                _way(i, j, reach[j], ways, is_edge=_is_edge(here, i) or _is_edge(there, j)),
                j,
            )
            for j in places.get(word.stem, ())
        ]
        for way, j in ended:
            ways[i, j] = _Way(way.worth + word.weight, way.last)
        for _, j in ended:
            for column in range(j + 1, len(reach)):
                if reach[column].worth >= ways[i, j].worth:
                    break
                reach[column] = _Way(ways[i, j].worth, (i, j))
    found = []
    last = reach[-1].last
    while last:
        found.append(last)
        last = ways[last].last
    return tuple(reversed(found))


def _way(i: int, j: int, far: _Way, ways: Mapping[tuple[int, int], _Way], *, is_edge: bool) -> _Way:
    """The best way to the pair: on from one near by, or from anywhere before at a cost.

    Where another piece begins, words were left out and the cost is less.
    """
    best = _Way(far.worth - (_LITTLE if is_edge else _FAR), far.last)
    for k in range(i - _NEAR, i):
        for m in range(j - _NEAR, j):
            if way := ways.get((k, m)):
                worth = way.worth + (_ROW if (k, m) == (i - 1, j - 1) else 0.0)
                if worth > best.worth:
                    best = _Way(worth, (k, m))
    return best


def _runs(here: Sequence[Word], there: Sequence[Word]) -> Pairs:
    matcher = SequenceMatcher(
        None, [word.stem for word in here], [word.stem for word in there], autojunk=False
    )
    return tuple(
        (block.a + step, block.b + step)
        for block in matcher.get_matching_blocks()
        for step in range(block.size)
    )


def _drawn(*texts: Sequence[Word]) -> Iterator[Sequence[Word]]:
    """The words of the texts, a verb before "not" as what draws the two together in one of them."""
    drawn = {word.stem for words in texts for word in words if word.is_drawn}
    for words in texts:
        found = list(words)
        for at, (word, behind) in enumerate(pairwise(words) if drawn else ()):
            is_one = behind.stem == "not" and behind.piece == word.piece
            if is_one and f"{word.stem}n't" in drawn:
                found[at] = word._replace(stem=f"{word.stem}n't")
        yield found


def _behind(words: Sequence[Word], at: int, other: Word, answered: Container[int]) -> int:
    """Where the words go on behind one that answers `other`, which may hold the next one too.

    That is a "not" or a verb that answers nothing by itself.
    """
    if at + 1 == len(words) or at + 1 in answered or words[at + 1].piece != words[at].piece:
        return at + 1
    mine, theirs = _drawn_end(words[at]), _drawn_end(other)
    return at + 1 + (mine != theirs and words[at + 1].stem in _ENDS.get(theirs, ()))


def _drawn_end(word: Word) -> str:
    """What is drawn together with the word before: "n't", the "'s" of "it's" and "Rell's"."""
    if word.is_drawn:
        return "n't"
    found = _DRAWN.search(folding.fold(word.form).text)
    return found.group() if found else ""


@cache
def _stem(word: str) -> str:
    """The word without case, ending and what is drawn together with it ("they're", "Rell's").

    A negated verb ends in n't.
    """
    if word == "US":
        return word  # the country and not the pronoun
    told = word.replace("`", "'")  # which begins no quotation here
    folded = _plain(told)
    if folded == "cannot":
        return "cann't"
    if folded.endswith("n't") and len(folded) > len("n't"):
        verb = folded.removesuffix("n't")
        return _base(_SHORTENED.get(verb, verb)) + "n't"
    return _base(_DRAWN.sub("", folded) or folded)


def _plain(word: str) -> str:
    """The word in small letters, without accents and hyphens."""
    return _PUT_ON.sub("", normalize("NFD", folding.fold(word).text))


def _base(word: str) -> str:
    """The base form of a word with an irregular one, the bare word of others; small words stay."""
    irregular, base = _forms()
    known = irregular.get(word, word)
    if known in _SMALL or known in _NOT:
        return known
    bare = irregular.get(word) or _DIGITS.get(word) or _bare(word)
    return base.get(bare, bare)


@cache
def _forms() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """The base form of each irregular one, and of what is left of it without a regular ending."""
    rows = [line.split() for line in lines("forms.txt")]
    irregular = {form: base for base, *forms in rows for form in (base, *forms)}
    return irregular, {_bare(base): base for base, *forms in rows if forms}


def _bare(word: str) -> str:
    """The word without a regular ending; "hope", "hoped", "hoping" have an "e" that "hop" lacks."""
    if len(word) > 4 and word.endswith(("ies", "ied")):  # noqa: PLR2004 - "ties" ends in s
        return word[:-3] + "y"
    if len(word) > 5 and word.endswith("men"):  # noqa: PLR2004 - "gunmen", not "omen"
        return word[:-2] + "an"
    for ending, least in (("ings", 7), ("ing", 6), ("ed", 5), ("es", 5), ("s", 4), ("e", 4)):
        if word.endswith(ending) and len(word) >= least and not word.endswith(("ss", "us")):
            stem = word.removesuffix(ending)
            doubled = ending not in {"es", "s"} and len(stem) > _ROOT and stem[-1] == stem[-2]
            if doubled and stem[-1] not in "lsz":
                stem = stem[:-1]  # "stopped"
            elif ending != "s" and _HOPE.fullmatch(stem):
                stem += "e"
            return _spelt(stem)
    return _spelt(word)


def _spelt(stem: str) -> str:
    """The stem as American spelling has it, or near: "colour", "organis", "centr", "cancell"."""
    for spelling, other in _SPELLINGS:
        stem = spelling.sub(other, stem)
    return stem
