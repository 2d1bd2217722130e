"""Send what is in the outbox: one mail at a time, each at least once, again until it is taken.

Any number of workers may run, in any number of processes: a lease in the database says whose a
mail is. Nothing of a mail is logged but its kind, its municipality and a code of what went wrong.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import secrets
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from api.clock import utc_now
from api.logs import log
from api.mail.message import UnusableMail, message_of
from api.mail.smtp import MailServer, SmtpServer, Unsent
from api.services.threads import in_thread
from api.settings_desk import MailSettings
from api.storage import outbox
from api.storage.desk_store import DeskStore

logger = logging.getLogger(__name__)

T = TypeVar("T")

LOOK_SECONDS = 5.0
"""How often the outbox is looked into."""

FIRST_WAIT = dt.timedelta(seconds=30)
LONGEST_WAIT = dt.timedelta(hours=1)
"""Between two tries: twice as long after each, up to this."""

JITTER = 0.1
"""The share by which a wait is made longer or shorter, so that many mails don't come at once."""

GIVE_UP = dt.timedelta(days=7)
"""A mail that nobody took for so long is given up."""

GRACE_SECONDS = 3.0
"""How long the mail at hand may go on when the process is told to stop."""


def wait_after(attempts: int, chance: float) -> dt.timedelta:
    """How long to wait after so many tries; ``chance`` is between -1 and 1."""
    doubled = FIRST_WAIT * 2.0 ** min(attempts - 1, 20)
    return min(doubled, LONGEST_WAIT) * (1 + JITTER * chance)


def by_chance() -> float:
    """A number between -1 and 1."""
    return secrets.SystemRandom().uniform(-1, 1)


class MailWorker:
    """Sends what is due, as long as the process runs."""

    def __init__(
        self,
        desk: DeskStore,
        settings: MailSettings,
        server: MailServer | None = None,
        chance: Callable[[], float] = by_chance,
        clock: Callable[[], dt.datetime] = utc_now,
    ) -> None:
        self._desk, self._settings = desk, settings
        self._server = server or SmtpServer(settings)
        self._chance, self._clock = chance, clock

    async def run(self) -> None:
        """Send until cancelled; a mail that is being sent then has a moment to be finished."""
        while True:
            try:
                while await _finished(self.send_next(self._clock())):
                    pass
            except Exception:
                logger.exception("mail_worker_failed")
            await asyncio.sleep(LOOK_SECONDS)

    async def send_next(self, now: dt.datetime) -> bool:
        """Try the next mail that is due; whether the server took it or refused it for good.

        When it has to be tried again the next one would most likely fare no better: then wait.
        """
        if not await in_thread(self._is_due, now):
            return False  # most of the time, without a lock on the database
        waiting = await in_thread(self._lease, now)
        if waiting is None:
            return False
        try:
            message = message_of(waiting, self._settings.sender)
            await self._server.send(message, waiting.mail.recipient)
        except UnusableMail:
            await in_thread(self._give_up, waiting, now, "address")
        except Unsent as error:
            return await in_thread(self._again, waiting, now, error)
        else:
            await in_thread(self._sent, waiting)
        return True

    def _is_due(self, now: dt.datetime) -> bool:
        with self._desk.connect() as connection:
            return outbox.is_due(connection, now)

    def _lease(self, now: dt.datetime) -> outbox.Waiting | None:
        with self._desk.begin() as connection:
            return outbox.lease(connection, now)

    def _sent(self, waiting: outbox.Waiting) -> None:
        with self._desk.begin() as connection:
            outbox.sent(connection, waiting)
        self._log("mail_sent", waiting)

    def _again(self, waiting: outbox.Waiting, now: dt.datetime, error: Unsent) -> bool:
        if error.final or now - waiting.created_at >= GIVE_UP:
            self._give_up(waiting, now, error.problem)
            return error.final
        due_at = now + wait_after(waiting.attempts, self._chance())
        with self._desk.begin() as connection:
            outbox.postpone(connection, waiting, due_at, error.problem)
        self._log("mail_postponed", waiting, error.problem, logging.WARNING)
        return False

    def _give_up(self, waiting: outbox.Waiting, now: dt.datetime, problem: str) -> None:
        with self._desk.begin() as connection:
            outbox.give_up(connection, waiting, now, problem)
        self._log("mail_failed", waiting, problem, logging.ERROR)

    def _log(
        self, event: str, waiting: outbox.Waiting, code: str = "", level: int = logging.INFO
    ) -> None:
        mail = waiting.mail
        fields: dict[str, Any] = {"kind": mail.kind, "municipality": mail.municipality}
        if code:
            fields["code"] = code
        log(logger, event, level, count=waiting.attempts, **fields)


async def _finished(work: Coroutine[Any, Any, T]) -> T:
    """The result, also if we are cancelled meanwhile: a mail cut off is sent twice."""
    task = asyncio.create_task(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait({task}, timeout=GRACE_SECONDS)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        raise
