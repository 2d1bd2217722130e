"""Who may do what at the desk: every address, every role, and nobody; about things of Umeå."""

from __future__ import annotations

import re
from typing import Any

import httpx
import pytest
import sqlalchemy as sa
from fastapi import FastAPI

from tests.api.desk_doors import DOORS, EVENTS, HANDOFF, ROLES, Desk, Door
from tests.api.desk_helpers import DESK, Person, code_of, noted, promised, queued
from tests.api.helpers import LOCAL, MORNING, Stream, Visitor

each_door = pytest.mark.parametrize("door", DOORS, ids=[f"{d.method} {d.path}" for d in DOORS])
REFUSED = {403: "no_role", 404: "nothing_here"}


@pytest.fixture
async def desk(app: FastAPI, visitor: Visitor) -> Desk:
    people = {name: await Person.sign_in(app, name, roles) for name, roles in ROLES.items()}
    agent = people["agent of Umeå"].staff.id
    handoff = await queued(app, visitor.id, state="talking", claimed_by=agent, waited_seconds=5)
    callback = await promised(app, state="taken", taken_by=agent)
    return Desk(app, visitor.http, people, handoff.id, callback.receipt)


def test_the_table_has_every_address_of_the_desk(app: FastAPI) -> None:
    described = {
        (method.upper(), path.removeprefix(DESK))
        for path, methods in app.openapi()["paths"].items()
        for method in methods
        if path.startswith(f"{DESK}/")
    }
    assert described == {(d.method, d.path.partition("?")[0]) for d in DOORS} | {("GET", "/events")}


@each_door
async def test_each_gets_what_the_role_allows(desk: Desk, door: Door) -> None:
    # Who may do it comes last: others are to be refused while it could still be done.
    for who in sorted(ROLES, key=door.of, reverse=True):
        response = await desk.call(door, who)
        assert response.status_code == door.of(who), (who, response.text)
        if response.status_code in REFUSED:
            assert code_of(response) == REFUSED[response.status_code]


async def test_nobody_gets_anything(desk: Desk) -> None:
    for cookie in ({}, {"Cookie": "lotsen_desk="}, {"Cookie": f"lotsen_desk={'a' * 43}"}):
        headers = {"Origin": LOCAL, "X-Lotsen-CSRF": "x", **cookie}
        for door in DOORS:
            path = f"{DESK}{desk.address(door.path)}"
            body = door.body if door.method == "POST" else None
            response = await desk.http.request(door.method, path, json=body, headers=headers)
            assert (response.status_code, code_of(response)) == (401, "not_signed_in"), door


FOREIGN = [door for door in DOORS if "umea" in door.path or "{" in door.path]


@pytest.mark.parametrize("who", ["agent of Ludvika", "all of Ludvika", "editor of Umeå"])
async def test_what_is_not_ones_own_is_as_what_does_not_exist(desk: Desk, who: str) -> None:
    nothing = {"handoff_id": "Z" * 22, "receipt": "LU-2222-2222", "municipality_id": "nowhere"}
    for door in FOREIGN:
        missing = Door(door.method, door.path.replace("=umea", "=nowhere"), "", door.body)
        foreign, statements = await counted(desk, door, who)
        none, others = await counted(desk, missing, who, **nothing)
        assert foreign.status_code == door.of(who), door
        assert (foreign.content, seen(foreign)) == (none.content, seen(none)), door
        assert statements == others, door
    assert await noted(desk.app) == []


async def counted(
    desk: Desk, door: Door, who: str, **other: str
) -> tuple[httpx.Response, list[str]]:
    """The answer, and what the database was asked for it."""
    statements: list[str] = []

    def note(conn: Any, cursor: Any, statement: str, *rest: Any) -> None:
        statements.append(re.sub(r"\s+", " ", statement))

    engine = desk.app.state.store.desk._engine
    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        response = await desk.call(door, who, **other)
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)
    return response, statements


def seen(response: httpx.Response) -> tuple[int, dict[str, str]]:
    """Status and headers."""
    return response.status_code, dict(response.headers)


@pytest.mark.parametrize("who", ["agent of Ludvika", "all of Ludvika"])
async def test_another_municipality_is_in_no_list_and_no_count(desk: Desk, who: str) -> None:
    person = desk.people[who]
    await queued(desk.app, "other", id="W" * 22)
    await promised(desk.app, receipt="UM-2222-3333")
    for path in ("/me", "/queue", "/callbacks", "/audit", "/mail"):
        response = await person.get(path)
        text = response.text.lower()
        assert "ume" not in text, path
        assert "um-" not in text, path
    queue = (await person.get("/queue")).json()
    assert [m["id"] for m in queue["municipalities"]] == ["ludvika"]
    assert (queue["waiting"], queue["mine"], queue["others"]) == ([], [], [])
    assert queue["callbacks_due"] == 0


async def test_who_may_both_here_and_there_sees_both_and_no_more(desk: Desk) -> None:
    both = desk.people["both"]
    await promised(desk.app, receipt="LU-2222-3333", municipality="ludvika", unit="vaxel")
    queue = (await both.get("/queue")).json()
    assert [m["id"] for m in queue["municipalities"]] == ["ludvika", "umea"] or [
        m["id"] for m in queue["municipalities"]
    ] == ["umea", "ludvika"]
    assert queue["callbacks_due"] == 1
    assert [c["receipt"] for c in (await both.get("/callbacks")).json()] == ["LU-2222-3333"]


@pytest.mark.parametrize("staff", ["agent-of-ludvika", "editor-of-umea", "nobody", "x"])
async def test_a_chat_is_handed_to_nobody_elsewhere(desk: Desk, staff: str) -> None:
    agent = desk.people["agent of Umeå"]
    answers = [
        await agent.post(f"{desk.address(HANDOFF)}/transfer", body)
        for body in ({"staff": staff}, {"staff": agent.staff.id})
    ]
    for response in answers:
        assert (response.status_code, code_of(response)) == (422, "unknown_colleague")
    assert answers[0].content == answers[1].content


@pytest.mark.parametrize("unit", ["vaxel", "nowhere"])
async def test_a_chat_is_handed_to_no_unit_elsewhere(desk: Desk, unit: str) -> None:
    agent = desk.people["agent of Umeå"]
    response = await agent.post(f"{desk.address(HANDOFF)}/transfer", {"unit": unit})
    assert (response.status_code, code_of(response)) == (422, "unknown_unit")


async def test_colleagues_and_units_are_those_of_the_municipality(desk: Desk) -> None:
    other = await Person.sign_in(desk.app, "Olle", {"umea": {"agent"}})
    detail = (await desk.people["agent of Umeå"].get(desk.address(HANDOFF))).json()
    assert [c["id"] for c in detail["colleagues"]] == [other.staff.id]
    assert "vaxel" not in {u["id"] for u in detail["units"]}
    queue = (await other.get("/queue")).json()
    (umea,) = queue["municipalities"]
    assert {a["name"] for a in umea["agents"]} == {"Olle", "agent of Umeå"}


async def test_a_role_that_is_taken_away_is_gone_at_the_next_request(desk: Desk) -> None:
    await desk.people["agent of Umeå"].lose(roles={"ludvika": ["agent"]})
    for door in DOORS:
        response = await desk.call(door, "agent of Umeå")
        assert response.status_code == door.of("agent of Ludvika"), door


async def test_a_disabled_account_is_out_at_the_next_request(desk: Desk) -> None:
    await desk.people["agent of Umeå"].lose(active=False)
    for door in DOORS:
        response = await desk.call(door, "agent of Umeå")
        assert (response.status_code, code_of(response)) == (401, "not_signed_in"), door


FORGED = (
    {"Origin": LOCAL},
    {"Origin": LOCAL, "X-Lotsen-CSRF": ""},
    {"Origin": LOCAL, "X-Lotsen-CSRF": "a" * 43},
    {"Origin": "https://evil.example", "X-Lotsen-CSRF": "ours"},
    {"Sec-Fetch-Site": "cross-site", "X-Lotsen-CSRF": "ours"},
    {"X-Lotsen-CSRF": "ours"},
)


async def test_nothing_changes_for_a_page_of_others(desk: Desk) -> None:
    person = desk.people["agent of Umeå"]
    for door in (d for d in DOORS if d.method == "POST"):
        path = f"{DESK}{desk.address(door.path)}"
        for headers in FORGED:
            told = {k: person.csrf if v == "ours" else v for k, v in headers.items()}
            sent = {**person.cookie, **told}
            response = await desk.http.post(path, json=door.body, headers=sent)
            assert (response.status_code, code_of(response)) == (403, "forged"), door
    assert await noted(desk.app) == []


async def test_events_are_for_who_works_at_the_desk(desk: Desk) -> None:
    for who, expected in zip(ROLES, EVENTS.split(), strict=True):
        async with Stream(desk.app, f"{DESK}/events", desk.people[who].cookie) as stream:
            assert stream.status == int(expected), who


async def test_events_are_for_nobody_else(desk: Desk) -> None:
    async with Stream(desk.app, f"{DESK}/events", {"X-Lotsen-Now": MORNING}) as stream:
        assert stream.status == 401
