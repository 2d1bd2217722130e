"""The ways to a person that can be offered at a moment."""

from __future__ import annotations

import datetime as dt
import logging
from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import SQLAlchemyError

from api.handoff.records import DeskStatus
from api.handoff.routes import Offer, routes_now
from api.schemas_handoff import RouteView
from api.settings import Settings
from bot.knowledge.handoff import load_plans
from bot.knowledge.loader import load_knowledge

if TYPE_CHECKING:
    from api.handoff.desk import Desk

logger = logging.getLogger(__name__)

NOBODY = DeskStatus(
    chat_open=False, hours_open=False, opens=None, closes=None,
    agents=0, present=0, waiting=0, wait_minutes=None, staffed=False,
)  # fmt: skip
"""A desk of which nothing is known."""


async def routes(
    desk: Desk, municipality: str, now: dt.datetime, language: str | None
) -> list[RouteView]:
    """What is open now first: chat, phone, callback, e-mail, visit; or the way the page tells."""
    status = await known_status(desk, municipality, now)
    return routes_now(
        municipality, status, offer(desk.settings, municipality, status), now, language
    )


async def known_status(
    desk: Desk, municipality: str, now: dt.datetime, *, with_wait: bool = True
) -> DeskStatus:
    """The desk as far as is known: without a database nobody is there.

    The pages' own numbers and addresses can be told all the same.
    """
    try:
        return await desk.status(municipality, now, with_wait=with_wait)
    except SQLAlchemyError:
        logger.exception("the database failed")
        return NOBODY


async def offered(
    desk: Desk, municipality: str, now: dt.datetime, channel: str = "web"
) -> dict[str, Any]:
    """``metadata["person"]``: what the assistant may offer beside numbers and addresses.

    Nobody waits for an answer at a kiosk, where the next in line wants to ask.
    """
    plan = load_plans()[municipality]
    if not (plan.chat or plan.callback or plan.mail):
        return {"chat": False, "waiting": 0, "callback": False, "mail": False}
    status = await desk.status(municipality, now, with_wait=False)
    given = offer(desk.settings, municipality, status)
    found: dict[str, Any] = {
        "chat": status.chat_open and channel == "web",
        "waiting": status.waiting,
        "callback": given.callback,
        "mail": given.mail,
    }
    if plan.chat and channel == "web" and not status.chat_open and status.opens:
        found["opens"] = status.opens.isoformat()
    return found


def offer(settings: Settings, municipality: str, status: DeskStatus) -> Offer:
    """What somebody will see: a callback on the desk or in the mailbox, a mail in the mailbox."""
    plan = load_plans()[municipality]
    unit = load_knowledge().municipalities[municipality].contact(plan.unit)
    mailbox = settings.desk.mail.is_set and unit.email is not None
    return Offer(
        callback=plan.callback and (status.staffed or mailbox),
        mail=plan.mail and mailbox,
    )
