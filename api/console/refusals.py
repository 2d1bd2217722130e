"""What the test console refuses, in Swedish for who sits at it and English for programs."""

from __future__ import annotations

from api.console.records import MOST_TURNS
from api.errors import ApiError


def unknown_moment() -> ApiError:
    """What was written is no moment."""
    return ApiError(
        422,
        "unknown_moment",
        "Jag förstår inte vilken tid det är. Skriv till exempel torsdag 09.45, julafton eller "
        "2026-12-24 10:00.",
        "moment",
        english="That is no moment. Write 2026-12-24 10:00.",
    )


def too_many_turns() -> ApiError:
    """The conversation is too long to be played."""
    return ApiError(
        422,
        "too_many_turns",
        f"Samtalet har för många repliker. Högst {MOST_TURNS} går att spela.",
        "turns",
        english=f"At most {MOST_TURNS} turns can be played.",
    )


def too_slow(seconds: int) -> ApiError:
    """It took too long."""
    return ApiError(
        503,
        "play_too_slow",
        f"Det tog mer än {seconds} sekunder att spela samtalet. Försök igen om en stund.",
        english=f"Playing it took more than {seconds} seconds.",
        retry_after=30,
    )


def unknown_model() -> ApiError:
    """There is no such model."""
    return ApiError(
        404,
        "unknown_model",
        "Den modellen finns inte längre. Välj en annan.",
        "model",
        english="There is no such model.",
    )


def broken_model() -> ApiError:
    """It can't be loaded."""
    return ApiError(
        409,
        "broken_model",
        "Den modellen går inte att läsa in. Den kan vara gjord för en annan version.",
        "model",
        english="That model can't be loaded.",
    )


def compare_busy() -> ApiError:
    """Somebody else compares: two models at a time are what the memory has room for."""
    return ApiError(
        409,
        "compare_busy",
        "Någon annan jämför modeller just nu. Försök igen om en liten stund.",
        english="Somebody else compares models right now.",
        retry_after=15,
    )
