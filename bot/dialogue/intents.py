"""The intents that are not aspects of a service, in groups that are handled alike."""

from __future__ import annotations

from bot.guard.crisis import Kind

CONTACT = frozenset({"telefonnummer", "epost", "besoksadress", "postadress", "kontakt"})
HOURS = frozenset({"oppettider", "besokstider", "sommartider"})
PERSON = frozenset(
    {
        "human_handoff",
        "complaint",
        "appeal",
        "ongoing_case",
        "named_person",
        "report_concern",
        "wrong_answer",
        "insult",
    }
)
ABOUT_ANSWER = frozenset(
    {
        "source",
        "age_of_information",
        "certainty",
        "repeat",
        "slower",
        "shorter",
        "easy_language",
        "more",
        "start_over",
    }
)
TALK = frozenset(
    {
        "greet",
        "thanks",
        "goodbye",
        "affirm",
        "deny",
        "help",
        "bot_challenge",
        "compliment",
        "injection",
        "privacy_question",
        "what_is_new_law",
    }
)
COURTESY = frozenset({"greet", "thanks", "goodbye", "compliment"})
"""Said beside a question, these need no reply of their own."""

CRISIS: dict[str, Kind] = {
    "crisis_suicide": "suicide",
    "crisis_other": "other",
    "crisis_violence": "violence",
    "crisis_child": "child",
    "crisis_medical": "medical",
}
"""Intents of the trained classifier that back up the crisis rules, with the card's kind."""

NEEDS_MUNICIPALITY = CONTACT | HOURS | PERSON | {"apply_for_me", "entitlement", "other_care"}
STRAINED = "strained"
FOLLOWUP = "followup"
OUT_OF_SCOPE = "out_of_scope"
OTHER_CARE = "other_care"
ENTITLEMENT = "entitlement"
APPLY_FOR_ME = "apply_for_me"
