"""The passages behind an item: the words marked in as much of their paragraph as surrounds them."""

from inline import document
from unspin import marking
from unspin.showing import accounts, sides
from unspin.types import Place, Span


def shown(text: str, *words: str) -> str:
    """How the passage of some words of a text reads, marked words between brackets."""
    marks = marking.mark(document(text), layers=())
    spans = [Span(text.index(one), text.index(one) + len(one)) for one in words]
    shelf = sides.shelf(accounts.Names({}, {}), [marks])
    (passage,) = sides.sides(shelf, "x", [Place.at(marks.document, *spans)]).passages
    return "".join(
        f"[{piece.text}]" if piece.marked else piece.text
        for excerpt in passage.excerpts
        for piece in excerpt.pieces
    )


def test_a_short_paragraph_stands_whole() -> None:
    assert shown("Ana Rell will stay in Kell.", "stay") == "Ana Rell will [stay] in Kell."


def test_what_lies_far_from_all_words_is_left_out() -> None:
    text = f"Ana Rell stays. {'The dam is old. ' * 400}Odd Rell goes. {'Rain fell. ' * 400}"
    found = shown(text, "Ana Rell", "Odd Rell")
    assert found.startswith("[Ana Rell] stays. The dam")
    assert found.count(" … ") == 1
    assert "dam is old. [Odd Rell] goes. Rain" in found
    assert found.endswith(" …")
    assert len(found) < len(text) / 5


def test_words_near_each_other_share_what_surrounds_them() -> None:
    text = f"{'Rain fell. ' * 90}Ana Rell stays, Odd Rell goes. {'Rain fell. ' * 90}"
    found = shown(text, "Ana Rell", "Odd Rell")
    assert "[Ana Rell] stays, [Odd Rell] goes." in found
    assert found.count("…") == 2
