"""An answer as citizens meet it: made by the dialogue's own functions, with source and contacts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from bot.dialogue.aloud import for_channel
from bot.dialogue.answers import answer_reply
from bot.dialogue.state import State
from bot.dialogue.turn import Clause, Reply, Turn, in_stockholm
from bot.knowledge.loader import load_knowledge
from bot.knowledge.records import Answer, Municipality
from bot.speech.segments import segments


@dataclass(frozen=True, slots=True)
class Aloud:
    """A sentence as it is written, and as it is said."""

    written: str
    spoken: str


@dataclass(frozen=True, slots=True)
class Preview:
    """One way to meet the answer. ``told`` are its source, warnings and contacts."""

    id: str
    title: str
    about: str
    lang: str
    body: tuple[str, ...]
    items: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    buttons: tuple[str, ...] = ()
    aloud: tuple[Aloud, ...] = ()


_WAYS: Final = (
    ("text", "Text", "Så visas svaret på webbplatsen.", "sv", "web", False),
    ("easy", "Lätt svenska", "Så visas det för den som har valt lätt svenska.", "sv", "web", True),
    ("en", "Engelska", "Så visas det för den som frågar på engelska.", "en", "web", False),
    ("kiosk", "Kiosk", "Så visas det på skärmen i biblioteket.", "sv", "kiosk", False),
)


def previews(answer: Answer, municipality: Municipality, now: dt.datetime) -> list[Preview]:
    """The answer in text, easy Swedish and English, on the kiosk, and as it is heard."""
    made = [
        _shown(key, title, about, language, _reply(answer, municipality, now, language, via, easy))
        for key, title, about, language, via, easy in _WAYS
    ]
    heard = _reply(answer, municipality, now, "sv", "web", False)
    return [*made, _heard(heard)]


def _reply(
    answer: Answer,
    municipality: Municipality,
    now: dt.datetime,
    language: str,
    channel: str,
    easy: bool,
) -> Reply:
    turn = Turn(
        text="",
        whole=Clause("", True, (), {}),
        clauses=(),
        language=language,
        now=in_stockholm(now),
        municipality=municipality.id,
        channel=channel,
        easy=easy,
    )
    reply = answer_reply(answer, municipality, load_knowledge(), turn, State())
    return for_channel(reply, turn)


def _shown(key: str, title: str, about: str, lang: str, reply: Reply) -> Preview:
    return Preview(
        id=key,
        title=title,
        about=about,
        lang=lang,
        body=_lines(reply.body or reply.text),
        items=tuple(reply.items),
        told=tuple(reply.told),
        buttons=tuple(reply.buttons),
    )


def _heard(reply: Reply) -> Preview:
    parts = segments(reply.said, "sv", own=True)
    return Preview(
        id="speech",
        title="Uppläst",
        about="Så låter det när svaret läses upp. Till höger står orden som rösten säger.",
        lang="sv",
        body=(),
        aloud=tuple(Aloud(p.written, p.spoken) for p in parts),
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in text.split("\n") if line.strip())
