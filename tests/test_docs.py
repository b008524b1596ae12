"""The documentation is true: everything there is is documented, and what is written works."""

import ast
import dataclasses
import doctest
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
import typer

import unspin
from unspin import bench, cli, errors, types
from unspin.showing import terminal

ROOT = Path(__file__).parents[1]
REFERENCE = (ROOT / "docs" / "reference.md").read_text("utf-8")
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("examples/*.md")])
EVERY_PAGE = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
COMMANDS = sorted(typer.main.get_group(cli.app).commands.items())


def fenced(page: Path, language: str) -> list[str]:
    """The code blocks of a page in a language."""
    text = page.read_text("utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def section(heading: str) -> str:
    """The part of the reference under a heading."""
    _, _, rest = REFERENCE.partition(f"\n{heading}\n")
    assert rest, heading
    level = heading.split(maxsplit=1)[0]
    return re.split(rf"^#{{1,{len(level)}}} ", rest, flags=re.MULTILINE)[0]


def section_of(command: str) -> str:
    [heading] = re.findall(rf"^### `unspin {command} .*`$", REFERENCE, re.MULTILINE)
    return section(heading)


@pytest.mark.parametrize(("command", "parsed"), COMMANDS, ids=lambda value: str(value)[:5])
def test_every_command_and_option_has_help_and_is_in_the_reference(
    command: str,
    parsed: Any,  # noqa: ANN401 - typer keeps its classes to itself
) -> None:
    assert parsed.help
    assert parsed.epilog
    documented = section_of(command)
    if command in {"mark", "compare"}:
        documented += section_of("read")  # "all options of read, and"
    for parameter in parsed.params:
        for name in parameter.opts if parameter.param_type_name == "option" else ():
            assert getattr(parameter, "help", None), name
            assert re.search(rf"^\| `{name}[ `]", documented, re.MULTILINE), name


def test_the_reference_has_no_option_that_is_not_there() -> None:
    real = {
        name for _, parsed in COMMANDS for parameter in parsed.params for name in parameter.opts
    } | {"--version", "--debug", "--help"}
    assert set(re.findall(r"^\| `(--[a-z]+)", REFERENCE, re.MULTILINE)) <= real


def test_every_task_is_in_the_reference() -> None:
    assert all(f"`{task}`" in section_of("bench") for task in bench.tasks())


@pytest.mark.parametrize(
    ("heading", "names"),
    [
        ("### Warnings", get_args(types.WarningCode)),
        ("### Furniture", get_args(types.FurnitureKind)),
    ],
)
def test_every_code_has_its_row_and_no_row_is_left_over(
    heading: str, names: tuple[str, ...]
) -> None:
    assert re.findall(r"^\| `([a-z-]+)`", section(heading), re.MULTILINE) == list(names)


@pytest.mark.parametrize(
    "words",
    [types.BlockKind, types.Speech, types.CueKind, types.WhoKind, types.ClaimKind, types.Bound,
     types.Change],
)  # fmt: skip
def test_every_word_a_field_can_hold_is_in_the_reference(words: object) -> None:
    assert all(f"`{word}`" in section("## JSON") for word in get_args(words))


def test_every_field_of_the_json_is_in_the_reference() -> None:
    for _, kind in inspect.getmembers(types, dataclasses.is_dataclass):
        for field in dataclasses.fields(kind):
            if kind is not types.Span:
                assert f"`{field.name}`" in section("## JSON") or kind is types.Found, field.name
    for field in dataclasses.fields(types.Found):
        assert field.name in section("### The document")


def test_every_error_class_is_in_the_reference() -> None:
    classes = [
        name
        for name, kind in inspect.getmembers(errors, inspect.isclass)
        if issubclass(kind, errors.UnspinError)
    ]
    rows = re.findall(r"^\| `([A-Z]\w+)` \|", section("## Errors"), re.MULTILINE)
    assert sorted(rows) == sorted(classes)
    assert all(name in (errors.__doc__ or "") for name in classes)


def test_every_error_code_is_in_the_reference() -> None:
    documented = set(re.findall(r"^\| `([a-z-]+)`", section("## Errors"), re.MULTILINE))
    assert set(codes()) <= documented


def codes() -> Iterator[str]:
    """The codes that stand in calls of an error's constructor."""
    for path in Path(unspin.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Name(id="SourceError" | "RefusedError" | "EmptyError"),
                    args=[_, ast.Constant(value=str(code)), *_],
                ):
                    yield code


@EVERY_PAGE
def test_examples_in_python_run(page: Path) -> None:
    for code in fenced(page, "python"):
        if ">>>" not in code:
            compile(code, page.name, "exec")
    found = doctest.DocTestParser().get_doctest(
        page.read_text("utf-8"), {}, page.name, str(page), 0
    )
    assert doctest.DocTestRunner(verbose=False).run(found).failed == 0


@EVERY_PAGE
def test_every_make_target_named_is_in_the_makefile(page: Path) -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    named = re.findall(r"(?:^|`)make ([a-z]+)", page.read_text("utf-8"), re.MULTILINE)
    assert set(named) <= targets


@EVERY_PAGE
def test_every_command_line_shown_can_be_parsed(page: Path) -> None:
    commands = dict(COMMANDS)
    shown = "\n".join(fenced(page, r"(?:console|sh|text)?"))
    for line in re.findall(r"^(?:\$ )?unspin ([a-z].*)$", shown, re.MULTILINE):
        command, *rest = re.split(r"\s+", line.split("|")[0].split(">")[0].strip())
        assert command in commands, line
        real = {name for parameter in commands[command].params for name in parameter.opts}
        assert {word for word in rest if word.startswith("--")} <= real | {"--help", "--debug"}


@EVERY_PAGE
def test_links_lead_somewhere(page: Path) -> None:
    text = re.sub(r"^```.*?^```$", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"https?:", target):
            continue
        path, _, anchor = target.partition("#")
        aim = page.parent / path if path else page
        assert aim.exists(), target
        if anchor and aim.suffix == ".md":
            headings = re.findall(r"^#+ (.*)$", aim.read_text("utf-8"), re.MULTILINE)
            assert anchor in {re.sub(r"[^\w -]", "", h).lower().replace(" ", "-") for h in headings}


def test_the_changelog_has_this_version() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert re.search(rf"^## \[{re.escape(unspin.__version__)}\]", changelog, re.MULTILINE)


def test_the_readme_gives_the_two_commands() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert "make demo" in readme
    assert "make test" in readme


def test_the_readme_shows_what_the_terminal_shows() -> None:
    (shown,) = fenced(ROOT / "README.md", "text")
    (document,) = unspin.read(ROOT / "examples" / "wire_tideline.html")
    assert isinstance(document, types.Document)
    printed = terminal.render(unspin.mark(document), width=80)
    places = [printed.find(paragraph.strip("\n")) for paragraph in shown.split("\n\n")]
    assert -1 not in places
    assert places == sorted(places)
