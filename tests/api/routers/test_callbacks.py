"""Being called back and mailing, through API v1."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from api.services.limits import Limits
from api.settings import Settings
from api.settings_desk import DeskSettings
from tests.api.callbacks.helpers import mails, with_mail
from tests.api.desk_helpers import code_of
from tests.api.helpers import MORNING, Canned, Visitor, application
from tests.api.running import started

UMEA = "/api/v1/municipalities/umea"
NOW = {"X-Lotsen-Now": MORNING}
TIME = "2026-11-18T13:00/2026-11-18T16:00"
WISH: dict[str, Any] = {
    "name": "Kim Berg",
    "phone": "0701740605",
    "about": "Ledsagning",
    "time": TIME,
    "language": "sv",
    "consent": True,
    "key": "a-key-of-my-own",
}
MAIL: dict[str, Any] = {
    "reply_to": "kim@example.se",
    "about": "Vad kostar det?",
    "consent": True,
    "key": "a-key-of-my-own",
}


@pytest.fixture
async def app(folder: Any, canned: Canned) -> FastAPI:
    """With a mail server, so that somebody sees what is asked for."""
    return application(canned, folder, **with_mail())


async def ask(http: httpx.AsyncClient, where: str = UMEA, **changed: Any) -> httpx.Response:
    """Ask to be called."""
    return await http.post(f"{where}/callbacks", json={**WISH, **changed}, headers=NOW)


def bearer(secret: str) -> Mapping[str, str]:
    """The headers of who has a secret."""
    return {**NOW, "Authorization": f"Bearer {secret}"}


async def test_times(http: httpx.AsyncClient) -> None:
    told = (await http.get(f"{UMEA}/callback-times", headers=NOW)).json()
    assert told["open"] is True
    assert told["unit"] == "Socialtjänstens mottagningsenhet"
    assert told["times"][:2] == [
        {"id": "2026-11-18T10:30/2026-11-18T11:30",
         "title": "onsdag 18 november, klockan 10.30–11.30"},
        {"id": TIME, "title": "onsdag 18 november, klockan 13.00–16.00"},
    ]  # fmt: skip
    english = (await http.get(f"{UMEA}/callback-times?language=en", headers=NOW)).json()
    assert english["times"][1]["title"] == "Wednesday 18 November, 13:00–16:00"
    assert "only to call you" in english["purpose"]


async def test_where_nobody_would_see_it_nothing_is_open(http: httpx.AsyncClient) -> None:
    """Ludvika's switchboard takes no mail, and nobody works at its desk."""
    for municipality in ("ludvika", "leksand", "ostersund"):
        where = f"/api/v1/municipalities/{municipality}"
        told = (await http.get(f"{where}/callback-times", headers=NOW)).json()
        assert (told["open"], told["times"]) == (False, [])
        refused = await ask(http, where)
        assert (refused.status_code, code_of(refused)) == (409, "callback_closed")
    unknown = await http.get("/api/v1/municipalities/ockelbo/callback-times")
    assert (unknown.status_code, code_of(unknown)) == (404, "unknown_municipality")


async def test_booked_seen_and_cancelled(http: httpx.AsyncClient, app: FastAPI) -> None:
    asked = await ask(http)
    assert asked.status_code == 201
    told = asked.json()
    assert "Telefon: 070-174 06 05" in told["lines"]
    assert (await ask(http)).json() == told
    address, key = f"/api/v1/callbacks/{told['receipt']}", bearer(told["secret"])
    seen = (await http.get(address, headers=key)).json()
    assert (seen["state"], seen["can_cancel"], seen["lines"]) == ("waiting", True, told["lines"])
    assert seen["due_from"] == "2026-11-18T12:00:00+00:00"
    assert (await http.get(address.lower(), headers=key)).status_code == 200
    for _ in range(2):
        assert (await http.delete(address, headers=key)).status_code == 204
    seen = (await http.get(address, headers=key)).json()
    assert (seen["state"], seen["can_cancel"]) == ("cancelled", False)
    assert mails(app.state.store) == []


async def test_only_with_the_secret(http: httpx.AsyncClient) -> None:
    told = (await ask(http)).json()
    address = f"/api/v1/callbacks/{told['receipt']}"
    for method in ("GET", "DELETE"):
        bare = await http.request(method, address)
        assert (bare.status_code, code_of(bare)) == (401, "no_callback_secret")
        wrong = await http.request(method, address, headers=bearer("x" * 43))
        nowhere = await http.request(
            method, "/api/v1/callbacks/UM-AAAA-AAAA", headers=bearer(told["secret"])
        )
        assert wrong.status_code == nowhere.status_code == 404
        assert wrong.json() == nowhere.json()
    assert (await http.get("/api/v1/callbacks/x", headers=bearer("x"))).status_code == 422


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"phone": "480615-9846"}, "phone"),
        ({"about": "x" * 301}, "about"),
        ({"time": "2026-11-18T11:30/2026-11-18T13:00"}, "time"),
        ({"time": ""}, "time"),
        ({"consent": False}, "consent"),
        ({"consent": "ja"}, "consent"),
        ({"key": "kort"}, "key"),
        ({"name": "x" * 4001}, "name"),
        ({"conversation_id": "Kim Berg"}, "conversation_id"),
    ],
)
async def test_a_problem_is_told_at_its_field(
    http: httpx.AsyncClient, changed: dict[str, Any], field: str
) -> None:
    refused = await ask(http, **changed)
    assert refused.status_code == 422
    assert refused.json()["error"]["field"] == field
    written = [v for v in changed.values() if isinstance(v, str) and v.strip()]
    assert not any(value in refused.text for value in written)


async def test_problems_are_told_in_the_language_that_was_asked_for(
    http: httpx.AsyncClient,
) -> None:
    refused = await ask(http, name="", language="en")
    assert refused.json()["error"]["message"] == "Write your name. Your first name is enough."


async def test_the_key_is_for_one_wish(http: httpx.AsyncClient) -> None:
    await ask(http)
    refused = await ask(http, name="Bo Ask")
    assert (refused.status_code, code_of(refused)) == (409, "callback_key_reused")


async def test_who_books_too_often_has_to_wait(http: httpx.AsyncClient, app: FastAPI) -> None:
    limited = Settings(desk=DeskSettings(rate_callback="2/hour"), rate_client="")
    app.state.limits = Limits(limited)
    statuses = [(await ask(http, key=f"key-number-{n}")).status_code for n in range(3)]
    assert statuses == [201, 201, 429]
    visitor = await Visitor.arrive(http)
    refused = await http.post(f"{visitor.path}/mail", json=MAIL, headers=visitor.headers)
    assert (refused.status_code, code_of(refused)) == (429, "too_many_requests")


async def test_mail_with_the_conversation(visitor: Visitor, app: FastAPI) -> None:
    await visitor.say("Vad kostar ledsagning?")
    sent = await visitor.http.post(f"{visitor.path}/mail", json=MAIL, headers=visitor.headers)
    assert sent.status_code == 201
    assert sent.json()["receipt"].startswith("UM-")
    again = await visitor.http.post(f"{visitor.path}/mail", json=MAIL, headers=visitor.headers)
    assert again.json() == sent.json()
    (mail,) = mails(app.state.store)
    assert "Vad kostar ledsagning?" in mail["body"]
    assert "Det är gratis." in mail["body"]
    bare = await visitor.http.post(f"{visitor.path}/mail", json=MAIL)
    assert bare.status_code == 401
    wrong = {**MAIL, "reply_to": "kim"}
    refused = await visitor.http.post(f"{visitor.path}/mail", json=wrong, headers=visitor.headers)
    assert (refused.status_code, refused.json()["error"]["field"]) == (422, "reply_to")


async def test_erasing_the_conversation_keeps_the_promise(visitor: Visitor) -> None:
    told = (await ask(visitor.http, conversation_id=visitor.id)).json()
    assert (await visitor.erase()).status_code == 204
    seen = await visitor.http.get(
        f"/api/v1/callbacks/{told['receipt']}", headers=bearer(told["secret"])
    )
    assert seen.json()["state"] == "waiting"


@pytest.fixture
async def starting(folder: Any, canned: Canned) -> AsyncIterator[httpx.AsyncClient]:
    """An application that has not begun yet."""
    transport = httpx.ASGITransport(app=application(canned, folder))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        yield client


async def test_while_it_starts(starting: httpx.AsyncClient) -> None:
    for response in (
        await starting.get(f"{UMEA}/callback-times"),
        await ask(starting),
        await starting.get("/api/v1/callbacks/UM-AAAA-AAAA", headers=bearer("x")),
    ):
        assert (response.status_code, code_of(response)) == (503, "starting")


async def test_a_database_that_fails_names_the_phone(
    folder: Any, canned: Canned, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = application(canned, folder, **with_mail())
    async with started(app) as http:
        app.state.store._database.dispose()
        monkeypatch.setattr(app.state.store.desk, "_writing", None, raising=False)
        (folder / "conversations.db").write_bytes(b"no database")
        for response in (
            await http.get(f"{UMEA}/callback-times", headers=NOW),
            await ask(http),
            await http.get("/api/v1/callbacks/UM-AAAA-AAAA", headers=bearer("x")),
        ):
            assert (response.status_code, code_of(response)) == (503, "storage_unavailable")
            assert "090-16 10 02" in response.text or "UM-AAAA" in str(response.request.url)
