"""Being called back through Rasa's REST contract, around a canned assistant."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy.exc import OperationalError

from api.settings_desk import DeskSettings
from tests.api.handoff.helpers import agent, employ
from tests.api.helpers import MORNING, WEBHOOK, Canned, application, message
from tests.api.running import started


async def test_what_may_be_offered_is_told_without_a_desk_to_wait_at(
    http: httpx.AsyncClient, canned: Canned
) -> None:
    await http.post(WEBHOOK, json=message(municipality="umea"))
    await http.post(WEBHOOK, json=message())
    told = [metadata.get("person") for _, _, metadata in canned.heard]
    nothing = {"chat": False, "waiting": 0, "opens": None, "callback": False, "mail": False}
    assert told == [nothing, None]


@pytest.mark.parametrize("switched_on", [False, True])
async def test_a_call_is_offered_where_the_operator_says_so_and_a_queue_never(
    folder: Path, canned: Canned, switched_on: bool
) -> None:
    """Also while somebody is at the desk."""
    app = application(canned, folder, desk=DeskSettings(rest_callback=switched_on))
    async with started(app) as http:
        employ(app.state.store, agent(), now=dt.datetime.fromisoformat(MORNING))
        await http.post(WEBHOOK, json=message(municipality="umea", now=MORNING))
    (_, _, metadata) = canned.heard[-1]
    assert (metadata["person"]["callback"], metadata["person"]["chat"]) == (switched_on, False)


async def test_a_form_is_kept_apart_from_the_assistant(
    http: httpx.AsyncClient, canned: Canned, app: FastAPI
) -> None:
    """Where nobody sees a callback it can't be booked, whatever the assistant says."""
    custom = {"action": "callback_start", "callback": {"step": "name"}}
    canned._replies = [{"recipient_id": "me", "text": "Vad?", "custom": custom}]
    await http.post(WEBHOOK, json=message("Bli uppringd", municipality="umea"))
    canned._replies = [
        {
            "recipient_id": "me",
            "text": "Jaha, [[name]]?",
            "custom": {"callback": {"step": "confirm"}},
        }
    ]
    response = await http.post(WEBHOOK, json=message("Kim Berg", municipality="umea"))
    assert [m["text"] for m in response.json()] == ["Jaha, Kim Berg?"]
    assert canned.heard[-1][1].text == "[namn]"
    assert canned.heard[-1][2]["callback"]["answer"] == "given"
    canned._replies = [
        {"recipient_id": "me", "text": "[[receipt]]", "custom": {"action": "callback_confirm"}}
    ]
    response = await http.post(WEBHOOK, json=message("ja", municipality="umea"))
    assert "090-16 10 02" in response.json()[0]["text"]
    assert await app.state.callbacks.list_for(["umea"]) == []


async def test_a_database_that_fails_still_lets_danger_be_seen(
    http: httpx.AsyncClient, app: FastAPI, canned: Canned, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(*given: object, **more: object) -> None:
        raise OperationalError("select", {}, Exception())

    for name in ("before", "after"):
        with monkeypatch.context() as patched:
            patched.setattr(app.state.chat_form, name, fails)
            calm = await http.post(WEBHOOK, json=message(municipality="umea"))
            assert "090-16 10 02" in calm.json()[0]["text"]
            danger = message("jag tänker ta mitt liv i kväll", municipality="umea")
            card = await http.post(WEBHOOK, json=danger)
            assert card.json()[0]["custom"]["kind"] == "crisis"
