"""Staff never meet a label: everything the classifier can guess has a Swedish title."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot.dialogue.titles import ASPECTS, INTENTS, kind_title, name_of, title_of
from bot.knowledge.loader import CONTENT_DIR
from tests.bot.dialogue.helpers import KNOWLEDGE

ROOT = CONTENT_DIR.parent
DOMAIN = yaml.safe_load((ROOT / "domain.yml").read_text("utf-8"))


def test_every_intent_of_the_domain_has_a_title() -> None:
    bare = [i for i in DOMAIN["intents"] if title_of(i, KNOWLEDGE) == i]
    assert bare == []
    assert set(INTENTS) | set(ASPECTS) <= set(DOMAIN["intents"])


def test_every_kind_of_name_has_a_title() -> None:
    assert [e for e in DOMAIN["entities"] if kind_title(e) == e] == []


def test_aspects_asked_without_a_service_have_titles() -> None:
    asked: set[str] = set()
    for path in sorted(Path(ROOT, "bot", "data", "nlu").glob("*.yml")):
        intent = ""
        for line in path.read_text("utf-8").splitlines():
            if line.startswith("- intent:"):
                intent = line.partition(":")[2].strip()
            if "service: none" in line:
                asked.add(intent)
    assert asked == set(ASPECTS)


@pytest.mark.parametrize(
    ("label", "title"),
    [
        ("ledsagning.kostnad", "Vad kostar ledsagning?"),
        ("none.kostnad", "Vad kostar det? (utan att tjänsten nämns)"),
        ("greet", "Hälsar"),
        ("ansok", "Hur ansöker man?"),
        ("avlosning.husdjur", "avlösning: får man ha husdjur"),
    ],
)
def test_titles(label: str, title: str) -> None:
    assert title_of(label, KNOWLEDGE).startswith(title)


@pytest.mark.parametrize(
    ("entity", "value", "name"),
    [
        ("service", "avlosning", "avlösning"),
        ("municipality", "ostersund", "Östersund"),
        ("unit", "umea/mottagningsenheten", "Socialtjänstens mottagningsenhet (Umeå)"),
        ("unit", "umea/borta", "umea/borta"),
        ("aspect", "kostnad", "Vad kostar det?"),
        ("other", "något", "något"),
    ],
)
def test_names(entity: str, value: str, name: str) -> None:
    assert name_of(entity, value, KNOWLEDGE) == name
