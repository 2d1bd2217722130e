"""A message understood clause by clause: guesses and names, ready for the dialogue."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from bot.understanding.classifier import FloatArray, Guess, TopicClassifier
from bot.understanding.encoder import Encoder
from bot.understanding.language import detect
from bot.understanding.mentions import Mention, Vocabulary
from bot.understanding.remembered import Remembered, may_be_kept
from bot.understanding.segments import Segment, split, without_denied
from bot.understanding.text import fold, is_shouting, words

CLAUSES = "clauses"
"""Key of the analysis in Rasa's parse data."""

GUESSES = 10
_MOST_CLAUSES = 12
_MOST_KEPT, _MOST_BYTES = 8192, 16_000_000
_SIZE_OF_ENTRY, _SIZE_OF_READING = 300, 2000
"""Bytes that an entry takes beside its row of probabilities: its key, and guesses and names."""
_PLACE_KINDS = frozenset({"municipality"})
_MASK = re.compile(r"\[\w+(?:[- ]\w+)*\]")
_DANGLING = re.compile(r"\b(?:i|från|till|på|hos)\s*(?=[?.!,]|$)", re.IGNORECASE)


class Names(Protocol):
    """Anything that finds names in a text."""

    def find(self, text: str) -> tuple[Mention, ...]:
        """Every name in the text."""
        ...


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


@dataclass(frozen=True, slots=True)
class _Reading:
    """What was understood of a clause, without its words."""

    guesses: tuple[Guess, ...]
    names: Mapping[str, tuple[str, ...]]
    within: Mapping[str, tuple[Guess, ...]]


class Analyser:
    """Runs classifier, encoder and vocabulary over a message. Safe to use from several threads.

    The same text always gets the same analysis: what is remembered of common questions
    (`bot.understanding.remembered`) only saves the time.
    """

    def __init__(
        self,
        classifier: TopicClassifier,
        encoder: Encoder,
        vocabulary: Callable[[str], Vocabulary],
    ) -> None:
        self._classifier = classifier
        self._encoder = encoder
        self._vocabulary = vocabulary
        self._languages: Remembered[str] = Remembered(_MOST_KEPT, _MOST_BYTES)
        self._readings: Remembered[tuple[Vocabulary, tuple[_Reading, ...]]]
        self._readings = Remembered(_MOST_KEPT, _MOST_BYTES)
        self._rows: Remembered[FloatArray] = Remembered(_MOST_KEPT, _MOST_BYTES)

    def understand(self, text: str) -> tuple[str, Analysis]:
        """The language of a message, and its analysis in that language."""
        language = self._languages.get(text)
        if language is None:
            language = detect(text)
            if may_be_kept(text):
                self._languages.keep(text, language, _SIZE_OF_ENTRY)
        return language, self.analyse(text, language)

    def analyse(self, text: str, language: str = "sv") -> Analysis:
        """Understand a message in a language."""
        clauses = split(text)[:_MOST_CLAUSES]
        whole = Segment(text, any(s.is_question for s in clauses))
        segments = (whole, *(clauses if len(clauses) > 1 else ()))
        names = self._vocabulary(language)
        parts = [
            Part(s.text, s.is_question, r.guesses, r.names, r.within)
            for s, r in zip(segments, self._read(segments, language, names), strict=True)
        ]
        return Analysis(parts[0], tuple(parts[1:]) or (parts[0],))

    def _read(
        self, segments: Sequence[Segment], language: str, names: Vocabulary
    ) -> tuple[_Reading, ...]:
        """The readings of a message and its clauses, remembered while content is the same."""
        whole = f"{language} {segments[0].text}"
        kept = self._readings.get(whole)
        if kept is not None and kept[0] is names:
            return kept[1]
        once = _FoundOnce(names)
        texts = [s.text for s in segments]
        rows = self._probabilities(texts, [prepare(text, once) for text in texts])
        readings = tuple(
            _Reading(
                self._classifier.rank(row, GUESSES),
                find_ids(text, once),
                self._within(text, row),
            )
            for text, row in zip(texts, rows, strict=True)
        )
        if may_be_kept(segments[0].text):
            size = sum(row.nbytes + _SIZE_OF_READING for row in rows)
            self._readings.keep(whole, (names, readings), size)
        return readings

    def _probabilities(self, texts: Sequence[str], prepared: Sequence[str]) -> list[FloatArray]:
        """A row for each text; only what is not known yet is encoded."""
        known = {text: row for text in prepared if (row := self._rows.get(text)) is not None}
        new = [text for text in dict.fromkeys(prepared) if text not in known]
        if new:
            found = self._classifier.probabilities(new, self._encoder.encode(new))
            known.update(zip(new, (row.copy() for row in found), strict=True))
        for text, read in zip(texts, prepared, strict=True):
            if read in new and may_be_kept(text):
                self._rows.keep(read, known[read], known[read].nbytes + _SIZE_OF_ENTRY)
        return [known[text] for text in prepared]

    def _within(self, text: str, row: FloatArray) -> Mapping[str, tuple[Guess, ...]]:
        """The reading within each service, for a clause short enough to lean on the last turn."""
        if len(text.split()) > _LEANING_WORDS:
            return {}
        return self._classifier.within_services(row, count=3)


class _FoundOnce:
    """A vocabulary that looks once for the names of a text, however often one message asks."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._found: dict[str, tuple[Mention, ...]] = {}

    def find(self, text: str) -> tuple[Mention, ...]:
        """Every name in the text."""
        found = self._found.get(text)
        if found is None:
            found = self._found[text] = self._names.find(text)
        return found


# A clause of more words than this is understood on its own.
_LEANING_WORDS = 14


def find_ids(text: str, names: Names) -> dict[str, tuple[str, ...]]:
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


def prepare(text: str, names: Names) -> str:
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
