"""An invented article with every layer marked by hand, a folder of snapshots, and a browser."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from unspin.types import (
    LAYERS,
    Block,
    BlockKind,
    Caveat,
    Claim,
    Document,
    Figure,
    Found,
    Furniture,
    MadeBy,
    Marks,
    Origin,
    Settings,
    Slip,
    Span,
    Speaker,
    Statement,
    Technique,
    TimeExpression,
    Voice,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
_BLOCKS: tuple[tuple[BlockKind, str], ...] = (
    ("heading", "Talks on the Sellin water treaty enter a third day"),
    (
        "paragraph",
        (
            "Prime Minister Dara Velk of Orvane warned on Tuesday that “a treaty signed in the "
            "dark will not see the morning”, as delegations met for a third day in Port Sellin."
        ),
    ),
    (
        "paragraph",
        (
            "More than 340 people have been moved from the lower valley since 2 March, according "
            "to the Tarsh relief office. A senior official, who asked not to be named, said Velk "
            "had told aides that “nobody in this room will move first”."
        ),
    ),
    ("heading", "A dam and its neighbours"),
    (
        "paragraph",
        (
            "“We will open the gates,” Tarsh negotiator Ilo Renn said, “when the maps are on the "
            "table.” He claimed that water levels had fallen by between 12 and 15 percent."
        ),
    ),
    ("blockquote", "The gates stay shut until the last village is dry."),
    ("caption", "The Sellin dam, seen from the Orvane bank."),
    ("item", "Orvane: 210 villages and 131 farms, 340 in all"),
    (
        "paragraph",
        (
            "It is time somebody said it: this shameful farce has gone on long enough, and it "
            "must end."
        ),
    ),
)


@pytest.fixture
def marks() -> Marks:
    return _made()


@pytest.fixture
def spoilt(marks: Marks) -> Callable[[str], Marks]:
    """The article with a payload in every field that holds words."""

    def spoil(payload: str) -> Marks:
        found = marks.document
        document = replace(
            found,
            text=f"{found.text}\n\n{payload}",
            title=payload,
            authors=(payload,),
            outlet=payload,
            section=payload,
            canonical=payload,
            credit=payload,
            language=payload,
            found=replace(found.found, title=payload, canonical=payload),
            furniture=(replace(found.furniture[0], text=payload, place=payload),),
            origin=replace(found.origin, location=payload, reader=payload, media_type=payload),
            warnings=(replace(found.warnings[0], message=payload),),
        )
        first = replace(
            marks.statements[0],
            words=(Span(len(found.text) + 2, len(document.text)),),
            speakers=(Speaker((), payload, "person"),),
        )
        return replace(
            marks,
            document=document,
            statements=(first, *marks.statements[1:]),
            figures=(replace(marks.figures[0], unit=payload, as_of=payload),),
            techniques=(
                replace(marks.techniques[0], name=payload, explanation=payload, plainer=(payload,)),
            ),
            slips=(replace(marks.slips[0], message=payload),),
            made_by=replace(marks.made_by, bundle=payload),
        )

    return spoil


@pytest.fixture
def snapshot() -> Callable[[str, str], None]:
    """Compares with the file of that name; a missing file is written, and fails this once."""
    folder = Path(__file__).parents[1] / "snapshots"

    def compare(name: str, content: str) -> None:
        path = folder / name
        if not path.exists():
            folder.mkdir(exist_ok=True)
            path.write_bytes(content.encode())
            pytest.fail(f"{path} was missing and is now written: look at it, then run again")
        assert content == path.read_bytes().decode()

    return compare


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    driver = pytest.importorskip(
        "playwright.sync_api", reason="NOT CHECKED IN A BROWSER: playwright is not installed"
    )
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("NOT CHECKED IN A BROWSER: Chromium is not installed")
    with driver.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: "Browser", tmp_path: Path) -> Iterator[Callable[..., "Page"]]:
    """Opens the markup of a page, which must ask for nothing and fail at nothing."""
    opened = []

    def open_markup(markup: str, *, width: int = 1280, script: bool = True) -> "Page":
        path = tmp_path / "page.html"
        path.write_text(markup, "utf-8")
        context = browser.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=script
        )
        opened.append(context)
        page = context.new_page()
        page.on("request", lambda request: requests.append(request.url))
        page.on("console", lambda message: console.append(message.text))
        page.on("pageerror", lambda error: console.append(str(error)))
        page.goto(path.as_uri())
        return page

    requests: list[str] = []
    console: list[str] = []
    yield open_markup
    for context in opened:
        context.close()
    assert [address for address in requests if not address.startswith("file://")] == []
    assert len(requests) == len(opened)
    assert console == []


def _made() -> Marks:
    text = "\n\n".join(words for _, words in _BLOCKS)

    def at(words: str, after: str = "") -> Span:
        start = text.index(words, text.index(after))
        return Span(start, start + len(words))

    blocks = []
    position = 0
    for number, (kind, words) in enumerate(_BLOCKS):
        blocks.append(Block(Span(position, position + len(words)), kind, f"/html/p[{number}]"))
        position += len(words) + 2
    opinion = blocks[-1].span
    return Marks(
        document=Document(
            id="0123456789abcdef",
            text=text,
            title=_BLOCKS[0][1],
            authors=("Mira Osk",),
            outlet="The Port Sellin Courier",
            published=datetime(2031, 3, 4, 18, 30, tzinfo=UTC),
            modified=None,
            section="World",
            language="en",
            canonical="https://courier.example/world/sellin-talks",
            credit=None,
            found=Found(
                title="h1", authors="meta[author]", published="JSON-LD", outlet="og:site_name"
            ),
            blocks=tuple(blocks),
            furniture=(
                Furniture("navigation", "/html/nav", "Home World Money Weather"),
                Furniture("cookie", "/html/div[1]", "We value your privacy. Accept all"),
                Furniture("navigation", "/html/footer/nav", "Contact"),
            ),
            origin=Origin(
                "https://courier.example/world/sellin-talks?from=front",
                "9f" * 32,
                "text/html",
                "html/1",
                datetime(2031, 3, 5, 7, 0, tzinfo=UTC),
            ),
            warnings=(Caveat("date-disputed", "the page gives 4 March and 5 March 2031"),),
        ),
        statements=(
            Statement(
                (at("a treaty signed in the dark will not see the morning"),),
                "direct",
                (at("warned"),),
                "emotive",
                (Speaker((at("Prime Minister Dara Velk of Orvane"),), "Dara Velk", "person"),),
                None,
                1.0,
            ),
            Statement(
                (at("More than 340 people have been moved from the lower valley since 2 March"),),
                "indirect",
                (at("according to"),),
                "neutral",
                (Speaker((at("the Tarsh relief office"),), "Tarsh relief office", "organisation"),),
                None,
                0.92,
            ),
            Statement(
                (at("Velk had told aides that “nobody in this room will move first”"),),
                "mixed",
                (at("said", "named"),),
                "neutral",
                (Speaker((at("A senior official"),), None, "unnamed"),),
                None,
                0.9,
            ),
            Statement(
                (at("nobody in this room will move first"),),
                "direct",
                (at("had told"),),
                "neutral",
                (Speaker((at("Velk", "named, said"),), "Dara Velk", "person"),),
                2,
                0.8,
            ),
            Statement(
                (at("We will open the gates,"), at("when the maps are on the table.")),
                "direct",
                (at("said", "Ilo Renn"),),
                "neutral",
                (Speaker((at("Tarsh negotiator Ilo Renn"),), "Ilo Renn", "person"),),
                None,
                1.0,
            ),
            Statement(
                (at("water levels had fallen by between 12 and 15 percent"),),
                "indirect",
                (at("claimed"),),
                "doubting",
                (Speaker((at("He", "on the table"),), "Ilo Renn", "person"),),
                None,
                0.75,
            ),
            Statement(
                (at("The gates stay shut until the last village is dry."),),
                "direct",
                (),
                None,
                (),
                None,
                0.4,
            ),
        ),
        voices=(
            Voice(Span(0, opinion.start), "report", 0.9),
            Voice(opinion, "opinion", 0.8),
        ),
        claims=(
            Claim(
                at("More than 340 people have been moved from the lower valley since 2 March"),
                "quantity",
                0.62,
                1,
            ),
            Claim(at("water levels had fallen by between 12 and 15 percent"), "event", 0.91, 5),
            Claim(at("210 villages and 131 farms, 340 in all"), "quantity", 0.7, "report"),
        ),
        figures=(
            Figure(
                at("More than 340 people"),
                340.0,
                None,
                "person",
                at("people"),
                "more",
                None,
                None,
                at("the lower valley"),
                1,
            ),
            Figure(
                at("between 12 and 15 percent"),
                12.0,
                15.0,
                "percent",
                None,
                "exact",
                "fall",
                None,
                None,
                5,
            ),
            Figure(
                at("210"), 210.0, 210.0, None, at("villages"), "exact", None, None, None, "report"
            ),
        ),
        dates=(
            TimeExpression(at("Tuesday"), date(2031, 3, 4), date(2031, 3, 4), True, None, "report"),
            TimeExpression(at("since 2 March"), date(2031, 3, 2), None, True, None, 1),
            TimeExpression(
                at("third day", "as delegations"),
                None,
                None,
                False,
                at("delegations met"),
                "report",
            ),
        ),
        techniques=(
            Technique(
                at("in the dark will not see the morning"),
                "loaded_language",
                0.66,
                0,
                "Words that carry a judgement of their own.",
                (),
            ),
            Technique(
                at("shameful farce"),
                "loaded_language",
                0.81,
                "opinion",
                "Words that carry a judgement of their own.",
                ("long meeting", "talks"),
            ),
        ),
        slips=(Slip(at("340 in all"), "total", "210 and 131 make 341, not 340."),),
        made_by=MadeBy("0.1.0", "rules", Settings(LAYERS)),
    )
