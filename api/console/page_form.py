"""The console's form: what was chosen and what has been said so far, without anything kept.

The page sends the whole conversation each time, so that earlier turns can be changed and any
server process can play it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, get_args

from starlette.datastructures import FormData

from api.console.records import Channel, Setting, Way
from api.faults import fault
from bot.knowledge.loader import load_knowledge

SAVE, CLEAR = "save", "clear"
_LONGEST = 20_000
"""Characters of one field. What the assistant takes is far less, and told where it is played."""

_DROP, _CUT = "drop:", "cut:"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page asks for: the conversation to play, and perhaps a model to hold it against.

    ``draft`` is what was written and not sent yet.
    """

    setting: Setting
    texts: tuple[str, ...] = ()
    other: str = ""
    draft: str = ""


def read_asked(form: FormData) -> Asked:
    """The conversation after what the pressed button does to it; raise ApiError when forged."""
    texts = [_text(value) for value in form.getlist("said")]
    do, pressed, new = (_text(form.get(name)) for name in ("do", "press", "new"))
    if do == CLEAR:
        texts = []
    elif do.startswith(_DROP):
        texts = _without(texts, do.removeprefix(_DROP))
    elif do.startswith(_CUT):
        texts = texts[: _number(do.removeprefix(_CUT))]
    elif pressed:
        texts.append(pressed)
    elif do != SAVE:
        texts, new = [*texts, new], ""
    said = tuple(text for text in texts if text)
    return Asked(_setting(form), said, _text(form.get("other")), new)


def asked_at_first(query: Mapping[str, str], own: str) -> Asked:
    """The page as it is opened; a link may name municipality (``kommun``) and question."""
    wanted = query.get("kommun") or own
    known = load_knowledge().municipalities
    return Asked(Setting(wanted if wanted in known else own), draft=_text(query.get("fraga")))


def _setting(form: FormData) -> Setting:
    knowledge = load_knowledge()
    municipality, language = str(form.get("municipality")), str(form.get("language") or "")
    if municipality not in knowledge.municipalities:
        raise fault("unknown_municipality", known=", ".join(knowledge.municipalities))
    channel: Any = form.get("channel")
    ways: Any = form.getlist("open")
    return Setting(
        municipality=municipality,
        channel=channel if channel in get_args(Channel) else "web",
        language=language if language in {"sv", *knowledge.languages} else None,
        easy=form.get("easy") == "1",
        moment=_text(form.get("moment"))[:80] or None,
        open_ways=tuple(way for way in get_args(Way) if way in ways),
    )


def _text(value: Any) -> str:
    """What stands in a field; browsers send its line breaks as two characters."""
    return value.replace("\r\n", "\n").strip()[:_LONGEST] if isinstance(value, str) else ""


def _without(texts: list[str], number: str) -> list[str]:
    gone = _number(number)
    return [text for n, text in enumerate(texts, start=1) if n != gone]


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 3 else 0
