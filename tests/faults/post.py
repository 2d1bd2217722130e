"""A real mail server beside tests that are no coroutines."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from tests.api.mail.post_office import HOST, PostOffice


@contextmanager
def post_office() -> Iterator[PostOffice]:
    """It serves in a thread as long as the block lasts."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    office = PostOffice()
    opened = office.open()
    try:
        asyncio.run_coroutine_threadsafe(opened.__aenter__(), loop).result()
        try:
            yield office
        finally:
            asyncio.run_coroutine_threadsafe(opened.__aexit__(None, None, None), loop).result()
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


def mail_settings(office: PostOffice) -> dict[str, str]:
    """What a server is told of it."""
    return {
        "LOTSEN_SMTP_HOST": HOST,
        "LOTSEN_SMTP_PORT": str(office.port),
        "LOTSEN_SMTP_TLS": "none",
        "LOTSEN_SMTP_FROM": "chatt@example.se",
    }
