"""Whom the provider has recognised: what of its claims is used, and what is not believed."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from api.staff.records import ROLES, Role

NAMELESS = "Utan namn"

_NAME_LENGTH = 80
_UNSHOWN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]+")


@dataclass(frozen=True, slots=True)
class Identity:
    """Somebody, as the provider tells. ``subject`` is the issuer and what it calls them."""

    subject: str
    name: str
    roles: Mapping[str, frozenset[Role]]


def identity_of(
    claims: Mapping[str, Any], issuer: str, roles_claim: str, municipalities: Collection[str]
) -> Identity:
    """Read the claims of an ID token that has been checked."""
    roles = read_roles(_claim(claims, roles_claim), municipalities)
    return Identity(f"{issuer} {claims['sub']}", _name(claims), roles)


def read_roles(value: Any, municipalities: Collection[str]) -> dict[str, frozenset[Role]]:
    """``umea:agent`` and its like, in a list or in one text; all else is passed over."""
    parts = re.split(r"[\s,]+", value) if isinstance(value, str) else value
    found: dict[str, set[Role]] = {}
    for part in parts if isinstance(parts, list) else []:
        municipality, _, wanted = str(part).partition(":")
        role = next((r for r in ROLES if r == wanted), None)
        if role and municipality in municipalities:
            found.setdefault(municipality, set()).add(role)
    return {municipality: frozenset(roles) for municipality, roles in found.items()}


def _claim(claims: Mapping[str, Any], name: str) -> Any:
    """The claim of this name, or further in where dots say so, as in ``realm_access.roles``."""
    if name in claims:
        return claims[name]
    found: Any = claims
    for part in name.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


def _name(claims: Mapping[str, Any]) -> str:
    both = " ".join(str(claims[k]) for k in ("given_name", "family_name") if claims.get(k))
    for told in (claims.get("name"), both, claims.get("preferred_username"), claims.get("email")):
        name = " ".join(_UNSHOWN.sub(" ", told).split()) if isinstance(told, str) else ""
        if name:
            return name[:_NAME_LENGTH]
    return NAMELESS
