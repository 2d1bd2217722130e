"""Speech in small: every sentence is the same short, quiet sound."""

from __future__ import annotations

import io
import re
import wave
from collections.abc import Sequence
from typing import Any

RATE = 8000
SHORT = 0.05
"""Seconds of one sentence, so that a whole answer is over soon."""
NO_SPEECH = (503, {"error": {"code": "no_speech", "message": "Det finns ingen uppläsning nu."}})


class Speech:
    """What the server would say aloud. What tests look at afterwards is public."""

    def __init__(self) -> None:
        self.seconds = SHORT
        self.asked: list[tuple[str, bool]] = []
        self.failures: dict[str, int] = {}
        """How many times what is asked for ("manifest", or an index) is refused."""

    def answer(self, messages: Sequence[dict[str, Any]], rest: str) -> tuple[int, Any]:
        """The sentences of a message, or the sound of one."""
        path, _, query = rest.partition("?")
        _, number, _, *index = path.split("/")
        what = index[0] if index else "manifest"
        self.asked.append((what, "slow=true" in query))
        if self.failures.get(what, 0) > 0:
            self.failures[what] -= 1
            return NO_SPEECH
        if index:
            return 200, sound(self.seconds)
        told = sentences(messages[int(number) - 1])
        return 200, {
            "language": "sv",
            "sentences": [{"index": i, "text": t, "spoken": t} for i, t in enumerate(told)],
        }


def sentences(message: dict[str, Any]) -> list[str]:
    """Its sentences as the bot cuts them, near enough."""
    numbers = ("Ett", "Två", "Tre", "Fyra")
    first, *rest = (message["body"] or message["text"]).split("\n")
    listed = [f"{n}: {item}." for n, item in zip(numbers, message["items"], strict=False)]
    return [s for t in (first, *listed, *rest) for s in re.split(r"(?<=[.!?]) (?=[A-ZÅÄÖ])", t)]


def sound(seconds: float) -> bytes:
    """Silence of that length, as a WAV file."""
    written = io.BytesIO()
    with wave.open(written, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(bytes(2 * int(RATE * seconds)))
    return written.getvalue()
