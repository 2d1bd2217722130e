"""What the figures are called, for people who read them and nothing else of the program."""

from __future__ import annotations

from collections.abc import Mapping

from bot.knowledge.loader import load_knowledge
from bot.knowledge.records import Knowledge

KINDS: Mapping[str, str] = {
    "answer": "Svarade med kommunens egna uppgifter",
    "passage": "Visade ett stycke ur en sida",
    "clarify": "Frågade vad som menades",
    "not_defined": "Sidorna säger inget om det",
    "out_of_scope": "Frågan hörde inte hit",
    "handoff": "Visade vägen till en människa",
    "crisis": "Visade vart man ringer vid fara",
    "smalltalk": "Hälsning, tack och liknande",
    "notice": "Upplysning",
    "unknown": "Annat",
}
"""Kinds of replies, in the order in which they are shown."""

CHANNELS: Mapping[str, str] = {
    "web": "Webbplatsen",
    "kiosk": "Kiosken",
    "phone": "Telefonen",
}
PHONE: Mapping[str, str] = {
    "open": "telefonen öppen",
    "closed": "telefonen stängd",
    "unknown": "telefontiden okänd",
}
PERSON: Mapping[str, str] = {
    "handoff.joined": "Ställde sig i kö för att chatta",
    "handoff.claimed": "Fick chatta med en handläggare",
    "handoff.left": "Lämnade kön eller chatten",
    "handoff.expired": "Kön stängdes innan någon hann svara",
    "callback.asked": "Bad att bli uppringda",
    "callback.done": "Blev uppringda",
    "callback.unreachable": "Gick inte att nå",
    "callback.cancelled": "Avbokade uppringningen",
    "mail.asked": "Skickade frågan med e-post",
}
WAITED: Mapping[str, str] = {
    "1_min": "högst 1 minut",
    "5_min": "1–5 minuter",
    "10_min": "5–10 minuter",
    "30_min": "10–30 minuter",
    "longer": "mer än 30 minuter",
}
_NEAR = {"sv": "svenska"}


def language_name(code: str) -> str:
    """``finska``."""
    if code in _NEAR:
        return _NEAR[code]
    entry = load_knowledge().languages.get(code)
    return str(entry["in_swedish"]) if entry else "annat språk"


def service_name(service: str) -> str:
    """``ledsagning``; a service that content has lost since keeps its id."""
    known = load_knowledge().services.get(service)
    return known.name if known else service


def answer_name(answer: str, knowledge: Knowledge | None = None) -> str:
    """The question that an answer is for; of a contact's, what it tells."""
    known = knowledge or load_knowledge()
    parts = answer.split(".")
    if len(parts) < 3:
        return answer
    municipality, service, aspect, *audience = parts
    topic = known.topic((service, aspect))
    if topic is not None:
        return f"{topic.question} ({audience[0]})" if audience else topic.question
    place = known.municipalities.get(municipality)
    contact = place.contacts.get(service) if place else None
    return f"{contact.name}: {aspect}" if contact else answer
