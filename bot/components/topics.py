"""Rasa component: intents (aspects) with their services, for each clause of a message."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any, Dict, List, Optional, Text

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, METADATA, METADATA_INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

import bot.understanding
from bot.components.language import LANGUAGE
from bot.understanding.analyse import CLAUSES, Analyser, label_of, unshout
from bot.understanding.classifier import TopicClassifier
from bot.understanding.encoder import load_encoder, shared_encoder
from bot.understanding.swedish import vocabulary
from bot.understanding.vectors import VectorStore


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TopicIntentClassifier(IntentClassifier, GraphComponent):
    """Predict the intent (what is asked) together with its service.

    Training examples name their service in the intent's metadata. Besides Rasa's ``intent``
    and ``intent_ranking`` the parse data gets ``clauses``: each clause of the message with
    its own guesses, since one message may ask two things.
    """

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> TopicIntentClassifier:
        """An untrained classifier."""
        return cls(model_storage, resource, None)

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> TopicIntentClassifier:
        """A trained classifier, read from Rasa's model archive."""
        with model_storage.read_from(resource) as folder:
            classifier = TopicClassifier.load(Path(folder))
        return cls(model_storage, resource, Analyser(classifier, shared_encoder(), vocabulary))

    @classmethod
    def fingerprint_addon(cls, config: Dict[str, Any]) -> Optional[str]:
        """Rasa's training cache sees only this file: add the modules and the encoder used."""
        folder = Path(bot.understanding.__file__).parent
        digest = hashlib.sha256(load_encoder().fingerprint.encode())
        for path in sorted(folder.glob("*.py")):
            digest.update(path.read_bytes())
        return digest.hexdigest()

    def __init__(
        self, model_storage: ModelStorage, resource: Resource, analyser: Optional[Analyser]
    ) -> None:
        self._model_storage = model_storage
        self._resource = resource
        self._analyser = analyser
        self.as_objects = False
        """Whether ``clauses`` is the analysis itself rather than plain data that can be stored."""

    def train(self, training_data: TrainingData) -> Resource:
        """Fit on the intent examples and write the result into the model."""
        examples = [m for m in training_data.intent_examples if m.get(TEXT)]
        # The examples name no municipality (a test holds them to it), so nothing is taken out.
        texts = [unshout(m.get(TEXT)) for m in examples]
        labels = [
            label_of(m.get(INTENT), (m.get(METADATA) or {}).get(METADATA_INTENT) or {})
            for m in examples
        ]
        encoder = load_encoder()
        vectors = VectorStore.load(encoder).vectors(texts, encoder)
        classifier = TopicClassifier.fit(texts, labels, vectors)
        with self._model_storage.write_to(self._resource) as folder:
            classifier.save(Path(folder))
        self._analyser = Analyser(classifier, encoder, vocabulary)
        return self._resource

    def process(self, messages: List[Message]) -> List[Message]:
        """Set intent, ranking and clauses of each message."""
        if self._analyser is None:
            return messages
        for message in messages:
            analysis = self._analyser.analyse(
                message.get(TEXT) or "", message.get(LANGUAGE) or "sv"
            )
            ranking = analysis.intent_ranking()
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
            clauses = analysis if self.as_objects else analysis.as_dict()
            message.set(CLAUSES, clauses, add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing that follows needs predictions on the training data."""
        return training_data
