"""Which municipality a message is about.

A municipality (or a place in it) named in the text outranks what was said before, and that
outranks the page the person is on. A municipality that is not served is named as such.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.dialogue.state import State
from bot.dialogue.turn import Turn
from bot.knowledge.records import Knowledge

# Who needs the help: where "mamma" lives decides before where the writer lives.
_RELATIVE = re.compile(
    r"\b(mamma|pappa|mor|far|morsan|farsan|mormor|morfar|farmor|farfar|svärmor|svärfar|syster|"
    r"syrran|bror|brorsan|son|dotter|man|fru|make|maka|granne|vän|moster|faster|mother|father)\w*\b",
    re.IGNORECASE,
)


_LIVES = re.compile(r"\b(?:bor|bosatt|flytt\w*|skriven|folkbokförd|hemma)\b", re.IGNORECASE)

SHORT_MESSAGE = 12
"""Up to so many words, a municipality named anywhere is what the message is about."""


@dataclass(frozen=True, slots=True)
class Place:
    """The municipality meant; ``elsewhere`` names one that is not served; ``said`` in this turn."""

    municipality: str | None
    elsewhere: str | None = None
    said: bool = False


def find_place(turn: Turn, state: State, knowledge: Knowledge) -> Place:
    """The municipality of this turn: said now, said before, or the page's own."""
    named = _named(turn)
    if named:
        return Place(named, said=True)
    elsewhere = _elsewhere(turn, knowledge)
    if elsewhere:
        return Place(None, elsewhere=elsewhere, said=True)
    if turn.municipality and turn.municipality != state.page_municipality:
        # The person moved to another municipality's page: that is newer than what was said.
        return Place(turn.municipality)
    return Place(state.municipality or turn.municipality)


def _named(turn: Turn) -> str | None:
    """The served municipality named in the text; of several, the one the question is about."""
    names = turn.whole.names.get("municipality", ())
    if len(set(names)) < 2:
        return names[0] if names else None
    asking = [c for c in turn.clauses if c.is_question and c.names.get("municipality")]
    if asking:
        return asking[-1].names["municipality"][-1]
    related = [c for c in turn.clauses if c.names.get("municipality") and _RELATIVE.search(c.text)]
    chosen = related[-1] if related else turn.whole
    return chosen.names["municipality"][-1]


def _elsewhere(turn: Turn, knowledge: Knowledge) -> str | None:
    """A municipality not served that the question is about; one named in passing is not."""
    if turn.word_count <= SHORT_MESSAGE or not turn.municipality:
        return find_elsewhere(turn.text, knowledge)
    telling = [c.text for c in turn.clauses if c.is_question or _LIVES.search(c.text)]
    found = (find_elsewhere(text, knowledge) for text in telling)
    return next((f for f in found if f), None)


def find_elsewhere(text: str, knowledge: Knowledge) -> str | None:
    """A Swedish municipality that is not served, when the text places someone there.

    Many names are ordinary words (Mark, Sala, Mora, Lund), so a preposition before it or
    ``kommun`` after it is asked for, and a capital letter unless ``kommun`` follows.
    """
    phrases = _place_phrases(text)
    if not phrases:
        return None
    served = {n for m in knowledge.municipalities.values() for n in (m.short, *m.names)}
    for match in phrases:
        name = match.group("name")
        forms = (name, name.removesuffix("s"), *(f.title() for f in (name, name.removesuffix("s"))))
        last = name.split()[-1].title()
        for candidate in (*forms, last, last.removesuffix("s")):
            if candidate in served:
                break
            if candidate in knowledge.other_municipalities:
                return candidate
    return None


def _place_phrases(text: str) -> list[re.Match[str]]:
    name = r"(?P<name>[A-ZÅÄÖ][\wåäöÅÄÖ]+(?:[- ](?:Edet|Göinge|Väsby|Bro|Sälen|Ed))?)"
    after = re.finditer(rf"\b(?:[Ii]|från|[Tt]ill|[Ff]ör|inom|nära|flytta\w* till)\s+{name}", text)
    before = re.finditer(r"\b(?P<name>[\w-]+(?: [\w-]+)?)\s+kommuns?\b", text)
    return [*after, *before]
