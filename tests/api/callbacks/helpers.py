"""Somebody who wants to be called, and somebody who calls."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa

from api.callbacks.records import Wish
from api.settings_desk import DeskSettings, MailSettings
from api.staff.records import Staff
from api.storage import tables, tables_desk
from api.storage.store import Store
from bot.knowledge.hours import STOCKHOLM

SUNDAY = dt.datetime(2026, 11, 22, 12, tzinfo=STOCKHOLM)
MONDAY = "2026-11-23T08:30/2026-11-23T11:30"
WISH = Wish("Kim Berg", "0701740605", "Ledsagning", MONDAY, "sv", consent=True)
KEY = "a-key-of-my-own"
ANNA, BO = Staff("anna", "anna", "Anna Ek"), Staff("bo", "bo", "Bo Ask")
MAIL = MailSettings(host="mail.example.se", sender="chatt@example.se")


def with_mail() -> dict[str, Any]:
    """Settings with a mail server, and channels that may ask for callbacks."""
    return {"desk": DeskSettings(mail=MAIL, rest_callback=True)}


def monday(clock: str) -> dt.datetime:
    """A moment of the Monday after."""
    return dt.datetime.fromisoformat(f"2026-11-23T{clock}").replace(tzinfo=STOCKHOLM)


class Offers:
    """What is offered, as a test wants it."""

    def __init__(self, **given: Any) -> None:
        self.given: dict[str, Any] = {"callback": True, "mail": True, **given}

    async def __call__(self, municipality: str, now: dt.datetime) -> Mapping[str, Any]:
        """The same everywhere."""
        return self.given


def mails(store: Store) -> list[dict[str, Any]]:
    """What is to go out."""
    with store.desk.connect() as connection:
        rows = connection.execute(sa.select(tables_desk.outbox)).mappings()
        return [dict(row) for row in rows]


def dump(store: Store, leave_out: Iterable[str] = ()) -> str:
    """Everything in the database, but some tables."""
    left_out = set(leave_out)
    engine = store.texts
    said = []
    with engine.connect() as connection:
        for name in sa.inspect(connection).get_table_names():
            if name not in left_out:
                # A row's own repr leaves out the middle of long values.
                rows = connection.execute(sa.text(f'SELECT * FROM "{name}"'))
                said.append(repr([tuple(row) for row in rows]))
    assert tables.metadata.tables.keys() >= left_out
    return "\n".join(said)
