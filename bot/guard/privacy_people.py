"""Find persons in a message: their names, birth dates, addresses to reach them, and their health.

Names are found only where the sentence says that they are names, or by a common first name before a
surname: better one name too many in clear than the sentence's meaning masked away. Names are masked
for storage only, since understanding needs what stands around them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from bot.guard.privacy_numbers import Found

_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64} ?(?:@|\(at\)|\[at\]|\bsnabel-?a\b) ?"
    r"[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}"
)
_MONTH = r"(?:jan|feb|mar|apr|maj|may|jun|jul|aug|sep|okt|oct|nov|dec)[a-zåäö]{0,8}\.?"
_DATE = (
    r"(?:(?:18|19|20)?\d{2}[-./ ]?[01]\d[-./ ]?[0-3]\d(?!\d)"
    r"|[0-3]?\d[-./ ]{1,2}[01]?\d[-./ ,]{1,2}(?:18|19|20)?\d{2}(?!\d)"
    rf"|[0-3]?\d(?::?[ae]|st|nd|rd|th|\.)?\s(?:of\s)?{_MONTH},?\s"
    r"(?:-|år\s)?(?:\d{4}|\d{2})(?!\d)"
    rf"|{_MONTH}\s[0-3]?\d(?:st|nd|rd|th)?,?\s\d{{4}})"
)
_BIRTH = re.compile(
    r"\b(?:(?:född|fodd|föddes|fött|födda|födelsedatum|födelsedag|födelsedata|fyllde|fyller|fylld|"
    r"born|birthday|birth|dob|syntynyt|geboren|født|fødselsdato|urodzon\w{1,3}|personnummer|pnr|"
    r"persnr|pers\.?nr)\b[^\d\n]{0,24}(?:\d{1,3}\s(?:år\s)?[^\d\n]{0,6})?|f\.?\s?)"
    rf"(?P<date>{_DATE})",
    re.IGNORECASE,
)
_LAST_FOUR = re.compile(
    r"\b(?:sista fyra|fyra sista|sista siffrorna|last four)\D{0,20}(?P<date>\d{4})(?!\d)",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(
    r"\b(?:kontonummer|kontonr|bankkonto|konto nr|kontot|konto|clearing(?:nummer|nr)?|"
    r"account(?: number)?|iban)"
    r"[^\d\n]{0,16}?(?P<number>(?:[A-Z]{2})?\d(?:[ ,.-]{0,2}\d){5,25})",
    re.IGNORECASE,
)
_CAPITAL = r"[A-ZÅÄÖÉÜ][a-zåäöéüø]{1,24}(?:-[A-ZÅÄÖ][a-zåäö]{1,24})?"
_FULL_NAME = rf"{_CAPITAL}(?:\s{_CAPITAL}){{0,2}}"
_CALLED = re.compile(
    r"\b(?P<asked>(?:[Vv]ad|[Vv]a|[Hh]ur)\s(?:\w{1,20}\s){0,3})?(?:[Hh]eter|[Hh]ette|kallas|"
    r"[Mm]itt namn är|[Nn]amnet är|[Mm]y name is|name is|[Nn]imeni on)\s(?:eh\s)?"
    rf"(?P<name>{_FULL_NAME}|[a-zåäöé]{{2,20}})"
)
_BORN_NAME = re.compile(rf"(?P<name>{_FULL_NAME}),?\s(?:är\s|e\s)?(?:född|f\.|born|\[)")
_RELATION = (
    r"(?:mor|mamma|far|pappa|son|dotter|fru|man|make|maka|hustru|sambo|bror|syster|mormor|morfar|"
    r"farmor|farfar|barnbarn|granne|svärmor|svärfar|brukare|klient|elev)"
)
_RELATED = re.compile(
    rf"\b(?:[Mm]in|[Mm]itt|[Vv]år|[Vv]årt|[Mm]y|[Hh]ennes|[Hh]ans)\s(?:\w{{2,12}}\s)?{_RELATION}\s"
    rf"(?P<name>{_FULL_NAME})"
)
_TWO_WORDS = re.compile(r"(?=\b(?P<first>[^\W\d_]{2,24})\s(?P<last>[^\W\d_]{3,30})\b)")
_SURNAME = re.compile(
    r".{2,}(?:sson|ström|berg|lund|gren|qvist|kvist|holm|stedt|blom|borg|feldt|löf)s?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Words:
    """The lists of content/common/privacy.yml."""

    first_names: frozenset[str]
    not_names: frozenset[str]
    health: tuple[str, ...]


def find_addresses(flat: str, own_emails: Collection[str]) -> Iterator[Found]:
    """E-mail addresses and named bank accounts."""
    for match in _EMAIL.finditer(flat):
        if re.sub(r"\s", "", match[0]).lower().rstrip(".") not in own_emails:
            yield Found(match.start(), match.end(), "e-postadress")
    for match in _ACCOUNT.finditer(flat):
        yield Found(match.start("number"), match.end("number"), "kontonummer")


def find_birth_dates(flat: str, own_dates: Collection[str]) -> Iterator[Found]:
    """Dates that the sentence gives as somebody's birth, and the last four digits by their name."""
    for match in _BIRTH.finditer(flat):
        if match["date"] not in own_dates:
            yield Found(match.start("date"), match.end("date"), "födelsedatum")
    for match in _LAST_FOUR.finditer(flat):
        yield Found(match.start("date"), match.end("date"), "personnummer")


def find_names(text: str, words: Words, own_texts: Collection[str]) -> Iterator[Found]:
    """Names of persons, where the sentence makes them sure."""
    for pattern in (_CALLED, _BORN_NAME, _RELATED):
        for match in pattern.finditer(text):
            name = match["name"]
            if match.groupdict().get("asked") or not (
                name[0].isupper() or name in words.first_names
            ):
                continue
            yield from _name(text, match.start("name"), match.end("name"), words, own_texts)
    for match in _TWO_WORDS.finditer(text):
        first, last = match["first"], match["last"]
        surname = (last[0].isupper() and first[0].isupper()) or _SURNAME.match(last)
        if first.lower() in words.first_names and surname and last.lower() not in words.not_names:
            yield from _name(text, match.start("first"), match.end("last"), words, own_texts)


def _name(
    text: str, start: int, end: int, words: Words, own_texts: Collection[str]
) -> Iterator[Found]:
    """Leave out words at its ends that are no names, and names that are the municipality's own."""
    parts = [m.span() for m in re.finditer(r"\S+", text[start:end])]
    while parts and text[start + parts[0][0] : start + parts[0][1]].lower() in words.not_names:
        parts.pop(0)
    while parts and text[start + parts[-1][0] : start + parts[-1][1]].lower() in words.not_names:
        parts.pop()
    if parts:
        begin, stop = start + parts[0][0], start + parts[-1][1]
        if text[begin:stop].lower() not in own_texts:
            yield Found(begin, stop, "namn")


def mentions_health(text: str, health: Sequence[str]) -> bool:
    """Tell whether a diagnosis, a medicine, a school or a unit is mentioned."""
    words = set(re.findall(r"[^\W_]+", text.lower()))
    if words.intersection(health):
        return True
    starts = tuple(term[:-1] for term in health if term.endswith("*"))
    ends = tuple(term[1:] for term in health if term.startswith("*"))
    return any(word.startswith(starts) or word.endswith(ends) for word in words)
