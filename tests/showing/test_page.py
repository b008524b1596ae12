import gc
from dataclasses import replace
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unspin.showing import page
from unspin.types import Block, Document, Found, Marks, Origin, Span


def _spans(length: int) -> st.SearchStrategy[list[Span]]:
    ends = st.tuples(st.integers(0, length), st.integers(0, length))
    return st.lists(ends.map(lambda pair: Span(min(pair), max(pair))), max_size=12)


_EMPTY = Document(
    id="0" * 16,
    text="",
    title=None,
    authors=(),
    outlet=None,
    published=None,
    modified=None,
    section=None,
    language=None,
    canonical=None,
    credit=None,
    found=Found(),
    blocks=(),
    furniture=(),
    origin=Origin("-", "0" * 64, "text/plain", "text/1", None),
    warnings=(),
)
_CASES = st.text(max_size=60).flatmap(lambda text: st.tuples(st.just(text), _spans(len(text))))


@given(_CASES)
def test_segments_rejoin_to_the_text(case: tuple[str, list[Span]]) -> None:
    text, spans = case
    assert "".join(segment.span.of(text) for segment in page.segments(text, spans)) == text


@given(_CASES)
def test_each_span_is_the_segments_it_covers(case: tuple[str, list[Span]]) -> None:
    text, spans = case
    cut = page.segments(text, spans)
    for index, span in enumerate(spans):
        covered = [segment.span.of(text) for segment in cut if index in segment.covering]
        assert "".join(covered) == span.of(text)


@given(_CASES)
def test_no_segment_is_empty_and_neighbours_differ(case: tuple[str, list[Span]]) -> None:
    text, spans = case
    cut = page.segments(text, spans)
    assert all(segment.span.start < segment.span.end for segment in cut)
    assert all(segment.covering == tuple(sorted(segment.covering)) for segment in cut)


def test_segments_takes_time_in_proportion() -> None:
    def seconds(marks: int) -> float:
        spans = [Span(at, at + 15) for at in range(0, marks * 10, 10)]
        text = "x" * (marks * 10 + 5)
        gc.disable()  # a collection of all that other tests left would be counted
        began = process_time()
        page.segments(text, spans)
        taken = process_time() - began
        gc.enable()
        return taken

    def least(marks: int) -> float:
        return min(seconds(marks) for _ in range(3))

    assert least(40_000) < 40 * max(least(4_000), 0.001)


@given(_CASES, st.data())
def test_passages_keep_every_letter_and_balance_their_ends(
    case: tuple[str, list[Span]], data: st.DataObject
) -> None:
    text, spans = case
    claimed = data.draw(_spans(len(text)))
    document = replace(
        _EMPTY, text=text, blocks=tuple(Block(span, "paragraph", "") for span in claimed)
    )
    shown = page.passages(document, spans)
    letters = "".join(piece.text for passage in shown for piece in passage.pieces)
    assert "".join(letters.split()) == "".join(text.split())
    for passage in shown:
        assert "".join(piece.text for piece in passage.pieces) == passage.span.of(text)
        opened = [index for piece in passage.pieces for index in piece.opening]
        closed = [index for piece in passage.pieces for index in piece.closing]
        assert sorted(opened) == sorted(closed)


def test_text_that_no_block_claims_is_shown(marks: Marks) -> None:
    document = replace(marks.document, blocks=marks.document.blocks[2:3])
    shown = page.passages(document, ())
    words = " ".join(piece.text for passage in shown for piece in passage.pieces)
    assert words.split() == document.text.split()


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://courier.example/a?b=c#d", True),
        ("http://courier.example", True),
        ("HTTPS://courier.example/", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        ("java\nscript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("data:text/html,<script>1</script>", False),
        ("file:///etc/hosts", False),
        ("//courier.example/a", False),
        ("https:///nowhere", False),
        ("https://[broken", False),
        ('https://courier.example/"onclick=1', False),
        ("articles/one.html", False),
        ("-", False),
        (None, False),
    ],
)
def test_only_web_addresses_are_links(address: str | None, safe: bool) -> None:  # noqa: FBT001 - a table
    assert page.link(address) == (address if safe else None)


def test_forbidden_characters_are_replaced_one_for_one() -> None:
    assert page.visible("a\x00b\x1b[31mc\ud800\x85\n\té") == "a\ufffdb\ufffd[31mc\ufffd\ufffd\n\té"
