"""What the desk shows beside queue and callbacks: names, news, what was noted as read already."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from api.storage.tables import messages
from api.storage.tables_desk import audit, callbacks, staff


def names(connection: Connection, staff_ids: Collection[str]) -> dict[str, str]:
    """What these people are called, also those who may not sign in any more."""
    if not staff_ids:
        return {}
    chosen = sa.select(staff.c.id, staff.c.name).where(staff.c.id.in_(staff_ids))
    return {row.id: row.name for row in connection.execute(chosen)}


def newest(texts: Engine, conversation_ids: Collection[str]) -> dict[str, int]:
    """The number of the newest message of each conversation that has one."""
    if not conversation_ids:
        return {}
    number = sa.func.max(messages.c.number).label("newest")
    chosen = (
        sa.select(messages.c.conversation_id, number)
        .where(messages.c.conversation_id.in_(conversation_ids))
        .group_by(messages.c.conversation_id)
    )
    # The store's engine is set to write; a reader need not wait for the writers' turn.
    with texts.execution_options(writes=False).connect() as connection:
        return {row.conversation_id: row.newest for row in connection.execute(chosen)}


def callback_marks(connection: Connection, municipalities: Collection[str]) -> list[str]:
    """What tells whether a callback came or changed: receipt and time, no personal data."""
    chosen = (
        sa.select(callbacks.c.receipt, callbacks.c.changed_at)
        .where(callbacks.c.municipality.in_(municipalities), callbacks.c.ended_at.is_(None))
        .order_by(callbacks.c.receipt)
    )
    return [f"{row.receipt} {row.changed_at.isoformat()}" for row in connection.execute(chosen)]


def noted(
    connection: Connection, staff_id: str, action: str, objects: Iterable[str], since: datetime
) -> frozenset[str]:
    """Those of the objects of which it stands in the audit log already, since a moment."""
    chosen = sa.select(audit.c.object).where(
        audit.c.at >= since,
        audit.c.staff_id == staff_id,
        audit.c.action == action,
        audit.c.object.in_(list(objects)),
    )
    return frozenset(row.object for row in connection.execute(chosen))
