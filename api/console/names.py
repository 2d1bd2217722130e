"""Names for what the console shows: answers, languages, kinds of reply, models."""

from __future__ import annotations

from api.console.records import ModelInfo
from bot.dialogue.titles import intent_title, kind_title
from bot.dialogue.turn import in_stockholm
from bot.dialogue.wording import capitalised
from bot.knowledge.loader import load_knowledge
from bot.knowledge.records import Answer

KINDS = {
    "answer": "Svar",
    "clarify": "Motfråga",
    "passage": "Stycke ur en sida",
    "not_defined": "Står inte på sidorna",
    "out_of_scope": "Utanför det den svarar på",
    "crisis": "Krishjälp",
    "handoff": "Till en människa",
    "notice": "Besked",
    "smalltalk": "Småprat",
}


def answer_title(answer_id: str | None) -> str:
    """The question that an answer answers, and where; its id when content has lost it."""
    known = load_knowledge()
    place, _, rest = (answer_id or "").partition(".")
    middle, _, aspect = rest.partition(".")
    if place == "common":
        return intent_title(f"{middle}_{aspect}", known)
    municipality = known.municipalities.get(place)
    if municipality is None:
        return answer_id or ""
    for answer in municipality.answers:
        if answer.id == answer_id:
            return f"{_question(answer)} ({municipality.short})"
    contact = municipality.contacts.get(middle)
    if contact is None:
        return answer_id or ""
    return f"{intent_title(aspect, known)} {contact.name} ({municipality.short})"


def languages() -> list[tuple[str, str]]:
    """The languages that can be chosen: code and Swedish name."""
    others = load_knowledge().languages
    named = [(code, str(about["in_swedish"])) for code, about in others.items()]
    return [("", "Som personen skriver"), ("sv", "svenska"), *named]


def language_name(code: str) -> str:
    """A language in Swedish: ``fi`` is finska."""
    return dict(languages()[1:]).get(code, code)


def model_title(model: ModelInfo) -> str:
    """A model by when it was trained: that is what people know of it."""
    return f"Tränad {in_stockholm(model.trained):%Y-%m-%d %H.%M} ({model.name})"


def kind_of_name(kind: str) -> str:
    """What sort of name was found in a message, to begin a line with."""
    return capitalised(kind_title(kind))


def percent(share: float) -> str:
    """A share for people: 0.834 is 83 %."""
    return f"{round(100 * min(max(share, 0.0), 1.0))} %"


def number(value: float, decimals: int = 1) -> str:
    """A number as Swedes write it."""
    return f"{value:.{decimals}f}".replace(".", ",")


def _question(answer: Answer) -> str:
    topic = load_knowledge().topic(answer.topic)
    if topic is None:
        return answer.id
    who = {"barn": " – för barn", "vuxen": " – för vuxna"}.get(answer.audience, "")
    return f"{topic.question}{who}"
