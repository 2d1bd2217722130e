"""Which language a message is written in.

Script first (Arabic, Cyrillic, Ethiopic), then langdetect with priors, corrected by small
function words: langdetect alone mixes up Swedish, Norwegian and Danish in short messages and
is random without a seed (see docs of langdetect, "how to get consistent results").
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from bot.understanding.text import words

LANGUAGES = ("sv", "en", "fi", "no", "da", "ar", "so", "uk", "pl", "fa", "ti", "de")
"""Languages in which a reply has at least its frame; Swedish is the default."""

_LATIN = ("sv", "en", "fi", "no", "da", "so", "pl", "de")
_NEAR_SWEDISH = frozenset({"no", "da", "en"})
"""Languages that langdetect sees in short Swedish: a small word of their own has to say so too."""

_PERSIAN_LETTERS = re.compile("[پچژگکی]")
_SCRIPTS: tuple[tuple[str, str], ...] = (
    ("ti", "\u1200-\u137f"),
    ("ar", "\u0600-\u06ff"),
    ("uk", "\u0400-\u04ff"),
)

# Words that are common in one language and rare or impossible in the others. They are the
# second signal beside langdetect; a word that stands in two lists counts for both.
_FUNCTION_WORDS: Mapping[str, frozenset[str]] = {
    "sv": frozenset(
        "och att jag är i inte det som för på med till vad hur när kan får ni ett min mamma pappa "
        "finns vem var han hon den behöver måste vill ska har om av eller också mig dig nån nåt "
        "vilken vilka kostar ja nej ej hej tack å ja de dom va ar nar hur far for pa fran från "
        "något någon söka hjälp bara göra måste själv ringa bor mycket".split()
    ),
    "en": frozenset(
        "the is are i my you your what how when where who can do does to of for and with help "
        "need he she we please have has not it this that in a an be get much any someone".split()
    ),
    "fi": frozenset(
        "on ja en ei se mitä mikä missä milloin kuka miten voin voiko saan saako onko minun äiti "
        "isä kuinka paljon tarvitsen haluan olen olla apua mistä mihin tämä kanssa kun jos "
        "puhelinnumero numero kiitos hei maksaa omaishoitaja kunta puhutteko suomea".split()
    ),
    "no": frozenset(
        "jeg ikke hva hvordan når hvem hvor kan får dere et mor min er og å til på med noen noe "
        "mye hjelpe hjelp kommunen trenger om av søker søke koster pårørende hvor gratis vil "
        "være".split()
    ),
    "da": frozenset(
        "jeg ikke hvad hvordan hvornår hvem hvor kan får I et mor min er og at til på med nogen "
        "noget kommunen behøver hjælp om af ansøge koster pårørende gratis vil være også "
        "jer".split()
    ),
    "so": frozenset(
        "waa maxaa sidee yaa goorma xagee waxaan aniga hooyaday aabbe aabahay ma iyo ku ka u "
        "caawimaad taageero lacag telefoonka nambarka xaas ninkayga fadlan ayaa oo la miyaan "
        "waxa si aan baahanahay daryeel qof".split()
    ),
    "pl": frozenset(
        "jest nie jak co gdzie kiedy kto czy mogę mój moja mama dla się na do w i z ile "
        "kosztuje proszę pomoc potrzebuję chcę dzień dobry jaki numer telefonu mojej".split()
    ),
    "de": frozenset(
        "ich ist nicht was wie wann wo wer kann mein meine und der die das für mit hilfe brauche "
        "ein eine kostet bekomme bitte guten tag gibt es zu auf wir haben sie mutter vater".split()
    ),
}
_ONLY_SWEDISH = re.compile(r"\b(?:och|jag|inte|att|är|också|finns|någon|något|ska)\b", re.I)


@cache
def _factory() -> Any:
    """langdetect's profiles, loaded once; seeded, so that a message always gets one answer."""
    from langdetect import DetectorFactory
    from langdetect.detector_factory import PROFILES_DIRECTORY

    DetectorFactory.seed = 0
    factory = DetectorFactory()
    # Only the languages that we answer: the other profiles would cost a second and 30 MB.
    profiles = [(Path(PROFILES_DIRECTORY) / code).read_text("utf-8") for code in _LATIN]
    factory.load_json_profile(profiles)
    return factory


def detect(text: str, *, hint: str | None = None) -> str:
    """The language of a message, one of LANGUAGES.

    ``hint`` is the language of the page or of the conversation so far; it decides for
    messages too short to tell and weighs in for the rest.
    """
    for code, letters in _SCRIPTS:
        count = len(re.findall(f"[{letters}]", text))
        if count and count >= len(re.findall("[a-zåäö]", text, re.I)):
            return "fa" if code == "ar" and _PERSIAN_LETTERS.search(text) else code
    tokens = [w.casefold() for w in words(text)]
    if len(tokens) < 2:
        return hint or "sv"
    shares = _shares(tokens)
    if _is_plainly_swedish(shares, hint):
        return "sv"
    scores = _scores(text, tokens, shares, hint or "sv")
    for code in _NEAR_SWEDISH - {hint}:
        if not any(t in _FUNCTION_WORDS[code] - _FUNCTION_WORDS["sv"] for t in tokens):
            scores.pop(code)
    best = max(scores, key=lambda code: (scores[code], code == hint, code == "sv"))
    if best in {"no", "da"} and _ONLY_SWEDISH.search(text):
        return "sv"
    return best


def _shares(tokens: list[str]) -> dict[str, float]:
    """How much of a message is function words of each language, 0 to 1."""
    return {
        c: sum(t in known for t in tokens) / len(tokens) for c, known in _FUNCTION_WORDS.items()
    }


def _is_plainly_swedish(shares: Mapping[str, float], hint: str | None) -> bool:
    """Spare langdetect (5 to 100 ms) the messages whose small words already tell."""
    others = max(share for code, share in shares.items() if code != "sv")
    return hint in {None, "sv"} and shares["sv"] >= 0.2 and shares["sv"] > 1.5 * others


def _scores(
    text: str, tokens: list[str], shares: Mapping[str, float], hint: str
) -> dict[str, float]:
    """langdetect's probability plus the share of each language's function words."""
    scores = {code: 2.0 * shares.get(code, 0.0) for code in _LATIN}
    for code, probability in _langdetect(text).items():
        if code in scores:
            # Few words give langdetect little to go by: it weighs less there.
            scores[code] += probability * min(len(tokens), 8) / 8
    scores[hint if hint in scores else "sv"] += 0.25
    scores["sv"] += 0.15
    return scores


def _langdetect(text: str) -> dict[str, float]:
    from langdetect.lang_detect_exception import LangDetectException

    detector = _factory().create()
    # The default, seven trials of 1000 steps, takes up to 100 ms for a short message.
    detector.n_trial, detector.ITERATION_LIMIT = 2, 100
    detector.append(text[:400])
    try:
        return {str(p.lang): float(p.prob) for p in detector.get_probabilities()}
    except LangDetectException:
        return {}
