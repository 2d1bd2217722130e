"""Taking away what was kept, Rasa's part too, unless deletion is frozen.

The functions work within a transaction of the caller's, so that a freeze and a deletion can't
pass each other: who deletes holds the flag's row shared, who freezes changes it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from functools import partial

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from api.storage.records import Frozen, Gone
from api.storage.tables import FROZEN, RASA_EVENTS, conversations, events, flags

BATCH = 200
"""Conversations, or events, in one transaction: short enough that an answer hardly waits."""

LEFT = timedelta(minutes=15)
"""How long a conversation at a kiosk waits: far longer than its page does for a touch."""

Deleting = Callable[[], AbstractContextManager[Connection]]
"""Begins a transaction in which things may be deleted; raises Frozen when they may not."""

Batch = Callable[[Connection, datetime], list[str]]
"""Deletes some of what is too old, and tells whose it was."""


def is_frozen(connection: Connection, *, hold: bool = False) -> bool:
    """Whether deletion is stopped; with ``hold`` it stays so until the transaction ends."""
    chosen = sa.select(flags.c.value).where(flags.c.name == FROZEN)
    if hold:
        chosen = chosen.with_for_update(read=True)
    return bool(connection.execute(chosen).scalar() == "1")


def freeze_all(connection: Connection, on: bool) -> None:
    """Stop all deletion, or allow it again."""
    connection.execute(
        flags.update().where(flags.c.name == FROZEN).values(value="1" if on else "0")
    )


def freeze_one(connection: Connection, conversation_id: str, on: bool) -> None:
    """Stop the deletion of one conversation, or allow it again; raise Gone."""
    change = conversations.update().where(conversations.c.id == conversation_id)
    if connection.execute(change.values(frozen=on)).rowcount == 0:
        raise Gone("there is no such conversation")


def erase_one(connection: Connection, conversation_id: str) -> None:
    """Delete a conversation; raise Frozen. One that is not there is no error."""
    mine = conversations.c.id == conversation_id
    row = connection.execute(sa.select(conversations.c.frozen).where(mine).with_for_update())
    if row.scalar():
        raise Frozen("this conversation is kept")
    connection.execute(conversations.delete().where(mine))
    forget_senders(connection, [conversation_id])


def forget_senders(connection: Connection, senders: list[str]) -> None:
    """Delete what Rasa keeps of these senders."""
    if has_events(connection):
        connection.execute(events.delete().where(events.c.sender_id.in_(senders)))


def has_events(connection: Connection) -> bool:
    """Whether Rasa has made its table here."""
    return bool(sa.inspect(connection).has_table(RASA_EVENTS))


def purge(deleting: Deleting, before: datetime) -> int:
    """Delete all that was last touched before a moment; how many senders lost something."""
    return len(_in_batches(deleting, before, purge_conversations, purge_events))


def purge_left(deleting: Deleting, now: datetime) -> set[str]:
    """Delete the conversations that kiosks have left; their ids."""
    return _in_batches(deleting, now - LEFT, partial(purge_conversations, channel="kiosk"))


def _in_batches(deleting: Deleting, before: datetime, *batches: Batch) -> set[str]:
    gone: set[str] = set()
    for purge_batch in batches:
        found = ["the first"]
        while found:
            try:
                with deleting() as connection:
                    found = purge_batch(connection, before)
            except Frozen:
                return gone
            gone.update(found)
    return gone


def purge_conversations(
    connection: Connection, before: datetime, channel: str | None = None
) -> list[str]:
    """Delete a batch of conversations last touched before a moment; their ids."""
    one_channel = conversations.c.channel == channel if channel else sa.true()
    chosen = (
        sa.select(conversations.c.id)
        .where(conversations.c.updated_at < before, ~conversations.c.frozen, one_channel)
        .order_by(conversations.c.updated_at)
        .limit(BATCH)
        # Another process may be purging, or a citizen may be writing in one of them.
        .with_for_update(skip_locked=True)
    )
    found = [row.id for row in connection.execute(chosen)]
    if found:
        connection.execute(conversations.delete().where(conversations.c.id.in_(found)))
        forget_senders(connection, found)
    return found


def purge_events(connection: Connection, before: datetime) -> list[str]:
    """Delete a batch of old events whose sender has no conversation; their senders.

    They come from Rasa's REST contract, where one sender may go on for years: so each event has
    its own age. Rasa reads the newest ones, and every action sets every slot anew.
    """
    if not has_events(connection):
        return []
    chosen = (
        sa.select(events.c.id, events.c.sender_id)
        .where(
            events.c.timestamp < before.timestamp(),
            ~sa.exists().where(conversations.c.id == events.c.sender_id),
        )
        .order_by(events.c.id)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )
    found = connection.execute(chosen).all()
    if found:
        connection.execute(events.delete().where(events.c.id.in_([row.id for row in found])))
    return [row.sender_id for row in found]
