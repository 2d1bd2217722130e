"""One message, several sentences: where the questions are.

People tell a long story with one question inside, or ask two things at once. A message is
cut into clauses that can be understood on their own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\n+")
_QUESTION_START = (
    "vad|va|hur|när|nar|var|vart|vem|vilka|vilken|vilket|varför|varfor|kan|får|far|finns|kostar|"
    "måste|maste|ska|har|är|ar|går|gar|behöver|behover|vill|gäller|galler|tar|ingår|ingar|"
    "what|how|when|where|who|which|can|do|does|is|are"
)
_STARTS_AS_QUESTION = re.compile(
    rf"^(?:(?:hej|hejsan|hallå|och|men|så|sen|eller|ja|jo|eh|öh|samt|två saker|fråga)\W+)*"
    rf"(?:(?:på|i|till|från|för|av|med)\s+)?(?:{_QUESTION_START})\b",
    re.IGNORECASE,
)
_WH = (
    r"(?:vad|va|hur|när|nar|var|vart|vem|vilka|vilken|vilket|varför|varfor|what|how|when|where|who)"
)
_JOINED = re.compile(
    rf"\s*(?:,|;|\s-)?\s+(?:och|samt|å|o|and|plus|sen|dessutom)\s+(?:också\s+)?"
    rf"(?=(?:(?:på|i|till|från|för|av|med)\s+)?{_WH}\b|(?:kostar|finns|kan|får|går|måste)\s)",
    re.IGNORECASE,
)
_COLON_LEAD = re.compile(r"^\W*(?:hej\W+)?(?:två|tre|några|2|3)\s+(?:saker|frågor|grejer)\W+", re.I)

_DENIED = re.compile(
    r"(?:\b(?:jag|vi)\s+)?\b(?:vill|ska|tänker)\s+(?:inte|ej|int)\s+[^,.;!?]+[,.;!]\s*(?:utan\s+|men\s+)?"
    r"(?=[^?]*\b(?:vill|söker|behöver|undrar|ska|ha|få|bli)\b)",
    re.IGNORECASE,
)

LONG_MESSAGE = 40
"""From so many words on, a message is a story and its questions count for more."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A clause of a message and whether it is a question."""

    text: str
    is_question: bool


def is_question(text: str) -> bool:
    """Whether a clause asks: a question mark, or a word that questions begin with."""
    return text.rstrip().endswith("?") or _STARTS_AS_QUESTION.match(text.strip()) is not None


def without_denied(text: str) -> str:
    """``jag vill inte bli X, jag vill ha en`` -> ``jag vill ha en``: the denied is not asked."""
    kept = _DENIED.sub("", text)
    return kept if re.search(r"\w", kept) else text


def split(text: str) -> tuple[Segment, ...]:
    """Cut a message into its clauses, in order; never empty for a text that has a word."""
    text = _COLON_LEAD.sub("", text.strip())
    segments: list[Segment] = []
    for sentence in _SENTENCE_END.split(text):
        for clause in _clauses(sentence.strip()):
            if re.search(r"\w", clause):
                segments.append(Segment(clause, is_question(clause)))
    return tuple(segments)


def _clauses(sentence: str) -> list[str]:
    """Cut a sentence where a second question is joined by a conjunction."""
    parts = [p.strip(" ,;") for p in _JOINED.split(sentence)]
    if len(parts) < 2 or not is_question(parts[0]):
        return [sentence]
    asks = sentence.rstrip().endswith("?")
    return [p if p.endswith("?") or not asks else p + "?" for p in parts if p]
