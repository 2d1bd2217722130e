"""What a question can be an example of, in words that people read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.dialogue.factors import NO_SERVICE
from bot.knowledge.loader import load_knowledge
from bot.knowledge.records import Knowledge

OUT_OF_SCOPE, OTHER_CARE = "out_of_scope", "other_care"

OTHERS: Final[Mapping[str, str]] = {
    "telefonnummer": "Vilket är telefonnumret?",
    "epost": "Vilken är e-postadressen?",
    "besoksadress": "Var ligger ni?",
    "postadress": "Vart skickar man brev?",
    "kontakt": "Vem kontaktar man?",
    "oppettider": "När är telefonen öppen?",
    "besokstider": "När kan man besöka er?",
    "sommartider": "Gäller andra tider på sommaren?",
    "human_handoff": "Vill prata med en människa",
    "apply_for_me": "Vill att assistenten ansöker",
    "entitlement": "Vill veta om just hen har rätt till något",
    "ongoing_case": "Frågar om ett pågående ärende",
    "complaint": "Vill klaga",
    "appeal": "Vill överklaga",
    "report_concern": "Är orolig för någon",
}
"""Questions about no service; those of a service have their title in content."""

OUTSIDE: Final[Mapping[str, str]] = {
    OUT_OF_SCOPE: "Har inget med stöd och omsorg att göra",
    OTHER_CARE: "Handlar om stöd eller omsorg, men inget som assistenten ska svara på",
}

SHORT: Final = "en kort fråga som kan gälla vad som helst"
OTHERWISE: Final = "en annan sorts fråga"


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that a question can be an example of; ``answered`` here, in this municipality."""

    label: str
    title: str
    answered: bool = True


def split_label(label: str) -> tuple[str, str | None]:
    """Intent and service of a label."""
    service, dot, aspect = label.partition(".")
    return (aspect, service) if dot else (label, None)


def title_of(label: str) -> str:
    """A label as people read it."""
    aspect, service = split_label(label)
    if service is None:
        return OTHERS.get(label) or OUTSIDE.get(label) or OTHERWISE
    if service == NO_SERVICE:
        return SHORT
    topic = load_knowledge().topic((service, aspect))
    # What is told of a contact is named by the contact: ``vaxel.oppettider``.
    return topic.question if topic else OTHERS.get(aspect, OTHERWISE)


def choices(municipality: str) -> list[tuple[str, list[Choice]]]:
    """Everything to choose from, by service; what the municipality tells of comes first."""
    knowledge = load_knowledge()
    told = {a.service for a in knowledge.municipalities[municipality].answers}
    services = sorted(knowledge.services.values(), key=lambda s: (s.id not in told, s.name))
    found = [
        (
            service.name.capitalize(),
            [_choice(municipality, (service.id, aspect), knowledge) for aspect in service.topics],
        )
        for service in services
    ]
    others = [Choice(label, title) for label, title in OTHERS.items()]
    return [*found, ("Kontakt, tider och annat", others)]


def _choice(municipality: str, topic: tuple[str, str], knowledge: Knowledge) -> Choice:
    known = knowledge.topic(topic)
    title = known.question if known else OTHERWISE
    return Choice(".".join(topic), title, bool(knowledge.answers(municipality, topic)))
