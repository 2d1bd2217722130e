"""What the words of a heading or a sentence say about the question that it answers.

A heading that asks decides for what stands under it; a sentence that says outright what it is
about (that somebody decides, that it costs nothing) decides for itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_Table = Sequence[tuple[re.Pattern[str], tuple[str, ...]]]


def _table(*rows: tuple[str, str]) -> _Table:
    return [(re.compile(words, re.IGNORECASE), tuple(aspects.split())) for words, aspects in rows]


_HEADINGS: Final = _table(
    (r"överklag|inte (?:är )?nöjd|avslag", "overklaga"),
    (r"^(?:när|efter) .*beslut", "start process rekrytering"),
    (r"kostar|kostnad(?!sfri)|avgift|(?<!\w)pris", "kostnad"),
    (r"ersättning|arvode", "ersattning"),
    (r"handläggningstid|hur lång tid", "tid"),
    (r"hur (?:mycket|många|ofta|länge)(?!\w)|omfattning", "omfattning"),
    (r"(?:vill du|så) bli(?:r du)?(?!\w)|^bli(?!\w)", "bli"),
    (r"^(?:vem|vilka) (?:kan|får|har)(?!\w)|för vem(?!\w)|vem .*till för|rätt till", "vem"),
    (r"ansöker|ansöka|^ansökan|(?:hur|här) (?:söker|anmäler|får) (?:du|jag|man)", "ansok"),
    (r"^krav|vilka krav|vad krävs", "krav"),
    (r"ingår i uppdraget|arbetsuppgift|vad gör (?:en|man|du)(?!\w)", "uppgift"),
    (r"^vad (?:är|innebär|betyder)(?!\w)", "vad"),
    (r"^(?:utredning|beslut)(?: och (?:utredning|beslut))?$|vem (?:beslutar|bestämmer)", "beslut"),
)
_HELPERS: Final = r"(?:ledsagare|avlösare|kontaktperson)(?:n|en)?"
_SENTENCES: Final = _table(
    (r"överklag", "overklaga"),
    (r"^[\wåäö]+(?: i hemmet)?(?: enligt \w+)? innebär(?!\w)", "vad"),
    (r"kostnadsfri(?!a? avlösning)|(?<!\w)kostar|avgift(?!shandl)|maxtaxa|du betalar", "kostnad"),
    (r"tystnadsplikt", "tystnadsplikt"),
    (r"registerutdrag|belastningsregist|polisens .*register", "registerutdrag"),
    (r"läkarintyg|(?<!\w)intyg(?!\w)", "underlag"),
    (r"ing(?:en|år inte).*omvårdnad|omvårdnad ingår", "omvardnad"),
    (r"antal(?:et)? timmar|(?:upp till|högst) \d+ timmar|\d+ timmar .*månad", "omfattning"),
    (r"hur (?:ofta|länge|mycket) .*ber(?:or|oende)", "omfattning"),
    (r"(?:ingår|ges) i när|i närmiljö|i närområdet\.", "var"),
    (r"(?:t\.? ?ex\.?|till ?exempel)\s?:?.*", "exempel"),
    (r"syftar till|syftet (?:är|med)|möjlighet till egen återhämtning", "syfte"),
    (r"intresseanmälan (?:görs|lämnas|skickas)", "bli"),
    (r"har du frågor|välkommen att (?:kontakta|ringa|höra)", "fragor ansok"),
    (r"kontakta .*för mer information", "fragor"),
    (r"(?:^|behöver |kan )boka(?!\w)|ansöker om|söka direkt|för att (?:an)?söka", "ansok"),
    (r"ansök\w* (?:\w+ )?(?:görs|lämnas|skickas)", "ansok"),
    (r"(?:fattar|få ett) beslut|(?<!\w)beslutar(?!\w)|gör en (?:utredning|bedömning)", "beslut"),
    (r"(?:undersöker|bedömer|prövar|utreder) (?:om|din|ditt|behov)", "beslut"),
    (r"(?:kan ske|ges|finns) (?:alla|på) \w*dagar", "tid nar"),
    (r"kan (?:\w+ )?(?:vara|ske|ges) (?:i|hos|på|via)(?!\w)", "var vad"),
    (rf"{_HELPERS} (?:följer|stöttar|hjälper|bistår)|kommer hem till dig", "uppgift vad"),
    (r"^som \w+ (?:träffar|stöttar|hjälper|tar|är) du", "uppgift vad"),
    (r"söker (?:alltid|kontinuerligt|ständigt|fler|nya)", "behov"),
    (r"(?<!\w)erbjud(?:s|er)(?!\w)|^det finns (?:olika|flera)|är en personlig", "vad uppgift"),
    (r"^du som .*(?:ansöka|få)(?!\w)|finns till för|kan nyttjas av", "vem"),
    (r"beviljas personer|riktar sig till", "vem"),
)
VOLUNTEERS: Final = "uppdrag"
_TO_VOLUNTEERS: Final = re.compile(
    r"(?i)som (?:kontaktperson|kontaktfamilj|stödfamilj|familjehem)(?:,| \w+ du| får| har)"
    r"|bli (?:\w+ ){0,2}(?:kontaktperson|kontaktfamilj|stödfamilj|familjehem)|intresseanmäl"
    r"|uppdrag(?:et|en)(?!\w)|söker .*(?:nya|fler|människor|familjer|familjehem)"
)
_TO_THOSE_WHO_NEED: Final = re.compile(
    r"(?i)du (?:som )?(?:kan|har rätt att) (?:få|ansöka)|kan du få|ansök(?:er|a) (?:du )?om"
    r"|du får (?:en )?kontakt|för (?:dig|dem) som behöver"
)
ITSELF: Final = re.compile(r"(?i)(?<!\w)(?:jag|mig|min|mitt|mina)(?!\w)")
"""What somebody says of themselves: nothing that an assistant can say."""


def asked_by(heading: str) -> tuple[str, ...]:
    """The aspects that a heading asks for; none when it only names something."""
    return _first(_HEADINGS, heading)


def said_by(text: str) -> tuple[str, ...]:
    """The aspects that a sentence says outright that it is about."""
    return _first(_SENTENCES, text)


def is_to_volunteers(text: str) -> bool:
    """Whether a text speaks to those who want to help others."""
    return bool(_TO_VOLUNTEERS.search(text)) and not is_to_those_who_need(text)


def is_to_those_who_need(text: str) -> bool:
    """Whether a text speaks to those who need support."""
    return bool(_TO_THOSE_WHO_NEED.search(text))


def _first(table: _Table, text: str) -> tuple[str, ...]:
    return next((aspects for words, aspects in table if words.search(text)), ())
