"""The commands for whoever looks after the mail."""

from __future__ import annotations

import asyncio

import pytest

from api.mail import __main__ as module
from api.mail.__main__ import main
from api.storage import outbox
from api.storage.desk_store import DeskStore
from tests.api.mail.helpers import MAIL, MINUTE, NOW, PERSONAL, SENDER, UNIT, put, rows
from tests.api.mail.post_office import HOST, PostOffice


@pytest.fixture(autouse=True)
def _environment(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (
        ("LOTSEN_DATABASE_URL", address),
        ("LOTSEN_SMTP_HOST", HOST),
        ("LOTSEN_SMTP_TLS", "none"),
        ("LOTSEN_SMTP_FROM", SENDER),
    ):
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(module, "utc_now", lambda: NOW + MINUTE)


@pytest.fixture
def mail_id(desk: DeskStore) -> int:
    """A mail that was given up."""
    put(desk)
    with desk.begin() as connection:
        waiting = outbox.lease(connection, NOW)
        assert waiting is not None
        outbox.give_up(connection, waiting, NOW, "recipient 550")
        return waiting.id


def test_failed_mail_is_listed_without_contents(
    mail_id: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["failed"]) == 0
    head, line = capsys.readouterr().out.splitlines()
    assert head.startswith("id\tmunicipality\t")
    assert line.split("\t") == [
        *(str(mail_id), "umea", "callback", "UM-7K3F-92QX", UNIT),
        *("2026-11-18T10:00:00+00:00", "recipient 550"),
    ]
    assert not any(secret in line for secret in PERSONAL)


@pytest.mark.parametrize(
    ("options", "to"), [([], UNIT), (["--to", "ny@kommun.se"], "ny@kommun.se")]
)
def test_a_mail_is_sent_after_all(
    desk: DeskStore, mail_id: int, options: list[str], to: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["retry", str(mail_id), *options]) == 0
    [row] = rows(desk)
    assert (row.failed_at, row.due_at, row.recipient) == (None, NOW + MINUTE, to)
    assert main(["retry", str(mail_id)]) == 1
    assert capsys.readouterr().err == f"Error: No mail {mail_id} was given up.\n"


@pytest.mark.parametrize(("refused", "code"), [({}, 0), ({"RCPT": "550 no"}, 1)])
async def test_the_settings_are_tried(
    refused: dict[str, str],
    code: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    office = PostOffice(refuse=refused)
    async with office.open():
        monkeypatch.setenv("LOTSEN_SMTP_PORT", str(office.port))
        assert await asyncio.to_thread(main, ["trial", MAIL.recipient]) == code
    said = capsys.readouterr()
    if refused:
        assert said.err == "Error: The mail server did not take it: recipient 550.\n"
    else:
        assert said.out == f"{HOST} took the mail to {UNIT}.\n"
        assert office.messages[0]["Subject"] == "Prov från Medborgarlotsen"


def test_without_a_mail_server_nothing_is_tried(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("LOTSEN_SMTP_HOST")
    assert main(["trial", UNIT]) == 1
    assert "LOTSEN_SMTP_HOST" in capsys.readouterr().err


def test_settings_that_can_not_be_used(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LOTSEN_SMTP_FROM", "ingen")
    assert main(["failed"]) == 2
    assert capsys.readouterr().err.startswith("Error: LOTSEN_SMTP_FROM is 'ingen'")


@pytest.mark.parametrize(
    "wrong", [["trial", "ingen"], ["retry", "x"], ["retry", "1", "--to", "x"], []]
)
def test_what_is_no_command(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(wrong)
    assert "usage: python -m api.mail" in capsys.readouterr().err
