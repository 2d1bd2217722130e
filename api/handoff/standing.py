"""Where the citizen stands on the way to a person, in words and in parts. Pure."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from api.handoff.machine import ways
from api.handoff.notices import first_name, unit_name
from api.handoff.records import DeskStatus, Handoff
from api.handoff.routes import Offer, routes_now, short_wait, wait_text
from api.schemas_handoff import HandoffView, RouteView, WayName
from bot.dialogue.wording import capitalised
from bot.knowledge.handoff import load_desk_words


class Standing(NamedTuple):
    """A conversation's newest handoff, its place while it waits, and its municipality's desk."""

    handoff: Handoff | None
    place: int
    status: DeskStatus
    offer: Offer


def handoff_view(
    municipality: str, standing: Standing, now: dt.datetime, language: str | None
) -> HandoffView:
    """What the citizen is shown."""
    handoff, status = standing.handoff, standing.status
    state = handoff.state if handoff else None
    waits = state == "waiting"
    routes = routes_now(municipality, status, standing.offer, now, language)
    agent = None
    if handoff is not None and handoff.claimed_by is not None:
        agent = first_name(handoff.claimed_name, language)
    return HandoffView(
        state=state or "none",
        place=standing.place if waits else None,
        wait=short_wait(status, language) if waits else None,
        agent=agent if state == "talking" else None,
        unit=capitalised(unit_name(handoff)) if handoff else None,
        text=_text(standing, agent, language),
        can=_can(standing, routes),
        routes=routes,
    )


def _text(standing: Standing, agent: str | None, language: str | None) -> str:
    words = load_desk_words()
    if standing.handoff is None:
        return words.say("handoff_none", language)
    return words.say(
        f"handoff_{standing.handoff.state}",
        language,
        place=standing.place,
        wait=wait_text(standing.status, language),
        agent=agent or words.say("handoff_agent", language),
        unit=unit_name(standing.handoff),
    )


def _can(standing: Standing, routes: list[RouteView]) -> list[WayName]:
    """What the state allows and somebody can keep."""
    open_now = {
        "join": standing.status.chat_open,
        "call": any(route.id == "phone" for route in routes),
        "callback": standing.offer.callback,
        "mail": standing.offer.mail,
    }
    allowed = ways(standing.handoff.state if standing.handoff else None)
    return sorted(way for way in allowed if open_now.get(way, True))
