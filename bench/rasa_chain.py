"""Pipelines of Rasa's own components, called one after the other as its graph calls them.

The graph itself is left out: it hashes every example for its cache, which costs all pipelines
the same minute and tells nothing about them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from bench.split import Examples
from bot.understanding.classifier import FloatArray

Component = tuple[str, dict[str, Any]]

_FEATURIZERS: Final = "rasa.nlu.featurizers.sparse_featurizer"
_SPARSE: Final[tuple[Component, ...]] = (
    ("rasa.nlu.tokenizers.whitespace_tokenizer.WhitespaceTokenizer", {}),
    (f"{_FEATURIZERS}.regex_featurizer.RegexFeaturizer", {}),
    (f"{_FEATURIZERS}.lexical_syntactic_featurizer.LexicalSyntacticFeaturizer", {}),
    (f"{_FEATURIZERS}.count_vectors_featurizer.CountVectorsFeaturizer", {}),
    (
        f"{_FEATURIZERS}.count_vectors_featurizer.CountVectorsFeaturizer",
        {"analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
    ),
)
_DIET: Final = "rasa.nlu.classifiers.diet_classifier.DIETClassifier"
_LOGISTIC: Final = (
    "rasa.nlu.classifiers.logistic_regression_classifier.LogisticRegressionClassifier"
)
# Rasa's default is 100, which takes two and a half times as long.
_LOGISTIC_ITERATIONS: Final = 40
# ranking_length 0: the dialogue wants the confidence in every label.
_ALL: Final = {"ranking_length": 0}


def components(name: str, epochs: int) -> tuple[Component, ...]:
    """The components of a pipeline; what is not said is Rasa's default."""
    if name == "diet":
        diet = {"epochs": epochs, "entity_recognition": False, "random_seed": 0, **_ALL}
        return (*_SPARSE, (_DIET, diet))
    logistic = {"max_iter": _LOGISTIC_ITERATIONS, **_ALL}
    if name == "meaning":
        return (*_SPARSE, ("bot.components.meaning.SentenceMeaning", {}), (_LOGISTIC, logistic))
    return (*_SPARSE, (_LOGISTIC, logistic))


def train_chain(name: str, examples: Examples, folder: Path, epochs: int) -> None:
    """Train each component on what those before it made of the examples."""
    from rasa.shared.nlu.training_data.message import Message
    from rasa.shared.nlu.training_data.training_data import TrainingData

    data = TrainingData([Message({"text": text, "intent": label}) for text, label in examples])
    chain = components(name, epochs)
    for number, (cls, arguments) in enumerate(_with_arguments(chain, folder)):
        component = cls.create(*arguments)
        if hasattr(component, "train"):
            component.train(data)
        # Nothing comes after the classifier that would need its predictions on the examples.
        if number < len(chain) - 1:
            component.process_training_data(data)


class RasaRanker:
    """A trained chain of components."""

    def __init__(self, name: str, folder: Path) -> None:
        self._chain = []
        for cls, arguments in _with_arguments(components(name, 1), folder):
            self._chain.append(cls.load(*arguments))
        ranking = self._rankings(["hej"])[0]
        self._labels = tuple(sorted(guess["name"] for guess in ranking))
        self._column = {label: number for number, label in enumerate(self._labels)}

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels that it knows."""
        return self._labels

    def scores(self, texts: Sequence[str]) -> FloatArray:
        """Confidence in each label for each text."""
        found = np.zeros((len(texts), len(self._labels)), dtype=np.float32)
        for row, ranking in zip(found, self._rankings(texts), strict=True):
            for guess in ranking:
                row[self._column[guess["name"]]] = guess["confidence"]
        return found

    def _rankings(self, texts: Sequence[str]) -> list[list[dict[str, Any]]]:
        from rasa.shared.nlu.training_data.message import Message

        messages = [Message({"text": text}) for text in texts]
        for component in self._chain:
            messages = component.process(messages)
        return [message.get("intent_ranking") for message in messages]


def _with_arguments(chain: Sequence[Component], folder: Path) -> Iterator[tuple[Any, list[Any]]]:
    """Each component's class, and what its ``create`` and ``load`` take."""
    from rasa.engine.graph import ExecutionContext, GraphSchema
    from rasa.engine.storage.local_model_storage import LocalModelStorage
    from rasa.engine.storage.resource import Resource
    from rasa.shared.utils.common import class_from_module_path

    storage = LocalModelStorage(folder)
    for number, (path, own) in enumerate(chain):
        cls = class_from_module_path(path)
        node = f"{number}_{cls.__name__}"
        context = ExecutionContext(GraphSchema({}), node_name=node)
        config = {**cls.get_default_config(), **own}
        yield cls, [config, storage, Resource(node), context]
