"""Ways to a person: asked for, or plainly needed."""

from __future__ import annotations

import datetime as dt

from bot.dialogue import contacts as contact_lines
from bot.dialogue.answers import best_contact
from bot.dialogue.state import State
from bot.dialogue.turn import Clause, Reply, Turn, in_stockholm
from bot.dialogue.wording import say
from bot.knowledge.handoff import load_plans
from bot.knowledge.records import Contact, Knowledge, Municipality

_LEAD = {
    "callback_no_booking": "callback_no_booking",
    "human_handoff": "person",
    "complaint": "complaint",
    "appeal": "appeal",
    "ongoing_case": "ongoing_case",
    "named_person": "named_person",
    "report_concern": "report_concern",
    "wrong_answer": "wrong_answer",
    "insult": "insult",
    "second_miss": "person_second_miss",
    "same_question": "same_question",
    "chat_closed": "chat_closed",
    "callback_closed": "callback_closed",
    "callback_no_times": "callback_no_times",
    "after_card": "after_card",
    "worried": "worried",
    "strained": "strained",
}
_GIVES_ADDRESS = frozenset({"human_handoff", "chat_closed", "callback_closed"})


def person_reply(reason: str, contact: Contact, municipality: Municipality, turn: Turn) -> Reply:
    """Say why a person is the one to ask, and every way to reach one."""
    never = reason == "chat_closed" and not load_plans()[municipality.id].chat
    lead = say(
        "chat_never" if never else _LEAD[reason],
        turn.language,
        municipality=municipality.name,
        genitive=municipality.genitive,
    )
    shown = [contact]
    if contact.id != municipality.reception:
        shown.append(municipality.reception_unit)
    if all(c.phone is None for c in shown):
        shown = [municipality.reception_unit]
    lines = [contact_lines.contact_line(c, turn.now, turn.language) for c in shown]
    told = [contact_lines.of_municipality(municipality, lines[0], lead), *lines[1:]]
    address = contact.visit_address or municipality.reception_unit.visit_address
    if address and reason in _GIVES_ADDRESS:
        name = contact.definite if contact.visit_address else municipality.reception_unit.definite
        visit = say("visit_address", turn.language, name=name, address=address)
        lines.append(visit)
        told.append(visit)
    ways, buttons = offers(turn)
    opens = chat_opens(turn) if reason == "chat_closed" else None
    if opens:
        ways = [opens, *ways]
    return Reply(
        text="\n".join([lead, *told, *ways]),
        kind="handoff",
        contacts=[contact_lines.as_data(c, turn.now, turn.language) for c in shown],
        buttons=buttons,
        told=told,
        reason=reason,
    )


def with_ways(reply: Reply, reason: str, turn: Turn) -> Reply:
    """The reply with the ways that are open, where it already names the contact."""
    ways, buttons = offers(turn)
    reply.text = "\n".join([reply.text, *ways])
    reply.buttons = [*buttons, *reply.buttons]
    reply.reason = reason
    return reply


def offers(turn: Turn) -> tuple[list[str], list[str]]:
    """What is open beside the contact, a sentence each, and the buttons that choose it."""
    person, language = turn.person, turn.language
    ways: list[str] = []
    buttons: list[str] = []
    if person.get("chat"):
        waiting = int(person.get("waiting") or 0)
        key = "can_chat_waiting" if waiting else "can_chat"
        ways.append(say(key, language, total=waiting))
        buttons.append(say("button_chat", language))
    if person.get("callback"):
        ways.append(say("can_be_called" if ways else "can_be_called_only", language))
        buttons.append(say("button_callback", language))
    return ways, buttons


def chat_opens(turn: Turn) -> str | None:
    """``Chatten öppnar i morgon, måndag, klockan 08.30.``; None when nobody knows."""
    opens = turn.person.get("opens")
    if not opens:
        return None
    moment = in_stockholm(dt.datetime.fromisoformat(str(opens)))
    time = contact_lines.clock(moment, turn.language)
    if moment.date() == turn.now.date():
        return say("chat_opens_today", turn.language, time=time)
    day = contact_lines.day_name(moment, turn.now, turn.language)
    return say("chat_opens", turn.language, day=day, time=time)


def contact_for(
    clause: Clause, state: State, municipality: Municipality, knowledge: Knowledge
) -> Contact:
    """The contact meant: named, or the service's, or the one spoken of, or the reception unit."""
    named = named_contact(clause, municipality)
    if named:
        return named
    services = [
        s for s in clause.names.get("service", ()) if knowledge.has_service(municipality.id, s)
    ]
    if services:
        return best_contact(services[0], municipality, knowledge)
    if state.unit in municipality.contacts:
        return municipality.contact(str(state.unit))
    if state.service and knowledge.has_service(municipality.id, state.service):
        return best_contact(state.service, municipality, knowledge)
    return municipality.reception_unit


def named_contact(clause: Clause, municipality: Municipality) -> Contact | None:
    """A contact of this municipality named in the clause; another's are not looked at."""
    prefix = f"{municipality.id}/"
    ids = [u.removeprefix(prefix) for u in clause.names.get("unit", ()) if u.startswith(prefix)]
    return municipality.contact(ids[-1]) if ids else None
