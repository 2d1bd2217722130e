"""What every route of the desk can rely on: who is signed in, from our page, with which role."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from fastapi import APIRouter, FastAPI

from api.routers.desk_deps import chosen
from api.services import limits
from api.settings_desk import DeskSettings
from api.staff.deps import AdminDep, AgentDep, ReaderDep, SessionDep, StaffDep
from api.staff.records import Staff
from api.storage import staff as table
from tests.api.helpers import Canned, application
from tests.api.running import Open
from tests.api.staff.helpers import NOW, add_account, signed_in

router = APIRouter(prefix="/api/v1/desk/try")


@router.api_route("/me", methods=["GET", "POST", "PUT", "PATCH", "DELETE"])
async def me(staff: StaffDep) -> str:
    return staff.name


@router.get("/session")
async def session(found: SessionDep) -> str:
    return found.csrf


@router.get("/agent")
async def agent(staff: AgentDep) -> str:
    return staff.name


@router.get("/admin")
async def admin(staff: AdminDep) -> str:
    return staff.name


@router.get("/reader")
async def reader(staff: ReaderDep) -> str:
    return staff.name


@router.get("/of/{municipality}")
async def of(municipality: str, staff: StaffDep) -> str:
    chosen(staff, municipality, "agent", "admin")
    return municipality


@pytest.fixture
async def app(folder: Path, canned: Canned) -> FastAPI:
    made = application(canned, folder)
    made.include_router(router)
    return made


@pytest.fixture
def anna(app: FastAPI, http: httpx.AsyncClient) -> Staff:
    return add_account(app.state.store, umea="agent", ludvika="admin", leksand="editor")


def code(response: httpx.Response) -> str:
    return str(response.json()["error"]["code"])


async def ask(
    http: httpx.AsyncClient, path: str, headers: object = None, method: str = "GET"
) -> httpx.Response:
    return await http.request(method, f"/api/v1/desk/try/{path}", headers=headers)  # type: ignore[arg-type]


@pytest.mark.parametrize("cookie", [None, "", "x", "a" * 43])
@pytest.mark.parametrize("path", ["me", "session", "agent", "admin", "reader", "of/umea"])
async def test_a_stranger_is_asked_to_sign_in(
    http: httpx.AsyncClient, path: str, cookie: str | None
) -> None:
    headers = {} if cookie is None else {"Cookie": f"lotsen_desk={cookie}"}
    response = await ask(http, path, headers)
    assert (response.status_code, code(response)) == (401, "not_signed_in")


async def test_who_is_signed_in_is_known(
    app: FastAPI, http: httpx.AsyncClient, anna: Staff
) -> None:
    headers = signed_in(app.state.store, anna)
    assert (await ask(http, "me", headers)).json() == "Anna Ek"
    assert (await ask(http, "session", headers)).json() == headers["X-Lotsen-CSRF"]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
async def test_changing_something_needs_the_token_and_our_page(
    app: FastAPI, http: httpx.AsyncClient, anna: Staff, method: str
) -> None:
    good = dict(signed_in(app.state.store, anna))
    other = signed_in(app.state.store, anna)["X-Lotsen-CSRF"]
    assert (await ask(http, "me", good, method)).json() == "Anna Ek"
    for change in (
        {"X-Lotsen-CSRF": ""},
        {"X-Lotsen-CSRF": "x"},
        {"X-Lotsen-CSRF": other},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
    ):
        response = await ask(http, "me", {**good, **change}, method)
        assert (response.status_code, code(response)) == (403, "forged")
    for name in ("X-Lotsen-CSRF", "Sec-Fetch-Site"):
        fewer = {k: v for k, v in good.items() if k != name}
        assert code(await ask(http, "me", fewer, method)) == "forged"


@pytest.mark.parametrize(
    ("method", "more", "holds"),
    [("GET", {}, False), ("GET", {"X-Lotsen-Active": "1"}, True), ("POST", {}, True)],
)
async def test_an_unattended_desk_is_signed_out(
    app: FastAPI,
    http: httpx.AsyncClient,
    anna: Staff,
    method: str,
    more: dict[str, str],
    holds: bool,
) -> None:
    headers, last = {**signed_in(app.state.store, anna), **more}, ""
    for minutes in range(0, 180, 20):  # the page asks by itself, all the time
        now = (NOW + timedelta(minutes=minutes)).isoformat()
        response = await ask(http, "me", {**headers, "X-Lotsen-Now": now}, method)
        last = "" if response.status_code == 200 else code(response)
    assert last == ("" if holds else "not_signed_in")


async def test_reading_needs_no_token(app: FastAPI, http: httpx.AsyncClient, anna: Staff) -> None:
    cookie = {k: v for k, v in signed_in(app.state.store, anna).items() if k != "X-Lotsen-CSRF"}
    assert (await ask(http, "me", cookie)).status_code == 200


@pytest.mark.parametrize(
    ("roles", "allowed"),
    [
        ("agent", {"agent", "reader"}),
        ("admin", {"admin", "reader"}),
        ("editor", set()),
        ("agent admin editor", {"agent", "admin", "reader"}),
    ],
)
async def test_a_role_that_is_held_nowhere_is_told(
    app: FastAPI, http: httpx.AsyncClient, roles: str, allowed: set[str]
) -> None:
    headers = signed_in(app.state.store, add_account(app.state.store, "bo", umea=roles))
    for path in ("agent", "admin", "reader"):
        response = await ask(http, path, headers)
        if path in allowed:
            assert response.status_code == 200
        else:
            assert (response.status_code, code(response)) == (403, "no_role")


async def test_what_is_not_theirs_is_as_what_is_not_there(
    app: FastAPI, http: httpx.AsyncClient, anna: Staff
) -> None:
    headers = signed_in(app.state.store, anna)
    answers = {m: await ask(http, f"of/{m}", headers) for m in ("leksand", "ostersund", "mars")}
    assert {a.status_code for a in answers.values()} == {404}
    assert len({a.text for a in answers.values()}) == 1
    for municipality in ("umea", "ludvika"):
        assert (await ask(http, f"of/{municipality}", headers)).status_code == 200


async def test_what_is_taken_away_is_gone_at_the_next_request(
    app: FastAPI, http: httpx.AsyncClient, anna: Staff
) -> None:
    headers, store = signed_in(app.state.store, anna), app.state.store
    assert (await ask(http, "of/umea", headers)).status_code == 200
    with store.desk.begin() as connection:
        table.set_roles(connection, anna.id, {"umea": ["editor"]})
    assert (await ask(http, "of/umea", headers)).status_code == 404
    assert (await ask(http, "agent", headers)).status_code == 403
    with store.desk.begin() as connection:
        table.change(connection, anna.id, active=False)
    assert (await ask(http, "me", headers)).status_code == 401


async def test_an_office_behind_one_address_is_not_one_person(
    serve: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "DESK", "3/hour")
    async with serve(rate_client="2/hour", desk=DeskSettings()) as http:
        app: FastAPI = http._transport.app  # type: ignore[attr-defined]
        app.include_router(router)
        people = [add_account(app.state.store, login, umea="agent") for login in ("anna", "bo")]
        for person in people:
            headers = signed_in(app.state.store, person)
            statuses = [(await ask(http, "me", headers)).status_code for _ in range(4)]
            assert statuses == [200, 200, 200, 429]
        strangers = [(await ask(http, "me")).status_code for _ in range(3)]
        assert strangers == [401, 401, 429]
