"""The real assistant for tests that talk to it: loaded once, with conversations in a scratch file.

Nothing here waits or reads the clock: every message carries the moment at which it is said.
A missing model is a failure, not a reason to skip: `make test` trains first.
"""

from __future__ import annotations

import asyncio
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings as invented

from api.services.assistant import ModelError, RasaAssistant
from api.settings import Settings
from bot.guard.intake import admit

# No test times anything: how long an example takes says how busy the machine is.
invented.register_profile("lotsen", deadline=None)
invented.load_profile("lotsen")

NOW = "2026-11-18T10:00"
"""A Wednesday morning on which every phone with hours is open."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What the assistant said to one message."""

    text: str
    kind: str = ""
    answer: str | None = None
    source: Mapping[str, Any] | None = None
    contacts: tuple[Mapping[str, Any], ...] = ()
    spoken: str = ""
    buttons: tuple[str, ...] = field(default=())
    action: str | None = None
    reason: str | None = None
    step: str | None = None
    customs: tuple[Mapping[str, Any], ...] = ()


class Talk:
    """Say something as somebody, and hear the reply."""

    def __init__(self, assistant: RasaAssistant, loop: asyncio.AbstractEventLoop) -> None:
        self._assistant = assistant
        self._loop = loop

    def __call__(self, sender: str, text: str, metadata: Mapping[str, Any] | None = None) -> Heard:
        """Send one message the way the REST channel does, and gather what comes back."""
        told = {"now": NOW, **(metadata or {})}
        reply = self._assistant.reply(sender, admit(text), told)
        messages = self._loop.run_until_complete(reply)
        return _heard(messages)


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the conversations of this test run are kept."""
    return tmp_path_factory.mktemp("conversations") / "conversations.db"


@pytest.fixture(scope="session")
def converse(database: Path) -> Iterator[Talk]:
    """The trained assistant; loading it takes some seconds, so it is loaded once."""
    settings = Settings(test_mode=True, database_url=f"sqlite:///{database}")
    loop = asyncio.new_event_loop()
    try:
        yield Talk(_load(settings), loop)
    finally:
        loop.close()


def _load(settings: Settings) -> RasaAssistant:
    """Load the model; warnings that Rasa raises while loading are not about our code."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return RasaAssistant.load(settings)
        except ModelError as error:
            pytest.fail(str(error), pytrace=False)


def _heard(messages: list[dict[str, Any]]) -> Heard:
    customs = tuple(m["custom"] for m in messages if "custom" in m)
    custom: Mapping[str, Any] = customs[0] if customs else {}
    return Heard(
        text="\n".join(m["text"] for m in messages if m.get("text")),
        kind=custom.get("kind") or "",
        answer=custom.get("answer"),
        source=custom.get("source"),
        contacts=tuple(custom.get("contacts") or ()),
        spoken=custom.get("spoken") or "",
        buttons=tuple(b["title"] for m in messages for b in m.get("buttons") or ()),
        action=next((c["action"] for c in customs if "action" in c), None),
        reason=next((c["reason"] for c in customs if "reason" in c), None),
        step=next((c["callback"]["step"] for c in customs if "callback" in c), None),
        customs=customs,
    )
