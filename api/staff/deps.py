"""What routes of the desk ask for: who is signed in, from a page of ours, with which role.

``StaffDep`` and ``SessionDep`` are all that a route needs: for anything but reading they refuse
a request that a page of another site could have made.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Depends, Request

from api.faults import fault
from api.routers.deps import NowDep
from api.services.limits import client_of
from api.staff.cookies import session_token
from api.staff.door import Door
from api.staff.forgery import is_foreign, same_token
from api.staff.records import Role, Session, Staff

CSRF_HEADER = "X-Lotsen-CSRF"
ACTIVE_HEADER = "X-Lotsen-Active"
"""Set by the desk's page when somebody has touched it since it last asked for anything."""

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def get_door(request: Request) -> Door:
    """The ways in, and the sessions; raise ApiError while the process starts."""
    state = request.app.state
    if state.store is None:
        raise fault("starting", retry_after=5)
    if not hasattr(state, "door"):
        state.door = Door(state.store.desk, state.settings.desk, state.limits)
    door: Door = state.door
    return door


DoorDep = Annotated[Door, Depends(get_door)]


async def get_session(request: Request, door: DoorDep, now: NowDep) -> Session:
    """The session of the cookie; raise ApiError when there is none, or the request is forged."""
    used = request.method not in SAFE or ACTIVE_HEADER in request.headers
    found = await door.sessions.find(session_token(request), now, used=used)
    limits = request.app.state.limits
    if found is None:
        await limits.check("client", client_of(request.scope))
        raise fault("not_signed_in")
    # By person, since all of an office are one client.
    await limits.check("desk", found.staff.id)
    if request.method not in SAFE:
        check_csrf(request, found)
    return found


def check_csrf(request: Request, session: Session) -> None:
    """Raise ApiError unless a page of ours made the request, with the session's own token."""
    public_url = request.app.state.settings.public_url
    token = request.headers.get(CSRF_HEADER, "")
    if is_foreign(request.headers, public_url) or not same_token(token, session.csrf):
        raise fault("forged")


async def get_staff(session: Annotated[Session, Depends(get_session)]) -> Staff:
    """Who is signed in, with the roles they have at this moment."""
    return session.staff


SessionDep = Annotated[Session, Depends(get_session)]
"""For who keeps a stream open: ``door.sessions.current(session.id_hash, now)`` tells whether the
session still holds, with the roles of that moment."""

StaffDep = Annotated[Staff, Depends(get_staff)]


def holding(*roles: Role) -> Callable[[Staff], Awaitable[Staff]]:
    """A dependency: who is signed in, when they hold one of these roles somewhere; else 403."""

    async def held(staff: StaffDep) -> Staff:
        if not staff.municipalities(*roles):
            raise fault("no_role")
        return staff

    return held


AgentDep = Annotated[Staff, Depends(holding("agent"))]
AdminDep = Annotated[Staff, Depends(holding("admin"))]
ReaderDep = Annotated[Staff, Depends(holding("agent", "admin"))]
