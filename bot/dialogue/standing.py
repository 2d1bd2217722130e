"""Answers that were withdrawn, and what is said although its page has changed since."""

from __future__ import annotations

from bot.dialogue.answers import with_contact
from bot.dialogue.notices import sends_there
from bot.dialogue.state import State
from bot.dialogue.turn import Reply, Turn
from bot.dialogue.wording import say
from bot.knowledge.records import Knowledge, Municipality

_TELLING = 40
"""Characters of an answer by which a reply that held it is known again."""


def forget_withdrawn(turn: Turn, state: State, knowledge: Knowledge) -> None:
    """What was withdrawn since it was said is not repeated, put more simply or added to."""
    said = state.last_text or ""
    for answer in knowledge.all_withdrawn:
        told = (answer.text, answer.easy, answer.en, *answer.items, *answer.items_en)
        if answer.id == state.answer:
            state.answer, state.items_told = None, 0
        if any(part[:_TELLING] in said for part in told):
            municipality = knowledge.municipalities[answer.municipality]
            reply = withdrawn_reply(municipality, turn)
            state.last_text, state.last_contacts = reply.text, reply.contacts
            return


def withdrawn_reply(municipality: Municipality, turn: Turn) -> Reply:
    """In place of what was said before: that it does not hold any longer, and whom to ask."""
    text = say("withdrawn_since", turn.language, municipality=municipality.name)
    return with_contact(text, "not_defined", municipality.reception_unit, municipality, turn)


def with_doubt(reply: Reply, turn: Turn, state: State, knowledge: Knowledge) -> Reply:
    """A sentence beside contact details and hours whose page has changed since."""
    shown = {f"{state.municipality}.{contact['id']}" for contact in reply.contacts}
    if shown & knowledge.doubtful and sends_there(reply):
        reply.text = f"{reply.text}\n{say('contact_changed', turn.language)}"
    return reply
