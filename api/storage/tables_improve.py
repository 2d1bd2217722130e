"""The tables of testing and improving: change sets, review, answers withdrawn, pages read in.

Always in the database, as the desk's. No personal data: what people wrote is masked before it
comes here, and kept only where an editor was asked to answer it.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from api.storage.tables import JSON, Moment, Words, metadata

change_sets = sa.Table(
    "change_sets",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("municipality", sa.Text, nullable=False, index=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("title", Words, nullable=False),
    sa.Column("about", JSON, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("created_by", sa.Text),
    sa.Column("created_name", Words),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("changed_at", Moment, nullable=False),
)
"""What somebody wants to change: ``proposed``, ``applied`` or ``dropped``."""

change_files = sa.Table(
    "change_files",
    metadata,
    sa.Column(
        "set_id", sa.Text, sa.ForeignKey("change_sets.id", ondelete="CASCADE"), primary_key=True
    ),
    sa.Column("path", sa.Text, primary_key=True),
    sa.Column("before", Words),
    sa.Column("after", Words),
)
"""Each file of a change set as it was and as it is to be; None: there is no such file."""

review_marks = sa.Table(
    "review_marks",
    metadata,
    sa.Column("municipality", sa.Text, primary_key=True),
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("question", Words),
    sa.Column("note", Words),
    sa.Column("change_set", sa.Text),
    sa.Column("staff_id", sa.Text),
    sa.Column("at", Moment, nullable=False, index=True),
)
"""What was decided of a question; ``key`` is a hash of its folded words."""

answer_states = sa.Table(
    "answer_states",
    metadata,
    sa.Column("municipality", sa.Text, primary_key=True),
    sa.Column("answer", sa.Text, primary_key=True),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("reason", JSON, nullable=False),
    sa.Column("staff_id", sa.Text),
    sa.Column("at", Moment, nullable=False),
)
"""Answers that are withdrawn or flagged while the assistant runs."""

imports = sa.Table(
    "imports",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("municipality", sa.Text, nullable=False, index=True),
    sa.Column("page", sa.Text, nullable=False),
    sa.Column("title", Words, nullable=False),
    sa.Column("source", Words, nullable=False),
    sa.Column("read_at", Moment, nullable=False),
    sa.Column("text", Words, nullable=False),
    sa.Column("found", JSON, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("created_by", sa.Text),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("changed_at", Moment, nullable=False),
)
"""Pages that were read in, with the drafts that a person has yet to accept or reject."""

IMPROVE: list[Any] = [change_sets, change_files, review_marks, answer_states, imports]
