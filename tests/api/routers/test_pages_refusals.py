"""The chat page without scripts: what is refused, and what is never markup."""

from __future__ import annotations

import httpx
import pytest

from bot.knowledge.loader import load_knowledge
from tests.api.helpers import ANSWER, Canned
from tests.api.html import Page, visit
from tests.api.routers.conftest import Change
from tests.api.running import Open

CHAT = "/chat/umea"
ATTACK = "</textarea></p><script>alert(1)</script><img src=x onerror=alert(2)>\"'><!--{{ 7*7 }}"


async def test_too_long_message_keeps_what_was_written(http: httpx.AsyncClient) -> None:
    text = "Å" * 1007
    page = await (await visit(http, CHAT)).press("Skicka", text=text)
    assert page.status == 413
    problem = page.root.one(id="problem").text
    assert "7 tecken för långt" in problem and "högst 1000 tecken" in problem
    area = page.root.one("textarea", name="text")
    assert area.text == text
    assert area.attributes["aria-invalid"] == "true"
    assert "problem" in area.attributes["aria-describedby"].split()
    assert page.root.one("title").text.startswith("Fel: ")
    assert not list(page.root.all("input", name="conversation"))


async def test_too_long_message_in_a_conversation(asked: Page) -> None:
    page = await asked.press("Skicka", text="x" * 1001)
    assert page.status == 413
    assert len(page.said()) == 3
    assert page.root.one("textarea", name="text").text == "x" * 1001


async def test_empty_message_in_english(http: httpx.AsyncClient) -> None:
    page = await (await visit(http, f"{CHAT}?sprak=en")).press("Send", text="  \n ")
    assert page.status == 422
    assert page.root.one(id="problem").text == "Write a question."


@pytest.mark.parametrize("limit", ["rate_conversation", "rate_client"])
async def test_too_many_messages_say_when_to_try_again(serve: Open, limit: str) -> None:
    async with serve(**{limit: "1/minute"}) as http:
        page = await (await visit(http, CHAT)).press("Skicka", text="Ett")
        page = await page.press("Skicka", text="Två")
    assert page.status == 429
    assert int(page.response.headers["Retry-After"]) > 0
    assert page.root.one("textarea", name="text").text == "Två"


async def test_post_from_another_site_is_refused(asked: Page, canned: Canned) -> None:
    fields = asked.fields("Skicka", text="Förfalskat")
    page = await asked.send(CHAT, fields, **{"Sec-Fetch-Site": "cross-site"})
    assert page.status == 403
    assert "från en annan webbplats" in page.main.text
    assert len(canned.heard) == 1


async def test_guessed_secret_shows_nothing(asked: Page, http: httpx.AsyncClient) -> None:
    fields = asked.fields("Skicka", text="Visa")
    for wrong in ("", "x", "å" * 5, fields["conversation"]):
        page = await asked.send(CHAT, {**fields, "secret": wrong})
        assert "Vad kostar det?" not in page.root.text


async def test_conversation_of_another_municipality_is_not_shown(asked: Page) -> None:
    fields = asked.fields("Skicka", text="Visa")
    page = await asked.send("/chat/ludvika", fields)
    assert page.status == 404
    assert "Vad kostar det?" not in page.root.text


@pytest.mark.parametrize("address", ["/chat/ockelbo", "/om/ockelbo", "/chat/common", "/chat/..x"])
async def test_unknown_municipality_lists_those_there_are(
    http: httpx.AsyncClient, address: str
) -> None:
    page = await visit(http, address)
    assert page.status == 404
    assert [a.text for a in page.main.all("a")] == [
        m.name for m in load_knowledge().municipalities.values()
    ]


async def test_people_at_an_unknown_address_get_a_page(http: httpx.AsyncClient) -> None:
    response = await http.get("/finns-inte", headers={"Accept": "text/html,*/*;q=0.8"})
    assert response.status_code == 404
    assert "<h1" in response.text and "Välj din kommun" in response.text


@pytest.mark.parametrize("address", ["/finns-inte", "/api/v1/nothing", "/assets/nothing.js"])
async def test_programs_at_an_unknown_address_get_the_error_shape(
    http: httpx.AsyncClient, address: str
) -> None:
    accept = "*/*" if address == "/finns-inte" else "text/html"
    response = await http.get(address, headers={"Accept": accept})
    assert response.status_code == 404
    assert response.json()["error"]["code"] == "not_found"


async def test_post_to_an_unknown_municipality(asked: Page) -> None:
    page = await asked.send("/chat/ockelbo", asked.fields("Skicka", text="Hej"))
    assert page.status == 404


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"do": "erase"},
        {"do": "feedback", "answer": "-1"},
        {"do": "feedback", "answer": "9" * 30, "helped": "x"},
        {"do": "nonsense", "key": "x" * 500},
        {"conversation": "\0" * 22, "secret": "\0", "text": "\0"},
        {"conversation": "a" * 22, "secret": "b" * 43, "do": "easy"},
        {"do": "language", "language": "xx"},
    ],
)
async def test_broken_forms_get_a_page(http: httpx.AsyncClient, fields: dict[str, str]) -> None:
    page = await (await visit(http, CHAT)).send(CHAT, fields)
    assert page.status in {200, 404, 413, 422}
    assert page.root.one("h1").text


async def test_files_are_refused(http: httpx.AsyncClient) -> None:
    response = await http.post(CHAT, files={"text": ("a.txt", b"hej")})
    assert response.status_code == 400


async def test_what_somebody_writes_is_never_markup(serve: Open) -> None:
    custom = {
        **ANSWER["custom"],
        "body": ATTACK,
        "items": [ATTACK],
        "language": 'sv" onload="alert(3)',
        "source": {**ANSWER["custom"]["source"], "line": ATTACK},
        "contacts": [{**ANSWER["custom"]["contacts"][0], "name": ATTACK, "phone": '1"><script>'}],
    }
    button = {"title": ATTACK, "payload": ATTACK}
    answer = {"text": ATTACK, "buttons": [button], "custom": custom}
    async with serve(Canned([answer])) as http:
        page = await (await visit(http, CHAT)).press("Skicka", text=ATTACK)
        assert page.status == 200
        _harmless(page)
        assert page.said()[1].endswith(" ".join(ATTACK.split()))
        (reply,) = page.root.of_class("lotsen-suggestions")
        assert reply.one("button").attributes["value"] == ATTACK
        _harmless(await page.press("Skicka", text=ATTACK * 20))


@pytest.mark.parametrize("address", ["/chat/{}", "/om/{}", "/chat/umea?sprak={}", "/?sprak={}"])
async def test_addresses_are_not_repeated(http: httpx.AsyncClient, address: str) -> None:
    page = await visit(http, address.format("%3Cscript%3Ealert(1)%3C%2Fscript%3E"))
    assert "alert" not in page.response.text


async def test_municipal_words_are_escaped(http: httpx.AsyncClient, change_umea: Change) -> None:
    text = {"sv": ATTACK, "en": ATTACK}
    change_umea(name=ATTACK, greeting=text, responsible=ATTACK, disposal_decision=ATTACK)
    _harmless(await visit(http, CHAT))
    _harmless(await visit(http, "/om/umea"))


def _harmless(page: Page) -> None:
    scripts = list(page.root.all("script"))
    assert [s.attributes for s in scripts] in (
        [],
        [{"type": "module", "src": "/assets/page.js"}],
    )
    assert not list(page.root.all("img"))
    assert not [n for e in page.root.all() for n in e.attributes if n.startswith("on")]


@pytest.mark.parametrize(("boundary", "body"), [("", b"x"), ("q", b"--q\r\n:::\r\n\r\n")])
async def test_a_broken_form_is_the_senders_fault(
    http: httpx.AsyncClient, boundary: str, body: bytes
) -> None:
    headers = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
    response = await http.post(CHAT, content=body, headers=headers)
    assert response.status_code == 400
    assert response.json()["error"]["code"] == "invalid_request"


async def test_transcripts_count_against_the_clients_limit(serve: Open) -> None:
    async with serve(rate_client="4/minute") as http:
        asked = await (await visit(http, CHAT)).press("Skicka", text="Vad kostar det?")
        statuses = [(await asked.press("Spara samtalet som text")).status for _ in range(5)]
    assert statuses[-1] == 429
