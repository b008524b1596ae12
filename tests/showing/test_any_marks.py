"""What holds of both views whatever the marks are."""

import re
import unicodedata
from html.parser import HTMLParser

from hypothesis import given, settings
from rich.cells import cell_len

from strategies import marks
from unspin.showing import page, report, shares, summary, terminal
from unspin.types import Marks

_SIGNS = re.compile(r'<a class="(?:number|sign [a-z]+)".*?</a>', re.DOTALL)
_PLACE = re.compile(r"d\d+-[pftckq]\d+")  # a mark without a letter stands nowhere in the text
_VOID = frozenset({"meta", "input", "br", "hr"})
_ANY = settings(deadline=None, max_examples=25)  # drawing marks is slow


class _Tree(HTMLParser):
    """Tags that close as they opened, their anchors and references, and how deep links nest."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.anchors: list[str] = []
        self.wanted: set[str] = set()
        self.links = 0
        self.letters = ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if "id" in given:
            self.anchors.append(given["id"] or "")
        if (given.get("href") or "").startswith("#"):
            self.wanted.add((given["href"] or "")[1:])
        for name in ("aria-describedby", "aria-labelledby"):
            self.wanted |= set((given.get(name) or "").split())
        if tag not in _VOID:
            self.open.append(tag)
        self.links = max(self.links, self.open.count("a"))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.letters += data


@_ANY
@given(marks())
def test_the_page_is_whole(found: Marks) -> None:
    tree = _Tree(report.render([found, found]))
    assert not tree.open
    assert len(tree.anchors) == len(set(tree.anchors))
    unmet = tree.wanted - set(tree.anchors)
    assert not [anchor for anchor in unmet if not _PLACE.fullmatch(anchor)]
    assert tree.links <= 1


@_ANY
@given(marks())
def test_the_page_has_every_letter_of_the_text(found: Marks) -> None:
    letters = "".join(_Tree(_SIGNS.sub("", report.render([found]))).letters.split())
    for block in page.passages(found.document, ()):
        words = page.visible(block.span.of(found.document.text))
        assert "".join(words.split()) in letters


@_ANY
@given(marks())
def test_the_terminal_is_never_too_narrow_nor_obeyed(found: Marks) -> None:
    view = terminal.render(found, width=60)
    assert all(cell_len(line) <= 60 for line in view.split("\n"))
    assert not [
        letter for letter in view if unicodedata.category(letter) == "Cc" and letter != "\n"
    ]


@_ANY
@given(marks())
def test_every_word_is_in_one_voice_and_every_technique_in_one_list(found: Marks) -> None:
    counted = shares.count(found)
    assert counted.report + counted.opinion + counted.speech == counted.words
    assert sum(part.words for part in shares.parts(found, counted)) in {0, counted.words}
    listed = [
        index
        for voice in summary.rhetoric(found, counted)
        for sort in voice.sorts
        for reason in sort.reasons
        for index in reason.techniques
    ]
    assert sorted(listed) == list(range(len(found.techniques)))
    assert sorted(summary.ranked(found)) == list(range(len(found.claims)))
