"""Testing and improving: change sets, review, answers withdrawn, pages read in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_MOMENT = sa.DateTime(timezone=True)
_JSON = sa.JSON(none_as_null=True)


def upgrade() -> None:
    """Make the tables."""
    _changes()
    _review()
    _pages()


def downgrade() -> None:
    """Take the tables away, and all that was kept with them."""
    for table in ("imports", "answer_states", "review_marks", "change_files", "change_sets"):
        op.drop_table(table)


def _changes() -> None:
    op.create_table(
        "change_sets",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("municipality", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("about", _JSON, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("created_by", sa.Text),
        sa.Column("created_name", sa.Text),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_change_sets"),
    )
    op.create_index("ix_change_sets_municipality", "change_sets", ["municipality"])
    op.create_table(
        "change_files",
        sa.Column("set_id", sa.Text, nullable=False),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("before", sa.Text),
        sa.Column("after", sa.Text),
        sa.PrimaryKeyConstraint("set_id", "path", name="pk_change_files"),
        sa.ForeignKeyConstraint(
            ["set_id"], ["change_sets.id"], ondelete="CASCADE", name="fk_change_files_set_id"
        ),
    )


def _review() -> None:
    op.create_table(
        "review_marks",
        sa.Column("municipality", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("question", sa.Text),
        sa.Column("note", sa.Text),
        sa.Column("change_set", sa.Text),
        sa.Column("staff_id", sa.Text),
        sa.Column("at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("municipality", "key", name="pk_review_marks"),
    )
    op.create_index("ix_review_marks_at", "review_marks", ["at"])


def _pages() -> None:
    op.create_table(
        "answer_states",
        sa.Column("municipality", sa.Text, nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("reason", _JSON, nullable=False),
        sa.Column("staff_id", sa.Text),
        sa.Column("at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("municipality", "answer", name="pk_answer_states"),
    )
    op.create_table(
        "imports",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("municipality", sa.Text, nullable=False),
        sa.Column("page", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("read_at", _MOMENT, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("found", _JSON, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("created_by", sa.Text),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_imports"),
    )
    op.create_index("ix_imports_municipality", "imports", ["municipality"])
