"""The ways to a person as the citizen is told of them. Pure: facts from content and the desk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from api.handoff.hours import when
from api.handoff.records import DeskStatus
from api.schemas_handoff import RouteId, RouteView
from api.services.views import contact_lite
from bot.dialogue.contacts import clock, contact_line, contact_status, exceptions_of
from bot.dialogue.turn import in_stockholm
from bot.dialogue.wording import capitalised
from bot.knowledge.handoff import HandoffPlan, load_desk_words, load_plans
from bot.knowledge.hours import status as hours_status
from bot.knowledge.loader import load_knowledge
from bot.knowledge.records import Contact, Municipality


class Offer(NamedTuple):
    """What can be asked for here beside a chat."""

    callback: bool
    mail: bool


def routes_now(
    municipality_id: str,
    status: DeskStatus,
    offer: Offer,
    now: dt.datetime,
    language: str | None,
) -> list[RouteView]:
    """Every way there is, those that can be used right now first. It is never empty."""
    municipality = load_knowledge().municipalities[municipality_id]
    plan = load_plans()[municipality_id]
    teller = _Teller(municipality, plan, in_stockholm(now), language or "sv")
    found = [
        *teller.chat(status),
        *teller.phone(),
        *teller.callback(offer),
        *teller.email(offer),
        *teller.visit(),
    ]
    return sorted(found, key=lambda route: not route.available)


def wait_text(status: DeskStatus, language: str | None) -> str:
    """``I dag har väntetiden varit ungefär 5 minuter.``, or that it is not known."""
    words = load_desk_words()
    short = short_wait(status, language)
    return (
        words.say("wait_known", language, wait=short)
        if short
        else words.say("wait_unknown", language)
    )


def short_wait(status: DeskStatus, language: str | None) -> str | None:
    """``ungefär 5 minuter``; None when it is not known."""
    minutes = status.wait_minutes
    if minutes is None:
        return None
    key = "wait_minute" if minutes == 1 else "wait_minutes"
    return load_desk_words().say(key, language, minutes=minutes)


class _Teller:
    """The ways in one municipality at one moment, in one language."""

    def __init__(
        self, municipality: Municipality, plan: HandoffPlan, now: dt.datetime, language: str
    ) -> None:
        self._municipality, self._now, self._language = municipality, now, language
        self._plan, self._unit = plan, municipality.contact(plan.unit)

    def chat(self, status: DeskStatus) -> Iterator[RouteView]:
        """Where the operator has a desk: open, or when it opens."""
        if not self._plan.chat:
            return
        if status.chat_open:
            yield self._route("chat", self._open_chat(status), True, form=True)
        elif status.opens is not None:
            opens = when(status.opens, self._now, self._language)
            text = self._say("route_chat_opens", opens=opens)
            yield self._route("chat", text, False, form=True, opens=opens)
        else:
            yield self._route("chat", self._say("route_chat_nobody"), False, form=True)

    def phone(self) -> Iterator[RouteView]:
        """The unit's number, else the reception's, else any; or the way that the page tells."""
        everybody = (self._unit, self._municipality.reception_unit)
        others = self._municipality.contacts.values()
        contact = next((c for c in (*everybody, *others) if c.phone), None)
        if contact is None:
            yield self._page()
            return
        state = contact_status(contact, self._now)
        lines = [contact_line(contact, self._now, self._language)]
        hours = contact.phone_hours
        if hours is None:
            lines.append(self._say("route_phone_no_hours"))
        elif not hours.weekdays_named:
            lines.append(self._say("route_phone_hours", hours=_sentence(hours.as_written)))
        is_open = state is None or state.is_open
        upcoming = None if is_open or state is None else state.next_open
        yield self._route("phone", " ".join(lines), is_open, contact, opens=self._when(upcoming))

    def callback(self, offer: Offer) -> Iterator[RouteView]:
        """Where somebody will see it."""
        if offer.callback:
            text = self._say("route_callback_text", unit=self._unit.definite)
            yield self._route("callback", text, True, self._unit, form=True)

    def email(self, offer: Offer) -> Iterator[RouteView]:
        """Sent from here with the chat, else the address."""
        if offer.mail:
            text = self._say("route_email_form", unit=self._unit.definite)
            yield self._route("email", text, True, self._unit, form=True)
        elif self._unit.email:
            name, email = self._unit.definite, self._unit.email
            text = self._say("route_email_address", unit=name, email=email)
            yield self._route("email", text, True, self._unit)

    def visit(self) -> Iterator[RouteView]:
        """Address and visiting hours, where the page gives them."""
        everybody = (self._unit, self._municipality.reception_unit)
        contact = next((c for c in everybody if c.visit_address), None)
        if contact is None:
            return
        name, address = capitalised(contact.definite), contact.visit_address
        lines = [self._say("route_visit_text", unit=name, address=address)]
        hours, is_open, opens = contact.visit_hours, False, None
        if hours is not None:
            state = hours_status(hours, self._now, exceptions_of(contact))
            is_open, opens = state.is_open, self._when(state.next_open)
            if is_open and state.closes_at:
                until = clock(state.closes_at, self._language)
                lines.append(self._say("route_visit_open", until=until))
            elif opens:
                lines.append(self._say("route_visit_opens", opens=opens))
            lines.append(self._say("route_visit_hours", hours=_sentence(hours.as_written)))
        text = " ".join(lines)
        yield self._route("visit", text, is_open, contact, opens=None if is_open else opens)

    def _page(self) -> RouteView:
        contact = self._municipality.reception_unit
        return self._route("page", capitalised(contact.how or contact.name), True, contact)

    def _open_chat(self, status: DeskStatus) -> str:
        key = "route_chat_queue" if status.waiting > 1 else f"route_chat_queue_{status.waiting}"
        queue = self._say(key, count=status.waiting)
        wait = wait_text(status, self._language) if status.waiting else ""
        values = {"unit": self._unit.definite, "queue": queue, "wait": wait}
        if status.closes is None:
            return self._say("route_chat_open", **values).strip()
        until = clock(in_stockholm(status.closes), self._language)
        return self._say("route_chat_open_until", until=until, **values).strip()

    def _route(
        self,
        way: RouteId,
        text: str,
        available: bool,
        contact: Contact | None = None,
        *,
        form: bool = False,
        opens: str | None = None,
    ) -> RouteView:
        return RouteView(
            id=way,
            title=self._say(f"route_{way}"),
            text=text,
            available=available,
            form=form,
            contact=contact_lite(contact, self._now, self._language) if contact else None,
            opens=opens,
        )

    def _when(self, moment: dt.datetime | None) -> str | None:
        return when(moment, self._now, self._language) if moment else None

    def _say(self, key: str, **values: object) -> str:
        return load_desk_words().say(key, self._language, **values)


def _sentence(text: str) -> str:
    """With a full stop, as the page wrote it otherwise."""
    return text if text.endswith(".") else f"{text}."
