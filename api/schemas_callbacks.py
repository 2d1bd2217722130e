"""What being called back and mailing look like in API v1. Unknown fields of a request are refused.

Lengths are checked by api.callbacks.fields, which tells at the field what to do; those here only
keep away what no form sends.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field

from api.schemas_base import Body, View
from api.schemas_v1 import KEY, LANGUAGE

MOST = 4000
RECEIPT = r"^[A-Za-z]{2}-[A-Za-z0-9]{4}-[A-Za-z0-9]{4}$"
CONVERSATION = r"^[A-Za-z0-9_-]{8,64}$"

CallbackState = Literal["waiting", "taken", "done", "unreachable", "cancelled"]


class TimeView(View):
    """A time to choose."""

    id: str = Field(..., example="2026-11-23T08:30/2026-11-23T11:30")
    title: str = Field(..., example="måndag 23 november, klockan 08.30–11.30")


class TimesView(View):
    """What can be booked now. Show `purpose` where consent is asked for."""

    open: bool = Field(..., description="whether anybody can be called back")
    unit: str = Field(..., example="Socialtjänstens mottagningsenhet")
    purpose: str = Field(..., description="what for, who sees it, when it is deleted")
    times: list[TimeView]


class AskCallback(Body):
    """The wish to be called. Sent again with the same key it is booked once."""

    name: str = Field(..., max_length=MOST, description="at most 80 characters", example="Kim")
    phone: str = Field(
        ..., max_length=MOST, description="as people write it", example="070-174 06 05"
    )
    about: str = Field(
        ..., max_length=MOST, description="at most 300 characters", example="Ledsagning"
    )
    time: str = Field(
        ..., max_length=80, description="id of a time", example="2026-11-23T08:30/2026-11-23T11:30"
    )
    language: str | None = Field(None, regex=LANGUAGE, example="sv")
    consent: bool = Field(False, description="the citizen agreed to the purpose", example=True)
    key: str = Field(
        ...,
        regex=KEY,
        description="made by the client at random: who has it can read and cancel",
        example="0d9f2c1e-2b61-4c39-9f0a-6a7d1b",
    )
    conversation_id: str | None = Field(None, regex=CONVERSATION)


class AskedView(View):
    """A callback that is booked. The secret is needed to see and to cancel it."""

    receipt: str = Field(..., example="UM-7K3F-92QX")
    secret: str
    lines: list[str] = Field(..., description="what was understood, to read back")
    text: str


class CallbackView(View):
    """Where a callback stands. ``text`` alone is complete."""

    receipt: str = Field(..., example="UM-7K3F-92QX")
    state: CallbackState
    lines: list[str]
    text: str
    can_cancel: bool
    due_from: dt.datetime
    due_to: dt.datetime


class SendMail(Body):
    """A question to the unit, with the conversation. Sent again with its key it is sent once."""

    reply_to: str = Field(
        ..., max_length=MOST, description="where the answer goes", example="kim@example.se"
    )
    about: str = Field(
        ..., max_length=MOST, description="at most 1000 characters", example="Vad kostar det?"
    )
    consent: bool = Field(False, description="the citizen agreed to the purpose", example=True)
    key: str = Field(..., regex=KEY, description="made by the client", example="0d9f2c1e-2b61")


class SentView(View):
    """A mail that will go out."""

    receipt: str = Field(..., example="UM-7K3F-92QX")
    text: str
