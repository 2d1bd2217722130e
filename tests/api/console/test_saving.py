"""What a played conversation offers a test."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from api.console.records import Setting
from api.console.saving import draft_at_first
from tests.api.console.played import CannedConsole
from tests.api.staff.helpers import NOW


async def test_what_was_said_back_of_a_person_is_not_offered(tmp_path: Path) -> None:
    """The municipality's own number is: it is nobody's."""
    (played,) = await CannedConsole().play(Setting("umea"), ["ring mig"], NOW)
    text = "Vi ringer 070-174 06 05.\nDu kan ringa 090-16 10 02."
    draft = draft_at_first([replace(played, replies=({"text": text},))], tmp_path)
    assert [p.text for p in draft.turns[0].phrases] == ["Du kan ringa 090-16 10 02"]
    assert (draft.name, draft.topic) == ("ring-mig", "")
