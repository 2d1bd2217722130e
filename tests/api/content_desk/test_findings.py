"""Every message of the validator that an editor can meet has its sentence in plain Swedish."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.content_desk.findings import Finding, elsewhere, in_swedish, of_block, sentence
from bot.knowledge.validator_report import Problem

KNOWLEDGE = Path("bot/knowledge")
MODULES = (
    "answers evidence contacts hours names pages reviews schema assistant handoff source".split()
)
MADE_IN = frozenset({"next_problem", "_not_found", "_message"})
FILE = "norrby/hjalp.yml"


def written(node: ast.expr) -> str | None:
    """A message as it may read, with something in its places; None for one that is a variable."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if not isinstance(node, ast.JoinedStr):
        return None
    parts = []
    for part in node.values:
        if isinstance(part, ast.Constant):
            parts.append(str(part.value))
        elif isinstance(part, ast.FormattedValue) and not isinstance(part.value, ast.BoolOp):
            parts.append("'något'" if part.conversion == ord("r") else "7")
    return "".join(parts)


def messages() -> Iterator[str]:
    for module in MODULES:
        tree = ast.parse((KNOWLEDGE / f"validator_{module}.py").read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            told: list[ast.expr] = []
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                is_told = node.func.attr in {"error", "warning"} and len(node.args) == 3
                told = node.args[2:] if is_told else []
            elif isinstance(node, ast.FunctionDef) and node.name in MADE_IN:
                returns = [r.value for r in ast.walk(node) if isinstance(r, ast.Return)]
                told = [value for value in returns if value is not None]
            elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "message":
                told = [node.value]
            yield from filter(None, map(written, told))


MESSAGES = sorted(set(messages()) - {"7: 7"})  # the last resort of the schemas


def test_every_message_is_told_in_swedish() -> None:
    assert len(MESSAGES) > 60
    unknown = [m for m in MESSAGES if "Kontrollens egna ord" in sentence(m)]
    assert unknown == []


@pytest.mark.parametrize(
    ("message", "swedish"),
    [
        ("2 sentences: write at most 3", "Här är 2 meningar. Skriv högst 3."),
        (
            "the amount '350 kronor' stands neither in the evidence nor in the contacts: correct",
            "Uppgiften ”350 kronor” står inte i något belägg och inte hos någon vald kontakt.",
        ),
        (
            "does not stand on pages/a.txt: it agrees up to “är till”, not with “för”. Copy it",
            "Belägget står inte så på sidan. Det stämmer till och med ”är till”, men ”för” står",
        ),
        ("write one of alla, barn, not 'ung'", "Välj en av alla, barn. Nu står det ”ung”."),
        ("write a text or null, like 'x', not 4", "Skriv en text eller inget, inte ”4”."),
        ("write false: the page does not name the Social Services Act",
         "Om sidan nämner socialtjänstlagen ska vara nej."),
        ("something new", "Något här behöver rättas. Kontrollens egna ord: something new"),
    ],
)  # fmt: skip
def test_sentence(message: str, swedish: str) -> None:
    assert sentence(message).startswith(swedish)


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("answers[kostnad].text", ("answers[kostnad]", "text", None, "Svaret")),
        ("answers[vem/barn].evidence[2].quote", ("answers[vem/barn]", "evidence", 2, "Belägg 2")),
        ("answers[vem].items[3]", ("answers[vem]", "items", 3, "Punkt 3")),
        ("answers[vem]", ("answers[vem]", "", None, "Hela svaret")),
        ("contacts[a].phone_hours.osm", ("contacts[a]", "phone_hours", None, "Telefontider")),
        ("suggested", ("", "suggested", None, "suggested")),
    ],
)
def test_place(place: str, expected: tuple[object, ...]) -> None:
    found = in_swedish(Problem(FILE, place, "ERROR", "there is no service 'x': correct it"))
    assert (found.block, found.field, found.number, found.where) == expected


def test_of_one_answer_and_of_the_rest() -> None:
    problems = [
        Problem(FILE, "answers[a].text", "WARNING", "7 sentences: write at most 3"),
        Problem(FILE, "answers[a].easy", "ERROR", "7 sentences: write at most 5"),
        Problem(FILE, "answers[ab].easy", "ERROR", "7 sentences: write at most 5"),
        Problem("norrby/pages.yml", "hjalp.review_by", "WARNING", "passed on 7: read the page"),
    ]
    own: list[Finding] = of_block(problems, FILE, "answers[a]")
    assert [(f.level, f.field) for f in own] == [("error", "easy"), ("warning", "text")]
    assert [f.block for f in elsewhere(problems, FILE, "answers[a]")] == ["answers[ab]"]
