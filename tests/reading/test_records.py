import hashlib
import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unspin import marking, wire
from unspin.errors import EmptyError, SourceError
from unspin.reading import assembly, records
from unspin.reading.resources import Resource
from unspin.types import Document, Marks, Span, Statement

GOOD = b'{"text": "The ministers met."}'


def read(content: bytes) -> list[Document | SourceError]:
    return list(records.read(Resource("talks.jsonl", content)))


def one(content: bytes) -> Document:
    (document,) = read(content)
    assert isinstance(document, Document)
    return document


def test_a_record_is_taken_as_it_is() -> None:
    record = {
        "text": " Two \t spaces stay.\r\n\r\nSo do empty lines.\n",
        "title": "Talks",
        "outlet": "The Harbour Tribune",
        "published": "2025-03-04",
        "language": "en",
        "url": "https://tribune.example/talks",
        "extra": [1, None],
    }
    document = one(json.dumps(record).encode())
    assert document.text == record["text"]
    assert document.title == "Talks"
    assert document.outlet == "The Harbour Tribune"
    assert document.published == date(2025, 3, 4)
    assert document.canonical == "https://tribune.example/talks"
    assert [block.span.of(document.text) for block in document.blocks] == [
        "Two \t spaces stay.",
        "So do empty lines.",
    ]
    assert [block.place for block in document.blocks] == ["line 1", "line 3"]


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip))
def test_text_is_equal_code_point_for_code_point(text: str) -> None:
    document = one(json.dumps({"text": text}).encode())
    assert document.text == text
    held = "".join(block.span.of(text) for block in document.blocks)
    assert "".join(held.split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b'{"text": "cut', "JSON"),
        (b'{"text": NaN}', "NaN"),
        (b'{"title": "no text"}', "text: missing"),
        (b'{"text": 5}', "text"),
        (b'{"text": "a", "text": "b"}', "twice"),
        (b'{"text": "a", "n": ' + b"9" * 5000 + b"}", "digits"),
        (b'{"text": "a", "n": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "deep"),
        (b'{"text": "  "}', "empty"),
        (b'{"text": "a", "published": "yesterday"}', "published"),
        (b'{"text": "a", "title": 7}', "title"),
        (b'["a"]', "object"),
        (b'{"text": "\xff"}', "UTF-8"),
        (b'{"document": {"text": "a"}}', "missing"),
    ],
)
def test_a_bad_line_is_an_error_and_the_others_are_read(line: bytes, said: str) -> None:
    first, bad, last = read(b"\n".join([GOOD, line, GOOD]))
    assert isinstance(first, Document)
    assert isinstance(last, Document)
    assert isinstance(bad, SourceError)
    assert bad.location == "talks.jsonl#line 2"
    assert said in str(bad)


def test_a_bad_first_line_does_not_hide_the_others() -> None:
    bad, good = read(b'{"text": NaN}\n' + GOOD)
    assert isinstance(bad, SourceError)
    assert isinstance(good, Document)


def test_a_line_too_long_is_refused() -> None:
    _, refused, last = read(GOOD + b'\n{"text": "' + b"a" * 50_000_000 + b'"}\n' + GOOD)
    assert isinstance(refused, SourceError)
    assert refused.code == "too-large"
    assert isinstance(last, Document)


def test_a_lone_surrogate_is_replaced_and_said_so() -> None:
    document = one(b'{"text": "\\ud800 lone"}')
    assert document.text == "\ufffd lone"
    assert "characters-replaced" in [caveat.code for caveat in document.warnings]


def test_origin_is_the_line() -> None:
    _, document = read(b"\n".join([b'{"text": "One."}', GOOD]))
    assert isinstance(document, Document)
    assert document.origin.location == "talks.jsonl#line 2"
    assert document.origin.digest == hashlib.sha256(GOOD).hexdigest()


def test_what_unspin_wrote_comes_back() -> None:
    document = one(GOOD)
    plain = wire.dumps(document)
    assert one(plain.encode()) == document
    assert one(b'{"document": ' + plain.encode() + b', "statements": []}') == document


@pytest.mark.parametrize(
    "content",
    [
        b'[{"text": "One."}, {"text": "Two."}]',
        b'[\n  {"text": "One."},\n  {\n    "text": "Two."\n  }\n]\n',
        b'{"text": "One."}\n\n{"text": "Two."}\n',
        b'\xef\xbb\xbf{"text": "One."}\r\n{"text": "Two."}\r\n',
        '{"text": "One."}\n{"text": "Two."}'.encode("utf-16"),
    ],
)
def test_arrays_and_lines_of_any_make(content: bytes) -> None:
    found = read(content)
    assert [item.text for item in found if isinstance(item, Document)] == ["One.", "Two."]


def test_one_object_over_many_lines() -> None:
    assert one(json.dumps({"text": "One.", "title": "T"}, indent=2).encode()).text == "One."


def test_an_empty_file_is_an_error() -> None:
    (error,) = read(b" \n")
    assert isinstance(error, EmptyError)


def test_a_bug_met_in_one_record_does_not_stop_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    really = assembly.name

    def failing(outlet: str | None, text: str) -> str:
        if text == "Two.":
            raise ZeroDivisionError
        return really(outlet, text)

    monkeypatch.setattr(assembly, "name", failing)
    first, bad, last = read(b'{"text": "One."}\n{"text": "Two."}\n{"text": "Three."}')
    assert isinstance(first, Document)
    assert isinstance(bad, SourceError)
    assert (bad.location, bad.code) == ("talks.jsonl#line 2", "internal")
    assert isinstance(last, Document)


def test_a_document_is_called_by_its_text_whatever_it_came_with() -> None:
    document = one(GOOD)
    for other in ("", "f" * 16, '"><script>'):
        assert one(wire.dumps(replace(document, id=other)).encode()) == document
    (nothing,) = read(wire.dumps(replace(document, text=" ", blocks=())).encode())
    assert isinstance(nothing, EmptyError)
    changed = one(wire.dumps(replace(document, text="The ministers left.", blocks=())).encode())
    assert changed.id != document.id


def test_statements_in_statements_without_end_cost_no_more() -> None:
    marks = marking.mark(one(GOOD))
    count = 30_000
    said = Statement((Span(0, 3),), "direct", (), None, (), None, 1.0)
    nested = tuple(replace(said, within=place + 1) for place in range(count - 1))
    line = wire.dumps(replace(marks, statements=(*nested, said)))
    (found,) = records.given(Resource("talks.jsonl", line.encode()))
    assert isinstance(found, Marks)
    assert len(found.statements) == count
