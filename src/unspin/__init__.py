"""unspin: who said what, in whose voice, and where the accounts part."""

__version__ = "0.1.0"
