"""Figures of what the desk keeps: queues, callbacks, mail. Numbers alone, nothing of anybody's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from api.callbacks.records import OPEN
from api.storage.tables_desk import callbacks, handoffs, outbox


@dataclass(frozen=True, slots=True)
class Queue:
    """How many wait at a municipality's desk, and since when the first of them does."""

    waiting: int
    since: datetime


def queues(connection: Connection) -> dict[str, Queue]:
    """The queues that are not empty, by municipality."""
    chosen = (
        sa.select(
            handoffs.c.municipality,
            sa.func.count().label("waiting"),
            sa.func.min(handoffs.c.created_at, type_=handoffs.c.created_at.type).label("since"),
        )
        .where(handoffs.c.state == "waiting", handoffs.c.ended_at.is_(None))
        .group_by(handoffs.c.municipality)
    )
    return {r.municipality: Queue(r.waiting, r.since) for r in connection.execute(chosen)}


def overdue(connection: Connection, now: datetime) -> dict[str, int]:
    """How many callbacks are late, by municipality."""
    chosen = (
        sa.select(callbacks.c.municipality, sa.func.count().label("late"))
        .where(callbacks.c.state.in_(sorted(OPEN)), callbacks.c.due_to < now)
        .group_by(callbacks.c.municipality)
    )
    return {row.municipality: row.late for row in connection.execute(chosen)}


def mail(connection: Connection) -> tuple[int, int]:
    """How many mails are still to go out, and how many were given up."""
    given_up = sa.func.count(outbox.c.failed_at)
    row = connection.execute(sa.select(sa.func.count().label("all"), given_up.label("lost"))).one()
    return row.all - row.lost, row.lost


def waits(connection: Connection, municipality: str, first: datetime, last: datetime) -> list[int]:
    """How many seconds those waited who were taken in this time, the shortest first."""
    chosen = (
        sa.select(handoffs.c.waited_seconds)
        .where(
            handoffs.c.municipality == municipality,
            handoffs.c.claimed_at >= first,
            handoffs.c.claimed_at < last,
            handoffs.c.waited_seconds.isnot(None),
        )
        .order_by(handoffs.c.waited_seconds)
    )
    return [row.waited_seconds for row in connection.execute(chosen)]
