"""The audit log: who did what, read by municipality, kept for its time."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from api.storage import audit
from api.storage.audit import MOST, Entry
from api.storage.desk_store import DeskStore
from api.storage.store import Store
from tests.api.storage.helpers import DAY, NOW


@dataclass(frozen=True, slots=True)
class Person:
    id: str = "s1"
    name: str = "Anna"


@pytest.fixture
def desk(store: Store) -> DeskStore:
    """An empty one."""
    return store.desk


def read(desk: DeskStore, *municipalities: str, **other: int) -> list[Entry]:
    with desk.connect() as connection:
        return audit.read(connection, municipalities, **other)


def test_a_line_tells_who_did_what_to_what(desk: DeskStore) -> None:
    audit.write(desk, NOW, Person(), "umea", "claimed", "h1")
    [line] = read(desk, "umea")
    assert line == Entry(line.id, NOW, "s1", "Anna", "umea", "claimed", "h1")


def test_a_line_is_kept_with_what_it_tells_of_or_not_at_all(desk: DeskStore) -> None:
    with desk.begin() as connection:
        audit.write(connection, NOW, Person(), "umea", "claimed", "h1")
    with pytest.raises(RuntimeError), desk.begin() as connection:
        audit.write(connection, NOW, Person(), "umea", "closed", "h1")
        raise RuntimeError("the claim failed")
    assert [line.action for line in read(desk, "umea")] == ["claimed"]


def test_a_municipality_sees_its_own(desk: DeskStore) -> None:
    audit.write(desk, NOW, Person(), "umea", "claimed")
    audit.write(desk, NOW, Person(), "ludvika", "closed")
    audit.write(desk, NOW, None, None, "sign_in_failed", "4f1d")
    assert [line.action for line in read(desk, "ludvika")] == ["closed"]
    assert [line.action for line in read(desk, "ludvika", "umea")] == ["closed", "claimed"]
    assert read(desk) == []


def test_it_is_read_page_by_page_from_the_newest(desk: DeskStore) -> None:
    for n in range(5):
        audit.write(desk, NOW, Person(), "umea", "replied", str(n))
    newest = read(desk, "umea", limit=2)
    older = read(desk, "umea", before=newest[-1].id, limit=2)
    assert [line.object for line in newest + older] == ["4", "3", "2", "1"]


def test_the_numbers_of_the_lines_tell_nothing_of_other_municipalities(desk: DeskStore) -> None:
    for municipality in ("umea", "ludvika", "umea", "umea", "ludvika"):
        audit.write(desk, NOW, Person(), municipality, "replied")
    assert [line.id for line in read(desk, "ludvika")] == [2, 1]
    assert [line.id for line in read(desk, "ludvika", before=2)] == [1]


def test_a_page_has_an_end(desk: DeskStore) -> None:
    with desk.begin() as connection:
        for _ in range(MOST + 1):
            audit.write(connection, NOW, Person(), "umea", "replied")
    assert len(read(desk, "umea", limit=10_000)) == MOST


def test_what_is_too_old_goes(desk: DeskStore) -> None:
    audit.write(desk, NOW - DAY, Person(), "umea", "claimed")
    audit.write(desk, NOW, Person(), "umea", "closed")
    with desk.begin() as connection:
        assert audit.purge(connection, NOW) == 1
    assert [line.action for line in read(desk, "umea")] == ["closed"]
