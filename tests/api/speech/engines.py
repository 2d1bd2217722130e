"""Engines that a test plays: they remember what they were asked to say, and wait or fail."""

from __future__ import annotations

import threading

from bot.speech.engine import Engine, Sound, SpeechError
from bot.speech.voices import Voices


class Spy(Engine):
    """Hums a tenth of a second for each word, and remembers the words."""

    def __init__(self, *errors: SpeechError) -> None:
        self.heard: list[tuple[str, str, float]] = []
        self.errors = list(errors)
        self.may_go_on = threading.Event()
        self.may_go_on.set()
        self.starts = 0

    @property
    def name(self) -> str:
        """Its name."""
        return "spy"

    def start(self) -> None:
        """Count it."""
        self.starts += 1

    def say(self, words: str, language: str, speed: float = 1.0) -> Sound:
        """The next error, or a tone."""
        self.heard.append((words, language, speed))
        assert self.may_go_on.wait(30)
        if self.errors:
            raise self.errors.pop(0)
        return Sound(8000, b"\x00\x10\x00\xf0" * 400 * len(words.split()))

    def close(self) -> None:
        """Nobody waits for it any more."""
        self.may_go_on.set()


def spoken_by(engine: Engine) -> Voices:
    """It speaks both languages."""
    return Voices({"sv": [engine], "en": [engine]})
