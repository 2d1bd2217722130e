"""The disk is full while people ask: they get a sentence and a number, and it mends itself.

The limit on the size of files stands in for the disk: writes fail in the same places, and it can
be set and lifted from outside while the server runs.
"""

from __future__ import annotations

import re
import resource
from collections.abc import Iterator
from typing import Any

import pytest

from tests.faults.served import QUESTION, Served, served

pytestmark = pytest.mark.faults

NUMBER = re.compile(r"\b0\d{1,3}-\d[\d ]{4,}\d")
FREE = resource.RLIM_INFINITY
STACK = re.compile(r"Traceback|\.py\b|sqlite|OperationalError", re.IGNORECASE)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server with a database on a disk that can be full."""
    with served(tmp_path_factory.mktemp("full")) as running:
        yield running


@pytest.fixture
def started(server: Served) -> Iterator[dict[str, Any]]:
    """A conversation that was started while there was room; then there is none."""
    answer = server.http.post("/api/v1/conversations", json={"municipality": "umea"})
    assert answer.status_code == 201
    resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (1024, FREE))
    yield answer.json()
    resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (FREE, FREE))


def check(words: str) -> None:
    """A sentence for people, with a number to call, and nothing from inside."""
    assert NUMBER.search(words), words
    assert not STACK.search(words), words


@pytest.mark.parametrize("text", [QUESTION, "Vem kan få det?"])
def test_rest_answers_with_a_number(server: Served, started: dict[str, Any], text: str) -> None:
    response = server.ask(text)
    assert response.status_code == 200
    check("\n".join(reply["text"] for reply in response.json()))


def test_danger_is_answered_all_the_same(server: Served, started: dict[str, Any]) -> None:
    response = server.ask("Jag vill ta livet av mig")
    assert "112" in response.json()[0]["text"]
    assert response.json()[0]["custom"]["kind"] == "crisis"


def test_the_api_tells_who_to_call(server: Served, started: dict[str, Any]) -> None:
    headers = {"Authorization": f"Bearer {started['secret']}"}
    path = f"/api/v1/conversations/{started['id']}/messages"
    body = {"text": QUESTION, "key": "full-disk"}
    response = server.http.post(path, json=body, headers=headers)
    assert response.status_code == 503
    assert response.json()["error"]["code"] == "storage_unavailable"
    check(response.json()["error"]["message"])


def test_a_new_conversation_is_refused_in_words(server: Served, started: dict[str, Any]) -> None:
    response = server.http.post("/api/v1/conversations", json={"municipality": "umea"})
    assert response.status_code == 503
    check(response.json()["error"]["message"])


@pytest.mark.parametrize("path", ["/chat/umea", "/chat/umea/ring-upp", "/om/umea", "/"])
def test_pages_are_there_to_read(server: Served, started: dict[str, Any], path: str) -> None:
    assert server.http.get(path).status_code == 200


def test_the_page_without_scripts_tells_who_to_call(
    server: Served, started: dict[str, Any]
) -> None:
    response = server.http.post("/chat/umea", data={"do": "say", "text": QUESTION})
    assert response.headers["content-type"].startswith("text/html")
    assert response.status_code == 503
    assert NUMBER.search(response.text)
    assert "Traceback" not in response.text


def test_with_room_again_all_goes_on_where_it_was(server: Served) -> None:
    begun = server.http.post("/api/v1/conversations", json={"municipality": "umea"}).json()
    headers = {"Authorization": f"Bearer {begun['secret']}"}
    path = f"/api/v1/conversations/{begun['id']}"

    def say(text: str, key: str) -> int:
        body = {"text": text, "key": key}
        return server.http.post(f"{path}/messages", json=body, headers=headers).status_code

    assert say(QUESTION, "before-it") == 200
    resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (1024, FREE))
    try:
        assert say("Vem kan få det?", "during-it") == 503
    finally:
        resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (FREE, FREE))
    assert say("Vem kan få det?", "during-it") == 200
    told = server.http.get(path, headers=headers).json()["messages"]
    assert [m["text"] for m in told if m["sender"] == "citizen"] == [QUESTION, "Vem kan få det?"]
    assert server.http.get("/ready").status_code == 200
