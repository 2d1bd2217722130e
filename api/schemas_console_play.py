"""What the test console's page sends to have a conversation played, and what it gets."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from pydantic import Field, validator

from api.console.records import MOST_TURNS
from api.schemas import storable
from api.schemas_base import Body, View
from api.schemas_console import Trace


class SettingBody(Body):
    """Where and when a conversation takes place. ``moment`` is free text: ``torsdag 09.45``."""

    municipality: str = Field(..., max_length=40)
    channel: Literal["web", "kiosk", "phone"] = "web"
    language: str | None = Field(None, max_length=8)
    easy: bool = False
    moment: str | None = Field(None, max_length=100)
    open: list[Literal["chat", "callback", "mail"]] = Field(default_factory=list, max_items=3)

    _storable = validator("language", "moment", allow_reuse=True)(storable)


class PlayBody(Body):
    """A conversation to play from its beginning: all that the citizen says, in order."""

    setting: SettingBody
    turns: list[str] = Field(..., min_items=1, max_items=MOST_TURNS)
    model: str | None = Field(None, max_length=100, description="null: the one that serves")

    _storable = validator("turns", each_item=True, allow_reuse=True)(storable)


class CompareBody(PlayBody):
    """The same with a second model; ``model`` is the first one."""

    other: str = Field(..., max_length=100)


class PlayedView(View):
    """A turn: what would have been stored of it, the replies and what was understood.

    ``replies`` are in the form of the public contract (text, buttons, custom).
    """

    turn: int
    text: str
    masked: list[str]
    replies: list[dict[str, Any]]
    trace: Trace | None
    ms: float
    moment: dt.datetime


class PlayView(View):
    """What was played."""

    played: list[PlayedView]
    moment: str = Field(..., description="when it took place, in Swedish words")


class ComparedView(View):
    """A turn with two models; ``differs`` tells each difference in a Swedish sentence."""

    first: PlayedView
    second: PlayedView
    differs: list[str]


class CompareView(View):
    """What was played with two models."""

    compared: list[ComparedView]
    moment: str


class ModelView(View):
    """A trained model; ``name`` is how it is asked for."""

    name: str
    trained: dt.datetime
    size: int
    is_serving: bool


class ModelsView(View):
    """The models of this installation, the newest first."""

    models: list[ModelView]
