"""What is recorded of a message, and how it is told to staff. Without a model."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import Any

import pytest

import bot.dialogue
from bot.dialogue import trace, trace_words
from bot.dialogue.engine import respond
from bot.dialogue.state import State
from bot.dialogue.trace_report import band_of, find_quote, report
from bot.dialogue.turn import Clause, Reply, Turn
from bot.understanding.analyse import CLAUSES
from tests.bot.dialogue.helpers import KNOWLEDGE, UMEA, clause, turn

COST = ("ledsagning.kostnad", 0.95)
SERVICE = {"service": ("ledsagning",)}


def talked(**remembered: Any) -> State:
    """A conversation that has begun on Umeå's page."""
    return State(municipality="umea", page_municipality="umea", **remembered)


def recorded(said: Turn, state: State | None = None) -> tuple[Reply, dict[str, Any]]:
    """The reply to a message, and what is told of how it came to be."""
    known = state or State()
    with trace.recording() as record:
        trace.acts("action_reply", known.to_slots(), _parsed(said))
        trace.read(said, "words")
        reply = respond(said, known)
        trace.answered(reply)
        slots = known.to_slots().items()
        trace.acted({"event": "slot", "name": n, "value": v} for n, v in slots)
        with trace.step("aloud"):
            pass
    return reply, report(record, 12.0)


def _parsed(said: Turn) -> dict[str, Any]:
    parts = [_as_parsed(c) for c in said.clauses] if len(said.clauses) > 1 else []
    best = said.whole.guesses[0]
    return {
        "text": said.text,
        "intent": {"name": best.topic.rpartition(".")[2], "confidence": best.confidence},
        "intent_ranking": [{"name": best.topic.rpartition(".")[2], "confidence": 0.9}],
        "entities": [{"entity": "service", "value": "ledsagning", "words": [2, 3]}],
        CLAUSES: {"whole": _as_parsed(said.whole), "parts": parts},
    }


def _as_parsed(part: Clause) -> dict[str, Any]:
    return {
        "text": part.text,
        "is_question": part.is_question,
        "guesses": [[g.topic, g.confidence] for g in part.guesses],
        "names": part.names,
    }


def steps(told: dict[str, Any]) -> list[str]:
    return [place["step"] for place in told["path"]]


def test_nothing_is_recorded_unless_somebody_asked_for_it() -> None:
    assert trace.active() is None
    assert respond(turn("Vad kostar det för mig?", COST, names=SERVICE), State()).kind == "answer"
    # One object for all: a part of the work that is not timed costs no more than a look.
    assert trace.step("topics") is trace.step("aloud")
    with trace.recording() as record:
        assert trace.active() is record
    assert trace.active() is None
    assert trace.taken("booking", "a reply") == "a reply"
    trace.spent("topics", 1.0)
    assert not record.path
    assert not record.steps


def test_a_failure_ends_the_recording() -> None:
    with pytest.raises(ZeroDivisionError), trace.recording():
        raise ZeroDivisionError
    assert trace.active() is None


async def test_two_messages_at_once_are_not_mixed() -> None:
    async def one(step: str) -> list[str]:
        with trace.recording() as record:
            trace.passed(step)
            await asyncio.sleep(0)
            # What is awaited in a task of its own is part of the message.
            await asyncio.create_task(_pass("settled"))
        return [name for name, _ in record.path]

    async def _pass(step: str) -> None:
        trace.passed(step)

    both = await asyncio.gather(one("crisis"), one("place_only"))
    assert list(both) == [["crisis", "settled"], ["place_only", "settled"]]


def test_a_question_is_told_from_its_language_to_its_evidence() -> None:
    said = turn("Vad kostar ledsagning för mig?", COST, ("avlosning.kostnad", 0.03), names=SERVICE)
    reply, told = recorded(said)
    assert told["language"] == {"code": "sv", "how": trace_words.LANGUAGES["words"]}
    (only,) = told["clauses"]
    assert only["guesses"][0] == {
        "label": "ledsagning.kostnad",
        "title": "Vad kostar ledsagning?",
        "confidence": 0.95,
    }
    assert only["names"] == {"service": ["ledsagning"]}
    assert told["intents"] == [{"name": "kostnad", "confidence": 0.9, "title": "Vad kostar det?"}]
    (entity,) = told["entities"]
    assert said.text[entity["start"] : entity["end"]] == "ledsagning"
    assert told["band"] == "sure"
    assert told["rule"]["name"] == "kostnad"
    assert told["slots"]["before"] == {}
    assert told["slots"]["after"]["service"] == "ledsagning"
    assert {"municipality", "service", "aspect", "answer"} <= set(told["slots"]["changed"])
    assert steps(told) == ["Kommun", "Läsning", "Ämne", "Svaret"]
    for evidence in told["evidence"]:
        page = UMEA.pages[evidence["page"]]
        quote = page.text[evidence["start"] : evidence["end"]]
        assert quote.split() == evidence["quote"].split()
        assert evidence["title"] == page.title
    assert [a["written"] for a in told["aloud"]] == reply.custom()["aloud"]
    assert " ".join(a["spoken"] for a in told["aloud"]) == reply.custom()["spoken"]
    assert sum(step["ms"] for step in told["steps"]) == pytest.approx(12.0, abs=0.05)


def test_each_reading_tells_what_lifted_it_and_why_it_was_not_taken() -> None:
    said = turn(
        "Vad kostar ledsagning för mig?",
        ("avlosning.kostnad", 0.5),
        ("ledsagning.kostnad", 0.4),
        ("greet", 0.1),
        names=SERVICE,
    )
    best, *others = recorded(said)[1]["readings"]
    assert (best["topic"], best["answer"]) == ("ledsagning.kostnad", "umea.ledsagning.kostnad")
    assert (best["classifier"], best["why_not"]) == (0.4, "")
    factors = {f["name"]: f for f in best["factors"]}
    assert factors["Nämnd tjänst"] == {
        "name": "Nämnd tjänst",
        "value": 8.0,
        "why": "Frågan nämner ledsagning.",
        "added": False,
    }
    assert factors["Kommunens sidor"]["why"] == "Umeå kommun har ett svar på det här."
    assert sum(r["weight"] for r in [best, *others]) == pytest.approx(1, abs=0.001)
    rivals = {r["topic"]: r for r in others}
    assert "nämner en annan tjänst" in rivals["avlosning.kostnad"]["why_not"]
    assert rivals["avlosning.kostnad"]["answer"] is None
    assert "nämner en annan tjänst" in rivals["greet"]["why_not"]


def test_what_came_of_the_conversation_is_told_as_added_or_multiplied() -> None:
    state = talked(service="ledsagning", aspect="vad")
    said = turn("och vad kostar det?", ("none.kostnad", 0.6), ("anhorigstod.kostnad", 0.4))
    best = recorded(said, state)[1]["readings"][0]
    assert best["topic"] == "ledsagning.kostnad"
    assert best["classifier"] == 0
    named = {f["name"]: (f["value"], f["added"]) for f in best["factors"]}
    assert named["Ingen tjänst nämns"] == (0.6, True)
    assert named["Samtalet hittills"] == (6.0, False)


MANY = tuple((f"omsorgskontakt.{a}", 0.1) for a in ("vad", "vem", "lag", "start", "tid", "byta"))
PATHS = (
    ("jag vill dö", (), State(), ["Fara", "Svaret"]),
    ("Vad kostar ledsagning?", (COST,), State(), ["Kommun", "Visad fråga", "Ämne", "Svaret"]),
    ("Vad kostar det i Sundsvall?", (COST,), State(), ["Kommun", "Svaret"]),
    ("vad heter jag?", (COST,), State(masked_before=True), ["Personuppgift", "Svaret"]),
    ("jag vill chatta", (COST,), State(), ["Kommun", "Vill nå en människa", "Svaret"]),
    ("grzbl frmp", MANY, State(), ["Kommun", "Osäker", "Svaret"]),
    ("grzbl frmp", MANY, State(misses=1), ["Kommun", "Osäker", "Andra missen", "Svaret"]),
    ("vädret?", (), State(misses=1), ["Kommun", "Läsning", "Andra missen", "Svaret"]),
    (
        "den första",
        (),
        talked(pending={"kind": "choice", "options": {"Kostar?": "ledsagning.kostnad"}}),
        ["Kommun", "Svar på vår fråga", "Ämne", "Svaret"],
    ),
    (
        "och för vuxna då?",
        (("followup", 0.9),),
        talked(service="ledsagning", aspect="vem"),
        ["Kommun", "Följdfråga", "Ämne", "Svaret"],
    ),
    (
        "numret dit?",
        (("out_of_scope", 0.4), ("telefonnummer", 0.3)),
        talked(aspect="oppettider"),
        ["Kommun", "Läsning", "Svaret"],
    ),
)


@pytest.mark.parametrize(("text", "guesses", "state", "path"), PATHS)
def test_the_way_through_the_dialogue(
    text: str, guesses: tuple[tuple[str, float], ...], state: State, path: list[str]
) -> None:
    _, told = recorded(turn(text, *guesses), state)
    assert steps(told) == path


def test_where_the_municipality_came_from() -> None:
    asked = turn("Vad kostar det?", COST, names=SERVICE)
    elsewhere = turn("Vad kostar det?", COST, names={**SERVICE, "municipality": ("ludvika",)})
    for said, state, how in (
        (asked, State(), "Umeå kommun, som sidan gäller."),
        (asked, talked(), "Umeå kommun, som samtalet redan gäller."),
        (elsewhere, talked(), "Ludvika kommun nämns i meddelandet."),
        (turn("Vad kostar det?", COST, municipality=None), State(), "Ingen kommun är känd."),
    ):
        assert recorded(said, state)[1]["path"][0] == {"step": "Kommun", "said": how}


def test_a_second_question_is_told_beside_the_first() -> None:
    parts = (
        clause("Vad kostar ledsagning", COST, names=SERVICE, question=True),
        clause("vem kan få det?", ("ledsagning.vem", 0.9), names=SERVICE, question=True),
    )
    said = turn("Vad kostar ledsagning och vem kan få det?", COST, names=SERVICE, parts=parts)
    told = recorded(said)[1]
    assert told["readings"][0]["topic"] == "ledsagning.kostnad"
    (second,) = [p["said"] for p in told["path"] if p["step"] == "Fråga 2"]
    assert second.startswith("”vem kan få det?” läses som ”Vem kan få ledsagning?” (")


def test_a_reading_told_beside_the_answer_says_so() -> None:
    said = turn("grej om ledsagning", ("ledsagning.vem", 0.5), ("ledsagning.kostnad", 0.45))
    told = recorded(said)[1]
    beside = [r for r in told["readings"] if r["why_not"] == trace_words.REASONS["beside"]]
    assert [r["topic"] for r in beside] == ["ledsagning.kostnad"]
    assert "Nästa läsning" in steps(told)


def test_what_a_button_decided_is_read_all_the_same() -> None:
    _, told = recorded(turn("Vad kostar ledsagning?", COST, ("ledsagning.vem", 0.05)))
    best, other = told["readings"][:2]
    assert told["band"] is None
    assert (best["topic"], best["why_not"]) == ("ledsagning.kostnad", "")
    assert other["why_not"] == trace_words.REASONS["unread"]


def test_what_is_said_again_of_a_contact_rests_on_what_its_page_says() -> None:
    state = talked()
    asked, _ = recorded(turn("numret dit?", ("telefonnummer", 0.9)), state)
    assert asked.answer == "umea.mottagningsenheten.telefonnummer"
    _, told = recorded(turn("ta det långsammare", ("slower", 0.9)), state)
    quotes = {e.quote for e in UMEA.reception_unit.evidence}
    assert {e["quote"] for e in told["evidence"]} == quotes


def test_a_form_tells_its_own_rule() -> None:
    for action, rule in (
        ("action_ask_callback_name", "callback_form"),
        ("action_submit_callback", "callback is confirmed or stopped"),
        ("action_reply", "ansok"),
    ):
        with trace.recording() as record:
            trace.acts("validate_callback_form", {}, {"intent": {"name": "ansok"}})
            trace.acts(action, {}, {"intent": {"name": "ansok"}})
        assert report(record)["rule"]["name"] == rule


def test_half_a_recording_is_told_for_what_it_holds() -> None:
    told = report(trace.Record())
    assert (told["readings"], told["path"], told["evidence"], told["band"]) == ([], [], [], None)


def test_everything_that_may_be_recorded_has_words() -> None:
    source = "".join(p.read_text("utf-8") for p in Path(bot.dialogue.__path__[0]).glob("*.py"))
    places = set(re.findall(r'trace\.(?:passed|taken)\(\s*"(\w+)"', source))
    stages = set(re.findall(r'trace\.weighed\(\s*"(\w+)"', source)) | {"named", "context"}
    assert places == set(trace_words.PATH)
    assert stages == set(trace_words.FACTORS) == set(trace_words.CONTRASTS) - {"words"}


@pytest.mark.parametrize(
    ("weight", "band"), [(0.3, "sure"), (0.29, "unsure"), (0.14, "unsure"), (0.13, "none")]
)
def test_bands(weight: float, band: str) -> None:
    assert band_of(weight) == band


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("10 timmar", "10  \ntimmar"),
        ("0 timmar", None),
        ("timma", None),
        ("(högst) 10", "(högst)\n10"),
        ("", None),
    ],
)
def test_a_quote_is_found_whatever_the_blanks(quote: str, found: str | None) -> None:
    text = "Du får (högst)\n10  \ntimmar."
    place = find_quote(quote, text)
    assert (text[slice(*place)] if place else None) == found


def test_all_evidence_of_all_answers_has_its_place() -> None:
    for municipality in KNOWLEDGE.municipalities.values():
        of_answers = [e for answer in municipality.answers for e in answer.evidence]
        of_contacts = [e for contact in municipality.contacts.values() for e in contact.evidence]
        for evidence in [*of_answers, *of_contacts]:
            assert find_quote(evidence.quote, municipality.pages[evidence.page].text)
