"""The page of a comparison as a real browser has it: Chromium, driven through Playwright."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from compared import coverage
from unspin.showing import comparison

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

Visit = Callable[..., "Page"]


@pytest.fixture
def visit(open_page: Visit) -> Visit:
    return lambda told, **how: open_page(comparison.page(*told), **how)


def _open_all(page: "Page") -> None:
    page.evaluate("for (const at of document.querySelectorAll('details')) at.open = true")


@pytest.mark.parametrize("copies", [0, 2, 19], ids=["5 documents", "11", "62"])
@pytest.mark.parametrize("width", [320, 390, 768, 1280, 1920])
def test_no_sideways_scrolling(width: int, copies: int, visit: Visit) -> None:
    page = visit(coverage(copies), width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    _open_all(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_cell_opens_its_passages_by_keyboard_and_gives_the_focus_back(visit: Visit) -> None:
    page = visit(coverage())
    cell = page.locator(".matrix td a").first
    cell.focus()
    page.keyboard.press("Enter")
    panel = page.locator("dialog[open]")
    assert panel.is_visible()
    assert panel.get_attribute("aria-labelledby") == "passages-shown"
    assert "Ana Rell" in panel.locator("h2").inner_text()
    assert panel.locator(".side").count() == 3  # two of the four are copies of one text
    assert page.evaluate("document.activeElement.matches('.side.wanted')")
    assert "Odden Herald" in panel.locator(".wanted figcaption").inner_text()
    page.keyboard.press("Escape")
    assert page.locator("dialog").count() == 0
    assert cell.evaluate("at => at === document.activeElement")


def test_without_script_a_cell_leads_to_its_passage(visit: Visit) -> None:
    page = visit(coverage(), script=False)
    cell = page.locator(".matrix td a").first
    anchor = (cell.get_attribute("href") or "")[1:]
    assert not page.locator(f"#{anchor}").is_visible()
    cell.focus()
    page.keyboard.press("Enter")
    page.wait_for_timeout(100)
    assert page.url.endswith(f"#{anchor}")
    assert page.locator(f"#{anchor}").is_visible()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_passages_open_by_keyboard_in_their_card(
    script: bool,  # noqa: FBT001 - a table
    visit: Visit,
) -> None:
    page = visit(coverage(), script=script)
    summary = page.locator(".passages > summary").first
    side = page.locator(".passages .side").first
    assert not side.is_visible()
    summary.focus()
    page.keyboard.press("Enter")
    assert side.is_visible()


def test_the_words_marked_are_those_of_the_places(visit: Visit) -> None:
    found, marks = coverage()
    page = visit((found, marks))
    _open_all(page)

    def marked(anchor: str) -> list[str]:
        return page.locator(f".side:has(#{anchor}) mark").all_inner_texts()

    told = [quotation.variants for quotation in found.quotations]
    for number, variants in enumerate(told, 1):
        for at, variant in enumerate(variants, 1):
            assert marked(f"q{number}-{at}") == list(variant.place.words)
    for number, conflict in enumerate(found.conflicts, 1):
        for at, given in enumerate(conflict.places, 1):
            assert marked(f"f{number}-{at}") == list(given.words)
    held = found.positions[0].places
    assert [marked(f"p1-{at}") for at in range(1, len(held) + 1)] == [
        list(one.words) for one in held
    ]


def test_the_whole_article_opens_from_a_passage(visit: Visit) -> None:
    page = visit(coverage())
    page.locator(".matrix td a").first.click()
    page.locator("dialog .side.wanted a", has_text="In the whole article").click()
    page.wait_for_timeout(100)
    assert page.locator("dialog").count() == 0
    target = page.url.split("#")[1]
    assert page.locator(f"#{target}").is_visible()
    assert "admitted that her country" in page.locator(f"#{target}").inner_text()


def test_charts_follow_light_and_dark(visit: Visit) -> None:
    page = visit(coverage())
    ink = """getComputedStyle(document.querySelector('.chart text[fill="var(--ink)"]')).fill"""
    page.emulate_media(color_scheme="light")
    light = page.evaluate(ink)
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(ink) != light
    assert page.evaluate(ink) == page.evaluate("getComputedStyle(document.body).color")


def test_what_is_cut_and_what_is_added_differ_by_more_than_colour(visit: Visit) -> None:
    page = visit(coverage())
    line = "at => getComputedStyle(at).textDecorationLine"
    assert page.locator("del").first.evaluate(line) == "line-through"
    assert page.locator("ins").first.evaluate(line) == "underline"


def test_columns_and_rows_stay_in_view(visit: Visit) -> None:
    page = visit(coverage(19), width=390)
    scroller = page.locator(".matrix .scroller").first
    scroller.evaluate("at => { at.scrollLeft = 600; }")
    box = scroller.bounding_box()
    head = scroller.locator("tbody th[scope=row]").first.bounding_box()
    assert box
    assert head
    assert abs(head["x"] - box["x"]) < 3


def test_print_has_charts_and_no_buttons(visit: Visit) -> None:
    page = visit(coverage())
    page.emulate_media(media="print")
    assert page.locator(".chart svg").first.is_visible()
    assert not page.locator(".glance").is_visible()
