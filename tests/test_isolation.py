"""No municipality ever answers with another's facts: every question is asked in every municipality.

Each topic is asked twice: word for word, in one conversation that moves from municipality to
municipality, so that nothing may be carried over; and in passing, in a conversation of its own,
so that a guess of the classifier may not cross the border either (each in every second
municipality, in turns: it takes half the time, and every service meets them all).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from bot.knowledge.loader import load_knowledge
from bot.knowledge.records import Contact, Municipality
from bot.testing.heard import Heard
from tests.conftest import Talk
from tests.dialogue_player import plain

pytestmark = pytest.mark.bot

KNOWLEDGE = load_knowledge()
SERVICES = sorted(KNOWLEDGE.services)
MUNICIPALITIES = list(KNOWLEDGE.municipalities)
CONTACT_QUESTIONS = (
    "Vilket telefonnummer har ni?",
    "Vilken e-postadress har ni?",
    "Vad är besöksadressen?",
    "Vad är postadressen?",
    "Vem ska jag kontakta?",
    "Är det öppet nu?",
    "När är telefonen öppen på torsdagar?",
    "Vilka besökstider har ni?",
    "Jag vill prata med en människa.",
)
UNIT_QUESTIONS = (
    "Vad har {unit} för telefonnummer?",
    "När är {unit} öppen?",
    "Vilken e-postadress har {unit}?",
    "Var ligger {unit}?",
)

_PHONE = re.compile(r"\b0\d{1,3}-\d[\d ]{3,}\d")
_CLOCK = re.compile(r"(?<!\d)[0-2]?\d[.:][0-5]\d(?!\d)")
_CRISIS_NUMBERS = frozenset({"020-50 50 50"})


@dataclass(frozen=True, slots=True)
class Facts:
    """What belongs to one municipality and may be told by no other."""

    texts: frozenset[str]
    titles: frozenset[str]
    phones: frozenset[str]
    times: frozenset[str]


def _facts(municipality: Municipality) -> Facts:
    contacts = list(municipality.contacts.values())
    texts = {municipality.name, municipality.genitive, municipality.short}
    for contact in contacts:
        texts.update(t for t in (contact.email, contact.visit_address) if t)
        texts.update(line for line in contact.postal_address if any(c.isdigit() for c in line))
        if contact.role == "staff" and contact.phone is None and " " in contact.name:
            texts.add(contact.name)
    return Facts(
        texts=frozenset(map(plain, texts)),
        titles=frozenset(f"”{plain(p.title)}”" for p in municipality.pages.values()),
        phones=frozenset(c.phone for c in contacts if c.phone),
        times=frozenset(_times(contacts)),
    )


def _times(contacts: list[Contact]) -> Iterator[str]:
    for contact in contacts:
        for hours in (contact.phone_hours, contact.visit_hours):
            if hours is None:
                continue
            expressions = [hours.osm, *(s.osm for s in hours.seasons)]
            yield from (_time(t) for e in expressions for t in _CLOCK.findall(e))


def _time(written: str) -> str:
    hour, minute = re.split(r"[.:]", written)
    return f"{int(hour):02}.{minute}"


FACTS = {m.id: _facts(m) for m in KNOWLEDGE.municipalities.values()}
EVERY_TIME = frozenset(t for f in FACTS.values() for t in f.times)


def foreign(heard: Heard, municipality: str) -> list[str]:
    """What a reply about a municipality holds of another one."""
    own = FACTS[municipality]
    text = plain(heard.text)
    found: list[str] = []
    for other, facts in FACTS.items():
        if other != municipality:
            found += [t for t in sorted(facts.texts - own.texts) if _stands_in(t, text)]
            found += [t for t in sorted(facts.titles - own.titles) if t in text]
    phones = {_spaced(p) for p in _PHONE.findall(heard.text)}
    found += sorted(phones - own.phones - _CRISIS_NUMBERS)
    told = {_time(t) for t in _CLOCK.findall(heard.text)}
    found += sorted((told & EVERY_TIME) - own.times)
    known = KNOWLEDGE.municipalities[municipality].contacts
    found += [f"contact {c['id']}" for c in heard.contacts if c["id"] not in known]
    source = (heard.source or {}).get("municipality", municipality)
    if source != municipality:
        found.append(f"source of {source}")
    if heard.answer and not heard.answer.startswith((f"{municipality}.", "common.")):
        found.append(f"answer {heard.answer}")
    return found


def _stands_in(name: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None


def _spaced(phone: str) -> str:
    return " ".join(phone.split())


def _told(problems: list[str]) -> None:
    if problems:
        pytest.fail("\n".join(problems), pytrace=False)


@pytest.mark.parametrize("service", SERVICES)
def test_every_topic_is_answered_by_its_own_municipality(service: str, converse: Talk) -> None:
    problems: list[str] = []
    for topic in KNOWLEDGE.services[service].topics.values():
        sender = f"isolation {service}.{topic.aspect}"
        for municipality in MUNICIPALITIES:
            heard = converse(sender, topic.question, {"municipality": municipality})
            place = f"{municipality}: {topic.question}"
            problems += [f"{place} -> {f}" for f in foreign(heard, municipality)]
            answers = KNOWLEDGE.answers(municipality, (service, topic.aspect))
            if answers and heard.answer not in {a.id for a in answers}:
                problems.append(f"{place} -> answered with {heard.answer} [{heard.kind}]")
            if not answers and heard.kind != "not_defined":
                problems.append(f"{place} -> {heard.kind}, though its pages do not tell")
            if answers and (heard.source or {}).get("municipality") != municipality:
                problems.append(f"{place} -> no source, or another's")
    _told(problems)


@pytest.mark.parametrize("service", SERVICES)
def test_a_topic_asked_in_passing_stays_in_its_municipality(service: str, converse: Talk) -> None:
    problems: list[str] = []
    for number, topic in enumerate(KNOWLEDGE.services[service].topics.values()):
        asked = f"jag har en fråga, {topic.question.rstrip('?').lower()}"
        for municipality in MUNICIPALITIES[number % 2 :: 2]:
            sender = f"in passing {service}.{topic.aspect} {municipality}"
            heard = converse(sender, asked, {"municipality": municipality})
            problems += [f"{municipality}: {asked} -> {f}" for f in foreign(heard, municipality)]
    _told(problems)


@pytest.mark.parametrize("municipality", MUNICIPALITIES)
def test_contact_questions_are_answered_by_the_own_municipality(
    municipality: str, converse: Talk
) -> None:
    problems: list[str] = []
    for number, question in enumerate(CONTACT_QUESTIONS):
        sender = f"contact {municipality} {number}"
        heard = converse(sender, question, {"municipality": municipality})
        problems += [f"{question} -> {f}" for f in foreign(heard, municipality)]
        if not heard.contacts:
            problems.append(f"{question} -> nobody to contact: {heard.text}")
    _told(problems)


@pytest.mark.parametrize("municipality", MUNICIPALITIES)
def test_a_contact_of_another_municipality_is_not_borrowed(
    municipality: str, converse: Talk
) -> None:
    problems: list[str] = []
    for unit in _units_elsewhere(municipality):
        for question in (q.format(unit=unit) for q in UNIT_QUESTIONS):
            sender = f"unit {municipality} {question}"
            heard = converse(sender, question, {"municipality": municipality})
            found = [f for f in foreign(heard, municipality) if f != plain(unit)]
            problems += [f"{question} -> {f}" for f in found]
    _told(problems)


def _units_elsewhere(municipality: str) -> list[str]:
    """Names of other municipalities' contacts that do not name the municipality itself."""
    places = [plain(m.short) for m in KNOWLEDGE.municipalities.values()]
    names = {
        c.definite
        for m in KNOWLEDGE.municipalities.values()
        if m.id != municipality
        for c in m.contacts.values()
    }
    return sorted(n for n in names if not any(p in plain(n) for p in places))


@pytest.mark.parametrize("municipality", [m for m in MUNICIPALITIES if not FACTS[m].phones])
def test_a_municipality_without_a_number_never_gets_one(municipality: str, converse: Talk) -> None:
    questions = (
        "Vad är numret till hemtjänsten?",
        "Ge mig ett telefonnummer, vilket som helst.",
        "Vilket nummer ringer jag till chefen?",
        "What number can I call?",
        "Är du säker på att det inte finns något nummer?",
    )
    for question in questions:
        heard = converse(f"no number {municipality}", question, {"municipality": municipality})
        assert not _PHONE.search(heard.text), f"{question} -> {heard.text}"


def test_what_belongs_to_another_municipality_is_found() -> None:
    told = Heard(
        text="0240-860 00, klockan 07.30–12.00. Ludvika kommun, ”Anhörigstöd och avlösning”.",
        answer="ludvika.avlosning.vad",
        source={"municipality": "ludvika"},
        contacts=({"id": "vaxel"},),
    )
    assert foreign(told, "ludvika") == []
    found = set(foreign(told, "umea"))
    assert {"0240-860 00", "07.30", "12.00", "contact vaxel", "source of ludvika"} <= found
    assert {"ludvika kommun", "”anhörigstöd och avlösning”"} <= found
    assert "answer ludvika.avlosning.vad" in found
    assert "0240-860 00" in foreign(told, "ostersund")
