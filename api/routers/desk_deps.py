"""What the desk's routes ask for: what is one's own, and nothing of another municipality.

Who holds the role nowhere gets 403 whatever they ask for. Who holds it elsewhere gets 404 after
the same work as for what does not exist, so that nothing can be guessed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Header, Path, Query, Request, Security
from fastapi.security import APIKeyCookie

from api.callbacks.records import Callback
from api.faults import fault
from api.handoff.desk import Desk
from api.handoff.records import Handoff
from api.routers.deps import CallbacksDep, DeskDep, NowDep, StoreDep
from api.schemas_base import refusals
from api.schemas_desk import Row
from api.schemas_desk_requests import ID, NAME
from api.services.desk_audit import DeskAudit
from api.services.desk_colleagues import Colleagues
from api.services.desk_events import DeskEvents
from api.services.desk_lists import DeskLists
from api.services.desk_queue import DeskQueue
from api.services.desk_views import known
from api.staff.cookies import SESSION
from api.staff.deps import CSRF_HEADER, AgentDep, DoorDep
from api.staff.records import Role, Staff

COOKIE = APIKeyCookie(
    name=SESSION,
    auto_error=False,
    scheme_name="desk",
    description="The session of somebody who signed in at `/desk`.",
)
SIGNED_IN = [Security(COOKIE)]
RECEIPT = r"^[A-Za-z0-9-]{1,40}$"


async def told_csrf(
    token: Annotated[
        str | None, Header(alias=CSRF_HEADER, description="`csrf` of `GET /api/v1/desk/me`")
    ] = None,
) -> None:
    """Describes the header; who is signed in was asked for it already."""


CHANGES = [Depends(told_csrf)]
"""The dependencies of whatever changes something."""

READ = refusals(401, 403)
READ_ONE = refusals(401, 403, 404)
CHANGE = refusals(400, 401, 403, 404, 409, 411, 413)


def get_queue(desk: DeskDep, callbacks: CallbacksDep, store: StoreDep) -> DeskQueue:
    """What there is to read."""
    return DeskQueue(desk, callbacks, store)


def get_events(request: Request, desk: DeskDep, store: StoreDep, door: DoorDep) -> DeskEvents:
    """What changes."""
    state = request.app.state
    gone = state.settings.desk.agent_gone_seconds
    return DeskEvents(state.live, desk, store, door.sessions, gone)


def get_audit(store: StoreDep) -> DeskAudit:
    """Where it is noted."""
    return DeskAudit(store.desk)


def get_colleagues(store: StoreDep) -> Colleagues:
    """Whom a chat can be handed to."""
    return Colleagues(store.desk)


def get_lists(store: StoreDep, callbacks: CallbacksDep) -> DeskLists:
    """Callbacks, audit log and failed mail."""
    return DeskLists(store.desk, callbacks)


QueueDep = Annotated[DeskQueue, Depends(get_queue)]
ListsDep = Annotated[DeskLists, Depends(get_lists)]
EventsDep = Annotated[DeskEvents, Depends(get_events)]
AuditDep = Annotated[DeskAudit, Depends(get_audit)]
ColleaguesDep = Annotated[Colleagues, Depends(get_colleagues)]

MunicipalityQuery = Annotated[
    str | None, Query(pattern=NAME, description="only this municipality's", examples=["umea"])
]
MunicipalityPath = Annotated[str, Path(pattern=NAME, examples=["umea"])]


def chosen(staff: Staff, municipality: str | None, *roles: Role) -> list[str]:
    """The municipality that was asked for, else all in which they hold one of the roles."""
    own = known(staff.municipalities(*roles))
    if municipality is None:
        return own
    if municipality not in own:
        raise fault("nothing_here")
    return [municipality]


async def get_handoff(
    handoff_id: Annotated[str, Path(pattern=ID, description="the handoff")],
    staff: AgentDep,
    desk: DeskDep,
) -> Handoff:
    """The handoff, for an agent of its municipality. After its end only who had it sees it."""
    found = await desk.find(handoff_id)
    if found is None:
        raise fault("nothing_here")
    chosen(staff, found.municipality, "agent")
    if not found.is_active and found.claimed_by != staff.id:
        raise fault("nothing_here")
    return found


async def get_callback(
    receipt: Annotated[str, Path(pattern=RECEIPT, examples=["UM-7K3F-92QX"])],
    staff: AgentDep,
    callbacks: CallbacksDep,
) -> Callback:
    """The callback, for an agent of its municipality."""
    found = await callbacks.look(receipt)
    if found is None:
        raise fault("nothing_here")
    chosen(staff, found.municipality, "agent")
    return found


HandoffDep = Annotated[Handoff, Depends(get_handoff)]
CallbackDep = Annotated[Callback, Depends(get_callback)]


@dataclass(frozen=True, slots=True)
class Acting:
    """An agent who does something with a handoff of their own municipality."""

    handoff: Handoff
    staff: Staff
    desk: Desk
    queue: DeskQueue
    audit: DeskAudit
    now: dt.datetime

    async def noted(self, action: str) -> None:
        """It was done: the audit log is told."""
        handoff = self.handoff
        await self.audit.did(self.staff, handoff.municipality, action, handoff.id, self.now)

    async def done(self, change: Awaitable[Handoff], action: str) -> Row:
        """Do it, note it, and show how the handoff stands then."""
        changed = await change
        await self.noted(action)
        return await self.queue.row(changed, self.now)


async def get_acting(
    handoff: HandoffDep,
    staff: AgentDep,
    desk: DeskDep,
    queue: QueueDep,
    audit: AuditDep,
    now: NowDep,
) -> Acting:
    """All that is needed to do something with a handoff. Doing so is a sign of life."""
    await desk.seen(staff.id, now)
    return Acting(handoff, staff, desk, queue, audit, now)


ActingDep = Annotated[Acting, Depends(get_acting)]
