"""The application around the routes: its life, its limits, and merged messages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api import app as module
from api.services.assistant import (
    ModelError,
    RasaAssistant,
    merged,
    one_message,
)
from api.settings import Settings
from tests.api.helpers import LOCAL, WEBHOOK, Canned, client, message


def test_before_the_model_is_there_it_lives_but_is_not_ready() -> None:
    starting = client(None)
    assert starting.get("/health").json() == {"status": "ok"}
    response = starting.get("/ready")
    assert (response.status_code, response.json()["status"]) == (503, "starting")


def test_after_the_lifespan_began_it_is_ready(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(RasaAssistant, "load", lambda settings, store: Canned())
    with TestClient(module.create_app(Settings(data_dir=tmp_path)), base_url=LOCAL) as started:
        assert started.get("/health").status_code == 200
        response = started.get("/ready")
        assert (response.status_code, response.json()["status"]) == (200, "ready")
        assert started.post(WEBHOOK, json=message()).json()[0]["text"] == "Svar."


def test_a_model_that_does_not_load_ends_the_start(tmp_path: Path) -> None:
    app = module.create_app(Settings(data_dir=tmp_path, model=tmp_path / "none.tar.gz"))
    with pytest.raises(ModelError, match="make train"), TestClient(app, base_url=LOCAL):
        pass


def test_a_model_that_is_none_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="There is no model"):
        RasaAssistant.load(Settings(model=tmp_path / "none.tar.gz"))


@pytest.mark.parametrize(("length", "status"), [(1024, 400), (1025, 413), (10_000_000, 413)])
def test_a_body_over_the_limit_is_refused(length: int, status: int) -> None:
    response = client(Canned(), body_limit=1024).post(WEBHOOK, content=b"x" * length)
    assert response.status_code == status
    assert response.json()["error"]["code"]


@pytest.mark.parametrize("length", ["-1", "many", "1e9"])
def test_a_length_that_is_no_number_is_refused(length: str) -> None:
    headers = {"Content-Length": length}
    response = client(Canned()).post(WEBHOOK, content=b"x", headers=headers)
    assert (response.status_code, response.json()["error"]["code"]) == (413, "body_too_large")


def pieces() -> Iterator[bytes]:
    yield b'{"sender": "me", '
    yield b'"message": "hej"}'


def test_a_body_without_a_length_is_refused() -> None:
    headers = {"Content-Type": "application/json"}
    response = client(Canned()).post(WEBHOOK, content=pieces(), headers=headers)
    assert (response.status_code, response.json()["error"]["code"]) == (411, "length_required")


def test_a_body_without_a_length_is_refused_however_it_is_spelt() -> None:
    headers = {"Content-Type": "application/json", "Transfer-Encoding": "Chunked"}
    response = client(Canned()).post(WEBHOOK, content=pieces(), headers=headers)
    assert response.status_code == 411


def test_limits_are_for_every_address() -> None:
    response = client(Canned(), body_limit=1024).post("/nowhere", content=b"x" * 2000)
    assert response.status_code == 413


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ([{"text": "a"}, {"custom": {"k": 1}}], [{"text": "a", "custom": {"k": 1}}]),
        ([{"custom": {"k": 1}}], [{"custom": {"k": 1}}]),
        (
            [{"text": "a", "custom": {"k": 1}}, {"custom": {"k": 2}}],
            [{"text": "a", "custom": {"k": 1}}, {"custom": {"k": 2}}],
        ),
        (
            [{"text": "a"}, {"text": "b", "custom": {}}],
            [{"text": "a"}, {"text": "b", "custom": {}}],
        ),
        ([], []),
    ],
)
def test_text_and_custom_data_are_one_message(
    sent: list[dict[str, Any]], kept: list[dict[str, Any]]
) -> None:
    before = [dict(m) for m in sent]
    assert merged(sent) == kept
    assert sent == before, "Rasa's own messages are left alone"


def test_empty_fields_are_dropped_and_false_ones_kept() -> None:
    sent: dict[str, Any] = {"text": "a", "buttons": [], "custom": {}, "image": None, "open": False}
    assert one_message(sent) == {"text": "a", "open": False}
