"""Redis, as processes share it for speed: nothing in it is missed when it is gone.

It tells other processes what is new, and keeps for some minutes what a browser may ask of another
process than the one that made it. Everything done with it reckons with its being away.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import logging
import secrets
from collections.abc import Collection
from typing import Any, Final

import redis.asyncio
from cryptography.fernet import Fernet, InvalidToken
from redis.exceptions import RedisError

from api.logs import log
from api.services.live import Live

logger = logging.getLogger(__name__)

TIMEOUT: Final = 0.5
"""Seconds: it is in the same house, and somebody waits."""

PING_SECONDS: Final = 2.0
AGAIN_SECONDS: Final = 1.0
"""Between two tries to reach it."""

AWAY: Final = (RedisError, OSError, asyncio.TimeoutError)
_PREFIX: Final = "lotsen"


class RedisLink:
    """One for the process, whether there is a Redis or not."""

    def __init__(self, url: str, live: Live) -> None:
        self._live, self._me = live, secrets.token_hex(8)
        self._client = _client(url) if url else None
        self._news: dict[str, None] = {}
        self._is_news = asyncio.Event()
        self._is_ending = False
        self.is_up: bool | None = None if not url else False
        """Whether it answers; None where there is none."""

    async def run(self) -> None:
        """Hear and tell news until cancelled; what is away is looked for again and again."""
        if self._client is None:
            return
        self._live.tell, self._is_ending = self._tell, False
        while not self._is_ending:
            try:
                await self._hear_and_tell(self._client)
            except AWAY as error:
                if self.is_up:
                    log(logger, "redis_away", logging.WARNING, kind=type(error).__name__)
                self.is_up = False
            await asyncio.sleep(AGAIN_SECONDS)

    async def keep(self, key: str, words: str, seconds: int) -> None:
        """Keep words for who has the key; in Redis neither can be read."""
        if self._client is None or not self.is_up:
            return
        name, lock = _hidden(key)
        try:
            await self._client.set(name, lock.encrypt(words.encode()), ex=seconds)
        except AWAY as error:
            log(logger, "redis_failed", logging.WARNING, kind=type(error).__name__)

    async def find(self, key: str) -> str | None:
        """What was kept with the key, if it is still there."""
        if self._client is None or not self.is_up:
            return None
        name, lock = _hidden(key)
        try:
            kept = await self._client.get(name)
            return lock.decrypt(kept).decode() if kept else None
        except InvalidToken:
            return None
        except AWAY as error:
            log(logger, "redis_failed", logging.WARNING, kind=type(error).__name__)
            return None

    async def close(self) -> None:
        """Let go of the connections."""
        if self._client is not None:
            await self._client.close(close_connection_pool=True)

    def _tell(self, name: str) -> None:
        """Have other processes told. Nothing is put by for a Redis that is away."""
        if self.is_up:
            self._news[name] = None
            self._is_news.set()

    async def _hear_and_tell(self, client: Any) -> None:
        async with client.pubsub() as subscribed:
            await subscribed.subscribe(f"{_PREFIX}.live")
            await client.ping()
            self.is_up = True
            log(logger, "redis_there")
            # What was told while nobody heard it is in the database.
            self._live.wake_all()
            work = [
                asyncio.ensure_future(self._hear(subscribed)),
                asyncio.ensure_future(self._publish(client)),
            ]
            try:
                await asyncio.gather(*work)
            except asyncio.CancelledError:
                # A timeout on the way out would take its place, and this would go on for ever.
                self._is_ending = True
                raise
            finally:
                await _ended(work)

    async def _hear(self, subscribed: Any) -> None:
        while True:
            message = await subscribed.get_message(
                ignore_subscribe_messages=True, timeout=PING_SECONDS
            )
            if message is None:
                continue
            sender, *names = message["data"].decode().split("\n")
            if sender != self._me:
                for name in names:
                    self._live.wake_here(name)

    async def _publish(self, client: Any) -> None:
        """Tell what has gathered, and see now and then whether anybody is there."""
        while True:
            news = asyncio.ensure_future(self._is_news.wait())
            try:
                await asyncio.wait({news}, timeout=PING_SECONDS)
            finally:
                news.cancel()
            if not self._is_news.is_set():
                await client.ping()
                continue
            self._is_news.clear()
            names, self._news = list(self._news), {}
            await client.publish(f"{_PREFIX}.live", "\n".join([self._me, *names]))


async def _ended(tasks: Collection[asyncio.Future[None]]) -> None:
    """Cancel them until they have ended: a timeout at the same moment can swallow it once."""
    running = set(tasks)
    while running:
        for task in running:
            task.cancel()
        _, running = await asyncio.wait(running, timeout=TIMEOUT)
    for task in tasks:
        if not task.cancelled():
            task.exception()


def _client(url: str) -> Any:
    return redis.asyncio.from_url(url, socket_timeout=TIMEOUT, socket_connect_timeout=TIMEOUT)


def _hidden(key: str) -> tuple[str, Fernet]:
    """The name under which something is kept, and what it is locked with: both from the key."""
    name = hashlib.sha256(f"name\0{key}".encode()).hexdigest()
    lock = hashlib.sha256(f"lock\0{key}".encode()).digest()
    return f"{_PREFIX}.kept.{name}", Fernet(base64.urlsafe_b64encode(lock))
