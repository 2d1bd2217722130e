"""A light application that floods are sent to: started once, on a loop of its own."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from hypothesis import HealthCheck, Phase
from hypothesis import settings as invented

from tests.api.callbacks.helpers import with_mail
from tests.api.helpers import ANSWER, LOCAL, Canned, application
from tests.floods.doors import Doors

PATIENCE = 4
"""Times the application's own limit for a reply: who waits longer would wait for ever."""


class Flooded:
    """The application with its doors, for tests that are no coroutines: hypothesis calls those."""

    def __init__(self, loop: asyncio.AbstractEventLoop, doors: Doors) -> None:
        self._loop, self.doors = loop, doors

    def run(self, work: Coroutine[Any, Any, None]) -> None:
        """Wait for it."""
        self._loop.run_until_complete(work)


@contextmanager
def flooded(folder: Path) -> Iterator[Flooded]:
    """The running application, its assistant canned."""
    app = application(Canned([ANSWER]), folder, **with_mail())
    loop = asyncio.new_event_loop()
    context = app.router.lifespan_context(app)
    seconds = app.state.settings.reply_seconds * PATIENCE
    # A line for each message would be most of what is done here.
    logging.disable(logging.WARNING)
    try:
        loop.run_until_complete(context.__aenter__())
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        http = httpx.AsyncClient(transport=transport, base_url=LOCAL)
        yield Flooded(loop, Doors(app, http, seconds))
        loop.run_until_complete(http.aclose())
    finally:
        loop.run_until_complete(context.__aexit__(None, None, None))
        loop.run_until_complete(_end_all())
        loop.run_until_complete(loop.shutdown_default_executor())
        loop.close()
        logging.disable(logging.NOTSET)


async def _end_all() -> None:
    """Streams leave a watcher behind, which waits for the end of the process."""
    left = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in left:
        task.cancel()
    await asyncio.gather(*left, return_exceptions=True)


def often(times: int) -> invented:
    """So many messages, the same ones in every run."""
    return invented(
        max_examples=times,
        derandomize=True,
        database=None,
        deadline=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
