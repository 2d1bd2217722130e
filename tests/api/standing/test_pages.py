"""Staff read a page again and look after what lost its evidence, with a browser without scripts."""

from __future__ import annotations

import asyncio
import re

import httpx
import pytest
from fastapi import FastAPI

from api.changes.service import Changes
from api.standing.service import Standings
from bot.dialogue.engine import respond
from bot.dialogue.state import State
from bot.knowledge.loader import load_knowledge
from tests.api.html import Page
from tests.api.running import started
from tests.api.staff.helpers import NOW
from tests.api.staff_pages import at_work, page_at
from tests.api.standing.helpers import COST, DEARER, OTHER_NUMBER, PAGE, UNIT
from tests.bot.dialogue.helpers import turn

AGAIN, STANDING = "/staff/import/again", "/staff/standing"
READ = "Läs in och jämför"


@pytest.fixture
async def eva(app: FastAPI, http: httpx.AsyncClient) -> httpx.AsyncClient:
    """An editor in Umeå."""
    return await at_work(app, http, umea="editor")


async def read_again(http: httpx.AsyncClient, text: str, **more: str) -> Page:
    page = await page_at(http, AGAIN)
    return await page.press(READ, sida="ledsagning", text=text, **more)


async def result_of(http: httpx.AsyncClient, text: str) -> Page:
    sent = await read_again(http, text)
    assert sent.status == 303, sent.main.text
    return await page_at(http, sent.response.headers["location"])


def reply() -> str:
    """What the running assistant says of the price."""
    asked = turn(
        "Vad kostar ledsagning?",
        ("ledsagning.kostnad", 0.9),
        names={"service": ("ledsagning",)},
    )
    return respond(asked, State()).text


async def test_a_changed_page_takes_its_answers_out_of_the_running_assistant(
    eva: httpx.AsyncClient,
) -> None:
    assert "egna omkostnader" in reply()
    page = await result_of(eva, DEARER)
    assert "egna omkostnader" not in reply()
    assert "kontrolleras" in reply()
    told = page.root.one(role="status").text
    assert "visas inte längre för invånarna" in told
    assert "Vad kostar ledsagning" in page.main.text
    assert "Visas inte för invånarna" in page.main.text
    assert any("90 kronor" in line.text for line in page.root.of_class("standing-new"))
    assert any("egna omkostnader" in line.text for line in page.root.of_class("standing-gone"))


async def test_the_page_as_it_was_gives_them_back(eva: httpx.AsyncClient) -> None:
    await result_of(eva, DEARER)
    page = await result_of(eva, PAGE.text)
    assert "har fått tillbaka sitt belägg" in page.root.one(role="status").text
    assert "egna omkostnader" in reply()
    assert "Inget svar har tappat sitt belägg." in page.main.text


async def test_contacts_are_told_loudly_and_stay(eva: httpx.AsyncClient) -> None:
    page = await result_of(eva, OTHER_NUMBER)
    loud = page.root.one(role="note").text
    assert "Socialtjänstens mottagningsenhet" in loud
    assert "090-16 99 99" in loud
    listed = await page_at(eva, STANDING)
    assert listed.root.of_class("standing-urgent")
    assert "umea.mottagningsenheten" in load_knowledge().doubtful


async def test_what_hardly_is_the_same_page_is_asked_about_first(eva: httpx.AsyncClient) -> None:
    other = "Logga in\nDu behöver logga in för att se sidan."
    asked = await read_again(eva, other)
    assert asked.status == 409
    assert "annan sida" in asked.root.one(role="alert").text
    assert not load_knowledge().all_withdrawn
    done = await asked.press(READ, ja="ja")
    assert done.status == 303
    assert load_knowledge().all_withdrawn


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"text": " "}, "Skriv sidans adress"),
        ({"adress": "http://127.0.0.1/x"}, ""),
        ({"text": f"{PAGE.text}\n19121212-1212"}, "personnummer"),
        ({"text": PAGE.text, "sida": "finns_inte"}, "Välj vilken sida"),
    ],
)
async def test_what_cannot_be_read_is_told_and_nothing_is_lost(
    eva: httpx.AsyncClient, typed: dict[str, str], told: str
) -> None:
    page = await page_at(eva, AGAIN)
    sent = await page.press(READ, **{"sida": "ledsagning", **typed})
    assert sent.status == 422
    alert = sent.root.one(role="alert").text
    assert told in alert
    assert alert
    assert sent.root.one("input", name="adress").attributes["value"] == typed.get("adress", "")


async def test_rewritten_answers_join_the_new_text_in_one_valid_change(
    app: FastAPI, eva: httpx.AsyncClient
) -> None:
    page = await result_of(eva, DEARER)
    first = str(page.response.url.path).rsplit("/", 1)[-1]
    fields = page.fields("Spara som ändring")
    numbers = [name[3:] for name in fields if name.startswith("do-")]
    assert numbers
    chosen = {f"do-{n}": "rewrite" for n in numbers}
    none = await page.send(page.response.url.path, fields)
    assert "Välj ett svar" in none.root.one(role="alert").text
    unproven = {"text-0": "Det kostar 70 kronor i timmen.", "do-0": "rewrite"}
    wrong = await page.send(page.response.url.path, {**fields, **unproven})
    assert wrong.status == 422
    assert "70 kronor" in wrong.root.one(role="alert").text
    assert wrong.fields("Spara som ändring")["text-0"] == unproven["text-0"]
    near = (
        "Du betalar 90 kronor i timmen, medan kommunen står för ledsagarens eventuella kostnader."
    )
    said = {"text": near, "easy": "Du betalar 90 kronor i timmen.", "en": "You pay by the hour."}
    new = {f"{key}-{n}": text for key, text in said.items() for n in numbers}
    quotes = {name: near for name in fields if name.startswith("quote-")}
    items = {name: "" for name in fields if name.startswith("items")}
    done = await page.send(page.response.url.path, {**fields, **chosen, **new, **quotes, **items})
    assert done.status == 303, done.main.text
    changes = Changes(app.state.store.desk)
    made = await asyncio.to_thread(changes.find, done.response.headers["location"][-13:])
    older = await asyncio.to_thread(changes.find, first)
    assert made is not None
    assert older is not None
    assert (made.state, older.state) == ("proposed", "dropped")
    assert {"content/umea/ledsagning.yml", "content/umea/pages/ledsagning.txt"} <= {
        change.path for change in made.files
    }
    assert (await page_at(eva, done.response.headers["location"])).main.text


async def test_an_editor_stops_restores_and_says_why(eva: httpx.AsyncClient) -> None:
    page = await page_at(eva, STANDING)
    sent = await page.press("Stoppa svaret", answer=COST)
    assert sent.status == 422
    assert "Skriv varför" in sent.root.one(role="alert").text
    private = await page.press("Stoppa svaret", answer=COST, why="Ring 19121212-1212")
    assert "personnummer" in private.root.one(role="alert").text
    sent = await page.press("Stoppa svaret", answer=COST, why="<b>fel</b> pris")
    assert sent.status == 303
    assert "kontrolleras" in reply()
    page = await page_at(eva, sent.response.headers["location"])
    assert "<b>fel</b> pris" in page.main.text
    assert "Vad kostar" in page.root.one("button", value="restore").text
    fields = {"csrf": page.held("csrf"), "kommun": "umea", "answer": COST, "do": "restore"}
    assert (await page.send(STANDING, {**fields, "why": "det stämmer"})).status == 303
    assert "egna omkostnader" in reply()
    fields["answer"] = UNIT
    assert (await page.send(STANDING, {**fields, "why": "nej"})).status == 422


async def test_ones_own_municipality_only_and_forms_of_ours_only(
    app: FastAPI, eva: httpx.AsyncClient
) -> None:
    page = await page_at(eva, STANDING)
    for path in (f"{STANDING}?kommun=ludvika", f"{AGAIN}?kommun=ludvika", f"{AGAIN}/261118-abcdef"):
        assert (await eva.get(path)).status_code == 404
    fields = {"csrf": page.held("csrf"), "kommun": "ludvika", "answer": "x", "do": "stop"}
    assert (await page.send(STANDING, fields)).status == 404
    assert (await page.send(STANDING, {**fields, "csrf": "x"})).status == 403
    assert (await page.send(AGAIN, {**fields, "csrf": "x"})).status == 403
    assert re.search("Ludvika", page.main.text) is None


async def test_an_agent_has_no_business_here(app: FastAPI, http: httpx.AsyncClient) -> None:
    await at_work(app, http, umea="agent")
    for path in (STANDING, AGAIN):
        assert (await http.get(path)).status_code == 403


async def test_a_server_that_starts_knows_what_is_withdrawn(app: FastAPI) -> None:
    async with started(app):
        mark = Standings(app.state.store.desk).mark
        await asyncio.to_thread(mark, "umea", COST, "withdrawn", "fel", None, NOW)
        assert "kontrolleras" in reply()
    assert "egna omkostnader" in reply()
    async with started(app):
        assert "kontrolleras" in reply()
