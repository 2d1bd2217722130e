"""Playing a conversation: as a citizen's is treated, and nothing of it stays."""

from __future__ import annotations

import asyncio
import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from api.console.models import SecondModel
from api.console.records import MOST_TURNS, Setting
from api.console.service import AT_ONCE, Console
from api.errors import ApiError
from api.services.assistant import Assistant
from api.settings import Settings
from bot.dialogue.turn import in_stockholm
from tests.api.helpers import ANSWER, MORNING, Canned

NOW = in_stockholm(dt.datetime.fromisoformat(MORNING))
UMEA = Setting("umea")


def console(assistant: Assistant | None, seconds: float = 60, **settings: Any) -> Console:
    chosen = Settings(**settings)
    second = SecondModel(chosen, lambda: None, lambda of: Canned([ANSWER]))
    return Console(chosen, lambda: assistant, second, seconds)


async def test_all_turns_are_said_by_one_sender_that_is_forgotten() -> None:
    canned = Canned([ANSWER])
    played = await console(canned).play(UMEA, ["Vad kostar det?", "Och vem?"], NOW)
    senders = {sender for sender, _, _ in canned.heard}
    (sender,) = senders
    assert sender.startswith("staff-")
    assert canned.forgotten == [sender]
    assert [p.turn for p in played] == [1, 2]
    assert played[0].replies == (ANSWER,)
    await console(canned).play(UMEA, ["Vad kostar det?"], NOW)
    assert len({s for s, _, _ in canned.heard}) == 2


async def test_what_the_assistant_is_told_is_what_staff_chose() -> None:
    canned = Canned([ANSWER])
    chosen = Setting("ludvika", "kiosk", "fi", True, "torsdag 09.45", ("chat", "mail"))
    (played,) = await console(canned).play(chosen, ["Hej du?"], NOW)
    assert canned.heard[0][2] == {
        "municipality": "ludvika",
        "channel": "kiosk",
        "easy": True,
        "language": "fi",
        "now": "2026-11-19T09:45:00+01:00",
        "person": {"chat": True, "callback": False, "mail": True, "waiting": 0},
    }
    assert played.moment.isoformat() == "2026-11-19T09:45:00+01:00"
    await console(canned).play(UMEA, ["Hej du?"], NOW)
    assert canned.heard[1][2] == {
        "municipality": "umea",
        "channel": "web",
        "easy": False,
        "now": NOW.isoformat(),
    }


async def test_personal_data_is_masked_before_anything_else_sees_it() -> None:
    canned = Canned([ANSWER])
    (played,) = await console(canned).play(UMEA, ["/greet 19121212-1212 vad kostar det?"], NOW)
    assert played.masked_text == "greet [personnummer] vad kostar det?"
    assert played.masked == ("personnummer",)
    assert canned.heard[0][1].text == played.masked_text


async def test_a_reply_that_the_model_did_not_make_has_no_trace() -> None:
    broken = Canned(error=RuntimeError("it fails"))
    (played,) = await console(broken).play(UMEA, ["Vad kostar det?"], NOW)
    assert played.trace is None
    assert "090-16 10 02" in played.replies[0]["text"]
    assert len(broken.forgotten) == 1


REFUSED = (
    (Setting("atlantis"), ["Hej?"], "unknown_municipality"),
    (Setting("umea", moment="någon gång"), ["Hej?"], "unknown_moment"),
    (UMEA, ["Hej?"] * (MOST_TURNS + 1), "too_many_turns"),
    (UMEA, ["Hej?", " \u200b"], "empty_message"),
    (UMEA, ["x" * 1001], "message_too_long"),
)


@pytest.mark.parametrize(("setting", "texts", "code"), REFUSED)
async def test_what_cannot_be_played_is_refused_before_anything_is_said(
    setting: Setting, texts: list[str], code: str
) -> None:
    canned = Canned([ANSWER])
    with pytest.raises(ApiError, match=code):
        await console(canned).play(setting, texts, NOW)
    assert canned.heard == []


async def test_without_an_assistant_it_is_said_that_it_starts() -> None:
    with pytest.raises(ApiError, match="starting"):
        await console(None).play(UMEA, ["Hej?"], NOW)


async def test_what_takes_too_long_is_ended_and_forgotten() -> None:
    slow = Canned([ANSWER], seconds=3600)
    with pytest.raises(ApiError, match="play_too_slow"):
        await console(slow, seconds=0.01).play(UMEA, ["Hej?"], NOW)
    assert slow.forgotten == [slow.heard[0][0]]


async def test_two_models_are_compared_one_comparison_at_a_time(tmp_path: Path) -> None:
    for name in ("nu", "forra"):
        (tmp_path / f"{name}.tar.gz").touch()
    other = Canned([{**ANSWER, "text": "Det vet jag inte."}])
    both = console(other, model=tmp_path / "nu.tar.gz")
    first = asyncio.create_task(both.compare(UMEA, ["Vad kostar det?"], NOW, other="forra"))
    await asyncio.sleep(0)
    with pytest.raises(ApiError, match="compare_busy"):
        await both.compare(UMEA, ["Hej?"], NOW, other="forra")
    (compared,) = await first
    assert compared.differs == ("Svaren har olika text.",)
    # The model that serves is known by its name too, and is not loaded a second time.
    (same,) = await both.compare(UMEA, ["Hej?"], NOW, other="nu")
    assert same.differs == ()
    with pytest.raises(ApiError, match="unknown_model"):
        await both.compare(UMEA, ["Hej?"], NOW, other="borta")
    assert await both.play(UMEA, ["Hej?"], NOW, "forra")


async def test_so_many_play_at_once_and_the_others_wait() -> None:
    begun, go_on = asyncio.Semaphore(0), asyncio.Event()

    class Slow(Canned):
        async def reply(self, *told: Any) -> list[dict[str, Any]]:
            begun.release()
            await go_on.wait()
            return await super().reply(*told)

    slow = Slow([ANSWER])
    played = console(slow)
    plays = [asyncio.create_task(played.play(UMEA, ["Hej du?"], NOW)) for _ in range(AT_ONCE + 1)]
    for _ in range(AT_ONCE):
        await begun.acquire()
    assert begun.locked()
    go_on.set()
    await asyncio.gather(*plays)
    assert len(slow.heard) == AT_ONCE + 1
