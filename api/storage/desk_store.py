"""What the staff desk keeps, always in the database: queue, callbacks, staff, mail, audit log.

Conversations may be in memory only (retention of 0 days); a promise to call somebody back is not.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from sqlalchemy.engine import Connection, Engine

from api.storage.engines import WRITES


class DeskStore:
    """Transactions for the modules that know the tables. They block: call them in a thread."""

    def __init__(self, engine: Engine, memory: Engine | None = None) -> None:
        self._engine, self._memory = engine, memory
        self._writing = engine.execution_options(**WRITES)
        self._texts = (memory or engine).execution_options(writes=False)

    def begin(self) -> AbstractContextManager[Connection]:
        """A transaction that will write; it is kept when the block ends without an error."""
        writing: AbstractContextManager[Connection] = self._writing.begin()
        return writing

    def connect(self) -> AbstractContextManager[Connection]:
        """A connection to read with."""
        reading: AbstractContextManager[Connection] = self._engine.connect()
        return reading

    def connect_texts(self) -> AbstractContextManager[Connection]:
        """A connection to read conversations with."""
        reading: AbstractContextManager[Connection] = self._texts.connect()
        return reading

    @contextmanager
    def connect_both(self) -> Iterator[tuple[Connection, Connection]]:
        """Connections to read the desk's tables and the conversations with."""
        with self.connect() as desk:
            if self._memory is None:
                yield desk, desk
                return
            with self.connect_texts() as texts:
                yield desk, texts

    @contextmanager
    def with_texts(self) -> Iterator[tuple[Connection, Connection]]:
        """A transaction over the desk's tables and the conversations: the connections to each.

        Where conversations are in memory it is two, which end together as well as two can: the
        database's is kept first, while nobody else can reach the conversations.
        """
        if self._memory is None:
            with self.begin() as connection:
                yield connection, connection
            return
        with self._writing.connect() as desk:
            transaction = desk.begin()
            with self._memory.begin() as texts:
                yield desk, texts
                transaction.commit()
