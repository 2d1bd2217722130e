"""How people write a time of day, as patterns over prepared text.

What each group of a pattern holds is read by `bot.understanding.dates_clock`.
"""

from __future__ import annotations

import re
from typing import Final, Literal

from bot.understanding.dates_text import NUMBER_WORDS

Relation = Literal["at", "after", "before", "between", "until"]
Part = Literal["morning", "forenoon", "lunch", "afternoon", "evening", "night"]


_WORDS: Final = "|".join(NUMBER_WORDS)
_HOUR: Final = rf"(?:{_WORDS}|[01]?\d|2[0-4])"
_TIME: Final = rf"(?:(?:[01]?\d|2[0-3])[.:][0-5]\d|halv {_HOUR}|{_HOUR})"
PAST: Final = r"(?:efter|fran(?: och med)?|sen(?:are)? an|forbi|after|from|past|framat)"
TILL: Final = r"(?:till?|fram till|until|till och med)"
PRE: Final = r"(?:innan|fore|tidigare an|before)"
RELATIONS: Final[tuple[tuple[Relation, str], ...]] = (
    ("after", PAST),
    ("before", PRE),
    ("until", TILL),
)
_AT: Final = (
    r"(?:vid(?: en)?|runt|omkring|kring|ungefar|ca|cirka|typ|at|about|around|redan|prick|exakt|"
    r"senast|by|strax (?:efter|fore|innan)|klockan)"
)
# What may follow a bare hour ("efter tre på fredag") but no counted noun ("efter tre avslag").
_FOLLOWS: Final = (
    r"(?=\s*(?:$|[?!,;:)]|\.(?:\s|$)|-\s|_|(?:pa|i|idag|imorgon|overmorgon|mandag\w*|tisdag\w*|onsdag\w*|"
    r"torsdag\w*|fredag\w*|lordag\w*|sondag\w*|eller|och|da|nar|om|for|sa|nu|prick|tiden|ungefar|"
    r"kan|gar|racker|passar|hinner|funkar|ar|har|svarar|oppnar|stanger|ni|man|jag|tack|men|fm|em|"
    r"on|in|is|can|are|do|today|then|formiddag\w*|eftermiddag\w*|kvall\w*|morgon\w*)\b))"
)

RELATIVE: Final = re.compile(
    r"\bom (?:(en halvtimme|en halv timme|en kvart)"
    r"|(en|ett|tva|tre|fyra|fem|\d+) (tim\w*|minut\w*|min\b))"
    r"|\bin (?:an|one|(\d+)) (hours?|minutes?)"
)
RANGE: Final = re.compile(
    rf"\b(?:mellan|fran|klockan|between|from) (?:klockan )?({_TIME}) ?(?:-|och|till?|and|to) ?"
    rf"(?:klockan )?({_TIME}){_FOLLOWS}"
)
DIGIT_RANGE: Final = re.compile(
    r"\b((?:[01]?\d|2[0-3])[.:][0-5]\d) ?(?:-|till|och) ?((?:[01]?\d|2[0-3])[.:][0-5]\d)\b"
)
RANGE_THEN_DAY: Final = re.compile(
    rf"(?<![\d/.-])\b({_HOUR}) ?- ?({_HOUR})(?= (?:pa )?(?:idag|imorgon|\w+dag)\b)"
)
DAY_THEN_RANGE: Final = re.compile(
    rf"(?:\w+dag(?:ar|en)?|imorgon) ({_HOUR}) ?- ?({_HOUR})\b(?![/\d-])"
)
OFFSET: Final = re.compile(
    rf"\b(?:(kvart|quarter)|(fem|tio|tjugo|5|10|20|five|ten|twenty)(?: (?:minuter|min))?) "
    rf"(over|i|fore|to|past) (halv )?({_HOUR})\b(?![.:]\d)"
)
HALF: Final = re.compile(rf"\bhalv ({_HOUR})\b|\bhalf past ({_HOUR})\b")
DIGITS: Final = re.compile(
    r"(?<![\d/.,-])([01]?\d|2[0-3])[.:]([0-5]\d)(?![\d/]|[.,]\d| ?(?:kr|kronor|%|procent))"
    r"|\bklockan ([01]\d|2[0-3]) ?([0-5]\d)\b"
)
AM_PM: Final = re.compile(rf"\b({_HOUR}) ?(am|pm|a\.m|p\.m)\b")
NEAR: Final = re.compile(rf"\b({_HOUR}) ?-?(?:tiden|snaret|taget)\b|\b(noon)\b")
AFTER_DAY: Final = re.compile(
    rf"\b(?:idag|imorgon|overmorgon|(?:man|tis|ons|tors|fre|lor|son)dag(?:ar|en)?) "
    rf"({_HOUR}){_FOLLOWS}"
)
HOURS: Final = re.compile(rf"\bklockan ({_HOUR})\b(?![.:/]\d| ?-?ar\b(?! (?:det|ni|telef|vax)))")
PREPOSED: Final = re.compile(rf"\b(?:{_AT}|{PAST}|{PRE}|{TILL}) (?:klockan )?({_HOUR}){_FOLLOWS}")
ALONE: Final = re.compile(rf"(?:och |eller |men )?({_HOUR})(?: da)?\W*")
OCLOCK: Final = re.compile(rf"\b({_HOUR}) o'?clock\b")

LUNCH: Final = re.compile(
    r"\b(?:(efter|after)|(fore|innan|before)|vid|runt|pa|over|under|kring|omkring|for|till|om|"
    r"mitt i|at|during|tar ni|har ni) lunch(?:en|tid\w*|rast\w*)?\b"
    r"|\blunch(?:tid|tiden|rasten?|dags|stang\w*|oppet|oppen)\b|\bmitt pa dan\b|\bmitt pa dagen\b"
)
PART_WORDS: Final[tuple[tuple[Part, re.Pattern[str]], ...]] = (
    ("forenoon", re.compile(r"\bformiddag(?:en|ar|arna)?\b|\bfm\b")),
    ("afternoon", re.compile(r"\beftermiddag(?:en|ar|arna)?\b|\bem\b|\bafternoons?\b")),
    ("evening", re.compile(r"\bkvall(?:en|ar|arna|stid|stider|soppet)?\b|\bevenings?\b")),
    ("night", re.compile(
        r"\bnatt(?:en|etid)?\b|\bnatterna\b|\bat night\b"
        r"|\b(?:oppet|oppna|oppen|ringa|na|nar|svarar\w*|bemanna\w*)\b.{0,60}\bdygnet runt\b"
    )),
    ("morning", re.compile(
        r"\bmorgonen\b|\bmorgnar(?:na)?\b|\bpa morron(?:en)?\b|\btidig morgon\b|\bmornings?\b"
    )),
)  # fmt: skip
