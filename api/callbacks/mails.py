"""A question by mail to the unit, with the conversation in it. Raises ApiError.

Nothing of it is kept here but the mail until it is sent, and a line in the audit log with its
receipt: by that line a question that is sent again is known.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from api.callbacks import texts
from api.callbacks.failing import database_needed
from api.callbacks.fields import Problems, Question, read_question, refusal
from api.callbacks.receipts import receipt_of
from api.callbacks.service import Offered
from api.clock import utc
from api.faults import fault
from api.mail.letters import transcript_letter
from api.services.counters import Counters
from api.services.threads import in_thread
from api.services.transcript import transcript
from api.storage.records import Conversation
from api.storage.sent_mail import put_once
from api.storage.store import Store
from bot.knowledge.handoff import load_desk_words
from bot.knowledge.loader import load_knowledge


@dataclass(frozen=True, slots=True)
class Sent:
    """A question that will be mailed, and what its citizen is told."""

    receipt: str
    text: str


@dataclass(frozen=True, slots=True)
class Asking:
    """What a citizen wrote, as it was written."""

    reply_to: str
    about: str
    consent: bool = False


class Nowhere(NamedTuple):
    """In place of a conversation, for who mails without having chatted."""

    municipality: str
    language: str | None


class Mails:
    """One for the process: ``request.app.state.mails``."""

    def __init__(self, store: Store, offered: Offered, counters: Counters) -> None:
        self._store, self._offered, self._counters = store, offered, counters

    async def purpose(
        self, municipality: str, now: dt.datetime, language: str | None
    ) -> str | None:
        """What the address is for, in one sentence; None where no mail is taken now."""
        with database_needed(municipality):
            offered = await self._offered(municipality, now)
        if not offered.get("mail"):
            return None
        return texts.purpose("purpose_mail", municipality, 0, language)

    async def examine(
        self, municipality: str, asked: Asking, now: dt.datetime
    ) -> Question | Problems:
        """What will be mailed, or what is wrong with each field; raise ApiError when closed."""
        if await self.purpose(municipality, now, None) is None:
            told = texts.closed("mail_closed", municipality, now)
            raise fault("mail_closed", sv=told["sv"], en=told["en"])
        return read_question(asked.reply_to, asked.about, asked.consent)

    async def send(
        self, said_in: Conversation | Nowhere, asked: Asking, key: str, now: dt.datetime
    ) -> Sent:
        """Put the mail into the outbox; the same key puts it there once."""
        municipality = said_in.municipality
        found = await self.examine(municipality, asked, now)
        if not isinstance(found, Question):
            raise refusal(found)
        source = said_in.id if isinstance(said_in, Conversation) else ""
        receipt = receipt_of(municipality, f"{source}\0{key}")
        with database_needed(municipality):
            is_new = await in_thread(self._put, said_in, found, receipt, now)
        if is_new:
            self._counters.add(municipality, "mail.asked", now)
        text = load_desk_words().say(
            "mail_sent",
            said_in.language,
            unit=texts.unit_of(municipality).definite,
            reply_to=found.reply_to,
            receipt=receipt,
        )
        return Sent(receipt, text)

    def _put(
        self, said_in: Conversation | Nowhere, question: Question, receipt: str, now: dt.datetime
    ) -> bool:
        """Keep it to be sent; False when it was put there before."""
        said = load_desk_words().say("mail_no_conversation", "sv")
        if isinstance(said_in, Conversation):
            said = transcript(said_in, self._store.messages(said_in.id))
        mail = transcript_letter(
            load_knowledge().municipalities[said_in.municipality],
            str(texts.unit_of(said_in.municipality).email),
            receipt=receipt,
            reply_to=question.reply_to,
            about=question.about,
            transcript=said,
            language=said_in.language,
        )
        with self._store.desk.begin() as connection:
            return put_once(connection, mail, utc(now))
