"""The form for being called back, as in a real chat, on a database that only this play has.

What is written in it is kept in memory until the play has ended; nobody is called or mailed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from api.callbacks.chat_form import ChatForm
from api.callbacks.service import Callbacks
from api.services.counters import Counters
from api.services.limits import Limits
from api.services.live import Live
from api.settings import Settings
from api.storage.desk_store import DeskStore
from api.storage.engines import memory_engine
from api.storage.tables import metadata
from api.storage.tables_desk import callback_drafts, callbacks, outbox, staff

_TABLES = [staff, callbacks, callback_drafts, outbox]


@contextmanager
def trial_form(settings: Settings) -> Iterator[ChatForm]:
    """A form that is forgotten; blocks while its database is made."""
    engine = memory_engine()
    try:
        metadata.create_all(engine, tables=_TABLES)
        desk = DeskStore(engine)
        unlimited = Limits(
            replace(settings, desk=replace(settings.desk, rate_callback=""), redis_url="")
        )
        service = Callbacks(desk, settings, _offered, Live(), Counters())
        yield ChatForm(service, desk, unlimited)
    finally:
        engine.dispose()


async def _offered(municipality: str, now: dt.datetime) -> Mapping[str, Any]:
    """It was chosen that being called back is open."""
    return {"callback": True}
