"""Which question a sentence of a page answers: the topic whose examples come nearest.

Services are found by the names that content knows, aspects by the meaning of the sentence under
its heading. What comes near nothing is left to a person.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Protocol

import numpy as np
import yaml

from bot.importing.placing_cues import (
    VOLUNTEERS,
    asked_by,
    is_to_those_who_need,
    is_to_volunteers,
    said_by,
)
from bot.importing.sections import BETWEEN_POINTS, Line, Unit
from bot.knowledge.records import TopicId
from bot.understanding.classifier import FloatArray
from bot.understanding.encoder import SentenceEncoder, load_encoder
from bot.understanding.mentions import Vocabulary
from bot.understanding.swedish import vocabulary
from bot.understanding.vectors import VectorStore

EXAMPLES: Final = Path(__file__).resolve().parents[1] / "data" / "nlu"
NEAR_ENOUGH: Final = 0.42
"""Measured on content's pages and twelve others: of what comes nearer, eight of ten stand where
the answers of content have them, most others with the right service. The rest is a person's."""

HEADING_WEIGHT: Final = 0.3
"""Of the heading's own nearness, beside that of the sentence under it (measured likewise)."""

TOLD_OUTRIGHT: Final = 0.28
"""How near is enough for a question that the heading asks, or the sentence itself names."""

ALONE: Final = 0.3
"""How near a sentence has to be without its heading; of those that belong, 4 in 100 are farther."""

_NEAREST: Final = 3
_MOST_CHOICES: Final = 4
_IN_TITLE: Final = 5
_IN_HEADING: Final = 2
_OWNS: Final = 3
"""So often a page names a service that it is about; the title alone is enough."""

_MANY: Final = 3
"""A sentence that names so many services lists them and is about none."""

_BESIDE: Final = re.compile(r"(?i)^(?:utöver|förutom) .*?(?=erbjud|finns|kan(?!\w))")
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
            self._placed(unit, vectors[at :: len(units)], _services(unit, of_page, names))
            for at, unit in enumerate(units)
        ]

    def _placed(self, unit: Unit, vectors: FloatArray, services: Sequence[str]) -> Placed:
        """By the vectors of a sentence with its heading, of the heading, and of the sentence."""
        told, heading, alone = vectors
        topics = [topic for service in services for topic in self._of_service.get(service, ())]
        near = {topic: self._nearness(told, topic) for topic in topics}
        weight = {t: near[t] + HEADING_WEIGHT * self._nearness(heading, t) for t in topics}
        # A heading draws whatever stands under it: the sentence itself has to be about it too.
        most = max((self._nearness(alone, topic) for topic in topics), default=0.0)
        kept = near if most >= ALONE else dict.fromkeys(near, 0.0)
        asked = asked_by(unit.heading)
        outright = _outright(unit, asked, services, near)
        if asked and not outright:
            kept = {t: 0.0 if t[1] == "lag" else value for t, value in kept.items()}
        if outright:
            kept = {t: value if t in outright else 0.0 for t, value in kept.items()}
        kept |= {t: NEAR_ENOUGH for t in outright if NEAR_ENOUGH > near[t] >= TOLD_OUTRIGHT}
        order = sorted(
            near, key=lambda t: (t not in outright, t[1] == "lag" and bool(asked), -weight[t], t[1])
        )
        order.sort(key=lambda t: outright.index(t) if t in outright else len(outright))
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


def _outright(
    unit: Unit, asked: Sequence[str], services: Sequence[str], topics: Iterable[TopicId]
) -> list[TopicId]:
    """The topics that the sentence names, else those that its heading asks for."""
    there = set(topics)
    for aspects in (said_by(f"{unit.lead} {unit.text}".strip()), asked):
        found = [(s, a) for s in services for a in aspects if (s, a) in there]
        if found:
            return found
    return []


def _page_services(title: str, lines: Sequence[Line], names: Vocabulary) -> list[str]:
    """The services that the page is about, most named first; one in passing is none of them."""
    count: Counter[str] = Counter()
    told = [(title, _IN_TITLE)]
    told += [(line.text, _IN_HEADING if line.heading else 1) for line in lines if not line.point]
    volunteers = 0
    for text, weight in told:
        named = set(_named(text, names))
        if weight == 1 and len(named) >= _MANY:
            continue
        count.update(dict.fromkeys(named, weight))
        volunteers += is_to_volunteers(text) - is_to_those_who_need(text)
    if VOLUNTEERS in count and volunteers >= _OWNS:
        return [VOLUNTEERS]
    most = count.most_common(1)[0][1] if count else 0
    if most < _OWNS:
        return []
    return [s for s, times in count.most_common() if times >= _OWNS and times * 2 >= most]


def _services(unit: Unit, of_page: Sequence[str], names: Vocabulary) -> list[str]:
    """The services that a unit may be about: its own first, then its heading's and the page's."""
    if is_to_volunteers(unit.text) and "ledsag" not in unit.text.casefold():
        return [VOLUNTEERS]
    if VOLUNTEERS in of_page and len(of_page) == 1 and not is_to_those_who_need(unit.text):
        return [VOLUNTEERS]
    listed = unit.point and BETWEEN_POINTS in unit.text
    own = [] if listed else list(dict.fromkeys(_named(_BESIDE.sub("", unit.text), names)))
    if unit.point and unit.lead:
        own = list(dict.fromkeys([*_named(unit.lead, names), *own]))
    if len(own) >= _MANY and not set(own) & set(of_page):
        return []
    own = own if own and len(own) < _MANY else _named(f"{unit.heading} {unit.lead}", names)
    return list(dict.fromkeys([*own, *of_page]))


def services_in(text: str) -> list[str]:
    """The services that a text names."""
    return _named(text, vocabulary("sv"))


def _named(text: str, names: Vocabulary) -> list[str]:
    return [m.id for m in names.find(text) if m.kind == "service"]
