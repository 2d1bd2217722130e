"""Handing over to a person: queue, callbacks, staff, outgoing mail, audit log."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    _handoffs()
    _callbacks()
    _staff()
    _mail_and_audit()


def downgrade() -> None:
    """Take the tables away, and all that was kept with them."""
    for table in (
        *("audit", "outbox", "desk_openings", "presence", "staff_sign_ins", "staff_sessions"),
        *("staff_roles", "staff", "callback_drafts", "callbacks", "handoffs"),
    ):
        op.drop_table(table)


def _handoffs() -> None:
    """The queue."""
    op.create_table(
        "handoffs",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("conversation_id", sa.Text, nullable=False),
        sa.Column("municipality", sa.Text, nullable=False),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("subject", sa.Text),
        sa.Column("reason", sa.Text),
        sa.Column("language", sa.Text),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("danger", sa.Boolean, nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("citizen_seen_at", _MOMENT, nullable=False),
        sa.Column("claimed_by", sa.Text),
        sa.Column("claimed_at", _MOMENT),
        sa.Column("wanted_by", sa.Text),
        sa.Column("waited_seconds", sa.Integer),
        sa.Column("told_long_wait", sa.Boolean, nullable=False),
        sa.Column("outcome", sa.Text),
        sa.Column("ended_at", _MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_handoffs"),
    )
    op.create_index("ix_handoffs_conversation_id", "handoffs", ["conversation_id"])
    op.create_index("ix_handoffs_municipality_state", "handoffs", ["municipality", "state"])
    active = sa.text("ended_at IS NULL")
    op.create_index(
        "uq_handoffs_active",
        "handoffs",
        ["conversation_id"],
        unique=True,
        sqlite_where=active,
        postgresql_where=active,
    )


def _callbacks() -> None:
    """Who wants to be called."""
    op.create_table(
        "callbacks",
        sa.Column("receipt", sa.Text, nullable=False),
        sa.Column("secret_hash", sa.Text, nullable=False),
        sa.Column("key_hash", sa.Text, nullable=False),
        sa.Column("municipality", sa.Text, nullable=False),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("name", sa.Text),
        sa.Column("phone", sa.Text),
        sa.Column("about", sa.Text),
        sa.Column("language", sa.Text),
        sa.Column("due_from", _MOMENT, nullable=False),
        sa.Column("due_to", _MOMENT, nullable=False),
        sa.Column("conversation_id", sa.Text),
        sa.Column("consent_at", _MOMENT, nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("taken_by", sa.Text),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("ended_at", _MOMENT),
        sa.PrimaryKeyConstraint("receipt", name="pk_callbacks"),
        sa.UniqueConstraint("municipality", "key_hash", name="uq_callbacks_municipality_key_hash"),
    )
    op.create_index("ix_callbacks_municipality_state", "callbacks", ["municipality", "state"])
    op.create_table(
        "callback_drafts",
        sa.Column("sender", sa.Text, nullable=False),
        sa.Column("municipality", sa.Text, nullable=False),
        sa.Column("step", sa.Text, nullable=False),
        sa.Column("fields", sa.JSON, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("sender", name="pk_callback_drafts"),
    )
    op.create_index("ix_callback_drafts_changed_at", "callback_drafts", ["changed_at"])


def _staff() -> None:
    """Who may sign in, and who is there."""
    op.create_table(
        "staff",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("login", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("password_hash", sa.Text),
        sa.Column("subject", sa.Text),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("signed_in_at", _MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_staff"),
        sa.UniqueConstraint("subject", name="uq_staff_subject"),
        sa.UniqueConstraint("login", name="uq_staff_login"),
    )
    op.create_table(
        "staff_roles",
        sa.Column("staff_id", sa.Text, nullable=False),
        sa.Column("municipality", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("staff_id", "municipality", "role", name="pk_staff_roles"),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name="fk_staff_roles_staff_id", ondelete="CASCADE"
        ),
    )
    op.create_table(
        "staff_sessions",
        sa.Column("id_hash", sa.Text, nullable=False),
        sa.Column("staff_id", sa.Text, nullable=False),
        sa.Column("csrf", sa.Text, nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("seen_at", _MOMENT, nullable=False),
        sa.Column("ends_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id_hash", name="pk_staff_sessions"),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name="fk_staff_sessions_staff_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_staff_sessions_ends_at", "staff_sessions", ["ends_at"])
    op.create_table(
        "staff_sign_ins",
        sa.Column("state_hash", sa.Text, nullable=False),
        sa.Column("nonce", sa.Text, nullable=False),
        sa.Column("verifier", sa.Text, nullable=False),
        sa.Column("ends_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("state_hash", name="pk_staff_sign_ins"),
    )
    op.create_index("ix_staff_sign_ins_ends_at", "staff_sign_ins", ["ends_at"])
    op.create_table(
        "presence",
        sa.Column("staff_id", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("seen_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("staff_id", name="pk_presence"),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name="fk_presence_staff_id", ondelete="CASCADE"
        ),
    )
    op.create_table(
        "desk_openings",
        sa.Column("municipality", sa.Text, nullable=False),
        sa.Column("open_until", _MOMENT),
        sa.Column("closed_until", _MOMENT),
        sa.PrimaryKeyConstraint("municipality", name="pk_desk_openings"),
    )


def _mail_and_audit() -> None:
    """What goes out, and what was done."""
    op.create_table(
        "outbox",
        sa.Column("id", _NUMBER, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("municipality", sa.Text, nullable=False),
        sa.Column("receipt", sa.Text),
        sa.Column("message_id", sa.Text, nullable=False),
        sa.Column("recipient", sa.Text, nullable=False),
        sa.Column("reply_to", sa.Text),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("due_at", _MOMENT, nullable=False),
        sa.Column("leased_until", _MOMENT),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("problem", sa.Text),
        sa.Column("failed_at", _MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("message_id", name="uq_outbox_message_id"),
    )
    op.create_index("ix_outbox_due_at", "outbox", ["due_at"])
    op.create_table(
        "audit",
        sa.Column("id", _NUMBER, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("staff_id", sa.Text),
        sa.Column("staff_name", sa.Text),
        sa.Column("municipality", sa.Text),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("object", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )
    op.create_index("ix_audit_at", "audit", ["at"])
