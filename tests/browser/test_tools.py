"""What the plays rest on sees what it is to see: a watch that is blind would pass everything."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.announcements import heard, listen
from tests.browser.audit import audit
from tests.browser.visitor import Visitor
from tests.browser.waiting import eventually
from tests.browser.watch import Watch
from tools.stage import Website

PAGE = """<!doctype html><html lang="sv"><head><title>Prov</title></head>
<body><main><h1>Prov</h1><p>Text</p>{}</main></body></html>"""
TROUBLE = """
<img src="https://bilder.example/bild.png" alt="">
<script>
  document.cookie = "spår=1";
  console.error("något gick fel");
  setTimeout(() => { document.title = "klar"; throw new Error("ett kast"); });
</script>
"""
UNNAMED = """
<x-prov></x-prov>
<script>
  const root = document.querySelector("x-prov").attachShadow({ mode: "open" });
  root.innerHTML = '<button></button>';
</script>
"""


def watched(page: Page) -> Watch:
    """A watch of our own: that of the fixture is to stay without problems."""
    return Watch(page.context)


def test_the_watch_sees_errors_cookies_and_requests_that_leave(
    visit: Visitor, website: Website
) -> None:
    page = visit()
    watch = watched(page)
    visit.watch.expect(".")
    page.goto(website.show("/trouble", PAGE.format(TROUBLE)))
    expect(page).to_have_title("klar")
    signs = (
        "request to another machine: https://bilder.example/bild.png",
        "failed: GET https://bilder.example/bild.png",
        "console error: något gick fel",
        "script error: ett kast",
        "cookie: spår",
    )
    eventually(page, lambda: [s for s in signs if s not in "\n".join(watch.problems())], [])
    page.context.clear_cookies()


def test_the_watch_stays_silent_when_nothing_is_wrong(page: Page, website: Website) -> None:
    watch = watched(page)
    page.goto(website.show("/plain", PAGE.format("")))
    expect(page).to_have_title("Prov")
    assert watch.problems() == []
    assert watch.requests == [f"GET {website.url}/plain"]


def test_axe_looks_into_shadow_roots(page: Page, website: Website) -> None:
    page.goto(website.show("/unnamed", PAGE.format(UNNAMED)))
    found = audit(page)
    assert "button-name" in found
    assert "x-prov >> button" in found


def test_axe_finds_nothing_on_a_proper_page(page: Page, website: Website) -> None:
    page.goto(website.show("/plain", PAGE.format("")))
    assert audit(page) == ""


SPEAKING = """
<div id="plain"></div><div id="region" aria-live="polite"></div><x-prov></x-prov>
<script>
  const put = (place, text) => place.append(Object.assign(document.createElement('p'),
    { textContent: text }))
  const root = document.querySelector('x-prov').attachShadow({ mode: 'open' })
  root.innerHTML = '<div role="log"></div><div aria-live="polite" hidden></div>'
  setTimeout(() => {
    put(document.querySelector('#plain'), 'sägs inte')
    put(document.querySelector('#region'), 'först')
    put(root.firstChild, 'sedan')
    put(root.lastChild, 'dolt')
    put(root.firstChild, 'sedan')
    document.title = 'klar'
  })
</script>
"""


def test_announcements_are_heard_in_order_and_as_often_as_they_are_made(
    visit: Visitor, website: Website
) -> None:
    page = visit()
    listen(page.context)
    page.goto(website.show("/speaking", PAGE.format(SPEAKING)))
    expect(page).to_have_title("klar")
    assert heard(page) == ["först", "sedan", "sedan"]
