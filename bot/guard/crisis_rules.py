"""Read the crisis signals and rules of content/common/crisis.yml, and apply them to a message.

The first rule that fits decides, so the file's order is the order of weight. Nothing here knows a
word of Swedish: what is danger, and what only looks like it, staff can read and change in the file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from bot.guard.crisis_lexicon import Lexicon
from bot.guard.crisis_needs import fill_in_needs
from bot.guard.crisis_patterns import Message, Pattern, Span, parse, phrases
from bot.guard.crisis_text import fold

Kind = Literal["suicide", "other", "violence", "child", "medical", "strained"]
Tier = Literal["A", "B"]
Variant = Literal["", "young", "perpetrator", "care"]

_SOMEONE_ELSE: dict[str, Kind] = {"suicide": "other"}
"""The kind of a sign that is about someone else than the writer, unless its rule names another."""
_HARMLESS_WORDS = 12
"""Longer messages may tell of more than the words that look like danger."""
_LOOK_BACK = 14
"""How many words before a signal the person may stand whom it is about."""


@dataclass(frozen=True, slots=True)
class CrisisFinding:
    """What a message tells of: the kind decides the card, the tier whether to answer as well."""

    kind: Kind
    tier: Tier
    variant: Variant
    rule: str


@dataclass(frozen=True, slots=True)
class Rule:
    """Signs of one kind of danger, and what takes their meaning away."""

    id: str
    kind: Kind
    someone_else: Kind
    tier: Tier
    variant: Variant
    patterns: tuple[Pattern, ...]
    unless: tuple[Pattern, ...]
    max_words: int | None


class CrisisRules:
    """All rules, ready to be asked about a message."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        self._short_forms = {fold(str(k)): fold(str(v)) for k, v in content["short_forms"].items()}
        self._signals = {
            f"<{name}>": self._patterns(written) for name, written in content["signals"].items()
        }
        self._harmless = self._patterns(content.get("harmless"))
        self.rules = tuple(self._read_rule(entry) for entry in content["rules"])
        self._check_names()
        self._signals |= phrases(self._names())
        words = {name for name in self._names() if not name.startswith("<") and "_" not in name}
        self._lexicon = Lexicon(sorted(words), content["key_words"], content["ordinary"])
        fill_in_needs(self._signals, self._all_patterns(), self._lexicon.bits)
        self._index = self._index_by_word()

    def check(self, text: str) -> CrisisFinding | None:
        """Tell what danger a message speaks of, if any."""
        message = Message(text, self._lexicon, self._signals, self._short_forms)
        cancelled = -1
        for number, place in sorted({c for s in message.symbols() for c in self._index.get(s, ())}):
            rule = self.rules[number]
            pattern = rule.patterns[place]
            if number == cancelled or not pattern.possible(message.present):
                continue
            if rule.max_words is not None and len(message.words) > rule.max_words:
                continue
            span = message.first(pattern)
            if span is None:
                continue
            if not any(message.has_near(reason, span) for reason in rule.unless):
                return self._finding(rule, message, span)
            cancelled = number
        return None

    def harmless(self, text: str) -> bool:
        """Tell whether a short message only looks like danger, and no rule finds any in it."""
        message = Message(text, self._lexicon, self._signals, self._short_forms)
        if len(message.words) > _HARMLESS_WORDS:
            return False
        possible = (p for p in self._harmless if p.possible(message.present))
        fits = any(message.first(pattern) is not None for pattern in possible)
        return fits and self.check(text) is None

    def _finding(self, rule: Rule, message: Message, span: Span) -> CrisisFinding:
        kind, variant = rule.kind, rule.variant
        if rule.someone_else != kind and _about_other(message, span):
            kind = rule.someone_else
        if kind in ("suicide", "child") and not variant and message.spans("<young_writer>"):
            variant = "young"
        return CrisisFinding(kind, rule.tier, variant, rule.id)

    def _index_by_word(self) -> dict[str, list[tuple[int, int]]]:
        """For each word the patterns that it may set off: those whose rarest step it can be."""
        index: dict[str, list[tuple[int, int]]] = {}
        for number, rule in enumerate(self.rules):
            for place, pattern in enumerate(rule.patterns):
                for word, bit in self._lexicon.bits.items():
                    if pattern.needs[0] & bit:
                        index.setdefault(word, []).append((number, place))
        return index

    def _patterns(self, written: Sequence[object] | None) -> tuple[Pattern, ...]:
        return tuple(parse(str(pattern), self._short_forms) for pattern in written or ())

    def _read_rule(self, entry: Mapping[str, Any]) -> Rule:
        return Rule(
            id=entry["id"],
            kind=entry["kind"],
            someone_else=entry.get("someone_else", _SOMEONE_ELSE.get(entry["kind"], entry["kind"])),
            tier=entry["tier"],
            variant=entry.get("variant", ""),
            patterns=self._patterns(entry["any"]),
            unless=self._patterns(entry.get("unless")),
            max_words=entry.get("max_words"),
        )

    def _all_patterns(self) -> list[Pattern]:
        patterns: list[Pattern] = [p for group in self._signals.values() for p in group]
        patterns += self._harmless
        for rule in self.rules:
            patterns += [*rule.patterns, *rule.unless]
        return patterns

    def _names(self) -> set[str]:
        parts = (part for pattern in self._all_patterns() for part in pattern.parts)
        return {symbol for part in parts for step in part for symbol in step.symbols}

    def _check_names(self) -> None:
        unknown = {n for n in self._names() if n.startswith("<") and n not in self._signals}
        if unknown:
            raise ValueError(f"crisis.yml: signals: not defined: {', '.join(sorted(unknown))}")


def _about_other(message: Message, span: Span) -> bool:
    """Tell whether the person nearest before a sign, or in it, is someone else than the writer."""
    start, end = span
    own = {s for s, _ in message.spans("<writer>")}
    others = {s for s, _ in message.spans("<someone>")}
    for place in range(end - 1, max(-1, start - _LOOK_BACK), -1):
        if place in own:
            return False
        if place in others:
            return True
    return False
