"""Reads the NLU examples quickly.

Rasa's own importer parses the same YAML three times with a pure Python parser, validates it
with pykwalify and hashes every example deeply, again and again: 90 s of a training for our
11 000 examples. This one parses once with libyaml and gives each example a cheap identity.
`rasa data validate` still reads the files with Rasa's own reader.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any, Dict, List, Optional, Text, Tuple, Union

import yaml
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.constants import INTENT, METADATA, METADATA_INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Example(Message):
    """A training example that knows its fingerprint instead of computing it each time."""

    def fingerprint(self) -> Text:
        """Text, intent and metadata are all that these examples have."""
        return self._identity()[1]

    def __hash__(self) -> int:
        return self._identity()[2]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Message) and other.data == self.data

    def __deepcopy__(self, memo: Dict[int, Any]) -> Example:
        """The values of the data are never changed in place: a copied mapping is enough."""
        copied = Example.__new__(Example)
        copied.__dict__.update(self.__dict__)
        copied.data, copied.features = dict(self.data), list(self.features)
        return copied

    def _identity(self) -> Tuple[int, Text, int]:
        """How many entries the data has, its hash in hexadecimal and as a number."""
        known: Optional[Tuple[int, Text, int]] = self.__dict__.get("_known")
        if known is None or known[0] != len(self.data):
            parts = f"{self.get(TEXT)}\0{self.get(INTENT)}\0{self.get(METADATA)}\0{len(self.data)}"
            digest = hashlib.sha256(parts.encode()).hexdigest()
            known = self.__dict__["_known"] = (len(self.data), digest, int(digest[:15], 16))
        return known


class NluFolderImporter(RasaFileImporter):
    """Rasa's file importer with a fast reader for NLU files."""

    def __init__(
        self,
        config_file: Optional[Text] = None,
        domain_path: Optional[Text] = None,
        training_data_paths: Optional[Union[List[Text], Text]] = None,
    ) -> None:
        super().__init__(config_file, domain_path, training_data_paths)
        self._examples: Optional[List[Message]] = None

    def get_nlu_data(self, language: Optional[Text] = "en") -> TrainingData:
        """All examples of all NLU files, parsed once."""
        if self._examples is None:
            self._examples = [e for f in sorted(self._nlu_files) for e in read_examples(Path(f))]
        return TrainingData(list(self._examples))


def read_examples(path: Path) -> List[Message]:
    """The examples of one NLU file; blocks without an intent (synonyms, lookups) are none."""
    data = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER) or {}  # noqa: S506 - libyaml's safe loader
    found: List[Message] = []
    for block in data.get("nlu") or ():
        intent = block.get("intent")
        if intent is None:
            continue
        metadata = block.get("metadata")
        for line in str(block["examples"]).splitlines():
            text = line.strip().removeprefix("-").strip()
            if text:
                example: Dict[Text, Any] = {TEXT: text, INTENT: intent}
                if metadata:
                    example[METADATA] = {METADATA_INTENT: metadata}
                found.append(Example(data=example))
    return found
