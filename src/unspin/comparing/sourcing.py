"""Who is given how much room in each document, how high up, and on whose side.

Words are counted as the X-ray of an article counts them: each for the innermost statement it lies
in, and joint speakers are each given all of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from unspin import wordcount
from unspin.comparing.speakers import Cast
from unspin.types import Marks, Sourcing, Speaker

_NOBODY = Speaker((), None, None)


@dataclass(slots=True)
class _Room:
    """What one speaker is given: statements, and whether any of them names it."""

    statements: set[int] = field(default_factory=set)
    named: bool = False


def find(marks: Sequence[Marks], cast: Cast) -> tuple[Sourcing, ...]:
    """The room of each speaker: document by document, who has the most words first.

    All who are not named are one, and come last; a document that quotes nobody has none.
    """
    sides = {identity.id: identity.side for identity in cast.identities}
    return tuple(room for one in marks for room in _rooms(one, cast, sides))


def _rooms(marks: Marks, cast: Cast, sides: dict[str, str | None]) -> list[Sourcing]:
    document, statements = marks.document, marks.statements
    counted = wordcount.of(marks)
    rooms: dict[str | None, _Room] = {}
    for index, statement in enumerate(statements):
        for place, speaker in enumerate(statement.speakers or (_NOBODY,)):
            room = rooms.setdefault(cast.of(document.id, index, place), _Room())
            room.statements.add(index)
            room.named |= wordcount.standing(speaker) == "named"
    found = []
    for speaker_id, room in rooms.items():
        words = sum(counted.given[index] for index in room.statements)
        starts = [span.start for index in room.statements for span in statements[index].words]
        found.append(
            Sourcing(
                document=document.id,
                speaker=speaker_id,
                named=room.named and speaker_id is not None,
                statements=len(room.statements),
                words=words,
                share=words / counted.words if counted.words else 0.0,
                first=min(starts, default=0) / max(1, len(document.text)),
                side=sides.get(speaker_id) if speaker_id else None,
            )
        )
    return sorted(found, key=lambda one: (one.speaker is None, -one.words, one.speaker or ""))
