"""The letters of a text as numbers: its words, pairs of words, and runs of three to five letters.

scikit-learn learns which terms count and how much; at serving the terms of one short text are
counted here, in a tenth of the time that its vectorisers take for it. The numbers are the same to
the last bit (a test compares them).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from bot.understanding.text import fold

IntArray = NDArray[np.intp]
FloatArray = NDArray[np.float32]
DoubleArray = NDArray[np.float64]

_WORDS_AT_ONCE: Final = (1, 2)
_LETTERS_AT_ONCE: Final = (3, 5)
_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of one kind that count: their places, and how rare each of them is."""

    places: Mapping[str, int]
    rarity: DoubleArray

    @classmethod
    def of(cls, vectoriser: Any) -> Terms:
        """What a fitted TfidfVectorizer has learnt."""
        # Each of NumPy's numbers is an object of its own, slow to write and to read.
        places = {term: int(place) for term, place in vectoriser.vocabulary_.items()}
        return cls(places, np.asarray(vectoriser.idf_, dtype=np.float64))

    def counted(self, terms: Iterable[str]) -> tuple[IntArray, FloatArray]:
        """The places of the terms that count, in order, and their weights: a vector of length 1."""
        counts: dict[int, int] = {}
        known = self.places.get
        for term in terms:
            place = known(term)
            if place is not None:
                counts[place] = counts.get(place, 0) + 1
        places = np.array(sorted(counts), dtype=np.intp)
        times = np.array([counts[place] for place in places.tolist()], dtype=np.float64)
        weights = (np.log(times) + 1) * self.rarity[places]
        if len(weights):
            # Added one after the other, as scikit-learn does: `sum` would add in another order.
            weights /= np.sqrt(np.cumsum(weights * weights)[-1])
        return places, weights.astype(np.float32)


@dataclass(frozen=True, slots=True)
class Letters:
    """Both kinds of terms, the places of the runs after those of the words."""

    words: Terms
    runs: Terms

    def counted(self, text: str) -> tuple[IntArray, FloatArray]:
        """The places of a text's terms, in order, and their weights."""
        text = fold(text).lower()
        words, word_weights = self.words.counted(_words(text))
        runs, run_weights = self.runs.counted(_runs(text))
        places = np.concatenate([words, runs + len(self.words.rarity)])
        return places, np.concatenate([word_weights, run_weights])


def fit_letters(texts: Sequence[str], labels: Sequence[str]) -> tuple[Letters, FloatArray]:
    """The terms that count in the examples, and their weights for each label: (terms x labels)."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.naive_bayes import ComplementNB
    from sklearn.pipeline import make_union

    words = TfidfVectorizer(
        ngram_range=_WORDS_AT_ONCE,
        min_df=2,
        max_features=8000,
        sublinear_tf=True,
        token_pattern=_WORD.pattern,
    )
    runs = TfidfVectorizer(
        analyzer="char_wb",
        ngram_range=_LETTERS_AT_ONCE,
        min_df=3,
        max_features=16000,
        sublinear_tf=True,
    )
    counted = make_union(words, runs).fit_transform([fold(t) for t in texts])
    bayes = ComplementNB(alpha=0.3).fit(counted, labels)
    # (terms x classes): the rows of a text's terms lie together.
    letters = np.ascontiguousarray(bayes.feature_log_prob_.T)
    # What all classes share decides nothing; without it 16 bits are enough.
    letters -= letters.mean(axis=1, keepdims=True)
    return Letters(Terms.of(words), Terms.of(runs)), letters.astype(np.float16).astype(np.float32)


def _words(text: str) -> list[str]:
    words = _WORD.findall(text)
    return words + [f"{first} {second}" for first, second in pairwise(words)]


def _runs(text: str) -> Iterator[str]:
    """Runs of letters within words, a blank on either side; what is shorter stands once."""
    least, most = _LETTERS_AT_ONCE
    for word in text.split():
        padded = f" {word} "
        for size in range(least, most + 1):
            if len(padded) <= size:
                yield padded
                break
            for start in range(len(padded) - size + 1):
                yield padded[start : start + size]
