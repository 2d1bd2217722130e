"""Whether a request was made by a page of ours, and whether a token is the one that was given.

Browsers say themselves where a request comes from, in Sec-Fetch-Site and in Origin. Unlike the
chat, the desk takes nothing from neighbours on the same domain, nor from who says neither.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from urllib.parse import urlsplit


def is_foreign(headers: Mapping[str, str], public_url: str) -> bool:
    """Whether a request that changes something comes from elsewhere than a page of ours."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is None and origin is None:
        return True
    if site is not None and site != "same-origin":
        return True
    return origin is not None and not _is_ours(origin, headers.get("host", ""), public_url)


def same_token(given: str, expected: str) -> bool:
    """Compare without telling by the time it takes how much was right."""
    return bool(expected) and hmac.compare_digest(given.encode(), expected.encode())


def _is_ours(origin: str, host: str, public_url: str) -> bool:
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    if public_url:
        ours = urlsplit(public_url)
        if (parts.scheme, parts.netloc) == (ours.scheme.lower(), ours.netloc.lower()):
            return True
    return parts.scheme in {"http", "https"} and bool(host) and parts.netloc == host.lower()
