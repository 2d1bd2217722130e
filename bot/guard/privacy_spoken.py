"""Identity numbers said in words, as speech-to-text writes them.

Only where the message itself says that it is one: read aloud, a municipality's own phone number
looks the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.guard.privacy_numbers import Found

_ONES = "noll|ett?|en|två|tva|tre|fyra|fem|sex|sju|åtta|atta|nio|nie"
_TEENS = "tio|elva|tolv|tretton|fjorton|femton|sexton|sjutton|arton|aderton|nitton"
_TENS = "tjugo|trettio?|fyrtio?|fyrti|femtio?|sextio?|sjuttio?|åttio?|attio?|nittio?"
_WORD = rf"(?:(?:{_TENS})(?:{_ONES})?|{_TEENS}|{_ONES}|nittonhundra|tjugohundra|streck|minus)"
_SAID = re.compile(rf"\b{_WORD}(?:[\s,.-]+(?:och\s+)?{_WORD}){{3,}}\b", re.IGNORECASE)
_NAMED = re.compile(r"\b(?:person|samordnings?)\s?(?:nummer|numret|nr)\b|\bpersonnumm\w*", re.I)


def find_spoken_numbers(text: str) -> Iterator[Found]:
    """Runs of at least four number words, in a message that speaks of an identity number."""
    if _NAMED.search(text):
        for match in _SAID.finditer(text):
            yield Found(match.start(), match.end(), "personnummer")
