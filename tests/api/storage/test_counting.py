"""Counters by day."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from api.storage.store import Store
from tests.api.storage.helpers import DAY, NOW, count

TODAY = NOW.date()


def test_a_counter_is_one_for_each_day_municipality_and_name(store: Store) -> None:
    count(store, TODAY, "umea", "messages")
    count(store, TODAY, "umea", "messages", 4)
    count(store, TODAY, "umea", "answers")
    count(store, TODAY, "leksand", "messages")
    count(store, TODAY - DAY, "umea", "messages")
    assert store.counters(TODAY) == [
        (TODAY, "leksand", "messages", 1),
        (TODAY, "umea", "answers", 1),
        (TODAY, "umea", "messages", 5),
    ]
    assert store.counters(TODAY - DAY)[0] == (TODAY - DAY, "umea", "messages", 1)
    assert store.counters(TODAY + DAY) == []


def test_all_of_many_at_once_are_counted(store: Store) -> None:
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda _: count(store, TODAY, "umea", "messages"), range(40)))
    assert store.counters(TODAY) == [(TODAY, "umea", "messages", 40)]


def test_counters_outlive_the_conversations(store: Store) -> None:
    count(store, TODAY - 400 * DAY, "umea", "messages")
    store.purge(NOW, 30)
    assert len(store.counters(TODAY - 400 * DAY)) == 1
