"""What tells an article's text from the furniture around it: one row of numbers a stretch.

The numbers speak of shape (length, links, punctuation), of markup (the element and its ancestors,
what their classes call them), of neighbours, of the element that holds most running text, and of
what others say: the library trafilatura, and the page's own structured data. No number depends on
the language but the few phrases that name furniture, and none on who the outlet is.
"""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from unspin.reading.stretches import Box, Stretch
from unspin.reading.words import patterns

_WORD = re.compile(r"\w+")
_SENTENCE_END = re.compile(r"[.!?…。！？؟۔।][\"'”’»)\]]*(?=\s|$)")
_CLOSED = tuple('.!?…。！？؟۔।:;"”’»)')
_TAGS = (
    frozenset({"p"}),
    frozenset({"li"}),
    frozenset({"h1"}),
    frozenset({"h2"}),
    frozenset({"h3", "h4", "h5", "h6"}),
    frozenset({"blockquote"}),
    frozenset({"figcaption", "caption"}),
    frozenset({"td", "th"}),
    frozenset({"dt", "dd"}),
    frozenset({"div"}),
    frozenset({"pre"}),
    frozenset({"section", "article", "main"}),
    frozenset({"button", "label", "option", "select", "legend", "textarea", "summary"}),
)
_ANCESTORS = (
    frozenset({"article"}),
    frozenset({"main"}),
    frozenset({"nav", "menu"}),
    frozenset({"header", "hgroup"}),
    frozenset({"footer"}),
    frozenset({"aside"}),
    frozenset({"form", "fieldset"}),
    frozenset({"figure"}),
    frozenset({"ul", "ol"}),
    frozenset({"table"}),
    frozenset({"blockquote"}),
    frozenset({"p"}),
    frozenset({"section"}),
    frozenset({"li"}),
    frozenset({"dialog", "details"}),
)
HINTS = patterns("hints.txt", re.NOFLAG)
_PHRASES = [
    pattern.match if pattern.pattern.startswith("^") else pattern.search
    for pattern in patterns("phrases.txt", re.NOFLAG).values()
]
_WINDOW = 3
_PARAGRAPH = 60  # characters
_MOSTLY = 0.6
_LEVELS = 3  # how far up a paragraph's weight is felt
_LINKED = 0.3  # share of a paragraph in links from which it is a list of links


def matrix(
    found: Sequence[Stretch], *, read: str, structured: str, description: str, title: str
) -> NDArray[np.float32]:
    """The features of each stretch, (stretches, features).

    `read` is the text another reader chose, `structured` the article body of the page's structured
    data, `description` its summary; all are empty where there is none.
    """
    words = [_WORD.findall(stretch.text) for stretch in found]
    lowered = [" ".join(each).lower().split() for each in words]
    own = _own(found, words)
    markup = _markup([stretch.box for stretch in found])
    chars = np.array([len(stretch.text) for stretch in found], dtype=np.float32)
    region = _region(found, chars, own)
    around = _around(found, chars, own)
    others = np.column_stack(
        [
            _bounds(region, chars),
            _shares(lowered, structured) if structured else np.full(len(found), -1, np.float32),
            _shares(lowered, description) if description else np.full(len(found), -1, np.float32),
        ]
    )
    place = _place(found, lowered, chars, title)
    taken = _shares(lowered, read)
    signals = np.column_stack([own[:, :6], region, taken])
    return np.hstack(
        [own, markup, around, others, place, _bounds(taken, chars), _neighbours(signals)]
    ).astype(np.float32)


def _own(found: Sequence[Stretch], words: Sequence[list[str]]) -> NDArray[np.float32]:
    """What each stretch says of itself, its place and markup apart."""
    texts = [stretch.text for stretch in found]
    openings = [text[:300].lower() for text in texts]
    size = np.array([len(text) for text in texts], np.float64)
    count = np.array([max(1, len(each)) for each in words], np.float64)
    linked = np.array([stretch.linked for stretch in found], np.float64)
    strong = np.array([stretch.strong for stretch in found], np.float64)
    ends = np.array([len(_SENTENCE_END.findall(text)) for text in texts], np.float64)
    commas = [text.count(",") + text.count("،") + text.count("、") for text in texts]
    columns: list[NDArray[np.float64] | list[bool]] = [
        np.log1p(size),
        linked / size,
        ends / count,
        [text.endswith(_CLOSED) for text in texts],
        np.array([sum([word[0].isupper() for word in each]) for each in words]) / count,
        strong / size,
        np.minimum(count, 400),
        ends,
        np.array(commas) / count,
        np.array([sum(map(len, each)) for each in words]) / count,
        np.array([_digits(each) for each in words]) / size,
        [text.isupper() for text in texts],
        [text[0].islower() for text in texts],
        [stretch.after_break for stretch in found],
        [stretch.hidden for stretch in found],
        ["|" in text or "·" in text or "•" in text for text in texts],
        [text[0] in "\"“'‘«" for text in texts],
        *[[held(opening) is not None for opening in openings] for held in _PHRASES],
    ]
    return np.column_stack(columns).astype(np.float32)


def _digits(words: Sequence[str]) -> int:
    return sum(map(str.isdigit, "".join([word for word in words if not word.isalpha()])))


def _markup(boxes: Sequence[Box]) -> NDArray[np.float32]:
    """The element and depth of each box, and how near what it lies in is: 1 / (1 + levels up).

    First the elements, then the hints of the box and its ancestors.
    """
    rows: dict[int, int] = {}
    kinds: dict[tuple[str, str], int] = {}
    kind, above, level = [0], [0], [0]  # row 0 stands above all boxes
    for box in boxes:
        chain: list[Box] = []
        here: Box | None = box
        while here is not None and id(here) not in rows:
            chain.append(here)
            here = here.parent
        row = rows[id(here)] if here is not None else 0
        for step in reversed(chain):
            above.append(row)
            level.append(level[row] + 1)
            row = rows[id(step)] = len(kind)
            kind.append(kinds.setdefault((step.tag, step.hints), len(kinds)))
    own = np.array([(*_is_ancestor(tag), *hinted(hints)) for tag, hints in kinds])
    near = np.zeros((len(kind), own.shape[1]))
    kind_of, row_above, level_of = np.array(kind), np.array(above), np.array(level)
    for depth in range(1, max(level) + 1):
        at = np.flatnonzero(level_of == depth)
        nearness = near[row_above[at]]
        near[at] = np.where(own[kind_of[at]], 1.0, nearness / (1 + nearness))
    return np.column_stack(
        [
            np.array([_is_element(box.tag) for box in boxes]),
            np.array([min(box.depth, 40) for box in boxes]),
            near[[rows[id(box)] for box in boxes]],
        ]
    ).astype(np.float32)


def _region(
    found: Sequence[Stretch], chars: NDArray[np.float32], own: NDArray[np.float32]
) -> NDArray[np.float32]:
    """1 for the stretches inside the element with most running text near its surface, else 0.

    Every paragraph weighs on its ancestors, half as much with each level, as in the readability
    family of readers.
    """
    weights: dict[int, float] = {}
    for stretch, size, (_, linked, ends, *_rest) in zip(found, chars, own, strict=True):
        if stretch.hidden or not ends or size < _PARAGRAPH or linked > _LINKED:
            continue
        weight = float(np.sqrt(size) * (1 - linked))
        box: Box | None = stretch.box.parent if stretch.box.tag == "p" else stretch.box
        for _ in range(_LEVELS):
            if box is None:
                break
            weights[id(box)] = weights.get(id(box), 0.0) + weight
            weight /= 2
            box = box.parent
    if not weights:
        return np.zeros(len(found), np.float32)
    top = max(weights, key=weights.__getitem__)
    inside = {top: True}
    return np.array([_is_inside(stretch.box, inside) for stretch in found], np.float32)


def _is_inside(box: Box | None, known: dict[int, bool]) -> bool:
    chain = []
    while box is not None and id(box) not in known:
        chain.append(id(box))
        box = box.parent
    answer = box is not None and known[id(box)]
    known.update(dict.fromkeys(chain, answer))
    return answer


@lru_cache(maxsize=1_000)
def _is_element(tag: str) -> tuple[bool, ...]:
    return tuple(tag in tags for tags in _TAGS)


@lru_cache(maxsize=1_000)
def _is_ancestor(tag: str) -> tuple[bool, ...]:
    return tuple(tag in tags for tags in _ANCESTORS)


@lru_cache(maxsize=20_000)
def hinted(hints: str) -> tuple[bool, ...]:
    """Which of HINTS the class, id and role of an element hold, in the order of the list."""
    held = [_hinted(name) for name in hints.split()]
    return tuple(map(any, zip(*held, strict=True))) if held else (False,) * len(HINTS)


@lru_cache(maxsize=20_000)
def _hinted(name: str) -> tuple[bool, ...]:
    return tuple([pattern.search(name) is not None for pattern in HINTS.values()])


def _shares(found: Sequence[list[str]], text: str) -> NDArray[np.float32]:
    """The share of each stretch's lower-cased words in `text`, by runs of three if it can be."""
    if not text:
        return np.zeros(len(found), np.float32)
    lines = [" ".join(_WORD.findall(line)).lower() for line in text.splitlines()]
    words = " ".join(lines).split()
    held = set(words)
    runs = set(zip(words, words[1:], words[2:], strict=False))
    whole = set(lines)
    shares = []
    for mine in found:
        if not mine:
            shares.append(0.0)
        elif len(mine) < 4:  # noqa: PLR2004 - too short for runs: it must be a line of its own
            shares.append(1.0 if " ".join(mine) in whole else 0.3 * held.issuperset(mine))
        else:
            mine_runs = zip(mine, mine[1:], mine[2:], strict=False)
            shares.append(sum(map(runs.__contains__, mine_runs)) / (len(mine) - 2))
    return np.array(shares, np.float32)


def _around(
    found: Sequence[Stretch], chars: NDArray[np.float32], own: NDArray[np.float32]
) -> NDArray[np.float32]:
    """How much running text stands in the same parent, grandparent, and under the same markup."""
    prose = chars * (1 - own[:, 1]) * (own[:, 2] > 0)
    total = max(1.0, float(prose.sum()))
    columns = []
    keys: tuple[Sequence[int | str], ...] = (
        [id(stretch.box) for stretch in found],
        [id(stretch.box.parent) for stretch in found],
        [id(stretch.box.parent.parent) if stretch.box.parent else 0 for stretch in found],
        [f"{stretch.box.tag} {stretch.box.hints}" for stretch in found],
        [
            f"{stretch.box.parent.tag} {stretch.box.parent.hints} {stretch.box.tag}"
            if stretch.box.parent
            else ""
            for stretch in found
        ],
    )
    for key in keys:
        numbers: dict[int | str, int] = {}
        inverse = np.array([numbers.setdefault(name, len(numbers)) for name in key])
        size = len(numbers)
        counts = np.bincount(inverse, minlength=size)
        text = np.bincount(inverse, weights=chars, minlength=size)
        running = np.bincount(inverse, weights=prose, minlength=size)
        linked = np.bincount(inverse, weights=chars * own[:, 1], minlength=size)
        columns += [
            running[inverse] / total,
            np.log1p(text / counts)[inverse],
            (linked / np.maximum(text, 1))[inverse],
            np.log1p(counts)[inverse],
        ]
    return np.column_stack(columns).astype(np.float32)


def _place(
    found: Sequence[Stretch],
    words: Sequence[list[str]],
    chars: NDArray[np.float32],
    title: str,
) -> NDArray[np.float32]:
    """Where the stretch stands: on the page, from the title, and in the densest region."""
    count = len(found)
    order = np.arange(count, dtype=np.float32)
    before = (np.cumsum(chars) - chars) / max(1.0, float(chars.sum()))
    plain_title = " ".join(_WORD.findall(title.lower()))
    plains = list(map(" ".join, words))
    titles = [
        at
        for at, (stretch, plain) in enumerate(zip(found, plains, strict=True))
        if stretch.box.tag == "h1" or (plain and plain == plain_title)
    ]
    heading = titles[0] if titles else 0
    repeats = Counter(plains)
    return np.column_stack(
        [
            order / max(1, count),
            before,
            np.clip(order - heading, -50, 200),
            np.full(count, float(bool(titles))),
            np.array([min(repeats[plain], 5) if plain else 0 for plain in plains]),
            np.array([float(bool(plain_title) and plain == plain_title) for plain in plains]),
            np.full(count, np.log1p(count)),
            np.full(count, np.log1p(float(chars.sum()))),
        ]
    ).astype(np.float32)


def _bounds(taken: NDArray[np.float32], chars: NDArray[np.float32]) -> NDArray[np.float32]:
    """Where the stretch stands in what is taken: from its first and last paragraph, and how far."""
    count = len(taken)
    order = np.arange(count, dtype=np.float32)
    paragraphs = np.flatnonzero((taken > _MOSTLY) & (chars > _PARAGRAPH))
    first, last = (paragraphs[0], paragraphs[-1]) if len(paragraphs) else (0, count - 1)
    weight = np.cumsum(chars * taken)
    return np.column_stack(
        [
            taken,
            np.clip(order - first, -50, 50),
            np.clip(last - order, -50, 50),
            weight / max(1.0, float(weight[-1])),
            np.full(count, weight[-1] / max(1.0, float(chars.sum()))),
        ]
    ).astype(np.float32)


def _neighbours(signals: NDArray[np.float32]) -> NDArray[np.float32]:
    """The first signals of the stretches before and after, and their means on either side."""
    count = len(signals)
    padded = np.pad(signals, ((_WINDOW, _WINDOW), (0, 0)))
    shifted = [padded[_WINDOW + step : _WINDOW + step + count] for step in (-2, -1, 1, 2)]
    before = np.mean([padded[step : step + count] for step in range(_WINDOW)], axis=0)
    after = np.mean(
        [padded[_WINDOW + 1 + step : _WINDOW + 1 + step + count] for step in range(_WINDOW)], axis=0
    )
    return np.hstack([*shifted, before, after])
