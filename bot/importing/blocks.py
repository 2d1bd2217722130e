"""A page's elements as lines of text, in the form of the project's page files.

Blocks stand apart by an empty line, points of a list begin with " • ", and a line break stays
one. What people don't see (scripts, hidden parts, menus, cookie notices) is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from bot.understanding.text import clean

Element = Any
"""An element of lxml, which has no types."""

BULLET: Final = " • "

NEVER: Final = frozenset(
    "script style noscript template svg canvas iframe object embed audio video map head input "
    "select option textarea button datalist progress meter dialog nav".split()
)
_BLOCKS: Final = frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr legend main ol p pre section "
    "summary table tbody tfoot thead tr ul li".split()
)
HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CELLS: Final = frozenset({"td", "th"})
_LIST_DEPTH: Final = 3
_UNSEEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_AROUND: Final = re.compile(
    r"(?<![a-z])(?:cookies?|consent|kakor|gdpr|breadcrumbs?|brodsmul\w*|skip-?link\w*|sr-only"
    r"|visually-?hidden|screen-?reader\w*|social-?\w*|share\w*|dela-?sidan|site-?search\w*)",
    re.IGNORECASE,
)
_AROUND_ROLES: Final = frozenset({"navigation", "search", "dialog", "alertdialog", "menu"})
_LARGEST_AROUND: Final = 3000
"""A page whose whole body is marked "has-cookies" is no notice."""


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text that stands apart; ``text`` may have line breaks.

    ``tight`` blocks, the points of a list and the rows of a table, have no empty line between.
    """

    text: str
    heading: bool = False
    tight: bool = False


def visible(root: Element) -> None:
    """Take away all that a visitor doesn't read; the tree is changed."""
    opened = {name for e in root.iter() for name in str(e.get("aria-controls") or "").split()}
    for element in list(root.iter()):
        if element.getparent() is None or element is root:
            continue
        never = not isinstance(element.tag, str) or element.tag in NEVER
        if never or _is_hidden(element, opened) or _is_around(element):
            _drop(element)


def _is_hidden(element: Element, opened: set[str]) -> bool:
    """Hidden for good; what a button on the page opens is read, as a visitor may."""
    hidden = (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or bool(_UNSEEN.search(element.get("style") or ""))
    )
    return hidden and element.get("id") not in opened


def _is_around(element: Element) -> bool:
    if element.get("role") in _AROUND_ROLES:
        return True
    names = f"{element.get('id') or ''} {element.get('class') or ''}"
    if not _AROUND.search(names) or element.tag in ("html", "body", "main"):
        return False
    if next(element.iter("h1", "main"), None) is not None:
        return False
    return len("".join(element.itertext())) < _LARGEST_AROUND


def _drop(element: Element) -> None:
    """Remove an element but keep the text after it."""
    parent, tail = element.getparent(), element.tail
    if parent is None:
        return
    if tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + tail
        else:
            parent.text = (parent.text or "") + tail
    parent.remove(element)


def blocks_of(root: Element) -> list[Block]:
    """The blocks of an element, in the order of the page."""
    return list(_Writer().blocks(root))


def written(blocks: Iterable[Block]) -> str:
    """Blocks as the text of a page file: apart by an empty line, but for points and rows."""
    text, previous = "", None
    for block in blocks:
        together = block.tight and previous is not None and previous.tight
        text += ("" if previous is None else "\n" if together else "\n\n") + block.text
        previous = block
    return f"{text}\n" if text else ""


class _Writer:
    """Walks a tree without recursion (a page may be nested however deep) and cuts it in blocks."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.heading = 0
        self.depth = 0
        self.rows = 0
        self.pointed = False

    def blocks(self, root: Element) -> Iterator[Block]:
        """The blocks in the order of the page."""
        stack: list[tuple[Element, bool]] = [(root, False)]
        while stack:
            element, leaving = stack.pop()
            yield from self._leave(element) if leaving else self._enter(element)
            if leaving:
                if element is not root:
                    self._add(element.tail or "")
                continue
            stack.append((element, True))
            self._add(element.text or "" if isinstance(element.tag, str) else "")
            if isinstance(element.tag, str):
                stack += [(child, False) for child in reversed(element)]
        yield from self._flush()

    def _enter(self, element: Element) -> Iterator[Block]:
        tag = element.tag
        if tag == "br":
            self.parts.append("\n")
        elif tag in _CELLS:
            self._gap()
        elif tag in _BLOCKS:
            yield from self._flush()
            self.heading += tag in HEADINGS
            self.depth += tag in ("ul", "ol")
            self.rows += tag == "tr"
            self.pointed = self.pointed or tag == "li"
        elif isinstance(tag, str):
            self.parts.append("\0")

    def _leave(self, element: Element) -> Iterator[Block]:
        tag = element.tag
        if tag in _BLOCKS:
            yield from self._flush()
            self.heading -= tag in HEADINGS
            self.depth -= tag in ("ul", "ol")
            self.rows -= tag == "tr"
            if tag == "li":
                self.pointed = False
        elif isinstance(tag, str) and tag != "br":
            self.parts.append("\0")

    def _add(self, text: str) -> None:
        self.parts.append(re.sub(r"\s+", " ", text))

    def _gap(self) -> None:
        self.parts.append(" ")

    def _flush(self) -> Iterator[Block]:
        text = _joined("".join(self.parts))
        self.parts = []
        lines = [line for line in (clean(part) for part in text.split("\n")) if line]
        if not lines:
            return
        if self.depth and self.pointed:
            # A point's later blocks belong to it, but only its first line has the mark.
            self.pointed = False
            indent = "  " * min(self.depth - 1, _LIST_DEPTH)
            lines = [f"{indent}{BULLET}{lines[0]}", *(f"{indent}   {line}" for line in lines[1:])]
            yield Block("\n".join(lines), tight=True)
            return
        yield Block("\n".join(lines), heading=self.heading > 0, tight=self.rows > 0)


def _joined(text: str) -> str:
    """Put a blank where two elements meet that a page draws apart: ``Telefon:`` ``090-…``."""
    text = re.sub(r"(?<=[a-zåäö:;,.])\0+(?=[A-ZÅÄÖ])|(?<=[A-Za-zåäöÅÄÖ:;,])\0+(?=\d)", " ", text)
    return text.replace("\0", "")
