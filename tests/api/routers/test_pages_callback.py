"""Being called back and mailing without scripts: written, read back, agreed to, sent, cancelled."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from tests.api.callbacks.helpers import mails, with_mail
from tests.api.helpers import Canned, application
from tests.api.html import Element, Page, visit

CALL, MAIL = "/chat/umea/ring-upp", "/chat/umea/mejl"
TIME = "2026-11-18T13:00/2026-11-18T16:00"
WISH = {"name": "Kim Berg", "phone": "0701740605", "about": "Ledsagning", "time": TIME}
NEXT, BOOK, CHANGE, CANCEL = "Gå vidare", "Boka uppringning", "Ändra", "Avboka"


@pytest.fixture
async def app(folder: Path, canned: Canned) -> FastAPI:
    """With a mail server, so that somebody sees what is asked for."""
    return application(canned, folder, **with_mail())


def inputs(page: Page) -> list[Element]:
    """The fields of the form that people see."""
    fields = [*page.main.all("input"), *page.main.all("textarea")]
    return [f for f in fields if f.attributes.get("type") != "hidden"]


def check_problems(page: Page) -> None:
    """Each problem is told above the form, at its field, and to who hears the field."""
    ids = {e.attributes["id"] for e in page.root.all() if "id" in e.attributes}
    links = list(page.root.one(id="problems").all("a"))
    assert links
    for link in links:
        field = link.attributes["href"].removeprefix("#")
        (target,) = page.root.all(id=field)
        described = target.attributes["aria-describedby"].split()
        assert set(described) <= ids
        assert f"{field}-problem" in described
        assert page.root.one(id=f"{field}-problem").text == link.text
        assert target.tag == "fieldset" or target.attributes["aria-invalid"] == "true"
    assert page.root.one("title").text.startswith("Fel: ")
    assert page.root.one(id="problems").attributes["role"] == "alert"


async def test_the_form_says_what_it_is_for_before_anything_is_written(
    http: httpx.AsyncClient,
) -> None:
    page = await visit(http, CALL)
    assert page.status == 200
    assert page.response.headers["Cache-Control"] == "no-store"
    assert page.root.one("h1").text == "Bli uppringd"
    assert "bara för att ringa dig" in page.main.text
    hints = {
        i.attributes["name"]: i.attributes.get("autocomplete")
        for i in inputs(page)
        if i.attributes.get("type") != "radio"
    }
    assert hints == {"name": "name", "phone": "tel", "about": "off"}
    labels = {e.attributes["for"] for e in page.main.all("label") if "for" in e.attributes}
    assert labels == {"name", "phone", "about"}
    assert page.main.one("legend").text == "När passar det?"
    times = [i for i in inputs(page) if i.attributes["name"] == "time"]
    assert times[1].attributes["value"] == TIME
    assert not any("checked" in t.attributes for t in times)
    assert "script" not in {e.tag for e in page.root.all()}


async def test_booked_and_cancelled_by_forms(http: httpx.AsyncClient, app: FastAPI) -> None:
    page = await (await visit(http, CALL)).press(NEXT, **WISH)
    assert page.status == 200
    assert [li.text for li in page.root.of_class("lotsen-read-back")[0].all("li")] == [
        "Namn: Kim Berg",
        "Telefon: 070-174 06 05",
        "Det gäller: Ledsagning",
        "Tid: onsdag 18 november, klockan 13.00–16.00",
    ]
    assert "Umeå kommun" in page.root.one("header").text
    assert page.main.one("input", name="consent").attributes["aria-describedby"] == "purpose"
    assert await app.state.callbacks.list_for(["umea"]) == []
    page = await page.press(BOOK, consent="1")
    (kept,) = await app.state.callbacks.list_for(["umea"])
    assert kept.receipt in page.main.text
    assert "ringer dig onsdag 18 november, klockan 13.00–16.00" in page.main.text
    again = await page.again()
    assert kept.receipt in again.main.text
    assert len(mails(app.state.store)) == 1
    page = await again.press(CANCEL)
    assert "Det är avbokat" in page.main.text
    assert "Kim" not in page.main.text
    assert await app.state.callbacks.list_for(["umea"]) == []
    assert "Det är avbokat" in (await again.press(CANCEL)).main.text


async def test_problems_are_told_and_what_was_written_is_kept(http: httpx.AsyncClient) -> None:
    page = await (await visit(http, CALL)).press(
        NEXT, name="Kim <b>", phone="12", about="x" * 301, time="gone"
    )
    assert page.status == 422
    check_problems(page)
    links = [a.attributes["href"] for a in page.root.one(id="problems").all("a")]
    assert links == ["#phone", "#about", "#time"]
    assert page.root.one(id="name").attributes["value"] == "Kim <b>"
    assert page.root.one(id="phone").attributes["value"] == "12"
    assert page.root.one(id="about").text == "x" * 301
    page = await page.press(NEXT, **{**WISH, "phone": "090-16 10 02"})
    assert "Telefon: 090-16 10 02" in page.main.text


async def test_everything_empty(http: httpx.AsyncClient) -> None:
    page = await (await visit(http, CALL)).press(NEXT)
    check_problems(page)
    assert len(list(page.root.one(id="problems").all("li"))) == 4


async def test_without_consent_nothing_is_sent(http: httpx.AsyncClient, app: FastAPI) -> None:
    page = await (await visit(http, CALL)).press(NEXT, **WISH)
    page = await page.press(BOOK)
    assert page.status == 422
    check_problems(page)
    assert await app.state.callbacks.list_for(["umea"]) == []
    page = await page.press(BOOK, consent="1")
    assert len(await app.state.callbacks.list_for(["umea"])) == 1


async def test_changed_before_it_is_sent(http: httpx.AsyncClient) -> None:
    page = await (await visit(http, CALL)).press(NEXT, **WISH)
    page = await page.press(CHANGE)
    assert page.root.one(id="name").attributes["value"] == "Kim Berg"
    checked = [i.attributes["value"] for i in inputs(page) if "checked" in i.attributes]
    assert checked == [TIME]
    page = await page.press(NEXT, name="Bo Ask")
    assert "Namn: Bo Ask" in page.main.text


async def test_back_and_other_words_is_another_booking(
    http: httpx.AsyncClient, app: FastAPI
) -> None:
    review = await (await visit(http, CALL)).press(NEXT, **WISH)
    await review.press(BOOK, consent="1")
    await review.press(BOOK, consent="1", about="Avlösning")
    assert len(await app.state.callbacks.list_for(["umea"])) == 2


async def test_a_time_that_has_gone_meanwhile_is_told_at_its_field(
    http: httpx.AsyncClient, app: FastAPI
) -> None:
    page = await (await visit(http, CALL)).press(NEXT, **WISH)
    fields = {**page.fields(BOOK, consent="1")}
    late = {"X-Lotsen-Now": "2026-11-18T15:50:00+01:00"}
    page = await page.send(CALL, fields, **late)
    assert page.status == 422
    check_problems(page)
    assert page.root.one(id="name").attributes["value"] == "Kim Berg"
    assert await app.state.callbacks.list_for(["umea"]) == []


@pytest.mark.parametrize("municipality", ["ludvika", "leksand", "ostersund"])
async def test_where_nobody_would_see_it_there_is_no_form(
    http: httpx.AsyncClient, municipality: str
) -> None:
    page = await visit(http, f"/chat/{municipality}/ring-upp")
    assert page.status == 200
    assert inputs(page) == []
    assert "Det går inte att boka" in page.main.text
    sent = await page.send(f"/chat/{municipality}/ring-upp", {**WISH, "do": "send", "consent": "1"})
    assert sent.status == 409


async def test_in_english(http: httpx.AsyncClient) -> None:
    page = await visit(http, f"{CALL}?sprak=en")
    assert page.root.one("html").attributes["lang"] == "en"
    page = await page.press("Continue", **{**WISH, "name": ""})
    assert "Write your name." in page.root.one(id="problems").text
    page = await page.press("Continue", **WISH)
    assert "Time: Wednesday 18 November, 13:00–16:00" in page.main.text
    page = await page.press("Book the call", consent="1")
    assert "will call you Wednesday 18 November" in page.main.text


async def test_nothing_from_another_site(http: httpx.AsyncClient, app: FastAPI) -> None:
    page = await visit(http, CALL)
    fields = {**WISH, "do": "send", "consent": "1"}
    for address in (CALL, MAIL):
        refused = await page.send(address, fields, **{"Sec-Fetch-Site": "cross-site"})
        assert refused.status == 403
    assert await app.state.callbacks.list_for(["umea"]) == []


async def test_broken_posts_and_unknown_municipalities(http: httpx.AsyncClient) -> None:
    page = await visit(http, CALL)
    odd = {"do": "x", "key": "!", "receipt": "x", "conversation": "å", "secret": "x"}
    assert (await page.send(CALL, odd)).status == 200
    cancelled = await page.send(CALL, {"do": "cancel", "receipt": "UM-AAAA-AAAA"})
    assert cancelled.status == 404
    assert "raderats" in cancelled.main.text
    for path in ("ring-upp", "mejl"):
        assert (await visit(http, f"/chat/ockelbo/{path}")).status == 404
        assert (await page.send(f"/chat/ockelbo/{path}", {})).status == 404
    broken = {"Content-Type": "multipart/form-data; boundary=q"}
    assert (await http.post(CALL, content=b"--q\r\n:::\r\n\r\n", headers=broken)).status_code == 400


async def test_the_conversation_goes_along_and_back(http: httpx.AsyncClient, app: FastAPI) -> None:
    asked = await (await visit(http, "/chat/umea")).press("Skicka", text="Vad kostar det?")
    page = await asked.press("Bli uppringd")
    assert page.held("conversation") == asked.held("conversation")
    page = await (await page.press(NEXT, **WISH)).press(BOOK, consent="1")
    (kept,) = await app.state.callbacks.list_for(["umea"])
    assert kept.conversation_id == asked.held("conversation")
    back = await page.press("Tillbaka till chatten")
    assert back.said() == asked.said()


async def test_mailed_with_the_conversation(http: httpx.AsyncClient, app: FastAPI) -> None:
    asked = await (await visit(http, "/chat/umea")).press("Skicka", text="Vad kostar det?")
    page = await asked.press("Mejla din fråga")
    hints = {i.attributes["name"]: i.attributes["autocomplete"] for i in inputs(page)}
    assert hints == {"reply_to": "email", "about": "off"}
    wrong = await page.press(NEXT, reply_to="kim", about="")
    check_problems(wrong)
    page = await wrong.press(NEXT, reply_to="kim@example.se", about="Får jag hjälp?")
    assert "kim@example.se" in page.main.text
    assert "följer med" in page.main.text
    page = await page.press("Skicka mejlet")
    check_problems(page)
    assert mails(app.state.store) == []
    page = await page.press("Skicka mejlet", consent="1")
    assert "kim@example.se" in page.main.text
    assert (await page.again()).main.text == page.main.text
    (mail,) = mails(app.state.store)
    assert mail["receipt"] in page.main.text
    assert "Vad kostar det?" in mail["body"]


async def test_mailed_without_a_conversation_or_after_it_was_erased(
    http: httpx.AsyncClient, app: FastAPI
) -> None:
    asked = await (await visit(http, "/chat/umea")).press("Skicka", text="Vad kostar det?")
    page = await asked.press("Mejla din fråga")
    await asked.press("Radera")
    page = await page.press(NEXT, reply_to="kim@example.se", about="Får jag hjälp?")
    assert "Inget samtal följer med." in page.main.text
    page = await page.press("Skicka mejlet", consent="1")
    assert page.status == 200
    assert len(mails(app.state.store)) == 1


async def test_mail_where_none_is_taken(http: httpx.AsyncClient) -> None:
    page = await visit(http, "/chat/ludvika/mejl")
    assert inputs(page) == []
    assert "0240-860 00" in page.main.text


async def test_while_it_starts(folder: Path, canned: Canned) -> None:
    transport = httpx.ASGITransport(app=application(canned, folder))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as http:
        for address in (CALL, MAIL):
            page = await visit(http, address)
            assert page.status == 503
            assert page.response.headers["Retry-After"] == "5"
            assert (await page.send(address, WISH)).status == 503


async def test_what_is_written_is_escaped_and_never_in_an_address(http: httpx.AsyncClient) -> None:
    evil = '"><script>alert(1)</script>'
    page = await (await visit(http, CALL)).press(NEXT, **{**WISH, "about": evil, "name": evil})
    assert "script" not in {e.tag for e in page.root.all()}
    actions: list[Any] = [f.attributes["action"] for f in page.root.all("form")]
    assert all("?" not in a for a in actions)
