"""The training examples' vectors that are kept with the data."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.components.importer import read_examples
from bot.training import ROOT
from bot.understanding.analyse import unshout
from bot.understanding.encoder import load_encoder
from bot.understanding.vectors import VectorStore

TEXTS = ["vad kostar ledsagning", "hur söker man", "vem ringer jag"]


def test_every_example_has_its_vector() -> None:
    files = sorted((ROOT / "bot" / "data" / "nlu").glob("*.yml"))
    texts = [unshout(e.get("text")) for f in files for e in read_examples(f)]
    missing = VectorStore.load(load_encoder()).missing(texts)
    assert not missing, f"run `make vectors`: {len(missing)} examples, first {missing[0]!r}"


def test_vectors_are_the_same_from_the_file_and_without_it(tmp_path: Path) -> None:
    encoder, path = load_encoder(), tmp_path / "vectors.npz"
    store = VectorStore(encoder.fingerprint, {})
    made = store.vectors(TEXTS, encoder)
    store.save(TEXTS, path)
    read = VectorStore.load(encoder, path)
    assert read.missing(TEXTS) == []
    np.testing.assert_allclose(read.vectors(TEXTS, encoder), made, atol=1e-6)


def test_the_file_is_the_same_for_the_same_examples_in_any_order(tmp_path: Path) -> None:
    encoder = load_encoder()
    store = VectorStore(encoder.fingerprint, {})
    store.vectors(TEXTS, encoder)
    store.save(TEXTS, tmp_path / "a.npz")
    store.save([*reversed(TEXTS), TEXTS[0]], tmp_path / "b.npz")
    first, second = (np.load(tmp_path / name) for name in ("a.npz", "b.npz"))
    for key in first.files:
        np.testing.assert_array_equal(first[key], second[key])


@pytest.mark.parametrize("there", [False, True])
def test_another_encoder_or_no_file_starts_empty(tmp_path: Path, there: bool) -> None:
    encoder, path = load_encoder(), tmp_path / "vectors.npz"
    if there:
        other = VectorStore("another", {})
        other.vectors(TEXTS, encoder)
        other.save(TEXTS, path)
    assert VectorStore.load(encoder, path).missing(TEXTS) == TEXTS
