"""When no answer is sure: the passage of the municipality's pages that comes nearest.

Plain word overlap, weighted by how rare a word is on these pages. It only has to be good
enough to show the page's own words, marked as such.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import lru_cache

from bot.knowledge.loader import load_knowledge
from bot.knowledge.standing import lost_lines
from bot.understanding.text import folded_words, stems

NEAR_ENOUGH = 0.5
"""Share of the question's weight that a passage has to cover."""

_SHORTEST_PASSAGE = 6


def nearest_passage(text: str, municipality: str) -> tuple[str, str] | None:
    """(page id, passage) that covers most of the question's rare words, or None."""
    passages, weights = _index(municipality, lost_lines(municipality), _withdrawn(municipality))
    asked = {_stem(w) for w in folded_words(text) if len(w) > 3}
    known = {w for w in asked if w in weights}
    if len(known) < 2:
        return None
    rarest = max(weights.values())
    total = sum(weights.get(w, rarest) for w in asked)
    best = max(passages, key=lambda p: sum(weights[w] for w in known & p[2]))
    covered = sum(weights[w] for w in known & best[2])
    return (best[0], best[1]) if covered / total >= NEAR_ENOUGH else None


@lru_cache(maxsize=400)
def _index(
    municipality: str, lost: frozenset[tuple[str, str]], withdrawn: frozenset[str]
) -> tuple[list[tuple[str, str, frozenset[str]]], dict[str, float]]:
    passages: list[tuple[str, str, frozenset[str]]] = []
    for page in load_knowledge().municipalities[municipality].pages.values():
        skipped = {line for line, _ in page.not_stated}
        gone = {line for page_id, line in lost if page_id == page.id}
        for line in page.text.splitlines():
            passage = re.sub(r"\s+", " ", line).strip(" •\t")
            if " ".join(line.split()) in gone or _rests_on(passage, withdrawn):
                continue
            if len(passage.split()) >= _SHORTEST_PASSAGE and line.strip() not in skipped:
                found = frozenset(_stem(w) for w in folded_words(passage) if len(w) > 3)
                passages.append((page.id, passage, found))
    counts = Counter(w for p in passages for w in p[2])
    return passages, {w: math.log(1 + len(passages) / n) for w, n in counts.items()}


def _rests_on(passage: str, quotes: frozenset[str]) -> bool:
    return any(quote in passage or passage in quote for quote in quotes)


def _withdrawn(municipality: str) -> frozenset[str]:
    """What withdrawn answers rest on is not said in the page's own words either."""
    gone = (a for a in load_knowledge().all_withdrawn if a.municipality == municipality)
    return frozenset(" ".join(e.quote.split()) for a in gone for e in a.evidence)


def _stem(word: str) -> str:
    return min(stems(word), key=len)
