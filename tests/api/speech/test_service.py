"""Words to sound: once for all who ask, never too many at a time, and only what may be is kept."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from api.errors import ApiError
from api.settings import Settings
from api.settings_speech import SpeechSettings
from api.speech import service
from api.speech.service import MOST_WAITING, Order, Speech
from bot.speech.engine import NotStarted, SpeechError
from tests.api.speech.engines import Spy, spoken_by

ORDER = Order("ledsagning är gratis", "sv", slow=False, form="wav", keep=True)


@pytest.fixture
async def spy() -> AsyncIterator[Spy]:
    found = Spy()
    yield found
    found.close()


def made(folder: Path, spy: Spy, **speech: Any) -> Speech:
    """Speech with this engine."""
    return Speech(Settings(data_dir=folder, speech=SpeechSettings(**speech)), spoken_by(spy))


def kept(folder: Path) -> list[Path]:
    return sorted((folder / "speech").glob("*"))


async def test_the_same_sentence_is_made_once_for_all_who_ask(tmp_path: Path, spy: Spy) -> None:
    spy.may_go_on.clear()
    speech = made(tmp_path, spy)
    asked = [asyncio.ensure_future(speech.sound(ORDER)) for _ in range(20)]
    await asyncio.sleep(0)
    asked[0].cancel()
    spy.may_go_on.set()
    _, *files = await asyncio.gather(*asked, return_exceptions=True)
    assert len(set(files)) == 1
    assert await made(tmp_path, spy).sound(ORDER) == files[0]
    assert spy.heard == [("ledsagning är gratis", "sv", 1.0)]
    speech.close()


async def test_each_way_of_saying_it_is_another_sound(tmp_path: Path, spy: Spy) -> None:
    speech = made(tmp_path, spy)
    ways = [ORDER, replace(ORDER, slow=True), replace(ORDER, language="en")]
    for order in [*ways, replace(ORDER, words="annat"), replace(ORDER, form="opus"), *ways]:
        await speech.sound(order)
    assert [(language, speed) for _, language, speed in spy.heard[:3]] == [
        ("sv", 1.0),
        ("sv", 0.75),
        ("en", 1.0),
    ]
    assert len(spy.heard) == len(kept(tmp_path)) == 5
    assert not any("ledsagning" in file.name for file in kept(tmp_path))
    speech.close()


async def test_what_is_not_to_be_kept_is_not_on_disk(tmp_path: Path, spy: Spy) -> None:
    for speech, order in [
        (made(tmp_path, spy), replace(ORDER, keep=False)),
        (made(tmp_path, spy, cache_mb=0), ORDER),
    ]:
        assert await speech.sound(order)
        speech.close()
    assert kept(tmp_path) == []
    assert len(spy.heard) == 2


async def test_no_more_wait_than_there_is_room_for(tmp_path: Path, spy: Spy) -> None:
    spy.may_go_on.clear()
    speech = made(tmp_path, spy)
    orders = [replace(ORDER, words=f"mening {n}") for n in range(MOST_WAITING)]
    waiting = [asyncio.ensure_future(speech.sound(order)) for order in orders]
    await asyncio.sleep(0)
    with pytest.raises(ApiError) as refused:
        await speech.sound(ORDER)
    assert (refused.value.status, refused.value.code) == (503, "speech_busy")
    assert refused.value.retry_after
    spy.may_go_on.set()
    assert len(await asyncio.gather(*waiting)) == MOST_WAITING
    assert await speech.sound(ORDER)
    speech.close()


async def test_nobody_waits_for_ever(
    tmp_path: Path, spy: Spy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "WAIT_SECONDS", 0.0)
    spy.may_go_on.clear()
    speech = made(tmp_path, spy)
    with pytest.raises(ApiError, match="speech_busy"):
        await speech.sound(ORDER)
    speech.close()


async def test_speech_that_is_off_or_broken_is_told(tmp_path: Path) -> None:
    off = made(tmp_path, Spy(), enabled=False)
    broken = made(tmp_path, Spy(NotStarted("x")))
    stammering = made(tmp_path, Spy(SpeechError("x")))
    assert [s.works() for s in (off, broken, stammering)] == [False, True, True]
    for speech in (off, broken, stammering):
        with pytest.raises(ApiError, match="no_speech"):
            await speech.sound(ORDER)
    # Words that can't be said are no reason to stay silent for good.
    assert [s.works() for s in (off, broken, stammering)] == [False, False, True]
    assert await stammering.sound(ORDER)
    for speech in (off, broken, stammering):
        speech.close()
