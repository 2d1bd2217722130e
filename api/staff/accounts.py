"""Signing in: with login and password, or as whom the provider has recognised.

Whatever is wrong, the answer is one and the same, and takes as long. Failed attempts are counted
by client and by account, for some minutes at most.
"""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from api.faults import fault
from api.services.limits import Limits
from api.staff import passwords
from api.staff.devices import device_name, name_of_login, new_device
from api.staff.identity import Identity
from api.staff.records import Staff
from api.staff.sessions import Sessions
from api.storage import audit
from api.storage import staff as table
from api.storage.desk_store import DeskStore
from api.storage.staff import Account

WAITING = 20
"""Attempts that may wait for their turn. They take turns, so that guessing never takes more
than one processor from those who chat."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """What somebody sends to sign in.

    ``device`` is the cookie of a browser known to us, ``session`` one that ends by signing in.
    """

    login: str
    password: str
    client: str
    device: str = ""
    session: str = ""


@dataclass(frozen=True, slots=True)
class Admitted:
    """The cookies of who has signed in: of the session, and of a browser that is known now."""

    session: str
    device: str = ""


class Accounts:
    """The accounts of this installation; one object for the whole process."""

    def __init__(self, store: DeskStore, sessions: Sessions, limits: Limits) -> None:
        self._store, self._sessions, self._limits = store, sessions, limits
        self._turn = asyncio.Lock()
        self._waiting = 0

    async def sign_in(self, attempt: Attempt, now: datetime) -> Admitted:
        """Who it is; raise ApiError when something is wrong, or too much was tried."""
        if self._waiting >= WAITING:
            raise fault("too_many_requests", retry_after=5, seconds=5)
        self._waiting += 1
        try:
            # Counted before the next one's turn, so that many at once are no way round.
            async with self._turn:
                return await self._try(attempt, now)
        finally:
            self._waiting -= 1

    async def sign_in_as(self, identity: Identity, session: str, now: datetime) -> Admitted:
        """Admit whom the provider recognised, with the roles that it says they have."""
        try:
            token = await asyncio.to_thread(self._recognise, identity, session, now)
        except IntegrityError:  # a first sign-in at the same time, in another tab
            token = await asyncio.to_thread(self._recognise, identity, session, now)
        if token is None:
            raise fault("provider_no_role")
        return Admitted(token)

    async def note_end(self, staff: Staff, now: datetime) -> None:
        """Write down that somebody has signed out."""
        await asyncio.to_thread(self._note, staff, "signed_out", now)

    async def _try(self, attempt: Attempt, now: datetime) -> Admitted:
        login = tidy(attempt.login)
        account = await asyncio.to_thread(self._find, login)
        counted = _counted_as(attempt, login, account)
        for name, who in counted:
            await self._limits.room(name, who)
        kept = account.password_hash if account else None
        right = await asyncio.to_thread(passwords.is_right, attempt.password, kept)
        admitted = None
        if account and right:
            admitted = await asyncio.to_thread(self._admit, account, attempt, now)
        if admitted is None:
            for name, who in counted:
                await self._limits.check(name, who)
            await asyncio.to_thread(self._failed, login, account, now)
            raise fault("wrong_sign_in")
        return admitted

    def _find(self, login: str) -> Account | None:
        with self._store.connect() as connection:
            return table.by_login(connection, login)

    def _admit(self, account: Account, attempt: Attempt, now: datetime) -> Admitted | None:
        """None when the account is disabled, or the password was changed in this very moment."""
        staff, kept = account.staff, account.password_hash or ""
        renewed = passwords.hash_of(attempt.password) if passwords.is_outdated(kept) else kept
        with self._store.begin() as connection:
            if not table.note_sign_in(connection, staff.id, kept, renewed, now):
                return None
            session = self._sessions.begin(connection, staff, now, attempt.session)
            _note_everywhere(connection, staff, "signed_in", now)
        return Admitted(session, new_device(staff.id, renewed))

    def _failed(self, login: str, account: Account | None, now: datetime) -> None:
        with self._store.begin() as connection:
            if account is None:
                name = name_of_login(login)
                audit.write(connection, now, None, None, "sign_in_failed", name)
            else:
                _note_everywhere(connection, account.staff, "sign_in_failed", now, actor=False)

    def _recognise(self, identity: Identity, session: str, now: datetime) -> str | None:
        with self._store.begin() as connection:
            known = table.by_subject(connection, identity.subject)
            if known is None:
                staff = _newcomer(identity)
                if not staff.roles:
                    return None
                table.add(connection, Account(staff, None, identity.subject, True, now), now)
            else:
                staff = replace(known.staff, name=identity.name, roles=identity.roles)
                # The row first: who signs in twice at once waits here for the other.
                table.change(connection, staff.id, name=staff.name)
                table.set_roles(connection, staff.id, staff.roles)
                if not staff.roles or not known.active:
                    table.sign_out_everywhere(connection, staff.id)
                    _note_everywhere(connection, known.staff, "sign_in_failed", now, actor=False)
                    return None
                table.change(connection, staff.id, signed_in_at=now)
            _note_everywhere(connection, staff, "signed_in", now)
            return self._sessions.begin(connection, staff, now, session)

    def _note(self, staff: Staff, action: str, now: datetime) -> None:
        with self._store.begin() as connection:
            _note_everywhere(connection, staff, action, now)


def tidy(login: str) -> str:
    """A login as it is kept: what looks the same is the same."""
    return login.strip().casefold()[:120]


def _counted_as(attempt: Attempt, login: str, account: Account | None) -> list[tuple[str, str]]:
    """The limits that a failure counts against. A login that nobody has is counted as any."""
    name = name_of_login(login)
    client = ("sign_in", f"client {attempt.client}")
    if account and account.password_hash:
        device = device_name(attempt.device, account.staff.id, account.password_hash)
        if device:
            return [client, ("sign_in", f"device {device}")]
    # A single client can use up only a part of what strangers may try at an account.
    share = ("sign_in_share", f"{name} {attempt.client}")
    return [client, ("sign_in", f"login {name}"), share]


def _newcomer(identity: Identity) -> Staff:
    """Their login can't be typed by anybody, and is nobody else's."""
    login = f"oidc:{name_of_login(identity.subject)}{secrets.token_hex(4)}"
    return Staff(secrets.token_urlsafe(12), login, identity.name, identity.roles)


def _note_everywhere(
    connection: Connection, staff: Staff, action: str, now: datetime, *, actor: bool = True
) -> None:
    """In the log of each municipality where they have a role, since each sees its own only."""
    everywhere: list[str | None] = [*sorted(staff.roles)]
    for municipality in everywhere or [None]:
        who = staff if actor else None
        audit.write(connection, now, who, municipality, action, staff.id)
