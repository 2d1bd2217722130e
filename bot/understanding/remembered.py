"""What was understood of common questions, kept so that they need not be read again.

Nothing that anybody wrote is kept: an entry stands under a keyed hash of the text, whose key is
made when the process starts and never leaves it, and holds no words of the text. Stories, and
whatever has a digit or something masked in it, are not kept at all.
"""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from hashlib import blake2b
from typing import Final, Generic, TypeVar

T = TypeVar("T")

MOST_WORDS: Final = 25
"""Longer messages are somebody's own story, which nobody else tells in the same words."""

_MASK_BEGINS: Final = "["


def may_be_kept(text: str) -> bool:
    """Whether a message is a question as many people ask it: short, no digits, nothing masked."""
    if _MASK_BEGINS in text or any(c.isdigit() for c in text):
        return False
    return len(text.split()) <= MOST_WORDS


class Remembered(Generic[T]):
    """So many values, and no more bytes, the least lately used forgotten. Safe with threads."""

    def __init__(self, most: int, most_bytes: int) -> None:
        self._most = most
        self._most_bytes = most_bytes
        self._secret = secrets.token_bytes(32)
        self._kept: OrderedDict[bytes, tuple[T, int]] = OrderedDict()
        self._lock = threading.Lock()
        self.bytes = 0

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, text: str) -> T | None:
        """What is known of a text, if anything."""
        key = self._key(text)
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                return None
            self._kept.move_to_end(key)
            return found[0]

    def keep(self, text: str, value: T, size: int) -> None:
        """Remember a value of so many bytes; it must hold nothing of the text."""
        key = self._key(text)
        with self._lock:
            before = self._kept.pop(key, None)
            self.bytes += size - (before[1] if before else 0)
            self._kept[key] = value, size
            while len(self._kept) > self._most or self.bytes > self._most_bytes:
                _, (_, dropped) = self._kept.popitem(last=False)
                self.bytes -= dropped

    def _key(self, text: str) -> bytes:
        written = text.encode("utf-8", "surrogatepass")
        return blake2b(written, key=self._secret, digest_size=16).digest()
