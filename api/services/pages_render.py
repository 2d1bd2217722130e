"""Templates to HTML. Everything put into them is escaped; a name that is missing is an error."""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from api.services.links import links_in
from api.services.pages_text import cards, is_taken_apart, paragraphs, pieces
from bot.dialogue.wording import capitalised
from bot.knowledge.interface import load_interface

TEMPLATES = Path(__file__).resolve().parents[1] / "web" / "templates"


def render(name: str, language: str, **values: Any) -> str:
    """A page in a language; ``t`` gives its labels."""
    label = partial(_label, language)
    return _environment().get_template(name).render(language=language, t=label, **values)


def _label(language: str, key: str, **values: Any) -> str:
    return load_interface().label(key, language, **values)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        paragraphs=paragraphs, pieces=pieces, cards=cards, capitalised=capitalised
    )
    environment.globals["links_in"] = links_in
    environment.tests["taken_apart"] = is_taken_apart
    return environment
