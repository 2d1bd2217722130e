"""The ways to a person that are open now, beside the contact's own: a chat, being called back.

The API says with each message what is open (``metadata.person``). Without it nothing is offered,
and what is offered is never forced: it begins when somebody chooses it.
"""

from __future__ import annotations

from bot.dialogue import callback
from bot.dialogue.contacts import as_data, short_line
from bot.dialogue.context import Context
from bot.dialogue.person import offers, person_reply
from bot.dialogue.person_wishes import asks_whom, only_asks, wished_way
from bot.dialogue.turn import Reply, Turn
from bot.dialogue.unsure import ask_municipality
from bot.dialogue.wording import say
from bot.guard import crisis
from bot.knowledge.records import Municipality

CHAT = "chat"
"""What ``custom.action`` tells the API to do: put this person in the queue."""

CARD_LASTS = 4
"""For so many turns after a crisis card, ``vem ringer jag`` asks who helps."""

_WITH_LINE: tuple[crisis.Kind, ...] = ("suicide", "other")
_CLOSED = {"chat": "chat_closed", "callback": "callback_closed"}


def chosen_way(context: Context) -> Reply | None:
    """The reply to who wants to chat or to be called back; None for everybody else."""
    turn, state, municipality = context.turn, context.state, context.municipality
    way = wished_way(turn.text)
    if way is None:
        return None
    state.pending = None
    if municipality is None:
        return ask_municipality(None, "human_handoff", context)
    unit = municipality.reception_unit
    if not turn.person.get(way):
        return person_reply(_CLOSED[way], unit, municipality, turn)
    if only_asks(turn.text):
        return person_reply("human_handoff", unit, municipality, turn)
    reply = callback.begin(turn) if way == "callback" else _chat(context)
    reply.reason = state.offered_for or "human_handoff"
    return reply


def _chat(context: Context) -> Reply:
    """Nothing but that it begins: the queue tells place and wait by itself."""
    return Reply(say("chat_begins", context.turn.language), "handoff", action=CHAT)


def after_card(context: Context) -> Reply | None:
    """Somebody who asks whom to turn to in the turns after a crisis card: 112, and a person."""
    turn, state, municipality = context.turn, context.state, context.municipality
    if state.card is None:
        return None
    state.turns_since_card += 1
    if state.turns_since_card > CARD_LASTS:
        state.card = None
        return None
    if municipality is None or turn.whole.names.get("service") or not asks_whom(turn.text):
        return None
    kind = next((k for k in _WITH_LINE if k == state.card), None)
    lead = "after_card" if kind is None else "strained"
    reply = person_reply(lead, municipality.reception_unit, municipality, turn)
    reply.reason = "after_card"
    if kind is not None:
        line = crisis.support_line(kind, turn.language)
        reply.text = f"{line}\n{reply.text}"
    return reply


def with_offer(reply: Reply, reason: str, municipality: Municipality, turn: Turn) -> Reply:
    """An answer that did not help before: it ends with a way to a person."""
    unit = municipality.reception_unit
    ways, buttons = offers(turn)
    line = short_line(unit, turn.language)
    lead = say(reason, turn.language)
    reply.text = "\n".join([reply.text, lead, *([] if line in reply.text else [line]), *ways])
    if unit.id not in {c["id"] for c in reply.contacts}:
        reply.contacts = [*reply.contacts, as_data(unit, turn.now, turn.language)]
    reply.buttons = [*buttons, *reply.buttons]
    reply.reason = reason
    return reply
