"""What stands for something else: ``[[name]]``, and the tokens of what was masked."""

from __future__ import annotations

import re
from typing import Final

_FILLED_IN: Final = re.compile(r"\[\[(\w{1,30})\]\]")
_MASKED: Final = re.compile(r"\[(\w+nummer|e-postadress|födelsedatum|namn)\]", re.IGNORECASE)
_GIVEN: Final = {
    "sv": {"receipt": "det nummer som visas i chatten", "time": "den tid som du valde"},
    "en": {"receipt": "the number shown in the chat", "time": "the time that you chose"},
}
_OTHER: Final = {"sv": "det du har uppgett", "en": "what you have given"}


def say_placeholders(text: str, language: str) -> str:
    """A text in which placeholders and masked details are said for what they are."""
    if "[" not in text:
        return text
    given = _GIVEN[language]
    text = _FILLED_IN.sub(lambda m: given.get(m[1], _OTHER[language]), text)
    return _MASKED.sub(lambda m: _masked(m[1].lower(), language), text)


def _masked(kind: str, language: str) -> str:
    if language == "en":
        return f"{kind}, removed,"
    return f"{'borttagen' if kind == 'e-postadress' else 'borttaget'} {kind}"
