"""Who wants to be called, and drafts of it: in their own tables, apart from conversations.

The functions work within a transaction of the caller's. A change happens only from a state that
is expected: of two at once, one finds the row changed already and gets None.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from api.callbacks.records import ENDED, OPEN, Callback, State
from api.storage.counting import insert_into
from api.storage.tables import conversations
from api.storage.tables_desk import callback_drafts, callbacks, staff

DRAFT_OPEN = timedelta(minutes=30)
"""How long a draft waits for its next field. Then what was written is deleted."""

DRAFT_KNOWN = timedelta(days=1)
"""How long it is known that there was one: a name that comes late is still kept out of the chat."""

UNFINISHED_DAYS = 30
"""Callbacks that nobody finishes at the desk (a municipality that only gets them by mail, or one
that forgot) are deleted so many days after they were due, beside the days of finished ones."""

_COLUMNS = [callbacks.c[name] for name in Callback.__slots__]


@dataclass(frozen=True, slots=True)
class Kept:
    """A callback with the hash of its secret."""

    callback: Callback
    secret_hash: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What was given so far. After a while without a word ``fields`` is emptied."""

    sender: str
    municipality: str
    step: str
    fields: Mapping[str, Any]
    changed_at: datetime


def add(connection: Connection, callback: Callback, secret_hash: str, key_hash: str) -> bool:
    """Keep a new one; False when the municipality has one with this key or receipt already."""
    values = {name: getattr(callback, name) for name in Callback.__slots__}
    insert = insert_into(callbacks, connection).values(
        **values, secret_hash=secret_hash, key_hash=key_hash
    )
    return bool(connection.execute(insert.on_conflict_do_nothing()).rowcount)


def by_key(connection: Connection, municipality: str, key_hash: str) -> Callback | None:
    """The one that was asked for with a key."""
    mine = sa.and_(callbacks.c.municipality == municipality, callbacks.c.key_hash == key_hash)
    row = connection.execute(sa.select(*_COLUMNS).where(mine)).mappings().first()
    return Callback(**row) if row else None


def find(connection: Connection, receipt: str) -> Kept | None:
    """One callback."""
    chosen = sa.select(*_COLUMNS, callbacks.c.secret_hash).where(callbacks.c.receipt == receipt)
    row = connection.execute(chosen).mappings().first()
    if row is None:
        return None
    values = dict(row)
    secret_hash = values.pop("secret_hash")
    return Kept(Callback(**values), secret_hash)


def of_conversation(connection: Connection, conversation_id: str) -> list[Callback]:
    """Those that were asked for in a conversation, in order."""
    mine = callbacks.c.conversation_id == conversation_id
    chosen = sa.select(*_COLUMNS).where(mine).order_by(callbacks.c.created_at)
    return [Callback(**row) for row in connection.execute(chosen).mappings()]


def listed(
    connection: Connection, municipalities: Collection[str], states: Collection[State]
) -> list[Callback]:
    """Those of some municipalities in some states, the earliest due first."""
    chosen = (
        sa.select(*_COLUMNS)
        .where(callbacks.c.municipality.in_(municipalities), callbacks.c.state.in_(states))
        .order_by(callbacks.c.due_from, callbacks.c.created_at, callbacks.c.receipt)
    )
    return [Callback(**row) for row in connection.execute(chosen).mappings()]


def count_due(connection: Connection, municipalities: Collection[str], now: datetime) -> int:
    """How many wait whose time has begun."""
    chosen = sa.select(sa.func.count()).where(
        callbacks.c.municipality.in_(municipalities),
        callbacks.c.state == "waiting",
        callbacks.c.due_from <= now,
    )
    return int(connection.execute(chosen).scalar_one())


def change(
    connection: Connection,
    receipt: str,
    expected: Collection[State],
    by: str | None = None,
    **values: Any,
) -> Callback | None:
    """Change it if it is in one of the states, and taken ``by`` somebody if that is given."""
    mine = sa.and_(callbacks.c.receipt == receipt, callbacks.c.state.in_(expected))
    if by is not None:
        mine = sa.and_(mine, callbacks.c.taken_by == by)
    if connection.execute(callbacks.update().where(mine).values(**values)).rowcount == 0:
        return None
    kept = find(connection, receipt)
    return kept.callback if kept else None


def unlink(connection: Connection, conversation_id: str) -> None:
    """The conversation was erased: nothing points to it any more. The promise to call stays."""
    mine = callbacks.c.conversation_id == conversation_id
    connection.execute(callbacks.update().where(mine).values(conversation_id=None))


def purge(connection: Connection, now: datetime, days: int) -> int:
    """Delete what ended so many days ago, and what nobody ever finished; how many.

    What was asked for in a conversation that is kept for an inquiry is kept with it.
    """
    frozen = sa.select(conversations.c.id).where(conversations.c.frozen)
    here = sa.func.coalesce(callbacks.c.conversation_id, "").not_in(frozen)
    ended = sa.and_(callbacks.c.state.in_(ENDED), callbacks.c.ended_at < now - timedelta(days=days))
    stale = sa.and_(
        callbacks.c.state.in_(OPEN),
        callbacks.c.due_to < now - timedelta(days=days + UNFINISHED_DAYS),
    )
    old = sa.and_(here, sa.or_(ended, stale))
    return int(connection.execute(callbacks.delete().where(old)).rowcount)


def put_draft(connection: Connection, draft: Draft) -> None:
    """Keep a draft in place of the sender's earlier one."""
    row = {name: getattr(draft, name) for name in Draft.__slots__}
    row["fields"] = dict(draft.fields)
    insert = insert_into(callback_drafts, connection).values(**row)
    connection.execute(insert.on_conflict_do_update(index_elements=["sender"], set_=row))


def colleague(connection: Connection, staff_id: str | None) -> str | None:
    """The name of somebody at the desk."""
    chosen = sa.select(staff.c.name).where(staff.c.id == staff_id)
    found: str | None = connection.execute(chosen).scalar()
    return found


def find_draft(connection: Connection, sender: str) -> Draft | None:
    """The sender's draft."""
    mine = callback_drafts.c.sender == sender
    row = connection.execute(sa.select(callback_drafts).where(mine)).mappings().first()
    return Draft(**row) if row else None


def delete_draft(connection: Connection, sender: str) -> None:
    """What was written is gone, sent or not."""
    connection.execute(callback_drafts.delete().where(callback_drafts.c.sender == sender))


def purge_drafts(connection: Connection, now: datetime) -> int:
    """Empty drafts that have waited too long, and forget those a day old; how many went."""
    old = callback_drafts.c.changed_at < now - DRAFT_KNOWN
    gone = int(connection.execute(callback_drafts.delete().where(old)).rowcount)
    waiting = callback_drafts.c.changed_at < now - DRAFT_OPEN
    connection.execute(callback_drafts.update().where(waiting).values(fields={}))
    return gone
