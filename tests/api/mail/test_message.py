"""The message itself: plain text, safe headers, the same however often it is made."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.mail.addresses import domain_of, is_address, sender_parts
from api.mail.message import SENDER_NAME, UnusableMail, message_of
from api.storage.outbox import Waiting
from tests.api.mail.helpers import MAIL, NOW, PERSONAL, SENDER, UNIT

WAITING = Waiting(1, "abc123", MAIL, NOW, 1)
HEADERS = [
    *("From", "To", "Reply-To", "Subject", "Date", "Message-ID", "Auto-Submitted"),
    *("Content-Language", "Content-Type", "Content-Transfer-Encoding", "MIME-Version"),
]


def read(message: EmailMessage) -> EmailMessage:
    """As it comes out at the other end."""
    return message_from_bytes(message.as_bytes(), policy=SMTP)


def test_headers() -> None:
    message = read(message_of(WAITING, SENDER))
    assert sorted(message.keys()) == sorted(HEADERS)
    assert message["From"] == f"{SENDER_NAME} <{SENDER}>"
    assert (message["To"], message["Reply-To"]) == (UNIT, PERSONAL[3])
    assert message["Subject"] == MAIL.subject
    assert message["Message-ID"] == "<abc123@chatt.kommun.example>"
    assert message["Date"].datetime == NOW
    assert message.get_content_type() == "text/plain"
    assert message.get_content_charset() == "utf-8"
    assert message.get_content().replace("\r\n", "\n") == MAIL.body


def test_it_is_the_same_each_time() -> None:
    again = replace(WAITING, attempts=7)
    assert message_of(WAITING, SENDER).as_bytes() == message_of(again, SENDER).as_bytes()


def test_nothing_personal_is_in_the_subject() -> None:
    assert not any(secret in MAIL.subject for secret in PERSONAL)


def test_a_sender_may_have_a_name() -> None:
    message = read(message_of(WAITING, "Umeå kommun <nej@umea.example>"))
    assert message["From"] == "Umeå kommun <nej@umea.example>"
    assert message["Message-ID"] == "<abc123@umea.example>"


def test_a_reply_address_that_is_none_is_left_out() -> None:
    for wrong in (None, "", "asa", "asa@epost.example\r\nBcc: alla@example.se", "a@b, c@d"):
        message = message_of(replace(WAITING, mail=replace(MAIL, reply_to=wrong)), SENDER)
        assert message["Reply-To"] is None
        assert b"Bcc" not in message.as_bytes()


@pytest.mark.parametrize("recipient", ["", "enheten", "a@b\nBcc: c@d", "åsa@kommun.se", "a@b,c@d"])
def test_a_recipient_that_no_server_takes(recipient: str) -> None:
    with pytest.raises(UnusableMail):
        message_of(replace(WAITING, mail=replace(MAIL, recipient=recipient)), SENDER)


@given(subject=st.text(max_size=200), body=st.text(max_size=400))
def test_no_text_becomes_a_header(subject: str, body: str) -> None:
    told = "\r\nBcc: alla@example.se\n\n"
    text = body.encode("utf-8", "ignore").decode()
    mail = replace(MAIL, subject=f"Ring {subject}{told}", body=f"{text}{told}")
    message = read(message_of(replace(WAITING, mail=mail), SENDER))
    assert set(message.keys()) <= set(HEADERS)
    assert "Bcc: alla@example.se" in message.get_content()


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("a@b.se", True),
        ("fornamn.efternamn+lotsen@kommun.example", True),
        ("root@localhost", True),
        ("a@b..se", False),
        (".a@b.se", False),
        ("a@-b.se", False),
        ("a b@c.se", False),
        ("a@b.se ", False),
        ("<a@b.se>", False),
        ("a@b@c.se", False),
        ("å@b.se", False),
        ("a@b.se\n", False),
        (f"{'a' * 250}@b.se", False),
    ],
)
def test_addresses(text: str, right: bool) -> None:
    assert is_address(text) is right


def test_parts_of_a_sender() -> None:
    assert sender_parts("Umeå <nej@umea.se>") == ("Umeå", "nej@umea.se")
    assert (domain_of("nej@umea.se"), domain_of("Umeå <nej@umea.se>")) == ("umea.se", "umea.se")
