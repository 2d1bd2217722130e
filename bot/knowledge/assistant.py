"""How a municipality's assistant looks and greets, its notices, and whether it is switched off.

Read from ``content/<municipality>/assistant.yml``; without that file a municipality gets neutral
colours and a greeting that is common to all. What stands there is the municipality's own word as
operator, not a statement of its pages. Broken or unreadable values raise ValueError, so that the
service never starts with them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from bot.knowledge.contrast import (
    NEUTRAL,
    NEUTRAL_DARK,
    WARNING,
    WARNING_DARK,
    Colours,
    problems,
)

if TYPE_CHECKING:
    from bot.knowledge.records import Contact, Municipality

ASSISTANT_FILE: Final = "assistant.yml"
LOGO_KINDS: Final = (".svg", ".png")
LANGUAGES: Final = ("sv", "en")

_ZONE: Final = ZoneInfo("Europe/Stockholm")

Texts = Mapping[str, str]
"""The same in each of LANGUAGES."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to know on certain days; ``contact`` is whom it is about, when it is about one.

    Empty ``channels`` means all of them.
    """

    id: str
    first: dt.date
    last: dt.date
    text: Texts
    contact: str | None = None
    channels: tuple[str, ...] = ()

    def applies(self, day: dt.date, channel: str | None = None) -> bool:
        """Whether it is to be told on a day; without a channel, in any of them."""
        in_channel = channel is None or not self.channels or channel in self.channels
        return in_channel and self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Officer:
    """The data protection officer, as the municipality has named it, and where that stands."""

    name: str
    phone: str | None
    email: str | None
    source: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """The municipality's own judgement of the service's accessibility."""

    day: dt.date
    status: str
    method: Texts
    shortcomings: tuple[Texts, ...]


@dataclass(frozen=True, slots=True)
class Assistant:
    """The face of the service in one municipality."""

    name: str
    greeting: Texts
    logo: str | None
    colours: Colours
    dark: Colours
    contact_order: tuple[str, ...]
    switched_off: Texts | None
    notices: tuple[Notice, ...]
    responsible: str
    accessibility_contact: str
    assessment: Assessment | None
    data_protection_officer: Officer | None
    disposal_decision: str | None
    kiosk: tuple[tuple[str, str], ...] = ()
    review_email: str | None = None


def active_notices(
    municipality: Municipality, moment: dt.datetime, channel: str | None = None
) -> tuple[Notice, ...]:
    """What is to be told at a moment: first and last day count, in Swedish time."""
    local = moment.astimezone(_ZONE) if moment.tzinfo else moment
    notices = municipality.assistant.notices
    return tuple(n for n in notices if n.applies(local.date(), channel))


def ordered_contacts(municipality: Municipality) -> tuple[Contact, ...]:
    """The contacts as they are shown: those that the municipality put first, then the rest."""
    first = municipality.assistant.contact_order
    rest = (c for c in municipality.contacts if c not in first)
    return tuple(municipality.contacts[c] for c in (*first, *rest))


def read_assistant(
    data: Mapping[str, Any],
    record: Mapping[str, Any],
    wording: Mapping[str, Texts],
    folder: Path,
) -> Assistant:
    """The record of one municipality. ``wording`` has the name and greeting for who set none."""
    contacts = [str(c["id"]) for c in record["contacts"]]
    names = {"municipality": record["name"], "genitive": record["genitive"]}
    reception = record["reception"]
    accessibility = data.get("accessibility") or {}
    greeting = data.get("greeting") or _filled(wording["assistant_greeting"], names)
    order = tuple(data.get("contact_order") or (reception,))
    reports_to = str(accessibility.get("contact") or reception)
    _known("contact_order", order, contacts)
    _known("accessibility.contact", (reports_to,), contacts)
    return Assistant(
        name=data.get("name") or _filled(wording["assistant_name"], names)["sv"],
        greeting=_texts(greeting, "greeting"),
        logo=_logo(data.get("logo"), folder),
        colours=_colours(data, "colours", NEUTRAL, WARNING),
        dark=_colours(data, "colours_dark", NEUTRAL_DARK, WARNING_DARK),
        contact_order=order,
        switched_off=_optional_texts(data.get("switched_off"), "switched_off"),
        notices=tuple(_notice(n, contacts) for n in data.get("notices") or ()),
        responsible=data.get("responsible") or record["name"],
        accessibility_contact=reports_to,
        assessment=_assessment(accessibility.get("assessment")),
        data_protection_officer=_officer(data.get("data_protection_officer")),
        disposal_decision=data.get("disposal_decision"),
        kiosk=_topics(data.get("kiosk"), "kiosk"),
        review_email=data.get("review_email"),
    )


def merged_colours(chosen: object, base: Colours) -> Colours:
    """The colours that were chosen, with the neutral ones for the rest."""
    values = chosen if isinstance(chosen, Mapping) else {}
    return Colours(**{name: str(values.get(name, c)) for name, c in asdict(base).items()})


def _colours(data: Mapping[str, Any], key: str, base: Colours, warning: str) -> Colours:
    colours = merged_colours(data.get(key), base)
    unreadable = [f"{key}.{name}: {message}" for name, message in problems(colours, warning)]
    if unreadable:
        raise ValueError("; ".join(unreadable))
    return colours


def _notice(data: Mapping[str, Any], contacts: Collection[str]) -> Notice:
    where = f"notices[{data['id']}]"
    first, last = _day(data["from"]), _day(data["to"])
    if last < first:
        raise ValueError(f"{where}.to: {last} is before from, {first}")
    if contact := data.get("contact"):
        _known(f"{where}.contact", (contact,), contacts)
    return Notice(
        id=data["id"],
        first=first,
        last=last,
        text=_texts(data, where),
        contact=contact,
        channels=tuple(data.get("channels") or ()),
    )


def _assessment(data: Mapping[str, Any] | None) -> Assessment | None:
    if data is None:
        return None
    where = "accessibility.assessment"
    return Assessment(
        day=_day(data["day"]),
        status=data["status"],
        method=_texts(data["method"], f"{where}.method"),
        shortcomings=tuple(
            _texts(s, f"{where}.shortcomings") for s in data.get("shortcomings") or ()
        ),
    )


def _officer(data: Mapping[str, Any] | None) -> Officer | None:
    if data is None:
        return None
    return Officer(data["name"], data.get("phone"), data.get("email"), data["source"])


def _logo(name: str | None, folder: Path) -> str | None:
    """A picture in the municipality's own folder; never a way out of it."""
    if name is None:
        return None
    if Path(name).name != name or Path(name).suffix not in LOGO_KINDS:
        raise ValueError(f"logo: write the name of an svg or png file in the folder, not {name!r}")
    if not (folder / name).is_file():
        raise ValueError(f"logo: there is no file {name!r} in the folder")
    return name


def _known(where: str, ids: Collection[str], contacts: Collection[str]) -> None:
    for contact in ids:
        if contact not in contacts:
            raise ValueError(f"{where}: there is no contact {contact!r} in municipality.yml")


def _topics(names: Iterable[object] | None, where: str) -> tuple[tuple[str, str], ...]:
    """Questions as content names them: ``ledsagning.kostnad``."""
    found = [tuple(str(name).split(".")) for name in names or ()]
    for parts in found:
        if len(parts) != 2 or not all(parts):
            raise ValueError(f"{where}: {'.'.join(parts)!r} is no topic: write service.aspect")
    return tuple((service, aspect) for service, aspect in found)


def _optional_texts(data: Mapping[str, Any] | None, where: str) -> Texts | None:
    return None if data is None else _texts(data, where)


def _texts(data: Mapping[str, Any], where: str) -> Texts:
    found = {language: str(data.get(language) or "").strip() for language in LANGUAGES}
    for language, text in found.items():
        if not text:
            raise ValueError(f"{where}.{language}: a text is missing")
    return MappingProxyType(found)


def _filled(variants: Texts, names: Mapping[str, str]) -> dict[str, str]:
    return {language: text.format(**names) for language, text in variants.items()}


def _day(value: object) -> dt.date:
    return dt.date.fromisoformat(str(value))
