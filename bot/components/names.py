"""Rasa component: the names that content knows, as entities."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.components.language import LANGUAGE
from bot.understanding.swedish import vocabulary


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class ContentNames(GraphComponent):
    """Mark services, municipalities and units, in any inflection, as entities.

    The value is the record's id; ``words`` are the positions among the message's words.
    """

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
            found = [
                {
                    "entity": mention.kind,
                    "value": mention.id,
                    "words": [mention.start, mention.end],
                    "extractor": type(self).__name__,
                }
                for mention in vocabulary(message.get(LANGUAGE) or "sv").find(
                    message.get(TEXT) or ""
                )
            ]
            message.set(ENTITIES, message.get(ENTITIES, []) + found, add_to_output=True)
        return messages
