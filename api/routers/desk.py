"""The desk: who is signed in, what there is to do, presence and opening.

Cookie session; what changes something needs the header ``X-Lotsen-CSRF``.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import AsyncIterator
from dataclasses import asdict

import anyio
from fastapi import APIRouter
from fastapi.responses import Response
from sse_starlette import EventSourceResponse, ServerSentEvent

from api.handoff.desk import Desk
from api.routers.deps import ClockDep, DeskDep, NowDep
from api.routers.desk_deps import (
    CHANGE,
    CHANGES,
    READ,
    SIGNED_IN,
    AuditDep,
    EventsDep,
    MunicipalityPath,
    QueueDep,
    chosen,
)
from api.routers.v1_messages import GRACE_SECONDS, RECONNECT_MS
from api.schemas_base import BODY, refusals
from api.schemas_desk import (
    DeskMunicipalityView,
    MeView,
    PresenceView,
    QueueView,
)
from api.schemas_desk_requests import SetOpening, SetPresence
from api.services.desk_opening import set_opening
from api.staff.deps import AgentDep, ReaderDep, SessionDep
from api.staff.records import Staff

router = APIRouter(prefix="/api/v1/desk", tags=["desk"], dependencies=SIGNED_IN)


@router.get("/me", responses=refusals(401))
async def read_me(session: SessionDep, queue: QueueDep, now: NowDep) -> MeView:
    """Who is signed in, with which roles where."""
    return await queue.me(session, now)


@router.get("/queue", responses=READ)
async def read_queue(staff: ReaderDep, desk: DeskDep, queue: QueueDep, now: NowDep) -> QueueView:
    """What there is to do, in one's own municipalities. Reading it is an agent's sign of life.

    An admin sees it, and can't take anything of it.
    """
    await _seen(staff, desk, now)
    return await queue.queue(staff, now)


@router.post("/presence", responses=refusals(401, 403, *BODY), dependencies=CHANGES)
async def set_presence(
    wanted: SetPresence, staff: AgentDep, desk: DeskDep, now: NowDep
) -> PresenceView:
    """Here, on a break, or away. Chat is offered while an agent is here."""
    await desk.set_presence(staff.id, wanted.state, now)
    return PresenceView(state=wanted.state)


@router.post("/municipalities/{municipality_id}/opening", responses=CHANGE, dependencies=CHANGES)
async def change_opening(
    municipality_id: MunicipalityPath,
    wanted: SetOpening,
    staff: ReaderDep,
    desk: DeskDep,
    queue: QueueDep,
    audit: AuditDep,
    now: NowDep,
) -> DeskMunicipalityView:
    """Keep the desk open beyond its hours, or close it before they end, for a day at most."""
    chosen(staff, municipality_id, "agent", "admin")
    await set_opening(desk, municipality_id, wanted.open_until, wanted.closed_until, now)
    await audit.did(staff, municipality_id, "set_opening", municipality_id, now)
    return await queue.municipality(municipality_id, now)


@router.get(
    "/events",
    response_class=EventSourceResponse,
    responses={
        200: {"description": "Changes as they come", "content": {"text/event-stream": {}}},
        **READ,
    },
)
async def follow_desk(
    session: SessionDep,
    staff: ReaderDep,
    desk: DeskDep,
    events: EventsDep,
    now: NowDep,
    clock: ClockDep,
) -> Response:
    """Server-sent events: `changed` tells what to read anew, `ended` that the session or a role is.

    At first everything is told as changed, so that a reconnect misses nothing. The queue is told
    as changed every 20 seconds at least: who reads it then is there.
    """
    events.room(session)
    await _seen(staff, desk, now)
    ending = anyio.Event()

    async def told() -> AsyncIterator[ServerSentEvent]:
        async for change in events.changes(session, clock, ending):
            yield ServerSentEvent(
                data=json.dumps(asdict(change)), event="changed", retry=RECONNECT_MS
            )
        if not ending.is_set():
            yield ServerSentEvent(data="{}", event="ended")

    return EventSourceResponse(told(), shutdown_event=ending, shutdown_grace_period=GRACE_SECONDS)


async def _seen(staff: Staff, desk: Desk, now: dt.datetime) -> None:
    """An agent gave a sign of life."""
    if staff.municipalities("agent"):
        await desk.seen(staff.id, now)
