"""A library: what goes in comes out, by many processes, and no failure of the disk is silent."""

import shutil
import sqlite3
import subprocess
import sys
import tracemalloc
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

import strategies
import unspin
from unspin import library, marking
from unspin.errors import LibraryError, SourceError
from unspin.library import Library
from unspin.types import Block, Document, Marks, Origin, Span, Statement

ROOT = Path(__file__).parents[1]
FIRST = ROOT / "tests/data/libraries/schema_1.db"


def document(name: str = "wire_tideline.html") -> Document:
    (found,) = unspin.read(ROOT / "examples" / name)
    assert isinstance(found, Document)
    return found


def short(text: str = "“We will stay,” said Ana Rell. About 400 people came.") -> Document:
    return replace(document(), id=library.basis(replace(document(), text=text))[:16], text=text,
                   blocks=(), title=None)  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kept here.db"


def failure(path: Path) -> LibraryError:
    with pytest.raises(LibraryError) as caught:
        Library.open(path)
    return caught.value


def test_marks_come_back_as_they_were(path: Path) -> None:
    marks = marking.mark(document())
    with Library.open(path) as kept:
        assert kept.marks(marks.document, marks.made_by) is None
        kept.keep(marks)
    with Library.open(path) as kept:
        assert kept.marks(marks.document, marks.made_by) == marks
        assert list(kept.documents()) == [marks.document]


@given(strategies.marks())
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_marks_come_back(tmp_path: Path, drawn: Marks) -> None:
    said = tuple(replace(one, within=None) for one in drawn.statements)
    marks = replace(drawn, statements=said, voices=())  # the drawn ones seldom hold together
    with Library.open(tmp_path / "any.db") as kept:
        kept.keep(marks)
        assert kept.marks(marks.document, marks.made_by) == marks
        assert marks.document in list(kept.documents())


def test_what_no_file_can_hold_is_held(path: Path) -> None:
    odd = replace(short("a \ud800 b"), id="\ud800", outlet="\udfff")
    with Library.open(path) as kept:
        kept.keep(marking.mark(odd))
        assert list(kept.documents()) == [odd]


def test_a_document_is_kept_once_and_every_choice_of_layers(path: Path) -> None:
    whole, part = marking.mark(document()), marking.mark(document(), layers=("statements",))
    with Library.open(path) as kept:
        for marks in (whole, part, whole):
            kept.keep(marks)
        assert kept.count() == 1
        assert kept.marks(whole.document, whole.made_by) == whole
        assert kept.marks(part.document, part.made_by) == part


def test_marks_of_another_maker_are_not_these_and_give_way_to_them(path: Path) -> None:
    marks = marking.mark(short())
    with Library.open(path) as kept:
        for made_by in (replace(marks.made_by, unspin="0"), replace(marks.made_by, bundle="b")):
            other = replace(marks, made_by=made_by)
            kept.keep(other)
            assert kept.marks(marks.document, marks.made_by) is None
            assert kept.marks(marks.document, made_by) == other
        kept.keep(marks)
        assert kept.marks(marks.document, made_by) is None


def test_marks_hold_for_a_document_found_elsewhere_and_not_for_one_read_otherwise(
    path: Path,
) -> None:
    marks = marking.mark(document())
    elsewhere = replace(
        marks.document, origin=Origin("b", "0", "text/html", "html/1", None), furniture=()
    )
    with Library.open(path) as kept:
        kept.keep(marks)
        assert kept.marks(elsewhere, marks.made_by) == replace(marks, document=elsewhere)
        for otherwise in (
            replace(elsewhere, published=None),
            replace(elsewhere, section="Opinion"),
            replace(elsewhere, language="fr"),
            replace(elsewhere, blocks=()),
        ):
            assert kept.marks(otherwise, marks.made_by) is None


def test_documents_come_in_the_order_they_were_kept(path: Path) -> None:
    texts = ["c c", "a a", "b b"]
    with Library.open(path) as kept:
        for text in [*texts, "c c"]:
            kept.keep(marking.mark(short(text)))
        found = [one.text for one in kept.documents() if isinstance(one, Document)]
        assert found == texts


def test_what_comes_in_while_documents_are_read_is_read_too(path: Path) -> None:
    with Library.open(path) as kept, Library.open(path) as other:
        kept.keep(marking.mark(short("one")))
        found = kept.documents()
        next(found)
        other.keep(marking.mark(short("two")))
        assert [one.text for one in found if isinstance(one, Document)] == ["two"]


def test_reading_alone_writes_nothing(path: Path) -> None:
    with Library.open(path) as kept:
        kept.keep(marking.mark(short()))
    before = path.read_bytes()
    with Library.read(path) as kept:
        assert len(list(kept.documents())) == 1
        with pytest.raises(LibraryError) as caught:
            kept.keep(marking.mark(short("two")))
    assert caught.value.code == "read-only"
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_only_a_library_is_one(path: Path, tmp_path: Path) -> None:
    Library.open(path).close()
    assert library.is_library(path)
    sqlite3.connect(tmp_path / "other.db").execute("CREATE TABLE t (x)").connection.close()
    (tmp_path / "text").write_text("unsp" * 40)
    for other in ("other.db", "text", "", "none", "a\x00b"):
        assert not library.is_library(tmp_path / other)


def test_what_is_no_library_is_refused_and_left_alone(tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / "other.db").execute("CREATE TABLE t (x)").connection.close()
    (tmp_path / "text").write_text("an article, and no library at all\n" * 40)
    for name in ("other.db", "text"):
        before = (tmp_path / name).read_bytes()
        assert failure(tmp_path / name).code == "not-a-library"
        assert (tmp_path / name).read_bytes() == before


def test_an_empty_file_becomes_a_library(path: Path) -> None:
    path.touch()
    Library.open(path).close()
    assert library.is_library(path)


@pytest.mark.parametrize("place", ["none/at/all.db", ".", "a\0b"])
def test_a_place_for_no_file_is_told(tmp_path: Path, place: str) -> None:
    assert failure(tmp_path / place).code == "not-readable"


def test_reading_what_is_not_there_makes_nothing(path: Path) -> None:
    with pytest.raises(LibraryError, match="no library"):
        Library.read(path)
    path.touch()
    with pytest.raises(LibraryError, match="no library"):
        Library.read(path)
    assert path.read_bytes() == b""


def test_a_library_of_a_newer_unspin_is_refused_and_left_alone(path: Path) -> None:
    Library.open(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = path.read_bytes()
    for opening in (Library.open, Library.read):
        with pytest.raises(LibraryError, match="newer unspin") as caught:
            opening(path)
        assert caught.value.code == "newer-library"
    assert path.read_bytes() == before


def test_the_oldest_schema_is_brought_up_to_date(path: Path) -> None:
    shutil.copy(FIRST, path)
    with Library.open(path) as kept:
        (first,) = kept.documents()
        assert isinstance(first, Document)
        kept.keep(marking.mark(first))
        assert kept.count() == 1


def test_a_damaged_row_is_marked_again_and_a_damaged_document_told(path: Path) -> None:
    marks = marking.mark(short())
    with Library.open(path) as kept:
        kept.keep(marks)
        kept.keep(marking.mark(short("two")))
    for value in (b"\x00", library._packed("{"), library._packed("{}"), library._packed("[1]")):  # noqa: SLF001 - no other way to damage one
        connection = sqlite3.connect(path)
        with connection:
            for table, row in (("marks", "document"), ("documents", "id")):
                connection.execute(
                    f"UPDATE {table} SET value = ? WHERE {row} = ?",  # noqa: S608 - names of the test's own
                    (value, marks.document.id),
                )
        connection.close()
        with Library.open(path) as kept:
            assert kept.marks(marks.document, marks.made_by) is None
            broken, whole = kept.documents()
            assert isinstance(broken, SourceError)
            assert broken.code == "damaged"
            assert marks.document.id in broken.location
            assert isinstance(whole, Document)


@pytest.mark.parametrize("value", [zlib.compress(b" " * 2 * 10**7), b" " * 2 * 10**7])
def test_a_value_too_large_is_refused_before_it_is_read(
    path: Path, monkeypatch: pytest.MonkeyPatch, value: bytes
) -> None:
    marks = marking.mark(short())
    with Library.open(path) as kept:
        kept.keep(marks)
        monkeypatch.setattr(library, "_LARGEST", 10**6)
        for table in ("documents", "marks"):
            kept._connection.execute(  # noqa: SLF001 - no other way to damage one
                f"UPDATE {table} SET value = ?",  # noqa: S608 - names of the test's own
                (value,),
            )
        tracemalloc.start()
        (broken,) = kept.documents()
        assert kept.marks(marks.document, marks.made_by) is None
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert isinstance(broken, SourceError)
    assert broken.code == "damaged"
    assert most < 10**7


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE documents SET value = 'abc' WHERE number = 1",
        "UPDATE documents SET value = 5 WHERE number = 1",
        "UPDATE documents SET value = CAST(x'ff' AS TEXT) WHERE number = 1",
        "UPDATE documents SET id = CAST(x'ff' AS TEXT), value = x'' WHERE number = 1",
    ],
)
def test_one_damaged_row_does_not_hide_the_others(path: Path, damage: str) -> None:
    with Library.open(path) as kept:
        for text in ("one", "two"):
            kept.keep(marking.mark(short(text)))
        kept._connection.execute(damage)  # noqa: SLF001 - no other way to damage one
    with Library.read(path) as kept:
        broken, whole = kept.documents()
    assert isinstance(broken, SourceError)
    assert broken.code == "damaged"
    assert isinstance(whole, Document)


def test_marks_that_do_not_lie_in_their_text_are_none(path: Path) -> None:
    marks = marking.mark(short())
    said = Statement((Span(0, 3),), "direct", (), None, (), None, 1.0)
    with Library.open(path) as kept:
        for one in (replace(said, words=(Span(0, 10**6),)), replace(said, within=0)):
            kept.keep(replace(marks, statements=(one,)))
            assert kept.marks(marks.document, marks.made_by) is None


def test_a_document_whose_blocks_do_not_lie_in_its_text_is_damaged(path: Path) -> None:
    block = Block(Span(0, 10**6), "paragraph", "line 1")
    with Library.open(path) as kept:
        kept.keep(marking.mark(replace(short(), blocks=(block,)), layers=()))
        (broken,) = kept.documents()
    assert isinstance(broken, SourceError)
    assert broken.code == "damaged"


@pytest.mark.parametrize(
    "damage", ["DROP TABLE marks", "PRAGMA user_version = 0", "PRAGMA user_version = -1"]
)
def test_a_library_that_has_lost_a_part_is_damaged(path: Path, damage: str) -> None:
    with Library.open(path) as kept:
        kept.keep(marking.mark(short()))
        kept._connection.execute(damage)  # noqa: SLF001 - as above
    for opening in (Library.open, Library.read):
        with pytest.raises(LibraryError) as caught, opening(path) as kept:
            kept.marks(short(), marking.made_by(short()))
        assert caught.value.code == "damaged"


def test_a_write_that_was_cut_off_is_taken_back_where_it_can_be(path: Path, tmp_path: Path) -> None:
    after = tmp_path / "after.db"
    with Library.open(path) as kept:
        kept.keep(marking.mark(short()))
        rows = kept._connection  # noqa: SLF001 - a transaction that outlasts one document
        rows.execute("PRAGMA cache_size = 1")
        rows.execute("BEGIN IMMEDIATE")
        rows.execute("UPDATE documents SET value = zeroblob(100000)")
        for part in ("", "-journal"):
            shutil.copy(f"{path}{part}", f"{after}{part}")
        rows.execute("ROLLBACK")
    with pytest.raises(LibraryError, match="with --library") as caught:
        Library.read(after)
    assert caught.value.code == "interrupted"
    Library.open(after).close()
    with Library.read(after) as kept:
        assert list(kept.documents()) == [short()]


def test_a_damaged_file_is_told(path: Path) -> None:
    with Library.open(path) as kept:
        for number in range(60):
            kept.keep(marking.mark(short(f"This is number {number}."), layers=()))
    content = bytearray(path.read_bytes())
    content[4096:] = bytes(len(content) - 4096)
    path.write_bytes(content)
    with Library.read(path) as kept, pytest.raises(LibraryError) as caught:
        list(kept.documents())
    assert caught.value.code == "damaged"


def test_a_full_disk_is_told_and_what_was_kept_stays(path: Path) -> None:
    with Library.open(path) as kept:
        kept.keep(marking.mark(short()))
        (pages,) = kept._connection.execute("PRAGMA page_count").fetchone()  # noqa: SLF001 - no disk can be filled here
        kept._connection.execute(f"PRAGMA max_page_count = {pages}")  # noqa: SLF001 - as above
        with pytest.raises(LibraryError) as caught:
            kept.keep(marking.mark(document()))
        assert caught.value.code == "disk-full"
        assert kept.count() == 1
        kept._connection.execute("PRAGMA max_page_count = 1000000")  # noqa: SLF001 - room was made
        kept.keep(marking.mark(document()))
    with Library.read(path) as kept:
        assert len(list(kept.documents())) == 2


def test_a_lock_that_is_not_released_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library, "_WAIT", 0.05)
    with Library.open(path) as kept:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(LibraryError) as caught:
            kept.keep(marking.mark(short()))
        other.close()
        assert caught.value.code == "locked"
        kept.keep(marking.mark(short()))


def test_an_interrupted_write_leaves_nothing_half_done(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Library.open(path) as kept:
        with monkeypatch.context() as patch:
            patch.setattr(library, "_KEEP_MARKS", "SELECT no_such_function()")
            with pytest.raises(LibraryError):
                kept.keep(marking.mark(short()))
        assert kept.count() == 0
        kept.keep(marking.mark(short()))
        assert kept.count() == 1


WRITING = """
import sys
from pathlib import Path
from dataclasses import replace
import unspin
from unspin import marking
from unspin.library import Library
(found,) = unspin.read(Path(sys.argv[2]))
with Library.open(Path(sys.argv[1])) as kept:
    for number in range(40):
        text = f"{sys.argv[3]} {number % 30}"
        kept.keep(marking.mark(replace(found, id=text, text=text, blocks=(), title=None)))
"""


def test_processes_write_one_library_at_once(path: Path) -> None:
    """They make it at once too; half of what each keeps is what another keeps as well."""
    example = ROOT / "examples" / "wire_tideline.html"
    running = [
        subprocess.Popen([sys.executable, "-c", WRITING, str(path), str(example), name])  # noqa: S603 - this interpreter
        for name in ("a", "b", "a")
    ]
    assert [process.wait(timeout=120) for process in running] == [0, 0, 0]
    with Library.read(path) as kept:
        ids = {one.id for one in kept.documents() if isinstance(one, Document)}
    assert len(ids) == 60


def test_a_process_that_is_killed_leaves_whole_documents(path: Path) -> None:
    code = WRITING.replace("range(40)", "range(10**6)").replace("% 30", "")
    example = ROOT / "examples" / "wire_tideline.html"
    running = subprocess.Popen([sys.executable, "-c", code, str(path), str(example), "a"])  # noqa: S603 - this interpreter
    try:
        while running.poll() is None and (not path.exists() or path.stat().st_size < 100_000):
            pass
    finally:
        running.kill()
        running.wait()
    with Library.open(path) as kept:
        found = list(kept.documents())
        assert found
        made_by = marking.made_by(short())
        assert all(isinstance(one, Document) and kept.marks(one, made_by) for one in found)
