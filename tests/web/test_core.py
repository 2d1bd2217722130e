"""The pure parts: texts and links, the stream of events, words in two languages, documents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.web.canned import Canned


@pytest.fixture
def blank(browser: Browser, canned: Canned) -> Iterator[Page]:
    """A page of the server, from which its modules can be loaded."""
    canned.pages["/blank"] = "<!doctype html><title>Prov</title>"
    page = browser.new_page()
    page.goto(f"{canned.url}/blank")
    yield page
    page.close()


def run(page: Page, module: str, script: str, *given: Any) -> Any:
    """What an expression over a module's names gives."""
    load = f"async given => {{ const m = await import('/assets/core/{module}'); return {script} }}"
    return page.evaluate(load, given)


@pytest.mark.parametrize(
    ("text", "links", "parts"),
    [
        ("Ring 112 nu", {"112": "tel:112"}, ["Ring ", ("112", "tel:112"), " nu"]),
        ("1122 och 0112", {"112": "tel:112"}, ["1122 och 0112"]),
        ("112", {"112": "tel:112"}, [("112", "tel:112")]),
        ("Ring 116 111.", {"116": "tel:116", "116 111": "tel:116111"},
         ["Ring ", ("116 111", "tel:116111"), "."]),
        ("tryck här", {"här": "javascript:alert(1)"}, ["tryck här"]),
        ("tryck här", {"här": "http://kommun.example/"}, ["tryck här"]),
        ("a@b.se", {"a@b.se": "mailto:a@b.se"}, [("a@b.se", "mailto:a@b.se")]),
    ],
)  # fmt: skip
def test_links(blank: Page, text: str, links: dict[str, str], parts: list[Any]) -> None:
    known = [{"text": t, "href": href} for t, href in links.items()]
    found = run(blank, "text.js", "m.linkify(...given)", text, known)
    assert [p if isinstance(p, str) else (p["text"], p["href"]) for p in found] == parts


def test_what_is_spoken_is_the_statement_sentence_by_sentence(blank: Page) -> None:
    message = {"body": "Först. Sedan kl. 8.30!\nSist: Slut.", "text": "", "items": ["En", "två"]}
    assert run(blank, "../components/listen/voice.js", "m.spoken(given[0])", message) == [
        "Först.", "Sedan kl. 8.30!", "En.", "två.", "Sist:", "Slut.",
    ]  # fmt: skip


STREAM = ': ping\r\n\r\nid: 3\r\nevent: message\r\ndata: {"a":\r\ndata: 1}\r\n\r\nevent: erased\n\n'


@pytest.mark.parametrize("size", [1, 2, 7, 500])
def test_events_are_read_whatever_pieces_they_come_in(blank: Page, size: int) -> None:
    pieces = [STREAM[at : at + size] for at in range(0, len(STREAM), size)]
    script = "(reader => given[0].flatMap(piece => reader.read(piece)))(new m.EventReader())"
    assert run(blank, "events.js", script, pieces) == [
        {"event": "message", "id": "3", "data": '{"a":\n1}'},
        {"event": "erased", "id": "", "data": ""},
    ]


@pytest.mark.parametrize(
    ("chosen", "own"),
    [
        (None, "sv"),
        ("sv", "sv"),
        ("sv-SE", "sv"),
        ("fi", "sv"),
        ("se", "sv"),
        ("en", "en"),
        ("ar", "en"),
    ],
)
def test_own_words_are_swedish_or_english(blank: Page, chosen: str | None, own: str) -> None:
    assert run(blank, "strings.js", "m.ownLanguage(given[0])", chosen) == own


def test_every_word_exists_in_both_languages_with_the_same_values(blank: Page) -> None:
    swedish = run(blank, "strings.js", "m.sv")
    english = run(blank, "strings.en.js", "m.en")
    values = [{k: sorted(w.split("{")[1:]) for k, w in one.items()} for one in (swedish, english)]
    assert [k for k in swedish if len(values[0][k]) != len(values[1].get(k, ()))] == []
    assert list(swedish) == list(english)


def test_keys_are_long_and_never_the_same(blank: Page) -> None:
    keys = run(blank, "outbox.js", "[m.newKey(), m.newKey()]")
    assert keys[0] != keys[1] and {len(k) for k in keys} == {32}
