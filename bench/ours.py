"""Our own pipeline: what bot.components.topics.TopicIntentClassifier runs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bench.split import Examples
from bot.understanding.classifier import FloatArray, TopicClassifier
from bot.understanding.encoder import load_encoder


def train_ours(examples: Examples, folder: Path) -> None:
    """Encode and fit. The store of vectors is left out: others encode all examples too."""
    texts, labels = [t for t, _ in examples], [k for _, k in examples]
    vectors = load_encoder().encode_many(texts)
    TopicClassifier.fit(texts, labels, vectors).save(folder)


class OurRanker:
    """The trained classifier with its encoder."""

    def __init__(self, folder: Path) -> None:
        self._classifier = TopicClassifier.load(folder)
        self._encoder = load_encoder()
        self._encoder.open()

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels that it knows."""
        return self._classifier.labels

    def scores(self, texts: Sequence[str]) -> FloatArray:
        """Probability of each label for each text."""
        return self._classifier.probabilities(texts, self._encoder.encode(texts))
