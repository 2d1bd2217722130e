"""Rows of the tables as records."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from api.storage import tables
from api.storage.records import Conversation, Feedback, Message


def conversation(row: Any) -> Conversation:
    """A row of ``conversations``."""
    return Conversation(
        id=row.id,
        municipality=row.municipality,
        channel=row.channel,
        language=row.language,
        easy=row.easy,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )


def touched_since(connection: Connection, moment: datetime) -> list[Conversation]:
    """The conversations last touched since a moment, in the order in which they began."""
    table = tables.conversations
    chosen = sa.select(table).where(table.c.updated_at >= moment)
    ordered = chosen.order_by(table.c.created_at, table.c.id)
    return [conversation(row) for row in connection.execute(ordered)]


def messages(connection: Connection, conversation_id: str, *more: Any) -> list[Message]:
    """The messages of a conversation for which more holds, in order."""
    table = tables.messages
    chosen = sa.select(table).where(table.c.conversation_id == conversation_id, *more)
    return [
        Message(
            number=row.number,
            sender=row.sender,
            text=row.text,
            body=row.body,
            in_reply_to=row.in_reply_to,
            key=row.key,
            created_at=row.created_at,
        )
        for row in connection.execute(chosen.order_by(table.c.number))
    ]


def feedback(connection: Connection, conversation_id: str) -> list[Feedback]:
    """The feedback of a conversation, by the number of the answer."""
    table = tables.feedback
    chosen = sa.select(table).where(table.c.conversation_id == conversation_id)
    return [
        Feedback(number=row.number, helped=row.helped, words=row.words, created_at=row.created_at)
        for row in connection.execute(chosen.order_by(table.c.number))
    ]
