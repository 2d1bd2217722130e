"""Tell the citizen, in the transaction of what happened: no notice is lost or told twice."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from api.faults import fault
from api.handoff.notices import Happening, Scene, notice, other_ways
from api.handoff.offers import offer
from api.handoff.records import DeskStatus, Handoff
from api.handoff.routes import routes_now, wait_text
from api.handoff.status import desk_status
from api.schemas_handoff import RouteView
from api.settings import Settings
from api.storage import handoffs, writing
from api.storage.records import Message
from api.storage.tables import conversations
from bot.knowledge.handoff import load_desk_words


class Held(NamedTuple):
    """A handoff whose conversation is held until the transaction ends."""

    desk: Connection
    texts: Connection
    handoff: Handoff


class Teller:
    """Finds out what there is to tell, and stores it as a message of the conversation."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._gone = dt.timedelta(seconds=settings.desk.agent_gone_seconds)

    def tell(
        self,
        held: Held,
        happening: Happening,
        after: Handoff,
        now: dt.datetime,
        colleague: str | None = None,
        in_reply_to: int | None = None,
    ) -> None:
        """Store the notice, if there is one."""
        status = self._status(held.desk, after.municipality, now)
        language = _language(held.texts, after)
        scene = Scene(
            before=held.handoff,
            after=after,
            language=language,
            place=handoffs.place(held.desk, after),
            wait=wait_text(status, language),
            ways=self._ways(after.municipality, status, now, language),
            hours_open=status.hours_open,
            colleague=colleague,
        )
        told = notice(happening, scene)
        if told is not None:
            message = Message(0, "notice", told.text, told.body(), in_reply_to, None, now)
            writing.add_message(held.texts, after.conversation_id, message, now)

    def refuse_when_closed(
        self, desk: Connection, municipality: str, now: dt.datetime, language: str | None
    ) -> None:
        """Raise ApiError where nobody can chat now; its message names the other ways."""
        status = self._status(desk, municipality, now)
        if not status.chat_open:
            lead = load_desk_words().say("told_chat_closed", language)
            ways = self._ways(municipality, status, now, language or "sv")
            raise fault("desk_closed", told=f"{lead}\n{other_ways(ways, language)}")

    def _status(self, desk: Connection, municipality: str, now: dt.datetime) -> DeskStatus:
        return desk_status(desk, municipality, now, self._gone)

    def _ways(
        self, municipality: str, status: DeskStatus, now: dt.datetime, language: str
    ) -> list[RouteView]:
        given = offer(self._settings, municipality, status)
        return routes_now(municipality, status, given, now, language)


def _language(texts: Connection, handoff: Handoff) -> str:
    """What the citizen has chosen meanwhile, else the language that they wrote in."""
    mine = sa.select(conversations.c.language).where(conversations.c.id == handoff.conversation_id)
    return texts.execute(mine).scalar() or handoff.language or "sv"
