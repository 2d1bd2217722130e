"""What lifts and lowers a reading: names, the conversation, what the municipality tells of.

Each factor multiplies the weight of one reading. They were set on held-out questions
(docs/adr/0003); none depends on a municipality's name.
"""

from __future__ import annotations

import re

from bot.dialogue import trace
from bot.dialogue.intents import ABOUT_ANSWER, OTHER_CARE, OUT_OF_SCOPE, TALK
from bot.dialogue.state import State
from bot.dialogue.turn import Clause
from bot.knowledge.records import Knowledge

NO_SERVICE = "none"
"""Label prefix of aspect examples that name no service: ``none.kostnad``."""

SHORT_CLAUSE = 7
"""Up to so many words a clause lives on what was said before."""

_NAMED, _OTHER_NAMED = 8.0, 0.35
_CONTEXT_SHORT, _CONTEXT = 6.0, 2.0
_DEFINED, _SERVICE_UNKNOWN = 2.5, 0.4
_LEANING = 0.15
_UNIT_NAMED = 0.1
_LONG_QUESTION, _TALK_ASKED = 6, 0.35
_CERTAIN_TALK, _ABOUT_LEANING = 0.75, 0.35

# Intents that a clause leaning on the one before ("och han då?") hardly ever has.
_FREE_STANDING = TALK | {OUT_OF_SCOPE, OTHER_CARE, "named_person"}
LEANS = re.compile(
    r"^(?:å|och|men|så|då|fast|eller|nåt om|något om|and|but)\b"
    r"|\b(?:den|det|de|dom|han|hon|hen|dem|honom|henne|dit|då|också|även)\b",
    re.IGNORECASE,
)


def lift(
    weights: dict[tuple[str | None, str], float],
    named: frozenset[str],
    clause: Clause,
    state: State,
    knowledge: Knowledge,
    municipality: str | None,
) -> None:
    """Multiply the weight of each reading by its factors."""
    short = len(clause.text.split()) <= SHORT_CLAUSE
    for key in weights:
        weights[key] *= service_factor(key[0], named, state, short=short)
    trace.weighed("named" if named else "context", weights)
    for key in weights:
        weights[key] *= municipality_factor(key, named, knowledge, municipality)
    trace.weighed("told", weights)
    for key in weights:
        weights[key] *= free_factor(key, clause, state, municipality, short=short)
    trace.weighed("free", weights)


def service_factor(
    service: str | None, named: frozenset[str], state: State, *, short: bool
) -> float:
    """A named service, or else the one spoken of, is likelier than others."""
    if service is None:
        return 1.0
    if named:
        return _NAMED if service in named else _OTHER_NAMED
    if state.service and service == state.service:
        return _CONTEXT_SHORT if short else _CONTEXT
    return 1.0


def municipality_factor(
    key: tuple[str | None, str],
    named: frozenset[str],
    knowledge: Knowledge,
    municipality: str | None,
) -> float:
    """People mostly ask about what their municipality's pages tell of."""
    service, aspect = key
    if service is None or service == NO_SERVICE or municipality is None:
        return 1.0
    if knowledge.tells(municipality, (service, aspect)):
        return _DEFINED
    if not knowledge.has_service(municipality, service) and service not in named:
        return _SERVICE_UNKNOWN
    return 1.0


def free_factor(
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
    factor = _asked_factor(aspect, clause, state)
    if state.service and aspect in _FREE_STANDING and LEANS.search(clause.text):
        factor *= _LEANING if short or aspect != OUT_OF_SCOPE else 0.4
    prefix = f"{municipality}/"
    if aspect == OUT_OF_SCOPE and any(u.startswith(prefix) for u in clause.names.get("unit", ())):
        factor *= _UNIT_NAMED
    return factor


def _asked_factor(aspect: str, clause: Clause, state: State) -> float:
    """Talk is mostly short and no question; what is about the answer is mostly plain to see."""
    seen = next((g.confidence for g in clause.guesses if g.topic == aspect), 0.0)
    if seen >= _CERTAIN_TALK:
        return 1.0
    if aspect in TALK and clause.is_question and len(clause.text.split()) >= _LONG_QUESTION:
        return _TALK_ASKED
    if aspect in ABOUT_ANSWER and state.service and LEANS.search(clause.text):
        return _ABOUT_LEANING
    return 1.0
