"""Bad input through every door, a sample: tests/faults has the flood."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.guard.intake import admit
from tests.api.helpers import WEBHOOK
from tests.floods.messages import bodies, corpus, forms, headers, messages, payloads
from tests.floods.running import Flooded, flooded, often

DOORS = ("rest", "api", "events", "page", "callback", "mail")
FORMS = ("/chat/umea", "/chat/umea/ring-upp", "/chat/umea/mejl", "/desk/sign-in", "/desk/sign-out")
PLACES = (WEBHOOK, "/api/v1/conversations", "/messages")


@pytest.fixture(scope="module")
def light(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flooded]:
    """The application that all of this is sent to."""
    with flooded(tmp_path_factory.mktemp("flood")) as running:
        yield running


@pytest.mark.parametrize("kind", sorted(corpus()))
def test_every_message_of_the_corpus_is_answered_or_refused(light: Flooded, kind: str) -> None:
    before = light.doors.answered
    for number, text in enumerate(corpus()[kind]):
        light.run(light.doors.send(DOORS[number % len(DOORS)], text))
    assert light.doors.answered > before


def test_invented_messages_are_answered_or_refused(light: Flooded) -> None:
    @often(100)
    @given(door=st.sampled_from(DOORS), text=messages())
    def flood(door: str, text: str) -> None:
        light.run(light.doors.send(door, text))

    flood()


def test_bodies_that_are_no_messages_are_refused(light: Flooded) -> None:
    @often(60)
    @given(path=st.sampled_from(PLACES), body=bodies())
    def flood(path: str, body: bytes) -> None:
        light.run(light.doors.body(path, body))

    flood()


def test_forms_that_no_page_sends_are_refused(light: Flooded) -> None:
    @often(30)
    @given(path=st.sampled_from(FORMS), form=forms())
    def flood(path: str, form: tuple[str, bytes]) -> None:
        light.run(light.doors.form(path, *form))

    flood()


def test_events_are_followed_from_wherever_somebody_says(light: Flooded) -> None:
    @often(6)
    @given(known=headers())
    def flood(known: str) -> None:
        light.run(light.doors.follow(known))

    flood()


@often(60)
@given(text=payloads())
def test_what_a_program_would_send_is_a_text_like_any_other(text: str) -> None:
    """Rasa takes a text for an intent and its slots only when a slash comes first."""
    assert not admit(text).text.startswith("/")
