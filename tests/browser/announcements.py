"""What a screen reader is told: everything that is added to a live region, in order."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Page

# A region that is there before its content changes is announced; one that comes with it is not.
_RECORD = """
(() => {
  const LIVE = '[aria-live=polite],[aria-live=assertive],[role=log],[role=status],[role=alert]'
  const heard = []
  window.lotsenHeard = heard
  const region = (node) => {
    const element = node instanceof Element ? node : node.parentElement
    const found = element?.closest('[aria-live],' + LIVE)
    return found?.matches(LIVE) && found.getAttribute('aria-live') !== 'off' ? found : null
  }
  const silent = (element) =>
    element.closest('[aria-hidden=true],[hidden]') ||
    !element.checkVisibility({ visibilityProperty: true })
  const spoken = (node) => {
    if (!(node instanceof Element)) return node.textContent
    if (node.matches('[aria-hidden=true],[hidden],style,script')) return ''
    return [...node.childNodes].map(spoken).join(' ')
  }
  const hear = (records) => {
    const added = new Set()
    const told = new Map()
    for (const { target, addedNodes } of records) {
      const place = region(target)
      if (!place || silent(place)) continue
      if (target instanceof Text || place.getAttribute('aria-atomic') === 'true') {
        told.set(place, place)
        continue
      }
      for (const node of addedNodes) {
        // What is added within something added is part of it.
        if (![...added].some((other) => other.contains(node))) {
          added.add(node)
          told.set(node, node)
        }
      }
    }
    for (const node of told.values()) {
      const words = node.isConnected && spoken(node).replace(/\\s+/g, ' ').trim()
      if (words) heard.push(words)
    }
  }
  const watch = (root) => new MutationObserver(hear)
    .observe(root, { subtree: true, childList: true, characterData: true })
  watch(document)
  const attach = Element.prototype.attachShadow
  Element.prototype.attachShadow = function (options) {
    const root = attach.call(this, options)
    watch(root)
    return root
  }
})()
"""


def listen(context: BrowserContext) -> None:
    """Hear every page that is opened from now on."""
    context.add_init_script(_RECORD)


def heard(page: Page) -> list[str]:
    """What has been announced in this page since it was loaded."""
    texts: list[str] = page.evaluate("() => window.lotsenHeard")
    return texts
