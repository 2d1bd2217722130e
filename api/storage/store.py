"""The store: what the API keeps of conversations, and what it reads and deletes.

Texts and figures may be two databases: with a retention of 0 days the texts are in this
process's memory, and the database gets nothing but counters and the freeze.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from api.settings import Settings
from api.settings_desk import DeskSettings
from api.storage import counting, deletion, desk_purge, exporting, health, reading, writing
from api.storage.desk_store import DeskStore
from api.storage.engines import WRITES, database_engine, empty_log, memory_engine
from api.storage.migrate import upgrade
from api.storage.records import Conversation, Feedback, Frozen, Gone, Message, Sender
from api.storage.tables import conversations
from api.storage.tables import messages as message_table
from api.storage.writing import UNCHANGED, Unchanged

IDLE = timedelta(hours=2)
"""How long a conversation that is only in memory waits for its next message."""

_OUR_ID = re.compile(r"[A-Za-z0-9_-]{22}")


class Store:
    """All methods block: call them in a thread."""

    def __init__(
        self,
        database: Engine,
        memory: Engine | None = None,
        desk: DeskSettings | None = None,
    ) -> None:
        self._database = database.execution_options(**WRITES)
        self._memory = memory.execution_options(**WRITES) if memory else None
        self._reading = memory or database
        self._desk = DeskStore(database, self._memory)
        self._desk_settings = desk or DeskSettings()

    @property
    def texts(self) -> Engine:
        """Where texts are kept, for Rasa's events to be kept there too."""
        return self._memory or self._database

    @property
    def desk(self) -> DeskStore:
        """What the staff desk keeps, in the database whatever the retention."""
        return self._desk

    def create(
        self, municipality: str, channel: str, language: str | None, easy: bool, now: datetime
    ) -> tuple[Conversation, str]:
        """A new conversation and its secret, of which only a hash is kept."""
        secret = secrets.token_urlsafe(32)
        new = Conversation(
            secrets.token_urlsafe(16), municipality, channel, language, easy, now, now
        )
        with self.texts.begin() as connection:
            row = {column.name: getattr(new, column.name, None) for column in conversations.c}
            row.update(secret_hash=_hash(secret), frozen=False)
            connection.execute(conversations.insert().values(row))
        return new, secret

    def find(self, conversation_id: str, secret: str) -> Conversation | None:
        """The conversation, if there is one and the secret is its own."""
        if not _OUR_ID.fullmatch(conversation_id):
            return None  # PostgreSQL would refuse some of what an address may hold
        with self._reading.connect() as connection:
            mine = sa.select(conversations).where(conversations.c.id == conversation_id)
            row = connection.execute(mine).first()
        # An unknown id takes as long as a wrong secret.
        same = hmac.compare_digest(_hash(secret), row.secret_hash if row else _hash(""))
        return reading.conversation(row) if row and same else None

    def update(
        self,
        conversation_id: str,
        *,
        language: str | Unchanged | None = UNCHANGED,
        easy: bool | Unchanged = UNCHANGED,
    ) -> None:
        """Change what is given; raise Gone."""
        given = {"language": language, "easy": easy}
        values = {k: v for k, v in given.items() if not isinstance(v, Unchanged)}
        if values:
            with self.texts.begin() as connection:
                writing.change(connection, conversation_id, **values)

    def add(
        self,
        conversation_id: str,
        sender: Sender,
        text: str,
        now: datetime,
        *,
        body: dict[str, Any] | None = None,
        in_reply_to: int | None = None,
        key: str | None = None,
    ) -> Message:
        """Store the next message; raise KeyUsed or Gone."""
        message = Message(0, sender, text, body, in_reply_to, key, now)
        try:
            with self.texts.begin() as connection:
                return writing.add_message(connection, conversation_id, message, now)
        except Gone:
            self._forget_again(conversation_id)
            raise

    def messages(self, conversation_id: str, after: int = 0) -> list[Message]:
        """The messages with a higher number than this, in order."""
        newer = message_table.c.number > after
        with self._reading.connect() as connection:
            return reading.messages(connection, conversation_id, newer)

    def replies_to(self, conversation_id: str, number: int) -> list[Message]:
        """The replies to one message, in order."""
        replies = message_table.c.in_reply_to == number
        with self._reading.connect() as connection:
            return reading.messages(connection, conversation_id, replies)

    def give_feedback(
        self, conversation_id: str, number: int, helped: bool, words: str | None, now: datetime
    ) -> Feedback:
        """Keep feedback on one answer in place of any earlier; raise Gone."""
        given = Feedback(number, helped, words, now)
        with self.texts.begin() as connection:
            return writing.put_feedback(connection, conversation_id, given)

    def feedback(self, conversation_id: str) -> list[Feedback]:
        """The feedback given, by the number of the answer."""
        with self._reading.connect() as connection:
            return reading.feedback(connection, conversation_id)

    def erase(self, conversation_id: str) -> None:
        """Delete the conversation with all that Rasa keeps of it; raise Frozen."""
        with self._deleting(self.texts) as connection:
            deletion.erase_one(connection, conversation_id)
        empty_log(self._database)

    def count(self, counts: Mapping[tuple[date, str, str], int]) -> None:
        """Add to counters by day, municipality and name: all of them or none."""
        with self._database.begin() as connection:
            counting.add(connection, counts)

    def counters(self, since: date) -> list[tuple[date, str, str, int]]:
        """Day, municipality, name and value, from this day on."""
        with self._database.connect() as connection:
            return counting.since(connection, since)

    def purge(self, now: datetime, days: int) -> int:
        """Delete what was last touched before these days; how many conversations lost something.

        What is in memory goes when it has been idle, and 0 days leaves no conversation in the
        database. What the desk keeps goes by times of its own.
        """
        in_database = partial(self._deleting, self._database)
        gone = deletion.purge(in_database, now - timedelta(days=days))
        if self._memory:
            gone += deletion.purge(partial(self._deleting, self._memory), now - IDLE)
        if desk_purge.purge(in_database, now, days, self._desk_settings) or gone:
            empty_log(self._database)
        return gone

    def purge_left(self, now: datetime) -> set[str]:
        """Delete what was left at kiosks whose pages died; the ids of those conversations."""
        gone = deletion.purge_left(partial(self._deleting, self.texts), now)
        if gone:
            empty_log(self._database)
        return gone

    def freeze(self, on: bool, conversation_id: str | None = None) -> None:
        """Stop all deletion, or that of one conversation (raise Gone); or allow it again."""
        if conversation_id is None:
            with self._database.begin() as connection:
                deletion.freeze_all(connection, on)
        else:
            with self.texts.begin() as connection:
                deletion.freeze_one(connection, conversation_id, on)

    def frozen(self) -> bool:
        """Whether all deletion is stopped."""
        with self._database.connect() as connection:
            return deletion.is_frozen(connection)

    def export(self, conversation_id: str) -> dict[str, Any] | None:
        """Everything kept of a conversation, ready for JSON."""
        with self._reading.connect() as connection, self._desk.connect() as desk:
            return exporting.everything(connection, desk, conversation_id)

    def problem(self, now: datetime) -> str | None:
        """What is wrong with the database, if anything: it is away, or nothing can be written."""
        return health.problem(self._database, now)

    def close(self) -> None:
        """Let go of the connections, and of what is in memory."""
        for engine in filter(None, (self._database, self._memory)):
            engine.dispose()

    @contextmanager
    def _deleting(self, engine: Engine) -> Iterator[Connection]:
        """A transaction in which things may be deleted; raise Frozen."""
        with self._database.begin() as guard:
            if deletion.is_frozen(guard, hold=True):
                raise Frozen("deletion is stopped")
            if engine is self._database:
                yield guard
            else:
                with engine.begin() as connection:
                    yield connection

    def _forget_again(self, conversation_id: str) -> None:
        """Delete what Rasa wrote while it answered a conversation that was erased meanwhile."""
        with suppress(Frozen), self._deleting(self.texts) as connection:
            deletion.forget_senders(connection, [conversation_id])


def open_store(settings: Settings) -> Store:
    """Bring the database up to date and open it; raise StorageError."""
    database = database_engine(settings)
    upgrade(database)
    if settings.retention_days > 0:
        return Store(database, desk=settings.desk)
    memory = memory_engine()
    upgrade(memory)
    return Store(database, memory, settings.desk)


def _hash(secret: str) -> str:
    """The secret is 256 random bits: no salt and no slow hash would make it harder to guess."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
