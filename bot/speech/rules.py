"""What a rule of normalisation is: a pattern, and what its match is said as."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

DASH: Final = r" ?[–—-] ?"
"""What stands between two ends of a range; all kinds of dashes are among these by then."""


@dataclass(frozen=True)
class Rule:
    """A pattern, matched whatever the case, and the words for its match."""

    pattern: str
    say: Callable[[re.Match[str]], str]

    def apply(self, text: str) -> str:
        """The text with every match in words."""
        return compiled(self.pattern).sub(self.say, text)


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern, whatever the case of the text. There are as many as there are rules."""
    return re.compile(pattern, re.IGNORECASE | re.MULTILINE)


NAMES: Final = Rule(
    r"\b(?-i:([A-ZÅÄÖ][a-zåäö]{2,20})/(?=[A-ZÅÄÖ][a-zåäö]{2}))", lambda m: f"{m[1]}, "
)
"""Two names with a slash between them (Grängesberg/Sunnansjö) are a list and no choice."""


def apply_all(rules: Iterable[Rule], text: str) -> str:
    """The text after each rule in turn: words that one has made hold nothing for the others."""
    for rule in rules:
        text = rule.apply(text)
    return text


def preceded_by(match: re.Match[str], words: str) -> bool:
    """Whether a match follows one of the words (a pattern of a few words at most)."""
    before = match.string[max(0, match.start() - 60) : match.start()]
    return compiled(rf"(?:^|[^\w])(?:{words})\s*$|(?:{words})$").search(before) is not None
