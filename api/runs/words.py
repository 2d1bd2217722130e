"""What a run is called, in words for people, and what they may choose."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from api.runs.folder import State
from bot.guard.intake import admit
from bot.testing.results import PARTS as KNOWN_PARTS
from bot.testing.results import Part

PARTS: Final[dict[Part, tuple[str, str]]] = {
    "dialogues": ("Samtal", "Hela samtal med väntade svar. Tar ungefär en minut."),
    "suites": ("Frågesviter", "Många sätt att ställa samma frågor. Tar ungefär en minut."),
    "nlu": ("Igenkänning", "Hur väl frågor känns igen, med bilder. Tar ungefär en minut."),
}

STATES: Final = {
    "running": "pågår",
    "done": "klar",
    "stopped": "stoppad",
    "failed": "gick inte att köra",
    "broken": "avbruten",
}

NOT_HERE: Final = (
    "Proven finns inte på den här servern. De ligger i projektets egen mapp och körs där, "
    "eller i en arbetskopia av projektet."
)

_MOST_WORDS, _LONGEST, _LONGEST_TEXT = 10, 60, 1000


def chosen_parts(names: Iterable[object]) -> tuple[Part, ...]:
    """The parts that were ticked."""
    asked = set(names)
    return tuple(part for part in KNOWN_PARTS if part in asked)


def words_of(text: str) -> tuple[str, ...]:
    """The words that a test's name may hold, as they were typed; none that looks like an option.

    They are kept with the run, so what could be a personal number is masked.
    """
    words = (word.strip("-,;") for word in admit(text[:_LONGEST_TEXT]).text.split())
    return tuple(word[:_LONGEST] for word in words if word)[:_MOST_WORDS]


def told_of(state: State) -> str:
    """How far a run has come, in a sentence or two."""
    bad = f"{state.bad} fel" if state.bad else "inga fel"
    if state.state == "running":
        doing = state.doing or "Startar"
        return (
            f"{doing}. {state.done} av {state.total} prov, {bad}." if state.total else f"{doing}."
        )
    if state.state == "done":
        return "Klar. Allt gick som väntat." if state.good else "Klar. Något gick inte som väntat."
    if state.state == "stopped":
        return f"Körningen stoppades efter {state.done} av {state.total} prov."
    if state.state == "broken":
        return (
            f"Körningen avbröts efter {state.done} av {state.total} prov, till exempel för att "
            "servern startades om. Starta en ny."
        )
    return "Körningen gick inte att genomföra."
