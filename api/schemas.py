"""What programs send and get. Unknown fields of a request are refused."""

from __future__ import annotations

import datetime as dt
from typing import Any

from pydantic import BaseModel, Extra, Field, validator

from api.schemas_base import told_nullable

CHANNELS = ("web", "kiosk", "phone")


def storable(value: str | None) -> str | None:
    """A text that has a UTF-8 form and that PostgreSQL takes: it is stored, and sent back."""
    if value is not None and ("\0" in value or any("\ud800" <= c <= "\udfff" for c in value)):
        raise ValueError("write whole characters")
    return value


class Metadata(BaseModel, extra=Extra.forbid, schema_extra=told_nullable):
    """Where a message comes from. All may be left out."""

    municipality: str | None = Field(None, max_length=40, example="umea")
    channel: str | None = Field(None, example="web")
    language: str | None = Field(None, max_length=8, example="sv")
    easy: bool | None = Field(None, description="plain Swedish", example=False)
    now: str | None = Field(None, max_length=40, description="ISO moment, in test mode only")

    _language = validator("language", allow_reuse=True)(storable)

    @validator("channel")
    def known_channel(cls, value: str | None) -> str | None:
        """Only the channels that the dialogue knows."""
        if value is not None and value not in CHANNELS:
            raise ValueError(f"channel is one of {', '.join(CHANNELS)}")
        return value

    @validator("now")
    def readable_moment(cls, value: str | None) -> str | None:
        """An ISO date and time."""
        if value is not None:
            dt.datetime.fromisoformat(value)
        return value


class IncomingMessage(BaseModel, extra=Extra.forbid, schema_extra=told_nullable):
    """A message in the form of Rasa's REST channel."""

    sender: str = Field(..., min_length=1, max_length=200, example="besok-7f3a")
    message: str = Field(..., example="Vad kostar ledsagning?")
    metadata: Metadata | None = None

    _sender = validator("sender", allow_reuse=True)(storable)


class Button(BaseModel):
    """A suggested reply: its text, and what to send when it is chosen."""

    title: str
    payload: str


class OutgoingMessage(BaseModel, schema_extra=told_nullable):
    """One message of the assistant's, in the form of Rasa's REST channel."""

    recipient_id: str
    text: str | None = None
    buttons: list[Button] | None = None
    custom: dict[str, Any] | None = None
