"""The guard in front of Rasa's own REST channel."""

from __future__ import annotations

import warnings
from types import SimpleNamespace
from typing import Any, cast

import pytest

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from bot.channels import GuardedRestInput


def request(**body: object) -> Any:
    return cast("Any", SimpleNamespace(json=body))


def test_its_address_is_rasas() -> None:
    assert GuardedRestInput.name() == "rest"


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("Vad kostar det?", "Vad kostar det?"),
        ("/greet", "greet"),
        ("jag är 480615-9846", "jag är [personnummer]"),
        (42, "42"),
        (None, None),
    ],
)
def test_the_message_is_admitted_before_rasa_sees_it(message: object, text: str | None) -> None:
    assert GuardedRestInput()._extract_message(request(message=message)) == text


def test_the_metadata_tells_what_was_masked() -> None:
    told = GuardedRestInput().get_metadata(
        request(message="jag är 480615-9846", metadata={"municipality": "umea"})
    )
    assert told is not None
    assert (told["municipality"], told["masked"]) == ("umea", ["personnummer"])


@pytest.mark.parametrize("metadata", [None, {}, {"now": "2020-01-01T00:00"}, {"masked": ["x"]}])
def test_a_client_sets_neither_clock_nor_guard(metadata: dict[str, Any] | None) -> None:
    told = GuardedRestInput().get_metadata(request(message="hej", metadata=metadata))
    assert told == {"masked": [], "health": False}
