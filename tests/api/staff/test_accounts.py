"""Signing in with a password: who may, what is told, and how often it may be tried."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from argon2 import PasswordHasher

from api.errors import ApiError
from api.services.limits import Limits
from api.settings import Settings
from api.settings_desk import DeskSettings
from api.staff import accounts as module
from api.staff import passwords
from api.staff.accounts import Accounts, Attempt
from api.staff.records import Session
from api.staff.sessions import Sessions
from api.storage import audit
from api.storage import staff as table
from api.storage.store import Store
from tests.api.staff.helpers import NOW, PASSWORD, add_account

HOME = "the-client-of-anna"


class Clock:
    """The limits' clock."""

    seconds = 1_000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sessions(store: Store) -> Sessions:
    return Sessions(store.desk, DeskSettings())


@pytest.fixture
def door(store: Store, sessions: Sessions, clock: Clock) -> Accounts:
    settings = Settings(desk=DeskSettings(rate_sign_in="6/minute"))
    return Accounts(store.desk, sessions, Limits(settings, clock))


@pytest.fixture
def _anna(store: Store) -> None:
    add_account(store, umea="agent")


def attempt(
    password: str = PASSWORD, login: str = "anna", client: str = HOME, device: str = ""
) -> Attempt:
    return Attempt(login, password, client, device)


async def refused(door: Accounts, tried: Attempt) -> str:
    with pytest.raises(ApiError) as refusal:
        await door.sign_in(tried, NOW)
    return refusal.value.code


async def admitted(door: Accounts, sessions: Sessions, tried: Attempt) -> Session:
    token = (await door.sign_in(tried, NOW)).session
    found = await sessions.find(token, NOW)
    assert found
    return found


def logged(store: Store, *municipalities: str) -> list[tuple[str | None, str, str | None]]:
    with store.desk.connect() as connection:
        entries = audit.read(connection, municipalities)
    return [(e.staff_id, e.action, e.object) for e in entries]


@pytest.mark.usefixtures("_anna")
async def test_the_right_password_opens_a_session(door: Accounts, sessions: Sessions) -> None:
    found = await admitted(door, sessions, attempt())
    assert found.staff.name == "Anna Ek"
    assert found.staff.has("agent", "umea")
    assert found.ends_at == NOW + timedelta(hours=10)


@pytest.mark.usefixtures("_anna")
@pytest.mark.parametrize("login", ["Anna", " anna ", "ANNA"])
async def test_a_login_may_be_written_in_any_case(door: Accounts, login: str) -> None:
    assert (await door.sign_in(attempt(login=login), NOW)).session


async def test_all_that_is_wrong_is_told_alike(door: Accounts, store: Store) -> None:
    add_account(store, umea="agent")
    add_account(store, "bo", active=False, umea="agent")
    add_account(store, "oidc:1", subject="https://a 1", umea="agent")
    for tried in (
        attempt("fel lösenord här"),
        attempt(login="nobody"),
        attempt(login="bo"),
        attempt(login="oidc:1"),
        attempt(""),
        attempt(login=""),
    ):
        assert (
            await refused(door, Attempt(tried.login, tried.password, tried.login))
            == "wrong_sign_in"
        )


async def test_all_that_is_wrong_takes_one_look_at_a_hash(
    door: Accounts, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_account(store, umea="agent")
    add_account(store, "bo", active=False, umea="agent")
    looks: list[str | None] = []
    right = passwords.is_right

    def counting(password: str, kept: str | None) -> bool:
        looks.append(kept)
        return right(password, kept)

    monkeypatch.setattr(passwords, "is_right", counting)
    for number, login in enumerate(("anna", "bo", "nobody"), 1):
        await refused(door, attempt("fel lösenord här", login, client=login))
        assert len(looks) == number


@pytest.mark.usefixtures("_anna")
async def test_who_came_in_and_who_tried_is_logged(door: Accounts, store: Store) -> None:
    add_account(store, "bo", "Bo", umea="agent", ludvika="admin")
    await door.sign_in(attempt(), NOW)
    await refused(door, attempt("fel lösenord här", "bo"))
    await refused(door, attempt("fel lösenord här", "hemligheten i fel fält"))
    assert logged(store, "umea") == [(None, "sign_in_failed", "bo"), ("anna", "signed_in", "anna")]
    assert logged(store, "ludvika") == [(None, "sign_in_failed", "bo")]


@pytest.mark.usefixtures("_anna")
async def test_guessing_from_one_place_ends(door: Accounts, clock: Clock) -> None:
    for number in range(6):
        code = await refused(door, attempt("fel lösenord här", f"somebody{number}"))
        assert code == "wrong_sign_in"
    assert await refused(door, attempt("fel lösenord här", "another")) == "too_many_requests"
    assert await refused(door, attempt()) == "too_many_requests"
    clock.seconds += 61
    assert (await door.sign_in(attempt(), NOW)).session


@pytest.mark.usefixtures("_anna")
@pytest.mark.parametrize("login", ["anna", "nobody"])
async def test_guessing_at_one_account_from_many_places_ends(
    door: Accounts, clock: Clock, login: str
) -> None:
    for number in range(6):
        code = await refused(door, attempt("fel lösenord här", login, f"client {number}"))
        assert code == "wrong_sign_in"
    assert await refused(door, attempt("fel lösenord här", login, "more")) == "too_many_requests"
    clock.seconds += 61
    assert await refused(door, attempt("fel lösenord här", login, "more")) == "wrong_sign_in"


@pytest.mark.usefixtures("_anna")
async def test_a_single_stranger_locks_nobody_out(door: Accounts) -> None:
    codes = [
        await refused(door, attempt("fel lösenord här", client="a stranger")) for _ in range(9)
    ]
    assert codes == ["wrong_sign_in"] * 3 + ["too_many_requests"] * 6
    assert (await door.sign_in(attempt(), NOW)).session


@pytest.mark.usefixtures("_anna")
async def test_many_strangers_lock_nobody_out_of_a_browser_they_have_used(
    door: Accounts, store: Store
) -> None:
    known = (await door.sign_in(attempt(), NOW)).device
    for number in range(6):
        await refused(door, attempt("fel lösenord här", client=f"client {number}"))
    assert await refused(door, attempt()) == "too_many_requests"
    assert (await door.sign_in(attempt(device=known), NOW)).session
    add_account(store, "bo", umea="agent")
    assert (await door.sign_in(attempt(login="bo", device=known), NOW)).session


@pytest.mark.usefixtures("_anna")
async def test_a_known_browser_may_not_guess_for_ever(door: Accounts) -> None:
    known = (await door.sign_in(attempt(), NOW)).device
    for number in range(6):
        wrong = attempt("fel lösenord här", client=f"client {number}", device=known)
        assert await refused(door, wrong) == "wrong_sign_in"
    assert await refused(door, attempt(client="x", device=known)) == "too_many_requests"


@pytest.mark.usefixtures("_anna")
async def test_who_gets_it_right_is_not_counted(door: Accounts) -> None:
    """All of an office come from one address, and all of them at eight."""
    for _ in range(20):
        assert (await door.sign_in(attempt(), NOW)).session


@pytest.mark.usefixtures("_anna")
async def test_many_attempts_at_once_are_no_way_round(door: Accounts) -> None:
    tried = [attempt(f"fel lösenord nr {n}", f"login{n}") for n in range(15)]
    codes = await asyncio.gather(*(refused(door, one) for one in tried))
    assert sorted(codes) == ["too_many_requests"] * 9 + ["wrong_sign_in"] * 6


@pytest.mark.usefixtures("_anna")
async def test_a_crowd_is_turned_away_before_anything_is_hashed(
    door: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "WAITING", 2)
    tried = [attempt("fel lösenord här", f"login{n}", f"client {n}") for n in range(5)]
    codes = await asyncio.gather(*(refused(door, one) for one in tried))
    assert sorted(codes) == ["too_many_requests"] * 3 + ["wrong_sign_in"] * 2
    assert (await door.sign_in(attempt(), NOW)).session


@pytest.mark.usefixtures("_anna")
async def test_an_old_hash_is_made_anew(door: Accounts, store: Store) -> None:
    old = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
    with store.desk.begin() as connection:
        table.change(connection, "anna", password_hash=old)
    device = (await door.sign_in(attempt(), NOW)).device
    with store.desk.connect() as connection:
        account = table.by_login(connection, "anna")
    assert account and account.password_hash
    assert not passwords.is_outdated(account.password_hash)
    assert account.signed_in_at == NOW
    assert (await door.sign_in(attempt(device=device), NOW)).session


@pytest.mark.usefixtures("_anna")
@pytest.mark.parametrize("change", [{"active": False}, {"password_hash": "a new one"}])
async def test_what_changes_while_a_password_is_checked_counts(
    door: Accounts, store: Store, monkeypatch: pytest.MonkeyPatch, change: dict[str, object]
) -> None:
    def changing(password: str, kept: str | None) -> bool:
        with store.desk.begin() as connection:
            table.change(connection, "anna", **change)
        return True

    monkeypatch.setattr(passwords, "is_right", changing)
    assert await refused(door, attempt()) == "wrong_sign_in"
    with store.desk.connect() as connection:
        account = table.by_login(connection, "anna")
    assert account
    assert account.password_hash == change.get("password_hash", account.password_hash)


@pytest.mark.usefixtures("_anna")
async def test_signing_in_ends_the_session_that_was_there(
    door: Accounts, sessions: Sessions
) -> None:
    first = (await door.sign_in(attempt(), NOW)).session
    second = (await door.sign_in(Attempt("anna", PASSWORD, HOME, session=first), NOW)).session
    assert first != second
    assert await sessions.find(first, NOW) is None
    assert await sessions.find(second, NOW)
