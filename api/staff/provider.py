"""What a provider tells of itself: its addresses and its keys, kept for a while."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import requests
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

TIMEOUT = (3.05, 10)
"""Seconds to connect, and to wait for an answer."""

KEPT = timedelta(hours=1)
AGAIN = timedelta(minutes=1)
"""So old must the keys be to be asked for anew, or anybody could have us ask without end."""


class ProviderAway(Exception):  # noqa: N818 - read at the caller: `except ProviderAway`
    """The provider doesn't answer, or not with what it should. The message is for the log."""


class SignInRefused(Exception):  # noqa: N818
    """What came back can't be believed. The message says which part, for the log."""


class ProviderInfo:
    """Asked for when it is needed, and again after an hour."""

    def __init__(self, issuer: str) -> None:
        self._issuer = issuer
        self._metadata: tuple[dict[str, Any], datetime] | None = None
        self._keys: tuple[KeySet, datetime] | None = None

    def metadata(self, now: datetime) -> dict[str, Any]:
        """What the provider tells of itself; raise ProviderAway."""
        if self._metadata is None or not _is_younger(self._metadata[1], KEPT, now):
            found = _get(f"{self._issuer}/.well-known/openid-configuration")
            told = found.get("issuer")
            if not isinstance(told, str) or told.rstrip("/") != self._issuer:
                raise ProviderAway("another_issuer")
            self._metadata = found, now
        return self._metadata[0]

    def endpoint(self, name: str, now: datetime) -> str:
        """One of its addresses: with TLS, unless the whole provider is on this machine."""
        address = self.metadata(now).get(name)
        scheme = "https://" if self._issuer.startswith("https://") else "http"
        if not isinstance(address, str) or not address.startswith(scheme):
            raise ProviderAway(name)
        return address

    def keys(self, now: datetime) -> KeySet:
        """The keys with which it signs; raise ProviderAway."""
        if self._keys is None or not _is_younger(self._keys[1], KEPT, now):
            found = _get(self.endpoint("jwks_uri", now))
            try:
                self._keys = KeySet.import_key_set({"keys": list(found["keys"])}), now
            except (JoseError, KeyError, TypeError, ValueError) as error:
                raise ProviderAway("keys") from error
        return self._keys[0]

    def newer_keys(self, now: datetime) -> KeySet | None:
        """The keys as they are now, when those that we have may have been replaced."""
        if self._keys is None or _is_younger(self._keys[1], AGAIN, now):
            return None
        self._keys = None
        return self.keys(now)


def _is_younger(then: datetime, age: timedelta, now: datetime) -> bool:
    return timedelta() <= now - then < age


def _get(address: str) -> dict[str, Any]:
    try:
        answer = requests.get(address, timeout=TIMEOUT, allow_redirects=False)
        found = answer.json() if answer.status_code == requests.codes.ok else None
    except (requests.RequestException, ValueError) as error:
        raise ProviderAway(type(error).__name__) from error
    if not isinstance(found, dict):
        raise ProviderAway("unreadable")
    return found
