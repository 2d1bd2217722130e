"""What a turn reads of a conversation and adds to it, in the rows of Rasa's SQL tracker store.

Rasa makes an object of every event of a conversation for each message, replays them, and reads
them all once more to count them before it saves. The dialogue needs the newest value of each
slot only: one query reads those, and one statement adds what a turn adds (docs/adr/0017). The
rows are Rasa's own, so that either way goes on where the other stopped.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.events import ActiveLoop, Event, SessionStarted, SlotSet, UserUttered
from sqlalchemy.engine import Engine

EVENTS: sa.Table = SQLTrackerStore.SQLEvent.__table__
NEWEST_FIRST = "ix_events_newest_first"
_INERT = frozenset({"action", "bot", "user", "user_featurization", "slot", "active_loop"})
"""Kinds of events that leave everything else as it is."""


@dataclass(slots=True)
class Recalled:
    """What is known of a conversation. ``plain``: nothing in it but questions and answers."""

    slots: dict[str, Any] = field(default_factory=dict)
    plain: bool = True
    new_session: bool = True


class TurnRows:
    """Reads and adds rows of a conversation."""

    def __init__(self, engine: Engine, history: int, session_minutes: float) -> None:
        """``history`` newest rows are read; a session ends so many minutes after a message."""
        self._reading = engine.execution_options(writes=False)
        self._writing = engine.execution_options(writes=True)
        self._session_seconds = session_minutes * 60
        # Built once: building a statement takes as long as running it.
        self._newest = _newest(history)
        self._insert = EVENTS.insert()

    def recall(self, sender: str) -> Recalled:
        """The slots of the running session, newest values first found."""
        with self._reading.connect() as connection:
            rows = connection.execute(self._newest, {"sender": sender}).all()
        return self._recalled(rows)

    def _recalled(self, rows: Sequence[Any]) -> Recalled:
        found = Recalled(new_session=not rows)
        loop_known = heard = False
        for kind, name, timestamp, data in rows:
            if kind == SessionStarted.type_name:
                break
            if kind not in _INERT:
                found.plain = False
            elif kind == SlotSet.type_name and name not in found.slots:
                found.slots[name] = json.loads(data).get("value")
            elif kind == ActiveLoop.type_name and not loop_known:
                loop_known = True
                found.plain = found.plain and name is None
            elif kind == UserUttered.type_name and not heard:
                heard = True
                if self._is_over(timestamp):
                    return Recalled()
        return found

    def _is_over(self, last_heard: float) -> bool:
        seconds = self._session_seconds
        return seconds > 0 and time.time() - last_heard > seconds

    def keep(self, sender: str, events: Iterable[Event]) -> None:
        """Add the events of one turn, in order."""
        rows = []
        for event in events:
            data = event.as_dict()
            intent = data.get("parse_data", {}).get("intent", {}).get("name")
            rows.append(
                {
                    "sender_id": sender,
                    "type_name": event.type_name,
                    "timestamp": data.get("timestamp"),
                    "intent_name": intent,
                    "action_name": data.get("name"),
                    "data": json.dumps(data),
                }
            )
        with self._writing.begin() as connection:
            connection.execute(self._insert, rows)


def _newest(history: int) -> sa.sql.Select:
    """The newest rows of ``:sender``, newest first, with the data of those that set a slot."""
    columns = (EVENTS.c.type_name, EVENTS.c.action_name, EVENTS.c.timestamp)
    data = sa.case((EVENTS.c.type_name == SlotSet.type_name, EVENTS.c.data)).label("data")
    return (
        sa.select(*columns, data)
        .where(EVENTS.c.sender_id == sa.bindparam("sender"))
        .order_by(EVENTS.c.id.desc())
        .limit(history)
    )


def make_index(connection: sa.engine.Connection) -> None:
    """An index that finds the newest rows of a conversation, however long it is."""
    connection.execute(
        sa.text(f"CREATE INDEX IF NOT EXISTS {NEWEST_FIRST} ON events (sender_id, id)")
    )
