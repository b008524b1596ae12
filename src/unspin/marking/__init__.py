"""Document → Marks: the X-ray of one article, by rules and by what the encoder sees.

`mark` reads like the table of layers.
"""

from collections.abc import Callable

from unspin import __version__
from unspin.marking import claims, dates, figures, slips, statements, techniques, voices
from unspin.model.signals import Signals
from unspin.types import COVERED, LAYERS, Document, Layer, MadeBy, Marks, Settings

_ANYWHERE: frozenset[Layer] = frozenset({"statements", "voices"})  # made in every language


def mark(
    document: Document,
    *,
    layers: tuple[Layer, ...] = LAYERS,
    see: Callable[[str], Signals] | None = None,
    bundle: str = "rules",
) -> Marks:
    """The marks of `document` in `layers`; `made_by.settings.layers` says what was looked for.

    `see` gives what the encoder of `bundle` sees in a text; None: the rules are alone. It is asked
    only in the languages that are covered.
    """
    signed = made_by(document, layers, bundle)
    made = signed.settings.layers
    asked = see if made and document.language in COVERED else None
    seen = asked(document.text) if asked else None
    heard = (seen.attributions, seen.quoted) if seen else ()
    said = statements.find(document, *heard) if made else ()
    mouths = voices.find(document, said, seen.sentences if seen else ())
    sentences = seen.sentences if seen else ()
    read = {"claims", "figures", "slips"} & set(made)
    times = dates.find(document, mouths) if read or "dates" in made else ()
    counted = figures.find(document, mouths, times) if read else ()
    worth = claims.find(document, said, mouths, counted, times, sentences=sentences)
    return Marks(
        document=document,
        statements=said,
        voices=mouths if "voices" in made else (),
        claims=worth if "claims" in made else (),
        figures=counted if "figures" in made else (),
        dates=times if "dates" in made else (),
        techniques=techniques.find(document, mouths, seen) if "techniques" in made else (),
        slips=slips.find(document, said, counted, times) if "slips" in made else (),
        made_by=signed,
    )


def made_by(
    document: Document, layers: tuple[Layer, ...] = LAYERS, bundle: str = "rules"
) -> MadeBy:
    """What `mark` signs the marks of `document` with, known before they are made.

    Of `layers` it names those that are made in its language. Every layer has a voice, and a voice
    can be the index of a statement: where any layer is asked for, statements come with it.
    """
    asked = frozenset((*layers, "statements")) if layers else frozenset()
    made = asked if document.language in COVERED else asked & _ANYWHERE
    settings = Settings(layers=tuple(layer for layer in LAYERS if layer in made))
    return MadeBy(unspin=__version__, bundle=bundle, settings=settings)
