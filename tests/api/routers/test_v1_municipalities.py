"""The municipality's record, and what happens where its assistant is switched off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

import httpx
import pytest

from api.services import municipality as municipality_module
from bot.knowledge.loader import load_knowledge
from tests.api.helpers import Canned, Visitor
from tests.api.running import Open

START = "/api/v1/conversations"


async def test_the_municipalities_are_listed(http: httpx.AsyncClient) -> None:
    listed = (await http.get("/api/v1/municipalities")).json()
    assert {"id": "umea", "name": "Umeå kommun", "short": "Umeå"} in listed
    assert [m["id"] for m in listed] == list(load_knowledge().municipalities)


@pytest.mark.parametrize(
    ("now", "is_open"), [("2026-11-18T10:00", True), ("2026-11-18T12:00", False)]
)
async def test_a_municipality_tells_whether_its_phone_is_open(
    http: httpx.AsyncClient, now: str, is_open: bool
) -> None:
    response = await http.get("/api/v1/municipalities/umea", headers={"X-Lotsen-Now": now})
    record = response.json()
    (contact,) = [c for c in record["contacts"] if c["id"] == "mottagningsenheten"]
    assert contact["open_now"] is is_open
    assert contact["phone_href"] == "tel:+4690161002"
    assert record["limits"] == {"message": 1000, "listen_seconds": 30}
    assert record["suggested"][0] == "Vad är ledsagning?"
    assert (record["open"], record["closed_message"]) == (True, None)


async def test_a_moment_that_cannot_be_read_is_an_error(http: httpx.AsyncClient) -> None:
    response = await http.get("/api/v1/municipalities/umea", headers={"X-Lotsen-Now": "i morgon"})
    assert (response.status_code, response.json()["error"]["field"]) == (422, "X-Lotsen-Now")


async def test_the_clock_is_set_in_test_mode_only(serve: Open) -> None:
    async with serve(test_mode=False) as http:
        headers = {"X-Lotsen-Now": "i morgon"}
        response = await http.get("/api/v1/municipalities/umea", headers=headers)
    assert response.status_code == 200


async def test_an_unknown_municipality_names_those_there_are(http: httpx.AsyncClient) -> None:
    response = await http.get("/api/v1/municipalities/atlantis")
    assert response.status_code == 404
    assert "ludvika, ostersund" in response.json()["error"]["message"]


@pytest.fixture
def switch_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """Umeå's assistant is switched off."""
    knowledge = load_knowledge()
    umea = knowledge.municipalities["umea"]
    texts: Mapping[str, str] = {"sv": "Stängt för underhåll.", "en": "Closed for repair."}
    closed = replace(umea, assistant=replace(umea.assistant, switched_off=texts))
    municipalities = MappingProxyType({**knowledge.municipalities, "umea": closed})
    changed = replace(knowledge, municipalities=municipalities)
    monkeypatch.setattr(municipality_module, "load_knowledge", lambda: changed)


@pytest.mark.usefixtures("switch_off")
async def test_where_it_is_switched_off_nothing_is_started(http: httpx.AsyncClient) -> None:
    response = await http.post(START, json={"municipality": "umea", "language": "en"})
    error = response.json()["error"]
    assert (response.status_code, error["code"]) == (409, "municipality_closed")
    assert error["message"] == "Closed for repair."
    assert (await http.post(START, json={"municipality": "ludvika"})).status_code == 201
    record = (await http.get("/api/v1/municipalities/umea")).json()
    assert (record["open"], record["closed_message"]) == (False, "Stängt för underhåll.")


async def test_switched_off_meanwhile_only_danger_is_answered(
    visitor: Visitor, canned: Canned, request: pytest.FixtureRequest
) -> None:
    request.getfixturevalue("switch_off")
    response = await visitor.say("Vad kostar det?")
    assert response.json()["error"]["message"] == "Stängt för underhåll."
    (card,) = (await visitor.say("jag vill dö", "another-key")).json()["replies"]
    assert card["kind"] == "crisis"
    assert canned.heard == []
