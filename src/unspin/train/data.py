"""The data sets that the encoders learn from, by folder name, and how each is split.

A data set is known by its folder in the data folder. Splits are by document, never by sentence of
one: a document goes where a digest of its name says, so that the split is the same on any machine.
The development sets that figures are published for are never learned from.
"""

import csv
import gzip
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, Literal

from unspin.errors import UsageError
from unspin.train import altered
from unspin.train.altered import Related

Row = Mapping[str, Any]
Part = Literal["train", "calibrate", "develop"]


@dataclass(frozen=True, slots=True)
class Source:
    """One data set that is learned from."""

    name: str  # its folder
    files: tuple[str, ...]
    licence: str
    open: bool  # whether the licence clearly allows any use of what is learned


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence judged as a whole."""

    text: str
    targets: Mapping[str, float]  # by name of SENTENCE_LABELS
    loaded: tuple[str, ...] | None  # its loaded words; None where nobody marked them


SOURCES = (
    Source("polnear", ("train.jsonl.gz",), "not stated", open=False),
    Source("ptc", ("train.jsonl.gz",), "not stated", open=False),
    Source("meme-persuasion-text", ("train.jsonl",), "free for research", open=False),
    Source("babe", ("train.jsonl.gz",), "AGPL-3.0 or CC BY-NC 4.0", open=False),
    Source("subjectivity-ct25", ("train_en.tsv", "dev_en.tsv"), "CC BY-NC-SA 4.0", open=False),
    Source("checkworthy-claimbuster", ("train.jsonl.gz",), "GPL-3.0", open=False),
    Source("nli-sick", ("SICK_train.tsv",), "CC BY-NC-SA 3.0", open=False),
    Source("nli-conj", ("adversarial-train.jsonl.gz", "dev-train85.jsonl"), "MIT", open=True),
    Source("nli-negation", ("train.jsonl.gz",), "not stated", open=False),
    Source("nli-anli-dev", ("dev-train85.jsonl.gz",), "CC BY-NC 4.0", open=False),
    Source("fool-me-twice", ("dev.jsonl.gz",), "Apache-2.0", open=True),
    Source("healthver", ("dev.jsonl.gz",), "not stated", open=False),
    Source("climate-fever", ("train.jsonl.gz",), "not stated", open=False),
    Source("covidfact", ("train.jsonl.gz",), "not stated", open=False),
)
UNLABELLED = (  # news in English that only other encoders' words are learned of
    Source("allsides-stories", ("silver-stories.jsonl.gz",), "Apache-2.0", open=False),
    Source("climate-narrative-framing", ("train.jsonl.gz",), "MIT", open=False),
    Source("fnc1-test", ("bodies.jsonl.gz",), "not stated", open=False),
    Source("semeval2025-narratives", ("train.jsonl.gz",), "not stated", open=False),
)
QUOTED = (  # articles in which quotation marks are labelled (`quoted`)
    SOURCES[0],
    UNLABELLED[0],
    Source("allsides-ukraine", ("articles.jsonl.gz",), "Apache-2.0", open=False),
    Source("basil", ("train.jsonl.gz",), "not stated", open=False),
    Source("wikinews-events", ("train.jsonl.gz",), "not stated", open=False),
)
_DEBATES_HELD_OUT = "checkworthy-claimbuster/ct24-english-dev.jsonl"
_SEED = 5  # of the pairs made from sentences
_SCENE = 20  # sentences of a debate that stay together
_OPINION = {  # of BABE; those who could not agree are left out
    "Entirely factual": 0.0,
    "Somewhat factual but also opinionated": 0.5,
    "Expresses writer\u2019s opinion": 1.0,
}


def bucket(name: object) -> int:
    """0 to 99 by a digest of the name, alike on any machine."""
    return int(hashlib.sha256(str(name).encode()).hexdigest()[:8], 16) % 100


def rows(folder: Path, source: str) -> list[Row]:
    """All rows of a data set, file after file; UsageError where it is not there."""
    known = next(one for one in (*SOURCES, *UNLABELLED, *QUOTED) if one.name == source)
    return list(chain.from_iterable(_rows(folder / known.name / name) for name in known.files))


def _rows(path: Path) -> Iterator[Row]:
    try:
        packed = path.read_bytes()
    except OSError:
        msg = f"{path}: no such file. Point --data at the folder that holds the data sets."
        raise UsageError(msg) from None
    lines = (gzip.decompress(packed) if path.suffix == ".gz" else packed).decode().splitlines()
    if path.suffix == ".tsv":
        yield from csv.DictReader(lines, delimiter="\t")
    else:
        yield from (json.loads(line) for line in lines if line.strip())


def attribution(folder: Path, part: Part) -> list[Row]:
    """Articles of PolNeAR; its own development set is no part of this."""
    return [row for row in rows(folder, "polnear") if _of(row["id"], part, calibrate=5, develop=0)]


def rhetoric(folder: Path, part: Part) -> list[Row]:
    """Articles of PTC."""
    return [row for row in rows(folder, "ptc") if _of(row["id"], part, calibrate=8, develop=20)]


def slanted(folder: Path, part: Part) -> list[Judged]:
    """Sentences of BABE by the article they are from: slant, opinion, loaded words."""
    found = []
    for row in rows(folder, "babe"):
        if not _of(row["news_link"] or row["text"], part, calibrate=8, develop=12):
            continue
        targets = {}
        if row["label_bias"] != "No agreement":
            targets["slant"] = float(row["label_bias"] == "Biased")
        if row["label_opinion"] in _OPINION:
            targets["opinionated"] = _OPINION[row["label_opinion"]]
        found.append(Judged(row["text"], targets, tuple(row["biased_words"])))
    return found


def subjective(folder: Path, part: Part) -> list[Judged]:
    """English sentences of CheckThat! 2025; its test sets are no part of this."""
    return [
        Judged(row["sentence"], {"subjective": float(row["label"] == "SUBJ")}, None)
        for row in rows(folder, "subjectivity-ct25")
        if _of(row["sentence"], part, calibrate=15, develop=0)
    ]


def checkworthy(folder: Path, part: Part) -> list[Judged]:
    """Sentences of debates in their order, none of them in CheckThat!'s development set."""
    held_out = {_plain(row["text"]) for row in _rows(folder / _DEBATES_HELD_OUT)}
    known = [
        row
        for row in rows(folder, "checkworthy-claimbuster")
        if _plain(row["text"]) not in held_out
    ]
    known.sort(key=lambda row: int(row["sentence_id"]))
    scenes = [(place // _SCENE % 20 == 0, row) for place, row in enumerate(known)]
    wanted = {"train": False, "calibrate": True}
    return [
        Judged(row["text"], {"checkworthy": float(row["label"])}, None)
        for scene, row in scenes
        if scene is wanted.get(part)
    ]


def unlabelled(folder: Path) -> list[str]:
    """The texts of the sets that nobody labelled for the marks, set after set."""
    return [text for one in UNLABELLED for text in texts(folder, one.name)]


def texts(folder: Path, source: str) -> Iterator[str]:
    """The English articles of a data set."""
    for row in rows(folder, source):
        for each in row.get("articles", [row]):
            if "body-paragraphs" in each:
                yield "\n\n".join(" ".join(sentences) for sentences in each["body-paragraphs"])
            elif each.get("lang", "en") == "en":
                yield each["text"] if "text" in each else each["body"]


def _of(name: object, part: Part, *, calibrate: int, develop: int) -> bool:
    """Whether a document is of a part: the first `develop` buckets, then those to calibrate."""
    place = bucket(name)
    found = (
        "develop" if place < develop else "calibrate" if place < develop + calibrate else "train"
    )
    return found == part


def _plain(text: str) -> str:
    return " ".join(text.lower().split())


_ALLOWED: Mapping[str, tuple[int, ...]] = {  # indices of `pairing.RELATIONS` by label
    "entailment": (0,),
    "contradiction": (1,),
    "neutral": (2,),
    "not_entailment": (1, 2),
    "supports": (0,),
    "supported": (0,),
    "refutes": (1,),
    "refuted": (1,),
    "not_enough_info": (2,),
}


def related(folder: Path, sources: Sequence[Source], part: Part) -> list[Related]:
    """Pairs of texts of the data sets in `sources`, one in twenty of them to calibrate.

    To train on, sentences of PolNeAR are among them, each beside one made from it (`altered`).
    """
    readers: Mapping[str, Callable[[Row], list[Related]]] = {
        "nli-sick": _sick,
        "nli-conj": _inference,
        "nli-negation": _inference,
        "nli-anli-dev": _inference,
        "fool-me-twice": _fooled,
        "healthver": lambda row: [_one(row["evidence"], row["claim"], row["label"])],
        "climate-fever": _climate,
        "covidfact": lambda row: [_one(" ".join(row["evidence"]), row["claim"], row["label"])],
    }
    found = [
        pair
        for source in sources
        if source.name in readers
        for row in rows(folder, source.name)
        if source.name != "nli-conj" or len(row) > 3 or bucket(row["premise"]) < 50  # noqa: PLR2004
        for pair in readers[source.name](row)
    ]
    kept = [pair for pair in found if _of(pair[0], part, calibrate=5, develop=0)]
    if part == "train" and any(source.name == "polnear" for source in sources):
        kept += altered.pairs([row["text"] for row in attribution(folder, part)], _SEED)
    return kept


def _one(first: str, second: str, label: str) -> Related:
    return first, second, _ALLOWED[label.lower()]


def _inference(row: Row) -> list[Related]:
    return [_one(row["premise"], row["hypothesis"], row["label"])]


def _sick(row: Row) -> list[Related]:
    one = _one(row["sentence_A"], row["sentence_B"], row["entailment_judgment"])
    return [one] if one[2] == (0,) else [one, (one[1], one[0], one[2])]


def _fooled(row: Row) -> list[Related]:
    evidence = " ".join(sentence["text"] for sentence in row["gold_evidence"])
    return [_one(evidence, row["text"], row["label"])] * 2


def _climate(row: Row) -> list[Related]:
    """Evidence that says nothing of the claim is most of the set: two fifths of it are taken."""
    return [
        _one(evidence["evidence"], row["claim"], evidence["evidence_label"])
        for evidence in row["evidences"]
        if evidence["evidence_label"] != "NOT_ENOUGH_INFO" or bucket(evidence["evidence"]) < 40  # noqa: PLR2004 - two fifths
    ]
