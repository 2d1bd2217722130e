"""What the desk's API gives: to staff who have signed in, about their municipalities."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field

from api.schemas_base import View

PresenceState = Literal["here", "break", "away"]
Role = Literal["agent", "editor", "admin"]
HandoffState = Literal["waiting", "talking", "returned", "closed", "left", "expired"]
CallbackState = Literal["waiting", "taken", "done", "unreachable", "cancelled"]


class PersonView(View):
    """Somebody at the desk."""

    id: str
    name: str = Field(..., example="Anna")


class AgentView(PersonView):
    """Somebody at the desk, and whether they are there."""

    state: PresenceState


class ChoiceView(View):
    """Something to choose: a colleague, a unit, an outcome."""

    id: str
    title: str


class CannedView(ChoiceView):
    """A reply that is written already, in the citizen's language and with the facts filled in."""

    text: str


class MembershipView(View):
    """What somebody may do in one municipality."""

    municipality: str = Field(..., example="umea")
    name: str = Field(..., example="Umeå kommun")
    roles: list[Role]


class MeView(PersonView):
    """Who has signed in. `csrf` is to be sent as `X-Lotsen-CSRF` with everything that changes."""

    csrf: str
    memberships: list[MembershipView]
    presence: PresenceState


class DeskMunicipalityView(View):
    """A municipality's desk: whether citizens can reach it, and who is there."""

    id: str = Field(..., example="umea")
    name: str = Field(..., example="Umeå kommun")
    chat: bool = Field(..., description="whether the municipality offers chat at all")
    open: bool = Field(..., description="citizens are offered the chat right now")
    text: str = Field(..., example="Öppet till klockan 11.30")
    opens: str | None = Field(None, example="i morgon, måndag, klockan 08.30")
    closes: dt.datetime | None = Field(None, description="when opening hours end, if it is in them")
    extra_until: dt.datetime | None = Field(None, description="open beyond the hours until then")
    closed_until: dt.datetime | None = Field(None, description="closed by hand until then")
    agents: list[AgentView]


class Row(View):
    """One handoff in the queue. It holds no personal data."""

    id: str
    municipality: str = Field(..., example="umea")
    municipality_name: str = Field(..., example="Umeå kommun")
    unit: str = Field(..., example="mottagningsenheten")
    unit_name: str
    subject: str | None = Field(None, description="what it is about, masked")
    reason: str | None = Field(None, description="why a person was offered")
    language: str | None = Field(None, example="sv")
    channel: str = Field(..., example="web")
    state: HandoffState
    waited_seconds: int = Field(..., description="until it was taken, or until now")
    claimed_by: PersonView | None = None
    wanted_by: str | None = Field(None, description="id of the colleague it was handed to")
    wanted_by_name: str | None = None
    danger: bool = Field(..., description="something in it sounded like danger")
    citizen_here: bool = Field(..., description="the citizen has the chat open")
    outcome: str | None = None
    created_at: dt.datetime


class QueueView(View):
    """What there is to do right now."""

    now: dt.datetime
    municipalities: list[DeskMunicipalityView]
    waiting: list[Row]
    mine: list[Row]
    others: list[Row]
    callbacks_due: int = Field(..., description="callbacks whose time has begun, or passed")


class UnderstoodView(View):
    """What the assistant made of a message."""

    kind: str | None = Field(None, example="answer")
    answer: str | None = Field(None, example="umea.ledsagning.kostnad")
    topic: str | None = Field(None, example="ledsagning.kostnad")
    confidence: float | None = Field(None, description="from 0 to 1")
    masked: list[str] = Field(..., description="kinds of personal data that were taken out")


class DeskMessageView(View):
    """A message, and beside it what the assistant understood."""

    number: int
    sender: Literal["citizen", "assistant", "agent", "notice"]
    text: str
    created_at: dt.datetime
    agent: str | None = Field(None, description="who wrote it, as the citizen sees the name")
    understood: UnderstoodView | None = None


class HandoffDetail(View):
    """One chat, with all that is needed to answer in it."""

    row: Row
    messages: list[DeskMessageView]
    canned: list[CannedView]
    outcomes: list[ChoiceView]
    colleagues: list[AgentView]
    units: list[PersonView]


class DeskCallback(View):
    """Somebody who wants to be called: the one place where name and number are shown."""

    receipt: str = Field(..., example="UM-7K3F-92QX")
    municipality: str
    municipality_name: str
    unit: str
    unit_name: str
    state: CallbackState
    name: str | None = Field(None, description="gone when it was deleted")
    phone: str | None = None
    phone_href: str | None = Field(None, example="tel:+46701234567")
    about: str | None = None
    language: str | None = None
    due_from: dt.datetime
    due_to: dt.datetime
    due: str = Field(..., example="måndag 23 november, klockan 08.30–11.30")
    overdue: bool
    taken_by: PersonView | None = None
    attempts: int = Field(..., description="times that nobody answered")
    created_at: dt.datetime


class AuditEntry(View):
    """Who saw or did what, and when."""

    id: int
    at: dt.datetime
    staff: PersonView | None = None
    municipality: str | None = None
    action: str = Field(..., example="read_transcript")
    object: str | None = Field(None, description="an id or a receipt")


class AuditView(View):
    """Entries, newest first; `before` is what to ask for to see older ones."""

    entries: list[AuditEntry]
    before: int | None = None


class PresenceView(View):
    """Whether one is at the desk."""

    state: PresenceState


class FailedMail(View):
    """A mail that could not be sent. Its words and its receiver are not shown."""

    kind: str
    municipality: str
    receipt: str | None = None
    created_at: dt.datetime
    failed_at: dt.datetime
    attempts: int
    problem: str | None = None
