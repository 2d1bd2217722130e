"""The suite of personal data through the API and the real bot: nothing of it reaches the disk.

What is looked for is read from the questions by patterns of this file, not by the guard's own.
"""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml
from fastapi import FastAPI

from api.app import create_app
from api.services.trackers import Nowhere
from api.settings import Settings
from tests.api.helpers import LOCAL, WEBHOOK, Visitor
from tests.conftest import NOW, Talk

SUITE = Path(__file__).parent / "suites" / "privacy.yml"
PERSONAL = re.compile(r"\d{6,8}[-+ ]?\d{4}\b|\b07\d-\d{3} \d{2} \d{2}|[\w.]+@example\.se")

CASES: list[dict[str, Any]] = yaml.safe_load(SUITE.read_text(encoding="utf-8"))
WRITTEN = [turn["say"] for case in CASES for turn in case["turns"]]


def test_the_suite_holds_what_this_test_looks_for() -> None:
    assert len(found(WRITTEN)) >= 15


def found(texts: list[str]) -> set[str]:
    return {match.group() for text in texts for match in PERSONAL.finditer(text)}


@pytest.mark.bot
def test_no_personal_number_of_the_suite_is_in_the_database(converse: Talk, database: Path) -> None:
    settings = Settings(test_mode=True, database_url=f"sqlite:///{database}")
    app = create_app(settings, converse._assistant)
    converse._loop.run_until_complete(play(app))
    dump = b"".join(f.read_bytes() for f in database.parent.glob(f"{database.name}*"))
    assert b"[personnummer]" in dump
    assert [s for s in found(WRITTEN) if s.encode() in dump] == []


@pytest.mark.bot
def test_when_the_database_fails_rasa_keeps_nothing_instead(converse: Talk) -> None:
    """Rasa's own choice is a store in memory that nothing can erase."""
    kept = converse._assistant._agent.tracker_store
    assert isinstance(kept._fallback_tracker_store, Nowhere)


@pytest.mark.bot
def test_warming_up_leaves_nothing_behind(converse: Talk, database: Path) -> None:
    converse._loop.run_until_complete(converse._assistant.warm_up())
    with sqlite3.connect(database) as kept:
        found = kept.execute("select 1 from events where sender_id = 'warm-up'").fetchall()
    kept.close()
    assert found == []


async def play(app: FastAPI) -> None:
    transport = httpx.ASGITransport(app=app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url=LOCAL) as http,
    ):
        for number, case in enumerate(CASES):
            metadata = {"municipality": case.get("municipality", "umea"), "now": NOW}
            visitor = await Visitor.arrive(http, municipality=metadata["municipality"])
            for turn, said in enumerate(case["turns"]):
                response = await visitor.say(said["say"], f"key-{number}-{turn}-suite")
                assert response.status_code == 200, response.text
                sent = {"sender": f"suite-{number}", "message": said["say"], "metadata": metadata}
                assert (await http.post(WEBHOOK, json=sent)).status_code == 200
