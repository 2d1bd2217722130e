"""Rasa's REST contract: what is answered, what is refused, and that nobody gets silence."""

from __future__ import annotations

from typing import Any

import pytest

from api.routers import rest
from bot.knowledge.loader import load_knowledge
from tests.api.helpers import WEBHOOK, Canned, client, message

UMEA = load_knowledge().municipalities["umea"].reception_unit


def test_a_message_is_answered_in_rasas_form() -> None:
    reply = {
        "recipient_id": "me",
        "text": "Svar.",
        "buttons": [{"title": "A", "payload": "A"}],
        "custom": {"kind": "answer", "answer": "umea.ledsagning.kostnad"},
    }
    response = client(Canned([reply])).post(WEBHOOK, json=message())
    assert response.status_code == 200
    assert response.json() == [reply]


def test_custom_has_the_same_fields_in_every_reply() -> None:
    custom = {"kind": "clarify", "answer": None, "contacts": [{"id": "x", "phone": None}]}
    reply = {"recipient_id": "me", "text": "Svar.", "custom": custom}
    response = client(Canned([reply])).post(WEBHOOK, json=message())
    assert response.json()[0]["custom"] == custom


def test_empty_fields_are_left_out() -> None:
    response = client(Canned([{"recipient_id": "me", "text": "Hej"}])).post(WEBHOOK, json=message())
    assert response.json() == [{"recipient_id": "me", "text": "Hej"}]


@pytest.mark.parametrize(
    ("body", "status", "code", "field"),
    [
        (message(municipality="atlantis"), 422, "unknown_municipality", "metadata.municipality"),
        (message("x" * 101), 413, "message_too_long", "message"),
        (message(""), 422, "empty_message", "message"),
        (message("  \n "), 422, "empty_message", "message"),
        (message("\u200b"), 422, "empty_message", "message"),
        (message("///"), 422, "empty_message", "message"),
        ({"message": "hej"}, 422, "invalid_request", "sender"),
        ({"sender": "", "message": "hej"}, 422, "invalid_request", "sender"),
        ({"sender": "x" * 201, "message": "hej"}, 422, "invalid_request", "sender"),
        ({"sender": "a\ud800", "message": "hej"}, 422, "invalid_request", "sender"),
        ({"sender": "a\0", "message": "hej"}, 422, "invalid_request", "sender"),
        (message(language="\ud800"), 422, "invalid_request", "metadata.language"),
        ({"sender": "me"}, 422, "invalid_request", "message"),
        ({"sender": "me", "message": None}, 422, "invalid_request", "message"),
        ({"sender": "me", "message": "hej", "x": 1}, 422, "invalid_request", "x"),
        (message(x=1), 422, "invalid_request", "metadata.x"),
        (message(channel="fax"), 422, "invalid_request", "metadata.channel"),
        (message(now="i morgon"), 422, "invalid_request", "metadata.now"),
        (message(masked=["x"]), 422, "invalid_request", "metadata.masked"),
        ("hej", 422, "invalid_request", None),
    ],
)
def test_what_cannot_be_answered_is_an_error(
    body: Any, status: int, code: str, field: str | None
) -> None:
    assistant = Canned()
    response = client(assistant, message_limit=100).post(WEBHOOK, json=body)
    error = response.json()["error"]
    assert (response.status_code, error["code"], error.get("field")) == (status, code, field)
    assert error["message"]
    assert assistant.heard == []


def test_a_message_at_the_limit_is_answered() -> None:
    response = client(Canned(), message_limit=100).post(WEBHOOK, json=message("x" * 100))
    assert response.status_code == 200


@pytest.mark.parametrize("body", [b"", b"{", b"vad kostar det", b'{"sender": "me"'])
def test_no_json_is_an_error(body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    response = client(Canned()).post(WEBHOOK, content=body, headers=headers)
    assert response.status_code in {400, 422}
    assert response.json()["error"]["code"] == "invalid_request"


def test_no_json_is_a_bad_request() -> None:
    headers = {"Content-Type": "application/json"}
    response = client(Canned()).post(WEBHOOK, content=b"{", headers=headers)
    assert response.status_code == 400


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("Vad kostar det?", "Vad kostar det?"),
        ("/restart", "restart"),
        ('/kostnad{"service": "x"}', 'kostnad{"service": "x"}'),
        ("jag är 480615-9846", "jag är [personnummer]"),
    ],
)
def test_the_assistant_hears_what_the_guard_admits(text: str, heard: str) -> None:
    assistant = Canned()
    client(assistant).post(WEBHOOK, json=message(text))
    assert [a.text for _, a, _ in assistant.heard] == [heard]


@pytest.mark.parametrize(
    ("test_mode", "heard"),
    [(False, {"channel": "kiosk"}), (True, {"channel": "kiosk", "now": "2026-11-18T10:00"})],
)
def test_the_clock_is_set_in_test_mode_only(test_mode: bool, heard: dict[str, str]) -> None:
    assistant = Canned()
    body = message(channel="kiosk", now="2026-11-18T10:00", language=None)
    client(assistant, test_mode=test_mode).post(WEBHOOK, json=body)
    assert [m for _, _, m in assistant.heard] == [heard]


@pytest.mark.parametrize("metadata", [{}, {"metadata": None}, {"metadata": {}}])
def test_metadata_may_be_left_out(metadata: dict[str, Any]) -> None:
    assistant = Canned()
    body = {"sender": "me", "message": "hej", **metadata}
    assert client(assistant).post(WEBHOOK, json=body).status_code == 200
    assert assistant.heard[0][2] == {}


LOST = [
    pytest.param(Canned([]), id="says nothing"),
    pytest.param(Canned(error=RuntimeError("inside")), id="fails"),
    pytest.param(Canned(seconds=60), id="takes too long"),
    pytest.param(None, id="is not there"),
]


@pytest.mark.parametrize("assistant", LOST)
def test_an_assistant_that_is_lost_still_leads_to_a_person(assistant: Canned | None) -> None:
    lost = client(assistant, reply_seconds=0.02)
    (reply,) = lost.post(WEBHOOK, json=message(municipality="umea")).json()
    assert reply["recipient_id"] == "me"
    assert str(UMEA.phone) in reply["text"]
    assert reply["custom"]["kind"] == "handoff"
    assert [c["id"] for c in reply["custom"]["contacts"]] == [UMEA.id]
    assert "inside" not in str(reply)


@pytest.mark.parametrize("assistant", LOST)
@pytest.mark.parametrize("metadata", [{}, {"municipality": "umea"}])
def test_danger_is_seen_without_a_model(assistant: Canned | None, metadata: dict[str, str]) -> None:
    lost = client(assistant, reply_seconds=0.02)
    (reply,) = lost.post(WEBHOOK, json=message("jag vill dö", **metadata)).json()
    assert reply["custom"]["kind"] == "crisis"
    assert "112" in reply["text"]


def test_a_lost_assistant_leads_to_a_person_wherever_one_is() -> None:
    (reply,) = client(None).post(WEBHOOK, json=message()).json()
    for municipality in load_knowledge().municipalities.values():
        unit = municipality.reception_unit
        assert (unit.phone or unit.how or "") in reply["text"]


@pytest.mark.parametrize("sender", ["19811218-9876", "070-123 45 67", "anna@example.com"])
def test_a_sender_that_is_personal_data_is_kept_by_another_name(sender: str) -> None:
    assistant = Canned()
    response = client(assistant).post(WEBHOOK, json={"sender": sender, "message": "hej"})
    assert [m["recipient_id"] for m in response.json()] == [sender]
    ((kept_as, _, _),) = assistant.heard
    assert sender not in kept_as
    assert rest.sender_kept_as(sender) == kept_as
    assert rest.sender_kept_as("besok-7f3a") == "besok-7f3a"
