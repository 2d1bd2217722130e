"""What there is to do at the desk right now, as one of the staff may see it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable

from api.callbacks.service import Callbacks
from api.handoff.desk import Desk
from api.handoff.records import Agent, Handoff
from api.schemas_desk import (
    DeskMunicipalityView,
    HandoffDetail,
    MembershipView,
    MeView,
    QueueView,
    Row,
)
from api.services.desk_views import detail_view, known, municipality_view, row_view
from api.services.threads import in_thread
from api.staff.records import ROLES, Session, Staff
from api.storage.records import Message
from api.storage.store import Store
from bot.knowledge.loader import load_knowledge


class DeskQueue:
    """Reads for the desk. What it is asked for was found to be the person's own already."""

    def __init__(self, desk: Desk, callbacks: Callbacks, store: Store) -> None:
        self._desk, self._callbacks, self._store = desk, callbacks, store

    async def me(self, session: Session, now: dt.datetime) -> MeView:
        """Who is signed in."""
        staff = session.staff
        municipalities = load_knowledge().municipalities
        return MeView(
            id=staff.id,
            name=staff.name,
            csrf=session.csrf,
            memberships=[
                MembershipView(
                    municipality=m,
                    name=municipalities[m].name,
                    roles=[role for role in ROLES if staff.has(role, m)],
                )
                for m in known(staff.municipalities())
            ],
            presence=await self._desk.presence(staff.id, now),
        )

    async def queue(self, staff: Staff, now: dt.datetime) -> QueueView:
        """Desks, handoffs that have not ended, and how many callbacks are due."""
        watched = known(staff.municipalities("agent", "admin"))
        agents = {m: await self._desk.agents(m, now) for m in watched}
        rows = _rows(await self._desk.waiting(watched), _all(agents.values()), now)
        talking = [row for row in rows if row.state == "talking"]
        return QueueView(
            now=now,
            municipalities=[
                municipality_view(m, await self._desk.status(m, now), agents[m], now)
                for m in watched
            ],
            waiting=[row for row in rows if row.state == "waiting"],
            mine=[row for row in talking if _is_of(staff, row)],
            others=[row for row in talking if not _is_of(staff, row)],
            callbacks_due=await self._callbacks.due(known(staff.municipalities("agent")), now),
        )

    async def municipality(self, municipality: str, now: dt.datetime) -> DeskMunicipalityView:
        """One desk."""
        status = await self._desk.status(municipality, now)
        return municipality_view(
            municipality, status, await self._desk.agents(municipality, now), now
        )

    async def row(self, handoff: Handoff, now: dt.datetime) -> Row:
        """One handoff."""
        return _rows([handoff], await self._desk.agents(handoff.municipality, now), now)[0]

    async def detail(self, handoff: Handoff, staff: Staff, now: dt.datetime) -> HandoffDetail:
        """One chat: what was said until it ended, and what can be done with it."""
        agents = await self._desk.agents(handoff.municipality, now)
        messages = await in_thread(self._store.messages, handoff.conversation_id)
        return detail_view(
            _rows([handoff], agents, now)[0],
            _until_its_end(handoff, messages),
            [a for a in agents if a.id != staff.id],
            handoff.language,
        )


def _rows(handoffs: Iterable[Handoff], agents: Iterable[Agent], now: dt.datetime) -> list[Row]:
    names = {agent.id: agent.name for agent in agents}
    there = load_knowledge().municipalities
    return [row_view(h, names, now) for h in handoffs if h.municipality in there]


def _all(groups: Collection[list[Agent]]) -> list[Agent]:
    return [agent for group in groups for agent in group]


def _is_of(staff: Staff, row: Row) -> bool:
    return row.claimed_by is not None and row.claimed_by.id == staff.id


def _until_its_end(handoff: Handoff, messages: list[Message]) -> list[Message]:
    """What the citizen says to the assistant afterwards was not said to staff."""
    if handoff.ended_at is None:
        return messages
    return [m for m in messages if m.created_at <= handoff.ended_at]
