"""Units that measure one thing, and what a number in one of them is in another."""

_METRES = {"mm": 1e-3, "cm": 1e-2, "dm": 0.1, "m": 1.0, "km": 1e3, "mile": 1609.344}
_METRES |= {"foot": 0.3048, "ft": 0.3048, "yard": 0.9144, "inch": 0.0254}
_GRAMS = {"g": 1e-3, "kg": 1.0, "t": 1e3, "tonne": 1e3, "ton": 1e3}
DAYS = {"day": 1.0, "week": 7.0, "month": 30.4, "year": 365.25}
SHARES = frozenset({"percent", "percentage-point"})
_MEASURES = (_METRES, DAYS, _GRAMS)


def kind(unit: str | None) -> str:
    """What a unit measures: whatever is counted one by one goes together, rates with sums."""
    for measure in _MEASURES:
        if unit in measure:
            return next(iter(measure))
    return "count" if unit in {None, "person"} else unit.partition("/")[0]


def scale(unit: str | None, into: str | None) -> float:
    """What a number in `unit` is multiplied with to be one in `into`; 1 where nothing tells."""
    for measure in _MEASURES:
        if unit in measure and into in measure:
            return measure[unit] / measure[into]
    return 1.0
