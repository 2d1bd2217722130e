"""Intents in groups that people can tell apart, and what their rules do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api.flows.snapshot import Snapshot
from bot.dialogue import intents
from bot.dialogue.titles import intent_title

ACTIONS: Mapping[str, str] = {
    "action_reply": "Assistenten söker svaret",
    "action_submit_callback": "Uppringningen bokas",
}
FORMS: Mapping[str, str] = {"callback_form": "Formuläret för att bli uppringd"}

_SERVICE, _REST = "service", "rest"
_GROUPS: Mapping[str, tuple[str, frozenset[str]]] = {
    "crisis": ("Fara", frozenset(intents.CRISIS)),
    _SERVICE: ("Frågor om en tjänst", frozenset()),
    "contact": ("Nummer, adresser och tider", intents.CONTACT | intents.HOURS),
    "person": (
        "Vill till en människa, klagar eller har ett ärende",
        intents.PERSON | {intents.STRAINED, intents.ENTITLEMENT, intents.APPLY_FOR_ME},
    ),
    "about": ("Om svaret som nyss gavs", intents.ABOUT_ANSWER | {intents.FOLLOWUP}),
    "talk": ("Hälsar, tackar, undrar vem som svarar", intents.TALK - {"injection"}),
    "outside": (
        "Utanför ämnet",
        frozenset({intents.OUT_OF_SCOPE, intents.OTHER_CARE, "injection"}),
    ),
    _REST: ("Övrigt", frozenset()),
}


@dataclass(frozen=True, slots=True)
class IntentLine:
    """An intent with what there is for it; ``tests`` None where the tests are not here."""

    id: str
    title: str
    action: str
    examples: int
    tests: int | None


@dataclass(frozen=True, slots=True)
class Group:
    """Intents that are alike."""

    id: str
    title: str
    lines: tuple[IntentLine, ...]
    tests: int | None

    @property
    def missing(self) -> int:
        """How many of them have no test."""
        return sum(line.tests == 0 for line in self.lines)


def groups(found: Snapshot) -> list[Group]:
    """Every intent of the domain, in the order in which the assistant heeds them."""
    sorted_out: dict[str, list[str]] = {name: [] for name in _GROUPS}
    for intent in found.intents:
        sorted_out[_group_of(intent, found)].append(intent)
    return [_group(name, own, found) for name, own in sorted_out.items() if own]


def rule_of(intent: str, found: Snapshot) -> str:
    """What the rules do with an intent, in words."""
    rule = next((r for r in found.rules if r.intent == intent and r.within is None), None)
    if rule is None:
        return "Ingen regel"
    return ", sedan ".join(ACTIONS.get(action, action) for action in rule.actions)


def _group_of(intent: str, found: Snapshot) -> str:
    for name, (_, own) in _GROUPS.items():
        if intent in own:
            return name
    of_service = any(intent in s.topics for s in found.knowledge.services.values())
    return _SERVICE if of_service else _REST


def _group(name: str, own: Sequence[str], found: Snapshot) -> Group:
    lines = [_line(intent, found) for intent in own]
    # Those without a test first: they are what somebody can do something about.
    lines.sort(key=lambda line: (line.tests != 0, line.title))
    tests = frozenset().union(*(found.coverage.of_intent(intent) for intent in own))
    known = len(tests) if found.has_tests else None
    return Group(name, _GROUPS[name][0], tuple(lines), known)


def _line(intent: str, found: Snapshot) -> IntentLine:
    return IntentLine(
        intent,
        intent_title(intent, found.knowledge),
        rule_of(intent, found),
        found.examples.get(intent, 0),
        len(found.coverage.of_intent(intent)) if found.has_tests else None,
    )
