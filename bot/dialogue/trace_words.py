"""The Swedish words in which a recording is told to staff who are no programmers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class FactorWords(NamedTuple):
    """What a stage of weighing is called, and why it lifted a reading or spoke against it."""

    name: str
    why: str
    against: str


FACTORS: Mapping[str, FactorWords] = {
    "spoken_of": FactorWords(
        "Ingen tjänst nämns",
        "Frågan gäller nog {service}, som nämns eller som samtalet redan handlar om.",
        "Frågan nämner en annan tjänst.",
    ),
    "unsaid": FactorWords(
        "Ingen tjänst är sagd",
        "Ingen tjänst är nämnd ännu, så frågan kan gälla flera.",
        "Frågan nämner inte {service}, och {municipality} svarar inte på det här.",
    ),
    "part": FactorWords(
        "Del av en tjänst",
        "{municipality} svarar på det här under {service}.",
        "{municipality} svarar på det här under en annan tjänst.",
    ),
    "within": FactorWords(
        "Samtalets ämne",
        "Samtalet handlar om {service}, och bland det som sägs om den passar det här.",
        "Bland det som samtalet handlar om passar något annat bättre.",
    ),
    "spelled_out": FactorWords(
        "Sagt med egna ord",
        "Frågan säger med egna ord att det är det här som undras.",
        "Frågan säger med egna ord något annat.",
    ),
    "named": FactorWords(
        "Nämnd tjänst",
        "Frågan nämner {service}.",
        "Frågan nämner en annan tjänst.",
    ),
    "context": FactorWords(
        "Samtalet hittills",
        "Samtalet har redan handlat om {service}.",
        "Samtalet har handlat om något annat.",
    ),
    "told": FactorWords(
        "Kommunens sidor",
        "{municipality} har ett svar på det här.",
        "{municipality} skriver inget om {service}.",
    ),
    "free": FactorWords(
        "Fristående fråga",
        "Frågan står för sig själv.",
        "Frågan bygger på det som sades innan, så det här är mindre troligt.",
    ),
    "mass": FactorWords(
        "Gräns för namnet",
        "Att tjänsten nämns räknas inte mer än så.",
        "Att en tjänst nämns räknas bara till en viss gräns.",
    ),
    "price": FactorWords(
        "Ord om pris",
        "Frågan har ett ord om pris eller avgift.",
        "Frågan har ett ord om pris, så den gäller nog kostnaden.",
    ),
}
"""By stage, in the order of bot.dialogue.topics."""

CONTRASTS: Mapping[str, str] = {
    "words": "Orden passar sämre här: {here} mot {there} för ”{chosen}”.",
    "spoken_of": "Frågan pekar på det som nämns eller som samtalet handlar om: ”{chosen}”.",
    "unsaid": "Frågan nämner ingen tjänst, och då gissar assistenten inte på {service}.",
    "part": "{municipality} har sitt svar under en annan del: ”{chosen}”.",
    "within": "Samtalets ämne talar för ”{chosen}”.",
    "spelled_out": "Frågan säger med egna ord att den gäller ”{chosen}”.",
    "named": "Frågan nämner en annan tjänst, och det talar för ”{chosen}”.",
    "context": "Samtalet hittills talar för ”{chosen}”.",
    "told": "{municipality} har inget svar om det här, men väl på ”{chosen}”.",
    "free": "Frågan bygger på det som sades innan, och det talar för ”{chosen}”.",
    "mass": "Att tjänsten nämns räcker inte: orden talar för ”{chosen}”.",
    "price": "Frågan har ett ord om pris, och det talar för ”{chosen}”.",
}
"""What set a reading apart from the one that was taken, by the stage that did most."""

REASONS: Mapping[str, str] = {
    "beside": "Den togs med i svaret, efter den troligaste.",
    "nobody": "Ingen läsning användes: något annat avgjorde svaret, se vägen.",
    "unread": "Läsningen behövdes inte: något annat avgjorde svaret, se vägen.",
    "overruled": "Den var lika trolig eller troligare, men något annat avgjorde, se vägen.",
}

LANGUAGES: Mapping[str, str] = {
    "page": "Meddelandet är för kort för att avgöra. Det språk som är valt gäller.",
    "talk": "Meddelandet är för kort för att avgöra. Samtalets språk gäller.",
    "words": "Orden i meddelandet visar det.",
}
"""What told the language."""

PATH: Mapping[str, tuple[str, str]] = {
    "crisis": ("Fara", "Meddelandet tyder på fara. Kriskortet visas och inget annat."),
    "masked": ("Personuppgift", "Frågan gäller något som inte sparades."),
    "place": ("Kommun", "{place}"),
    "switched_off": ("Avstängd", "Assistenten är avstängd för kommunen."),
    "about_data": ("Personuppgifter", "Frågan gäller vad uppgifterna i formuläret används till."),
    "booking": ("Uppringning", "Frågan gäller en uppringning som är bokad här."),
    "chosen_way": ("Vill nå en människa", "Personen vill chatta eller bli uppringd."),
    "after_card": ("Efter kriskortet", "Frågan gäller vem som hjälper, strax efter ett kriskort."),
    "exact": ("Visad fråga", "Meddelandet är ordagrant en fråga som assistenten själv visar."),
    "pending": ("Svar på vår fråga", "Meddelandet svarar på det som assistenten nyss frågade."),
    "same_question": ("Samma fråga igen", "Samma fråga tredje gången: en människa erbjuds."),
    "second_miss": ("Andra missen", "Andra gången i rad utan svar: en människa erbjuds."),
    "same_answer": ("Samma svar igen", "Samma svar tredje gången: en människa erbjuds också."),
    "place_only": ("Bara en plats", "Meddelandet nämner bara en plats."),
    "implied": ("Tecken i orden", "Orden visar vad som gäller: {aspect}"),
    "follow_up": ("Följdfråga", "Frågan lever på det som sades innan."),
    "which_meaning": ("Flertydigt ord", "Ordet betyder flera saker här. Assistenten frågar."),
    "only_meaning": ("Flertydigt ord", "Bara en av ordets betydelser finns i kommunen."),
    "unsure": ("Osäker", "{unsure}"),
    "settled": ("Tjänsten är klar", "Ingen läsning är säker, men tjänsten är det."),
    "own_service": ("Kommunens egen tjänst", "Det som kommunen har går före det den saknar."),
    "act": ("Läsning", "Frågan läses som ”{reading}”."),
    "topic": ("Ämne", "Svaret söks under ”{topic}”."),
    "alternative": ("Nästa läsning", "Svaret på ”{topic}” tas med också."),
    "failed": ("Fel", "Ett fel inträffade. Assistenten bad om ursäkt och gav en kontakt."),
}
"""The places of bot.dialogue that a message may pass: a heading, and what was decided there."""

KINDS: Mapping[str, str] = {
    "answer": "Ett svar från kommunens sidor.",
    "clarify": "Assistenten frågar vad som menas.",
    "passage": "Inget säkert svar: stycket på sidorna som ligger närmast visas.",
    "not_defined": "Kommunens sidor svarar inte på det. Kontakten visas.",
    "out_of_scope": "Frågan är om något annat. Assistenten säger vad den kan.",
    "crisis": "Kriskortet.",
    "handoff": "Vägar till en människa.",
    "notice": "Ett besked.",
    "smalltalk": "Ett kort, vänligt svar.",
}
"""What the reply came to be."""

PLACES: Mapping[str, str] = {
    "said": "{name} nämns i meddelandet.",
    "elsewhere": "{name} nämns, och den kommunen finns inte här.",
    "talk": "{name}, som samtalet redan gäller.",
    "page": "{name}, som sidan gäller.",
    "none": "Ingen kommun är känd.",
}

ANOTHER = "”{text}” läses som ”{title}” ({weight})."
"""A second question of one message."""

UNSURE: Mapping[bool, str] = {
    True: "Ingen läsning är säker nog för att svara.",
    False: "Orden talar knappt om tjänsten som blev troligast.",
}

ACTIONS: Mapping[str, str] = {
    "action_reply": "Regeln för ”{intent}”: assistenten svarar ur innehållet.",
    "validate_callback_form": "Formuläret för uppringning tar emot svaret.",
    "action_submit_callback": "Formuläret för uppringning är slut.",
}
"""What a rule leads to, by the action it runs."""

ASKS = "Formuläret för uppringning frågar efter nästa uppgift."

STEPS: Mapping[str, str] = {
    "memory": "Samtalets minne",
    "language": "Språk",
    "names": "Namn och platser",
    "topics": "Vad frågan gäller",
    "tokens": "Ord för ord",
    "policy": "Val av regel",
    "action": "Svaret",
    "aloud": "Uppläsning",
    "rest": "Övrigt",
}
"""Parts of the work that are timed, in the order in which they are done."""

BANDS: Mapping[str, str] = {
    "sure": "säker",
    "unsure": "osäker",
    "none": "för osäker för att gissa",
}
"""How sure the likeliest reading is."""
