"""Erasing, keeping for so many days, freezing: a conversation goes with Rasa's part, or stays."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from api.settings import Settings
from api.storage import deletion
from api.storage.records import Frozen, Gone
from api.storage.store import Store, open_store
from tests.api.storage.helpers import DAY, NOW, count, rasa_has, rasa_writes, start

SECOND = timedelta(seconds=1)


def full(store: Store, days_ago: float = 0) -> str:
    """A conversation with a message, feedback and Rasa's events."""
    moment = NOW - days_ago * DAY
    mine = start(store, moment).id
    store.add(mine, "citizen", "hej", moment)
    store.give_feedback(mine, 1, False, "dåligt", moment)
    rasa_writes(store, mine, "hej", "svar", now=moment)
    return mine


def is_whole(store: Store, conversation_id: str) -> bool:
    kept = store.export(conversation_id)
    parts = ("conversation", "messages", "feedback", "rasa_events")
    has = [bool(kept and kept[part]) for part in parts]
    assert len(set(has)) == 1, "only a part of it went"
    return has[0]


def test_erasing_takes_all_of_one_conversation(store: Store) -> None:
    mine, other = full(store), full(store)
    store.erase(mine)
    assert (is_whole(store, mine), is_whole(store, other)) == (False, True)
    assert store.messages(mine) == []
    store.erase(mine)
    store.erase("nobody")


def test_erasing_works_where_rasa_has_not_written_yet(store: Store) -> None:
    mine = start(store).id
    store.erase(mine)
    assert store.export(mine) is None
    assert store.purge(NOW, 0) == 0


def test_old_conversations_go_on_the_day(store: Store) -> None:
    old, edge, young = full(store, 31), full(store, 30), full(store, 1)
    assert store.purge(NOW, 30) == 1
    assert [is_whole(store, c) for c in (old, edge, young)] == [False, True, True]
    assert store.purge(NOW + SECOND, 30) == 1
    assert [is_whole(store, c) for c in (edge, young)] == [False, True]
    assert store.purge(NOW + SECOND, 30) == 0


def test_what_was_left_at_a_kiosk_goes_after_a_quarter_of_an_hour(store: Store) -> None:
    web, left, here, kept = (
        store.create("umea", channel, None, False, NOW - 2 * deletion.LEFT)[0].id
        for channel in ("web", "kiosk", "kiosk", "kiosk")
    )
    for conversation in (web, left, here, kept):
        store.add(conversation, "citizen", "hej", NOW - deletion.LEFT)
        rasa_writes(store, conversation, "hej")
    store.add(here, "assistant", "svar", NOW, in_reply_to=1)
    store.freeze(True, kept)
    assert store.purge_left(NOW) == set()
    assert store.purge_left(NOW + SECOND) == {left}
    there = [bool(store.export(c)) for c in (web, left, here, kept)]
    assert there == [True, False, True, True]
    assert [rasa_has(store, c) for c in (web, left)] == [1, 0]
    store.freeze(True)
    assert store.purge_left(NOW + 2 * deletion.LEFT) == set()


def test_a_conversation_that_goes_on_is_kept_whole(store: Store) -> None:
    mine = full(store, 40)
    store.add(mine, "citizen", "hej igen", NOW - DAY)
    assert store.purge(NOW, 30) == 0
    assert is_whole(store, mine)


def test_zero_days_leave_no_text_in_the_database(store: Store) -> None:
    mine = full(store)
    rasa_writes(store, "kiosk", "hej")
    count(store, NOW.date(), "umea", "messages")
    assert store.purge(NOW + SECOND, 0) == 2
    assert not is_whole(store, mine)
    assert rasa_has(store, "kiosk") == 0
    assert store.counters(NOW.date()) == [(NOW.date(), "umea", "messages", 1)]


def test_the_events_of_rasas_own_contract_go_one_by_one(store: Store) -> None:
    rasa_writes(store, "kiosk", "gammalt", "också", now=NOW - 31 * DAY)
    rasa_writes(store, "kiosk", "nytt", now=NOW - 29 * DAY)
    rasa_writes(store, "another", "gammalt", now=NOW - 31 * DAY)
    assert store.purge(NOW, 30) == 2
    assert (rasa_has(store, "kiosk"), rasa_has(store, "another")) == (1, 0)


def test_more_than_a_batch_goes_too(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deletion, "BATCH", 3)
    old = [full(store, 31) for _ in range(7)]
    for n in range(5):
        rasa_writes(store, f"kiosk {n}", "hej", "svar", now=NOW - 31 * DAY)
    young = full(store)
    assert store.purge(NOW, 30) == 12
    assert not any(is_whole(store, c) for c in old)
    assert is_whole(store, young)
    assert rasa_has(store, "kiosk 4") == 0


def test_a_freeze_keeps_everything(store: Store) -> None:
    mine = full(store, 31)
    rasa_writes(store, "kiosk", "hej", now=NOW - 31 * DAY)
    assert not store.frozen()
    store.freeze(True)
    assert store.frozen()
    assert store.purge(NOW, 30) == 0
    with pytest.raises(Frozen):
        store.erase(mine)
    assert is_whole(store, mine)
    assert rasa_has(store, "kiosk") == 1
    store.freeze(False)
    assert not store.frozen()
    assert store.purge(NOW, 30) == 2


def test_a_freeze_does_not_stop_anybody_from_asking(store: Store) -> None:
    store.freeze(True)
    mine = full(store)
    assert is_whole(store, mine)
    count(store, NOW.date(), "umea", "messages")


def test_a_freeze_of_one_conversation_keeps_that_one(store: Store) -> None:
    mine, other = full(store, 31), full(store, 31)
    store.freeze(True, mine)
    assert not store.frozen()
    with pytest.raises(Frozen):
        store.erase(mine)
    assert store.purge(NOW, 30) == 1
    assert [is_whole(store, c) for c in (mine, other)] == [True, False]
    store.freeze(False, mine)
    store.erase(mine)
    assert not is_whole(store, mine)
    with pytest.raises(Gone):
        store.freeze(True, mine)


def test_the_freeze_holds_for_another_process_and_after_a_restart(
    store: Store, settings: Settings
) -> None:
    other = open_store(settings)
    mine = full(store, 31)
    store.freeze(True)
    with pytest.raises(Frozen):
        other.erase(mine)
    other.close()
    other = open_store(settings)
    assert other.frozen()
    assert other.purge(NOW, 30) == 0
    other.close()


def test_two_processes_may_purge_at_once(
    store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deletion, "BATCH", 4)
    other = open_store(settings)
    old = [full(store, 31) for _ in range(20)]
    with ThreadPoolExecutor(2) as threads:
        gone = list(threads.map(lambda s: s.purge(NOW, 30), (store, other)))
    assert sum(gone) == 20
    assert not any(is_whole(store, c) for c in old)
    other.close()


def test_writing_while_others_are_erased_and_purged(store: Store) -> None:
    mine = start(store).id
    others = [full(store, 31) for _ in range(6)] + [full(store) for _ in range(6)]

    def one(n: int) -> None:
        if n < 12:
            store.erase(others[n])
        elif n < 16:
            store.purge(NOW, 30)
        else:
            store.add(mine, "citizen", str(n), NOW)
            rasa_writes(store, mine, str(n))

    with ThreadPoolExecutor(6) as threads:
        list(
            threads.map(one, [0, 16, 12, 1, 17, 2, 18, 13, 3, 19, 4, 5, 6, 14, 7, 8, 9, 15, 10, 11])
        )
    assert [m.number for m in store.messages(mine)] == [1, 2, 3, 4]
    assert rasa_has(store, mine) == 4
    assert not any(is_whole(store, c) for c in others)


def test_what_is_erased_is_gone_from_sqlites_files_too(tmp_path: Path) -> None:
    store = open_store(Settings(data_dir=tmp_path))
    mine, other = start(store).id, start(store).id
    for n in range(50):
        store.add(mine, "citizen", f"hemlighet {n} " * 40, NOW, body={"x": "hemlighet"})
        store.add(other, "citizen", "kvar " * 40, NOW)
    rasa_writes(store, mine, "hemlighet")

    def files() -> bytes:
        return b"".join(p.read_bytes() for p in tmp_path.iterdir())

    assert b"hemlighet" in files()
    store.erase(mine)
    assert b"hemlighet" not in files()
    assert b"kvar" in files()
    store.purge(NOW + DAY, 0)
    assert b"kvar" not in files()
    store.close()
