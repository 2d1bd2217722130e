"""The tables of our own, beside Rasa's ``events`` in the same database.

Any change here needs a revision in api/storage/migrations/versions; a test compares the two.
"""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

import sqlalchemy as sa

# Names for every constraint, or SQLite could never change one.
metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(sa.types.TypeDecorator):
    """An aware time in UTC, also on SQLite, which forgets the zone."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        """UTC; a naive time is a mistake of the caller, since nobody knows its zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time to store must tell its zone")
        moment = value.astimezone(timezone.utc)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        """The same moment, aware."""
        if value is None:
            return None
        aware = value if value.tzinfo else value.replace(tzinfo=timezone.utc)
        return aware.astimezone(timezone.utc)


class Words(sa.types.TypeDecorator):
    """Text from outside: what no database can hold is left out rather than failing the request.

    PostgreSQL refuses the character 0, and half a surrogate pair, which JSON may carry, has no
    UTF-8 form at all.
    """

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Any) -> str | None:
        """The text without such characters."""
        if value is None:
            return None
        return value.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")  # only Integer counts up on SQLite
JSON = sa.JSON(none_as_null=True)


def _of_conversation() -> sa.Column[Any]:
    return sa.Column(
        "conversation_id",
        sa.Text,
        sa.ForeignKey("conversations.id", ondelete="CASCADE"),
        nullable=False,
    )


conversations = sa.Table(
    "conversations",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("secret_hash", sa.Text, nullable=False),
    sa.Column("municipality", sa.Text, nullable=False),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("language", sa.Text),
    sa.Column("easy", sa.Boolean, nullable=False),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("updated_at", Moment, nullable=False, index=True),
    sa.Column("frozen", sa.Boolean, nullable=False),
)

messages = sa.Table(
    "messages",
    metadata,
    sa.Column("id", NUMBER, primary_key=True),
    _of_conversation(),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("sender", sa.Text, nullable=False),
    sa.Column("text", Words, nullable=False),
    sa.Column("body", JSON),
    sa.Column("in_reply_to", sa.Integer),
    sa.Column("key", Words),
    sa.Column("created_at", Moment, nullable=False),
    sa.UniqueConstraint("conversation_id", "number"),
    sa.UniqueConstraint("conversation_id", "key"),
)

feedback = sa.Table(
    "feedback",
    metadata,
    sa.Column("id", NUMBER, primary_key=True),
    _of_conversation(),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("helped", sa.Boolean, nullable=False),
    sa.Column("words", Words),
    sa.Column("created_at", Moment, nullable=False),
    sa.UniqueConstraint("conversation_id", "number"),
)

counters = sa.Table(
    "counters",
    metadata,
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("municipality", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.Integer, nullable=False),
)

flags = sa.Table(
    "flags",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)

FROZEN = "frozen"
"""The flag that stops deletion: "1" or "0". Its row is always there, so that it can be locked."""

WRITTEN = "written"
"""The flag that is written to see whether anything can be: the moment at which it was."""

RASA_EVENTS = "events"

# Rasa makes this table itself; these are the columns that deletion and export need.
events = sa.Table(
    RASA_EVENTS,
    sa.MetaData(),
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("sender_id", sa.String(255)),
    sa.Column("timestamp", sa.Float),
    sa.Column("data", sa.Text),
)
