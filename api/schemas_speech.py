"""What API v1 tells of an answer that is heard."""

from __future__ import annotations

from pydantic import Field

from api.schemas_base import View


class SentenceView(View):
    """A sentence: as it is written, to be found in what is shown, and as it is said."""

    index: int = Field(..., example=0)
    text: str = Field(..., example="Ring 090-16 10 02.")
    spoken: str = Field(..., example="Ring noll nio noll, sexton, tio, noll två.")


class SpeechView(View):
    """What there is to hear, in order. Each sentence's sound has an address of its own."""

    language: str = Field(..., example="sv")
    sentences: list[SentenceView]
