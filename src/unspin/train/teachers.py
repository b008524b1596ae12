"""Texts that nobody labelled, as examples: what several trained encoders say of them on average.

After Hinton, Vinyals and Dean, "Distilling the Knowledge in a Neural Network" (2015), where one
network learns from the mean of several; here from their chances as they are.
"""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from tokenizers import Tokenizer

from unspin.model import decoding, spans, tasks, windows
from unspin.model.decoding import Numbers
from unspin.model.encoder import mapped
from unspin.model.graphs import Networks, Pass
from unspin.model.windows import Window
from unspin.train import examples
from unspin.train.examples import Example, Piece, Related, Whole

_LOWEST = 0.3  # chance of a token from which it is read as one of a cue, or of rhetoric
_RHETORIC = tasks.TOKEN_LABELS.index("rhetoric")
Told = Sequence[tuple[Networks, Pass]]  # each teacher, and what it says of a window


def taught(
    texts: Sequence[str], tokenizer: Tokenizer, teachers: Sequence[Networks]
) -> Iterator[Example]:
    """Every window of the texts, with the mean chance that the teachers give each label."""
    cut = [(text, window) for text in texts for window in windows.cut(text, tokenizer)]
    return mapped(lambda one: _example(*one, teachers), cut)


def _example(text: str, window: Window, teachers: Sequence[Networks]) -> Example:
    tokens = np.array(window.tokens, np.int64)
    told = [(teacher, teacher.read(tokens)) for teacher in teachers]
    cue = _mean(decoding.softmax(seen.cue) for _, seen in told)
    token = _mean(decoding.sigmoid(seen.token) for _, seen in told)
    apart = [place is None for place in window.spans]
    cue[apart], token[apart] = np.eye(1, len(tasks.CUE_TAGS)), 0
    return Example(
        window.tokens,
        cue,
        tuple(_related(cue, told)),
        tuple((label, tuple(row)) for label, row in enumerate(token.T.tolist())),
        tuple(_pieces(text, window, token[:, _RHETORIC], told)),
        tuple(_sentences(text, window, told)),
    )


def _related(chances: Numbers, told: Told) -> Iterator[Related]:
    """Each cue that the teachers see, and the parts of its statement."""
    cues = decoding.cues(chances, _LOWEST)
    if not cues:
        return
    marked, distance = decoding.related(cues, len(chances))
    parts = _mean(
        decoding.softmax(teacher.parts(seen.relating, marked, distance)) for teacher, seen in told
    )
    for cue, each in zip(marked.astype(int).tolist(), parts, strict=True):
        yield tuple(cue), each, -1


def _pieces(text: str, window: Window, chances: Numbers, told: Told) -> Iterator[Piece]:
    """Each run of rhetoric, and the chances of its techniques."""
    for run in decoding.above(chances, _LOWEST, gap=2):
        span = decoding.span(window, run, text)
        if span is not None:
            extra = spans.features(text, span)
            (classes,) = _mean(
                decoding.softmax(teacher.techniques(decoding.pooled(seen.hidden, run, extra)[None]))
                for teacher, seen in told
            )
            yield *run, extra, tuple(classes.tolist())


def _sentences(text: str, window: Window, told: Told) -> Iterator[Whole]:
    runs = [
        (run.start, run.stop)
        for sentence in examples.parted(text, window)
        if (run := spans.tokens_of(window, sentence))
    ]
    if not runs:
        return
    chances = _mean(
        decoding.sigmoid(
            teacher.sentences(np.stack([seen.hidden[start:end].mean(0) for start, end in runs]))
        )
        for teacher, seen in told
    )
    for (start, end), row in zip(runs, chances.tolist(), strict=True):
        for label, chance in enumerate(row):
            yield start, end, label, chance


def _mean(chances: Iterable[Numbers]) -> Numbers:
    mean: Numbers = np.mean(list(chances), 0)
    return mean
