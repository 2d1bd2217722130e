"""What the test console plays and what comes of it: read-only records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Channel = Literal["web", "kiosk", "phone"]
Way = Literal["chat", "callback", "mail"]

MOST_TURNS = 30
"""So many messages are played in one conversation: far more than people write."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Where and when a conversation takes place.

    ``moment`` is what staff wrote (``torsdag 09.45``, ``julafton``, an ISO time; nothing: now).
    ``open_ways`` are the ways to a person that are open, as a dialogue file's ``open``.
    """

    municipality: str
    channel: Channel = "web"
    language: str | None = None
    easy: bool = False
    moment: str | None = None
    open_ways: tuple[Way, ...] = ()


@dataclass(frozen=True, slots=True)
class Played:
    """One message as it was understood and answered, and how long that took.

    ``masked_text`` is what would have been stored; ``trace`` is None where the model made no
    reply; ``moment`` is when it was said.
    """

    turn: int
    masked_text: str
    masked: tuple[str, ...]
    replies: tuple[Mapping[str, Any], ...]
    trace: Mapping[str, Any] | None
    ms: float
    moment: dt.datetime


@dataclass(frozen=True, slots=True)
class Compared:
    """One message and what two models make of it; ``differs`` are Swedish sentences."""

    first: Played
    second: Played
    differs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """A trained model of this installation."""

    name: str
    trained: dt.datetime
    size: int
    is_serving: bool
