"""Mail goes out once, whatever happens to the mail server and to us; at worst twice, never not."""

from __future__ import annotations

import asyncio
import io
import logging
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.message import EmailMessage

import pytest

from api import logs
from api.mail import worker as worker_module
from api.mail.smtp import Unsent
from api.mail.worker import GIVE_UP, LONGEST_WAIT, MailWorker, by_chance, wait_after
from api.settings import Settings
from api.storage.desk_store import DeskStore
from api.storage.outbox import LEASE, Mail
from api.storage.store import open_store
from tests.api.mail.helpers import (
    MAIL,
    MINUTE,
    NOW,
    PERSONAL,
    SECOND,
    UNIT,
    put,
    rows,
    settings,
    worker,
)
from tests.api.mail.post_office import PostOffice


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """All that our code logs, as it is written in use."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.formatter())
    logger = logging.getLogger("api")
    before = logger.level
    logger.setLevel(logging.DEBUG)
    logger.addHandler(handler)
    yield stream
    logger.removeHandler(handler)
    logger.setLevel(before)


class Deaf:
    """A server that answers nothing, or with an error."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error, self.asked, self.go_on = error, asyncio.Event(), asyncio.Event()
        self.taken: list[str] = []

    async def send(self, message: EmailMessage, recipient: str) -> None:
        """Fail, or wait to be told to go on."""
        self.asked.set()
        if self.error:
            raise self.error
        await self.go_on.wait()
        self.taken.append(recipient)


async def test_a_mail_is_sent_and_nothing_of_it_is_kept(desk: DeskStore) -> None:
    message_id = put(desk)
    async with PostOffice().open() as office:
        assert await worker(desk, office.port).send_next(NOW)
        assert not await worker(desk, office.port).send_next(NOW)
    [message] = office.messages
    assert message["Message-ID"] == f"<{message_id}@chatt.kommun.example>"
    assert office.taken[0].rcpt_tos == [UNIT]
    assert message.get_content().replace("\r\n", "\n") == MAIL.body
    assert rows(desk) == []


async def test_the_server_is_down_for_ten_minutes(desk: DeskStore) -> None:
    office = PostOffice()
    async with office.open():
        pass  # it has a port now, where nobody listens
    put(desk)
    put(desk, now=NOW + 4 * MINUTE)
    ours = worker(desk, office.port)
    at = NOW
    while at < NOW + 10 * MINUTE:
        await ours.send_next(at)
        at += 5 * SECOND
    assert [(row.problem, row.failed_at) for row in rows(desk)] == [("connection", None)] * 2
    tried = [row.attempts for row in rows(desk)]
    async with office.open():
        while rows(desk) and at < NOW + 20 * MINUTE:
            await ours.send_next(at)
            at += 5 * SECOND
    assert len(office.taken) == 2
    assert tried == [5, 4]  # after 0, 30, 90, 210 and 450 seconds: not every five


async def test_the_server_dies_before_it_answers(desk: DeskStore) -> None:
    """It may have the mail: it comes again, and a mailbox can tell that it is the same."""
    put(desk)
    office = PostOffice(die_after_data=2)
    async with office.open():
        at = NOW
        while rows(desk) and at < NOW + 10 * MINUTE:
            await worker(desk, office.port).send_next(at)
            at += 5 * SECOND
    assert len(office.taken) == 3
    first, *others = office.messages
    for again in others:
        assert again["Message-ID"] == first["Message-ID"]
        assert again.as_bytes() == first.as_bytes()


async def test_a_refused_recipient_is_given_up_and_the_next_is_sent(desk: DeskStore) -> None:
    put(desk)
    office = PostOffice(refuse={"RCPT": "550 5.1.1 <enheten@kommun.example> No such user"})
    async with office.open():
        ours = worker(desk, office.port)
        assert await ours.send_next(NOW)
        [row] = rows(desk)
        assert (row.problem, row.failed_at, row.leased_until) == ("recipient 550", NOW, None)
        office.refuse = {}
        put(desk)
        assert await ours.send_next(NOW)
        assert not await ours.send_next(NOW + GIVE_UP)
    assert len(office.taken) == 1


@pytest.mark.parametrize(
    ("step", "answer", "problem", "final"),
    [
        ("RCPT", "451 4.7.1 Greylisted, try again", "recipient 451", False),
        ("DATA", "554 5.6.0 Refused", "content 554", True),
        ("DATA", "452 4.3.1 Full", "content 452", False),
        ("MAIL", "550 5.7.1 Not you", "sender 550", False),
    ],
)
async def test_what_may_change_is_tried_again(
    desk: DeskStore, step: str, answer: str, problem: str, final: bool
) -> None:
    put(desk)
    office = PostOffice(refuse={step: answer})
    async with office.open():
        assert await worker(desk, office.port).send_next(NOW) is final
        [row] = rows(desk)
        assert (row.problem, row.failed_at is not None) == (problem, final)
        office.refuse = {}
        await worker(desk, office.port).send_next(NOW + 30 * SECOND)
    assert len(office.taken) == (0 if final else 1)


async def test_an_address_that_is_none_is_given_up(desk: DeskStore) -> None:
    put(desk, Mail("callback", "umea", "enheten@kommun.example\r\nBcc: x@y.se", "Ämne", "Text"))
    async with PostOffice().open() as office:
        assert await worker(desk, office.port).send_next(NOW)
    assert (rows(desk)[0].problem, office.taken) == ("address", [])


async def test_a_week_is_long_enough(desk: DeskStore) -> None:
    put(desk)
    ours = MailWorker(desk, settings(9), Deaf(Unsent("connection")), chance=lambda: 0.0)
    assert not await ours.send_next(NOW + GIVE_UP - SECOND)
    assert rows(desk)[0].failed_at is None
    assert not await ours.send_next(NOW + GIVE_UP + MINUTE)
    assert rows(desk)[0].failed_at == NOW + GIVE_UP + MINUTE


async def test_two_workers_at_once_send_once(desk: DeskStore, address: str) -> None:
    sent = {f"<{put(desk)}@chatt.kommun.example>" for _ in range(12)}
    other = open_store(Settings(database_url=address))
    async with PostOffice().open() as office:
        ours, theirs = worker(desk, office.port), worker(other.desk, office.port)

        async def all_of_it(one: MailWorker) -> None:
            while await one.send_next(NOW):
                pass

        await asyncio.gather(all_of_it(ours), all_of_it(theirs), all_of_it(theirs))
    other.close()
    assert len(office.taken) == 12
    assert {m["Message-ID"] for m in office.messages} == sent
    assert rows(desk) == []


KILLED = """
import os, signal, sys
from datetime import datetime, timezone
from api.settings import Settings
from api.storage import outbox
from api.storage.store import open_store
address, when, now = sys.argv[1], sys.argv[2], datetime.fromisoformat(sys.argv[3])
store = open_store(Settings(database_url=address))
mail = outbox.Mail("callback", "umea", "enheten@kommun.example", "Ring upp", "Text")
with store.desk.begin() as connection:
    outbox.put(connection, mail, now)
    if when == "before it is stored":
        os.kill(os.getpid(), signal.SIGKILL)
if when == "while it is sent":
    with store.desk.begin() as connection:
        outbox.lease(connection, now)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize(
    ("when", "sent_at"),
    [
        ("before it is stored", None),
        ("before it is sent", NOW),
        ("while it is sent", NOW + LEASE),
    ],
)
async def test_the_process_is_killed(
    desk: DeskStore, address: str, when: str, sent_at: datetime | None
) -> None:
    command = [sys.executable, "-c", KILLED, address, when, NOW.isoformat()]
    done = await asyncio.to_thread(subprocess.run, command, check=False)
    assert done.returncode == -signal.SIGKILL
    async with PostOffice().open() as office:
        ours = worker(desk, office.port)
        if sent_at is None:
            assert not await ours.send_next(NOW + LEASE)
            assert rows(desk) == []
            return
        assert not await ours.send_next(sent_at - SECOND)
        assert await ours.send_next(sent_at)
    assert len(office.taken) == 1


async def test_nothing_personal_is_logged(desk: DeskStore, logged: io.StringIO) -> None:
    for _ in range(3):
        put(desk)
    office = PostOffice()
    async with office.open():
        ours = worker(desk, office.port)
        await ours.send_next(NOW)
        office.refuse = {"RCPT": f"550 no {PERSONAL[0]} here, {UNIT}"}
        await ours.send_next(NOW)
        office.refuse = {"DATA": f"451 {PERSONAL[2]}"}
        await ours.send_next(NOW)
    written = logged.getvalue()
    for event in ("mail_sent", "mail_failed", "mail_postponed"):
        assert f'"{event}"' in written
    for secret in (*PERSONAL, UNIT, MAIL.subject, "UM-7K3F"):
        assert secret not in written


def test_waits_double_up_to_an_hour() -> None:
    seconds = [wait_after(n, 0.0).total_seconds() for n in range(1, 10)]
    assert seconds == [30, 60, 120, 240, 480, 960, 1920, 3600, 3600]
    assert wait_after(500, 0.0) == LONGEST_WAIT
    assert wait_after(1, 1.0) == timedelta(seconds=33)
    assert wait_after(1, -1.0) == timedelta(seconds=27)
    assert all(-1 <= by_chance() <= 1 for _ in range(50))


async def test_the_mail_at_hand_is_finished_when_the_process_stops(desk: DeskStore) -> None:
    put(desk)
    server = Deaf()
    task = asyncio.create_task(MailWorker(desk, settings(9), server).run())
    await server.asked.wait()
    task.cancel()
    server.go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert server.taken == [UNIT]
    assert rows(desk) == []


async def test_a_server_that_hangs_does_not_hold_up_the_end(
    desk: DeskStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_module, "GRACE_SECONDS", 0.0)
    put(desk)
    server = Deaf()
    task = asyncio.create_task(MailWorker(desk, settings(9), server).run())
    await server.asked.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert (server.taken, len(rows(desk))) == ([], 1)


async def test_an_unforeseen_error_does_not_end_the_worker(
    desk: DeskStore, monkeypatch: pytest.MonkeyPatch, logged: io.StringIO
) -> None:
    monkeypatch.setattr(worker_module, "LOOK_SECONDS", 0.0)
    put(desk)
    put(desk)
    server = Deaf(RuntimeError(PERSONAL[0]))
    task = asyncio.create_task(MailWorker(desk, settings(9), server).run())
    await server.asked.wait()
    server.asked.clear()
    await server.asked.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert '"mail_worker_failed"' in logged.getvalue()
    assert PERSONAL[0] not in logged.getvalue()
