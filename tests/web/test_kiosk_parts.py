"""The kiosk's parts by themselves: what one visitor left never meets the next."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from tests.web.canned import Canned

GONE_WHILE_AWAY = """async () => {
  const { Talk } = await import('/assets/kiosk/talk.js')
  const { Fault } = await import('/assets/core/api.js')
  const sent = []
  let refuse
  let begun = 0
  const api = {
    start: async () => ({ id: String(++begun), secret: 'x' }),
    erase: async () => {},
    send: (session, text) => {
      sent.push([session.id, text])
      return new Promise((resolve, reject) => {
        if (text === 'den förra') refuse = () => reject(new Fault(404, 'unknown', 'borta'))
        else resolve({ message: {}, replies: [] })
      })
    },
  }
  let answered
  const heard = new Promise((resolve) => (answered = resolve))
  const talk = new Talk(api, () => ({}), { pending: () => {}, answered })
  talk.send('den förra')
  for (let tick = 0; !refuse && tick < 1000; tick++) await new Promise((go) => setTimeout(go))
  talk.end()
  await talk.begun()
  refuse()
  talk.send('den nästa')
  await Promise.race([heard, new Promise((go) => setTimeout(go, 5000))])
  return { sent, session: talk.session.id }
}"""

HELD_FOR_EVER = """async () => {
  const { Idle } = await import('/assets/kiosk/idle.js')
  const over = new Promise((resolve) => {
    new Idle({
      idle: 75, countdown: 30, held: () => true, clean: () => false, warn: () => {}, over: resolve,
    })
  })
  window.wiped = false
  over.then(() => (window.wiped = true))
}"""


def blank(page: Page, canned: Canned) -> Page:
    """A page that may import the kiosk's modules and does nothing."""
    canned.pages["/tom"] = "<!doctype html><html lang=sv><title>Tom</title>"
    page.goto(f"{canned.url}/tom")
    return page


def test_a_late_refusal_says_nothing_in_the_next_visitors_conversation(
    visit: Any, canned: Canned
) -> None:
    told = blank(visit(), canned).evaluate(GONE_WHILE_AWAY)
    assert told == {"sent": [["1", "den förra"], ["2", "den nästa"]], "session": "2"}


def test_sound_that_never_ends_does_not_keep_the_screen(visit: Any, canned: Canned) -> None:
    page = visit()
    page.clock.install()
    blank(page, canned).evaluate(HELD_FOR_EVER)
    page.clock.run_for(590_000)
    assert not page.evaluate("window.wiped")
    page.clock.run_for(130_000)
    assert page.evaluate("window.wiped")
