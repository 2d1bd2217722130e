"""How a municipality hands over to a person, and the words of the staff desk.

What stands in ``content/<municipality>/handoff.yml`` is the operator's choice, not a statement of
its pages; a municipality without the file is handed over to only as its pages say.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from bot.knowledge.assistant import Texts
from bot.knowledge.files import CONTENT_DIR, HANDOFF_FILE, content_error, read_yaml
from bot.knowledge.hours_records import Hours
from bot.knowledge.loader import load_knowledge
from bot.knowledge.records import Municipality

DAYS_AHEAD: Final = 5
_NAME: Final = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Canned:
    """A reply that staff can choose. ``sv`` and ``en`` may name {unit}, {phone} and {hours}.

    ``needs`` is a way to a person that it tells of, and without which it is not shown.
    """

    id: str
    title: str
    sv: str
    en: str
    needs: str | None = None

    def text(self, language: str | None, values: Mapping[str, str | None]) -> str | None:
        """The reply with its names filled in; None when it names one that has no value."""
        template = self.en if language == "en" else self.sv
        if any(values.get(name) is None for name in _NAME.findall(template)):
            return None
        return template.format(**values)


@dataclass(frozen=True, slots=True)
class HandoffPlan:
    """The ways to a person that the operator has opened; ``hours`` are those of the desk."""

    municipality: str
    unit: str
    chat: bool = False
    callback: bool = False
    mail: bool = False
    hours: Hours | None = None
    days_ahead: int = DAYS_AHEAD
    canned: tuple[Canned, ...] = ()

    @property
    def ways(self) -> frozenset[str]:
        """The ways that are open, by name."""
        given = {"chat": self.chat, "callback": self.callback, "mail": self.mail}
        return frozenset(way for way, is_open in given.items() if is_open)


@dataclass(frozen=True, slots=True)
class MailText:
    """A mail to staff, in Swedish. The subject names nothing but the receipt."""

    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class CannedReply:
    """A reply as a member of staff may send it in one conversation."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class DeskWords:
    """What citizens are told in both languages; what staff choose from; mails to them."""

    words: Mapping[str, Texts]
    canned: tuple[Canned, ...]
    outcomes: Mapping[str, str]
    mails: Mapping[str, MailText]

    def say(self, key: str, language: str | None, **values: Any) -> str:
        """A text with its names filled in: English to who chose it, else Swedish."""
        return self.words[key]["en" if language == "en" else "sv"].format(**values)


@cache
def load_plans(content: Path = CONTENT_DIR) -> Mapping[str, HandoffPlan]:
    """The plan of every municipality, read once for each folder."""
    return read_plans(content, load_knowledge(content).municipalities)


def read_plans(
    content: Path, municipalities: Mapping[str, Municipality]
) -> Mapping[str, HandoffPlan]:
    """The plan of every municipality, read from its file anew."""
    return MappingProxyType({m.id: _plan(content / m.id, m) for m in municipalities.values()})


@cache
def load_desk_words(content: Path = CONTENT_DIR) -> DeskWords:
    """The words, read once for each folder."""
    path = content / "common" / "desk.yml"
    data = read_yaml(path)
    try:
        return DeskWords(
            words=MappingProxyType(
                {key: MappingProxyType(dict(texts)) for key, texts in data["words"].items()}
            ),
            canned=_canned(data["canned"]),
            outcomes=MappingProxyType(dict(data["outcomes"])),
            mails=MappingProxyType(
                {key: MailText(m["subject"], m["body"]) for key, m in data["mails"].items()}
            ),
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise content_error(path, error) from error


def canned_replies(
    municipality: Municipality, language: str | None, content: Path = CONTENT_DIR
) -> list[CannedReply]:
    """What staff can choose from: the municipality's own replies first, then those of all.

    One that tells of a phone, of hours or of a way that is not there is left out.
    """
    plan = load_plans(content)[municipality.id]
    unit = municipality.contacts[plan.unit]
    values = {
        "unit": unit.definite,
        "phone": unit.phone,
        "hours": unit.phone_hours.as_written if unit.phone_hours else None,
    }
    replies = (*plan.canned, *load_desk_words(content).canned)
    fitting = (c for c in replies if c.needs is None or c.needs in plan.ways)
    filled = ((c, c.text(language, values)) for c in fitting)
    return [CannedReply(c.id, c.title, text) for c, text in filled if text is not None]


def _plan(folder: Path, municipality: Municipality) -> HandoffPlan:
    path = folder / HANDOFF_FILE
    if not path.exists():
        return HandoffPlan(municipality.id, municipality.reception)
    data = read_yaml(path) or {}
    try:
        return _checked(municipality, data)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise content_error(path, error) from error


def _checked(municipality: Municipality, data: Mapping[str, Any]) -> HandoffPlan:
    unit = data.get("unit") or municipality.reception
    contact = municipality.contacts.get(unit)
    if contact is None:
        raise ValueError(f"unit: there is no contact {unit!r} in municipality.yml")
    own = data.get("hours")
    hours = _desk_hours(str(own)) if own else contact.phone_hours
    chat, callback, mail = (bool(data.get(way)) for way in ("chat", "callback", "mail"))
    if hours is None and (chat or callback):
        raise ValueError("hours: chat and callback need hours, and the unit has none")
    if contact.email is None and mail:
        raise ValueError("mail: the unit has no e-mail address")
    return HandoffPlan(
        municipality=municipality.id,
        unit=unit,
        chat=chat,
        callback=callback,
        mail=mail,
        hours=hours,
        days_ahead=int(data.get("days_ahead") or DAYS_AHEAD),
        canned=_canned(data.get("canned") or ()),
    )


def _desk_hours(osm: str) -> Hours:
    """Hours of the operator's own, which name their weekdays by OSM's notation itself."""
    return Hours.from_content({"osm": osm, "as_written": osm, "weekdays_named": True}, "phone")


def _canned(entries: Any) -> tuple[Canned, ...]:
    return tuple(Canned(e["id"], e["title"], e["sv"], e["en"], e.get("needs")) for e in entries)
