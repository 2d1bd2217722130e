"""(e) From the touch to the first sound: bench.speech, as a part of the whole."""

from __future__ import annotations

import asyncio
from typing import Any

from bench.speech import engine_alone, measured
from bench.stats import spread


def measure(times: int) -> dict[str, Any]:
    """Milliseconds of each kind, so many times each."""
    found = {**asyncio.run(measured(times)), "engine": engine_alone(times)}
    return {"ms": {kind: spread(values) for kind, values in found.items()}}
