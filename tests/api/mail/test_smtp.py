"""Handing a message to a real mail server: encrypted, signed in, and what is told of failures."""

from __future__ import annotations

import asyncio
import socket
import ssl
from email.message import EmailMessage
from pathlib import Path

import pytest

from api.mail import smtp
from api.mail.smtp import SmtpServer, Unsent
from tests.api.mail.helpers import SENDER, UNIT, settings
from tests.api.mail.post_office import HOST, PASSWORD, USER, PostOffice, make_certificate

LOGIN = {"user": USER, "password": PASSWORD}


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, Path]:
    """Of the server, and the file by which it is known."""
    return make_certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def message() -> EmailMessage:
    """A small one."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = SENDER, UNIT, "Hej"
    made.set_content("Hej\n.\nEn punkt ensam på en rad.")
    return made


@pytest.mark.parametrize("tls", ["starttls", "tls"])
async def test_encrypted_and_signed_in(
    tls: str, certificate: tuple[ssl.SSLContext, Path], message: EmailMessage
) -> None:
    context, known_by = certificate
    office = PostOffice()
    async with office.open(tls, context, signed_in=tls == "starttls"):
        login = LOGIN if tls == "starttls" else {}
        ours = settings(office.port, tls=tls, ca_file=str(known_by), **login)
        await SmtpServer(ours).send(message, UNIT)
    assert office.encrypted == [True]
    assert office.users == ([USER] if login else [])
    assert "En punkt ensam" in office.messages[0].get_content()


@pytest.mark.parametrize("tls", ["starttls", "tls"])
async def test_a_server_that_nobody_vouches_for_gets_nothing(
    tls: str, certificate: tuple[ssl.SSLContext, Path], message: EmailMessage
) -> None:
    office = PostOffice()
    async with office.open(tls, certificate[0]):
        with pytest.raises(Unsent) as told:
            await SmtpServer(settings(office.port, tls=tls, **LOGIN)).send(message, UNIT)
    assert (told.value.problem, told.value.final) == ("certificate", False)
    assert (office.taken, office.users) == ([], [])


async def test_a_server_without_encryption_gets_no_password(message: EmailMessage) -> None:
    office = PostOffice()
    async with office.open():
        with pytest.raises(Unsent) as told:
            await SmtpServer(settings(office.port, tls="starttls", **LOGIN)).send(message, UNIT)
    assert (told.value.final, office.taken, office.users) == (False, [], [])


async def test_a_wrong_password_is_for_the_operator_to_mend(
    certificate: tuple[ssl.SSLContext, Path], message: EmailMessage
) -> None:
    context, known_by = certificate
    office = PostOffice()
    async with office.open("starttls", context, signed_in=True):
        ours = settings(
            office.port, tls="starttls", ca_file=str(known_by), user=USER, password="fel"
        )
        with pytest.raises(Unsent) as told:
            await SmtpServer(ours).send(message, UNIT)
    assert (told.value.problem, told.value.final) == ("sign-in 535", False)


async def test_nobody_listens(message: EmailMessage) -> None:
    office = PostOffice()
    async with office.open():
        pass
    with pytest.raises(Unsent) as told:
        await SmtpServer(settings(office.port)).send(message, UNIT)
    assert (told.value.problem, told.value.final) == ("connection", False)


async def test_a_server_that_says_nothing(
    message: EmailMessage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtp, "STEP_SECONDS", 0.05)
    with socket.create_server((HOST, 0)) as silent, pytest.raises(Unsent) as told:
        await SmtpServer(settings(silent.getsockname()[1])).send(message, UNIT)
    assert told.value.problem == "timeout"


async def test_a_server_that_takes_too_long_for_all_of_it(
    message: EmailMessage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtp, "WHOLE_SECONDS", 0.05)
    with socket.create_server((HOST, 0)) as silent, pytest.raises(Unsent) as told:
        await SmtpServer(settings(silent.getsockname()[1])).send(message, UNIT)
    assert told.value.problem == "timeout"


async def test_a_bad_goodbye_changes_nothing(message: EmailMessage) -> None:
    class Rude(PostOffice):
        async def handle_QUIT(  # noqa: N802
            self, server: object, session: object, envelope: object
        ) -> str:
            """Refuse to end."""
            return "500 No"

    office = Rude()
    async with office.open():
        await SmtpServer(settings(office.port)).send(message, UNIT)
    assert len(office.taken) == 1


async def test_many_at_once(message: EmailMessage) -> None:
    office = PostOffice()
    async with office.open():
        ours = SmtpServer(settings(office.port))
        await asyncio.gather(*(ours.send(message, UNIT) for _ in range(5)))
    assert len(office.taken) == 5
