"""The mail on Monday morning: to whom, when, once, and what must not stand in it."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from api.review import weekly
from api.review.deciding import Decisions
from api.review.meaning import Meanings
from api.review.service import Review, key_of
from api.review.weekly import WeeklyMail, due
from api.settings import Settings
from api.storage import review as table
from api.storage.store import Store, open_store
from api.storage.tables_desk import outbox
from bot.dialogue.turn import in_stockholm
from bot.knowledge.loader import load_knowledge
from tests.api.review.helpers import asked

MONDAY = in_stockholm(dt.datetime.fromisoformat("2026-11-23T07:00"))
LAST_WEEK = MONDAY - dt.timedelta(days=3)
EDITORS = "webben@kommun.example"


@pytest.mark.parametrize(
    ("moment", "monday"),
    [
        ("2026-11-23T06:59", None),
        ("2026-11-23T07:00", "2026-11-23"),
        ("2026-11-24T23:00", "2026-11-23"),
        ("2026-11-25T06:59", "2026-11-23"),
        ("2026-11-25T07:00", None),
        ("2026-11-22T12:00", None),
        ("2026-03-30T07:00", "2026-03-30"),
        ("2026-03-30T05:00+00:00", "2026-03-30"),
        ("2026-11-23T05:59+00:00", None),
    ],
)
def test_it_is_due_on_monday_morning(moment: str, monday: str | None) -> None:
    found = due(in_stockholm(dt.datetime.fromisoformat(moment)))
    assert (found.isoformat() if found else None) == monday


@pytest.fixture
def store(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A database, and Umeå with an address for the mail."""
    umea = load_knowledge().municipalities["umea"]
    umea = replace(umea, assistant=replace(umea.assistant, review_email=EDITORS))
    known = {**load_knowledge().municipalities, "umea": umea}
    monkeypatch.setattr(weekly, "load_knowledge", lambda: SimpleNamespace(municipalities=known))
    opened = open_store(Settings(data_dir=folder))
    yield opened
    opened.close()


@pytest.fixture
def mail(store: Store) -> WeeklyMail:
    """What puts the mail into the outbox."""
    return WeeklyMail(store, Review(store, Meanings()), "https://lotsen.example")


def mails(store: Store) -> list[sa.engine.Row]:
    with store.desk.connect() as connection:
        return list(connection.execute(sa.select(outbox)))


def test_it_tells_what_several_asked_and_nothing_personal(store: Store, mail: WeeklyMail) -> None:
    asked(store, "var får husvagnen stå i vinter", "out_of_scope", at=LAST_WEEK, times=3)
    asked(store, "hur hög får häcken vara", at=LAST_WEEK, times=2)
    asked(store, "min granne på [adress] skriker", at=LAST_WEEK, times=4)
    asked(store, "min fru Agneta har hjärtsvikt", at=LAST_WEEK, times=4)
    asked(store, "när hämtas soporna", at=MONDAY - dt.timedelta(days=8), times=5)
    asked(store, "när öppnar badhuset", at=MONDAY - dt.timedelta(hours=1), times=5)
    asked(store, "vad kostar bygglov", at=LAST_WEEK, municipality="ludvika", times=5)
    # What an editor has been asked is told by its number alone.
    hedge = {key_of("hur hög får häcken vara"): "hur hög får häcken vara"}
    Decisions(store).ask("umea", hedge, "", SimpleNamespace(id="eva", name="Eva"), LAST_WEEK)
    assert mail.send_due(MONDAY) == 1
    (sent,) = mails(store)
    assert (sent.kind, sent.recipient, sent.municipality) == ("review_weekly", EDITORS, "umea")
    assert sent.subject == "Frågor att granska, vecka 47"
    assert "Frågor att granska: 11" in sent.body
    assert "Fick inget svar: 8\nTogs för att inte höra hit: 3" in sent.body
    assert "- var får husvagnen stå i vinter (i 3 samtal)" in sent.body
    assert "1 fråga väntar" in sent.body
    assert "https://lotsen.example/staff/review?kommun=umea" in sent.body
    for word in ("häcken", "[", "Agneta", "soporna", "badhuset", "bygglov", "{"):
        assert word not in sent.body, word


def test_it_is_sent_once_whatever_the_number_of_processes(store: Store, mail: WeeklyMail) -> None:
    asked(store, "hur hög får häcken vara", at=LAST_WEEK)
    other = WeeklyMail(store, Review(store, Meanings()), "")
    hour = dt.timedelta(hours=1)
    sent = [m.send_due(MONDAY + n * hour) for n, m in enumerate((mail, other, mail, other))]
    assert sent == [1, 0, 0, 0]
    assert "Ingen fråga ställdes av tillräckligt många" in mails(store)[0].body
    asked(store, "hur hög får häcken vara", at=MONDAY + hour)
    assert mail.send_due(MONDAY + dt.timedelta(days=7)) == 1


def test_nothing_to_tell_is_no_mail(store: Store, mail: WeeklyMail) -> None:
    assert mail.send_due(MONDAY) == 0
    asked(store, "hur hög får häcken vara", at=LAST_WEEK)
    assert mail.send_due(MONDAY - dt.timedelta(hours=1)) == 0
    assert mails(store) == []


async def test_it_is_tried_again_after_a_failure(
    store: Store, mail: WeeklyMail, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked(store, "hur hög får häcken vara", at=LAST_WEEK)
    monkeypatch.setattr(weekly, "LOOK_SECONDS", 0)
    moments: Iterator[dt.datetime | BaseException]
    moments = iter([RuntimeError("no clock"), MONDAY, asyncio.CancelledError()])

    def clock() -> dt.datetime:
        moment = next(moments)
        if isinstance(moment, BaseException):
            raise moment
        return moment

    with pytest.raises(asyncio.CancelledError):
        await mail.run(clock)
    assert len(mails(store)) == 1


def test_two_at_the_same_moment_send_one(
    store: Store, mail: WeeklyMail, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked(store, "hur hög får häcken vara", at=LAST_WEEK)
    # Neither has seen that the other began.
    monkeypatch.setattr(table, "flag", lambda *_: None)
    assert [mail.send_due(MONDAY), mail.send_due(MONDAY)] == [1, 0]
    assert len(mails(store)) == 1
