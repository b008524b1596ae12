"""Labelled data sets, read in the formats they are published in.

A set is known by the fields of its rows, never by the name of its file, so any split of it will do.
What does not fit is a FormatError that names the file, the line and the field. The sets are JSON
lines or tables parted by tabs, gzipped or not; spans are code points, the end not included.
"""

import gzip
import hashlib
import logging
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Generic, TypeVar

from unspin import wire
from unspin.errors import FormatError, UsageError
from unspin.types import Span

_SUFFIXES = (".jsonl", ".jsonl.gz")
_TABLES = (".tsv", ".tsv.gz")
_LANGUAGE = re.compile(r"_(?!en\.)[a-z]{2}\.")  # dev_de.tsv, of a set in several languages
_DOUBLED = re.compile(r'"(?=.*"")((?:[^"]|"")*)"', re.DOTALL)  # a cell quoted as in CSV
_LEANING = frozenset(
    ". , ; : ! ? ) ] } % 's 'm 'd 're 've 'll n't ' \u2019 \u2019s \u201d \u2026".split()
)
_OPENING = frozenset("( [ { $ £ € \u201c \u2018".split())
_ENDS = re.compile(r"\s*(-?[\d.]+(?:E[+-]?\d+)?)(?:\s*-\s*([\d.]+))?\s*", re.IGNORECASE)
_TAG = re.compile(  # of our own marked sentences
    r"<(?:(?P<opens>[dua])(?: is=\"(?P<is>[\d./-]+)\")?|/(?P<closes>[dua]))>"
)
_CHAIN = re.compile(r"(\d+)_(.*)_(.*?)")  # of newswcl50: event, name and kind
_log = logging.getLogger(__name__)

Gold = TypeVar("Gold")
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class GoldPage:
    """A saved page and what a person found on it; None where the set does not say."""

    corpus: str  # "scrapinghub" or "wcxb"
    id: str
    address: str | None
    markup: str
    body: str
    title: str | None
    author: str | None
    published: str | None  # as the set writes it
    must: tuple[str, ...]  # snippets of the article
    must_not: tuple[str, ...]  # snippets of the furniture


@dataclass(frozen=True, slots=True)
class GoldStatement:
    """One attribution: the spans of its source (empty where it has none), cue and content."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An article and who said what in it."""

    id: str
    outlet: str
    title: str
    published: str  # as the set writes it
    text: str
    statements: tuple[GoldStatement, ...]


@dataclass(frozen=True, slots=True)
class GoldTechnique:
    """A stretch of text and the persuasion technique in it, by its name in PTC version 2."""

    span: Span
    name: str


@dataclass(frozen=True, slots=True)
class GoldRhetoric:
    """A text and the persuasion techniques in it."""

    corpus: str
    id: str
    text: str
    techniques: tuple[GoldTechnique, ...]
    spans: tuple[Span, ...]  # where any technique is


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """A sentence and whether somebody should check it."""

    corpus: str
    file: str
    debate: str | None  # the debate it was said in, where the set says
    text: str
    checkworthy: bool


@dataclass(frozen=True, slots=True)
class GoldVoice:
    """A sentence and whether it gives an opinion or leans to a side; None: people disagreed."""

    corpus: str
    file: str
    text: str
    opinion: bool | None
    slant: bool | None


@dataclass(frozen=True, slots=True)
class GoldPair:
    """Two texts and what the first says of the second: one of the choices of the set."""

    corpus: str
    first: str
    second: str
    label: str
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoldQuantity:
    """A quantity of a sentence, without a place in it."""

    value: tuple[float, ...]  # one end, or the two of a range
    words: str  # the unit as the sentence has it
    unit: str  # as the set normalises it: "dollar per barrel", "league game"; "-" for none
    change: str | None  # "=", "up", "down", "~", ">" or "<"; None where the set does not say


@dataclass(frozen=True, slots=True)
class GoldQuantities:
    """A sentence and all quantities in it."""

    file: str
    text: str
    quantities: tuple[GoldQuantity, ...]


@dataclass(frozen=True, slots=True)
class GoldQuotation:
    """A quotation: its pieces, the words that name its source beside it, and its fullest name."""

    words: tuple[Span, ...]
    speaker: Span | None
    who: Span | None
    open: bool  # the text does not say whose it is, and no answer counts


@dataclass(frozen=True, slots=True)
class GoldPassage:
    """A stretch of an article and everything in it that stands between quotation marks.

    Spans are places in the article, which `article` finds by the sha256 of its text.
    """

    corpus: str
    half: str | None  # "seen" or "held"
    article: str
    text: str | None  # of the article, where the set holds it
    span: Span
    quotations: tuple[GoldQuotation, ...]
    unspoken: tuple[Span, ...]  # titles, slogans, scare quotes: marked, but no speech
    open: tuple[Span, ...]  # either reading stands


@dataclass(frozen=True, slots=True)
class GoldText:
    """An article without labels."""

    digest: str  # sha256 of its text
    title: str
    outlet: str
    published: str  # as the set writes it
    text: str


@dataclass(frozen=True, slots=True)
class GoldDate:
    """A time expression: its first and last day (None: open), or what it waits for unresolved."""

    span: Span
    earliest: date | None
    latest: date | None
    resolved: bool
    anchor: Span | None


@dataclass(frozen=True, slots=True)
class GoldDates:
    """A sentence or two and all time expressions in them."""

    id: str
    published: date | None
    text: str
    dates: tuple[GoldDate, ...]


@dataclass(frozen=True, slots=True)
class GoldSlip:
    """A slip and the places of which a query about it must touch one."""

    kind: str
    places: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class GoldSlips:
    """An article and the slips planted in it; None: an article of the news as it is."""

    group: str  # half of our own set, or data set
    published: str | None
    text: str
    slips: tuple[GoldSlip, ...] | None


@dataclass(frozen=True, slots=True)
class GoldMention:
    """Words that name an actor, and which one; `single`: the chain is one actor, not several."""

    span: Span
    chain: str
    single: bool


@dataclass(frozen=True, slots=True)
class GoldActors:
    """An article on an event, and the mentions of its actors."""

    event: str
    outlet: str
    text: str
    mentions: tuple[GoldMention, ...]


@dataclass(frozen=True, slots=True)
class GoldNaming:
    """A text and the words in it that name one speaker."""

    text: str
    outlet: str | None
    published: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class GoldSpeakers:
    """Two texts with a speaker each: "same", "different", or "open" where nobody can tell."""

    half: str
    sort: str
    label: str
    a: GoldNaming
    b: GoldNaming


@dataclass(frozen=True, slots=True)
class GoldTold:
    """An article and the event it tells of."""

    corpus: str
    title: str | None
    text: str
    published: str | None  # a day
    story: str
    part: str  # the finer division of a set that has two, else the story


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file; what it is asked for and does not have is a FormatError."""

    path: Path
    line: int
    fields: Mapping[str, Any]

    def refused(self, field: str, wanted: str) -> FormatError:
        """The error that `field` is not what it must be."""
        got = f"got {self.fields[field]!r:.60}" if field in self.fields else "it is not there"
        return FormatError(f"{self.path}, line {self.line}: {field}: expected {wanted}, {got}")

    def text(self, field: str) -> str:
        """The text in `field`."""
        value = self.fields.get(field)
        if not isinstance(value, str):
            raise self.refused(field, "text")
        return value

    def choice(self, field: str, values: Mapping[str, Value]) -> Value:
        """What the word in `field` stands for, capitals apart."""
        word = self.text(field).strip().lower()
        if word not in values:
            raise self.refused(field, f"one of {', '.join(values)}")
        return values[word]

    def flag(self, field: str) -> bool:
        """Whether `field` is 1 rather than 0, as a number or in writing."""
        value = self.fields.get(field)
        if value not in (0, 1, "0", "1"):
            raise self.refused(field, "0 or 1")
        return int(value) == 1

    def items(self, field: str) -> list[Any]:
        """The list in `field`."""
        value = self.fields.get(field)
        if not isinstance(value, list):
            raise self.refused(field, "a list")
        return value

    def row(self, field: str) -> "Row":
        """The object in `field`."""
        value = self.fields.get(field)
        if not isinstance(value, dict):
            raise self.refused(field, "an object")
        return Row(self.path, self.line, value)

    def rows(self, field: str) -> list["Row"]:
        """The objects listed in `field`."""
        if not all(isinstance(item, dict) for item in self.items(field)):
            raise self.refused(field, "a list of objects")
        return [Row(self.path, self.line, item) for item in self.items(field)]

    def span(self, value: object, field: str, text: str) -> Span:
        """`value` as a span inside `text`."""
        match value:
            case [int(start), int(end)] if 0 <= start <= end <= len(text):
                return Span(start, end)
        raise self.refused(field, "[start, end] inside the text")

    def spans(self, field: str, text: str) -> tuple[Span, ...]:
        """The spans of `text` listed in `field`."""
        return tuple(self.span(value, field, text) for value in self.items(field))


@dataclass(frozen=True, slots=True)
class Form(Generic[Gold]):
    """How the rows of one data set are known and read; what `build` gives None for is no gold."""

    has: frozenset[str]
    build: Callable[[Row], Gold | None]
    lacks: frozenset[str] = frozenset()

    def fits(self, row: Row) -> bool:
        """Whether the row has the fields of this set."""
        return self.has <= row.fields.keys() and not self.lacks & row.fields.keys()


def files(paths: Sequence[Path]) -> list[Path]:
    """The data files among `paths` and in the folders among them, sorted; UsageError for none."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(item for item in path.iterdir() if item.name.endswith(_SUFFIXES))
        elif path.is_file():
            found.append(path)
        else:
            raise _missing(path)
    if not found:
        msg = (
            f"{', '.join(map(str, paths))}: no .jsonl or .jsonl.gz file. Give the data with --data."
        )
        raise UsageError(msg)
    return found


def fitting(paths: Sequence[Path], forms: Sequence[Form[Gold]]) -> list[Path]:
    """The files among `paths` and in the folders among them that one of the forms fits, sorted.

    The other files of a folder are left out and named in the log, and so are those that their name
    says are in another language than English. UsageError when none is left.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += (item for item in sorted(path.iterdir()) if _is_wanted(item, forms))
        elif path.is_file():
            found.append(path)
        else:
            raise _missing(path)
    if not found:
        msg = f"{', '.join(map(str, paths))}: no data of this task. Give other data with --data."
        raise UsageError(msg)
    return found


def read(paths: Sequence[Path], forms: Sequence[Form[Gold]]) -> Iterator[Gold]:
    """What the files hold, in order; all rows of a file are of the form of its first."""
    for path in paths:
        form: Form[Gold] | None = None
        for row in _table(path) if path.name.endswith(_TABLES) else _lines(path):
            form = form or _form(row, forms)
            if missing := sorted(form.has - row.fields.keys()):
                raise row.refused(missing[0], "a value")
            if (gold := form.build(row)) is not None:
                yield gold


def digest(paths: Sequence[Path]) -> str:
    """The sha256 of the data files, in order."""
    total = hashlib.sha256()
    for path in paths:
        total.update(path.read_bytes())
    return total.hexdigest()


def pages(paths: Sequence[Path]) -> Iterator[GoldPage]:
    """The pages of article-extraction-scrapinghub and -wcxb files."""
    for path in paths:
        for number, row in enumerate(_rows(path), 1):
            try:
                yield _page(row)
            except (KeyError, TypeError, AttributeError) as error:
                msg = f"{path}, line {number}: not a page of a known set ({error!r})"
                raise FormatError(msg) from error


def _missing(path: Path) -> UsageError:
    return UsageError(f"{path}: no such file or folder. Give the data with --data.")


def _page(row: dict[str, Any]) -> GoldPage:
    if "articleBody" in row:
        return GoldPage(
            corpus="scrapinghub",
            id=row["id"],
            address=row["url"],
            markup=row["html"],
            body=row["articleBody"] or "",
            title=None,
            author=None,
            published=None,
            must=(),
            must_not=(),
        )
    gold = row["ground_truth"]
    return GoldPage(
        corpus="wcxb",
        id=row["id"],
        address=row["url"],
        markup=row["html"],
        body=gold["main_content"] or "",
        title=gold["title"] or None,
        author=gold["author"] or None,
        published=gold["publish_date"] or None,
        must=tuple(gold["with"] or ()),
        must_not=tuple(gold["without"] or ()),
    )


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rb") as lines:
        for line in lines:
            if line.strip():
                yield wire.loads(line)


def _is_wanted(path: Path, forms: Sequence[Form[Gold]]) -> bool:
    """Whether a file of a folder is data of the task; if it is data at all, the log says no."""
    if not path.is_file() or not path.name.endswith((*_SUFFIXES, *_TABLES)):
        return False
    if _LANGUAGE.search(path.name):
        _log.info("%s: left out, not in English by its name", path)
        return False
    try:
        next(read([path], forms), None)
    except _OtherSetError:
        _log.info("%s: left out, no data of this task", path)
        return False
    return True


class _OtherSetError(FormatError):
    """The first row of a file is of no set of the task."""


def _form(row: Row, forms: Sequence[Form[Gold]]) -> Form[Gold]:
    for form in forms:
        if form.fits(row):
            return form
    wanted = " or ".join(sorted({", ".join(sorted(form.has)) for form in forms}))
    got = ", ".join(row.fields)
    msg = f"{row.path}, line {row.line}: no set of this task: expected {wanted}, got {got:.100}"
    raise _OtherSetError(msg)


def _lines(path: Path) -> Iterator[Row]:
    for number, line in _written(path):
        try:
            value = wire.loads(line)
        except FormatError as error:
            msg = f"{path}, line {number}: {error}"
            raise FormatError(msg) from error
        if not isinstance(value, dict):
            msg = f"{path}, line {number}: expected an object, got {value!r:.60}"
            raise FormatError(msg)
        yield Row(path, number, value)


def _table(path: Path) -> Iterator[Row]:
    """The rows of a table, the last cells of which may be left off.

    A cell whose quotation marks are doubled is taken out of the pair around it.
    """
    names: list[str] = []
    for number, line in _written(path):
        cells = [_DOUBLED.sub(_undoubled, cell) for cell in line.split("\t")]
        if not names:
            names = cells
        elif len(cells) > len(names):
            msg = f"{path}, line {number}: {len(cells)} cells, expected {len(names)}"
            raise FormatError(msg)
        else:
            yield Row(path, number, dict(zip(names, cells, strict=False)))


def _undoubled(cell: re.Match[str]) -> str:
    return cell.group(1).replace('""', '"')


def _written(path: Path) -> Iterator[tuple[int, str]]:
    """The lines of a file that are not blank, and their numbers."""
    opener = gzip.open if path.suffix == ".gz" else open
    try:
        with opener(path, "rb") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield (
                        number,
                        line.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n"),
                    )
    except (OSError, EOFError, UnicodeDecodeError) as error:
        msg = f"{path}: cannot be read ({error})"
        raise FormatError(msg) from error


def _article(row: Row) -> GoldArticle:
    """A row of polnear. Where several people annotated an article, the first one's is taken."""
    text = row.text("text")
    annotations = row.fields["annotations"]
    if not isinstance(annotations, dict) or not annotations:
        raise row.refused(field="annotations", wanted="an object, annotator to list")
    inner = Row(row.path, row.line, annotations)
    parts = ("source", "cue", "content")
    return GoldArticle(
        id=row.text("id"),
        outlet=row.text("publisher"),
        title=row.text("title"),
        published=row.text("date"),
        text=text,
        statements=tuple(
            GoldStatement(*(statement.spans(part, text) for part in parts))
            for statement in inner.rows(next(iter(annotations)))
            if statement.items("content")
        ),
    )


def _ptc(row: Row) -> GoldRhetoric:
    return _rhetoric(row, "ptc", "spans", row.spans("si_spans", row.text("text")))


def _persuasion(row: Row) -> GoldRhetoric | None:
    """A row of persuasion-multi; texts in other languages than English are no gold."""
    return _rhetoric(row, "persuasion-multi", "spans") if row.text("lang") == "en" else None


def _meme(row: Row) -> GoldRhetoric:
    return _rhetoric(row, "meme-persuasion-text", "labels")


def _rhetoric(
    row: Row, corpus: str, field: str, spans: tuple[Span, ...] | None = None
) -> GoldRhetoric:
    text = row.text("text")
    techniques = tuple(
        GoldTechnique(
            part.span([part.fields.get("start"), part.fields.get("end")], "start", text), name
        )
        for part in row.rows(field)
        if (name := _PTC_NAMES.get(_plain(part.text("technique"))))
    )
    marked = tuple(technique.span for technique in techniques) if spans is None else spans
    return GoldRhetoric(corpus, row.text("id"), text, techniques, marked)


def _plain(name: str) -> str:
    """The name of a technique as any of the sets might write it."""
    return " ".join(re.findall(r"[a-zé]+", name.lower()))


# The names that SemEval-2021 task 6 and SemEval-2023 task 3 give the 14 classes of PTC version 2
# or parts of them. What it has no class for (smears, virtue words, obfuscation) is left out.
_PTC_NAMES = {
    _plain(name): label
    for label, names in {
        "Appeal_to_Authority": "Appeal to authority",
        "Appeal_to_fear-prejudice": "Appeal to fear prejudice",
        "Bandwagon,Reductio_ad_hitlerum": (
            "Bandwagon,Reductio_ad_hitlerum | Bandwagon | Reductio ad hitlerum"
            " | Appeal to popularity | Guilt by association"
        ),
        "Black-and-White_Fallacy": (
            "Black and white fallacy | Black-and-white Fallacy/Dictatorship"
            " | False dilemma no choice"
        ),
        "Causal_Oversimplification": "Causal oversimplification",
        "Doubt": "Doubt",
        "Exaggeration,Minimisation": "Exaggeration minimisation",
        "Flag-Waving": "Flag waving",
        "Loaded_Language": "Loaded language",
        "Name_Calling,Labeling": "Name calling labeling",
        "Repetition": "Repetition",
        "Slogans": "Slogans",
        "Thought-terminating_Cliches": (
            "Thought terminating cliches | Thought-terminating cliché | Conversation killer"
        ),
        "Whataboutism,Straw_Men,Red_Herring": (
            "Whataboutism,Straw_Men,Red_Herring | Whataboutism | Straw man | Red herring"
            " | Appeal to hypocrisy | Misrepresentation of Someone's Position (Straw Man)"
            " | Presenting Irrelevant Data (Red Herring)"
        ),
    }.items()
    for name in names.split(" | ")
}


def _claim(corpus: str, text: str, label: str) -> Callable[[Row], GoldClaim]:
    def build(row: Row) -> GoldClaim:
        debate = row.text("debate") if "debate" in row.fields else None
        return GoldClaim(corpus, row.path.name, debate, row.text(text), row.flag(label))

    return build


def _subjectivity(row: Row) -> GoldVoice:
    opinion = row.choice("label", {"subj": True, "obj": False})
    return GoldVoice("subjectivity-ct25", row.path.name, row.text("sentence"), opinion, None)


def _babe(row: Row) -> GoldVoice:
    """A row of babe. A sentence that is factual and opinionated gives an opinion."""
    opinions = {
        "entirely factual": False,
        "somewhat factual but also opinionated": True,
        "expresses writer’s opinion": True,  # noqa: RUF001 - as the set writes it
        "no agreement": None,
    }
    slants = {"biased": True, "non-biased": False, "no agreement": None}
    return GoldVoice(
        "babe",
        row.path.name,
        row.text("text"),
        row.choice("label_opinion", opinions),
        row.choice("label_bias", slants),
    )


THREE = ("entails", "contradicts", "neutral")
TWO = ("entails", "contradicts")
ENTAILED = ("entails", "other")  # where a set does not tell neutral from contradicting
OWN = ("same", "entails", "contradicts", "unrelated")
_NLI = {"entailment": "entails", "contradiction": "contradicts", "neutral": "neutral"}
_FEVER = {"supports": "entails", "refutes": "contradicts"}


def _nli(row: Row) -> GoldPair:
    """A row of one of the nli sets; the part made from RTE tells only two classes apart."""
    corpus = "nli-anli" if "round" in row.fields else "nli"
    if "origin" in row.fields:
        corpus = f"nli-negation/{row.text('origin')}"
    first, second = row.text("premise"), row.text("hypothesis")
    if corpus.endswith("/RTE"):
        labels = {"entailment": "entails", "not_entailment": "other"}
        return GoldPair(corpus, first, second, row.choice("label", labels), ENTAILED)
    return GoldPair(corpus, first, second, row.choice("label", _NLI), THREE)


def _sick(row: Row) -> GoldPair:
    label = row.choice("entailment_judgment", _NLI)
    return GoldPair("nli-sick", row.text("sentence_A"), row.text("sentence_B"), label, THREE)


def _fever(row: Row) -> GoldPair:
    label = row.choice("label", _FEVER)
    return GoldPair("fever-symmetric", row.text("evidence"), row.text("claim"), label, TWO)


def _fool_me_twice(row: Row) -> GoldPair:
    evidence = " ".join(part.text("text") for part in row.rows("gold_evidence"))
    return GoldPair("fool-me-twice", evidence, row.text("text"), row.choice("label", _FEVER), TWO)


def _healthver(row: Row) -> GoldPair:
    label = row.choice("label", {**_FEVER, "neutral": "neutral"})
    return GoldPair("healthver", row.text("evidence"), row.text("claim"), label, THREE)


def _claimdiff(row: Row) -> GoldPair:
    """A row of claimdiff: whether the second claim strengthens or weakens the first."""
    weaken, strengthen = row.flag("weaken"), row.flag("strengthen")
    label = "contradicts" if weaken else "entails" if strengthen else "neutral"
    return GoldPair("claimdiff", row.text("claim_b"), row.text("claim_a"), label, THREE)


def _wice(row: Row) -> GoldPair | None:
    """A row of wice with the sentences that people took for the evidence.

    A claim for which nobody found a sentence is no gold: its evidence would be a whole page.
    """
    supported = {"supported": "entails", "partially_supported": "other", "not_supported": "other"}
    label = row.choice("label", supported)
    sentences = row.items("evidence")
    chosen = next((numbers for numbers in row.items("supporting_sentences") if numbers), None)
    if chosen is None:
        return None
    try:
        evidence = " ".join(sentences[number] for number in chosen)
    except (IndexError, TypeError) as error:
        raise row.refused(field="supporting_sentences", wanted="numbers of sentences") from error
    return GoldPair("wice", evidence, row.text("claim"), label, ENTAILED)


def _own(row: Row) -> GoldPair:
    label = row.choice("label", {name: name for name in OWN})
    return GoldPair("own", row.text("a"), row.text("b"), label, OWN)


def _passage(row: Row) -> GoldPassage:
    """A row of our own paragraphs of the news, which holds places only."""
    marked = row.rows("marked")
    return GoldPassage(
        corpus=row.text("data"),
        half=row.text("half"),
        article=row.text("sha256"),
        text=None,
        span=_placed(row, "paragraph"),
        quotations=tuple(
            GoldQuotation(
                words=tuple(_spanned(part, words) for words in part.items("words")),
                speaker=_placed(part, "speaker") if part.fields.get("speaker") else None,
                who=_placed(part, "who") if part.fields.get("who") else None,
                open=part.fields.get("speaker_open") is True,
            )
            for part in row.rows("quotations")
        ),
        unspoken=tuple(_placed(part, "span") for part in marked if part.text("kind") != "open"),
        open=tuple(_placed(part, "span") for part in marked if part.text("kind") == "open"),
    )


def _placed(row: Row, field: str) -> Span:
    return _spanned(row, row.fields.get(field))


def _spanned(row: Row, value: object) -> Span:
    match value:
        case [int(start), int(end)] if 0 <= start <= end:
            return Span(start, end)
    raise row.refused("words" if "words" in row.fields else "span", "[start, end]")


def _quoting(row: Row) -> GoldPassage:
    """A row of our own invented paragraphs, each a text of its own."""
    text = row.text("text")
    digest = _sha256(text)
    return GoldPassage(
        corpus="own",
        half=("seen", "held")[int(digest, 16) % 2],
        article=digest,
        text=text,
        span=Span(0, len(text)),
        quotations=tuple(
            GoldQuotation(
                words=part.spans("words", text),
                speaker=_found(part, "speaker", text),
                who=_found(part, "who", text),
                open=False,
            )
            for part in row.rows("quotations")
        ),
        unspoken=row.spans("scare", text),
        open=(),
    )


def _found(row: Row, field: str, text: str) -> Span | None:
    """Where the words in `field` first stand in `text`; None for null."""
    if row.fields.get(field) is None:
        return None
    start = text.find(words := row.text(field))
    if start < 0:
        raise row.refused(field, "words of the text")
    return Span(start, start + len(words))


def _article_text(outlet: str) -> Callable[[Row], GoldText]:
    def build(row: Row) -> GoldText:
        text, date = row.text("text"), row.fields.get("date")
        return GoldText(_sha256(text), row.text("title"), row.text(outlet), date or "", text)

    return build


def _alone(outlet: str) -> Callable[[Row], tuple[GoldText, ...]]:
    build = _article_text(outlet)
    return lambda row: (build(row),)


def _together(row: Row) -> tuple[GoldText, ...]:
    return tuple(map(_article_text("source"), row.rows("articles")))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _ptc_sentences(row: Row) -> tuple[str, ...]:
    return tuple(line.strip() for line in row.text("text").split("\n") if line.strip())


def _quantities(row: Row) -> GoldQuantities:
    """A row of newsquant or of the sets that come with it, which give no change."""
    found = []
    for part in row.rows("quantities"):
        ends = _ENDS.fullmatch(part.text("value"))
        if ends is None:
            raise part.refused(field="value", wanted="a number, or two as a-b")
        found.append(
            GoldQuantity(
                value=tuple(float(end) for end in ends.groups() if end),
                words=part.text("unit") if "unit" in part.fields else "",
                unit=part.text("normalized_unit"),
                change=part.text("change") if "change" in part.fields else None,
            )
        )
    return GoldQuantities(row.path.name, row.text("text"), tuple(found))


def _dates(row: Row) -> GoldDates:
    """A row of our own sentences, marked in the text: <d is="first/last">, <u> with <a> in it."""
    marked = row.text("text")
    parts: list[str] = []
    opened: list[tuple[int, str | None]] = []
    found: list[GoldDate] = []
    anchor: Span | None = None
    position = length = 0
    for tag in _TAG.finditer(marked):
        parts.append(marked[position : tag.start()])
        length += tag.start() - position
        position = tag.end()
        if tag["opens"]:
            opened.append((length, tag["is"]))
            continue
        if not opened:
            raise row.refused(field="text", wanted="tags in pairs")
        start, days = opened.pop()
        span = Span(start, length)
        if tag["closes"] == "a":
            anchor = span
            continue
        first, _, last = (days or "").partition("/")
        earliest, latest = (_day(row, "text", end) for end in (first, last or first))
        found.append(GoldDate(span, earliest, latest, days is not None, anchor))
        anchor = None
    published = row.text("published") if row.fields["published"] is not None else ""
    text = "".join([*parts, marked[position:]])
    return GoldDates(row.text("id"), _day(row, "published", published), text, tuple(found))


def _day(row: Row, field: str, words: str) -> date | None:
    """The day of "2024-03-04"; None for an open end, "..", and for nothing."""
    if words in {"", ".."}:
        return None
    try:
        return date.fromisoformat(words)
    except ValueError as error:
        raise row.refused(field, "days as 2024-03-04") from error


def _slips(row: Row) -> GoldSlips:
    text = row.text("text")
    planted = tuple(
        GoldSlip(part.text("kind"), part.spans("places", text)) for part in row.rows("slips")
    )
    return GoldSlips(f"own/{row.text('half')}", row.text("published"), text, planted)


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


def _news(corpus: str) -> Callable[[Row], GoldSlips]:
    """Rows of a set of news articles; a day that cannot be theirs ("0001-11-30") is left out."""

    def build(row: Row) -> GoldSlips:
        day = str(row.fields.get("date"))
        return GoldSlips(corpus, day if day[:2] in {"19", "20"} else None, row.text("text"), None)

    return build


def _fields(names: str) -> frozenset[str]:
    return frozenset(names.split())


_PTC = _fields("id text spans si_spans")
_BABE = _fields("text label_bias label_opinion")
_MBIC = _fields("article")  # the crowd's labels of the same sentences

ATTRIBUTION: tuple[Form[GoldArticle], ...] = (
    Form(_fields("id publisher date title text annotations"), _article),
)
TECHNIQUES: tuple[Form[GoldRhetoric], ...] = (
    Form(_PTC, _ptc),
    Form(_fields("id lang text spans"), _persuasion),
    Form(_fields("id text labels"), _meme),
)
CLAIMS: tuple[Form[GoldClaim], ...] = (
    Form(_fields("debate line text label"), _claim("checkworthy-debates-ct20", "text", "label")),
    Form(_fields("sentence_id text label"), _claim("checkworthy-claimbuster", "text", "label")),
    Form(
        _fields("tweet_text check_worthiness"),
        _claim("checkworthy-tweets-ct20", "tweet_text", "check_worthiness"),
    ),
    Form(
        _fields("tweet_text claim_worthiness"),
        _claim("checkworthy-tweets-ct20", "tweet_text", "claim_worthiness"),
    ),
)
VOICES: tuple[Form[GoldVoice], ...] = (
    Form(_fields("sentence_id sentence label"), _subjectivity),
    Form(_BABE, _babe, _MBIC),
)
PAIRS: tuple[Form[GoldPair], ...] = (
    Form(_fields("premise hypothesis label"), _nli),
    Form(_fields("sentence_A sentence_B entailment_judgment"), _sick),
    Form(_fields("text gold_evidence label"), _fool_me_twice),
    Form(_fields("claim evidence label topic_ip"), _healthver),
    Form(_fields("claim evidence label supporting_sentences"), _wice),
    Form(_fields("claim evidence label"), _fever),
    Form(_fields("claim_a claim_b strengthen weaken"), _claimdiff),
    Form(_fields("a b label"), _own),
)
FIGURES: tuple[Form[GoldQuantities], ...] = (Form(_fields("text quantities"), _quantities),)
QUOTING: tuple[Form[GoldPassage | GoldText], ...] = (
    Form(_fields("half data sha256 paragraph quotations marked"), _passage),
    Form(_fields("id text quotations scare"), _quoting),
    Form(_fields("id publisher date title text annotations"), _article_text("publisher")),
    Form(_fields("id date source title text bias"), _article_text("source")),
)
DATES: tuple[Form[GoldDates], ...] = (Form(_fields("id published text"), _dates, _fields("date")),)
SLIPS: tuple[Form[GoldSlips], ...] = (
    Form(_fields("id half published text slips"), _slips),
    Form(_fields("id publisher date title text annotations"), _news("polnear")),
    Form(_fields("id date source title text bias"), _news("allsides-ukraine")),
)
SPEAKERS: tuple[Form[GoldActors | GoldSpeakers], ...] = (
    Form(_fields("event outlet_code text sentences coref_tokens"), _actors),
    Form(_fields("case half label sort a b"), _speakers),
)
COPIES: tuple[Form[tuple[GoldText, ...]], ...] = (
    Form(_fields("id publisher date title text annotations"), _alone("publisher")),
    Form(_fields("id date source title text bias"), _alone("source")),
    Form(_fields("story_id date topic articles"), _together),
)
STORIES: tuple[Form[tuple[GoldTold, ...]], ...] = (
    Form(
        _fields("event_id title articles"),
        _told("wikinews-events", "event_id", "body", None),
    ),
    Form(
        _fields("story_id topic articles"),
        _told("allsides-stories", "story_id", "text", "date"),
    ),
    Form(_fields("event doc_id sentences coref_tokens"), _actors_told),
    Form(_fields("topic subtopic doc_id sentences"), _topical),
)
EVENNESS: tuple[Form[tuple[str, ...]], ...] = (
    Form(_PTC, _ptc_sentences),
    Form(_BABE, lambda row: (row.text("text").strip(),), _MBIC),
)
SPEED: tuple[Form[str], ...] = (Form(_fields("text"), lambda row: row.text("text")),)
