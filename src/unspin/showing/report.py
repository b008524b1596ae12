"""The X-ray as one HTML page that needs nothing else: no network, no other file, no clock.

In: Marks of any number of documents. Out: the page. Its Content-Security-Policy admits only the
style and the script it carries, so no text of a document can ever run or load anything.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from unspin.showing import article, page, summary
from unspin.types import Layer, Marks


@dataclass(frozen=True, slots=True)
class Toggle:
    """A layer the reader can switch on and off."""

    layer: str
    label: str


_TOGGLES: tuple[tuple[Layer, Toggle], ...] = (
    ("statements", Toggle("statements", "Statements")),
    ("statements", Toggle("cues", "Cues")),
    ("statements", Toggle("speakers", "Speakers")),
    ("statements", Toggle("notes", "Margin notes")),
    ("voices", Toggle("opinion", "Opinion")),
    ("figures", Toggle("figures", "Figures")),
    ("dates", Toggle("dates", "Dates")),
    ("claims", Toggle("claims", "Claims")),
    ("techniques", Toggle("techniques", "Techniques")),
    ("slips", Toggle("slips", "Slips")),
)


def render(all_marks: Sequence[Marks]) -> str:
    """The page of all articles in the order given, an index first when there are several."""
    articles = tuple(article.build(marks, ordinal) for ordinal, marks in enumerate(all_marks, 1))
    layers = {layer for marks in all_marks for layer in marks.made_by.settings.layers}
    makers = sorted({f"unspin {m.made_by.unspin} ({m.made_by.bundle})" for m in all_marks})
    return page.render(
        "report.html",
        articles=articles,
        toggles=tuple(toggle for layer, toggle in _TOGGLES if layer in layers),
        layers=layers,
        columns=tuple(
            name
            for name in (articles[0].tallies if articles else ())
            if any(shown.tallies[name] is not None for shown in articles)
        ),
        first=summary.FIRST,
        makers=", ".join(makers),
    )
