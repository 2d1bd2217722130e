"""The same chat for people who see, magnify, colour and move things differently."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visitor import Look, Visitor
from tests.browser.waiting import eventually
from tools.chat_page import ERASE, Chat
from tools.stage import Stage
from tools.states import COSTS, CRISIS, Scene

# What moves has no place yet: these are measured, so nothing moves.
NARROW = Look(width=320, height=640, reduced_motion=True)
# 1280 by 1024 points at 400 % leave 320 by 256.
ZOOMED = Look(width=320, height=256, reduced_motion=True)
CONTROLS = "a[href], button, textarea, select, input"

# Every element with its shadow roots, flat.
_ALL = """
  const all = (root) => [...root.querySelectorAll('*')]
    .flatMap((e) => [e, ...(e.shadowRoot ? all(e.shadowRoot) : [])])
  const hidden = (e) => {
    if (!e.checkVisibility({ visibilityProperty: true })) return true
    for (let at = e; at; at = at.parentElement) {
      const { clipPath, clip, position } = getComputedStyle(at)
      if (clipPath.startsWith('inset(') || (clip !== 'auto' && position === 'absolute')) return true
    }
    return false
  }
  const shown = all(document).filter((e) => e.closest('body') || e.getRootNode() !== document)
    .filter((e) => !hidden(e))
  const words = (e) => e.textContent.trim().slice(0, 40)
  const name = (e) => `${e.localName}.${e.getAttribute('class') ?? ''} "${words(e)}"`
"""
_SIDEWAYS = f"""() => {{ {_ALL}
  const wide = shown.filter((e) => {{
    const {{ left, right, width }} = e.getBoundingClientRect()
    return width && (left < -1 || right > innerWidth + 1)
  }})
  const scrolls = document.scrollingElement.scrollWidth > innerWidth
  return [...(scrolls ? ['the page scrolls sideways'] : []), ...wide.map(name)]
}}"""
_CUT_OFF = f"""() => {{ {_ALL}
  return shown.filter((e) => {{
    const {{ overflowX, overflowY }} = getComputedStyle(e)
    const cutX = ['hidden', 'clip'].includes(overflowX) && e.scrollWidth > e.clientWidth + 1
    const cutY = ['hidden', 'clip'].includes(overflowY) && e.scrollHeight > e.clientHeight + 1
    return e.textContent.trim() && (cutX || cutY)
  }}).map(name)
}}"""
_SMALL = f"""() => {{ {_ALL}
  return shown.filter((e) => e.matches('button, textarea, select, input')).filter((e) => {{
    const target = e.closest('label') ?? e
    const {{ width, height }} = target.getBoundingClientRect()
    return width < 44 || height < 44
  }}).map(name)
}}"""
_WITHOUT_AN_EDGE = f"""() => {{ {_ALL}
  return shown.filter((e) => e.matches('button, textarea, select')).filter((e) => {{
    const {{ borderTopStyle, borderTopWidth, outlineStyle }} = getComputedStyle(e)
    const border = borderTopStyle !== 'none' && parseFloat(borderTopWidth) > 0
    return !border && outlineStyle === 'none'
  }}).map(name)
}}"""
# The values of WCAG 1.4.12, set by the reader on everything.
_SPACE_OUT = f"""() => {{ {_ALL}
  const rules = `* {{ line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important }} p {{ margin-bottom: 2em !important }}`
  const roots = [document, ...all(document).map((e) => e.shadowRoot).filter(Boolean)]
  for (const root of roots) {{
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(rules)
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]
  }}
}}"""
_LIGHTNESS = """(element) => {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })
  const light = (colour) => {
    canvas.fillStyle = colour
    canvas.fillRect(0, 0, 1, 1)
    const [r, g, b] = canvas.getImageData(0, 0, 1, 1).data
    return (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255
  }
  const { color, backgroundColor } = getComputedStyle(element)
  if (backgroundColor.endsWith(', 0)')) throw Error('it has no background of its own')
  return { text: light(color), background: light(backgroundColor) }
}"""
_MOVING = """() => {
  const roots = [document, document.querySelector('medborgarlotsen-chat').shadowRoot]
  const smooth = [...roots[1].querySelectorAll('*'), document.documentElement]
    .filter((e) => getComputedStyle(e).scrollBehavior === 'smooth').map((e) => e.className)
  return roots.flatMap((root) => root.getAnimations())
    .filter((a) => (a.effect.getComputedTiming().duration || 0) > 1)
    .map((a) => a.animationName ?? a.transitionProperty).concat(smooth)
}"""


def found(page: Page, script: str) -> list[Any]:
    """What a script names on the page as it stands."""
    names: list[Any] = page.evaluate(script)
    return names


def widget_of(page: Page, scene: Scene) -> Chat:
    page.goto(scene.website)
    chat = Chat(page)
    chat.open()
    return chat


@pytest.mark.parametrize("look", [NARROW, ZOOMED], ids=["320px", "400procent"])
def test_the_widget_becomes_a_whole_page(visit: Visitor, scene: Scene, look: Look) -> None:
    page = visit(look)
    chat = widget_of(page, scene)
    box = chat.box.bounding_box()
    assert box is not None
    assert (box["x"], box["y"]) == (0, 0)
    assert (box["width"], box["height"]) == (look.width, look.height)
    for question in (COSTS, CRISIS):
        chat.ask(*question)
        assert found(page, _SIDEWAYS) == []
    # What was asked for is read, not only what it is asked with.
    expect(chat.answers.last.get_by_role("link", name="112").first).to_be_in_viewport()
    chat.field.scroll_into_view_if_needed()
    expect(chat.field).to_be_in_viewport(ratio=1)
    expect(chat.send_button).to_be_in_viewport(ratio=1)
    chat.menu()
    expect(page.get_by_text(ERASE, exact=True)).to_be_visible()
    assert found(page, _SIDEWAYS) == []
    page.get_by_text(ERASE, exact=True).scroll_into_view_if_needed()
    expect(page.get_by_text(ERASE, exact=True)).to_be_in_viewport()
    chat.menu()
    chat.button("Stäng").click()
    expect(chat.launcher).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("look", [NARROW, ZOOMED], ids=["320px", "400procent"])
@pytest.mark.parametrize("path", ["/", "/om/umea", "/chat/umea", "/chat/finns-inte"])
def test_no_page_scrolls_sideways(visit: Visitor, stage: Stage, look: Look, path: str) -> None:
    page = visit(look)
    visit.watch.expect("status of 404")
    page.goto(f"{stage.url}{path}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert found(page, _SIDEWAYS) == []


@pytest.mark.parametrize("look", [Look(), NARROW], ids=["1280px", "320px"])
def test_text_spacing_cuts_nothing_off(visit: Visitor, scene: Scene, look: Look) -> None:
    page = visit(look)
    chat = widget_of(page, scene)
    chat.ask(*COSTS)
    chat.menu()
    page.evaluate(_SPACE_OUT)
    assert found(page, _CUT_OFF) == []
    chat.menu()
    assert found(page, _CUT_OFF) == []
    assert found(page, _SIDEWAYS) == []
    chat.ask(*CRISIS)


@pytest.mark.parametrize("path", ["/", "/om/umea", "/chat/umea"])
def test_text_spacing_cuts_nothing_off_a_page(visit: Visitor, stage: Stage, path: str) -> None:
    page = visit(NARROW)
    page.goto(f"{stage.url}{path}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.evaluate(_SPACE_OUT)
    assert found(page, _CUT_OFF) == []
    assert found(page, _SIDEWAYS) == []


def test_targets_are_large_enough_for_a_finger(visit: Visitor, scene: Scene) -> None:
    page = visit(NARROW)
    chat = widget_of(page, scene)
    assert found(page, _SMALL) == []
    chat.ask(*COSTS)
    chat.menu()
    assert found(page, _SMALL) == []


def test_in_forced_colours_every_control_has_an_edge(visit: Visitor, scene: Scene) -> None:
    page = visit(Look(forced_colours=True))
    page.goto(scene.website)
    assert page.evaluate("() => matchMedia('(forced-colors: active)').matches")
    chat = Chat(page)
    expect(chat.launcher).to_be_visible()
    assert found(page, _WITHOUT_AN_EDGE) == []
    chat.open()
    chat.ask(*COSTS)
    chat.menu()
    assert found(page, _WITHOUT_AN_EDGE) == []


@pytest.mark.parametrize("where", ["widget", "page"])
def test_dark_is_dark_and_light_is_light(visit: Visitor, scene: Scene, where: str) -> None:
    for dark in (False, True):
        page = visit(Look(dark=dark))
        if where == "widget":
            box = widget_of(page, scene).box
        else:
            page.goto(f"{scene.server}/chat/umea")
            box = page.locator("body")
        seen = box.evaluate(_LIGHTNESS)
        assert (seen["background"] < 0.3) is dark, seen
        assert (seen["text"] > 0.5) is dark, seen


def test_with_reduced_motion_nothing_moves(visit: Visitor, scene: Scene, stage: Stage) -> None:
    page = visit(Look(reduced_motion=True))
    chat = widget_of(page, scene)
    stage.freeze()
    try:
        chat.field.fill(COSTS[0])
        chat.send_button.click()
        expect(page.get_by_text("Skriver …").first).to_be_visible()
        assert found(page, _MOVING) == []
    finally:
        stage.thaw()
    expect(chat.answers.last).to_contain_text(COSTS[1])
    assert found(page, _MOVING) == []


def test_larger_text_is_larger_and_stays(page: Page, widget: Chat) -> None:
    widget.open()
    widget.ask(*COSTS)
    body = widget.answers.last.locator(".lotsen-message__body")
    size = "(e) => parseFloat(getComputedStyle(e).fontSize)"
    before = body.evaluate(size)
    assert before >= 16
    widget.menu()
    page.get_by_role("radio", name="Störst").check()
    eventually(page, lambda: body.evaluate(size) >= 1.4 * before, True)
    page.reload()
    expect(widget.answers.last).to_contain_text(COSTS[1])
    eventually(page, lambda: body.evaluate(size) >= 1.4 * before, True)
