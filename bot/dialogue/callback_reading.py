"""What reading a field of a callback gives: an answer, a refusal with its reason, or neither."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Answer = Literal["given", "refused", "none"]


@dataclass(frozen=True, slots=True)
class FieldReading:
    """``value`` only when given, ``problem`` only when refused; ``none`` is no answer at all."""

    answer: Answer
    value: str | None = None
    problem: str | None = None


NO_ANSWER = FieldReading("none")


def given(value: str) -> FieldReading:
    """The field was answered."""
    return FieldReading("given", value=value)


def refused(problem: str) -> FieldReading:
    """It was meant as an answer, and can't be used as it is."""
    return FieldReading("refused", problem=problem)
