"""Danger and privacy around a reply: the crisis card before it, support and warnings with it."""

from __future__ import annotations

import re
from typing import Any

from bot.dialogue import contacts as contact_lines
from bot.dialogue.intents import CRISIS
from bot.dialogue.place import find_place
from bot.dialogue.state import State
from bot.dialogue.turn import Clause, Reply, Turn
from bot.dialogue.wording import say
from bot.guard import crisis, privacy
from bot.knowledge.records import Contact, Knowledge

CERTAIN = 0.8
"""The trained classifier alone raises a card from here: its false friends cost trust."""

STORY = 60
"""From so many words on, a message is looked at piece by piece."""

SUSPECTED, CERTAIN_OF_CLAUSE = 0.25, 0.9
"""One clause of a story alarms alone only when the whole message is suspect too."""


_WHAT_I_SAID = re.compile(
    r"\b(?:vad|vilke[nt]|vilka|vem|hur)\b.*\b(?:skrev|sa|sade|angav|nämnde|uppgav)\s+jag\b"
    r"|\b(?:vad|vilke[nt]|vilka|vem|hur)\b.*\bjag\s+(?:\w+\s+)?(?:skrev|sa|sade|angav|nämnde|uppgav)\b"
    r"|\bvad\s+(?:heter|hette|hetter)\s+(?:jag|hon|han)\b.*\?"
    r"|\bdid\s+i\s+(?:write|say|give|tell|mention)\b|\bi\s+(?:wrote|said|gave)\b.*\?",
    re.IGNORECASE,
)


def crisis_card(
    turn: Turn, state: State, knowledge: Knowledge, finding: crisis.CrisisFinding | None
) -> Reply | None:
    """The crisis card alone, when the rules (``finding``) or the trained classifier see danger."""
    found = danger(turn, finding)
    if found is None:
        return None
    kind, variant = found
    contact = _municipal_contact(turn, state, knowledge)
    services = crisis.SocialServices(contact.definite, contact.phone) if contact else None
    text = crisis.card(kind, turn.language, services, variant)
    shown: list[dict[str, Any]] = []
    if contact and contact.phone:
        shown.append(contact_lines.as_data(contact, turn.now, turn.language))
    answer = f"common.crisis.{kind}"
    language = crisis.written_in(kind, turn.language, variant)
    return Reply(text, "crisis", answer=answer, contacts=shown, language=language)


def danger(
    turn: Turn, finding: crisis.CrisisFinding | None
) -> tuple[crisis.Kind, crisis.Variant] | None:
    """The kind of danger and its card's variant, by the rules first, then by the classifier."""
    if finding is not None:
        return (finding.kind, finding.variant) if finding.tier == "A" else None
    whole = _seen(turn.whole)
    if sum(whole.values()) < SUSPECTED or crisis.harmless(turn.text):
        return None
    if sum(whole.values()) >= CERTAIN:
        return max(whole, key=lambda k: whole[k]), ""
    for clause in turn.clauses:
        seen = _seen(clause)
        if sum(seen.values()) >= CERTAIN_OF_CLAUSE:
            return max(seen, key=lambda k: seen[k]), ""
    return None


def by_rules(turn: Turn) -> crisis.CrisisFinding | None:
    """What the rules find; in a long story sentence by sentence, with the one before.

    The signs of danger are combined, and a story of two hundred words has some of each.
    """
    if turn.word_count <= STORY:
        return crisis.check(turn.text)
    texts = [c.text for c in turn.clauses]
    pairs = [" ".join(texts[max(0, i - 1) : i + 1]) for i in range(len(texts))]
    found = [f for f in map(crisis.check, pairs) if f is not None]
    return min(found, key=lambda f: f.tier) if found else None


def _seen(clause: Clause) -> dict[crisis.Kind, float]:
    """The classifier's probability of each kind of danger in a clause."""
    seen: dict[crisis.Kind, float] = {}
    for guess in clause.guesses:
        kind = CRISIS.get(guess.topic)
        if kind:
            seen[kind] = seen.get(kind, 0.0) + guess.confidence
    return seen


def _municipal_contact(turn: Turn, state: State, knowledge: Knowledge) -> Contact | None:
    place = find_place(turn, state, knowledge)
    municipality = knowledge.municipalities.get(place.municipality or "")
    return municipality.reception_unit if municipality else None


def with_support(reply: Reply, turn: Turn, finding: crisis.CrisisFinding | None) -> Reply:
    """A carer at the end of their strength gets the answer, and one line of support."""
    if finding is not None and finding.tier == "B":
        line = crisis.support_line(finding.kind, turn.language)
        reply.text = f"{reply.text}\n{line}"
    return reply


def with_privacy_warning(reply: Reply, turn: Turn) -> Reply:
    """Tell, first and kindly, that personal data was written and was not kept."""
    kinds = list(turn.masked) + (["halsa"] if turn.health else [])
    if not kinds:
        return reply
    warning = privacy.warning(kinds, turn.language)
    reply.text = f"{warning}\n{reply.text}"
    return reply


def asks_for_masked(turn: Turn, state: State) -> Reply | None:
    """``vilket nummer skrev jag?`` after something was masked: it was not kept."""
    if state.masked_before and _WHAT_I_SAID.search(turn.text):
        return Reply(say("masked_asked", turn.language), "notice")
    return None
