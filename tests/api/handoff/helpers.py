"""A municipality's desk with people at it, and citizens who want to talk with them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from api.handoff.book import Book
from api.handoff.records import Handoff, Presence
from api.settings import Settings
from api.staff.records import Role, Staff
from api.storage import desk_presence
from api.storage.records import Conversation, Message
from api.storage.store import Store
from api.storage.tables_desk import staff as staff_table
from api.storage.tables_desk import staff_roles

NOW = dt.datetime(2026, 11, 18, 9, 0, tzinfo=dt.timezone.utc)
"""A Wednesday on which Umeå's desk is open, at 10 in Sweden."""

NIGHT = dt.datetime(2026, 11, 18, 22, 0, tzinfo=dt.timezone.utc)
MINUTE = dt.timedelta(minutes=1)
SECOND = dt.timedelta(seconds=1)


def agent(name: str = "Anna Berg", *municipalities: str) -> Staff:
    """Somebody who may talk for these, by default for Umeå."""
    role: frozenset[Role] = frozenset(("agent",))
    roles = dict.fromkeys(municipalities or ("umea",), role)
    return Staff(id=name.casefold().replace(" ", "."), login=name, name=name, roles=roles)


def employ(
    store: Store, person: Staff, state: Presence | None = "here", now: dt.datetime = NOW
) -> Staff:
    """Give somebody an account, and let them sit down at the desk."""
    with store.desk.begin() as connection:
        row = {"id": person.id, "login": person.login, "name": person.name, "active": True}
        connection.execute(staff_table.insert().values(created_at=now, **row))
        for municipality, roles in person.roles.items():
            for role in roles:
                new = {"staff_id": person.id, "municipality": municipality, "role": role}
                connection.execute(staff_roles.insert().values(new))
        if state is not None:
            desk_presence.set_state(connection, person.id, state, now)
    return person


def citizen(store: Store, municipality: str = "umea", **values: Any) -> Conversation:
    """Somebody with a conversation."""
    return store.create(municipality, "web", values.get("language"), False, NOW)[0]


def wait(settings: Settings, store: Store, who: Conversation, now: dt.datetime = NOW) -> Handoff:
    """Let them ask for a person."""
    return Book(settings, store).join(who, now, None, None, None)[0]


def told(store: Store, who: Conversation) -> list[Message]:
    """The notices of a conversation."""
    return [m for m in store.messages(who.id) if m.sender == "notice"]
