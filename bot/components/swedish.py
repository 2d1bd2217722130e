"""The Swedish spaCy pipeline for Rasa's spaCy components."""

from __future__ import annotations

import re
from typing import Any, Dict, Optional, Text

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.tokenizers.spacy_tokenizer import SpacyTokenizer
from rasa.nlu.utils import spacy_utils
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.understanding.swedish import build_pipeline

# spaCy's rules for the ends of words take time by the square of a run of signs: seconds for a
# message of nothing but emojis. What is beyond forty becomes blanks, so that places stay the same.
_LONG_RUN = re.compile(r"(?<=[^\w\s]{40})[^\w\s]")


@DefaultV1Recipe.register(
    [
        DefaultV1Recipe.ComponentType.MODEL_LOADER,
        DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER,
    ],
    is_trainable=False,
    model_from="SpacyNLP",
)
class SpacyNLP(spacy_utils.SpacyNLP):
    """Rasa's SpacyNLP with our pipeline; the name is what Rasa's spaCy components look for."""

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SpacyNLP:
        """Build the pipeline from code and content instead of loading a package."""
        nlp = build_pipeline()
        model = spacy_utils.SpacyModel(model=nlp, model_name=str(nlp.meta.get("name", "sv")))
        return cls(model, {**cls.get_default_config(), "case_sensitive": True, **config})

    def _preprocess_text(self, text: Optional[Text]) -> Text:
        return _LONG_RUN.sub(" ", super()._preprocess_text(text))

    def process_training_data(
        self, training_data: TrainingData, model: spacy_utils.SpacyModel
    ) -> TrainingData:
        """Our classifier learns from the text itself: 16 000 examples need no tokens."""
        if self._config.get("tokens_in_training"):
            return super().process_training_data(training_data, model)
        return training_data


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class MessageTokenizer(SpacyTokenizer):
    """Rasa's spaCy tokenizer for messages only; training data keeps its text."""

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """See SpacyNLP.process_training_data."""
        return training_data
