"""One error shape, whatever failed and wherever."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.errors import ApiError, add_handlers, error_response
from tests.api.helpers import LOCAL, WEBHOOK, Canned, client


@pytest.fixture
def failing() -> TestClient:
    app = FastAPI()
    add_handlers(app)

    @app.get("/ours")
    async def ours() -> None:
        raise ApiError(409, "a_code", "A message.", "a_field")

    @app.get("/unexpected")
    async def unexpected() -> None:
        raise RuntimeError("secret inside")

    @app.get("/number")
    async def number(wanted: int) -> int:
        return wanted

    return TestClient(app, base_url=LOCAL, raise_server_exceptions=False)


@pytest.mark.parametrize(
    ("path", "status", "error"),
    [
        ("/ours", 409, {"code": "a_code", "message": "A message.", "field": "a_field"}),
        ("/nowhere", 404, {"code": "not_found", "message": "Adressen finns inte."}),
    ],
)
def test_the_shape(failing: TestClient, path: str, status: int, error: dict[str, str]) -> None:
    response = failing.get(path)
    assert (response.status_code, response.json()) == (status, {"error": error})


def test_an_invalid_parameter_names_its_field(failing: TestClient) -> None:
    response = failing.get("/number?wanted=x")
    assert response.status_code == 422
    assert response.json()["error"]["field"] == "query.wanted"


def test_what_went_wrong_inside_stays_inside(
    failing: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    response = failing.get("/unexpected")
    assert response.status_code == 500
    assert response.json()["error"]["code"] == "internal_error"
    assert "secret" not in response.text
    assert "secret inside" in caplog.text


def test_without_a_field_none_is_written() -> None:
    assert error_response(400, "c", "m").body == b'{"error":{"code":"c","message":"m"}}'


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", WEBHOOK, 405, "method_not_allowed"),
        ("POST", "/health", 405, "method_not_allowed"),
        ("DELETE", "/ready", 405, "method_not_allowed"),
        ("POST", "/webhooks/rest", 404, "not_found"),
        ("GET", "/conversations/me/tracker", 404, "not_found"),
    ],
)
def test_every_address_has_it(method: str, path: str, status: int, code: str) -> None:
    response = client(Canned()).request(method, path)
    assert (response.status_code, response.json()["error"]["code"]) == (status, code)
