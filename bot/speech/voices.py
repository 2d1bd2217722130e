"""Which engine speaks: an operator's Piper voice where there is one that works, else espeak-ng."""

from __future__ import annotations

import hashlib
import json
import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from bot.speech.engine import Engine, EngineFailed, NotStarted, Sound, SpeechError
from bot.speech.process import EngineProcess

logger = logging.getLogger(__name__)

LANGUAGES = ("sv", "en")
MOST_FAILURES = 3
AGAIN_SECONDS = 300.0
"""So long an engine that failed is left alone: who wants to listen is not to wait for it."""


@dataclass(frozen=True, slots=True)
class Voice:
    """A Piper voice as its files describe it."""

    file: Path
    language: str
    name: str


class Said(NamedTuple):
    """A sound, and the name of the engine that made it."""

    sound: Sound
    engine: str


def read_voice(file: Path) -> Voice:
    """What a voice is; raise EngineFailed, whose message tells an operator what is wrong."""
    about = Path(f"{file}.json")
    try:
        text = about.read_bytes()
        told = json.loads(text)
        language = str(told["espeak"]["voice"]).split("-")[0].lower()
        size = file.stat()
    except FileNotFoundError as error:
        raise EngineFailed(f"{Path(str(error.filename)).name} is missing") from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EngineFailed(f"{about.name} can't be read") from error
    if language not in LANGUAGES or not file.name.startswith(f"{language}_"):
        raise EngineFailed(f"{file.name} speaks {language}")
    print_of = hashlib.sha256(text + f"{size.st_size} {size.st_mtime_ns}".encode())
    return Voice(file, language, f"piper-{file.stem}-{print_of.hexdigest()[:16]}")


def find_voices(folder: Path) -> dict[str, Voice]:
    """The first usable voice of each language; of those that are not, a warning."""
    found: dict[str, Voice] = {}
    for language in LANGUAGES:
        for file in sorted(folder.glob(f"{language}_*.onnx")):
            try:
                found.setdefault(language, read_voice(file))
            except EngineFailed as error:
                logger.warning("voice_unusable: %s", error)
    return found


class Voices:
    """For each language its engines, the best first. For several threads."""

    def __init__(
        self,
        engines: Mapping[str, Sequence[Engine]],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._engines = {language: tuple(of) for language, of in engines.items()}
        self._clock = clock
        self._failures: dict[Engine, int] = {}
        self._again: dict[Engine, float] = {}
        self._warned: set[Engine] = set()
        self._lock = threading.Lock()
        self._closed = False

    def name(self, language: str) -> str:
        """The engine that is asked first now; empty when none works."""
        return next((e.name for e in self._working(language)), "")

    def start(self, language: str) -> None:
        """Get the engine ready that is asked first; what fails is told by ``say``."""
        for engine in self._working(language):
            try:
                engine.start()
            except EngineFailed as error:
                self._failed(engine, error)
            else:
                return

    def say(self, words: str, language: str, speed: float = 1.0) -> Said:
        """Say words by the best engine that can; raise SpeechError."""
        why: SpeechError = EngineFailed("no engine works")
        for engine in self._working(language):
            try:
                sound = engine.say(words, language, speed)
            except EngineFailed as error:
                self._failed(engine, error)
                why = error
            except SpeechError as error:
                why = error
            else:
                with self._lock:
                    self._failures.pop(engine, None)
                return Said(sound, engine.name)
        raise why

    def close(self) -> None:
        """End all engines."""
        self._closed = True
        for engine in self._all():
            engine.close()

    def _all(self) -> list[Engine]:
        return list(dict.fromkeys(e for of in self._engines.values() for e in of))

    def _working(self, language: str) -> list[Engine]:
        now = self._clock()
        return [e for e in self._engines[language] if self._again.get(e, now) <= now]

    def _failed(self, engine: Engine, error: EngineFailed) -> None:
        """Leave it alone for a while when it fails again and again; tell the operator once."""
        with self._lock:
            if self._closed:
                return
            count = self._failures[engine] = self._failures.get(engine, 0) + 1
            if isinstance(error, NotStarted) or count >= MOST_FAILURES:
                self._failures.pop(engine)
                self._again[engine] = self._clock() + AGAIN_SECONDS
            if engine in self._warned:
                return
            self._warned.add(engine)
        logger.warning("speech_engine_failed: %s: %s", engine.name, error)


def make_voices(folder: Path) -> Voices:
    """The engines of this machine. Nothing is started yet."""
    from bot.speech.espeak import NAME

    espeak = EngineProcess(NAME)
    pipers = {
        language: EngineProcess(voice.name, ["--piper", str(voice.file)])
        for language, voice in find_voices(folder).items()
    }
    return Voices({lang: [*filter(None, [pipers.get(lang)]), espeak] for lang in LANGUAGES})
