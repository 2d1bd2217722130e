"""Find which words of the crisis patterns a written word may be, however it is spelled.

A pattern's word is plain (``självmord``), a beginning (``misshand*``) or an ending (``*åring``).
A written word fits when its letters are the same or when only dots and rings are lost. Key words
fit also when a letter or two are wrong and what is written is no ordinary word of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from bot.guard.crisis_text import fold, strip_marks

ONE_TYPO_FROM = 5
TWO_TYPOS_FROM = 9
START_TYPO_FROM = 7
JOINED_FROM = 7
_MAX_REMEMBERED = 20_000
_MAX_WORD = 40


def _without(word: str, count: int) -> Iterator[str]:
    """Every way to leave out up to ``count`` letters of a word, the first letter kept."""
    yield word
    for leave in range(1, count + 1):
        for places in combinations(range(1, len(word)), leave):
            yield "".join(c for i, c in enumerate(word) if i not in places)


def typos(a: str, b: str) -> int:
    """Count the letters changed, left out, added or swapped between two words."""
    before: list[int] = []
    last = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]


def _written_as(word: str, wanted: str) -> bool:
    """Tell whether ``word`` is ``wanted`` with nothing but dots and rings lost."""
    return len(word) == len(wanted) and all(
        x == y or x == strip_marks(y) for x, y in zip(word, wanted, strict=True)
    )


def _typos_allowed(word: str) -> int:
    return 0 if len(word) < ONE_TYPO_FROM else 1 if len(word) < TWO_TYPOS_FROM else 2


class Lexicon:
    """The words of all patterns, indexed so that one written word costs some microseconds."""

    def __init__(
        self, symbols: Iterable[str], key_words: Iterable[str], ordinary: Iterable[str]
    ) -> None:
        self._ordinary = {strip_marks(fold(word)) for word in ordinary}
        self._plain: dict[str, list[str]] = defaultdict(list)
        self._starts: dict[str, list[str]] = defaultdict(list)
        self._ends: dict[str, list[str]] = defaultdict(list)
        self._near: dict[str, set[str]] = defaultdict(set)
        self._near_start: dict[str, set[str]] = defaultdict(set)
        self._known: dict[str, tuple[str, ...]] = {}
        self.bits: dict[str, int] = {}
        for symbol in symbols:
            self.bits[symbol] = 1 << len(self.bits)
            self._add(symbol)
        for symbol in key_words:
            self._add_misspellings(symbol)
        self._start_sizes = sorted({len(start) for start in self._starts})
        self._end_sizes = sorted({len(end) for end in self._ends})

    def _add(self, symbol: str) -> None:
        bare = strip_marks(symbol.strip("*"))
        if symbol.endswith("*"):
            self._starts[bare].append(symbol)
        elif symbol.startswith("*"):
            self._ends[bare].append(symbol)
        else:
            self._plain[bare].append(symbol)

    def _add_misspellings(self, symbol: str) -> None:
        if symbol not in self.bits:
            raise ValueError(f"crisis.yml: key_words: {symbol!r} stands in no pattern")
        bare = strip_marks(symbol.strip("*"))
        near = self._near_start if symbol.endswith("*") else self._near
        for key in _without(bare, 1 if symbol.endswith("*") else _typos_allowed(bare)):
            near[key].add(symbol)

    def symbols(self, word: str) -> tuple[str, ...]:
        """Every pattern word that this written word may be."""
        found = self._known.get(word)
        if found is None:
            found = tuple(self._look_up(word[:_MAX_WORD]))
            if len(self._known) < _MAX_REMEMBERED:
                self._known[word] = found
        return found

    def joined(self, first: str, second: str) -> tuple[str, ...]:
        """Pattern words that were written apart, as ``själv mord``."""
        if len(first) + len(second) < JOINED_FROM:
            return ()
        whole = first + second
        bare = strip_marks(whole)
        found = [s for s in self._plain.get(bare, ()) if _written_as(whole, s)]
        for size in self._start_sizes:
            if len(first) < size <= len(bare):
                starts = self._starts.get(bare[:size], ())
                found += [s for s in starts if _written_as(whole[:size], s[:-1])]
        return tuple(found)

    def _look_up(self, word: str) -> list[str]:
        bare = strip_marks(word)
        found = [s for s in self._plain.get(bare, ()) if _written_as(word, s)]
        for size in self._start_sizes:
            if size > len(bare):
                break
            for symbol in self._starts.get(bare[:size], ()):
                if _written_as(word[:size], symbol[:-1]):
                    found.append(symbol)
        for size in self._end_sizes:
            if size <= len(bare):
                found.extend(self._ends.get(bare[-size:], ()))
        sure = bare in self._plain or bare in self._ordinary or bare.isdigit()
        if sure or any(len(s) > START_TYPO_FROM for s in found):
            return found
        return found + self._misspelled(bare)

    def _misspelled(self, bare: str) -> list[str]:
        if len(bare) < ONE_TYPO_FROM - 1:
            return []
        candidates: set[str] = set()
        for key in _without(bare, 2 if len(bare) >= TWO_TYPOS_FROM - 1 else 1):
            candidates |= self._near.get(key, set())
        scored = [(typos(bare, strip_marks(s)), s) for s in candidates]
        fitting = [(d, s) for d, s in scored if d <= _typos_allowed(strip_marks(s))]
        nearest = min((d for d, _ in fitting), default=0)
        found = sorted(s for d, s in fitting if d == nearest)
        return found or self._misspelled_start(bare)

    def _misspelled_start(self, bare: str) -> list[str]:
        found: set[str] = set()
        for size in self._start_sizes:
            if START_TYPO_FROM <= size <= len(bare) + 1:
                for stop in (size - 1, size, size + 1):
                    found |= self._starts_like(bare[:stop], size)
        return sorted(found)

    def _starts_like(self, beginning: str, size: int) -> set[str]:
        near = (s for key in _without(beginning, 1) for s in self._near_start.get(key, ()))
        return {
            symbol
            for symbol in near
            if len(symbol) - 1 == size and typos(beginning, strip_marks(symbol[:-1])) <= 1
        }
