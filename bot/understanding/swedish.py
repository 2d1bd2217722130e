"""The spaCy pipeline for Swedish, with the names that content knows.

``spacy.blank("sv")`` needs no model download. An operator who has
``sv_core_news_*`` names it in LOTSEN_SPACY_MODEL; the names are found the same way.
"""

from __future__ import annotations

import os
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Any

from bot.knowledge.loader import load_names
from bot.knowledge.records import Knowledge
from bot.understanding.mentions import Vocabulary

if TYPE_CHECKING:
    from spacy.language import Language

SPACY_MODEL_SETTING = "LOTSEN_SPACY_MODEL"


def names(knowledge: Knowledge, language: str = "sv") -> dict[tuple[str, str], list[str]]:
    """Every name of every record: (kind, id) -> surface forms.

    Kinds are service, municipality and unit (``umea/mottagningsenheten``); in other languages
    than Swedish also aspect, since the classifier knows those languages less well.
    """
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for service in knowledge.services.values():
        forms = [f for name, known in service.synonyms.items() for f in known]
        found["service", service.id] += [service.name, *forms]
    for municipality in knowledge.municipalities.values():
        found["municipality", municipality.id] += [*municipality.names, *municipality.places]
        for contact in municipality.contacts.values():
            forms = [contact.name, *contact.synonyms, contact.phone or "", contact.email or ""]
            found["unit", f"{municipality.id}/{contact.id}"] += forms
    terms: Any = knowledge.languages.get(language, {}).get("terms", {})
    for kind, group in (("service", "services"), ("aspect", "aspects")):
        for record, forms in terms.get(group, {}).items():
            found[kind, record] += forms
    return dict(found)


@cache
def vocabulary(language: str = "sv") -> Vocabulary:
    """The vocabulary of the content folder for messages in a language, built once."""
    return Vocabulary(names(load_names(), language))


def build_pipeline() -> Language:
    """A Swedish pipeline for Rasa's spaCy components."""
    import spacy

    model = os.environ.get(SPACY_MODEL_SETTING)
    if model:
        return spacy.load(model, disable=["parser", "ner"])
    # No lookup lemmatizer: its table costs 200 MB and 7 s, and the vocabulary finds inflected
    # and misspelled names without it (docs/adr/0003).
    return spacy.blank("sv")
