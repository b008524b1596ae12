"""Labelled data as examples: windows of tokens, and everything that is known of them.

Each reader takes the rows of one data set (`train.data`) and gives examples in the order of the
rows. A window knows only the labels its data set has; the losses of the others are left out.
"""

import random
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tokenizers import Tokenizer

from unspin import text as plain
from unspin.marking import lexicon
from unspin.model import spans, tasks, windows
from unspin.model.decoding import Numbers
from unspin.model.windows import Window
from unspin.train.data import Judged, Row
from unspin.types import Span

Tags = tuple[int, ...]
Piece = tuple[int, int, tuple[float, ...], Sequence[float]]  # from, to, `spans.features`, classes
Related = tuple[Tags, Tags | Numbers, int]  # a cue: its tokens, PART_TAGS as cues are, kind or -1
Whole = tuple[int, int, int, float]  # tokens from, to, an index of SENTENCE_LABELS, target
_ALONE = 0.5  # share of windows of sentences that hold one
_WORD = re.compile(r"\w+")
_SOURCE, _CONTENT = (tasks.PART_TAGS.index(f"B-{part}") for part in ("source", "content"))


@dataclass(frozen=True, slots=True)
class Example:
    """One window and its labels, or the chance of each where they are another model's."""

    tokens: tuple[int, ...]
    cues: Tags | Numbers | None = None  # an index of CUE_TAGS a token, or (tokens, CUE_TAGS)
    relations: tuple[Related, ...] = ()
    labels: tuple[tuple[int, Sequence[float]], ...] = ()  # index of TOKEN_LABELS, 0 to 1 a token
    spans: tuple[Piece, ...] = ()
    sentences: tuple[Whole, ...] = ()


def attribution(rows: Iterable[Row], tokenizer: Tokenizer) -> Iterator[Example]:
    """PolNeAR: cues, and for each its source and content; the first annotator's."""
    kinds = _kinds()
    for row in rows:
        stated = next(iter(row["annotations"].values()))
        for window in windows.cut(row["text"], tokenizer):
            cues = [0] * len(window.tokens)
            relations = []
            for statement in stated:
                cue = _runs(window, statement["cue"])
                if any(cue):
                    _tag(cues, cue, 1)
                    parts = [0] * len(window.tokens)
                    _tag(parts, _runs(window, statement["content"]), _CONTENT)
                    _tag(parts, _runs(window, statement["source"]), _SOURCE)
                    here = tuple(
                        int(any(place in run for run in cue)) for place in range(len(cues))
                    )
                    words = " ".join(row["text"][start:end] for start, end in statement["cue"])
                    relations.append((here, tuple(parts), kinds(words)))
            yield Example(window.tokens, tuple(cues), tuple(relations))


def _runs(window: Window, pieces: Iterable[tuple[int, int]]) -> list[range]:
    return [spans.tokens_of(window, Span(*piece)) for piece in pieces]


def _tag(tags: list[int], runs: Iterable[range], first: int) -> None:
    """Write B (`first`) and I (the tag after it) on each run of tokens."""
    for run in runs:
        for place in run:
            tags[place] = first if place == run.start else first + 1


def rhetoric(rows: Iterable[Row], tokenizer: Tokenizer) -> Iterator[Example]:
    """PTC: techniques as spans and classes, and the sentences that hold one."""
    for row in rows:
        found: dict[Span, set[int]] = {}
        for one in row["spans"]:
            if one["technique"] in tasks.TECHNIQUES:
                span = Span(one["start"], one["end"])
                found.setdefault(span, set()).add(tasks.TECHNIQUES.index(one["technique"]))
        yield from _rhetoric(row["text"], found, tokenizer)


def _rhetoric(text: str, found: Mapping[Span, set[int]], tokenizer: Tokenizer) -> Iterator[Example]:
    kinds = range(len(tasks.TECHNIQUES))
    whole = tasks.SENTENCE_LABELS.index("rhetoric")
    for window in windows.cut(text, tokenizer):
        runs = {span: run for span in found if (run := spans.tokens_of(window, span))}
        labels = {"rhetoric": list(runs.values())} | {
            tasks.TECHNIQUES[kind]: [run for span, run in runs.items() if kind in found[span]]
            for kind in kinds
        }
        pieces = [
            (
                run.start,
                run.stop,
                spans.features(text, span),
                tuple(int(kind in found[span]) for kind in kinds),
            )
            for span, run in runs.items()
        ]
        held = [
            (run.start, run.stop, whole, float(any(map(sentence.overlaps, found))))
            for sentence in parted(text, window)
            if (run := spans.tokens_of(window, sentence))
        ]
        yield Example(
            window.tokens,
            labels=tuple(
                (tasks.TOKEN_LABELS.index(name), _marked(places, len(window.tokens)))
                for name, places in labels.items()
            ),
            spans=tuple(pieces),
            sentences=tuple(held),
        )


def _marked(runs: Iterable[range], size: int) -> Tags:
    held = {place for run in runs for place in run}
    return tuple(int(place in held) for place in range(size))


def parted(text: str, window: Window) -> Iterator[Span]:
    """The sentences of a window."""
    known = [span for span in window.spans if span is not None]
    start = known[0].start
    for line in text[start : known[-1].end].splitlines(keepends=True):
        yield from plain.sentences(text, Span(start, start + len(line)))
        start += len(line)


_MEME = {
    "loaded language": "Loaded_Language",
    "name calling/labeling": "Name_Calling,Labeling",
    "exaggeration/minimisation": "Exaggeration,Minimisation",
    "slogans": "Slogans",
    "doubt": "Doubt",
    "appeal to fear/prejudice": "Appeal_to_fear-prejudice",
    "whataboutism": "Whataboutism,Straw_Men,Red_Herring",
    "flag-waving": "Flag-Waving",
    "causal oversimplification": "Causal_Oversimplification",
    "repetition": "Repetition",
    "thought-terminating cliché": "Thought-terminating_Cliches",
    "misrepresentation of someone's position (straw man)": "Whataboutism,Straw_Men,Red_Herring",
    "black-and-white fallacy/dictatorship": "Black-and-White_Fallacy",
    "appeal to authority": "Appeal_to_Authority",
    "reductio ad hitlerum": "Bandwagon,Reductio_ad_hitlerum",
    "bandwagon": "Bandwagon,Reductio_ad_hitlerum",
    "presenting irrelevant data (red herring)": "Whataboutism,Straw_Men,Red_Herring",
}


def memes(rows: Iterable[Row], tokenizer: Tokenizer) -> Iterator[Example]:
    """Memes: the classes of their spans that PTC has too; their tokens are too unlike the news."""
    for row in rows:
        found: dict[Span, set[int]] = {}
        for label in row["labels"]:
            name = _MEME.get(label["technique"].lower())
            if name is not None:
                span = Span(label["start"], label["end"])
                found.setdefault(span, set()).add(tasks.TECHNIQUES.index(name))
        for example in _rhetoric(row["text"], found, tokenizer):
            yield Example(example.tokens, spans=example.spans)


def sentences(rows: Sequence[Judged], tokenizer: Tokenizer, seed: int) -> Iterator[Example]:
    """Sentences judged as wholes, with the loaded words of each; one to four in a window.

    Half of the windows hold one alone; in the others sentences stand beside those that follow them
    in `rows`, so that a sentence is judged alike by itself and in its paragraph.
    """
    chance = random.Random(seed)  # noqa: S311 - not a secret
    place = 0
    while place < len(rows):
        take = 1 if chance.random() < _ALONE else chance.randint(2, 4)
        yield from _judged(rows[place : place + take], tokenizer)
        place += take


def _judged(group: Sequence[Judged], tokenizer: Tokenizer) -> Iterator[Example]:
    text, spoken = "", []
    for one in group:
        text += " " if text else ""
        spoken.append((Span(len(text), len(text) + len(one.text)), one))
        text += one.text.replace("\n", " ")
    for window in windows.cut(text, tokenizer):
        held = []
        tags = [0] * len(window.tokens)
        for span, one in spoken:
            run = spans.tokens_of(window, span)
            if run:
                held += [
                    (run.start, run.stop, tasks.SENTENCE_LABELS.index(name), target)
                    for name, target in one.targets.items()
                ]
            for word in one.loaded or ():
                for match in re.finditer(rf"\b{re.escape(word)}\b", one.text, re.IGNORECASE):
                    start, end = match.span()
                    for at in spans.tokens_of(window, Span(span.start + start, span.start + end)):
                        tags[at] = 1
        knows = all(one.loaded is not None for _, one in spoken)
        loaded = (tasks.TOKEN_LABELS.index("loaded"), tuple(tags))
        yield Example(window.tokens, labels=(loaded,) if knows else (), sentences=tuple(held))


def _kinds() -> Callable[[str], int]:
    """A function from a cue to the index of its kind, -1 where its words tell none or several."""
    table: dict[str, int] = {}
    for (first, *rest), word in lexicon.cues().items():
        if not rest:
            table.setdefault(first, tasks.CUE_KINDS.index(word.kind))

    def kind(words: str) -> int:
        found = {table[word] for word in _WORD.findall(words.lower()) if word in table}
        return found.pop() if len(found) == 1 else -1

    return kind
