"""Who is at the desk, and what they opened or closed for today.

Each function works within a transaction of the caller's.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any, Final, NamedTuple, cast

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from api.handoff.records import Agent, Presence
from api.storage.counting import insert_into
from api.storage.tables_desk import desk_openings, handoffs, presence, staff, staff_roles

AWAY: Final = "away"


_HERE = (staff_roles.c.role == "agent") & staff.c.active
_LATELY = presence.c.seen_at >= sa.bindparam("since")
_GLANCE = (
    sa.select(
        sa.func.count().label("staffed"),
        sa.func.count(sa.case((_LATELY & (presence.c.state != AWAY), 1))).label("present"),
        sa.func.count(sa.case((_LATELY & (presence.c.state == "here"), 1))).label("here"),
        sa.select(sa.func.count())
        .select_from(handoffs)
        .where(
            handoffs.c.municipality == sa.bindparam("municipality"), handoffs.c.state == "waiting"
        )
        .scalar_subquery()
        .label("waiting"),
    )
    .select_from(
        staff_roles.join(staff, staff.c.id == staff_roles.c.staff_id).outerjoin(
            presence, presence.c.staff_id == staff.c.id
        )
    )
    .where(_HERE, staff_roles.c.municipality == sa.bindparam("municipality"))
)
"""One look for each message: made once, since making it takes longer than running it."""

_OPENING = sa.select(desk_openings).where(
    desk_openings.c.municipality == sa.bindparam("municipality")
)


class Glance(NamedTuple):
    """How many have an account, are there, take chats, and wait."""

    staffed: int
    present: int
    here: int
    waiting: int


class Opening(NamedTuple):
    """What somebody at the desk set above its hours."""

    open_until: dt.datetime | None = None
    closed_until: dt.datetime | None = None


def agents(connection: Connection, municipality: str, seen_since: dt.datetime) -> list[Agent]:
    """Everybody who may talk for a municipality; ``away`` who was not seen since a moment."""
    chosen = (
        sa.select(staff.c.id, staff.c.name, presence.c.state, presence.c.seen_at)
        .join(staff_roles, staff_roles.c.staff_id == staff.c.id)
        .outerjoin(presence, presence.c.staff_id == staff.c.id)
        .where(
            staff.c.active,
            staff_roles.c.role == "agent",
            staff_roles.c.municipality == municipality,
        )
        .order_by(staff.c.name, staff.c.id)
    )
    return [Agent(r.id, r.name, _state(r, seen_since)) for r in connection.execute(chosen)]


def glance(connection: Connection, municipality: str, seen_since: dt.datetime) -> Glance:
    """The desk in numbers."""
    values = {"municipality": municipality, "since": seen_since}
    return Glance(*connection.execute(_GLANCE, values).one())


def seen_at(connection: Connection, staff_ids: Collection[str]) -> dict[str, dt.datetime]:
    """When the active ones of these were last seen."""
    chosen = (
        sa.select(presence.c.staff_id, presence.c.seen_at)
        .join(staff, staff.c.id == presence.c.staff_id)
        .where(staff.c.active, presence.c.staff_id.in_(sorted(staff_ids)))
    )
    return {row.staff_id: row.seen_at for row in connection.execute(chosen)}


def state_of(connection: Connection, staff_id: str, seen_since: dt.datetime) -> Presence:
    """What somebody has set for themselves; ``away`` for who has set nothing since a moment."""
    chosen = sa.select(presence).where(presence.c.staff_id == staff_id)
    row = connection.execute(chosen).first()
    return _state(row, seen_since) if row else AWAY


def set_state(connection: Connection, staff_id: str, state: Presence, now: dt.datetime) -> None:
    """Here, on a break or away."""
    _put(connection, staff_id, {"state": state, "seen_at": now}, state, now)


def seen(connection: Connection, staff_id: str, now: dt.datetime, seen_since: dt.datetime) -> None:
    """The page of the desk is open. Who was not seen since a moment has to say anew: here."""
    state = sa.case((presence.c.seen_at >= seen_since, presence.c.state), else_=AWAY)
    _put(connection, staff_id, {"seen_at": now, "state": state}, AWAY, now)


def opening(connection: Connection, municipality: str) -> Opening:
    """What is set for a municipality."""
    row = connection.execute(_OPENING, {"municipality": municipality}).first()
    return Opening(row.open_until, row.closed_until) if row else Opening()


def set_opening(connection: Connection, municipality: str, new: Opening) -> None:
    """Put this in place of what was set."""
    insert = insert_into(desk_openings, connection)
    values = new._asdict()
    connection.execute(
        insert.values(municipality=municipality, **values).on_conflict_do_update(
            index_elements=["municipality"], set_=values
        )
    )


def stamp(connection: Connection, municipalities: Collection[str], since: dt.datetime) -> str:
    """A text that is another one when somebody came or left, or opened or closed the desk."""
    present = [
        f"{agent.id}={agent.state}"
        for municipality in sorted(municipalities)
        for agent in agents(connection, municipality, since)
    ]
    openings = [tuple(opening(connection, m)) for m in sorted(municipalities)]
    return f"{present} {openings}"


def _put(
    connection: Connection,
    staff_id: str,
    values: dict[str, Any],
    state: Presence,
    now: dt.datetime,
) -> None:
    insert = insert_into(presence, connection)
    connection.execute(
        insert.values(staff_id=staff_id, state=state, seen_at=now).on_conflict_do_update(
            index_elements=["staff_id"], set_=values
        )
    )


def _state(row: Any, seen_since: dt.datetime) -> Presence:
    seen_lately = row.seen_at is not None and row.seen_at >= seen_since
    return cast("Presence", row.state) if seen_lately else AWAY
