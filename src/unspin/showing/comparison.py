"""A comparison for a person: one HTML page that needs nothing else, or lines for a terminal.

In: a Comparison and the Marks it was made from. Out: text. Neither ranks a document or says who is
right: documents stand by day and outlet, and every item leads to the words it speaks of.
"""

from collections.abc import Sequence

from unspin.showing import accounts, overview, sides, stories
from unspin.showing.page import render
from unspin.types import Comparison, Marks


def page(comparison: Comparison, marks: Sequence[Marks]) -> str:
    """The page: an index of stories where there are several, each story, positions, articles."""
    called = accounts.names(comparison, marks)
    shelf = sides.shelf(called, marks)
    new = stories.anchors()
    told = accounts.accounts(comparison, called)
    return render(
        "comparison.html",
        stories=tuple(stories.story(account, shelf, new) for account in told if account.compared),
        alone=tuple(
            document for account in told if not account.compared for document in account.documents
        ),
        positions=tuple(
            stories.position(position, shelf, new("p"))
            for position in sorted(comparison.positions, key=lambda found: not found.shifts)
        ),
        speakers=tuple(stories.known(identity, shelf) for identity in comparison.speakers),
        articles=tuple(stories.whole(name, shelf) for name in called.documents),
        tellings=tuple(accounts.TELLINGS.values()),
        maker=f"unspin {comparison.made_by.unspin} ({comparison.made_by.bundle})",
    )


def terminal(comparison: Comparison, marks: Sequence[Marks], *, width: int, colour: bool) -> str:
    """The same in lines no wider than `width`, each part cut short where it is long."""
    return overview.render(comparison, marks, width=width, colour=colour)
