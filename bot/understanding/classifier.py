"""Which topic a sentence is about: linear classifiers on two views of it.

One view is the sentence's meaning (the encoder's vector). On it three logistic regressions
judge the topic, its aspect and its service apart; the two easier ones hold up the hard one.
The other view is the sentence's letters (words and character n-grams), judged by naive Bayes,
so that a rare word counts even where the encoder does not know it. Log-probabilities are
added with fixed weights (docs/adr/0003). Fitting is deterministic.

What stands among the examples word for word is what the example says: an editor who adds a
question gets it understood.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from bot.understanding.regression import Linear, log_softmax
from bot.understanding.regression import fit as fit_linear
from bot.understanding.text import fold, folded_words

FloatArray = NDArray[np.float32]

PART_WEIGHT: Final = 0.5
"""Weight of the aspect's and of the service's judgement beside the topic's own."""

LETTERS_WEIGHT: Final = 0.5
"""Weight of the letters' judgement."""

REMEMBERED: Final = 0.9
"""What the label of an example gets of a sentence with the same words."""

_LEAST_REMEMBERED: Final = 3
"""Fewer words mean what the conversation makes of them."""

_FLOOR: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Guess:
    """A topic and how sure the classifier is of it, 0 to 1."""

    topic: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Fitted:
    """All that prediction needs; plain arrays but for the letter features."""

    labels: tuple[str, ...]
    mean: FloatArray
    scale: FloatArray
    topic: Linear
    aspect: Linear
    service: Linear
    aspect_of: NDArray[np.intp]
    service_of: NDArray[np.intp]
    features: Any
    letters: FloatArray
    remembered: Mapping[int, int]


class TopicClassifier:
    """Fit on labelled sentences; predict the probability of each label."""

    def __init__(self, fitted: Fitted) -> None:
        self._fitted = fitted
        self.labels = fitted.labels
        self._members: dict[str, list[int]] = defaultdict(list)
        for number, label in enumerate(fitted.labels):
            _, service = split_label(label)
            if service not in {"-", "none"}:
                self._members[service].append(number)

    @classmethod
    def fit(
        cls, texts: Sequence[str], labels: Sequence[str], vectors: FloatArray
    ) -> TopicClassifier:
        """Train on ``texts`` (n), their ``labels`` (n) and encoder ``vectors`` (n x dimension)."""
        known = tuple(sorted(set(labels)))
        mean, scale = vectors.mean(axis=0), vectors.std(axis=0) + 1e-6
        centred = ((vectors - mean) / scale).astype(np.float32)
        aspects, services = zip(*(split_label(label) for label in labels), strict=True)
        # Each part on one thread of the matrix library, so that cores do not wait for each other
        # and their number does not show in the result.
        with threadpool_limits(1), ThreadPoolExecutor(2) as pool:
            topic = pool.submit(fit_linear, centred, labels)
            letters = pool.submit(_fit_letters, texts, labels)
            aspect = pool.submit(fit_linear, centred, aspects)
            service = pool.submit(fit_linear, centred, services)
            fitted = Fitted(
                labels=known,
                mean=mean,
                scale=scale,
                topic=topic.result(),
                aspect=aspect.result(),
                service=service.result(),
                aspect_of=_places(aspects, [split_label(k)[0] for k in known]),
                service_of=_places(services, [split_label(k)[1] for k in known]),
                features=letters.result()[0],
                letters=letters.result()[1],
                remembered=_remembered(texts, labels, known),
            )
        return cls(fitted)

    def probabilities(self, texts: Sequence[str], vectors: FloatArray) -> FloatArray:
        """Probability of each of ``self.labels`` for each text: (n x labels), rows sum to 1."""
        f = self._fitted
        centred = (vectors - f.mean) / f.scale
        scores = f.topic.log_probabilities(centred)
        scores += PART_WEIGHT * f.aspect.log_probabilities(centred)[:, f.aspect_of]
        scores += PART_WEIGHT * f.service.log_probabilities(centred)[:, f.service_of]
        counted = f.features.transform([fold(t) for t in texts]).astype(np.float32)
        scores += LETTERS_WEIGHT * (counted @ f.letters)
        found = np.exp(log_softmax(scores)).astype(np.float32)
        for number, text in enumerate(texts):
            example = f.remembered.get(_key(text))
            if example is not None:
                found[number] *= 1 - REMEMBERED
                found[number, example] += REMEMBERED
        return found

    def rank(self, probabilities: FloatArray, count: int) -> tuple[Guess, ...]:
        """The ``count`` likeliest labels of one row of probabilities, best first."""
        best = np.argsort(-probabilities, kind="stable")[:count]
        return tuple(Guess(self.labels[i], round(float(probabilities[i]), 4)) for i in best)

    def within_services(
        self, probabilities: FloatArray, count: int
    ) -> dict[str, tuple[Guess, ...]]:
        """For each service its ``count`` likeliest aspects, as shares of that service alone.

        A short turn is read within the service that the conversation is about.
        """
        found: dict[str, tuple[Guess, ...]] = {}
        for service, members in self._members.items():
            own = probabilities[members]
            share = own / (own.sum() + _FLOOR)
            best = np.argsort(-own, kind="stable")[:count]
            found[service] = tuple(
                Guess(self.labels[members[i]].rpartition(".")[2], round(float(share[i]), 3))
                for i in best
            )
        return found

    def save(self, folder: Path) -> None:
        """Write the fitted parts into a folder, the weights of letters in half the space."""
        import joblib

        small = replace(self._fitted, letters=self._fitted.letters.astype(np.float16))
        joblib.dump(small, folder / "topics.joblib")

    @classmethod
    def load(cls, folder: Path) -> TopicClassifier:
        """Read what ``save`` wrote."""
        import joblib

        small: Fitted = joblib.load(folder / "topics.joblib")
        return cls(replace(small, letters=small.letters.astype(np.float32)))


def split_label(label: str) -> tuple[str, str]:
    """Aspect and service of a label; ``greet`` has the service ``-``."""
    service, _, aspect = label.rpartition(".")
    return aspect, service or "-"


def _remembered(
    texts: Sequence[str], labels: Sequence[str], known: Sequence[str]
) -> dict[int, int]:
    """The number of the label of each sentence that stands for one label only."""
    numbers = {label: number for number, label in enumerate(known)}
    found: dict[int, set[int]] = defaultdict(set)
    for text, label in zip(texts, labels, strict=True):
        if len(folded_words(text)) >= _LEAST_REMEMBERED:
            found[_key(text)].add(numbers[label])
    return {key: ids.pop() for key, ids in found.items() if len(ids) == 1}


def _key(text: str) -> int:
    """A number for the words of a text: a sixth of the room that the words would take."""
    words = " ".join(folded_words(text)).encode()
    return int.from_bytes(hashlib.blake2b(words, digest_size=8).digest(), "big")


def _places(classes: Sequence[str], of_known: Sequence[str]) -> NDArray[np.intp]:
    """The number of the class that each known label belongs to."""
    return np.searchsorted(sorted(set(classes)), of_known)


def _fit_letters(texts: Sequence[str], labels: Sequence[str]) -> tuple[Any, FloatArray]:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.naive_bayes import ComplementNB
    from sklearn.pipeline import make_union

    features = make_union(
        TfidfVectorizer(
            ngram_range=(1, 2),
            min_df=2,
            max_features=8000,
            sublinear_tf=True,
            token_pattern=r"\w+",  # noqa: S106 - words, no password
        ),
        TfidfVectorizer(
            analyzer="char_wb", ngram_range=(3, 5), min_df=3, max_features=16000, sublinear_tf=True
        ),
    )
    counted = features.fit_transform([fold(t) for t in texts])
    for _, counter in features.transformer_list:
        # The terms left out are never asked for again, but would fill half of the file; an address
        # in memory would make it another file each time.
        for useless in ("stop_words_", "_stop_words_id"):
            vars(counter).pop(useless, None)
        # Each of NumPy's numbers is an object of its own, slow to write and to read.
        counter.vocabulary_ = {term: int(place) for term, place in counter.vocabulary_.items()}
    bayes = ComplementNB(alpha=0.3).fit(counted, labels)
    # (features x classes), laid out by rows: a sparse row times this takes 0.2 ms, transposed 36.
    letters = np.ascontiguousarray(bayes.feature_log_prob_.T)
    # What all classes share decides nothing; without it 16 bits are enough.
    letters -= letters.mean(axis=1, keepdims=True)
    return features, letters.astype(np.float16).astype(np.float32)
