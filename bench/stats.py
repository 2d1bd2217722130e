"""What is told of repeated measurements."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from typing import TypedDict


class Spread(TypedDict):
    """The middle of some values, and how far they lie apart."""

    median: float
    lowest: float
    nine_of_ten: float
    highest: float
    count: int


def spread(values: Sequence[float]) -> Spread:
    """Median, range and the value that nine of ten stay within; ValueError for no values."""
    if not values:
        raise ValueError("nothing was measured")
    ordered = sorted(values)
    return Spread(
        median=statistics.median(ordered),
        lowest=ordered[0],
        nine_of_ten=ordered[max(0, -(-len(ordered) * 9 // 10) - 1)],
        highest=ordered[-1],
        count=len(ordered),
    )
