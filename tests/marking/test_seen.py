"""What the encoder sees, in the words of the rules: attributions as values, statements out."""

import time
from dataclasses import replace

from unspin import marking
from unspin.model.signals import Attribution, Sentence, Signals
from unspin.reading import records
from unspin.reading.resources import Resource
from unspin.types import Document, Marks, Span
from unspin.wire import dumps


def document(text: str) -> Document:
    line = dumps({"text": text, "language": "en"}).encode()
    (found,) = records.read(Resource("test", line, "application/json"))
    assert isinstance(found, Document)
    return found


def at(text: str, words: str) -> tuple[Span, ...]:
    start = text.rindex(words)
    return (Span(start, start + len(words)),)


def attribution(text: str, source: str, cue: str, content: str, score: float = 0.9) -> Attribution:
    named = at(text, source) if source else ()
    return Attribution(named, at(text, cue), at(text, content), "neutral", score)


def mark(text: str, *seen: Attribution, sentences: tuple[Sentence, ...] = ()) -> Marks:
    signals = Signals(seen, (), (), sentences)
    return marking.mark(document(text), see=lambda _: signals, bundle="test")


def words(marks: Marks, index: int = 0) -> list[str]:
    return [span.of(marks.document.text) for span in marks.statements[index].words]


def test_reported_speech_is_the_encoders_and_its_speaker_the_rules() -> None:
    text = "Minister Ana Rell came late. Rell let it be known that the port would close."
    marks = mark(text, attribution(text, "Rell", "let it be known", "that the port would close."))
    assert words(marks) == ["that the port would close."]
    assert marks.statements[0].speech == "indirect"
    assert [speaker.who for speaker in marks.statements[0].speakers] == ["Ana Rell"]
    assert marks.made_by.bundle == "test"


def test_content_is_cut_at_quotation_marks() -> None:
    text = "The mayor called it “a poor trade” for the town."
    marks = mark(text, attribution(text, "The mayor", "called", "it “a poor trade” for the town."))
    assert words(marks) == ["it", "a poor trade", "for the town."]
    assert marks.statements[0].speech == "mixed"


def test_words_of_the_outlet_in_another_sentence_are_no_part_of_a_quotation() -> None:
    text = "“Read the annexes when they are out,” she replied. No date has been set."
    seen = attribution(text, "she", "replied", "Read the annexes when they are out")
    marks = mark(text, replace(seen, content=(*seen.content, *at(text, "No date"))))
    assert words(marks) == ["Read the annexes when they are out,"]
    assert marks.statements[0].speech == "direct"


def test_whoever_is_told_something_is_not_its_speaker() -> None:
    text = "The voters are told that the guns will go."
    marks = mark(text, attribution(text, "The voters", "are told", "that the guns will go."))
    assert [one.speakers for one in marks.statements] == [()]


def test_a_source_that_runs_over_a_sentence_keeps_to_that_of_its_cue() -> None:
    text = "So said the port. Ana Rell denied that a pump had failed."
    source = "port. Ana Rell"
    marks = mark(text, attribution(text, source, "denied", "that a pump had failed."))
    (statement,) = [one for one in marks.statements if one.speakers]
    assert [span.of(text) for span in statement.speakers[0].words] == ["Ana Rell"]


def test_a_sentence_that_argues_has_the_authors_voice() -> None:
    text = "The vote is on Monday. It is a shameful trade. Nobody else has spoken."
    (span,) = at(text, "It is a shameful trade.")
    marks = mark(text, sentences=(Sentence(span, 0.9, 0.9, 0.1, 0.5),))
    voices = [(voice.voice, voice.span.of(text).strip()) for voice in marks.voices]
    assert voices == [
        ("report", "The vote is on Monday."),
        ("opinion", "It is a shameful trade."),
        ("report", "Nobody else has spoken."),
    ]


def test_a_paragraph_of_many_statements_takes_linear_time() -> None:
    once = "He said yes. "
    text = "Ana Rell spoke. " + once * 4000
    seen = [
        Attribution(
            (Span(start, start + 2),),
            (Span(start + 3, start + 7),),
            (Span(start + 8, start + 11),),
            "neutral",
            0.9,
        )
        for start in range(16, len(text), len(once))
    ]
    before = time.process_time()
    marks = mark(text, *seen)
    assert time.process_time() - before < 8
    assert len(marks.statements) == len(seen)


def test_the_sentence_behind_is_no_part_of_what_was_reported() -> None:
    text = "The envoy said that the port was shut. Velland denies this."
    seen = attribution(text, "The envoy", "said", "that the port was shut. Velland denies this.")
    assert words(mark(text, seen)) == ["that the port was shut."]


def test_what_stands_before_an_office_is_no_part_of_a_name() -> None:
    text = "Velland Attorney General Ana Rell said that the port was shut."
    seen = attribution(text, "Velland Attorney General Ana Rell", "said", "that the port was shut")
    assert [one.who for one in mark(text, seen).statements[0].speakers] == ["Ana Rell"]
