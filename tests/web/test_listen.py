"""Lyssna: an answer is heard sentence by sentence, and only when somebody asks to hear it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.audit import audit
from tests.browser.visitor import Look
from tests.browser.waiting import eventually
from tests.web.canned import Canned
from tests.web.canned_speech import sentences
from tests.web.conftest import ORDINARY
from tests.web.listening import LONG, MARKED, SHOWN, WATCH, bar, listen, silent, skip, stands
from tests.web.widget import Widget
from tools.stage import Website

Embed = Callable[..., Widget]
COSTS, CARERS = "Vad kostar ledsagning?", "Vilket stöd finns för anhöriga?"


@pytest.fixture
def speaking(embed: Embed, canned: Canned) -> Callable[..., Widget]:
    """The widget of a municipality whose server has speech."""
    canned.record["speech"] = True

    def opened(look: Look = ORDINARY) -> Widget:
        return embed(look, before=WATCH).open().listen()

    return opened


def test_is_read_sentence_by_sentence_to_its_end(
    speaking: Callable[..., Widget], canned: Canned
) -> None:
    widget = speaking()
    answer = widget.ask(CARERS)
    expect(answer.get_by_role("button", name="Lyssna")).to_be_visible()
    page = widget.page
    assert canned.speech.asked == [] and page.evaluate("plays") == 0
    assert not [r for r in widget.watch.requests if "/listen/" in r and "listen.js" not in r]
    widget.hears("Skriver …", canned.talk.messages[-1]["text"])
    before = widget.heard()
    words = answer.locator(".lotsen-message__body").inner_text()
    listen(answer)
    expect(bar(widget)).to_contain_text("Uppläsningen är klar.")
    told = sentences(canned.talk.messages[-1])
    assert len(told) == 7
    # What only speech adds to the entries of a list stands nowhere, so it is not marked.
    assert page.evaluate("marked") == [*told[:1], *canned.talk.messages[-1]["items"], *told[4:]]
    assert canned.speech.asked == [(w, False) for w in ("manifest", "0", *map(str, range(1, 7)))]
    silent(widget)
    assert answer.locator(".lotsen-message__body").inner_text() == words
    widget.hears(*before, "Uppläsningen är klar.")
    again = bar(widget).get_by_role("button", name="Lyssna")
    expect(again).to_be_focused()
    slower = bar(widget).get_by_role("button", name="Långsammare")
    expect(slower).to_have_attribute("aria-pressed", "false")
    slower.press("Enter")
    expect(slower).to_have_attribute("aria-pressed", "true")
    canned.speech.asked.clear()
    again.press("Enter")
    expect(bar(widget)).to_contain_text("Uppläsningen är klar.")
    assert canned.speech.asked[0] == ("manifest", True)
    assert {slow for _, slow in canned.speech.asked} == {True}
    page.keyboard.press("Tab")
    bar(widget).get_by_role("button", name="Stopp").press("Enter")
    expect(bar(widget)).to_have_count(0)
    expect(answer.get_by_role("button", name="Lyssna")).to_be_focused()


def test_is_paused_repeated_slowed_turned_down_and_stopped(
    speaking: Callable[..., Widget], canned: Canned
) -> None:
    canned.speech.seconds = LONG
    widget = speaking()
    page = widget.page
    widget.ask(COSTS)
    widget.ask(CARERS)
    first, second = widget.messages.nth(1), widget.messages.nth(3)
    told = sentences(canned.talk.messages[1])
    press = bar(widget).get_by_role("button", name="Pausa")
    listen(first)
    expect(bar(widget)).to_contain_text("Mening 1 av 5")
    stands(widget, paused=False, volume=1, addresses=1)
    expect(press).to_be_focused()
    press.click()
    expect(bar(widget)).to_contain_text("Pausad")
    stands(widget, paused=True)
    bar(widget).get_by_role("button", name="Fortsätt").click()
    expect(bar(widget)).to_contain_text("Mening 1 av 5")
    stands(widget, paused=False)
    skip(widget)
    expect(bar(widget)).to_contain_text("Mening 2 av 5")
    eventually(page, lambda: page.evaluate(MARKED), [told[1]])
    bar(widget).get_by_role("button", name="Långsammare").click()
    expect(bar(widget)).to_contain_text("Mening 2 av 5")
    eventually(page, lambda: ("1", True) in canned.speech.asked, True)
    stands(widget, paused=False)
    assert ("0", True) not in canned.speech.asked
    bar(widget).get_by_role("button", name="Om igen").click()
    expect(bar(widget)).to_contain_text("Mening 1 av 5")
    volume = bar(widget).get_by_label("Volym")
    volume.focus()
    page.keyboard.press("ArrowLeft")
    stands(widget, paused=False, volume=0.9)
    page.evaluate("audio.pause()")  # As a key of a keyboard or a call does.
    expect(bar(widget)).to_contain_text("Pausad")
    listen(second)
    expect(bar(widget)).to_have_count(1)
    expect(bar(widget)).to_contain_text("Mening 1 av 7")
    expect(first.get_by_role("button", name="Lyssna")).to_be_visible()
    # How it was liked is kept for the next answer.
    stands(widget, paused=False, volume=0.9, addresses=1)
    assert canned.speech.asked[-1][1]
    page.keyboard.press("Escape")
    expect(widget.input).to_be_hidden()
    stands(widget, paused=True)
    silent(widget)


def test_what_fails_is_tried_again_and_then_told(
    speaking: Callable[..., Widget], canned: Canned
) -> None:
    widget = speaking()
    widget.watch.expect("503")
    answer = widget.ask(COSTS)
    lost = "Det gick inte att läsa upp svaret. Försök igen om en stund."
    canned.speech.failures = {"manifest": 1, "1": 1}
    listen(answer)
    expect(bar(widget)).to_contain_text("Uppläsningen är klar.")
    assert [what for what, _ in canned.speech.asked].count("manifest") == 2
    canned.speech.failures = {"0": 2}
    bar(widget).get_by_role("button", name="Stopp").click()
    listen(answer)
    expect(bar(widget)).to_contain_text(lost)
    expect(widget.region).to_contain_text(lost)
    silent(widget)
    widget.page.evaluate("window.refusing = true")
    bar(widget).get_by_role("button", name="Lyssna").click()
    for place in (bar(widget), widget.region):
        expect(place).to_contain_text("Webbläsaren stoppade ljudet. Tryck på Fortsätt.")
    widget.page.evaluate("window.refusing = false")
    bar(widget).get_by_role("button", name="Fortsätt").click()
    expect(bar(widget)).to_contain_text("Uppläsningen är klar.")
    # Erased, it is silent.
    canned.speech.seconds = LONG
    bar(widget).get_by_role("button", name="Stopp").click()
    listen(answer)
    expect(bar(widget)).to_contain_text("Mening 1 av 5")
    widget.choose("Börja om")
    widget.button("Börja ett nytt samtal").click()
    expect(widget.messages).to_have_count(0)
    stands(widget, paused=True, volume=1, addresses=0)


@pytest.mark.parametrize(
    ("look", "follows"), [(Look(320, 640, now=None), False), (Look(dark=True, now=None), True)]
)
def test_bar_is_for_everybody_and_beside_what_is_read(
    speaking: Callable[..., Widget], canned: Canned, look: Look, follows: bool
) -> None:
    canned.speech.seconds = LONG
    widget = speaking(look)
    listen(widget.ask(CARERS))
    for number in range(1, 8):
        expect(bar(widget)).to_contain_text(f"Mening {number} av 7")
        # Where there is little room the bar keeps its place, and the reader theirs.
        if follows:
            eventually(widget.page, lambda: widget.page.evaluate(SHOWN), True)
        if number < 7:
            skip(widget)
    assert audit(widget.page) == ""
    expect(bar(widget)).to_be_in_viewport(ratio=0.99)
    boxes = [e.bounding_box() for e in bar(widget).locator("button, input").all()]
    assert len(boxes) == 5
    assert all(b and b["height"] >= 43.5 and b["x"] + b["width"] <= look.width for b in boxes)


def test_sound_passes_the_policy_that_the_documentation_gives(
    embed: Embed, canned: Canned, site: Website
) -> None:
    canned.record["speech"] = True
    own = canned.url
    site.headers["Content-Security-Policy"] = (
        f"default-src 'none'; script-src {own}; style-src {own}; connect-src {own}; "
        f"img-src {own}; media-src blob:"
    )
    widget = embed().open()
    listen(widget.ask(COSTS))
    expect(bar(widget)).to_contain_text("Uppläsningen är klar.")
