"""A message made ready for finding days and times in it: one spelling, no other numbers.

Everything is folded (no å, ä, ö). Phone numbers, addresses, ages, amounts and what lies in
the past are blanked out, since none of them asks about a day or a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.understanding.text import clean, fold

BLANK: Final = " _ "
"""Stands where something was blanked out, so that its neighbours do not become neighbours."""

NUMBER_WORDS: Final = {
    "ett": 1, "tva": 2, "tre": 3, "fyra": 4, "fem": 5, "sex": 6, "sju": 7, "atta": 8, "nio": 9,
    "tio": 10, "tie": 10, "nie": 9, "elva": 11, "tolv": 12,
    "tretton": 13, "fjorton": 14, "femton": 15, "sexton": 16,
    "sjutton": 17, "arton": 18, "nitton": 19, "tjugo": 20,
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip

_NUMBER: Final = rf"(?:\d+(?:[.,]\d+)?|{'|'.join(NUMBER_WORDS)}|en|nagra|flera)"
_UNIT: Final = (
    r"(?:ars?(?:aldern?|dag)\b|aring\w*|arig\w*|manad\w*|man/|veck(?:a|an|or)\b|dagar|dygn|"
    r"tim(?:m\w*|/\w*)?\b|minut\w*|min\b|gang\w*|ggr|kronor|kr\b|sek\b|spann|procent|%|barn|person\w*|st\b|stycken|"
    r"meter|km|mil\b|kilo|kg|liter|rum\b|paragraf\w*|§|kap\w*|years?|hours?|months?|weeks?|days|"
    r"minutes?|times|kids|children|people)"
)

_STREET: Final = "gatan|vagen|grand|torget|stigen|liden|backen|platsen|allen|gata|vag"

# With å an age is plain; without it "klockan tre ar det" may be "är".
_AGE: Final = re.compile(rf"\b{_NUMBER}(?: ?(?:-|till|och|eller) ?{_NUMBER})? ?-?års?\w*")

_NUMERIC_NOISE: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?:\+46|\b0)\d{1,3}\s?-\s?\d{2,3}(?:[ -]?\d{2,3}){1,3}\b",
        r"\b0\d{1,3}(?: \d{2,3}){2,3}\b|\b0\d{1,3} \d{5,6}\b|\b0\d{7,10}\b",
        r"\b(?:19|20)?\d{6}[-+]?\d{4}\b",
        r"\b\d{3} \d{2} (?=[a-z])",
        rf"\b\w{{2,}}(?:{_STREET}) \d{{1,3}}(?: ?- ?\d{{1,3}})?(?: ?[a-h]\b)?",
        r"\b(?:box|rum|lagenhet|lgh|linje|buss|uppgang|plan|vaning) \d+\b",
        r"\b\d+ ?§(?: ?\d+)?|§ ?\d+|\b\d+ kap\w*",
        r"\b24 ?/ ?7\b",
        r"\b(?<!klockan )(?<!kl )(?<!kl\. )(?<!vid )(?<!efter )(?<!runt )\d+ ars?\b",
        r"\bfod+ (?:den |ar )?[\d/. -]*\d(?: \w+ (?:19|20)\d\d)?|\bborn [\w /-]*\d",
    )
)
_NOISE: Final = tuple(
    re.compile(pattern)
    for pattern in (
        # An age, a span, an amount. "om en timme" and "om tre dagar" are times and stay.
        rf"(?<!om )\b{_NUMBER}(?: ?(?:-|till|och|eller|to) ?{_NUMBER})? ?-?{_UNIT}",
        r"\b(?:sedan|sen|for) (?:en|ett|tva|tre|\d+) \w+ sen\b",
        # The past.
        r"\b(?:i ?gar|i ?forrgar|yesterday|i ?morse)\b(?: (?:vid|klockan|kl|runt|efter) \w+)?",
        r"\bi ?(?:man|tis|ons|tors|fre|lor|son)dags\b",
        r"\bi ?(?:somras|vintras|hostas|varas|julas|paskas|formiddags|eftermiddags|natt)\b",
        r"\b(?:forra|senaste|last) \w+",
    )
)

# Spellings and split words that mean one thing; the left side is a folded text.
_SPELLINGS: Final = tuple(
    (re.compile(pattern), word)
    for pattern, word in (
        (r"\bday after tomorrow\b|\bylihuomenna\b", "overmorgon"),
        (r"\b(?:i ?)?over ?m[oa]r(?:r|g|rg)?(?:on|n|ron)\b", "overmorgon"),
        (r"\bi ?m[oa](?:rgon|rron|ron|rn|rrn|rgn|rrgon|rogn|rra|rgo|rgonn|rgen)\b", "imorgon"),
        (r"\bmorgondagen\b|\btom+or+ow\b|\btmrw\b|\bhuomenna\b", "imorgon"),
        (r"\bimorgon ?(?:bitti|fm)\b|\bimorgon(?: pa)? morgon(?:en)?\b", "imorgon morgonen"),
        (r"\bi ?dag(?:en)?\b|\bi ?daj\b|\bidga\b|\btoday\b|\btanaan\b|\bheute\b", "idag"),
        (r"\bi ?kva?l+(?:en)?\b|\bikvell\b|\btonight\b|\bthis evening\b", "idag kvallen"),
        (r"\bi ?efter ?mid+a(?:g)?\b|\bi ?em\b|\bthis afternoon\b", "idag eftermiddagen"),
        (r"\bi ?for ?mid+a(?:g)?\b|\bi ?fm\b|\bthis morning\b", "idag formiddagen"),
        (r"\bi ?natt\b", "idag natten"),
        (
            r"(?:^|(?<=[?.,] ))(tis|ons|tors|fre|lor)\b(?= (?:kl|em|fm|den|o|och|eller|\d)|\W*$)",
            r"\1dag",
        ),
        (r"\b(pa|och|o|eller|till|nasta|varje) (tis|ons|tors|fre|lor)\b(?![ -]?dag)", r"\1 \2dag"),
        (r"dag ?- ?(tis|ons|tors|fre|lor|son)\b", r"dag-\1dag"),
        (r"\b(man|tis|ons|tors) ?- ?(?=tis|ons|tors|fre|lor|son)", r"\1dag-"),
        (r"-(tis|ons|tors|fre|lor|son)\b", r"-\1dag"),
        (r"\b(tis|ons|tors|fre|lor) (dag\w*|dan?)\b", r"\1\2"),
        (r"\bpa (man|son) (dag\w*)\b", r"pa \1\2"),
        (r"dags?(formiddag|eftermiddag|kvall|morgon|lunch)(?:ar|arna|er|erna)\b", r"dagar \1en"),
        (r"dags? ?(formiddag|eftermiddag|kvall|morgon|lunch)(?:en)?\b", r"dag \1en"),
        (r"\b(mid) (sommar\w*)", r"\1\2"),
        (r"\b(midsommars?|jul|nyars|pask|pingst|trettondags|trettondags) (afton\w*)", r"\1\2"),
        (r"\b(midsommar|jul|nyars|pask|pingst|national) (dag(?:en)?)\b", r"\1\2"),
        (r"\b(lang) (fredag\w*)|\b(skar) (torsdag\w*)", r"\1\2\3\4"),
        (r"\b(klam|mellan) (dag\w*)", r"\1\2"),
        (r"\b(var) (dagar\w*)", r"\1\2"),
        (r"\b(for|efter) (middag\w*)", r"\1\2"),
        (r"\bklock+[ae]?n?\b(?! i )|\bkl\.?(?=\s?\d)|\bkl\.?(?=\s)", "klockan "),
    )
)

_STEMS: Final = ("man", "tis", "ons", "tors", "fre", "lor", "son")
_ENGLISH: Final = ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun")
_FINNISH: Final = (
    "maanantai", "tiistai", "keskiviikko", "torstai", "perjantai", "lauantai", "sunnuntai",
)  # fmt: skip
_GERMAN: Final = (
    "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag",
)  # fmt: skip
_SPOKEN_DAYS: Final = (
    "jul", "nyars", "pask", "midsommar", "national", "trettonde", "trettonda", "pingst", "klam",
)  # fmt: skip


def _variants() -> Iterator[tuple[str, str]]:
    """Spoken, misspelled and foreign words for days, each with the word that it means."""
    for swedish, english, finnish, german in zip(_STEMS, _ENGLISH, _FINNISH, _GERMAN, strict=True):
        day = f"{swedish}dag"
        for word in (f"{swedish}da", f"{swedish}dan", f"{english}day", german, finnish):
            yield word, day
        yield f"{finnish}na", day
        for ending in ("dar", "dana", "dagana", "dager", "dagene", "dagarn"):
            yield f"{swedish}{ending}", f"{day}ar"
        yield f"{english}days", f"{day}ar"
    for day in _SPOKEN_DAYS:
        yield f"{day}dan", f"{day}dagen"
    yield from (("tirsdag", "tisdag"), ("tues", "tisdag"), ("thurs", "torsdag"))
    yield from (("tosdag", "torsdag"), ("tosda", "torsdag"), ("tossdag", "torsdag"))


_VARIANTS: Final = dict(_variants())

_VOCABULARY: Final = (
    "mandag", "tisdag", "onsdag", "torsdag", "fredag", "lordag", "sondag", "mandagar",
    "tisdagar", "onsdagar", "torsdagar", "fredagar", "lordagar", "sondagar", "mandagen",
    "tisdagen", "onsdagen", "torsdagen", "fredagen", "lordagen", "sondagen", "imorgon",
    "overmorgon", "formiddag", "formiddagen", "eftermiddag", "eftermiddagen", "klockan",
    "midsommar", "midsommarafton", "midsommardagen", "julafton", "juldagen", "annandag",
    "nyarsafton", "nyarsdagen", "trettondagen", "trettondagsafton", "langfredag",
    "langfredagen", "skartorsdag", "skartorsdagen", "paskafton", "paskdagen", "valborg",
    "valborgsmassoafton", "himmelsfardsdag", "pingstafton", "pingstdagen", "nationaldagen",
    "mellandagarna", "mellandagar", "klamdag", "klamdagar", "klamdagen", "sommaren", "januari",
    "februari", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip
_OTHER_WORDS: Final = frozenset(
    ("mandat", "sondas", "klocka", "klockor", "klockat", "fredas", "fredad")
)
"""Words that are no typos of the vocabulary, however near."""

_SHORTEST_TYPO: Final = 6
_LONG: Final = 10
_WORD: Final = re.compile(r"[a-z]{4,}")


def prepare(text: str) -> str:
    """The text folded, in one spelling, and without numbers that are no times or days."""
    raw = clean(text).lower()
    raw = _AGE.sub(BLANK, raw)
    raw = re.sub(r"\bmån\b(?! ?dag)", "måndag", re.sub(r"\bmån dag", "måndag", raw))
    raw = re.sub(r"\bsön\b(?! ?dag)", "söndag", re.sub(r"\bsön dag", "söndag", raw))
    raw = re.sub(r"\blör\b(?! ?dag)", "lördag", raw)
    folded = fold(raw).replace("ø", "o").replace("æ", "a").replace("’", "'")
    folded = re.sub(r"\bida(?=\s*[?.!,]|\s*$)", "idag", folded) if "Ida" not in text else folded
    if any(c.isdigit() for c in folded):
        for pattern in _NUMERIC_NOISE:
            folded = pattern.sub(BLANK, folded)
    for pattern in _NOISE:
        folded = pattern.sub(BLANK, folded)
    folded = _WORD.sub(lambda m: _spell(m[0]), folded)
    for pattern, word in _SPELLINGS:
        folded = pattern.sub(word, folded)
    return re.sub(r"\s+", " ", folded).strip()


@lru_cache(maxsize=4096)
def _spell(word: str) -> str:
    """A word of the vocabulary that the word is a small typo of, or the word itself."""
    if word in _VARIANTS:
        return _VARIANTS[word]
    if len(word) < _SHORTEST_TYPO or word in _VOCABULARY or word in _OTHER_WORDS:
        return word
    choices = [v for v in _VOCABULARY if v[0] == word[0]]
    allowed = 2 if len(word) >= _LONG else 1
    hit = process.extractOne(word, choices, scorer=OSA.distance, score_cutoff=allowed)
    return str(hit[0]) if hit else word
