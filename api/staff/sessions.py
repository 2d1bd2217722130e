"""Sessions of the desk: begun by signing in, ended by signing out, by idling and by the clock.

The cookie holds 256 random bits; the database holds their hash, so that who reads it can sign in
as nobody. Account and roles are read anew at each request: what an administrator takes away is
gone at the next one.

An open desk asks every few seconds by itself. That is no use of the session, or it would never
end at a computer that somebody has left.
"""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy.engine import Connection

from api.clock import so_long_before, utc
from api.settings_desk import DeskSettings
from api.staff.records import Session, Staff
from api.storage import staff as table
from api.storage.desk_store import DeskStore

SEEN_EVERY = timedelta(minutes=1)
"""So old may the note of when somebody was last seen be: a write for each request is too much."""


class Sessions:
    """All sessions of this installation."""

    def __init__(self, store: DeskStore, settings: DeskSettings) -> None:
        self._store, self._settings = store, settings

    async def find(self, token: str, now: datetime, *, used: bool = True) -> Session | None:
        """The session with this id, if it holds; ``used`` unless its page asked by itself."""
        if not token:
            return None
        return await asyncio.to_thread(self._current, hash_of(token), now, used)

    async def current(self, id_hash: str, now: datetime) -> Session | None:
        """The session as it stands now, for who keeps a stream open: to be asked again and again.

        Asking is no use of it.
        """
        return await asyncio.to_thread(self._current, id_hash, now, False)

    async def end(self, session: Session, now: datetime) -> None:
        """Sign out. Who is signed in nowhere else has left the desk, and their chats go on."""
        await asyncio.to_thread(self._end, session, now)

    def begin(self, connection: Connection, staff: Staff, now: datetime, old: str = "") -> str:
        """A new session's id, for the cookie. One that the browser had before ends."""
        token = secrets.token_urlsafe(32)
        ends = utc(now) + timedelta(hours=self._settings.session_hours)
        csrf = secrets.token_urlsafe(32)
        table.purge_sessions(connection, now, self._idle_before(now))
        table.end_session(connection, hash_of(old))
        table.add_session(connection, hash_of(token), staff.id, csrf, now, ends)
        return token

    def _current(self, id_hash: str, now: datetime, used: bool) -> Session | None:
        with self._store.connect() as connection:
            found = table.find_session(connection, id_hash, now, self._idle_before(now))
        if found is None or not self._may_be_in(found.subject):
            return None
        if used and now - found.seen_at >= SEEN_EVERY:
            with self._store.begin() as connection:
                table.see_session(connection, id_hash, now)
        return Session(id_hash, found.staff, found.csrf, found.ends_at)

    def _may_be_in(self, subject: str | None) -> bool:
        """Whether people with such an account still sign in this way."""
        if subject is None:
            return self._settings.local_accounts
        issuer = self._settings.oidc.issuer
        return bool(issuer) and subject.startswith(f"{issuer} ")

    def _end(self, session: Session, now: datetime) -> None:
        with self._store.begin() as connection:
            table.end_session(connection, session.id_hash)
            if not table.is_signed_in(connection, session.staff.id, now, self._idle_before(now)):
                table.sign_out_everywhere(connection, session.staff.id)

    def _idle_before(self, now: datetime) -> datetime:
        return so_long_before(now, timedelta(minutes=self._settings.idle_minutes))


def hash_of(token: str) -> str:
    """What is kept of a session's id."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
