"""Readable Swedish titles for what the classifier and the rules know by a label.

For staff, who never meet ``ledsagning.kostnad``. A topic's title is its question in content.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.dialogue.factors import NO_SERVICE
from bot.knowledge.records import Knowledge, Municipality

INTENTS: Mapping[str, str] = {
    "affirm": "Säger ja",
    "age_of_information": "Hur gammal är uppgiften?",
    "appeal": "Vill överklaga ett beslut",
    "apply_for_me": "Ber assistenten att ansöka",
    "besoksadress": "Vilken adress besöker man?",
    "besokstider": "När kan man komma på besök?",
    "bot_challenge": "Är du en människa?",
    "certainty": "Är det säkert?",
    "complaint": "Vill klaga",
    "compliment": "Ger beröm",
    "crisis_child": "Fara: ett barn far illa",
    "crisis_medical": "Fara: akut sjukdom eller skada",
    "crisis_other": "Fara för någon annan",
    "crisis_suicide": "Fara: tankar på att inte vilja leva",
    "crisis_violence": "Fara: våld eller hot",
    "deny": "Säger nej",
    "easy_language": "Vill ha enklare ord",
    "entitlement": "Har jag rätt till det?",
    "epost": "Vilken e-postadress?",
    "followup": "Frågar vidare om det som nyss sades",
    "goodbye": "Tar adjö",
    "greet": "Hälsar",
    "help": "Vad kan jag fråga om?",
    "human_handoff": "Vill prata med en människa",
    "injection": "Försöker lura assistenten",
    "insult": "Är arg eller oförskämd",
    "kontakt": "Hur når jag er?",
    "more": "Vill höra mer",
    "named_person": "Söker en viss person",
    "ongoing_case": "Frågar om sitt eget ärende",
    "oppettider": "När kan man ringa?",
    "other_care": "Frågar om annan vård och omsorg",
    "out_of_scope": "Något helt annat",
    "postadress": "Vilken postadress?",
    "privacy_question": "Vad händer med det jag skriver?",
    "repeat": "Vill höra det igen",
    "report_concern": "Vill göra en orosanmälan",
    "shorter": "Vill ha det kortare",
    "slower": "Vill ha det långsammare",
    "sommartider": "Vilka tider gäller i sommar?",
    "source": "Var står det?",
    "start_over": "Vill börja om",
    "strained": "Orkar inte längre",
    "telefonnummer": "Vilket telefonnummer?",
    "thanks": "Tackar",
    "what_is_new_law": "Vad är den nya socialtjänstlagen?",
    "wrong_answer": "Säger att svaret är fel",
}
"""What is asked for by an intent that is about no service."""

ASPECTS: Mapping[str, str] = {
    "ansok": "Hur ansöker man?",
    "beslut": "Vem beslutar?",
    "byta": "Kan man byta?",
    "ersattning": "Vilken ersättning får man?",
    "exempel": "Vad kan det vara?",
    "kostnad": "Vad kostar det?",
    "krav": "Vad krävs?",
    "lag": "Vilken lag gäller?",
    "namn": "Vad heter det?",
    "nar": "När är det?",
    "omfattning": "Hur mycket kan man få?",
    "overklaga": "Hur överklagar man?",
    "skillnad": "Vad är skillnaden?",
    "start": "När började det?",
    "syfte": "Vad är det till för?",
    "tid": "Hur lång tid tar det?",
    "uppgift": "Vad är uppgiften?",
    "vad": "Vad är det?",
    "var": "Var är det?",
    "vem": "Vem kan få det?",
}
"""What is asked of a service that the words do not name."""

_KINDS: Mapping[str, str] = {
    "service": "tjänst",
    "municipality": "kommun",
    "unit": "mottagning",
    "aspect": "vad som frågas",
}


def title_of(label: str, knowledge: Knowledge) -> str:
    """``ledsagning.kostnad`` -> ``Vad kostar ledsagning?``; ``greet`` -> ``Hälsar``."""
    service, dot, aspect = label.rpartition(".")
    if not dot:
        return INTENTS.get(label) or intent_title(label, knowledge)
    if service == NO_SERVICE:
        return f"{intent_title(aspect, knowledge)} (utan att tjänsten nämns)"
    topic = knowledge.topic((service, aspect))
    if topic is not None:
        return topic.question
    known = knowledge.services.get(service)
    return f"{known.name if known else service}: {intent_title(aspect, knowledge).lower()}"


def intent_title(intent: str, knowledge: Knowledge) -> str:
    """What an intent asks for, whatever the service."""
    known = INTENTS.get(intent) or ASPECTS.get(intent)
    if known is not None:
        return known
    topics = (s.topics[intent] for s in knowledge.services.values() if intent in s.topics)
    return next((f"{t.question.rstrip('?')}, och liknande" for t in topics), intent)


def kind_title(entity: str) -> str:
    """What sort of name was found: ``tjänst``."""
    return _KINDS.get(entity, entity)


def name_of(entity: str, value: str, knowledge: Knowledge) -> str:
    """The name of what was found: a service's, a municipality's, a unit's."""
    if entity == "service" and value in knowledge.services:
        return knowledge.services[value].name
    if entity == "municipality" and value in knowledge.municipalities:
        return knowledge.municipalities[value].short
    if entity == "unit":
        return _unit(value, knowledge.municipalities)
    return intent_title(value, knowledge) if entity == "aspect" else value


def _unit(value: str, municipalities: Mapping[str, Municipality]) -> str:
    """``umea/mottagningsenheten`` -> the unit's name."""
    place, _, unit = value.partition("/")
    municipality = municipalities.get(place)
    contact = municipality.contacts.get(unit) if municipality else None
    return f"{contact.name} ({municipality.short})" if municipality and contact else value
