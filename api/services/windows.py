"""The moving window of the `limits` library, kept in memory.

Its own memory storage starts a thread for each request, which walks over every request of the
last window, and never drops the names of those who have gone. This one looks at one queue.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

from limits.storage import Storage
from limits.storage.base import MovingWindowSupport

SWEEP_EVERY = 10_000


class Windows(Storage, MovingWindowSupport):  # type: ignore[misc, unused-ignore]
    """When each key was used, as long as it counts."""

    STORAGE_SCHEME = ["lotsen-memory"]  # noqa: RUF012 - so the library asks for it

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._now = now
        self._used: dict[str, deque[float]] = {}
        self._ends: dict[str, float] = {}
        self._until_sweep = SWEEP_EVERY

    def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        """Count a use of the key, unless the window is full."""
        moment = self._now()
        with self.lock:
            self._sweep(moment)
            used = self._of(key, moment - expiry)
            if len(used) + amount > limit:
                return False
            used.extend([moment] * amount)
            self._used[key], self._ends[key] = used, moment + expiry
            return True

    def get_moving_window(self, key: str, limit: int, expiry: int) -> tuple[int, int]:
        """When the oldest use was that still counts, and how many do."""
        moment = self._now()
        with self.lock:
            used = self._of(key, moment - expiry)
            return int(used[0] if used else moment), len(used)

    def _of(self, key: str, since: float) -> deque[float]:
        used = self._used.get(key) or deque()
        while used and used[0] <= since:
            used.popleft()
        return used

    def _sweep(self, moment: float) -> None:
        """Now and then, drop the keys whose last use counts no more."""
        self._until_sweep -= 1
        if self._until_sweep:
            return
        self._until_sweep = SWEEP_EVERY
        for key in [k for k, end in self._ends.items() if end <= moment]:
            del self._used[key], self._ends[key]

    def incr(self, key: str, expiry: int, elastic_expiry: bool = False, amount: int = 1) -> int:
        """Fixed windows are not used."""
        raise NotImplementedError

    def get(self, key: str) -> int:
        """Fixed windows are not used."""
        raise NotImplementedError

    def get_expiry(self, key: str) -> int:
        """Fixed windows are not used."""
        raise NotImplementedError

    def check(self) -> bool:
        """Memory is always there."""
        return True

    def reset(self) -> None:
        """Forget everything."""
        self._used.clear()
        self._ends.clear()

    def clear(self, key: str) -> None:
        """Forget one key."""
        self._used.pop(key, None)
        self._ends.pop(key, None)
