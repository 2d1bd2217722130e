"""Read one field of a callback out of what was written: about, name, phone, time, confirm.

Pure: the text goes in and a reading comes out, and nothing is kept. The API calls it with the raw
text, since Rasa and its tracker never see a name or a number (docs/adr/0010). A question, a wish
for something else or ``avbryt`` is no answer: the assistant replies to it and asks again.
The steps are asked in the order of ``STEPS``; the reply that asks says so in ``custom.callback``.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Literal

from bot.dialogue.callback_phone import read_phone
from bot.dialogue.callback_reading import NO_ANSWER, FieldReading, given, refused
from bot.dialogue.callback_times import read_time
from bot.dialogue.callback_wishes import asks, cancels, is_question, says_no, says_yes, wishes
from bot.understanding.text import clean, fold, words

__all__ = ["ABOUT_LIMIT", "NAME_LIMIT", "STEPS", "FieldReading", "Step", "read_field"]

Step = Literal["about", "name", "phone", "time", "confirm"]
STEPS: tuple[Step, ...] = ("about", "name", "phone", "time", "confirm")
ABOUT_LIMIT = 300
NAME_LIMIT = 80

_NAME_LEAD = re.compile(
    r"^(?:(?:hej|hi|hello|ja|yes|ok|okej)[,!.]?\s+)?"
    r"(?:(?:jag\s+heter|mitt\s+namn\s+är|namnet\s+är|namn|det\s+är|jag\s+är"
    r"|my\s+name\s+is|i\s+am|i'm|name|it\s+is|it's)\s*:?\s+)?",
    re.IGNORECASE,
)
_NAME_END = re.compile(
    r"\s*(?:,?\s*(?:heter\s+jag|är\s+(?:mitt\s+namn|namnet)|is\s+my\s+name))?[.!,\s]*$",
    re.IGNORECASE,
)
_NO_NAME = frozenset(
    "ja nej fel ok yes no wrong vill kan ska skulle vet inte varfor hur vad vem nar var maste"
    " behover kanske anonym ingen har"
    " want can should know not why how what who when where must need anonymous nobody"
    " namn namnet name telefon nummer person manniska tack thanks".split()
)
_NAME_WORDS = 6

_TELLS_SUBJECT = re.compile(r"\w\s+(?:om|angaende|gallande|kring|about|regarding)\s+\w")
"""``jag vill prata med någon om mammas hemtjänst`` is a subject, not another wish."""


def read_field(
    step: str, text: str, times: Sequence[str] = (), now: dt.datetime | None = None
) -> FieldReading:
    """What a text gives for a field; ``times`` are the titles to choose among.

    ``value`` is ready to be kept: the number as it is read back, the chosen title word for word.
    With ``now`` also ``i morgon`` finds its day. Problems: about ``empty``, ``long``; name
    ``long``, ``digits``, ``unclear``; phone ``no_number``, ``identity``, ``area``, ``short``,
    ``long``, ``costly``, ``several``; time ``unknown``, ``several``; confirm ``no``.
    """
    said = clean(text)
    if step == "confirm":
        return _confirm(said)
    if step == "about" and not cancels(said) and _TELLS_SUBJECT.search(fold(said)):
        return _about(said)
    if wishes(said):
        return NO_ANSWER
    if step == "about":
        return _about(said)
    if step == "name":
        return _name(said)
    if step == "phone":
        return read_phone(said)
    if step == "time":
        return read_time(said, times, now)
    raise ValueError(f"no step of a callback: {step}")


def _about(said: str) -> FieldReading:
    if is_question(said):
        return NO_ANSWER
    if not any(c.isalpha() for c in said):
        return refused("empty")
    return refused("long") if len(said) > ABOUT_LIMIT else given(said)


def _name(said: str) -> FieldReading:
    if asks(said):
        return NO_ANSWER
    if any(c.isdigit() for c in said):
        return refused("digits")
    name = _NAME_END.sub("", _NAME_LEAD.sub("", said)).strip(" \n.,!\"”'")
    if len(name) > NAME_LIMIT:
        return refused("long")
    parts = words(name)
    if not parts or len(parts) > _NAME_WORDS or _says_something_else(parts):
        return refused("unclear")
    return given(" ".join(name.split()))


def _says_something_else(parts: list[str]) -> bool:
    """``vill inte säga``; but Kan Yilmaz has a name."""
    plain = {fold(p) for p in parts if len(parts) == 1 or not p[0].isupper()}
    return bool(_NO_NAME & plain)


def _confirm(said: str) -> FieldReading:
    if wishes(said) or asks(said):
        return NO_ANSWER
    if says_yes(said):
        return given("ja")
    return refused("no") if says_no(said) else NO_ANSWER
