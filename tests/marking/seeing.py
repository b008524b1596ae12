"""What a stub of the encoder sees in a case of `data/cases`, told by the case itself.

`<r name="Doubt" score="0.6" chance="0.9">…</r>` is a proposal of a technique, with `second` and
`after` for the next likeliest name and its chance; `<l score="0.8">…</l>` is a loaded word.
`"sentences"` of the case says how each of its sentences reads, `"said"` what is reported in it: the
words of the source, the cue, the content and the kind of the cue.
"""

from collections.abc import Sequence
from typing import Any

from inline import Tagged
from unspin import text as plain
from unspin.model.signals import Attribution, Rhetoric, Sentence, Signals
from unspin.types import CueKind, Span

QUIET = {"opinion": 0.0, "slant": 0.0, "checkworthy": 0.0, "rhetoric": 0.0}


def signals(case: dict[str, Any], text: str, tags: Sequence[Tagged]) -> Signals:
    reads = QUIET | case.get("sentences", {})
    return Signals(
        attributions=tuple(_attribution(text, *said) for said in case.get("said", ())),
        rhetoric=tuple(_rhetoric(tag) for tag in tags if tag.name == "r"),
        loaded=tuple(
            Rhetoric(tag.span, "loaded", float(str(tag.attributes["score"])))
            for tag in tags
            if tag.name == "l"
        ),
        sentences=tuple(
            Sentence(sentence, **reads)
            for line in plain.lines(text)
            for sentence in plain.sentences(text, line)
        ),
    )


def _attribution(text: str, source: str, cue: str, content: str, kind: CueKind) -> Attribution:
    def at(words: str) -> tuple[Span, ...]:
        start = text.index(words)
        return (Span(start, start + len(words)),)

    return Attribution(at(source), at(cue), at(content), kind, 0.9)


def _rhetoric(tag: Tagged) -> Rhetoric:
    given = tag.attributes
    return Rhetoric(
        tag.span,
        str(given["name"]),
        float(str(given["score"])),
        float(str(given["chance"])),
        given.get("second"),
        float(given.get("after") or 0),
    )
