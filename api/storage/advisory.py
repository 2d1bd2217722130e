"""PostgreSQL's advisory locks: one holder of a name over all processes, first come, first served.

A lock is a transaction that is kept open. The server gives it to the next one when its connection
ends, so at once when a process was killed, and when nothing was heard of its holder for the time
of a lease: a machine that lost its power, or a process that stands still.
"""

from __future__ import annotations

import hashlib
import select
import time
from collections.abc import Callable
from typing import Any, Final

from psycopg2 import Error, OperationalError
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

from api.storage.engines import beside

LEASE_SECONDS: Final = 20.0
"""So long may a holder be silent. It says more often that it is there."""

CONNECTIONS: Final = 12
"""Holders and those who wait, of one process."""


class NoLock(SQLAlchemyError):  # noqa: N818 - read at the caller: `except NoLock`
    """The lock can't be had, or was lost: the database failed. Its message quotes nobody."""


class Held:
    """A lock that was taken; ``until`` is when the lease ends that is surely ours."""

    def __init__(self, connection: Any, lease: float, until: float) -> None:
        self._connection, self._lease, self._until = connection, lease, until

    def is_ours(self) -> bool:
        """Whether nobody else can have it by now. It waits for nothing.

        The server says goodbye on a connection that it ends; where it can't be heard, the lease
        has run out here before it runs out there.
        """
        if time.monotonic() >= self._until:
            return False
        goodbye = select.poll()
        goodbye.register(self._connection.fileno(), select.POLLIN)
        return not goodbye.poll(0)

    def renew(self) -> None:
        """Tell the server that we are there. Blocks. Raise NoLock when the lock is lost."""
        asked = time.monotonic()
        try:
            _run(self._connection, "SELECT 1")
        except Error as error:
            self._until = asked
            raise NoLock(type(error).__name__) from None
        self._until = asked + self._lease

    def release(self) -> None:
        """Let the next one in; a lock that was lost is nobody's to give back. Blocks."""
        try:
            _run(self._connection, "COMMIT")
        except Error:
            self._connection.invalidate()
        self._connection.close()


class AdvisoryLocks:
    """Locks by name. All methods block: call them in a thread.

    They speak to the driver itself: SQLAlchemy would take longer for each statement than the lock.
    """

    def __init__(self, engine: Engine, wait_seconds: float, lease: float = LEASE_SECONDS) -> None:
        """Beside the connections of ``engine``, so that who waits keeps nobody from writing."""
        self.lease = lease
        self._engine = beside(engine, CONNECTIONS, wait_seconds)
        self._begin = (
            f"BEGIN; SET LOCAL lock_timeout = {_milliseconds(wait_seconds)}; "
            f"SET LOCAL idle_in_transaction_session_timeout = {_milliseconds(lease)}; "
            "SELECT pg_advisory_xact_lock({key})"
        )

    def take(self, name: str, sent: Callable[[], None] = lambda: None) -> Held:
        """Wait for the lock; raise NoLock where it can't be had, or not in time.

        ``sent`` is called just before the server is asked: who asks after that comes later.
        """
        try:
            held = self._take(name, sent)
            # A connection that was lost while idle is noticed only now; the next one is new.
            while held is None:
                held = self._take(name, sent)
        except NoLock:
            raise
        except (Error, SQLAlchemyError) as error:
            raise NoLock(type(error).__name__) from None
        return held

    def close(self) -> None:
        """Let go of the connections."""
        self._engine.dispose()

    def _take(self, name: str, sent: Callable[[], None]) -> Held | None:
        """The lock; None over a connection that was lost while idle, which is thrown away."""
        connection = self._engine.raw_connection()
        sent()
        asked = time.monotonic()
        try:
            _run(connection, self._begin.format(key=_key(name)))
        except BaseException as error:
            is_lost = isinstance(error, OperationalError) and bool(connection.connection.closed)
            was_idle = bool(connection.info.get("used"))
            connection.invalidate()
            if is_lost and was_idle:
                return None
            raise
        connection.info["used"] = True
        held = Held(connection, self.lease, asked + self.lease)
        if time.monotonic() - asked > self.lease / 4:
            held.renew()  # it waited for others: the lease begins now
        return held


def _run(connection: Any, statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _key(name: str) -> int:
    """A number for the name, as large as PostgreSQL takes: two names share none."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)


def _milliseconds(seconds: float) -> int:
    return int(seconds * 1000)
