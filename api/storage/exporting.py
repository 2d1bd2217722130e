"""Everything that is kept of one conversation, for the person it is about or for a request."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from api.storage import reading
from api.storage.deletion import has_events
from api.storage.tables import conversations, events
from api.storage.tables_desk import callbacks, handoffs

_SECRET = ("secret_hash", "key_hash")


def everything(
    connection: Connection, desk: Connection, conversation_id: str
) -> dict[str, Any] | None:
    """The conversation as JSON; a sender of Rasa's REST contract has only events.

    ``desk`` is the connection to what is in the database whatever the retention.
    """
    chosen = sa.select(conversations).where(conversations.c.id == conversation_id)
    row = connection.execute(chosen).first()
    kept = _events(connection, conversation_id)
    if row is None and not kept:
        return None
    return {
        "id": conversation_id,
        "conversation": row and _plain(asdict(reading.conversation(row)), frozen=row.frozen),
        "messages": [_plain(asdict(m)) for m in reading.messages(connection, conversation_id)],
        "feedback": [_plain(asdict(f)) for f in reading.feedback(connection, conversation_id)],
        "handoffs": _of_conversation(desk, handoffs, conversation_id),
        "callbacks": _of_conversation(desk, callbacks, conversation_id),
        "rasa_events": kept,
    }


def _of_conversation(
    desk: Connection, table: sa.Table, conversation_id: str
) -> list[dict[str, Any]]:
    """What the desk keeps of it; hashes of secrets tell nobody anything."""
    chosen = sa.select(table).where(table.c.conversation_id == conversation_id)
    rows = desk.execute(chosen.order_by(table.c.created_at)).mappings()
    return [_plain({k: v for k, v in row.items() if k not in _SECRET}) for row in rows]


def _events(connection: Connection, sender: str) -> list[Any]:
    if not has_events(connection):
        return []
    chosen = sa.select(events.c.data).where(events.c.sender_id == sender).order_by(events.c.id)
    return [json.loads(row.data) for row in connection.execute(chosen)]


def _plain(record: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        k: v.isoformat() if isinstance(v, datetime) else v for k, v in {**record, **more}.items()
    }
