"""Limits: how much is let through, when there is room again, and who counts as one."""

from __future__ import annotations

from typing import Any

import pytest

from api.errors import ApiError
from api.services import windows
from api.services.limits import Limits, client_of
from api.services.windows import Windows
from api.settings import Settings
from api.settings_desk import DeskSettings
from tests.api.helpers import WEBHOOK, Visitor, message
from tests.api.running import Open


class Clock:
    """Time that a test moves."""

    def __init__(self) -> None:
        self.seconds = 1_000_000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


async def waits(limits: Limits, who: str = "me") -> int | None:
    """Seconds to wait, or None when there is room."""
    try:
        await limits.check("client", who)
    except ApiError as refusal:
        return refusal.retry_after
    return None


async def test_the_window_moves(clock: Clock) -> None:
    limits = Limits(Settings(rate_client="2/minute"), clock)
    assert await waits(limits) is None
    clock.seconds += 40
    assert await waits(limits) is None
    assert await waits(limits) == 20
    clock.seconds += 19
    assert await waits(limits) == 1
    clock.seconds += 1
    assert await waits(limits) is None
    assert await waits(limits) == 40


async def test_clients_do_not_share(clock: Clock) -> None:
    limits = Limits(Settings(rate_client="1/minute"), clock)
    assert [await waits(limits, w) for w in ("a", "b", "a")] == [None, None, 60]


async def test_what_was_refused_does_not_count(clock: Clock) -> None:
    limits = Limits(Settings(rate_client="1/minute"), clock)
    assert [await waits(limits) for _ in range(5)] == [None, 60, 60, 60, 60]
    clock.seconds += 60
    assert await waits(limits) is None


async def test_two_limits_hold_at_once(clock: Clock) -> None:
    limits = Limits(Settings(rate_client="2/minute;3/hour"), clock)
    assert [await waits(limits) for _ in range(3)] == [None, None, 60]
    clock.seconds += 60
    assert [await waits(limits) for _ in range(2)] == [None, 3540]


async def test_looking_for_room_counts_nothing(clock: Clock) -> None:
    limits = Limits(Settings(rate_client="1/minute"), clock)
    for _ in range(3):
        await limits.room("client", "a")
    await limits.check("client", "a")
    with pytest.raises(ApiError) as refusal:
        await limits.room("client", "a")
    assert refusal.value.retry_after == 60


@pytest.mark.parametrize(("rate", "share"), [("10/minute", 5), ("1/hour", 1), ("3/2 hours", 1)])
async def test_a_client_has_half_of_what_strangers_may_try_at_an_account(
    clock: Clock, rate: str, share: int
) -> None:
    limits = Limits(Settings(desk=DeskSettings(rate_sign_in=rate)), clock)
    for _ in range(share):
        await limits.check("sign_in_share", "a")
    with pytest.raises(ApiError):
        await limits.check("sign_in_share", "a")


async def test_no_limit_is_no_limit(clock: Clock) -> None:
    limits = Limits(Settings(rate_client=""), clock)
    assert [await waits(limits) for _ in range(500)] == [None] * 500


def test_who_has_gone_is_forgotten(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(windows, "SWEEP_EVERY", 10)
    window = Windows(clock)
    for number in range(9):
        assert window.acquire_entry(f"client {number}", 1, 60)
    clock.seconds += 61
    assert window.acquire_entry("another", 1, 60)
    assert list(window._used) == ["another"]


async def test_without_redis_each_process_counts_for_itself(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits = Limits(Settings(rate_client="1/minute", redis_url="redis://127.0.0.1:1"), clock)

    def away(*rest: Any) -> bool:
        raise ConnectionError("nobody there")

    monkeypatch.setattr(limits._shared, "hit", away)
    assert [await waits(limits) for _ in range(2)] == [None, 60]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8::1", "2001:db8::ffff:1", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.2", False),
        ("testclient", "testclient", True),
    ],
)
def test_who_is_one_client(one: str, other: str, same: bool) -> None:
    names = [client_of({"client": (host, 1)}) for host in (one, other)]
    assert (names[0] == names[1]) is same
    assert one not in names[0]


async def test_too_many_messages_of_a_conversation_are_refused(serve: Open) -> None:
    async with serve(rate_conversation="2/hour") as http:
        visitor, other = await Visitor.arrive(http), await Visitor.arrive(http)
        for number in range(2):
            assert (await visitor.say("hej", f"key-number-{number}")).status_code == 200
        refused = await visitor.say("hej", "key-number-9")
        error = refused.json()["error"]
        assert (refused.status_code, error["code"]) == (429, "too_many_requests")
        assert int(refused.headers["retry-after"]) == error["retry_after"]
        assert 3500 < error["retry_after"] <= 3600
        assert str(error["retry_after"]) in error["message"]
        assert (await other.say("hej")).status_code == 200


async def test_too_many_starts_are_refused(serve: Open) -> None:
    async with serve(rate_start="2/hour") as http:
        body = {"municipality": "umea"}
        started = [await http.post("/api/v1/conversations", json=body) for _ in range(3)]
        assert [s.status_code for s in started] == [201, 201, 429]
        assert "retry-after" in started[2].headers
        assert (await http.get("/api/v1/municipalities")).status_code == 200


async def test_rasas_contract_has_a_limit_of_its_own(serve: Open) -> None:
    async with serve(rate_rest="2/hour", rate_client="1/hour") as http:
        statuses = [(await http.post(WEBHOOK, json=message())).status_code for _ in range(3)]
        assert statuses == [200, 200, 429]
        assert (await http.get("/api/v1/municipalities")).status_code == 200


async def test_health_is_never_refused(serve: Open) -> None:
    async with serve(rate_client="1/hour", rate_rest="1/hour") as http:
        for path in ["/health", "/ready"] * 3:
            assert (await http.get(path)).status_code == 200
