"""What every message passes before anything else sees it."""

from __future__ import annotations

import pytest

from bot.guard.intake import admit, admit_from_staff, own_data
from bot.knowledge.loader import load_knowledge


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("Vad kostar ledsagning?", "Vad kostar ledsagning?"),
        ("  hej\u200b   där ", "hej där"),
        ("/greet", "greet"),
        ('/kostnad{"service": "x"}', 'kostnad{"service": "x"}'),
        (" // /restart", "restart"),
        ("\u200b/restart", "restart"),
        ("\n/restart", "restart"),
        ("\ufeff \u00a0/restart", "restart"),
        ("och/eller", "och/eller"),
        ("///", ""),
        ("", ""),
    ],
)
def test_text(message: str, text: str) -> None:
    assert admit(message).text == text


@pytest.mark.parametrize("message", ["/\n/restart", "/ \n /restart", "//\n\n//restart"])
def test_no_payload_is_left_behind_a_line_break(message: str) -> None:
    assert not admit(message).text.strip().startswith("/")


@pytest.mark.parametrize(
    ("message", "masked", "health"),
    [
        ("Vad kostar ledsagning?", False, False),
        ("Mitt personnummer är 480615-9846", True, False),
        ("ring mig på 070-123 45 67", True, False),
    ],
)
def test_personal_data_is_masked_and_told(message: str, masked: bool, health: bool) -> None:
    admitted = admit(message)
    assert bool(admitted.masked) is masked
    assert ("[" in admitted.text) is masked
    assert admitted.health is health


def test_a_number_hidden_by_invisible_characters_is_masked() -> None:
    assert "9846" not in admit("480615\u200b-98\u00ad46").text


def test_numbers_and_addresses_of_content_are_nobodys_personal_data() -> None:
    own = own_data()
    contacts = [c for m in load_knowledge().municipalities.values() for c in m.contacts.values()]
    assert {c.phone for c in contacts if c.phone} == set(own.phones)
    assert {c.email for c in contacts if c.email} == set(own.emails)
    for told in [*own.phones, *own.emails]:
        assert admit(f"är det {told}?").text == f"är det {told}?"


@pytest.mark.parametrize(
    ("message", "text", "masked"),
    [
        ("Ring 070-123 45 67 eller anna@umea.se", "Ring 070-123 45 67 eller anna@umea.se", ()),
        ("Vi ses den 5 maj 2027 klockan 10.", "Vi ses den 5 maj 2027 klockan 10.", ()),
        ("Du skrev 480615-9846.", "Du skrev [personnummer].", ("personnummer",)),
        (" /hej\u200b \n", "/hej", ()),
    ],
)
def test_staff_may_tell_how_to_reach_somebody_but_no_identity(
    message: str, text: str, masked: tuple[str, ...]
) -> None:
    admitted = admit_from_staff(message)
    assert (admitted.text, admitted.masked) == (text, masked)
