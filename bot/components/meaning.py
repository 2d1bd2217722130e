"""Rasa component: sentence meaning as a dense feature."""

from __future__ import annotations

from typing import Any, Dict, List, Text

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.understanding.encoder import Encoder, load_encoder


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceMeaning(DenseFeaturizer, GraphComponent):
    """The sentence encoder's vector of a message, for any of Rasa's classifiers.

    Our own classifier encodes clauses too and therefore calls the encoder itself; this
    featurizer is for comparing it with Rasa's (docs/adr/0003).
    """

    @classmethod
    def required_components(cls) -> List[type]:
        """A tokenizer, as every featurizer of Rasa's."""
        return [Tokenizer]

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceMeaning:
        """Open the encoder that is installed."""
        return cls(execution_context.node_name, config, load_encoder())

    def __init__(self, name: Text, config: Dict[Text, Any], encoder: Encoder) -> None:
        super().__init__(name, {**self.get_default_config(), **config})
        self._encoder = encoder

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """Rasa's default for dense featurizers."""
        return dict(DenseFeaturizer.get_default_config())

    @classmethod
    def validate_config(cls, config: Dict[Text, Any]) -> None:
        """There is nothing to configure."""

    def process(self, messages: List[Message]) -> List[Message]:
        """Add the sentence's vector to each message."""
        vectors = self._encoder.encode([m.get(TEXT) or "" for m in messages])
        for message, vector in zip(messages, vectors, strict=True):
            message.add_features(
                Features(np.atleast_2d(vector), FEATURE_TYPE_SENTENCE, TEXT, self._identifier)
            )
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """The same for every training example."""
        self.process([m for m in training_data.training_examples if m.get(TEXT)])
        return training_data
