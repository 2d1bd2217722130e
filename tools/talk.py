"""The trained assistant in this process, for tools and tests that talk to it.

Nothing here reads the clock: every message carries the moment at which it is said. What is said
is kept where the caller says and nowhere else.
"""

from __future__ import annotations

import asyncio
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from api.services.assistant import RasaAssistant
from api.settings import Settings
from bot.guard.intake import admit
from bot.testing.heard import Heard, heard

MODEL = Settings().model
NOW = "2026-11-18T10:00"
"""A Wednesday morning on which every phone with hours is open."""


class Talk:
    """Say something as somebody, and hear the reply."""

    def __init__(self, assistant: RasaAssistant, loop: asyncio.AbstractEventLoop) -> None:
        self._assistant = assistant
        self._loop = loop

    def __call__(self, sender: str, text: str, metadata: Mapping[str, Any] | None = None) -> Heard:
        """Send one message the way the REST channel does, and gather what comes back."""
        told = {"now": NOW, **(metadata or {})}
        reply = self._assistant.reply(sender, admit(text), told)
        return heard(self._loop.run_until_complete(reply))


@contextmanager
def talk(database: Path, model: Path = MODEL) -> Iterator[Talk]:
    """The assistant, its conversations kept in this file; ModelError when there is no model."""
    settings = Settings(test_mode=True, database_url=f"sqlite:///{database}", model=model)
    loop = asyncio.new_event_loop()
    try:
        # What Rasa's libraries warn of while they load is not about our code; some of them turn
        # warnings on again, so what they say is caught as well.
        with warnings.catch_warnings(record=True):
            warnings.simplefilter("ignore")
            assistant = RasaAssistant.load(settings)
        yield Talk(assistant, loop)
    finally:
        loop.close()
