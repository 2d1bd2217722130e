"""Rasa's own HTTP API answers nowhere: on no route of ours, and on no port of its own."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path

import aiohttp
import aiohttp.web
import httpx
import pytest
import sanic
from starlette.routing import BaseRoute

from tests.api.helpers import Canned, application
from tools.talk import Talk

ROOT = Path(__file__).resolve().parents[2]
ROUTE = re.compile(r"@app\.(get|post|put|delete|patch|route)\(\s*\"([^\"]+)\"")
OURS = {"/"}
"""Paths that Rasa has too, and that are our own pages."""


def rasas_routes() -> list[tuple[str, str]]:
    """Method and path of every route in Rasa's server, of the version that is installed."""
    found = importlib.util.find_spec("rasa")
    assert found is not None
    assert found.origin is not None
    text = (Path(found.origin).parent / "server.py").read_text("utf-8")
    return [
        (method.upper() if method != "route" else "GET", re.sub(r"<[^>]+>", "someone", path))
        for method, path in ROUTE.findall(text)
    ]


def channels() -> list[str]:
    """The webhooks that Rasa's channels answer on, but for the one path that is ours."""
    from rasa.core.channels import BUILTIN_CHANNELS

    names = sorted(BUILTIN_CHANNELS)
    return [f"/webhooks/{name}/webhook" for name in names if name != "rest"]


def test_the_list_of_rasas_routes_is_found() -> None:
    paths = {path for _, path in rasas_routes()}
    assert {"/version", "/model", "/model/parse", "/domain"} <= paths
    assert len(paths) > 15
    assert "/webhooks/slack/webhook" in channels()


async def test_no_route_of_rasas_answers(http: httpx.AsyncClient) -> None:
    asked = [*rasas_routes(), *(("POST", path) for path in channels())]
    asked += [("GET", "/webhooks/rest/"), ("POST", "/webhooks/rest/webhook?stream=true")]
    for method, path in asked:
        if path in OURS:
            continue
        response = await http.request(method, path, json={})
        stream = path.startswith("/webhooks/rest/webhook")
        assert response.status_code == (422 if stream else 404), (method, path)


def test_no_other_application_is_mounted() -> None:
    def walk(routes: list[BaseRoute]) -> Iterator[BaseRoute]:
        for route in routes:
            yield route
            yield from walk(list(getattr(route, "routes", None) or []))

    app = application(Canned(), Path("unused"))
    kinds = {type(getattr(route, "app", route)).__module__ for route in walk(list(app.routes))}
    assert not [kind for kind in kinds if kind.startswith(("rasa", "sanic"))]


@pytest.mark.bot
def test_an_answer_opens_no_port_and_asks_nobody(
    converse: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("nothing is served or asked over HTTP to answer")

    for made in (aiohttp.ClientSession, aiohttp.web.Application, sanic.Sanic):
        monkeypatch.setattr(made, "__init__", refuse)
    heard = converse("rasa-exposed", "Vad kostar ledsagning?", {"municipality": "umea"})
    assert heard.kind == "answer"
