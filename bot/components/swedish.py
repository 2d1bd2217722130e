"""The Swedish spaCy pipeline for Rasa's spaCy components."""

from __future__ import annotations

from typing import Any, Dict, Text

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.utils import spacy_utils

from bot.understanding.swedish import build_pipeline


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
