"""Names on municipal pages: labels that are none, people, units, and what people work as."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.importing.sections import Line
from bot.knowledge.validator_facts import Fact

_LABELS: Final = {
    "phone_hours": r"telefontid(?:er|erna|en)?|öppettid(?:er)? (?:i )?telefon(?:en)?|ring oss",
    "visit_hours": r"besökstid(?:er|erna|en)?|drop-?in|öppettid(?:er)? (?:(?:i|för|på|till) )?"
    r"(?:besök|reception|kontor|stadshus|kommunhus|medborgar)\w*(?: [\wåäö]+){0,3}",
    "open_hours": r"öppettid(?:er|erna|en)?|öppet",
    "visit": r"besöksadress(?:en)?|besök oss|besökare|adress",
    "postal": r"postadress(?:en)?",
    "phone": r"telefon(?:nummer|växel)?|tel\.?|mobil(?:telefon|nummer)?",
    "email": r"e-?post(?:adress)?|e-?mail|mejl(?:adress)?|mail",
    "fax": r"fax(?:nummer)?|organisationsnummer|org\.? ?nr\.?|bankgiro|plusgiro",
}
LABEL: Final = re.compile(
    "^(?:"
    + "|".join(f"(?P<{name}>{words})" for name, words in _LABELS.items())
    + r")\s*(?::|$)\s*",
    re.IGNORECASE,
)
_SPACED_LABEL: Final = re.compile(
    rf"^(?:{_LABELS['phone']}|{_LABELS['email']})\s+(?=[+0(]|\S+@)", re.IGNORECASE
)
GENERIC: Final = re.compile(
    r"(?i)^(?:kontakt(?:a oss|uppgifter|information|er)?|sidinformation|mer information"
    r"|frågor\??|har du frågor\??"
    r"|öppettider|telefon|hitta hit|relaterad information|information|besök|in english)[:.]?$"
)
_ASKING: Final = re.compile(r"(?i)^(?:kontakta|ring(?: till)?|mejla|besök)\s+(?:med\s+)?(?=\w)")
JOB: Final = re.compile(r"(?i)\b(?:för|om)\s+((?:\w|[ ,-]){8,90}?)[.:]?$")
WORDS_OF_JOB: Final = re.compile(r"(?i)\b(?:kontakta|ring|fråg\w*|vänd dig)\b")
_SAID_FIRST: Final = re.compile(r"(?i)^(?:kontakta oss|kontakt|frågor|välkommen)\s*[:–-]\s*")
LINK: Final = re.compile(r"(?i)^(?:skicka|visa|hitta|karta|öppna|läs mer|mejla)\b")
_LONGEST_NAME: Final = 70
_FEW_WORDS: Final = 3
_SAYS: Final = re.compile(
    r"(?i)(?<!\w)(?:kan|ring\w*|nås|mejla|maila|kontakta|via|boka|ansök\w*|anmäl\w*|intresseanmälan"
    r"|söker?|vill|har|är|ska|får|finns|vänd|läs|besök\w*|skicka\w*|hitta|fyll|gör|tar|hur|vad|vem"
    r"|vilka|när|du|dig|oss|vi|jag|mig|välkommen|frågor|kontakt|insats\w*)(?!\w)"
)
_PERSON: Final = re.compile(
    r"^([A-ZÅÄÖ][a-zåäöé]+(?:-[A-ZÅÄÖ][a-zåäöé]+)?"
    r" [A-ZÅÄÖ][a-zåäöé]+(?:-[A-ZÅÄÖ][a-zåäöé]+)?)(?:,.*)?$"
)
_UNIT: Final = re.compile(
    r"(?i)kommun|tjänst|enhet|växel|telefon|cent|kontor|förvaltning|personal|mottagning|stöd|grupp"
)
_WORKS: Final = re.compile(
    r"(?i)handläggare|konsulent|samordnare|sekreterare|bedömare|rådgivare|vägledare|kurator|chef"
    r"|ansvarig|ombud|reception|jour|omsorg|avdelning|verksamhet|team|boende"
)
_JOB_TITLE: Final = re.compile(
    r"(?i)(?<!\w)((?:[a-zåäö]+-?)+(?:handläggar|bedömar|samordnar|sekreterar|rådgivar|vägledar"
    r"|konsulent))(?:(?<=r)(?:e[ns]?|ens|nas?)|(?<=t)(?:ens?|er|erna|s)?)(?!\w)"
)
_DESK: Final = re.compile(
    r"(?i)(?<!\w)((?:(?:[a-zåäö]+-\s+och\s+)?[a-zåäö]{4,}s\s+)?"
    r"(?:[a-zåäö]*växel|[a-zåäö]*kundtjänst|[a-zåäö]*reception|[a-zåäö]*kontaktcent(?:er|rum)"
    r"|[a-zåäö]*servicecent(?:er|rum)|[a-zåäö]*mottagning|[a-zåäö]+enhet))(?:n|en)?(?!\w)"
)


def is_person(name: str) -> bool:
    """Whether a name is one person's."""
    return bool(_PERSON.match(name)) and not _UNIT.search(name)


def plain_name(written: str) -> str:
    """A name without what was said around it; a person's without their work."""
    name = re.sub(r"(?i)^(?:kontakta|ring|kontakt(?=\s+[A-ZÅÄÖ]))\s+", "", written.strip(" :"))
    person = _PERSON.match(name)
    if person and is_person(name):
        name = person[1]
    return name[:1].upper() + name[1:]


def may_name(line: Line) -> bool:
    """Whether a line is somebody's name; points, sentences and calls to do something are none."""
    text = line.text
    short = len(text) <= _LONGEST_NAME and not re.search(r"[.!?:;,]$", text)
    if line.point or not short or not text[:1].isupper() or _SAYS.search(text):
        return False
    return is_person(text) or bool(_UNIT.search(text) or _WORKS.search(text))


def job_in(text: str, *, desk_first: bool = False) -> str:
    """What somebody who answers works as or sits at, as a sentence names it; else nothing."""
    patterns = (_DESK, _JOB_TITLE) if desk_first else (_JOB_TITLE, _DESK)
    found = next((m for m in (pattern.search(text) for pattern in patterns) if m), None)
    name = plain_name(found[1]) if found else ""
    return f"{name}e" if name.endswith("ar") else name


def name_on_line(rest: str, found: Sequence[Fact]) -> str:
    """The name that stands before the first number of a line: ``Anhörigkonsulent 0240-863 91``."""
    starts = [rest.find(fact.written.strip()) for fact in found]
    before = rest[: min(at for at in starts if at >= 0)] if any(s >= 0 for s in starts) else ""
    if _SPACED_LABEL.match(rest):
        return ""
    before = re.sub(
        r"(?i)(?:^|[\s,:(–-]+)(?:på\s+)?(?:telefon(?:nummer)?|tel\.?|ring)?[\s,:(–-]*$", "", before
    )
    before = _SAID_FIRST.sub("", before)
    before = _ASKING.sub("", before).strip(" ,:;–-")
    desk = next((m for m in _DESK.finditer(before) if m.end() == len(before)), None)
    if desk:
        return plain_name(desk[1])
    if len(before) <= 2 or LABEL.match(before) or GENERIC.match(before):
        return ""
    if _SAYS.search(before) or re.search(r"[.!?;]\s", before) or len(before) > _LONGEST_NAME:
        return job_in(before)
    few = len(before.split()) <= _FEW_WORDS and before[:1].isupper()
    return before if few or _UNIT.search(before) or _WORKS.search(before) else ""
