"""Written text to spoken text: what is sent to an engine holds no digit and no symbol.

Engines misread what is written for the eye (espeak-ng says ``åttahundra noll noll`` for 0247-800 00
and loses the ``till`` of every range), and SSML drops words in one and is unknown to another. So
everything becomes words and punctuation before any engine sees it. Pure functions: nothing that
anybody wrote is remembered.
"""

from __future__ import annotations

from typing import Final

from bot.speech import english, swedish
from bot.speech.addresses import say_addresses, say_places
from bot.speech.cleaning import bare, prepared
from bot.speech.phones import say_phones
from bot.speech.placeholders import say_placeholders
from bot.speech.sentences import sentences

__all__ = ["sentences", "spoken", "spoken_after"]

_MOST_ROUNDS: Final = 4


def spoken(text: str, language: str = "sv", slow: bool = False) -> str:
    """The text as it is said; ``language`` is ``en`` for English, all else is read as Swedish.

    ``slow`` gives telephone numbers digit by digit, twice.
    """
    return spoken_after(text, language, slow, heard="")


def spoken_after(text: str, language: str, slow: bool, heard: str) -> str:
    """The text as it is said to somebody who has heard what stood before it."""
    tongue = "en" if language == "en" else "sv"
    rules = english if tongue == "en" else swedish
    text = prepared(text)
    text = say_placeholders(text, tongue)
    text = say_addresses(text, tongue)
    if any("0" <= c <= "9" for c in text):
        text = say_phones(text, tongue, slow)
        text = say_places(text, tongue)
    text = rules.worded(text)
    # Without its signs a text can show an abbreviation that they had hidden: until nothing changes.
    said = ""
    for _ in range(_MOST_ROUNDS):
        if tongue == "sv":
            text = swedish.say_act(text, swedish.names_act(heard))
        again = bare(rules.say_letters(text), rules.SIGNS, rules.TO, rules.OR)
        if again == said:
            break
        said, text = again, rules.worded(again)
    return said
