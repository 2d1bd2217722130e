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
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from bot.understanding.letters import Letters, fit_letters
from bot.understanding.regression import Linear, log_softmax
from bot.understanding.regression import fit as fit_linear
from bot.understanding.text import folded_words

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
    """All that prediction needs: plain arrays, and the terms that count."""

    labels: tuple[str, ...]
    mean: FloatArray
    scale: FloatArray
    topic: Linear
    aspect: Linear
    service: Linear
    aspect_of: NDArray[np.intp]
    service_of: NDArray[np.intp]
    features: Letters
    letters: FloatArray
    remembered: Mapping[int, int]


class WithinServices(Mapping[str, tuple[Guess, ...]]):
    """The likeliest aspects of each service, worked out when asked for: a reply asks for one."""

    def __init__(
        self,
        labels: Sequence[str],
        members: Mapping[str, NDArray[np.intp]],
        probabilities: FloatArray,
        count: int,
    ) -> None:
        self._labels = labels
        self._members = members
        self._probabilities = probabilities
        self._count = count

    def __getitem__(self, service: str) -> tuple[Guess, ...]:
        members = self._members[service]
        own = self._probabilities[members]
        best = (-own).argsort(kind="stable")[: self._count]
        shares = (own[best] / (own.sum() + _FLOOR)).tolist()
        labels = (self._labels[place] for place in members[best].tolist())
        return tuple(
            Guess(label.rpartition(".")[2], round(share, 3))
            for label, share in zip(labels, shares, strict=True)
        )

    def __iter__(self) -> Iterator[str]:
        return iter(self._members)

    def __len__(self) -> int:
        return len(self._members)


class TopicClassifier:
    """Fit on labelled sentences; predict the probability of each label."""

    def __init__(self, fitted: Fitted) -> None:
        self._fitted = fitted
        self.labels = fitted.labels
        parts = (fitted.topic, fitted.aspect, fitted.service)
        self._weights = np.concatenate([part.weights for part in parts])
        self._intercepts = np.concatenate([part.intercepts for part in parts])
        self._ends = np.cumsum([len(part.intercepts) for part in parts])[:-1]
        self._members = members_of(fitted.labels)

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
            letters = pool.submit(fit_letters, texts, labels)
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
        """Probability of each of ``self.labels`` for each text: (n x labels), rows sum to 1.

        A text has the same probabilities whatever stands beside it.
        """
        found = np.empty((len(texts), len(self.labels)), dtype=np.float32)
        for number, (text, vector) in enumerate(zip(texts, vectors, strict=True)):
            found[number] = self._probabilities(text, vector)
        return found

    def _probabilities(self, text: str, vector: FloatArray) -> FloatArray:
        f = self._fitted
        # The three regressions in one product: most of its time goes to calling it.
        judged = self._weights @ ((vector - f.mean) / f.scale) + self._intercepts
        topic, aspect, service = np.split(judged, self._ends)
        scores = log_softmax(topic)
        scores += PART_WEIGHT * log_softmax(aspect)[f.aspect_of]
        scores += PART_WEIGHT * log_softmax(service)[f.service_of]
        places, weights = f.features.counted(text)
        scores += LETTERS_WEIGHT * (weights[:, None] * f.letters[places]).sum(axis=0)
        found = np.exp(log_softmax(scores))
        example = f.remembered.get(_key(text))
        if example is not None:
            found *= 1 - REMEMBERED
            found[example] += REMEMBERED
        return found

    def rank(self, probabilities: FloatArray, count: int) -> tuple[Guess, ...]:
        """The ``count`` likeliest labels of one row of probabilities, best first."""
        best = np.argsort(-probabilities, kind="stable")[:count]
        return tuple(Guess(self.labels[i], round(float(probabilities[i]), 4)) for i in best)

    def within_services(self, probabilities: FloatArray, count: int) -> WithinServices:
        """For each service its ``count`` likeliest aspects, as shares of that service alone.

        A short turn is read within the service that the conversation is about.
        """
        return WithinServices(self.labels, self._members, probabilities, count)

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


def members_of(labels: Sequence[str]) -> dict[str, NDArray[np.intp]]:
    """The numbers of the labels of each service; small talk has none."""
    members: dict[str, list[int]] = defaultdict(list)
    for number, label in enumerate(labels):
        _, service = split_label(label)
        if service not in {"-", "none"}:
            members[service].append(number)
    return {service: np.array(found, dtype=np.intp) for service, found in members.items()}


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
