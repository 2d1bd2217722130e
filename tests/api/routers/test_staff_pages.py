"""Signing in and out at the desk, as a browser does it without scripts."""

from __future__ import annotations

from collections.abc import Mapping
from http.cookies import SimpleCookie

import httpx
import pytest
from fastapi import FastAPI

from api.settings_desk import DeskSettings, OidcSettings
from api.staff.records import Staff
from tests.api.helpers import MORNING
from tests.api.html import Page, visit
from tests.api.running import Open
from tests.api.staff.helpers import PASSWORD, add_account, sign_in, signed_in

WRONG = "Inloggningsnamnet eller lösenordet är fel."
FORGED = "Begäran kom inte från sidan. Ladda om sidan och försök igen."


@pytest.fixture
def anna(app: FastAPI, http: httpx.AsyncClient) -> Staff:
    """She works in Umeå; the application runs, and all happens at one moment."""
    http.headers["X-Lotsen-Now"] = MORNING
    return add_account(app.state.store, umea="agent")


def went_to(page: Page | httpx.Response) -> str:
    response = page.response if isinstance(page, Page) else page
    assert response.status_code == 303, response.text
    assert response.headers["cache-control"] == "no-store"
    return response.headers["location"]


def cookie(response: httpx.Response, name: str) -> Mapping[str, str]:
    """A cookie that is set, with what is said of it."""
    for line in response.headers.get_list("set-cookie"):
        found = SimpleCookie(line)
        if name in found:
            return {"value": found[name].value, **{k: str(v) for k, v in found[name].items()}}
    raise AssertionError(f"no cookie {name}")


def problem(page: Page) -> str:
    return page.root.one(role="alert").text


@pytest.mark.usefixtures("anna")
async def test_the_whole_way_in_and_out(http: httpx.AsyncClient) -> None:
    assert went_to(await http.get("/desk")) == "/desk/sign-in"
    assert went_to(await sign_in(http)) == "/desk"
    desk = await http.get("/desk")
    assert desk.status_code == 200
    assert desk.headers["cache-control"] == "no-store"
    assert went_to(await http.get("/desk/sign-in")) == "/desk"
    me = (await http.get("/api/v1/desk/me")).json()
    assert me["name"] == "Anna Ek"
    headers = {"Sec-Fetch-Site": "same-origin"}
    out = await http.post("/desk/sign-out", data={"csrf": me["csrf"]}, headers=headers)
    assert went_to(out) == "/desk/sign-in?ut=1"
    assert (await visit(http, "/desk/sign-in?ut=1")).root.one(role="status").text == (
        "Du är utloggad."
    )
    assert went_to(await http.get("/desk")) == "/desk/sign-in"
    assert (await http.get("/api/v1/desk/me")).status_code == 401


@pytest.mark.usefixtures("anna")
async def test_what_is_wrong_is_told_alike_and_the_login_is_kept(http: httpx.AsyncClient) -> None:
    pages = [
        await sign_in(http, "anna", "fel lösenord här"),
        await sign_in(http, "ingen", PASSWORD),
    ]
    for page, login in zip(pages, ("anna", "ingen"), strict=True):
        assert page.status == 422
        assert problem(page) == WRONG
        assert page.root.one("input", name="login").attributes["value"] == login
        assert "value" not in page.root.one("input", name="password").attributes
        assert page.root.one("title").text.startswith("Fel:")
    assert "<b>" not in (await sign_in(http, "<b>", PASSWORD)).response.text


@pytest.mark.usefixtures("anna")
async def test_cookies_are_out_of_reach_of_scripts_and_other_sites(
    http: httpx.AsyncClient,
) -> None:
    page = await sign_in(http)
    for name in ("lotsen_desk", "lotsen_desk_known"):
        flags = cookie(page.response, name)
        assert flags["httponly"] == "True"
        assert flags["samesite"] == "lax"
        assert flags["path"] == "/"
        assert not flags["domain"]
        assert not flags["secure"]
    assert not cookie(page.response, "lotsen_desk")["max-age"]
    assert cookie(page.response, "lotsen_desk_known")["max-age"] == str(180 * 86_400)


async def test_with_https_cookies_are_of_this_host_only(serve: Open) -> None:
    async with serve(public_url="https://chat.example.se") as http:
        app: FastAPI = http._transport.app  # type: ignore[attr-defined]
        add_account(app.state.store, umea="agent")
        form = await visit(http, "/desk/sign-in")
        token = cookie(form.response, "__Host-lotsen_desk_form")
        assert token["secure"] == "True"
        sent = {"login": "anna", "password": PASSWORD, "csrf": form.held("csrf")}
        headers = {
            "Cookie": f"__Host-lotsen_desk_form={token['value']}",
            "Origin": "https://chat.example.se",
        }
        admitted = await http.post("/desk/sign-in", data=sent, headers=headers)
        assert went_to(admitted) == "/desk"
        flags = cookie(admitted, "__Host-lotsen_desk")
        assert (flags["secure"], flags["path"], flags["domain"]) == ("True", "/", "")
        planted = {"Cookie": f"lotsen_desk={flags['value']}"}
        assert (await http.get("/api/v1/desk/me", headers=planted)).status_code == 401
        own = {"Cookie": f"__Host-lotsen_desk={flags['value']}"}
        assert (await http.get("/api/v1/desk/me", headers=own)).status_code == 200


@pytest.mark.usefixtures("anna")
@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
async def test_other_sites_sign_nobody_in_or_out(
    http: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    page = await visit(http, "/desk/sign-in")
    fields = page.fields("Logga in", login="anna", password=PASSWORD)
    refused = await page.send("/desk/sign-in", fields, **headers)
    assert (refused.status, problem(refused)) == (403, FORGED)
    assert "lotsen_desk" not in http.cookies
    await sign_in(http)
    csrf = (await http.get("/api/v1/desk/me")).json()["csrf"]
    out = await http.post(
        "/desk/sign-out", data={"csrf": csrf}, headers={"Sec-Fetch-Site": "same-origin", **headers}
    )
    assert out.status_code == 403
    assert (await http.get("/api/v1/desk/me")).status_code == 200


@pytest.mark.usefixtures("anna")
async def test_a_form_that_was_not_made_for_this_browser_is_refused(
    http: httpx.AsyncClient,
) -> None:
    page = await visit(http, "/desk/sign-in")
    fields = page.fields("Logga in", login="anna", password=PASSWORD)
    for wrong in ({"csrf": "x"}, {"csrf": ""}):
        refused = await page.send("/desk/sign-in", {**fields, **wrong})
        assert (refused.status, problem(refused)) == (403, FORGED)
    http.cookies.clear()
    refused = await page.send("/desk/sign-in", fields)
    assert refused.status == 403
    again = await refused.press("Logga in", login="anna", password=PASSWORD)
    assert went_to(again) == "/desk"


async def test_a_planted_token_is_not_taken_over(http: httpx.AsyncClient) -> None:
    headers = {"Cookie": "lotsen_desk_form=a-guess"}
    response = await http.get("/desk/sign-in", headers=headers)
    assert "a-guess" not in response.text
    assert len(cookie(response, "lotsen_desk_form")["value"]) == 43


async def test_who_signed_in_elsewhere_is_told_that_they_may_still_be_in(serve: Open) -> None:
    oidc = OidcSettings(issuer="http://127.0.0.1:1", client_id="x", name="Umeås inloggning")
    async with serve(desk=DeskSettings(oidc=oidc)) as http:
        told = (await visit(http, "/desk/sign-in?ut=1")).root.one(role="status").text
    assert "fortfarande vara inloggad hos Umeås inloggning" in told


@pytest.mark.usefixtures("anna")
async def test_two_tabs_have_one_form(http: httpx.AsyncClient) -> None:
    first = await visit(http, "/desk/sign-in")
    await visit(http, "/desk/sign-in")
    assert went_to(await first.press("Logga in", login="anna", password=PASSWORD)) == "/desk"


@pytest.mark.parametrize("token", ["", "wrong", None])
async def test_signing_out_needs_the_sessions_token(
    app: FastAPI, http: httpx.AsyncClient, anna: Staff, token: str | None
) -> None:
    headers = signed_in(app.state.store, anna)
    data = {} if token is None else {"csrf": token}
    out = await http.post("/desk/sign-out", data=data, headers=headers)
    assert out.status_code == 403
    assert (await http.get("/desk", headers=headers)).status_code == 200


async def test_signing_out_twice_is_no_error(http: httpx.AsyncClient) -> None:
    headers = {"Sec-Fetch-Site": "same-origin"}
    out = await http.post("/desk/sign-out", data={"csrf": "x"}, headers=headers)
    assert went_to(out) == "/desk/sign-in?ut=1"


@pytest.mark.usefixtures("anna")
async def test_a_planted_session_is_not_the_one_that_signing_in_opens(
    http: httpx.AsyncClient,
) -> None:
    http.cookies.set("lotsen_desk", "planted-by-somebody", domain="127.0.0.1")
    page = await sign_in(http)
    opened = cookie(page.response, "lotsen_desk")["value"]
    assert opened != "planted-by-somebody"
    planted = {"Cookie": "lotsen_desk=planted-by-somebody"}
    http.cookies.clear()
    assert went_to(await http.get("/desk", headers=planted)) == "/desk/sign-in"


@pytest.mark.usefixtures("anna")
@pytest.mark.parametrize("name", ["next", "return_to", "redirect", "url", "rd"])
async def test_nobody_is_led_elsewhere(http: httpx.AsyncClient, name: str) -> None:
    page = await visit(http, f"/desk/sign-in?{name}=https://evil.example")
    assert "evil" not in page.response.text
    fields = page.fields("Logga in", login="anna", password=PASSWORD)
    sent = {**fields, name: "//evil.example"}
    assert went_to(await page.send(f"/desk/sign-in?{name}=//evil.example", sent)) == "/desk"


async def test_too_many_attempts_are_told_when_to_come_back(serve: Open) -> None:
    async with serve(desk=DeskSettings(rate_sign_in="2/hour")) as http:
        pages = [await sign_in(http, f"ingen{n}", "fel lösenord här") for n in range(3)]
        assert [p.status for p in pages] == [422, 422, 429]
        assert 3500 < int(pages[2].response.headers["retry-after"]) <= 3600
        assert "Försök igen om" in problem(pages[2])


async def test_without_local_accounts_there_is_no_form(serve: Open) -> None:
    async with serve(desk=DeskSettings(local_accounts=False)) as http:
        page = await visit(http, "/desk/sign-in")
        assert not list(page.root.all("form"))
        headers = {"Sec-Fetch-Site": "same-origin"}
        assert (await http.post("/desk/sign-in", data={}, headers=headers)).status_code == 404


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"\xff", "application/x-www-form-urlencoded"),
        (b"broken", "multipart/form-data; boundary=x"),
        (b"{}", "application/json"),
        (b"", ""),
    ],
)
async def test_a_broken_form_is_refused(http: httpx.AsyncClient, content: bytes, kind: str) -> None:
    headers = {"Content-Type": kind, "Sec-Fetch-Site": "same-origin"}
    response = await http.post("/desk/sign-in", content=content, headers=headers)
    assert response.status_code in {400, 403}


async def test_the_desk_is_in_no_frame(serve: Open) -> None:
    async with serve(frame_ancestors=("https://www.umea.se",)) as http:
        for path in ("/desk", "/desk/sign-in"):
            policy = (await http.get(path)).headers["content-security-policy"]
            assert policy.endswith("frame-ancestors 'none'")
            assert "form-action 'self'" in policy
        assert "umea" in (await http.get("/chat/umea")).headers["content-security-policy"]


@pytest.mark.parametrize("path", ["/desk/oidc", "/desk/oidc/callback"])
async def test_without_a_provider_its_addresses_are_not_there(
    http: httpx.AsyncClient, path: str
) -> None:
    assert (await http.get(path)).status_code == 404


async def test_before_the_start_is_over_the_desk_is_not_open(app: FastAPI) -> None:
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as http:
        response = await http.get("/desk")
    assert response.status_code == 503
    assert response.headers["retry-after"] == "5"
