"""What two models make differently of one message, in Swedish sentences for editors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from api.console.records import Played
from bot.dialogue.trace_words import BANDS

_KINDS = {
    "answer": "ett svar",
    "clarify": "en motfråga",
    "passage": "ett stycke ur en sida",
    "not_defined": "beskedet att det inte står på sidorna",
    "out_of_scope": "beskedet att frågan är om något annat",
    "crisis": "kriskortet",
    "handoff": "vägar till en människa",
    "notice": "ett besked",
    "smalltalk": "ett kort, vänligt svar",
}
_CLOSE = 0.05
"""Two shares that are nearer than this are told as the same."""


def differences(first: Played, second: Played) -> Iterator[str]:
    """Nothing when the two say the same, as surely, for the same reason."""
    ours, theirs = _custom(first), _custom(second)
    if ours.get("kind") != theirs.get("kind"):
        yield f"Den ena ger {_kind(ours)}, den andra {_kind(theirs)}."
    if ours.get("answer") != theirs.get("answer"):
        yield "Svaren kommer från olika ställen i innehållet."
    if _text(first) != _text(second):
        yield "Svaren har olika text."
    if _buttons(first) != _buttons(second):
        yield "Förslagen under svaret är olika."
    yield from _differently_read(first.trace or {}, second.trace or {})


def _differently_read(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> Iterator[str]:
    mine, other = _best(ours), _best(theirs)
    if ours.get("band") is None or theirs.get("band") is None or not mine or not other:
        if ours.get("band") != theirs.get("band"):
            yield "Bara den ena läste frågan: den andra svarade direkt."
        return
    if mine["topic"] != other["topic"]:
        yield f"Frågan läses som ”{mine['title']}”, av den andra som ”{other['title']}”."
    elif abs(mine["weight"] - other["weight"]) >= _CLOSE:
        yield (
            f"Samma läsning, men olika säkert: {_percent(mine['weight'])} "
            f"mot {_percent(other['weight'])}."
        )
    if ours["band"] != theirs["band"]:
        yield f"Den ena är {BANDS[ours['band']]}, den andra {BANDS[theirs['band']]}."
    if ours["language"]["code"] != theirs["language"]["code"]:
        yield "Språket uppfattas olika."


def _best(trace: Mapping[str, Any]) -> Mapping[str, Any] | None:
    readings = trace.get("readings") or ()
    return readings[0] if readings else None


def _custom(played: Played) -> Mapping[str, Any]:
    return next((r["custom"] for r in played.replies if r.get("custom")), {})


def _kind(custom: Mapping[str, Any]) -> str:
    return _KINDS.get(str(custom.get("kind")), "något annat")


def _text(played: Played) -> str:
    return "\n".join(str(r.get("text") or "") for r in played.replies)


def _buttons(played: Played) -> list[str]:
    return [b["title"] for r in played.replies for b in r.get("buttons") or ()]


def _percent(share: float) -> str:
    return f"{share * 100:.0f} %"
