"""A mail with personal data in it, and a look at what is left of it."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import sqlalchemy as sa

from api.mail.worker import MailWorker
from api.settings_desk import MailSettings
from api.storage import outbox
from api.storage.desk_store import DeskStore
from api.storage.outbox import Mail
from api.storage.tables_desk import outbox as table
from tests.api.mail.post_office import HOST

NOW = datetime(2026, 11, 18, 10, 0, tzinfo=timezone.utc)
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)

UNIT = "enheten@kommun.example"
SENDER = "lotsen@chatt.kommun.example"
PERSONAL = ("Åsa Öberg", "070-174 06 58", "min mammas ledsagning", "asa@epost.example")
"""What must not be seen outside a body."""

MAIL = Mail(
    kind="callback",
    municipality="umea",
    recipient=UNIT,
    subject="Ring upp, ärende UM-7K3F-92QX",
    body=f"Namn: {PERSONAL[0]}\nTelefon: {PERSONAL[1]}\nGäller: {PERSONAL[2]}\n",
    receipt="UM-7K3F-92QX",
    reply_to=PERSONAL[3],
)


def put(desk: DeskStore, mail: Mail = MAIL, now: datetime = NOW) -> str:
    """Keep a mail; its id."""
    with desk.begin() as connection:
        return outbox.put(connection, mail, now)


def rows(desk: DeskStore) -> list[Any]:
    """What is in the outbox."""
    with desk.connect() as connection:
        return list(connection.execute(sa.select(table).order_by(table.c.id)).all())


def settings(port: int, **other: Any) -> MailSettings:
    """A server without encryption, unless told otherwise."""
    return MailSettings(**{"host": HOST, "port": port, "tls": "none", "sender": SENDER, **other})


def worker(desk: DeskStore, port: int, **other: Any) -> MailWorker:
    """A worker whose waits are neither longer nor shorter by chance."""
    return MailWorker(desk, settings(port, **other), chance=lambda: 0.0)
