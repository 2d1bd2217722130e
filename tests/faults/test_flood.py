"""Twenty thousand hostile messages through every door of a light application."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.api.helpers import WEBHOOK
from tests.floods.messages import bodies, corpus, forms, headers, messages
from tests.floods.running import Flooded, flooded, often
from tests.floods.test_sample import FORMS

pytestmark = pytest.mark.faults

MESSAGES, BODIES, FORM_BODIES, FOLLOWED = 18_000, 2_000, 2_000, 300
DOORS = ("rest", "api", "events", "page", "callback", "mail")
PLACES = (WEBHOOK, "/api/v1/conversations", "/messages")


@pytest.fixture(scope="module")
def light(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flooded]:
    """The application that all of this is sent to."""
    with flooded(tmp_path_factory.mktemp("flood")) as running:
        yield running


@pytest.mark.parametrize("door", DOORS)
def test_the_whole_corpus_through_each_door(light: Flooded, door: str) -> None:
    before = light.doors.answered
    for texts in corpus().values():
        for text in texts:
            light.run(light.doors.send(door, text))
    assert light.doors.answered > before


def test_a_flood_of_messages(light: Flooded) -> None:
    before, sent = light.doors.answered, 0

    @often(MESSAGES)
    @given(door=st.sampled_from(DOORS), text=messages())
    def flood(door: str, text: str) -> None:
        nonlocal sent
        sent += 1
        light.run(light.doors.send(door, text))

    flood()
    assert sent >= MESSAGES
    assert light.doors.answered - before > sent / 2, "most of the flood never reached the assistant"


def test_a_flood_of_bodies_that_are_no_messages(light: Flooded) -> None:
    sent = 0

    @often(BODIES)
    @given(path=st.sampled_from(PLACES), body=bodies())
    def flood(path: str, body: bytes) -> None:
        nonlocal sent
        sent += 1
        light.run(light.doors.body(path, body))

    flood()
    assert sent >= BODIES


def test_a_flood_of_forms_that_no_page_sends(light: Flooded) -> None:
    sent = 0

    @often(FORM_BODIES)
    @given(path=st.sampled_from(FORMS), form=forms())
    def flood(path: str, form: tuple[str, bytes]) -> None:
        nonlocal sent
        sent += 1
        light.run(light.doors.form(path, *form))

    flood()
    assert sent >= FORM_BODIES


def test_a_flood_of_followers(light: Flooded) -> None:
    sent = 0

    @often(FOLLOWED)
    @given(known=headers())
    def flood(known: str) -> None:
        nonlocal sent
        sent += 1
        light.run(light.doors.follow(known))

    flood()
    assert sent >= FOLLOWED
