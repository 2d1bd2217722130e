"""The test console for programs: who may use it, what it gives, and that it leaves nothing."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from tests.api.desk_helpers import Person
from tests.api.helpers import ANSWER, MORNING, WEBHOOK, Canned, Visitor, application, kept_in
from tests.api.running import started

LONG_AGO = dt.date(2000, 1, 1)
API = "/api/v1/staff/console"
SETTING = {"municipality": "ludvika", "moment": "torsdag 09.45", "open": ["callback"]}
PLAY = {"setting": SETTING, "turns": ["Vad kostar det?", "Anna 19121212-1212"]}


async def post(person: Person, path: str, body: Any) -> httpx.Response:
    return await person.http.post(f"{API}/{path}", json=body, headers=person.headers)


async def test_any_role_plays_as_any_municipality_and_nothing_is_kept(
    app: FastAPI, http: httpx.AsyncClient, canned: Canned, folder: Path
) -> None:
    agent = await Person.sign_in(app, "Anna Ek", {"umea": ["agent"]})
    response = await post(agent, "play", PLAY)
    assert response.status_code == 200, response.text
    told = response.json()
    assert told["moment"] == "torsdag 19 november 2026, klockan 09.45"
    first, second = told["played"]
    assert (first["turn"], first["text"], first["masked"]) == (1, "Vad kostar det?", [])
    assert first["replies"] == [ANSWER]
    assert first["moment"] == "2026-11-19T09:45:00+01:00"
    assert second["text"] == "Anna [personnummer]"
    assert [m["municipality"] for _, _, m in canned.heard] == ["ludvika", "ludvika"]
    assert canned.forgotten

    await app.state.counters.write(app.state.store)
    assert await asyncio.to_thread(app.state.store.counters, LONG_AGO) == []
    for word in (b"Vad kostar det?", b"19121212", b"staff-"):
        assert word not in kept_in(folder)


async def test_who_is_not_signed_in_or_comes_from_elsewhere_is_refused(
    app: FastAPI, http: httpx.AsyncClient, canned: Canned
) -> None:
    assert (await http.post(f"{API}/play", json=PLAY)).status_code == 401
    assert (await http.get(f"{API}/models")).status_code == 401
    nobody = await Person.sign_in(app, "Nils Ny", {})
    assert (await post(nobody, "play", PLAY)).status_code == 403
    forged = await Person.sign_in(app, "Eva Ek", {"umea": ["editor"]})
    forged.headers["X-Lotsen-CSRF"] = "made up"
    assert (await post(forged, "compare", {**PLAY, "other": "forra"})).status_code == 403
    assert canned.heard == []


@pytest.mark.parametrize(
    ("path", "change", "status", "code"),
    [
        ("play", {"setting": {"municipality": "atlantis"}}, 422, "unknown_municipality"),
        ("play", {"setting": {**SETTING, "moment": "någon gång"}}, 422, "unknown_moment"),
        ("play", {"setting": {**SETTING, "channel": "fax"}}, 422, "invalid_request"),
        ("play", {"setting": {**SETTING, "trace": True}}, 422, "invalid_request"),
        ("play", {"turns": []}, 422, "invalid_request"),
        ("play", {"turns": ["Hej?"] * 31}, 422, "invalid_request"),
        ("play", {"turns": ["Hej?", 7]}, 422, "invalid_request"),
        ("play", {"turns": "Hej?"}, 422, "invalid_request"),
        ("play", {"turns": ["\ud800"]}, 422, "invalid_request"),
        ("play", {"turns": ["  "]}, 422, "empty_message"),
        ("play", {"model": "../../etc/passwd"}, 404, "unknown_model"),
        ("compare", {"other": "finns-inte"}, 404, "unknown_model"),
        ("compare", {}, 422, "invalid_request"),
    ],
)
async def test_what_cannot_be_played_is_told(
    app: FastAPI,
    http: httpx.AsyncClient,
    path: str,
    change: dict[str, Any],
    status: int,
    code: str,
) -> None:
    admin = await Person.sign_in(app, "Ada Ask", {"umea": ["admin"]})
    response = await admin.http.post(
        f"{API}/{path}", content=json.dumps({**PLAY, **change}), headers=admin.headers
    )
    assert (response.status_code, response.json()["error"]["code"]) == (status, code)


async def test_models_are_listed_and_compared(canned: Canned, folder: Path) -> None:
    for name in ("nu", "forra"):
        (folder / f"{name}.tar.gz").touch()
    app = application(canned, folder, model=folder / "nu.tar.gz")
    async with started(app):
        editor = await Person.sign_in(app, "Eva Ek", {"umea": ["editor"]})
        listed = await editor.http.get(f"{API}/models", headers=editor.headers)
        models = {m["name"]: m["is_serving"] for m in listed.json()["models"]}
        assert models == {"nu": True, "forra": False}
        both = await post(editor, "compare", {**PLAY, "other": "nu"})
        assert both.status_code == 200, both.text
        (first, _) = both.json()["compared"]
        assert first["differs"] == []
        assert first["first"]["replies"] == first["second"]["replies"]


async def test_citizens_cannot_ask_for_a_trace(
    http: httpx.AsyncClient, visitor: Visitor, canned: Canned
) -> None:
    rest = {"sender": "me", "message": "Hej?", "metadata": {"municipality": "umea", "trace": True}}
    assert (await http.post(WEBHOOK, json=rest)).status_code == 422
    body = {"text": "Vad kostar det?", "key": "a-first-key", "trace": True}
    headers = visitor.headers
    said = await http.post(f"{visitor.path}/messages", json=body, headers=headers)
    assert said.status_code == 422
    start = {"municipality": "umea", "trace": True}
    begun = await http.post("/api/v1/conversations", json=start, headers={"X-Lotsen-Now": MORNING})
    assert begun.status_code == 422
    assert canned.heard == []
