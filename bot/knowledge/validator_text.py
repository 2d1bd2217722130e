"""Texts made comparable for the validator: white space folded, sentences and words told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

Span = tuple[int, int]
"""Where something stands in a text: [start, end)."""

_SENTENCE_END: Final = re.compile(r"[.!?]+[\"”’)\]]*\s+(?=[\"”’(\[–]*\s*[A-ZÅÄÖÉ0-9])")
_ABBREVIATION: Final = re.compile(
    r"\b(?:(?i:t\.\s?ex|bl\.\s?a|m\.\s?m|o\.\s?s\.\s?v|d\.\s?v\.\s?s|kl|ca|nr|st|tel|e\.g|i\.e)"
    r"|[A-ZÅÄÖ])\.\s+$"
)
_CORE: Final = re.compile(r"\w+(?:[^\w\s]+\w+)*")


def squeeze(text: str) -> str:
    """The text with every stretch of white space, line breaks too, written as one blank."""
    return " ".join(text.split())


def sentence_spans(text: str) -> Iterator[Span]:
    """Where each sentence of a text stands; ``t.ex.`` and ``08.30`` end none."""
    start = 0
    for end in _SENTENCE_END.finditer(text):
        if _ABBREVIATION.search(text[start : end.end()]):
            continue
        yield start, end.start() + len(end.group().rstrip())
        start = end.end()
    if text[start:].strip():
        yield start, len(text.rstrip())


def sentences(text: str) -> list[str]:
    """The sentences of a text."""
    folded = squeeze(text)
    return [folded[start:end] for start, end in sentence_spans(folded)]


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
    before = r"(?<!\w)" if quote[0].isalnum() else ""
    after = r"(?!\w)" if quote[-1].isalnum() else ""
    return [m.span() for m in re.finditer(before + re.escape(quote) + after, text)]


def stands_in(part: str, whole: str) -> bool:
    """Whether the words of a part follow each other in the whole; only punctuation may differ."""
    wanted, there = words(part), words(whole)
    return any(there[at : at + len(wanted)] == wanted for at in range(len(there) - len(wanted) + 1))
