"""From guesses to a decision: which topic of which service a clause asks about.

The classifier judges the words alone. Here the names found in the clause, the conversation so
far and what the municipality's pages tell are weighed in. The weights were set on held-out
questions (docs/adr/0003); none depends on a municipality's name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from bot.dialogue import trace
from bot.dialogue.factors import NO_SERVICE, SHORT_CLAUSE, lift
from bot.dialogue.intents import CONTACT, HOURS
from bot.dialogue.leaning import leans
from bot.dialogue.signs import asks_price, intents_by_sign, speaks_of_opening
from bot.dialogue.state import State
from bot.dialogue.turn import Clause
from bot.knowledge.records import Knowledge, TopicId
from bot.understanding.classifier import Guess

_NAMED_MASS = 2.0
_SPELLED_OUT = 0.6
_CHILD_SHARE = 0.6
_SIGN_SEEN, _PRICE_SHARE, _UNSAID = 0.2, 0.8, 0.3
_ABOUT_MONEY = frozenset({"kostnad", "omkostnader", "ersattning"})
_WITHIN, _LEAST_MASS = 0.4, 0.1

POINTS = re.compile(
    r"\b(?:det|den|de|dom) här\b|\b(?:detta|denna|dessa|insatsen|uppdraget|stödet)\b", re.IGNORECASE
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
    spoken = state.service or only_service(knowledge, municipality)
    weights: dict[tuple[str | None, str], float] = defaultdict(float)
    trace.weighing(clause)
    for guess in clause.guesses:
        read = _bare_when(guess, clause, state)
        for key, share in _expand(read, named, spoken, knowledge):
            weights[key] += share
    trace.weighed("spoken_of", weights)
    if not named and not spoken:
        _to_unsaid(weights, knowledge, municipality)
        trace.weighed("unsaid", weights)
    _add_children(weights, knowledge, municipality)
    trace.weighed("part", weights)
    if spoken and not named and _is_about(spoken, clause, state):
        _read_within(weights, clause, spoken)
        trace.weighed("within", weights)
    for key in [*_spelled_out(clause, state, knowledge), *_by_sign(clause)]:
        weights[key] += _SPELLED_OUT
    trace.weighed("spelled_out", weights)
    mass = sum(w for key, w in weights.items() if key[0])
    lift(weights, named, clause, state, knowledge, municipality)
    if named:
        _keep_mass(weights, mass * _NAMED_MASS)
        trace.weighed("mass", weights)
    if asks_price(clause.text):
        _to_price(weights, knowledge)
        trace.weighed("price", weights)
    total = sum(weights.values()) or 1.0
    ordered = sorted(weights.items(), key=lambda item: (-item[1], str(item[0])))
    return [Candidate(service, aspect, w / total) for (service, aspect), w in ordered]


def only_service(knowledge: Knowledge, municipality: str | None) -> str | None:
    """What a municipality's pages tell of, when that is one service alone."""
    if municipality is None:
        return None
    services = {a.service for a in knowledge.municipalities[municipality].answers}
    return services.pop() if len(services) == 1 else None


def _is_about(service: str, clause: Clause, state: State) -> bool:
    """Whether a clause leans on the service spoken of, or points at what the page tells."""
    if state.service == service:
        return leans(clause)
    return POINTS.search(clause.text) is not None


def _bare_when(guess: Guess, clause: Clause, state: State) -> Guess:
    """``När?`` after an answer asks when that is, not when the phone is answered."""
    bare = len(clause.text.split()) <= 2 and not clause.names.get("unit")
    bare = bare and not speaks_of_opening(clause.text)
    if guess.topic != "oppettider" or not bare or not state.service:
        return guess
    return (
        guess if state.aspect in CONTACT | HOURS else Guess(f"{NO_SERVICE}.nar", guess.confidence)
    )


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
        if not service or knowledge.tells(municipality, (service, aspect)):
            continue
        for part in knowledge.services.values():
            if part.part_of == service and knowledge.tells(municipality, (part.id, aspect)):
                weights[(part.id, aspect)] += weight * _CHILD_SHARE


def _spelled_out(
    clause: Clause, state: State, knowledge: Knowledge
) -> list[tuple[str | None, str]]:
    """Topics whose aspect is named by words of the message's language, of the service named.

    A few words that name no service (``how do I apply``) go on about the one spoken of.
    """
    found: list[tuple[str | None, str]] = []
    for aspect in clause.names.get("aspect", ()):
        services = clause.names.get("service", ())
        if not services and state.service and len(clause.text.split()) <= SHORT_CLAUSE:
            services = (state.service,)
        topics = [(s, aspect) for s in services if knowledge.topic((s, aspect))]
        found += topics or ([(None, aspect)] if aspect in CONTACT | HOURS else [])
    return found


def _to_unsaid(
    weights: dict[tuple[str | None, str], float], knowledge: Knowledge, municipality: str | None
) -> None:
    """``Och vad kostar det?`` as the first words: no service is meant that tells nothing of it."""
    for (service, aspect), weight in list(weights.items()):
        if service != NO_SERVICE or weight < _UNSAID:
            continue
        for key in list(weights):
            told = municipality and key[0] and knowledge.tells(municipality, (key[0], key[1]))
            if key[0] not in {None, NO_SERVICE} and key[1] == aspect and not told:
                weights[service, aspect] += weights.pop(key)


def _by_sign(clause: Clause) -> list[tuple[str | None, str]]:
    """Numbers, places and hours named by a word, where they are among the readings."""
    seen = sum(g.confidence for g in clause.guesses if g.topic in CONTACT | HOURS)
    if clause.names.get("service") or seen < _SIGN_SEEN:
        return []
    return [(None, intent) for intent in intents_by_sign(clause.text)]


def _to_price(weights: dict[tuple[str | None, str], float], knowledge: Knowledge) -> None:
    """A price is asked: the likeliest service keeps its weight, and it is about its cost.

    Where the page gives no price the reply says so, rather than another fact.
    """
    best = max(weights, key=lambda key: weights[key], default=(None, ""))
    cost = (best[0], "kostnad")
    if best[0] is None or best[1] in _ABOUT_MONEY or not knowledge.topic((best[0], "kostnad")):
        return
    for key in list(weights):
        if key[0] == best[0] and key != cost:
            weights[cost] += weights[key] * _PRICE_SHARE
            weights[key] *= 1 - _PRICE_SHARE


def _named_services(clause: Clause, knowledge: Knowledge) -> frozenset[str]:
    """The services named in a clause, with those that are part of them."""
    named = set(clause.names.get("service", ()))
    parts = {s.id for s in knowledge.services.values() if s.part_of in named}
    return frozenset(named | parts) if named else frozenset()


def _expand(
    guess: Guess, named: frozenset[str], spoken: str | None, knowledge: Knowledge
) -> list[tuple[tuple[str | None, str], float]]:
    """A guess about no service becomes one about the named, or else the current, service."""
    service, aspect = read_label(guess.topic)
    if service != NO_SERVICE:
        read: list[tuple[tuple[str | None, str], float]] = [((service, aspect), guess.confidence)]
        if service and named and service not in named:
            # The aspect may be right although the service was named otherwise.
            for other in sorted(named):
                if knowledge.topic((other, aspect)):
                    read.append(((other, aspect), guess.confidence * 0.1))
        return read
    holders = sorted(named) or ([spoken] if spoken else [])
    found: list[tuple[str | None, str]] = []
    for holder in holders:
        near = next((a for a in knowledge.near(aspect) if knowledge.topic((holder, a))), None)
        if near:
            found.append((holder, near))
    if not found:
        return [((holders[0] if holders else NO_SERVICE, aspect), guess.confidence)]
    return [(key, guess.confidence / len(found)) for key in found]
