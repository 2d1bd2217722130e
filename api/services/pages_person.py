"""The pages for being called back and for mailing: written, read back, agreed to, sent.

A refusal becomes a page too, with all that was written kept, and each problem at its field.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from api.callbacks import texts
from api.callbacks.fields import Checked, Problems, Question, problem_text
from api.callbacks.mails import Asking, Mails, Nowhere
from api.callbacks.records import OPEN, Callback, Wish
from api.callbacks.service import Callbacks
from api.errors import ApiError
from api.faults import fault
from api.services.chat import Chat
from api.services.limits import Limits
from api.services.municipality import municipality_view
from api.services.pages_person_form import PersonForm, PersonPage, without_conversation
from api.settings import Settings
from api.storage.records import Conversation
from bot.knowledge.handoff import load_desk_words
from bot.knowledge.records import Municipality


class PersonPages:
    """What both pages have in common."""

    def __init__(
        self, chat: Chat, callbacks: Callbacks, mails: Mails, settings: Settings, limits: Limits
    ) -> None:
        self._chat, self._callbacks, self._mails = chat, callbacks, mails
        self._settings, self._limits = settings, limits

    async def post(
        self, municipality: Municipality, form: PersonForm, now: dt.datetime, client: str
    ) -> PersonPage:
        """Do what the form asks for and show how it went."""
        try:
            await self._limits.check("client", client)
            if form.do == "send":
                await self._limits.check("callback", client)
            return await self._done(municipality, form, now)
        except ApiError as refusal:
            return await self._refused(municipality, form, refusal, now)

    async def opened(
        self, municipality: Municipality, form: PersonForm, now: dt.datetime
    ) -> PersonPage:
        """The page before anything is written."""
        try:
            return await self.show(municipality, form, now)
        except ApiError as refusal:
            return await self._refused(municipality, form, refusal, now)

    async def show(
        self, municipality: Municipality, form: PersonForm, now: dt.datetime, **changes: Any
    ) -> PersonPage:
        """The form, or why there is none."""
        raise NotImplementedError

    async def _done(
        self, municipality: Municipality, form: PersonForm, now: dt.datetime
    ) -> PersonPage:
        raise NotImplementedError

    def _page(
        self, municipality: Municipality, form: PersonForm, now: dt.datetime, **fields: Any
    ) -> PersonPage:
        view = municipality_view(municipality, self._settings, now, form.language)
        return PersonPage(municipality=view, form=form, **fields)

    async def _refused(
        self, municipality: Municipality, form: PersonForm, refusal: ApiError, now: dt.datetime
    ) -> PersonPage:
        text = refusal.text(form.language)
        told: dict[str, Any] = {"status": refusal.status, "retry_after": refusal.retry_after}
        if refusal.code == "field_wrong" and refusal.field:
            told["problems"] = {refusal.field: text}
        elif refusal.code == "storage_unavailable":
            # Without the database it isn't known whether there is anything to show.
            return self._page(municipality, form, now, step="closed", told=text, **told)
        else:
            told["problem"] = text
        return await self.show(municipality, form, now, **told)

    async def _own(self, municipality: Municipality, form: PersonForm) -> Conversation | None:
        """The conversation that somebody came from, if it is still there."""
        if not form.has_conversation:
            return None
        try:
            found = await self._chat.find(form.conversation, form.secret)
        except ApiError as refusal:
            if refusal.code != "unknown_conversation":
                raise
            return None
        return found if found.municipality == municipality.id else None


class CallbackPages(PersonPages):
    """``/chat/{municipality}/ring-upp``."""

    async def show(
        self, municipality: Municipality, form: PersonForm, now: dt.datetime, **changes: Any
    ) -> PersonPage:
        """The form with the times that can be chosen, or that there are none."""
        times = await self._callbacks.times(municipality.id, now, form.language)
        fields: dict[str, Any] = {
            "unit": times.unit,
            "purpose": times.purpose,
            "times": tuple((slot.id, slot.title) for slot in times.slots),
        }
        if not times.is_open:
            told = texts.closed("callback_closed", municipality.id, now)[form.language]
            fields.update(step="closed", told=told)
        return self._page(municipality, form, now, **{**fields, **changes})

    async def _done(
        self, municipality: Municipality, form: PersonForm, now: dt.datetime
    ) -> PersonPage:
        if form.do == "cancel":
            own = await self._callbacks.find(form.receipt, form.receipt_secret)
            if own.state in OPEN:
                own = await self._callbacks.cancel_known(own, now)
            return self._told(municipality, form, own, texts.standing(own, now), now)
        if form.do in ("open", "change"):
            return await self.show(municipality, form, now)
        wish = await self._wish(municipality, form)
        if form.do == "send" and form.consent:
            asked = await self._callbacks.ask(municipality.id, wish, form.send_key(), now)
            kept = replace(form, receipt=asked.callback.receipt, receipt_secret=asked.secret)
            return self._told(municipality, kept, asked.callback, asked.text, now)
        found = await self._callbacks.examine(municipality.id, replace(wish, consent=True), now)
        if not isinstance(found, Checked):
            return await self.show(municipality, form, now, **wrong(found, form.language))
        page = await self.show(municipality, form, now)
        return _to_agree(page, texts.read_back(found, form.language))

    async def _wish(self, municipality: Municipality, form: PersonForm) -> Wish:
        conversation = await self._own(municipality, form)
        return Wish(
            name=form.name,
            phone=form.phone,
            about=form.about,
            time=form.time,
            language=form.language,
            consent=form.consent,
            conversation_id=conversation.id if conversation else None,
        )

    def _told(
        self,
        municipality: Municipality,
        form: PersonForm,
        callback: Callback,
        told: str,
        now: dt.datetime,
    ) -> PersonPage:
        return self._page(
            municipality,
            form,
            now,
            step="done",
            told=told,
            lines=texts.lines_of(callback, now) if callback.state in OPEN else (),
            can_cancel=callback.state in OPEN,
        )


class MailPages(PersonPages):
    """``/chat/{municipality}/mejl``."""

    async def show(
        self, municipality: Municipality, form: PersonForm, now: dt.datetime, **changes: Any
    ) -> PersonPage:
        """The form, or that no mail is taken."""
        purpose = await self._mails.purpose(municipality.id, now, form.language)
        fields: dict[str, Any] = {
            "unit": texts.unit_of(municipality.id).name,
            "purpose": purpose or "",
        }
        if purpose is None:
            told = texts.closed("mail_closed", municipality.id, now)[form.language]
            fields.update(step="closed", told=told)
        return self._page(municipality, form, now, **{**fields, **changes})

    async def _done(
        self, municipality: Municipality, form: PersonForm, now: dt.datetime
    ) -> PersonPage:
        if form.do not in ("review", "send"):
            return await self.show(municipality, form, now)
        said_in = await self._own(municipality, form)
        if said_in is None:
            form = without_conversation(form)
        asking = Asking(form.reply_to, form.about, consent=True)
        if form.do == "send" and form.consent:
            where = said_in or Nowhere(municipality.id, form.language)
            sent = await self._mails.send(where, asking, form.send_key(), now)
            kept = replace(form, receipt=sent.receipt)
            return self._page(municipality, kept, now, step="done", told=sent.text)
        found = await self._mails.examine(municipality.id, asking, now)
        if not isinstance(found, Question):
            return await self.show(municipality, form, now, **wrong(found, form.language))
        say = load_desk_words().say
        page = await self.show(municipality, form, now)
        lines = (
            say("mail_line_reply_to", form.language, value=found.reply_to),
            say("mail_line_about", form.language, value=found.about),
            say("mail_with" if said_in else "mail_no_conversation", form.language),
        )
        return _to_agree(page, lines)


def wrong(problems: Problems, language: str) -> Mapping[str, Any]:
    """The problems of a form as the page shows them."""
    told = {f: problem_text(p, language) for f, p in problems.items() if f != "consent"}
    return {"problems": told, "status": 422}


def _to_agree(page: PersonPage, lines: tuple[str, ...]) -> PersonPage:
    """What was understood, and the question whether it is right and agreed to."""
    if page.step == "closed":
        return page
    page = replace(page, step="review", lines=lines)
    if page.form.do != "send":
        return page
    missing = {"consent": problem_text("consent_missing", page.language)}
    return replace(page, problems=missing, status=422)


def starting(page: PersonPage) -> PersonPage:
    """The page for who comes before the assistant has started."""
    refusal = fault("starting", retry_after=5)
    return replace(
        page,
        step="closed",
        told=refusal.text(page.language),
        status=refusal.status,
        retry_after=refusal.retry_after,
    )
