"""Records to what the desk shows. Words stand in content/common/desk.yml."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from api.handoff.hours import when
from api.handoff.records import Agent, DeskStatus, Handoff
from api.schemas_desk import (
    AgentView,
    CannedView,
    ChoiceView,
    DeskMessageView,
    DeskMunicipalityView,
    HandoffDetail,
    PersonView,
    Row,
    UnderstoodView,
)
from api.storage.records import Message
from bot.dialogue.contacts import clock
from bot.dialogue.turn import in_stockholm
from bot.knowledge.handoff import canned_replies, load_desk_words, load_plans
from bot.knowledge.loader import load_knowledge
from bot.knowledge.records import Municipality

CITIZEN_HERE: Final = dt.timedelta(seconds=60)
"""A page that is open shows a sign of life more often than this."""

STAFF_LANGUAGE: Final = "sv"


def known(municipalities: Collection[str]) -> list[str]:
    """Those that content has, in its order: an account may name one that is gone."""
    return [m for m in load_knowledge().municipalities if m in municipalities]


def municipality_view(
    municipality_id: str, status: DeskStatus, agents: Iterable[Agent], now: dt.datetime
) -> DeskMunicipalityView:
    """Whether citizens can reach a desk, and who is there."""
    municipality = load_knowledge().municipalities[municipality_id]
    plan = load_plans()[municipality_id]
    return DeskMunicipalityView(
        id=municipality_id,
        name=municipality.name,
        chat=plan.chat,
        open=status.chat_open,
        text=_opening(plan.chat, status, now),
        opens=by_name(status.opens, now) if status.opens else None,
        closes=status.closes,
        extra_until=status.extra_until,
        closed_until=status.closed_until,
        agents=[agent_view(a) for a in agents],
    )


def _opening(chat: bool, status: DeskStatus, now: dt.datetime) -> str:
    """One sentence about whether the desk is open, and why not."""
    words = load_desk_words()
    if not chat:
        return words.say("desk_no_chat", STAFF_LANGUAGE)
    until = status.closes
    if status.hours_open:
        key = "desk_open" if status.agents else "desk_open_nobody"
        if until is None:
            return words.say(key, STAFF_LANGUAGE)
        return words.say(f"{key}_until", STAFF_LANGUAGE, until=by_name(until, now))
    if status.closed_until is not None:
        until = status.closed_until
        return words.say("desk_closed_until", STAFF_LANGUAGE, until=by_name(until, now))
    if status.opens is None:
        return words.say("desk_closed", STAFF_LANGUAGE)
    return words.say("desk_closed_opens", STAFF_LANGUAGE, opens=by_name(status.opens, now))


def by_name(moment: dt.datetime, now: dt.datetime) -> str:
    """``klockan 13.00`` for today, else ``i morgon, måndag, klockan 08.30``."""
    there = in_stockholm(moment)
    is_today = there.date() == in_stockholm(now).date()
    return clock(there, STAFF_LANGUAGE) if is_today else when(moment, now, STAFF_LANGUAGE)


def agent_view(agent: Agent) -> AgentView:
    """Somebody at the desk."""
    return AgentView(id=agent.id, name=agent.name, state=agent.state)


def row_view(handoff: Handoff, names: Mapping[str, str], now: dt.datetime) -> Row:
    """One handoff. ``names`` are those of the people that it may name, by id."""
    municipality = load_knowledge().municipalities[handoff.municipality]
    claimed = handoff.claimed_by
    return Row(
        id=handoff.id,
        municipality=handoff.municipality,
        municipality_name=municipality.name,
        unit=handoff.unit,
        unit_name=unit_name(municipality, handoff.unit),
        subject=handoff.subject,
        reason=handoff.reason,
        language=handoff.language,
        channel=handoff.channel,
        state=handoff.state,
        waited_seconds=_waited(handoff, now),
        claimed_by=person_view(claimed, handoff.claimed_name or names.get(claimed or "")),
        wanted_by=handoff.wanted_by,
        wanted_by_name=names.get(handoff.wanted_by or ""),
        danger=handoff.danger,
        citizen_here=handoff.is_active and now - handoff.citizen_seen_at <= CITIZEN_HERE,
        outcome=handoff.outcome,
        created_at=handoff.created_at,
    )


def _waited(handoff: Handoff, now: dt.datetime) -> int:
    if handoff.state != "waiting" and handoff.waited_seconds is not None:
        return handoff.waited_seconds
    until = handoff.ended_at or now
    return max(0, int((until - handoff.created_at).total_seconds()))


def person_view(staff_id: str | None, name: str | None) -> PersonView | None:
    """Somebody of the staff, if anybody."""
    return PersonView(id=staff_id, name=name or "") if staff_id else None


def unit_name(municipality: Municipality, unit: str) -> str:
    """What the unit is called; content may have lost it since."""
    contact = municipality.contacts.get(unit)
    return contact.name if contact else unit


def detail_view(
    row: Row,
    messages: Sequence[Message],
    colleagues: Iterable[Agent],
    language: str | None,
) -> HandoffDetail:
    """A chat with all that is needed to answer in it. ``colleagues`` are the others."""
    municipality = load_knowledge().municipalities[row.municipality]
    canned = canned_replies(municipality, language)
    outcomes = load_desk_words().outcomes
    return HandoffDetail(
        row=row,
        messages=message_views(messages),
        canned=[CannedView(id=c.id, title=c.title, text=c.text) for c in canned],
        outcomes=[ChoiceView(id=key, title=title) for key, title in outcomes.items()],
        colleagues=[agent_view(c) for c in colleagues],
        units=[
            PersonView(id=c.id, name=c.name)
            for c in municipality.contacts.values()
            if c.id != row.unit
        ],
    )


def message_views(messages: Sequence[Message]) -> list[DeskMessageView]:
    """The messages; beside each of the citizen's what the assistant made of it."""
    replies: dict[int, Message] = {}
    for message in messages:
        if message.sender == "assistant" and message.in_reply_to is not None:
            replies.setdefault(message.in_reply_to, message)
    return [message_view(m, replies.get(m.number)) for m in messages]


def message_view(message: Message, reply: Message | None = None) -> DeskMessageView:
    """One message, and what is told by the assistant's reply to it."""
    body = message.body or {}
    return DeskMessageView(
        number=message.number,
        sender=message.sender,
        text=message.text,
        created_at=message.created_at,
        agent=(body.get("agent") or {}).get("name"),
        understood=_understood(body, reply) if message.sender == "citizen" else None,
    )


def _understood(body: Mapping[str, Any], reply: Message | None) -> UnderstoodView | None:
    masked = list(body.get("masked") or ())
    if reply is None and not masked:
        return None
    custom: Mapping[str, Any] = ((reply.body if reply else None) or {}).get("custom") or {}
    understood: Mapping[str, Any] = custom.get("understood") or {}
    return UnderstoodView(
        kind=custom.get("kind"),
        answer=custom.get("answer"),
        topic=understood.get("topic"),
        confidence=understood.get("confidence"),
        masked=masked,
    )
