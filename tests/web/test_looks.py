"""How the widget looks to different people: narrow, dark, with wide spacing, on hostile pages."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.audit import audit
from tests.browser.visitor import Look
from tests.web.widget import Widget

Embed = Callable[..., Widget]
NARROW = Look(width=320, height=640, reduced_motion=True, now=None)


def test_styles_neither_come_in_nor_leak_out(embed: Embed) -> None:
    hostile = (
        "html{font-size:62.5%} *{letter-spacing:5px!important} body{font:9px serif;color:#f00}"
        "button{background:hotpink!important;font-size:40px!important} p{display:none!important}"
        "medborgarlotsen-chat{display:none;position:absolute;left:0}"
    )
    plain = embed(style="p{color:#123456}").open()
    size = "e => { const s = getComputedStyle(e); return [s.fontSize, s.letterSpacing, s.color] }"
    expected = plain.log.evaluate(size)
    box = plain.launcher.bounding_box()
    own = plain.page.get_by_text("En sida på kommunens webbplats.")
    assert own.evaluate("e => getComputedStyle(e).color") == "rgb(18, 52, 86)"
    attacked = embed(style=hostile).open()
    assert attacked.log.evaluate(size) == expected
    assert attacked.launcher.bounding_box() == box
    expect(attacked.log.get_by_text("Hej och välkommen")).to_be_visible()


def test_covers_a_narrow_window_and_keeps_the_keyboard_in_it(embed: Embed) -> None:
    widget = embed(NARROW).open()
    dialog = widget.page.get_by_role("dialog")
    box = dialog.bounding_box()
    assert box == {"x": 0, "y": 0, "width": 320, "height": 640}
    for _ in range(20):
        widget.page.keyboard.press("Tab")
        assert widget.page.evaluate("document.activeElement.localName") != "a"
    widget.page.set_viewport_size({"width": 1280, "height": 800})
    expect(dialog).to_be_visible()
    wide = dialog.bounding_box()
    assert wide and wide["width"] < 640
    widget.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_nothing_is_wider_than_a_narrow_window(embed: Embed) -> None:
    widget = embed(NARROW).open()
    widget.ask("Vad kostar ledsagning?")
    wide = """() => [...document.querySelector('medborgarlotsen-chat').shadowRoot
        .querySelectorAll('dialog *')].filter(e => !e.closest('.lotsen-visually-hidden') &&
        e.getBoundingClientRect().right > 320.5).map(e => e.className)"""
    assert widget.page.evaluate(wide) == []
    widget.choose("Tillbaka till samtalet")
    widget.menu.click()
    widget.page.get_by_label("Störst").check()
    assert widget.page.evaluate(wide) == []


def test_targets_are_large_enough(widget: Widget) -> None:
    widget.ask("Vad kostar ledsagning?")
    small = """() => [...document.querySelector('medborgarlotsen-chat').shadowRoot
        .querySelectorAll('button, summary, textarea, .lotsen-contact a')]
        .map(e => [e.textContent, e.getBoundingClientRect()])
        .filter(([, box]) => box.width && (box.height < 44 || box.width < 44))
        .map(([text, box]) => `${text}: ${box.width} x ${box.height}`)"""
    assert widget.page.evaluate(small) == []


def test_spacing_of_text_can_be_widened(embed: Embed) -> None:
    widget = embed(NARROW).open()
    widget.page.evaluate(
        """() => {
            const style = new CSSStyleSheet()
            style.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
                word-spacing: .16em !important } p { margin-bottom: 2em !important }`)
            document.querySelector('medborgarlotsen-chat').shadowRoot.adoptedStyleSheets = [style]
        }"""
    )
    widget.ask("Vad kostar ledsagning?")
    cut = """() => [...document.querySelector('medborgarlotsen-chat').shadowRoot
        .querySelectorAll('button, p, h2, a, label')].filter(e =>
        !e.closest('.lotsen-visually-hidden, [hidden]') && e.scrollWidth > e.clientWidth + 1 &&
        getComputedStyle(e).display !== 'inline').map(e => e.textContent)"""
    assert widget.page.evaluate(cut) == []


def test_no_violation_in_any_state(embed: Embed) -> None:
    widget = embed()
    assert audit(widget.page) == ""
    widget.open()
    assert audit(widget.page) == ""
    for question in ("Vad kostar ledsagning?", "Han slår mig", "trygghetslarm"):
        widget.ask(question)
        assert audit(widget.page) == ""
    widget.page.get_by_role("button", name="Nej").first.click()
    expect(widget.page.get_by_label("Vad saknades?")).to_be_visible()
    assert audit(widget.page) == ""
    widget.menu.click()
    widget.page.get_by_text("Radera mitt samtal").click()
    assert audit(widget.page) == ""


def test_no_violation_in_the_dark(embed: Embed) -> None:
    widget = embed(Look(dark=True, now=None)).open()
    for question in ("Vad kostar ledsagning?", "Han slår mig"):
        widget.ask(question)
        assert audit(widget.page) == ""
    widget.menu.click()
    expect(widget.button("Radera mitt samtal")).to_be_visible()
    assert audit(widget.page) == ""
