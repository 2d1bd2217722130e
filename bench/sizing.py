"""How many processes a number of inhabitants needs: `python -m bench.sizing` (docs/sizing.md).

Measured is only how many replies a second one process gives. All else is assumed, and an operator
who knows better says so.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from api.settings import ROOT
from api.storage.advisory import CONNECTIONS
from bench.report import table

RESULTS: Final = ROOT / "var" / "bench" / "bench.json"
PLACES: Final = {
    "a small municipality": 13_000,
    "a city": 130_000,
    "all 290 municipalities": 10_600_000,
}
SECONDS_IN_AN_HOUR: Final = 3600
OTHER_CONNECTIONS: Final = 40


@dataclass(frozen=True, slots=True)
class Assumed:
    """What is believed of people. Every figure is an option of the command."""

    contacts: float = 0.5
    """Conversations with the assistant of an inhabitant in a year."""

    busiest_hour: float = 0.002
    """The share of a year's conversations that begin in its busiest hour."""

    messages: float = 4.0
    """Messages of a citizen in a conversation."""

    burst: float = 3.0
    """The busiest ten seconds of that hour, as times its mean."""

    load: float = 0.5
    """The share of a process's time that is used at most: above it people wait for each other."""


@dataclass(frozen=True, slots=True)
class Need:
    """What a place needs."""

    inhabitants: int
    messages_a_second: float
    processes: int

    @property
    def megabytes(self) -> int:
        """Memory, at the design's limit of 700 MB a process."""
        return self.processes * 700

    @property
    def connections(self) -> int:
        """Connections to PostgreSQL, at most."""
        return self.processes * (OTHER_CONNECTIONS + CONNECTIONS)


def need(inhabitants: int, replies_a_second: float, assumed: Assumed) -> Need:
    """What so many people need, where one process gives so many replies a second."""
    conversations = inhabitants * assumed.contacts * assumed.busiest_hour
    messages = conversations * assumed.messages / SECONDS_IN_AN_HOUR * assumed.burst
    busy = math.ceil(messages / (replies_a_second * assumed.load))
    # One more than are busy: any one may be killed, or be renewed, at the worst moment.
    return Need(inhabitants, messages, max(busy, 1) + 1)


def measured(results: Mapping[str, Any]) -> float:
    """Replies a second of one process, from `make bench`; raise KeyError where it has none.

    The lowest of the levels of concurrency: what is promised holds at each of them.
    """
    levels = results["replies"]["levels"].values()
    return min(float(level["ours"]["replies_a_second"]["median"]) for level in levels)


def report(replies_a_second: float, assumed: Assumed, places: Mapping[str, int]) -> list[str]:
    """The table of docs/sizing.md."""
    rows = [
        (
            name,
            f"{inhabitants:,}".replace(",", " "),
            f"{found.messages_a_second:.1f}",
            str(found.processes),
            f"{found.megabytes / 1000:.1f} GB",
            str(found.connections),
        )
        for name, inhabitants in places.items()
        for found in [need(inhabitants, replies_a_second, assumed)]
    ]
    head = ("", "inhabitants", "messages/s", "processes", "memory", "connections at most")
    return table(head, rows)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.sizing", description=__doc__)
    parser.add_argument("--replies", type=_positive, help="replies/s of a process, as measured")
    parser.add_argument("--inhabitants", type=int, help="only this many")
    parser.add_argument("--results", type=Path, default=RESULTS, help="of `make bench`")
    for name, value in asdict(Assumed()).items():
        option = f"--{name.replace('_', '-')}"
        parser.add_argument(option, type=_positive, default=value, help=f"assumed: {value:g}")
    chosen = parser.parse_args(arguments)
    replies = chosen.replies
    if replies is None:
        try:
            replies = measured(json.loads(chosen.results.read_text(encoding="utf-8")))
        except (OSError, ValueError, KeyError):
            print("Error: nothing is measured: run `make bench`, or say --replies", file=sys.stderr)
            return 1
    assumed = Assumed(**{name: getattr(chosen, name) for name in asdict(Assumed())})
    places = {"": chosen.inhabitants} if chosen.inhabitants else PLACES
    print(f"{replies:g} replies a second of one process; assumed: {assumed}", file=sys.stderr)
    print("\n".join(report(replies, assumed, places)))
    return 0


def _positive(text: str) -> float:
    value = float(text)
    if not value > 0 or math.isinf(value):
        raise argparse.ArgumentTypeError("more than 0")
    return value


if __name__ == "__main__":
    sys.exit(main())
