"""axe finds nothing on any page, in any state, by day or by night."""

from __future__ import annotations

import pytest

from tests.browser.audit import audit, audit_colours, without_scripts
from tests.browser.visitor import Look, Visitor
from tools.states import STATES, Scene, State
from tools.states_desk import OFFICE_STATES

STAFF_COOKIES = ("lotsen_desk", "lotsen_desk_known", "lotsen_desk_form")


@pytest.mark.parametrize("state", STATES, ids=[state.name for state in STATES])
def test_axe_finds_nothing(visit: Visitor, scene: Scene, state: State) -> None:
    look_at(visit, scene, state, Look(scripts=state.scripts))


@pytest.mark.parametrize("state", OFFICE_STATES, ids=[state.name for state in OFFICE_STATES])
def test_axe_finds_nothing_on_the_way_to_a_person(
    visit: Visitor, staffed: Scene, state: State
) -> None:
    look_at(visit, staffed, state, Look(scripts=state.scripts, now=None))


def look_at(visit: Visitor, scene: Scene, state: State, look: Look) -> None:
    """Enter the state and let axe look at it, in light and dark."""
    page = visit(look)
    visit.watch.allow_cookies(*(STAFF_COOKIES if "desk" in state.name else ()))
    for complaint in state.complaints:
        visit.watch.expect(complaint)
    state.enter(page, scene)
    assert visit.watch.problems() == []
    # axe itself reads style sheets in a way that our content policy refuses.
    visit.watch.expect("Applying inline style violates")
    if not state.scripts:
        seen, page = page, visit()
        without_scripts(seen, page)
    found = audit(page)
    page.emulate_media(color_scheme="dark")
    dark = audit_colours(page)
    assert not found + dark, f"{found}\nin the dark:\n{dark}"
