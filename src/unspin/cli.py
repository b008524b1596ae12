"""The command line: parse, call, show. Results go to stdout, talk to stderr.

Exit status: 0 fine, 1 something could not be read, 2 wrong usage.
"""

import io
import logging
import os
import re
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from unspin import __version__
from unspin.errors import LibraryError, SourceError, UnspinError, UsageError

if TYPE_CHECKING:
    from unspin.flow import Access
    from unspin.library import Library
    from unspin.types import Comparison, Document, Layer, Marks

Value = TypeVar("Value")

# What a terminal would obey instead of show: controls, and marks that turn the writing direction.
_OBEYED = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_LOGGED = 60.0  # seconds between lines about a training that no terminal shows
_SOURCES = typer.Argument(metavar="SOURCE", hidden=True)  # the help of each command says it
_Sources = Annotated[list[str], _SOURCES]
_JsonLines = Annotated[bool, typer.Option("--json", help="Print one JSON object a line.")]
_Json = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
_Local = Annotated[
    bool,
    typer.Option(
        "--local", help="Fetch addresses that are not public too: this machine, a private network."
    ),
]
_Keep = Annotated[
    Path | None,
    typer.Option(
        "--keep",
        metavar="FOLDER",
        help="Store the original bytes of each source in FOLDER, named by their sha256.",
        show_default=False,
    ),
]
_Cache = Annotated[
    Path | None,
    typer.Option(
        "--cache",
        metavar="FOLDER",
        help="Keep fetched pages in FOLDER and ask the server only whether they have changed.",
        show_default=False,
    ),
]
_Library = Annotated[
    Path | None,
    typer.Option(
        "--library",
        metavar="FILE",
        help="Keep documents and marks in FILE, and mark nothing again that it holds.",
        show_default=False,
    ),
]
_Page = Annotated[
    Path | None,
    typer.Option(
        "--html",
        metavar="FILE",
        help="Write one self-contained page to FILE.",
        show_default=False,
    ),
]
_Limit = Annotated[
    int,
    typer.Option(
        "--limit", metavar="N", min=1, help="Read at most N entries of a feed or sitemap."
    ),
]


class Licences(StrEnum):
    """Which data sets an encoder may learn from."""

    ALL = "all"
    OPEN = "open"


app = typer.Typer(
    name="unspin",
    help="Who said what, in whose voice, and where the accounts part.",
    epilog="Example: unspin mark article.html. Each command has its own --help.",
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@dataclass(slots=True)
class _State:
    """What one run of the program remembers."""

    debug: bool = False
    failures: int = 0


_state = _State()


def main() -> None:
    """Run the program with the arguments of the process and exit with its status."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """The exit status of `unspin ARGUMENTS`."""
    _state.debug = False
    _state.failures = 0
    _prepare_streams()
    try:
        status = app(_ordered(arguments), prog_name="unspin", standalone_mode=False)
        sys.stdout.flush()
    except _Enough:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1 if _state.failures else 0
    except KeyboardInterrupt:
        return 130
    except typer.TyperException as error:
        return _usage(error)
    except UnspinError as error:
        _say(str(error))
        _show_cause(error)
        return 2 if isinstance(error, UsageError) else 1
    except Exception as error:  # noqa: BLE001 - the last one to catch it tells it in one line
        _say(f"internal error ({type(error).__name__}: {error}). Please report it with --debug.")
        if _state.debug:
            traceback.print_exception(error)
        return 1
    return int(status or 0) or (1 if _state.failures else 0)


def _ordered(arguments: list[str]) -> list[str]:
    """`--debug` holds wherever it stands; nothing at all asks for help."""
    if "--debug" in arguments:
        return ["--debug", *(argument for argument in arguments if argument != "--debug")]
    return arguments or ["--help"]


def _version(wanted: bool) -> None:  # noqa: FBT001 - the callback of a flag
    if wanted:
        _print(f"unspin {__version__}")
        raise typer.Exit


@app.callback()
def _program(
    *,
    version: Annotated[  # noqa: ARG001 - its callback has done it all
        bool,
        typer.Option(
            "--version", help="Print the version and exit.", is_eager=True, callback=_version
        ),
    ] = False,
    debug: Annotated[
        bool, typer.Option("--debug", help="Show the traceback of what went wrong.")
    ] = False,
) -> None:
    _state.debug = debug
    logging.getLogger("unspin").setLevel(logging.DEBUG if debug else logging.INFO)


@app.command(
    short_help="Print the clean text of articles.",
    epilog="Example: unspin read --json articles/ https://outlet.example/story",
)
def read(  # noqa: PLR0913 - the options of the command
    sources: _Sources,
    *,
    json: _JsonLines = False,
    keep: _Keep = None,
    local: _Local = False,
    limit: _Limit = 50,
    cache: _Cache = None,
) -> None:
    """Read sources and print each article's clean text and what is known of it.

    SOURCE is an address, a file, a folder, a library, or - for standard input.
    """
    from unspin import flow

    show = _line if json else _document_view()
    documents = flow.read(sources, _access(local, cache, keep, limit))
    for document in _successes(documents, printing=True):
        _print(show(document))


@app.command(
    short_help="Show the X-ray of articles.",
    epilog="Example: unspin mark --html xray.html article.html",
)
def mark(  # noqa: PLR0913 - the options of the command
    sources: _Sources,
    *,
    json: _JsonLines = False,
    html: _Page = None,
    layers: Annotated[
        str,
        typer.Option(
            "--layers",
            metavar="LIST",
            help="Look only for these layers, separated by commas.",
        ),
    ] = "statements,voices,claims,figures,dates,techniques,slips",
    library: _Library = None,
    keep: _Keep = None,
    local: _Local = False,
    limit: _Limit = 50,
    cache: _Cache = None,
) -> None:
    """Show the X-ray of each article: who is quoted, in which voice, with which figures.

    SOURCE is an address, a file, a folder, a library, or - for standard input.
    """
    from unspin import flow

    if html:
        _writable(html, [*sources, library])
    printing = json or not html
    show = _line if json else _marks_view()
    access = _access(local, cache, keep, limit)
    shown = []
    with _opened(library) as kept:
        found = flow.mark(sources, access, layers=_layers(layers), library=kept)
        for marks in _successes(found, printing=printing):
            if html:
                shown.append(marks)
            if printing:
                _print(show(marks))
    if html and shown:
        from unspin.showing import report

        _write(html, report.render(shown))
        _say(f"{_articles(len(shown))} written to {html}")


@app.command(
    short_help="Show where the accounts of many articles part.",
    epilog="Example: unspin compare --html comparison.html articles/",
)
def compare(  # noqa: PLR0913 - the options of the command
    sources: Annotated[list[str] | None, _SOURCES] = None,
    *,
    json: _Json = False,
    html: _Page = None,
    library: _Library = None,
    keep: _Keep = None,
    local: _Local = False,
    limit: _Limit = 50,
    cache: _Cache = None,
) -> None:
    """Show where the accounts of many articles agree and where they part.

    Which are one story and which are copies; quotations, figures and dates that differ; who is
    quoted, what is left out, who changed position.

    SOURCE is an address, a file, a folder, a library, or - for standard input. Without SOURCE all
    of the library is compared.
    """
    from unspin import flow

    if not sources:
        if library is None:
            msg = "nothing to compare: no SOURCE is given, and no library with --library."
            raise UsageError(msg)
        _must_exist([library], "--library")
    if html:
        _writable(html, [*(sources or ()), library])
    access = _access(local, cache, keep, limit)
    with _opened(library) as kept, _progress(True) as tell:
        found = flow.gather(sources or [str(library)], access, library=kept)
        marks = list(_sound(found, tell))
        if not marks:
            msg = "no article to compare. Give other sources."
            raise UnspinError(msg)
        if len(marks) == 1:
            _say("one article alone: there is no other to compare it with")
        comparison = flow.compared(marks, tell)
    if json:
        _print(_line(comparison))
    elif not html:
        _print(_comparison_view()(comparison, marks))
    if html:
        from unspin.showing import comparison as view

        _write(html, view.page(comparison, marks))
        _say(f"comparison of {_articles(len(marks))} written to {html}")


@app.command(
    short_help="Score unspin on labelled data.",
    epilog="Example: unspin bench reading --data pages.jsonl.gz --json",
)
def bench(  # noqa: PLR0913 - the options of the command
    task: Annotated[str, typer.Argument(metavar="TASK", hidden=True)],
    more: Annotated[list[Path] | None, typer.Argument(metavar="PATH", hidden=True)] = None,
    *,
    data: Annotated[
        list[Path],
        typer.Option(
            "--data", metavar="PATH...", help="Labelled data: files or folders.", show_default=False
        ),
    ],
    json: _Json = False,
    bundle: Annotated[
        Path | None,
        typer.Option(
            "--bundle",
            metavar="FOLDER",
            help="Score this model bundle instead of the one that comes with unspin.",
            show_default=False,
        ),
    ] = None,
    gate: Annotated[
        Path | None,
        typer.Option(
            "--gate",
            metavar="FILE",
            help="Fail when a score is below its floor in FILE, or the data are others.",
            show_default=False,
        ),
    ] = None,
    raising: Annotated[
        bool,
        typer.Option(
            "--raise",
            help="Write the scores reached into the gate as its floors; none is ever lowered.",
        ),
    ] = False,
) -> None:
    """Score a task on labelled data with the metric of the data set.

    TASK is reading, attribution, techniques, claims, voices, pairs, figures, dates, slips, quoting,
    names, copies, stories, speakers, quotations, conflicts, evenness or speed.
    """
    from functools import partial

    from unspin import bench
    from unspin.bench import gates, models

    if raising and not gate:
        msg = "--raise: no gate to raise. Name its file with --gate."
        raise UsageError(msg)
    paths = [*data, *(more or ())]
    _must_exist(paths, "--data")
    _must_exist([bundle] if bundle else [], "--bundle")
    pinned = gates.read(gate, raising=raising) if gate else None
    with _progress(True) as tell:
        load = partial(models.load, bundle)
        report = bench.run(task, paths, lambda count: tell(f"{count} done"), load)
    if json:
        _print(_line(report))
    else:
        from unspin.showing import scores

        _print(scores.render(report.scores, report.by))
    for fault in gates.hold(gate, pinned, report, raising=raising) if gate else ():
        _state.failures += 1
        _say(fault)


@app.command(
    short_help="Train a model that ships with unspin.",
    epilog="Example: unspin train reading --data pages.jsonl.gz --to src/unspin/reading/model",
)
def train(  # noqa: PLR0913 - the options of one command
    model: Annotated[str, typer.Argument(metavar="MODEL", hidden=True)],
    *,
    data: Annotated[
        list[Path],
        typer.Option(
            "--data", metavar="PATH", help="Labelled data: a file or folder.", show_default=False
        ),
    ],
    to: Annotated[Path, typer.Option("--to", metavar="FOLDER", help="Where to write the model.")],
    weights: Annotated[
        Path | None,
        typer.Option(
            "--weights",
            metavar="FOLDER",
            help="For bundle and teacher: the pretrained encoder as safetensors, "
            "all-MiniLM-L6-v2 for the bundle.",
            show_default=False,
        ),
    ] = None,
    licences: Annotated[
        Licences,
        typer.Option("--licences", help="For bundle: learn from all data sets, or open ones only."),
    ] = Licences.ALL,
    seed: Annotated[
        int,
        typer.Option(
            "--seed", metavar="NUMBER", help="For bundle and teacher: the order of examples."
        ),
    ] = 1,
    teacher: Annotated[
        list[Path] | None,
        typer.Option(
            "--teacher",
            metavar="FOLDER",
            help="For bundle: teachers and bundles trained before, to learn from on news that "
            "nobody labelled; it starts from the mean of the bundles.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Train a model on labelled data and write it; needs the extra `train`.

    MODEL is reading, pasted, stories, teacher or bundle.

    `bundle` takes the folder of all data sets, and two hours or three on two cores. `teacher` is a
    larger encoder that no bundle holds, for bundles to learn from. Interrupted, both go on where
    they were when the same command is given again.
    """
    from unspin import train

    with _progress(True, every=_LOGGED) as tell:
        if model == "bundle":
            written = train.encoders(
                data,
                weights,
                to,
                tell,
                only_open=licences is Licences.OPEN,
                seed=seed,
                taught_by=teacher or [],
            )
        elif model == "teacher":
            written = train.teacher(data, weights, to, tell, seed)
        else:
            written = train.run(model, data, to, lambda count: tell(f"{count} pages"))
    _say(f"{model} written to {written}")


def _access(local: bool, cache: Path | None, keep: Path | None, limit: int) -> "Access":  # noqa: FBT001 - passed on from the options
    from unspin.flow import Access

    return Access(local=local, cache=cache, keep=keep, limit=limit)


@contextmanager
def _opened(library: Path | None) -> "Iterator[Library | None]":
    """The library in that file; UsageError before anything is done where there can be none."""
    if library is None:
        yield None
        return
    from unspin.library import Library

    try:
        kept = Library.open(library)
    except LibraryError as error:
        msg = f"--library {error}"
        raise UsageError(msg) from error
    with kept:
        yield kept


def _layers(names: str) -> "tuple[Layer, ...]":
    from unspin.types import LAYERS

    wanted = {name.strip() for name in names.split(",")}
    if unknown := wanted.difference(LAYERS):
        listed = ", ".join(sorted(unknown))
        msg = f"--layers: no layer '{listed}'. Choose from {', '.join(LAYERS)}."
        raise UsageError(msg)
    return tuple(layer for layer in LAYERS if layer in wanted)


def _successes(results: Iterable[Value | SourceError], *, printing: bool) -> Iterator[Value]:
    """The results that are no failures; failures are told and counted on the way."""
    with _progress(not (printing and sys.stdout.isatty())) as tell:
        yield from _sound(results, tell)


def _sound(results: Iterable[Value | SourceError], tell: Callable[[str], None]) -> Iterator[Value]:
    successes = 0
    for result in results:
        if isinstance(result, SourceError):
            _state.failures += 1
            _say(str(result))
            _show_cause(result)
        else:
            successes += 1
            yield result
        tell(f"{successes} read, {_state.failures} failed")
    if _state.failures and successes + _state.failures > 1:
        _say(f"{successes} read, {_state.failures} could not be read")


@contextmanager
def _progress(
    long: bool,  # noqa: FBT001 - whether it is worth it
    *,
    every: float | None = None,
) -> Iterator[Callable[[str], None]]:
    """A way to tell how far the run is: a line on the terminal, if there is one.

    Where there is none a line is written at most every so many seconds, or never.
    """
    if not long or not sys.stderr.isatty():
        yield (lambda _: None) if every is None else _now_and_then(every)
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("reading", total=None)
        yield lambda told: progress.update(task, description=told)


def _now_and_then(every: float) -> Callable[[str], None]:
    last: float | None = None

    def tell(told: str) -> None:
        nonlocal last
        now = time.monotonic()
        if last is None or now - last >= every:
            last = now
            _say(told)

    return tell


def _document_view() -> "Callable[[Document], str]":
    from unspin.showing import terminal

    width, colour = terminal.fit(sys.stdout, os.environ)
    return lambda document: terminal.document(document, width=width, colour=colour)


def _marks_view() -> "Callable[[Marks], str]":
    from unspin.showing import terminal

    width, colour = terminal.fit(sys.stdout, os.environ)
    return lambda marks: terminal.render(marks, width=width, colour=colour)


def _comparison_view() -> "Callable[[Comparison, list[Marks]], str]":
    from unspin.showing import comparison, terminal

    width, colour = terminal.fit(sys.stdout, os.environ)
    return lambda found, marks: comparison.terminal(found, marks, width=width, colour=colour)


def _articles(count: int) -> str:
    return "1 article" if count == 1 else f"{count} articles"


def _line(value: object) -> str:
    from unspin import wire

    return wire.dumps(value)


class _Enough(Exception):  # noqa: N818 - no error: whoever reads the output has seen enough of it
    pass


def _print(text: str) -> None:
    try:
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()
    except BrokenPipeError as error:
        raise _Enough from error
    except OSError as error:
        msg = f"the output cannot be written ({error.strerror}). Make room, or write elsewhere."
        raise UnspinError(msg) from error


def _say(message: str) -> None:
    sys.stderr.write(f"unspin: {_shown(' '.join(message.split()))}\n")


def _shown(text: str) -> str:
    return _OBEYED.sub(lambda match: ascii(match.group())[1:-1], text)


def _must_exist(paths: Iterable[Path], option: str) -> None:
    for path in paths:
        if not path.exists():
            msg = f"{path}: no such file or folder. Check the path given with {option}."
            raise UsageError(msg)


def _writable(page: Path, read: Iterable[str | Path | None]) -> None:
    """UsageError now rather than after an hour of reading, and over no file but a page of ours."""
    if page.is_dir() or not page.absolute().parent.is_dir():
        msg = f"{page}: no file can be written there. Give a file name in a folder that exists."
        raise UsageError(msg)
    if os.path.realpath(page) in {os.path.realpath(path) for path in read if path}:
        msg = f"{page}: this file is given to be read. Name another for the page after --html."
        raise UsageError(msg)
    if page.is_file() and not _is_ours(page):
        msg = f"{page}: this file is no page of unspin. Name another for the page after --html."
        raise UsageError(msg)


def _is_ours(page: Path) -> bool:
    """Whether nothing is lost where a page is written there: it is one of ours, or empty."""
    from unspin.reading import files

    try:
        with page.open("rb") as file:
            head = file.read(files.HEAD)
    except OSError:  # writing fails with a reason of its own
        return True
    return not head or files.is_ours(head)


def _write(page: Path, content: str) -> None:
    from unspin.reading import files

    try:
        files.store(page, content.encode())
    except OSError as error:
        msg = f"{page}: cannot be written ({error.strerror}). Choose another file."
        raise UsageError(msg) from error


class _Talk(logging.Handler):
    """What the library logs, told on stderr."""

    def emit(self, record: logging.LogRecord) -> None:
        _say(record.getMessage())


def _prepare_streams() -> None:
    """JSON is UTF-8 wherever it runs; what cannot be encoded is escaped, never a crash."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by the caller, who wants none of it
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - until the end
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = None if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace", newline="\n")
    logging.getLogger("unspin").handlers = [_Talk()]


def _show_cause(error: BaseException) -> None:
    if _state.debug:
        traceback.print_exception(error.__cause__ or error)


def _usage(error: typer.TyperException) -> int:
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "unspin"
    _say(f"{error.format_message().rstrip('.')}. Try '{command} --help'.")
    return error.exit_code
