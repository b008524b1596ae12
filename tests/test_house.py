"""The rules of the house that no linter knows."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

import unspin

PACKAGE = Path(unspin.__file__).parent
ROOT = Path(__file__).parents[1]
MODULES = sorted(PACKAGE.rglob("*.py"))
EVERY_MODULE = pytest.mark.parametrize(
    "path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix()
)
# One door per dependency: the modules that may import it.
DOORS = {
    "charset_normalizer": {"reading/decoding.py"},
    "dateparser": {"reading/moments.py"},
    "ftfy": {"reading/decoding.py"},
    "httpcore2": {"reading/web.py"},
    "httpx2": {"reading/web.py"},
    "jinja2": {"showing/page.py"},
    "lxml": {"bench/pasting.py", "reading/feeds.py", "reading/html.py"},
    "markdown_it": {"reading/markdown.py"},
    "onnx": {"train/export.py"},
    "onnxruntime": {"model/graphs.py", "train/export.py"},
    "markupsafe": {"showing/charts.py", "showing/page.py"},
    "protego": {"reading/web.py"},
    "py3langid": {"reading/assembly.py"},
    "pyarrow": {"wire.py"},
    "pypdfium2": {"reading/pdfium.py"},
    "rich": {"cli.py", "showing/lines.py", "showing/overview.py", "showing/terminal.py"},
    "trafilatura": {"reading/second_opinion.py"},
    "typer": {"cli.py"},
    "vl_convert": {"showing/charts.py"},
    # the network by another door, processes, and what would run foreign code
    "http": set(),
    "multiprocessing": set(),
    "pickle": set(),
    "requests": set(),
    "socket": {"reading/web.py"},
    "sqlite3": {"library.py"},
    "ssl": {"reading/web.py"},
    "subprocess": {"reading/confined.py"},
    "urllib.request": set(),
}
FOLDERS = {
    "numpy": ("reading/", "model/", "comparing/", "bench/", "train/"),
    "sklearn": ("train/",),
    "tokenizers": ("model/", "train/"),
    "torch": ("train/",),
    "transformers": ("train/",),
}
BANNED = {"base", "common", "core", "helpers", "manager", "misc", "utils"}


def name(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def imported(path: Path) -> Iterator[str]:
    """The modules that a module imports, at its top and inside functions."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def third_party(path: Path) -> set[str]:
    roots = {module.split(".")[0] for module in imported(path)}
    return roots - sys.stdlib_module_names - {"unspin"}


@EVERY_MODULE
def test_every_module_says_what_it_is(path: Path) -> None:
    assert ast.get_docstring(tree(path))


@EVERY_MODULE
def test_no_module_has_a_name_that_says_nothing(path: Path) -> None:
    assert path.stem not in BANNED
    assert path.parent.name not in BANNED


@EVERY_MODULE
def test_every_dependency_comes_in_by_its_door(path: Path) -> None:
    for module in imported(path):
        for dependency, doors in DOORS.items():
            if module == dependency or module.startswith(f"{dependency}."):
                assert name(path) in doors, f"{dependency} is not to be imported here"
        for dependency, folders in FOLDERS.items():
            if module.split(".")[0] == dependency:
                assert name(path).startswith(folders), f"{dependency} is not to be imported here"


def test_every_door_is_used() -> None:
    roots = {name(path): set(imported(path)) for path in MODULES}
    for dependency, doors in DOORS.items():
        for door in doors:
            assert any(
                module == dependency or module.startswith(f"{dependency}.")
                for module in roots[door]
            ), f"{door} does not import {dependency}"


def test_every_third_party_import_has_a_door() -> None:
    for path in MODULES:
        assert third_party(path) <= DOORS.keys() | FOLDERS.keys(), name(path)


def test_what_is_imported_is_what_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = [line for lines in project["optional-dependencies"].values() for line in lines]
    declared = {
        re.split(r"[\[<>=;\s]", line)[0].lower().replace("_", "-")
        for line in [*project["dependencies"], *extras]
    }
    owners = packages_distributions()
    used = {
        distribution.lower().replace("_", "-")
        for path in MODULES
        for module in third_party(path)
        for distribution in owners.get(module, [])
    }
    training = {"onnx", "onnxscript", "scikit-learn", "torch", "transformers"}
    missing_extras = training | {"pyarrow"}  # need not be installed here
    assert used - declared == {"markupsafe"} & used  # it comes with jinja2, which it is a part of
    assert declared - used - missing_extras <= {"lxml-html-clean"}  # for trafilatura's sake


@EVERY_MODULE
def test_no_name_hides_a_module(path: Path) -> None:
    """`from unspin.x import x` would make the module `unspin.x.x` out of reach."""
    if path.name != "__init__.py":
        return
    neighbours = {sibling.stem for sibling in path.parent.iterdir()} - {"__init__"}
    bound = {
        alias.asname or alias.name
        for node in tree(path).body
        if isinstance(node, ast.ImportFrom) and node.module != _package(path)
        for alias in node.names
    }
    defined = {
        node.name for node in tree(path).body if isinstance(node, ast.FunctionDef | ast.ClassDef)
    }
    assert not neighbours & (bound | defined)


def _package(path: Path) -> str:
    return ".".join(("unspin", *path.parent.relative_to(PACKAGE).parts))


@EVERY_MODULE
def test_nothing_prints_but_the_program(path: Path) -> None:
    calls = [node.func for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]
    assert not any(isinstance(call, ast.Name) and call.id == "print" for call in calls)


@EVERY_MODULE
def test_only_the_program_reads_the_environment(path: Path) -> None:
    attributes = {
        node.attr
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "os"
    }
    if name(path) not in {"cli.py", "reading/confined.py"}:
        assert not attributes & {"environ", "getenv"}


def test_the_front_door_is_sorted_and_true() -> None:
    assert unspin.__all__ == sorted(unspin.__all__)
    for exported in unspin.__all__:
        assert getattr(unspin, exported).__doc__


def test_no_test_module_tests_what_is_not_there() -> None:
    for path in (ROOT / "tests").rglob("*/test_*.py"):
        stage = PACKAGE / path.parent.relative_to(ROOT / "tests")
        assert stage.is_dir(), path


def test_locks_name_no_index_and_pin_every_file() -> None:
    for lock in (ROOT / "requirements").glob("*.txt"):
        text = lock.read_text("utf-8")
        assert not re.search(r"https?://|file:|^--?[a-z]|@ ", text, re.MULTILINE)
        for requirement in re.split(r"\n(?=\S)", text):
            if not requirement.startswith("#"):
                assert "--hash=sha256:" in requirement
                assert "==" in requirement.split()[0]


@pytest.mark.parametrize("needle", ["TO" + "DO", "FIX" + "ME", "NotImplemented" + "Error"])
def test_nothing_is_left_for_later(needle: str) -> None:
    for path in MODULES:
        assert needle not in path.read_text("utf-8"), name(path)


def test_no_machine_stands_in_the_project() -> None:
    places = re.compile(r"(?<![\w./])/(?:work|root)/\w|/tmp/(?:lab|bash)")
    for folder in ("src", "tests", "docs", "examples"):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in {".py", ".md", ".html", ".txt", ".json"} and path != Path(__file__):
                assert not places.search(path.read_text("utf-8", "replace")), path
