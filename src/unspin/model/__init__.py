"""The encoder at run time: a verified bundle, run on the CPU, and what it sees in a text."""
