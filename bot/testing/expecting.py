"""What a turn expects, as sentences for people; and both kinds of tests as steps of a report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.testing.dialogues import listed
from bot.testing.play import Exchange
from bot.testing.results import Step

_SENTENCES = {
    "says": "I svaret ska stå: {}",
    "says_any": "I svaret ska minst en av dessa texter stå: {}",
    "not": "I svaret får inte stå: {}",
    "in_order": "I svaret ska stå, i den här ordningen: {}",
    "spoken": "När svaret läses upp ska det höras: {}",
    "spoken_not": "När svaret läses upp får det inte höras: {}",
    "kind": "Svaret ska vara av slaget: {}",
    "answer": "Svaret ska vara: {}",
    "source": "Källan ska vara sidan: {}",
    "buttons": "Knapparna ska vara: {}",
    "at_most_words": "Svaret ska ha högst så många ord: {}",
    "action": "Systemet ska göra: {}",
    "reason": "En människa ska erbjudas av skälet: {}",
    "must": "Mönstret ska finnas i svaret: {}",
    "any": "Minst ett av mönstren ska finnas i svaret: {}",
    "never": "Mönstret vore ett fel i sak: {}",
}


def expected(turn: Mapping[str, Any]) -> Iterator[str]:
    """What a turn of a dialogue or of a suite expects, a sentence for each word of the format."""
    for key, sentence in _SENTENCES.items():
        if key in turn:
            value = turn[key]
            texts = [str(value)] if isinstance(value, int) else listed(turn, key)
            quoted = texts if isinstance(value, int) else [f"”{text}”" for text in texts]
            yield sentence.format(", ".join(quoted))


def step(exchange: Exchange) -> Step:
    """An exchange as a report tells it."""
    heard = exchange.heard
    return Step(
        said=exchange.turn["user"],
        reply=heard.text,
        kind=heard.kind,
        answer=heard.answer or "",
        expected=tuple(expected(exchange.turn)),
        wrong=exchange.wrong,
    )
