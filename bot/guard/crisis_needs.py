"""Work out which words a pattern can't do without, so that most messages are settled at once.

Every word of the lexicon is one bit. A step needs one of its words; a signal needs, for each of its
patterns, one of the words of that pattern's rarest step.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bot.guard.crisis_patterns import Pattern


def fill_in_needs(
    signals: Mapping[str, Sequence[Pattern]], patterns: Iterable[Pattern], bits: Mapping[str, int]
) -> None:
    """Give every pattern its ``needs``, the rarest first."""
    masks: dict[str, int] = dict(bits)

    def mask_of(symbol: str) -> int:
        if symbol not in masks:
            masks[symbol] = 0  # a signal that names itself adds nothing
            masks[symbol] = _any_of(needs(pattern)[0] for pattern in signals.get(symbol, ()))
        return masks[symbol]

    def needs(pattern: Pattern) -> tuple[int, ...]:
        steps = (step for part in pattern.parts for step in part if not step.forbidden)
        found = {_any_of(mask_of(symbol) for symbol in step.symbols) for step in steps}
        return tuple(sorted(found, key=_how_common))

    for pattern in patterns:
        pattern.needs = needs(pattern)


def _any_of(masks: Iterable[int]) -> int:
    result = 0
    for mask in masks:
        result |= mask
    return result


def _how_common(mask: int) -> int:
    """The number of words in a mask: the fewer, the rarer."""
    return mask.bit_count()
