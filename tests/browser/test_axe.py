"""axe finds nothing on any page, in any state, by day or by night."""

from __future__ import annotations

import pytest

from tests.browser.audit import audit, audit_colours, without_scripts
from tests.browser.visitor import Look, Visitor
from tools.states import STATES, Scene, State


@pytest.mark.parametrize("state", STATES, ids=[state.name for state in STATES])
def test_axe_finds_nothing(visit: Visitor, scene: Scene, state: State) -> None:
    page = visit(Look(scripts=state.scripts))
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
