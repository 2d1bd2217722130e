"""What is said of a callback: to its citizen, and in mails to the unit.

The wording stands in content/common/desk.yml.
"""

from __future__ import annotations

import datetime as dt

from api.callbacks.fields import Checked
from api.callbacks.records import Callback
from api.callbacks.times import slot_title
from api.mail.letters import callback_letter, cancelled_letter
from api.storage.outbox import Mail
from bot.dialogue.contacts import contact_line
from bot.dialogue.wording import capitalised, text_language
from bot.knowledge.handoff import load_desk_words, load_plans
from bot.knowledge.hours import in_stockholm
from bot.knowledge.loader import load_knowledge
from bot.knowledge.records import Contact

Lines = tuple[str, ...]


def unit_of(municipality: str, unit: str | None = None) -> Contact:
    """The unit that calls; the reception when content has lost the one that was promised."""
    wanted = unit or load_plans()[municipality].unit
    return load_knowledge().municipalities[municipality].unit(wanted)


def purpose(key: str, municipality: str, days: int, language: str | None) -> str:
    """What the data is for, who sees it and when it is deleted: one sentence."""
    words, unit = load_desk_words(), unit_of(municipality)
    return words.say(key, language, unit=unit.definite, days=days)


def read_back(found: Checked, language: str | None) -> Lines:
    """What was understood, to be agreed to."""
    values = {
        "name": found.name,
        "phone": found.phone,
        "about": found.about,
        "time": found.slot.title,
    }
    words = load_desk_words()
    return tuple(words.say(f"callback_line_{k}", language, value=v) for k, v in values.items())


def lines_of(callback: Callback, now: dt.datetime) -> Lines:
    """The same for a callback that is stored."""
    words, language = load_desk_words(), callback.language
    values = {
        "name": callback.name,
        "phone": callback.phone,
        "about": callback.about,
        "time": time_of(callback, now, language),
    }
    return tuple(words.say(f"callback_line_{k}", language, value=v) for k, v in values.items())


def time_of(callback: Callback, now: dt.datetime, language: str | None) -> str:
    """When somebody is to call."""
    language = text_language(language or "sv")
    return slot_title(callback.due_from, callback.due_to, in_stockholm(now).date(), language)


def booked(callback: Callback, now: dt.datetime) -> str:
    """The promise, and how to take it back."""
    language = callback.language
    unit = unit_of(callback.municipality, callback.unit)
    values = {
        "unit": capitalised(unit.definite),
        "time": time_of(callback, now, language),
        "receipt": callback.receipt,
        "phone": unit.phone or "",
    }
    words = load_desk_words()
    keep = "callback_keep" if unit.phone else "callback_keep_no_phone"
    return " ".join(words.say(key, language, **values) for key in ("callback_booked", keep))


def standing(callback: Callback, now: dt.datetime) -> str:
    """Where it stands."""
    key = f"callback_{callback.state}"
    if callback.state == "waiting" and callback.attempts:
        key = "callback_again"
    unit = unit_of(callback.municipality, callback.unit)
    way = contact_line(unit, in_stockholm(now), text_language(callback.language or "sv"))
    return load_desk_words().say(
        key,
        callback.language,
        unit=capitalised(unit.definite),
        time=time_of(callback, now, callback.language),
        receipt=callback.receipt,
        way=way,
    )


def closed(key: str, municipality: str, now: dt.datetime) -> dict[str, str]:
    """That it can't be had now, and how to reach a person, in both languages."""
    unit = unit_of(municipality)
    words = load_desk_words()
    return {
        language: words.say(key, language, way=contact_line(unit, in_stockholm(now), language))
        for language in ("sv", "en")
    }


def callback_mail(callback: Callback, recipient: str, desk_url: str) -> Mail:
    """The mail that asks the unit to call."""
    return callback_letter(
        load_knowledge().municipalities[callback.municipality],
        recipient,
        receipt=callback.receipt,
        name=callback.name,
        phone=callback.phone,
        about=callback.about,
        time=slot_title(callback.due_from, callback.due_to, callback.due_from.date(), "sv"),
        language=callback.language,
        desk=desk_url,
    )


def cancelled_mail(callback: Callback, recipient: str) -> Mail:
    """The mail that tells the unit not to call."""
    municipality = load_knowledge().municipalities[callback.municipality]
    return cancelled_letter(municipality, recipient, receipt=callback.receipt)
