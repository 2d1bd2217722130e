"""A disk without a byte left: database, sound, log. /ready tells, and it mends itself.

A small file system in memory is the disk, so every write fails as it would on a full one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.faults.disk import fill, make_room, small_disk
from tests.faults.nursery import Nursery
from tests.faults.served import QUESTION, Citizen, Served, light
from tests.faults.test_disk_full import check

pytestmark = pytest.mark.faults

MEGABYTES = 24
UNWRITTEN = "nothing can be written to the database"
FOLLOW_UP = "Vem kan få det?"


@dataclass(frozen=True, slots=True)
class OnDisk:
    """A server whose data and log lie on a small disk."""

    server: Served
    disk: Path


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory, nursery: Nursery) -> Iterator[OnDisk]:
    """A server there; test_disk_full.py has the trained assistant."""
    with (
        small_disk(tmp_path_factory.mktemp("small") / "disk", MEGABYTES) as disk,
        light(disk, nursery) as server,
    ):
        yield OnDisk(server, disk)


@pytest.fixture
def known(there: OnDisk) -> Citizen:
    """Somebody who began while there was room."""
    citizen = Citizen(there.server.http)
    assert citizen.say(there.server.http, QUESTION, "before-it").status_code == 200
    return citizen


@pytest.fixture
def full(there: OnDisk, known: Citizen) -> Iterator[Served]:
    """While there is none."""
    fill(there.disk)
    try:
        yield there.server
    finally:
        make_room(there.disk)


def test_ready_tells_while_nothing_can_be_written(there: OnDisk, full: Served) -> None:
    ready = full.http.get("/ready")
    assert ready.status_code == 200
    assert (ready.json()["status"], ready.json()["problem"]) == ("limited", UNWRITTEN)
    make_room(there.disk)
    try:
        told = full.http.get("/ready").json()
        assert told["status"] == "ready"
        assert "problem" not in told
    finally:
        fill(there.disk)


def test_people_get_a_number_and_nothing_is_lost(
    there: OnDisk, known: Citizen, full: Served
) -> None:
    refused = known.say(full.http, FOLLOW_UP, "during-it")
    assert refused.status_code == 503
    check(refused.json()["error"]["message"])
    (reply, *_) = full.ask(QUESTION, sender="full").json()
    check(reply["text"])
    assert "112" in full.ask("Jag vill ta livet av mig", sender="danger").json()[0]["text"]
    make_room(there.disk)
    try:
        assert known.say(full.http, FOLLOW_UP, "during-it").status_code == 200
        assert known.said(full.http) == [QUESTION, FOLLOW_UP]
    finally:
        fill(there.disk)


def test_what_was_said_can_still_be_read_and_heard(full: Served, known: Citizen) -> None:
    """Sound is kept to be used again; where it can't be, it is made anew."""
    assert known.said(full.http) == [QUESTION]
    for _ in range(2):
        heard = full.http.get("/kiosk/umea/say/start/0")
        assert heard.status_code == 200
        assert len(heard.content) > 1000


def test_a_log_that_can_not_be_written_stops_nothing(full: Served) -> None:
    size = full.log.stat().st_size
    for number in range(20):
        assert full.ask(sender=f"log {number}").status_code == 200
    assert full.log.stat().st_size - size < 4096
    assert full.server.process.poll() is None


def test_with_room_again_all_of_it_goes_on(there: OnDisk, known: Citizen) -> None:
    fill(there.disk)
    make_room(there.disk)
    assert known.say(there.server.http, FOLLOW_UP, "afterwards").status_code == 200
    size = there.server.log.stat().st_size
    assert there.server.ask(sender="afterwards").status_code == 200
    assert there.server.log.stat().st_size > size
