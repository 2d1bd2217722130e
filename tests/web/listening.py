"""What is read aloud in the widget: what is played, what is marked, and what is kept of it."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator

from tests.browser.waiting import eventually
from tests.web.widget import Widget

# Takes down what is played, what is marked, and which addresses of sounds are still in use.
WATCH = """
window.marked = []
window.addresses = new Set()
window.plays = 0
const { set } = HighlightRegistry.prototype
HighlightRegistry.prototype.set = function (name, highlight) {
    window.marked.push([...highlight].map(String).join('|'))
    return set.call(this, name, highlight)
}
const { play } = HTMLMediaElement.prototype
HTMLMediaElement.prototype.play = function () {
    window.audio = this
    window.plays += 1
    if (window.refusing) return Promise.reject(new DOMException('', 'NotAllowedError'))
    return play.call(this)
}
const { createObjectURL, revokeObjectURL } = URL
URL.createObjectURL = blob => {
    const address = createObjectURL(blob)
    window.addresses.add(address)
    return address
}
URL.revokeObjectURL = address => {
    window.addresses.delete(address)
    revokeObjectURL(address)
}
"""
LONG = 60.0
"""Seconds: nothing in a test comes to its end by itself."""
STATE = """({ paused: window.audio?.paused, volume: window.audio?.volume,
    addresses: addresses.size })"""
MARKED = "[...(CSS.highlights.get('lotsen-spoken') ?? [])].map(String)"
SHOWN = """() => {
    const root = document.querySelector('medborgarlotsen-chat').shadowRoot
    const [{ top, bottom } = {}] = [...(CSS.highlights.get('lotsen-spoken') ?? [])]
        .map(range => range.getBoundingClientRect())
    return top >= root.querySelector('.lotsen-scroll').getBoundingClientRect().top &&
        bottom <= root.querySelector('.lotsen-reading').getBoundingClientRect().top
}"""
END = "audio.currentTime = audio.duration - 0.02"


def bar(widget: Widget) -> Locator:
    """What one can do while something is read."""
    return widget.page.get_by_role("group", name="Uppläsning")


def listen(answer: Locator) -> None:
    """Press Lyssna."""
    answer.get_by_role("button", name="Lyssna").click()


def skip(widget: Widget) -> None:
    """Go to the end of the sentence."""
    widget.page.wait_for_function("audio.duration > 0 && !audio.paused")
    widget.page.evaluate(END)


def stands(widget: Widget, **wanted: Any) -> None:
    """Wait until the sound stands so."""

    def state() -> dict[str, Any]:
        found: dict[str, Any] = widget.page.evaluate(STATE)
        return {key: found.get(key) for key in wanted}

    eventually(widget.page, state, wanted)


def silent(widget: Widget) -> None:
    """Wait until no sound is kept and nothing is marked."""
    left = "[addresses.size, CSS.highlights.size]"
    eventually(widget.page, lambda: widget.page.evaluate(left), [0, 0])
