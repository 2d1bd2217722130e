"""Find which of many names stand in a text, without trying each of them on it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_WORD: Final = re.compile(r"\w+")


class Names:
    """Names by the word that they begin with: a text's own words lead to the few it may hold."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_word: dict[str, list[str]] = {}
        self._patterns: dict[str, re.Pattern[str]] = {}
        for name in dict.fromkeys(names):
            first = _WORD.match(name)
            self._by_word.setdefault(first.group() if first else "", []).append(name)
        self.compared = 0
        """How many names were held against a text: it grows with the texts, not with the names."""

    def within(self, text: str) -> list[str]:
        """The names that stand in a text as words of their own, as written or in the genitive."""
        starts = {word for found in _WORD.findall(text) for word in (found, found[:-1])}
        # What begins with no word is in no text's words: there are hardly any such names.
        likely = [n for word in sorted({*starts, ""}) for n in self._by_word.get(word, ())]
        self.compared += len(likely)
        return [name for name in likely if self._pattern(name).search(text)]

    def _pattern(self, name: str) -> re.Pattern[str]:
        if name not in self._patterns:
            self._patterns[name] = re.compile(rf"(?<!\w){re.escape(name)}s?(?!\w)")
        return self._patterns[name]
