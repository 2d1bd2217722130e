"""Speech in: what was said in a recording. Neither sound nor text is stored, logged or counted."""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from api.faults import fault
from api.settings import Settings
from api.settings_listen import Listen
from bot.speech.engine import NotStarted, SpeechError
from bot.speech.listener_process import make_listener
from bot.speech.listening import AudioTooLong, AudioUnreadable, Listener

logger = logging.getLogger(__name__)

KINDS: Final = ("audio/webm", "audio/ogg", "audio/mp4", "audio/wav")
MOST_WAITING: Final = 3
"""One recording is heard at a time, since the model takes all cores for it."""

RETRY_SECONDS: Final = 5


class Listening:
    """One for the process: ``request.app.state.listening``."""

    def __init__(self, settings: Settings, listener: Listener | None = None) -> None:
        self._own = settings.listen
        self._mode = self._own.mode
        self._listener = listener
        if self._mode == "whisper" and listener is None:
            self._find()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="listening")
        self._waiting = 0

    @property
    def mode(self) -> Listen:
        """Who hears spoken questions now."""
        return self._mode

    async def hear(self, audio: bytes, kind: str, language: str) -> str:
        """What is said in it; raise ApiError. A kind is a media type, its parameters left out."""
        listener = self._listener
        if self._mode != "whisper" or listener is None:
            raise fault("no_listening")
        if kind.partition(";")[0].strip().lower() not in KINDS:
            raise fault("audio_kind", kinds=", ".join(KINDS))
        if not audio:
            raise fault("audio_unreadable")
        if self._waiting >= MOST_WAITING:
            raise fault("listening_busy", retry_after=RETRY_SECONDS)
        self._waiting += 1
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._thread, listener.hear, audio, language)
        except AudioTooLong:
            raise fault("audio_too_long", seconds=self._own.most_seconds) from None
        except AudioUnreadable:
            raise fault("audio_unreadable") from None
        except SpeechError as error:
            self._failed(error)
            raise fault("no_listening") from None
        finally:
            self._waiting -= 1

    def close(self) -> None:
        """End the listener. Blocks for a moment."""
        self._thread.shutdown(wait=False, cancel_futures=True)
        if self._listener is not None:
            self._listener.close()

    def _find(self) -> None:
        try:
            self._listener = make_listener(self._own.whisper_dir, self._own.most_seconds)
        except NotStarted as error:
            self._off(error)

    def _failed(self, error: SpeechError) -> None:
        """A model that can't be loaded will not be next time either."""
        if isinstance(error, NotStarted):
            self._off(error)
        else:
            logger.warning("listening_failed: %s", error)

    def _off(self, error: NotStarted) -> None:
        if self._mode != "off":
            logger.warning("listening_is_off: %s", error)
        self._mode = "off"
