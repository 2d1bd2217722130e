"""The load is put on a server of Rasa's contract, and counted."""

from __future__ import annotations

from itertools import count
from types import SimpleNamespace

import pytest
from aiohttp import web

from bench.load import talk
from bench.questions import Conversation, conversations, endless, variant
from bench.running import REST
from bench.stats import spread


async def test_each_reply_counts_and_so_does_what_goes_wrong(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    heard: list[tuple[str, str]] = []
    ticks = count()
    monkeypatch.setattr("bench.load.time", SimpleNamespace(perf_counter=lambda: float(next(ticks))))

    async def reply(request: web.Request) -> web.Response:
        body = await request.json()
        heard.append((body["sender"], body["message"]))
        if body["message"] == "fel":
            return web.Response(status=500)
        return web.json_response([{"text": "Svar"}] if body["message"] == "Vad?" else [])

    app = web.Application()
    app.router.add_post(REST, reply)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    people = endless([Conversation("umea", ("Vad?", "inget", "fel"))], "test")
    host, port = runner.addresses[0][:2]
    load = await talk(f"http://{host}:{port}", people, 2, 40.0)
    await runner.cleanup()
    # Two talk at once: which of them is heard first is chance.
    assert {"umea--test-0", "umea--test-1"} <= {sender for sender, _ in heard}
    assert len(load.waits) + load.failed == len(heard)
    assert load.failed > 0
    assert load.empty > 0
    assert load.rate > 0


def test_no_spelling_of_a_question_comes_twice() -> None:
    spelled = {variant("Vad kostar det?", number) for number in range(200)}
    assert len(spelled) == 200
    assert {text.lower() for text in spelled} == {"vad kostar det?"}


def test_the_suites_hold_conversations_of_every_municipality() -> None:
    found = conversations()
    assert {c.municipality for c in found} == {"umea", "ludvika", "ostersund", "leksand"}
    assert found == conversations()


def test_spread() -> None:
    told = spread([3.0, 1.0, 2.0])
    assert (told["median"], told["lowest"], told["highest"], told["count"]) == (2.0, 1.0, 3.0, 3)
    assert spread([float(i) for i in range(1, 11)])["nine_of_ten"] == 9.0
