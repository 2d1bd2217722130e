"""The encoder's tokenizer: XLM-R's Unigram pieces, in plain Python.

It cuts exactly as Hugging Face's `tokenizers` does (a test compares the two), but that package
needs 280 MB for this vocabulary and a second to load; this takes 50 MB and a fifth of a second.
No piece spans two words, so the best cut is found word by word and common words are remembered.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

SPACE_MARK = "\u2581"  # stands for the space before a word
_REMOVED = [*range(0x01, 0x09), 0x0B, *range(0x0E, 0x20), 0x7F, 0x8F, 0x9F]
_SPACES = [0x09, 0x0A, 0x0C, 0x0D, 0x1680, *range(0x200B, 0x2010), 0x2028, 0x2029, 0x2581]
_SPACES += [0xFEFF, 0xFFFD]
# What the model's own normalising does beyond NFKC; NUL and lone surrogates can't be encoded.
_CLEANED: dict[int, str | None] = {
    0: None,
    **dict.fromkeys(_REMOVED),
    **dict.fromkeys(_SPACES, " "),
}
_SURROGATES = re.compile("[\ud800-\udfff]")
_UNKNOWN_PENALTY = 10.0  # below the rarest piece, as in `tokenizers`
_WORDS_REMEMBERED = 8192
_LONGEST_WORD = 200  # longer runs without a space are cut, so that no text takes quadratic time


class SpecialPieces(NamedTuple):
    """Numbers of the pieces that stand for no text."""

    begin: int
    end: int
    unknown: int


class UnigramTokenizer:
    """Cut a text into the pieces whose scores add up highest."""

    def __init__(self, pieces: list[str], scores: list[float], special: SpecialPieces) -> None:
        """Take the pieces in the order of their numbers."""
        # Special pieces score 0, all others less: a person who types "</s>" means these letters.
        self._numbers = {piece: number for number, piece in enumerate(pieces) if scores[number] < 0}
        self._scores = array("d", scores)  # compact, and faster to read one by one than numpy
        self._special = special
        self._unknown_score = min(scores) - _UNKNOWN_PENALTY
        self._longest = max(map(len, pieces))
        # A cache of its own for each tokenizer, safe to use from several threads.
        self._cut: Callable[[str], tuple[int, ...]] = lru_cache(_WORDS_REMEMBERED)(self._cut_word)

    @classmethod
    def from_files(cls, pieces: Path, scores: Path, special: SpecialPieces) -> UnigramTokenizer:
        """Open a vocabulary written by the build: one piece a line, and a table of scores."""
        lines = pieces.read_text(encoding="utf-8").split("\n")
        return cls(lines, np.load(scores).tolist(), special)

    def numbers(self, text: str, limit: int) -> list[int]:
        """The numbers of a text's pieces with begin and end, at most `limit` of them."""
        room = limit - 2
        found: list[int] = []
        for word in normalised(text).split(" "):
            for start in range(0, len(word), _LONGEST_WORD):
                part = word[start : start + _LONGEST_WORD]
                found.extend(self._cut(part if start else SPACE_MARK + part))
            if len(found) >= room:
                break
        return [self._special.begin, *found[:room], self._special.end]

    def _cut_word(self, word: str) -> tuple[int, ...]:
        """Viterbi: the best cut up to each letter, then back from the end."""
        length = len(word)
        best = [0.0] + [float("-inf")] * length
        back: list[tuple[int, int]] = [(0, 0)] * (length + 1)
        unknown = self._special.unknown
        for start in range(length):
            if best[start] + self._unknown_score > best[start + 1]:
                best[start + 1] = best[start] + self._unknown_score
                back[start + 1] = (start, unknown)
            for end in range(start + 1, min(start + self._longest, length) + 1):
                number = self._numbers.get(word[start:end])
                if number is not None:
                    score = best[start] + self._scores[number]
                    if score > best[end]:
                        best[end], back[end] = score, (start, number)
        cut: list[int] = []
        at = length
        while at > 0:
            at, number = back[at]
            if not (number == unknown and cut and cut[-1] == unknown):  # One for a whole run.
                cut.append(number)
        return tuple(reversed(cut))


def normalised(text: str) -> str:
    """NFKC, no control characters, single spaces, none at the ends."""
    text = _SURROGATES.sub(" ", text)
    text = unicodedata.normalize("NFKC", text.translate(_CLEANED)).translate(_CLEANED)
    return re.sub(" {2,}", " ", text).strip(" ")
