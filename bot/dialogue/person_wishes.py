"""Wishes for a person that are plain in the words alone: to chat, to be called, to talk to one.

Said outright, they are not left to the classifier: a person is what everybody must be able to get.
The patterns stand in content/common/wishes.yml, for every language that is understood.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Literal

from bot.knowledge.files import CONTENT_DIR, read_yaml
from bot.knowledge.loader import load_knowledge
from bot.understanding.text import folded_words

Way = Literal["chat", "callback"]

_FEW_WORDS = 14
"""A question whom to turn to is short; a longer message says what it wants by itself."""


def wished_way(text: str) -> Way | None:
    """The way to a person that a message asks for outright, by a button or in own words."""
    said = " ".join(folded_words(text))
    by_button = _buttons().get(said)
    if by_button is not None or _says("not_a_wish", said):
        return by_button
    if _says("callback", said):
        return "callback"
    return "chat" if _says("chat", said) else None


def only_asks(text: str) -> bool:
    """``kan man chatta``: whether there is such a way, not that one wants to go it now."""
    return _says("only_asks", " ".join(folded_words(text)))


def wants_person(text: str) -> bool:
    """Whether somebody to talk to is asked for in so many words."""
    return _says("person", " ".join(folded_words(text)))


def asks_whom(text: str) -> bool:
    """``vem ringer jag``: said right after a crisis card, it means who helps."""
    said = folded_words(text)
    return len(said) <= _FEW_WORDS and _says("whom", " ".join(said))


def _says(wish: str, said: str) -> bool:
    return _patterns()[wish].search(said) is not None


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    """One pattern for each wish, of all languages: what is meant does not hang on a guess."""
    data = read_yaml(CONTENT_DIR / "common" / "wishes.yml")
    return {
        wish: re.compile("|".join(p for patterns in languages.values() for p in patterns))
        for wish, languages in data.items()
    }


@cache
def _buttons() -> Mapping[str, Way]:
    """The titles of the buttons, in every language they have."""
    texts = load_knowledge().texts
    ways: tuple[Way, ...] = ("chat", "callback")
    return {
        " ".join(folded_words(title)): way
        for way in ways
        for title in texts[f"button_{way}"].values()
    }
