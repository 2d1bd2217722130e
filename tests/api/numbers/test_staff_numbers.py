"""The page of figures and /metrics: what was counted is seen, by those who may see it."""

from __future__ import annotations

import asyncio
import datetime as dt
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from api.numbers.service import Counts, answer_counts
from api.settings_staff import StaffSettings
from api.storage import callbacks, outbox
from tests.api.desk_helpers import CALLBACK, Person, Roles, queued
from tests.api.helpers import ANSWER, LOCAL, MORNING, WEBHOOK, Canned, Visitor, application

TODAY = dt.datetime.fromisoformat(MORNING).date()
EVENING = "2026-11-18T20:00:00+01:00"


@pytest.fixture
async def editor(app: FastAPI, http: httpx.AsyncClient) -> Person:
    return await Person.sign_in(app, "Eva Berg", {"umea": ["editor"]})


async def read(person: Person, path: str) -> httpx.Response:
    """A page as somebody's browser asks for it."""
    return await person.http.get(path, headers=person.cookie)


async def test_what_is_asked_is_seen_as_figures(
    app: FastAPI, visitor: Visitor, editor: Person
) -> None:
    await visitor.say("Vad kostar det?")
    say, feedback = f"{visitor.path}/messages", f"{visitor.path}/messages/2/feedback"
    evening = {**visitor.headers, "X-Lotsen-Now": EVENING}
    body = {"text": "Och på kvällen?", "key": "a-second-key"}
    assert (await visitor.http.post(say, json=body, headers=evening)).status_code == 200
    for helped in (False, True, True):
        await visitor.http.post(feedback, json={"helped": helped}, headers=visitor.headers)
    metadata = {"municipality": "umea", "channel": "kiosk", "now": MORNING}
    kiosk = {"sender": "me", "message": "Hej?", "metadata": metadata}
    assert (await visitor.http.post(WEBHOOK, json=kiosk)).status_code == 200
    await app.state.counters.write(app.state.store)

    counted = await asyncio.to_thread(answer_counts, app.state.store, "umea", TODAY)
    assert counted == {"umea.ledsagning.kostnad": Counts(3, 1, 0)}
    assert await asyncio.to_thread(answer_counts, app.state.store, "leksand", TODAY) == {}

    page = await read(editor, "/staff/numbers")
    assert page.status_code == 200, page.text
    for told in (
        "Siffror: Umeå",
        "kom när telefonen var stängd",
        "Vad kostar ledsagning?",
        "ledsagning",
        "färre än 5",
        "Kiosken",
        "<svg",
    ):
        assert told in page.text
    assert "Ludvika" not in page.text, "nobody chooses a municipality where they have no role"
    sheet = await read(editor, "/staff/numbers.csv?dagar=7&kommun=umea")
    assert sheet.headers["content-type"] == "text/csv; charset=utf-8"
    assert "siffror-umea-" in sheet.headers["content-disposition"]
    assert "2026-11-18;Timme;20, telefonen stängd;1" in sheet.text
    assert "2026-11-18;Språk;svenska;färre än 5" in sheet.text
    assert "Vad kostar det" not in sheet.text


@pytest.mark.parametrize(
    ("roles", "path", "status"),
    [
        ({"umea": ["agent"]}, "/staff/numbers", 403),
        ({"umea": ["agent"]}, "/staff/numbers.csv", 403),
        ({"umea": ["admin"], "ludvika": ["agent"]}, "/staff/numbers?kommun=ludvika", 404),
        ({"umea": ["admin"]}, "/staff/numbers.csv?kommun=ludvika", 404),
        ({"umea": ["admin"]}, "/staff/numbers?dagar=8", 404),
        ({"umea": ["admin"]}, "/staff/numbers?dagar=alla", 422),
        ({"ostersund": ["editor"]}, "/staff/numbers?dagar=365", 200),
        (None, "/staff/numbers?dagar=7", 303),
        (None, "/staff/numbers.csv", 303),
    ],
)
async def test_figures_are_for_editors_of_the_municipality(
    app: FastAPI,
    http: httpx.AsyncClient,
    roles: Roles | None,
    path: str,
    status: int,
) -> None:
    if roles is None:
        response = await http.get(path)
        assert response.headers["location"].startswith("/desk/sign-in?next=%2Fstaff%2Fnumbers")
    else:
        response = await read(await Person.sign_in(app, "Eva Berg", roles), path)
    assert response.status_code == status
    assert response.headers["cache-control"] == "no-store"


async def test_the_operator_is_told_how_it_stands(
    app: FastAPI, http: httpx.AsyncClient, visitor: Visitor
) -> None:
    await visitor.say("Vad kostar det?")
    await queued(app, visitor.id)

    def add() -> None:
        with app.state.store.desk.begin() as connection:
            callbacks.add(connection, CALLBACK, "a", "b")
            mail = outbox.Mail("callback", "umea", "a@example.se", "Ämne", "Text")
            outbox.put(connection, mail, CALLBACK.created_at)

    await asyncio.to_thread(add)
    evening = {"X-Lotsen-Now": EVENING}
    text = (await http.get("/metrics", headers=evening)).text
    lines = set(text.splitlines())
    assert {
        'lotsen_replies_total{kind="answer"} 1.0',
        'lotsen_replies_total{kind="crisis"} 0.0',
        "lotsen_reply_seconds_count 1.0",
        "lotsen_model_ready 1.0",
        "lotsen_database_ready 1.0",
        "lotsen_mail_waiting 1.0",
        "lotsen_mail_failed 0.0",
        'lotsen_queue_length{municipality="umea"} 1.0',
        'lotsen_queue_length{municipality="leksand"} 0.0',
        'lotsen_queue_longest_seconds{municipality="umea"} 36180.0',
        'lotsen_callbacks_overdue{municipality="umea"} 1.0',
    } <= lines, text
    assert "kostar" not in text


TOKEN = "a-token-of-the-operators"


@pytest.mark.parametrize(
    ("token", "headers", "client", "status"),
    [
        ("", {}, "127.0.0.1", 200),
        ("", {}, "::1", 200),
        ("", {}, "192.0.2.7", 403),
        ("", {"X-Forwarded-For": "127.0.0.1"}, "127.0.0.1", 403),
        ("", {"Forwarded": "for=127.0.0.1"}, "127.0.0.1", 403),
        ("", {}, "testclient", 403),
        ("", {"X-Forwarded-Proto": "https"}, "127.0.0.1", 403),
        ("", {"CF-Connecting-IP": "192.0.2.7"}, "127.0.0.1", 403),
        ("", {"Host": "localhost:5005"}, "127.0.0.1", 200),
        ("", {"Host": "[::1]:5005"}, "::1", 200),
        ("", {"Host": "ond.example"}, "127.0.0.1", 403),
        ("", {"Host": "[ond"}, "127.0.0.1", 403),
        (TOKEN, {}, "127.0.0.1", 401),
        (TOKEN, {"Authorization": f"Bearer {TOKEN}"}, "192.0.2.7", 200),
        (TOKEN, {"Authorization": f"Basic {TOKEN}"}, "192.0.2.7", 401),
        (TOKEN, {"Authorization": "Bearer another"}, "192.0.2.7", 401),
        (TOKEN, {"Authorization": "Bearer å"}, "192.0.2.7", 401),
    ],
)
async def test_metrics_are_for_the_operator(
    tmp_path: Path, token: str, headers: dict[str, str], client: str, status: int
) -> None:
    # Not started: it has neither model nor database, and says so.
    app = application(Canned([ANSWER]), tmp_path, staff=StaffSettings(metrics_token=token))
    transport = httpx.ASGITransport(app=app, client=(client, 1))
    sent = [(name.encode(), value.encode()) for name, value in headers.items()]
    async with httpx.AsyncClient(transport=transport, base_url=LOCAL) as http:
        response = await http.get("/metrics", headers=sent)
    assert response.status_code == status
    assert response.headers["cache-control"] == "no-store"
    if status == 200:
        assert "lotsen_model_ready 0.0" in response.text
        assert "lotsen_database_ready 0.0" in response.text
        assert "lotsen_queue_length" not in response.text
