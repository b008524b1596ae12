"""Training gives the same bytes twice, and a model the reader walks as the library does."""

from pathlib import Path

import numpy as np
import pytest

from unspin.bench.gold import GoldPage
from unspin.errors import FormatError, UsageError
from unspin.reading import selection
from unspin.train import reading, run


def pages() -> list[GoldPage]:
    made = []
    for number in range(12):
        sentence = f"The envoy said on day {number} that the bridge was safe to cross again. "
        body = "\n".join(sentence * (2 + at % 3) for at in range(8))
        markup = (
            "<html><body><nav><a href=/>Home</a><a href=/w>World news</a></nav><article><h1>Bridge"
            f"</h1>{''.join(f'<p>{line}</p>' for line in body.splitlines())}</article>"
            "<footer><p>© Gazette</p><p>Terms and conditions</p></footer></body></html>"
        )
        made.append(
            GoldPage("scrapinghub", str(number), None, markup, body, None, None, None, (), ())
        )
    return made


def test_training_is_deterministic_and_the_walk_agrees(tmp_path: Path) -> None:
    pytest.importorskip("sklearn")
    made = reading.examples(pages())
    model = reading.train(made, data=["own"], digest="0")
    assert model == reading.train(made, data=["own"], digest="0")
    reading.write(model, tmp_path)
    assert (tmp_path / "article.sha256").read_text("ascii").endswith("  article.json\n")
    trees = selection.parse((tmp_path / "article.json").read_bytes())
    rows = np.vstack([example.rows for example in made])
    expected = reading.fit(made).predict_proba(rows)[:, 1]
    assert np.abs(selection.probabilities(rows, trees) - expected).max() < 1e-6
    labels = np.concatenate([example.labels for example in made])
    assert ((expected >= 0.5) == labels).mean() > 0.95


def test_the_shipped_model_is_whole_and_fits_the_features() -> None:
    trees = selection.load()
    with pytest.raises(FormatError, match="features"):
        selection.probabilities(np.zeros((1, trees.features + 1), np.float32), trees)


def test_wrong_calls_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such model"):
        run("writing", [tmp_path], tmp_path, lambda _: None)
    with pytest.raises(UsageError, match="no such folder"):
        run("reading", [tmp_path], tmp_path / "none", lambda _: None)
