"""Who has not the secret is told nothing: not even whether there is such a conversation."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from tests.api.helpers import Visitor

START = "/api/v1/conversations"

OPERATIONS = [
    ("GET", "", None),
    ("PATCH", "", {"easy": True}),
    ("DELETE", "", None),
    ("GET", "/transcript", None),
    ("GET", "/events", None),
    ("POST", "/messages", {"text": "hej", "key": "a-first-key"}),
    ("POST", "/messages/2/feedback", {"helped": True}),
    ("GET", "/messages/2/speech", None),
    ("GET", "/messages/2/speech/0", None),
    ("GET", "/contacts/mottagningsenheten/speech", None),
    ("GET", "/contacts/mottagningsenheten/speech/0", None),
]


@pytest.mark.parametrize(("method", "path", "body"), OPERATIONS)
async def test_a_wrong_secret_is_told_as_if_there_were_no_conversation(
    http: httpx.AsyncClient, visitor: Visitor, method: str, path: str, body: Any
) -> None:
    await visitor.say("Vad kostar det?")
    other = await Visitor.arrive(http)

    async def answer(conversation: str, secret: str) -> tuple[int, bytes]:
        headers = {"Authorization": f"Bearer {secret}"}
        address = f"{START}/{conversation}{path}"
        response = await http.request(method, address, json=body, headers=headers)
        return response.status_code, response.content

    nowhere = await answer("A" * 22, visitor.secret)
    assert nowhere[0] == 404
    assert b"unknown_conversation" in nowhere[1]
    for secret in (other.secret, visitor.secret[:-1], visitor.secret.swapcase(), visitor.id):
        assert await answer(visitor.id, secret) == nowhere
    assert len((await visitor.read())["messages"]) == 2


@pytest.mark.parametrize(("method", "path", "body"), OPERATIONS)
@pytest.mark.parametrize(
    "headers", [{}, {"Authorization": ""}, {"Authorization": "Basic YTpi"}, {"Cookie": "secret=x"}]
)
async def test_without_a_secret_nothing_is_told(
    visitor: Visitor, method: str, path: str, body: Any, headers: dict[str, str]
) -> None:
    address = f"{visitor.path}{path}?secret={visitor.secret}"
    response = await visitor.http.request(method, address, json=body, headers=headers)
    assert (response.status_code, response.json()["error"]["code"]) == (401, "no_secret")


async def test_the_secret_is_not_kept(app: FastAPI, visitor: Visitor) -> None:
    assert visitor.secret not in str(app.state.store.export(visitor.id))
