"""The circle closed: what could not be answered is reviewed, learned, and answered.

All of it is done to a copy of the project, which is trained anew: the one slow thing here.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from api.changes.service import Changes
from api.review.deciding import Decisions
from api.review.meaning import Meanings
from api.review.service import Review
from api.settings import ROOT, Settings
from api.staff.records import Staff
from api.storage.store import Store, open_store
from bot.dialogue.turn import in_stockholm
from bot.testing.heard import Heard
from tests.conftest import NOW, Talk

ASKED = "finns det bisittare på hockeyn"
"""As somebody calls the one who goes with them: a word that no example has."""

KNOWN = "Vad är ledsagning?"
MOMENT = in_stockholm(datetime.fromisoformat(NOW))
EDITOR = Staff("eva", "eva", "Eva Ek")
WANTED = "ledsagning.exempel"

COPIED = ("api", "bot", "content", "requirements")
FILES = ("config.yml", "domain.yml", "endpoints.yml", "credentials.yml")

TRAIN_AND_ASK = """
import asyncio, json, sys
from bot.training import train
train()
from api.services.assistant import RasaAssistant
from api.settings import Settings
from bot.guard.intake import admit

async def ask(assistant, number, text):
    told = {"now": sys.argv[1], "municipality": "umea"}
    replies = await assistant.reply(f"asker-{number}", admit(text), told)
    return [reply["custom"]["answer"] for reply in replies if "custom" in reply]

async def main():
    assistant = RasaAssistant.load(Settings(test_mode=True, database_url=sys.argv[2]))
    return [await ask(assistant, n, text) for n, text in enumerate(sys.argv[3:])]

print(json.dumps(asyncio.run(main())))
"""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Where the conversations of the citizens are."""
    opened = open_store(Settings(data_dir=tmp_path))
    yield opened
    opened.close()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The project as an operator would have it checked out, without a model."""
    place = tmp_path / "copy"
    for name in COPIED:
        ignored = shutil.ignore_patterns("__pycache__", "node_modules")
        shutil.copytree(ROOT / name, place / name, ignore=ignored)
    for name in FILES:
        shutil.copy(ROOT / name, place / name)
    (place / "var").mkdir()
    (place / "var" / "encoder").symlink_to(ROOT / "var" / "encoder")
    return place


def test_what_was_not_understood_is_answered_after_review(
    converse: Talk, store: Store, copy: Path, tmp_path: Path
) -> None:
    heard = converse("circle", ASKED, {"municipality": "umea"})
    assert heard.kind == "out_of_scope", "the assistant knows it by now: find another question"
    _keep(store, heard)

    review, decisions = Review(store, Meanings(), copy), Decisions(store, copy)
    (group,) = review.look("umea", 30, "", MOMENT).groups
    assert group.name == ASKED
    opened = review.open("umea", group.key, 30, "", MOMENT)
    assert opened is not None
    assert WANTED in {c.label for _, several in opened.choices for c in several}
    chosen = {wording.key: wording.text for wording in group.wordings}
    decisions.pick("umea", chosen, WANTED, EDITOR, MOMENT)
    proposed = decisions.propose("umea", EDITOR, MOMENT)
    told = Changes(store.desk, copy).apply(proposed, EDITOR, MOMENT + timedelta(hours=1))
    assert any("vektorer" in line for line in told)

    answers = _after_training(copy, tmp_path, [ASKED, KNOWN])
    assert answers == [["umea.ledsagning.exempel"], ["umea.ledsagning.vad"]]
    assert review.look("umea", 30, "", MOMENT).groups == ()


def _keep(store: Store, heard: Heard) -> None:
    """The exchange as it is stored."""
    conversation, _ = store.create("umea", "web", "sv", False, MOMENT)
    number = store.add(conversation.id, "citizen", ASKED, MOMENT).number
    body = {"custom": dict(heard.customs[0])}
    store.add(conversation.id, "assistant", heard.text, MOMENT, body=body, in_reply_to=number)


def _after_training(copy: Path, folder: Path, texts: list[str]) -> list[Any]:
    """What the copy answers to each, once it has learned."""
    database = f"sqlite:///{folder / 'copy.db'}"
    ran = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", TRAIN_AND_ASK, NOW, database, *texts],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": str(copy)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    return list(json.loads(ran.stdout.splitlines()[-1]))
