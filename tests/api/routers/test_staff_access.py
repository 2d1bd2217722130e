"""Who may do what on the staff pages: every address, every role, and nobody; of things of Umeå."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute

from api.errors import ApiError
from api.routers import staff_flows
from tests.api.desk_helpers import Person
from tests.api.staff_doors import DOORS, DRAWN, NOWHERE, ROLES, SECRET, Door, Pages, Voice, stored


async def test_each_gets_what_the_role_allows_and_nothing_of_another_municipality(
    app: FastAPI, http: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def begun() -> None:
        raise ApiError(409, "drawing", "Ritas.")

    monkeypatch.setattr(staff_flows, "snapshot", begun)
    people = {
        name: await Person.sign_in(app, f"p{n} {name}", roles)
        for n, (name, roles) in enumerate(ROLES.items())
    }
    values = await asyncio.to_thread(stored, app, people["editor of Umeå"])
    app.state.speech = Voice()
    pages = Pages(app, http, people, values)
    await nobody_gets_anything(pages)
    await nothing_is_done_for_a_page_of_others(pages)
    await what_is_not_ones_own_is_as_what_does_not_exist(pages)
    await each_gets_what_the_role_allows(pages)


def test_the_table_has_every_address_of_the_staff_pages(app: FastAPI) -> None:
    there = {
        (method, route.path)
        for route in app.routes
        if isinstance(route, APIRoute) and "/staff" in f"{route.path}/"[:14]
        for method in route.methods - {"HEAD"}
    }
    assert {door.route for door in DOORS} == there


async def nobody_gets_anything(pages: Pages) -> None:
    for number, door in enumerate(DOORS):
        cookie = ("", f"lotsen_desk={'a' * 43}")[number % 2]
        response = await pages.call(door, None, Cookie=cookie)
        assert SECRET not in response.text, door
        assert response.status_code == (401 if door.is_api else 303), door
        if not door.is_api:
            assert response.headers["location"].startswith("/desk/sign-in?next=%2Fstaff"), door


async def nothing_is_done_for_a_page_of_others(pages: Pages) -> None:
    who = "editor of Umeå"
    forged: list[dict[str, Any]] = [
        {"csrf": ""},
        {"csrf": "a" * 43},
        {"csrf": pages.people["agent of Umeå"].csrf},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "", "Origin": "https://ond.example"},
    ]
    for door in DOORS:
        if door.method == "POST" and door.of(who) != 403:
            for told in forged:
                response = await pages.call(door, who, **told)
                assert response.status_code == 403, (door, told)


async def what_is_not_ones_own_is_as_what_does_not_exist(pages: Pages) -> None:
    for who in ("editor of Ludvika", "all of Ludvika, agent of Umeå"):
        for door in DOORS:
            if door.of(who) == 404:
                foreign = await pages.call(door, who)
                missing = await pages.call(door, who, NOWHERE)
                assert foreign.status_code == 404, (who, door, foreign.text)
                assert missing.status_code == 404, (who, door, missing.text)
                assert foreign.content == missing.content, (who, door)
    for path in _own_pages():
        page = await pages.call(Door("GET", path, ""), "editor of Ludvika")
        assert page.status_code in {200, 303}, (path, page.text)
        assert SECRET not in page.text, path


def _own_pages() -> Iterator[str]:
    """The same pages about one's own municipality, and a question of Umeå's in its list."""
    for door in DOORS:
        if door.method == "GET" and "?kommun=umea" in door.path and door.expected != DRAWN:
            yield door.path.replace("kommun=umea", "kommun=ludvika")
    yield "/staff/changes"


async def each_gets_what_the_role_allows(pages: Pages) -> None:
    shown = 0
    # Who may do it comes last: others are to be refused while it could still be done.
    for door in DOORS:
        for who in ROLES:
            response = await pages.call(door, who)
            assert response.status_code == door.of(who), (who, door, response.text)
            seen = SECRET in response.text
            assert who == "editor of Umeå" or not seen, (who, door)
            shown += seen
    assert shown > 8, "the secrets are there to be seen"
