"""What was asked and how it was answered, read from conversations where they are kept.

Nothing is copied: when a conversation is erased, its questions are gone from here too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from api.storage.tables import conversations, feedback, messages


@dataclass(frozen=True, slots=True)
class Asked:
    """A message, masked, with the kind of reply that it got and what was said of the reply."""

    question: str
    kind: str
    answer: str | None
    topic: str | None
    at: datetime
    helped: bool | None
    words: str | None


def answers_to(question: sa.sql.FromClause, reply: sa.sql.FromClause) -> sa.sql.FromClause:
    """Replies with their conversations, the messages that they answer, and the feedback on them.

    ``question`` and ``reply`` are aliases of ``messages``.
    """
    return (
        reply.join(conversations, conversations.c.id == reply.c.conversation_id)
        .join(
            question,
            sa.and_(
                question.c.conversation_id == reply.c.conversation_id,
                question.c.number == reply.c.in_reply_to,
            ),
        )
        .outerjoin(
            feedback,
            sa.and_(
                feedback.c.conversation_id == reply.c.conversation_id,
                feedback.c.number == reply.c.number,
            ),
        )
    )


def asked_since(
    connection: Connection, municipality: str, since: datetime, most: int
) -> list[Asked]:
    """The newest questions on a municipality's own pages, newest first."""
    reply, question = messages.alias("reply"), messages.alias("question")
    custom = reply.c.body["custom"]
    chosen = (
        sa.select(
            question.c.text,
            custom["kind"].as_string().label("kind"),
            custom["answer"].as_string().label("answer"),
            reply.c.body[("custom", "understood", "topic")].as_string().label("topic"),
            reply.c.created_at,
            feedback.c.helped,
            feedback.c.words,
        )
        .select_from(answers_to(question, reply))
        .where(
            conversations.c.municipality == municipality,
            reply.c.sender == "assistant",
            reply.c.created_at >= since,
            question.c.sender == "citizen",
        )
        .order_by(reply.c.created_at.desc(), reply.c.id.desc())
        .limit(most)
    )
    return [
        Asked(r.text, r.kind or "", r.answer, r.topic, r.created_at, r.helped, r.words)
        for r in connection.execute(chosen)
    ]
