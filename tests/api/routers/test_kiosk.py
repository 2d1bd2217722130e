"""The kiosk's record, its pages and codes, and what is left of a conversation there: nothing."""

from __future__ import annotations

import asyncio
import datetime as dt
import re
from dataclasses import replace
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from api.middleware.headers import permissions
from api.services import housekeeping
from api.services.kiosk_qr import qr_svg
from api.settings_kiosk import KioskSettings
from api.settings_listen import ListenSettings
from api.storage import deletion
from bot.knowledge.assistant import Notice
from bot.knowledge.loader import load_knowledge
from bot.knowledge.records import parse_topic
from tests.api.callbacks.helpers import with_mail
from tests.api.helpers import MORNING, Visitor
from tests.api.html import visit
from tests.api.routers.conftest import Change
from tests.api.running import Open

PUBLIC = "https://chat.example.se"
MUNICIPALITIES = tuple(load_knowledge().municipalities)


async def record(http: httpx.AsyncClient, municipality: str = "umea", **query: str) -> Any:
    """The record on a Wednesday morning."""
    address = f"/kiosk/{municipality}/record"
    response = await http.get(address, params=query, headers={"X-Lotsen-Now": MORNING})
    assert response.status_code == 200, response.text
    return response.json()


async def test_the_record_holds_all_that_the_page_shows(http: httpx.AsyncClient) -> None:
    kiosk = await record(http)
    assert kiosk["municipality"] == {
        "id": "umea", "name": "Umeå kommun", "short": "Umeå", "genitive": "Umeå kommuns",
        "logo": None,
    }  # fmt: skip
    assert [language["code"] for language in kiosk["languages"]] == ["sv", "en"]
    assert "computer" in kiosk["languages"][1]["machine"]
    (contact,) = kiosk["contacts"]
    assert contact["open_now"] is True and contact["phone"] == "090-16 10 02"
    assert contact["qr"] == "/kiosk/umea/qr/contact/mottagningsenheten.svg"
    assert (kiosk["idle_seconds"], kiosk["countdown_seconds"]) == (75, 30)
    assert kiosk["now"].startswith("2026-11-18T10:00:00")
    assert "112" in kiosk["emergency"]
    # Neither our address nor a page's is known, so no code leads there.
    assert kiosk["chat_qr"] is None and kiosk["pages"] == []
    assert "Avsluta och rensa" in kiosk["assistant"]["notice_privacy"]


@pytest.mark.parametrize("municipality", MUNICIPALITIES)
@pytest.mark.parametrize("language", ["sv", "en"])
async def test_every_tile_asks_what_is_answered(
    http: httpx.AsyncClient, municipality: str, language: str
) -> None:
    known = load_knowledge()
    tiles = (await record(http, municipality, language=language))["tiles"]
    assert len({tile["id"] for tile in tiles}) == 8
    for tile in tiles:
        topic = parse_topic(tile["id"])
        assert known.answers(municipality, topic)
        about = known.topic(topic)
        assert about and tile["title"] == (
            about.question if tile["lang"] == "sv" else about.question_en
        )


async def test_a_municipality_without_a_list_of_its_own_has_tiles_too(
    http: httpx.AsyncClient, change_umea: Change
) -> None:
    change_umea(kiosk=())
    suggested = load_knowledge().municipalities["umea"].suggested
    ids = [parse_topic(tile["id"]) for tile in (await record(http))["tiles"]]
    assert tuple(ids[: len(suggested)]) == suggested
    assert len(set(ids)) == 8


@pytest.mark.parametrize(
    ("municipality", "ways"),
    [
        ("umea", ["phone", "visit", "email"]),
        ("ludvika", ["phone", "visit"]),
        ("ostersund", ["page"]),
        ("leksand", ["phone", "email"]),
    ],
)
async def test_the_ways_to_a_person_are_told_in_words(
    http: httpx.AsyncClient, municipality: str, ways: list[str]
) -> None:
    lines = (await record(http, municipality))["person"]["lines"]
    assert [line["id"] for line in lines] == ways
    assert [line["phone"] for line in lines] == [_number(way, lines[0]) for way in ways]
    assert sum(line["text"].count("@") for line in lines) == ways.count("email")
    told = " ".join(line["text"] for line in lines)
    has_hours = municipality in ("umea", "ludvika")
    assert ("öppen nu, till klockan" in told) == has_hours
    assert "chatt" not in told.casefold()


def _number(way: str, phone: dict[str, Any]) -> str | None:
    """Only the line about calling has a number, and it says it once."""
    if way != "phone":
        return None
    assert phone["text"].count(phone["phone"]) == 1
    return str(phone["phone"])


async def test_being_called_back_needs_a_phone_of_ones_own(serve: Open) -> None:
    async with serve(**with_mail()) as http:
        assert "callback" not in [w["id"] for w in (await record(http))["person"]["lines"]]
        assert (await http.get("/kiosk/umea/qr/callback.svg")).status_code == 404
    async with serve(**with_mail(), public_url=PUBLIC) as http:
        kiosk = await record(http)
        (way,) = [w for w in kiosk["person"]["lines"] if w["id"] == "callback"]
        expected = {
            way["qr"]: f"{PUBLIC}/chat/umea/ring-upp",
            kiosk["chat_qr"]: f"{PUBLIC}/chat/umea",
            kiosk["contacts"][0]["qr"]: "tel:+4690161002",
        }
        for address, content in expected.items():
            svg = await http.get(address)
            assert svg.headers["content-type"].startswith("image/svg+xml")
            assert svg.text == qr_svg(content)
        # Östersund offers none.
        assert (await http.get("/kiosk/ostersund/qr/callback.svg")).status_code == 404


async def test_a_page_has_a_code_where_an_operator_wrote_its_address(
    http: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = load_knowledge()
    umea, url = known.municipalities["umea"], "https://www.example.se/ledsagning"
    pages = {**umea.pages, "ledsagning": replace(umea.pages["ledsagning"], url=url)}
    umea = replace(umea, pages=pages)
    changed = replace(known, municipalities={**known.municipalities, "umea": umea})
    for module in ("api.services.municipality", "api.routers.kiosk"):
        monkeypatch.setattr(f"{module}.load_knowledge", lambda: changed)
    (page,) = (await record(http))["pages"]
    assert page["title"] == "Ledsagning"
    assert (await http.get(page["qr"])).text == qr_svg(url)


async def test_notices_for_a_kiosk_and_a_closed_assistant(
    http: httpx.AsyncClient, change_umea: Change
) -> None:
    day = dt.date(2026, 11, 18)
    texts = {"sv": "Stängt för flytt.", "en": "Closed for moving."}
    notices = [Notice(c, day, day, {**texts, "sv": c}, None, (c,)) for c in ("web", "kiosk")]
    change_umea(notices=tuple(notices), switched_off=texts)
    kiosk = await record(http, language="en")
    assert kiosk["open"] is False and kiosk["closed_message"] == "Closed for moving."
    assert len(kiosk["notices"]) == 1
    assert [n["text"] for n in (await record(http))["notices"]] == ["kiosk"]


async def test_an_english_kiosk_says_nothing_swedish_of_its_own(http: httpx.AsyncClient) -> None:
    swedish, english = [await record(http, language=code) for code in ("sv", "en")]
    assert swedish["words"].keys() == english["words"].keys()
    assert not {v for v in english["words"].values() if re.search("[åäö]", v)}
    other = await record(http, language="fi")
    assert other["language"] == "sv" and other["words"] == swedish["words"]


ADDRESSES = ("/kiosk/umea", "/kiosk/umea/lost", "/kiosk/umea/record", "/kiosk/worker.js")


@pytest.mark.parametrize("address", [*ADDRESSES, "/kiosk/umea/qr/contact/mottagningsenheten.svg"])
async def test_nothing_is_kept_and_nothing_may_frame_it(serve: Open, address: str) -> None:
    async with serve(frame_ancestors=("https://www.example.se",)) as http:
        got, head = await http.get(address), await http.head(address)
    assert (got.status_code, head.status_code, head.content) == (200, 200, b"")
    policy = got.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy and "worker-src 'self'" in policy
    assert "media-src 'self' blob:" in policy and "unsafe" not in policy
    assert got.headers["cache-control"] == "no-store"
    assert got.headers["permissions-policy"] == permissions()


async def test_only_pages_that_listen_may_ask_for_a_microphone(serve: Open) -> None:
    async with serve(listen=ListenSettings("browser")) as http:
        heard = (await http.get("/kiosk/umea")).headers["permissions-policy"]
        chat = (await http.get("/chat/umea")).headers["permissions-policy"]
        elsewhere = (await http.get("/om/umea")).headers["permissions-policy"]
        told = await record(http)
        assert (told["listen"], told["microphone"]) == ("browser", True)
    assert "microphone=(self)" in heard and "camera=()" in heard
    assert chat == heard
    assert "microphone=()" in elsewhere


async def test_the_pages_work_without_scripts_and_without_links(http: httpx.AsyncClient) -> None:
    for municipality in MUNICIPALITIES:
        for address in (f"/kiosk/{municipality}", f"/kiosk/{municipality}/lost"):
            html = (await http.get(address)).text
            assert "112" in html and 'href="tel:' not in html and "mailto:" not in html
            assert not re.search(
                r"<a\b|<form\b|<input\b|style=|<script(?! type=\"module\" src=)", html
            )
            contacts = load_knowledge().municipalities[municipality].contacts.values()
            for contact in contacts:
                assert (contact.phone or contact.how or "") in html
    english = await http.get("/kiosk/umea", params={"language": "en"})
    assert '<html lang="en">' in english.text and "Starting" in english.text


@pytest.mark.parametrize(
    "address",
    [
        "/kiosk/umea/qr/contact/nobody.svg",
        "/kiosk/umea/qr/contact/..%2F..%2Fsecret.svg",
        "/kiosk/ostersund/qr/contact/hemtjanst.svg",
        "/kiosk/umea/qr/page/ledsagning.svg",
        "/kiosk/umea/qr/chat.svg",
        "/kiosk/atlantis/qr/chat.svg",
        "/kiosk/umea/qr/%00.svg",
        "/kiosk/umea%00/lost",
        "/kiosk/..%2Fdesk",
        "/kiosk/umea/record/more",
        "/kiosk/atlantis/record",
        "/kiosk/",
    ],
)
async def test_addresses_that_lead_nowhere(http: httpx.AsyncClient, address: str) -> None:
    assert (await http.get(address)).status_code == 404


async def test_an_unknown_municipality_gets_a_kind_page(http: httpx.AsyncClient) -> None:
    for address in ("/kiosk/atlantis", "/kiosk/atlantis/lost?language=sv", "/kiosk/%3Cb%3E"):
        page = await visit(http, address)
        assert page.status == 404 and "Umeå kommun" in page.main.text
        assert "atlantis" not in page.main.text
    refused = await http.get("/kiosk/umea/record", params={"language": "SVENSKA!"})
    assert (refused.status_code, refused.json()["error"]["field"]) == (422, "query.language")
    assert (await http.post("/kiosk/umea")).status_code == 405


async def test_the_record_is_limited_as_any_client(serve: Open) -> None:
    async with serve(rate_client="2/minute") as http:
        codes = [(await http.get("/kiosk/umea/record")).status_code for _ in range(3)]
        assert codes == [200, 200, 429]
        assert (await http.get("/kiosk/umea/lost")).status_code == 200


async def test_switched_off_there_is_no_kiosk(serve: Open) -> None:
    async with serve(kiosk=KioskSettings(on=False)) as http:
        for address in ADDRESSES:
            assert (await http.get(address)).status_code == 404


async def test_leaving_erases_at_once(http: httpx.AsyncClient) -> None:
    """As a page that closes asks for: a DELETE with its secret, from the same origin."""
    visitor = await Visitor.arrive(http, channel="kiosk")
    await visitor.say("Vad kostar ledsagning?")
    assert (await visitor.erase()).status_code == 204
    assert (await http.get(visitor.path, headers=visitor.headers)).status_code == 404


async def test_what_was_left_is_erased_by_itself(
    app: FastAPI, http: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = await Visitor.arrive(http, channel="kiosk")
    at_home = await Visitor.arrive(http)
    await left.say("Jag heter Eva och vill bli uppringd")
    forgotten: list[str] = []

    async def forget(sender: str) -> None:
        forgotten.append(sender)

    monkeypatch.setattr(app.state.chat._form, "forget", forget)
    late = dt.datetime.fromisoformat(MORNING) + deletion.LEFT + dt.timedelta(seconds=1)
    erased = asyncio.Event()
    erase_left = app.state.chat.erase_left

    async def erase(now: dt.datetime) -> int:
        gone: int = await erase_left(now)
        erased.set()
        return gone

    monkeypatch.setattr(app.state.chat, "erase_left", erase)
    monkeypatch.setattr(housekeeping, "LEFT_SECONDS", 0.0)
    task = asyncio.create_task(housekeeping.erase_often(app.state.chat, lambda: late))
    await asyncio.wait_for(erased.wait(), 10)
    task.cancel()
    assert forgotten == [left.id]
    assert (await http.get(left.path, headers=left.headers)).status_code == 404
    assert (await http.get(at_home.path, headers=at_home.headers)).status_code == 200
