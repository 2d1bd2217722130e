"""Who a message is for, and what becomes of an answer that comes too late."""

from __future__ import annotations

from typing import Any

import pytest

from api.handoff.book import Book
from api.handoff.talks import Talks, is_for_agent
from api.settings import Settings
from api.storage import handoffs
from api.storage.records import Conversation, Gone
from api.storage.store import Store
from tests.api.handoff.helpers import MINUTE, NOW, agent, citizen, employ, wait
from tests.api.handoff.test_book import at_once

ANNA = agent()
ANSWER = [{"text": "Det är gratis.", "custom": {"kind": "answer"}}]
CARD = [{"text": "Ring 112.", "custom": {"kind": "crisis"}}]


@pytest.fixture
def talks(store: Store) -> Talks:
    """With Anna at the desk."""
    employ(store, ANNA)
    return Talks(store)


@pytest.fixture
def who(store: Store, talks: Talks) -> Conversation:
    """A citizen."""
    return citizen(store)


def hear(talks: Talks, who: Conversation, text: str = "Hej", key: str = "key") -> Any:
    return talks.hear(who.id, text, {}, key, NOW)


def senders(store: Store, who: Conversation) -> list[str]:
    return [m.sender for m in store.messages(who.id)]


def test_without_a_person_the_assistant_answers(
    talks: Talks, who: Conversation, store: Store
) -> None:
    message, is_new = hear(talks, who)
    assert is_new
    assert not is_for_agent(message)
    (reply,) = talks.answer(who.id, message.number, ANSWER, NOW)
    assert (reply.sender, reply.text, reply.in_reply_to) == ("assistant", "Det är gratis.", 1)
    assert hear(talks, who) == (message, False)
    seen = talks.look(who.id, "key")
    assert (seen.known, seen.replies, seen.talking, seen.length) == (message, [reply], False, 2)


def test_who_waits_is_answered_by_the_assistant(
    talks: Talks, who: Conversation, store: Store, settings: Settings
) -> None:
    wait(settings, store, who)
    message, _ = hear(talks, who)
    assert not is_for_agent(message)
    assert talks.answer(who.id, message.number, ANSWER, NOW)


def test_what_is_said_to_a_person_is_only_for_them(
    talks: Talks, who: Conversation, store: Store, settings: Settings, book: Book
) -> None:
    waiting = wait(settings, store, who)
    book.claim(waiting.id, ANNA, NOW)
    message, _ = hear(talks, who)
    assert is_for_agent(message)
    assert talks.look(who.id, "key").talking
    book.happen("give_back", waiting.id, NOW)
    # Sent again when the person has left: it is theirs still, and answered by nobody else.
    assert is_for_agent(hear(talks, who)[0])
    assert not talks.look(who.id, "key").talking


def test_an_answer_that_comes_after_the_claim_is_dropped(
    talks: Talks, who: Conversation, store: Store, settings: Settings, book: Book
) -> None:
    waiting = wait(settings, store, who)
    message, _ = hear(talks, who)
    book.claim(waiting.id, ANNA, NOW)
    assert talks.answer(who.id, message.number, ANSWER, NOW) == []
    assert senders(store, who) == ["notice", "citizen", "notice"]
    # It is the agent's from now on, also if it is sent again later.
    assert is_for_agent(store.messages(who.id)[1])


def test_danger_is_answered_whoever_has_the_conversation(
    talks: Talks, who: Conversation, store: Store, settings: Settings, book: Book
) -> None:
    waiting = wait(settings, store, who)
    book.claim(waiting.id, ANNA, NOW)
    message, _ = hear(talks, who)
    (card,) = talks.answer(who.id, message.number, [*ANSWER, *CARD], NOW)
    assert card.text == "Ring 112."
    with store.desk.connect() as connection:
        found = handoffs.find(connection, waiting.id)
    assert found is not None
    assert found.danger


def test_danger_while_waiting_is_shown_to_the_desk(
    talks: Talks, who: Conversation, store: Store, settings: Settings
) -> None:
    waiting = wait(settings, store, who)
    message, _ = hear(talks, who)
    talks.answer(who.id, message.number, CARD, NOW + MINUTE)
    with store.desk.connect() as connection:
        found = handoffs.find(connection, waiting.id)
    assert found is not None
    assert found.danger
    assert found.changed_at == NOW + MINUTE


def test_a_message_sent_while_somebody_claims_is_one_persons(
    talks: Talks, store: Store, settings: Settings, book: Book
) -> None:
    for _ in range(5):
        who = citizen(store)
        waiting = wait(settings, store, who)
        stored, _ = at_once(
            lambda w=who: hear(talks, w),  # type: ignore[misc]
            lambda w=waiting: book.claim(w.id, ANNA, NOW),  # type: ignore[misc]
        )
        number = stored.message.number
        if not is_for_agent(stored.message):
            talks.answer(who.id, number, ANSWER, NOW)
        (kept,) = [m for m in store.messages(who.id) if m.sender == "citizen"]
        replies = store.replies_to(who.id, number)
        # The claim was first or came between: the agent's. There is never a late answer.
        assert is_for_agent(kept)
        assert replies == []


def test_an_answer_stored_while_somebody_claims_comes_before_it_or_not_at_all(
    talks: Talks, store: Store, settings: Settings, book: Book
) -> None:
    for _ in range(5):
        who = citizen(store)
        waiting = wait(settings, store, who)
        message, _ = hear(talks, who)
        at_once(
            lambda w=who, m=message: talks.answer(w.id, m.number, ANSWER, NOW),  # type: ignore[misc]
            lambda w=waiting: book.claim(w.id, ANNA, NOW),  # type: ignore[misc]
        )
        assert senders(store, who) in (
            ["notice", "citizen", "assistant", "notice"],
            ["notice", "citizen", "notice"],
        )
        answered = "assistant" in senders(store, who)
        assert is_for_agent(store.messages(who.id)[1]) != answered


def test_nothing_is_stored_of_what_was_erased(
    talks: Talks, who: Conversation, store: Store
) -> None:
    message, _ = hear(talks, who)
    store.erase(who.id)
    with pytest.raises(Gone):
        talks.answer(who.id, message.number, ANSWER, NOW)
    with pytest.raises(Gone):
        hear(talks, who)
