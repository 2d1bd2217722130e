"""The first page of flows: what has no test, from message to reply, the form, the handover."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from api.flows.groups import ACTIONS, FORMS, Group, groups
from api.flows.layout import Drawing, Edge, Node, draw
from api.flows.snapshot import Snapshot
from api.flows.walks import EVENT_TITLES, STATE_TITLES, Change, changes, is_end
from api.handoff.machine import STATES
from api.numbers.words import KINDS
from bot.dialogue.callback_fields import STEPS
from bot.knowledge.records import Answer, topic_name

_STEP_TITLES: Mapping[str, str] = {
    "about": "Vad gäller det?",
    "name": "Namn",
    "phone": "Telefonnummer",
    "time": "Tid som passar",
    "confirm": "Stämmer allt?",
}


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """A service of the municipality: its answers, and those without a test."""

    id: str
    name: str
    answers: int
    tests: int
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A change of the handover, with the tests that walk it."""

    state: str
    event: str
    after: str
    tests: tuple[str, ...]


def overview(found: Snapshot, municipality: str) -> dict[str, Any]:
    """What the template shows."""
    listed = groups(found)
    services = service_lines(found, municipality)
    changed = [_change_line(change, found) for change in changes()]
    return {
        "has_tests": found.has_tests,
        "tests": len(found.coverage.tests),
        "groups": listed,
        "services": services,
        "changes": changed,
        "missing_answers": sum(len(s.missing) for s in services),
        "missing_intents": [i for g in listed for i in g.lines if i.tests == 0],
        "missing_kinds": _missing_kinds(found),
        "missing_changes": [c for c in changed if not c.tests] if found.has_tests else [],
        "way": _way(listed, found),
        "form": _form(found),
        "form_steps": [
            (_STEP_TITLES[step], found.callback.get(step, ())) for step in _steps(found)
        ],
        "form_tests": sorted(found.coverage.actions.get("callback_start", ())),
        "machine": _machine(found),
    }


def service_lines(found: Snapshot, municipality: str) -> list[ServiceLine]:
    """The services that the municipality tells about; those with answers without tests first."""
    by_service: dict[str, list[Answer]] = defaultdict(list)
    for answer in found.knowledge.municipalities[municipality].answers:
        by_service[answer.service].append(answer)
    lines = [_service_line(service, own, found) for service, own in by_service.items()]
    return sorted(lines, key=lambda line: (-len(line.missing), line.name))


def answer_title(answer: Answer, found: Snapshot) -> str:
    """The question that an answer is for, and for whom."""
    topic = found.knowledge.topic(answer.topic)
    title = topic.question if topic else topic_name(answer.topic)
    return title if answer.audience == "alla" else f"{title} ({answer.audience})"


def _service_line(service: str, own: Sequence[Answer], found: Snapshot) -> ServiceLine:
    known = found.knowledge.services.get(service)
    tests = frozenset().union(*(found.coverage.of_answer(a.id) for a in own))
    missing = [a for a in own if not found.coverage.of_answer(a.id)] if found.has_tests else []
    titles = tuple(answer_title(a, found) for a in missing)
    return ServiceLine(service, known.name if known else service, len(own), len(tests), titles)


def _change_line(change: Change, found: Snapshot) -> ChangeLine:
    return ChangeLine(
        STATE_TITLES[change.state],
        EVENT_TITLES[change.event],
        STATE_TITLES[change.after],
        found.handoff.get(change.event, ()),
    )


def tests_told(count: int | None) -> str:
    """``12 prov``, ``inget prov``; nothing where the tests are not here."""
    if count is None:
        return ""
    return f"{count} prov" if count else "inget prov"


def _look(count: int | None) -> str:
    return "missing" if count == 0 else "plain"


def _way(listed: Sequence[Group], found: Snapshot) -> Drawing:
    """From a message over what it is about and the rule to the kinds of replies."""
    actions = sorted({a for rule in found.rules if rule.within is None for a in rule.actions})
    nodes = [Node("message", "Invånaren skriver", look="start", layer=0)]
    nodes += [
        Node(g.id, g.title, f"{len(g.lines)} sorter, {tests_told(g.tests)}".rstrip(", "),
             _look(g.tests), 1)
        for g in listed
    ]  # fmt: skip
    nodes += [Node(action, ACTIONS.get(action, action), layer=2) for action in actions]
    counted = {k: len(found.coverage.of_kind(k)) if found.has_tests else None for k in _kinds()}
    nodes += [Node(f"kind {k}", KINDS[k], tests_told(n), _look(n), 3) for k, n in counted.items()]
    used = {g.id: {r.actions for r in found.rules if r.intent in _ids(g)} for g in listed}
    edges = [Edge("message", g.id) for g in listed]
    edges += [Edge(g, a) for g, ways in used.items() for a in actions if any(a in w for w in ways)]
    edges += [Edge(actions[-1], f"kind {kind}") for kind in counted]
    return draw(nodes, edges, gap=10)


def _ids(group: Group) -> set[str]:
    return {line.id for line in group.lines}


def _missing_kinds(found: Snapshot) -> list[str]:
    if not found.has_tests:
        return []
    return [KINDS[kind] for kind in _kinds() if not found.coverage.of_kind(kind)]


def _kinds() -> list[str]:
    return [kind for kind in KINDS if kind != "unknown"]


def _steps(found: Snapshot) -> list[str]:
    """What the form asks for, as the domain lists it."""
    slots = [slot for form in found.forms for slot in form.slots]
    return [step for slot in slots for step in STEPS if slot.endswith(f"_{step}")]


def _form(found: Snapshot) -> Drawing:
    """Field by field, and what can be done instead at each."""
    after = next((r for r in found.rules if r.within in FORMS), None)
    sent = after.actions[-1] if after else "action_submit_callback"
    started = found.coverage.actions.get("callback_start", ())
    count = len(started) if found.has_tests else None
    nodes = [Node("start", "Vill bli uppringd", tests_told(count), "start")]
    for step in _steps(found):
        walked = len(found.callback.get(step, ())) if found.has_tests else None
        nodes.append(Node(step, _STEP_TITLES[step], tests_told(walked), _look(walked)))
    nodes.append(Node("sent", ACTIONS.get(sent, sent), look="end"))
    edges = [Edge(a.id, b.id) for a, b in pairwise(nodes)]
    fields = [step for step in _steps(found) if step != "confirm"]
    edges.append(Edge("confirm", fields[0], ("vill ändra något",)))
    return draw(nodes, edges, between=28, box=138)


_LAYERS = {"waiting": 0, "expired": 1, "talking": 1, "left": 1, "returned": 2, "closed": 2}


def _machine(found: Snapshot) -> Drawing:
    """The states of a handover, and what leads from one to another."""
    nodes = [
        Node(state, STATE_TITLES[state], look="end" if is_end(state) else "start",
             layer=_LAYERS.get(state))
        for state in STATES
    ]  # fmt: skip
    joined: dict[tuple[str, str], list[str]] = defaultdict(list)
    untested: set[tuple[str, str]] = set()
    for change in changes():
        pair = change.state, change.after
        count = len(found.handoff.get(change.event, ())) if found.has_tests else None
        told = f" ({tests_told(count)})" if count is not None else ""
        joined[pair].append(f"{EVENT_TITLES[change.event]}{told}")
        if count == 0:
            untested.add(pair)
    edges = [
        Edge(a, b, tuple(titles), "missing" if (a, b) in untested else "plain")
        for (a, b), titles in joined.items()
    ]
    return draw(nodes, edges, between=270, gap=120)
