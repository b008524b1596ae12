import re
from pathlib import Path

import pytest

import unspin
from unspin.errors import FormatError
from unspin.marking import lexicon
from unspin.model import sides
from unspin.model.sides import Pair, Slot

EVERY_PAIR = pytest.mark.parametrize("pair", sides.pairs(), ids=lambda pair: pair.id)
# Common words, in lower case, that are a name of some side when they have a capital.
COMMON = frozenset(
    """al coalition congress da dame eastern inc labor labour miss mr mrs ms park pp shah sir us
    western""".split()
)
OF_ALL_STATES = frozenset({"metonyms.txt", "units.txt"})  # capitals, currencies: nobody is left out


def test_a_line_is_a_slot() -> None:
    text = "# ours\na-b\tcountry\tthe A|A\tB\n\na-b\tpeople\tAs\tBs|B's\nc-d\trole\tc\td\n"
    assert sides.parse(text) == (
        Pair(
            "a-b", (Slot("country", ("the A", "A"), ("B",)), Slot("people", ("As",), ("Bs", "B's")))
        ),
        Pair("c-d", (Slot("role", ("c",), ("d",)),)),
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a-b\tcountry\tA", "line 1 of the table of sides has 3 cells"),
        ("a-b\tcountry\tA\t", "an empty form"),
        ("a-b\tcountry\tA\tB |C", "a space at its edge"),
        ("a-b\tcountry\tA\tB\na-b\tcountry\tC\tD", "a slot stands there twice"),
        ("a-b\tcountry\tA\tB\na-b\tcapital\tA\tD", "stands in the slots"),
        ("a-b\tcountry\tA|A\tB", "stands in the slots"),
        ("a-b\tcountry\tA\tB\na-b\tcapital\tB\tD", "on both sides"),
    ],
)
def test_an_uneven_table_is_refused(text: str, message: str) -> None:
    with pytest.raises(FormatError, match=message):
        sides.parse(text)


def test_a_form_may_be_an_adjective_too() -> None:
    (pair,) = sides.parse("a-b\tcountry\tUS\tB\na-b\tadjective\tUS\tBish")
    assert len(pair.slots) == 2


@EVERY_PAIR
def test_every_slot_has_both_sides(pair: Pair) -> None:
    assert all(slot.a and slot.b for slot in pair.slots)


@EVERY_PAIR
def test_no_form_is_on_both_sides(pair: Pair) -> None:
    a = {form.lower() for slot in pair.slots for form in slot.a}
    b = {form.lower() for slot in pair.slots for form in slot.b}
    assert not a & b


@EVERY_PAIR
def test_a_last_name_ends_a_full_name(pair: Pair) -> None:
    names = {slot.name: slot for slot in pair.slots}
    for name, slot in names.items():
        full = names.get(name.replace("_last", ""))
        if "_last" in name and full:
            for last, whole in ((slot.a, full.a), (slot.b, full.b)):
                assert any(short.split()[-1] in one for short in last for one in whole), name


def test_forms_are_all_forms_in_both_spellings() -> None:
    assert {
        "Ukraine",
        "Kiev",
        "IDF",
        "U.S.",
        "protesters",
        "she",
        "O'Neill",
        "O’Neill",
    } <= sides.forms()


def test_no_rule_knows_a_side() -> None:
    """Rules that name a side could treat it in a way of its own."""
    names = {form.lower() for form in sides.forms() if not form.islower()}
    words = Path(unspin.__file__).parent / "marking" / "words"
    for path in sorted(set(words.glob("*.txt")) - {words / name for name in OF_ALL_STATES}):
        lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
        found = set(re.findall(r"[\w'-]+", "\n".join(lines).lower()))
        assert found & names <= COMMON, path.name


def test_of_two_capitals_both_stand_for_governments_or_neither() -> None:
    known = lexicon.metonyms()
    for pair in sides.pairs():
        for slot in pair.slots:
            if slot.name == "capital":
                assert known.isdisjoint(slot.a) == known.isdisjoint(slot.b), pair.id


def test_titles_are_words_each_once() -> None:
    path = Path(unspin.__file__).parent / "model" / "words" / "titles.txt"
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    assert len(lines) == len(set(lines))
    assert all(re.fullmatch(r"\S+", line) and line[0].isupper() for line in lines)
