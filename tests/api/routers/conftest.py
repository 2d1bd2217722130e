"""A page with a question asked, and municipalities as a test wants them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import httpx
import pytest

from bot.knowledge.loader import load_knowledge
from tests.api.html import Page, visit

Change = Callable[..., None]
READERS = ("api.services.municipality", "api.routers.pages", "api.routers.kiosk")
"""Where the pages look municipalities up."""


@pytest.fixture
async def asked(http: httpx.AsyncClient) -> Page:
    """Umeå's page after a first question."""
    return await (await visit(http, "/chat/umea")).press("Skicka", text="Vad kostar det?")


@pytest.fixture
def change_umea(monkeypatch: pytest.MonkeyPatch) -> Change:
    """Set fields of Umeå's assistant.yml for a test."""

    def change(**fields: Any) -> None:
        known = load_knowledge()
        umea = known.municipalities["umea"]
        umea = replace(umea, assistant=replace(umea.assistant, **fields))
        changed = replace(known, municipalities={**known.municipalities, "umea": umea})
        for module in READERS:
            monkeypatch.setattr(f"{module}.load_knowledge", lambda: changed)

    return change
