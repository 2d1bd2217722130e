"""Mask what tells who somebody is, before a message is stored, logged or understood.

The municipality's own numbers, addresses, dates and staff are no secrets: the caller passes them
in ``OwnData``. Tokens are Swedish, as ``[personnummer]``, so that the rest of the sentence can
still be understood. Texts and word lists stand in content/common/privacy.yml, read when first
asked for.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import yaml

from bot.guard.privacy_numbers import Found, find_numbers, flatten, national
from bot.guard.privacy_people import (
    Words,
    find_addresses,
    find_birth_dates,
    find_names,
    mentions_health,
)
from bot.guard.privacy_spoken import find_spoken_numbers

CONTENT = Path(__file__).resolve().parents[2] / "content" / "common" / "privacy.yml"
IDENTITY_KINDS = frozenset({"personnummer", "samordningsnummer", "reservnummer", "födelsedatum"})
IDENTITY_NUMBERS = IDENTITY_KINDS - {"födelsedatum"}
HEALTH = "hälsa"
"""The kind that stands for details about somebody's health; nothing is masked for it."""


@dataclass(frozen=True)
class OwnData:
    """What may be said openly: every municipality's own numbers, addresses, dates and names."""

    phones: Collection[str] = ()
    emails: Collection[str] = ()
    dates: Collection[str] = ()
    texts: Collection[str] = ()

    @cached_property
    def phone_digits(self) -> frozenset[str]:
        """The telephone numbers as bare digits."""
        return frozenset(national(re.sub(r"\D", "", phone)) for phone in self.phones)

    @cached_property
    def folded_emails(self) -> frozenset[str]:
        """The e-mail addresses in lower case."""
        return frozenset(email.lower() for email in self.emails)

    @cached_property
    def folded_texts(self) -> frozenset[str]:
        """Names and other texts in lower case."""
        return frozenset(text.lower() for text in self.texts)


@dataclass(frozen=True, slots=True)
class Masked:
    """A message without what was masked, and the kinds of it in the order they stood."""

    text: str
    kinds: tuple[str, ...]


NOTHING_OWN = OwnData()


def mask(text: str, own: OwnData = NOTHING_OWN) -> Masked:
    """Replace numbers, addresses and birth dates of persons by tokens."""
    return _replace(text, _found(text, own))


def mask_identity_numbers(text: str, own: OwnData = NOTHING_OWN) -> Masked:
    """Replace only the numbers that persons are registered under: staff may give other numbers."""
    return _replace(text, [f for f in _found(text, own) if f.kind in IDENTITY_NUMBERS])


def mask_names(text: str, own: OwnData = NOTHING_OWN) -> Masked:
    """Replace names of persons by ``[namn]``: for storage, after understanding."""
    return _replace(text, find_names(text, _words(), own.folded_texts))


def health_details(text: str, own: OwnData = NOTHING_OWN) -> bool:
    """Tell whether a message names a person together with health, medicine or school."""
    if not mentions_health(text, _words().health):
        return False
    identity = IDENTITY_KINDS.intersection(mask(text, own).kinds) or "[personnummer]" in text
    return bool(identity) or bool(mask_names(text, own).kinds)


def warning(kinds: Iterable[str], language: str) -> str:
    """Tell kindly that something was taken away and not kept, in the writer's language."""
    content = _content()["warning"]
    known = content["kinds"].get(language, {})
    names = [known[kind] for kind in dict.fromkeys(kinds) if kind in known]
    texts = content["text"]
    language = language if language in texts else "sv"
    if language not in content["kinds"] or not names:
        return str(texts[language]["plain"])
    listed = (
        names[0]
        if len(names) == 1
        else f"{', '.join(names[:-1])} {content['and'][language]} {names[-1]}"
    )
    return str(texts[language]["named"]).format(what=listed)


def _found(text: str, own: OwnData) -> list[Found]:
    flat = flatten(text)
    return [
        *find_numbers(flat, own.phone_digits),
        *find_spoken_numbers(text),
        *find_addresses(flat, own.folded_emails),
        *find_birth_dates(flat, own.dates),
    ]


def _replace(text: str, found: Iterable[Found]) -> Masked:
    """Put the tokens in; of two that overlap the first and then the longer one stands."""
    parts: list[str] = []
    kinds: list[str] = []
    done = 0
    for item in sorted(found, key=lambda f: (f.start, -f.end)):
        if item.start < done:
            continue
        parts += [text[done : item.start], f"[{item.kind}]"]
        done = item.end
        if item.kind not in kinds:
            kinds.append(item.kind)
    return Masked("".join([*parts, text[done:]]), tuple(kinds))


@lru_cache(maxsize=1)
def _content() -> dict[str, Any]:
    with CONTENT.open(encoding="utf-8") as file:
        content: dict[str, Any] = yaml.load(file, Loader=yaml.CSafeLoader)
    return content


@lru_cache(maxsize=1)
def _words() -> Words:
    content = _content()
    return Words(
        first_names=frozenset(content["first_names"]),
        not_names=frozenset(content["not_names"]),
        health=tuple(content["health"]),
    )
