"""The test console without scripts: a form that plays the whole conversation and shows it all."""

from __future__ import annotations

import datetime as dt
import re

import httpx
import pytest
from fastapi import FastAPI

from api.console.records import ModelInfo
from api.console.refusals import unknown_moment
from api.speech.service import Speech
from tests.api.console.played import CannedConsole
from tests.api.html import Page
from tests.api.speech.engines import Spy, spoken_by
from tests.api.staff_pages import at_work, page_at

PATH = "/staff/test"


@pytest.fixture
async def console(app: FastAPI, http: httpx.AsyncClient) -> CannedConsole:
    """An agent of Umeå at a console that plays canned turns, with a voice."""
    app.state.console = canned = CannedConsole()
    silent, app.state.speech = app.state.speech, Speech(app.state.settings, spoken_by(Spy()))
    silent.close()
    await at_work(app, http, umea="agent")
    return canned


async def sent(http: httpx.AsyncClient, said: list[str], **fields: str) -> Page:
    """The page after the form was sent, with what was said before."""
    opened = await page_at(http, PATH)
    data = {"csrf": opened.held("csrf"), "municipality": "umea", "said": said, **fields}
    return Page(http, await http.post(PATH, data=data))


async def test_it_opens_at_ones_own_municipality_with_what_a_link_names(
    console: CannedConsole, http: httpx.AsyncClient
) -> None:
    """Any role may test, as any municipality; nothing is played yet."""
    page = await page_at(http, f"{PATH}?fraga=vad+kostar+det")
    chosen = [o.text for o in page.main.one("select", id="municipality").all(selected="")]
    assert chosen == ["Umeå"]
    others = {o.text for o in page.main.one("select", id="municipality").all("option")}
    assert {"Ludvika", "Leksand", "Östersund"} <= others
    assert page.main.one("textarea", id="new").text == "vad kostar det"
    assert "Ingenting är sagt än" in page.main.text
    assert not list(page.main.all("select", id="other"))
    assert console.heard == []


async def test_everything_that_was_understood_is_shown(
    console: CannedConsole, http: httpx.AsyncClient
) -> None:
    """In words, with the quotes marked in their page, and nothing of it as markup."""
    text = "<script>alert(1)</script> jag heter 850709-9805"
    page = await sent(http, [text], moment="julafton", open="chat")
    assert page.status == 200
    ((setting, texts, _),) = console.heard
    assert (setting.moment, setting.open_ways, texts) == ("julafton", ("chat",), (text,))
    turn = page.main.one("li", id="senast")
    assert [m.text for m in turn.all("mark")] == [
        "Vem kan få ledsagning?", "Du står för dina egna omkostnader", "Bort härifrån.",
    ]  # fmt: skip
    assert "Det utspelar sig torsdag 24 december 2026, klockan 10.00" in page.main.text
    for part in (
        text,
        "Svar Vad kostar ledsagning? (Umeå)",
        "finska – Orden i meddelandet visar det.",
        "säker",
        "Frågan om pris leder till ett svar.",
        "Doldes <script>alert(1)</script> jag heter [personnummer]",
        "42 millisekunder",
        "Vad kostar <b>ledsagning</b>?",
        "83 %",
        "41 %",
        "gånger 8,0: Frågan nämner ledsagning.",
        "Frågan nämner en annan tjänst.",
        "”vad kostar det” lästes som en fråga.",
        "Tjänst: ledsagning",
        "Sidan ”Ledsagning”, Umeå kommun",
        "Svaret söks under ”Vad kostar ledsagning?”.",
        "Insats – ledsagning ja",
        "Kommun – Umeå ja",
        "Missar i rad 1 – ja",
        "Ring ett ett två",
        "Vad frågan gäller 7,2",
    ):
        assert part in turn.text, part
    widths = [r.attributes["width"] for r in turn.all("rect", class_="test-bar__part")]
    assert "83.0" in widths


async def test_a_reply_made_without_the_model_is_shown_for_what_it_is(
    console: CannedConsole, http: httpx.AsyncClient
) -> None:
    """There is nothing to tell of how it came to be."""
    console.traced = False
    page = await sent(http, ["hjälp"])
    assert "svaret gjordes utan modellen" in page.main.text


async def test_a_conversation_goes_on_and_can_be_changed_from_anywhere(
    console: CannedConsole, http: httpx.AsyncClient
) -> None:
    """The page holds all of it: what is sent next is played from the beginning."""
    page = await sent(http, ["ett", "två"], new="tre", do="say")
    assert [t.text for t in page.main.all("textarea", name="said")] == ["ett", "två", "tre"]
    labels = [b.text for b in page.main.all("button")]
    assert "Vem kan få det?" in labels
    assert labels.count("Spela om samtalet") == 3
    assert labels.count("Spela om till hit") == 2
    await sent(http, ["ett", "två", "tre"], do="cut:1")
    await sent(http, ["ett", "två", "tre"], press="Vem kan få det?")
    assert [texts for _, texts, _ in console.heard] == [
        ("ett", "två", "tre"), ("ett",), ("ett", "två", "tre", "Vem kan få det?"),
    ]  # fmt: skip
    page = await sent(http, ["ett"], do="clear")
    assert not list(page.main.all("li", id="senast"))
    assert len(console.heard) == 3


async def test_what_cannot_be_played_is_told_and_nothing_is_lost(
    console: CannedConsole, http: httpx.AsyncClient
) -> None:
    """At its field, with all that was said."""
    console.refusal = unknown_moment()
    page = await sent(http, ["ett"], new="två", moment="i förrgår kväll", do="say")
    assert page.status == 422
    assert page.root.one("title").text.startswith("Fel:")
    field = page.main.one("input", id="moment")
    assert field.attributes["value"] == "i förrgår kväll"
    assert field.attributes["aria-invalid"] == "true"
    assert page.main.one(role="alert").text == unknown_moment().message
    assert [t.text for t in page.main.all("textarea", name="said")] == ["ett", "två"]


async def test_two_models_stand_side_by_side(
    console: CannedConsole, http: httpx.AsyncClient
) -> None:
    """With what differs, turn by turn."""
    console.other_models = [
        ModelInfo("aldre", dt.datetime(2026, 11, 2, 23, 30, tzinfo=dt.timezone.utc), 1, False)
    ]
    page = await sent(http, ["ett", "två"], other="aldre")
    (chosen,) = page.main.one("select", id="other").all(selected="")
    assert chosen.text == "Tränad 2026-11-03 00.30 (aldre)"
    assert console.heard[0][2] == "aldre"
    assert [len(t.of_class("test-side")) for t in page.main.of_class("test-turn")] == [2, 2]
    first, second = page.main.of_class("test-turn")
    assert "Svaren är olika." in first.text
    assert "Modellerna svarar likadant." in second.text


async def test_a_sentence_is_heard_by_its_number(
    app: FastAPI, console: CannedConsole, http: httpx.AsyncClient
) -> None:
    """Only what was played, and only by who played it."""
    page = await sent(http, ["ett"])
    links = [a.attributes["href"] for a in page.main.all("a") if "data-sound" in a.attributes]
    assert [link.rpartition("/")[2] for link in links] == ["0", "1"]
    sound = await http.get(links[1])
    assert sound.headers["content-type"] == "audio/wav"
    assert sound.content[:4] == b"RIFF"
    gone = await http.get(re.sub(r"/1$", "/2", links[1]))
    assert gone.status_code == 404
    assert "Spela om samtalet" in gone.text
    await at_work(app, http, "bo", "Bo Ek", umea="admin")
    assert (await http.get(links[0])).status_code == 404


async def test_a_form_of_another_page_plays_nothing(
    console: CannedConsole, http: httpx.AsyncClient
) -> None:
    """Without the session's token."""
    response = await http.post(PATH, data={"municipality": "umea", "said": "ett"})
    assert response.status_code == 403
    assert console.heard == []
