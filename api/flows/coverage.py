"""Which tests there are for each answer, topic, intent and kind of reply, told by their files.

A test is counted for an answer when it names it, or when all that it expects stands in that
answer; what it asks decides between several. Where no answer is expected, the kind of reply
leaves a few topics, and the words of the question choose.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from api.flows.naming import Naming
from api.flows.probes import Probe, comparable
from bot.dialogue import intents
from bot.knowledge.records import Answer, Knowledge, topic_name

ANSWERING = frozenset({"answer", "passage", "clarify"})
_OF_KIND: Mapping[str, Collection[str]] = {
    "crisis": intents.CRISIS.keys(),
    "handoff": intents.PERSON
    | {intents.STRAINED, intents.ENTITLEMENT, intents.APPLY_FOR_ME, intents.OUT_OF_SCOPE},
    "out_of_scope": {intents.OUT_OF_SCOPE, intents.OTHER_CARE, "injection"},
    "hours": intents.HOURS | intents.CONTACT,
    "smalltalk": intents.TALK | intents.ABOUT_ANSWER,
    "notice": intents.ABOUT_ANSWER | {"privacy_question"},
}
"""The intents that lead to a kind of reply."""

Tests = frozenset[str]
NONE: Tests = frozenset()


@dataclass(slots=True)
class Coverage:
    """The names of tests by what they are for."""

    answers: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    labels: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    kinds: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    actions: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    tests: set[str] = field(default_factory=set)

    def of_answer(self, answer: str) -> Tests:
        """Tests of one answer."""
        return frozenset(self.answers.get(answer, ()))

    def of_topic(self, service: str, aspect: str) -> Tests:
        """Tests of a topic, in all municipalities."""
        return frozenset(self.labels.get(f"{service}.{aspect}", ()))

    def of_intent(self, intent: str) -> Tests:
        """Tests of an intent, whatever the service."""
        found = (tests for label, tests in self.labels.items() if label.split(".")[-1] == intent)
        return frozenset().union(*found)

    def of_service(self, service: str) -> Tests:
        """Tests of a service, whatever is asked about it."""
        found = (tests for label, tests in self.labels.items() if label.split(".")[0] == service)
        return frozenset().union(*found)

    def of_kind(self, kind: str) -> Tests:
        """Tests that expect a kind of reply."""
        return frozenset(self.kinds.get(kind, ()))


def coverage(probes: Iterable[Probe], knowledge: Knowledge, naming: Naming) -> Coverage:
    """Count every turn of every test."""
    found = Coverage()
    texts = _Texts(knowledge)
    for probe in probes:
        found.tests.add(probe.test)
        for kind in probe.kinds:
            found.kinds[kind].add(probe.test)
        if probe.action:
            found.actions[probe.action].add(probe.test)
        _count(probe, found, texts, naming)
    return found


class _Texts:
    """What each answer says, as expectations are held against it."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self._answers = {a.id: a for m in knowledge.municipalities.values() for a in m.answers}
        self._texts = {
            place.id: {answer.id: _said(answer) for answer in place.answers}
            for place in knowledge.municipalities.values()
        }

    def fitting(self, probe: Probe) -> list[Answer]:
        """The answers that hold all that is expected."""
        own = self._texts.get(probe.municipality or "")
        chosen = self._texts.values() if own is None else [own]
        return [self._answers[name] for texts in chosen for name in probe.fitting(texts)]


def _said(answer: Answer) -> str:
    return comparable(" ".join((answer.text, *answer.items, answer.easy, answer.en)))


def _count(probe: Probe, found: Coverage, texts: _Texts, naming: Naming) -> None:
    if probe.answers:
        for answer in probe.answers:
            found.answers[answer].add(probe.test)
            found.labels[_label(answer, texts.knowledge)].add(probe.test)
        return
    if probe.reason in intents.PERSON | {intents.STRAINED}:
        found.labels[str(probe.reason)].add(probe.test)
        return
    if not probe.kinds or ANSWERING & set(probe.kinds):
        fitting = texts.fitting(probe)
        label = naming.best(probe.text, {topic_name(a.topic) for a in fitting})
        if label is not None:
            found.labels[label].add(probe.test)
            for fit in fitting:
                if topic_name(fit.topic) == label:
                    found.answers[fit.id].add(probe.test)
            return
    label = naming.best(probe.text, _allowed(probe, texts.knowledge, naming))
    if label is not None:
        found.labels[label].add(probe.test)


def _allowed(probe: Probe, knowledge: Knowledge, naming: Naming) -> Collection[str]:
    """The labels that can lead to a reply of the kinds that are expected."""
    allowed: set[str] = set()
    for kind in probe.kinds:
        if kind in _OF_KIND:
            allowed.update(_OF_KIND[kind])
        elif kind == "not_defined":
            allowed.update(_unanswered(probe.municipality, knowledge))
        else:
            return naming.labels
    return allowed or naming.labels


def _unanswered(municipality: str | None, knowledge: Knowledge) -> set[str]:
    """The topics that the municipality's pages tell nothing of."""
    topics = {(s.id, aspect) for s in knowledge.services.values() for aspect in s.topics}
    place = knowledge.municipalities.get(municipality or "")
    told = {answer.topic for answer in place.answers} if place else set()
    return {intents.OTHER_CARE, *map(topic_name, topics - told)}


def _label(answer: str, knowledge: Knowledge) -> str:
    """``ledsagning.kostnad`` of an answer's id; of a contact's what is told of it."""
    parts = answer.split(".")
    if len(parts) < 3:
        return parts[-1]
    return ".".join(parts[1:3]) if parts[1] in knowledge.services else parts[2]
