"""What the desk shows of a record: words for times, what was understood, what content has lost."""

from __future__ import annotations

import datetime as dt

import pytest

from api.handoff.records import DeskStatus, Handoff
from api.services.desk_views import by_name, message_views, municipality_view, row_view
from api.storage.records import Message
from tests.api.staff.helpers import NOW

HANDOFF = Handoff(
    id="h",
    conversation_id="c",
    municipality="umea",
    unit="mottagningsenheten",
    state="waiting",
    subject=None,
    reason=None,
    language=None,
    channel="web",
    danger=False,
    created_at=NOW,
    changed_at=NOW,
    citizen_seen_at=NOW,
)


def moment(text: str) -> dt.datetime:
    """A moment in Swedish time."""
    return dt.datetime.fromisoformat(f"{text}+01:00")


@pytest.mark.parametrize(
    ("when", "told"),
    [
        ("2026-11-18T13:00", "klockan 13.00"),
        ("2026-11-19T00:30", "i morgon, torsdag, klockan 00.30"),
        ("2026-11-23T08:30", "på måndag klockan 08.30"),
        ("2026-12-23T08:30", "onsdag 2026-12-23 klockan 08.30"),
    ],
)
def test_moments_are_named(when: str, told: str) -> None:
    assert by_name(moment(when), NOW) == told
    assert by_name(moment(when).astimezone(dt.timezone.utc), NOW) == told


def status(**values: object) -> DeskStatus:
    """A desk that is closed."""
    closed: dict[str, object] = {
        "chat_open": False, "hours_open": False, "opens": None, "closes": None,
        "agents": 0, "present": 0, "waiting": 0, "wait_minutes": None,
    }  # fmt: skip
    return DeskStatus(**{**closed, **values})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({}, "Stängt"),
        ({"hours_open": True, "agents": 1, "chat_open": True}, "Öppet"),
        ({"hours_open": True}, "Öppettid, men ingen tar emot just nu"),
        ({"opens": moment("2026-11-18T13:00")}, "Stängt. Öppnar klockan 13.00"),
    ],
)
def test_a_desk_is_described_when_little_is_known(values: dict[str, object], text: str) -> None:
    assert municipality_view("umea", status(**values), [], NOW).text == text


def test_a_unit_that_content_has_lost_is_named_by_its_id() -> None:
    lost = Handoff(**{**{n: getattr(HANDOFF, n) for n in Handoff.__slots__}, "unit": "gone"})
    assert row_view(lost, {}, NOW).unit_name == "gone"


def test_an_agent_whose_account_is_gone_has_no_name() -> None:
    known = {n: getattr(HANDOFF, n) for n in Handoff.__slots__}
    row = row_view(Handoff(**{**known, "state": "talking", "claimed_by": "gone"}), {}, NOW)
    assert row.claimed_by is not None
    assert (row.claimed_by.id, row.claimed_by.name) == ("gone", "")


def test_waiting_never_takes_less_than_no_time() -> None:
    assert row_view(HANDOFF, {}, NOW - dt.timedelta(seconds=5)).waited_seconds == 0


def test_a_message_without_an_answer_is_only_shown_what_was_masked() -> None:
    def said(number: int, sender: str, body: dict[str, object] | None, to: int | None) -> Message:
        return Message(number, sender, "…", body, to, None, NOW)  # type: ignore[arg-type]

    shown = message_views(
        [
            said(1, "citizen", None, None),
            said(2, "citizen", {"masked": ["telefonnummer"]}, None),
            said(3, "citizen", None, None),
            said(4, "assistant", {"custom": {"kind": "clarify"}}, 3),
            said(5, "assistant", {"custom": {"kind": "answer"}}, 3),
            said(6, "assistant", None, None),
            said(7, "agent", {"agent": {"id": "a", "name": "Anna"}}, None),
        ]
    )
    nothing: dict[str, object] = {
        "kind": None,
        "answer": None,
        "topic": None,
        "confidence": None,
        "masked": [],
    }
    assert [m.understood and m.understood.dict() for m in shown] == [
        None,
        {**nothing, "masked": ["telefonnummer"]},
        {**nothing, "kind": "clarify"},
        *[None] * 4,
    ]
    assert shown[-1].agent == "Anna"
