"""The desk's chats: read, take, reply, hand on, give back, close.

Whatever is seen of a conversation or done with it is noted in the audit log.
"""

from __future__ import annotations

from fastapi import APIRouter

from api.routers.desk_deps import CHANGE, CHANGES, READ_ONE, SIGNED_IN, ActingDep, ColleaguesDep
from api.schemas_desk import (
    DeskMessageView,
    HandoffDetail,
    Row,
)
from api.schemas_desk_requests import CloseHandoff, SendReply, Transfer
from api.services.desk_views import message_view

router = APIRouter(
    prefix="/api/v1/desk/handoffs/{handoff_id}", tags=["desk"], dependencies=SIGNED_IN
)


@router.get("", responses=READ_ONE)
async def read_handoff(acting: ActingDep) -> HandoffDetail:
    """A chat: what was said and what the assistant made of it. Reading it is noted."""
    handoff = acting.handoff
    read = {handoff.id: handoff.municipality}
    await acting.audit.saw(acting.staff, "read_transcript", read, acting.now)
    return await acting.queue.detail(handoff, acting.staff, acting.now)


@router.post("/claim", responses=CHANGE, dependencies=CHANGES)
async def claim_handoff(acting: ActingDep) -> Row:
    """Take it. Of two at once one gets it; the other is told who did: 409 `already_claimed`."""
    return await acting.done(
        acting.desk.claim(acting.handoff.id, acting.staff, acting.now), "claimed"
    )


@router.post("/messages", status_code=201, responses=CHANGE, dependencies=CHANGES)
async def send_reply(sent: SendReply, acting: ActingDep) -> DeskMessageView:
    """Write to the citizen. Sent again with the same key it is stored once."""
    message = await acting.desk.reply(
        acting.handoff.id, acting.staff, sent.text, sent.key, acting.now
    )
    await acting.noted("replied")
    return message_view(message)


@router.post("/transfer", responses=CHANGE, dependencies=CHANGES)
async def transfer_handoff(wanted: Transfer, acting: ActingDep, colleagues: ColleaguesDep) -> Row:
    """Hand it to a colleague or to another unit of the same municipality: it waits for them."""
    municipality = acting.handoff.municipality
    colleague = None
    if wanted.staff is not None:
        colleague = await colleagues.find(wanted.staff, acting.staff, municipality)
    change = acting.desk.transfer(
        acting.handoff.id, acting.staff, acting.now, to_staff=colleague, to_unit=wanted.unit
    )
    return await acting.done(change, "transferred")


@router.post("/give-back", responses=CHANGE, dependencies=CHANGES)
async def give_back_handoff(acting: ActingDep) -> Row:
    """End the talk; the assistant answers again."""
    return await acting.done(
        acting.desk.give_back(acting.handoff.id, acting.staff, acting.now), "gave_back"
    )


@router.post("/release", responses=CHANGE, dependencies=CHANGES)
async def release_handoff(acting: ActingDep) -> Row:
    """Put it back into the queue, for anybody to take."""
    return await acting.done(
        acting.desk.release(acting.handoff.id, acting.staff, acting.now), "released"
    )


@router.post("/close", responses=CHANGE, dependencies=CHANGES)
async def close_handoff(wanted: CloseHandoff, acting: ActingDep) -> Row:
    """End the talk and keep how it ended."""
    change = acting.desk.close(acting.handoff.id, acting.staff, wanted.outcome, acting.now)
    return await acting.done(change, "closed")
