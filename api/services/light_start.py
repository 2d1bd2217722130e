"""Leave out what Rasa imports for training when a model is only served.

Loading any model, Rasa imports TensorFlow twice over: the graph that trained the model is read
with all its classes, among them a validator that knows DIET and TED, and each entity extractor
imports helpers for training such networks. That is 200 MB and three seconds for a model that
has no such network. Nothing is replaced or missing here, only put off: a model whose components
need TensorFlow imports it when it is loaded, and works.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

TRAINING_HELPERS = "rasa.utils.train_utils"


class PutOff(MetaPathFinder):
    """Finds one module as Python does, but lets it run only when something of it is used."""

    def __init__(self, name: str) -> None:
        self.name = name

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The module's own specification with the standard library's lazy loader."""
        if fullname != self.name:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None and spec.loader is not None:
            spec.loader = importlib.util.LazyLoader(spec.loader)
        return spec


def put_off_training_helpers() -> None:
    """Call it before Rasa is imported; afterwards it changes nothing."""
    if not any(isinstance(finder, PutOff) for finder in sys.meta_path):
        sys.meta_path.insert(0, PutOff(TRAINING_HELPERS))


def read_no_training_graph() -> None:
    """Read a model's description without the graph that trained it, which serving never runs."""
    from rasa.engine.storage.storage import ModelMetadata

    if "read_whole" in vars(ModelMetadata):
        return
    read_whole = ModelMetadata.from_dict

    def read(serialized: dict[str, Any]) -> ModelMetadata:
        return read_whole({**serialized, "train_schema": {"nodes": {}}})

    ModelMetadata.read_whole = staticmethod(read_whole)
    ModelMetadata.from_dict = staticmethod(read)
