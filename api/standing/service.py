"""Withdraw, flag and restore, with effect at once in this process. All of it blocks."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.engine import Connection

from api.standing.compare import CONTACT, PAGE, Compared, Lost
from api.standing.marks import Known, find_subject, in_force, standing_of
from api.storage import answer_states, audit
from api.storage.answer_states import AnswerState, Mark
from api.storage.audit import Actor
from api.storage.desk_store import DeskStore
from bot.knowledge.loader import load_whole
from bot.knowledge.records import Page
from bot.knowledge.standing import current_standing, set_standing

_ACTIONS: Mapping[Mark, str] = {
    "withdrawn": "answer.withdrawn",
    "flagged": "answer.flagged",
    "restored": "answer.restored",
}
MARKS: Mapping[str, Mark] = {"withdraw": "withdrawn", "flag": "flagged"}
"""What the setting for lost evidence does."""


class StandingError(Exception):
    """What was asked for can't be done; the message is Swedish and says why."""


@dataclass(frozen=True, slots=True)
class Acted:
    """What was done about a page that was read again, by subject."""

    marked: tuple[str, ...] = ()
    restored: tuple[str, ...] = ()


class Standings:
    """The marks of all municipalities."""

    def __init__(self, store: DeskStore) -> None:
        self._store = store

    def refresh(self) -> bool:
        """Let what is in the database hold in this process; whether that changed anything."""
        with self._store.connect() as connection:
            states = answer_states.listed(connection)
        found = standing_of(load_whole(), states)
        if found == current_standing():
            return False
        set_standing(found)
        return True

    def listed(self, municipalities: Collection[str] | None = None) -> list[AnswerState]:
        """The marks in force, newest first; pages apart, since they are no statement."""
        with self._store.connect() as connection:
            states = answer_states.listed(connection, municipalities)
        return [s for s, k in in_force(load_whole(), states) if not isinstance(k.record, Page)]

    def mark(
        self,
        municipality: str,
        subject: str,
        state: Mark,
        why: str,
        staff: Actor | None,
        now: datetime,
    ) -> None:
        """Withdraw or flag by hand, or restore; StandingError when it can't be."""
        known = find_subject(load_whole(), municipality, subject)
        if known is None or isinstance(known.record, Page):
            raise StandingError("Det svaret finns inte.")
        if subject.startswith(CONTACT) and state == "withdrawn":
            raise StandingError("En kontakt kan inte dras tillbaka, bara märkas.")
        with self._store.begin() as connection:
            before = answer_states.find(connection, municipality, subject)
            is_marked = before is not None and before.state != "restored"
            if state == "restored" and not is_marked:
                raise StandingError("Svaret är varken tillbakadraget eller märkt.")
            # The quotes stay: the same loss is not acted on a second time.
            kept = before.reason if before is not None else {}
            reason = {"quotes": kept.get("quotes", []), "page": kept.get("page"), "why": why}
            _put(connection, known, state, reason, staff, now)
        self.refresh()

    def act(
        self,
        municipality: str,
        page: Page,
        compared: Compared,
        setting: str,
        staff: Actor | None,
        now: datetime,
    ) -> Acted:
        """Do what the setting says about what a page that was read again no longer proves.

        What an earlier reading of the page took away and this one proves again is restored.
        """
        whole = load_whole()
        with self._store.begin() as connection:
            states = answer_states.listed(connection, [municipality])
            current = {s.subject: s for s, _ in in_force(whole, states)}
            lost = {one.subject: one for one in compared.lost}
            marked = [s for s in lost.values() if not _is_settled(current.get(s.subject), s)]
            for one in marked:
                known = find_subject(whole, municipality, one.subject)
                assert known is not None
                state = "flagged" if one.is_contact else MARKS[setting]
                quotes = [q.quote for q in one.quotes]
                _put(connection, known, state, {"quotes": quotes, "page": page.id}, staff, now)
            back = [s for s in current.values() if _is_proven(s, page) and s.subject not in lost]
            for state_before in back:
                answer_states.remove(connection, municipality, state_before.subject)
                _note(connection, now, staff, municipality, "restored", state_before.subject)
            _keep_lines(connection, municipality, page, compared, staff, now)
            audit.write(connection, now, staff, municipality, "page.reread", page.id)
        self.refresh()
        return Acted(tuple(s.subject for s in marked), tuple(s.subject for s in back))


def _is_settled(before: AnswerState | None, lost: Lost) -> bool:
    """Whether this loss is known already: somebody restored it, or it is marked for it.

    An answer that somebody withdrew stays withdrawn whatever the setting.
    """
    if before is None:
        return False
    if before.state == "withdrawn":
        return True
    return {q.quote for q in lost.quotes} <= set(before.reason.get("quotes", ()))


def _is_proven(before: AnswerState, page: Page) -> bool:
    """Whether a mark came from reading this page; one that a person gave a reason for did not."""
    return before.reason.get("page") == page.id and not before.reason.get("why")


def _keep_lines(
    connection: Connection,
    municipality: str,
    page: Page,
    compared: Compared,
    staff: Actor | None,
    now: datetime,
) -> None:
    """Lines that are gone are not shown as passages either."""
    subject = f"{PAGE}{page.id}"
    answer_states.remove(connection, municipality, subject)
    known = find_subject(load_whole(), municipality, subject)
    if compared.gone and known is not None:
        reason = {"lines": list(compared.gone), "fingerprint": known.fingerprint}
        who = staff.id if staff else None
        new = AnswerState(municipality, subject, "flagged", reason, now, who)
        answer_states.put(connection, new)


def _put(
    connection: Connection,
    known: Known,
    state: Mark,
    reason: Mapping[str, Any],
    staff: Actor | None,
    now: datetime,
) -> None:
    who = staff.id if staff else None
    kept = {**reason, "fingerprint": known.fingerprint}
    answer_states.put(
        connection, AnswerState(known.municipality.id, known.subject, state, kept, now, who)
    )
    _note(connection, now, staff, known.municipality.id, state, known.subject)


def _note(
    connection: Connection,
    now: datetime,
    staff: Actor | None,
    municipality: str,
    state: Mark,
    subject: str,
) -> None:
    audit.write(connection, now, staff, municipality, _ACTIONS[state], subject)
