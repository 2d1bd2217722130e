"""What moment, day or period a question asks about, in Swedish as people write it.

`find_dates` reads typos, missing å, ä, ö, split words, dialect and everyday English. It says
nothing of whether anything is open: that is `bot.knowledge.hours`, put into words by
`bot.dialogue.hours_reply`. Ages, amounts, addresses and phone numbers are no times.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from typing import Final, Literal

from bot.understanding.dates_clock import Clock, find_clock
from bot.understanding.dates_days import MONTHS, DayHit, find_days
from bot.understanding.dates_reckoning import coming_months
from bot.understanding.dates_text import prepare

__all__ = ["Clock", "DateQuestion", "find_dates"]

Kind = Literal["now", "day", "days", "weekly", "clock", "next", "season", "special"]
Wants = Literal["hours", "opens", "closes", "compare"]
Special = Literal["red", "bridge", "eve"]

_MOST_DAYS: Final = 10
_LONGEST: Final = 2000


@dataclass(frozen=True, slots=True)
class DateQuestion:
    """What a question asks about.

    now: this moment. day: ``days[0]``. days: several, or a period that ``phrase`` names.
    weekly: ``weekdays`` in general (``torsdagar``). clock: a time of day and no day.
    next: the next opening, from ``days[0]`` on when it is set. season: a part of the year,
    with its first and last day in ``days``. special: red days, klämdagar or eves in general.
    """

    kind: Kind
    days: tuple[dt.date, ...] = ()
    weekdays: tuple[int, ...] = ()
    clock: Clock | None = None
    wants: Wants = "hours"
    special: Special | None = None
    phrase: str | None = None
    phrase_en: str | None = None


_OPEN: Final = r"(?:oppe(?:t|n|ttider\w*)?|oppna\w*|open|stang\w*|closed?|closing|bemanna\w*)"
_REACH: Final = r"(?:ringa?|ringer|na|nas|svara[rs]?|telefon\w*|vaxel\w*|besok\w*|call|reach|komma)"
# "Svarar ni?" and "hinner jag ringa?" ask whether it is open at this moment.
_IS_OPEN: Final = re.compile(
    r"\b(?:ar|e|har|haller|is|are)\b(?: \w+){0,4} "
    r"(?:oppe[tn]?|oppna|stangt|stangda?|open|closed|bemanna\w*)\b"
    r"|^(?:oppet|oppen|oppna|stangt|open|closed)\W*$"
    r"|\b(?:hinner|for sent att|too? late to)\b|\b(?:svarar|tar) (?:ni|nan|nagon|de|dom)\b"
)
_ASKS_WHEN: Final = re.compile(r"\b(?:nar|vilka|vilken|hur|when|what|which)\b")
_NOW: Final = re.compile(
    r"\b(?:nu|just ?nu|fortfarande|annu|redan|right now|now|still|genast|omgaende|nuvarande)\b"
)
_NEXT: Final = re.compile(
    rf"\b(?:harnast|nasta gang|next time|nasta (?:oppning|telefontid|oppettid|besokstid))\b"
    rf"|\b(?:nar|hur dags|vad dags|when)\b.{{0,120}}\b{_OPEN}\b.{{0,120}}\b(?:igen|again|nasta)\b"
    r"|\b(?:nar|hur dags|vad dags|vilken tid|when (?:do|does|will))\b(?: \w+){0,3} "
    r"(?:oppnar?|open)\b"
    rf"|\b(?:nar|hur dags|when)\b.{{0,120}}\b{_REACH}\b.{{0,120}}\b(?:igen|again)\b"
    r"|\b(?:nar|hur fort|hur snart) (?:kan|gar)\b.{0,120}\b(?:tidigast|forst|snarast)\b"
)
_CLOSES: Final = re.compile(
    r"\b(?:nar|hur dags|vad dags|vilken tid|hur tidigt|hur sent|what time|when)\b.{0,120}"
    r"\b(?:stanger|stangs|close)\b"
    rf"|\b(?:hur lange|how (?:long|late))\b.{{0,120}}\b(?:{_OPEN}|{_REACH})\b"
    rf"|\b(?:senast|hur sent|sista (?:tid|chans)\w*|latest)\b.{{0,120}}\b(?:{_OPEN}|{_REACH})\b"
    rf"|\b(?:{_OPEN}|{_REACH})\b.{{0,120}}\b(?:senast|hur sent|hur lange|latest)\b"
    r"|\bstangningstid\w*|\bclosing time\b|\bstanger (?:ni|de|dom|det|telefonen|vaxeln)\b"
)
_OPENS: Final = re.compile(
    r"\b(?:tidigast|hur tidigt|oppnar|earliest|from when|fran nar|fran och med nar)\b"
)
_COMPARE: Final = re.compile(
    r"\b(?:kortare|langre|skillnad\w*|skiljer|samma|annorlunda|andra tider|avvikande|som vanligt|"
    r"different|same|shorter)\b"
)
# "Jag jobbar till fem": it is the time after that is asked about.
_FREE_AFTER: Final = re.compile(r"\b(?:slutar|jobbar|arbetar|ledig|pluggar)\b")
_BRIDGE: Final = re.compile(r"\bklamdag(ar|arna|en|s)?\b|\bbridge days?\b")
_RED: Final = re.compile(
    r"\broda? ?dag(?:ar|arna|en)?\b|\bhelgdag(?:ar|arna|en|s)?\b|\bstorhelg\w*|\bhelgdagstid\w*"
    r"|\b(?:public|bank) holidays?\b|\bholidays\b"
)
_EVE: Final = re.compile(
    r"\baftnar(?:na)?\b|\b(?:dag(?:en)?|dagar) (?:fore|innan) (?:en )?"
    r"(?:roda? ?dag\w*|helgdag\w*|helg\w*)"
)
_SPECIALS: Final[tuple[tuple[Special, re.Pattern[str]], ...]] = (
    ("eve", _EVE),
    ("bridge", _BRIDGE),
    ("red", _RED),
)
_SEASON: Final = re.compile(
    r"\b(?:(i|pa|under|over|efter|fore|innan|till|hela|this|in|during|after|the) )?"
    r"(sommar\w*|somrar\w*|sommrar\w*|semester(?:n|tid\w*)?|summers?|summertime|hosten|host(?=\W*$)|vintern?|vinter\w*|autumn|winter)\b"
)
_MONTH_NAME: Final = re.compile(
    r"\b(?:i|under|fran|till|efter|hela|sedan|for|in|during|och|from|after) (?:hela )?"
    r"(januari|january|februari|february|mars|march|april|maj|may|juni|june|juli|july|augusti|august|"
    r"september|oktober|october|november|december)\b(?! \d)"
    r"|^(januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december)"
    r"(?: da)?\W*$"
)
_BACK: Final = re.compile(
    r"\b(?:slut|slutar|upphor|tillbaka|atergar|vanliga tider(?:na)?|ordinarie tider|"
    r"andrade (?:telefon|oppet)?tider|back to normal|normal hours)\b"
)
_TIMES: Final = re.compile(r"\b(?:tid|tider|tiderna|\w+tider(?:na)?|gar|atergar|hours)\b")
_SEASONS: Final = {"sommar": (6, 8), "host": (9, 11), "vinter": (12, 2)}
_SENTENCE: Final = re.compile(r"(?<=[?!\n])\s*|(?<=[a-z]\.)\s+")


def find_dates(text: str, now: dt.datetime) -> DateQuestion | None:
    """What day, time or period a question asks about; None when it names none.

    Where a message has several sentences, those that ask outrank those that tell.
    """
    whole = prepare(text[-_LONGEST:])
    asking = " ".join(s for s in _SENTENCE.split(whole) if s.endswith("?"))
    if asking and asking != whole:
        question = _read(asking, now)
        if question is not None and question.kind not in ("now", "clock", "next"):
            return question
        return _merge(question, _read(whole, now))
    return _read(whole, now)


def _merge(asked: DateQuestion | None, told: DateQuestion | None) -> DateQuestion | None:
    """A question that names no day, on the day that the rest of the message names."""
    if asked is None or told is None:
        return asked or told
    if asked.kind == "clock" and told.kind in ("day", "weekly"):
        return replace(told, clock=asked.clock, wants=asked.wants)
    return asked


def _read(text: str, now: dt.datetime) -> DateQuestion | None:
    clock, moment = find_clock(text, now)
    wants = _wants(text)
    if clock is not None and clock.relation in ("at", "until") and _FREE_AFTER.search(text):
        clock = replace(clock, relation="after")
    elif clock is not None and clock.relation == "until":
        clock, wants = None, "closes"
    elif clock is not None and _asks_edge(wants, clock):
        clock = None
    if clock is not None and clock.part == "lunch" and _NOW.search(text):
        clock = None
    if moment is not None:
        return DateQuestion("day", (moment.date(),), clock=clock)
    hits = find_days(text, now.date())
    after = next((h for h in hits if h.relation == "after"), None)
    if after is not None:
        return DateQuestion("next", after.days)
    return (
        _general(text, now, hits)
        or _of_days(hits, clock, wants)
        or _without_day(text, clock, wants)
    )


def _asks_edge(wants: Wants, clock: Clock) -> bool:
    """Whether a time only says what the asker believes: ``stänger ni klockan fyra?``"""
    if clock.part in ("morning", "forenoon") and clock.relation == "between":
        return wants == "opens"
    return wants == "closes" and clock.relation == "at" and clock.part is None


def _wants(text: str) -> Wants:
    if _CLOSES.search(text):
        return "closes"
    if _OPENS.search(text):
        return "opens"
    return "compare" if _COMPARE.search(text) else "hours"


def _general(text: str, now: dt.datetime, hits: list[DayHit]) -> DateQuestion | None:
    """Questions on seasons, and on red days in general, which outrank the days named beside."""
    dated = any(h.days for h in hits)
    if not dated and (season := _season(text, now.date())):
        return season
    if dated or (_NEXT.search(text) and "idag" in text):
        return None
    special = next((name for name, pattern in _SPECIALS if pattern.search(text)), None)
    return DateQuestion("special", special=special) if special else None


def _season(text: str, today: dt.date) -> DateQuestion | None:
    back = _BACK.search(text) is not None
    if match := _MONTH_NAME.search(text):
        month = MONTHS[(match[1] or match[2])[:3]]
        return DateQuestion("season", coming_months(month, month, today), phrase=f"month:{month}")
    if match := _SEASON.search(text):
        word = match[2]
        key = "vinter" if word.startswith(("vint", "wint")) else "sommar"
        key = "host" if word.startswith(("host", "aut")) else key
        phrase = "back" if back or match[1] in ("efter", "after") else key
        return DateQuestion("season", coming_months(*_SEASONS[key], today), phrase=phrase)
    return DateQuestion("season", phrase="back") if back and _TIMES.search(text) else None


def _of_days(hits: list[DayHit], clock: Clock | None, wants: Wants) -> DateQuestion | None:
    """A question on dates, or, when none is named, on weekdays in general."""
    days = tuple(dict.fromkeys(d for h in hits for d in h.days))
    if days:
        period = next((h for h in hits if len(h.days) > 1 and h.phrase), None)
        kind: Kind = "day" if len(days) == 1 and period is None else "days"
        phrase = (period.phrase, period.phrase_en) if period and len(hits) == 1 else (None, None)
        return DateQuestion(kind, days[:_MOST_DAYS], (), clock, wants, None, *phrase)
    weekdays = tuple(dict.fromkeys(w for h in hits for w in h.weekdays))
    if weekdays:
        return DateQuestion("weekly", (), weekdays, clock, wants)
    return None


def _without_day(text: str, clock: Clock | None, wants: Wants) -> DateQuestion | None:
    if clock is not None:
        return DateQuestion("clock", clock=clock, wants=wants)
    if wants == "closes":
        return DateQuestion("now", wants=wants)
    if wants == "opens" or _NEXT.search(text):
        return DateQuestion("next")
    if _NOW.search(text) or (_IS_OPEN.search(text) and not _ASKS_WHEN.search(text)):
        return DateQuestion("now")
    return None
