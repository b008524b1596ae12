"""Each task of the encoder from files to a report, with models made up."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

import unspin
from covered import vectors
from unspin import bench, marking, wire
from unspin.bench import corpora
from unspin.bench.models import Models
from unspin.errors import UsageError
from unspin.model.signals import Attribution, Relation, Rhetoric, Sentence, Signals
from unspin.types import Span

SAID = "The mayor said it was safe."
ROWS: dict[str, list[dict[str, Any]]] = {
    "attribution": [
        {
            "id": "1", "publisher": "gazette", "date": "2026-03-04", "title": "Bridge",
            "text": SAID,
            "annotations": {
                "x": [{"source": [[0, 9]], "cue": [[10, 14]], "content": [[15, 26]]}]
            },
        }
    ],
    "techniques": [
        {
            "id": "1", "text": "A vile plan", "si_spans": [[2, 6]],
            "spans": [{"technique": "Loaded_Language", "start": 2, "end": 6}],
        }
    ],
    "claims": [
        {"sentence_id": 1, "text": "Wages rose by 2 %.", "label": 1},
        {"sentence_id": 2, "text": "Thank you.", "label": 0},
    ],
    "voices": [
        {"text": "A shame.", "label_bias": "Biased",
         "label_opinion": "Expresses writer’s opinion"},
        {"text": "It rained.", "label_bias": "Non-biased", "label_opinion": "Entirely factual"},
    ],
    "pairs": [{"id": "1", "a": "He left.", "b": "He went away.", "label": "same"}],
    "quoting": [
        {
            "id": "1", "text": "“It was safe,” said Ana Rell.", "scare": [],
            "quotations": [{"words": [[1, 13]], "speaker": "Ana Rell", "who": "Ana Rell"}],
        }
    ],
    "names": [
        {
            "id": "1", "publisher": "gazette", "date": "2026-03-04", "title": "Bridge",
            "text": "Anna Harding said it was safe.",
            "annotations": {
                "x": [{"source": [[0, 12]], "cue": [[13, 17]], "content": [[18, 29]]}]
            },
        }
    ],
    "speakers": [
        {
            "case": "1", "half": "seen", "label": "same", "sort": "full",
            "a": {"text": "“It was safe,” said Ana Rell, the mayor of Tarn.", "outlet": "Gazette",
                  "published": "2026-03-04", "span": [20, 28]},
            "b": {"text": "“It was safe,” said Ana Rell, Tarn's mayor.", "outlet": "Herald",
                  "published": "2026-03-04", "span": [20, 28]},
        }
    ],
    "stories": [
        {"doc_id": name, "topic": 1, "subtopic": "1_ecb",
         "sentences": [{"sent": 0, "tokens": ["Karsin", "dam", "bursts", "in", "Odden"]}]}
        for name in ("1_1ecb", "1_2ecb")
    ],
    "conflicts": [
        {
            "case": "1", "half": "seen",
            "documents": [
                {"text": f"The fire at the Tarn mill killed {toll} workers, the mayor said.",
                 "outlet": outlet, "published": "2026-03-04"}
                for toll, outlet in (("12", "Gazette"), ("17", "Herald"))
            ],
            "pairs": [{"kind": "conflict", "of": "figure", "places": [[0, 33, 35], [1, 33, 35]]}],
        }
    ],
    "evenness": [
        {"text": f"Russian troops left town {number}.", "label_bias": "Biased",
         "label_opinion": "Entirely factual"}
        for number in range(100)
    ],
    "speed": [{"text": "It rained. " * 50}] * 40,
}  # fmt: skip
SCORES = {
    "attribution": {"whole_exact_f1": 1.0, "encoder_whole_exact_f1": 1.0},
    "techniques": {"si_f1": 1.0, "tc_micro_f1": 1.0, "false_alarms_per_1000_words": 0.0},
    "claims": {"f1": 1.0, "average_precision": 1.0},
    "voices": {"macro_f1": 1.0, "slant_macro_f1": 1.0},
    "pairs": {"accuracy": 1.0, "macro_f1": 1.0},
    "quoting": {"content_exact_f1": 1.0, "speaker_right": 1.0, "scare_as_speech": 0.0},
    "names": {"f1_original": 1.0, "articles": 1.0, "people": 1.0},
    "speakers": {"f1": 1.0, "merge_errors": 0.0, "pairs": 1.0},
    "stories": {"b_cubed_f1": 1.0, "ari": 1.0},
    "conflicts": {"precision": 1.0, "recall": 1.0, "found": 1.0, "sorted": 1.0},
    "evenness": {"flip_rate": 0.0, "mean_abs_dp": 0.0, "planted_raises": 0.0},
    "speed": {},
}


def see(texts: Sequence[str], sentences: Sequence[Sequence[Span]] | None) -> list[Signals]:
    given = sentences or [[Span(0, len(text))] for text in texts]
    return [one(text, spans) for text, spans in zip(texts, given, strict=True)]


def one(text: str, spans: Sequence[Span]) -> Signals:
    said = Attribution((Span(0, 9),), (Span(10, 14),), (Span(15, 26),), "neutral", 0.9)
    vile = text.find("vile")
    judged = [
        Sentence(span, *(0.9 if word in text else 0.1 for word in ("shame", "shame", "%", "vile")))
        for span in spans
    ]
    return Signals(
        attributions=(said,) if text == SAID else (),
        rhetoric=(Rhetoric(Span(vile, vile + 4), "Loaded_Language", 0.8),) if vile >= 0 else (),
        loaded=(),
        sentences=tuple(judged),
    )


def classify(
    texts: Sequence[str], spans: Sequence[Sequence[Span]]
) -> list[list[Mapping[str, float]]]:
    assert len(texts) == len(spans)
    return [[{"Loaded_Language": 0.7, "Doubt": 0.3} for _ in some] for some in spans]


MODELS = Models(
    name="made-up",
    see=see,
    classify=classify,
    relate=lambda texts: [Relation(0.8, 0.1, 0.1) for _ in texts],
    vectors=vectors,
    mark=lambda document: marking.mark(document, layers=("statements",)),
    mark_all=marking.mark,
    threshold={"checkworthy": 0.5, "opinion": 0.5, "slant": 0.5, "rhetoric": 0.5}.__getitem__,
)


def written(folder: Path, task: str) -> Path:
    path = folder / f"{task}.jsonl"
    path.write_text("\n".join(map(json.dumps, ROWS[task])), "utf-8")
    return path


@pytest.mark.parametrize("task", ROWS)
def test_every_task_from_file_to_report(tmp_path: Path, task: str) -> None:
    path = written(tmp_path, task)
    told: list[int] = []
    report = bench.run(task, [path], told.append, lambda: MODELS)
    assert (report.task, report.data) == (task, (f"{task}.jsonl",))
    assert report.digest == corpora.digest([path])
    assert report.made_by == f"unspin {unspin.__version__}, bundle made-up"
    assert {name: report.scores[name] for name in SCORES[task]} == SCORES[task]
    assert told
    assert json.loads(wire.dumps(report))["scores"] == report.scores


def test_every_task_of_the_encoder_is_run_here() -> None:
    by_rules = {"reading", "copies", "figures", "dates", "slips"}
    of_two_files = {"quotations"}
    assert set(ROWS) == set(bench.tasks()) - by_rules - of_two_files


@pytest.mark.parametrize("task", ROWS)
def test_other_data_are_refused_before_a_model_is_loaded(tmp_path: Path, task: str) -> None:
    (tmp_path / "other.jsonl").write_text('{"x": 1}', "utf-8")
    with pytest.raises(UsageError, match="no data of this task"):
        bench.run(task, [tmp_path], load=lambda: pytest.fail("loaded"))
