"""A listener in a process of its own, as engines are (bot.speech.process).

A file of sound that nobody has looked at is unpacked there, and not in the server.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from bot.speech.engine import EngineFailed, SpeechError
from bot.speech.listening import AudioTooLong, AudioUnreadable, Listener
from bot.speech.process import Talk, WorkerProcess
from bot.speech.whisper import check_model

SECONDS: Final = 30.0
START_SECONDS: Final = 60.0
"""A model of some hundred megabytes, from a slow disk."""

WORKER: Final = (sys.executable, "-m", "bot.speech.listener_worker")
KINDS: Final[dict[str, type[SpeechError]]] = {
    "failed": EngineFailed,
    "too_long": AudioTooLong,
    "unreadable": AudioUnreadable,
}


class ListenerProcess(WorkerProcess, Listener):
    """Hears through the listener of another process."""

    def __init__(
        self,
        name: str,
        arguments: Sequence[str] = (),
        *,
        command: Sequence[str] = WORKER,
        seconds: float = SECONDS,
    ) -> None:
        super().__init__(name, (*command, *arguments), seconds, START_SECONDS)

    def hear(self, audio: bytes, language: str) -> str:
        """Write down what is said; raise SpeechError."""
        order = json.dumps({"language": language, "bytes": len(audio)}).encode()
        return self._asked(order, _text, audio)


def _text(talk: Talk) -> str:
    told = talk.told()
    if "problem" in told:
        raise KINDS.get(told["kind"], SpeechError)(str(told["problem"]))
    return str(told["text"])


def make_listener(folder: Path, most_seconds: float) -> ListenerProcess:
    """Whisper with the model in this folder, not started yet; raise NotStarted."""
    check_model(folder)
    arguments = [str(folder), "--seconds", str(most_seconds)]
    return ListenerProcess(f"whisper-{folder.name}", arguments)
