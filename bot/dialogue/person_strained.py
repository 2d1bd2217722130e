"""Somebody at the end of their strength, or worried for another: a person, and what there is.

The line of support is added around the reply (bot.dialogue.guards).
"""

from __future__ import annotations

import re

from bot.dialogue.answers import statement
from bot.dialogue.context import Context
from bot.dialogue.person import contact_for, named_contact, person_reply
from bot.dialogue.turn import Clause, Reply
from bot.dialogue.unsure import ask_municipality
from bot.dialogue.wording import old_law_line, say, source_data, source_line
from bot.knowledge.records import Answer, Municipality
from bot.understanding.text import fold

_SUPPORT = ("anhorigstod", "exempel")
"""What relatives can get; a page that only tells of its plans has no such answer."""

_WORRIED = re.compile(r"\boro(?:lig\w*|ar|s|ad|n)?\b|\w+orolig\w*|\bworried\b|\bhuolissa\w*")


def strained_reply(clause: Clause, context: Context) -> Reply:
    """The way to a person first, then in short the support for relatives where there is some."""
    turn, municipality = context.turn, context.municipality
    if municipality is None:
        return ask_municipality(None, "human_handoff", context)
    answers = context.knowledge.answers(municipality.id, _SUPPORT)
    contact = contact_for(clause, context.state, municipality, context.knowledge)
    if answers and answers[0].contacts and named_contact(clause, municipality) is None:
        contact = municipality.contact(answers[0].contacts[0])
    reason = "worried" if _WORRIED.search(fold(turn.text)) else "strained"
    reply = person_reply(reason, contact, municipality, turn)
    return _with_support(reply, answers[0], municipality, context) if answers else reply


def _with_support(
    reply: Reply, answer: Answer, municipality: Municipality, context: Context
) -> Reply:
    """The reply with the first sentence on the support, and where it stands."""
    turn, state = context.turn, context.state
    page = municipality.pages[answer.evidence[0].page]
    said = statement(answer, turn, state, sentences=1)
    lines = [say("strained_support", turn.language, about=said)]
    law = old_law_line(page, turn.language)
    if answer.id in context.knowledge.doubtful:
        lines.append(say("changed_since", turn.language))
    if law and page.id not in state.law_told:
        lines.append(law)
        state.law_told.append(page.id)
    source = source_line(municipality, page, turn.language)
    state.service, state.aspect = _SUPPORT
    reply.text = "\n".join([reply.text, *lines, source])
    reply.told.append(source)
    reply.source = source_data(municipality, page, answer.evidence[0].quote, turn.language)
    return reply
