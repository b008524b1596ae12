"""The word lists of the readers: one entry a line, what it is and where from in the header."""

import re
from importlib.resources import files


def lines(name: str) -> list[str]:
    """The entries of the list `name`, comments and empty lines left out."""
    text = files(__name__).joinpath(name).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def patterns(name: str, flags: re.RegexFlag = re.IGNORECASE) -> dict[str, re.Pattern[str]]:
    """The regular expressions of the list `name` by their names, in the order of the list."""
    entries = (line.split("\t", 1) for line in lines(name))
    return {kind: re.compile(pattern, flags) for kind, pattern in entries}
