"""Tokens in place of what was written, and back, without mixing the two up."""

from __future__ import annotations

from api.callbacks.tokens import filled, has_placeholders, with_tokens, without

REPLY = {
    "text": "Namn: [[name]]\nTelefon: [[phone]]\nGäller: [[about]]\nTid: [[time]]",
    "buttons": [{"title": "Ja, [[name]]", "payload": "Ja"}],
    "custom": {"kind": "handoff", "aloud": ["Namn: [[name]]."], "spoken": "", "body": None},
}


def test_there_and_back() -> None:
    assert has_placeholders(REPLY)
    stored = with_tokens(REPLY, {})
    assert not has_placeholders(stored)
    assert stored["text"].startswith("Namn: [namn]\nTelefon: [telefonnummer]")
    fields = {
        "name": "Kim",
        "phone": "070",
        "about": "Jag, [namn], [[phone]] \\1",
        "time": "måndag",
    }
    shown = filled(stored, fields)
    assert (
        shown["text"] == "Namn: Kim\nTelefon: 070\nGäller: Jag, [namn], [[phone]] \\1\nTid: måndag"
    )
    assert shown["buttons"][0]["title"] == "Ja, Kim"
    heard = {"aloud": ["Namn: Kim."], "spoken": "Namn: Kim."}
    assert shown["custom"] == {"kind": "handoff", **heard, "body": None}


def test_what_is_not_there_keeps_its_token() -> None:
    assert filled("[namn] [tid]", {"name": ""}) == "[namn] [tid]"
    assert with_tokens("[[receipt]] [[time]]", {"receipt": "UM"}) == "UM [tid]"


def test_a_name_that_is_said_again_is_taken_out() -> None:
    given = {"name": "Kim", "phone": "070-174 06 05"}
    said = "Nej, kim heter jag, Kimbo. 070-174 06 05!"
    assert without(said, given) == "Nej, [namn] heter jag, Kimbo. [telefonnummer]!"
    assert without("hej", {}) == "hej"
