"""The trained models of this installation, and a second one that is loaded to be compared.

One more model than the serving one is in memory at a time. It goes when another is asked for, or
when nobody has used it for ten minutes.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from api.console.records import ModelInfo
from api.console.refusals import broken_model, unknown_model
from api.services.assistant import Assistant, ModelError, RasaAssistant
from api.services.threads import in_thread
from api.settings import Settings
from api.storage.store import Store

IDLE_SECONDS = 600.0
SUFFIX = ".tar.gz"

Load = Callable[[Settings], Assistant]


def listed(settings: Settings) -> list[ModelInfo]:
    """The models beside the one that serves, and that one; the newest first."""
    serving = settings.model.resolve()
    found = [_info(path, serving) for path in settings.model.parent.glob(f"*{SUFFIX}")]
    return sorted(found, key=lambda m: (m.trained, m.name), reverse=True)


def _info(path: Path, serving: Path) -> ModelInfo:
    kept = path.stat()
    return ModelInfo(
        name=path.name.removesuffix(SUFFIX),
        trained=dt.datetime.fromtimestamp(kept.st_mtime, dt.timezone.utc),
        size=kept.st_size,
        is_serving=path.resolve() == serving,
    )


@dataclass(slots=True)
class _Loaded:
    """A model in memory: of which file, trained when."""

    info: ModelInfo
    assistant: Assistant


class SecondModel:
    """Holds the second model while it is used, and for a while after."""

    def __init__(
        self,
        settings: Settings,
        store: Callable[[], Store | None],
        load: Load | None = None,
        idle_seconds: float = IDLE_SECONDS,
    ) -> None:
        self._settings, self._store, self._load = settings, store, load or self._from_file
        self._idle = idle_seconds
        self._loaded: _Loaded | None = None
        self._leaving: asyncio.TimerHandle | None = None
        self._lock = asyncio.Lock()

    @property
    def name(self) -> str | None:
        """The model that is in memory."""
        return self._loaded.info.name if self._loaded else None

    @asynccontextmanager
    async def use(self, name: str) -> AsyncIterator[Assistant]:
        """The model with this name, loaded when it is not; one use at a time. Raise ApiError."""
        async with self._lock:
            self._stay()
            try:
                yield await self._get(name)
            finally:
                self._leave_later()

    async def _get(self, name: str) -> Assistant:
        models = await in_thread(listed, self._settings)
        wanted = next((m for m in models if m.name == name), None)
        if wanted is None:
            raise unknown_model()
        if self._loaded is None or self._loaded.info != wanted:
            # The one before goes first: two are what the memory has room for.
            self.release()
            path = self._settings.model.parent / f"{wanted.name}{SUFFIX}"
            try:
                assistant = await in_thread(self._load, replace(self._settings, model=path))
            except ModelError:
                raise broken_model() from None
            self._loaded = _Loaded(wanted, assistant)
        return self._loaded.assistant

    def release(self) -> None:
        """Let the model go."""
        self._loaded = None

    def _stay(self) -> None:
        if self._leaving is not None:
            self._leaving.cancel()
            self._leaving = None

    def _leave_later(self) -> None:
        self._leaving = asyncio.get_running_loop().call_later(self._idle, self.release)

    def _from_file(self, settings: Settings) -> Assistant:
        return RasaAssistant.load(settings, self._store())
