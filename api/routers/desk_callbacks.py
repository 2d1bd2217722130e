"""The desk's callbacks: who wants to be called, take, done, could not reach.

This is where staff see names and numbers: each that is shown is noted in the audit log.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Query

from api.callbacks.records import Callback
from api.callbacks.service import Callbacks
from api.routers.deps import CallbacksDep, NowDep
from api.routers.desk_deps import (
    CHANGE,
    CHANGES,
    READ_ONE,
    SIGNED_IN,
    AuditDep,
    CallbackDep,
    ListsDep,
    MunicipalityQuery,
    chosen,
)
from api.schemas_desk import CallbackState, DeskCallback
from api.services.desk_audit import DeskAudit
from api.services.desk_lists import DeskLists
from api.staff.deps import AgentDep
from api.staff.records import Staff

router = APIRouter(prefix="/api/v1/desk/callbacks", tags=["desk"], dependencies=SIGNED_IN)

State = Annotated[
    CallbackState | None, Query(description="only those in this state; else those not ended")
]


@dataclass(frozen=True, slots=True)
class Calling:
    """An agent who does something with a callback of their own municipality."""

    callback: Callback
    staff: Staff
    callbacks: Callbacks
    lists: DeskLists
    audit: DeskAudit
    now: dt.datetime

    async def done(self, change: Awaitable[Callback], action: str) -> DeskCallback:
        """Do it, note it, and show how the callback stands then."""
        changed = await change
        where, receipt = self.callback.municipality, self.callback.receipt
        await self.audit.did(self.staff, where, action, receipt, self.now)
        return await self.lists.callback(changed, self.now)


async def get_calling(
    callback: CallbackDep,
    staff: AgentDep,
    callbacks: CallbacksDep,
    lists: ListsDep,
    audit: AuditDep,
    now: NowDep,
) -> Calling:
    """All that is needed to do something with a callback."""
    return Calling(callback, staff, callbacks, lists, audit, now)


CallingDep = Annotated[Calling, Depends(get_calling)]


@router.get("", responses=READ_ONE)
async def list_callbacks(
    staff: AgentDep,
    lists: ListsDep,
    audit: AuditDep,
    now: NowDep,
    municipality: MunicipalityQuery = None,
    state: State = None,
) -> list[DeskCallback]:
    """Those of one's own municipalities, the earliest due first. Seeing them is noted."""
    where = chosen(staff, municipality, "agent")
    found = await lists.callbacks(where, [state] if state else None)
    seen = {c.receipt: c.municipality for c in found}
    await audit.saw(staff, "saw_callback", seen, now)
    return await lists.callback_views(found, now)


@router.post("/{receipt}/take", responses=CHANGE, dependencies=CHANGES)
async def take_callback(calling: CallingDep) -> DeskCallback:
    """Take it: of two at once one gets it, the other gets 409."""
    receipt = calling.callback.receipt
    change = calling.callbacks.take(receipt, calling.staff, calling.now)
    return await calling.done(change, "took_callback")


@router.post("/{receipt}/done", responses=CHANGE, dependencies=CHANGES)
async def finish_callback(calling: CallingDep) -> DeskCallback:
    """The citizen was called."""
    receipt = calling.callback.receipt
    change = calling.callbacks.done(receipt, calling.staff, calling.now)
    return await calling.done(change, "did_callback")


@router.post("/{receipt}/unreachable", responses=CHANGE, dependencies=CHANGES)
async def miss_callback(calling: CallingDep) -> DeskCallback:
    """Nobody answered: it is due again at the next opening, and ends the third time."""
    receipt = calling.callback.receipt
    change = calling.callbacks.unreachable(receipt, calling.staff, calling.now)
    return await calling.done(change, "missed_callback")


@router.post("/{receipt}/release", responses=CHANGE, dependencies=CHANGES)
async def release_callback(calling: CallingDep) -> DeskCallback:
    """Put it back, for anybody to take."""
    receipt = calling.callback.receipt
    change = calling.callbacks.release(receipt, calling.staff, calling.now)
    return await calling.done(change, "released_callback")
