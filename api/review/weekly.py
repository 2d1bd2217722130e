"""The weekly mail to a municipality's editors: how much there is to review, and what of.

It holds no question that one or two people asked, and none in which something is masked: a mail
lies in inboxes for years. Each municipality gets one, whatever the number of processes.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from collections.abc import Callable
from typing import Final

from starlette.datastructures import State

from api.clock import utc
from api.logs import log
from api.review.meaning import meanings_of
from api.review.records import REASONS, Group, Overview
from api.review.service import Review
from api.services.threads import in_thread
from api.storage import outbox
from api.storage import review as table
from api.storage.outbox import Mail
from api.storage.store import Store
from bot.dialogue.turn import in_stockholm
from bot.guard.intake import admit
from bot.knowledge.handoff import load_desk_words
from bot.knowledge.loader import load_knowledge
from bot.knowledge.records import Municipality

logger = logging.getLogger(__name__)

LOOK_SECONDS: Final = 300.0
HOUR: Final = 7
"""On Monday, in Swedish time."""

LATE: Final = dt.timedelta(days=2)
"""How long after it a process that was down sends it all the same."""

LARGEST: Final = 10
LEAST: Final = 3
"""Conversations in which a question was asked that stands in a mail."""

KIND: Final = "review_weekly"


def due(now: dt.datetime) -> dt.date | None:
    """The Monday whose mail is to go out at this moment; None at other times."""
    local = in_stockholm(now)
    monday = local.date() - dt.timedelta(days=local.weekday())
    start = in_stockholm(dt.datetime.combine(monday, dt.time(HOUR)))
    return monday if start <= local < start + LATE else None


def weekly_mail(state: State, store: Store) -> WeeklyMail:
    """That of an application."""
    return WeeklyMail(store, Review(store, meanings_of(state)), state.settings.public_url)


class WeeklyMail:
    """Puts the mails into the outbox; api.mail sends them."""

    def __init__(self, store: Store, review: Review, public_url: str) -> None:
        self._store, self._review, self._public_url = store, review, public_url

    async def run(self, clock: Callable[[], dt.datetime]) -> None:
        """Look until cancelled; what fails is tried again next time."""
        while True:
            try:
                await in_thread(self.send_due, clock())
            except Exception:
                logger.exception("review_mail_failed")
            await asyncio.sleep(LOOK_SECONDS)

    def send_due(self, now: dt.datetime) -> int:
        """Put what is due into the outbox; how many mails."""
        monday = due(now)
        if monday is None:
            return 0
        known = load_knowledge().municipalities.values()
        return sum(self._send(m, monday, now) for m in known if m.assistant.review_email)

    def _send(self, municipality: Municipality, monday: dt.date, now: dt.datetime) -> int:
        flag, week = f"review_mail.{municipality.id}", monday.isoformat()
        with self._store.desk.connect() as connection:
            if table.flag(connection, flag) == week:
                return 0
        mail = self._letter(municipality, monday)
        with self._store.desk.begin() as connection:
            if not table.claim(connection, flag, week) or mail is None:
                return 0
            outbox.put(connection, mail, utc(now))
        log(logger, "review_mail", municipality=municipality.id)
        return 1

    def _letter(self, municipality: Municipality, monday: dt.date) -> Mail | None:
        """The mail of the week before a Monday; None when there is nothing to tell."""
        until = in_stockholm(dt.datetime.combine(monday, dt.time()))
        since = in_stockholm(dt.datetime.combine(monday - dt.timedelta(days=7), dt.time()))
        seen = self._review.between(municipality.id, utc(since), utc(until))
        if not seen.questions and not seen.asked:
            return None
        week = f"vecka {since.isocalendar().week}"
        wording = load_desk_words().mails[KIND]
        body = wording.body.format(
            receipt=week,
            assistant=municipality.assistant.name,
            counts=_counts(seen),
            groups=_groups(seen.groups),
            waiting=_waiting(len(seen.asked)),
            page=f"{self._public_url}/staff/review?kommun={municipality.id}",
        )
        return Mail(
            kind=KIND,
            municipality=municipality.id,
            recipient=str(municipality.assistant.review_email),
            subject=wording.subject.format(receipt=week),
            body=body,
        )


def _counts(seen: Overview) -> str:
    lines = [f"{REASONS[name]}: {count}" for name, count in seen.counts.items() if count]
    return "\n".join([f"Frågor att granska: {seen.questions}", *lines])


def _groups(groups: tuple[Group, ...]) -> str:
    """The largest groups that may be told."""
    told = [g for g in groups if may_be_mailed(g)][:LARGEST]
    if not told:
        return "Ingen fråga ställdes av tillräckligt många för att stå här."
    return "\n".join(f"- {g.name} (i {g.conversations} samtal)" for g in told)


def _waiting(count: int) -> str:
    if not count:
        return "Ingen fråga väntar på att en redaktör ska svara."
    verb = "fråga väntar" if count == 1 else "frågor väntar"
    return f"{count} {verb} på att en redaktör ska svara."


def may_be_mailed(group: Group) -> bool:
    """Whether a group's name tells of nobody: asked by several, nothing masked, no diagnosis."""
    admitted = admit(group.name)
    personal = "[" in group.name or admitted.masked or admitted.health
    return group.conversations >= LEAST and not personal
