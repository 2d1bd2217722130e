"""One service, or one intent: how its questions are answered in each municipality, and tested."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from api.flows.groups import groups, rule_of
from api.flows.layout import Drawing, Node
from api.flows.overview import tests_told
from api.flows.snapshot import Snapshot
from api.flows.tree import draw_tree
from bot.dialogue.titles import intent_title
from bot.knowledge.records import TopicId, topic_name

_ENDS = (
    ("answer", "Kommunens sidor svarar", ""),
    ("none", "Står inte på sidorna", "Assistenten säger det, och vem man kan fråga"),
)


@dataclass(frozen=True, slots=True)
class TopicLine:
    """A question with the municipality's answer to it, if there is one."""

    service: str
    intent: str
    title: str
    answered: bool
    tests: tuple[str, ...]
    known: bool

    @property
    def missing(self) -> bool:
        """Whether it could be tested and is not."""
        return self.known and not self.tests


def service_page(found: Snapshot, service: str, municipality: str) -> dict[str, Any] | None:
    """What the template shows of a service; None for one that content does not know."""
    known = found.knowledge.services.get(service)
    if known is None:
        return None
    lines = _lines(found, [(service, aspect) for aspect in known.topics], municipality)
    mentioned = found.coverage.of_service(service)
    return {
        "title": known.name,
        "has_tests": found.has_tests,
        "tests": len(mentioned),
        "lines": lines,
        "picture": _drawing(known.name.capitalize(), lines),
    }


def intent_page(found: Snapshot, intent: str, municipality: str) -> dict[str, Any] | None:
    """What the template shows of an intent; None for one that the domain does not know."""
    if intent not in found.intents:
        return None
    services = found.knowledge.services.values()
    lines = _lines(found, [(s.id, intent) for s in services if intent in s.topics], municipality)
    group = next(g for g in groups(found) if any(line.id == intent for line in g.lines))
    title = intent_title(intent, found.knowledge)
    return {
        "title": title,
        "group": group.title,
        "rule": rule_of(intent, found),
        "examples": found.examples.get(intent, 0),
        "has_tests": found.has_tests,
        "tests": sorted(found.coverage.of_intent(intent)),
        "lines": lines,
        "picture": _drawing(title, lines, rule_of(intent, found)),
    }


def _lines(found: Snapshot, topics: Iterable[TopicId], municipality: str) -> list[TopicLine]:
    """Those without a test first, then what is answered, then what is not."""
    lines = [_line(found, topic, municipality) for topic in topics]
    return sorted(lines, key=lambda line: (not line.missing, not line.answered))


def _line(found: Snapshot, topic: TopicId, municipality: str) -> TopicLine:
    answers = found.knowledge.answers(municipality, topic)
    tests = frozenset().union(*(found.coverage.of_answer(a.id) for a in answers))
    if not answers:
        tests = found.coverage.of_topic(*topic)
    known = found.knowledge.topic(topic)
    title = known.question if known else topic_name(topic)
    service, intent = topic
    return TopicLine(service, intent, title, bool(answers), tuple(sorted(tests)), found.has_tests)


def _drawing(title: str, lines: list[TopicLine], rule: str = "") -> Drawing:
    """The question, its rule, what is answered of it and what is not."""
    trunk = [Node("start", title, look="start"), *([Node("rule", rule)] if rule else [])]
    branches = []
    for name, heading, note in _ENDS:
        own = [line for line in lines if line.answered == (name == "answer")]
        if own:
            head = Node(name, f"{heading} ({len(own)})", note, "end")
            branches.append((head, [_leaf(line) for line in own]))
    return draw_tree(trunk, branches)


def _leaf(line: TopicLine) -> Node:
    told = tests_told(len(line.tests)) if line.known else ""
    name = f"{line.service}.{line.intent}"
    return Node(name, line.title, told, "missing" if line.missing else "plain")
