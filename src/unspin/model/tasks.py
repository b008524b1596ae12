"""What the encoder is asked: its tasks and their labels, in the order of its outputs."""

from typing import get_args

from unspin.types import CueKind

CUE_TAGS = ("O", "B", "I")  # of every token: outside a cue, at its beginning, inside
PART_TAGS = ("O", "B-source", "I-source", "B-content", "I-content")  # given one cue
CUE_KINDS: tuple[CueKind, ...] = get_args(CueKind)
TECHNIQUES = (  # PTC version 2, SemEval-2020 task 11
    "Appeal_to_Authority",
    "Appeal_to_fear-prejudice",
    "Bandwagon,Reductio_ad_hitlerum",
    "Black-and-White_Fallacy",
    "Causal_Oversimplification",
    "Doubt",
    "Exaggeration,Minimisation",
    "Flag-Waving",
    "Loaded_Language",
    "Name_Calling,Labeling",
    "Repetition",
    "Slogans",
    "Thought-terminating_Cliches",
    "Whataboutism,Straw_Men,Red_Herring",
)
TOKEN_LABELS = ("rhetoric", "loaded", *TECHNIQUES)  # any technique; a loaded word; each technique
SENTENCE_LABELS = ("subjective", "opinionated", "slant", "checkworthy", "rhetoric")
IN_MARKS = 5  # vectors that tell of a pair of quotation marks: `decoding.bracketed`
SPAN_FEATURES = 3  # of a span to be classified, beside its vectors: `spans.features`
_EXACT = 15  # distances with a bucket of their own
DISTANCES = 64  # buckets of a token's distance to its cue (`distance`)


def distance(offset: int) -> int:
    """The bucket of a signed distance in tokens, 0 to 63: exact up to 15, coarser beyond.

    0 is the cue itself; buckets 1 to 31 lie before it, 32 to 63 behind it.
    """
    if offset == 0:
        return 0
    size = abs(offset)
    step = size
    if size > _EXACT:
        step = min(31, _EXACT + int((size - _EXACT) ** 0.5 * 1.05) + 1)
    return step if offset < 0 else 31 + min(step, 32)
