"""Where Rasa keeps conversations: its SQL tracker store, on a file that survives a restart."""

from __future__ import annotations

from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from sqlalchemy.engine.url import make_url

from api.settings import Settings


class Conversations(SQLTrackerStore):
    """Rasa's SQL store that reads a bounded history and can forget a conversation.

    Rasa reads all events of a sender for every message, which makes long conversations slow
    (RasaHQ/rasa#11828), and has no call that deletes one (#10719).
    """

    def __init__(self, domain: Domain | None, history: int, **where: Any) -> None:
        self._history = history
        super().__init__(domain, **where)

    def _event_query(
        self, session: Any, sender_id: str, fetch_events_from_all_sessions: bool
    ) -> Any:
        query = super()._event_query(session, sender_id, fetch_events_from_all_sessions)
        newest = query.order_by(None).order_by(self.SQLEvent.id.desc()).limit(self._history)
        return newest.from_self().order_by(self.SQLEvent.id)

    def forget(self, sender_id: str) -> None:
        """Delete everything that was kept of a conversation."""
        with self.session_scope() as session:
            session.query(self.SQLEvent).filter_by(sender_id=sender_id).delete()
            session.commit()


def tracker_store(settings: Settings, broker: EventBroker | None = None) -> Conversations:
    """The store that the settings name; an SQLite file by default."""
    where = settings.tracker_database
    if isinstance(where, str):
        url = make_url(where)
        return Conversations(
            Domain.empty(),
            settings.history,
            dialect=url.drivername,
            host=url.host,
            port=url.port,
            db=url.database,
            username=url.username,
            password=url.password,
            query=dict(url.query) or None,
        )
    where.parent.mkdir(parents=True, exist_ok=True)
    return Conversations(Domain.empty(), settings.history, dialect="sqlite", db=str(where))
