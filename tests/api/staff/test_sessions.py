"""A session holds as long as it is used, its time is not out, and its account may sign in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa

from api.settings_desk import DeskSettings, OidcSettings
from api.staff.records import Staff
from api.staff.sessions import Sessions, hash_of
from api.storage import staff as table
from api.storage.desk_presence import set_state
from api.storage.store import Store
from api.storage.tables_desk import presence, staff_sessions
from api.storage.tables_desk import staff as staff_table
from tests.api.staff.helpers import NOW, add_account

MINUTE = timedelta(minutes=1)
ISSUER = "https://provider.example"

Begin = Callable[..., str]


@pytest.fixture
def sessions(store: Store) -> Sessions:
    return Sessions(store.desk, DeskSettings(session_hours=8, idle_minutes=30))


@pytest.fixture
def anna(store: Store) -> Staff:
    return add_account(store, umea="agent")


@pytest.fixture
def begin(store: Store, sessions: Sessions) -> Begin:
    def begun(staff: Staff, old: str = "") -> str:
        with store.desk.begin() as connection:
            return sessions.begin(connection, staff, NOW, old)

    return begun


def rows(store: Store) -> list[tuple[object, ...]]:
    with store.desk.connect() as connection:
        return [tuple(row) for row in connection.execute(sa.select(staff_sessions))]


async def test_the_database_does_not_know_the_cookie(
    store: Store, begin: Begin, anna: Staff
) -> None:
    token = begin(anna)
    assert len(token) == 43  # 256 bits
    (row,) = rows(store)
    assert hash_of(token) in row
    assert token not in row


@pytest.mark.parametrize("token", ["", "x", "\ud800", "\x00", "a" * 43, "å" * 5000])
async def test_what_is_no_session_is_none(sessions: Sessions, token: str) -> None:
    assert await sessions.find(token, NOW) is None


async def test_it_ends_with_its_time_however_much_it_is_used(
    sessions: Sessions, begin: Begin, anna: Staff
) -> None:
    token = begin(anna)
    for minutes in range(0, 480, 20):
        assert await sessions.find(token, NOW + minutes * MINUTE)
    assert await sessions.find(token, NOW + timedelta(hours=8)) is None


async def test_it_ends_when_it_is_not_used(sessions: Sessions, begin: Begin, anna: Staff) -> None:
    token = begin(anna)
    assert await sessions.find(token, NOW + 29 * MINUTE)
    assert await sessions.find(token, NOW + 58 * MINUTE)
    assert await sessions.find(token, NOW + 88 * MINUTE) is None


async def test_an_open_page_does_not_keep_it(sessions: Sessions, begin: Begin, anna: Staff) -> None:
    token = begin(anna)
    assert await sessions.current(hash_of(token), NOW + 29 * MINUTE)
    assert await sessions.find(token, NOW + 29 * MINUTE, used=False)
    assert await sessions.current(hash_of(token), NOW + 30 * MINUTE) is None
    assert await sessions.find(token, NOW + 30 * MINUTE) is None


async def test_it_is_written_down_once_a_minute_at_most(
    sessions: Sessions, begin: Begin, anna: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    token, seen = begin(anna), []
    monkeypatch.setattr(table, "see_session", lambda connection, which, now: seen.append(now))
    for seconds in (0, 30, 59, 60):
        await sessions.find(token, NOW + timedelta(seconds=seconds))
    assert seen == [NOW + MINUTE]


async def test_a_disabled_account_is_out_at_once(
    store: Store, sessions: Sessions, begin: Begin, anna: Staff
) -> None:
    token = begin(anna)
    with store.desk.begin() as connection:
        table.change(connection, anna.id, active=False)
    assert await sessions.find(token, NOW) is None


async def test_roles_are_those_of_the_moment(
    store: Store, sessions: Sessions, begin: Begin, anna: Staff
) -> None:
    token = begin(anna)
    with store.desk.begin() as connection:
        table.set_roles(connection, anna.id, {"ludvika": ["admin"]})
    found = await sessions.find(token, NOW)
    assert found
    assert found.staff.roles == {"ludvika": {"admin"}}
    assert found.staff.municipalities() == {"ludvika"}
    assert found.staff.municipalities("agent") == frozenset()
    with store.desk.begin() as connection:
        table.set_roles(connection, anna.id, {})
    found = await sessions.find(token, NOW)
    assert found
    assert found.staff.roles == {}


async def test_signing_out_ends_it_and_nothing_else(
    sessions: Sessions, begin: Begin, anna: Staff
) -> None:
    here, there = begin(anna), begin(anna)
    found = await sessions.find(here, NOW)
    assert found
    await sessions.end(found, NOW)
    assert await sessions.find(here, NOW) is None
    assert await sessions.find(there, NOW)


async def test_who_has_signed_out_everywhere_is_at_no_desk(
    store: Store, sessions: Sessions, begin: Begin, anna: Staff
) -> None:
    tokens = [begin(anna), begin(anna)]
    with store.desk.begin() as connection:
        set_state(connection, anna.id, "here", NOW)
    states = []
    for token in tokens:
        found = await sessions.find(token, NOW)
        assert found
        await sessions.end(found, NOW)
        with store.desk.connect() as connection:
            states.append(connection.execute(sa.select(presence.c.state)).scalar())
    assert states == ["here", None]


async def test_old_sessions_are_deleted_when_one_begins(
    store: Store, sessions: Sessions, begin: Begin, anna: Staff
) -> None:
    begin(anna)
    with store.desk.begin() as connection:
        sessions.begin(connection, anna, NOW + 31 * MINUTE)
    assert len(rows(store)) == 1


@pytest.mark.parametrize(
    ("subject", "settings", "holds"),
    [
        (None, DeskSettings(), True),
        (None, DeskSettings(local_accounts=False), False),
        (f"{ISSUER} 1", DeskSettings(oidc=OidcSettings(issuer=ISSUER)), True),
        (f"{ISSUER} 1", DeskSettings(), False),
        (f"{ISSUER} 1", DeskSettings(oidc=OidcSettings(issuer="https://another")), False),
        (f"{ISSUER}x 1", DeskSettings(oidc=OidcSettings(issuer=ISSUER)), False),
    ],
)
async def test_a_way_in_that_was_closed_ends_its_sessions(
    store: Store, begin: Begin, subject: str | None, settings: DeskSettings, holds: bool
) -> None:
    token = begin(add_account(store, "bo", subject=subject, umea="agent"))
    assert bool(await Sessions(store.desk, settings).find(token, NOW)) is holds


def test_deleting_an_account_deletes_all_of_it(store: Store, begin: Begin, anna: Staff) -> None:
    begin(anna)
    with store.desk.begin() as connection:
        set_state(connection, anna.id, "here", NOW)
        connection.execute(staff_table.delete())
    assert rows(store) == []


def test_a_colleague_is_somebody_who_may_sign_in(store: Store) -> None:
    add_account(store, "anna", "Anna", umea="agent admin", ludvika="editor")
    add_account(store, "dan", "Dan", active=False, umea="agent")
    with store.desk.connect() as connection:
        assert table.find(connection, "dan") is None
        anna = table.find(connection, "anna")
    assert anna is not None
    assert set(anna.municipalities("agent")) == {"umea"}
