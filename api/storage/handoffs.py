"""The rows of the queue. Each function works within a transaction of the caller's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import asdict
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from api.handoff.machine import State
from api.handoff.records import Handoff
from api.storage.tables import conversations
from api.storage.tables_desk import handoffs, staff

LATEST_WAITS = 10
"""So many waits tell how long the next one will be."""

_STATE = sa.select(handoffs.c.state).where(
    handoffs.c.conversation_id == sa.bindparam("conversation"), handoffs.c.ended_at.is_(None)
)
_COLUMNS = [c.name for c in handoffs.columns]
_ACTIVE = handoffs.c.ended_at.is_(None)


def add(connection: Connection, new: Handoff) -> None:
    """Put somebody in the queue; IntegrityError for who is there already."""
    row = asdict(new)
    connection.execute(handoffs.insert().values({name: row[name] for name in _COLUMNS}))


def find(connection: Connection, handoff_id: str) -> Handoff | None:
    """The one with this id."""
    return _first(connection, handoffs.c.id == handoff_id)


def active(connection: Connection, conversation_id: str) -> Handoff | None:
    """The one that a conversation waits or talks in."""
    return _first(connection, handoffs.c.conversation_id == conversation_id, _ACTIVE)


def active_state(connection: Connection, conversation_id: str) -> State | None:
    """Whether it waits or talks; asked for each message."""
    return cast(
        "State | None", connection.execute(_STATE, {"conversation": conversation_id}).scalar()
    )


def newest(connection: Connection, conversation_id: str) -> Handoff | None:
    """The one that a conversation is in, else the last that it was in."""
    return _first(connection, handoffs.c.conversation_id == conversation_id)


def listed(connection: Connection, municipalities: Collection[str] | None = None) -> list[Handoff]:
    """Those that have not ended, oldest first; without municipalities, everybody's."""
    chosen = _select().where(_ACTIVE).order_by(handoffs.c.created_at, handoffs.c.id)
    if municipalities is not None:
        chosen = chosen.where(handoffs.c.municipality.in_(sorted(municipalities)))
    return [_record(row) for row in connection.execute(chosen)]


def change(connection: Connection, handoff_id: str, expected: State, **values: Any) -> bool:
    """Change it if it is in the state that is expected; whether it was."""
    mine = (handoffs.c.id == handoff_id) & (handoffs.c.state == expected)
    return bool(connection.execute(handoffs.update().where(mine).values(**values)).rowcount)


def touch(connection: Connection, conversation_id: str, **values: Any) -> None:
    """Change what is kept beside the state, of who waits or talks."""
    mine = (handoffs.c.conversation_id == conversation_id) & _ACTIVE
    connection.execute(handoffs.update().where(mine).values(**values))


def place(connection: Connection, handoff: Handoff) -> int:
    """The place in the queue; 1 is next."""
    before = sa.or_(
        handoffs.c.created_at < handoff.created_at,
        sa.and_(handoffs.c.created_at == handoff.created_at, handoffs.c.id <= handoff.id),
    )
    return _count(connection, _waits_in(handoff.municipality), before)


def waits(connection: Connection, municipality: str, since: dt.datetime) -> list[int]:
    """How many seconds those waited who were taken last."""
    chosen = (
        sa.select(handoffs.c.waited_seconds)
        .where(
            handoffs.c.municipality == municipality,
            handoffs.c.claimed_at >= since,
            handoffs.c.waited_seconds.isnot(None),
        )
        .order_by(handoffs.c.claimed_at.desc())
        .limit(LATEST_WAITS)
    )
    return [row.waited_seconds for row in connection.execute(chosen)]


def stamp(connection: Connection, municipalities: Collection[str]) -> str:
    """A text that is another one when anything in the queues has changed."""
    chosen = sa.select(sa.func.count(), sa.func.max(handoffs.c.changed_at)).where(
        handoffs.c.municipality.in_(sorted(municipalities))
    )
    return str(tuple(connection.execute(chosen).one()))


def forget(connection: Connection, conversation_id: str) -> None:
    """Take away what tells of a conversation that was erased; times and states stay to be counted.

    Those that ended before it was erased are forgotten too.
    """
    mine = handoffs.c.conversation_id == conversation_id
    values = {"conversation_id": "erased:" + handoffs.c.id, "subject": None, "reason": None}
    connection.execute(handoffs.update().where(mine).values(values))


def purge(connection: Connection, before: dt.datetime) -> int:
    """Delete those that ended before a moment, but not those of a conversation that is kept."""
    frozen = sa.select(conversations.c.id).where(conversations.c.frozen)
    old = (handoffs.c.ended_at < before) & handoffs.c.conversation_id.not_in(frozen)
    return int(connection.execute(handoffs.delete().where(old)).rowcount)


def _waits_in(municipality: str) -> Any:
    return (handoffs.c.municipality == municipality) & (handoffs.c.state == "waiting")


def _count(connection: Connection, *conditions: Any) -> int:
    chosen = sa.select(sa.func.count()).select_from(handoffs).where(*conditions)
    return int(connection.execute(chosen).scalar_one())


def _select() -> Any:
    joined = handoffs.outerjoin(staff, staff.c.id == handoffs.c.claimed_by)
    return sa.select(handoffs, staff.c.name.label("claimed_name")).select_from(joined)


def _first(connection: Connection, *conditions: Any) -> Handoff | None:
    newest_first = (handoffs.c.created_at.desc(), handoffs.c.ended_at.isnot(None))
    row = connection.execute(_select().where(*conditions).order_by(*newest_first).limit(1)).first()
    return _record(row) if row else None


def _record(row: Any) -> Handoff:
    return Handoff(claimed_name=row.claimed_name, **{n: getattr(row, n) for n in _COLUMNS})
