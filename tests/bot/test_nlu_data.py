"""The training examples: enough of each, none twice, none that names what content names."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.guard.intake import admit
from bot.knowledge.loader import load_knowledge
from bot.understanding.mentions import Vocabulary
from bot.understanding.text import fold, folded_words

ROOT = Path(__file__).resolve().parents[2]
HELD_OUT = ROOT.parent / "shared" / "eval" / "dev.yml"
LEAST = 40
NO_SERVICE = "none"

_CONTACT = re.compile(r"@\w|www\.|\d{2,4}[ -]?\d{2,3} ?\d{2}(?: ?\d{2})?")


@dataclass(frozen=True, slots=True)
class Row:
    """One example as it stands in a file."""

    file: str
    intent: str
    service: str | None
    text: str

    @property
    def label(self) -> str:
        """What it is an example of."""
        return f"{self.service}.{self.intent}" if self.service else self.intent


def read_yaml(path: Path) -> Any:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(path.read_text(encoding="utf-8"), Loader=loader)


@cache
def rows() -> tuple[Row, ...]:
    return tuple(_rows())


def _rows() -> Iterator[Row]:
    for path in sorted((ROOT / "bot" / "data" / "nlu").glob("*.yml")):
        for block in read_yaml(path)["nlu"]:
            service = (block.get("metadata") or {}).get("service")
            for line in block["examples"].splitlines():
                text = line.strip().removeprefix("-").strip()
                if text:
                    yield Row(path.name, block["intent"], service, text)


def told(problems: list[str]) -> None:
    if problems:
        shown = [*problems[:40], f"… {len(problems)} in all"]
        pytest.fail("\n".join(shown), pytrace=False)


def test_every_intent_has_examples_enough() -> None:
    counts = Counter(r.intent for r in rows())
    told([f"{i}: {n} of {LEAST}" for i, n in sorted(counts.items()) if n < LEAST])


def test_domain_rules_and_examples_have_the_same_intents() -> None:
    domain = read_yaml(ROOT / "domain.yml")["intents"]
    rules = read_yaml(ROOT / "bot" / "data" / "rules" / "reply.yml")["rules"]
    ruled = [s["intent"] for r in rules for s in r["steps"] if "intent" in s]
    assert len(domain) == len(set(domain))
    assert len(ruled) == len(set(ruled))
    assert set(domain) == set(ruled) == {r.intent for r in rows()}


def test_every_service_and_topic_of_an_example_is_in_content() -> None:
    knowledge = load_knowledge()
    about = {(r.service, r.intent) for r in rows() if r.service and r.service != NO_SERVICE}
    told([f"{s}.{a} is no topic" for s, a in sorted(about) if knowledge.topic((str(s), a)) is None])


def test_every_topic_has_examples() -> None:
    services = load_knowledge().services.values()
    topics = {f"{s.id}.{aspect}" for s in services for aspect in s.topics}
    told([f"{t} has no example" for t in sorted(topics - {r.label for r in rows()})])


def test_an_aspect_without_a_service_is_one_of_content() -> None:
    aspects = {a for s in load_knowledge().services.values() for a in s.topics}
    free = {r.intent for r in rows() if r.service == NO_SERVICE}
    assert free <= aspects


def test_no_example_stands_twice() -> None:
    seen: dict[str, list[Row]] = defaultdict(list)
    for row in rows():
        seen[" ".join(row.text.casefold().split())].append(row)
    twice = [same for same in seen.values() if len(same) > 1]
    told([f"{t[0].text}: {', '.join(f'{r.file} ({r.label})' for r in t)}" for t in twice])


def test_examples_of_different_labels_differ_in_more_than_accents() -> None:
    seen: dict[str, set[str]] = defaultdict(set)
    for row in rows():
        seen[fold(row.text).strip(" .?!")].add(row.label)
    told([f"{t}: {', '.join(sorted(k))}" for t, k in seen.items() if len(k) > 1])


def _places() -> Vocabulary:
    """Municipalities and their places; names that are ordinary words elsewhere are not told."""
    municipalities = load_knowledge().municipalities.values()
    return Vocabulary({("place", m.id): [*m.names, *m.places] for m in municipalities})


def test_no_example_names_a_municipality_or_its_places() -> None:
    places = _places()
    found = ((r, [m for m in places.find(r.text) if m.exact]) for r in rows())
    told([f"{r.file}: {r.text} -> {hit[0].surface}" for r, hit in found if hit])


def test_no_example_names_a_municipality_that_is_not_served() -> None:
    names = {n for n in load_knowledge().other_municipalities if len(n) > 5}
    words = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(names)))})s?\b")
    told([f"{r.file}: {r.text}" for r in rows() if words.search(r.text)])


def test_no_example_has_a_number_or_address_to_contact() -> None:
    told([f"{r.file}: {r.text}" for r in rows() if _CONTACT.search(r.text)])


def test_no_example_has_what_is_personal() -> None:
    told([f"{r.file}: {r.text} -> {m}" for r in rows() if (m := admit(r.text).masked)])


def test_no_example_names_a_person_of_the_pages() -> None:
    municipalities = load_knowledge().municipalities.values()
    staff = {fold(c.name) for m in municipalities for c in m.contacts.values() if c.role == "staff"}
    staff = {n for n in staff if " " in n and " for " not in n}
    told([f"{r.file}: {r.text}" for r in rows() if any(n in fold(r.text) for n in staff)])


@pytest.mark.skipif(not HELD_OUT.exists(), reason="the held-out questions are not here")
def test_no_example_is_a_held_out_question() -> None:
    held = {
        " ".join(folded_words(str(turn["say"])))
        for conversation in read_yaml(HELD_OUT)
        for turn in conversation["turns"]
    }
    assert len(held) > 100
    same = [r for r in rows() if " ".join(folded_words(r.text)) in held]
    told([f"{r.file}: {r.text}" for r in same])
