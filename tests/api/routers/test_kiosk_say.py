"""What a kiosk says of itself: only that, of its own municipality, and in words."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from api.settings_kiosk import KioskSettings
from api.settings_speech import SpeechSettings
from api.speech.service import Speech
from bot.knowledge.loader import load_knowledge
from tests.api.helpers import MORNING
from tests.api.routers.conftest import Change
from tests.api.running import Open
from tests.api.speech.engines import Spy, spoken_by

MUNICIPALITIES = load_knowledge().municipalities


@pytest.fixture
def spy(app: FastAPI) -> Spy:
    """The engine of the application."""
    engine = Spy()
    app.state.speech = Speech(app.state.settings, spoken_by(engine))
    return engine


async def get(http: httpx.AsyncClient, path: str, **query: Any) -> httpx.Response:
    """Something that a kiosk says, on a Wednesday morning."""
    return await http.get(f"/kiosk/{path}", params=query, headers={"X-Lotsen-Now": MORNING})


async def said(http: httpx.AsyncClient, path: str, **query: Any) -> list[dict[str, Any]]:
    """Its sentences."""
    response = await get(http, path, **query)
    assert response.status_code == 200, response.text
    sentences: list[dict[str, Any]] = response.json()["sentences"]
    assert [one["index"] for one in sentences] == list(range(len(sentences)))
    return sentences


async def text(http: httpx.AsyncClient, path: str, **query: Any) -> str:
    """All of it, as it is written."""
    return " ".join(one["text"] for one in await said(http, path, **query))


@pytest.mark.parametrize(
    ("path", "language", "parts"),
    [
        ("umea/say/idle", "sv", ["Är du kvar? Om 30 sekunder", "knappen Jag är kvar om"]),
        ("umea/say/idle", "en", ["Are you still there? In 30 seconds", "I am still here"]),
        ("umea/say/start", "sv", [
            "Umeå kommun. Vad vill du veta? Du pratar med en dator. Skriv inte personnummer.",
            "Tryck på en fråga. Ett: Vad är ledsagning? Två:",
            "Fyra: Hur ansöker man om ledsagning? Det finns fler frågor. Fem: ", "Åtta: ",
        ]),
        ("umea/say/start", "en", ["You are talking to a computer.", "One: What", "Eight: Who"]),
        ("umea/say/person", "sv", [
            "Ett: Ring socialtjänstens mottagningsenhet: 090-16 10 02. Telefonen är öppen nu",
            "Två: Besök. ", "Du kan också fråga personalen här.", "Ring 112.",
        ]),
        ("umea/say/person", "en", ["One: Call", "10 02. The phone is open now", "Call 112."]),
        ("ostersund/say/person", "sv", ["Så når du en människa: Prata med den hemtjänstpersonal"]),
    ],
)  # fmt: skip
async def test_it_says_what_it_shows(
    http: httpx.AsyncClient, spy: Spy, path: str, language: str, parts: list[str]
) -> None:
    told = await text(http, path, language=language)
    assert [part for part in parts if part not in told] == []


@pytest.mark.parametrize("municipality", MUNICIPALITIES)
async def test_it_says_nothing_of_others_and_all_of_it_in_words(
    http: httpx.AsyncClient, spy: Spy, municipality: str
) -> None:
    others = [m for m in MUNICIPALITIES.values() if m.id != municipality]
    facts = {c.phone for m in others for c in m.contacts.values() if c.phone}
    facts |= {m.name for m in others}
    for key in ("idle", "start", "person"):
        for language in ("sv", "en"):
            sentences = await said(http, f"{municipality}/say/{key}", language=language)
            written = " ".join(one["text"] for one in sentences)
            assert not {fact for fact in facts if fact in written}
            spoken = " ".join(one["spoken"] for one in sentences)
            assert not {sign for sign in spoken if sign.isdigit() or sign in "@/{}[]”–"}


async def test_a_swedish_question_is_said_in_swedish_at_an_english_kiosk(
    http: httpx.AsyncClient, spy: Spy
) -> None:
    sentences = await said(http, "ostersund/say/start", language="en")
    at = next(one["index"] for one in sentences if one["text"].startswith("Ett: "))
    for index in (at, at - 1):
        sound = await get(http, f"ostersund/say/start/{index}", language="en")
        assert sound.status_code == 200
    assert [language for _, language, _ in spy.heard] == ["sv", "en"]


async def test_it_is_made_once_and_slower_when_asked(
    app: FastAPI, http: httpx.AsyncClient, spy: Spy
) -> None:
    for form, kind in (("wav", "audio/wav"), ("wav", "audio/wav"), ("opus", "audio/ogg")):
        sound = await get(http, "umea/say/idle/0", format=form)
        assert (sound.status_code, sound.headers["content-type"]) == (200, kind)
        assert sound.headers["cache-control"] == "no-store"
    assert [words for words, *_ in spy.heard] == ["Är du kvar?"] * 2
    assert spy.starts == 0 and app.state.speech.works()
    slowly = await said(http, "umea/say/person", slow=True)
    assert any("Jag upprepar" in one["spoken"] for one in slowly)
    await get(http, "umea/say/person/1", slow=True)
    assert spy.heard[-1][2] < 1


async def test_switched_off_it_says_whom_to_call(
    http: httpx.AsyncClient, spy: Spy, change_umea: Change
) -> None:
    change_umea(switched_off={"sv": "Vi är tillbaka i morgon.", "en": "Back tomorrow."})
    told = await text(http, "umea/say/start")
    assert told.startswith("Assistenten är avstängd") and "Vi är tillbaka i morgon." in told
    assert "090-16 10 02" in told and "Ett:" not in told


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("umea/say/Vad%20du%20vill", 404, "not_found"),
        ("umea/say/crisis", 404, "not_found"),
        ("umea/say/crisis/0", 404, "not_found"),
        ("umea/say/", 404, "not_found"),
        ("umea/say/idle/99", 404, "unknown_sentence"),
        ("umea/say/idle/-1", 422, "invalid_request"),
        ("atlantis/say/idle", 404, "unknown_municipality"),
        ("atlantis/say/idle/0", 404, "unknown_municipality"),
    ],
)
async def test_nothing_else_is_said(
    http: httpx.AsyncClient, spy: Spy, path: str, status: int, code: str
) -> None:
    response = await get(http, path, text="Hej", words="Hej")
    assert (response.status_code, response.json()["error"]["code"]) == (status, code)
    assert spy.heard == []


@pytest.mark.parametrize("path", ["umea/say/start", "umea/say/start/0"])
async def test_without_speech_too_often_and_without_a_kiosk(serve: Open, path: str) -> None:
    async with serve(speech=SpeechSettings(enabled=False), rate_client="2/minute") as http:
        answers = [await get(http, path) for _ in range(3)]
        assert [a.status_code for a in answers] == [503, 503, 429]
        assert answers[0].json()["error"]["code"] == "no_speech"
    async with serve(kiosk=KioskSettings(on=False)) as http:
        assert (await get(http, path)).status_code == 404
