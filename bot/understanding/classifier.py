"""Which topic a sentence is about: linear classifiers on two views of it.

One view is the sentence's meaning (the encoder's vector). On it three logistic regressions
judge the topic, its aspect and its service apart; the two easier ones hold up the hard one.
The other view is the sentence's letters (words and character n-grams), judged by naive Bayes,
so that a rare word counts even where the encoder does not know it. Log-probabilities are
added with fixed weights (docs/adr/0003). Fitting is deterministic.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from bot.understanding.text import fold

FloatArray = NDArray[np.float32]

PART_WEIGHT: Final = 0.5
"""Weight of the aspect's and of the service's judgement beside the topic's own."""

LETTERS_WEIGHT: Final = 0.5
"""Weight of the letters' judgement."""

_FLOOR: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Guess:
    """A topic and how sure the classifier is of it, 0 to 1."""

    topic: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Linear:
    """A fitted logistic regression: weights (classes x dimension) and intercepts (classes)."""

    weights: FloatArray
    intercepts: FloatArray

    def log_probabilities(self, vectors: FloatArray) -> FloatArray:
        """Log-probability of each class for each row: (n x classes)."""
        return _log_softmax(vectors @ self.weights.T + self.intercepts)


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
        aspect, aspect_of = _fit_part(centred, aspects, [split_label(k)[0] for k in known])
        service, service_of = _fit_part(centred, services, [split_label(k)[1] for k in known])
        features, letters = _fit_letters(texts, labels)
        return cls(
            Fitted(
                labels=known,
                mean=mean,
                scale=scale,
                topic=_fit_linear(centred, labels),
                aspect=aspect,
                service=service,
                aspect_of=aspect_of,
                service_of=service_of,
                features=features,
                letters=letters,
            )
        )

    def probabilities(self, texts: Sequence[str], vectors: FloatArray) -> FloatArray:
        """Probability of each of ``self.labels`` for each text: (n x labels), rows sum to 1."""
        f = self._fitted
        centred = (vectors - f.mean) / f.scale
        scores = f.topic.log_probabilities(centred)
        scores += PART_WEIGHT * f.aspect.log_probabilities(centred)[:, f.aspect_of]
        scores += PART_WEIGHT * f.service.log_probabilities(centred)[:, f.service_of]
        counted = f.features.transform([fold(t) for t in texts]).astype(np.float32)
        scores += LETTERS_WEIGHT * (counted @ f.letters)
        return np.exp(_log_softmax(scores)).astype(np.float32)

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
        """Write the fitted parts into a folder."""
        import joblib

        joblib.dump(self._fitted, folder / "topics.joblib")

    @classmethod
    def load(cls, folder: Path) -> TopicClassifier:
        """Read what ``save`` wrote."""
        import joblib

        return cls(joblib.load(folder / "topics.joblib"))


def split_label(label: str) -> tuple[str, str]:
    """Aspect and service of a label; ``greet`` has the service ``-``."""
    service, _, aspect = label.rpartition(".")
    return aspect, service or "-"


def _fit_linear(vectors: FloatArray, labels: Sequence[str]) -> Linear:
    from sklearn.linear_model import LogisticRegression

    fitted = LogisticRegression(C=0.03, max_iter=25, solver="lbfgs").fit(vectors, labels)
    weights, intercepts = fitted.coef_, fitted.intercept_
    if len(weights) == 1:
        # Of two classes scikit-learn keeps one row: the other is its mirror image.
        weights, intercepts = np.vstack([-weights, weights]), np.hstack([-intercepts, intercepts])
    return Linear(weights.astype(np.float32), intercepts.astype(np.float32))


def _fit_part(
    vectors: FloatArray, labels: Sequence[str], of_known: Sequence[str]
) -> tuple[Linear, NDArray[np.intp]]:
    """A classifier of one part of the label, and which of its classes each label has."""
    order = {name: i for i, name in enumerate(sorted(set(labels)))}
    return _fit_linear(vectors, labels), np.array([order[name] for name in of_known])


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
    bayes = ComplementNB(alpha=0.3).fit(counted, labels)
    # (features x classes), laid out by rows: a sparse row times this takes 0.2 ms, transposed 36.
    return features, np.ascontiguousarray(bayes.feature_log_prob_.T, dtype=np.float32)


def _log_softmax(scores: FloatArray) -> FloatArray:
    shifted = scores - scores.max(axis=1, keepdims=True)
    total = np.log(np.exp(shifted).sum(axis=1, keepdims=True) + _FLOOR)
    return np.asarray(shifted - total, dtype=np.float32)
