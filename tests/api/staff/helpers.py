"""Staff for tests: accounts made in the database, and people who are signed in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

import httpx

from api.settings_desk import DeskSettings
from api.staff import passwords
from api.staff.deps import CSRF_HEADER
from api.staff.records import Staff
from api.staff.sessions import Sessions, hash_of
from api.storage import staff as table
from api.storage.staff import Account
from api.storage.store import Store
from bot.dialogue.turn import in_stockholm
from tests.api.helpers import MORNING
from tests.api.html import Page, visit

PASSWORD = "fyra ord som ingen gissar"
NOW = in_stockholm(datetime.fromisoformat(MORNING))


@cache
def kept_password() -> str:
    """The hash of everybody's password: made once, since making it is meant to take a while."""
    return passwords.hash_of(PASSWORD)


def add_account(
    store: Store,
    login: str = "anna",
    name: str = "Anna Ek",
    *,
    active: bool = True,
    subject: str | None = None,
    **roles: str,
) -> Staff:
    """An account with roles, as ``umea="agent admin"``; its id is its login."""
    held: Any = {municipality: frozenset(given.split()) for municipality, given in roles.items()}
    staff = Staff(login, login, name, held)
    kept = None if subject else kept_password()
    with store.desk.begin() as connection:
        table.add(connection, Account(staff, kept, subject, active, None), NOW)
    return staff


def signed_in(
    store: Store, staff: Staff, now: datetime = NOW, settings: DeskSettings | None = None
) -> Mapping[str, str]:
    """Headers of somebody's browser at the desk: cookie, token, and where the request is from."""
    sessions = Sessions(store.desk, settings or DeskSettings())
    with store.desk.begin() as connection:
        token = sessions.begin(connection, staff, now)
        kept = table.find_session(connection, hash_of(token), now, now.replace(year=now.year - 1))
    assert kept
    return {
        "Cookie": f"lotsen_desk={token}",
        CSRF_HEADER: kept.csrf,
        "Sec-Fetch-Site": "same-origin",
        "X-Lotsen-Now": now.isoformat(),
    }


async def sign_in(http: httpx.AsyncClient, login: str = "anna", password: str = PASSWORD) -> Page:
    """Write login and password, and send them; the page that answers, not followed further."""
    page = await visit(http, "/desk/sign-in")
    return await page.press("Logga in", login=login, password=password)
