"""The page as a real browser has it: Chromium, driven through Playwright, both needed."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from unspin.showing import report
from unspin.types import Marks

if TYPE_CHECKING:
    from playwright.sync_api import Page

_PAYLOADS = [
    "<img src=x onerror=document.title='PWNED'>",
    "<svg onload=document.title='PWNED'>",
    "</script><script>document.title='PWNED'</script>",
    "<iframe srcdoc=\"<script>parent.document.title='PWNED'</script>\">",
    "<details open ontoggle=document.title='PWNED'>",
    "javascript:document.title='PWNED'",
    "</title><script>document.title='PWNED'</script>",
    "{{7*7}}${7*7}<%=7*7%>",
    "';document.title='PWNED'//",
    "</style><script>document.title='PWNED'</script>",
    "<link rel=stylesheet href=http://127.0.0.1:9/x><style>@import 'http://127.0.0.1:9/y'</style>",
]

pytestmark = pytest.mark.browser


@pytest.fixture
def visit(open_page: Callable[..., "Page"]) -> Callable[..., "Page"]:
    return lambda *marks, **how: open_page(report.render(marks), **how)


@pytest.mark.parametrize("payload", _PAYLOADS)
def test_nothing_an_article_says_runs(
    payload: str,
    marks: Marks,
    spoilt: Callable[[str], Marks],
    visit: Callable[..., "Page"],
) -> None:
    hostile = spoilt(payload)
    page = visit(replace(hostile, document=replace(hostile.document, title="Sentinel")), marks)
    for place in page.locator("summary").all():
        place.click(force=True, timeout=2000) if place.is_visible() else None
    page.wait_for_timeout(100)
    assert page.title() == "X-ray of 2 articles"
    assert page.locator("a[href^='javascript']").count() == 0
    assert page.locator("img, iframe, link, style + style").count() == 0


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_no_sideways_scrolling(
    width: int, marks: Marks, spoilt: Callable[[str], Marks], visit: Callable[..., "Page"]
) -> None:
    page = visit(marks, spoilt("unbroken" * 60), width=width)
    for place in page.locator("summary").all():
        place.click() if place.is_visible() else None
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_layers_are_switched_by_keyboard(
    script: bool,  # noqa: FBT001 - a table
    marks: Marks,
    visit: Callable[..., "Page"],
) -> None:
    page = visit(marks, script=script)
    line = "text-decoration-line"
    style = "(at, name) => getComputedStyle(at).getPropertyValue(name)"
    figure = page.locator("a.mark.figure").first
    notes = page.locator(".notes").first
    assert figure.evaluate(style, line) == "underline"
    page.locator("#layer-figures").focus()
    page.keyboard.press("Space")
    assert figure.evaluate(style, line) == "none"
    page.keyboard.press("Space")
    assert figure.evaluate(style, line) == "underline"
    assert notes.is_visible()
    page.locator("#layer-notes").focus()
    page.keyboard.press("Space")
    assert not notes.is_visible()
    page.locator("#layer-statements").focus()
    page.keyboard.press("Space")
    assert not page.locator(".number").first.is_visible()


def test_the_keyboard_comes_first_to_the_skip_link(
    marks: Marks, visit: Callable[..., "Page"]
) -> None:
    page = visit(marks)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_a_number_lights_its_statement_says_who_and_leads_to_the_list(
    marks: Marks, visit: Callable[..., "Page"]
) -> None:
    page = visit(marks)
    number = page.locator("#d1-p5")
    number.focus()
    page.keyboard.press("Shift")  # a key, so that the focus counts as a keyboard's
    assert "Ilo Renn" in number.evaluate("at => getComputedStyle(at, '::after').content")
    lit = page.locator(".lit")
    assert set(lit.evaluate_all("all => all.map(at => at.dataset.statement)")) == {"d1-5"}
    assert page.locator("span.statement.lit").count() == 2
    page.keyboard.press("Enter")
    assert page.url.endswith("#d1-s5")
    page.keyboard.press("Escape")
    assert lit.count() == 0


def test_a_figure_is_described_by_its_reading(marks: Marks, visit: Callable[..., "Page"]) -> None:
    page = visit(marks)
    described = page.locator("a.mark.figure").first.get_attribute("aria-describedby")
    assert "more than 340 people" in page.locator(f"#{described}").inner_text()


def test_dark_and_light_follow_the_reader(marks: Marks, visit: Callable[..., "Page"]) -> None:
    page = visit(marks)
    ground = "getComputedStyle(document.body).backgroundColor"
    page.emulate_media(color_scheme="light")
    light = page.evaluate(ground)
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(ground) != light


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("#d1-k2", "plainer: long meeting, talks"),
        ("#d1-f1", "more than 340 people"),
        (".body .sign.slip", "210 and 131 make 341"),
        (".body .sign.claim >> nth=1", "claim 1 of 3 to check"),
    ],
)
def test_a_mark_says_what_it_is_when_the_keyboard_comes_to_it(
    script: bool,  # noqa: FBT001 - a table
    place: str,
    told: str,
    marks: Marks,
    visit: Callable[..., "Page"],
) -> None:
    page = visit(marks, script=script)
    mark = page.locator(place).first
    mark.focus()
    page.keyboard.press("Shift")
    assert told in mark.evaluate("at => getComputedStyle(at, '::after').content")
    assert mark.evaluate("at => getComputedStyle(at, '::after').position") == "fixed"


def test_escape_takes_away_what_is_shown_of_a_mark_under_the_pointer(
    marks: Marks, visit: Callable[..., "Page"]
) -> None:
    page = visit(marks)
    shown = "at => getComputedStyle(at, '::after').display"
    figure = page.locator("#d1-f1")
    figure.hover()
    assert figure.evaluate(shown) == "block"
    page.keyboard.press("Escape")
    assert figure.evaluate(shown) == "none"
    page.locator("#d1-t1").hover()
    figure.hover()
    assert figure.evaluate(shown) == "block"


_SIGNALS = """at => {
  const style = getComputedStyle(at);
  return [
    "text-decoration-line", "text-decoration-style", "text-decoration-thickness", "font-style",
    "font-weight", "border-top-style", "border-bottom-style", "outline-style", "outline-width",
  ].map(name => style.getPropertyValue(name)).join() + style.backgroundImage.slice(0, 9);
}"""


def test_colour_is_never_the_only_signal(marks: Marks, visit: Callable[..., "Page"]) -> None:
    outer = replace(marks.statements[2], speech="mixed")
    unsaid = replace(marks.statements[5], factuality="not-said")
    statements = (*marks.statements[:2], outer, *marks.statements[3:5], unsaid)
    page = visit(replace(marks, statements=statements))
    kinds = (
        ".statement.direct.depth0",
        ".statement.indirect.depth0",
        ".statement.mixed.depth0",
        ".statement.unsaid",
        ".statement.depth1",
        ".opinion",
        ".cue",
        ".speaker",
        "a.figure",
        "a.date",
        "a.technique:not(.theirs)",
        "a.technique.theirs",
        ".mark.claim",
        ".mark.slip",
    )
    signals = {kind: page.locator(f".body {kind}").first.evaluate(_SIGNALS) for kind in kinds}
    alike = {kind for kind in kinds if list(signals.values()).count(signals[kind]) > 1}
    assert alike == set()
    plain = page.locator(".body p").first.evaluate(_SIGNALS)
    assert plain not in signals.values()


def test_print_has_the_key_and_no_controls(marks: Marks, visit: Callable[..., "Page"]) -> None:
    page = visit(marks)
    page.emulate_media(media="print")
    assert not page.locator(".layers").is_visible()
    assert not page.locator(".lists").is_visible()
    assert page.locator(".legend dd").first.is_visible()
    assert page.locator(".note.query").is_visible()


def test_colours_forced_by_the_reader_keep_every_signal(
    marks: Marks, visit: Callable[..., "Page"]
) -> None:
    page = visit(marks)
    page.emulate_media(forced_colors="active")
    edge = "at => getComputedStyle(at).borderBottomStyle"
    assert page.locator(".text .opinion").first.evaluate(edge) == "dotted"
    assert page.locator(".statement.indirect").first.evaluate(edge) == "dashed"


def test_places_are_found_among_many_articles(marks: Marks, visit: Callable[..., "Page"]) -> None:
    page = visit(*[marks] * 40, width=1000)
    for place, target in (("#d39-p5", "#d39-s5"), ("#d3-f1", "#d3-lf1"), ("#d20-lq1 a", "#d20-q1")):
        page.locator(place).focus()
        page.keyboard.press("Enter")
        page.wait_for_timeout(100)
        top, height = page.locator(target).evaluate(
            "at => [at.getBoundingClientRect().top, innerHeight]"
        )
        assert 0 <= top < height


def test_a_layer_switched_off_leaves_no_trace(marks: Marks, visit: Callable[..., "Page"]) -> None:
    page = visit(marks)
    for layer, left in (
        ("claims", ".sign.claim"),
        ("slips", ".sign.slip"),
        ("slips", ".note.query"),
        ("opinion", ".note.author"),
    ):
        page.locator(f"#layer-{layer}").uncheck()
        assert not page.locator(f".body {left}").first.is_visible()
    plain = "at => [getComputedStyle(at).textDecorationLine, getComputedStyle(at).borderTopStyle]"
    for place in (".mark.claim", ".mark.slip"):
        assert page.locator(f".body {place}").first.evaluate(plain) == ["none", "none"]
