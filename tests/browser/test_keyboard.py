"""A first visit by keyboard alone: everything is reached, focus is seen and never lost."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tools.chat_page import ERASE, Chat
from tools.states import COSTS

MOST_STEPS = 60
# The deepest element that has focus, whatever shadow roots it is in.
_FOCUSED = """() => {
  let element = document.activeElement
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement
  return element
}"""
# What a sighted keyboard user needs: a ring, and nothing that covers what has focus.
_SEEN = """(element) => {
  const style = getComputedStyle(element)
  const ring = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0)
    || style.boxShadow !== 'none'
  const { left, right, top, bottom } = element.getBoundingClientRect()
  const x = (left + right) / 2, y = (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2
  let hit = document.elementFromPoint(x, y)
  while (hit?.shadowRoot?.elementFromPoint(x, y) && hit !== hit.shadowRoot.elementFromPoint(x, y))
    hit = hit.shadowRoot.elementFromPoint(x, y)
  const words = (element.innerText || element.ariaLabel || element.name || '').trim()
  const free = element.contains(hit) || (element.labels && [...element.labels].includes(hit))
  return { name: `${element.localName} ${words.slice(0, 60)}`, ring, free: Boolean(free) }
}"""


def has_focus(element: Locator) -> bool:
    """Whether it is the one that keys go to."""
    return bool(element.evaluate("(e) => e.getRootNode().activeElement === e"))


def tab_to(page: Page, element: Locator, key: str = "Tab") -> None:
    """Press Tab until focus is there; every stop on the way is seen."""
    for _ in range(MOST_STEPS):
        page.keyboard.press(key)
        focused = page.evaluate_handle(_FOCUSED).as_element()
        assert focused is not None
        if not focused.evaluate("(e) => e === document.body"):
            seen = focused.evaluate(_SEEN)
            assert seen["ring"], f"no focus ring: {seen['name']}"
            assert seen["free"], f"focus is covered: {seen['name']}"
        if has_focus(element):
            return
    raise AssertionError(f"{MOST_STEPS} steps with {key} did not lead to {element}")


def test_from_the_first_visit_to_an_answered_question(page: Page, widget: Chat) -> None:
    expect(widget.launcher).to_have_attribute("aria-expanded", "false")
    tab_to(page, widget.launcher)
    page.keyboard.press("Enter")
    expect(widget.suggestions.first).to_be_visible()
    expect(widget.field).to_be_focused()
    page.keyboard.type(COSTS[0])
    page.keyboard.press("Enter")
    expect(widget.answers).to_have_count(1)
    expect(widget.answers.last).to_contain_text(COSTS[1])
    expect(widget.field).to_be_focused()
    expect(widget.field).to_have_value("")


def test_a_suggested_question_is_asked_by_keyboard(page: Page, widget: Chat) -> None:
    widget.open()
    words = widget.suggestions.first.inner_text()
    tab_to(page, widget.suggestions.first, "Shift+Tab")
    page.keyboard.press("Enter")
    expect(widget.questions.last).to_contain_text(words)
    expect(widget.answers).to_have_count(1)
    # The button that had focus is gone: focus must be somewhere that can be gone on from.
    expect(widget.field).to_be_focused()


def test_every_control_beside_an_answer_is_reached_and_seen(page: Page, widget: Chat) -> None:
    widget.open()
    widget.ask(*COSTS)
    for name in ("Ja", "Nej"):
        button = widget.answers.last.get_by_role("button", name=name).first
        expect(button).to_be_visible()
        widget.field.focus()
        tab_to(page, button, "Shift+Tab")
    widget.field.focus()
    tab_to(page, widget.button("Stäng"), "Shift+Tab")


def test_escape_closes_and_returns_focus(page: Page, widget: Chat) -> None:
    tab_to(page, widget.launcher)
    page.keyboard.press("Enter")
    expect(widget.field).to_be_visible()
    expect(widget.field).to_be_focused()
    page.keyboard.press("Escape")
    expect(widget.field).to_be_hidden()
    expect(widget.launcher).to_be_focused()
    expect(widget.launcher).to_have_attribute("aria-expanded", "false")


def test_escape_closes_the_menu_first(page: Page, widget: Chat) -> None:
    widget.open()
    widget.button("Meny").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text(ERASE, exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_text(ERASE, exact=True)).to_be_hidden()
    expect(widget.button("Meny")).to_be_focused()
    expect(widget.field).to_be_visible()
    page.keyboard.press("Escape")
    expect(widget.launcher).to_be_focused()


def test_the_website_behind_is_reached_while_the_widget_is_open(page: Page, widget: Chat) -> None:
    widget.open()
    tab_to(page, page.get_by_role("link", name="En annan sida"))


def test_the_page_without_a_widget_by_keyboard(page: Page, chat_page: Chat) -> None:
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Hoppa till")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    tab_to(page, chat_page.field)
    page.keyboard.type(COSTS[0])
    page.keyboard.press("Enter")
    expect(chat_page.answers.last).to_contain_text(COSTS[1])
    expect(chat_page.field).to_be_focused()
