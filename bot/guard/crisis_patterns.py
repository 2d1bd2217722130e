"""The small language in which the crisis signals are written, and its matcher.

A pattern is words in a row. ``a|b`` is either word, ``<name>`` a signal defined elsewhere, ``..``
up to three and ``...`` up to eight words between, ``!a|b`` that the next (or, first, the previous)
word is none of these, ``&`` that the parts stand near each other in any order. No gap leaps over a
negation or the end of a sentence, and a match right before or after a negation is none: a pattern
that means a negation names it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.guard.crisis_lexicon import Lexicon
from bot.guard.crisis_text import Word, cut, fold

Span = tuple[int, int]
GAPS = {"..": 3, "...": 8}
NEGATIONS = {"inte", "aldrig", "knappt", "ingen", "inget", "varken"}
"""Words before which a gap of two is always allowed: ``orkar jag inte``, ``kan plötsligt inte``."""
NEAR = 24
"""Words within which the parts of a pattern stand: a long story tells of many things."""
MAX_SPANS = 40
"""Matches of one signal that are followed up: bounds the time on hostile input."""


@dataclass(frozen=True, slots=True)
class Step:
    """One place of a pattern: what may stand there, after at most ``gap`` other words."""

    symbols: tuple[str, ...]
    gap: int
    forbidden: bool


Part = tuple[Step, ...]


@dataclass(slots=True)
class Pattern:
    """Rows of words that all have to stand in a message.

    ``needs`` is filled in when all words are known: a message can fit only if it shares a bit with
    each of them, which settles most patterns without looking at any place.
    """

    parts: tuple[Part, ...]
    needs: tuple[int, ...] = ()

    def possible(self, present: int) -> bool:
        """Tell whether a message with these words might fit."""
        for need in self.needs:  # noqa: SIM110 - a plain loop decides how fast the check is
            if not present & need:
                return False
        return True


def parse(pattern: str, short_forms: Mapping[str, str]) -> Pattern:
    """Read one written pattern."""
    return Pattern(tuple(_parse_part(part, short_forms) for part in pattern.split("&")))


def _parse_part(part: str, short_forms: Mapping[str, str]) -> Part:
    steps: list[Step] = []
    gap = 0
    for item in part.split():
        if item in GAPS:
            gap = GAPS[item]
            continue
        forbidden = item.startswith("!")
        names = tuple(_fold_symbol(name, short_forms) for name in item.lstrip("!").split("|"))
        if steps and not forbidden and NEGATIONS.issuperset(names):
            gap = max(gap, 2)
        steps.append(Step(names, gap, forbidden))
        gap = 0
    if all(step.forbidden for step in steps):
        raise ValueError(f"the pattern {part.strip()!r} asks for no word")
    return tuple(steps)


def _fold_symbol(name: str, short_forms: Mapping[str, str]) -> str:
    """Write a pattern's word as messages are written, its star kept; a signal's name as it is."""
    if name.startswith("<"):
        return name
    words = [short_forms.get(word, word) for word in _fold_words(name)]
    return "_".join(words).replace(" ", "_")


def _fold_words(name: str) -> Iterator[str]:
    for word in name.replace("-", "_").split("_"):
        start, end = word.startswith("*"), word.endswith("*")
        yield f"{'*' if start else ''}{fold(word)}{'*' if end else ''}"


def phrases(names: Iterable[str]) -> dict[str, tuple[Pattern, ...]]:
    """The words in a row that patterns write as one, as ``i_natt``: each is a signal of its own."""
    return {
        name: (parse(name.replace("_", " "), {}),)
        for name in names
        if "_" in name and not name.startswith("<")
    }


class Message:
    """A message, and where in it each word and signal stands. Signals are sought when asked for."""

    def __init__(
        self,
        text: str,
        lexicon: Lexicon,
        signals: Mapping[str, Sequence[Pattern]],
        short_forms: Mapping[str, str],
    ) -> None:
        self.words: list[Word] = cut(text, short_forms)
        self.present = 0
        self._lexicon = lexicon
        self._signals = signals
        self._spans: dict[str, list[Span]] = {}
        for place, word in enumerate(self.words):
            self._note(lexicon.symbols(word.text), (place, place + 1))
            if place + 1 < len(self.words):
                after = self.words[place + 1]
                if after.sentence == word.sentence:
                    self._note(lexicon.joined(word.text, after.text), (place, place + 2))

    def _note(self, symbols: tuple[str, ...], span: Span) -> None:
        for symbol in symbols:
            self._spans.setdefault(symbol, []).append(span)
            self.present |= self._lexicon.bits[symbol]

    def symbols(self) -> list[str]:
        """The pattern words that the message contains. To be asked before any signal is sought."""
        return list(self._spans)

    def spans(self, symbol: str) -> list[Span]:
        """Where a word or signal stands."""
        found = self._spans.get(symbol)
        if found is None:
            patterns = self._signals.get(symbol)
            if patterns is None:
                return []
            self._spans[symbol] = []  # a signal that names itself finds nothing
            fits = {
                span
                for pattern in patterns
                if pattern.possible(self.present)
                for span in self._fits(pattern.parts[0])
                if all(self._near(part, span, negated=True) for part in pattern.parts[1:])
            }
            found = self._spans[symbol] = sorted(fits)[:MAX_SPANS]
        return found

    def has_near(self, pattern: Pattern, span: Span) -> bool:
        """Tell whether a pattern fits near a place, negated or not."""
        fits = pattern.possible(self.present)
        return fits and all(self._near(part, span, negated=True) for part in pattern.parts)

    def first(self, pattern: Pattern) -> Span | None:
        """Where the first part of a pattern fits, if its others fit near it and none is negated."""
        rest = pattern.parts[1:]
        for span in self._fits(pattern.parts[0]):
            if not self._negated(*span) and all(self._near(part, span) for part in rest):
                return span
        return None

    def _near(self, part: Part, span: Span, *, negated: bool = False) -> bool:
        return any(
            span[0] - NEAR <= start <= span[1] + NEAR
            for start, end in self._fits(part)
            if negated or not self._negated(start, end)
        )

    def _fits(self, steps: Part) -> Iterator[Span]:
        """Every place where a row of words stands."""
        lead = 1 if steps[0].forbidden else 0
        if not all(s.forbidden or any(self.spans(n) for n in s.symbols) for s in steps):
            return
        for symbol in steps[lead].symbols:
            for start, end in self.spans(symbol)[:MAX_SPANS]:
                if lead and start and self._stands(steps[0], start - 1):
                    continue
                last = self._extend(steps, lead + 1, end)
                if last is not None:
                    yield start, last

    def _extend(self, steps: Part, index: int, at: int) -> int | None:
        """Follow the steps from word ``at``; give where the last one ends."""
        if index == len(steps):
            return at
        step = steps[index]
        if step.forbidden:
            beyond = at >= len(self.words) or self.words[at].sentence != self.words[at - 1].sentence
            if not beyond and self._stands(step, at):
                return None
            return self._extend(steps, index + 1, at)
        reach = self._reach(at, step.gap)
        for symbol in step.symbols:
            for start, end in self.spans(symbol):
                if at <= start <= reach:
                    last = self._extend(steps, index + 1, end)
                    if last is not None:
                        return last
        return None

    def _reach(self, at: int, gap: int) -> int:
        """The last word at which the next step may begin."""
        sentence = self.words[at - 1].sentence
        reach = at - 1
        for place in range(at, min(at + gap + 1, len(self.words))):
            if self.words[place].sentence != sentence:
                break
            reach = place
            if self._is_negation(place):
                break
        return reach

    def _stands(self, step: Step, place: int) -> bool:
        return any(s <= place < e for name in step.symbols for s, e in self.spans(name))

    def _is_negation(self, place: int) -> bool:
        return any(s <= place < e for s, e in self.spans("<negation>"))

    def _negated(self, start: int, end: int) -> bool:
        """Tell whether a negation that the pattern does not name stands beside a match."""
        if start and self._is_negation(start - 1):
            first, before = self.words[start], self.words[start - 1]
            own_verb = start > 1 and any(s == start - 2 for s, _ in self.spans("<own_verb>"))
            if before.sentence == first.sentence and not first.after_comma and not own_verb:
                return True
        if end < len(self.words) and self._is_negation(end):
            after = self.words[end]
            if after.sentence != self.words[end - 1].sentence or after.after_comma:
                return False
            closing = end + 1 == len(self.words) or self.words[end + 1].after_comma
            return closing or self.words[end + 1].sentence != after.sentence
        return False
