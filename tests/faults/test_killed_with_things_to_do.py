"""kill -9 with mail to send and people in the queue: they are found again by who comes after."""

from __future__ import annotations

import datetime as dt
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from api.clock import utc_now
from api.settings import Settings
from api.storage import desk_presence
from api.storage.desk_presence import Opening
from api.storage.store import Store, open_store
from tests.api.callbacks.helpers import mails
from tests.api.handoff.helpers import agent, employ
from tests.api.mail.post_office import PostOffice
from tests.faults.nursery import Nursery
from tests.faults.post import mail_settings, post_office
from tests.faults.served import Citizen, Served, arm, light
from tests.faults.test_killed_in_a_message import UMEA, kept, wish

pytestmark = pytest.mark.faults

LATER = dt.timedelta(minutes=6)
"""Then nobody holds the mail any more that a dead process had taken to send."""

SAFE_SECONDS = 120.0
"""Nobody waits so long unless something hangs."""


def wait_until(true: Callable[[], bool], what: str) -> None:
    """What is done beside the requests is looked for every few seconds."""
    end = time.monotonic() + SAFE_SECONDS
    while not true():
        assert time.monotonic() < end, what
        time.sleep(0.05)


@pytest.fixture
def office() -> Iterator[PostOffice]:
    """Where mail goes."""
    with post_office() as opened:
        yield opened


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    """The database, seen past every server."""
    opened = open_store(Settings(database_url=database))
    yield opened
    opened.close()


def killed_while_sending(server: Served, folder: Path) -> None:
    """Have a callback asked for, and the server killed when it sends the mail."""
    asked = wish(server)
    arm(folder)
    # It may be killed before it has answered: the mail goes out beside the request.
    with suppress(httpx.TransportError):
        assert server.http.post(f"{UMEA}/callbacks", json=asked).status_code == 201
    assert server.ended() == -signal.SIGKILL


@pytest.mark.parametrize(("fault", "copies"), [("a mail was leased", 1), ("a mail was taken", 2)])
def test_a_mail_is_sent_whenever_its_sender_was_killed(
    tmp_path: Path,
    database: str,
    store: Store,
    nursery: Nursery,
    office: PostOffice,
    fault: str,
    copies: int,
) -> None:
    """At least once: who took it before nobody noted that, gets the same mail again, marked so."""
    where = {"LOTSEN_DATABASE_URL": database, **mail_settings(office)}
    with light(tmp_path, nursery, fault, **where) as server:
        killed_while_sending(server, tmp_path)
    assert len(office.taken) == copies - 1
    assert len(mails(store)) == 1
    with light(tmp_path, nursery, **where) as server:
        later = {"X-Lotsen-Now": (utc_now() + LATER).isoformat()}
        assert server.http.get(f"{UMEA}/callback-times", headers=later).status_code == 200
        wait_until(lambda: not mails(store), "the mail was not sent")
    assert len({message["Message-ID"] for message in office.messages}) == 1
    assert len(office.taken) == copies


def test_who_waits_keeps_their_place(
    tmp_path: Path, database: str, store: Store, nursery: Nursery
) -> None:
    where = {"LOTSEN_DATABASE_URL": database, "LOTSEN_AGENT_GONE_SECONDS": "3600"}
    employ(store, agent(), "here", utc_now())
    with store.desk.begin() as connection:
        opened = Opening(open_until=utc_now() + dt.timedelta(hours=8))
        desk_presence.set_opening(connection, "umea", opened)
    with light(tmp_path, nursery, **where) as server:
        people = [Citizen(server.http) for _ in range(3)]
        for citizen in people:
            asked = server.http.post(f"{citizen.path}/handoff", json={}, headers=citizen.headers)
            assert asked.json()["state"] == "waiting"
        server.server.process.kill()
        assert server.ended() == -signal.SIGKILL
    with light(tmp_path, nursery, **where) as server:
        for place, citizen in enumerate(people, start=1):
            address, headers = f"{citizen.path}/handoff", citizen.headers
            stands = server.http.get(address, headers=headers).json()
            assert (stands["state"], stands["place"]) == ("waiting", place)
            again = server.http.post(address, json={}, headers=headers).json()
            assert again["place"] == place
        assert kept(database, "handoffs") == len(people)
