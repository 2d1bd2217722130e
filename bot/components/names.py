"""Rasa component: the names that content knows, as entities."""

from __future__ import annotations

from typing import Any, Dict, List, Text, Tuple

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.components.language import LANGUAGE
from bot.understanding.mentions import Vocabulary
from bot.understanding.remembered import Remembered, may_be_kept
from bot.understanding.swedish import vocabulary

_Place = Tuple[Text, Text, int, int]
"""Kind and id of a name, and the words [start, end) where it stands."""
_MOST_KEPT, _SIZE = 8192, 500
"""How many common questions are remembered, and the bytes that one takes."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class ContentNames(GraphComponent):
    """Mark services, municipalities and units, in any inflection, as entities.

    The value is the record's id; ``words`` are the positions among the message's words.
    """

    def __init__(self) -> None:
        self._known: Remembered[Tuple[Vocabulary, Tuple[_Place, ...]]]
        self._known = Remembered(_MOST_KEPT, _MOST_KEPT * _SIZE)

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ContentNames:
        """Read the vocabulary now, so that the first message does not wait for it."""
        vocabulary()
        return cls()

    def process(self, messages: List[Message]) -> List[Message]:
        """Add an entity for each name found."""
        for message in messages:
            found = self._find(message.get(TEXT) or "", message.get(LANGUAGE) or "sv")
            message.set(ENTITIES, message.get(ENTITIES, []) + found, add_to_output=True)
        return messages

    def _find(self, text: Text, language: Text) -> List[Dict[Text, Any]]:
        """An entity for each name; those of common questions are remembered while content lasts."""
        names, key = vocabulary(language), f"{language} {text}"
        known = self._known.get(key)
        if known is None or known[0] is not names:
            # Not the mention itself: that holds the words that were written.
            found = names.find(text)
            known = names, tuple((m.kind, m.id, m.start, m.end) for m in found)
            if may_be_kept(text):
                self._known.keep(key, known, _SIZE)
        return [
            {
                "entity": kind,
                "value": record,
                "words": [start, end],
                "extractor": type(self).__name__,
            }
            for kind, record, start, end in known[1]
        ]
