"""Letters by name: receipts and abbreviations that are said letter by letter (``ell ess ess``)."""

from __future__ import annotations

import re
from typing import Final

from bot.speech.numbers import cardinal, digits

NAMES: Final = {
    "sv": dict(
        zip(
            "abcdefghijklmnopqrstuvwxyzåäöéü",
            (
                "a be se de e eff ge hå i ji kå ell emm enn o pe ku ärr ess te u ve"
                " dubbelve eks y säta å ä ö e y"
            ).split(),
            strict=True,
        )
    ),
    "en": dict(
        zip(
            "abcdefghijklmnopqrstuvwxyz",
            (
                "ay bee see dee ee eff gee aitch eye jay kay ell em en oh pee cue ar ess tee"
                " you vee double-you ex why zed"
            ).split(),
            strict=True,
        )
    ),
}

# Short words in capitals that are no abbreviations, and those said as words although they are.
_WORDS: Final = frozenset(
    "BUP SIP VAB IVO DOS PAN DU OCH NU VI OM ATT DET DEN PÅ ÄR EN ETT JA NEJ VAD NÄR VAR HUR EJ"
    " HEJ BRA AND THE YOU NOT FOR NOW NO WE IT IS".split()
)
_SPELLED: Final = frozenset("ADHD GDPR WCAG HBTQ HTML HSLF PTSD".split())
_ROMAN: Final = {"II": 2, "III": 3, "IV": 4, "VII": 7, "VIII": 8, "IX": 9, "XI": 11, "XII": 12}
_VOWELS: Final = frozenset("AEIOUYÅÄÖÉÜ")
_SHORT: Final = 3

_CAPITALS: Final = re.compile(r"(?<![^\W_])([A-ZÅÄÖ]{2,})(?:[:’']([a-zåäö]{1,4}))?(?![^\W_])")
_SHOUTED: Final = re.compile(r"[A-ZÅÄÖ]{2,} [A-ZÅÄÖ]{4,}|[A-ZÅÄÖ]{4,} [A-ZÅÄÖ]{2,}")
RECEIPT: Final = re.compile(
    r"(?<![\w-])[A-ZÅÄÖ]{2}-(?=[A-Z]*\d|[A-Z0-9]+-[A-Z]*\d)[A-Z0-9]{4}-[A-Z0-9]{4}(?![\w-])"
)


def spelled(text: str, language: str) -> str:
    """Letters and digits one by one."""
    names = NAMES[language]
    return " ".join(
        digits(c, language) if c.isdecimal() else names.get(c.lower(), c)
        for c in text
        if c.isalnum()
    )


def receipt(text: str, language: str) -> str:
    """``UM-7K3F-92QX`` in its groups: ``u emm, sju kå tre eff, nio två ku eks``."""
    return ", ".join(receipt_groups(text, language))


def receipt_groups(text: str, language: str) -> list[str]:
    """The groups of a receipt number, each letter by letter."""
    return [spelled(group, language) for group in text.split("-")]


def say_capitals(text: str, language: str) -> str:
    """Abbreviations in capitals by their letters, shouted words as ordinary ones."""
    shouted = _SHOUTED.search(text) is not None

    def say(match: re.Match[str]) -> str:
        word, ending = match[1], match[2] or ""
        if word in _ROMAN and not shouted:
            return cardinal(_ROMAN[word], language)
        if not _is_spelled(word, shouted):
            return word.capitalize() + ending
        # ``EU:s`` is heard as ``e us``.
        letters = spelled(word, language)
        return letters if letters.endswith("s") and ending == "s" else letters + ending

    return _CAPITALS.sub(say, text)


def without_vowels(part: str) -> bool:
    """Whether letters can't be said as a word."""
    return not _VOWELS.intersection(part.upper())


def _is_spelled(word: str, shouted: bool) -> bool:
    if word in _SPELLED or without_vowels(word):
        return True
    return word not in _WORDS and len(word) <= _SHORT and not shouted
