"""Cut a message into words that the crisis check can compare.

Lower case, one alphabet of letters, apostrophes gone, drawn-out letters shortened. Diacritics are
kept where the writer gave them: ``får`` must not be taken for ``far``, while ``slar`` may be
``slår``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

MAX_CHARS = 4000
"""Longer messages are judged by their beginning and their end, so that time stays bounded."""

_WORD = re.compile(r"[^\W_]+|[.!?;\n…]+|,")
_DRAWN_OUT = re.compile(r"([^\W\d_])\1{2,}")
_DROPPED = dict.fromkeys(map(ord, "'’`´ʼ\u200b\u200c\u200d\u2060\ufeff\u00ad*"))
_LETTERS = str.maketrans({"ø": "ö", "æ": "ä", "ß": "s", "ё": "е", "ي": "ی", "ك": "ک", "ى": "ی"})
_LATIN_MARKS = {"\u0300", "\u0301", "\u0302", "\u0303", "\u0307", "\u0308", "\u030a", "\u0328"}


@dataclass(frozen=True, slots=True)
class Word:
    """One word, the sentence it stands in, and whether a comma stands before it."""

    text: str
    sentence: int
    after_comma: bool


@lru_cache(maxsize=20_000)
def strip_marks(word: str) -> str:
    """Take away dots, rings and accents of Latin letters: ``självmord`` becomes ``sjalvmord``."""
    if word.isascii():
        return word
    parts = unicodedata.normalize("NFD", word)
    return unicodedata.normalize("NFC", "".join(c for c in parts if c not in _LATIN_MARKS))


def fold(text: str) -> str:
    """Write text in the one form in which words and patterns are compared."""
    text = unicodedata.normalize("NFKC", text).translate(_DROPPED).lower().translate(_LETTERS)
    if not text.isascii():
        text = "".join(c for c in text if unicodedata.category(c) != "Mn")
    return _DRAWN_OUT.sub(r"\1", text)


def cut(text: str, short_forms: Mapping[str, str]) -> list[Word]:
    """Split a message into words; ``short_forms`` turns ``mej`` into ``mig`` and so on."""
    if len(text) > MAX_CHARS:
        text = f"{text[: MAX_CHARS // 2]} . {text[-MAX_CHARS // 2 :]}"
    words: list[Word] = []
    sentence, comma = 0, False
    for part in _WORD.findall(fold(text)):
        if part == ",":
            comma = True
        elif not part[0].isalnum():
            sentence += 1
        else:
            for piece in short_forms.get(part, part).split():
                words.append(Word(piece, sentence, comma))
                comma = False
    return words
