"""The flows are those of the files, drawn in full; the tests that are counted are there."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from api.flows import snapshot as module
from api.flows.coverage import Coverage, coverage
from api.flows.data import Examples, read_examples, read_forms, read_intents, read_rules
from api.flows.groups import groups
from api.flows.layout import Edge, Node, draw
from api.flows.naming import Naming
from api.flows.overview import overview
from api.flows.probes import Probe, read_probes
from api.flows.snapshot import Snapshot, snapshot
from api.flows.tree import draw_tree
from api.flows.walks import EVENT_TITLES, STATE_TITLES, changes, walks
from api.handoff.machine import EVENTS, STATES
from api.settings import ROOT
from bot.knowledge.loader import load_knowledge
from tests.api.desk_helpers import Person, Roles


@pytest.fixture(scope="module")
def found() -> Snapshot:
    return snapshot()


def test_the_data_is_what_rasa_is_trained_on(found: Snapshot) -> None:
    reply = next(r for r in found.rules if r.intent == "kostnad")
    assert (reply.actions, reply.within) == (("action_reply",), None)
    callback = next(r for r in found.rules if r.within == "callback_form")
    assert callback.actions == ("callback_form", "action_submit_callback")
    assert found.forms[0].slots[0] == "callback_about"
    assert {r.intent for r in found.rules if not r.within} == set(found.intents)
    assert found.examples["kostnad"] > 50
    listed = [line.id for group in groups(found) for line in group.lines]
    assert sorted(listed) == sorted(found.intents), "each intent stands in one group"


def test_every_change_of_the_machine_has_words_and_a_test(found: Snapshot) -> None:
    assert EVENT_TITLES.keys() == set(EVENTS)
    assert STATE_TITLES.keys() == set(STATES)
    assert {c.event for c in changes()} == set(EVENTS)
    assert found.handoff.keys() == set(EVENTS), "the desk's tests walk every event"
    assert found.callback.keys() == {"about", "name", "phone", "time", "confirm"}


@pytest.mark.parametrize(
    ("probe", "answers", "labels"),
    [
        (
            {"kinds": ("answer",), "answers": ("umea.ledsagning.kostnad",)},
            {"umea.ledsagning.kostnad"},
            {"ledsagning.kostnad"},
        ),
        ({"text": "får man spara timmarna", "patterns": ("hemtjänsttaxan",)},
         {"umea.ledsagning.kostnad"}, {"ledsagning.kostnad"}),
        ({"kinds": ("handoff",), "reason": "complaint"}, set(), {"complaint"}),
        ({"kinds": ("crisis",), "text": "han andas inte"}, set(), {"crisis_medical"}),
        ({"kinds": ("hours",), "text": "när har telefonen öppet"}, set(), {"oppettider"}),
        ({"kinds": ("out_of_scope",), "text": "recept på pannkakor"}, set(), {"out_of_scope"}),
        ({"kinds": ("smalltalk",), "text": "tack så mycket"}, set(), {"thanks"}),
        ({"kinds": ("not_defined",), "text": "vad kostar färdtjänst"}, set(), {"other_care"}),
        ({"answers": ("umea.mottagningsenheten.oppettider",)},
         {"umea.mottagningsenheten.oppettider"}, {"oppettider"}),
        ({"patterns": ("det här står ingenstans",)}, set(), set()),
        ({}, set(), set()),
    ],
)  # fmt: skip
def test_a_test_is_counted_for_what_it_expects(
    naming: Naming, probe: dict[str, object], answers: set[str], labels: set[str]
) -> None:
    told: dict[str, object] = {"test": "a/b", "text": "?", "municipality": "umea", **probe}
    found = coverage([Probe(**told)], load_knowledge(), naming)  # type: ignore[arg-type]
    assert (set(found.answers), found.tests) == (answers, {"a/b"})
    assert set(found.labels) == labels


@pytest.fixture(scope="module")
def naming() -> Naming:
    return Naming(read_examples(ROOT))


def test_words_choose_among_labels() -> None:
    groups_of = [Examples("greet", None, ("hej", "hej hej")), Examples("vad", "x", ("vad är x",))]
    naming = Naming(groups_of)
    assert naming.best("hej på dig", {"greet", "x.vad"}) == "greet"
    assert naming.best("hej", {"x.vad", "unknown"}) == "x.vad"
    assert naming.best("hej", {"unknown"}) is None


def test_dialogues_and_suites_are_read_alike(found: Snapshot) -> None:
    assert {"overlamning/klaga", "facts/sf-1", "handoff/sd-1"} <= found.coverage.tests


def test_without_the_tests_the_flows_are_shown_without_figures(tmp_path: Path) -> None:
    for name in ("bot/data/rules", "domain.yml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).symlink_to(ROOT / name)
    bare = module._read(tmp_path, load_knowledge())
    shown = overview(bare, "umea")
    assert (bare.has_tests, shown["missing_answers"], shown["missing_intents"]) == (False, 0, [])
    assert all(group.tests is None for group in shown["groups"])
    assert shown["missing_changes"] == []


def test_one_snapshot_serves_until_a_file_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Path] = []

    def read(root: Path, knowledge: object) -> object:
        made.append(root)
        return object()

    monkeypatch.setattr(module, "_read", read)
    monkeypatch.setattr(module, "_KEPT", module._Kept())
    (tmp_path / "domain.yml").write_text("intents: []")
    first = snapshot(tmp_path)
    assert snapshot(tmp_path) is first
    (tmp_path / "bot/data/nlu").mkdir(parents=True)
    (tmp_path / "bot/data/nlu/a.yml").write_text("nlu: []")
    assert snapshot(tmp_path) is not first
    assert len(made) == 2


def test_a_drawing_holds_every_box_and_arrow_within_it() -> None:
    nodes = [Node("a", "Början"), Node("b", "Ett långt namn som bryts på flera rader", "3 prov"),
             Node("c", "Slut"), Node("d", "Under", layer=1)]  # fmt: skip
    edges = [Edge("a", "b", ("ett", "två")), Edge("b", "c"), Edge("c", "a"), Edge("b", "d"),
             Edge("d", "b"), Edge("a", "a", ("igen",)), Edge("a", "d")]  # fmt: skip
    drawing = draw(nodes, edges)
    assert (len(drawing.boxes), len(drawing.arrows)) == (4, 7)
    for box in drawing.boxes:
        assert box.x >= 0 and box.x + box.width <= drawing.width
        assert box.y >= 0 and box.y + box.height <= drawing.height
        assert all(box.y < line.y < box.y + box.height for line in box.lines)
    apart = [(a, b) for a in drawing.boxes for b in drawing.boxes if a is not b and a.x == b.x]
    assert all(a.y + a.height <= b.y or b.y + b.height <= a.y for a, b in apart)
    labels = [label.text for arrow in drawing.arrows for label in arrow.labels]
    assert labels == ["ett", "två", "igen"]


def test_a_tree_holds_its_branches_beside_one_another() -> None:
    leaves = [Node("d", "Ett blad som är så långt att det bryts på två rader"), Node("e", "Blad")]
    trunk = [Node("a", "Rot"), Node("b", "Regel")]
    tree = draw_tree(trunk, [(Node("c", "Gren"), leaves), (Node("f", "Gren"), leaves[:1])])
    assert (len(tree.boxes), len(tree.arrows)) == (7, 6)
    assert all(b.x + b.width <= tree.width and b.y + b.height <= tree.height for b in tree.boxes)
    corners = {(box.x, box.y) for box in tree.boxes}
    assert len(corners) == 7
    alone = draw_tree([Node("a", "Hälsar")], [])
    assert (len(alone.boxes), alone.arrows) == (1, ())


def test_an_empty_coverage_has_no_tests() -> None:
    empty = Coverage()
    assert not (empty.of_answer("a") or empty.of_intent("a") or empty.of_service("a"))
    assert not (empty.of_topic("a", "b") or empty.of_kind("a"))


def test_programs_are_read_for_what_they_walk(tmp_path: Path) -> None:
    (tmp_path / "test_a.py").write_text(
        "async def test_one(desk):\n    await desk.claim(1)\n    other.leave()\n"
        "def test_two():\n    post('/x/give-back')\n    f'{x}/close'\ndef helper():\n    'expire'\n"
    )
    words = ("claim", "leave", "give_back", "close", "expire")
    assert walks(tmp_path, ["test_*.py"], words) == {
        "claim": ("a: one",), "give_back": ("a: two",), "close": ("a: two",),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("roles", "path", "status", "told"),
    [
        ({"umea": ["agent"]}, "/staff/flows", 200, "En människa tar över"),
        ({"umea": ["editor"]}, "/staff/flows/service?id=ledsagning", 200, "Vad kostar ledsagning?"),
        ({"umea": ["admin"]}, "/staff/flows/intent?id=kostnad", 200, "Assistenten söker svaret"),
        ({"umea": ["admin"]}, "/staff/flows/intent?id=greet", 200, "samtal/halsning"),
        ({"umea": ["admin"]}, "/staff/flows/intent?id=%3Cb%3E", 404, ""),
        ({"umea": ["admin"]}, "/staff/flows/service?id=nothing", 404, ""),
        ({"umea": ["admin"]}, "/staff/flows?kommun=ludvika", 404, ""),
        ({"umea": ["admin"]}, "/staff/flows/service", 422, ""),
        (None, "/staff/flows", 303, ""),
    ],
)
async def test_the_pages_are_for_all_staff(
    app: FastAPI,
    http: httpx.AsyncClient,
    roles: Roles | None,
    path: str,
    status: int,
    told: str,
) -> None:
    cookie = (await Person.sign_in(app, "Eva Berg", roles)).cookie if roles else {}
    response = await http.get(path, headers=cookie)
    assert response.status_code == status, response.text
    assert told in response.text
    if status == 200:
        for part in response.text.split("<svg")[1:]:
            picture = ET.fromstring(f"<svg{part.partition('</svg>')[0]}</svg>")
            assert picture.find("title") is not None
            assert picture.find("desc") is not None


def test_the_domain_and_the_rules_are_read_from_any_root(tmp_path: Path) -> None:
    assert (read_rules(tmp_path), read_examples(tmp_path), read_probes(tmp_path)) == ([], [], [])
    (tmp_path / "domain.yml").write_text("intents: [a]\nforms: {f: {required_slots: [x]}}")
    assert (read_intents(tmp_path), read_forms(tmp_path)[0].slots) == (["a"], ("x",))
