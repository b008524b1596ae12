"""The readers on rows of our own, in the formats of the sets; what does not fit is named."""

import gzip
import json
import logging
from pathlib import Path
from typing import Any

import pytest

from unspin.bench import corpora, judged
from unspin.bench.corpora import Form
from unspin.bench.events import SPEAKERS
from unspin.bench.gold import GoldPair, GoldTechnique
from unspin.bench.judged import ATTRIBUTION, CLAIMS, EVENNESS, PAIRS, SPEED, TECHNIQUES, VOICES
from unspin.errors import FormatError, UsageError
from unspin.types import Span

Rows = list[dict[str, Any]]


def lines(path: Path, rows: Rows) -> Path:
    content = "\n".join(map(json.dumps, rows)).encode()
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
    return path


def read(folder: Path, forms: tuple[Form[Any], ...], *rows: dict[str, Any]) -> list[Any]:
    return list(corpora.read([lines(folder / "any.jsonl.gz", [*rows])], forms))


def table(folder: Path, forms: tuple[Form[Any], ...], content: str) -> list[Any]:
    path = folder / "any.tsv"
    path.write_text(content, "utf-8")
    return list(corpora.read([path], forms))


ARTICLE = {
    "id": "1",
    "publisher": "gazette",
    "date": "2026-03-04",
    "title": "Bridge",
    "text": "The mayor said it was safe.",
    "annotations": {
        "ann": [
            {"id": "E1", "source": [[0, 9]], "cue": [[10, 14]], "content": [[15, 26]]},
            {"id": "E2", "source": [], "cue": [], "content": []},
        ],
        "bob": [{"id": "E1", "source": [], "cue": [[10, 14]], "content": [[15, 17], [18, 26]]}],
    },
}


def test_attribution_takes_the_first_annotator_and_no_empty_statement(tmp_path: Path) -> None:
    [article] = read(tmp_path, ATTRIBUTION, ARTICLE)
    assert (article.id, article.outlet, article.published) == ("1", "gazette", "2026-03-04")
    [statement] = article.statements
    assert statement.source == (Span(0, 9),)
    assert statement.content == (Span(15, 26),)


PTC = {
    "id": "7",
    "text": "A vile plan\n\nSay no",
    "spans": [{"technique": "Name_Calling,Labeling", "start": 2, "end": 11}],
    "si_spans": [[2, 11]],
}


def test_techniques_go_by_their_names_in_ptc(tmp_path: Path) -> None:
    meme = [
        {"start": 2, "end": 6, "technique": "Loaded Language", "text_fragment": "vile"},
        {"start": 0, "end": 6, "technique": "Smears", "text_fragment": "A vile"},
        {"start": 2, "end": 11, "technique": "Name calling/Labeling", "text_fragment": ""},
        {"start": 0, "end": 1, "technique": "Thought-terminating cliché", "text_fragment": "A"},
    ]
    finer = {"id": "8", "lang": "en", "text": "A vile plan", "spans": [
        {"technique": "Appeal_to_Hypocrisy", "start": 0, "end": 1},
        {"technique": "Obfuscation-Vagueness-Confusion", "start": 0, "end": 1},
    ]}  # fmt: skip
    [ptc] = read(tmp_path, TECHNIQUES, PTC)
    assert ptc.corpus == "ptc"
    assert ptc.techniques == (GoldTechnique(Span(2, 11), "Name_Calling,Labeling"),)
    assert ptc.spans == (Span(2, 11),)
    [text] = read(tmp_path, TECHNIQUES, {"id": "9", "text": "A vile plan", "labels": meme})
    assert text.corpus == "meme-persuasion-text"
    assert [one.name for one in text.techniques] == [
        *("Loaded_Language", "Name_Calling,Labeling", "Thought-terminating_Cliches"),
    ]
    assert text.spans == (Span(2, 6), Span(2, 11), Span(0, 1))
    [english] = read(tmp_path, TECHNIQUES, finer, finer | {"lang": "it"})
    assert english.corpus == "persuasion-multi"
    assert [one.name for one in english.techniques] == ["Whataboutism,Straw_Men,Red_Herring"]


def test_claims(tmp_path: Path) -> None:
    [plain] = read(tmp_path, CLAIMS, {"sentence_id": 3, "text": "Wages rose by 2 %.", "label": 1})
    assert (plain.corpus, plain.file) == ("checkworthy-claimbuster", "any.jsonl.gz")
    assert (plain.text, plain.checkworthy, plain.debate) == ("Wages rose by 2 %.", True, None)
    [said] = read(
        tmp_path,
        CLAIMS,
        {"debate": "d1", "line": 1, "speaker": "A", "text": "Good evening.", "label": 0},
    )
    assert (said.corpus, said.debate, said.checkworthy) == ("checkworthy-debates-ct20", "d1", False)
    for label in ("check_worthiness", "claim_worthiness"):
        head = f"topic_id\ttweet_id\ttweet_url\ttweet_text\tclaim\t{label}\n"
        [tweet] = table(tmp_path, CLAIMS, head + "t\t1\tu\tThey closed it.\t1\t1\n")
        assert (tweet.corpus, tweet.checkworthy) == ("checkworthy-tweets-ct20", True)


def test_voices(tmp_path: Path) -> None:
    head = "\ufeffsentence_id\tsentence\tlabel\tsolved_conflict\n"
    rows = 'a\t"""A shame,"" he wrote."\tSUBJ\tFalse\r\nb\t"Quoted" at both "ends"\tOBJ\n'
    shame, quoted = table(tmp_path, VOICES, head + rows)
    assert (shame.text, shame.opinion, shame.slant) == ('"A shame," he wrote.', True, None)
    assert (quoted.text, quoted.opinion) == ('"Quoted" at both "ends"', False)
    babe = {"text": "Nonsense.", "label_bias": "Biased", "label_opinion": "No agreement"}
    [judged] = read(tmp_path, VOICES, babe)
    assert (judged.corpus, judged.opinion, judged.slant) == ("babe", None, True)


@pytest.mark.parametrize(
    ("row", "corpus", "label", "first"),
    [
        ({"premise": "P", "hypothesis": "H", "label": "neutral"}, "nli", "neutral", "P"),
        (
            {"premise": "P", "hypothesis": "H", "label": "contradiction", "round": 1},
            *("nli-anli", "contradicts", "P"),
        ),
        (
            {"premise": "P", "hypothesis": "H", "label": "not_entailment", "origin": "RTE"},
            *("nli-negation/RTE", "other", "P"),
        ),
        (
            {"claim": "C", "evidence": "E", "label": "REFUTES", "id": "1"},
            *("fever-symmetric", "contradicts", "E"),
        ),
        (
            {"claim": "C", "evidence": "E", "label": "Neutral", "topic_ip": 1},
            *("healthver", "neutral", "E"),
        ),
        (
            {"text": "C", "gold_evidence": [{"text": "E"}, {"text": "F"}], "label": "SUPPORTS"},
            *("fool-me-twice", "entails", "E F"),
        ),
        (
            {"claim_a": "A", "claim_b": "B", "strengthen": 0, "weaken": 1},
            *("claimdiff", "contradicts", "B"),
        ),
        (
            {"claim_a": "A", "claim_b": "B", "strengthen": 1, "weaken": 0},
            *("claimdiff", "entails", "B"),
        ),
        (
            {"claim_a": "A", "claim_b": "B", "strengthen": 0, "weaken": 0},
            *("claimdiff", "neutral", "B"),
        ),
        (
            {"claim": "C", "evidence": ["E", "F", "G"], "label": "partially_supported",
             "supporting_sentences": [[], [0, 2]]},
            *("wice", "other", "E G"),
        ),
        ({"id": 1, "a": "A", "b": "B", "label": "same"}, "own", "same", "A"),
    ],
)  # fmt: skip
def test_pairs(tmp_path: Path, row: dict[str, Any], corpus: str, label: str, first: str) -> None:
    [pair] = read(tmp_path, PAIRS, row)
    assert (pair.corpus, pair.label, pair.first) == (corpus, label, first)
    assert pair.label in pair.choices


def test_sick_is_a_table(tmp_path: Path) -> None:
    head = "pair_ID\tsentence_A\tsentence_B\trelatedness_score\tentailment_judgment\n"
    pairs = table(tmp_path, PAIRS, head + "1\tA dog runs\tA dog moves\t4.5\tENTAILMENT\n")
    assert pairs == [GoldPair("nli-sick", "A dog runs", "A dog moves", "entails", judged.THREE)]


def test_wice_without_evidence_is_no_gold(tmp_path: Path) -> None:
    row = {"claim": "C", "evidence": ["E"], "label": "not_supported", "supporting_sentences": [[]]}
    assert read(tmp_path, PAIRS, row) == []


def test_sentences_to_swap_and_texts_to_time(tmp_path: Path) -> None:
    assert read(tmp_path, EVENNESS, PTC) == [("A vile plan", "Say no")]
    assert read(tmp_path, SPEED, PTC, {"text": "B"}) == ["A vile plan\n\nSay no", "B"]


def changed(row: dict[str, Any], **fields: object) -> dict[str, Any]:
    return {name: value for name, value in (row | fields).items() if value is not None}


CLAIM = {"sentence_id": 1, "text": "Wages rose.", "label": 1}
BABE = {"text": "Nonsense.", "label_bias": "Biased", "label_opinion": "Entirely factual"}
PAIR = {"a": "A", "b": "B", "label": "same"}
ACTORS = {
    "event": "1_Vote", "outlet_code": "L", "text": "Rell won", "sentences": [["Rell", "won"]],
    "coref_tokens": [[0, 0, "(1_TAR_Rell_ACTOR)"]],
}  # fmt: skip
WICE = {"claim": "C", "evidence": ["E"], "label": "supported", "supporting_sentences": [[1]]}


@pytest.mark.parametrize(
    ("forms", "first", "second", "field"),
    [
        (CLAIMS, CLAIM, changed(CLAIM, label=None), "label: expected a value, it is not there"),
        (CLAIMS, CLAIM, changed(CLAIM, label=2), "label: expected 0 or 1, got 2"),
        (CLAIMS, CLAIM, changed(CLAIM, label=[]), "label: expected 0 or 1"),
        (CLAIMS, CLAIM, changed(CLAIM, text=7), "text: expected text, got 7"),
        (VOICES, BABE, changed(BABE, label_bias="Very"), "label_bias: expected one of biased"),
        (PAIRS, PAIR, changed(PAIR, label="alike"), "label: expected one of same, entails"),
        (PAIRS, WICE | {"supporting_sentences": [[0]]}, WICE, "supporting_sentences"),
        (TECHNIQUES, PTC, PTC | {"si_spans": [[2, 99]]}, "si_spans: expected .* inside the text"),
        (TECHNIQUES, PTC, PTC | {"si_spans": 1}, "si_spans: expected a list"),
        (TECHNIQUES, PTC, PTC | {"spans": [1]}, "spans: expected a list of objects"),
        (TECHNIQUES, PTC, PTC | {"spans": [{"start": 0, "end": 1}]}, "technique: expected text"),
        (TECHNIQUES, PTC, PTC | {"spans": [{"technique": "Doubt"}]}, "start: expected"),
        (ATTRIBUTION, ARTICLE, ARTICLE | {"annotations": {}}, "annotations: expected an object"),
        (SPEAKERS, ACTORS, ACTORS | {"text": "Rell lost"}, "sentences: expected the words of the"),
        (SPEAKERS, ACTORS, ACTORS | {"coref_tokens": [[0, 0, "(Rell)"]]}, "coref_tokens: expected"),
    ],
)
def test_what_does_not_fit_is_named_by_file_line_and_field(
    tmp_path: Path,
    forms: tuple[Form[Any], ...],
    first: dict[str, Any],
    second: dict[str, Any],
    field: str,
) -> None:
    with pytest.raises(FormatError, match=rf"any\.jsonl\.gz, line 2: {field}"):
        read(tmp_path, forms, first, second)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.jsonl", b"{", "line 1: not valid JSON"),
        ("a.jsonl", b"\n[1]", "line 2: expected an object"),
        ("a.jsonl.gz", b"no gzip", "cannot be read"),
        ("a.jsonl", b"\xff", "cannot be read"),
        ("a.jsonl", b'{"x": 1}', "line 1: no set of this task: expected .*, got x"),
        ("a.tsv", b"sentence_id\ttext\tlabel\n1\t2\t3\t4", "line 2: 4 cells, expected 3"),
        ("a.tsv", b"sentence_id\ttext\tlabel\n1\t2\t1\n1\t2", "line 3: label: expected a value"),
    ],
)
def test_files_that_are_no_data_at_all(
    tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(FormatError, match=message):
        list(corpora.read([tmp_path / name], CLAIMS))


def test_a_folder_gives_what_is_of_the_task_and_names_the_rest(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    claims = lines(tmp_path / "b.jsonl", [CLAIM])
    lines(tmp_path / "a.jsonl.gz", [BABE])
    (tmp_path / "dev_de.tsv").write_text("sentence_id\ttext\tlabel\n", "utf-8")
    (tmp_path / "notes.md").write_text("notes", "utf-8")
    (tmp_path / "inner.jsonl").mkdir()
    with caplog.at_level(logging.INFO):
        assert corpora.fitting([tmp_path], CLAIMS) == [claims]
    assert [record.getMessage() for record in caplog.records] == [
        f"{tmp_path / 'a.jsonl.gz'}: left out, no data of this task",
        f"{tmp_path / 'dev_de.tsv'}: left out, not in English by its name",
    ]
    assert corpora.fitting([claims], CLAIMS) == [claims]


def test_no_data_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no data of this task"):
        corpora.fitting([tmp_path], CLAIMS)
    with pytest.raises(UsageError, match="no such file"):
        corpora.fitting([tmp_path / "none"], CLAIMS)
