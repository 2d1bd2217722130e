"""kill -9 in the middle of a message: what was acknowledged is there, and nothing is twice.

A server is killed before and after each of its commits, by SIGKILL from within. Then another is
started, and the browser does what browsers do: it sends the same again with the same key.
"""

from __future__ import annotations

import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
import sqlalchemy as sa

from tests.faults.nursery import Nursery
from tests.faults.served import QUESTION, Citizen, Served, arm, light, mined, served

pytestmark = pytest.mark.faults

FOLLOW_UP = "Vem kan få det?"
UMEA = "/api/v1/municipalities/umea"
WISH: dict[str, Any] = {
    "name": "Kim Berg",
    "phone": "0701740605",
    "about": "Ledsagning",
    "language": "sv",
    "consent": True,
    "key": "a-key-of-my-own",
}
MAIL_SERVER = {
    "LOTSEN_SMTP_HOST": "127.0.0.1",
    "LOTSEN_SMTP_PORT": "9",
    "LOTSEN_SMTP_TLS": "none",
    "LOTSEN_SMTP_FROM": "chatt@example.se",
}
"""Nobody is there: mail is promised, and waits."""

COMMITS = [f"{when} commit {n}" for n in (1, 2) for when in ("before", "after")]


def cut_off(server: Served, folder: Path, send: Callable[[], httpx.Response]) -> None:
    """Ask, and have the server killed while it deals with it."""
    arm(folder)
    with pytest.raises(httpx.TransportError):
        send()
    assert server.ended() == -signal.SIGKILL


@pytest.mark.parametrize("fault", COMMITS)
def test_a_message_is_answered_once_wherever_it_was_cut_off(
    tmp_path: Path, database: str, nursery: Nursery, fault: str
) -> None:
    where = {"LOTSEN_DATABASE_URL": database}
    with light(tmp_path, nursery, fault, **where) as server:
        citizen = Citizen(server.http)
        assert citizen.say(server.http, QUESTION, "the-first-key").status_code == 200
        before = citizen.read(server.http)
        cut_off(server, tmp_path, lambda: citizen.say(server.http, FOLLOW_UP, "the-second-key"))
    with light(tmp_path, nursery, **where) as server:
        assert citizen.read(server.http)[: len(before)] == before
        again = [citizen.say(server.http, FOLLOW_UP, "the-second-key") for _ in range(2)]
        assert [response.status_code for response in again] == [200, 200]
        assert again[0].json() == again[1].json()
        assert citizen.said(server.http) == [QUESTION, FOLLOW_UP]
        senders = [message["sender"] for message in citizen.read(server.http)]
        assert senders == ["citizen", "assistant"] * 2


@pytest.mark.parametrize("fault", COMMITS[:2])
def test_a_callback_is_kept_once_wherever_it_was_cut_off(
    tmp_path: Path, database: str, nursery: Nursery, fault: str
) -> None:
    where = {"LOTSEN_DATABASE_URL": database, **MAIL_SERVER}
    with light(tmp_path, nursery, fault, **where) as server:
        asked = wish(server)
        cut_off(server, tmp_path, lambda: server.http.post(f"{UMEA}/callbacks", json=asked))
    with light(tmp_path, nursery, **where) as server:
        again = [server.http.post(f"{UMEA}/callbacks", json=asked).json() for _ in range(2)]
        assert again[0]["receipt"] == again[1]["receipt"]
    assert kept(database, "callbacks") == 1
    assert kept(database, "outbox") == 1


def wish(server: Served) -> dict[str, Any]:
    """What somebody asks for who wants to be called: the last of the times that are offered."""
    times = server.http.get(f"{UMEA}/callback-times").json()["times"]
    return {**WISH, "time": times[-1]["id"]}


def kept(database: str, table: str) -> int:
    """How many rows there are."""
    engine = sa.create_engine(database, future=True)
    try:
        with engine.connect() as connection:
            counted = sa.select(sa.func.count()).select_from(sa.table(table))
            return int(connection.execute(counted).scalar_one())
    finally:
        engine.dispose()


def test_the_trained_assistant_goes_on_where_it_was(tmp_path: Path, database: str) -> None:
    """Its own memory is a third thing that is stored, between the two of ours."""
    where: dict[str, Any] = {"LOTSEN_DATABASE_URL": database}
    with mined(tmp_path, "the assistant has answered", **where) as server:
        citizen = Citizen(server.http)
        first = citizen.say(server.http, QUESTION, "the-first-key").json()
        cut_off(server, tmp_path, lambda: citizen.say(server.http, FOLLOW_UP, "the-second-key"))
    with served(tmp_path, **where) as server:
        again = [citizen.say(server.http, FOLLOW_UP, "the-second-key").json() for _ in range(2)]
        assert again[0] == again[1]
        undisturbed = Citizen(server.http)
        undisturbed.say(server.http, QUESTION, "the-first-key")
        expected = undisturbed.say(server.http, FOLLOW_UP, "the-second-key").json()
        texts = [[reply["text"] for reply in one["replies"]] for one in (again[0], expected)]
        assert texts[0] == texts[1]
        assert citizen.read(server.http)[:2] == [first["message"], *first["replies"]]
        assert citizen.said(server.http) == [QUESTION, FOLLOW_UP]
