"""What has become due: agents and citizens that are gone, a desk that closed, a long wait."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

import sqlalchemy as sa

from api.handoff.machine import Event
from api.handoff.records import Agent, DeskStatus, Handoff
from api.handoff.status import desk_status
from api.settings import Settings
from api.settings_desk import DeskSettings
from api.storage import desk_presence, handoffs
from api.storage.store import Store
from api.storage.tables import conversations
from bot.knowledge.handoff import load_plans

ELSEWHERE = dt.timedelta(minutes=1)
"""So long a conversation that is not found may be in the memory of another process."""


@dataclass(frozen=True, slots=True)
class Facts:
    """How things are at a moment.

    ``since`` is when this process began to look: what it has not seen yet it calls nobody gone
    for. ``agents`` and ``status`` are by municipality, of those that content has; ``seen_at`` is
    by staff id; ``conversations`` are those that are there.
    """

    settings: DeskSettings
    now: dt.datetime
    since: dt.datetime | None
    status: Mapping[str, DeskStatus]
    agents: Mapping[str, list[Agent]]
    seen_at: Mapping[str, dt.datetime]
    conversations: Collection[str]

    def silent_for(self, *moments: dt.datetime | None) -> dt.timedelta:
        """How long nothing has been seen, at least as long as somebody has looked."""
        return self.now - max(m for m in (*moments, self.since) if m is not None)


def gather(
    store: Store, settings: Settings, now: dt.datetime, since: dt.datetime | None
) -> tuple[list[Handoff], Facts]:
    """Who waits and talks, and how things are. Blocks."""
    gone = dt.timedelta(seconds=settings.desk.agent_gone_seconds)
    with store.desk.connect() as connection:
        there = handoffs.listed(connection)
        where = {h.municipality for h in there} & load_plans().keys()
        facts = Facts(
            settings=settings.desk,
            now=now,
            since=since if since is None or since <= now else None,
            status={m: desk_status(connection, m, now, gone) for m in where},
            agents={m: desk_presence.agents(connection, m, now - gone) for m in where},
            seen_at=desk_presence.seen_at(connection, {h.claimed_by or "" for h in there}),
            conversations=set(),
        )
    return there, replace(facts, conversations=_kept(store, there)) if there else facts


def due(handoff: Handoff, facts: Facts) -> Event | None:
    """What is to happen to a handoff now, if anything."""
    if handoff.municipality not in facts.status:
        return "erased"
    unseen = facts.silent_for(handoff.citizen_seen_at)
    if handoff.conversation_id not in facts.conversations:
        return "erased" if unseen > ELSEWHERE else None
    if unseen > dt.timedelta(minutes=facts.settings.citizen_gone_minutes):
        return "citizen_gone"
    return _talking(handoff, facts) if handoff.state == "talking" else _waiting(handoff, facts)


def _talking(handoff: Handoff, facts: Facts) -> Event | None:
    gone = dt.timedelta(seconds=facts.settings.agent_gone_seconds)
    agent, staffed = handoff.claimed_by or "", facts.agents[handoff.municipality]
    # Who may no longer talk for this municipality can't reach the chat, wherever else they work.
    seen_at = facts.seen_at.get(agent) if any(a.id == agent for a in staffed) else None
    if facts.silent_for(seen_at, handoff.claimed_at) <= gone:
        return None
    others = any(a.state == "here" and a.id != agent for a in staffed)
    open_now = facts.status[handoff.municipality].hours_open
    return "agent_gone" if others and open_now else "nobody_left"


def _waiting(handoff: Handoff, facts: Facts) -> Event | None:
    status = facts.status[handoff.municipality]
    gone = dt.timedelta(seconds=facts.settings.agent_gone_seconds)
    started = facts.since is not None and facts.now - facts.since <= gone
    if not status.hours_open or (status.present == 0 and not started):
        return "desk_closed"
    long = dt.timedelta(minutes=facts.settings.long_wait_minutes)
    if facts.now - handoff.created_at > long and not handoff.told_long_wait:
        return "long_wait"
    return None


def _kept(store: Store, there: Collection[Handoff]) -> set[str]:
    """Which of their conversations have not been erased."""
    ids = [h.conversation_id for h in there]
    chosen = sa.select(conversations.c.id).where(conversations.c.id.in_(ids))
    with store.desk.connect_texts() as connection:
        return {row.id for row in connection.execute(chosen)}
