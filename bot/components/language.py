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
from bot.understanding.remembered import Remembered, may_be_kept

LANGUAGE = "language"
_MOST_KEPT, _SIZE = 8192, 300
"""How many common questions are remembered, and the bytes that one takes."""


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

    def __init__(self) -> None:
        self._known: Remembered[Text] = Remembered(_MOST_KEPT, _MOST_KEPT * _SIZE)

    def process(self, messages: List[Message]) -> List[Message]:
        """Guess without a hint; the dialogue weighs in the conversation's language."""
        for message in messages:
            message.set(LANGUAGE, self._guess(message.get(TEXT) or ""), add_to_output=True)
        return messages

    def _guess(self, text: Text) -> Text:
        language = self._known.get(text)
        if language is None:
            language = detect(text)
            if may_be_kept(text):
                self._known.keep(text, language, _SIZE)
        return language
