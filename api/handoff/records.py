"""What the desk hands out: read-only records. Times are aware and in UTC."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from api.handoff.machine import State

Presence = Literal["here", "break", "away"]


@dataclass(frozen=True, slots=True)
class Handoff:
    """One stay in the queue and the talk that follows. No personal data.

    ``claimed_name`` is the full name of the agent, for the desk; citizens see the first name.
    ``wanted_by`` is the id of the colleague that it was put back for.
    """

    id: str
    conversation_id: str
    municipality: str
    unit: str
    state: State
    subject: str | None
    reason: str | None
    language: str | None
    channel: str
    danger: bool
    created_at: dt.datetime
    changed_at: dt.datetime
    citizen_seen_at: dt.datetime
    claimed_by: str | None = None
    claimed_name: str | None = None
    claimed_at: dt.datetime | None = None
    wanted_by: str | None = None
    waited_seconds: int | None = None
    told_long_wait: bool = False
    outcome: str | None = None
    ended_at: dt.datetime | None = None

    @property
    def is_active(self) -> bool:
        """Whether somebody still waits or talks."""
        return self.ended_at is None


@dataclass(frozen=True, slots=True)
class Agent:
    """Somebody who may talk for a municipality, and whether they are at the desk.

    ``state`` is what counts: ``away`` for who was not seen for a while.
    """

    id: str
    name: str
    state: Presence


@dataclass(frozen=True, slots=True)
class DeskStatus:
    """A municipality's desk at one moment.

    ``opens`` is the next opening when it is closed, ``closes`` the end when it is open (None:
    not known). ``hours_open`` is what hours and today's opening say, whoever is there. ``agents``
    are those who take chats now, ``present`` also those on a break; ``staffed`` is false where
    nobody has an account to sign in with.
    """

    chat_open: bool
    hours_open: bool
    opens: dt.datetime | None
    closes: dt.datetime | None
    agents: int
    present: int
    waiting: int
    wait_minutes: int | None
    staffed: bool = False
    extra_until: dt.datetime | None = None
    closed_until: dt.datetime | None = None
