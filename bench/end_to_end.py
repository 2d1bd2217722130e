"""A suite of conversations with a pipeline's guesses, all else being the assistant's own."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bench.rankers import Ranker
from bot.dialogue.reading import read_turn
from bot.dialogue.respond import respond_safely
from bot.dialogue.state import State
from bot.guard.intake import admit
from bot.understanding.analyse import Analyser
from bot.understanding.classifier import FloatArray, TopicClassifier, members_of
from bot.understanding.language import detect
from bot.understanding.swedish import vocabulary
from tools.ask import judge, load


class NoEncoder:
    """Stands in the analyser for the encoder: a ranker encodes by itself if it has to."""

    dimension = 1

    def encode(self, texts: Sequence[str]) -> FloatArray:
        """Nothing, one row for each text."""
        return np.zeros((len(texts), 1), dtype=np.float32)


class AsClassifier(TopicClassifier):
    """A pipeline in our classifier's place: the same clauses, names and ranks for each."""

    def __init__(self, ranker: Ranker) -> None:
        self._ranker = ranker
        self.labels = ranker.labels
        self._members = members_of(self.labels)

    def probabilities(self, texts: Sequence[str], vectors: FloatArray) -> FloatArray:
        """The pipeline's own confidences."""
        return self._ranker.scores(texts)


def verdicts(ranker: Ranker, suite: Path) -> dict[str, int]:
    """Hold every conversation of a suite; count how many were right, missed and wrong."""
    analyser = Analyser(AsClassifier(ranker), NoEncoder(), vocabulary)
    return dict(Counter(_hold(case, analyser) for case in load([suite])))


def _hold(case: dict[str, Any], analyser: Analyser) -> str:
    state = State()
    metadata = {"channel": case.get("channel", "web")}
    metadata |= {k: str(case[k]).replace(" ", "T") for k in ("municipality", "now") if k in case}
    misses: list[str] = []
    wrong: list[str] = []
    for turn in case["turns"]:
        missed, untrue = judge(turn, _reply(turn["say"], metadata, state, analyser))
        misses += missed
        wrong += untrue
        # Slots lie in the tracker store between two turns.
        state = State.from_slots(state.to_slots())
    return "wrong" if wrong else "miss" if misses else "right"


def _reply(text: str, metadata: dict[str, str], state: State, analyser: Analyser) -> str:
    """One turn, as the channel, Rasa's pipeline and our action take it."""
    admitted = admit(text)
    language = detect(admitted.text)
    message = {
        "text": admitted.text,
        "language": language,
        "clauses": analyser.analyse(admitted.text, language).as_dict(),
        "metadata": {**metadata, "masked": list(admitted.masked), "health": admitted.health},
    }
    return respond_safely(read_turn(message, state, dt.datetime.now(dt.timezone.utc)), state).text
