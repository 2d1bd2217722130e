"""What an operator has put up for certain days: notices, and that the assistant is switched off.

A notice about a contact is said with every reply that sends people there; one about nobody in
particular once in a conversation.
"""

from __future__ import annotations

from bot.dialogue.answers import with_contact
from bot.dialogue.context import Context
from bot.dialogue.state import State
from bot.dialogue.turn import Reply, Turn
from bot.dialogue.wording import text_language
from bot.knowledge.assistant import Notice, active_notices
from bot.knowledge.records import Knowledge

_SENT_THERE = frozenset({"handoff", "not_defined"})
_ABOUT_CONTACT = ("oppettider", "besokstider", "telefonnummer", "kontakt", "followup")


def switched_off(context: Context) -> Reply | None:
    """The operator's message and a way to a person, where the assistant is switched off."""
    municipality = context.municipality
    if municipality is None or municipality.assistant.switched_off is None:
        return None
    text = municipality.assistant.switched_off[text_language(context.turn.language)]
    context.state.pending = None
    return with_contact(text, "notice", municipality.reception_unit, municipality, context.turn)


def with_notices(reply: Reply, turn: Turn, state: State, knowledge: Knowledge) -> Reply:
    """The reply with what is to be known before one calls or goes there, first."""
    municipality = knowledge.municipalities.get(state.municipality or "")
    if municipality is None:
        return reply
    active = active_notices(municipality, turn.now, turn.channel)
    due = [n for n in active if _is_due(n, reply, state)]
    state.notices_told += [n.id for n in due if n.id not in state.notices_told]
    texts = [n.text[text_language(turn.language)] for n in due]
    if texts:
        reply.text = "\n".join([*texts, reply.text])
    return reply


def _is_due(notice: Notice, reply: Reply, state: State) -> bool:
    if notice.id not in state.notices_told:
        return notice.contact is None or _names(notice, reply)
    return notice.contact is not None and _names(notice, reply) and sends_there(reply)


def _names(notice: Notice, reply: Reply) -> bool:
    return any(c["id"] == notice.contact for c in reply.contacts)


def sends_there(reply: Reply) -> bool:
    """Whether reaching somebody is what the reply is about."""
    asked = (reply.answer or "").rpartition(".")[2]
    return reply.kind in _SENT_THERE or asked in _ABOUT_CONTACT
