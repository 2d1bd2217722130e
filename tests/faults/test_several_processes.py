"""Two processes over one PostgreSQL and one Redis; no proxy keeps people at one of them."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import sqlalchemy as sa

from api.storage.advisory import AdvisoryLocks
from tests.api.storage.test_advisory import WAIT_SECONDS, until_waiting
from tests.faults.nursery import Nursery
from tests.faults.served import QUESTION, Citizen, Served, arm, light
from tests.postgres import Postgres
from tests.redis_server import RedisServer, running

pytestmark = pytest.mark.faults

CONVERSATIONS, EACH = 50, 4
TRIES = 20
NO_LIMITS = {f"LOTSEN_RATE_{name}": "0" for name in ("CLIENT", "CONVERSATION", "START", "REST")}
SEVEN = {"LOTSEN_RATE_CONVERSATION": "7/minute"}


class Pair:
    """Two processes, by name and by number."""

    def __init__(self, one: Served, other: Served) -> None:
        self.one, self.other = one, other

    def __getitem__(self, number: int) -> Served:
        return (self.one, self.other)[number % 2]


@pytest.fixture
def database(sure_postgres: Postgres) -> Iterator[str]:
    """The address of an empty database."""
    with sure_postgres.database() as address:
        yield address


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[RedisServer]:
    """A server of this test."""
    (tmp_path / "redis").mkdir()
    with running(tmp_path / "redis") as server:
        yield server


@contextmanager
def two(
    folder: Path, nursery: Nursery, database: str, redis: RedisServer | None, **more: str
) -> Iterator[Pair]:
    """Start them; ``fault`` is where the first one is killed."""
    fault = more.pop("fault", "")
    shared = {"LOTSEN_DATABASE_URL": database, **NO_LIMITS, **more}
    if redis is not None:
        shared["LOTSEN_REDIS_URL"] = redis.url
    with ExitStack() as stack:
        served = []
        for name, where in (("one", fault), ("other", "")):
            (folder / name).mkdir()
            served.append(stack.enter_context(light(folder / name, nursery, where, **shared)))
        one, other = served
        yield Pair(one, other)


def patiently(citizen: Citizen, http: httpx.Client, text: str, key: str) -> httpx.Response:
    """Say it as the widget does: what could not be kept is sent again with its key.

    A machine that stands still for longer than a lease costs a lock, and then nothing is written.
    """
    response = citizen.say(http, text, key)
    for _ in range(TRIES):
        if response.status_code != 503:
            break
        response = citizen.say(http, text, key)
    return response


def in_order(messages: list[dict[str, Any]]) -> list[str]:
    """What the citizen said; each message stands before its own answer and after the one before."""
    said = []
    for at in range(0, len(messages), 2):
        message, answer = messages[at : at + 2]
        assert (message["sender"], answer["sender"]) == ("citizen", "assistant")
        assert answer["in_reply_to"] == message["number"]
        said.append(message["text"])
    return said


@pytest.mark.parametrize("with_redis", [True, False], ids=["redis", "no redis"])
def test_messages_to_both_at_once_are_answered_one_after_the_other(
    tmp_path: Path, nursery: Nursery, database: str, redis: RedisServer, with_redis: bool
) -> None:
    """Every message goes to both processes, with one and the same key."""
    with two(tmp_path, nursery, database, redis if with_redis else None) as pair:
        citizens = [Citizen(pair[n].http) for n in range(CONVERSATIONS)]

        def say(at: int) -> tuple[int, int, httpx.Response]:
            # Those of a conversation one after the other, so that they are sent at once.
            (who, number), key = divmod(at, EACH * 2), f"a-key-{at % (EACH * 2) // 2:04}"
            text, http = f"Fråga {number // 2}?", pair[number].http
            return who, number // 2, patiently(citizens[who], http, text, key)

        with ThreadPoolExecutor(16) as threads:
            answered = list(threads.map(say, range(CONVERSATIONS * EACH * 2)))
        told: dict[tuple[int, int], str] = {}
        for who, text, response in answered:
            assert response.status_code == 200, response.text
            assert told.setdefault((who, text), response.text) == response.text
        for citizen in citizens:
            said = in_order(citizen.read(pair.one.http))
            assert sorted(said) == [f"Fråga {text}?" for text in range(EACH)]


def test_one_that_is_killed_while_others_wait_lets_them_go_on(
    tmp_path: Path, nursery: Nursery, database: str, redis: RedisServer
) -> None:
    """The same message waits at both when one of them is killed: it is answered, and once."""
    engine = sa.create_engine(database, future=True)
    locks = AdvisoryLocks(engine, WAIT_SECONDS)
    with two(tmp_path, nursery, database, redis) as pair, ThreadPoolExecutor() as threads:
        citizen = Citizen(pair.one.http)
        held = locks.take(citizen.path.rpartition("/")[2])
        first = threads.submit(citizen.say, pair.one.http, QUESTION, "the-same-key")
        until_waiting(engine, 1)
        second = threads.submit(citizen.say, pair.other.http, QUESTION, "the-same-key")
        until_waiting(engine, 2)
        os.kill(pair.one.pid, signal.SIGKILL)
        assert pair.one.ended() == -signal.SIGKILL
        held.release()
        with pytest.raises(httpx.TransportError):
            first.result()
        assert second.result().status_code == 200
        assert in_order(citizen.read(pair.other.http)) == [QUESTION]
    locks.close()
    engine.dispose()


@pytest.mark.parametrize("fault", ["the message was stored", "the answer was stored"])
def test_what_a_killed_process_left_is_answered_by_the_other_at_once_and_once(
    tmp_path: Path, nursery: Nursery, database: str, redis: RedisServer, fault: str
) -> None:
    with two(tmp_path, nursery, database, redis, fault=fault) as pair:
        citizen = Citizen(pair.one.http)
        arm(tmp_path / "one")
        with pytest.raises(httpx.TransportError):
            citizen.say(pair.one.http, QUESTION, "the-same-key")
        assert pair.one.ended() == -signal.SIGKILL
        again = [citizen.say(pair.other.http, QUESTION, "the-same-key") for _ in range(2)]
        assert [response.status_code for response in again] == [200, 200]
        assert again[0].json() == again[1].json()
        assert in_order(citizen.read(pair.other.http)) == [QUESTION]


def events(response: httpx.Response) -> Iterator[dict[str, Any]]:
    """The messages of a stream."""
    for line in response.iter_lines():
        if line.startswith("data: "):
            yield json.loads(line.removeprefix("data: "))


def test_a_browser_at_one_process_sees_what_the_other_is_told(
    tmp_path: Path, nursery: Nursery, database: str, redis: RedisServer
) -> None:
    """Also what was told while Redis was away, and after it has come back."""
    with two(tmp_path, nursery, database, redis) as pair:
        citizen = Citizen(pair.one.http)
        stream = f"{citizen.path}/events"
        with pair.other.http.stream("GET", stream, headers=citizen.headers) as following:
            news = events(following)
            for number, do in enumerate((None, redis.stop, redis.start)):
                if do is not None:
                    do()
                text = f"Fråga {number}?"
                citizen.say(pair.one.http, text, f"a-key-{number:04}")
                assert next(news)["text"] == text
                assert next(news)["sender"] == "assistant"


def test_limits_hold_over_both(
    tmp_path: Path, nursery: Nursery, database: str, redis: RedisServer
) -> None:
    with two(tmp_path, nursery, database, redis, **SEVEN) as pair:
        citizen = Citizen(pair.one.http)
        told = [citizen.say(pair[n].http, QUESTION, f"a-key-{n:04}").status_code for n in range(9)]
        assert told == [200] * 7 + [429] * 2


def test_without_redis_people_get_answers_and_the_operator_is_told(
    tmp_path: Path, nursery: Nursery, database: str, redis: RedisServer
) -> None:
    with two(tmp_path, nursery, database, redis) as pair:
        citizen = Citizen(pair.one.http)
        redis.stop()
        until_told(pair, "away", 0)
        for number in range(4):
            said = citizen.say(pair[number].http, QUESTION, f"a-key-{number:04}")
            assert said.status_code == 200
        assert in_order(citizen.read(pair.one.http)) == [QUESTION] * 4
        redis.start()
        until_told(pair, "ready", 1)


def until_told(pair: Pair, word: str, figure: int) -> None:
    """Both say so, by themselves and before the patience of a test ends."""
    for served in (pair.one, pair.other):
        for _ in range(3000):
            response = served.http.get("/ready")
            assert response.status_code == 200
            if response.json()["redis"] == word:
                break
        else:
            raise AssertionError(f"it is never {word}")
        assert f"lotsen_redis_ready {figure}.0" in served.http.get("/metrics").text
