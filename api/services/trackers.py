"""Where Rasa keeps conversations: its SQL tracker store, beside ours in the same database."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from rasa.core.tracker_store import FailSafeTrackerStore, SQLTrackerStore, TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session, aliased, sessionmaker

from api.services.turn_rows import make_index
from api.settings import Settings
from api.storage.migrate import alone
from api.storage.store import Store, open_store

logger = logging.getLogger(__name__)


class Conversations(SQLTrackerStore):
    """Rasa's SQL store that reads a bounded history and can forget a conversation.

    Rasa reads all events of a sender for every message, which makes long conversations slow
    (RasaHQ/rasa#11828), and has no call that deletes one (#10719). Its own connections would
    also quote people's words in errors and give up on a busy SQLite file, so it gets ours.
    """

    def __init__(self, domain: Domain | None, history: int, engine: Engine) -> None:
        self._history = history
        self.engine = engine
        self.sessionmaker = sessionmaker(bind=engine)
        with alone(engine) as connection:
            self.Base.metadata.create_all(connection)
            make_index(connection)
        # Past SQLTrackerStore, which does nothing more than connect.
        TrackerStore.__init__(self, domain)

    @contextmanager
    def session_scope(self) -> Iterator[Session]:
        """A session. Rasa's own ends the whole process at any ValueError within it.

        One sender with half a surrogate pair, or with a character 0 on PostgreSQL, was enough.
        """
        with self.sessionmaker() as session:
            yield session

    def _event_query(
        self, session: Any, sender_id: str, fetch_events_from_all_sessions: bool
    ) -> Any:
        query = super()._event_query(session, sender_id, fetch_events_from_all_sessions)
        newest = query.order_by(None).order_by(self.SQLEvent.id.desc()).limit(self._history)
        event = aliased(self.SQLEvent, newest.subquery())
        return session.query(event).order_by(event.id)

    def forget(self, sender_id: str) -> None:
        """Delete everything that was kept of a conversation."""
        with self.session_scope() as session:
            session.execute(sa.delete(self.SQLEvent).where(self.SQLEvent.sender_id == sender_id))
            session.commit()


class Nowhere(TrackerStore):
    """Keeps nothing: what Rasa turns to when the database fails.

    Rasa's own choice is a store in memory that it never reads again and that nothing can erase.
    """

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Let it go; the answer is given all the same."""

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """There is nothing."""
        return None

    async def keys(self) -> list[str]:
        """There is nobody."""
        return []


def keep_only_here(wrapped: FailSafeTrackerStore) -> None:
    """See to it that a failing database makes Rasa keep nothing, and log no more than the kind."""

    def tell(error: Exception) -> None:
        logger.error("a conversation was not kept or read: %s", type(error).__name__)

    wrapped._fallback_tracker_store = Nowhere(wrapped.domain)  # noqa: SLF001
    wrapped._on_tracker_store_error = tell  # noqa: SLF001


def tracker_store(settings: Settings, store: Store | None = None) -> Conversations:
    """Rasa's store in the place where the API's store keeps its texts.

    Without one it opens the database of the settings by itself; with a retention of 0 days that
    is a memory of its own, which the API's store can't erase.
    """
    kept = store or open_store(settings)
    return Conversations(Domain.empty(), settings.history, kept.texts)
