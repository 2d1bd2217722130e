"""Speaking instead of writing: who hears it is told first, and the text is never sent by itself."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.web.canned import Canned
from tests.web.widget import Widget

Embed = Callable[..., Widget]

RECOGNITION = """
window.SpeechRecognition = class {
  static async available() { return window.onDevice ? 'available' : 'unavailable' }
  start() { window.one = this; this.onstart() }
  say(text) {
    const result = Object.assign([{ transcript: text }], { isFinal: true })
    this.onresult({ resultIndex: 0, results: [result] })
  }
  fail(error) { this.onerror({ error }); this.onend() }
  stop() { this.onend() }
  abort() { this.aborted = true; this.onerror({ error: 'aborted' }); this.onend() }
}
"""
"""Chromium's own would need a server of Google's."""

STREAMS = """
const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
window.streams = []
navigator.mediaDevices.getUserMedia = async (wish) => {
  const stream = await ask(wish)
  window.streams.push(stream)
  return stream
}
"""
IN_USE = "streams.flatMap(s => s.getTracks()).filter(t => t.readyState === 'live').length"

FAILURES = {
    "not-allowed": "Mikrofonen är inte tillåten.",
    "service-not-allowed": "Mikrofonen är inte tillåten.",
    "audio-capture": "Det går inte att hitta någon mikrofon.",
    "no-speech": "Jag hörde inget.",
    "network": "Det gick inte att göra om ljudet till text.",
}


def state(widget: Widget) -> Locator:
    """What is said of it beside its button."""
    return widget.page.locator(".lotsen-dictate__text")


def listens(widget: Widget) -> None:
    """The microphone is on, in words, and has the focus where it is turned off."""
    expect(state(widget)).to_contain_text("Jag lyssnar.")
    expect(widget.button("Sluta lyssna")).to_be_focused()


@pytest.mark.parametrize(
    ("local", "where"),
    [(True, "Ljudet lämnar inte din enhet."), (False, "företaget bakom din webbläsare")],
)
def test_the_browser_hears_and_one_reads_where_the_sound_goes(
    embed: Embed, canned: Canned, local: bool, where: str
) -> None:
    canned.record["listen"] = "browser"
    widget = embed(before=f"{RECOGNITION}; window.onDevice = {str(local).lower()}").open()
    widget.button("Tala in din fråga").click()
    notice = widget.page.locator(".lotsen-dictate__where")
    expect(notice).to_contain_text(where)
    expect(widget.region).to_contain_text(where)
    assert widget.page.evaluate("window.one") is None, "nobody listens before it is read"
    widget.button("Avbryt").click()
    expect(widget.button("Tala in din fråga")).to_be_focused()
    widget.button("Tala in din fråga").click()
    expect(widget.button("Börja tala")).to_be_focused()
    widget.page.keyboard.press("Enter")
    listens(widget)
    heard = widget.page.evaluate("({ lang: one.lang, local: one.processLocally ?? false })")
    assert heard == {"lang": "sv-SE", "local": local}
    widget.page.evaluate("one.say(' vad kostar '); one.say('ledsagning')")
    widget.page.keyboard.press("Enter")
    expect(state(widget)).to_contain_text("Det du sa står i fältet.")
    expect(widget.input).to_have_value("Vad kostar ledsagning")
    assert (canned.asked, canned.talks) == ([], {}), "nothing is sent"
    widget.input.press("End")
    widget.page.keyboard.type("?")
    widget.page.keyboard.press("Enter")
    expect(widget.log.get_by_text("Det står inget belopp i kronor")).to_be_visible()


def test_every_failure_is_told_and_one_can_write_still(embed: Embed, canned: Canned) -> None:
    canned.record["listen"] = "browser"
    widget = embed(before=RECOGNITION).open()
    widget.button("Tala in din fråga").click()
    widget.button("Börja tala").click()
    listens(widget)
    for error, words in FAILURES.items():
        widget.page.evaluate("error => one.fail(error)", error)
        expect(state(widget)).to_contain_text(words)
        expect(state(widget)).to_contain_text("din fråga")
        expect(widget.region).to_contain_text(words)
        widget.button("Tala in din fråga").click()
        listens(widget)
    widget.page.keyboard.press("Escape")
    expect(widget.input).to_be_hidden()
    widget.page.wait_for_function("one.aborted")
    widget.launcher.click()
    expect(state(widget)).to_be_hidden()
    widget.ask("Vad kostar ledsagning?")


def test_the_server_hears_a_recording(embed: Embed, canned: Canned) -> None:
    canned.record["listen"] = "whisper"
    widget = embed(before=STREAMS).open()
    page = widget.page
    page.context.grant_permissions(["microphone"])
    page.clock.install()
    widget.button("Tala in din fråga").click()
    expect(page.locator(".lotsen-dictate__where")).to_contain_text("Ljudet sparas inte.")
    widget.button("Börja tala").click()
    listens(widget)
    widget.button("Sluta lyssna").click()
    expect(widget.input).to_have_value("Vad kostar ledsagning")
    kind, sound = canned.recordings[0]
    assert kind.startswith("audio/webm")
    assert len(sound) > 100
    assert page.evaluate(IN_USE) == 0, "the microphone is let go"
    assert canned.asked == []
    widget.button("Tala in din fråga").click()
    listens(widget)
    page.clock.run_for(30_000)
    expect(widget.input).to_have_value("Vad kostar ledsagning vad kostar ledsagning")
    canned.hears = ""
    widget.button("Tala in din fråga").click()
    widget.button("Sluta lyssna").click()
    expect(state(widget)).to_contain_text("Jag hörde inget.")
    widget.watch.expect("503|ERR_FAILED")
    canned.refusals["POST .*/heard"] = (503, {"error": {"code": "x", "message": "Inte just nu."}})
    widget.button("Tala in din fråga").click()
    widget.button("Sluta lyssna").click()
    expect(state(widget)).to_have_text("Inte just nu.")
    page.route("**/heard", lambda route: route.abort())
    widget.button("Tala in din fråga").click()
    widget.button("Sluta lyssna").click()
    expect(state(widget)).to_contain_text("Det gick inte att göra om ljudet till text.")
    widget.button("Tala in din fråga").click()
    listens(widget)
    page.keyboard.press("Escape")
    page.wait_for_function(f"{IN_USE} === 0")


def test_a_microphone_that_is_not_allowed(embed: Embed, canned: Canned) -> None:
    canned.record["listen"] = "whisper"
    # A browser without windows has nobody to ask, so its answer stands here.
    refuse = "() => Promise.reject(new DOMException('', 'NotAllowedError'))"
    widget = embed(before=f"navigator.mediaDevices.getUserMedia = {refuse}").open()
    widget.button("Tala in din fråga").click()
    widget.button("Börja tala").click()
    expect(state(widget)).to_contain_text("Mikrofonen är inte tillåten.")
    expect(widget.button("Tala in din fråga")).to_be_focused()
    assert canned.talks == {}


def test_nothing_of_it_is_loaded_where_nobody_listens(widget: Widget, canned: Canned) -> None:
    widget.ask("Vad kostar ledsagning?")
    assert [r for r in widget.watch.requests if "dictate" in r] == []
    assert not widget.page.locator(".lotsen-dictate").count()
