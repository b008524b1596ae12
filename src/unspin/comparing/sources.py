"""Independent sources: copies of one text are one, and the fullest of them speaks for all."""

from collections.abc import Iterator, Sequence

from unspin.types import Copy, Marks, Story


def fullest(copies: Sequence[Copy]) -> dict[str, str]:
    """The fullest copy of each document that has copies, itself among them; ids."""
    return {document: copy.documents[0] for copy in copies for document in copy.documents}


def told(
    marks: Sequence[Marks], stories: Sequence[Story], copies: Sequence[Copy]
) -> Iterator[tuple[Story, list[int]]]:
    """Each story that several sources tell, and the number of the document that speaks for each."""
    number = {one.document.id: place for place, one in enumerate(marks)}
    first = fullest(copies)
    for story in stories:
        if story.sources > 1:
            speaking = [one for one in story.documents if first.get(one, one) == one]
            yield story, [number[document] for document in speaking]
