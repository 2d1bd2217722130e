"""Mail that is to go out, kept in the database until the mail server has taken it.

Who promises a mail puts it here in the same transaction as the promise, so that neither is there
without the other. api.mail sends it.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from api.storage.tables_desk import outbox

LEASE = timedelta(minutes=5)
"""How long a worker may take for one mail. One whose process died is tried again after it."""

STUCK = timedelta(days=30)
"""So long after it was due a worker has sent a mail or given it up, as with open callbacks."""


@dataclass(frozen=True, slots=True)
class Mail:
    """What to send. The subject holds no personal data: it is seen in lists and on phones."""

    kind: str
    municipality: str
    recipient: str
    subject: str
    body: str
    receipt: str | None = None
    reply_to: str | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A mail that this worker is to send now; ``attempts`` counts this time too."""

    id: int
    message_id: str
    mail: Mail
    created_at: datetime
    attempts: int


@dataclass(frozen=True, slots=True)
class Failed:
    """A mail that was given up, without what it says."""

    id: int
    kind: str
    municipality: str
    receipt: str | None
    recipient: str
    created_at: datetime
    failed_at: datetime
    attempts: int
    problem: str | None


def put(connection: Connection, mail: Mail, now: datetime) -> str:
    """Keep a mail to be sent as soon as possible; the id by which a copy of it is known."""
    message_id = secrets.token_hex(16)
    connection.execute(
        outbox.insert().values(
            kind=mail.kind,
            municipality=mail.municipality,
            receipt=mail.receipt,
            message_id=message_id,
            recipient=mail.recipient,
            reply_to=mail.reply_to,
            subject=mail.subject,
            body=mail.body,
            created_at=now,
            due_at=now,
            attempts=0,
        )
    )
    return message_id


def withdraw(connection: Connection, receipt: str) -> bool:
    """Delete what is still to be sent about a receipt; whether surely none of it went out.

    False when a mail was sent already, or when the server may have taken it: then the recipient
    has to be told.
    """
    mine = outbox.c.receipt == receipt
    rows = connection.execute(sa.select(outbox.c.attempts).where(mine).with_for_update()).all()
    connection.execute(outbox.delete().where(mine))
    return bool(rows) and all(row.attempts == 0 for row in rows)


def is_due(connection: Connection, now: datetime) -> bool:
    """Whether there is anything to lease."""
    chosen = sa.select(outbox.c.id).where(_due(now)).limit(1)
    return connection.execute(chosen).first() is not None


def lease(connection: Connection, now: datetime) -> Waiting | None:
    """The next mail that is due, for this worker alone until the lease ends."""
    chosen = (
        sa.select(outbox)
        .where(_due(now))
        .order_by(outbox.c.due_at, outbox.c.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    row = connection.execute(chosen).first()
    if row is None:
        return None
    attempts = row.attempts + 1
    mine = outbox.update().where(outbox.c.id == row.id)
    connection.execute(mine.values(leased_until=now + LEASE, attempts=attempts))
    mail = Mail(
        kind=row.kind,
        municipality=row.municipality,
        recipient=row.recipient,
        subject=row.subject,
        body=row.body,
        receipt=row.receipt,
        reply_to=row.reply_to,
    )
    return Waiting(row.id, row.message_id, mail, row.created_at, attempts)


def sent(connection: Connection, waiting: Waiting) -> None:
    """The server has taken it: nothing of it is kept."""
    connection.execute(outbox.delete().where(outbox.c.id == waiting.id))


def postpone(connection: Connection, waiting: Waiting, due_at: datetime, problem: str) -> None:
    """Try again at a later time."""
    _let_go(connection, waiting, due_at=due_at, problem=problem)


def give_up(connection: Connection, waiting: Waiting, now: datetime, problem: str) -> None:
    """Try no more; an administrator sees it until it is purged."""
    _let_go(connection, waiting, failed_at=now, problem=problem)


def failed(connection: Connection, municipalities: Collection[str] | None = None) -> list[Failed]:
    """What was given up in these municipalities, or in all; newest first, without contents."""
    columns = [outbox.c[name] for name in Failed.__slots__]
    chosen = (
        sa.select(*columns)
        .where(outbox.c.failed_at.is_not(None))
        .order_by(outbox.c.failed_at.desc(), outbox.c.id.desc())
    )
    if municipalities is not None:
        chosen = chosen.where(outbox.c.municipality.in_(municipalities))
    return [Failed(**row) for row in connection.execute(chosen).mappings()]


def retry(
    connection: Connection, mail_id: int, now: datetime, recipient: str | None = None
) -> bool:
    """Send what was given up after all, perhaps to another address; whether there was one."""
    mine = sa.and_(outbox.c.id == mail_id, outbox.c.failed_at.is_not(None))
    values: dict[str, Any] = {"failed_at": None, "due_at": now}
    if recipient is not None:
        values["recipient"] = recipient
    return bool(connection.execute(outbox.update().where(mine).values(**values)).rowcount)


def purge(connection: Connection, before: datetime) -> int:
    """Delete what was given up before a moment; how many.

    So goes what nobody even tries any more, since the mail server was taken out of the settings.
    """
    gone = sa.and_(outbox.c.failed_at.is_(None), outbox.c.due_at < before - STUCK)
    old = sa.or_(outbox.c.failed_at < before, gone)
    return int(connection.execute(outbox.delete().where(old)).rowcount)


def _due(now: datetime) -> Any:
    return sa.and_(
        outbox.c.failed_at.is_(None),
        outbox.c.due_at <= now,
        sa.or_(outbox.c.leased_until.is_(None), outbox.c.leased_until <= now),
    )


def _let_go(connection: Connection, waiting: Waiting, **values: object) -> None:
    """Unless the lease ran out and another worker has it by now: then it is theirs."""
    mine = sa.and_(outbox.c.id == waiting.id, outbox.c.attempts == waiting.attempts)
    connection.execute(outbox.update().where(mine).values(leased_until=None, **values))
