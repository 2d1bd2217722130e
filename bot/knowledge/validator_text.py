"""Texts made comparable for the validator: white space folded, sentences and words told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

Span = tuple[int, int]
"""Where something stands in a text: [start, end)."""

_SENTENCE_END: Final = re.compile(r"[.!?]+[\"”’)\]]*\s+(?=[\"”’(\[–]*\s*[A-ZÅÄÖÉ0-9])")
_ABBREVIATION: Final = re.compile(
    r"\b(?:(?i:t\.\s?ex|bl\.\s?a|m\.\s?m|o\.\s?s\.\s?v|d\.\s?v\.\s?s|kl|ca|nr|st|tel|e\.g|i\.e)"
    r"|[A-ZÅÄÖ])\.\s+$"
)
_LONGEST: Final = 8
"""No abbreviation is longer, ``o. s. v`` with the blank before it."""

_CORE: Final = re.compile(r"\w+(?:[^\w\s]+\w+)*")


def squeeze(text: str) -> str:
    """The text with every stretch of white space, line breaks too, written as one blank."""
    return " ".join(text.split())


def sentence_spans(text: str) -> Iterator[Span]:
    """Where each sentence of a text stands; ``t.ex.`` and ``08.30`` end none."""
    start = 0
    for end in _SENTENCE_END.finditer(text):
        # Just before the full stop, if anywhere: the whole sentence need not be searched.
        if _ABBREVIATION.search(text, max(start, end.start() - _LONGEST), end.end()):
            continue
        yield start, end.start() + len(end.group().rstrip())
        start = end.end()
    if text[start:].strip():
        yield start, len(text.rstrip())


def sentences(text: str) -> list[str]:
    """The sentences of a text."""
    return list(_sentences(squeeze(text)))


@lru_cache(maxsize=64)
def _sentences(squeezed: str) -> tuple[str, ...]:
    """Kept for a moment: several checks after each other ask for those of the same text."""
    return tuple(squeezed[start:end] for start, end in sentence_spans(squeezed))


def word_spans(text: str) -> list[Span]:
    """Where each word stands, without the punctuation around it."""
    return [m.span() for m in _CORE.finditer(text)]


def words(text: str) -> list[str]:
    """The words of a text as written, without the punctuation around them."""
    return _CORE.findall(text)


def find_quote(quote: str, text: str) -> list[Span]:
    """Where a quote stands in a text, both squeezed; never one that begins or ends inside a word.

    ``0 timmar`` is no quote of "10 timmar", nor is ``kontaktperson`` one of "kontaktpersoner".
    """
    if not quote:
        return []
    # No regular expression: compiling one for each quote takes longer than all the searching.
    spans, at = [], text.find(quote)
    while at >= 0:
        end = at + len(quote)
        whole = not (
            (quote[0].isalnum() and at and _is_word(text[at - 1]))
            or (quote[-1].isalnum() and end < len(text) and _is_word(text[end]))
        )
        if whole:
            spans.append((at, end))
        at = text.find(quote, end if whole else at + 1)
    return spans


def _is_word(character: str) -> bool:
    """What a regular expression means by ``\\w``."""
    return character.isalnum() or character == "_"


def stands_in(part: str, whole: str) -> bool:
    """Whether the words of a part follow each other in the whole; only punctuation may differ."""
    wanted, there = words(part), words(whole)
    length = len(wanted)
    # What begins otherwise is not even cut out.
    starts = (at for at in range(len(there) - length + 1) if not wanted or there[at] == wanted[0])
    return any(there[at : at + length] == wanted for at in starts)
