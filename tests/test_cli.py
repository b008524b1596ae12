"""The program as a person runs it: what it prints where, and how it ends."""

import json
import os
import pty
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Site, Unspin
from unspin import __version__, bench, cli, train
from unspin.library import Library
from unspin.showing import scores
from unspin.types import LAYERS

TEXT = (
    "The ferry council of Tarn Harbour met on Monday.\n\n"
    "“We will keep the night boat,” said Ilo Renn, who chairs it.\n\n"
    "About 400 people use it every week, according to the council.\n"
)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.jsonl"
    path.write_text(json.dumps({"text": TEXT, "title": "Boats"}), "utf-8")
    return path


def test_version(unspin: Unspin) -> None:
    assert unspin("--version").stdout == f"unspin {__version__}\n".encode()


@pytest.mark.parametrize("arguments", [[], ["--help"]])
def test_help_names_the_commands_and_comes_at_once(unspin: Unspin, arguments: list[str]) -> None:
    ended = unspin(*arguments)
    assert ended.returncode == 0
    assert re.findall(rb"^  (\w+)  +\S", ended.stdout, re.MULTILINE) == [
        *(b"read", b"mark", b"compare"),
        *(b"bench", b"train"),
    ]


def test_the_help_of_bench_names_every_task(unspin: Unspin) -> None:
    told = unspin("bench", "--help").stdout.decode()
    assert all(task in told for task in bench.tasks())


def test_help_loads_nothing_heavy() -> None:
    code = "from unspin.cli import run; run(['mark', '--help']); import sys; print(*sys.modules)"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)  # noqa: S603 - this interpreter
    loaded = set(ended.stdout.decode().splitlines()[-1].split())
    assert not loaded & {"lxml", "trafilatura", "numpy", "rich", "jinja2", "httpx2", "ssl"}


@pytest.mark.parametrize("command", ["read", "mark", "compare", "bench"])
def test_every_command_has_help_with_an_example(unspin: Unspin, command: str) -> None:
    ended = unspin(command, "--help")
    assert ended.returncode == 0
    assert f"Example: unspin {command} ".encode() in ended.stdout


def test_read_prints_the_document_as_one_json_line(unspin: Unspin, article: Path) -> None:
    ended = unspin("read", "--json", article, article)
    assert (ended.returncode, ended.stderr) == (0, b"")
    first, second = map(json.loads, ended.stdout.splitlines())
    assert first == second
    assert first["text"] == TEXT
    assert first["title"] == "Boats"


def test_mark_prints_the_contract(unspin: Unspin, article: Path) -> None:
    marks = json.loads(unspin("mark", "--json", article).stdout)
    assert list(marks) == [
        "document", "statements", "voices", "claims", "figures", "dates", "techniques", "slips",
        "made_by",
    ]  # fmt: skip
    [said] = [s for s in marks["statements"] if s["speech"] == "direct"]
    [[start, end]] = said["words"]
    assert marks["document"]["text"][start:end] == "We will keep the night boat,"
    assert marks["made_by"]["unspin"] == __version__


def test_the_views_for_people(unspin: Unspin, article: Path) -> None:
    for command in ("read", "mark"):
        ended = unspin(command, article)
        assert (ended.returncode, ended.stderr) == (0, b"")
        assert "We will keep the night boat" in ended.stdout.decode()
        assert b"\x1b" not in ended.stdout


def test_the_same_run_prints_the_same_bytes(unspin: Unspin, article: Path) -> None:
    assert unspin("mark", "--json", article).stdout == unspin("mark", "--json", article).stdout


def test_standard_input_is_a_source(unspin: Unspin) -> None:
    ended = unspin("read", "--json", "-", given=TEXT.encode())
    assert json.loads(ended.stdout)["origin"]["location"] == "-"


def test_one_line_for_each_failure_and_the_rest_is_read(unspin: Unspin, article: Path) -> None:
    ended = unspin("read", "--json", "no-such-file", article, "nor-this")
    assert ended.returncode == 1
    assert len(ended.stdout.splitlines()) == 1
    told = ended.stderr.decode().splitlines()
    assert told[0] == (
        "unspin: no-such-file: no such file or folder. "
        "Check the path; an address starts with https://."
    )
    assert told[1].startswith("unspin: nor-this: ")
    assert told[2] == "unspin: 1 read, 2 could not be read"


@pytest.mark.parametrize(
    "arguments",
    [
        ["bogus"],
        ["mark"],
        ["mark", "--bogus", "x"],
        ["mark", "--layers", "colours", "x"],
        ["mark", "--layers", "", "x"],
        ["mark", "--html", "no/such/folder/page.html", "x"],
        ["mark", "--html", ".", "x"],
        ["compare"],
        ["compare", "--html", "no/such/folder/page.html", "x"],
        ["mark", "--library", "no/such/folder/kept.db", "x"],
        ["mark", "--library", __file__, "x"],
        ["read", "--limit", "0", "x"],
        ["read", "--limit", "many", "x"],
        ["bench", "reading"],
        ["bench", "bogus", "--data", "."],
        ["bench", "reading", "--data", "no-such-folder"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_one_line_and_status_2(unspin: Unspin, arguments: list[str]) -> None:
    ended = unspin(*arguments)
    assert ended.returncode == 2
    assert ended.stdout == b""
    assert re.fullmatch(rb"unspin: [^\n]+\.\n", ended.stderr)


def test_debug_shows_the_traceback_wherever_it_stands(unspin: Unspin) -> None:
    for arguments in (["--debug", "read", "nope"], ["read", "nope", "--debug"]):
        assert b"Traceback" in unspin(*arguments).stderr
    assert b"Traceback" not in unspin("read", "nope").stderr


def test_fewer_layers_are_looked_for_when_asked(unspin: Unspin, article: Path) -> None:
    marks = json.loads(unspin("mark", "--json", "--layers", "statements", article).stdout)
    assert marks["statements"]
    assert not marks["figures"]
    assert marks["made_by"]["settings"]["layers"] == ["statements"]


def test_the_layers_offered_are_the_layers_made(unspin: Unspin) -> None:
    told = re.sub(rb"\s+", b"", unspin("mark", "--help").stdout).decode()
    assert f"[default:{','.join(LAYERS)}]" in told


def test_a_page_is_written_whole_and_said_where(
    unspin: Unspin, article: Path, tmp_path: Path
) -> None:
    page = tmp_path / "out" / "x.html"
    page.parent.mkdir()
    ended = unspin("mark", "--html", page, article, article)
    assert (ended.returncode, ended.stdout) == (0, b"")
    assert ended.stderr.decode() == f"unspin: 2 articles written to {page}\n"
    assert page.read_text("utf-8").lstrip().lower().startswith("<!doctype html>")
    assert list(page.parent.iterdir()) == [page]


def test_a_page_and_json_go_together(unspin: Unspin, article: Path, tmp_path: Path) -> None:
    ended = unspin("mark", "--json", "--html", tmp_path / "x.html", article)
    assert json.loads(ended.stdout)["document"]["text"] == TEXT
    assert (tmp_path / "x.html").exists()


def test_no_page_is_written_over_what_is_read(
    unspin: Unspin, article: Path, tmp_path: Path
) -> None:
    before = article.read_bytes()
    kept = tmp_path / "kept.db"
    (tmp_path / "link").symlink_to(article)
    for arguments in (
        ["mark", "--html", article, article],
        ["compare", "--html", tmp_path / "link", article],
        ["mark", "--html", kept, "--library", kept, article],
        ["mark", "--html", article, f"{tmp_path}/../{tmp_path.name}/{article.name}"],
    ):
        ended = unspin(*arguments)
        assert ended.returncode == 2
        assert b"given to be read" in ended.stderr
    assert article.read_bytes() == before
    assert not kept.exists()


@pytest.mark.parametrize("command", ["mark", "compare"])
def test_no_page_is_written_over_a_file_that_is_none_of_ours(
    unspin: Unspin, article: Path, tmp_path: Path, command: str
) -> None:
    other = tmp_path / "other.html"
    other.write_text("<!doctype html><title>Toll rises</title><p>Ana Rell said no.", "utf-8")
    before = other.read_bytes()
    ended = unspin(command, "--html", other, article)
    assert (ended.returncode, ended.stdout) == (2, b"")
    assert b"no page of unspin" in ended.stderr
    assert other.read_bytes() == before


def test_a_page_gives_way_to_a_newer_one(unspin: Unspin, article: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.touch()
    for command in ("mark", "compare", "mark"):
        before = page.read_bytes()
        assert unspin(command, "--html", page, article).returncode == 0
        assert page.read_bytes() != before


def test_a_page_goes_where_a_link_leads_and_into_a_pipe(
    unspin: Unspin, article: Path, tmp_path: Path
) -> None:
    (tmp_path / "link.html").symlink_to(tmp_path / "page.html")
    assert unspin("mark", "--html", tmp_path / "link.html", article).returncode == 0
    page = (tmp_path / "page.html").read_bytes()
    assert (tmp_path / "link.html").is_symlink()
    assert unspin("mark", "--html", "/dev/stdout", article).stdout == page


@pytest.mark.parametrize(
    ("redirected", "status", "told"),
    [
        (
            ">/dev/full",
            1,
            (
                b"unspin: the output cannot be written (No space left on device). "
                b"Make room, or write elsewhere.\n"
            ),
        ),
        (">&-", 0, b""),
        (">&- 2>&-", 0, b""),
    ],
)
def test_an_output_that_takes_nothing(
    article: Path, redirected: str, status: int, told: bytes
) -> None:
    command = f"'{sys.executable}' -c 'from unspin.cli import main; main()' read '{article}'"
    ended = subprocess.run(  # noqa: S603 - this interpreter
        ["/bin/sh", "-c", f"{command} {redirected}"], capture_output=True, check=False
    )
    assert (ended.returncode, ended.stderr) == (status, told)


def test_no_page_of_nothing(unspin: Unspin, tmp_path: Path) -> None:
    assert unspin("mark", "--html", tmp_path / "x.html", "nope").returncode == 1
    assert not (tmp_path / "x.html").exists()


def test_a_library_changes_nothing_that_is_printed(
    unspin: Unspin, article: Path, tmp_path: Path
) -> None:
    printed = unspin("mark", "--json", article).stdout
    for _ in range(2):
        ended = unspin("mark", "--json", "--library", tmp_path / "kept.db", article)
        assert (ended.returncode, ended.stderr, ended.stdout) == (0, b"", printed)
    assert unspin("mark", "--json", tmp_path / "kept.db").stdout == printed
    assert unspin("read", "--json", tmp_path / "kept.db").stdout in printed.replace(
        b'{"document": ', b""
    ).replace(b', "statements"', b"\n", 1)


@pytest.fixture
def two(tmp_path: Path) -> list[Path]:
    """Two accounts of one meeting that differ in a figure."""
    paths = [tmp_path / "bell.jsonl", tmp_path / "gull.jsonl"]
    for path, count in zip(paths, ("400", "900"), strict=True):
        told = {"text": TEXT.replace("400", count), "title": "Boats", "published": "2026-03-02"}
        path.write_text(json.dumps(told | {"outlet": path.stem}), "utf-8")
    return paths


def test_compare_prints_the_contract(unspin: Unspin, two: list[Path]) -> None:
    ended = unspin("compare", "--json", *two)
    assert (ended.returncode, ended.stderr) == (0, b"")
    found = json.loads(ended.stdout)
    assert list(found) == [
        "documents", "stories", "copies", "speakers", "quotations", "conflicts", "contradictions",
        "gaps", "sourcing", "positions", "voices", "made_by",
    ]  # fmt: skip
    assert [one["outlet"] for one in found["documents"]] == ["bell", "gull"]
    assert found["made_by"]["unspin"] == __version__


def test_a_comparison_is_the_same_however_its_articles_come(
    unspin: Unspin, two: list[Path], tmp_path: Path
) -> None:
    kept, printed = tmp_path / "kept.db", tmp_path / "out" / "marked.jsonl"
    printed.parent.mkdir()
    compared = unspin("compare", "--json", *two).stdout
    printed.write_bytes(unspin("mark", "--json", two[0]).stdout)
    for sources in (
        two[::-1],
        [*two, two[0]],
        [tmp_path],
        [printed, two[1]],
        ["--library", kept, *two],
        ["--library", kept],
        ["--library", kept, kept],
        [kept],
    ):
        ended = unspin("compare", "--json", *sources)
        assert (ended.returncode, ended.stdout) == (0, compared), sources


def test_what_cannot_be_read_is_told_and_the_rest_compared(unspin: Unspin, two: list[Path]) -> None:
    ended = unspin("compare", "--json", "no-such-file", *two)
    assert ended.returncode == 1
    assert len(json.loads(ended.stdout)["documents"]) == 2
    assert b"unspin: no-such-file: " in ended.stderr


def test_one_article_alone_is_compared_with_nothing(unspin: Unspin, two: list[Path]) -> None:
    ended = unspin("compare", "--json", two[0])
    assert ended.returncode == 0
    assert len(json.loads(ended.stdout)["documents"]) == 1
    assert ended.stderr == (b"unspin: one article alone: there is no other to compare it with\n")


def test_no_article_is_no_comparison(unspin: Unspin, tmp_path: Path) -> None:
    Library.open(tmp_path / "kept.db").close()
    for sources in (["no-such-file"], ["--library", tmp_path / "kept.db"]):
        ended = unspin("compare", "--html", tmp_path / "x.html", *sources)
        assert (ended.returncode, ended.stdout) == (1, b"")
        assert ended.stderr.splitlines()[-1].startswith(b"unspin: no article to compare")
    assert not (tmp_path / "x.html").exists()


def test_a_comparison_for_people(unspin: Unspin, two: list[Path], tmp_path: Path) -> None:
    ended = unspin("compare", *two)
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert "gull, 2 March 2026: Boats" in ended.stdout.decode()
    page = tmp_path / "out.html"
    ended = unspin("compare", "--html", page, *two)
    assert (ended.returncode, ended.stdout) == (0, b"")
    assert ended.stderr.decode() == f"unspin: comparison of 2 articles written to {page}\n"
    assert "We will keep the night boat" in page.read_text("utf-8")


def test_a_missing_library_is_not_made_to_compare_it(unspin: Unspin, tmp_path: Path) -> None:
    ended = unspin("compare", "--library", tmp_path / "none.db")
    assert (ended.returncode, ended.stdout) == (2, b"")
    assert list(tmp_path.iterdir()) == []


def test_an_address_on_this_machine_wants_a_flag(unspin: Unspin, site: Site) -> None:
    address = site.add("/story", TEXT, "text/plain")
    refused = unspin("read", "--json", address)
    assert refused.returncode == 1
    assert refused.stderr.startswith(f"unspin: {address}: ".encode())
    assert json.loads(unspin("read", "--json", "--local", address).stdout)["origin"]["fetched"]


def test_originals_are_kept(unspin: Unspin, article: Path, tmp_path: Path) -> None:
    unspin("read", "--json", "--keep", tmp_path / "kept", article)
    assert [f.read_bytes() for f in (tmp_path / "kept").iterdir()] == [article.read_bytes()]


def test_a_hostile_name_reaches_no_terminal(unspin: Unspin, tmp_path: Path) -> None:
    told = unspin("read", tmp_path / "\x1b[2J\u202egpj").stderr
    assert b"\x1b" not in told
    assert "\u202e".encode() not in told


def test_json_is_utf_8_whatever_the_locale(unspin: Unspin, article: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C", "PYTHONUTF8": "0"}
    ended = unspin("read", "--json", article, environment=environment)
    assert json.loads(ended.stdout)["text"] == TEXT


def test_a_closed_pipe_is_no_failure(tmp_path: Path) -> None:
    many = tmp_path / "many.jsonl"
    many.write_text("\n".join(json.dumps({"text": TEXT * 40}) for _ in range(400)), "utf-8")
    command = f'"{sys.executable}" -c "from unspin.cli import main; main()" read --json "{many}"'
    ended = subprocess.run(  # noqa: S603 - this interpreter, cut off by head as a person would
        ["/bin/sh", "-c", f"{{ {command}; echo $? >&2; }} | head -n 1"],
        capture_output=True,
        check=True,
    )
    assert len(ended.stdout.splitlines()) == 1
    assert ended.stderr == b"0\n"


def test_json_lines_come_as_they_are_made() -> None:
    arguments = [sys.executable, "-c", "from unspin.cli import main; main()", "read", "--json"]
    reader, writer = os.pipe()
    with subprocess.Popen(  # noqa: S603 - this interpreter
        [*arguments, "/dev/null", __file__ + "/none", f"/dev/fd/{reader}"],
        pass_fds=[reader],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        assert running.stderr
        assert b"/dev/null" in running.stderr.readline()  # told while a later source still waits
        os.close(reader)
        os.write(writer, TEXT.encode())
        os.close(writer)
        assert running.stdout
        assert json.loads(running.stdout.read())["text"]


@pytest.mark.parametrize("plain", [True, False])
def test_colour_only_where_it_is_wanted(article: Path, *, plain: bool) -> None:
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "80"} | (
        {"NO_COLOR": "1"} if plain else {}
    )
    if not plain:
        environment.pop("NO_COLOR", None)
    shown = _on_a_terminal(["mark", str(article)], environment)
    assert "We will keep the night boat" in shown
    assert ("\x1b[" in shown) is not plain


def test_progress_is_shown_on_a_terminal_only(article: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "TERM": "xterm-256color"}
    arguments = ["mark", "--html", str(tmp_path / "x.html"), *[str(article)] * 3]
    assert "3 read, 0 failed" in _on_a_terminal(arguments, environment)
    arguments[0] = "compare"
    assert "1 read, 0 failed" in _on_a_terminal(arguments, environment)


def _on_a_terminal(arguments: list[str], environment: dict[str, str]) -> str:
    """What `unspin ARGUMENTS` puts on a terminal of its own."""
    child, terminal = pty.fork()
    if child == 0:  # pragma: no cover - another process
        code = "from unspin.cli import main; main()"
        os.execve(sys.executable, [sys.executable, "-c", code, *arguments], environment)  # noqa: S606 - this interpreter
    shown = b""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            piece = os.read(terminal, 65536)
        except OSError:  # the terminal is gone with the process
            break
        if not piece:
            break
        shown += piece
    os.close(terminal)
    os.waitpid(child, 0)
    return shown.decode()


def test_scores_are_shown_in_columns() -> None:
    shown = scores.render({"pages": 154, "f1": 0.5}, {"news": {"f1": 0.25}})
    assert shown.split() == ["all", "pages", "154", "f1", "0.5000", "news", "f1", "0.2500"]


def test_a_log_is_told_of_a_training_now_and_then(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    clock = iter((0.0, 1.0, 59.0, 61.0, 62.0))

    def encoders(
        _data: list[Path], _weights: Path | None, to: Path, tell: Callable[[str], None], **_: bool
    ) -> Path:
        for step in range(5):
            tell(f"step {step}")
        return to

    monkeypatch.setattr(train, "encoders", encoders)
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))
    told = ["unspin", "train", "bundle", "--data", str(tmp_path), "--to", str(tmp_path)]
    monkeypatch.setattr(sys, "argv", told)
    with pytest.raises(SystemExit):
        cli.main()
    lines = capsys.readouterr().err.splitlines()
    assert [line for line in lines if "step" in line] == ["unspin: step 0", "unspin: step 3"]


@pytest.mark.parametrize("arguments", [["-h"], ["mark", "-h"], ["bench", "-h"]])
def test_help_has_a_short_name_and_shows_no_types(unspin: Unspin, arguments: list[str]) -> None:
    ended = unspin(*arguments)
    assert ended.returncode == 0
    assert b"<list" not in ended.stdout
    assert b"<str>" not in ended.stdout


@pytest.mark.parametrize("name", ["", " "])
def test_a_name_of_nothing_is_shown(unspin: Unspin, name: str) -> None:
    ended = unspin("read", name)
    assert ended.returncode == 1
    assert ended.stderr.decode().startswith(f"unspin: '{name}': a source without a name. ")


def test_a_page_of_ours_among_the_articles_is_no_article(
    unspin: Unspin, article: Path, tmp_path: Path
) -> None:
    page = tmp_path / "xray.html"
    assert unspin("mark", tmp_path, "--html", page).returncode == 0
    again = unspin("mark", tmp_path, "--html", page)
    assert again.returncode == 0
    assert b"1 article written to " in again.stderr
    assert b"1 passed over (page of unspin: 1)" in again.stderr
    alone = unspin("read", page)
    assert alone.returncode == 1
    assert b"a page that unspin wrote, and no article. Give the articles " in alone.stderr
    assert article.exists()


def test_a_folder_is_read_without_what_is_written_into_it(article: Path) -> None:
    with (article.parent / "a.jsonl").open("wb") as output:
        ended = subprocess.run(  # noqa: S603 - this interpreter and the test's own arguments
            [
                sys.executable,
                "-c",
                "from unspin.cli import main; main()",
                "read",
                "--json",
                article.parent,
            ],
            stdout=output,
            stderr=subprocess.PIPE,
            timeout=120,
            check=False,
        )
    assert ended.returncode == 0
    assert b"(what is being written: 1)" in ended.stderr
    assert (article.parent / "a.jsonl").read_bytes().count(b"\n") == 1
