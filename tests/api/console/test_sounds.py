"""What can be heard: a sentence of a moment ago, by who played it."""

from __future__ import annotations

import datetime as dt

from api.console.sounds import MINUTES, MOST, Sounds
from api.services.live import Live
from api.services.redis_link import RedisLink
from bot.speech.segments import Segment
from tests.api.staff.helpers import NOW

ALONE = RedisLink("", Live())
SAID = [Segment("Ring 112.", "Ring ett ett två."), Segment("Hej.", "Hej.")]


async def test_a_sentence_is_found_by_who_played_it_and_for_a_while() -> None:
    """By its number; nothing else."""
    sounds = Sounds(ALONE)
    key = await sounds.keep("anna", SAID, "sv", NOW)
    last = NOW + dt.timedelta(minutes=MINUTES)
    assert await sounds.find("anna", key, 0, last) == ("Ring ett ett två.", "sv")
    assert await sounds.find("anna", key, 1, NOW) == ("Hej.", "sv")
    for session, which, index in [("bo", key, 0), ("anna", "x", 0), ("anna", key, 2)]:
        assert await sounds.find(session, which, index, NOW) is None
    assert await sounds.find("anna", key, -1, NOW) is None
    assert await sounds.find("anna", key, 0, last + dt.timedelta(seconds=1)) is None


async def test_no_more_are_kept_than_fit() -> None:
    """The oldest go first."""
    sounds = Sounds(ALONE)
    keys = [await sounds.keep("anna", SAID, "sv", NOW) for _ in range(MOST + 1)]
    found = [await sounds.find("anna", key, 0, NOW) for key in (keys[0], keys[1], keys[-1])]
    assert [f is None for f in found] == [True, False, False]
