"""Replies for the ear: lists as sentences, few things at a time.

On a kiosk and on the phone the text itself is so; elsewhere only what is read aloud.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.dialogue.turn import VOICE_CHANNELS, Reply, Turn
from bot.dialogue.wording import capitalised, say, text_language, without_final_stop
from bot.knowledge.loader import load_knowledge
from bot.speech.numbers import cardinal

MOST_ITEMS = 4
"""So many things of a list are said at a time: more can't be kept in mind (issue 5, point 1)."""


def for_channel(reply: Reply, turn: Turn) -> Reply:
    """The reply as its channel wants it: without lists where it is heard.

    Beside a number to call, an e-mail address is shown but not read out, and the source is named
    in few words: an answer lasts long enough to listen to.
    """
    if reply.source:
        reply.heard.append((reply.source["line"], source_in_short(reply.source, turn.language)))
    reply.heard += [
        (f" {say('contact_email', turn.language, email=c['email'])}", "")
        for c in reply.contacts
        if c.get("email") and c.get("phone")
    ]
    if turn.channel not in VOICE_CHANNELS:
        return reply
    for listed, said in reply.prose:
        reply.text = reply.text.replace(listed, said, 1)
    reply.prose, reply.items, reply.listing, reply.more = [], [], "", ""
    return reply


def source_in_short(source: Mapping[str, Any], language: str) -> str:
    """``Källa: Ludvika kommuns sida ”Anhörigstöd”, från 2019.``; the page shows the whole date."""
    municipality = load_knowledge().municipalities[source["municipality"]]
    key = "source_heard_dated" if source["updated"] else "source_heard"
    return say(
        key,
        language,
        municipality=municipality.name,
        genitive=municipality.genitive,
        title=source["title"],
        year=(source["updated"] or "")[:4],
    )


def in_prose(items: Sequence[str], language: str, told: int = 0) -> str:
    """``Det finns fyra saker. Ett: … Två: …``, at most four, then an offer to go on.

    ``told`` of them have been told before.
    """
    if len(items) == 1:
        return _sentence(items[0])
    lead = say("list_rest" if told else "list_all", language, total=_number(len(items), language))
    said = counted(items[told : told + MOST_ITEMS], language, told)
    offer = say("list_offer", language) if len(items) > told + MOST_ITEMS else ""
    return " ".join(part for part in (lead, said, offer) if part)


def counted(parts: Sequence[str], language: str, told: int = 0) -> str:
    """``Ett: Bli kontaktperson. Två: Få en kontaktperson.``"""
    numbers = (capitalised(_number(n, language)) for n in range(told + 1, told + len(parts) + 1))
    return " ".join(f"{n}: {_sentence(p)}" for n, p in zip(numbers, parts, strict=True))


def _sentence(part: str) -> str:
    text = capitalised(without_final_stop(part))
    return text if text.endswith(("?", "!")) else f"{text}."


def _number(number: int, language: str) -> str:
    return cardinal(number, text_language(language))
