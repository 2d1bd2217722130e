"""The words of api.content_desk.findings: names of fields and facts; the sentences are YAML."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Final

from bot.knowledge.files import read_yaml

FIELDS: Final = {
    "": "Hela svaret",
    "text": "Svaret",
    "easy": "Lätt svenska",
    "en": "Engelska",
    "speech": "Uppläst",
    "items": "Listan",
    "items_en": "Listan på engelska",
    "evidence": "Beläggen",
    "contacts": "Kontakter",
    "next": "Frågor att gå vidare med",
    "reviewer": "Granskare",
    "reviewed": "Granskat",
    "review_by": "Granska senast",
    "audience": "Vem svaret gäller",
    "aspect": "Frågan",
    "service": "Tjänsten",
    "phone": "Telefon",
    "email": "E-post",
    "phone_hours": "Telefontider",
    "visit_hours": "Besökstider",
    "visit_address": "Besöksadress",
    "postal_address": "Postadress",
    "how": "Så når man kontakten",
    "job": "Vad kontakten hjälper till med",
    "name": "Namn",
    "definite": "Namn i en mening",
    "role": "Roll",
    "synonyms": "Andra ord för kontakten",
    "title": "Sidans rubrik",
    "published": "Publicerad",
    "updated": "Uppdaterad",
    "read": "Läst",
    "not_stated": "Rader som inget svar behöver säga",
    "cites_social_services_act": "Nämner socialtjänstlagen",
}
COUNTED: Final = {"evidence": "Belägg", "items": "Punkt", "items_en": "Punkt på engelska"}
FACTS: Final = {
    "e-mail address": "E-postadressen",
    "web address": "Webbadressen",
    "postcode": "Postnumret",
    "phone number": "Telefonnumret",
    "address": "Adressen",
    "date": "Datumet",
    "amount": "Uppgiften",
    "time": "Klockslaget",
    "weekday": "Veckodagen",
    "number": "Talet",
}
TYPES: Final = {
    "a text": "en text",
    "a list": "en lista",
    "fields with values": "fält med värden",
    "true or false": "ja eller nej",
    "null": "inget",
    "a number": "ett tal",
    "a whole number": "ett heltal",
}
PLAIN_VALUES: Final = {"true": "ja", "false": "nej"}

_SENTENCES: Final = Path(__file__).with_name("findings.yml")


@cache
def sentences() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Patterns of messages, each with what is said instead, in the order to try them in."""
    return tuple((re.compile(e["when"], re.DOTALL), e["say"]) for e in read_yaml(_SENTENCES))
