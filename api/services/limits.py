"""How often somebody may ask: by client, by conversation, and for starting conversations.

In memory, or in Redis when several processes share the limits. A Redis that is away refuses
nobody and keeps nobody waiting: the limits are then each process's own for some seconds.
"""

from __future__ import annotations

import asyncio
import hashlib
import ipaddress
import logging
import math
import time
from collections.abc import Callable
from typing import Any

from limits import RateLimitItem, parse_many
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter
from starlette.types import Scope

from api.faults import fault
from api.logs import log
from api.services.windows import Windows
from api.settings import Settings

logger = logging.getLogger(__name__)

REDIS_SECONDS = 0.5
"""How long Redis may take. Somebody waits, and a thread that others need."""

AWAY_SECONDS = 5.0
"""How long a Redis that failed is not asked again."""

DESK = "1200/minute"
"""Requests of one person at the desk: far more than the page makes, which looks by itself."""


class Limits:
    """The limits of the settings."""

    def __init__(self, settings: Settings, now: Callable[[], float] = time.monotonic) -> None:
        rates = {
            "client": settings.rate_client,
            "conversation": settings.rate_conversation,
            "start": settings.rate_start,
            "rest": settings.rate_rest,
            "desk": DESK,
            "sign_in": settings.desk.rate_sign_in,
            "callback": settings.desk.rate_callback,
        }
        self._items = {n: parse_many(r) if r else [] for n, r in rates.items()}
        self._items["sign_in_share"] = [_times(item, 0.5) for item in self._items["sign_in"]]
        # Somebody may leave the queue and come back, and waiting costs staff less than calling.
        self._items["join"] = [_times(item, 3) for item in self._items["callback"]]
        self._now = now
        # Kept here too: the library holds its storage by a weak reference.
        self._storages = [Windows(now)]
        self._own = MovingWindowRateLimiter(self._storages[0])
        self._shared: MovingWindowRateLimiter | None = None
        self._away_until = -math.inf
        if settings.redis_url:
            wait = {"socket_timeout": REDIS_SECONDS, "socket_connect_timeout": REDIS_SECONDS}
            self._storages.append(storage_from_string(settings.redis_url, **wait))
            self._shared = MovingWindowRateLimiter(self._storages[1])

    async def check(self, name: str, who: str) -> None:
        """Count one use by somebody; raise ApiError with 429 when it is one too many."""
        await self._refuse(name, who, count=True)

    async def room(self, name: str, who: str) -> None:
        """Raise ApiError with 429 when the next use would be too many; count nothing."""
        await self._refuse(name, who, count=False)

    def close(self) -> None:
        """Let go of the connections to Redis."""
        if self._shared is not None:
            shared: Any = self._storages[-1]
            shared.storage.connection_pool.disconnect()

    async def _refuse(self, name: str, who: str, *, count: bool) -> None:
        for item in self._items[name]:
            wait = await self._wait(item, name, who, count)
            if wait is not None:
                raise fault("too_many_requests", retry_after=wait, seconds=wait)

    async def _wait(self, item: RateLimitItem, name: str, who: str, count: bool) -> int | None:
        """Seconds to wait, or None when there is room."""
        if self._shared is not None and time.monotonic() >= self._away_until:
            try:
                return await asyncio.to_thread(self._seconds, self._shared, item, name, who, count)
            except Exception as error:  # noqa: BLE001 - whatever Redis raises
                self._away_until = time.monotonic() + AWAY_SECONDS
                log(logger, "limits_not_shared", logging.WARNING, kind=type(error).__name__)
        return self._seconds(self._own, item, name, who, count)

    def _seconds(
        self,
        limiter: MovingWindowRateLimiter,
        item: RateLimitItem,
        name: str,
        who: str,
        count: bool,
    ) -> int | None:
        ask = limiter.hit if count else limiter.test
        if ask(item, name, who):
            return None
        reset, _ = limiter.get_window_stats(item, name, who)
        # Redis goes by the clock that processes share; in memory a clock that is set back by an
        # hour would keep people waiting for an hour.
        moment = self._now() if limiter is self._own else time.time()
        return min(max(1, math.ceil(reset - moment)), int(item.get_expiry()))


def _times(item: RateLimitItem, factor: float) -> RateLimitItem:
    return type(item)(max(1, int(item.amount * factor)), item.multiples, item.namespace)


def client_of(scope: Scope) -> str:
    """Who asks, as a hash: an address, or for IPv6 the network that one subscriber has."""
    host = str((scope.get("client") or ("unknown",))[0])
    try:
        address = ipaddress.ip_address(host)
        if address.version == 6 and address.ipv4_mapped is None:
            host = str(ipaddress.ip_network((address, 64), strict=False))
    except ValueError:
        pass
    return hashlib.sha256(host.encode()).hexdigest()[:24]
