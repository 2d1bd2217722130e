"""What a listener is: sound in, words out. Nothing of either is kept or told to anybody else."""

from __future__ import annotations

from typing import Protocol

from bot.speech.engine import SpeechError


class AudioUnreadable(SpeechError):  # noqa: N818 - read at the caller: `except AudioUnreadable`
    """This is no sound, or of a kind that can't be read."""


class AudioTooLong(SpeechError):  # noqa: N818 - as above
    """The sound lasts longer than anybody may speak."""


class Listener(Protocol):
    """Writes down what is said. ``name`` tells it apart from others."""

    @property
    def name(self) -> str:
        """What an operator is told of it."""
        ...

    def start(self) -> None:
        """Get ready, so that who speaks first need not wait; raise NotStarted."""
        ...

    def hear(self, audio: bytes, language: str) -> str:
        """What is said in a file of sound, empty when nothing is; raise SpeechError."""
        ...

    def close(self) -> None:
        """Let go of what it holds."""
        ...
