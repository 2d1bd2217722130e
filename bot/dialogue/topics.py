"""From guesses to a decision: which topic of which service a clause asks about.

The classifier judges the words alone. Here the names found in the clause, the conversation so
far and what the municipality's pages tell are weighed in. The weights were set on held-out
questions (docs/adr/0003); none depends on a municipality's name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace

from bot.dialogue.intents import CONTACT, HOURS, OTHER_CARE, OUT_OF_SCOPE, TALK
from bot.dialogue.state import State
from bot.dialogue.turn import Clause
from bot.knowledge.records import Knowledge, TopicId
from bot.understanding.classifier import Guess

NO_SERVICE = "none"
"""Label prefix of aspect examples that name no service: ``none.kostnad``."""

SHORT_CLAUSE = 7
_NAMED, _OTHER_NAMED = 8.0, 0.35
_NAMED_MASS = 2.0
_CONTEXT_SHORT, _CONTEXT = 6.0, 2.0
_DEFINED, _SERVICE_UNKNOWN = 2.5, 0.4
_SPELLED_OUT = 0.6
_LEANING = 0.15
_UNIT_NAMED = 0.1
_CHILD_SHARE = 0.6
_WITHIN, _LEAST_MASS = 0.4, 0.1
_WHOLE_SHARE, _MERGE_FLOOR = 0.7, 0.004

# Intents that a clause leaning on the one before ("och han då?") hardly ever has.
_FREE_STANDING = TALK | {OUT_OF_SCOPE, OTHER_CARE, "named_person"}
_LEANS = re.compile(
    r"^(?:och|men|då|fast|eller|and|but)\b|\b(?:den|det|de|dom|han|hon|hen|dem|honom|henne|dit|då)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A reading of a clause: a topic, or an intent about no service (``service`` None)."""

    service: str | None
    aspect: str
    weight: float

    @property
    def topic(self) -> TopicId | None:
        """The topic, when it is about a service."""
        return (self.service, self.aspect) if self.service else None


def read_label(label: str) -> tuple[str | None, str]:
    """``ledsagning.kostnad`` -> service and aspect; ``greet`` -> no service and the intent."""
    service, dot, aspect = label.partition(".")
    return (service, aspect) if dot else (None, label)


def weigh(
    clause: Clause, state: State, knowledge: Knowledge, municipality: str | None
) -> list[Candidate]:
    """All readings of a clause, likeliest first; their weights sum to 1."""
    named = _named_services(clause, knowledge)
    short = len(clause.text.split()) <= SHORT_CLAUSE
    # "När?" after an answer asks when that is, not when the phone is answered.
    bare = len(clause.text.split()) <= 2 and not clause.names.get("unit")
    weights: dict[tuple[str | None, str], float] = defaultdict(float)
    for guess in clause.guesses:
        for key, share in _expand(guess, named, state, knowledge, bare=bare):
            weights[key] += share
    _add_children(weights, knowledge, municipality)
    if state.service and not named and leans(clause):
        _read_within(weights, clause, state.service)
    for key in _spelled_out(clause, knowledge):
        weights[key] += _SPELLED_OUT
    mass = sum(w for key, w in weights.items() if key[0])
    for key in weights:
        weights[key] *= _service_factor(key[0], named, state, short=short)
        weights[key] *= _municipality_factor(key, named, knowledge, municipality)
        weights[key] *= _free_factor(key, clause, state, municipality, short=short)
    if named:
        _keep_mass(weights, mass * _NAMED_MASS)
    total = sum(weights.values()) or 1.0
    ordered = sorted(weights.items(), key=lambda item: (-item[1], str(item[0])))
    return [Candidate(service, aspect, w / total) for (service, aspect), w in ordered]


def leans(clause: Clause) -> bool:
    """Whether a clause is short or points back, so that the last turn tells what it is about."""
    return len(clause.text.split()) <= SHORT_CLAUSE or _LEANS.search(clause.text) is not None


def _read_within(
    weights: dict[tuple[str | None, str], float], clause: Clause, service: str
) -> None:
    """Give a share of what is about services to the topics of the one spoken of."""
    mass = sum(w for key, w in weights.items() if key[0])
    share = max(mass, _LEAST_MASS) * _WITHIN
    for guess in clause.within.get(service, ()):
        weights[service, guess.topic] += share * guess.confidence


def _keep_mass(weights: dict[tuple[str | None, str], float], mass: float) -> None:
    """A name says which service is meant, less whether a service is asked about at all."""
    services = sum(w for key, w in weights.items() if key[0])
    if services > mass:
        for key in weights:
            if key[0]:
                weights[key] *= mass / services


def _add_children(
    weights: dict[tuple[str | None, str], float], knowledge: Knowledge, municipality: str | None
) -> None:
    """What is asked of a broad service may stand under one of its parts in this municipality."""
    if municipality is None:
        return
    for (service, aspect), weight in list(weights.items()):
        if not service or knowledge.answers(municipality, (service, aspect)):
            continue
        for part in knowledge.services.values():
            if part.part_of == service and knowledge.answers(municipality, (part.id, aspect)):
                weights[(part.id, aspect)] += weight * _CHILD_SHARE


def _free_factor(
    key: tuple[str | None, str],
    clause: Clause,
    state: State,
    municipality: str | None,
    *,
    short: bool,
) -> float:
    """Intents about no service: unlikely in a turn that leans on the one before."""
    service, aspect = key
    if service is not None:
        return 1.0
    factor = 1.0
    if state.service and aspect in _FREE_STANDING and _LEANS.search(clause.text):
        factor *= _LEANING if short or aspect != OUT_OF_SCOPE else 0.4
    prefix = f"{municipality}/"
    if aspect == OUT_OF_SCOPE and any(u.startswith(prefix) for u in clause.names.get("unit", ())):
        factor *= _UNIT_NAMED
    return factor


def _spelled_out(clause: Clause, knowledge: Knowledge) -> list[tuple[str | None, str]]:
    """Topics whose service and aspect are both named by words of the message's language."""
    found: list[tuple[str | None, str]] = []
    for aspect in clause.names.get("aspect", ()):
        services = clause.names.get("service", ())
        topics = [(s, aspect) for s in services if knowledge.topic((s, aspect))]
        found += topics or ([(None, aspect)] if aspect in CONTACT | HOURS else [])
    return found


def _named_services(clause: Clause, knowledge: Knowledge) -> frozenset[str]:
    """The services named in a clause, with those that are part of them."""
    named = set(clause.names.get("service", ()))
    parts = {s.id for s in knowledge.services.values() if s.part_of in named}
    return frozenset(named | parts) if named else frozenset()


def _expand(
    guess: Guess, named: frozenset[str], state: State, knowledge: Knowledge, *, bare: bool
) -> list[tuple[tuple[str | None, str], float]]:
    """A guess about no service becomes one about the named, or else the current, service."""
    service, aspect = read_label(guess.topic)
    if aspect == "oppettider" and bare and state.service and state.aspect not in CONTACT | HOURS:
        service, aspect = NO_SERVICE, "nar"
    if service != NO_SERVICE:
        read: list[tuple[tuple[str | None, str], float]] = [((service, aspect), guess.confidence)]
        if service and named and service not in named:
            # The aspect may be right although the service was named otherwise.
            for other in sorted(named):
                if knowledge.topic((other, aspect)):
                    read.append(((other, aspect), guess.confidence * 0.1))
        return read
    holders = sorted(named) or ([state.service] if state.service else [])
    found: list[tuple[str | None, str]] = []
    for holder in holders:
        near = next((a for a in knowledge.near(aspect) if knowledge.topic((holder, a))), None)
        if near:
            found.append((holder, near))
    if not found:
        return [((holders[0] if holders else NO_SERVICE, aspect), guess.confidence)]
    return [(key, guess.confidence / len(found)) for key in found]


def _service_factor(
    service: str | None, named: frozenset[str], state: State, *, short: bool
) -> float:
    if service is None:
        return 1.0
    if named:
        return _NAMED if service in named else _OTHER_NAMED
    if state.service and service == state.service:
        return _CONTEXT_SHORT if short else _CONTEXT
    return 1.0


def _municipality_factor(
    key: tuple[str | None, str],
    named: frozenset[str],
    knowledge: Knowledge,
    municipality: str | None,
) -> float:
    """People mostly ask about what their municipality's pages tell of."""
    service, aspect = key
    if service is None or service == NO_SERVICE or municipality is None:
        return 1.0
    if knowledge.answers(municipality, (service, aspect)):
        return _DEFINED
    if not knowledge.has_service(municipality, service) and service not in named:
        return _SERVICE_UNKNOWN
    return 1.0


def merge(whole: Clause, part: Clause) -> Clause:
    """One clause that carries the evidence of the whole message and of its question.

    The question's guesses count fully, the story around it gives the subject: the geometric
    mean keeps what both find likely.
    """
    whole_by_topic = {g.topic: g.confidence for g in whole.guesses}
    part_by_topic = {g.topic: g.confidence for g in part.guesses}
    guesses = [
        Guess(
            t,
            max(whole_by_topic.get(t, 0), _MERGE_FLOOR) ** _WHOLE_SHARE
            * max(part_by_topic.get(t, 0), _MERGE_FLOOR) ** (1 - _WHOLE_SHARE),
        )
        for t in {**part_by_topic, **whole_by_topic}
    ]
    guesses.sort(key=lambda g: (-g.confidence, g.topic))
    names = {
        k: (*part.names.get(k, ()), *whole.names.get(k, ())) for k in {*part.names, *whole.names}
    }
    return replace(part, guesses=tuple(guesses), names=names)
