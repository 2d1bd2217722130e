"""What the counters say of a municipality. All functions block: call them in a thread."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from api.storage import counting
from api.storage.store import Store

ANSWER = "answer."
FEEDBACK = "feedback."


@dataclass(frozen=True, slots=True)
class Counts:
    """How often an answer was given, and how often citizens said that it helped or did not."""

    asked: int = 0
    yes: int = 0
    no: int = 0


def answer_counts(store: Store, municipality: str, since: dt.date) -> Mapping[str, Counts]:
    """Counts of the municipality's own answers by their ids, wherever they were asked for."""
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    own = (f"{ANSWER}{municipality}.", f"{FEEDBACK}{municipality}.")
    with store.desk.connect() as connection:
        counted = counting.totals(connection, since, own)
    for name, value in counted:
        kind, _, rest = name.partition(".")
        if kind == "answer":
            found[rest][0] += value
        else:
            answer, _, verdict = rest.rpartition(".")
            found[answer][1 if verdict == "helped" else 2] += value
    return {answer: Counts(*values) for answer, values in found.items()}
