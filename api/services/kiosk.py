"""A kiosk's record: whose it is, what can be touched, who can be reached, and all its words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final, Literal, cast

from api.handoff import offers
from api.handoff.desk import Desk
from api.handoff.routes import Offer, routes_now
from api.schemas_handoff import RouteView
from api.schemas_kiosk import (
    KioskContact,
    KioskLanguage,
    KioskName,
    KioskPage,
    KioskPerson,
    KioskRecord,
    KioskWay,
)
from api.schemas_v1 import ContactView, LanguageView, NoticeView
from api.services.kiosk_qr import callback_qr, chat_qr
from api.services.kiosk_tiles import tiles
from api.services.municipality import municipality_view
from api.settings import Settings
from api.settings_listen import Listen
from bot.dialogue.contacts import contact_line, open_line
from bot.knowledge.assistant import active_notices
from bot.knowledge.handoff import load_desk_words
from bot.knowledge.interface import load_interface
from bot.knowledge.loader import load_knowledge
from bot.knowledge.records import Contact, Municipality

PREFIX: Final = "kiosk_"

ORDER: Final = ("phone", "page", "visit", "callback", "email")
"""Nobody waits for a chat at a kiosk, where the next in line wants to ask."""

NO_FORMS: Final = Offer(callback=False, mail=False)
"""Nobody leaves a name and a number at a screen that others stand around."""


@dataclass(frozen=True, slots=True)
class Kiosk:
    """One municipality's kiosk at one moment, in one language."""

    municipality: Municipality
    settings: Settings
    now: dt.datetime
    language: str
    speech: bool = False
    listen: Listen = "off"

    @property
    def own(self) -> str:
        """Its address."""
        return f"/kiosk/{self.municipality.id}"

    async def record(self, desk: Desk) -> KioskRecord:
        """Everything its page needs."""
        view = municipality_view(self.municipality, self.settings, self.now, self.language)
        own, own_words, kiosk = self.own, words(self.language), self.settings.kiosk
        return KioskRecord(
            municipality=KioskName(**view.dict()),
            language=_text_language(self.language),
            now=self.now,
            languages=[_language(known) for known in view.languages],
            tiles=tiles(self.municipality, self.language),
            assistant=view.assistant.copy(update={"notice_privacy": own_words["privacy"]}),
            contacts=[self._contact(contact) for contact in view.contacts],
            person=KioskPerson(lines=await self._ways(desk)),
            pages=self._pages(),
            chat_qr=f"{own}/qr/chat.svg" if chat_qr(self.municipality, self.settings) else None,
            emergency=load_desk_words().say("emergency", self.language),
            speech=self.speech,
            microphone=self.listen != "off",
            listen=self.listen,
            open=view.open,
            closed_message=view.closed_message,
            notices=self._notices(),
            limits=view.limits,
            idle_seconds=kiosk.idle_seconds,
            countdown_seconds=kiosk.countdown_seconds,
            lost_url=f"{own}/lost",
            worker_url=f"/kiosk/worker.js?municipality={self.municipality.id}",
            words=own_words,
        )

    def _contact(self, contact: ContactView) -> KioskContact:
        qr = f"{self.own}/qr/contact/{contact.id}.svg" if contact.phone else None
        return KioskContact(**contact.dict(), qr=qr)

    def _pages(self) -> list[KioskPage]:
        pages = self.municipality.pages.values()
        return [
            KioskPage(title=p.title, qr=f"{self.own}/qr/page/{p.id}.svg") for p in pages if p.url
        ]

    def _notices(self) -> list[NoticeView]:
        language = _text_language(self.language)
        return [
            NoticeView.parse_obj({"text": n.text[language], "from": n.first, "to": n.last})
            for n in active_notices(self.municipality, self.now, "kiosk")
        ]

    async def _ways(self, desk: Desk) -> list[KioskWay]:
        """Phone, visit and e-mail in words; a callback only on one's own phone."""
        mine = self.municipality.id
        status = await offers.known_status(desk, mine, self.now, with_wait=False)
        found = routes_now(mine, status, NO_FORMS, self.now, self.language)
        ways = [self._way(route) for route in found if route.id in ORDER]
        here = offers.offer(self.settings, mine, status)
        if here.callback and callback_qr(self.municipality, self.settings):
            ways.append(self._callback())
        return sorted(ways, key=lambda way: ORDER.index(way.id))

    def _way(self, route: RouteView) -> KioskWay:
        contact = self.municipality.contact(route.contact.id) if route.contact else None
        phone = contact.phone if contact and route.id == "phone" else None
        return KioskWay(
            id=cast("Any", route.id),
            title=route.title,
            text=self._call(route.text, contact) if contact and phone else route.text,
            # How to reach one without a number is told in the page's own words.
            lang="sv" if route.id == "page" else _text_language(self.language),
            available=route.available,
            phone=phone,
            contact=contact.id if contact else None,
            qr=None,
        )

    def _call(self, text: str, contact: Contact) -> str:
        """Whose number, whether somebody answers now, and what the route adds about its hours."""
        call = words(self.language)["call"].format(number=contact.phone, title=contact.definite)
        opening = open_line(contact, self.now, self.language)
        more = text.removeprefix(contact_line(contact, self.now, self.language)).strip()
        return " ".join(part for part in (call, opening, more) if part)

    def _callback(self) -> KioskWay:
        return KioskWay(
            id="callback",
            title=load_desk_words().say("route_callback", self.language),
            text=words(self.language)["callback"],
            lang=_text_language(self.language),
            available=True,
            phone=None,
            contact=None,
            qr=f"{self.own}/qr/callback.svg",
        )


def _text_language(language: str) -> Literal["sv", "en"]:
    return "en" if language == "en" else "sv"


def words(language: str) -> dict[str, str]:
    """The kiosk's own words. Names in braces are left for its page to fill in."""
    return {
        key[len(PREFIX) :]: texts[_text_language(language)]
        for key, texts in load_interface().labels.items()
        if key.startswith(PREFIX)
    }


def _language(language: LanguageView) -> KioskLanguage:
    """A language to choose, and what the start screen says in it."""
    own = words(language.code)
    first: dict[str, Any] = {"machine": own["machine"], "privacy": own["privacy"]}
    known: Any = load_knowledge().languages.get(language.code)
    if known and _text_language(language.code) != language.code:
        first = {name: known["sentences"][name] for name in first}
    return KioskLanguage(
        code=language.code,
        name=language.name,
        direction=known["direction"] if known else "ltr",
        **first,
    )
