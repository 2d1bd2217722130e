"""The API does what its own description says: schemathesis asks everything, valid and not.

No answer is a server error, none has a status or a shape that is not described. Once as
strangers, with made-up ids and secrets, and once as the owner of a conversation.
"""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, settings
from schemathesis.config import SchemathesisConfig
from schemathesis.core.parameters import ParameterLocation
from schemathesis.specs.openapi.checks import (
    ignored_auth,
    missing_required_header,
    negative_data_rejection,
    positive_data_acceptance,
)
from starlette.testclient import TestClient

from tests.api.helpers import ANSWER, LOCAL, Canned, application

EXAMPLES = 20
"""For each operation and kind of test."""

CONFIG = SchemathesisConfig.from_dict(
    {
        "seed": 1,
        "max-stream-events": 2,
        "generation": {"deterministic": True, "max-examples": EXAMPLES, "database": "none"},
    }
)

Case = schemathesis.Case[Any]

MADE_GOOD = ParameterLocation.PATH, ParameterLocation.HEADER
"""What the owner's test puts right, whatever was made up there."""

MESSAGES = "/webhooks/rest/webhook", "/api/v1/conversations/{conversation_id}/messages"


def excluded(case: Case) -> list[Any]:
    """What is compared elsewhere, or can't be."""
    # A wrong secret is told as an unknown conversation: 404 and not 401.
    checks: list[Any] = [ignored_auth]
    if case.path in MESSAGES:
        # No schema tells which characters are hidden, nor how long a message may be here.
        checks.append(positive_data_acceptance)
    if case.path.startswith("/webhooks/"):
        # Rasa's own channel takes a number as a sender; so do we.
        checks.append(negative_data_rejection)
    return checks


bounded = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    return application(Canned([ANSWER]), tmp_path_factory.mktemp("schema"), test_mode=False)


@pytest.fixture(scope="module")
def description(api: FastAPI) -> Any:
    return schemathesis.openapi.from_asgi("/openapi.json", api, config=CONFIG)


schema = schemathesis.pytest.from_fixture("description")


@schema.parametrize()
@bounded
def test_a_stranger_gets_what_is_described(case: Case) -> None:
    case.call_and_validate(excluded_checks=excluded(case))


# Following events goes on until the test's end: tests of routers/v1_messages.py do that.
@schema.include(path_regex="/conversations/").exclude(path_regex="/events").parametrize()
@bounded
def test_the_owner_of_a_conversation_gets_what_is_described(case: Case, api: FastAPI) -> None:
    client = TestClient(api, base_url=LOCAL)
    started = client.post("/api/v1/conversations", json={"municipality": "umea"}).json()
    path = f"/api/v1/conversations/{started['id']}"
    headers = {"Authorization": f"Bearer {started['secret']}"}
    client.post(f"{path}/messages", json={"text": "hej", "key": "a-first-key"}, headers=headers)
    case.path_parameters["conversation_id"] = started["id"]
    case.headers["Authorization"] = headers["Authorization"]
    checks = [*excluded(case), missing_required_header]
    if case.meta and any(c.mode.is_negative for c in map(case.meta.components.get, MADE_GOOD) if c):
        checks.append(negative_data_rejection)
    case.call_and_validate(excluded_checks=checks)
