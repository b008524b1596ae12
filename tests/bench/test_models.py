"""The models of a bundle: the marks are those of the encoder, read once."""

from pathlib import Path

import pytest

from unspin import marking
from unspin.bench import models, passes
from unspin.model.encoder import Encoder
from unspin.model.graphs import Ints, MarkGraphs, Pass

BUNDLE = Path("tests/data/bundle")
TEXT = "Ana Rell said the bridge was safe.\n\n“We looked twice,” she said. Nobody asked her to."


def test_the_marks_are_the_encoders_and_no_window_is_read_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read: list[int] = []
    plain = MarkGraphs.read

    def counted(self: MarkGraphs, tokens: Ints) -> Pass:
        read.append(len(tokens))
        return plain(self, tokens)

    monkeypatch.setattr(MarkGraphs, "read", counted)
    scored, encoder = models.load(BUNDLE), Encoder.load(BUNDLE)
    document = passes.document(TEXT)
    wanted = marking.mark(document, layers=("statements",), see=encoder.see, bundle=scored.name)
    once = len(read)
    assert once
    for _ in range(3):
        assert scored.mark(document) == wanted
    assert len(read) == 2 * once
