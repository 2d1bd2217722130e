"""Themes: colours as custom properties, for light and dark screens."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from api.services.pages_theme import logo_file, theme_css
from bot.knowledge.contrast import COLOUR_NAMES, NEUTRAL, NEUTRAL_DARK
from bot.knowledge.loader import load_knowledge

UMEA = load_knowledge().municipalities["umea"]


def test_every_colour_is_a_property_in_both() -> None:
    css = theme_css(UMEA.assistant.colours, UMEA.assistant.dark)
    light, dark = css.split("@media (prefers-color-scheme: dark)")
    for name in COLOUR_NAMES:
        written = f"--lotsen-{name.replace('_', '-')}: "
        assert f"{written}{getattr(UMEA.assistant.colours, name)};" in light
        assert f"{written}{getattr(UMEA.assistant.dark, name)};" in dark
    assert css.count("{") == css.count("}") == 3


def test_without_a_municipality_it_is_neutral() -> None:
    assert theme_css() == theme_css(NEUTRAL, NEUTRAL_DARK)


def test_logo_is_in_the_municipality_s_own_folder() -> None:
    assert logo_file(UMEA) is None
    with_logo = replace(UMEA, assistant=replace(UMEA.assistant, logo="logotyp.svg"))
    assert logo_file(with_logo, Path("/content")) == Path("/content/umea/logotyp.svg")
