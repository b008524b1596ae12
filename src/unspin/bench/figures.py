"""How well quantities are found: value, unit and bound, on the sentences of NewsQuant (CQE).

The set has no offsets, so gold and given are compared by what they say, as its authors' evaluation
does: within a sentence each gold quantity pairs off with at most one figure, and over all sentences

- `value_f1`: the values are the same, an end of a range for an end, to one part in 100,000
- `value_unit_f1`: value and unit are the same
- `bound_accuracy`: of the gold quantities whose value is matched and whose change is >, < or ~, the
  share whose figure says so: "more" or "at-least", "less" or "at-most", "about"

What the two sides write differently is made alike first. An open figure ("more than 300") has the
value of its one end. The set writes "hundreds" as 100-1000, "dozens" as 12, a fraction ("a third
of") as 0.333 with a unit that begins with "%", and "from 3 to 5" as one range, for which unspin has
two figures. A unit of measure is looked up by name; where the gold unit is only a noun ("league
games"), the head of what the figure counts must be among its words; the gold unit "-" wants a
figure that has no unit and counts nothing.

Recall is given by the kind of unit and by gold change, the scores by file, and by half: sentences
whose sha256 has an even first byte are `half 0`, the others `half 1`. Rules are mended on half 0.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from unspin.bench import Progress, Scores, passes
from unspin.bench.gold import GoldQuantities, GoldQuantity
from unspin.bench.scores import Tally
from unspin.marking import lexicon
from unspin.types import Bound, Document, Figure, Marks

_BOUNDS: Mapping[str, frozenset[Bound]] = {
    ">": frozenset({"more", "at-least"}),
    "<": frozenset({"less", "at-most"}),
    "~": frozenset({"about"}),
}
_CHANGES = {">": "more", "<": "less", "~": "about", "=": "none"}
_SCALES = {"hundreds": 1e2, "thousands": 1e3, "millions": 1e6, "billions": 1e9, "trillions": 1e12}
_VAGUE = re.compile(rf"(?:(tens|hundreds)\s+of\s+)?(dozens|{'|'.join(_SCALES)})", re.IGNORECASE)
# What the set calls a unit, and what unspin may call the same. Units that are not here are looked
# up as the words of a text are: "kilometre", "chinese yuan".
_UNITS = {
    "percentage": {"percent"},
    "percentage point": {"percentage-point"},
    "dollar": {"dollar", "USD"},
    "pound sterling": {"GBP", "pound"},
    "pound-mass": {"pound"},
    "japanese yen": {"JPY", "yen-or-yuan"},
    "chinese yuan": {"CNY", "yen-or-yuan"},
    "swiss franc": {"CHF", "franc"},
    "danish krone": {"DKK", "crown"},
    "norwegian krone": {"NOK", "crown"},
    "swedish krona": {"SEK", "crown"},
    "indian rupee": {"INR", "rupee"},
    "russian ruble": {"RUB", "rouble"},
    "mexican peso": {"MXN", "peso"},
    "netherlands guilde": {"NLG"},
    "finnish markka": {"FIM"},
    "shekel": {"ILS"},
    "peseta": {"ESP"},
    "barrel of oil": {"barrel"},
    "count": {"time"},
    "point": {"point", "penny"},  # "118.5p" is in points
    "people": {"person"},
    "age": {"year-of-age"},
    "year of age": {"year-of-age"},
    "month of age": {"month-of-age"},
    "day of age": {"day-of-age"},
    "metric ton": {"tonne"},
    "gigaton": {"gigatonne"},
    "parts-per-million": {"ppm"},
    "parts-per-billion": {"ppb"},
    "revolutions per minute": {"rpm"},
    "mile per gallon": {"mpg"},
    "foot pound-force": {"pound-foot"},
    "mega british thermal unit": {"mmbtu"},
}
_MONEY = re.compile(
    r"dollar|euro|pound sterling|kron|peso|\b(?:yen|yuan|rupee|franc|mark|lira|shekel|cent|penny)\b"
)
_DIGITS = 6  # values agree in as many
_WORD = re.compile(r"[^\W\d_]+")
_IRREGULAR = {"people": "person", "men": "man", "women": "woman", "children": "child"}


class _Side(NamedTuple):
    """A gold quantity or a figure, made alike."""

    value: tuple[str, ...]  # one end or two, to the digits that count
    units: frozenset[str]  # names that unspin has for the unit; any of them will do
    nouns: frozenset[str]  # of a gold unit that is only a noun its words; else the noun counted
    bound: Bound = "exact"


class _Pair(NamedTuple):
    """A gold quantity and the figure it paired off with, if any."""

    gold: GoldQuantity
    given: _Side | None
    unit: bool  # whether the units are the same too

    @property
    def bound(self) -> bool:
        """Whether the figure has the bound that the gold change names."""
        return self.given is not None and self.given.bound in _BOUNDS[self.gold.change or ""]


class _Judged(NamedTuple):
    """A sentence, its gold quantities as they paired off, and how many figures were given."""

    sentence: GoldQuantities
    pairs: tuple[_Pair, ...]
    given: int


def score(
    sentences: Sequence[GoldQuantities], mark: Callable[[Document], Marks], progress: Progress
) -> Scores:
    """The scores over all sentences, by file and half; the recall by kind of unit and by change."""
    judged = []
    for sentence in sentences:
        judged.append(_judged(sentence, mark(passes.document(sentence.text))))
        progress(len(judged))
    by: dict[str, dict[str, float]] = {}
    for name in sorted({one.sentence.file for one in judged}):
        by[name] = _scores([one for one in judged if one.sentence.file == name])
    for half in (0, 1):
        by[f"half {half}"] = _scores([one for one in judged if _half(one.sentence) == half])
    pairs = [pair for one in judged for pair in one.pairs]
    for name in sorted({group for pair in pairs for group in _groups(pair.gold)}):
        by[name] = _recalls([pair for pair in pairs if name in _groups(pair.gold)])
    return _scores(judged), by


def _judged(sentence: GoldQuantities, marks: Marks) -> _Judged:
    wanted = [_gold(one) for one in sentence.quantities]
    given = _joined([_given(one, marks.document.text) for one in marks.figures], wanted)
    left = list(given)
    found: dict[int, _Pair] = {}
    for unit in (True, False):  # those that agree in both pair off first
        for place, one in enumerate(wanted):
            match = next(
                (it for it in left if it.value == one.value and (not unit or _agree(one, it))), None
            )
            if place not in found and match is not None:
                left.remove(match)
                found[place] = _Pair(sentence.quantities[place], match, unit)
    pairs = (
        found.get(place, _Pair(one, None, unit=False))
        for place, one in enumerate(sentence.quantities)
    )
    return _Judged(sentence, tuple(pairs), len(given))


def _gold(quantity: GoldQuantity) -> _Side:
    name = quantity.unit.casefold().strip()
    share = name.startswith("%")
    units = frozenset({"percent"}) if share else _names(name)
    nouns = frozenset() if units else _nouns(f"{name} {quantity.words}")
    return _Side(_written(end * (100 if share else 1) for end in quantity.value), units, nouns)


def _given(figure: Figure, text: str) -> _Side:
    ends = sorted({end for end in (figure.low, figure.high) if end is not None})
    if figure.bound == "at-least" and (vague := _VAGUE.search(figure.span.of(text))):
        ends = _decade(vague)
    counted = _WORD.findall(figure.counted.of(text)) if figure.counted else []
    return _Side(
        value=_written(ends),
        units=frozenset({figure.unit} if figure.unit else ()),
        nouns=frozenset({_singular(counted[-1].casefold())} if counted else ()),
        bound=figure.bound,
    )


def _decade(vague: re.Match[str]) -> list[float]:
    """The value that the set gives "dozens" or "tens of thousands"."""
    times = {"tens": 10, "hundreds": 100}.get((vague[1] or "").casefold(), 1)
    least = _SCALES.get(vague[2].casefold())
    return [12.0] if least is None else [times * least, 10 * times * least]


def _joined(given: Sequence[_Side], wanted: Sequence[_Side]) -> list[_Side]:
    """What was given, with two neighbours made one where they are the ends of a gold range."""
    found: list[_Side] = []
    sought = {one.value for one in wanted if len(one.value) > 1}
    single = {one.value for one in wanted if len(one.value) == 1}
    for one in given:
        last = found[-1] if found else None
        ends = (last.value + one.value) if last else ()
        if (
            last
            and len(ends) == 2  # noqa: PLR2004 - one each
            and {ends, ends[::-1]} & sought
            and not {last.value, one.value} & single
        ):
            value = ends if ends in sought else ends[::-1]
            found[-1] = _Side(value, one.units | last.units, one.nouns | last.nouns, one.bound)
        else:
            found.append(one)
    return found


def _agree(gold: _Side, given: _Side) -> bool:
    if gold.units:
        return bool(gold.units & given.units)
    if gold.nouns:
        return bool(gold.nouns & given.nouns)
    return not given.units and not given.nouns


def _names(unit: str) -> frozenset[str]:
    """What unspin may call a unit of the set; nothing for what is only a noun."""
    if unit in _UNITS:
        return frozenset(_UNITS[unit])
    if unit in _words():
        return frozenset({_words()[unit]})
    over, _, under = unit.partition(" per ")
    if not under:
        return frozenset()
    return frozenset(f"{it}/{by}" for it in _names(over) for by in _names(under) or {under})


@cache
def _words() -> Mapping[str, str]:
    return {word: unit for unit, words in lexicon.units().items() for word in words}


def _nouns(words: str) -> frozenset[str]:
    return frozenset(map(_singular, _WORD.findall(words.casefold())))


def _singular(noun: str) -> str:
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    if noun.endswith("ies"):
        return f"{noun[:-3]}y"
    if noun.endswith(("sses", "shes", "ches", "xes")):
        return noun[:-2]
    return noun[:-1] if noun.endswith("s") and not noun.endswith("ss") else noun


def _written(ends: Iterable[float]) -> tuple[str, ...]:
    return tuple(f"{end:.{_DIGITS}g}" for end in ends)


def _half(sentence: GoldQuantities) -> int:
    return hashlib.sha256(sentence.text.encode()).digest()[0] % 2


def _groups(gold: GoldQuantity) -> tuple[str, ...]:
    """The kind of unit of a gold quantity, and its change where the set says one."""
    kind = f"unit: {_kind(gold)}"
    return (kind, f"change: {_CHANGES.get(gold.change, gold.change)}") if gold.change else (kind,)


def _kind(gold: GoldQuantity) -> str:
    name = gold.unit.casefold()
    side = _gold(gold)
    if "percent" in side.units or name.startswith("percent"):
        return "percent"
    if _MONEY.search(name):
        return "money"
    return "measure" if side.units else "count" if side.nouns else "none"


def _scores(judged: Sequence[_Judged]) -> dict[str, float]:
    pairs = [pair for one in judged for pair in one.pairs]
    given = sum(one.given for one in judged)
    value = _tally(sum(pair.given is not None for pair in pairs), given, len(pairs))
    unit = _tally(sum(pair.unit for pair in pairs), given, len(pairs))
    bounded = [pair for pair in pairs if pair.given and pair.gold.change in _BOUNDS]
    return {
        "value_f1": value.f1,
        "value_precision": value.precision,
        "value_recall": value.recall,
        "value_unit_f1": unit.f1,
        "bound_accuracy": _share(pair.bound for pair in bounded),
    }


def _tally(right: int, given: int, wanted: int) -> Tally:
    return Tally(right, given, right, wanted)


def _recalls(pairs: Sequence[_Pair]) -> dict[str, float]:
    bounded = [pair for pair in pairs if pair.given and pair.gold.change in _BOUNDS]
    return {
        "quantities": len(pairs),
        "value_recall": _share(pair.given is not None for pair in pairs),
        "value_unit_recall": _share(pair.unit for pair in pairs),
    } | ({"bound_accuracy": _share(pair.bound for pair in bounded)} if bounded else {})


def _share(each: Iterable[bool]) -> float:
    found = list(each)
    return sum(found) / len(found) if found else 0.0
