"""The test console with the trained model: the whole trace, the form, and nothing left behind."""

from __future__ import annotations

import datetime as dt
import sqlite3
from pathlib import Path

import pytest

from api.console.models import SecondModel
from api.console.records import Played, Setting
from api.console.service import Console
from api.schemas_console import Trace, read_trace
from api.settings import Settings
from bot.dialogue.turn import in_stockholm
from bot.guard.intake import admit
from bot.knowledge.loader import load_knowledge
from tests.conftest import NOW, Talk

pytestmark = pytest.mark.bot

WEDNESDAY = in_stockholm(dt.datetime.fromisoformat(NOW))


def play(converse: Talk, setting: Setting, *texts: str) -> list[Played]:
    settings = Settings(test_mode=True)
    console = Console(settings, lambda: converse._assistant, SecondModel(settings, lambda: None))
    return converse._loop.run_until_complete(console.play(setting, texts, WEDNESDAY))


def trace_of(played: Played) -> Trace:
    """The trace in the page's words: a key that nobody agreed on is an error."""
    told = read_trace(played.trace)
    assert told is not None
    return told


def events(database: Path) -> set[str]:
    """The senders that Rasa remembers."""
    with sqlite3.connect(database) as connection:
        return {s for (s,) in connection.execute("SELECT DISTINCT sender_id FROM events")}


def test_a_conversation_with_all_that_was_understood_and_nothing_left(
    converse: Talk, database: Path
) -> None:
    texts = ("Hej, vad kostar det med ledsagning?", "och vem kan få det?", "jag vill inte leva")
    first, second, third = play(converse, Setting("umea", moment="torsdag 09.45"), *texts)
    told = trace_of(first)
    assert told.readings[0].answer == first.replies[0]["custom"]["answer"]
    assert (told.language.code, told.band, told.rule.name) == ("sv", "sure", "kostnad")
    assert [e.value for e in told.entities] == ["ledsagning"]
    assert told.slots.after["service"] == "ledsagning"
    assert {s.name for s in told.steps} >= {"language", "names", "topics", "memory", "action"}
    assert sum(s.ms for s in told.steps) == pytest.approx(first.ms, abs=1)
    page = load_knowledge().municipalities["umea"].pages[told.evidence[0].page]
    assert page.text[told.evidence[0].start : told.evidence[0].end]
    spoken = " ".join(a.spoken for a in told.aloud)
    assert spoken == first.replies[0]["custom"]["spoken"]

    told = trace_of(second)
    assert told.slots.before["service"] == "ledsagning"
    assert told.readings[0].topic == "ledsagning.vem"
    assert "Samtalet hittills" in {f.name for f in told.readings[0].factors}
    assert all(r.why_not.endswith(".") for r in told.readings[1:])

    assert third.replies[0]["custom"]["kind"] == "crisis"
    assert trace_of(third).path[0].step == "Fara"
    assert not {s for s in events(database) if s.startswith("staff-")}


def test_nobody_but_the_console_gets_a_trace(converse: Talk) -> None:
    told = {"now": NOW, "municipality": "umea", "trace": True}
    replies = converse._loop.run_until_complete(
        converse._assistant.reply("test no trace", admit("Vad kostar ledsagning?"), told)
    )
    assert all("trace" not in (reply.get("custom") or {}) for reply in replies)


def test_the_form_is_filled_in_and_cancelled_and_nobody_is_called(
    converse: Talk, database: Path
) -> None:
    setting = Setting("umea", moment="torsdag 09.45", open_ways=("callback",))
    filled = (
        "Bli uppringd",
        "det gäller avgifter",
        "Anna Testsson",
        "070-174 06 05",
        "den första",
        "ja",
        "avboka min uppringning",
    )
    *asked, sent, cancelled = play(converse, setting, *filled)
    assert [p.masked_text for p in asked[1:]] == ["[ärende]", "[namn]", "[telefonnummer]", "[tid]"]
    assert "Namn: Anna Testsson" in asked[-1].replies[0]["text"]
    assert trace_of(asked[1]).rule.name == "callback_form"
    assert "ärendenummer är UM-" in sent.replies[0]["text"]
    assert "Det är avbokat." in cancelled.replies[0]["text"]
    assert b"Testsson" not in database.read_bytes()
