"""Conversations, messages, feedback, counters and flags.

The columns are written out rather than taken from api.storage.tables: a revision must go on
saying what it did when the tables have changed.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "conversations",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("secret_hash", sa.Text, nullable=False),
        sa.Column("municipality", sa.Text, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("language", sa.Text),
        sa.Column("easy", sa.Boolean, nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("updated_at", _MOMENT, nullable=False),
        sa.Column("frozen", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_conversations"),
    )
    op.create_index("ix_conversations_updated_at", "conversations", ["updated_at"])
    op.create_table(
        "messages",
        sa.Column("id", _NUMBER, nullable=False),
        sa.Column("conversation_id", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("sender", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("body", sa.JSON),
        sa.Column("in_reply_to", sa.Integer),
        sa.Column("key", sa.Text),
        sa.Column("created_at", _MOMENT, nullable=False),
        *_belongs_to_a_conversation("messages", "number", "key"),
    )
    op.create_table(
        "feedback",
        sa.Column("id", _NUMBER, nullable=False),
        sa.Column("conversation_id", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("helped", sa.Boolean, nullable=False),
        sa.Column("words", sa.Text),
        sa.Column("created_at", _MOMENT, nullable=False),
        *_belongs_to_a_conversation("feedback", "number"),
    )
    op.create_table(
        "counters",
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("municipality", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("value", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("day", "municipality", "name", name="pk_counters"),
    )
    flags = op.create_table(
        "flags",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_flags"),
    )
    op.bulk_insert(flags, [{"name": "frozen", "value": "0"}])


def downgrade() -> None:
    """Take the tables away, and all that was kept with them."""
    for table in ("flags", "counters", "feedback", "messages", "conversations"):
        op.drop_table(table)


def _belongs_to_a_conversation(table: str, *unique: str) -> list[Any]:
    """Go when the conversation goes; within it, each of these is there once."""
    return [
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=f"fk_{table}_conversation_id",
            ondelete="CASCADE",
        ),
        *(
            sa.UniqueConstraint(
                "conversation_id", column, name=f"uq_{table}_conversation_id_{column}"
            )
            for column in unique
        ),
    ]
