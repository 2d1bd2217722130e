"""Somebody who is signed in at the desk, and what they may do where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Role = Literal["agent", "editor", "admin"]

ROLES: tuple[Role, ...] = ("agent", "editor", "admin")


@dataclass(frozen=True, slots=True)
class Staff:
    """A person with their roles, each for named municipalities only."""

    id: str
    login: str
    name: str
    roles: Mapping[str, frozenset[Role]] = field(default_factory=dict)

    def has(self, role: Role, municipality: str) -> bool:
        """Whether they hold the role there."""
        return role in self.roles.get(municipality, frozenset())

    def municipalities(self, *roles: Role) -> frozenset[str]:
        """Where they hold one of these roles; with none named, where they hold any."""
        wanted = frozenset(roles or ROLES)
        return frozenset(m for m, held in self.roles.items() if held & wanted)


@dataclass(frozen=True, slots=True)
class Session:
    """A sign-in that holds. ``id_hash`` names it in the database; its id is in the cookie only."""

    id_hash: str
    staff: Staff
    csrf: str
    ends_at: datetime
