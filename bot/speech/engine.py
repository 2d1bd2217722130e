"""What an engine of speech is: words in, sound out. It gets only what `segments` has written."""

from __future__ import annotations

import io
import wave
from dataclasses import dataclass
from typing import Protocol


class SpeechError(Exception):
    """These words could not be said; the message holds no text of anybody's."""


class EngineFailed(SpeechError):  # noqa: N818 - read at the caller: `except EngineFailed`
    """The engine itself is at fault, not the words: it died or hangs."""


class NotStarted(EngineFailed):
    """The engine can't be started: trying again at once would not help."""


@dataclass(frozen=True, slots=True)
class Sound:
    """Mono sound, 16-bit little-endian samples, ``rate`` of them a second."""

    rate: int
    samples: bytes

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return len(self.samples) / 2 / self.rate

    def followed_by_silence(self, seconds: float) -> Sound:
        """The sound with a pause after it."""
        return Sound(self.rate, self.samples + bytes(2 * round(self.rate * seconds)))

    def wav(self) -> bytes:
        """The sound as a WAV file."""
        file = io.BytesIO()
        with wave.open(file, "wb") as out:
            out.setnchannels(1)
            out.setsampwidth(2)
            out.setframerate(self.rate)
            out.writeframes(self.samples)
        return file.getvalue()


class Engine(Protocol):
    """Says words. ``name`` tells it apart from others, version and voice included."""

    @property
    def name(self) -> str:
        """What the sounds of this engine are kept under."""
        ...

    def start(self) -> None:
        """Get ready, so that the first words need not wait; raise NotStarted."""
        ...

    def say(self, words: str, language: str, speed: float = 1.0) -> Sound:
        """Say words in ``sv`` or ``en``; raise SpeechError."""
        ...

    def close(self) -> None:
        """Let go of what it holds."""
        ...
