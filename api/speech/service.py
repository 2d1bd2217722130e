"""Words to a file of sound: asked for twice it is made once, and never more at a time than fits."""

from __future__ import annotations

import asyncio
import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Final

from api.faults import fault
from api.settings import Settings
from api.speech.cache import Cache
from api.speech.encoding import Format, encode
from bot.speech.engine import SpeechError
from bot.speech.voices import Voices, make_voices

SLOW: Final = 0.75
"""The pace in slow mode, as a share of the ordinary one."""

PAUSE_SECONDS: Final = 0.3
"""After a sentence, since they are played one after the other."""

MOST_WAITING: Final = 16
WAIT_SECONDS: Final = 15.0
RETRY_SECONDS: Final = 3
_THREADS: Final = 2


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be said, and how. ``keep`` says whether the sound may be kept on disk."""

    words: str
    language: str
    slow: bool
    form: Format
    keep: bool

    def key(self, engine: str) -> str:
        """The name under which it is kept: it tells nothing of the words."""
        parts = (engine, self.language, str(self.slow), self.words)
        return f"{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()}.{self.form}"


class Speech:
    """One for the process: ``request.app.state.speech``."""

    def __init__(self, settings: Settings, voices: Voices | None = None) -> None:
        own = settings.speech
        self._voices = (voices or make_voices(own.piper_dir)) if own.enabled else None
        limit = own.cache_mb * 1_000_000
        self._cache = Cache(settings.data_dir / "speech", limit) if limit else None
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="speech")
        self._making: dict[str, asyncio.Task[bytes]] = {}
        self.is_closed = False

    def works(self, language: str = "sv") -> bool:
        """Whether something can be said now, as far as is known."""
        return self._voices is not None and bool(self._voices.name(language))

    def get_ready(self, language: str) -> None:
        """Start the engine in the background: somebody is about to listen."""
        if self._voices is not None:
            self._threads.submit(self._voices.start, language)

    async def sound(self, order: Order) -> bytes:
        """The file; raise ApiError when it can't be had now."""
        if not self.works(order.language) or self._voices is None:
            raise fault("no_speech")
        key = order.key(self._voices.name(order.language))
        making = self._making.get(key) or self._begin(key, order, self._voices)
        try:
            return await asyncio.wait_for(asyncio.shield(making), WAIT_SECONDS)
        except asyncio.TimeoutError:
            raise fault("speech_busy", retry_after=RETRY_SECONDS) from None
        except SpeechError:
            raise fault("no_speech") from None

    def close(self) -> None:
        """End the engines for good. Blocks for a moment."""
        self.is_closed = True
        self._threads.shutdown(wait=False, cancel_futures=True)
        if self._voices is not None:
            self._voices.close()

    def _begin(self, key: str, order: Order, voices: Voices) -> asyncio.Task[bytes]:
        if len(self._making) >= MOST_WAITING:
            raise fault("speech_busy", retry_after=RETRY_SECONDS)
        make = partial(self._make, key, order, voices)
        making = asyncio.ensure_future(_in(self._threads, make))
        self._making[key] = making

        def made(task: asyncio.Task[bytes]) -> None:
            del self._making[key]
            # Looked at, also when everybody who waited for it has gone.
            if not task.cancelled():
                task.exception()

        making.add_done_callback(made)
        return making

    def _make(self, key: str, order: Order, voices: Voices) -> bytes:
        kept = self._cache.get(key) if self._cache else None
        if kept is not None:
            return kept
        said = voices.say(order.words, order.language, SLOW if order.slow else 1.0)
        file = encode(said.sound.followed_by_silence(PAUSE_SECONDS), order.form)
        if order.keep and self._cache:
            self._cache.put(order.key(said.engine), file)
        return file


async def _in(threads: ThreadPoolExecutor, make: partial[bytes]) -> bytes:
    return await asyncio.get_running_loop().run_in_executor(threads, make)
