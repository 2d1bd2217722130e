"""From the touch to the first sound, over HTTP, beside what the engine itself takes.

    python -m bench.speech [--times 30]

Cold is the first to listen since the server started, warm a sentence that nobody has heard yet,
kept one that lies in the cache. Each asks for the sentences and then for the sound of one, as the
player does.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import statistics
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import uvicorn

from api.app import create_app
from api.settings import Settings
from api.speech.service import Speech
from bot.guard.intake import Admitted
from bot.speech.espeak import NAME
from bot.speech.process import EngineProcess

SENTENCES = (
    "Ledsagning är avgiftsfri för dig som har beviljats insatsen enligt LSS.",
    "Du står för dina egna omkostnader i samband med aktiviteter.",
)
FREE: dict[str, Any] = dict.fromkeys(("rate_client", "rate_conversation", "rate_start"), "")


class Said:
    """An assistant that has said its sentences before anybody asks."""

    async def reply(
        self, sender: str, admitted: Admitted, metadata: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """The sentences."""
        text = " ".join(SENTENCES)
        return [{"text": text, "custom": {"aloud": list(SENTENCES), "language": "sv"}}]

    async def forget(self, sender: str) -> None:
        """It keeps nothing."""

    async def warm_up(self) -> float:
        """It is never cold."""
        return 0.0


@asynccontextmanager
async def served(app: Any) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the application, over a socket of this machine."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", ws="none"))
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - it tells nobody
        await asyncio.sleep(0.05)
    port = server.servers[0].sockets[0].getsockname()[1]
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as http:
        yield http
    server.should_exit = True
    with suppress(asyncio.CancelledError):
        await serving


async def listen(http: httpx.AsyncClient, path: str, index: int, secret: str) -> float:
    """Milliseconds to a sentence's sound."""
    headers = {"Authorization": f"Bearer {secret}"}
    begun = time.perf_counter()
    (await http.get(path, headers=headers)).raise_for_status()
    (await http.get(f"{path}/{index}", headers=headers)).raise_for_status()
    return (time.perf_counter() - begun) * 1000


async def measured(times: int) -> dict[str, list[float]]:
    """So many times of each kind."""
    found: dict[str, list[float]] = {"cold": [], "warm": [], "kept": []}
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder), **FREE)
        app = create_app(settings, Said())
        async with served(app) as http:
            body = {"municipality": "umea"}
            started = (await http.post("/api/v1/conversations", json=body)).json()
            secret, path = started["secret"], f"/api/v1/conversations/{started['id']}/messages"
            asked, headers = {"text": "Vad?", "key": "bench-key"}, {}
            headers["Authorization"] = f"Bearer {secret}"
            (await http.post(path, json=asked, headers=headers)).raise_for_status()
            for _ in range(times):
                app.state.speech.close()
                app.state.speech = Speech(settings)
                shutil.rmtree(Path(folder, "speech"), ignore_errors=True)
                for kind, index in (("cold", 0), ("warm", 1), ("kept", 1)):
                    found[kind].append(await listen(http, f"{path}/2/speech", index, secret))
    return found


def engine_alone(times: int) -> list[float]:
    """Milliseconds that the engine's process takes for a sentence, once it runs."""
    engine, found = EngineProcess(NAME), []
    engine.start()
    for _ in range(times):
        begun = time.perf_counter()
        engine.say(SENTENCES[1], "sv")
        found.append((time.perf_counter() - begun) * 1000)
    engine.close()
    return found


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description="Measure the time to the first sound.")
    parser.add_argument("--times", type=int, default=30)
    times = parser.parse_args().times
    found = {**asyncio.run(measured(times)), "engine": engine_alone(times)}
    print("| first sound, ms | median | nine of ten within | slowest |\n|---|---|---|---|")
    for kind, values in found.items():
        nine = sorted(values)[int(len(values) * 0.9)]
        print(f"| {kind} | {statistics.median(values):.0f} | {nine:.0f} | {max(values):.0f} |")


if __name__ == "__main__":
    main()
