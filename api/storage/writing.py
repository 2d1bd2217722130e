"""What is added to a conversation, within a transaction of the caller's."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from api.storage import reading, tables
from api.storage.counting import insert_into
from api.storage.records import Feedback, Gone, KeyUsed, Message


class Unchanged:
    """Stands for a field that is to be left alone."""


UNCHANGED = Unchanged()


def change(connection: Connection, conversation_id: str, **values: Any) -> None:
    """Change the conversation's row, and hold it until the transaction ends; raise Gone.

    Holding it makes everybody who adds to the same conversation wait in line, also on
    PostgreSQL, and a conversation can't be erased while something is added to it.
    """
    table = tables.conversations
    done = connection.execute(table.update().where(table.c.id == conversation_id).values(**values))
    if done.rowcount == 0:
        raise Gone("the conversation is erased")


def add_message(
    connection: Connection, conversation_id: str, message: Message, now: datetime
) -> Message:
    """Store a message under the next number; raise Gone or KeyUsed."""
    change(connection, conversation_id, updated_at=now)
    return add_held(connection, conversation_id, message)


def add_held(connection: Connection, conversation_id: str, message: Message) -> Message:
    """The same in a conversation that the transaction holds already; raise KeyUsed."""
    table = tables.messages
    if message.key is not None:
        same = reading.messages(connection, conversation_id, table.c.key == message.key)
        if same:
            raise KeyUsed(same[0])
    newest = sa.select(sa.func.max(table.c.number)).where(
        table.c.conversation_id == conversation_id
    )
    number = (connection.execute(newest).scalar() or 0) + 1
    row = {**asdict(message), "number": number, "conversation_id": conversation_id}
    connection.execute(table.insert().values(row))
    return reading.messages(connection, conversation_id, table.c.number == number)[0]


def put_feedback(connection: Connection, conversation_id: str, given: Feedback) -> Feedback:
    """Keep feedback in place of any earlier on the same answer; raise Gone."""
    change(connection, conversation_id, updated_at=given.created_at)
    row = asdict(given)
    insert = insert_into(tables.feedback, connection).values(conversation_id=conversation_id, **row)
    connection.execute(
        insert.on_conflict_do_update(index_elements=["conversation_id", "number"], set_=row)
    )
    return given


def put_flag(connection: Connection, name: str, value: str) -> None:
    """Set a flag, whether it was there or not."""
    insert = insert_into(tables.flags, connection).values(name=name, value=value)
    connection.execute(insert.on_conflict_do_update(index_elements=["name"], set_={"value": value}))
