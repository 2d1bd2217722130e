"""Questions that staff review, read out of the stored conversations, and what was decided of them.

Nothing is copied: a conversation that is erased takes its questions with it. Only a question that
somebody chose (as an example, or for an editor to answer) is kept beside its mark for a while.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from api.storage.asked import answers_to
from api.storage.counting import insert_into
from api.storage.tables import conversations, feedback, flags, messages
from api.storage.tables_improve import change_sets, review_marks

MISSED: Final = ("not_defined", "passage", "clarify", "out_of_scope")
"""Kinds of reply that leave a question without an answer."""

CRISIS: Final = "crisis"
LOW: Final = 0.4
"""Below it an answer is looked at. On tests/suites 5 % of the answers are, and a wrong one is
four times as common among them."""

_REPLIES: Final = 2
"""Replies to a message, at most, on an average."""

KEPT: Final = timedelta(days=90)
"""How long a mark is kept."""

PICKED, ASKED, ANSWERED, HIDDEN = "picked", "asked", "answered", "hidden"
ADDED, OUTSIDE = "added", "out_of_scope"


@dataclass(frozen=True, slots=True)
class Question:
    """A citizen's masked words, and what became of them. ``words`` came with the feedback."""

    conversation: str
    number: int
    text: str
    at: datetime
    language: str | None
    kind: str | None
    answer: str | None
    topic: str | None
    confidence: float | None
    helped: bool | None
    words: str | None


@dataclass(frozen=True, slots=True)
class Mark:
    """What was decided of a question, and how its change set stands, where it has one."""

    key: str
    state: str
    question: str | None
    note: str | None
    change_set: str | None
    staff_id: str | None
    at: datetime
    set_state: str | None = None
    set_changed_at: datetime | None = None

    def covers(self, asked_at: datetime) -> bool:
        """Whether a question of that moment needs no review any more.

        What was dropped is open again, and so is what goes wrong after the change was made.
        """
        if self.state == ANSWERED:
            return asked_at <= self.at
        if self.state in {ADDED, OUTSIDE}:
            if self.set_state == "applied" and self.set_changed_at is not None:
                return asked_at <= self.set_changed_at
            return self.set_state != "dropped"
        return True


def questions(texts: Connection, municipality: str, since: datetime, most: int) -> list[Question]:
    """The newest questions that were missed, rated badly or answered unsurely; newest first."""
    reply, asked = messages.alias("reply"), messages.alias("asked")
    kind = reply.c.body["custom", "kind"].as_string()
    sure = reply.c.body["custom", "understood", "confidence"].as_float()
    chosen = (
        sa.select(
            asked.c.conversation_id.label("conversation"),
            asked.c.number,
            asked.c.text,
            asked.c.body.label("asked_body"),
            asked.c.created_at.label("at"),
            conversations.c.language,
            kind.label("kind"),
            reply.c.body["custom", "answer"].as_string().label("answer"),
            reply.c.body["custom", "understood", "topic"].as_string().label("topic"),
            sure.label("confidence"),
            feedback.c.helped,
            feedback.c.words,
        )
        .select_from(answers_to(asked, reply))
        .where(
            conversations.c.municipality == municipality,
            reply.c.sender == "assistant",
            asked.c.sender == "citizen",
            reply.c.created_at >= since,
            sa.func.coalesce(kind, "") != CRISIS,
            sa.or_(
                kind.in_(MISSED),
                feedback.c.helped.is_(False),
                sa.and_(kind == "answer", sure < LOW),
            ),
        )
        .order_by(reply.c.created_at.desc(), reply.c.id.desc())
        .limit(most * _REPLIES)
    )
    return _each_once(texts.execute(chosen).mappings())[:most]


def _each_once(rows: Iterable[Any]) -> list[Question]:
    """A question for each message, by its first reply; none that filled in a form.

    Feedback on any of the replies is feedback on what was asked.
    """
    found: dict[tuple[str, int], Question] = {}
    for row in rows:
        if (row["asked_body"] or {}).get("form"):
            continue
        read = Question(**{name: row[name] for name in Question.__slots__})
        later = found.get((read.conversation, read.number))
        if later is not None and read.helped is None:
            read = replace(read, helped=later.helped, words=later.words)
        found[read.conversation, read.number] = read
    return list(found.values())


def marks(desk: Connection, municipality: str) -> dict[str, Mark]:
    """Everything that was decided in a municipality, by the question's key."""
    chosen = (
        sa.select(
            *(review_marks.c[n] for n in Mark.__slots__ if n in review_marks.c),
            change_sets.c.state.label("set_state"),
            change_sets.c.changed_at.label("set_changed_at"),
        )
        .select_from(
            review_marks.outerjoin(change_sets, change_sets.c.id == review_marks.c.change_set)
        )
        .where(review_marks.c.municipality == municipality)
        .order_by(review_marks.c.at, review_marks.c.key)
    )
    return {row["key"]: Mark(**row) for row in desk.execute(chosen).mappings()}


def put(desk: Connection, municipality: str, mark: Mark) -> None:
    """Decide of a question, in place of what was decided before."""
    row = {n: v for n, v in asdict(mark).items() if n in review_marks.c}
    insert = insert_into(review_marks, desk).values(municipality=municipality, **row)
    desk.execute(insert.on_conflict_do_update(index_elements=["municipality", "key"], set_=row))


def take_back(desk: Connection, municipality: str, keys: Collection[str]) -> int:
    """Nothing is decided of these any more; how many there were."""
    gone = sa.and_(
        review_marks.c.municipality == municipality,
        sa.or_(review_marks.c.key.in_(keys), _follows(keys)),
    )
    return int(desk.execute(review_marks.delete().where(gone)).rowcount)


def proposed(
    desk: Connection, municipality: str, states: Iterable[tuple[str, str]], change_set: str
) -> None:
    """What was picked stands in a change set now, so its words are kept there alone."""
    for key, state in states:
        mine = sa.and_(review_marks.c.municipality == municipality, review_marks.c.key == key)
        desk.execute(
            review_marks.update()
            .where(mine)
            .values(state=state, change_set=change_set, question=None)
        )


def answered(desk: Connection, municipality: str, key: str, staff_id: str, at: datetime) -> bool:
    """An editor has dealt with it: its words go; whether somebody had asked for that."""
    mine = sa.and_(
        review_marks.c.municipality == municipality,
        review_marks.c.state == ASKED,
        sa.or_(review_marks.c.key == key, _follows([key])),
    )
    values = {"state": ANSWERED, "question": None, "note": None, "staff_id": staff_id, "at": at}
    return bool(desk.execute(review_marks.update().where(mine).values(**values)).rowcount)


def purge(desk: Connection, now: datetime) -> int:
    """Delete the marks that are too old; how many."""
    return int(desk.execute(review_marks.delete().where(review_marks.c.at < now - KEPT)).rowcount)


def flag(desk: Connection, name: str) -> str | None:
    """The value of a flag."""
    found = desk.execute(sa.select(flags.c.value).where(flags.c.name == name)).scalar()
    return None if found is None else str(found)


def claim(desk: Connection, name: str, value: str) -> bool:
    """Whether the flag had another value before: of several processes one is told so."""
    insert = insert_into(flags, desk).values(name=name, value=value)
    changed = insert.on_conflict_do_update(
        index_elements=["name"], set_={"value": value}, where=flags.c.value != value
    )
    return bool(desk.execute(changed).rowcount)


def _follows(keys: Collection[str]) -> Any:
    """Other wordings of a question that an editor was asked: their note names it."""
    return sa.and_(review_marks.c.question.is_(None), review_marks.c.note.in_(keys))
