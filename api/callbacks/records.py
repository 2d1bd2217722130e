"""What the callbacks' service takes and hands out: read-only records.

These hold a citizen's name and number. They are never logged, and never put in a message.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

State = Literal["waiting", "taken", "done", "unreachable", "cancelled"]

WAITING: tuple[State, ...] = ("waiting",)
TAKEN: tuple[State, ...] = ("taken",)
OPEN: tuple[State, ...] = ("waiting", "taken")
ENDED: tuple[State, ...] = ("done", "unreachable", "cancelled")
MOST_ATTEMPTS = 3
"""So many times somebody tries to reach the citizen; then it ends as ``unreachable``."""


@dataclass(frozen=True, slots=True)
class Callback:
    """One promise to call. Times are aware and in UTC; name, number and subject are personal."""

    receipt: str
    municipality: str
    unit: str
    state: State
    name: str
    phone: str
    about: str
    language: str | None
    due_from: dt.datetime
    due_to: dt.datetime
    conversation_id: str | None
    consent_at: dt.datetime
    created_at: dt.datetime
    changed_at: dt.datetime
    taken_by: str | None
    attempts: int
    ended_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Slot:
    """A time that can be booked: ``2026-11-23T08:30/2026-11-23T11:30`` and its words."""

    id: str
    title: str
    start: dt.datetime
    end: dt.datetime


@dataclass(frozen=True, slots=True)
class Times:
    """What can be booked now, and what it is for. ``is_open``: whether anything can be."""

    is_open: bool
    unit: str
    purpose: str
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """What a citizen wrote, as it was written. ``time`` is the id of a slot."""

    name: str
    phone: str
    about: str
    time: str
    language: str | None = None
    consent: bool = False
    conversation_id: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A callback that is stored: its secret, what is read back and what is told."""

    callback: Callback
    secret: str
    lines: tuple[str, ...]
    text: str
