"""Which sentences of a message are heard, and which of them may be kept as sound."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from api.callbacks.receipts import RECEIPT
from api.callbacks.replies import is_to_fill
from api.storage.records import Conversation, Message
from bot.dialogue.wording import text_language
from bot.knowledge.interface import load_interface
from bot.knowledge.records import Contact
from bot.speech.segments import Segment, segments

LONGEST: Final = 600
"""Characters. Somebody waits for a longer one, and an engine holds up all others with it."""

_COMMA: Final = re.compile(r"(?<=[,;:])\s+")
_WORD: Final = re.compile(r"[^\W\d_]")


def language_of(message: Message, conversation: Conversation) -> str:
    """The language that a message is read in."""
    told = _custom(message).get("language") or conversation.language
    return text_language(str(told or "sv"))


def heard(message: Message, language: str, *, slow: bool = False) -> list[Segment]:
    """The sentences of a message, each as it is written and as it is said."""
    aloud = _custom(message).get("aloud")
    return in_sentences(aloud if isinstance(aloud, list) else [message.text], language, slow=slow)


def in_sentences(texts: list[Any], language: str, *, slow: bool = False) -> list[Segment]:
    """Texts in their sentences, none too long and none without words."""
    found = []
    # All of them at once: what an abbreviation stands for is told where it comes first.
    for segment in segments("\n".join(map(str, texts)), language, slow):
        parts = _pieces(segment.written) if len(segment.written) > LONGEST else []
        found += [s for part in parts for s in segments(part, language, slow)] or [segment]
    return [segment for segment in found if _WORD.search(segment.spoken)]


def contact_text(contact: Contact, language: str) -> str:
    """A contact's phone number as a sentence."""
    said = load_interface().label
    return said("speech_number", language, title=contact.name, number=contact.phone)


def spoken_text(message: Message, language: str) -> str:
    """The whole of it as it is said, for a browser's own voice."""
    told = _custom(message).get("spoken")
    if told and not is_to_fill(message.body):
        return str(told)
    return " ".join(segment.spoken for segment in heard(message, language))


def may_be_kept(message: Message) -> bool:
    """Whether its sound may lie on disk: not what a person wrote or what is about somebody."""
    if message.sender != "assistant" or is_to_fill(message.body):
        return False
    custom = _custom(message)
    everything = f"{message.text} {custom.get('aloud')} {custom.get('spoken')}"
    return "callback" not in custom and "[[" not in everything and not RECEIPT.search(everything)


def _custom(message: Message) -> Mapping[str, Any]:
    return (message.body or {}).get("custom") or {}


def _pieces(text: str) -> list[str]:
    """A sentence in parts that end with a comma, where it has some, else with a word."""
    pieces = [""]
    for clause in _COMMA.split(text):
        for word in [clause] if len(clause) <= LONGEST else clause.split():
            for bit in (word[i : i + LONGEST] for i in range(0, len(word), LONGEST)):
                if len(pieces[-1]) + 1 + len(bit) > LONGEST:
                    pieces.append("")
                pieces[-1] = f"{pieces[-1]} {bit}".strip()
    return pieces
