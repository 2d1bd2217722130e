"""What a sentence of a test is about, by the words of the examples: naive Bayes over a few choices.

The trained model would tell better and takes minutes for all tests; here what a test expects has
already left few topics to choose among.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable

from api.flows.data import Examples
from bot.understanding.text import folded_words

_SMOOTHING = 0.1


class Naming:
    """Chooses the likeliest of some labels."""

    def __init__(self, examples: Iterable[Examples]) -> None:
        counted: dict[str, Counter[str]] = defaultdict(Counter)
        for group in examples:
            for text in group.texts:
                counted[group.label].update(folded_words(text))
        size = len({word for words in counted.values() for word in words})
        # What a word of a label adds to what an unknown one would: most labels have few of them.
        self._least: dict[str, float] = {}
        self._more: dict[str, dict[str, float]] = defaultdict(dict)
        for label, words in counted.items():
            self._least[label] = math.log(_SMOOTHING / (sum(words.values()) + _SMOOTHING * size))
            for word, count in words.items():
                self._more[word][label] = math.log((count + _SMOOTHING) / _SMOOTHING)

    @property
    def labels(self) -> Collection[str]:
        """All labels that have examples."""
        return self._least.keys()

    def best(self, text: str, labels: Collection[str]) -> str | None:
        """The likeliest of the labels; None when none has examples, or no word is in any."""
        known = sorted(labels & self._least.keys())
        found = [word for word in folded_words(text) if word in self._more]
        if not found:
            return known[0] if len(known) == 1 else None
        scores = {label: len(found) * self._least[label] for label in known}
        for word in found:
            for label, more in self._more[word].items():
                if label in scores:
                    scores[label] += more
        return max(scores, key=scores.__getitem__, default=None)
