"""What was quoted, each quote in its page's text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.schemas_console import EvidenceTrace, Trace
from bot.knowledge.loader import load_knowledge

AROUND = 300
"""Characters of the page before and after a quote."""

_LINE_END = re.compile(r"\n+")


@dataclass(frozen=True, slots=True)
class PassageShown:
    """A page's text around what was quoted of it: pieces, and whether each is a quote.

    ``missing`` are quotes that are not found in the page.
    """

    title: str
    municipality: str
    pieces: tuple[tuple[str, bool], ...]
    missing: tuple[str, ...]


def passages_shown(trace: Trace, replies: Sequence[Mapping[str, Any]]) -> list[PassageShown]:
    """One for each page that was quoted."""
    sources = [(r.get("custom") or {}).get("source") or {} for r in replies]
    usual = next((str(s["municipality"]) for s in sources if s.get("municipality")), "")
    pages: dict[tuple[str, str], list[EvidenceTrace]] = {}
    for evidence in trace.evidence:
        key = (evidence.municipality or usual, evidence.page)
        pages.setdefault(key, []).append(evidence)
    return [_passage(name, page, quoted) for (name, page), quoted in pages.items()]


def _passage(name: str, page_id: str, quoted: Sequence[EvidenceTrace]) -> PassageShown:
    municipality = load_knowledge().municipalities.get(name)
    page = municipality.pages.get(page_id) if municipality else None
    spans = [(e.start, e.end) for e in quoted if e.start is not None and e.end is not None]
    missing = [e.quote for e in quoted if page is None or e.start is None or e.end is None]
    return PassageShown(
        title=page.title if page else quoted[0].title,
        municipality=municipality.name if municipality else "",
        pieces=tuple(p for p in _pieces(page.text, sorted(spans)) if p[0]) if page else (),
        missing=tuple(dict.fromkeys(missing)),
    )


def _pieces(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    """The quotes in their order with what stands around them; what lies far off is left out."""
    told = 0
    for number, (start, end) in enumerate(spans):
        begin = max(told, _word_start(text, start - AROUND))
        if begin > told:
            yield " … ", False
        yield _compact(text[begin:start]), False
        yield _compact(text[max(start, told) : end]), True
        told = max(told, end)
        following = spans[number + 1][0] if number + 1 < len(spans) else len(text)
        until = max(told, min(_word_start(text, told + AROUND), following))
        yield _compact(text[told:until]), False
        told = until
    if spans and told < len(text):
        yield " …", False


def _word_start(text: str, near: int) -> int:
    """The beginning of the word that stands there: no word is torn apart."""
    if not 0 < near < len(text):
        return min(max(near, 0), len(text))
    return max(text.rfind(blank, 0, near) + 1 for blank in " \n")


def _compact(text: str) -> str:
    """Without empty lines, of which pages have many."""
    return _LINE_END.sub("\n", text)
