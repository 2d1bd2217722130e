"""What a person adds to the drafts: a contact of their own, an answer of sentences left over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from api.importing.records import ACCEPTED, SKIPPED, USED, Draft
from bot.knowledge.loader import load_knowledge
from bot.knowledge.records import TopicId, parse_topic

Values = Mapping[str, str]

NEW: Final = "ny"
"""What the fields of a contact that is to be added begin with."""

KEEP: Final = "keep"
_SAYS_SOMETHING: Final = ("name", "phone", "email", "visit_address", "postal_address", "how")
_NO_CONTACT: Final[dict[str, Any]] = {
    **dict.fromkeys(("job", "phone", "email", "visit_address", "known")),
    "name": "",
    "role": "reception",
    "postal_address": [],
    "evidence": [],
    "remarks": [],
    "own": True,
}


def adds_contact(values: Values) -> bool:
    """Whether the form for a contact holds anything."""
    return any(values.get(f"{NEW}-{name}", "").strip() for name in _SAYS_SOMETHING)


def added_contact(contacts: list[Draft]) -> dict[str, Any]:
    """A draft that nothing on the page gave."""
    return {**_NO_CONTACT, "id": _free("egen", contacts)}


def ticked_left(number: str, values: Values, unplaced: list[Draft]) -> list[Draft]:
    """The sentences left over, those that are ticked marked."""
    return [
        {**one, "ticked": values.get(f"{number}-u{at}") == ACCEPTED}
        for at, one in enumerate(unplaced)
    ]


def sort_left(number: str, values: Values, drafts: dict[str, Any]) -> Draft | None:
    """Decide what the ticked sentences are; the answer that is made of them, if one is."""
    wish = values.get(f"{number}-left", "")
    topic = titled(values.get(f"{number}-left-other", "")) or topic_called(wish)
    state = USED if topic else {SKIPPED: SKIPPED, KEEP: ""}.get(wish)
    taken = [one for one in drafts["unplaced"] if one["ticked"]]
    if state is None or not taken:
        return None
    drafts["unplaced"] = [
        {**one, "decided": state, "ticked": False} if one["ticked"] else one
        for one in drafts["unplaced"]
    ]
    return _answer(topic, taken, drafts["answers"]) if topic else None


def titled(title: str) -> TopicId | None:
    """The question of this title."""
    wanted = " ".join(title.split()).casefold()
    for service in load_knowledge().services.values():
        for topic in service.topics.values():
            if wanted and topic.question.casefold() == wanted:
                return topic.service, topic.aspect
    return None


def topic_called(name: str) -> TopicId | None:
    """The topic of this id, if there is one."""
    try:
        topic = parse_topic(name)
    except ValueError:
        return None
    return topic if load_knowledge().topic(topic) else None


def _answer(topic: TopicId, taken: list[Draft], answers: list[Draft]) -> Draft:
    texts = [str(one["text"]) for one in taken]
    told = " ".join(text if text[-1] in ".!?" else f"{text}." for text in texts)
    return {
        "id": _free("eget", answers),
        "topic": list(topic),
        "nearness": 0.0,
        "text": told,
        "items": [],
        "evidence": texts,
        "others": [],
        "replaces": False,
    }


def _free(stem: str, drafts: list[Draft]) -> str:
    used = {str(draft["id"]) for draft in drafts}
    return next(name for n in range(1, len(used) + 2) if (name := f"{stem}{n}") not in used)
