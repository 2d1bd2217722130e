"""What a kiosk is told before anybody touches it."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field

from api.schemas_base import View
from api.schemas_v1 import AssistantView, ContactView, LimitsView, NoticeView
from api.settings_listen import Listen

Sign = Literal[
    "apply", "calendar", "clock", "difference", "help", "law", "list", "money", "people", "place"
]
"""The drawing beside a question; a kiosk may draw any of them in its own way."""


class KioskName(View):
    """Whose kiosk it is."""

    id: str = Field(..., example="umea")
    name: str = Field(..., example="Umeå kommun")
    short: str = Field(..., example="Umeå")
    genitive: str = Field(..., example="Umeå kommuns")
    logo: str | None = None


class KioskLanguage(View):
    """A language to choose, and what the start screen says in it."""

    code: str = Field(..., example="fi")
    name: str = Field(..., example="suomi")
    direction: Literal["ltr", "rtl"] = "ltr"
    machine: str = Field(..., example="Olen kone, en ihminen.")
    privacy: str


class TileView(View):
    """A question that is asked by touching it: ``title`` is shown, and sent as it stands."""

    id: str = Field(..., example="ledsagning.kostnad")
    title: str = Field(..., example="Vad kostar ledsagning?")
    lang: Literal["sv", "en"] = Field(..., description="of the title")
    sign: Sign = Field(..., example="money")


class KioskContact(ContactView):
    """A contact, with the address of a picture that a phone can read its number from."""

    qr: str | None = Field(None, example="/kiosk/umea/qr/contact/mottagningsenheten.svg")


class KioskWay(View):
    """A way to a person, in words: at a kiosk nothing is called, mailed or waited for."""

    id: Literal["phone", "email", "visit", "page", "callback"]
    title: str = Field(..., example="Ring")
    text: str = Field(..., example="Ring 090-16 10 02. Telefonen är öppen nu, till klockan 11.30.")
    lang: Literal["sv", "en"] = Field(..., description="of the text")
    available: bool = Field(..., description="whether it can be used right now")
    phone: str | None = Field(None, example="090-16 10 02")
    contact: str | None = Field(None, description="id of the contact", example="kundtjanst")
    qr: str | None = Field(None, example="/kiosk/umea/qr/callback.svg")


class KioskPerson(View):
    """How to reach a person, in the order to show. Never empty."""

    lines: list[KioskWay]


class KioskPage(View):
    """A page that answers rest on and whose address is known, by its title."""

    title: str = Field(..., example="Ledsagning")
    qr: str = Field(..., example="/kiosk/umea/qr/page/ledsagning.svg")


class KioskRecord(View):
    """All that a kiosk needs to know; ``words`` are those of its own buttons and screens."""

    municipality: KioskName
    language: Literal["sv", "en"] = Field(..., description="of the texts")
    now: dt.datetime = Field(..., description="for the clock, in Swedish time")
    languages: list[KioskLanguage]
    tiles: list[TileView]
    assistant: AssistantView
    contacts: list[KioskContact]
    person: KioskPerson
    pages: list[KioskPage]
    chat_qr: str | None = Field(None, example="/kiosk/umea/qr/chat.svg")
    emergency: str = Field(..., example="Är någon i fara nu? Ring 112.")
    speech: bool = Field(..., description="whether answers can be played as speech")
    microphone: bool = Field(..., description="whether questions can be spoken")
    listen: Listen = Field(..., description="who hears them")
    open: bool = Field(..., description="false: the assistant is switched off")
    closed_message: str | None = None
    notices: list[NoticeView]
    limits: LimitsView
    idle_seconds: int = Field(..., example=75)
    countdown_seconds: int = Field(..., example=30)
    lost_url: str = Field(..., example="/kiosk/umea/lost")
    worker_url: str = Field(..., example="/kiosk/worker.js?municipality=umea")
    words: dict[str, str]
