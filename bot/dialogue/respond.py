"""The last line of defence: an error inside never becomes silence or a stack trace."""

from __future__ import annotations

import logging

from bot.dialogue import trace
from bot.dialogue.contacts import short_line
from bot.dialogue.engine import respond
from bot.dialogue.person import person_reply
from bot.dialogue.state import State
from bot.dialogue.turn import Reply, Turn
from bot.dialogue.wording import say
from bot.knowledge.loader import load_knowledge

logger = logging.getLogger(__name__)


def respond_safely(turn: Turn, state: State) -> Reply:
    """The reply, or, when something failed, a sentence and a way to a person."""
    try:
        return respond(turn, state)
    except Exception:
        # The message's text stays out of the log: it may hold what no log should.
        logger.exception("the reply failed")
        trace.passed("failed")
        return trouble(turn, state)


def trouble(turn: Turn, state: State) -> Reply:
    """An apology and a way to a person."""
    text = say("trouble", turn.language)
    municipalities = load_knowledge().municipalities
    municipality = municipalities.get(state.municipality or turn.municipality or "")
    if municipality is None:
        units = [(m, m.reception_unit) for m in municipalities.values()]
        lines = [f"{m.short}: {short_line(c, turn.language)}" for m, c in units]
        return Reply("\n".join([text, *lines]), "handoff")
    reply = person_reply("human_handoff", municipality.reception_unit, municipality, turn)
    reply.text = f"{text}\n{reply.text}"
    return reply
