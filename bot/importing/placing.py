"""Which question a sentence of a page answers: the topic whose examples come nearest.

Services are found by the names that content knows, aspects by the meaning of the sentence under
its heading. What comes near nothing is left to a person.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Protocol

import numpy as np
import yaml

from bot.importing.sections import Line, Unit
from bot.knowledge.records import TopicId, topic_name
from bot.understanding.classifier import FloatArray
from bot.understanding.encoder import SentenceEncoder, load_encoder
from bot.understanding.mentions import Vocabulary
from bot.understanding.swedish import vocabulary
from bot.understanding.vectors import VectorStore

EXAMPLES: Final = Path(__file__).resolve().parents[1] / "data" / "nlu"
NEAR_ENOUGH: Final = 0.35
"""Measured on the pages in content and six others: of what comes nearer, nine of ten are right."""

HEADING_WEIGHT: Final = 0.3
"""Of the heading's own nearness, beside that of the sentence under it (measured likewise)."""

ALONE: Final = 0.3
"""How near a sentence has to be without its heading; of those that belong, 4 in 100 are farther."""

_NEAREST: Final = 3
_MOST_CHOICES: Final = 4
_IN_TITLE: Final = 5
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Placed:
    """The topics that a unit may answer, best first, each with how near it is (0 to 1)."""

    choices: tuple[tuple[TopicId, float], ...]

    @property
    def best(self) -> TopicId | None:
        """The topic, when one is near enough."""
        near = self.choices and self.choices[0][1] >= NEAR_ENOUGH
        return self.choices[0][0] if near else None


class Placing(Protocol):
    """Anything that tells which topics the units of a page answer."""

    def place(self, title: str, lines: Sequence[Line], units: Sequence[Unit]) -> list[Placed]:
        """One for each unit."""


class ByMeaning:
    """Places by the sentence encoder and the training examples."""

    def __init__(self, encoder: SentenceEncoder, examples: Mapping[TopicId, Sequence[str]]) -> None:
        self._encoder = encoder
        texts = [text for group in examples.values() for text in group]
        vectors = VectorStore.load(encoder).vectors(texts, encoder)
        self._mean: FloatArray = vectors.mean(axis=0)
        centred = self._centred(vectors)
        self._rows: dict[TopicId, FloatArray] = {}
        start = 0
        for topic, group in examples.items():
            self._rows[topic] = centred[start : start + len(group)]
            start += len(group)
        self._of_service: dict[str, list[TopicId]] = defaultdict(list)
        for topic in examples:
            self._of_service[topic[0]].append(topic)

    def place(self, title: str, lines: Sequence[Line], units: Sequence[Unit]) -> list[Placed]:
        """The topics of each unit, among the services that it, its heading or the page names."""
        if not units:
            return []
        names = vocabulary("sv")
        of_page = _page_services(title, lines, names)
        # The page's own title stands over everything and tells nothing of one sentence.
        headings = ["" if unit.heading == title else unit.heading for unit in units]
        told = [
            f"{heading}: {unit.lead} {unit.text}" if heading else f"{unit.lead} {unit.text}"
            for heading, unit in zip(headings, units, strict=True)
        ]
        over = [heading or unit.text for heading, unit in zip(headings, units, strict=True)]
        alone = [f"{unit.lead} {unit.text}" for unit in units]
        vectors = self._centred(self._encoder.encode_many([*told, *over, *alone]))
        return [
            self._placed(vectors[at :: len(units)], _services(unit, of_page, names))
            for at, unit in enumerate(units)
        ]

    def _placed(self, vectors: FloatArray, services: Iterable[str]) -> Placed:
        """By the vectors of a sentence with its heading, of the heading, and of the sentence."""
        told, heading, alone = vectors
        topics = [topic for service in services for topic in self._of_service.get(service, ())]
        near = {topic: self._nearness(told, topic) for topic in topics}
        weight = {t: near[t] + HEADING_WEIGHT * self._nearness(heading, t) for t in topics}
        order = sorted(near, key=lambda topic: (-weight[topic], topic_name(topic)))
        # A heading draws whatever stands under it: the sentence itself has to be about it too.
        most = max((self._nearness(alone, topic) for topic in topics), default=0.0)
        kept = near if most >= ALONE else dict.fromkeys(near, 0.0)
        return Placed(tuple((topic, kept[topic]) for topic in order[:_MOST_CHOICES]))

    def _nearness(self, vector: FloatArray, topic: TopicId) -> float:
        cosines = np.sort(self._rows[topic] @ vector)[-_NEAREST:]
        return round(float(cosines.mean()), 3)

    def _centred(self, vectors: FloatArray) -> FloatArray:
        moved = vectors - self._mean
        lengths = np.linalg.norm(moved, axis=1, keepdims=True)
        return np.asarray(moved / np.maximum(lengths, 1e-9), dtype=np.float32)


@cache
def by_meaning() -> ByMeaning:
    """The placing of this process; it is made when the first page is drafted."""
    return ByMeaning(load_encoder(), _examples())


def _examples() -> dict[TopicId, list[str]]:
    """The training examples of each topic of a service."""
    found: dict[TopicId, list[str]] = defaultdict(list)
    for path in sorted(EXAMPLES.glob("*.yml")):
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - a safe loader
        for entry in data.get("nlu") or ():
            service = (entry.get("metadata") or {}).get("service")
            if service and "intent" in entry:
                lines = (line.strip() for line in str(entry["examples"]).splitlines())
                found[service, entry["intent"]] += [ln[2:] for ln in lines if ln.startswith("- ")]
    return found


def _page_services(title: str, lines: Sequence[Line], names: Vocabulary) -> list[str]:
    """The services that the page is about, most named first; the title counts for more."""
    count: Counter[str] = Counter()
    for text, weight in ((title, _IN_TITLE), *((line.text, 1) for line in lines)):
        for service in _named(text, names):
            count[service] += weight
    if not count:
        return []
    most = count.most_common(1)[0][1]
    return [service for service, times in count.most_common() if times * 2 >= most]


def _services(unit: Unit, of_page: Sequence[str], names: Vocabulary) -> list[str]:
    """The services that a unit may be about: its own first, then its heading's and the page's."""
    own = _named(unit.text, names) or _named(f"{unit.heading} {unit.lead}", names)
    return list(dict.fromkeys([*own, *of_page]))


def services_in(text: str) -> list[str]:
    """The services that a text names."""
    return _named(text, vocabulary("sv"))


def _named(text: str, names: Vocabulary) -> list[str]:
    return [m.id for m in names.find(text) if m.kind == "service"]
