"""What the encoder sees in texts: attributions, techniques, loaded words, sentences, quotations."""

import os
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TypeVar

import numpy as np
from tokenizers import Tokenizer

from unspin import text as plain
from unspin.errors import BundleError
from unspin.model import bundle, decoding, graphs, spans, tasks, windows
from unspin.model.bundle import Manifest, Task
from unspin.model.decoding import Numbers, Run
from unspin.model.graphs import Networks, Pass
from unspin.model.signals import Attribution, InMarks, Rhetoric, Sentence, Signals
from unspin.model.windows import Window
from unspin.types import Span

Item = TypeVar("Item")
Result = TypeVar("Result")
HEADS = ("parts", "sentences", "techniques", "cue_kinds", "quoted")
_LABEL = {name: place for place, name in enumerate(tasks.TOKEN_LABELS)}
_WHOLE = {name: place for place, name in enumerate(tasks.SENTENCE_LABELS)}


@dataclass(frozen=True, slots=True)
class _Read:
    """One window and what the networks say of it."""

    window: Window
    seen: Pass
    start: int  # the code point its first word begins at


class Encoder:
    """The networks of the marks, loaded once; its results do not depend on batch or order."""

    def __init__(self, networks: Networks, tokenizer: Tokenizer, manifest: Manifest) -> None:
        self.manifest = manifest
        self._networks = networks
        self._tokenizer = tokenizer
        self._settings = {task.name: task for task in manifest.tasks}

    @staticmethod
    @cache
    def load(folder: Path | None = None) -> "Encoder":
        """The encoder of the bundle in `folder`, or of the one that comes with unspin."""
        whole = bundle.load(folder or bundle.default())
        networks = graphs.MarkGraphs(
            whole.path("encoder.onnx"), {name: whole.path(f"{name}.onnx") for name in HEADS}
        )
        return Encoder(networks, tokenizer(whole.path("tokenizer.json")), whole.manifest)

    def signals(
        self, texts: Sequence[str], sentences: Sequence[Sequence[Span]] | None = None
    ) -> list[Signals]:
        """The signals of each text; `sentences` says which spans are judged as sentences."""
        read = self._read(texts)
        return [
            self._signals(text, found, sentences[place] if sentences is not None else None)
            for place, (text, found) in enumerate(zip(texts, read, strict=True))
        ]

    def see(self, text: str) -> Signals:
        """The signals of one text."""
        (found,) = self.signals([text])
        return found

    def candidates(self, text: str) -> list[tuple[Attribution, tuple[float, ...]]]:
        """The attributions of a text, each with the numbers its score is made of."""
        (read,) = self._read([text])
        return list(self._attributions(text, read))

    def bracketed(self, text: str) -> list[tuple[Span, Numbers]]:
        """The words in each pair of quotation marks, with what the head of marks reads of them."""
        (read,) = self._read([text])
        return list(_bracketed(text, read))

    def classify(
        self, texts: Sequence[str], stretches: Sequence[Sequence[Span]]
    ) -> list[list[dict[str, float]]]:
        """How likely each technique is the one of each given span; a span's chances add up to 1."""
        return [
            [
                dict(zip(tasks.TECHNIQUES, map(float, chances), strict=True))
                for chances in self._techniques(text, found, wanted)
            ]
            for text, found, wanted in zip(texts, self._read(texts), stretches, strict=True)
        ]

    def _read(self, texts: Sequence[str]) -> list[list[_Read]]:
        """The windows of each text, read on all cores."""
        cut = [windows.cut(text, self._tokenizer) for text in texts]
        flat = [window for each in cut for window in each]
        longest = sorted(range(len(flat)), key=lambda place: -len(flat[place].tokens))
        tokens = [np.array(flat[place].tokens, np.int64) for place in longest]
        seen = dict(zip(longest, mapped(self._networks.read, tokens), strict=True))
        results = (
            _Read(window, seen[place], next(span.start for span in window.spans if span))
            for place, window in enumerate(flat)
        )
        return [list(islice(results, len(each))) for each in cut]

    def _signals(
        self, text: str, read: Sequence[_Read], sentences: Sequence[Span] | None
    ) -> Signals:
        if sentences is None:
            sentences = _sentences(text)
        rhetoric = self._runs(text, read, "rhetoric")
        chances = self._techniques(text, read, [span for span, _ in rhetoric])
        return Signals(
            attributions=tuple(one for one, _ in self._attributions(text, read)),
            rhetoric=tuple(
                _named(span, score, each)
                for (span, score), each in zip(rhetoric, chances, strict=True)
            ),
            loaded=tuple(
                Rhetoric(span, "loaded", score) for span, score in self._runs(text, read, "loaded")
            ),
            sentences=tuple(self._sentences(read, sentences)),
            quoted=tuple(self._quoted(text, read)),
        )

    def _attributions(
        self, text: str, read: Sequence[_Read]
    ) -> Iterator[tuple[Attribution, tuple[float, ...]]]:
        for each in read:
            chances = decoding.softmax(each.seen.cue)
            cues = [
                run
                for run in decoding.cues(chances, self.manifest.threshold("cue"))
                if any(each.window.spans[place] is not None for place in range(*run))
            ]
            if cues:
                yield from self._related(text, each, cues, chances)

    def _related(
        self, text: str, read: _Read, cues: Sequence[Run], chances: Numbers
    ) -> Iterator[tuple[Attribution, tuple[float, ...]]]:
        setting = self.manifest.task("statement")
        told, begins = 1 - chances[:, 0], chances[:, 1]
        marked, distance = decoding.related(cues, len(read.window.tokens))
        logits = self._networks.parts(read.seen.relating, marked, distance)
        best = decoding.best_tags(logits)
        likely = np.take_along_axis(decoding.softmax(logits), best[:, :, None], -1)[:, :, 0]
        shares = marked / marked.sum(1, keepdims=True)
        kinds = self._networks.cue_kinds(shares @ read.seen.hidden).argmax(-1)
        for row, cue in enumerate(cues):
            tags = best[row].tolist()
            source = _spans(text, read.window, decoding.tagged(tags, 1))
            content = _spans(text, read.window, decoding.tagged(tags, 3))
            words = _spans(text, read.window, [cue])
            if content and words:
                evidence = decoding.evidence(cue, told, begins, best[row], likely[row])
                weights = setting.weights or (setting.scale,)
                score = decoding.weighed(evidence, weights, setting.shift)
                if score >= setting.threshold:
                    kind = tasks.CUE_KINDS[int(kinds[row])]
                    yield Attribution(source, words, content, kind, score), evidence

    def _runs(self, text: str, read: Sequence[_Read], label: str) -> list[tuple[Span, float]]:
        """The runs of tokens that `label` holds of, and how likely it does."""
        found: list[tuple[Span, float]] = []
        for each in read:
            chances = decoding.sigmoid(each.seen.token[:, _LABEL[label]])
            chances[[place is None for place in each.window.spans]] = 0
            for run in decoding.above(chances, self.manifest.threshold(f"{label}_token"), gap=2):
                span = decoding.span(each.window, run, text)
                span = span and decoding.trimmed(span, text)
                if span is not None and (not found or found[-1][0].end <= span.start):
                    score = self._sure(f"{label}_span", float(chances[run[0] : run[1]].mean()))
                    found.append((span, score))
        return found

    def _techniques(
        self, text: str, read: Sequence[_Read], wanted: Sequence[Span]
    ) -> list[Numbers]:
        vectors: list[Numbers | None] = []
        for span in wanted:
            each, run = _place(read, span)
            if each is None:
                vectors.append(None)
                continue
            vectors.append(decoding.pooled(each.seen.hidden, run, spans.features(text, span)))
        known = [vector for vector in vectors if vector is not None]
        even = np.full(len(tasks.TECHNIQUES), 1 / len(tasks.TECHNIQUES), np.float32)
        if not known:
            return [even for _ in wanted]
        scale = self.manifest.task("technique").scale
        chances = iter(decoding.softmax(self._networks.techniques(np.stack(known)) * scale))
        return [even if vector is None else next(chances) for vector in vectors]

    def _sentences(self, read: Sequence[_Read], wanted: Sequence[Span]) -> Iterator[Sentence]:
        vectors, known = [], []
        for span in wanted:
            each, run = _place(read, span)
            if each is not None:
                vectors.append(each.seen.hidden[run[0] : run[1]].mean(0))
                known.append(span)
        if not known:
            return
        chances = decoding.sigmoid(self._networks.sentences(np.stack(vectors)))
        for span, row in zip(known, chances.tolist(), strict=True):
            yield Sentence(
                span,
                opinion=self._sure("opinion", row[_WHOLE["subjective"]]),
                slant=self._sure("slant", row[_WHOLE["slant"]]),
                checkworthy=self._sure("checkworthy", row[_WHOLE["checkworthy"]]),
                rhetoric=self._sure("rhetoric", row[_WHOLE["rhetoric"]]),
            )

    def _quoted(self, text: str, read: Sequence[_Read]) -> Iterator[InMarks]:
        known = list(_bracketed(text, read))
        if not known:
            return
        chances = decoding.sigmoid(self._networks.quoted(np.stack([vector for _, vector in known])))
        for (span, _), chance in zip(known, chances[:, 0].tolist(), strict=True):
            yield InMarks(span, self._sure("quoted", chance))

    def _sure(self, task: str, chance: float) -> float:
        """A raw chance as a probability that means what it says."""
        setting = self._settings.get(task) or Task(task)
        return decoding.calibrated(chance, setting.scale, setting.shift)


def tokenizer(path: Path) -> Tokenizer:
    """The tokenizer of a bundle, which neither cuts nor pads."""
    try:
        made = Tokenizer.from_file(str(path))
    except Exception as error:  # noqa: BLE001 - the library raises no kind of its own
        msg = f"{path}: no tokenizer can be read here ({error}). Install unspin anew."
        raise BundleError(msg) from None
    made.no_truncation()
    made.no_padding()
    return made


def _sentences(text: str) -> list[Span]:
    return [sentence for line in plain.lines(text) for sentence in plain.sentences(text, line)]


def _bracketed(text: str, read: Sequence[_Read]) -> Iterator[tuple[Span, Numbers]]:
    for line in plain.lines(text):
        for pair in plain.quotations(text, line):
            each, run = _place(read, pair.inner)
            if each is not None:
                marks = spans.tokens_of(each.window, pair.outer)
                outer = (marks.start, marks.stop)
                yield pair.inner, decoding.bracketed(each.seen.hidden, run, outer)


def _named(span: Span, score: float, chances: Numbers) -> Rhetoric:
    """Rhetoric under its likeliest name; of equal ones, the first in the order of the labels."""
    first, second = np.argsort(-chances, kind="stable")[:2].tolist()
    return Rhetoric(
        span,
        tasks.TECHNIQUES[first],
        score,
        float(chances[first]),
        tasks.TECHNIQUES[second],
        float(chances[second]),
    )


def _spans(text: str, window: Window, runs: Sequence[Run]) -> tuple[Span, ...]:
    """The code points of runs of tokens; runs that share a word are one span."""
    found: list[Span] = []
    for run in runs:
        span = decoding.span(window, run, text)
        if span is not None and found and span.start < found[-1].end:
            found[-1] = Span(found[-1].start, max(span.end, found[-1].end))
        elif span is not None:
            found.append(span)
    return tuple(found)


def _place(read: Sequence[_Read], span: Span) -> tuple[_Read | None, Run]:
    """The window that holds most of a span, and its tokens there."""
    best: tuple[_Read | None, Run] = (None, (0, 0))
    first = bisect_right(read, span.start, key=lambda each: each.start) - 1
    for each in read[max(0, first) :]:
        if each.start >= span.end:
            break
        run = spans.tokens_of(each.window, span)
        if len(run) > best[1][1] - best[1][0]:
            best = (each, (run.start, run.stop))
    return best


def mapped(call: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result]:
    """The results of `call` in order, worked out on all cores."""
    cores = min(os.cpu_count() or 1, len(items))
    if cores <= 1:
        yield from map(call, items)
        return
    with ThreadPoolExecutor(cores) as pool:
        yield from pool.map(call, items)
