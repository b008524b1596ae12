"""The word lists of the comparison: one entry a line, what it is and where from in the header."""

from importlib.resources import files


def lines(name: str) -> list[str]:
    """The entries of the list `name`, comments and empty lines left out."""
    text = files(__name__).joinpath(name).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
