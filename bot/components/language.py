"""Rasa component: the language of a message."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.understanding.language import detect

LANGUAGE = "language"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class LanguageGuesser(GraphComponent):
    """Write the message's language (``sv``, ``en``, ``fi`` …) into the parse data."""

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LanguageGuesser:
        """It has no parts to load."""
        return cls()

    def process(self, messages: List[Message]) -> List[Message]:
        """Guess without a hint; the dialogue weighs in the conversation's language."""
        for message in messages:
            message.set(LANGUAGE, detect(message.get(TEXT) or ""), add_to_output=True)
        return messages
