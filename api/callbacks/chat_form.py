"""Being called back, asked for in the chat: what the citizen writes is kept out of the chat.

While a form is open, a message that answers it is put into ``callback_drafts``; what is stored as
a message, and what the assistant gets, is a token: ``[namn]``. The assistant's words with the
citizen's own in them are made when they are shown, and never stored.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

from api.callbacks import texts
from api.callbacks.drafts import Drafts, kept_text, with_answer
from api.callbacks.records import OPEN, Asked, Wish
from api.callbacks.replies import (
    as_stored,
    in_place_of,
    is_to_fill,
    not_sent,
    unmarked,
    with_way_back,
)
from api.callbacks.service import Callbacks
from api.callbacks.tokens import filled
from api.clock import utc
from api.errors import ApiError
from api.faults import fault
from api.services.limits import Limits
from api.storage.callbacks import DRAFT_OPEN, Draft
from api.storage.desk_store import DeskStore
from api.storage.records import Message
from bot.dialogue.callback import CANCEL, CONFIRM, START
from bot.dialogue.callback_booked import STANDING, WITHDRAW
from bot.dialogue.callback_fields import FieldReading, read_field
from bot.dialogue.emergency import without_model
from bot.dialogue.person_offers import CHAT
from bot.dialogue.wording import say, text_language


@dataclass(frozen=True, slots=True)
class Intercepted:
    """What goes on in place of what was written. Not a form's answer: ``text`` as it came.

    ``text`` still goes through ``admit`` at the caller; tokens come through unchanged.
    ``metadata`` is merged into what the assistant is told.
    """

    text: str
    metadata: Mapping[str, Any] = field(default_factory=dict)


class ChatForm:
    """One for the process: ``request.app.state.chat_form``.

    Without an open form, each message costs one look into the database.
    """

    def __init__(self, callbacks: Callbacks, desk: DeskStore, limits: Limits) -> None:
        self._callbacks, self._drafts, self._limits = callbacks, Drafts(desk), limits

    async def before(
        self,
        sender: str,
        municipality: str | None,
        text: str,
        now: dt.datetime,
        language: str | None,
    ) -> Intercepted:
        """Call with the raw text, before ``admit`` and storing, unless its key has an answer."""
        draft = await self._drafts.find(sender)
        if draft is None:
            return Intercepted(text)
        shown = [str(title) for _, title in draft.fields.get("times") or ()]
        reading = read_field(draft.step, text, shown, now)
        is_late = utc(now) - draft.changed_at > DRAFT_OPEN
        if is_late:
            return Intercepted(kept_text(draft, text, reading))
        if _is_danger(text, draft.municipality, language):
            reading, passed = FieldReading("none"), text
        else:
            passed = kept_text(draft, text, reading)
        language = draft.fields.get("language") or language
        times = await self._callbacks.times(draft.municipality, now, language)
        await self._drafts.put(with_answer(draft, reading, times.slots, now))
        told = {
            "step": draft.step,
            "answer": reading.answer,
            "problem": reading.problem,
            "times": [slot.title for slot in times.slots],
            "purpose": times.purpose,
        }
        return Intercepted(passed, {"callback": told})

    async def after(
        self,
        sender: str,
        municipality: str | None,
        replies: Sequence[dict[str, Any]],
        now: dt.datetime,
        language: str | None,
        conversation_id: str | None = None,
        *,
        client: str,
    ) -> list[dict[str, Any]]:
        """Call with the assistant's replies before they are stored; store what is returned.

        Does what ``custom.action`` says: begin, send, drop, cancel, tell how it stands.
        """
        stored = []
        for reply in replies:
            custom = reply.get("custom") or {}
            action = custom.get("action")
            step = (custom.get("callback") or {}).get("step")
            spoken = str(custom.get("language") or language or "sv")
            known: dict[str, str] = {}
            if action in (CANCEL, CHAT):
                await self._drafts.forget(sender)
            elif action == START and municipality is not None:
                await self._open(sender, municipality, step or "about", spoken, now)
            elif action == CONFIRM:
                try:
                    asked = await self._confirm(sender, spoken, now, conversation_id, client)
                except ApiError as refused:
                    stored.append(not_sent(reply, refused, spoken))
                    continue
                known = {"receipt": asked.callback.receipt, "time": _time(asked, now)}
                reply = with_way_back(reply, asked)  # noqa: PLW2901
            elif action in (WITHDRAW, STANDING):
                standing = await self._standing(conversation_id, action == WITHDRAW, now)
                reply = in_place_of(reply, standing)  # noqa: PLW2901
            elif step:
                await self._move(sender, step, spoken, now)
            stored.append(as_stored(reply, known))
        return stored

    async def shown(self, sender: str, messages: Sequence[Message]) -> list[Message]:
        """Messages as their citizen sees them: with what was written, while the form is open.

        Call it wherever messages go to the citizen (answer, list, stream), never for the desk.
        """
        if not any(is_to_fill(m.body) for m in messages):
            return list(messages)
        fields = await self._fields(sender)
        return [
            replace(m, text=filled(m.text, fields), body=filled(m.body, fields))
            if is_to_fill(m.body)
            else m
            for m in messages
        ]

    async def shown_replies(
        self, sender: str, replies: Sequence[dict[str, Any]]
    ) -> list[dict[str, Any]]:
        """The same for replies that are not stored (the REST channel)."""
        if not any(is_to_fill(reply) for reply in replies):
            return list(replies)
        fields = await self._fields(sender)
        return [filled(unmarked(r), fields) if is_to_fill(r) else r for r in replies]

    async def forget(self, sender: str) -> None:
        """The conversation was erased: its draft goes, and no callback points to it."""
        await self._callbacks.forget_conversation(sender)

    async def _confirm(
        self,
        sender: str,
        language: str,
        now: dt.datetime,
        conversation_id: str | None,
        client: str,
    ) -> Asked:
        """Send what is in the draft; raise ApiError when it can't be sent."""
        draft = await self._drafts.find(sender)
        if draft is None or not draft.fields:
            lost, english = (say("callback_lost", code) for code in ("sv", "en"))
            raise ApiError(409, "callback_lost", lost, english=english)
        await self._room(client, draft.municipality, now)
        given = {name: str(value or "") for name, value in draft.fields.items()}
        wish = Wish(
            name=given.get("name", ""),
            phone=given.get("phone", ""),
            about=given.get("about", ""),
            time=given.get("slot", ""),
            language=text_language(language),
            consent=True,  # the assistant asked for a yes to the purpose too
            conversation_id=conversation_id,
        )
        return await self._callbacks.ask(draft.municipality, wish, given["key"], now, sender)

    async def _standing(
        self, conversation_id: str | None, cancel: bool, now: dt.datetime
    ) -> str | None:
        """How the newest booking of the conversation stands, cancelled if that is wanted."""
        if conversation_id is None:
            return None
        booked = await self._callbacks.of_conversation(conversation_id)
        if not booked:
            return None
        newest = booked[-1]
        if cancel and newest.state in OPEN:
            with suppress(ApiError):  # it ended in this very moment: how, is told below
                await self._callbacks.cancel_known(newest, now)
            newest = await self._callbacks.look(newest.receipt) or newest
        return texts.standing(newest, now)

    async def _room(self, client: str, municipality: str, now: dt.datetime) -> None:
        """Count who books as the form of the page does; raise ApiError that tells another way."""
        try:
            await self._limits.check("callback", client)
        except ApiError:
            told = texts.closed("callback_closed", municipality, now)
            raise fault("callback_closed", sv=told["sv"], en=told["en"]) from None

    async def _open(
        self, sender: str, municipality: str, step: str, language: str, now: dt.datetime
    ) -> None:
        fields = {"key": secrets.token_urlsafe(18), "language": language}
        await self._drafts.begin(Draft(sender, municipality, step, fields, utc(now)))

    async def _move(self, sender: str, step: str, language: str, now: dt.datetime) -> None:
        """The assistant asks for another field, or for the same once more."""
        draft = await self._drafts.find(sender)
        if draft is not None and utc(now) - draft.changed_at <= DRAFT_OPEN:
            fields = {**draft.fields, "language": language}
            await self._drafts.put(replace(draft, step=step, fields=fields, changed_at=utc(now)))

    async def _fields(self, sender: str) -> Mapping[str, Any]:
        draft = await self._drafts.find(sender)
        return draft.fields if draft else {}


def _is_danger(text: str, municipality: str, language: str | None) -> bool:
    metadata = {"municipality": municipality, "language": language or "sv"}
    return without_model(text, metadata).kind == "crisis"


def _time(asked: Asked, now: dt.datetime) -> str:
    return texts.time_of(asked.callback, now, asked.callback.language)
