"""The figures as the page shows them: charts, bars and sentences with numbers in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from api.numbers.charts import columns, shares
from api.numbers.periods import CHOICES
from api.numbers.summary import Figure, Summary

PERIODS = [(str(days), "Ett år" if days == 365 else f"{days} dagar") for days in CHOICES]
_ANSWERED = ("replies.answer", "replies.passage")


@dataclass(frozen=True, slots=True)
class Bar:
    """A line of a table, with the length of its bar in hundredths."""

    title: str
    told: str
    length: float


def page_values(summary: Summary) -> dict[str, Any]:
    """What the template shows."""
    closed, known = summary.when_closed
    return {
        "summary": summary,
        "periods": PERIODS,
        "volume": columns([(span.title, [(n, "all")]) for span, n in summary.volume]),
        "hours": columns(
            [
                (f"{h.hour:02}", [(h.open, "open"), (h.closed, "closed"), (h.unknown, "all")])
                for h in summary.hours
            ]
        ),
        "has_phone": known > 0,
        "closed": closed,
        "closed_share": percent(closed, known),
        "known": known,
        "answered_share": _answered(summary),
        "groups": [
            ("Så svarade assistenten", "Svar", _bars(summary.kinds)),
            ("Det här handlade frågorna om", "Tjänst", _bars(summary.services)),
            ("Språk", "Språk", _bars(summary.languages)),
            ("Här ställdes frågorna", "Kanal", _bars(summary.channels)),
        ],
        "person": _bars(summary.person),
        "waited": _bars(summary.waited),
        "longest": summary.waits and minutes(summary.waits.longest),
        "median": summary.waits and minutes(summary.waits.median),
    }


def percent(part: int, whole: int) -> str:
    """``34 %``; nothing of nothing is a dash."""
    return f"{round(100 * part / whole)}\N{NO-BREAK SPACE}%" if whole else "–"


def minutes(seconds: int) -> str:
    """``4 min 10 s``."""
    whole, rest = divmod(seconds, 60)
    return f"{whole} min {rest} s" if whole else f"{rest} s"


def _answered(summary: Summary) -> str:
    """Of what asked for an answer, how much got one; greetings ask for none."""
    asked = (*_ANSWERED, "replies.clarify", "replies.not_defined", "replies.out_of_scope")
    return percent(sum(map(summary.total, _ANSWERED)), sum(map(summary.total, asked)))


def _bars(figures: Sequence[Figure]) -> list[Bar]:
    """Those that are more than none; a hidden figure has no length either."""
    shown = [f for f in figures if f.value > 0]
    lengths = shares([0 if f.hidden else f.value for f in shown])
    return [Bar(f.title, f.told, length) for f, length in zip(shown, lengths, strict=True)]
