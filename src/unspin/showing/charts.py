"""Charts as inline SVG, drawn by Vega-Lite without a browser and without a network.

In: labels and numbers. Out: one `<svg>` a chart. Nothing in it is laid out by the width of letters,
so that the same values give the same bytes whatever fonts a machine has; colours are properties of
the page, so that a chart is light, dark or printed as the page is. No chart tells by colour alone,
and a table behind each says the same.
"""

import json
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import Markup, escape

from unspin.showing import page, phrases

Chart = Markup  # one `<svg>`, safe as it is
_Layer = dict[str, Any]

_VERSION = "6.4"  # of Vega-Lite: a newer one may draw other bytes
_WIDE = 640  # of a chart that runs over the page, in CSS pixels
_NARROW = 320  # of a chart that fits a telephone
_ROW = 36  # of a row whose label stands above it
_LINE = 22  # of a row whose label stands before it
_BEFORE = 160  # for labels before rows
_SIGNED = 70  # for the number and sign of the last position
_APART = 44  # between columns, for the number after a bar
_LONGEST = 46  # letters of a label above a row
_SHORT = 20  # letters of a label before a row, or above a column
_SEASON = 60  # days over which an axis names months
_FURTHEST = 1e300  # beyond it the arithmetic of a scale overflows
_TAG = re.compile("<[^>]*>")  # in text and attributes both brackets are escaped
_SPOKEN = re.compile(' (?:role|class|aria-[a-z]+|pointer-events)="[^"]*"')
_CONFIG: dict[str, Any] = {
    "aria": False,  # the image speaks as a whole, and the table behind it in full
    "font": "inherit",
    "view": {"stroke": None},
    "axis": {
        "labelColor": "var(--quiet)",
        "labelFontSize": 12,
        "labelOverlap": False,
        "labelBound": False,
        "labelFlush": False,
        "gridColor": "var(--line)",
        "tickColor": "var(--line)",
        "domainColor": "var(--line)",
        "title": None,
    },
}


@dataclass(frozen=True, slots=True)
class Drawn:
    """One chart for a page, and again for a narrow screen; they say the same."""

    wide: Chart
    narrow: Chart


@dataclass(frozen=True, slots=True)
class Reach:
    """What one document gives for a thing: a number or a day, an interval, or one open end."""

    label: str
    low: float | date | None
    high: float | date | None
    about: bool = False  # drawn hollow


@dataclass(frozen=True, slots=True)
class Column:
    """One measure of every document: bars where it has no interval, else dots."""

    label: str
    values: Sequence[float | None]
    low: Sequence[float | None] | None = None
    high: Sequence[float | None] | None = None
    most: float | None = None  # where the scale ends; None: at the largest value
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Moment:
    """One position on the line of time."""

    number: int
    day: date
    sign: str  # "", or what marks a promise or a denial


def scale(title: str, reaches: Sequence[Reach]) -> Chart | None:
    """All that is given for one thing on one scale; None where fewer than two give an end."""
    known = [reach for reach in reaches if reach.low is not None or reach.high is not None]
    if len(known) < 2:  # noqa: PLR2004 - nothing to compare
        return None
    ends = [end for reach in known for end in (reach.low, reach.high) if end is not None]
    dated = any(isinstance(end, date) for end in ends)
    first, last = min(map(_number, ends)), max(map(_number, ends))
    spread = (last - first) or (_DAY if dated else max(abs(first), 1.0))
    domain = [first - 0.06 * spread, last + 0.06 * spread]
    rows = []
    for at, reach in enumerate(known):
        low = domain[0] if reach.low is None else _number(reach.low)
        high = domain[1] if reach.high is None else _number(reach.high)
        rows.append(
            {
                "row": at,
                "label": _cut(reach.label, _LONGEST),
                "low": low,
                "high": high,
                "open": reach.low is None or reach.high is None,
                "about": reach.about,
                "arrow": "triangle-left" if reach.low is None else "triangle-right",
                "tip": low if reach.low is None else high,
                "from": high if reach.low is None else low,
            }
        )
    x = _days(domain) if dated else _numbers(domain)
    y = _rows(len(known))
    closed = "!datum.open && datum.about == {}"
    layers: list[_Layer] = [
        _layer(_text(fontSize=13, dy=-15, x=0), y=y, text="label"),
        _layer(_rule("--figure"), y=y, x=_at("low", x), x2={"field": "high"}),
        *(
            _layer(
                _point(90, "--figure", full=not about),
                closed.format("true" if about else "false"),
                y=y,
                x=_at(end, x),
            )
            for about in (False, True)
            for end in ("low", "high")
        ),
        _layer(_point(90, "--figure", full=False), "datum.open", y=y, x=_at("from", x)),
        *(
            _layer(
                _point(90, "--figure", full=True, shape=arrow),
                f"datum.open && datum.arrow == '{arrow}'",
                y=y,
                x=_at("tip", x),
            )
            for arrow in ("triangle-left", "triangle-right")
        ),
    ]
    return _drawn(
        title,
        {"data": {"values": rows}, "layer": layers},
        (_NARROW, _ROW * len(known)),
        {"left": 14, "right": 26, "top": 2, "bottom": 24},
    )


def columns(title: str, labels: Sequence[str], measured: Sequence[Column]) -> Drawn | None:
    """A row for each label, and bars or dots for each measure; None where there are none.

    The measures stand beside each other, on a narrow screen below each other.
    """
    if not labels or not measured:
        return None
    tall = _LINE * len(labels)
    beside = max(min((_WIDE - _BEFORE) // len(measured) - _APART, 200), 60)
    below = _NARROW - _BEFORE
    wide = [
        _measure(labels, column, (beside, tall), named=not at) for at, column in enumerate(measured)
    ]
    narrow = [_measure(labels, column, (below, tall), named=True) for column in measured]
    around = {"left": _BEFORE, "right": 34, "top": 26, "bottom": 6}
    return Drawn(
        _drawn(
            title,
            {"hconcat": wide, "spacing": _APART, "bounds": "flush"},
            ((beside + _APART) * len(measured) - _APART, tall),
            around,
        ),
        _drawn(
            title,
            {"vconcat": narrow, "spacing": _APART, "bounds": "flush"},
            (below, (tall + _APART) * len(measured) - _APART),
            around,
        ),
    )


def timeline(
    title: str, moments: Sequence[Moment], shifts: Sequence[tuple[int, int, str]]
) -> Drawn | None:
    """Numbered positions on a line of time, and below it what parts: pairs of their indices.

    Two that do not part, a list shows as well.
    """
    if len({moment.day for moment in moments}) < 2 or (  # noqa: PLR2004 - no line of time
        len(moments) == 2 and not shifts  # noqa: PLR2004 - the list says as much
    ):
        return None
    return Drawn(
        _timeline(title, moments, shifts, _WIDE - 60),
        _timeline(title, moments, shifts, _NARROW - 60),
    )


def _timeline(
    title: str, moments: Sequence[Moment], shifts: Sequence[tuple[int, int, str]], width: int
) -> Chart:
    stacked: dict[date, int] = {}
    levels = []
    for moment in moments:
        stacked[moment.day] = stacked.get(moment.day, -1) + 1
        levels.append(stacked[moment.day])
    top = 22 * max(levels)
    dots = [
        {
            "day": _number(moment.day),
            "y": top - 22 * level + 10,
            "told": f"{moment.number}{moment.sign and ' ' + moment.sign}",
            "plain": not moment.sign,
        }
        for moment, level in zip(moments, levels, strict=True)
    ]
    arcs = [
        {
            "before": dots[before]["day"],
            "after": dots[after]["day"],
            "y": top + 34 + 24 * at,
            "told": f"{kind} {moments[before].number} → {moments[after].number}",
        }
        for at, (before, after, kind) in enumerate(shifts)
    ]
    height = top + 34 + 24 * len(arcs)
    days = [_number(moment.day) for moment in moments]
    spread = max(days) - min(days)
    x = _days([min(days) - 0.03 * spread, max(days) + _SIGNED / width * spread])
    y = {
        "field": "y",
        "type": "quantitative",
        "axis": None,
        "scale": {"domain": [0, height], "range": [0, height], "nice": False},
    }
    parted = {"type": "tick", "orient": "vertical", "size": 12, "thickness": 2}
    ink = "--technique"
    at_dots: list[_Layer] = [
        *(
            _layer(
                _point(110, "--speech", full=plain),
                f"datum.plain == {'true' if plain else 'false'}",
                x=_at("day", x),
                y=y,
            )
            for plain in (True, False)
        ),
        _layer(_text(dx=9), x=_at("day", x), y=y, text="told"),
    ]
    at_arcs: list[_Layer] = [
        _layer(_rule(ink), x=_at("before", x), x2={"field": "after"}, y=y),
        *(
            _layer({**parted, "color": f"var({ink})"}, x=_at(end, x), y=y)
            for end in ("before", "after")
        ),
        _layer(_text(ink, dx=4, dy=-9), x=_at("before", x), y=y, text="told"),
    ]
    layers = [
        *({"data": {"values": dots}, **layer} for layer in at_dots),
        *({"data": {"values": arcs}, **layer} for layer in at_arcs if arcs),
    ]
    return _drawn(
        title,
        {"layer": layers},
        (width, height),
        {"left": 20, "right": 40, "top": 4, "bottom": 24},
    )


def _measure(
    labels: Sequence[str], column: Column, size: tuple[int, int], *, named: bool
) -> _Layer:
    """One measure in its own frame, with the labels before its rows where it is `named`."""
    rows = [
        {
            "row": row,
            "label": _cut(label, _SHORT),
            "value": _bounded(value),
            "told": "" if value is None else _short(value, column),
            "low": _bounded(column.low[row]) if column.low else None,
            "high": _bounded(column.high[row]) if column.high else None,
        }
        for row, (label, value) in enumerate(zip(labels, column.values, strict=True))
    ]
    title = {
        "text": _cut(column.label, max(size[0] // 7 + 5, 8)),
        "anchor": "start",
        "frame": "group",
        "color": "var(--ink)",
        "fontSize": 12,
        "fontWeight": 600,
        "offset": 6,
        "limit": 0,
    }
    frame = {"width": size[0], "height": size[1], "title": title}
    return {**frame, "data": {"values": rows}, "layer": _column(column, named=named)}


def _column(column: Column, *, named: bool) -> list[_Layer]:
    ends = [
        value
        for values in (column.values, column.high or ())
        for value in map(_bounded, values)
        if value is not None
    ]
    domain = [0, column.most or max([*ends, 0.0]) or 1.0]
    x = {"axis": None, "scale": {"domain": domain, "nice": False, "zero": True}}
    y = {
        "field": "row",
        "type": "ordinal",
        "axis": None,
        "scale": {
            "domain": list(range(len(column.values))),
            "paddingInner": 0.35,
            "paddingOuter": 0.2,
        },
    }
    layers: list[_Layer] = []
    if named:
        before = _text(align="right", dx=-8)
        layers.append(_layer(before, y=y, text="label", x={"value": 0}))
    edge = {"type": "rule", "stroke": "var(--line)"}
    layers.append(_layer(edge, x={"value": 0}, y={"value": 0}, y2={"value": "height"}))
    if column.low is None:
        bar = {"type": "bar", "fill": "var(--speech)", "stroke": None}
        layers.append(_layer(bar, "datum.value != null", x=_at("value", x), y=y))
    else:
        dot = _point(60, "--technique", full=True)
        layers += [
            _layer(
                _rule("--technique"),
                "datum.high != null",
                y=y,
                x=_at("low", x),
                x2={"field": "high"},
            ),
            _layer(dot, "datum.value != null", x=_at("value", x), y=y),
        ]
    end = _at("value" if column.high is None else "high", x)
    told = _text("--quiet", dx=6, fontSize=11)
    layers.append(_layer(told, "datum.value != null", x=end, y=y, text="told"))
    return layers


def _layer(
    mark: _Layer,
    where: str | None = None,
    text: str | None = None,
    **encoding: Any,  # noqa: ANN401 - parts of a specification
) -> _Layer:
    drawn: _Layer = {"mark": {"clip": False, **mark}, "encoding": encoding}
    if text:
        encoding["text"] = {"field": text, "type": "nominal"}
    if where:
        drawn["transform"] = [{"filter": where}]
    return drawn


def _text(ink: str = "--ink", **changed: Any) -> _Layer:  # noqa: ANN401 - parts of a specification
    text = {"type": "text", "align": "left", "baseline": "middle", "fontSize": 12}
    return {**text, "fill": f"var({ink})", **changed}


def _point(size: int, ink: str, *, full: bool, **changed: Any) -> _Layer:  # noqa: ANN401 - parts of a specification
    fill = f"var({ink if full else '--paper'})"
    drawn = {"type": "point", "size": size, "stroke": f"var({ink})", "strokeWidth": 2}
    return {**drawn, "fill": fill, "opacity": 1, **changed}


def _rule(ink: str) -> _Layer:
    return {"type": "rule", "stroke": f"var({ink})", "strokeWidth": 2}


def _rows(count: int) -> _Layer:
    return {
        "field": "row",
        "type": "quantitative",
        "axis": None,
        "scale": {
            "domain": [-0.65, count - 0.65],
            "range": [0, _ROW * count],
            "nice": False,
            "zero": False,
        },
    }


def _numbers(domain: Sequence[float]) -> _Layer:
    large = max(abs(end) for end in domain) >= 1e6  # noqa: PLR2004 - too long for an axis
    axis: _Layer = {"tickCount": 4, "format": ".3~s" if large else ",.6~g"}
    if large:
        axis["labelExpr"] = "replace(datum.label, 'G', 'B')"  # a billion, and no gigabyte
    return {"axis": axis, "scale": {"domain": domain, "nice": False, "zero": False}}


def _days(domain: Sequence[float]) -> _Layer:
    months = domain[1] - domain[0] > _SEASON * _DAY
    axis: _Layer = {"format": "%b %Y" if months else "%-d %b"}
    if months:
        axis["tickCount"] = 4
    else:  # Vega would halve days, and name one twice
        first, last = math.ceil(domain[0] / _DAY), math.floor(domain[1] / _DAY)
        step = max(1, math.ceil((last - first) / 4))
        axis["values"] = [day * _DAY for day in range(first, last + 1, step)]
    return {"axis": axis, "scale": {"type": "utc", "domain": domain, "nice": False}}


def _at(field: str, position: _Layer) -> _Layer:
    kind = "temporal" if position["scale"].get("type") == "utc" else "quantitative"
    return {"field": field, "type": kind, **position}


_DAY = 86_400_000.0  # milliseconds
_EPOCH = date(1970, 1, 1).toordinal()


def _number(end: float | date) -> float:
    """A number as it is, a day as milliseconds since 1970: what a scale of time counts in."""
    if isinstance(end, date):
        return (end.toordinal() - _EPOCH) * _DAY
    return _bounded(end) or 0.0


def _bounded(value: float | None) -> float | None:
    if value is None or math.isnan(value):
        return None
    return max(-_FURTHEST, min(value, _FURTHEST))


def _short(value: float, column: Column) -> str:
    return f"{100 * value:.0f}%" if column.percent else f"{value:.1f}"


def _cut(words: str, longest: int) -> str:
    return phrases.clipped(page.visible(phrases.line(words)), longest)


def _drawn(title: str, spec: _Layer, plot: tuple[int, int], padding: dict[str, int]) -> Chart:
    """The chart, spoken as one image named `title`."""
    import vl_convert

    sized = {} if {"hconcat", "vconcat"} & spec.keys() else {"width": plot[0], "height": plot[1]}
    whole = {"background": None, "autosize": "none", "padding": padding, "config": _CONFIG}
    drawn = vl_convert.vegalite_to_svg(
        json.dumps({**whole, **sized, **spec}), vl_version=_VERSION, allowed_base_urls=[]
    )
    width = plot[0] + padding["left"] + padding["right"]
    height = plot[1] + padding["top"] + padding["bottom"]
    named = escape(page.visible(title))
    return Markup(  # noqa: S704 - drawn from numbers and labels, which Vega escapes
        f'<svg role="img" aria-label="{named}" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}">{_bare(drawn.split(">", 1)[1])}'
    )


def _bare(drawn: str) -> str:
    """What is drawn, without parts that show nothing and roles inside what speaks as one image."""
    return _TAG.sub(
        lambda tag: "" if 'display="none"' in tag[0] else _SPOKEN.sub("", tag[0]), drawn
    )
