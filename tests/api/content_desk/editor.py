"""An editor at the content desk: forms sent as a browser without scripts sends them."""

from __future__ import annotations

import asyncio
from typing import Any

from fastapi import FastAPI

from api.changes.records import ChangeSet
from api.changes.service import Changes
from tests.api.html import Page

CONTENT = "/staff/content"
ID = "umea.ledsagning.kostnad"
ANSWER = f"{CONTENT}/answer?id={ID}"
EDIT = f"{CONTENT}/edit?id={ID}"
SAVE = "Spara som förslag"


async def save(page: Page, button: str = SAVE, **typed: Any) -> Page:
    """Press a button of the form as a browser does, what is chosen in it included."""
    form = page.form(button)
    fields: dict[str, Any] = page.fields(button)
    for select in form.all("select"):
        chosen = [o.attributes["value"] for o in select.all("option") if "selected" in o.attributes]
        fields[select.attributes["name"]] = chosen[0] if chosen else ""
    return await page.send(form.attributes["action"], {**fields, **typed})


async def sets(app: FastAPI) -> list[ChangeSet]:
    changes = Changes(app.state.store.desk)
    listed = await asyncio.to_thread(changes.listed)
    return [found for s in listed if (found := await asyncio.to_thread(changes.find, s.id))]
