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


def test_content_takes_in_the_quotation_it_runs_into() -> None:
    text = "Rell called the plan for the harbour “an utter disgrace,” and left."
    marks = mark(text, attribution(text, "Rell", "called", "the plan for the harbour"))
    assert words(marks) == ["the plan for the harbour", "an utter disgrace"]


def test_quotations_of_one_list_stand_or_fall_together() -> None:
    text = "Rell denounced the vote as a “farce,” a “railway job” and “a bazaar.” She left."
    marks = mark(text, attribution(text, "Rell", "denounced", "the vote as a “farce"))
    quoted = ["farce", "railway job", "a bazaar"]
    assert [one for one in words(marks) if one.rstrip(".,") in quoted] == [
        "farce",
        "railway job",
        "a bazaar.",
    ]


def test_a_list_goes_on_where_the_encoder_stops_between_two_of_its_quotations() -> None:
    text = "Rell called the fire an “act of terror” and an “act of hate” and left."
    marks = mark(text, attribution(text, "Rell", "called", "the fire an “act of terror” and"))
    assert words(marks) == ["the fire an", "act of terror", "and an", "act of hate"]


def test_content_stops_before_a_quotation_of_the_next_sentence() -> None:
    text = "Rell said the port was shut. “Nobody” is a play about it."
    marks = mark(text, attribution(text, "Rell", "said", "the port was shut."))
    assert words(marks) == ["the port was shut."]


def test_a_cue_within_a_quotation_is_not_the_cue_of_it() -> None:
    text = "“Orlan said he gave up a lot,” Rell said. “He does not know what giving means.”"
    whole = "“Orlan said he gave up a lot,”"
    inner = Attribution(at(text, "Orlan"), (Span(7, 11),), at(text, whole), "neutral", 0.6)
    outer = attribution(text, "Rell", "said", "“He does not know what giving means.”")
    marks = mark(text, inner, outer)
    assert words(marks) == ["Orlan said he gave up a lot,", "He does not know what giving means."]


def test_dialogue_without_marks_is_given_once() -> None:
    text = "— I have no comment, — Ana Rell muttered, — and you may print that."
    marks = mark(text, attribution(text, "Ana Rell", "muttered", "I have no comment"))
    assert [one.speech for one in marks.statements] == ["direct"]


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


def test_whoever_others_say_something_of_does_not_speak() -> None:
    text = "Mr Rell and Mr Orlan are also said to have met in Tarn."
    marks = mark(text, attribution(text, "Mr Rell", "are also said", "to have met in Tarn"))
    assert marks.statements[0].speakers == ()


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


def test_content_is_without_the_dateline_it_begins_with() -> None:
    text = "LODDEN, July 9 (Tideline) -- Ana Rell said the dam had failed."
    both = (Span(0, 25), *at(text, "the dam had failed."))
    marks = mark(text, Attribution(at(text, "Ana Rell"), at(text, "said"), both, "neutral", 0.9))
    assert words(marks) == ["the dam had failed."]


def test_content_ends_with_a_whole_word_that_leads_to_nothing() -> None:
    text = "Ana Rell asked for observers to watch the cease-fire, and Jon Orlan, who left, agreed."
    content = "for observers to watch the cease-"
    assert words(mark(text, attribution(text, "Ana Rell", "asked", content))) == [
        "for observers to watch the cease-fire"
    ]
    text = "Ana Rell said he could split his vote — yes on one, no on the other."
    content = "he could split his vote —"
    assert words(mark(text, attribution(text, "Ana Rell", "said", content))) == [
        "he could split his vote"
    ]


def test_content_ends_with_a_whole_noun_and_no_open_bracket() -> None:
    for text, source, cue, content, whole in (
        (
            "Had he changed his mind, asked Ana Rell?",
            "Ana Rell",
            "asked",
            "Had he changed his",
            "mind",
        ),
        (
            "Ana Rell claimed the fall of Tarn (TRN) in May.",
            "Ana Rell",
            "claimed",
            "the fall of Tarn (TRN",
            ")",
        ),
        ("Ana Rell named the post (and the pay it has).", "Ana Rell", "named", "the post (", ""),
        ("Ana Rell praised her and left.", "Ana Rell", "praised", "her", ""),
    ):
        marks = mark(text, attribution(text, source, cue, content))
        assert words(marks) == [f"{content} {whole}".replace(" )", ")").removesuffix("( ").strip()]


def test_a_piece_of_content_has_the_noun_of_its_determiner() -> None:
    text = "The officers, Ana Rell told reporters, were ‘never the heart of the matter’."
    parts = (*at(text, "The"), *at(text, "were ‘never the heart of the matter’"))
    said = Attribution(at(text, "Ana Rell"), at(text, "told"), parts, "neutral", 0.9)
    assert words(mark(text, said))[0] == "The officers"


def test_a_body_between_dashes_is_no_dateline() -> None:
    text = "UNICEF — short of money and of time — said the dam was shut."
    source = "UNICEF — short of money and of time —"
    ((speaker,),) = (
        one.speakers
        for one in mark(text, attribution(text, source, "said", "the dam was shut")).statements
    )
    assert speaker.words[0].of(text).startswith("UNICEF")


def test_a_phrasal_cue_is_of_the_kind_of_the_whole_phrase() -> None:
    text = "Ana Rell ruled out signing any paper before the spring."
    seen = attribution(text, "Ana Rell", "ruled out", "signing any paper before the spring")
    assert [one.cue_kind for one in mark(text, seen).statements] == ["denying"]


def test_an_article_names_nobody_and_dashes_keep_one_speaker() -> None:
    text = "Rell's death has been proclaimed in the past, and the dam is shut."
    seen = attribution(text, "the", "proclaimed", "Rell's death")
    assert [one.speakers for one in mark(text, seen).statements] == [()]
    text = "Ana Rell -- a judge who left in May -- said the dam was shut."
    parts = (*at(text, "Ana Rell"), *at(text, "a judge who left in May"))
    said = Attribution(parts, at(text, "said"), at(text, "the dam was shut"), "neutral", 0.9)
    ((speaker,),) = (one.speakers for one in mark(text, said).statements)
    assert speaker.who == "Ana Rell"


def test_what_holds_no_letter_names_nobody() -> None:
    text = "Jon Orlan (of Dorn) threatened to sue the port."
    marks = mark(text, attribution(text, ")", "threatened", "to sue the port."))
    assert [one.words for one in marks.statements[0].speakers] in ([], [at(text, "Jon Orlan")])


def test_a_sentence_of_somebodys_words_argues_with_those() -> None:
    text = "The vote is on Monday. Ana Rell called it “a shameful trade” and “a theft from us all”."
    (span,) = at(text, "Ana Rell called it “a shameful trade” and “a theft from us all”.")
    marks = mark(
        text,
        attribution(text, "Ana Rell", "called", "it “a shameful trade” and “a theft from us all”."),
        sentences=(Sentence(span, 0.9, 0.9, 0.1, 0.5),),
    )
    assert {voice.voice for voice in marks.voices} == {"report", 0}


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


def pieces(text: str, source: str, cue: str, *content: str, score: float = 0.9) -> Attribution:
    one = attribution(text, source, cue, content[0], score)
    return replace(one, content=tuple(span for words in content for span in at(text, words)))


def test_quotations_around_another_sentence_are_one_statement_where_the_encoder_hears_one() -> None:
    text = "“We will stay the winter,” Ana Rell said. It rained. “We have no choice at all.”"
    alone = [words(mark(text), number) for number in range(2)]
    assert alone == [["We will stay the winter,"], ["We have no choice at all."]]
    seen = pieces(text, "Ana Rell", "said", "We will stay the winter,", "We have no choice at all.")
    marks = mark(text, seen)
    assert [words(marks)] == [["We will stay the winter,", "We have no choice at all."]]
    assert len(marks.statements) == 1
    assert marks.statements[0].score == 0.95


def test_two_people_named_by_the_rules_are_no_one_speaker() -> None:
    text = "Ana Rell: “We will stay the winter.” Jon Varr: “We have no choice at all.”"
    both = "We will stay the winter.", "We have no choice at all."
    marks = mark(text, pieces(text, "Ana Rell", ":", *both))
    assert {span for one in marks.statements for span in one.words} == {
        span for words in both for span in at(text, words)
    }
    rules = mark(text).statements
    assert len(marks.statements) == max(1, len({one.speakers for one in rules if one.speakers}))


def test_a_quotation_that_two_cues_claim_is_of_the_nearest() -> None:
    text = "The envoy agreed that it rained. Rell, asked about it, added it was “a poor trade”."
    far = pieces(text, "The envoy", "agreed", "that it rained", "a poor trade")
    near = pieces(text, "Rell", "added", "it was “a poor trade”")
    marks = mark(text, far, near)
    assert [words(marks, 0), words(marks, 1)] == [["that it rained"], ["it was", "a poor trade"]]
    assert [one.speech for one in marks.statements] == ["indirect", "mixed"]


def test_a_quotation_the_encoder_ends_early_is_given_whole() -> None:
    text = "Rell said the town “had been shut out of the talks and would not be shut out again”."
    seen = attribution(text, "Rell", "said", "the town “had been")
    assert words(mark(text, seen)) == [
        "the town",
        "had been shut out of the talks and would not be shut out again",
    ]


def test_a_doubtful_report_needs_a_verb_of_saying() -> None:
    text = "Rell backed the plan. Varr said yes."
    backed = attribution(text, "Rell", "backed", "the plan", 0.45)
    said = attribution(text, "Varr", "said", "yes", 0.45)
    marks = mark(text, backed, said)
    assert [words(marks, number) for number in range(len(marks.statements))] == [["yes"]]
    assert len(mark(text, replace(backed, score=0.6)).statements) == 1


def test_what_is_told_of_a_source_behind_it_does_not_hide_its_kind() -> None:
    for source in (
        "a diplomat who asked not to be named",
        "an official who spoke on condition of anonymity",
        "an aide whose desk is in the ministry",
    ):
        text = f"“Our officers stay where they are”, said {source}."
        marks = mark(text, attribution(text, source, "said", "Our officers stay where they are"))
        ((speaker,),) = (one.speakers for one in marks.statements)
        assert (speaker.words, speaker.who, speaker.who_kind) == (at(text, source), None, "unnamed")


def test_a_label_before_a_colon_is_no_speaker() -> None:
    text = "Photos: the bridge at night. Poll: most want it open."
    label = attribution(text, "Photos", ":", "the bridge at night.")
    label = replace(label, cue=(Span(6, 7),))
    poll = attribution(text, "Poll", ":", "most want it open.")
    marks = mark(text, label, poll)
    assert [words(marks, number) for number in range(len(marks.statements))] == [
        ["most want it open."]
    ]


def test_a_block_without_marks_is_the_words_of_whoever_wrote_it() -> None:
    block = "The bridge is shut on Monday. Do not come."
    text = f"The mayor Ana Rell wrote:\n\n{block}\n\nIt rained."
    seen = pieces(text, "Ana Rell", "wrote", "The bridge is shut on Monday.")
    (statement,) = mark(text, seen).statements
    assert [span.of(text) for span in statement.words] == [block]
    assert statement.speech == "direct"
    assert [one.who for one in statement.speakers] == ["Ana Rell"]


def test_words_within_the_quoted_part_of_a_report_nest() -> None:
    text = "Rell said that “they said ‘it is nothing at all’, and it is everything”."
    content = text.removeprefix("Rell said ")
    marks = mark(text, attribution(text, "Rell", "said", content))
    inner = next(one for one in marks.statements if one.words[0].of(text) == "it is nothing at all")
    assert inner.within == 0


def test_a_report_around_a_long_quotation_that_the_encoder_does_not_hear_is_kept() -> None:
    text = "Rell said yes. Varr wrote that the port “had been shut out of the talks” and closed."
    marks = mark(text, attribution(text, "Rell", "said", "yes"))
    assert ["that the port", "had been shut out of the talks", "and closed"] in [
        words(marks, number) for number in range(len(marks.statements))
    ]
    short = text.replace("had been shut out of the talks", "shut out")
    assert len(mark(short, attribution(short, "Rell", "said", "yes")).statements) == 1


def test_a_quotation_just_behind_a_statement_of_the_same_cue_is_put_into_it() -> None:
    text = "Rell has said that the terms – drawn up in haste – were “shameful”, and left."
    seen = attribution(text, "Rell", "has said", "that the terms – drawn up in haste")
    assert words(mark(text, seen)) == ["that the terms – drawn up in haste", "– were", "shameful"]
    assert mark(text, seen).statements[0].speech == "mixed"


def test_a_report_in_a_quotation_has_the_words_between_marks_alone() -> None:
    quoted = "Varr told me that the talks ‘went nowhere at all’ that night"
    text = f"“{quoted},” Rell said."
    marks = mark(text, attribution(text, "Rell", "said", f"“{quoted},”"))
    assert [words(marks, number) for number in range(2)] == [
        [f"{quoted},"],
        ["went nowhere at all"],
    ]
    assert [one.within for one in marks.statements] == [None, 0]
    for other in (
        "told me that the talks were ‘off’",
        "believes that the talks ‘went nowhere at all’",
    ):
        text = f"“Varr {other} that night,” Rell said."
        marks = mark(text, attribution(text, "Rell", "said", f"“Varr {other} that night,”"))
        assert len(marks.statements) == 1


def test_a_quotation_of_many_pieces_takes_linear_time() -> None:
    once = "“Yes it is so,” he said.\n\n"
    text = "Ana Rell spoke.\n\n" + once * 2000
    seen = [
        Attribution(
            (Span(start + 16, start + 18),),
            (Span(start + 19, start + 23),),
            (Span(start, start + 15),),
            "neutral",
            0.9,
        )
        for start in range(17, len(text), len(once))
    ]
    assert {one.cue[0].of(text) for one in seen} == {"said"}
    before = time.process_time()
    marks = mark(text, *seen)
    assert time.process_time() - before < 8
    assert len(marks.statements) == len(seen)


def test_of_one_cue_the_encoder_knows_the_speaker_and_of_two_the_rules_keep_theirs() -> None:
    text = "Ana Rell spoke to Jon Varr, saying: “We will stay the winter.”"
    seen = attribution(text, "Ana Rell", "saying", "We will stay the winter.")
    (statement,) = mark(text, seen).statements
    assert [one.who for one in statement.speakers] == ["Ana Rell"]
    text = "“We will stay the winter,” Ana Rell told Tideline, Jon Varr said."
    far = attribution(text, "Jon Varr", "said", "We will stay the winter,")
    (statement,) = mark(text, far).statements
    assert [span.of(text) for span in statement.cue] == ["told"]
    assert [one.who for one in statement.speakers] == ["Ana Rell"]


def test_what_a_quotation_is_about_is_no_part_of_it() -> None:
    text = "“It is shut for good,” Ana Rell said of the port. Varr spoke of “a poor trade” for all."
    content = "It is shut for good,", "the port"
    marks = mark(
        text,
        pieces(text, "Ana Rell", "said of", *content),
        attribution(text, "Varr", "spoke of", "“a poor trade” for all"),
    )
    assert words(marks) == ["It is shut for good,"]
    assert marks.statements[0].speech == "direct"
    assert words(marks, 1) == ["a poor trade", "for all"]


def test_words_that_touch_no_quotation_are_no_part_of_a_whole_one() -> None:
    text = "In speaking of the port, Ana Rell said: “It is shut for good.”"
    seen = pieces(text, "Ana Rell", "said", "In speaking of the port", "It is shut for good.")
    assert words(mark(text, seen)) == ["It is shut for good."]
    text = "In the end the port, Ana Rell said, “is shut for good”."
    seen = pieces(text, "Ana Rell", "said", "In the end the port", "is shut for good")
    assert words(mark(text, seen)) == ["In the end the port", "is shut for good"]


def test_of_two_sources_with_a_verb_between_the_nearer_speaks() -> None:
    text = "Minister Ana Rell said Jon Orlan, a deputy, told the hall that the vault was empty."
    seen = attribution(text, "Jon Orlan, a deputy,", "told", "that the vault was empty")
    marks = mark(text, replace(seen, source=(*at(text, "Minister Ana Rell"), *seen.source)))
    assert [one.who for one in marks.statements[0].speakers] == ["Jon Orlan"]


def named(marks: Marks, index: int = 0) -> list[str | None]:
    return [speaker.who for speaker in marks.statements[index].speakers]


def test_somebody_whom_others_do_something_to_is_no_second_source() -> None:
    text = "Aides prosecuting the case against Mara Orlan said that the port would close."
    seen = attribution(text, "Aides", "said", "that the port would close")
    marks = mark(text, replace(seen, source=(*seen.source, *at(text, "Mara Orlan"))))
    assert len(marks.statements[0].speakers) == 1
    assert named(marks) != ["Mara Orlan", None]


def test_a_name_that_the_encoder_begins_is_read_to_its_end() -> None:
    text = "Declaring that the port was closed, Galdovian President Ana Rell went home."
    marks = mark(text, attribution(text, "Galdovian", "Declaring", "that the port was closed"))
    assert named(marks) == ["Ana Rell"]


def test_a_name_behind_a_dash_signs_what_stands_above_it_alone() -> None:
    first, second = "“The port is shut.” — Ana Rell", "“The bridge is open.” — Jon Orlan"
    text = f"{first}\n\n{second}"
    dash = Span(first.index("—"), first.index("—") + 1)
    both = (*at(text, "The port is shut."), *at(text, "The bridge is open."))
    seen = Attribution(at(text, "Ana Rell"), (dash,), both, "neutral", 0.9)
    marks = mark(text, seen)
    assert words(marks) == ["The port is shut."]
    assert named(marks) == ["Ana Rell"]
    dash = Span(text.rindex("—"), text.rindex("—") + 1)
    marks = mark(text, replace(seen, cue=(dash,), content=both[1:]))
    assert "Ana Rell" not in [
        speaker.who
        for one in marks.statements
        if at(text, "The bridge is open.")[0] in one.words
        for speaker in one.speakers
    ]


def test_in_a_clause_of_its_own_a_verb_is_of_whom_the_clause_begins_with() -> None:
    text = "Ana Rell left after he had opened the port and denied that it was shut."
    marks = mark(text, attribution(text, "Ana Rell", "denied", "that it was shut"))
    assert [span.of(text) for span in marks.statements[0].speakers[0].words] == ["he"]


def test_a_second_verb_is_of_whom_its_sentence_begins_with() -> None:
    text = "Mr. Rell spoke.\n\nDeputies accused Rell. Rell has left and said it was a hunt."
    marks = mark(text, attribution(text, "Deputies", "said", "it was a hunt"))
    assert [span.of(text) for span in marks.statements[0].speakers[0].words] == ["Rell"]


def test_a_pronoun_behind_two_people_of_one_sentence_is_left_open() -> None:
    text = "Robin Rell praised Jona Orlan after she blamed the strike on the weather."
    marks = mark(text, attribution(text, "she", "blamed", "the strike on the weather"))
    assert named(marks) == [None]


def test_whom_the_rules_leave_open_the_words_of_the_encoder_name() -> None:
    text = (
        "Minister Ana Rell came late.\n\nRell also weighed in on the dam at Arnsted, saying, "
        "“I would ask the builders to be a bit more careful.”"
    )
    said = attribution(
        text, "Rell", "saying", "“I would ask the builders to be a bit more careful.”"
    )
    (statement,) = mark(text, said).statements
    assert [one.who for one in statement.speakers] == ["Ana Rell"]


def test_a_dateline_is_no_part_of_a_source() -> None:
    text = "LODDEN (Tideline) - Former minister Ana Rell said that the port was shut."
    source = "LODDEN (Tideline) - Former minister Ana Rell"
    (statement,) = mark(
        text, attribution(text, source, "said", "that the port was shut")
    ).statements
    (speaker,) = statement.speakers
    assert speaker.who == "Ana Rell"
    assert [span.of(text) for span in speaker.words] == ["Former minister Ana Rell"]


def test_a_place_that_opens_a_report_and_a_label_before_a_link_speak_nowhere() -> None:
    for text, source in (
        ("SAN VEREN — The mayor said that the port was shut.", "SAN VEREN"),
        ("TARN, Velland - The mayor said that the port was shut.", "TARN, Velland"),
        ("READ MORE: The mayor said that the port was shut.", "READ MORE"),
    ):
        said = attribution(text, source, "said", "that the port was shut")
        both = replace(said, source=(*said.source, *at(text, "The mayor")))
        (statement,) = mark(text, both).statements
        assert [span.of(text) for one in statement.speakers for span in one.words] == ["The mayor"]


def test_whom_somebody_tells_of_as_speaking_speaks() -> None:
    text = "Minister Ana Rell gave an account of Mayor Jon Orlan yelling that the port was shut."
    said = attribution(text, "Minister Ana Rell", "yelling", "that the port was shut")
    assert named(mark(text, said)) == ["Jon Orlan"]


def test_the_place_somebody_is_of_does_not_speak() -> None:
    text = "Some, with Mayor Jon Orlan of Tarn saying that the port was shut, left early."
    said = attribution(text, "Mayor Jon Orlan of Tarn", "saying", "that the port was shut")
    assert named(mark(text, said)) == ["Jon Orlan"]


def test_a_byline_says_nothing() -> None:
    text = "By Ana Rell, baker\n\nThe bread of the valley is good."
    assert not mark(text, attribution(text, "Ana Rell", "By", "The bread")).statements


def test_what_leads_on_from_a_quoted_phrase_is_no_part_of_it() -> None:
    text = "Mayor Ana Rell promises “a spring for all of us” as Sarmone pulls back."
    said = attribution(text, "Ana Rell", "promises", "“a spring for all of us” as")
    assert words(mark(text, said)) == ["a spring for all of us"]


def test_a_title_alone_is_the_name_it_opens() -> None:
    text = "Gov. Ana Rell declared for the vote, vowing that the port would open."
    said = attribution(text, "Gov.", "vowing", "that the port would open")
    (statement,) = mark(text, said).statements
    assert named(mark(text, said)) == ["Ana Rell"]
    assert statement.speakers[0].words[0].of(text) == "Gov. Ana Rell"


def test_whoever_owns_a_claim_makes_it() -> None:
    text = "Minister Ana Rell left. Rell's claim that the port was shut is old."
    assert named(mark(text, attribution(text, "Rell's", "claim", "that the port was shut"))) == [
        "Ana Rell"
    ]
    text = "Minister Ana Rell left. Rell's aides claim that the port was shut."
    assert named(mark(text, attribution(text, "Rell's", "claim", "that the port was shut"))) == [
        None
    ]


def test_whoever_who_stands_behind_is_a_person() -> None:
    text = "Jon Orlan came. Orlan ate. Orlan slept. Then see Orlan, who has called the dam a folly."
    marks = mark(text, attribution(text, "who", "has called", "the dam a folly"))
    assert [speaker.who for speaker in marks.statements[0].speakers] == ["Jon Orlan"]


def test_whoever_asks_in_a_passive_is_its_speaker() -> None:
    text = "Orlan was asked by Mayor Ana Rell whether the dam would hold."
    seen = attribution(text, "Mayor Ana Rell", "was asked by", "whether the dam would hold")
    assert [speaker.who for speaker in mark(text, seen).statements[0].speakers] == ["Ana Rell"]


def test_a_quotation_of_the_next_sentence_is_of_the_cue_there() -> None:
    text = (
        "“It is a good day for all of us here,” Ana Rell said. In Tarn the mayor praised them “for "
        "their strong commitment to this town.”"
    )
    praise = attribution(text, "the mayor", "praised", text[text.index("them") : -2])
    said = attribution(text, "Ana Rell", "said", "It is a good day for all of us here")
    given = mark(text, said, praise).statements
    assert [one.speech for one in given] == ["direct", "mixed"]
    assert [len(one.words) for one in given] == [1, 2]


def test_a_headline_signed_with_a_dash_is_told_once() -> None:
    text = "Dam can wait until spring – Mayor Ana Rell"
    seen = attribution(text, "Mayor Ana Rell", "–", "Dam can wait until spring")
    (one,) = mark(text, seen).statements
    assert [speaker.who for speaker in one.speakers] == ["Ana Rell"]
    assert one.speech == "indirect"


def test_a_cue_with_a_capital_is_no_part_of_a_name() -> None:
    text = "Dam is a loss, Harbour Board Finds.\n\nThe harbour board met in Lodden on Monday."
    (one,) = mark(text, attribution(text, "Harbour Board", "Finds", "Dam is a loss")).statements
    assert [speaker.who for speaker in one.speakers] == ["Harbour Board"]
