"""Labels land on the tokens of the words that they were given for."""

import re
from collections.abc import Iterable

from model.tiny import BUNDLE
from unspin.model import encoder, tasks
from unspin.train import examples
from unspin.train.data import Judged
from unspin.train.examples import Example

TOKENIZER = encoder.tokenizer(BUNDLE / "tokenizer.json")
LABEL = tasks.TOKEN_LABELS.index
WHOLE = tasks.SENTENCE_LABELS.index


def place(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def said(example: Example, tags: Iterable[float]) -> list[str]:
    """The tokens that have a tag, in words."""
    return [
        str(TOKENIZER.id_to_token(token))
        for token, tag in zip(example.tokens, tags, strict=True)
        if tag
    ]


def statement(text: str, source: str, cue: str, *content: str) -> dict[str, object]:
    return {
        "source": [place(text, source)] if source else [],
        "cue": [place(text, cue)],
        "content": [place(text, piece) for piece in content],
    }


def test_the_parts_of_a_statement_are_tagged() -> None:
    text = "The minister warned that the port is closed. “We,” people said, “will not wait.”"
    stated = [
        statement(text, "The minister", "warned", "that the port is closed"),
        statement(text, "people", "said", "We,", "will not wait."),
    ]
    (found,) = examples.attribution(
        [{"text": text, "annotations": {"A": stated, "B": []}}], TOKENIZER
    )
    assert found.cues is not None
    assert said(found, found.cues) == ["warned", "said"]
    first, second = found.relations
    tags = tasks.PART_TAGS.index
    assert said(found, first[0]) == ["warned"]
    assert [tag for tag in first[1] if tag] == [
        tags("B-source"),
        tags("I-source"),
        tags("B-content"),
        *[tags("I-content")] * 4,
    ]
    assert said(found, first[1]) == "the minister that the port is closed".split()
    assert said(found, second[1]) == "we , people will not wait .".split()
    assert [tag for tag in second[1] if tag].count(tags("B-content")) == 2
    assert tasks.CUE_KINDS[second[2]] == "neutral"


def test_a_statement_without_a_source_has_none() -> None:
    text = "It was announced that the port is closed."
    stated = [statement(text, "", "announced", "that the port is closed")]
    (found,) = examples.attribution([{"text": text, "annotations": {"A": stated}}], TOKENIZER)
    ((_, tags, _),) = found.relations
    assert not {tasks.PART_TAGS.index("B-source"), tasks.PART_TAGS.index("I-source")} & set(tags)


def test_a_name_is_one_token_of_its_part() -> None:
    text = "Early that morning it was Ana Rell who said we wait."
    stated = [statement(text, "Ana Rell", "said", "we wait")]
    (found,) = examples.attribution([{"text": text, "annotations": {"A": stated}}], TOKENIZER)
    ((_, tags, _),) = found.relations
    assert said(found, tags) == ["[MASK]", "we", "wait"]


def test_techniques_are_on_their_tokens_and_sentences() -> None:
    text = "This shameful deal must be stopped. The port is open."
    doubt, loaded = tasks.TECHNIQUES.index("Doubt"), tasks.TECHNIQUES.index("Loaded_Language")
    spans = [("shameful", "Loaded_Language"), ("shameful", "Doubt"), ("must be stopped", "Doubt")]
    row = {
        "text": text,
        "spans": [
            dict(zip(("start", "end"), place(text, words), strict=True), technique=name)
            for words, name in [*spans, ("deal", "Unknown")]
        ],
    }
    (found,) = examples.rhetoric([row], TOKENIZER)
    labels = {name: said(found, tags) for name, tags in found.labels}
    assert labels[LABEL("rhetoric")] == ["shameful", "must", "be", "stopped"]
    assert labels[LABEL("Loaded_Language")] == ["shameful"]
    assert labels[LABEL("Doubt")] == ["shameful", "must", "be", "stopped"]
    assert labels[LABEL("Slogans")] == []
    assert LABEL("loaded") not in labels
    kinds = [{at for at, tag in enumerate(piece[3]) if tag} for piece in found.spans]
    assert kinds == [{loaded, doubt}, {doubt}]
    assert [(name, target) for _, _, name, target in found.sentences] == [
        (WHOLE("rhetoric"), 1.0),
        (WHOLE("rhetoric"), 0.0),
    ]


def test_memes_teach_the_classes_of_spans_alone() -> None:
    text = "This shameful deal"
    start, end = place(text, "shameful")
    labels = [
        {"start": start, "end": end, "technique": "Loaded Language"},
        {"start": 0, "end": 4, "technique": "Transfer"},
    ]
    (found,) = examples.memes([{"text": text, "labels": labels}], TOKENIZER)
    assert found.labels == ()
    assert found.sentences == ()
    assert len(found.spans) == 1


def test_sentences_keep_their_targets_whoever_they_stand_beside() -> None:
    rows = [
        Judged(f"The {word} deal was real.", {"slant": float(at % 2)}, (word,))
        for at, word in enumerate("shameful corrupt reckless open real new last".split() * 5)
    ]
    found = list(examples.sentences(rows, TOKENIZER, 1))
    assert found == list(examples.sentences(rows, TOKENIZER, 1))
    assert len(found) < len(rows)
    targets = [target for example in found for *_, target in example.sentences]
    assert targets == [row.targets["slant"] for row in rows]
    for example in found:
        ((name, tags),) = example.labels
        assert name == LABEL("loaded")
        for start, end, which, _ in example.sentences:
            words = [TOKENIZER.id_to_token(token) for token in example.tokens[start:end]]
            assert which == WHOLE("slant")
            assert words[0] == "the"
            assert words[-1] == "."
            assert words.count("deal") == 1
            assert tags[start + 1] == 1


def test_loaded_words_nobody_marked_are_not_taken_for_absent() -> None:
    rows = [Judged("The port is closed.", {"subjective": 0.0}, None)]
    (found,) = examples.sentences(rows, TOKENIZER, 1)
    assert found.labels == ()
    assert len(found.sentences) == 1


def test_a_loaded_word_is_found_as_a_whole_word() -> None:
    rows = [Judged("The reality is a real deal (real).", {}, ("real",))]
    (found,) = examples.sentences(rows, TOKENIZER, 1)
    ((_, tags),) = found.labels
    assert said(found, tags) == ["real", "real"]


def test_a_long_article_has_its_labels_in_every_window() -> None:
    sentence = "The minister said that the port is closed. "
    text = (sentence * 5 + "\n\n") * 12
    stated = [
        {
            "source": [(start, start + 12)],
            "cue": [(start + 13, start + 17)],
            "content": [(start + 18, start + 41)],
        }
        for start in (match.start() for match in re.finditer("The minister", text))
    ]
    found = list(examples.attribution([{"text": text, "annotations": {"A": stated}}], TOKENIZER))
    assert len(found) > 2
    assert sum(len(example.relations) for example in found) == 60
    for example in found:
        for cue, tags, _ in example.relations:
            assert said(example, cue) == ["said"]
            assert said(example, tags) == "the minister that the port is closed".split()
