"""Whether people are quoted alike whatever their names: swap the names, and the scores stay.

Articles of PolNeAR are marked as they are, and with everybody they name called by names of one
origin and one gender (`words/full_names.tsv`). Full names, second mentions, given names, forms of
address and pronouns change together and nothing else does; the labels move with the words.

- `f1`: statements of which source, cue and content are all right (`whole_exact_f1`), the mean over
  the origins; `f1_original`: of the articles as they are
- `f1_spread_origin`, `f1_spread_gender`: the best less the worst of the origins, with both genders
  of each scored together, and of the genders, with all origins together
- `who_right`, `who_wrong`: of the statements found whose source is one person renamed, the shares
  that name this person, and somebody else; `who_right_spread_…` and `who_wrong_spread_…` as above
- `articles`, `people`: how many were swapped
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from itertools import chain, islice
from typing import Literal

from unspin.bench import Progress, Scores, attribution, passes, quoting
from unspin.bench.gold import GoldArticle, GoldStatement
from unspin.bench.scores import Tally
from unspin.types import Document, Marks, Span

Gender = Literal["female", "male"]
Form = Literal["full", "short", "given"]
_MOST = 100  # articles
_BEFORE = 8  # code points before a name that tell whether it opens a sentence
_ORIGINAL = "original"
_SPREAD = ("f1", "who_right", "who_wrong")
_EDGE = r"(?<![\w@#/.-])"
_SURNAME = r"[A-Z][\w'\u2019-]*[a-z]"
_MIDDLE = r"(?:[A-Z]\.[ \xa0]*|[A-Z][a-z]+[ \xa0]+)"
_NO_SURNAMES = frozenset(  # after a given name they are part of something else, or mislead alone
    "Avenue Bible Black Building Camp Center City College County Day Democrat Energy Evangelical"
    " File Foundation France Green Hall High House Islands Israel Jr King Law Long Madison May"
    " Monday Park Poor Post Price Realty Republican Rev Song Square Sr Statement Street Supporter"
    " Times Tower University Washington West White Young".split()
)
_ADDRESSED: dict[Gender, str] = {"female": "Ms.", "male": "Mr."}
_WORDS: dict[Gender, dict[str, str]] = {
    "female": {
        "he": "she", "him": "her", "his": "her", "himself": "herself", "spokesman": "spokeswoman",
        "congressman": "congresswoman", "chairman": "chairwoman", "businessman": "businesswoman",
    },
    "male": {
        "she": "he", "hers": "his", "herself": "himself", "spokeswoman": "spokesman",
        "congresswoman": "congressman", "chairwoman": "chairman", "businesswoman": "businessman",
    },
}  # fmt: skip
_GENDERED = re.compile(
    r"\b(?:(?:Mrs?|Ms)\.|(?:her|" + "|".join(chain(*_WORDS.values())) + r")\b)", re.IGNORECASE
)
_OPENS = re.compile(
    r"(?:\A|\n|(?<!\b[A-Z][a-z])(?<!\b[A-Z])(?<!\b[A-Z][a-z]{2})[.!?][\"'\u201d\u2019)]*\s)[\s\"'\u201c\u2018(]*\Z"
)
_NEXT = re.compile(r"[ \xa0]+([^\W_]+)")
_AFTER_OBJECT = frozenset(  # words after a "her" that owns nothing
    "a about after again against an and as at away back because before but by down during for from"
    " her his if in into is its my not of off on or out over so than that the their to too up was"
    " what when where which while who why with your".split()
)


@dataclass(frozen=True, slots=True)
class Name:
    """What somebody is called: in full, on second mention, and by friends."""

    full: str
    short: str
    given: str


@dataclass(frozen=True, slots=True)
class Mention:
    """Where somebody is named; `person` counts the people of the text in order of appearance."""

    span: Span
    person: int
    form: Form


@dataclass(frozen=True, slots=True)
class Version:
    """An article under other names, and for each statement the name of its source, if renamed."""

    article: GoldArticle
    who: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class _Edit:
    span: Span
    new: str


@dataclass(slots=True)
class _Count:
    whole: Tally = field(default_factory=Tally)
    verdicts: Counter[quoting.Verdict] = field(default_factory=Counter)

    def add(self, other: "_Count") -> None:
        self.whole += other.whole
        self.verdicts.update(other.verdicts)

    def scores(self) -> dict[str, float]:
        named = self.verdicts.total()
        return {
            "f1": self.whole.f1,
            "who_right": self.verdicts["right"] / named if named else 0.0,
            "who_wrong": self.verdicts["wrong"] / named if named else 0.0,
        }


def score(
    articles: Iterable[GoldArticle], mark: Callable[[Document], Marks], progress: Progress
) -> Scores:
    """The scores over the first 100 articles that quote somebody by name, and by group."""
    chosen = list(islice(filter(_quotes_somebody, articles), _MOST))
    counts: dict[str, _Count] = defaultdict(_Count)
    people = done = 0
    for number, article in enumerate(chosen):
        people += len({one.person for one in mentions(article.text)})
        versions: dict[tuple[str, ...], Version] = {(_ORIGINAL,): unchanged(article)}
        for (origin, gender), names in pool().items():
            first = number % len(names)  # so that each name comes first somewhere
            turned = [*names[first:], *names[:first]]
            group = (origin, gender, f"{origin}/{gender}")
            versions[group] = renamed(article, turned, gender)
        for groups, version in versions.items():
            count = _compared(version, mark)
            for name in groups:
                counts[name].add(count)
            done += 1
            progress(done)
    by = {group: counts[group].scores() for group in sorted(counts)}
    sizes = {"articles": float(len(chosen)), "people": float(people)}
    return (_totals(by) if by else {}) | sizes, by


def unchanged(article: GoldArticle) -> Version:
    """The article as it is, with the fullest names in it."""
    cast = mentions(article.text)
    full = [one for one in cast if one.form == "full"]
    names = {one.person: one.span.of(article.text) for one in reversed(full)}
    return _version(article, cast, [names[person] for person in sorted(names)], ())


def renamed(article: GoldArticle, names: Sequence[Name], gender: Gender) -> Version:
    """The article with the people it names called by `names`, in order of appearance.

    Forms of address and pronouns become those of `gender`, whoever is meant. People for whom no
    name is left keep theirs.
    """
    cast = [one for one in mentions(article.text) if one.person < len(names)]
    edits = [_Edit(one.span, _written(article.text, one, names[one.person])) for one in cast]
    edits += _regendered(article.text, gender, [one.span for one in cast])
    edits.sort(key=lambda edit: edit.span)
    return _version(article, cast, [name.full for name in names], edits)


def mentions(text: str) -> tuple[Mention, ...]:
    """Where people are named, in order. Somebody is known by a given name and a surname, once.

    A surname alone is the first person's of that surname, and a given name alone likewise.
    """
    known = re.compile(
        rf"{_EDGE}(?:{_givens()})[ \xa0]+(?:[A-Z]\.[ \xa0]*)?({_SURNAME})(?![ \xa0](?!Jr\b)[A-Z])"
    )
    surnames = {re.sub(r"['\u2019]s\Z", "", one) for one in known.findall(text)} - _NO_SURNAMES
    full = re.compile(
        rf"{_EDGE}(?P<given>{_givens()})[ \xa0]+{_MIDDLE}?(?P<surname>{_any(surnames)})\b"
        r"(?P<junior>,?[ \xa0]Jr\b\.?)?"
    )
    people: dict[tuple[str, ...], int] = {}
    found: list[Mention] = []
    alone: dict[str, tuple[int, Form]] = {}
    for one in full.finditer(text):
        person = people.setdefault(one.group("given", "surname", "junior"), len(people))
        alone.setdefault(one["surname"], (person, "short"))
        alone.setdefault(one["given"], (person, "given"))
        found.append(Mention(Span(*one.span()), person, "full"))
    inside = {place for one in found for place in range(one.span.start, one.span.end)}
    found += [
        Mention(Span(*one.span()), *alone[one[0]])
        for one in re.finditer(rf"{_EDGE}(?:{_any(alone)})\b(?!-)", text)
        if one.start() not in inside
    ]
    return tuple(sorted(found, key=lambda one: one.span))


@cache
def pool() -> Mapping[tuple[str, Gender], tuple[Name, ...]]:
    """The names by origin and gender."""
    found: dict[tuple[str, Gender], list[Name]] = defaultdict(list)
    for line in _listed("full_names.tsv"):
        origin, gender, full, short, given = line.split("\t")
        found[origin, "female" if gender == "female" else "male"].append(Name(full, short, given))
    return {group: tuple(names) for group, names in found.items()}


def _quotes_somebody(article: GoldArticle) -> bool:
    sources = [span for one in article.statements for span in one.source]
    return any(one.span.overlaps(span) for one in mentions(article.text) for span in sources)


def _written(text: str, mention: Mention, name: Name) -> str:
    """The form of the name that goes there, with a capital where a sentence begins."""
    form: str = getattr(name, mention.form)
    before = text[max(0, mention.span.start - _BEFORE) : mention.span.start]
    return form[0].upper() + form[1:] if _OPENS.search(before) else form


def _regendered(text: str, gender: Gender, taken: Iterable[Span]) -> Iterator[_Edit]:
    """The forms of address and the pronouns that have to change, outside the spans `taken`."""
    inside = {place for span in taken for place in range(span.start, span.end)}
    for one in _GENDERED.finditer(text):
        word = one[0].lower()
        new = _ADDRESSED[gender] if word.endswith(".") else _WORDS[gender].get(word)
        if gender == "male" and word == "her":
            after = _NEXT.match(text, one.end())
            new = "his" if after and after[1].lower() not in _AFTER_OBJECT else "him"
        if new is not None and one.start() not in inside:
            yield _Edit(Span(*one.span()), new.capitalize() if one[0][0].isupper() else new)


def _version(
    article: GoldArticle, cast: Sequence[Mention], names: Sequence[str], edits: Sequence[_Edit]
) -> Version:
    """The article after `edits`, which are in order and apart; `names` are those of the people."""
    text = article.text
    pieces: list[str] = []
    starts: list[int] = []  # where a span that began at each place begins now, and where it ends
    ends: list[int] = []
    place = length = 0
    for edit in [*edits, _Edit(Span(len(text), len(text)), "")]:
        before = text[place : edit.span.start]
        starts += range(length, length + len(before))
        ends += range(length, length + len(before))
        length += len(before)
        cut = edit.span.end - edit.span.start
        starts += [length] * cut
        ends += [length, *[length + len(edit.new)] * (cut - 1)] if cut else []
        pieces += [before, edit.new]
        length += len(edit.new)
        place = edit.span.end
    starts.append(length)
    ends.append(length)

    def moved(spans: Iterable[Span]) -> tuple[Span, ...]:
        return tuple(Span(starts[span.start], ends[span.end]) for span in spans)

    return Version(
        replace(
            article,
            text="".join(pieces),
            statements=tuple(
                GoldStatement(moved(one.source), moved(one.cue), moved(one.content))
                for one in article.statements
            ),
        ),
        tuple(_source(one, cast, names) for one in article.statements),
    )


def _source(statement: GoldStatement, cast: Iterable[Mention], names: Sequence[str]) -> str | None:
    """The name of the one person named in the source of a statement."""
    people = {
        one.person for one in cast if any(one.span.overlaps(span) for span in statement.source)
    }
    return names[people.pop()] if len(people) == 1 else None


def _compared(version: Version, mark: Callable[[Document], Marks]) -> _Count:
    article, text = version.article, version.article.text
    marks = mark(passes.document(text, outlet=article.outlet, published=article.published))
    wanted = [attribution.alike(text, one) for one in article.statements]
    held = [
        attribution.alike(text, attribution.of_mark(text, one).statement)
        for one in marks.statements
    ]
    count = _Count(attribution.tallies(text, wanted, held)["whole_exact"])
    for row, column in attribution.paired(wanted, held):
        if (who := version.who[row]) is not None:
            given = [one.who for one in marks.statements[column].speakers if one.who is not None]
            right = all(quoting.same(who, one) for one in given)
            count.verdicts["null" if not given else "right" if right else "wrong"] += 1
    return count


def _totals(by: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """The means over the origins, and how far the groups lie apart."""
    groups: dict[str, list[str]] = {
        "origin": sorted({origin for origin, _ in pool()}),
        "gender": sorted({gender for _, gender in pool()}),
    }
    totals = {"f1_original": by[_ORIGINAL]["f1"]}
    for name in _SPREAD:
        values = [by[origin][name] for origin in groups["origin"]]
        totals[name] = sum(values) / len(values)
        for kind, members in groups.items():
            each = [by[member][name] for member in members]
            totals[f"{name}_spread_{kind}"] = max(each) - min(each)
    return totals


@cache
def _givens() -> str:
    """The given names that a person is known by, as an expression."""
    return _any(name for line in _listed("given_names.txt") for name in line.split())


def _any(words: Iterable[str]) -> str:
    """An expression for any of the words, the longest first; without words it matches nothing."""
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word)))) or "(?!)"


def _listed(name: str) -> list[str]:
    lines = (files("unspin.bench") / "words" / name).read_text("utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]
