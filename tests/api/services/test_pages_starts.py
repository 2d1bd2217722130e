"""Which conversation a page started: found again for some minutes, and not kept for ever."""

from __future__ import annotations

import datetime as dt

from api.services.pages_starts import KEPT, MOST, Starts

NOW = dt.datetime(2026, 11, 18, 10, tzinfo=dt.timezone.utc)


def test_found_again_for_a_while() -> None:
    starts = Starts()
    assert starts.find("key", NOW) is None
    starts.remember("key", "id", "secret", NOW)
    found = starts.find("key", NOW + KEPT)
    assert found is not None and (found.conversation, found.secret) == ("id", "secret")
    assert starts.find("key", NOW + KEPT + dt.timedelta(seconds=1)) is None


def test_what_is_old_is_forgotten() -> None:
    starts = Starts()
    starts.remember("old", "id", "secret", NOW)
    starts.remember("new", "id", "secret", NOW + KEPT + dt.timedelta(seconds=1))
    assert starts.find("old", NOW) is None
    assert starts.find("new", NOW + KEPT) is not None


def test_only_so_many_are_kept() -> None:
    starts = Starts()
    for number in range(MOST + 1):
        starts.remember(str(number), "id", "secret", NOW)
    assert starts.find("0", NOW) is None
    assert starts.find("1", NOW) is not None and starts.find(str(MOST), NOW) is not None
