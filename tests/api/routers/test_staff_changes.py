"""The page of change sets: one's own only, and writing only where it may be written."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import httpx
import pytest
from fastapi import FastAPI

from api.changes import applying
from api.changes.records import ChangeError, ChangeSet, Proposal
from api.changes.service import Changes
from tests.api.staff.helpers import NOW
from tests.api.staff_pages import at_work, page_at

TALK = "tests/dialogues/ledsagning/kostnad.yml"


async def proposed(app: FastAPI, municipality: str = "umea") -> ChangeSet:
    wanted = Proposal(
        municipality, "test", "<b>Bort</b>", {TALK: None}, {"questions": ["<i>?</i>"]}
    )
    changes = Changes(app.state.store.desk)
    return await asyncio.to_thread(changes.propose, wanted, None, NOW)


async def test_it_is_shown_escaped_and_got_as_a_patch(
    app: FastAPI, http: httpx.AsyncClient
) -> None:
    made = await proposed(app)
    await at_work(app, http, umea="editor")
    assert "<b>Bort</b>" in (await page_at(http, "/staff/changes")).main.text
    page = await page_at(http, f"/staff/changes/{made.id}")
    assert page.root.one("h1").text == "<b>Bort</b>"
    assert "<i>?</i>" in page.main.text
    patch = await http.get(f"/staff/changes/{made.id}/patch")
    assert patch.text == made.patch()
    assert patch.headers["content-disposition"].startswith("attachment")


async def test_another_municipalitys_is_not_there(app: FastAPI, http: httpx.AsyncClient) -> None:
    made = await proposed(app, "ludvika")
    await at_work(app, http, umea="editor admin")
    assert "Bort" not in (await page_at(http, "/staff/changes")).main.text
    for ending in ("", "/patch"):
        assert (await http.get(f"/staff/changes/{made.id}{ending}")).status_code == 404


async def test_it_is_dropped_once_and_only_by_a_form_of_ours(
    app: FastAPI, http: httpx.AsyncClient
) -> None:
    made = await proposed(app)
    await at_work(app, http, umea="editor")
    page = await page_at(http, f"/staff/changes/{made.id}")
    forged = await page.send(f"/staff/changes/{made.id}/drop", {"csrf": "x"})
    assert forged.status == 403
    assert (await page.press("Släpp ändringen")).status == 303
    told = (await page_at(http, "/staff/changes")).root.one(role="status").text
    assert told == "Ändringen ”<b>Bort</b>” är släppt."
    await page.press("Släpp ändringen")
    assert "väntar inte" in (await page_at(http, f"/staff/changes/{made.id}")).main.text


async def test_what_hinders_it_is_told(
    app: FastAPI, http: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise ChangeError("Innehållet har fel\nrad två")

    monkeypatch.setattr(applying, "_run", refuse)
    made = await proposed(app)
    await at_work(app, http, umea="editor")
    page = await page_at(http, f"/staff/changes/{made.id}")
    failed = await page.press("Lägg in ändringen")
    assert failed.status == 409
    assert "rad två" in failed.root.one(role="alert").text


async def test_a_server_without_a_working_copy_writes_nothing(
    app: FastAPI, http: httpx.AsyncClient
) -> None:
    made = await proposed(app)
    staff = replace(app.state.settings.staff, working_copy=False)
    app.state.settings = replace(app.state.settings, staff=staff)
    await at_work(app, http, umea="editor")
    page = await page_at(http, f"/staff/changes/{made.id}")
    assert "Den här servern kan inte skriva" in page.main.text
    sent = await page.send(f"/staff/changes/{made.id}/apply", {"csrf": page.held("csrf")})
    assert sent.status == 403
