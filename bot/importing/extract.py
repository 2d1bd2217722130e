"""The text that a visitor reads on a page, with its title and dates.

The page's own main part is read, and from what stands around it only the ways to reach somebody
and the page's dates. Where no main part is marked, trafilatura tells text from surroundings.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from lxml import etree, html

from bot.importing.blocks import BULLET, Block, Element, blocks_of, visible, written
from bot.importing.charset import decode
from bot.importing.dates import PageDates, has_date_line, page_dates
from bot.knowledge.validator_facts import facts
from bot.understanding.text import clean

_LITTLE: Final = 200
_SITE: Final = re.compile(r"\s+[|–—·-]\s+[^|–—·]*$")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_DECLARATION: Final = re.compile(r"^\s*<\?xml[^>]*\?>")
_REACHED_BY: Final = frozenset({"phone number", "e-mail address", "postcode", "time"})
_LONGEST_TITLE: Final = 200
_LONGEST_AROUND: Final = 300
_NO_TITLE: Final = re.compile(r"(?i)\b(?:cookies|kakor)\b|du är här|hoppa till|skriv ut|lyssna$")
_OLD_POINT: Final = re.compile(r"^\s*(?:[•·▪◦‣*●]|-\s)\s*(?=\S)")


@dataclass(frozen=True, slots=True)
class Extract:
    """What a page says of itself."""

    title: str
    text: str
    published: dt.date | None
    updated: dt.date | None
    language: str
    warnings: tuple[str, ...]
    headings: tuple[str, ...] = ()


def from_html(content: bytes, charset: str | None) -> Extract:
    """The text of an HTML page; nothing on it is run."""
    text, whole = decode(content, charset)
    tree = _tree(text)
    warnings = [] if whole else ["Vissa tecken på sidan gick inte att läsa. De visas som \ufffd."]
    if tree is None:
        return Extract("", "", None, None, "sv", tuple(warnings))
    language = (tree.get("lang") or tree.get("xml:lang") or "sv").split("-")[0].lower()
    given = _head(tree)
    framed = any(True for _ in tree.iter("iframe", "object", "embed"))
    raw = etree.tostring(tree, encoding="unicode", method="html")
    body = tree.find("body")
    root = tree if body is None else body
    visible(root)
    blocks = _chosen(root, raw)
    text = written(blocks)
    dates = page_dates(text)
    headings = tuple(dict.fromkeys(b.text for b in blocks if b.heading))
    title = _title(root, given.title, headings)
    warnings += _told(text, framed=framed, language=language, dates=dates, given=given)
    return Extract(title, text, dates.published, dates.updated, language, tuple(warnings), headings)


def from_text(text: str, title: str | None) -> Extract:
    """The text of a page that somebody copied; its points and blank lines made as the files'."""
    blocks: list[str] = []
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        point = _OLD_POINT.match(line)
        kept = clean(line[point.end() :] if point else line)
        blocks.append(f"{BULLET}{kept}" if point and kept else kept)
    joined = re.sub(r"\n{3,}", "\n\n", "\n".join(blocks)).strip("\n")
    chosen = clean(title or "") or next((line for line in blocks if _may_be_title(line)), "")
    dates = page_dates(joined)
    warnings = tuple(_told(joined, framed=False, language="sv", dates=dates, given=_Head("", None)))
    return Extract(
        chosen[:_LONGEST_TITLE],
        f"{joined}\n" if joined else "",
        dates.published,
        dates.updated,
        "sv",
        warnings,
    )


def _may_be_title(line: str) -> bool:
    """The first line that is no notice of cookies, no date and no menu."""
    line = line.strip()
    around = _NO_TITLE.search(line) or has_date_line(line) or page_dates(line).newest
    shaped = not line.startswith(BULLET.strip()) and not line.endswith(".") and len(line) < 120
    return bool(line) and not around and shaped


@dataclass(frozen=True, slots=True)
class _Head:
    """What stands in the page's head, which no visitor reads."""

    title: str
    day: dt.date | None


def _tree(text: str) -> Element:
    """The page as a tree; None when there is nothing in it."""
    cleaned = _CONTROL.sub(" ", _DECLARATION.sub("", text)).strip()
    if not cleaned:
        return None
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        # Bytes, since lxml refuses a text that states its own charset.
        return html.document_fromstring(cleaned.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def _head(tree: Element) -> _Head:
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = str(meta.get("property") or meta.get("name") or "").lower()
        found.setdefault(name, clean(meta.get("content") or ""))
    days = ("article:modified_time", "last-modified", "dcterms.modified", "dc.date.modified")
    return _Head(
        title=found.get("og:title") or clean(tree.findtext(".//title") or ""),
        day=next((d for d in (_day(found.get(name, "")) for name in days) if d), None),
    )


def _day(written_day: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(written_day[:10])
    except ValueError:
        return None


def _title(root: Element, given: str, headings: Sequence[str]) -> str:
    """The page's first heading, else its name without the site's."""
    top = next((clean(" ".join(e.itertext())) for e in root.iter("h1")), "")
    title = top or _SITE.sub("", given) or next(iter(headings), "")
    return title[:_LONGEST_TITLE]


def _chosen(root: Element, raw: str) -> list[Block]:
    """The blocks of the page's main part, and what matters of those around it."""
    main = _main(root)
    return _told_apart(blocks_of(root), raw) if main is None else _with_around(root, main)


def _main(root: Element) -> Element:
    marked = [e for e in root.iter() if e.tag == "main" or e.get("role") == "main"]
    marked = marked or list(root.iter("article"))[:1]
    sized = [(len("".join(e.itertext())), e) for e in marked]
    largest = max(sized, key=lambda pair: pair[0], default=(0, None))
    return largest[1] if largest[0] >= _LITTLE // 2 else None


def _with_around(root: Element, main: Element) -> list[Block]:
    """The main part, then ways to reach somebody and the page's dates from outside it."""
    found = blocks_of(main)
    inside, read = set(main.iter()), set(main.iterancestors())
    for element in root.iter("footer", "aside", "address", "section", "div"):
        if (
            element in inside
            or element in read
            or any(a in inside for a in element.iterancestors())
        ):
            continue
        if not any(_reaches(b.text) for b in blocks_of(element)):
            continue
        inside |= set(element.iter())
        found += _near([b for b in blocks_of(element) if len(b.text) <= _LONGEST_AROUND])
    return found


def _near(blocks: Sequence[Block]) -> list[Block]:
    """The blocks that tell how to reach somebody, with those just before them: names and labels."""
    reaching = [at for at, block in enumerate(blocks) if _reaches(block.text)]
    kept = {max(0, at - step) for at in reaching for step in range(3)}
    return [block for at, block in enumerate(blocks) if at in kept]


def _reaches(text: str) -> bool:
    return has_date_line(text) or any(fact.kind in _REACHED_BY for fact in facts(text))


def _told_apart(blocks: Sequence[Block], raw: str) -> list[Block]:
    """Of a page that marks no main part: what trafilatura takes for text, and ways to reach."""
    import trafilatura

    text = trafilatura.extract(raw, favor_recall=True, include_comments=False) or ""
    if len(text) < _LITTLE:
        return list(blocks)
    body = _bare(text)
    kept = [_bare(b.text) in body or _reaches(b.text) for b in blocks]
    for at, block in enumerate(blocks[:-1]):
        kept[at] = kept[at] or (block.heading and kept[at + 1])
    return [block for block, keep in zip(blocks, kept, strict=True) if keep]


def _bare(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


def _told(
    text: str, *, framed: bool, language: str, dates: PageDates, given: _Head
) -> Iterable[str]:
    """What a person should look at."""
    if len(text) < _LITTLE:
        yield (
            "Sidan har mycket lite text. Kanske visar den sitt innehåll först i en webbläsare: "
            "kopiera texten där och klistra in den."
        )
    if framed:
        yield "Sidan har en inbäddad ruta, som en karta eller ett formulär, som inte läses."
    if language != "sv":
        yield "Sidan säger att den inte är på svenska."
    if dates.newest is None and given.day:
        yield (
            f"Sidan visar inget datum. Dess kod säger att den ändrades {given.day.isoformat()}, "
            "men ett datum som ingen ser kan inte vara belägg."
        )
    elif dates.newest is None:
        yield "Sidan visar inget datum."
