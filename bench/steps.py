"""(b) Where a reply's time goes, with the sentence encoder's own time as the floor."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

from api.app import create_app
from api.services.assistant import RasaAssistant
from api.settings import Settings
from bench.questions import questions, variant
from bench.running import REST, message
from bench.stats import spread
from bot.dialogue import trace
from bot.guard.intake import admit
from bot.understanding.encoder import shared_encoder

WITHIN = {"aloud": "action"}
"""Steps that run inside another: their time is in the other's too."""
FREE: dict[str, Any] = dict.fromkeys(("rate_client", "rate_conversation", "rate_rest"), "")


def measure(times: int) -> dict[str, Any]:
    """So many questions, each in five ways after one another."""
    return asyncio.run(_measure(times))


async def _measure(times: int) -> dict[str, Any]:
    from bench.speech import served

    ms: dict[str, list[float]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder), **FREE)
        assistant = RasaAssistant.load(settings)
        await assistant.warm_up()
        encoder = shared_encoder()
        async with served(create_app(settings, assistant)) as http:
            for number, (municipality, text) in enumerate(questions(times)):
                who = f"{municipality}--{{}}-{number}"
                metadata = {"municipality": municipality}
                # Nobody has said any of these before, but for the last one.
                plain, posted, traced = (variant(text, 4 * number + i) for i in (1, 2, 3))
                begun = time.perf_counter()
                encoder.encode([plain])
                ms["encoder"].append(_since(begun))
                begun = time.perf_counter()
                await assistant.reply(who.format("plain"), admit(plain), dict(metadata))
                ms["in process"].append(_since(begun))
                for way in ("over HTTP", "over HTTP, heard before"):
                    body = message(who.format(way[-1]), posted)
                    begun = time.perf_counter()
                    (await http.post(REST, json=body)).raise_for_status()
                    ms[way].append(_since(begun))
                with trace.recording() as record:
                    begun = time.perf_counter()
                    admitted = admit(traced)
                    record.steps["guard"] = _since(begun)
                    await assistant.reply(who.format("steps"), admitted, dict(metadata))
                    told = _since(begun)
                _note(ms, record.steps, told)
    return _figures(ms)


def _note(ms: dict[str, list[float]], steps: dict[str, float], whole: float) -> None:
    """Add one message's steps, and what no step accounts for."""
    ms["recorded"].append(whole)
    for name, spent in steps.items():
        ms[f"step {name}"].append(spent)
    accounted = sum(spent for name, spent in steps.items() if name not in WITHIN)
    ms["step rest"].append(whole - accounted)


def _figures(ms: dict[str, list[float]]) -> dict[str, Any]:
    """Spreads, the share of each step, and the ratios to the encoder message by message."""
    whole = statistics.median(ms["recorded"])
    steps = {k.removeprefix("step "): v for k, v in ms.items() if k.startswith("step ")}
    floor = ms["encoder"]
    return {
        "ms": {k: spread(v) for k, v in ms.items() if not k.startswith("step ")},
        "steps_ms": {k: spread(v) for k, v in steps.items()},
        "share": {k: statistics.median(v) / whole for k, v in steps.items()},
        "within": WITHIN,
        "times_the_encoder": {
            way: spread([a / b for a, b in zip(ms[way], floor, strict=True)])
            for way in ("in process", "over HTTP", "over HTTP, heard before")
        },
    }


def _since(begun: float) -> float:
    return (time.perf_counter() - begun) * 1000
