"""Put together what the assistant shows when a life may be in danger. The texts are fixed content.

A card says that nobody reads now, gives 112 first and at most three numbers, and asks nothing.
It never repeats what was written. A line of support follows an ordinary answer, for those at the
end of their strength.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from bot.guard.crisis_rules import Kind, Variant

FALLBACK = "sv"


class SocialServices(NamedTuple):
    """Where social services answer in the municipality: its own name for them, and its number."""

    name: str
    phone: str | None


class CrisisCards:
    """The cards and lines of content/common/crisis.yml."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        self._numbers: dict[str, str] = {
            name: str(entry["number"]) for name, entry in content["numbers"].items()
        }
        self._cards: Mapping[str, Any] = content["cards"]
        self._lines: Mapping[str, Any] = content["support_lines"]
        self._social: Mapping[str, Any] = content["social_services"]
        self.blocked: tuple[str, ...] = tuple(content["blocked_numbers"])

    def card(
        self,
        kind: Kind,
        language: str,
        contact: SocialServices | None = None,
        variant: Variant = "",
    ) -> str:
        """The card for a kind of danger, in the writer's language or else in Swedish."""
        texts = self._texts(kind, language, variant)
        language = language if language in texts else FALLBACK
        social = self._social_services(language, contact)
        return texts[language].format(**self._numbers, social=social)

    def written_in(self, kind: Kind, language: str, variant: Variant = "") -> str:
        """The language in which the card is given to who writes in a language."""
        return language if language in self._texts(kind, language, variant) else FALLBACK

    def _texts(self, kind: Kind, language: str, variant: Variant) -> Mapping[str, str]:
        name = f"{kind}_{variant}" if variant and f"{kind}_{variant}" in self._cards else kind
        texts: Mapping[str, str] = self._cards[name]["text"]
        if language not in texts and language in self._cards[kind]["text"]:
            texts = self._cards[kind]["text"]  # better the common card than a strange language
        return texts

    def numbers(self, kind: Kind, variant: Variant = "") -> tuple[str, ...]:
        """The numbers of a card, 112 first, without the municipality's own."""
        name = f"{kind}_{variant}" if f"{kind}_{variant}" in self._cards else kind
        return tuple(self._numbers[number] for number in self._cards[name]["numbers"])

    def support_line(self, kind: Kind, language: str) -> str:
        """The line of support that follows the answer to a question."""
        texts: Mapping[str, str] = self._lines.get(kind, self._lines["strained"])["text"]
        return texts[language if language in texts else FALLBACK].format(**self._numbers)

    def _social_services(self, language: str, contact: SocialServices | None) -> str:
        wording: Mapping[str, str] = self._social.get(language, self._social[FALLBACK])
        if contact is None or contact.phone is None:
            return wording["without"]
        return wording["with_phone"].format(name=contact.name, phone=contact.phone)
