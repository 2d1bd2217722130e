"""Changes to the queue: one winner, one notice, nothing lost. On each database, and in memory."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest

from api.errors import ApiError
from api.handoff.book import Book
from api.handoff.machine import Event
from api.settings import Settings
from api.storage import desk_presence, handoffs
from api.storage.records import Message
from api.storage.store import Store, open_store
from tests.api.handoff.helpers import MINUTE, NIGHT, NOW, agent, citizen, employ, told, wait

ANNA, BO = agent("Anna Berg"), agent("Bo Lind")


@pytest.fixture(autouse=True)
def staff(store: Store) -> None:
    """Two at the desk."""
    for person in (ANNA, BO):
        employ(store, person)


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """The results of all of them, begun together; an ApiError is a result."""
    start = threading.Barrier(len(works))

    def one(work: Callable[[], Any]) -> Any:
        start.wait(10)
        try:
            return work()
        except ApiError as refused:
            return refused

    with ThreadPoolExecutor(len(works)) as threads:
        return list(threads.map(one, works))


def code(error: pytest.ExceptionInfo[ApiError]) -> str:
    return error.value.code


def test_who_asks_waits_and_is_told_so(settings: Settings, store: Store) -> None:
    who = citizen(store)
    waiting = wait(settings, store, who)
    assert (waiting.state, waiting.unit, waiting.municipality) == (
        "waiting",
        "mottagningsenheten",
        "umea",
    )
    (notice,) = told(store, who)
    assert notice.text.startswith("Du står i kö för att chatta med en människa på socialtjänstens")
    assert "Du är nummer 1 i kön. Hur länge du får vänta vet vi inte." in notice.text
    assert notice.body is not None
    assert notice.body["custom"]["kind"] == "handoff"


def test_who_waits_already_is_not_put_there_twice(book: Book, store: Store) -> None:
    who = citizen(store)
    first = book.join(who, NOW, None, None, None)
    again = book.join(who, NOW + MINUTE, "annat", None, None)
    assert (first[1], again[1]) == (True, False)
    assert again[0].id == first[0].id
    assert len(told(store, who)) == 1


def test_two_tabs_that_ask_at_once_make_one(book: Book, store: Store) -> None:
    who = citizen(store)
    found = at_once(*[lambda: book.join(who, NOW, None, None, None)] * 4)
    assert len({handoff.id for handoff, _ in found}) == 1
    assert sorted(is_new for _, is_new in found) == [False, False, False, True]
    assert len(told(store, who)) == 1


def test_nobody_waits_at_night_and_the_refusal_names_the_other_ways(
    book: Book, store: Store
) -> None:
    with pytest.raises(ApiError) as refused:
        book.join(citizen(store), NIGHT, None, None, None)
    assert code(refused) == "desk_closed"
    message = refused.value.text("sv")
    assert "Chatten öppnar i morgon, torsdag, klockan 08.30." in message
    assert "090-16 10 02" in message


def test_nobody_waits_where_nobody_is(book: Book, store: Store) -> None:
    with store.desk.begin() as connection:
        for person in (ANNA, BO):
            desk_presence.set_state(connection, person.id, "break", NOW)
    with pytest.raises(ApiError) as refused:
        book.join(citizen(store), NOW, None, None, None)
    assert code(refused) == "desk_closed"


def test_the_queue_tells_the_question_in_words_of_content(book: Book, store: Store) -> None:
    who = citizen(store)
    custom = {"kind": "answer", "answer": "umea.ledsagning.kostnad", "language": "en"}
    store.add(who.id, "citizen", "how much for my mother Karin", NOW)
    store.add(who.id, "assistant", "It is free.", NOW, body={"custom": custom})
    joined, _ = book.join(who, NOW, None, "asked", None)
    assert (joined.language, joined.reason) == ("en", "asked")
    assert joined.subject == "Vad kostar ledsagning?"
    assert told(store, who)[0].text.startswith("You are in the queue")


def test_who_was_shown_a_crisis_card_is_marked(book: Book, store: Store) -> None:
    who = citizen(store)
    store.add(who.id, "assistant", "Ring 112.", NOW, body={"custom": {"kind": "crisis"}})
    assert book.join(who, NOW, None, None, None)[0].danger
    assert not book.join(citizen(store), NOW, None, None, None)[0].danger


def test_a_claim_is_told_and_measured(book: Book, settings: Settings, store: Store) -> None:
    who = citizen(store)
    waiting = wait(settings, store, who)
    claimed, is_new = book.claim(waiting.id, ANNA, NOW + 3 * MINUTE)
    assert is_new
    assert (claimed.state, claimed.claimed_by, claimed.claimed_name) == (
        "talking",
        ANNA.id,
        "Anna Berg",
    )
    assert claimed.waited_seconds == 180
    assert told(store, who)[-1].text.startswith("Nu svarar Anna, en människa på")
    assert "Berg" not in told(store, who)[-1].text


def test_a_claim_sent_again_is_the_same_claim(book: Book, settings: Settings, store: Store) -> None:
    who = citizen(store)
    waiting = wait(settings, store, who)
    book.claim(waiting.id, ANNA, NOW)
    assert book.claim(waiting.id, ANNA, NOW)[1] is False
    assert len(told(store, who)) == 2


def test_of_two_that_claim_at_once_one_wins_and_the_other_is_told(
    book: Book, settings: Settings, store: Store
) -> None:
    for _ in range(5):
        who = citizen(store)
        waiting = wait(settings, store, who)
        found = at_once(*[partial(book.claim, waiting.id, p, NOW) for p in (ANNA, BO, ANNA, BO)])
        refused = [f for f in found if isinstance(f, ApiError)]
        won = [f for f in found if not isinstance(f, ApiError)]
        (winner,) = {handoff.claimed_name for handoff, _ in won}
        assert [is_new for _, is_new in won].count(True) == 1
        assert [r.code for r in refused] == ["already_claimed"] * 2
        assert all(str(winner) in r.text("sv") for r in refused)
        assert len(told(store, who)) == 2


def test_two_processes_that_claim_at_once(
    settings: Settings, store: Store, days: int, book: Book
) -> None:
    if days == 0:
        # Conversations in memory are one process's own: the other finds none to claim.
        waiting = wait(settings, store, citizen(store))
        other = open_store(settings)
        with pytest.raises(ApiError) as refused:
            Book(settings, other).claim(waiting.id, BO, NOW)
        assert code(refused) == "unknown_handoff"
        other.close()
        return
    other = open_store(settings)
    books = (book, Book(settings, other))
    for _ in range(5):
        waiting = wait(settings, store, citizen(store))
        found = at_once(
            lambda w=waiting: books[0].claim(w.id, ANNA, NOW),  # type: ignore[misc]
            lambda w=waiting: books[1].claim(w.id, BO, NOW),  # type: ignore[misc]
        )
        assert [isinstance(f, ApiError) for f in found].count(True) == 1
    other.close()


def _say(book: Book, handoff_id: str, text: str, key: str = "k") -> tuple[Message, bool]:
    body = {"agent": {"id": ANNA.id, "name": "Anna"}}
    return book.reply(handoff_id, ANNA, Message(0, "agent", text, body, None, key, NOW), NOW)


def test_an_agent_says_something_once_for_its_key(
    book: Book, settings: Settings, store: Store
) -> None:
    who = citizen(store)
    waiting = wait(settings, store, who)
    book.claim(waiting.id, ANNA, NOW)
    first, again = _say(book, waiting.id, "Hej!"), _say(book, waiting.id, "Hej!")
    assert (first[1], again[1]) == (True, False)
    assert first[0] == again[0]
    with pytest.raises(ApiError) as refused:
        _say(book, waiting.id, "Något annat")
    assert code(refused) == "key_reused"
    book.happen("close", waiting.id, NOW, by=ANNA, outcome="answered")
    # Sent before it ended, and asked about again after: it was said.
    assert _say(book, waiting.id, "Hej!")[0].number == first[0].number
    with pytest.raises(ApiError) as refused:
        _say(book, waiting.id, "För sent", "k2")
    assert code(refused) == "handoff_ended"


def test_only_who_has_the_chat_can_do_anything_with_it(
    book: Book, settings: Settings, store: Store
) -> None:
    waiting = wait(settings, store, citizen(store))
    book.claim(waiting.id, BO, NOW)
    events: list[Event] = ["release", "transfer", "give_back", "close"]
    for event in events:
        with pytest.raises(ApiError) as refused:
            book.happen(event, waiting.id, NOW, by=ANNA)
        assert code(refused) == "not_your_chat"
        assert "Bo Lind" in refused.value.text("sv")
    with pytest.raises(ApiError) as refused:
        _say(book, waiting.id, "Hej!")
    assert code(refused) == "not_your_chat"


def test_put_back_it_keeps_its_place(book: Book, settings: Settings, store: Store) -> None:
    first, second = citizen(store), citizen(store)
    early, late = wait(settings, store, first), wait(settings, store, second, NOW + MINUTE)
    book.claim(early.id, ANNA, NOW + 2 * MINUTE)
    back = book.happen("transfer", early.id, NOW + 3 * MINUTE, by=ANNA, colleague=BO,
                       wanted_by=BO.id)  # fmt: skip
    assert (back.state, back.claimed_by, back.wanted_by) == ("waiting", None, BO.id)
    assert told(store, first)[-1].text.startswith("Anna lämnar över till Bo.")
    with store.desk.connect() as connection:
        assert handoffs.place(connection, back) == 1
        assert handoffs.place(connection, late) == 2
    again, _ = book.claim(early.id, BO, NOW + 9 * MINUTE)
    assert (again.wanted_by, again.waited_seconds) == (None, 120)


@pytest.mark.parametrize(
    ("event", "state", "says"),
    [
        ("release", "waiting", "Anna kan inte fortsätta. Du står i kön igen"),
        ("agent_gone", "waiting", "Anna är inte kvar vid chatten. Du står i kön igen"),
        ("nobody_left", "returned", "ingen annan kan ta över nu. Assistenten svarar igen."),
        ("give_back", "returned", "Anna lämnar över till assistenten igen."),
        ("close", "closed", "Anna har avslutat chatten."),
        ("leave", "left", "Du har avslutat chatten med Anna."),
        ("citizen_gone", "left", "Du har inte varit här på ett tag"),
    ],
)
def test_the_citizen_is_told_of_everything_that_happens(
    book: Book, settings: Settings, store: Store, event: Any, state: str, says: str
) -> None:
    who = citizen(store)
    waiting = wait(settings, store, who)
    book.claim(waiting.id, ANNA, NOW)
    after = book.happen(event, waiting.id, NOW)
    assert after.state == state
    assert after.is_active == (state == "waiting")
    assert says in told(store, who)[-1].text


def test_a_desk_that_closes_tells_the_ways_and_when_it_opens(
    book: Book, settings: Settings, store: Store
) -> None:
    who = citizen(store)
    waiting = wait(settings, store, who)
    after = book.happen("desk_closed", waiting.id, NIGHT)
    assert after.state == "expired"
    text = told(store, who)[-1].text
    assert text.startswith("Chatten har stängt, och ingen hann svara dig.")
    assert "Chatten öppnar i morgon, torsdag, klockan 08.30." in text
    assert "090-16 10 02" in text
    assert "Du blir uppringd av" in text
    assert told(store, who)[-1].body["buttons"] == [  # type: ignore[index]
        {"title": "Bli uppringd", "payload": "Bli uppringd"}
    ]


def test_an_english_citizen_is_told_in_english(
    book: Book, settings: Settings, store: Store
) -> None:
    who = citizen(store)
    store.update(who.id, language="en")
    waiting = wait(settings, store, who)
    book.claim(waiting.id, ANNA, NOW)
    assert [m.text.split()[0] for m in told(store, who)] == ["You", "Now"]


def test_what_was_erased_ends_and_nothing_tells_of_it(
    book: Book, settings: Settings, store: Store
) -> None:
    who = citizen(store)
    waiting = book.join(who, NOW, "Något om mig", "asked", None)[0]
    book.claim(waiting.id, ANNA, NOW)
    store.erase(who.id)
    ended = book.erased(who.id, NOW)
    assert ended is not None
    with store.desk.connect() as connection:
        found = handoffs.find(connection, waiting.id)
        assert handoffs.newest(connection, who.id) is None
    assert found is not None
    assert (found.state, found.subject, found.reason) == ("left", None, None)
    assert who.id not in repr(found)
    with pytest.raises(ApiError) as refused:
        _say(book, waiting.id, "Hej!")
    assert code(refused) == "unknown_handoff"
    assert book.erased(who.id, NOW) is None


def test_erased_while_an_agent_writes_either_comes_first(
    book: Book, settings: Settings, store: Store
) -> None:
    who = citizen(store)
    waiting = wait(settings, store, who)
    book.claim(waiting.id, ANNA, NOW)
    found = at_once(lambda: _say(book, waiting.id, "Hej!"), lambda: store.erase(who.id))
    assert isinstance(found[0], tuple) or found[0].code == "unknown_handoff"
    assert store.messages(who.id) == []


def test_an_ended_one_is_purged_in_time_unless_it_is_kept(
    book: Book, settings: Settings, store: Store, days: int
) -> None:
    who, kept = citizen(store), citizen(store)
    for person in (who, kept):
        book.happen("leave", wait(settings, store, person).id, NOW)
    waiting = wait(settings, store, citizen(store))
    if days:
        store.freeze(True, kept.id)
    with store.desk.begin() as connection:
        assert handoffs.purge(connection, NOW) == 0
        assert handoffs.purge(connection, NOW + MINUTE) == (1 if days else 2)
        assert handoffs.find(connection, waiting.id) is not None


def test_a_row_changes_only_in_the_state_that_was_seen(settings: Settings, store: Store) -> None:
    waiting = wait(settings, store, citizen(store))
    with store.desk.begin() as connection:
        assert not handoffs.change(connection, waiting.id, "talking", state="closed")
        assert handoffs.find(connection, waiting.id) == waiting
        assert handoffs.change(connection, waiting.id, "waiting", state="left", ended_at=NOW)
