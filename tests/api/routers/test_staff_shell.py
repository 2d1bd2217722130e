"""The frame of the staff pages: who is let in, where signing in leads, what is told once."""

from __future__ import annotations

import httpx
import pytest
from fastapi import FastAPI

from api.routers.staff_shell import MENU
from api.routers.staff_ways import is_staff_path
from tests.api.staff.helpers import PASSWORD, add_account
from tests.api.staff_pages import at_work, page_at

FOR_EDITORS = [entry.path for entry in MENU if "agent" not in entry.roles]


async def test_who_is_not_signed_in_is_led_there_and_back(
    app: FastAPI, http: httpx.AsyncClient
) -> None:
    add_account(app.state.store, "eva", umea="editor")
    led = await http.get("/staff/changes?sida=2")
    assert led.status_code == 303
    assert led.headers["location"] == "/desk/sign-in?next=%2Fstaff%2Fchanges%3Fsida%3D2"
    page = await page_at(http, led.headers["location"])
    done = await page.press("Logga in", login="eva", password=PASSWORD)
    assert done.response.headers["location"] == "/staff/changes?sida=2"


async def test_an_editor_without_such_a_wish_comes_to_the_staff_pages(
    app: FastAPI, http: httpx.AsyncClient
) -> None:
    await at_work(app, http, umea="editor")
    for address, leads in [("/desk", "/staff"), ("/desk/sign-in", "/staff")]:
        response = await http.get(address)
        assert (response.status_code, response.headers["location"]) == (303, leads)


@pytest.mark.parametrize(
    "address",
    [
        "https://ond.example/staff",
        "//ond.example",
        "/staff/../desk/sign-out",
        "/staff//ond.example",
        "/staff/\\ond.example",
        "/staffing",
        "/chat/umea",
        "",
    ],
)
def test_signing_in_leads_nowhere_else(address: str) -> None:
    assert not is_staff_path(address)


@pytest.mark.parametrize("address", ["/staff", "/desk", "/staff/review", "/staff/review?kommun=u"])
def test_signing_in_leads_to_pages_for_staff(address: str) -> None:
    assert is_staff_path(address)


async def test_the_menu_holds_what_one_may_see(app: FastAPI, http: httpx.AsyncClient) -> None:
    await at_work(app, http, umea="agent")
    page = await page_at(http, "/staff")
    linked = {
        a.attributes["href"]
        for a in page.root.one("nav", **{"aria-label": "Personalens sidor"}).all("a")
    }
    assert linked == {"/staff/test", "/staff/flows", "/desk"}


@pytest.mark.parametrize("path", FOR_EDITORS)
async def test_an_agent_is_told_that_the_role_is_missing(
    app: FastAPI, http: httpx.AsyncClient, path: str
) -> None:
    await at_work(app, http, umea="agent")
    page = await page_at(http, path, 403)
    assert page.root.one(role="alert").text == "Din roll räcker inte för det här."


async def test_of_an_address_that_cannot_be_read_a_page_tells(
    app: FastAPI, http: httpx.AsyncClient
) -> None:
    await at_work(app, http, umea="editor")
    page = await page_at(http, "/staff/changes/inte-en-andring", 422)
    assert page.root.one(role="alert").text


async def test_pages_are_kept_by_no_cache_and_shown_in_no_frame(
    app: FastAPI, http: httpx.AsyncClient
) -> None:
    await at_work(app, http, umea="editor")
    headers = (await page_at(http, "/staff")).response.headers
    assert headers["cache-control"] == "no-store"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]


@pytest.mark.parametrize(
    ("typed", "status"), [({"why": "\0"}, 400), ({f"f{n}": "" for n in range(4001)}, 413)]
)
async def test_a_form_that_no_page_of_ours_sends_is_refused(
    app: FastAPI, http: httpx.AsyncClient, typed: dict[str, str], status: int
) -> None:
    await at_work(app, http, umea="editor")
    page = await page_at(http, "/staff/standing")
    sent = await page.send("/staff/standing", {"csrf": page.held("csrf"), **typed})
    assert sent.status == status


@pytest.mark.parametrize("role", ["agent", "editor"])
async def test_a_host_that_cannot_be_read_makes_no_difference(
    app: FastAPI, http: httpx.AsyncClient, role: str
) -> None:
    await at_work(app, http, umea=role)
    http.headers["Host"] = "[ond"
    assert (await http.get("/staff/changes")).status_code == (403 if role == "agent" else 200)
    http.cookies.clear()
    assert (await http.get("/staff/changes")).status_code == 303
