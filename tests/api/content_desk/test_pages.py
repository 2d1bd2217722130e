"""The content desk as an editor uses it, with no scripts: nothing runs otherwise until applied."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import httpx
import pytest
from fastapi import FastAPI

from api.standing.service import Standings
from bot.knowledge.loader import load_knowledge
from bot.knowledge.standing import ALL_STANDS, set_standing
from tests.api.content_desk.editor import ANSWER, CONTENT, EDIT, ID
from tests.api.helpers import Canned, Visitor
from tests.api.staff.helpers import NOW
from tests.api.staff_pages import at_work, page_at


async def test_list_shows_all_of_ones_own(eva: httpx.AsyncClient) -> None:
    page = await page_at(eva, CONTENT)
    own = load_knowledge().municipalities["umea"].answers
    assert len(page.main.one("tbody").parts) >= min(len(own), 50)
    assert page.main.one("h1").text == "Svaren i Umeå"
    shown = await page_at(eva, f"{CONTENT}?kommun=umea&tjanst=anhorigstod")
    links = [a.attributes["href"] for a in shown.main.one("tbody").all("a")]
    assert links and all("id=umea.anhorigstod." in href for href in links)
    none = await page_at(eva, f"{CONTENT}?lage=lost")
    assert "Inget svar stämmer" in none.main.text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("?kommun=ludvika", 404),
        ("/gaps?kommun=ludvika", 404),
        ("/contacts?kommun=ludvika", 404),
        ("/answer?id=ludvika.anhorigstod.vad", 404),
        ("/edit?id=ludvika.anhorigstod.vad", 404),
        ("/answer?id=umea.ledsagning.none", 404),
        ("/answer", 404),
        ("/contact?id=ludvika.vaxel", 404),
        ("/contact?id=umea.none", 404),
        ("?sida=99", 200),
        ("?sida=x", 422),
    ],
)
async def test_only_ones_own(eva: httpx.AsyncClient, path: str, status: int) -> None:
    page = await page_at(eva, f"{CONTENT}{path}", status)
    assert "Ludvika" not in page.main.text


async def test_only_editors(app: FastAPI, http: httpx.AsyncClient) -> None:
    response = await http.get(CONTENT)
    assert response.status_code == 303
    agent = await at_work(app, http, umea="agent")
    for path in (CONTENT, ANSWER, EDIT):
        await page_at(agent, path, 403)


async def test_an_answer_with_all_that_is_known_of_it(
    app: FastAPI, eva: httpx.AsyncClient, visitor: Visitor
) -> None:
    await visitor.say("Vad kostar det? Mitt nummer är 19640823-3234")
    rating = {"helped": False, "words": "Det stod inget belopp"}
    path = f"{visitor.path}/messages/2/feedback"
    await visitor.http.post(path, json=rating, headers=visitor.headers)
    page = await page_at(eva, ANSWER)
    text = page.main.text
    assert "Vad kostar det? Mitt nummer är [personnummer]" in text
    assert "Det stod inget belopp" in text
    assert "Granskas senast 2027-05-22, samma dag som sidan" in text
    answer = next(a for a in load_knowledge().municipalities["umea"].answers if a.id == ID)
    marked = " ".join(m.text for m in page.main.all("mark"))
    assert " ".join(answer.evidence[0].quote.split()) in marked
    shown = {h.text: h for h in page.main.of_class("content-preview")}
    assert [h.one("h3").text for h in shown.values()] == [
        "Text", "Lätt svenska", "Engelska", "Kiosk", "Uppläst",
    ]  # fmt: skip
    assert answer.en in text and answer.easy in text
    assert "socialtjänstens mottagningsenhet, telefon noll nio noll, sexton, tio, noll två" in text


@pytest.fixture
def afterwards_all_stands() -> Iterator[None]:
    """What may be said is the whole process's."""
    yield
    set_standing(ALL_STANDS)


@pytest.mark.usefixtures("afterwards_all_stands")
async def test_what_is_withdrawn_is_told(app: FastAPI, eva: httpx.AsyncClient) -> None:
    def withdraw() -> None:
        marks = Standings(app.state.store.desk)
        marks.mark("umea", ID, "withdrawn", "Sidan är ny", None, NOW)
        marks.mark("umea", "contact:mottagningsenheten", "flagged", "Nytt nummer", None, NOW)

    await asyncio.to_thread(withdraw)
    page = await page_at(eva, f"{CONTENT}?lage=lost")
    assert [a.attributes["href"] for a in page.main.one("tbody").all("a")] == [ANSWER]
    assert "Svaret visas inte för invånarna" in (await page_at(eva, ANSWER)).main.text
    contacts = await page_at(eva, f"{CONTENT}/contacts")
    assert "Rätta dem nu." in contacts.main.of_class("lotsen-notice--problem")[0].text


async def test_gaps_are_counted(
    app: FastAPI, eva: httpx.AsyncClient, canned: Canned, visitor: Visitor
) -> None:
    topic = next(
        t
        for t in load_knowledge().services["ledsagning"].topics.values()
        if not load_knowledge().answers("umea", (t.service, t.aspect))
    )
    custom = {"kind": "not_defined", "understood": {"topic": f"ledsagning.{topic.aspect}"}}
    canned._replies = [{"recipient_id": "me", "text": "Det står inte.", "custom": custom}]
    await visitor.say("hur blir det med <det>", "key-of-the-first")
    await visitor.say("och en gång till", "key-of-the-second")
    page = await page_at(eva, f"{CONTENT}/gaps")
    (row,) = page.main.one("tbody").all("tr")
    assert topic.question in row.text and " 2 " in row.text
    assert "hur blir det med <det>" in row.text
    assert topic.question not in page.main.one("details").text


async def test_contacts_with_their_next_opening(eva: httpx.AsyncClient) -> None:
    page = await page_at(eva, f"{CONTENT}/contacts")
    text = page.main.text
    assert "090-16 10 02" in text and "Öppet nu, till klockan 11.30." in text
    assert "090-16 10 02" in " ".join(m.text for m in page.main.all("mark"))
