import base64
import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from importlib.resources import files
from itertools import pairwise

import pytest

from unspin.showing import report
from unspin.types import Claim, MadeBy, Marks, Settings, Slip, Span, Speaker

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

_SIGNS = re.compile(r'<a class="(?:number|sign .*?)".*?</a>', re.DOTALL)


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
        anchor
        for name in ("aria-describedby", "aria-labelledby")
        for at in tags
        for anchor in (at.get(name) or "").split()
    }
    assert wanted <= set(anchors)


def test_the_whole_article_is_on_the_page(marks: Marks) -> None:
    words = _Reader(_SIGNS.sub("", report.render([marks]))).words
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
    index = ("nav", {"class": "index", "aria-labelledby": "index"})
    assert index in page.tags
    assert index not in _Reader(report.render([marks])).tags


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
    assert "Not looked for: statements, voices, claims, dates, techniques, slips." in page.words
    legend = report.render([bare]).split('<details class="legend">')[1].split("</details>")[0]
    assert _Reader(legend).words.count(".") == 2
    assert "mark figure" in legend


def test_a_layer_looked_for_and_empty_leads_nowhere_and_says_none(marks: Marks) -> None:
    page = report.render([replace(marks, slips=(), techniques=())])
    assert "<span>Slips <b>0</b></span>" in page
    assert 'id="d1-slips"' not in page
    assert "in the outlet\u2019s own voice: 0 in 76 words (0.0 per 1,000)" in _text(page)


def test_claims_are_ranked_and_the_text_says_which_is_which(marks: Marks) -> None:
    page = report.render([marks])
    signs = re.findall(r'<a class="sign claim" href="#(d1-lc\d)".*?>(c\d)</a>', page, re.DOTALL)
    assert signs == [("d1-lc1", "c3"), ("d1-lc2", "c1"), ("d1-lc3", "c2")]
    listed = page.split('id="d1-claims"')[1].split("</section>")[0]
    assert re.findall(r'<li id="(d1-lc\d)"', listed) == ["d1-lc2", "d1-lc3", "d1-lc1"]
    assert "event · score 0.91 · Ilo Renn" in _text(listed)
    first = page.split("<dt>Check first</dt>")[1].split("</ol>")[0]
    assert re.findall(r'href="#(d1-c\d)"', first) == ["d1-c2", "d1-c3", "d1-c1"]


def test_of_many_claims_the_first_ten_stand_out(marks: Marks) -> None:
    claims = tuple(Claim(Span(at, at + 1), "event", 0.5, "report") for at in range(12))
    page = report.render([replace(marks, claims=claims)])
    assert len(re.findall(r'class="mark claim"[^>]* id=', page)) == 10
    assert len(re.findall(r'class="mark claim later"[^>]* id=', page)) == 2


def test_a_slip_is_a_query_in_the_margin_of_its_block(marks: Marks) -> None:
    page = report.render([marks])
    passage = page.split('<p class="text item"')[1].split('<div class="passage')[0]
    note = passage.split('<div class="notes">')[1]
    assert "? 340 in all 210 and 131 make 341, not 340." in _text(note)
    assert '<a href="#d1-lq1"' in note


def test_many_slips_are_cut_short_in_the_summary_and_told_below(marks: Marks) -> None:
    slips = tuple(Slip(Span(at, at + 4), "total", f"query {at}") for at in range(9))
    page = report.render([replace(marks, slips=slips)])
    summary = page.split("<dt>Slips</dt>")[1].split("</ul>")[0]
    assert summary.count("<li>") == 4
    assert '<a href="#d1-slips">6 more</a>' in summary
    assert all(f">query {at}</bdi> <bdi class" in page for at in range(9))


def test_techniques_stand_under_whose_they_are_with_plainer_words(marks: Marks) -> None:
    page = report.render([marks])
    assert re.search(r'class="mark technique theirs"[^>]*>in the dark', page)
    assert re.search(r'class="mark technique"[^>]*>shameful farce', page)
    listed = page.split('id="d1-techniques"')[1].split("</section>")[0]
    own, opinion, speech = re.split(r"<h3 ", listed)[1:]
    assert "in the outlet\u2019s own voice 0 in" in _text(own)
    assert "plainer: long meeting, talks · score 0.81 · the author" in _text(opinion)
    assert "score 0.66 · Dara Velk" in _text(speech)
    assert 'id="d1-rk1">loaded language: Words that carry' in speech
    assert "loaded language 1 Words that carry a judgement" in _text(speech)


def test_a_link_speaks_for_the_marks_around_it(marks: Marks) -> None:
    inside = replace(marks.techniques[0], span=marks.figures[2].span, voice="report")
    page = report.render([replace(marks, techniques=(inside,))])
    tip = page.split('id="d1-f3"')[1].split(">")[0]
    assert 'data-tip="210, counting “villages”' in tip
    assert "loaded language: Words that carry" in tip
    assert 'aria-describedby="d1-rk1 d1-rf3"' in tip


def test_links_do_not_nest(marks: Marks) -> None:
    depth = deepest = 0
    for close in re.findall(r"<(/?)a\b", report.render([marks])):
        depth += -1 if close else 1
        deepest = max(deepest, depth)
    assert (depth, deepest) == (0, 1)


def test_what_was_not_said_looks_and_reads_otherwise(marks: Marks) -> None:
    unsaid = replace(marks.statements[1], factuality="not-said")
    page = report.render([replace(marks, statements=(marks.statements[0], unsaid))])
    assert page.count('class="statement direct depth0"') == 2  # two pieces, a technique in it
    assert 'class="statement indirect unsaid depth0"' in page
    assert _text(page).count("indirect, not said") == 2


def test_a_statement_of_two_is_told_under_each_and_has_one_anchor(marks: Marks) -> None:
    pair = (Speaker((), "Ilo Renn", "person"), Speaker((), "Dara Velk", "person"))
    page = report.render(
        [replace(marks, statements=(replace(marks.statements[0], speakers=pair),))]
    )
    listed = page.split('class="sources"')[1].split("</section>")[0]
    assert listed.count('aria-label="Statement 1 in the text"') == 2
    assert page.count('id="d1-s1"') == 1


def test_an_anchor_stands_once_where_a_mark_runs_over_blocks(marks: Marks) -> None:
    whole = Span(0, len(marks.document.text))
    over = replace(
        marks,
        statements=(replace(marks.statements[0], words=(whole,)),),
        claims=(replace(marks.claims[0], span=whole),),
        figures=(replace(marks.figures[0], span=whole, voice="report"),),
        dates=(),
        techniques=(),
    )
    anchors = [at["id"] for _, at in _Reader(report.render([over])).tags if "id" in at]
    assert len(anchors) == len(set(anchors))


@pytest.mark.parametrize("articles", [1, 2])
def test_headings_skip_no_level(articles: int, marks: Marks) -> None:
    page = _Reader(report.render([marks] * articles))
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h\d", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert levels.count(1) == 1


def test_who_speaks_and_how_sure_the_opinion_is(marks: Marks) -> None:
    words = _text(report.render([marks]))
    assert "3 named speakers 33% · 1 unnamed 3% · 1 statement without a speaker 6%" in words
    assert "Author’s opinion score 0.80" in words
    assert "report 47%" in words


def test_a_name_left_open_stands_in_quotation_marks_and_says_so(marks: Marks) -> None:
    he = replace(marks.statements[5].speakers[0], who=None)
    said = replace(marks.statements[5], speakers=(he,))
    words = _text(report.render([replace(marks, statements=(*marks.statements[:5], said, said))]))
    assert "“He” person, name left open" in words
    assert "2 statements in these words" in words


def test_an_index_compares_what_was_looked_for(marks: Marks) -> None:
    plain = replace(
        marks,
        claims=(),
        techniques=(),
        slips=(),
        made_by=MadeBy("0", "rules", Settings(("statements", "voices", "figures", "dates"))),
    )
    head = '<th scope="col">{}</th>'
    assert head.format("Techniques per 1,000 own words") in report.render([marks, plain])
    assert report.render([marks, plain]).count('title="not looked for"') == 3
    bare = report.render([plain, plain])
    assert head.format("Unnamed speakers") in bare
    assert head.format("Names left open") in bare
    assert head.format("Slips") not in bare


def test_an_article_without_a_title_is_told_by_its_opening(marks: Marks) -> None:
    bare = replace(marks.document, title=None)
    assert "Untitled: “Talks on the Sellin water" in _text(
        report.render([replace(marks, document=bare)])
    )
    nothing = replace(bare, text=" ", blocks=())
    empty = replace(marks, document=nothing, statements=(), voices=(), claims=(), figures=())
    empty = replace(empty, dates=(), techniques=(), slips=())
    assert "<title>Untitled – X-ray</title>" in report.render([empty])


def test_title_that_is_not_in_the_text_stands_above_it(marks: Marks) -> None:
    page = report.render([replace(marks, document=replace(marks.document, title="Another title"))])
    assert re.search(r"<h1[^>]*>Another title</h1>", page)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_words_stand_out_from_every_ground(scheme: int) -> None:
    style = (files("unspin.showing") / "static" / "unspin.css").read_text("utf-8")
    colours = dict(re.findall(r"--([\w-]+): (#\w+);", style.split(":root {")[scheme + 1]))
    grounds = ("paper", "wash", "direct", "indirect", "opinion", "hatch", "slip", "lit")
    pairs = [("ink", ground) for ground in grounds]
    pairs += [(word, "paper") for word in ("quiet", "link", "technique", "opinion-edge")]
    pairs += [("link", "lit"), ("quiet", "lit"), ("quiet", "wash"), ("link", "wash")]
    low = {pair: _contrast(*(colours[name] for name in pair)) for pair in pairs}
    assert {pair: round(ratio, 2) for pair, ratio in low.items() if ratio < 4.5} == {}


def _text(markup: str) -> str:
    return " ".join(_Reader(markup).words.split())


def _contrast(first: str, second: str) -> float:
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
