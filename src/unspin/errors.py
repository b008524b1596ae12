"""Every error unspin raises on purpose.

UnspinError
├── UsageError        the call itself is wrong: an option, a combination, a folder that is not there
├── SourceError       one source could not be read; the others still can
│   ├── RefusedError  unspin will not read it: an address out of bounds, robots.txt, a size limit
│   ├── EmptyError    it was read, and holds no article text
│   └── LibraryError  a library file cannot be read or written
├── FormatError       data handed to unspin does not have the shape it must have
├── BundleError       the model bundle is missing, damaged, or of another version
└── MissingError      an optional part of unspin is not installed
"""


class UnspinError(Exception):
    """An expected failure, told in one sentence with the next step."""


class UsageError(UnspinError):
    """The call is wrong; exit status 2 at the command line."""


class SourceError(UnspinError):
    """One source could not be read.

    `location` names the source, `code` is stable for machines, `reason` is a sentence without the
    name, `step` says what the reader of the message can do next.
    """

    def __init__(self, location: str, code: str, reason: str, step: str) -> None:
        super().__init__(location, code, reason, step)
        self.location = location
        self.code = code
        self.reason = reason
        self.step = step

    def __str__(self) -> str:
        return f"{self.location}: {self.reason}. {self.step}."


class RefusedError(SourceError):
    """The source is one that unspin will not read."""


class EmptyError(SourceError):
    """The source was read and holds no article text."""


class LibraryError(SourceError):
    """A library cannot be used: damaged, locked, of a newer unspin, or no library at all."""


class FormatError(UnspinError):
    """Data does not have the shape it must have; the message names the field."""


class BundleError(UnspinError):
    """The model bundle cannot be used; the message names its folder and what is wrong."""


class MissingError(UnspinError):
    """An optional part of unspin is not installed; the message names the extra."""


def unexpected(location: str, error: Exception) -> SourceError:
    """The failure of one source on a bug of unspin's own; the bug is its cause."""
    failure = SourceError(
        location,
        "internal",
        f"unspin failed on it ({type(error).__name__}: {error!s:.200})",
        "This is a bug: please report it with what --debug shows",
    )
    failure.__cause__ = error
    return failure
