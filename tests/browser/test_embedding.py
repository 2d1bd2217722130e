"""One line in a page of another origin is enough, and neither disturbs the other."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visitor import Look, Visitor
from tools.chat_page import Chat
from tools.stage import Stage, Website
from tools.states import COSTS, HOST_PAGE, Scene, widget_line

README = Path(__file__).resolve().parents[2] / "README.md"
LINE = re.compile(
    r'<script type="module" src="https://[^"/]+/widget\.js" data-municipality="\w+"></script>'
)

# What careless websites have: resets with !important, sizes of their own, names like ours.
ROUGH_STYLES = """
<style>
  html { font-size: 62.5%; }
  body { font: italic bold 1.1rem/3 cursive; color: #c00; letter-spacing: .4em; word-spacing: 2em;
    text-transform: uppercase; text-align: right; text-indent: 3em; cursor: crosshair; }
  * { margin: 0 !important; padding: 0 !important; border-radius: 0 !important;
    color: #c00 !important; }
  button, input, textarea, select, a, p, li, h2 { display: none !important;
    background: lime !important; }
  .lotsen-chat, .lotsen-button, .lotsen-message, .lotsen-log { display: none !important; }
</style>
"""
# What our own style sheet would change if it reached out.
OURS_BY_NAME = """<div id="mine"><p class="lotsen-message lotsen-chat">Egen text</p>
<button class="lotsen-button lotsen-launcher">Egen knapp</button>
<a class="lotsen-contact__phone" href="#mine">Egen länk</a>
<ul class="lotsen-log"><li>Ett</li></ul></div>"""

# As JSON: handing over so many values one by one would take longer than all the rest.
_STYLES_OF_THE_SHADOW = """() => {
  const root = document.querySelector('medborgarlotsen-chat').shadowRoot
  const elements = [...root.querySelectorAll('*')].filter((e) => e.localName !== 'link')
  return JSON.stringify(elements.map((element) => {
    const style = getComputedStyle(element)
    const names = [...style].filter((name) => !name.startsWith('--'))
    return [`${element.localName}.${element.getAttribute('class')}`,
      Object.fromEntries(names.map((name) => [name, style.getPropertyValue(name)]))]
  }))
}"""
_STYLES_OF_THE_PAGE = """() => {
  const elements = [...document.querySelectorAll('html, body, #mine, #mine *, main, main *')]
  return JSON.stringify(elements.map((element) => {
    const style = getComputedStyle(element)
    return [element.localName,
      Object.fromEntries([...style].map((name) => [name, style.getPropertyValue(name)]))]
  }))
}"""
_ADD_WIDGET = """(src) => {
  const script = Object.assign(document.createElement('script'), { type: 'module', src })
  script.dataset.municipality = 'umea'
  document.body.append(script)
}"""
_GLOBALS = "() => Object.getOwnPropertyNames(window).sort()"


def differences(before: list[Any], after: list[Any]) -> list[str]:
    """Which properties of which elements are not what they were."""
    assert [name for name, _ in before] == [name for name, _ in after]
    return [
        f"{name}: {prop}: {old[prop]!r} -> {new.get(prop)!r}"
        for (name, old), (_, new) in zip(before, after, strict=True)
        for prop in old
        if old[prop] != new.get(prop)
    ]


def test_the_line_of_the_readme_embeds_the_widget(
    visit: Visitor, stage: Stage, website: Website
) -> None:
    line = LINE.search(README.read_text("utf-8"))
    assert line, "README.md shows no line that embeds the widget"
    own = re.sub(r"https://[^/]+", stage.url, line[0])
    page = visit()
    page.goto(website.show("/readme", HOST_PAGE.format(widget=own, other="/annan")))
    chat = Chat(page)
    chat.open()
    chat.ask(*COSTS)
    hosts = {request.split("/")[2] for request in visit.watch.requests}
    assert hosts == {stage.url.split("/")[2], website.url.split("/")[2]}


def test_the_websites_styles_do_not_reach_in(
    visit: Visitor, stage: Stage, website: Website, scene: Scene
) -> None:
    found = []
    plain = scene.website
    rough = website.show(
        "/rough",
        HOST_PAGE.format(widget=widget_line(stage.url) + ROUGH_STYLES, other="/annan"),
    )
    for address in (plain, rough):
        page = visit(Look(reduced_motion=True))
        page.goto(address)
        Chat(page).open()
        found.append(json.loads(page.evaluate(_STYLES_OF_THE_SHADOW)))
    changed = differences(*found)
    assert not changed, f"{len(changed)} in all\n" + "\n".join(changed[:20])


def test_our_styles_and_names_do_not_leak_out(page: Page, stage: Stage, website: Website) -> None:
    html = HOST_PAGE.format(widget="", other="/annan").replace("</main>", f"</main>{OURS_BY_NAME}")
    page.goto(website.show("/mine", html))
    before, names = json.loads(page.evaluate(_STYLES_OF_THE_PAGE)), page.evaluate(_GLOBALS)
    page.evaluate(_ADD_WIDGET, f"{stage.url}/widget.js")
    expect(Chat(page).launcher).to_be_visible()
    Chat(page).open()
    changed = differences(before, json.loads(page.evaluate(_STYLES_OF_THE_PAGE)))
    assert not changed, "\n".join(changed)
    assert page.evaluate(_GLOBALS) == names
    assert page.evaluate("() => document.title") == "Stöd och omsorg"


def test_a_website_with_a_strict_policy_can_embed_it(
    page: Page, stage: Stage, website: Website
) -> None:
    """Nothing inline, nothing from elsewhere: only our server is added to the lists."""
    policy = f"default-src 'none'; script-src {stage.url}; style-src {stage.url}; "
    policy += f"connect-src {stage.url}; img-src {stage.url} {website.url}; "
    policy += "require-trusted-types-for 'script'"
    address = website.show(
        "/strict",
        '<!doctype html><html lang="sv"><head><title>Strängt</title>'
        "</head>"
        f"<body><main><h1>Strängt</h1></main>{widget_line(stage.url)}</body></html>",
    )
    website.headers["Content-Security-Policy"] = policy
    try:
        page.goto(address)
    finally:
        website.headers.clear()
    chat = Chat(page)
    chat.open()
    chat.ask(*COSTS)


def test_a_website_that_is_not_on_the_list_gets_no_conversation(
    visit: Visitor, stage: Stage
) -> None:
    # A header of the test's own would have the browser ask before it even fetches the script.
    page = visit(Look(now=None))
    visit.watch.expect("CORS|ERR_FAILED")
    with Website() as stranger:
        page.goto(stranger.show("/", HOST_PAGE.format(widget=widget_line(stage.url), other="/")))
        Chat(page).launcher.click()
        expect(page.get_by_text("går inte att nå").first).to_be_visible()
        expect(Chat(page).answers).to_have_count(0)


@pytest.mark.parametrize("municipality", ["ludvika", "ostersund", "leksand"])
def test_the_line_names_the_municipality(
    page: Page, stage: Stage, website: Website, municipality: str
) -> None:
    line = widget_line(stage.url, municipality)
    page.goto(website.show("/other", HOST_PAGE.format(widget=line, other="/annan")))
    chat = Chat(page)
    chat.open()
    name = page.request.get(f"{stage.url}/api/v1/municipalities/{municipality}").json()["name"]
    expect(chat.box).to_contain_text(name)
