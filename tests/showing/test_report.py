import base64
import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from importlib.resources import files

import pytest

from unspin.showing import report
from unspin.types import MadeBy, Marks, Settings

PAYLOADS = [
    "<img src=x onerror=document.title='PWNED'>",
    "<svg onload=document.title='PWNED'>",
    "</script><script>document.title='PWNED'</script>",
    "<iframe srcdoc='<script>parent.document.title=1</script>'>",
    "<details open ontoggle=document.title='PWNED'>",
    "javascript:alert(1)",
    "</title><script>1</script>",
    "{{7*7}}${7*7}<%=7*7%>",
    "';alert(1)//",
    "</style><script>1</script>",
    '" autofocus onfocus="document.title=1',
    "\u202egnp.exe\u2066",
    "\ud800\x00\x1b",
]


class _Reader(HTMLParser):
    """All tags with their attributes, and the words a reader sees."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


def test_looks_as_it_did(marks: Marks, snapshot: Callable[[str, str], None]) -> None:
    body = report.render([marks]).split("</style>")[1].split("<script>")[0]
    snapshot("report.html", body)


def test_the_same_values_give_the_same_bytes(marks: Marks) -> None:
    assert report.render([marks, marks]) == report.render([marks, marks])


def test_the_policy_admits_this_style_and_script_and_nothing_else(marks: Marks) -> None:
    markup = report.render([marks])
    policy = next(
        attributes["content"]
        for tag, attributes in _Reader(markup).tags
        if tag == "meta" and "http-equiv" in attributes
    )

    def digest(tag: str) -> str:
        content = markup.split(f"<{tag}>")[1].split(f"</{tag}>")[0]
        return base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()

    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest('style')}'; "
        f"script-src 'sha256-{digest('script')}'; "
        "img-src 'none'; base-uri 'none'; form-action 'none'"
    )


def test_the_page_refers_to_nothing_outside_itself(marks: Marks) -> None:
    markup = report.render([marks, marks])
    tags = _Reader(markup).tags
    assert not {tag for tag, _ in tags} & {"link", "img", "iframe", "object", "base", "form"}
    assert not [at for _, at in tags if "src" in at or "style" in at]
    outside = [at for _, at in tags if not (at.get("href") or "#").startswith("#")]
    assert {at["href"] for at in outside} == {
        marks.document.canonical,
        marks.document.origin.location,
    }
    assert all("noreferrer" in (at["rel"] or "") for at in outside)
    assert "url(" not in markup
    assert "@import" not in markup


def test_every_reference_inside_the_page_is_met_once(marks: Marks) -> None:
    tags = [attributes for _, attributes in _Reader(report.render([marks, marks])).tags]
    anchors = [at["id"] for at in tags if "id" in at]
    assert len(anchors) == len(set(anchors))
    wanted = {(at.get("href") or "")[1:] for at in tags if (at.get("href") or "").startswith("#")}
    wanted |= {
        at[name] or ""
        for name in ("aria-describedby", "aria-labelledby")
        for at in tags
        if name in at
    }
    assert wanted <= set(anchors)


def test_the_whole_article_is_on_the_page(marks: Marks) -> None:
    words = _Reader(re.sub(r'<a class="number".*?</a>', "", report.render([marks]))).words
    for block in marks.document.blocks:
        assert block.span.of(marks.document.text) in words


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_words_stay_words(payload: str, spoilt: Callable[[str], Marks]) -> None:
    harmless = _Reader(report.render([spoilt("harmless")]))
    hostile = _Reader(report.render([spoilt(payload)]))
    assert [tag for tag, _ in hostile.tags] == [tag for tag, _ in harmless.tags]
    assert [set(at) for _, at in hostile.tags] == [set(at) for _, at in harmless.tags]
    assert not [at for _, at in hostile.tags if (at.get("href") or "#")[0] not in "#h"]
    assert report.render([spoilt(payload)]).encode()


def test_several_articles_have_an_index(marks: Marks) -> None:
    other = replace(marks, document=replace(marks.document, title=None, outlet=None))
    page = _Reader(report.render([marks, other]))
    assert "2 articles" in page.words
    assert "Untitled" in page.words
    assert ("nav", {"class": "index", "aria-labelledby": "index"}) in page.tags
    assert not [tag for tag, _ in _Reader(report.render([marks])).tags if tag == "nav"]


def test_a_page_of_nothing_is_still_a_page() -> None:
    assert "0 articles" in _Reader(report.render([])).words


def test_layers_not_looked_for_have_no_switch_and_are_named(marks: Marks) -> None:
    looked = MadeBy("0", "rules", Settings(("figures",)))
    bare = replace(
        marks,
        statements=(),
        voices=(),
        claims=(),
        dates=(),
        techniques=(),
        slips=(),
        figures=(),
        made_by=looked,
    )
    page = _Reader(report.render([bare]))
    boxes = [at["id"] for tag, at in page.tags if tag == "input"]
    assert boxes == ["layer-figures"]
    assert "Not looked for: statements, voices, dates, claims, techniques, slips." in page.words


def test_title_that_is_not_in_the_text_stands_above_it(marks: Marks) -> None:
    page = report.render([replace(marks, document=replace(marks.document, title="Another title"))])
    assert re.search(r"<h1[^>]*>Another title</h1>", page)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_words_stand_out_from_every_ground(scheme: int) -> None:
    style = (files("unspin.showing") / "static" / "unspin.css").read_text("utf-8")
    colours = dict(re.findall(r"--([\w-]+): (#\w+);", style.split(":root {")[scheme + 1]))
    grounds = ("paper", "wash", "direct", "indirect", "opinion", "slip", "lit")
    pairs = [("ink", ground) for ground in grounds]
    pairs += [(word, "paper") for word in ("quiet", "link", "technique", "opinion-edge")]
    pairs += [("link", "lit"), ("quiet", "lit"), ("quiet", "wash"), ("link", "wash")]
    low = {pair: _contrast(*(colours[name] for name in pair)) for pair in pairs}
    assert {pair: round(ratio, 2) for pair, ratio in low.items() if ratio < 4.5} == {}


def _contrast(first: str, second: str) -> float:
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
