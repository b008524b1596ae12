"""Scores on labelled data, by the official metric of each set."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import unspin
from unspin.bench import corpora, coverage, events, gold, judged, passages
from unspin.errors import UsageError

if TYPE_CHECKING:
    from unspin.bench.models import Models
    from unspin.types import Layer


@dataclass(frozen=True, slots=True)
class Report:
    """What one task scored on one body of data."""

    task: str
    data: tuple[str, ...]  # file names
    digest: str  # sha256 of the files, in order
    made_by: str  # "unspin" and its version, and the bundle where a model was scored
    scores: dict[str, float]
    by: dict[str, dict[str, float]]


Progress = Callable[[int], None]
Scores = tuple[dict[str, float], dict[str, dict[str, float]]]  # of all, and by group


@dataclass(frozen=True, slots=True)
class _Task:
    """What a task of the encoder reads, and the function that scores it."""

    forms: Sequence[corpora.Form[Any]]
    score: Callable[[Sequence[Any], "Models", Progress], Scores]


def tasks() -> tuple[str, ...]:
    """The names of the tasks."""
    return ("reading", "copies", *_BY_RULES, *_TASKS)


def run(
    task: str,
    paths: Sequence[Path],
    progress: Progress = lambda _: None,
    load: "Callable[[], Models] | None" = None,
) -> Report:
    """The report of `task` on the data at `paths`; `progress` is told how many items are done.

    `load` gives the models to score, once the data have been read; None: those of the bundle that
    ships with unspin.
    """
    if task not in tasks():
        msg = f"{task}: no such task. The tasks are: {', '.join(tasks())}."
        raise UsageError(msg)
    if task == "reading":
        return _reading(paths, progress)
    if task == "copies":
        return _copies(paths, progress)
    if task in _BY_RULES:
        return _by_rules(task, paths, progress)
    from unspin.bench import models

    files = corpora.fitting(paths, _TASKS[task].forms)
    gold = list(corpora.read(files, _TASKS[task].forms))
    scored = (load or models.load)()
    made_by = f"unspin {unspin.__version__}, bundle {scored.name}"
    return _report(task, files, made_by, _TASKS[task].score(gold, scored, progress))


def _reading(paths: Sequence[Path], progress: Progress) -> Report:
    from unspin.bench import reading

    files = corpora.files(paths)
    started = time.perf_counter()
    scores, by = reading.score(corpora.pages(files), progress)
    pages = sum(group["pages"] for name, group in by.items() if "/" not in name)
    scores["pages_per_second"] = pages / (time.perf_counter() - started)
    return _report("reading", files, f"unspin {unspin.__version__}", (scores, by))


def _copies(paths: Sequence[Path], progress: Progress) -> Report:
    from unspin.bench import copies

    files = corpora.fitting(paths, events.COPIES)
    scored = copies.score(corpora.read(files, events.COPIES), progress)
    return _report("copies", files, f"unspin {unspin.__version__}", scored)


def _by_rules(task: str, paths: Sequence[Path], progress: Progress) -> Report:
    """The report of a layer that the rules make alone, its task called as the layer is."""
    from unspin import marking
    from unspin.bench import dates, figures, slips

    ruled: Mapping[Layer, tuple[Sequence[corpora.Form[Any]], Callable[..., Scores]]] = {
        "figures": (passages.FIGURES, figures.score),
        "dates": (passages.DATES, dates.score),
        "slips": (passages.SLIPS, slips.score),
    }
    layer = next(one for one in ruled if one == task)
    forms, score = ruled[layer]
    files = corpora.fitting(paths, forms)
    gold = list(corpora.read(files, forms))
    mark = partial(marking.mark, layers=(layer,))
    return _report(task, files, f"unspin {unspin.__version__}", score(gold, mark, progress))


def _report(task: str, files: Sequence[Path], made_by: str, scored: Scores) -> Report:
    return Report(
        task=task,
        data=tuple(path.name for path in files),
        digest=corpora.digest(files),
        made_by=made_by,
        scores=scored[0],
        by=scored[1],
    )


def _attribution(
    articles: Sequence[gold.GoldArticle], models: "Models", progress: Progress
) -> Scores:
    from unspin.bench import attribution

    return attribution.score(articles, models.see, models.mark, progress)


def _techniques(
    articles: Sequence[gold.GoldRhetoric], models: "Models", progress: Progress
) -> Scores:
    from unspin.bench import techniques

    return techniques.score(articles, models.see, models.classify, progress)


def _claims(claims: Sequence[gold.GoldClaim], models: "Models", progress: Progress) -> Scores:
    from unspin.bench.claims import score

    return score(claims, models.see, models.threshold("checkworthy"), progress)


def _voices(voices: Sequence[gold.GoldVoice], models: "Models", progress: Progress) -> Scores:
    from unspin.bench.voices import score

    thresholds = (models.threshold("opinion"), models.threshold("slant"))
    return score(voices, models.see, thresholds, progress)


def _pairs(pairs: Sequence[gold.GoldPair], models: "Models", progress: Progress) -> Scores:
    from unspin.bench.pairs import score

    return score(pairs, models.relate, progress)


def _quoting(
    gold: Sequence[gold.GoldPassage | gold.GoldText], models: "Models", progress: Progress
) -> Scores:
    from unspin.bench import quoting

    return quoting.score(gold, models.mark, progress)


def _names(articles: Sequence[gold.GoldArticle], models: "Models", progress: Progress) -> Scores:
    from unspin.bench import names

    return names.score(articles, models.mark, progress)


def _speakers(
    gold: Sequence[gold.GoldActors | gold.GoldSpeakers], models: "Models", progress: Progress
) -> Scores:
    from unspin.bench import speakers

    return speakers.score(gold, models.mark, progress)


def _quotations(
    gold: Sequence[coverage.GoldUtterances | coverage.GoldArticles],
    models: "Models",
    progress: Progress,
) -> Scores:
    from unspin.bench import quotations

    return quotations.score(gold, models.mark_all, models.vectors, progress)


def _conflicts(
    cases: Sequence[coverage.GoldDifferences], models: "Models", progress: Progress
) -> Scores:
    from unspin.bench import conflicts

    return conflicts.score(cases, models.mark_all, models.vectors, progress)


def _stories(
    gold: Sequence[Sequence[gold.GoldTold]], models: "Models", progress: Progress
) -> Scores:
    from unspin.bench import stories

    return stories.score(gold, models.vectors, progress)


def _evenness(sentences: Sequence[tuple[str, ...]], models: "Models", progress: Progress) -> Scores:
    from unspin.bench import evenness

    thresholds = {name: models.threshold(name) for name in evenness.JUDGEMENTS}
    each = (sentence for some in sentences for sentence in some)
    return evenness.score(each, models.see, thresholds, progress)


def _speed(texts: Sequence[str], models: "Models", progress: Progress) -> Scores:
    from unspin.bench import speed

    return speed.score(texts, models.see, speed.spacy, progress)


_BY_RULES = ("figures", "dates", "slips")
_TASKS: Mapping[str, _Task] = {
    "attribution": _Task(judged.ATTRIBUTION, _attribution),
    "techniques": _Task(judged.TECHNIQUES, _techniques),
    "claims": _Task(judged.CLAIMS, _claims),
    "voices": _Task(judged.VOICES, _voices),
    "pairs": _Task(judged.PAIRS, _pairs),
    "quoting": _Task(passages.QUOTING, _quoting),
    "names": _Task(judged.ATTRIBUTION, _names),
    "speakers": _Task(events.SPEAKERS, _speakers),
    "quotations": _Task(coverage.QUOTATIONS, _quotations),
    "conflicts": _Task(coverage.CONFLICTS, _conflicts),
    "stories": _Task(events.STORIES, _stories),
    "evenness": _Task(judged.EVENNESS, _evenness),
    "speed": _Task(judged.SPEED, _speed),
}
