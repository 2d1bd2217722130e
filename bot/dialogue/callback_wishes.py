"""What is written in the middle of a form and is no answer: a question, another wish."""

from __future__ import annotations

import re

from bot.dialogue.person_wishes import wants_person, wished_way
from bot.understanding.text import fold, folded_words

_CANCEL = re.compile(
    r"\b(?:avbryt\w*|angrar\s+mig|angrat\s+mig|strunta\s+i\s+det|glom\s+det|strunt\s+samma"
    r"|(?:vill|behover)\s+(?:inte|ej|inget)\s+(?:bli\s+(?:uppringd|kontaktad)|boka|fortsatta)"
    r"|cancel|never\s?mind|forget\s+it|changed\s+my\s+mind|stop\s+this|keskeyta|peruuta)\b"
    r"|^(?:stopp?|sluta|quit|exit)[.!]?$|الغاء|إلغاء|скасувати|отменить"
)
_CHANGE = re.compile(
    r"\b(?:andra|byt|byta|ratta|korrigera|fel|annat|annan|change|correct|wrong|another|different)\b"
)
_FIELDS = (
    ("phone", re.compile(r"\b(?:telefon\w*|mobil\w*|nummer|numret|phone|number)\b")),
    ("name", re.compile(r"\b(?:namn\w*|name)\b")),
    ("time", re.compile(r"\b(?:tid|tiden|tidpunkt\w*|dag|dagen|time|day)\b")),
    ("about", re.compile(r"\b(?:arende\w*|gallde|galler|fraga|fragan|amne\w*|about|subject)\b")),
)
_CHANGE_WORDS = 8
"""A wish in the middle of a form is short; a longer text tells what a call is about."""

_ELSEWHERE = re.compile(r"\bchatta\b|\b(?:hellre|istallet|i\s+stallet|rather|instead)\b")
_ASKING = frozenset(
    "vad vem vilka vilken vilket hur nar var vart varfor kan far maste ska finns galler kostar har"
    " ar what who which how when where why can may must shall is are does do will".split()
)
_SUBJECTS = frozenset("du ni det den man han hon de dom jag".split())
_SUBORDINATE = frozenset("vad vem vilka vilken vilket hur nar var vart varfor".split())
_VERBS = re.compile(
    r"^\w+\s+(?:\w+\s+)?(?:ar|ska|skulle|kan|gor|far|maste|behover|kostar|galler|heter|hander"
    r"|finns|har|blir|tar|ser|sparas?|raderas|ringer)\b"
)

_YES = frozenset(
    "ja japp jadå jada jajamen jo okej ok okay visst absolut garna stammer korrekt ratt bekrafta"
    " bekraftar godkanner samtycker skicka boka yes yep yeah sure correct confirm agree kylla joo"
    " haa نعم так да".split()
)
_NO = frozenset("nej nja nix nope no inte not ei maya لا ні нет".split())
_FEW_WORDS = 6


def cancels(text: str) -> bool:
    """``avbryt``, ``jag ångrar mig``, ``cancel``."""
    return bool(_CANCEL.search(fold(text)))


def changes(text: str) -> str | None:
    """The field that somebody wants to give anew: ``ändra numret``, ``fel namn``."""
    folded = fold(text)
    if len(folded.split()) > _CHANGE_WORDS or not _CHANGE.search(folded):
        return None
    return next((field for field, pattern in _FIELDS if pattern.search(folded)), None)


def wishes(text: str) -> bool:
    """Whether something else than the field is wanted."""
    if cancels(text) or changes(text) is not None or wished_way(text) is not None:
        return True
    few = len(folded_words(text)) <= _CHANGE_WORDS
    return few and (wants_person(text) or bool(_ELSEWHERE.search(fold(text))))


def is_question(text: str) -> bool:
    """Whether a text asks: a question mark, or the order of words of a question.

    ``hur mycket mamma ska betala`` tells what a call is about, ``hur mycket är det`` asks.
    """
    if text.rstrip().endswith(("?", "؟")):
        return True
    said = folded_words(text)
    if not said or said[0] not in _ASKING:
        return False
    if said[0] in _SUBORDINATE:
        return bool(_VERBS.match(" ".join(said)))
    return len(said) > 2 and (said[0] != "ar" or said[1] in _SUBJECTS)


def asks(text: str) -> bool:
    """Whether a text asks, where no answer begins like a question: a name, a number, a time."""
    said = folded_words(text)
    return is_question(text) or (len(said) > 1 and said[0] in _ASKING and not text[0].isupper())


def says_yes(text: str) -> bool:
    """Whether a few words agree."""
    said = folded_words(text)
    return bool(said) and len(said) <= _FEW_WORDS and bool(_YES & set(said)) and not says_no(text)


def says_no(text: str) -> bool:
    """Whether a few words decline."""
    said = folded_words(text)
    return bool(said) and len(said) <= _FEW_WORDS and bool(_NO & set(said))
