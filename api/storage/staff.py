"""The accounts of staff with their roles, their sessions, and sign-ins that have begun.

The functions work within a transaction of the caller's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, get_args

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from api.staff.records import Role, Staff
from api.storage.tables_desk import presence, staff, staff_roles, staff_sessions, staff_sign_ins

Roles = Mapping[str, Iterable[Role]]


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody with an account, and how they sign in: with a password, or as a ``subject``."""

    staff: Staff
    password_hash: str | None
    subject: str | None
    active: bool
    signed_in_at: datetime | None


@dataclass(frozen=True, slots=True)
class KeptSession:
    """A session whose time is not out, of an account that is not disabled."""

    staff: Staff
    subject: str | None
    csrf: str
    seen_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class SignIn:
    """A sign-in through the provider that has begun: what its end has to fit."""

    nonce: str
    verifier: str


def accounts(connection: Connection) -> list[Account]:
    """All of them, by login."""
    rows = connection.execute(sa.select(staff).order_by(staff.c.login)).all()
    return [_account(connection, row) for row in rows]


def find(connection: Connection, staff_id: str) -> Staff | None:
    """Somebody who may sign in."""
    row = connection.execute(sa.select(staff).where(staff.c.id == staff_id, staff.c.active)).first()
    return _account(connection, row).staff if row else None


def by_login(connection: Connection, login: str) -> Account | None:
    """The account with this login, disabled or not."""
    row = connection.execute(sa.select(staff).where(staff.c.login == login)).first()
    return _account(connection, row) if row else None


def by_subject(connection: Connection, subject: str) -> Account | None:
    """The account of whom the provider calls this, disabled or not."""
    row = connection.execute(sa.select(staff).where(staff.c.subject == subject)).first()
    return _account(connection, row) if row else None


def add(connection: Connection, new: Account, now: datetime) -> None:
    """Keep a new account; the database refuses a login that is taken."""
    connection.execute(
        staff.insert().values(
            id=new.staff.id,
            login=new.staff.login,
            name=new.staff.name,
            password_hash=new.password_hash,
            subject=new.subject,
            active=new.active,
            created_at=now,
            signed_in_at=new.signed_in_at,
        )
    )
    set_roles(connection, new.staff.id, new.staff.roles)


def change(connection: Connection, staff_id: str, **values: Any) -> None:
    """Change columns of an account."""
    connection.execute(staff.update().where(staff.c.id == staff_id).values(**values))


def remove(connection: Connection, staff_id: str) -> None:
    """Delete an account with its roles, sessions and presence."""
    connection.execute(staff.delete().where(staff.c.id == staff_id))


def note_sign_in(
    connection: Connection, staff_id: str, password_hash: str, renewed: str, now: datetime
) -> bool:
    """Note that somebody signs in with this password, if it still is theirs and they still may."""
    mine = (staff.c.id == staff_id) & staff.c.active & (staff.c.password_hash == password_hash)
    change = staff.update().where(mine).values(password_hash=renewed, signed_in_at=now)
    return bool(connection.execute(change).rowcount)


def set_roles(connection: Connection, staff_id: str, roles: Roles) -> None:
    """Give exactly these roles."""
    connection.execute(staff_roles.delete().where(staff_roles.c.staff_id == staff_id))
    rows = [
        {"staff_id": staff_id, "municipality": municipality, "role": role}
        for municipality, held in roles.items()
        for role in sorted(set(held))
    ]
    if rows:
        connection.execute(staff_roles.insert(), rows)


def add_session(
    connection: Connection,
    id_hash: str,
    staff_id: str,
    csrf: str,
    now: datetime,
    ends_at: datetime,
) -> None:
    """Begin a session."""
    connection.execute(
        staff_sessions.insert().values(
            id_hash=id_hash,
            staff_id=staff_id,
            csrf=csrf,
            created_at=now,
            seen_at=now,
            ends_at=ends_at,
        )
    )


def find_session(
    connection: Connection, id_hash: str, now: datetime, idle_before: datetime
) -> KeptSession | None:
    """The session, unless it has ended, idled too long, or its account is disabled."""
    kept = staff_sessions.c
    chosen = (
        sa.select(staff, kept.csrf, kept.seen_at, kept.ends_at)
        .join(staff, staff.c.id == kept.staff_id)
        .where(kept.id_hash == id_hash, staff.c.active)
        .where(kept.ends_at > now, kept.seen_at > idle_before)
    )
    row = connection.execute(chosen).first()
    if row is None:
        return None
    account = _account(connection, row)
    return KeptSession(account.staff, account.subject, row.csrf, row.seen_at, row.ends_at)


def is_signed_in(
    connection: Connection, staff_id: str, now: datetime, idle_before: datetime
) -> bool:
    """Whether somebody has a session that holds."""
    kept = staff_sessions.c
    mine = (kept.staff_id == staff_id) & (kept.ends_at > now) & (kept.seen_at > idle_before)
    return connection.execute(sa.select(kept.id_hash).where(mine)).first() is not None


def see_session(connection: Connection, id_hash: str, now: datetime) -> None:
    """Note when somebody was last seen."""
    mine = staff_sessions.c.id_hash == id_hash
    connection.execute(staff_sessions.update().where(mine).values(seen_at=now))


def end_session(connection: Connection, id_hash: str) -> None:
    """End one session. One that is not there is no error."""
    connection.execute(staff_sessions.delete().where(staff_sessions.c.id_hash == id_hash))


def sign_out_everywhere(connection: Connection, staff_id: str) -> None:
    """End all of somebody's sessions. They are at no desk then."""
    for table in (staff_sessions, presence):
        connection.execute(table.delete().where(table.c.staff_id == staff_id))


def begin_sign_in(
    connection: Connection, state_hash: str, sign_in: SignIn, now: datetime, ends_at: datetime
) -> None:
    """Keep what the provider's answer has to fit; those that nobody came back from go."""
    connection.execute(staff_sign_ins.delete().where(staff_sign_ins.c.ends_at <= now))
    values = {"nonce": sign_in.nonce, "verifier": sign_in.verifier, "ends_at": ends_at}
    connection.execute(staff_sign_ins.insert().values(state_hash=state_hash, **values))


def take_sign_in(connection: Connection, state_hash: str, now: datetime) -> SignIn | None:
    """A sign-in that has begun, once only: it is gone then, also if two ask at the same time."""
    mine = staff_sign_ins.c.state_hash == state_hash
    row = connection.execute(sa.select(staff_sign_ins).where(mine)).first()
    taken = connection.execute(staff_sign_ins.delete().where(mine)).rowcount
    if row is None or not taken or row.ends_at <= now:
        return None
    return SignIn(row.nonce, row.verifier)


def purge_sessions(connection: Connection, now: datetime, idle_before: datetime) -> None:
    """Delete the sessions whose time is out."""
    kept = staff_sessions.c
    over = (kept.ends_at <= now) | (kept.seen_at <= idle_before)
    connection.execute(staff_sessions.delete().where(over))


def _account(connection: Connection, row: Any) -> Account:
    chosen = sa.select(staff_roles).where(staff_roles.c.staff_id == row.id)
    roles: dict[str, set[Role]] = {}
    for held in connection.execute(chosen):
        if held.role in get_args(Role):
            roles.setdefault(held.municipality, set()).add(held.role)
    person = Staff(row.id, row.login, row.name, {m: frozenset(r) for m, r in roles.items()})
    return Account(person, row.password_hash, row.subject, row.active, row.signed_in_at)
