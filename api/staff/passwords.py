"""Passwords: argon2id, hashed anew at sign-in when the parameters have changed.

Who asks for an account that is not there waits as long as who gives a wrong password.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 12, 256
FEWEST = 5
"""Different characters that a password has at least."""

_HASHER = PasswordHasher(time_cost=3, memory_cost=19_456, parallelism=1)
"""At least what OWASP asks for; 19 MB, since the serving process is to stay small."""


def hash_of(password: str) -> str:
    """What is kept of a password."""
    return _HASHER.hash(_bytes(password))


def is_right(password: str, kept: str | None) -> bool:
    """Whether it is the password of this hash; without one it never is, and takes as long."""
    expected = kept or _dummy()
    try:
        _HASHER.verify(expected, _bytes(password))
    except (VerificationError, InvalidHashError):
        return False
    return bool(kept) and is_usable(password)


def is_outdated(kept: str) -> bool:
    """Whether a hash was made with other parameters than today's."""
    return _HASHER.check_needs_rehash(kept)


def is_usable(password: str) -> bool:
    """Whether anybody could have such a password."""
    return SHORTEST <= len(password) <= LONGEST


def problem_with(password: str, login: str) -> str | None:
    """Why it may not be somebody's password, or None."""
    if len(password) < SHORTEST:
        return f"The password is too short: at least {SHORTEST} characters, a few words are best."
    if len(password) > LONGEST:
        return f"The password is too long: at most {LONGEST} characters."
    if len(password.casefold().replace(login.casefold(), "")) < SHORTEST:
        return "The password is little more than the login: choose another."
    if len(set(password)) < FEWEST:
        return f"The password repeats itself: at least {FEWEST} different characters."
    return None


@cache
def _dummy() -> str:
    return hash_of("nobody has this password")


def _bytes(password: str) -> bytes:
    """One form for what keyboards write in two: å as one character, or as a and a ring."""
    return unicodedata.normalize("NFKC", password[: LONGEST + 1]).encode("utf-8", "replace")
