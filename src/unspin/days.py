"""The English names of months and of the days of the week."""

MONTHS = tuple(
    """January February March April May June July August September October November
    December""".split()
)
WEEK = tuple("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())
NAMES = frozenset(name.lower() for name in (*MONTHS, *WEEK))  # in lower case
