"""The letters of a text counted as scikit-learn counts them, to the last bit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.understanding.letters import Letters, Terms, fit_letters
from bot.understanding.text import fold

TEXTS = [
    "Vad kostar ledsagning?",
    "vad kostar en ledsagare i månaden",
    "hur ansöker jag om avlösning",
    "Hur ansöker min mamma?",
    "ansöka om en å ö",
]


@pytest.fixture(scope="module")
def theirs() -> list[TfidfVectorizer]:
    """The two vectorisers that training uses, for so few texts."""
    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"\w+")
    runs = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True)
    folded = [fold(t) for t in TEXTS]
    return [words.fit(folded), runs.fit(folded)]


@pytest.fixture(scope="module")
def ours(theirs: list[TfidfVectorizer]) -> Letters:
    return Letters(*(Terms.of(vectoriser) for vectoriser in theirs))


@given(st.text(alphabet="vadkostrlenig åÅö?.-_\n\t1²ßİﬁ", max_size=60))
@example("")
@example("?!")
@example("vad vad vad kostar kostar " * 30)
@example("a å hur  ansöker\n\tmamma")
def test_the_same_numbers(ours: Letters, theirs: list[TfidfVectorizer], text: str) -> None:
    words, runs = (v.transform([fold(text)]).astype(np.float32) for v in theirs)
    places, weights = ours.counted(text)
    np.testing.assert_array_equal(weights, np.concatenate([words.data, runs.data]))
    shifted = runs.indices + len(theirs[0].vocabulary_)
    np.testing.assert_array_equal(places, np.concatenate([words.indices, shifted]))


def test_a_weight_for_each_term_and_label() -> None:
    letters, weights = fit_letters(TEXTS * 3, ["a", "a", "b", "b", "b"] * 3)
    assert weights.shape == (len(letters.words.rarity) + len(letters.runs.rarity), 2)
    places, counted = letters.counted("vad kostar ledsagning")
    assert np.argmax((counted[:, None] * weights[places]).sum(axis=0)) == 0
