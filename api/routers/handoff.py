"""API v1: the ways to a person, and the queue of who waits for one."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Path, Request

from api.callbacks.failing import database_needed
from api.handoff import offers
from api.handoff.desk import Desk
from api.routers.deps import ConversationDep, DeskDep, LanguageQuery, NowDep
from api.schemas_base import BODY, refusals
from api.schemas_handoff import HandoffView, JoinQueue, RoutesView
from api.services.limits import client_of
from api.services.municipality import find_municipality
from bot.knowledge.handoff import load_desk_words

router = APIRouter(prefix="/api/v1", tags=["v1"])

HANDOFF = "/conversations/{conversation_id}/handoff"


@router.get("/municipalities/{municipality_id}/routes", responses=refusals(404))
async def read_routes(
    municipality_id: Annotated[str, Path(max_length=40, examples=["umea"])],
    desk: DeskDep,
    now: NowDep,
    language: LanguageQuery = "sv",
) -> RoutesView:
    """Every way to a person there, those that can be used right now first."""
    municipality = find_municipality(municipality_id)
    with database_needed(municipality.id):
        found = await offers.routes(desk, municipality.id, now, language)
    return RoutesView(
        routes=found,
        emergency=load_desk_words().say("emergency", language),
    )


@router.get(HANDOFF, responses=refusals(401, 404))
async def read_handoff(conversation: ConversationDep, desk: DeskDep, now: NowDep) -> HandoffView:
    """Where the citizen stands: `none` before a person was asked for."""
    with database_needed(conversation.municipality):
        await _seen(desk, conversation.id, now)
        return await desk.view(conversation, now)


@router.post(HANDOFF, status_code=201, responses=refusals(401, 404, 409, *BODY))
async def join_queue(
    wanted: JoinQueue,
    conversation: ConversationDep,
    desk: DeskDep,
    now: NowDep,
    request: Request,
) -> HandoffView:
    """Wait for a person. Who waits already, or talks, goes on doing so."""
    await request.app.state.limits.check("join", client_of(request.scope))
    with database_needed(conversation.municipality):
        return await desk.join(conversation, now, subject=wanted.subject)


@router.delete(HANDOFF, responses=refusals(401, 404))
async def leave_queue(conversation: ConversationDep, desk: DeskDep, now: NowDep) -> HandoffView:
    """Leave the queue or the talk. The assistant answers again."""
    with database_needed(conversation.municipality):
        return await desk.leave(conversation, now)


async def _seen(desk: Desk, conversation_id: str, now: dt.datetime) -> None:
    """Programs that don't follow the events are seen by their asking."""
    found = await desk.newest(conversation_id)
    if found is not None and found.is_active:
        await desk.citizen_seen(conversation_id, now)
