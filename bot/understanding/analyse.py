"""A message understood clause by clause: guesses and names, ready for the dialogue."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bot.understanding.classifier import FloatArray, Guess, TopicClassifier
from bot.understanding.encoder import Encoder
from bot.understanding.mentions import Vocabulary
from bot.understanding.segments import Segment, split, without_denied
from bot.understanding.text import fold, is_shouting, words

CLAUSES = "clauses"
"""Key of the analysis in Rasa's parse data."""

GUESSES = 10
_MOST_CLAUSES = 12
_PLACE_KINDS = frozenset({"municipality"})
_MASK = re.compile(r"\[\w+(?:[- ]\w+)*\]")
_DANGLING = re.compile(r"\b(?:i|från|till|på|hos)\s*(?=[?.!,]|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """A clause (or the whole message) with its guesses and names."""

    text: str
    is_question: bool
    guesses: tuple[Guess, ...]
    names: Mapping[str, tuple[str, ...]]
    within: Mapping[str, tuple[Guess, ...]]

    def as_dict(self) -> dict[str, Any]:
        """Plain data for Rasa's parse data."""
        return {
            "text": self.text,
            "is_question": self.is_question,
            "guesses": [[g.topic, g.confidence] for g in self.guesses],
            "names": {k: list(v) for k, v in self.names.items()},
            "within": {s: [[g.topic, g.confidence] for g in gs] for s, gs in self.within.items()},
        }


@dataclass(frozen=True, slots=True)
class Analysis:
    """The message as a whole, and its clauses (one clause: the whole again)."""

    whole: Part
    clauses: tuple[Part, ...]

    def as_dict(self) -> dict[str, Any]:
        """Plain data for Rasa's parse data."""
        return {
            "whole": self.whole.as_dict(),
            "parts": [c.as_dict() for c in self.clauses] if len(self.clauses) > 1 else [],
        }

    def intent_ranking(self) -> list[dict[str, Any]]:
        """Rasa's ranking: intents (aspects), their services added up, best first."""
        sums: dict[str, float] = defaultdict(float)
        for guess in self.whole.guesses:
            sums[guess.topic.rpartition(".")[2]] += guess.confidence
        ordered = sorted(sums.items(), key=lambda item: (-item[1], item[0]))
        return [{"name": n, "confidence": round(min(c, 1.0), 4)} for n, c in ordered]


class Analyser:
    """Runs classifier, encoder and vocabulary over a message."""

    def __init__(
        self,
        classifier: TopicClassifier,
        encoder: Encoder,
        vocabulary: Callable[[str], Vocabulary],
    ) -> None:
        self._classifier = classifier
        self._encoder = encoder
        self._vocabulary = vocabulary
        self._known = lru_cache(maxsize=2000)(self._analyse)

    def analyse(self, text: str, language: str = "sv") -> Analysis:
        """Understand a message; the same text always gets the same analysis."""
        return self._known(text, language)

    def _analyse(self, text: str, language: str) -> Analysis:
        names = self._vocabulary(language)
        segments = split(text)[:_MOST_CLAUSES]
        several = segments if len(segments) > 1 else ()
        whole = Segment(text, any(s.is_question for s in segments))
        prepared = [prepare(s.text, names) for s in (whole, *several)]
        rows = self._classifier.probabilities(prepared, self._encoder.encode(prepared))
        parts = [
            Part(
                s.text,
                s.is_question,
                self._classifier.rank(row, GUESSES),
                find_ids(s.text, names),
                self._within(s.text, row),
            )
            for s, row in zip((whole, *several), rows, strict=True)
        ]
        return Analysis(parts[0], tuple(parts[1:]) or (parts[0],))

    def _within(self, text: str, row: FloatArray) -> dict[str, tuple[Guess, ...]]:
        """The reading within each service, for a clause short enough to lean on the last turn."""
        if len(text.split()) > _LEANING_WORDS:
            return {}
        return self._classifier.within_services(row, count=3)


# A clause of more words than this is understood on its own.
_LEANING_WORDS = 14


def find_ids(text: str, names: Vocabulary) -> dict[str, tuple[str, ...]]:
    """The ids of the records named in a text, by kind, in order."""
    found: dict[str, list[str]] = defaultdict(list)
    for mention in names.find(text):
        if mention.id not in found[mention.kind]:
            found[mention.kind].append(mention.id)
    return {kind: tuple(ids) for kind, ids in found.items()}


def label_of(intent: str, metadata: Mapping[str, Any]) -> str:
    """The classifier's label: ``ledsagning.kostnad``, or ``greet`` for no service."""
    service = metadata.get("service")
    return f"{service}.{intent}" if service else intent


def prepare(text: str, names: Vocabulary) -> str:
    """What the classifier reads: no municipality's name, and no shouting.

    One model serves every municipality, so where somebody lives must not sway what is asked.
    """
    text = unshout(without_denied(_MASK.sub(" ", text)))
    places = [m for m in names.find(text) if m.kind in _PLACE_KINDS]
    found = list(re.finditer(r"\w+(?:[-'’]\w+)*", text))
    if places and len(found) == len(words(fold(text))):
        text = _without(text, [(found[m.start].start(), found[m.end - 1].end()) for m in places])
        text = _DANGLING.sub("", text)
    return re.sub(r"\s+", " ", text).strip() or "?"


def unshout(text: str) -> str:
    """A text in capitals throughout, in small letters: the encoder knows those better."""
    return text.lower() if is_shouting(text) else text


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in sorted(set(spans), reverse=True):
        text = text[:start] + text[end:]
    return text
