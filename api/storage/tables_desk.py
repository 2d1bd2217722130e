"""The tables of handing over to a person: queue, callbacks, staff, outgoing mail, audit log.

They are always in the database, also when conversations are only in memory: a promise to call
somebody back outlives the process. So nothing here refers to ``conversations`` by a foreign key.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from api.storage.tables import JSON, NUMBER, Moment, Words, metadata

handoffs = sa.Table(
    "handoffs",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("conversation_id", sa.Text, nullable=False, index=True),
    sa.Column("municipality", sa.Text, nullable=False),
    sa.Column("unit", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("subject", Words),
    sa.Column("reason", sa.Text),
    sa.Column("language", sa.Text),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("danger", sa.Boolean, nullable=False),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("changed_at", Moment, nullable=False),
    sa.Column("citizen_seen_at", Moment, nullable=False),
    sa.Column("claimed_by", sa.Text),
    sa.Column("claimed_at", Moment),
    sa.Column("wanted_by", sa.Text),
    sa.Column("waited_seconds", sa.Integer),
    sa.Column("told_long_wait", sa.Boolean, nullable=False),
    sa.Column("outcome", sa.Text),
    sa.Column("ended_at", Moment),
    sa.Index("ix_handoffs_municipality_state", "municipality", "state"),
    # Nobody waits twice, also when two tabs ask at once.
    sa.Index(
        "uq_handoffs_active",
        "conversation_id",
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    ),
)
"""One stay in the queue of a desk, and the talk that follows. No personal data."""

callbacks = sa.Table(
    "callbacks",
    metadata,
    sa.Column("receipt", sa.Text, primary_key=True),
    sa.Column("secret_hash", sa.Text, nullable=False),
    sa.Column("key_hash", sa.Text, nullable=False),
    sa.Column("municipality", sa.Text, nullable=False),
    sa.Column("unit", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("name", Words),
    sa.Column("phone", Words),
    sa.Column("about", Words),
    sa.Column("language", sa.Text),
    sa.Column("due_from", Moment, nullable=False),
    sa.Column("due_to", Moment, nullable=False),
    sa.Column("conversation_id", sa.Text),
    sa.Column("consent_at", Moment, nullable=False),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("changed_at", Moment, nullable=False),
    sa.Column("taken_by", sa.Text),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("ended_at", Moment),
    sa.UniqueConstraint("municipality", "key_hash"),
    sa.Index("ix_callbacks_municipality_state", "municipality", "state"),
)
"""Who wants to be called: the only place where a name and a number of a citizen are kept."""

callback_drafts = sa.Table(
    "callback_drafts",
    metadata,
    sa.Column("sender", sa.Text, primary_key=True),
    sa.Column("municipality", sa.Text, nullable=False),
    sa.Column("step", sa.Text, nullable=False),
    sa.Column("fields", JSON, nullable=False),
    sa.Column("changed_at", Moment, nullable=False, index=True),
)
"""A callback that is being asked for in the chat, field by field; gone when it is sent."""

staff = sa.Table(
    "staff",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("login", Words, nullable=False, unique=True),
    sa.Column("name", Words, nullable=False),
    sa.Column("password_hash", sa.Text),
    sa.Column("subject", Words, unique=True),
    sa.Column("active", sa.Boolean, nullable=False),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("signed_in_at", Moment),
)
"""Somebody who may sign in: with a password of ours, or as the provider's ``subject``."""

staff_roles = sa.Table(
    "staff_roles",
    metadata,
    sa.Column("staff_id", sa.Text, sa.ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("municipality", sa.Text, primary_key=True),
    sa.Column("role", sa.Text, primary_key=True),
)

staff_sessions = sa.Table(
    "staff_sessions",
    metadata,
    sa.Column("id_hash", sa.Text, primary_key=True),
    sa.Column("staff_id", sa.Text, sa.ForeignKey("staff.id", ondelete="CASCADE"), nullable=False),
    sa.Column("csrf", sa.Text, nullable=False),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("seen_at", Moment, nullable=False),
    sa.Column("ends_at", Moment, nullable=False, index=True),
)

staff_sign_ins = sa.Table(
    "staff_sign_ins",
    metadata,
    sa.Column("state_hash", sa.Text, primary_key=True),
    sa.Column("nonce", sa.Text, nullable=False),
    sa.Column("verifier", sa.Text, nullable=False),
    sa.Column("ends_at", Moment, nullable=False, index=True),
)
"""Sign-ins through the provider that have begun. Each is used once, within minutes."""

presence = sa.Table(
    "presence",
    metadata,
    sa.Column("staff_id", sa.Text, sa.ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("seen_at", Moment, nullable=False),
)
"""Whether somebody is at the desk: ``here``, ``break`` or ``away``, and when last seen."""

desk_openings = sa.Table(
    "desk_openings",
    metadata,
    sa.Column("municipality", sa.Text, primary_key=True),
    sa.Column("open_until", Moment),
    sa.Column("closed_until", Moment),
)
"""What somebody at the desk set for today, above the hours: open longer, or closed early."""

outbox = sa.Table(
    "outbox",
    metadata,
    sa.Column("id", NUMBER, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("municipality", sa.Text, nullable=False),
    sa.Column("receipt", sa.Text),
    sa.Column("message_id", sa.Text, nullable=False, unique=True),
    sa.Column("recipient", Words, nullable=False),
    sa.Column("reply_to", Words),
    sa.Column("subject", Words, nullable=False),
    sa.Column("body", Words, nullable=False),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("due_at", Moment, nullable=False, index=True),
    sa.Column("leased_until", Moment),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("problem", sa.Text),
    sa.Column("failed_at", Moment),
)
"""Mail that is to go out. A row is deleted when the mail server has taken it."""

audit = sa.Table(
    "audit",
    metadata,
    sa.Column("id", NUMBER, primary_key=True),
    sa.Column("at", Moment, nullable=False, index=True),
    sa.Column("staff_id", sa.Text),
    sa.Column("staff_name", Words),
    sa.Column("municipality", sa.Text),
    sa.Column("action", sa.Text, nullable=False),
    sa.Column("object", sa.Text),
)
"""Who saw and did what. Ids and receipts only, no names of citizens and no texts."""

DESK: list[Any] = [
    *(handoffs, callbacks, callback_drafts, staff, staff_roles, staff_sessions),
    *(staff_sign_ins, presence, desk_openings, outbox, audit),
]
