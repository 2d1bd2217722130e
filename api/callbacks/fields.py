"""Check what a citizen wrote to be called or mailed: every problem is told, each at its field.

Pure. The rules of a number are those of the chat's form (bot.dialogue.callback_phone). What is
wrong is told in the words ``problem_…`` of content/common/desk.yml; what was written is not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from api.callbacks.records import Slot, Wish
from api.errors import ApiError
from api.faults import fault
from bot.dialogue.callback_fields import ABOUT_LIMIT, NAME_LIMIT
from bot.dialogue.callback_phone import read_phone
from bot.guard.intake import admit
from bot.knowledge.handoff import load_desk_words
from bot.understanding.text import clean

MAIL_LIMIT: Final = 1000
"""Characters of a question that is mailed."""

_LIMITS: Final = {"name": NAME_LIMIT, "about": ABOUT_LIMIT, "question": MAIL_LIMIT}
_LOCAL: Final = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LONGEST_ADDRESS: Final = 254
_DOMAIN: Final = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]"
)

Problems = Mapping[str, str]
"""What is wrong, by field, in the order of the form: ``phone_short``."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A wish as it may be kept."""

    name: str
    phone: str
    about: str
    slot: Slot


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be mailed."""

    reply_to: str
    about: str


def read_wish(wish: Wish, slot: Slot | None) -> Checked | Problems:
    """The wish as it may be kept, or what is wrong. ``slot`` is the one with its time, if any."""
    name, name_problem = _line(wish.name, "name")
    about, about_problem = _line(wish.about, "about")
    if not name_problem and any(c.isdigit() for c in name):
        name_problem = "name_digits"
    phone, phone_problem = _phone(wish.phone)
    problems = {
        "name": name_problem,
        "phone": phone_problem,
        "about": about_problem,
        "time": None if slot else "time_gone" if wish.time else "time_empty",
        "consent": None if wish.consent else "consent_missing",
    }
    found = {field: problem for field, problem in problems.items() if problem}
    if found or slot is None:
        return found
    return Checked(name, phone, admit(about).text, slot)


def read_question(reply_to: str, about: str, consent: bool) -> Question | Problems:
    """The question as it may be mailed, or what is wrong."""
    address = mail_address(reply_to)
    said = clean(about)
    problems = {
        "reply_to": None if address else "reply_to_wrong" if clean(reply_to) else "reply_to_empty",
        "about": _problem(said, "question"),
        "consent": None if consent else "consent_missing",
    }
    found = {field: problem for field, problem in problems.items() if problem}
    if found or address is None:
        return found
    return Question(address, admit(said).text)


def mail_address(written: str) -> str | None:
    """The address as mail servers take it; None when it is none. å, ä, ö may be in the domain."""
    local, at, domain = clean(written).removeprefix("mailto:").strip("<>").rpartition("@")
    try:
        ascii_domain = domain.lower().encode("idna").decode("ascii")
    except UnicodeError:
        return None
    address = f"{local}@{ascii_domain}"
    good = at and _LOCAL.fullmatch(local) and _DOMAIN.fullmatch(ascii_domain)
    return address if good and len(address) <= _LONGEST_ADDRESS else None


def problem_text(problem: str, language: str | None) -> str:
    """What is wrong, as a sentence that says what to do."""
    limit = _LIMITS.get(problem.removesuffix("_long"), 0)
    return load_desk_words().say(f"problem_{problem}", language, limit=limit)


def refusal(problems: Problems) -> ApiError:
    """The first problem as the error of API v1."""
    field, problem = next(iter(problems.items()))
    sv, en = (problem_text(problem, language) for language in ("sv", "en"))
    return fault("field_wrong", field, sv=sv, en=en)


def _line(written: str, field: str) -> tuple[str, str | None]:
    """A text on one line, and what is wrong with it."""
    text = " ".join(clean(written).split())
    return text, _problem(text, field)


def _problem(text: str, field: str) -> str | None:
    if not any(c.isalpha() for c in text):
        return f"{field}_empty"
    return f"{field}_long" if len(text) > _LIMITS[field] else None


def _phone(written: str) -> tuple[str, str | None]:
    text = clean(written)
    if not text:
        return "", "phone_empty"
    reading = read_phone(text)
    if reading.value is not None:
        return reading.value, None
    return "", f"phone_{reading.problem or 'no_number'}"
