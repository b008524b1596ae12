"""Units that measure one thing, and what a number in one of them is in another."""

from collections.abc import Mapping

DAYS = {"day": 1.0, "night": 1.0, "week": 7.0, "fortnight": 14.0, "month": 30.4, "year": 365.25,
        "decade": 3652.5}  # fmt: skip
SHARES = frozenset({"percent", "percentage-point"})
AGE = "year-of-age"
_MEASURES: tuple[Mapping[str, float], ...] = (
    {"m": 1.0, "mm": 1e-3, "cm": 1e-2, "dm": 0.1, "km": 1e3, "mile": 1609.344, "foot": 0.3048,
     "yard": 0.9144, "inch": 0.0254},
    DAYS | {"hour": 1 / 24, "minute": 1 / 1440, "second": 1 / 86400},
    {"kg": 1.0, "g": 1e-3, "tonne": 1e3, "ton": 1e3, "ounce": 0.02835},
    {"km2": 1.0, "hectare": 1e-2, "acre": 0.0040469, "mile2": 2.58999, "m2": 1e-6,
     "foot2": 9.2903e-8},
    {"km/h": 1.0, "mph": 1.609344, "knot": 1.852},
    {"W": 1.0, "kW": 1e3, "MW": 1e6, "GW": 1e9},
    {"Wh": 1.0, "kWh": 1e3, "MWh": 1e6, "GWh": 1e9, "TWh": 1e12},
    {"litre": 1.0, "ml": 1e-3, "cl": 1e-2, "gallon": 3.785},
)  # fmt: skip
_COINS = {  # of several states, which a text may leave unnamed
    "dollar": "USD AUD CAD NZD HKD SGD TWD JMD TTD FJD NAD ZWL",
    "peso": "MXN ARS CLP COP CUP UYU DOP PHP",
    "pound": "GBP",
    "crown": "CZK DKK SEK NOK ISK",
    "franc": "CHF XAF XOF FRF",
    "rupee": "INR PKR LKR NPR",
}
_COIN = {code: coin for coin, codes in _COINS.items() for code in codes.split()}


def kind(unit: str | None) -> str:
    """What a unit measures: whatever is counted one by one goes together, rates with sums."""
    for measure in _MEASURES:
        if unit in measure:
            return next(iter(measure))
    if unit in {None, "person"}:
        return "count"
    money = unit.partition("/")[0]
    return _COIN.get(money, money)


def is_measured(unit: str | None) -> bool:
    """Whether a unit has others that it is told in: a length, a weight, a time."""
    return any(unit in measure for measure in _MEASURES)


def fit(one: str | None, other: str | None) -> bool:
    """Whether units of one kind may measure one thing: not the dollars of two states."""
    return one == other or not {one, other} <= _COIN.keys()


def scale(unit: str | None, into: str | None) -> float:
    """What a number in `unit` is multiplied with to be one in `into`; 1 where nothing tells."""
    for measure in _MEASURES:
        if unit and into and unit in measure and into in measure:
            return measure[unit] / measure[into]
    return 1.0
