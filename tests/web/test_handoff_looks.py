"""How the ways to a person look to different people, and how much is loaded for them."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.audit import audit, audit_colours
from tests.browser.visitor import Look
from tests.web.canned import Canned
from tests.web.canned_handoff import claimed
from tests.web.canned_http import WEB
from tests.web.test_core import blank, run
from tests.web.test_handoff import HELLO, queue
from tests.web.test_handoff_forms import book, fill
from tests.web.widget import Widget

__all__ = ["blank"]

Embed = Callable[..., Widget]
LOOKS = {
    "wide": Look(now=None),
    "narrow": Look(width=320, height=640, now=None),
    "400 %": Look(width=320, height=256, now=None),
}
LIMIT = 16_000
"""Bytes, compressed, of all that is loaded for a person, in both languages."""
WIDE = """() => [...document.querySelector('medborgarlotsen-chat').shadowRoot
    .querySelectorAll('dialog *')].filter(e => !e.closest('.lotsen-visually-hidden') &&
    e.getBoundingClientRect().right > innerWidth + .5).map(e => e.className)"""
SMALL = """() => [...document.querySelector('medborgarlotsen-chat').shadowRoot
    .querySelectorAll('button, summary, textarea, input:not([type=radio], [type=checkbox]),' +
        '.lotsen-field__choices label')]
    .map(e => [e.textContent, e.getBoundingClientRect()])
    .filter(([, box]) => box.width && (box.height < 43.5 || box.width < 43.5))
    .map(([text, box]) => `${text}: ${box.width} x ${box.height}`)"""


def states(widget: Widget, canned: Canned) -> Iterator[str]:
    """Walk through all that can be seen on the way to a person."""
    widget.ways()
    yield "ways"
    widget.button("Bli uppringd").click()
    expect(widget.page.get_by_label("Ditt namn")).to_be_visible()
    widget.button("Gå vidare").click()
    yield "errors"
    fill(widget.page)
    widget.button("Gå vidare").click()
    yield "review"
    widget.page.keyboard.press("Escape")
    widget.button("Tillbaka till samtalet").click()
    book(widget)
    yield "receipt"
    widget.button("Avboka").click()
    yield "cancelling"
    widget.button("Tillbaka").click()
    expect(widget.button("Visa eller avboka")).to_be_visible()
    yield "booked"
    widget.button("Mejla din fråga").click()
    yield "mail"
    widget.button("Tillbaka").click()
    widget.button("Tillbaka till samtalet").click()
    queue(widget)
    yield "waiting"
    widget.button("Lämna kön").click()
    yield "leaving"
    claimed(canned.talk)
    canned.talk.add("agent", HELLO, agent="Anna")
    expect(widget.page.get_by_label("Skriv till Anna")).to_be_visible()
    yield "talking"
    canned.talk.stand("expired", "Chatten stängde innan någon hann svara dig.")
    expect(widget.button("Visa andra sätt")).to_be_visible()
    yield "expired"


@pytest.mark.parametrize("look", LOOKS)
def test_every_state_is_for_everybody(embed: Embed, canned: Canned, look: str) -> None:
    widget = embed(LOOKS[look]).open()
    for state in states(widget, canned):
        assert widget.page.evaluate(WIDE) == [], state
        assert widget.page.evaluate(SMALL) == [], state
        # Enlarged it is the narrow one with less height, and colours are the same in every size.
        if look != "400 %":
            assert audit(widget.page) == "", state
        if look == "wide":
            widget.page.emulate_media(color_scheme="dark")
            assert audit_colours(widget.page) == "", state
            widget.page.emulate_media(color_scheme="light")


def test_is_loaded_only_for_those_who_want_a_person_and_is_small(embed: Embed) -> None:
    widget = embed().open()
    widget.ask("Vad kostar ledsagning?")
    assert not [r for r in widget.watch.requests if "/handoff" in r or "routes" in r]
    widget.ways()
    files = list((WEB / "components" / "handoff").iterdir())
    loaded = " ".join(widget.watch.requests)
    assert [f.name for f in files if f.name not in loaded] == ["strings.en.js"]
    assert sum(len(gzip.compress(f.read_bytes(), 9)) for f in files) < LIMIT


def test_every_word_of_it_exists_in_both_languages(blank: Page) -> None:
    folder = "../components/handoff"
    swedish = run(blank, f"{folder}/strings.js", "m.sv")
    english = run(blank, f"{folder}/strings.en.js", "m.en")
    values = [{k: sorted(w.split("{")[1:]) for k, w in one.items()} for one in (swedish, english)]
    assert [k for k in swedish if len(values[0][k]) != len(values[1].get(k, ()))] == []
    assert list(swedish) == list(english)
