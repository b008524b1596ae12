"""The page and the lines of a comparison, on coverage compared by hand and on any there can be."""

import re
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from rich.cells import cell_len
from rich.text import Text

from compared import coverage
from strategies import comparisons
from unspin.showing import accounts, charts, comparison, diffs, overview
from unspin.showing import page as pages
from unspin.types import Comparison, Cut, Difference, Marks, Place, Quotation, Span, Story

PAYLOADS = [
    "<img src=x onerror=document.title='PWNED'>",
    "<svg onload=document.title='PWNED'>",
    "</script><script>document.title='PWNED'</script>",
    "</title><script>1</script>",
    "{{7*7}}${7*7}<%=7*7%>",
    "</style><script>1</script></svg>",
    '" autofocus onfocus="document.title=1',
    "\u202egnp.exe\u2066",
    "\ud800\x00\x1b]0;owned\x07",
]
_ANY = settings(
    deadline=None,
    max_examples=15,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
_VOID = frozenset({"meta", "br", "input", "path", "line"})


class _Tree(HTMLParser):
    """Tags that close as they opened, their attributes and references, and what marks hold."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.letters = ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in _VOID:
            self.open.append(tag)
        assert self.open.count("a") <= 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.letters += data

    @property
    def anchors(self) -> list[str]:
        return [at["id"] or "" for _, at in self.tags if "id" in at]

    @property
    def wanted(self) -> set[str]:
        links = {(at.get("href") or "")[1:] for _, at in self.tags if "href" in at}
        return links | {
            name for _, at in self.tags for name in (at.get("aria-labelledby") or "").split()
        }


@pytest.fixture
def told() -> tuple[Comparison, tuple[Marks, ...]]:
    return coverage()


def _terminal(found: Comparison, marks: tuple[Marks, ...], width: int = 80) -> str:
    return comparison.terminal(found, marks, width=width, colour=False)


def test_looks_as_it_did(
    told: tuple[Comparison, tuple[Marks, ...]], snapshot: Callable[[str, str], None]
) -> None:
    body = comparison.page(*told).split("</style>")[1].split("<script>")[0]
    snapshot("comparison.html", body)
    snapshot("comparison.txt", _terminal(*told))
    snapshot("comparison_narrow.txt", _terminal(*told, width=60))


def test_the_same_values_give_the_same_bytes(told: tuple[Comparison, tuple[Marks, ...]]) -> None:
    assert comparison.page(*told) == comparison.page(*coverage())


def test_every_reference_is_met_once_and_none_leaves_the_page(
    told: tuple[Comparison, tuple[Marks, ...]],
) -> None:
    tree = _Tree(comparison.page(*told))
    assert not tree.open
    assert len(tree.anchors) == len(set(tree.anchors))
    assert tree.wanted <= set(tree.anchors)
    assert not [at for _, at in tree.tags if not (at.get("href") or "#").startswith("#")]
    assert not [at for _, at in tree.tags if "src" in at or "style" in at]
    assert not {tag for tag, _ in tree.tags} & {"link", "img", "iframe", "object", "base", "form"}


def test_charts_speak_and_load_nothing(told: tuple[Comparison, tuple[Marks, ...]]) -> None:
    markup = comparison.page(*told)
    drawn = [at for tag, at in _Tree(markup).tags if tag == "svg"]
    assert len(drawn) == 2 + 2 * 3  # figures on one scale; columns and times for two screens
    assert all(at["role"] == "img" and at["aria-label"] for at in drawn)
    assert "url(" not in markup
    assert "xlink" not in markup


def test_the_whole_of_every_article_is_on_the_page(
    told: tuple[Comparison, tuple[Marks, ...]],
) -> None:
    letters = _Tree(comparison.page(*told)).letters
    for marks in told[1]:
        for block in marks.document.blocks:
            assert block.span.of(marks.document.text) in letters


def test_no_document_is_ranked(told: tuple[Comparison, tuple[Marks, ...]]) -> None:
    """Whatever is measured, the documents stand in the order of the comparison."""
    found, marks = told
    voices = tuple(
        replace(voice, report=1 - (voice.report or 0)) for voice in reversed(found.voices)
    )
    for section in ("voices", "sourcing"):
        numbers = [
            re.findall(r'<th scope="row"><a class="doc" href="#d(\d+)"', part)
            for shown in (found, replace(found, voices=voices, sourcing=found.sourcing[::-1]))
            for part in [comparison.page(shown, marks).split(f'<section class="{section}"')[1]]
        ]
        assert numbers[0] == numbers[1]
        assert sorted(map(int, numbers[0][:3])) == list(map(int, numbers[0][:3]))


def test_the_limits_of_the_corpus_are_told(told: tuple[Comparison, tuple[Marks, ...]]) -> None:
    for view in (_Tree(comparison.page(*told)).letters, _terminal(*told)):
        assert "of the documents given here" in view.lower()


def test_several_stories_have_an_index(told: tuple[Comparison, tuple[Marks, ...]]) -> None:
    found, marks = told
    names = tuple(listed.id for listed in found.documents)
    second = Story("f" * 16, "Another day", None, None, names[:2], 2)
    tree = _Tree(comparison.page(replace(found, stories=(*found.stories, second)), marks))
    assert "2 stories" in tree.letters
    assert "Another day" in _terminal(replace(found, stories=(*found.stories, second)), marks)


def test_nothing_at_all() -> None:
    found, marks = coverage()
    empty = Comparison((), (), (), (), (), (), (), (), (), (), (), found.made_by)
    assert "0 articles" in comparison.page(empty, ())
    assert "0 articles" in _terminal(empty, ())
    alone = replace(empty, documents=found.documents[:1], stories=found.stories[:1])
    assert "Rell: locks stay shut" in comparison.page(alone, marks[:1])


def test_an_utterance_in_other_words_is_held_against_the_fullest(
    told: tuple[Comparison, tuple[Marks, ...]],
) -> None:
    view = _terminal(*told)
    assert "upper lake [-before the first of\n    June-]" in view
    assert "may change on what condition it holds" in view
    assert "left out by 3 Velland Courier, 4 Sellin Morning, 5 The Lake Mail" not in view
    markup = comparison.page(*told)
    assert '<del><span class="vh">cut: </span>before the first of June' in markup
    assert '“<bdi class="by">admitted</bdi>” (assertive)' in markup


def test_words_the_fullest_lacks_are_not_said_to_be_left_out(
    told: tuple[Comparison, tuple[Marks, ...]],
) -> None:
    found, marks = told
    quotation = found.quotations[0]
    first, variant = quotation.variants[:2]
    own = replace(variant, speech="direct", cut=(Cut(variant.place, ("polarity",)),))
    held = replace(quotation, variants=(first, own))
    changed = replace(found, quotations=(held, *found.quotations[1:]))
    assert accounts.telling(own, first) == "more"
    assert "only here “" in _terminal(changed, marks)
    assert "left out “" not in _terminal(changed, marks)
    assert '<p class="loss">Only here: ' in comparison.page(changed, marks)
    lost = replace(own, cut=(*own.cut, Cut(first.place, ("condition",))))
    assert accounts.telling(lost, first) == "cut"


def test_techniques_of_a_foreign_text_were_not_looked_for(
    told: tuple[Comparison, tuple[Marks, ...]],
) -> None:
    found, marks = told
    unknown = tuple(
        replace(voice, report=None, opinion=None, techniques_per_1000=None, low=None, high=None)
        for voice in found.voices
    )
    foreign = replace(found, voices=unknown)
    assert "techniques 31.0" in _terminal(found, marks)
    assert "techniques 31.0" not in _terminal(foreign, marks)
    shown = " ".join(_terminal(foreign, marks).split())
    assert "report not looked for · opinion not looked for" in shown
    assert "techniques not looked for" in shown
    assert comparison.page(foreign, marks).count("<td>not looked for</td>") >= 3 * len(
        found.stories[0].documents
    )


def test_a_key_stands_only_where_it_is_needed(told: tuple[Comparison, tuple[Marks, ...]]) -> None:
    found, marks = told
    assert "{+words+} only here" in _terminal(found, marks)
    assert "{+words+}" not in _terminal(replace(found, quotations=()), marks)


def test_what_is_not_sure_to_be_one_utterance_stands_last_and_says_so(
    told: tuple[Comparison, tuple[Marks, ...]],
) -> None:
    compared, marks = told
    first = compared.quotations[0]
    unsure = replace(
        first, variants=tuple(replace(variant, score=0.31) for variant in first.variants)
    )
    shown = _terminal(replace(compared, quotations=(unsure, first)), marks)
    warned = "not sure that all are one utterance: score 0.31"
    assert shown.count(warned) == 1
    assert shown.index(warned) > shown.index("● fullest")


def test_a_long_cut_shows_its_ends_in_a_terminal() -> None:
    spoken = "We open the lower locks at dawn "
    row = " ".join(f"and lock {number} of the upper lake" for number in range(30))
    texts = (f"{spoken}{row} at dusk", spoken.strip())
    places = [Place(f"{at:016x}", (Span(0, len(text)),), (text,)) for at, text in enumerate(texts)]
    shown = diffs.pieces(
        places[1],
        places[0],
        (
            Difference("same", Span(0, len(texts[1])), Span(0, len(texts[1]))),
            Difference("cut", None, Span(len(spoken), len(texts[0]))),
        ),
        dict(zip((place.document for place in places), texts, strict=True)),
    )
    told = overview.marked(shown).plain
    assert told.startswith("We open the lower locks at dawn [-and lock 0 of the upper lake and")
    assert told.endswith("of the upper lake at dusk-]")
    assert " … " in told
    assert len(told) < 140


def test_copies_are_named_and_counted_once(told: tuple[Comparison, tuple[Marks, ...]]) -> None:
    view = _terminal(*told)
    assert "4 articles · 3 independent sources" in view
    assert "One text, counted once: 3 Velland Courier, 4 Sellin Morning, credited to" in view


@pytest.mark.parametrize("width", [30, 60, 80, 200])
def test_no_line_is_wider_than_the_terminal(
    width: int, told: tuple[Comparison, tuple[Marks, ...]]
) -> None:
    view = _terminal(*told, width=width)
    assert max(cell_len(line) for line in view.splitlines()) <= width
    assert all(line == line.rstrip() for line in view.splitlines())


def test_colour_changes_nothing_but_colour(told: tuple[Comparison, tuple[Marks, ...]]) -> None:
    coloured = comparison.terminal(*told, width=80, colour=True)
    assert "\x1b[" in coloured
    assert Text.from_ansi(coloured).plain.split() == _terminal(*told).split()


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_words_stay_words(payload: str) -> None:
    harmless = _Tree(comparison.page(*_spoilt("harmless")))
    hostile = _Tree(comparison.page(*_spoilt(payload)))
    assert [tag for tag, _ in hostile.tags] == [tag for tag, _ in harmless.tags]
    assert [set(at) for _, at in hostile.tags] == [set(at) for _, at in harmless.tags]
    assert comparison.page(*_spoilt(payload)).encode()
    view = _terminal(*_spoilt(payload))
    assert view.encode()
    assert not {"\x1b", "\x07", "\u202e"} & set(view)


@_ANY
@given(comparisons())
def test_any_comparison_is_a_whole_page(drawn: tuple[Comparison, tuple[Marks, ...]]) -> None:
    tree = _Tree(comparison.page(*drawn))
    assert not tree.open
    assert len(tree.anchors) == len(set(tree.anchors))
    assert tree.wanted <= set(tree.anchors)
    letters = "".join(tree.letters.split())
    for words in _words(drawn[0]):
        assert "".join(pages.visible(words).split()) in letters


@_ANY
@given(comparisons())
def test_any_comparison_fits_a_terminal(drawn: tuple[Comparison, tuple[Marks, ...]]) -> None:
    view = _terminal(*drawn, width=60)
    assert all(cell_len(line) <= 60 for line in view.split("\n"))
    assert not {"\x1b", "\x07", "\x00", "\r"} & set(view)


@pytest.mark.parametrize("value", [0.0, 1e-300, 1e300, -1e300, 1.7e308, 12.0])
def test_any_number_has_its_place_on_a_scale(value: float) -> None:
    chart = charts.scale("numbers", [charts.Reach("a", value, value), charts.Reach("b", 1, None)])
    assert chart
    assert "NaN" not in chart
    assert "Infinity" not in chart


def _words(value: Any) -> Iterator[str]:  # noqa: ANN401 - any part of a comparison
    """The words of all places, however deep they lie."""
    if isinstance(value, tuple):
        for item in value:
            yield from _words(item)
    elif isinstance(value, Cut) and not value.changes:
        return  # struck out in the diff, and of no more weight
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            if field.name == "words" and not isinstance(value, Quotation):
                words = getattr(value, field.name)
                yield from words if isinstance(words, tuple) else ()
            else:
                yield from _words(getattr(value, field.name))


def _spoilt(payload: str) -> tuple[Comparison, tuple[Marks, ...]]:
    """The coverage with the payload in every name, and at the end of every text."""
    found, marks = coverage()
    return replace(
        found,
        documents=tuple(replace(d, title=payload, outlet=payload) for d in found.documents),
        stories=tuple(replace(story, title=payload) for story in found.stories),
        copies=tuple(replace(copy, agency=payload) for copy in found.copies),
        speakers=tuple(replace(s, who=payload, names=(payload,)) for s in found.speakers),
        conflicts=tuple(
            replace(c, counted=payload, unit=c.unit if c.unit == "date" else payload)
            for c in found.conflicts
        ),
        gaps=tuple(
            replace(
                gap,
                only_here=tuple(replace(item, what=payload) for item in gap.only_here),
                missing=tuple(replace(item, what=payload) for item in gap.missing),
            )
            for gap in found.gaps
        ),
        positions=tuple(replace(position, topic=payload) for position in found.positions),
        quotations=tuple(
            replace(
                q,
                variants=tuple(
                    replace(v, place=replace(v.place, words=(payload,), spans=()), diff=())
                    for v in q.variants
                ),
            )
            for q in found.quotations
        ),
        made_by=replace(found.made_by, bundle=payload),
    ), tuple(
        replace(
            one,
            document=replace(
                one.document, text=f"{one.document.text}\n\n{payload}", language=payload
            ),
        )
        for one in marks
    )
