"""Conversations and messages: kept as they came, in order, behind a secret."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone

import pytest
import sqlalchemy as sa

from api.settings import Settings
from api.storage.records import Gone, KeyUsed
from api.storage.store import Store, open_store
from tests.api.storage.helpers import DAY, NOW, rasa_has, rasa_writes, start

LATER = NOW + timedelta(minutes=1)


def test_a_conversation_is_found_with_its_secret_alone(store: Store) -> None:
    made, secret = store.create("umea", "web", "en", True, NOW)
    other, other_secret = store.create("leksand", "kiosk", None, False, NOW)
    assert store.find(made.id, secret) == made
    assert store.find(other.id, other_secret) == other
    for wrong in ("", other_secret, secret[:-1], secret + " ", "å", "\ud800"):
        assert store.find(made.id, wrong) is None


@pytest.mark.parametrize(
    "unknown", ["A" * 22, "", "\x00" * 22, "\ud800" * 22, "x" * 5000, "' OR 1=1"]
)
def test_an_id_that_is_not_ours_is_not_found(store: Store, unknown: str) -> None:
    secret = store.create("umea", "web", None, False, NOW)[1]
    assert store.find(unknown, secret) is None
    assert store.find(unknown, "") is None


def test_ids_and_secrets_cannot_be_guessed_and_the_secret_is_not_kept(store: Store) -> None:
    made = [store.create("umea", "web", None, False, NOW) for _ in range(20)]
    assert len({c.id for c, _ in made} | {s for _, s in made}) == 40
    assert all(len(c.id) == 22 and len(s) == 43 for c, s in made)
    with store.texts.connect() as connection:
        kept = str(connection.execute(sa.text("SELECT * FROM conversations")).all())
    assert all(c.id in kept and s not in kept for c, s in made)


def test_all_survives_a_restart(store: Store, settings: Settings) -> None:
    made, secret = store.create("umea", "web", "fi", False, NOW)
    body = {"kind": "answer", "contacts": [{"name": "Mottagningsenheten"}], "språk": "å"}
    store.add(made.id, "citizen", "Vad kostar det?", NOW, key="nyckel-1")
    said = store.add(made.id, "assistant", "Ingenting.", LATER, body=body, in_reply_to=1)
    store.close()
    again = open_store(settings)
    assert again.find(made.id, secret) is not None
    assert again.messages(made.id, after=1) == [said]
    assert (said.body, said.created_at, said.number) == (body, LATER, 2)
    again.close()


def test_messages_are_numbered_within_their_conversation(store: Store) -> None:
    one, two = start(store), start(store)
    for n in range(3):
        store.add(one.id, "citizen", str(n), NOW)
        store.add(two.id, "notice", str(n), NOW)
    assert [(m.number, m.text, m.sender) for m in store.messages(one.id)] == [
        (1, "0", "citizen"),
        (2, "1", "citizen"),
        (3, "2", "citizen"),
    ]
    assert [m.number for m in store.messages(two.id, after=1)] == [2, 3]
    assert store.messages(one.id, after=3) == []
    assert store.messages("nobody") == []


def test_replies_are_told_from_what_they_answer(store: Store) -> None:
    mine = start(store).id
    store.add(mine, "citizen", "ett", NOW)
    store.add(mine, "citizen", "två", NOW)
    for number in (2, 1, 2):
        store.add(mine, "assistant", f"till {number}", NOW, in_reply_to=number)
    assert [m.number for m in store.replies_to(mine, 2)] == [3, 5]
    assert [m.text for m in store.replies_to(mine, 1)] == ["till 1"]
    assert store.replies_to(mine, 3) == []


def test_a_key_is_used_once_in_a_conversation(store: Store) -> None:
    one, two = start(store), start(store)
    first = store.add(one.id, "citizen", "hej", NOW, key="nyckel-1")
    with pytest.raises(KeyUsed) as used:
        store.add(one.id, "citizen", "annat", LATER, key="nyckel-1")
    assert used.value.message == first
    assert "hej" not in str(used.value)
    assert store.add(one.id, "citizen", "hej", NOW, key="nyckel-2").number == 2
    assert store.add(two.id, "citizen", "hej", NOW, key="nyckel-1").number == 1
    assert [m.key for m in store.messages(one.id)] == ["nyckel-1", "nyckel-2"]


def test_messages_without_a_key_never_collide(store: Store) -> None:
    mine = start(store).id
    assert [store.add(mine, "assistant", "hej", NOW).number for _ in range(3)] == [1, 2, 3]


def test_many_at_once_get_a_number_each(store: Store) -> None:
    mine, other = start(store).id, start(store).id

    def add(n: int) -> int:
        return store.add(mine if n % 2 else other, "citizen", str(n), NOW).number

    with ThreadPoolExecutor(8) as threads:
        numbers = list(threads.map(add, range(40)))
    assert sorted(numbers) == sorted([*range(1, 21)] * 2)
    assert [m.number for m in store.messages(mine)] == list(range(1, 21))


def test_of_many_with_the_same_key_one_is_stored(store: Store) -> None:
    mine = start(store).id

    def add(n: int) -> str:
        try:
            return store.add(mine, "citizen", "hej", NOW, key="nyckel-1").text
        except KeyUsed as used:
            return f"used {used.message.number}"

    with ThreadPoolExecutor(8) as threads:
        said = sorted(threads.map(add, range(8)))
    assert said == ["hej", *["used 1"] * 7]


def test_two_processes_write_in_one_conversation(store: Store, settings: Settings) -> None:
    mine = start(store).id
    other = open_store(settings)

    def add(n: int) -> int:
        return (store, other)[n % 2].add(mine, "citizen", str(n), NOW).number

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(add, range(24))) == list(range(1, 25))
    assert other.messages(mine) == store.messages(mine)
    other.close()


def test_language_and_easy_can_be_changed_each_by_itself(store: Store) -> None:
    mine, secret = store.create("umea", "web", "sv", False, NOW)

    def now_has() -> tuple[str | None, bool]:
        found = store.find(mine.id, secret)
        assert found is not None
        return found.language, found.easy

    store.update(mine.id, easy=True)
    assert now_has() == ("sv", True)
    store.update(mine.id, language=None)
    assert now_has() == (None, True)
    store.update(mine.id)
    assert now_has() == (None, True)
    store.update(mine.id, language="en", easy=False)
    assert now_has() == ("en", False)


def test_what_is_written_shows_when_the_conversation_was_last_touched(store: Store) -> None:
    mine, secret = store.create("umea", "web", None, False, NOW)
    store.add(mine.id, "citizen", "hej", LATER)
    found = store.find(mine.id, secret)
    assert found is not None
    assert (found.created_at, found.updated_at) == (NOW, LATER)
    store.give_feedback(mine.id, 1, True, None, NOW + DAY)
    found = store.find(mine.id, secret)
    assert found is not None
    assert found.updated_at == NOW + DAY


def test_a_time_keeps_its_moment_and_must_tell_its_zone(store: Store) -> None:
    stockholm = timezone(timedelta(hours=1))
    mine = start(store, datetime(2026, 11, 18, 11, 0, tzinfo=stockholm))
    read = store.add(mine.id, "citizen", "hej", NOW).created_at
    assert mine.created_at == NOW
    assert (read, read.utcoffset()) == (NOW, timedelta(0))
    with pytest.raises(sa.exc.StatementError, match="must tell its zone"):
        store.add(mine.id, "citizen", "hej", datetime(2026, 11, 18, 10, 0))  # noqa: DTZ001


def test_feedback_is_replaced_by_later_feedback_on_the_same_answer(store: Store) -> None:
    mine = start(store).id
    store.give_feedback(mine, 4, False, "Fel nummer", NOW)
    store.give_feedback(mine, 2, True, None, NOW)
    given = store.give_feedback(mine, 4, True, None, LATER)
    assert given.helped is True
    assert [(f.number, f.helped, f.words) for f in store.feedback(mine)] == [
        (2, True, None),
        (4, True, None),
    ]
    assert store.feedback(mine)[1] == given


def test_what_no_database_can_hold_is_left_out(store: Store) -> None:
    mine = start(store).id
    said = store.add(
        mine, "citizen", "a\x00b\ud800c 👋", NOW, body={"x": "\x00\ud800"}, key="k\x00"
    )
    assert (said.text, said.key) == ("ab?c 👋", "k")
    assert store.give_feedback(mine, 1, True, "bra\x00", NOW).helped
    assert store.feedback(mine)[0].words == "bra"


def test_nothing_is_added_to_a_conversation_that_is_gone(store: Store) -> None:
    mine = start(store).id
    store.erase(mine)
    with pytest.raises(Gone):
        store.add(mine, "assistant", "svar", NOW)
    with pytest.raises(Gone):
        store.give_feedback(mine, 1, True, None, NOW)
    with pytest.raises(Gone):
        store.update(mine, easy=True)
    assert (store.messages(mine), store.feedback(mine)) == ([], [])


def test_an_answer_to_an_erased_conversation_leaves_nothing_with_rasa(store: Store) -> None:
    mine = start(store).id
    store.add(mine, "citizen", "hej", NOW)
    store.erase(mine)
    # Rasa was answering all the while, and writes what it heard when it has done so.
    rasa_writes(store, mine, "hej")
    rasa_writes(store, "somebody else", "hej")
    with pytest.raises(Gone):
        store.add(mine, "assistant", "svar", NOW, in_reply_to=1)
    assert (rasa_has(store, mine), rasa_has(store, "somebody else")) == (0, 1)


def test_a_healthy_store_and_one_that_is_not(store: Store) -> None:
    for _ in range(2):
        assert store.problem(NOW) is None
    with store.texts.begin() as connection:
        connection.execute(sa.text("DROP TABLE flags"))
    assert store.problem(NOW) == "the database does not answer"


def test_a_database_that_takes_nothing_is_told(store: Store) -> None:
    def full(connection: object, cursor: object, statement: str, *rest: object) -> None:
        if statement.startswith("INSERT"):
            raise sa.exc.OperationalError("database or disk is full", None, Exception())

    sa.event.listen(store.texts, "before_cursor_execute", full)
    assert store.problem(NOW) == "nothing can be written to the database"
    sa.event.remove(store.texts, "before_cursor_execute", full)
    assert store.problem(NOW) is None
