"""Browsers in which somebody has signed in before.

Attempts from elsewhere are limited for each account, and whoever guesses at an account uses that
up. A browser that the owner has used keeps its own attempts, so nobody can lock the owner out.
Its cookie proves only that: it signs nobody in. It is bound to the password: a new one ends it.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets

DAYS = 180

_FORM = re.compile(r"([A-Za-z0-9_-]{22})\.([0-9a-f]{64})")


def new_device(staff_id: str, password_hash: str) -> str:
    """A cookie for the browser in which somebody has just signed in."""
    name = secrets.token_urlsafe(16)
    return f"{name}.{_proof(name, staff_id, password_hash)}"


def device_name(cookie: str, staff_id: str, password_hash: str) -> str | None:
    """The name of the browser, when this account's owner has signed in there."""
    found = _FORM.fullmatch(cookie)
    if found is None:
        return None
    name, proof = found.groups()
    return name if hmac.compare_digest(proof, _proof(name, staff_id, password_hash)) else None


def _proof(name: str, staff_id: str, password_hash: str) -> str:
    """Only who knows the kept hash can make it."""
    return hmac.new(password_hash.encode(), f"{staff_id} {name}".encode(), "sha256").hexdigest()


def name_of_login(login: str) -> str:
    """What a login is counted and noted as: too short to tell what was typed, say a password."""
    return hashlib.sha256(login.encode("utf-8", "replace")).hexdigest()[:8]
