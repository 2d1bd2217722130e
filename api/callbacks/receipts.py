"""Receipt numbers that can be read over the phone, and the secret that goes with one."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
from typing import Final

ALPHABET: Final = "234679ACDEFGHJKMNPQRTVWXY"
"""No 0 and O, 1, I and L, 5 and S, 8 and B, 2 and Z, U and V: they are taken for each other."""

RECEIPT: Final = re.compile(rf"[A-Z]{{2}}-[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}")


def new_receipt(municipality: str) -> str:
    """``UM-7K3F-92QX``: nobody can guess the next one."""
    return _written(municipality, [secrets.choice(ALPHABET) for _ in range(8)])


def receipt_of(municipality: str, key: str) -> str:
    """The receipt that always goes with a key that only its client knows."""
    number = int.from_bytes(hashlib.sha256(f"receipt\0{key}".encode()).digest(), "big")
    return _written(municipality, [ALPHABET[number // 25**n % 25] for n in range(8)])


def secret_of(receipt: str, key: str) -> str:
    """The secret of a receipt: who sends the same key again gets the same one.

    It is not kept. The key is the client's own and is never part of an address.
    """
    made = hmac.digest(key.encode(), f"callback\0{receipt}".encode(), "sha256")
    return base64.urlsafe_b64encode(made).decode().rstrip("=")


def hashed(text: str) -> str:
    """What is kept of a secret or a key."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _written(municipality: str, letters: list[str]) -> str:
    return f"{municipality[:2].upper()}-{''.join(letters[:4])}-{''.join(letters[4:])}"
