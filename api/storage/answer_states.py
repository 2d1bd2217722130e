"""What is withdrawn, flagged or was restored by hand, in the database.

``subject`` is an answer's id, ``contact:<id>`` or ``page:<id>`` of the municipality.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from api.storage.tables_improve import answer_states

Mark = Literal["withdrawn", "flagged", "restored"]


@dataclass(frozen=True, slots=True)
class AnswerState:
    """One mark. ``reason`` is plain data: why, which quotes and lines were lost, on which page."""

    municipality: str
    subject: str
    state: Mark
    reason: Mapping[str, Any]
    at: datetime
    staff_id: str | None = None


def put(connection: Connection, new: AnswerState) -> None:
    """Set a mark in place of the one that was there."""
    remove(connection, new.municipality, new.subject)
    connection.execute(
        answer_states.insert().values(
            municipality=new.municipality,
            answer=new.subject,
            state=new.state,
            reason=dict(new.reason),
            staff_id=new.staff_id,
            at=new.at,
        )
    )


def remove(connection: Connection, municipality: str, subject: str) -> bool:
    """Take a mark away; whether there was one."""
    mine = sa.and_(answer_states.c.municipality == municipality, answer_states.c.answer == subject)
    return bool(connection.execute(answer_states.delete().where(mine)).rowcount)


def find(connection: Connection, municipality: str, subject: str) -> AnswerState | None:
    """The mark of one subject."""
    found = [s for s in listed(connection, [municipality]) if s.subject == subject]
    return found[0] if found else None


def listed(
    connection: Connection, municipalities: Collection[str] | None = None
) -> list[AnswerState]:
    """All marks of some municipalities (None: of all), newest first."""
    chosen = sa.select(answer_states).order_by(answer_states.c.at.desc(), answer_states.c.answer)
    if municipalities is not None:
        chosen = chosen.where(answer_states.c.municipality.in_(municipalities))
    return [
        AnswerState(
            municipality=row["municipality"],
            subject=row["answer"],
            state=row["state"],
            reason=row["reason"],
            at=row["at"],
            staff_id=row["staff_id"],
        )
        for row in connection.execute(chosen).mappings()
    ]
