"""The parts of a text that can be links: numbers and e-mail addresses that stand in content.

Nothing that is not in content becomes a link, whatever an answer or a citizen wrote.
"""

from __future__ import annotations

import re
from functools import cache

from api.schemas_v1 import LinkView
from bot.knowledge.loader import CONTENT_DIR, load_knowledge, read_yaml

COUNTRY = "+46"


def phone_href(phone: str) -> str:
    """``tel:+4690161002``. Short numbers, as 112, have no other form than their own."""
    digits = re.sub(r"\D", "", phone)
    if phone.strip().startswith("+"):
        return f"tel:+{digits}"
    if digits.startswith("0"):
        return f"tel:{COUNTRY}{digits[1:]}"
    return f"tel:{digits}"


def links_in(text: str) -> list[LinkView]:
    """Each number and address of content that occurs in the text, once, in order."""
    found = dict.fromkeys(_pattern().findall(text))
    return [LinkView(text=part, href=_targets()[part]) for part in found]


@cache
def _targets() -> dict[str, str]:
    contacts = [c for m in load_knowledge().municipalities.values() for c in m.contacts.values()]
    numbers = [c.phone for c in contacts if c.phone] + _crisis_numbers()
    mails = [c.email for c in contacts if c.email]
    return {n: phone_href(n) for n in numbers} | {m: f"mailto:{m}" for m in mails}


def _crisis_numbers() -> list[str]:
    data = read_yaml(CONTENT_DIR / "common" / "crisis.yml")
    return [str(entry["number"]) for entry in data["numbers"].values()]


@cache
def _pattern() -> re.Pattern[str]:
    """The targets as they are written, not within a longer number, word or address."""
    longest_first = sorted(_targets(), key=len, reverse=True)
    parts = "|".join(re.escape(t) for t in longest_first)
    return re.compile(rf"(?<![\w@+./-])(?<!\d )(?:{parts})(?![\w@/-])(?! \d)")
