"""Two sentences as one row of tokens, and one sentence alone."""

from tokenizers import Tokenizer

from unspin.model.windows import BREAK, START, marker
from unspin.text import encodable

RELATIONS = ("entails", "contradicts", "neutral")  # in the order of the outputs
FIRST, SECOND = 160, 64  # tokens at most of either sentence

Joined = tuple[tuple[int, ...], tuple[int, ...]]  # tokens, and 1 on the second sentence's


def joined(first: str, second: str, tokenizer: Tokenizer) -> Joined:
    """The tokens of both; what is longer than `FIRST` and `SECOND` is cut at its end."""
    one, two = (
        encoding.ids[:room]
        for encoding, room in zip(
            tokenizer.encode_batch([encodable(first), encodable(second)], add_special_tokens=False),
            (FIRST, SECOND),
            strict=True,
        )
    )
    start, separator = marker(START, tokenizer), marker(BREAK, tokenizer)
    tokens = (start, *one, separator, *two, separator)
    return tokens, (0,) * (len(one) + 2) + (1,) * (len(two) + 1)


def single(text: str, tokenizer: Tokenizer) -> tuple[int, ...]:
    """The tokens of one sentence."""
    ids = tokenizer.encode(encodable(text), add_special_tokens=False).ids[:FIRST]
    return marker(START, tokenizer), *ids, marker(BREAK, tokenizer)
