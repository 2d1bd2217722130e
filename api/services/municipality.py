"""The municipality's record for a chat: who answers, what can be asked, who can be reached."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import asdict
from typing import Final

from api.faults import fault
from api.schemas_v1 import (
    AssistantView,
    ContactView,
    LanguageView,
    LimitsView,
    MunicipalityName,
    MunicipalityView,
    NoticeView,
)
from api.services.views import contact_lite
from api.settings import Settings
from api.settings_listen import Listen
from bot.dialogue.hours_phrases import month_day
from bot.dialogue.wording import say, subjects, text_language
from bot.knowledge.assistant import active_notices, ordered_contacts
from bot.knowledge.hours_records import Hours
from bot.knowledge.loader import load_knowledge
from bot.knowledge.records import Contact, Municipality

_LABEL: Final = re.compile(r"^(?:Öppettider|Telefontider|Telefontid)\s*:\s*", re.I)


def all_municipalities() -> list[MunicipalityName]:
    """Those there are."""
    found = load_knowledge().municipalities.values()
    return [MunicipalityName(id=m.id, name=m.name, short=m.short) for m in found]


def find_municipality(
    municipality_id: str, field: str | None = None, status: int | None = None
) -> Municipality:
    """The municipality; raise ApiError when there is none."""
    municipalities = load_knowledge().municipalities
    if municipality_id not in municipalities:
        known = ", ".join(municipalities)
        raise fault("unknown_municipality", field, status=status, known=known)
    return municipalities[municipality_id]


def closed_message(municipality: Municipality, language: str | None) -> str | None:
    """What is told instead of answers while the assistant is switched off; else None."""
    texts = municipality.assistant.switched_off
    return None if texts is None else texts[text_language(language or "sv")]


def municipality_view(
    municipality: Municipality,
    settings: Settings,
    now: dt.datetime,
    language: str,
    speech: bool = False,
    listen: Listen = "off",
) -> MunicipalityView:
    """Everything a chat needs to know before the first message, and whether it can be heard."""
    language = text_language(language)
    assistant = municipality.assistant
    closed = closed_message(municipality, language)
    return MunicipalityView(
        id=municipality.id,
        name=municipality.name,
        short=municipality.short,
        genitive=municipality.genitive,
        assistant=_assistant(municipality, settings, language),
        suggested=_suggested(municipality, language),
        contacts=[_contact(c, now, language) for c in ordered_contacts(municipality)],
        colours=asdict(assistant.colours),
        colours_dark=asdict(assistant.dark),
        logo=f"/assets/logo/{municipality.id}" if assistant.logo else None,
        open=closed is None,
        closed_message=closed,
        notices=[
            NoticeView.parse_obj({"text": n.text[language], "from": n.first, "to": n.last})
            for n in active_notices(municipality, now)
        ],
        limits=LimitsView(message=settings.chat_limit, listen_seconds=settings.listen.most_seconds),
        languages=_languages(),
        speech=speech,
        listen=listen,
        about_url=f"/om/{municipality.id}",
        chat_url=f"/chat/{municipality.id}",
        retention_days=settings.retention_days,
    )


def _assistant(municipality: Municipality, settings: Settings, language: str) -> AssistantView:
    days = settings.retention_days
    privacy = "assistant_privacy" if days else "assistant_privacy_unsaved"
    can_ask = subjects(load_knowledge(), municipality, language)
    return AssistantView(
        name=municipality.assistant.name,
        greeting=municipality.assistant.greeting[language],
        is_machine=say("assistant_is_machine", language),
        can_do=say("assistant_can_do", language, subjects=can_ask),
        notice_privacy=say(privacy, language, days=days),
    )


def _suggested(municipality: Municipality, language: str) -> list[str]:
    topics = [load_knowledge().topic(t) for t in municipality.suggested]
    return [
        t.question_en if language == "en" and t.question_en else t.question for t in topics if t
    ]


def _contact(contact: Contact, now: dt.datetime, language: str) -> ContactView:
    hours = contact.phone_hours
    return ContactView(
        **contact_lite(contact, now, language).dict(),
        phone_hours=_hours(hours) if hours else None,
    )


def _hours(hours: Hours) -> str:
    """As the page writes them, each season's too; whoever shows them puts the label."""
    seasons = [
        f"{month_day(s.first)}–{month_day(s.last)}: {_unlabelled(s.as_written)}"
        for s in hours.seasons
    ]
    if not seasons:
        return _unlabelled(hours.as_written)
    return ". ".join(t.rstrip(".") for t in (_unlabelled(hours.as_written), *seasons)) + "."


def _unlabelled(as_written: str) -> str:
    return _LABEL.sub("", as_written)


def _languages() -> list[LanguageView]:
    """Swedish, and those whose sentences somebody who speaks the language has read."""
    reviewed = {
        code: str(data["name"])
        for code, data in load_knowledge().languages.items()
        if data["review"] is None
    }
    names = {"sv": "Svenska", **reviewed}
    return [LanguageView(code=code, name=name) for code, name in names.items()]
