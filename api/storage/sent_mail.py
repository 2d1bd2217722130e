"""Which questions citizens have mailed: by the audit log, so that one sent again is known."""

from __future__ import annotations

import hashlib
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from api.storage import audit, outbox
from api.storage.outbox import Mail
from api.storage.tables_desk import audit as audit_table

ASKED = "mail_from_citizen"
"""What the audit log calls it. No member of staff did it."""


def put_once(connection: Connection, mail: Mail, now: datetime) -> bool:
    """Keep a mail to be sent; False when one with its receipt was kept before."""
    _wait_for_others(connection, str(mail.receipt))
    same = sa.and_(audit_table.c.action == ASKED, audit_table.c.object == mail.receipt)
    if connection.execute(sa.select(audit_table.c.id).where(same).limit(1)).first():
        return False
    audit.write(connection, now, None, mail.municipality, ASKED, mail.receipt)
    outbox.put(connection, mail, now)
    return True


def _wait_for_others(connection: Connection, receipt: str) -> None:
    """Of two with one receipt at once, one waits. On SQLite all that write take turns."""
    if connection.dialect.name == "postgresql":
        number = int.from_bytes(hashlib.sha256(receipt.encode()).digest()[:8], "big", signed=True)
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(number)))
