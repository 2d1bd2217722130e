"""The pages without scripts: notices, switch-off, looks, and what every page has to have."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from pathlib import Path

import httpx
import pytest

from bot.knowledge.assistant import Notice
from bot.knowledge.loader import load_knowledge
from tests.api.helpers import Canned
from tests.api.html import Page, visit
from tests.api.routers.conftest import Change

CHAT = "/chat/umea"


async def test_notices_are_shown_on_their_days(
    http: httpx.AsyncClient, change_umea: Change
) -> None:
    today = dt.date(2026, 11, 18)
    change_umea(notices=(_notice(today, "Telefonen är stängd 18/11."),))
    page = await visit(http, CHAT)
    assert page.root.of_class("lotsen-notice")[0].text == "Meddelanden Telefonen är stängd 18/11."
    change_umea(notices=(_notice(today + dt.timedelta(days=1), "Senare."),))
    assert not (await visit(http, CHAT)).root.of_class("lotsen-notice")


def _notice(day: dt.date, text: str) -> Notice:
    return Notice("stangt", day, day, {"sv": text, "en": text})


async def test_switched_off_shows_message_and_contacts(
    http: httpx.AsyncClient, change_umea: Change
) -> None:
    change_umea(switched_off={"sv": "Vi bygger om till fredag.", "en": "Closed."})
    page = await visit(http, CHAT)
    assert page.status == 200
    assert "Vi bygger om till fredag." in page.main.text
    assert not list(page.main.all("textarea"))
    assert not page.root.of_class("lotsen-chat")
    contacts = page.root.of_class("lotsen-contacts")[0].text
    assert "090-16 10 02" in contacts and "Ring 112" in contacts


async def test_switched_off_while_somebody_was_writing(
    http: httpx.AsyncClient, change_umea: Change, canned: Canned
) -> None:
    page = await visit(http, CHAT)
    change_umea(switched_off={"sv": "Vi bygger om till fredag.", "en": "Closed."})
    calm = await page.press("Skicka", text="Vad kostar det?")
    assert calm.status == 409 and "Vi bygger om" in calm.main.text
    danger = await page.press("Skicka", text="Jag tänker ta mitt liv i kväll")
    (card,) = danger.root.of_class("lotsen-message--crisis")
    assert "112" in card.text
    assert canned.heard == []


async def test_start_page_leads_to_every_municipality(http: httpx.AsyncClient) -> None:
    page = await visit(http, "/")
    links = [a.attributes["href"] for a in page.main.all("a")]
    assert links == [f"/chat/{m}" for m in load_knowledge().municipalities]
    assert "Assistenten är en dator." in page.main.text


async def test_theme_is_a_style_sheet(http: httpx.AsyncClient) -> None:
    response = await http.get("/assets/theme/umea.css")
    assert response.headers["Content-Type"].startswith("text/css")
    assert "--lotsen-on-primary: #ffffff;" in response.text
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    for missing in ("/assets/theme/ockelbo.css", "/assets/logo/umea", "/assets/logo/ockelbo"):
        assert (await http.get(missing)).status_code == 404


async def test_logo_is_served_and_shown(
    http: httpx.AsyncClient, change_umea: Change, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "logotyp.svg").write_text("<svg/>", encoding="utf-8")
    change_umea(logo="logotyp.svg")
    monkeypatch.setattr("api.routers.pages.logo_file", lambda m: tmp_path / m.assistant.logo)
    image = (await visit(http, CHAT)).root.one("img")
    assert image.attributes["alt"] == "Umeå kommun"
    response = await http.get(image.attributes["src"])
    assert response.headers["Content-Type"].startswith("image/svg+xml")


PAGES = ["/", "/?sprak=en", *(
    f"{path}{municipality}{query}"
    for municipality in load_knowledge().municipalities
    for path in ("/chat/", "/om/")
    for query in ("", "?sprak=en")
), "/chat/ockelbo"]  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
async def test_pages_are_sound(http: httpx.AsyncClient, address: str) -> None:
    page = await visit(http, address)
    _sound(page)
    assert (await http.head(address)).status_code == page.status


async def test_pages_of_a_conversation_are_sound(asked: Page) -> None:
    _sound(asked)
    _sound(await asked.press("Nej"))
    _sound(await asked.press("Skicka", text="x" * 2000))
    _sound(await asked.press("In English"))
    _sound(await asked.send(CHAT, {}, **{"Sec-Fetch-Site": "cross-site"}))
    _sound(await asked.press("Radera"))


def _sound(page: Page) -> None:
    """What any page has to have, whatever it shows."""
    root = page.root
    assert page.response.text.lstrip().startswith("<!doctype html>")
    assert root.one("html").attributes["lang"] in {"sv", "en"}
    assert root.one("h1").text and root.one("title").text and root.one("main").text
    skip = next(root.all("a"))
    assert skip.attributes["href"] == f"#{root.one('main').attributes['id']}"
    ids = [e.attributes["id"] for e in root.all() if "id" in e.attributes]
    assert len(ids) == len(set(ids))
    for name in ("for", "aria-labelledby", "aria-describedby"):
        pointed = [i for e in root.all() for i in e.attributes.get(name, "").split()]
        assert set(pointed) <= set(ids)
    labelled = {label.attributes["for"] for label in root.all("label")}
    for field in root.all("textarea"):
        assert field.attributes["id"] in labelled
    for field in root.all("input"):
        assert field.attributes["type"] == "hidden"
    assert all(b.text for b in root.all("button"))
    levels = [int(e.tag[1]) for e in root.all() if e.tag in {"h1", "h2", "h3", "h4"}]
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    assert not list(root.all("style"))
    assert not [e for e in root.all() if "style" in e.attributes]
    for script in root.all("script"):
        assert script.text == "" and script.attributes["src"].startswith("/assets/")
    for element in [e for e in root.all() if e.attributes.get("rel") != "icon"]:
        for name in ("href", "src", "action"):
            target = element.attributes.get(name, "/")
            assert target.startswith(("/", "#", "tel:", "mailto:", "https://www."))
