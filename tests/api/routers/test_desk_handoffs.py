"""The desk's chats: what an agent sees of them and does with them, and what is noted of it."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from fastapi import FastAPI

from tests.api.desk_helpers import DESK, Person, code_of, noted, queued
from tests.api.helpers import Visitor

ID = "H" * 22
PATH = f"/handoffs/{ID}"
KEY = "the-key-1"


@pytest.fixture
async def anna(app: FastAPI, visitor: Visitor) -> Person:
    return await Person.sign_in(app, "Anna Ek", {"umea": ["agent"]})


@pytest.fixture
async def olle(app: FastAPI, visitor: Visitor) -> Person:
    return await Person.sign_in(app, "Olle Öst", {"umea": ["agent"]})


async def actions(app: FastAPI) -> list[tuple[str | None, str]]:
    """Who did what, to the one handoff that there is."""
    entries = await noted(app)
    assert {subject for *_, subject in entries} <= {ID}
    return [(name, action) for name, action, _ in entries]


async def texts(visitor: Visitor, sender: str) -> list[str]:
    """What somebody said, as the citizen sees it."""
    return [m["text"] for m in (await visitor.read())["messages"] if m["sender"] == sender]


async def test_of_two_at_once_one_gets_it_and_the_other_is_told_who(
    app: FastAPI, visitor: Visitor, anna: Person, olle: Person
) -> None:
    await queued(app, visitor.id)
    answers = await asyncio.gather(*(p.post(f"{PATH}/claim") for p in (anna, olle)))
    assert sorted(a.status_code for a in answers) == [200, 409]
    won, lost = sorted(answers, key=lambda a: a.status_code)
    winner = won.json()["claimed_by"]["name"]
    assert (won.json()["state"], won.json()["waited_seconds"]) == ("talking", 180)
    assert code_of(lost) == "already_claimed"
    assert winner in lost.json()["error"]["message"]
    assert await actions(app) == [(winner, "claimed")]


async def test_a_claim_that_is_sent_again_is_the_same_claim(
    app: FastAPI, visitor: Visitor, anna: Person
) -> None:
    await queued(app, visitor.id)
    first, again = [await anna.post(f"{PATH}/claim") for _ in range(2)]
    assert (again.status_code, again.json()) == (200, first.json())


async def talk(app: FastAPI, visitor: Visitor, person: Person) -> None:
    """The person has the citizen's chat."""
    await queued(app, visitor.id)
    assert (await person.post(f"{PATH}/claim")).status_code == 200


async def test_a_reply_reaches_the_citizen_once(
    app: FastAPI, visitor: Visitor, anna: Person
) -> None:
    await talk(app, visitor, anna)
    body = {"text": "Hej! Ring 070-174 06 05 om 19121212-1212.", "key": KEY}
    first, again = await asyncio.gather(*(anna.post(f"{PATH}/messages", body) for _ in range(2)))
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert (first.json()["sender"], first.json()["agent"]) == ("agent", "Anna")
    (told,) = await texts(visitor, "agent")
    assert "070-174 06 05" in told
    assert "1212" not in told
    assert (await actions(app))[1:] == [("Anna Ek", "replied")] * 2
    used = await anna.post(f"{PATH}/messages", {"text": "Något annat", "key": KEY})
    assert (used.status_code, code_of(used)) == (409, "key_reused")


REPLIES: list[tuple[Any, int]] = [
    ({"text": "", "key": KEY}, 422),
    ({"text": " \n\t ", "key": KEY}, 422),
    ({"text": "\u200b\u200b", "key": KEY}, 422),
    ({"text": "Hej", "key": "short"}, 422),
    ({"text": "Hej", "key": "with a space"}, 422),
    ({"text": "Hej"}, 422),
    ({"text": 1, "key": KEY}, 422),
    ({"text": ["Hej"], "key": KEY}, 422),
    ({"text": "Hej", "key": KEY, "staff": "olle"}, 422),
    ({"text": "å" * 4001, "key": KEY}, 422),
    ({"text": "å" * 40_000, "key": KEY}, 413),
    ({"text": "å" * 4000, "key": KEY}, 201),
    ({"text": "half a pair: \ud83d and zero: \x00", "key": KEY}, 201),
    ({"text": "<script>alert(1)</script> {unit} %s", "key": KEY}, 201),
]


async def test_a_reply_that_can_not_be_taken_is_told_so(
    app: FastAPI, visitor: Visitor, anna: Person
) -> None:
    await talk(app, visitor, anna)
    headers = {**anna.headers, "Content-Type": "application/json"}
    stored = 0
    for number, (body, status) in enumerate(REPLIES):
        if status == 201:
            body["key"] = f"the-key-{number}"
            stored += 1
        content = json.dumps(body).encode()
        path = f"{DESK}{PATH}/messages"
        response = await anna.http.post(path, content=content, headers=headers)
        assert response.status_code == status, (body, response.text)
        assert len(await texts(visitor, "agent")) == stored


async def test_only_who_has_the_chat_does_something_with_it(
    app: FastAPI, visitor: Visitor, anna: Person, olle: Person
) -> None:
    await talk(app, visitor, anna)
    before = await actions(app), await visitor.read()
    for path, body in (
        ("messages", {"text": "Hej", "key": KEY}),
        ("transfer", {"unit": "mottagningsenheten"}),
        ("give-back", None),
        ("release", None),
        ("close", {"outcome": "answered"}),
    ):
        response = await olle.post(f"{PATH}/{path}", body)
        assert (response.status_code, code_of(response)) == (409, "not_your_chat"), path
        assert "Anna" in response.json()["error"]["message"]
    assert (await actions(app), await visitor.read()) == before


async def test_a_chat_is_handed_to_a_colleague(
    app: FastAPI, visitor: Visitor, anna: Person, olle: Person
) -> None:
    await talk(app, visitor, anna)
    row = (await anna.post(f"{PATH}/transfer", {"staff": olle.staff.id})).json()
    assert (row["state"], row["wanted_by"], row["wanted_by_name"]) == (
        "waiting",
        olle.staff.id,
        "Olle Öst",
    )
    assert (await olle.post(f"{PATH}/claim")).json()["claimed_by"]["name"] == "Olle Öst"
    assert [a for _, a in await actions(app)] == ["claimed", "transferred", "claimed"]


async def test_a_chat_is_handed_to_another_unit(app: FastAPI, visitor: Visitor) -> None:
    eva = await Person.sign_in(app, "Eva Alm", {"ludvika": ["agent"]})
    other = await Visitor.arrive(visitor.http, municipality="ludvika")
    await queued(app, other.id, municipality="ludvika", unit="vaxel")
    await eva.post(f"{PATH}/claim")
    unit = (await eva.get(PATH)).json()["units"][0]
    row = (await eva.post(f"{PATH}/transfer", {"unit": unit["id"]})).json()
    assert (row["state"], row["unit"], row["unit_name"]) == ("waiting", unit["id"], unit["name"])


RECEIVERS: list[Any] = [
    {},
    {"staff": None, "unit": None},
    {"staff": "olle", "unit": "mottagningsenheten"},
    {"staff": ""},
    {"staff": "a b"},
    {"unit": "å"},
    {"unit": "u" * 65},
    {"unit": 1},
    [],
]


async def test_a_chat_is_handed_to_one_and_only_one(
    app: FastAPI, visitor: Visitor, anna: Person
) -> None:
    await talk(app, visitor, anna)
    for body in RECEIVERS:
        response = await anna.post(f"{PATH}/transfer", body)
        assert (response.status_code, code_of(response)) == (422, "invalid_request"), body


@pytest.mark.parametrize(
    ("path", "body", "state", "action"),
    [
        ("give-back", None, "returned", "gave_back"),
        ("release", None, "waiting", "released"),
        ("close", {"outcome": "answered"}, "closed", "closed"),
    ],
)
async def test_a_chat_ends_or_waits_again(
    app: FastAPI, visitor: Visitor, anna: Person, path: str, body: Any, state: str, action: str
) -> None:
    await talk(app, visitor, anna)
    response = await anna.post(f"{PATH}/{path}", body)
    assert (response.status_code, response.json()["state"]) == (200, state)
    assert response.json()["outcome"] == ("answered" if body else None)
    assert (await actions(app))[-1] == ("Anna Ek", action)
    again = await anna.post(f"{PATH}/{path}", body)
    assert (again.status_code, code_of(again)) == (409, "handoff_ended")


async def test_an_outcome_is_one_of_content(app: FastAPI, visitor: Visitor, anna: Person) -> None:
    await talk(app, visitor, anna)
    for outcome in ("nothing", "", "Ä", "answered ", None, 1, "x" * 500):
        response = await anna.post(f"{PATH}/close", {"outcome": outcome})
        assert response.status_code == 422, outcome
        assert response.json()["error"]["field"] == "outcome"


async def test_ids_that_none_can_have_are_refused(anna: Person) -> None:
    for bad in ("%00", "a%20b", "å", "x" * 65, "..%2f..", "%0a", "'--", "H%0a"):
        for method, path in (("GET", ""), ("POST", "/claim"), ("POST", "/messages")):
            address = f"{DESK}/handoffs/{bad}{path}"
            body = {"text": "Hej", "key": KEY}
            response = await anna.http.request(method, address, json=body, headers=anna.headers)
            assert response.status_code in {404, 422}, address
            assert set(response.json()) == {"error"}
