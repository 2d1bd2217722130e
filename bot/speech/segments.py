"""A text in its sentences: as written, so that each is found in what is shown, and as spoken."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from bot.speech.normalise import spoken_after
from bot.speech.sentences import sentences
from bot.speech.swedish import names_act as act_named

_ENDS = (".", "!", "?", ":")
_ACT = ("SoL", "ocialtjänstlag")
"""Where these stand, what is said depends on what was heard before (bot.speech.swedish)."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence as it is written and as it is said."""

    written: str
    spoken: str


def segments(
    text: str, language: str = "sv", slow: bool = False, *, own: bool = False
) -> tuple[Segment, ...]:
    """The sentences of a text, each with its spoken form; what holds no words is left out.

    ``own`` are the assistant's own words: most of them are said again and again, so their
    spoken forms are remembered. Nothing that a person wrote may be passed so.
    """
    return segments_of(sentences(text), language, slow, own=own)


def segments_of(
    written: Iterable[str], language: str = "sv", slow: bool = False, *, own: bool = False
) -> tuple[Segment, ...]:
    """Sentences that have been cut, in the order in which they are heard."""
    found, heard = [], ""
    for sentence in written:
        names_act = any(word in sentence for word in _ACT)
        if own:
            said = _remembered(sentence, language, slow, knows_act=names_act and act_named(heard))
        else:
            said = spoken_after(sentence, language, slow, heard)
        if names_act:
            heard = f"{heard} {sentence}"
        if any(c.isalpha() for c in said):
            found.append(Segment(sentence, said if said.endswith(_ENDS) else f"{said}."))
    return tuple(found)


@lru_cache(maxsize=4096)
def _remembered(sentence: str, language: str, slow: bool, knows_act: bool) -> str:
    """A sentence that may be said often: a reply's words took 3 ms anew, a fifth of the reply."""
    return spoken_after(sentence, language, slow, heard=_ACT[0] if knows_act else "")
