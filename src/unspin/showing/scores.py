"""A report of `unspin bench` for a terminal.

In: the plain values of the report. Out: lines of text, the scores of all first, then of each group.
"""

from collections.abc import Iterator, Mapping


def render(scores: Mapping[str, float], by: Mapping[str, Mapping[str, float]]) -> str:
    """The scores in columns, names to the left."""
    groups = {"all": scores, **by}
    width = max((len(name) for group in groups.values() for name in group), default=0)
    return "\n".join(line for name, group in groups.items() for line in _lines(name, group, width))


def _lines(name: str, group: Mapping[str, float], width: int) -> Iterator[str]:
    yield name
    for score, value in group.items():
        yield f"  {score:<{width}}  {_number(value):>10}"


def _number(value: float) -> str:
    return f"{value:.0f}" if value == int(value) and abs(value) > 1 else f"{value:.4f}"
