"""The API does what its own description says: schemathesis asks everything, valid and not.

No answer is a server error, none has a status or a shape that is not described. Once as
strangers, with made-up ids and secrets, once as the owner of a conversation, and once as an agent
who has a citizen's chat.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import secrets
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

from api.services.listening import KINDS, Listening
from api.settings_desk import DeskSettings
from api.settings_listen import ListenSettings
from bot.speech.listening import Listener
from tests.api.desk_helpers import DESK, Person, Roles, promised, queued
from tests.api.helpers import ANSWER, LOCAL, Canned, application

EXAMPLES = 4
"""For each operation and kind of test."""

REFUSALS = ["400", "401", "403", "404", "405", "406", "409", "413", "415", "422", "429", "5xx"]

CONFIG = SchemathesisConfig.from_dict(
    {
        "seed": 1,
        "max-stream-events": 2,
        # 413: what is made up may be larger than a body may be, too.
        "checks": {"negative_data_rejection": {"expected-statuses": REFUSALS}},
        "generation": {"deterministic": True, "max-examples": EXAMPLES, "database": "none"},
    }
)

Case = schemathesis.Case[Any]

MADE_GOOD = ParameterLocation.PATH, ParameterLocation.HEADER, ParameterLocation.COOKIE
"""What the owner's test and the agent's put right, whatever was made up there."""

MESSAGES = "/webhooks/rest/webhook", "/api/v1/conversations/{conversation_id}/messages"


NAMED = "/transfer", "/close", "/opening"
"""What may be named there stands in content, and when something may be is no matter of shape."""


@schemathesis.serializer(*KINDS)
def sound(_: Any, value: Any) -> bytes:
    """Made-up sound goes as it is."""
    return value if isinstance(value, bytes) else bytes(str(value), "utf-8")


class Deaf(Listener):
    """Understands all sound alike."""

    name = "deaf"

    def start(self) -> None:
        """It is ready."""

    def hear(self, audio: bytes, language: str) -> str:
        """Nothing was said."""
        return ""

    def close(self) -> None:
        """It holds nothing."""


def excluded(case: Case) -> list[Any]:
    """What is compared elsewhere, or can't be."""
    # A wrong secret is told as an unknown conversation: 404 and not 401.
    checks: list[Any] = [ignored_auth]
    if case.path in MESSAGES:
        # No schema tells which characters are hidden, nor how long a message may be here.
        checks.append(positive_data_acceptance)
    if case.path.startswith(DESK) and case.path.endswith(("/messages", *NAMED)):
        checks.append(positive_data_acceptance)
    if case.path.endswith("/heard"):
        # An empty recording is made up too: no schema forbids one.
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
    folder, desk = tmp_path_factory.mktemp("schema"), DeskSettings(rate_callback="")
    listen = ListenSettings("whisper", folder / "no_model")
    made = application(Canned([ANSWER]), folder, test_mode=False, desk=desk, listen=listen)
    made.state.listening = Listening(made.state.settings, Deaf())
    return made


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


@schema.include(path_regex=f"^{DESK}/").exclude(path_regex="/events").parametrize()
@bounded
def test_an_agent_gets_what_is_described(case: Case, api: FastAPI) -> None:
    client = TestClient(api, base_url=LOCAL)
    started = client.post("/api/v1/conversations", json={"municipality": "umea"}).json()
    receipt = f"UM-{secrets.token_hex(8)}"
    person = agent(api)
    values = {"state": "talking", "claimed_by": person.staff.id, "waited_seconds": 1}
    handoff = asyncio.run(queued(api, started["id"], id=secrets.token_hex(11), **values))
    asyncio.run(promised(api, receipt=receipt))
    case.path_parameters.update(handoff_id=handoff.id, receipt=receipt, municipality_id="umea")
    case.headers.update(person.headers)
    case.cookies.clear()
    checks = [*excluded(case), missing_required_header]
    if case.meta and any(c.mode.is_negative for c in map(case.meta.components.get, MADE_GOOD) if c):
        checks.append(negative_data_rejection)
    response = case.call_and_validate(excluded_checks=checks)
    assert response.status_code not in {401, 403}


def agent(api: FastAPI) -> Person:
    """Somebody who may do everything in Umeå."""
    if not hasattr(api.state, "somebody"):
        moment = dt.datetime.now(dt.timezone.utc).isoformat()
        roles: Roles = {"umea": ["agent", "admin"]}
        api.state.somebody = asyncio.run(Person.sign_in(api, "Anna Ek", roles, moment))
    person: Person = api.state.somebody
    return person
