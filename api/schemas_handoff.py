"""What the ways to a person look like in API v1."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from api.schemas_base import Body, View
from api.schemas_v1 import ContactLite

RouteId = Literal["chat", "phone", "callback", "email", "visit", "page"]
WayName = Literal["send", "ask", "leave", "join", "call", "callback", "mail"]
HandoffState = Literal["none", "waiting", "talking", "returned", "closed", "left", "expired"]


class RouteView(View):
    """A way to a person."""

    id: RouteId = Field(..., example="phone")
    title: str = Field(..., example="Ring")
    text: str = Field(..., example="Ring 090-16 10 02. Telefonen är öppen nu, till klockan 11.30.")
    available: bool = Field(..., description="whether it can be used right now")
    form: bool = Field(False, description="it is done here, with a button or a form")
    contact: ContactLite | None = None
    opens: str | None = Field(None, example="i morgon, måndag, klockan 08.30")


class RoutesView(View):
    """The ways to a person in a municipality, those that are open now first."""

    routes: list[RouteView]
    emergency: str = Field(..., example="Är någon i fara nu? Ring 112.")


class JoinQueue(Body):
    """The wish to talk with a person."""

    subject: str | None = Field(None, max_length=200, example="Ledsagning till tandläkaren")


class HandoffView(View):
    """Where the citizen stands on the way to a person. ``text`` alone is complete."""

    state: HandoffState = Field(..., example="waiting")
    place: int | None = Field(None, description="in the queue; 1 is next", example=2)
    wait: str | None = Field(None, example="ungefär 5 minuter")
    agent: str | None = Field(None, description="first name of who talks", example="Anna")
    unit: str | None = Field(None, example="Mottagningsenheten")
    text: str
    can: list[WayName]
    routes: list[RouteView]
