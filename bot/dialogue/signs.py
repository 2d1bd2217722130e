"""Words that say by themselves what is asked: a price, opening hours, an address to visit.

The classifier weighs a whole sentence, and a sentence about a service's contents can drown the
one word that tells its question. These few words hardly ever mean anything else.
"""

from __future__ import annotations

import re

from bot.understanding.text import fold

_ADDRESS = re.compile(r"\badress\w*")
_BY_POST = re.compile(r"post|mejl|mail|brev|skicka")
_COMING = re.compile(
    r"\b(?:dit|halsa pa|besok\w*|komma|kommer|ga in|titta in|ligger|aka|aker|hittar)\b"
)
_SIGNS = (
    ("telefonnummer", re.compile(r"\b(?:tele?fon)?num(?:mer|ret|mret)\b|\btfn\b|\btelnr\b")),
    ("oppettider", re.compile(r"\b(?:telefontid\w*|oppettid\w*)\b")),
    ("besokstider", re.compile(r"\bbesokstid\w*\b")),
)
_PRICE = re.compile(
    r"\b(?:\w*pris(?:et|er|erna|lapp\w*)?|\w*taxa[n]?|\w*avgift(?:en|er|erna)?|kronor|kostnad(?:en)?)\b"
)
_MONEY = re.compile(r"kost|avgift|taxa|betal|kronor|gratis|ersatt|budget")


def intents_by_sign(text: str) -> list[str]:
    """The intents about no service that the words alone name."""
    folded = fold(text)
    found = [intent for intent, sign in _SIGNS if sign.search(folded)]
    if _ADDRESS.search(folded) and _COMING.search(folded) and not _BY_POST.search(folded):
        found.append("besoksadress")
    return found


_OPEN = re.compile(r"\b(?:oppet|oppna|oppnar|oppettid\w*|stangt|stanger|stangd|telefontid\w*)\b")
_APPLIES = re.compile(r"\bgaller\b")


def speaks_of_opening(text: str) -> bool:
    """Whether being open or closed is spoken of."""
    return _OPEN.search(fold(text)) is not None


def asks_what_applies(text: str) -> bool:
    """``vad gäller på julafton``: of a day, the hours are what applies."""
    return _APPLIES.search(fold(text)) is not None


def asks_price(text: str) -> bool:
    """Whether a price, a fee or a tax is named: then what it costs is the question."""
    return _PRICE.search(fold(text)) is not None


_NAME = re.compile(r"[A-ZÅÄÖ][a-zåäö]+ [A-ZÅÄÖ][a-zåäö]+")
_WHEN = re.compile(
    r"(?:man|tis|ons|tors|fre|lor|son)dag|januari|februari|mars|april|\bmaj\b|juni|juli|augusti"
    r"|september|oktober|november|december|kvall|vardag|weekend|\d\d\.\d\d"
)
_AGE = re.compile(
    r"alder(?:n|s\w*)?\b|\bhar fyllt\b"
    r"|\bhur gam(?:mal|la) (?:maste|ska|far|kan|behover|bor)\b"
)
_DAY = re.compile(
    r"\bvilk(?:en|a) (?:vecko)?dag(?:ar)?\b|\bvilket datum\b|\bhur dags\b|\bvilka tider\b"
    r"|\bnar ar nasta\b"
)
_ROOM = re.compile(r"\bvilk(?:en|et) (?:lokal|rum|hotell|gata|hus|sal|stuga)\b")
_WAIT = re.compile(
    r"\bhur lang (?:ar )?(?:ko\w*|vantetid\w*|handlaggningstid\w*)\b|\bhur lang tid tar\b"
    r"|\bhur (?:lange|manga (?:veckor|manader|dagar)) (?:far|maste|tar|drojer)\b"
)
_DETAILS = (
    (_AGE, re.compile(r"alder|\d ar\b|\bar gammal")),
    (_DAY, _WHEN),
    (_ROOM, re.compile(r"lokal|hotell|gatan|vagen \d|stuga")),
    (_WAIT, re.compile(r"rimlig tid|veck(?:a|or)|manad(?:er)?\b|hur lang")),
)
_PERSON = re.compile(
    r"\bvem\w*(?: \w+)? (?:forelaser|spelar|sjunger|upptrader|haller i)\b"
    r"|\bvilk(?:a|en|et) (?:\w+ )?(?:musiker|artist\w*|forelasare|band|orkester)\b"
)
_SAYS_SO = re.compile(r"\b(?:star|anger|namner) (?:det )?(?:inte|inget|inga)\b")


def lacks_detail(asked: str, answer: str, all_told: str) -> bool:
    """Whether a day, an age, a room, a wait or a performer is asked for that no answer gives.

    The answer is still worth telling, after it was said that just this is not known. ``all_told``
    are all answers about the service: what one of them tells must not be denied.
    """
    question = fold(asked)
    performer, price = _PERSON.search(question), asks_price(asked)
    details = [seen for sign, seen in _DETAILS if sign.search(question)]
    # Few ask so: all that is told of a service is read for them alone.
    if not (performer or price or details) or _SAYS_SO.search(fold(answer)):
        return False
    told = fold(all_told)
    if performer and not _NAME.search(all_told):
        return True
    if price and not _MONEY.search(told):
        return True
    return any(not seen.search(told) for seen in details)
