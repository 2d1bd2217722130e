"""Figures of queues, callbacks, mail and counters, on both databases."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from api.handoff.records import Handoff
from api.storage import callbacks, counting, figures, handoffs, outbox
from api.storage.figures import Queue
from api.storage.store import Store
from tests.api.desk_helpers import CALLBACK
from tests.api.storage.helpers import DAY, NOW, count

MINUTE = dt.timedelta(minutes=1)
FIRST = Handoff(
    id="A" * 22, conversation_id="a", municipality="umea", unit="mottagningsenheten",
    state="waiting", subject=None, reason=None, language=None, channel="web", danger=False,
    created_at=NOW - 9 * MINUTE, changed_at=NOW, citizen_seen_at=NOW,
)  # fmt: skip


def test_figures_are_sums_of_what_stands_in_the_tables(store: Store) -> None:
    taken: dict[str, Any] = {"state": "talking", "claimed_at": NOW}
    everybody: list[dict[str, Any]] = [
        {},
        {"created_at": NOW - MINUTE},
        {**taken, "waited_seconds": 90},
        {**taken, "waited_seconds": 30},
        {**taken, "waited_seconds": 10, "claimed_at": NOW - 2 * DAY},
        {**taken, "waited_seconds": 5, "municipality": "leksand"},
    ]
    with store.desk.begin() as connection:
        for number, more in enumerate(everybody):
            own = {"id": str(number) * 22, "conversation_id": str(number), **more}
            handoffs.add(connection, replace(FIRST, **own))
        callbacks.add(connection, CALLBACK, "a", "b")
        mail = outbox.Mail("callback", "umea", "a@example.se", "Ämne", "Text")
        for _ in range(3):
            outbox.put(connection, mail, NOW)
        waiting = outbox.lease(connection, NOW)
        assert waiting is not None
        outbox.give_up(connection, waiting, NOW, "no such mailbox")
    with store.desk.connect() as connection:
        assert figures.queues(connection) == {"umea": Queue(2, NOW - 9 * MINUTE)}
        assert figures.mail(connection) == (2, 1)
        assert figures.waits(connection, "umea", NOW - DAY, NOW + DAY) == [30, 90]
        late = CALLBACK.due_to + MINUTE
        assert figures.overdue(connection, late) == {"umea": 1}
        assert figures.overdue(connection, CALLBACK.due_to) == {}


def test_counters_are_summed_by_name_and_read_by_municipality(store: Store) -> None:
    today = NOW.date()
    for day, municipality, name, by in (
        (today, "umea", "answer.umea.a", 2),
        (today - DAY, "leksand", "answer.umea.a", 1),
        (today - 9 * DAY, "umea", "answer.umea.a", 5),
        (today, "umea", "answer.umea_b", 7),
        (today, "umea", "messages", 4),
    ):
        count(store, day, municipality, name, by)
    with store.desk.connect() as connection:
        since = today - 2 * DAY
        assert counting.totals(connection, since, ["answer.umea."]) == [("answer.umea.a", 3)]
        assert counting.totals(connection, since, ["answer.umea_", "mess"]) == [
            ("answer.umea_b", 7), ("messages", 4),
        ]  # fmt: skip
        own = counting.of_municipality(connection, "umea", today, today)
        assert [row[1] for row in own] == ["answer.umea.a", "answer.umea_b", "messages"]
