"""What holds for every address: the error shape, the security headers, no cache of what is said."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute

from api.middleware.headers import PRIVATE, content_policy
from api.settings import Settings
from tests.api.helpers import Canned, Visitor, application
from tests.api.running import Open

API = application(Canned(), Path("unused"))
PATHS = sorted(
    {
        (method, route.path)
        for route in API.routes
        if isinstance(route, APIRoute)
        for method in route.methods
    }
)
DESCRIBED = [
    (method.upper(), path, operation)
    for path, methods in API.openapi()["paths"].items()
    for method, operation in methods.items()
]


def filled(path: str, visitor: Visitor | None = None) -> str:
    """The path with something in its places."""
    path = path.replace("{conversation_id}", visitor.id if visitor else "A" * 22)
    path = path.replace("{municipality_id}", "umea").replace("{number}", "2")
    path = path.replace("{handoff_id}", "A" * 22).replace("{receipt}", "UM-7K3F-92QX")
    path = path.replace("{contact_id}", "mottagningsenheten").replace("{index}", "0")
    path = path.replace("{page_id}", "ledsagning").replace("{key}", "start")
    if path.startswith(("/staff", "/api/v1/staff")):
        path = re.sub(r"\{[a-z_:]+\}", "x", path)
    assert "{" not in path
    return path


def check_error(response: httpx.Response) -> str:
    """The error shape, whatever the status; its code."""
    assert response.headers["content-type"] == "application/json", response.text
    assert set(response.json()) == {"error"}
    error = response.json()["error"]
    assert {"code", "message"} <= set(error) <= {"code", "message", "field", "retry_after"}
    assert re.fullmatch(r"[a-z_]+", error["code"])
    assert error["message"].strip()
    return str(error["code"])


@pytest.mark.parametrize(("method", "path", "operation"), DESCRIBED)
async def test_every_refusal_has_the_one_shape(
    http: httpx.AsyncClient, method: str, path: str, operation: dict[str, Any]
) -> None:
    if path in {"/health", "/ready"}:
        refused = [await http.request("PUT", path)]
    else:
        address = filled(path)
        refused = [
            await http.request("TRACE", address),
            await http.request(method, address, headers={"Content-Length": "999999999"}),
        ]
        if "requestBody" in operation:
            headers = {"Content-Type": "application/json", "Authorization": "Bearer x"}
            for content in (b"{", b"[]", b"null", b'{"unknown": 1}', b"\xff"):
                sent = await http.request(method, address, content=content, headers=headers)
                refused.append(sent)
        if "{conversation_id}" in path:
            refused.append(await http.request(method, address))
            refused.append(await http.request(method, address.replace("A" * 22, "%00")))
    for response in refused:
        assert 400 <= response.status_code < 500
        check_error(response)


@pytest.mark.parametrize(("method", "path", "operation"), DESCRIBED)
async def test_every_operation_is_described(
    method: str, path: str, operation: dict[str, Any]
) -> None:
    assert operation["description"]
    for status, response in operation["responses"].items():
        assert response["description"], (method, path, status)
        if int(status) >= 400 and path not in {"/health", "/ready"}:
            (schema,) = response["content"].values()
            assert schema["schema"]["$ref"].endswith("/ErrorView")


@pytest.mark.parametrize(("method", "path"), PATHS)
async def test_every_response_has_the_headers(
    app: FastAPI, http: httpx.AsyncClient, method: str, path: str
) -> None:
    response = await http.request(method, filled(path))
    headers = response.headers
    more = "; worker-src 'self'" if path.startswith("/kiosk/") else ""
    assert headers["content-security-policy"] == content_policy(app.state.settings) + more
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "strict-transport-security" not in headers
    # Only staff have cookies: the page for signing in sets that of its form.
    assert "set-cookie" not in headers or path.startswith("/desk")
    assert "server" not in headers
    if path.startswith(PRIVATE):
        assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/nowhere", "/assets/none.js", "/assets/../app.py", "/redoc"])
async def test_errors_have_the_headers_too(http: httpx.AsyncClient, path: str) -> None:
    response = await http.get(path)
    assert check_error(response) == "not_found"
    assert "frame-ancestors 'none'" in response.headers["content-security-policy"]


async def test_what_fails_inside_has_shape_and_headers(
    app: FastAPI, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*rest: object) -> None:
        raise RuntimeError("secret inside")

    monkeypatch.setattr(app.state.store, "messages", fails)
    response = await visitor.http.get(visitor.path, headers=visitor.headers)
    assert response.status_code == 500
    assert check_error(response) == "internal_error"
    assert "secret" not in response.text
    assert "content-security-policy" in response.headers


def test_nothing_but_our_own_files_is_allowed() -> None:
    policy = content_policy(Settings(frame_ancestors=("https://www.umea.se",)))
    assert "unsafe" not in policy
    assert "*" not in policy
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert policy.endswith("frame-ancestors https://www.umea.se")


@pytest.mark.parametrize(
    ("url", "told"),
    [("https://chat.a.se", "max-age=31536000"), ("http://chat.a.se", None), ("", None)],
)
async def test_browsers_are_told_to_use_tls_where_it_is(
    serve: Open, url: str, told: str | None
) -> None:
    async with serve(public_url=url) as http:
        response = await http.get("/health")
    assert response.headers.get("strict-transport-security") == told


ORIGIN = "https://www.umea.se"
PREFLIGHT = {
    "Access-Control-Request-Method": "POST",
    "Access-Control-Request-Headers": "authorization,content-type,last-event-id",
}


async def test_a_listed_origin_may_call(serve: Open) -> None:
    async with serve(origins=(ORIGIN,), rate_client="2/hour") as http:
        path = "/api/v1/municipalities"
        asked = await http.options(path, headers={"Origin": ORIGIN, **PREFLIGHT})
        assert asked.status_code == 200
        assert "PATCH" in asked.headers["access-control-allow-methods"]
        answers = [await http.get(path, headers={"Origin": ORIGIN}) for _ in range(3)]
    for answer in answers:
        assert answer.headers["access-control-allow-origin"] == ORIGIN
        assert "access-control-allow-credentials" not in answer.headers
        assert "Retry-After" in answer.headers["access-control-expose-headers"]
    assert [a.status_code for a in answers] == [200, 200, 429]


@pytest.mark.parametrize("origins", [(), (ORIGIN,)])
async def test_other_origins_may_not(serve: Open, origins: tuple[str, ...]) -> None:
    async with serve(origins=origins) as http:
        headers = {"Origin": "https://evil.example", **PREFLIGHT}
        asked = await http.options("/api/v1/conversations", headers=headers)
        assert asked.status_code >= 400
        read = await http.get("/api/v1/municipalities", headers=headers)
        for response in (asked, read):
            assert "access-control-allow-origin" not in response.headers


async def test_scripts_are_for_pages_of_any_origin(http: httpx.AsyncClient) -> None:
    for path in ("/assets/none.js", "/assets/theme/umea.css"):
        headers = (await http.get(path, headers={"Origin": ORIGIN})).headers
        assert headers["access-control-allow-origin"] == "*"
        assert headers["cross-origin-resource-policy"] == "cross-origin"
    assert "access-control-allow-origin" not in (await http.get("/docs")).headers


async def test_the_documentation_needs_nothing_from_elsewhere(http: httpx.AsyncClient) -> None:
    page = (await http.get("/docs")).text
    for _, path, operation in DESCRIBED:
        assert path in page
        assert operation["description"].split("\n")[0][:30].replace("'", "&#39;") in page
    assert "http://" not in page.replace("http://127.0.0.1", "")
    assert "https://" not in page
    assert "<script" not in page
