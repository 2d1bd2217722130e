"""Reading a page in as an editor does it, with no scripts: nothing counts before it is accepted."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx
import pytest
import yaml
from fastapi import FastAPI

from api.changes.records import ChangeSet
from api.changes.service import Changes
from bot.knowledge.loader import load_knowledge
from bot.knowledge.loader_municipality import read_municipality
from tests.api.html import Page
from tests.api.staff_pages import at_work, page_at
from tests.bot.importing.pages import LEDSAGNING

IMPORT, NEW = "/staff/import", "/staff/import/new"
READ, PROPOSE, SAVE = "Läs in", "Kontrollera och föreslå ändringen", "Spara och fortsätt senare"
HOURS = """Anhörigstöd

Anhörigcentrum

Telefon: 0980-31 92 10

Telefontid

Dygnet runt

Öppettider

Tisdag 9–11

1 juni–31 augusti: tisdag 9–10
"""
PLAIN = """Kajak och bowling går bra att välja.

Kom till receptionen.
"""


async def sets(app: FastAPI) -> list[ChangeSet]:
    changes = Changes(app.state.store.desk)
    listed = await asyncio.to_thread(changes.listed)
    return [found for s in listed if (found := await asyncio.to_thread(changes.find, s.id))]


@pytest.fixture
async def eva(app: FastAPI, http: httpx.AsyncClient) -> httpx.AsyncClient:
    return await at_work(app, http, umea="editor")


@pytest.fixture
async def ada(app: FastAPI, http: httpx.AsyncClient) -> httpx.AsyncClient:
    return await at_work(app, http, "ada", "Ada Al", umea="admin")


async def followed(page: Page) -> Page:
    """Where a form led to."""
    assert page.status == 303, page.main.text
    return await page_at(page.http, page.response.headers["location"])


async def read_in(http: httpx.AsyncClient, path: str, **typed: str) -> Page:
    """Upload the page of Nyby as a saved file, and go to its drafts."""
    start = await page_at(http, path)
    fields = {**start.fields(READ, **typed)}
    fields.pop("fil", None)
    response = await http.post(
        path, data=fields, files={"fil": ("sida.html", LEDSAGNING.encode(), "text/html")}
    )
    assert response.status_code == 303, response.text
    return await page_at(http, response.headers["location"])


def accept(page: Page, **typed: str) -> dict[str, str]:
    """The fields by which every draft of a page is accepted."""
    names = {i.attributes["name"] for i in page.root.all("input", type="radio")}
    return {**dict.fromkeys(names, "ja"), **typed}


async def test_from_a_page_to_a_change_set(app: FastAPI, eva: httpx.AsyncClient) -> None:
    drafts = await read_in(eva, IMPORT, kommun="umea")
    assert drafts.main.one("h1").text == "Utkast för Umeå"
    assert "Vad kostar ledsagning?" in drafts.main.text
    assert "Ledsagning kostar 120 kronor i timmen." in [m.text for m in drafts.main.all("mark")]
    assert "skrivet av skript" not in drafts.response.text
    assert "Sidan ”Ledsagning” finns redan." in drafts.main.text
    assert "Väntar på dig" in (await page_at(eva, IMPORT)).main.text

    (cost,) = [
        t.attributes["name"]
        for t in drafts.root.all("textarea")
        if t.attributes["name"].endswith("-text") and "120" in t.text
    ]
    wrong = await drafts.press(PROPOSE, **accept(drafts, **{cost: "Det kostar 130 kronor."}))
    assert wrong.status == 422
    told = wrong.main.one("div", role="alert").text
    assert "Vad kostar ledsagning?" in told
    assert ", svaret: " in told
    assert "130" in told
    assert await sets(app) == []
    assert "Det kostar 130 kronor." in wrong.form(PROPOSE).text, "nothing that was typed is lost"

    right = "Ledsagning kostar 120 kronor i timmen."
    done = await followed(await wrong.press(PROPOSE, **{cost: right}))
    assert "Ändringen är föreslagen" in done.main.text
    (made,) = await sets(app)
    files = {f.path: f.after or "" for f in made.files}
    assert (made.kind, made.municipality) == ("import", "umea")
    page = yaml.safe_load(files["content/umea/pages.yml"])[-1]
    assert (page["id"], page["title"]) == ("ledsagning_2", "Ledsagning")
    assert str(page["updated"]) == "2024-05-03"
    assert "# yaml-language-server" in files["content/umea/ledsagning.yml"]
    assert right in files["content/umea/ledsagning.yml"]
    assert "Mo-Th 08:00-12:00; Fr 09:00-11:00" in files["content/umea/municipality.yml"]
    assert "Väntar på dig" not in (await page_at(eva, IMPORT)).main.text


async def test_what_is_saved_is_there_later(app: FastAPI, eva: httpx.AsyncClient) -> None:
    drafts = await read_in(eva, IMPORT, kommun="umea")
    (easy, *_) = [
        t.attributes["name"]
        for t in drafts.root.all("textarea")
        if t.attributes["name"].endswith("-easy")
    ]
    name = easy.removesuffix("-easy")
    saved = await followed(await drafts.press(SAVE, **{name: "ja", easy: "Kort <b>svar</b>."}))
    assert "Kort <b>svar</b>." in saved.form(SAVE).text
    assert "1 godkända" in saved.main.text
    private = await saved.press(SAVE, **{easy: "Ring 19900101-0017."})
    assert private.status == 422
    assert "personnummer" in private.main.one("div", role="alert").text
    gone = await followed(await saved.press("Ta bort utkasten"))
    assert "Utkasten är borttagna" in gone.main.text


async def test_a_new_municipality(app: FastAPI, ada: httpx.AsyncClient, tmp_path: Path) -> None:
    drafts = await read_in(ada, NEW, namn="Nyby kommun", kort="Nyby")
    assert drafts.main.one("h1").text == "Utkast för Nyby kommun"
    empty = await drafts.press(PROPOSE)
    assert "Godkänn minst en kontakt" in empty.main.one("div", role="alert").text
    await followed(await empty.press(PROPOSE, **accept(drafts, places="Storby, Lillby")))
    (made,) = await sets(app)
    assert made.municipality == "umea", "where the person who made it sees it"
    for change in made.files:
        assert change.path.startswith("content/nyby/")
        target = tmp_path / change.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(change.after or "", encoding="utf-8")
    nyby = read_municipality(tmp_path / "content" / "nyby", load_knowledge().texts)
    assert (nyby.name, nyby.genitive, nyby.places) == (
        "Nyby kommun",
        "Nyby kommuns",
        ("Storby", "Lillby"),
    )
    assert nyby.reception_unit.phone == "0980-31 92 00"
    assert nyby.reception_unit.phone_hours
    assert ("ledsagning", "kostnad") in {a.topic for a in nyby.answers}
    assert all(a.en.startswith("The page says in Swedish: ") for a in nyby.answers)
    assert nyby.suggested


async def test_a_page_that_gives_no_number_and_no_answer(
    app: FastAPI, ada: httpx.AsyncClient
) -> None:
    start = await page_at(ada, NEW)
    drafts = await followed(
        await start.press(READ, namn="Nyby kommun", kort="Nyby", rubrik="Om oss", text=PLAIN)
    )
    assert "hamnar ändringen bland ändringarna för Umeå" in drafts.main.text
    ticked = next(
        label.one("input").attributes["name"]
        for label in drafts.main.all("label")
        if label.text.startswith("Kajak")
    )
    wrong = await drafts.press(PROPOSE, **{"ny-name": "Kommunens växel", "1-left-other": "Hm?"})
    assert "ingen fråga som heter" in wrong.main.one("div", role="alert").text
    assert wrong.fields(SAVE)["ny-name"] == "Kommunens växel", "nothing that was typed is lost"

    question = {ticked: "ja", "1-left-other": "Vad kan man få ledsagning till?"}
    contact = {
        "ny-name": "Nyby kommun",
        "ny-phone": "0980-31 00 00",
        "ny-how": "Kom till receptionen.",
    }
    saved = await followed(await wrong.press("Lägg till kontakten", **question, **contact))
    assert "Telefonnumret ”0980-31 00 00” står inte på sidan." in saved.main.text
    refused = await saved.press(PROPOSE)
    alert = refused.main.one("div", role="alert")
    assert "står inte på sidan" in alert.text
    assert alert.one("a").attributes["href"] == "#d1-egen1"
    told = await followed(
        await refused.press(PROPOSE, **{"1-egen1-phone": "", "reception": "egen1"})
    )
    (made,) = await sets(app)
    files = {f.path.removeprefix("content/nyby/"): f.after or "" for f in made.files}
    record = yaml.safe_load(files["municipality.yml"])
    assert (record["reception"], record["contacts"][0]["how"]) == (
        "nyby_kommun",
        "Kom till receptionen.",
    )
    (answer,) = yaml.safe_load(files["ledsagning.yml"])["answers"]
    assert (answer["aspect"], answer["text"][:5]) == ("exempel", "Kajak")

    # What does not stop it is told all the same, and dropping it opens the drafts again.
    assert "Ändringen är föreslagen" in told.main.text
    assert list(told.main.one("div", class_="lotsen-notice import-problems").all("li"))
    path = str(told.response.url.path)
    await followed(await (await page_at(ada, f"/staff/changes/{made.id}")).press("Släpp ändringen"))
    assert "Väntar på dig" in (await page_at(ada, IMPORT)).main.text
    await followed(await (await page_at(ada, path)).press(PROPOSE))
    assert "Väntar på dig" not in (await page_at(ada, IMPORT)).main.text


async def test_hours_that_a_person_corrects(app: FastAPI, eva: httpx.AsyncClient) -> None:
    start = await page_at(eva, IMPORT)
    drafts = await followed(await start.press(READ, kommun="umea", text=HOURS))
    told = await drafts.press(PROPOSE, **accept(drafts))
    assert "Skriv in tiderna" in told.main.one("div", role="alert").text
    typed = {"1-t1-written": "tisdag 9–11\n1 juni–31 augusti: tisdag 9–10"}
    saved = await followed(await told.press(SAVE, **accept(drafts, **typed)))
    weeks = [week.text for week in saved.main.of_class("import-week")]
    assert ["tisdag 09.00–11.00" in weeks[0], "tisdag 09.00–10.00" in weeks[1]] == [True, True]
    assert "Från 1 juni till 31 augusti" in saved.main.text


async def test_what_cannot_be_read(eva: httpx.AsyncClient) -> None:
    refused = [
        ({}, "Skriv en adress, välj en fil eller klistra in text."),
        ({"adress_1": "http://127.0.0.1:8000/"}, "någon annan port"),
        ({"adress_1": "http://127.0.0.1/"}, "internt nät"),
        ({"adress_1": "ftp://umea.se"}, "https://"),
        ({"adress_1": "http://10.0.0.1/<script>"}, "Skriv sidans adress"),
        ({"text": "Anna 19900101-0017"}, "personnummer"),
    ]
    start = await page_at(eva, IMPORT)
    for typed, told in refused:
        page = await start.press(READ, **typed)
        assert page.status == 422
        assert told in page.main.one("p", role="alert").text
        assert typed.items() <= page.fields(READ).items(), "nothing that was typed is lost"


async def test_who_may_do_what(app: FastAPI, http: httpx.AsyncClient) -> None:
    await at_work(app, http, "ludde", "Ludde Li", ludvika="editor")
    assert (await page_at(http, NEW, 403)).main.text
    start = await page_at(http, IMPORT)
    refused = await start.send(IMPORT, {**start.fields(READ, text="x"), "kommun": "umea"})
    assert refused.status == 404
    await at_work(app, http, "eva", "Eva Ek", umea="editor")
    drafts = await read_in(http, IMPORT, kommun="umea")
    path = str(drafts.response.url)
    await at_work(app, http, "lena", "Lena Li", ludvika="admin")
    await page_at(http, path, 404)
    assert "Väntar på dig" not in (await page_at(http, IMPORT)).main.text
    await at_work(app, http, "agent", "Agne Al", umea="agent")
    await page_at(http, IMPORT, 403)
    await page_at(http, f"{IMPORT}/read/261122-00000000", 403)
