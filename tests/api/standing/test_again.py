"""A page that is read again: what may not be kept of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from api.standing.again import reading
from api.standing.service import StandingError
from bot.importing.page import ImportedPage
from tests.api.standing.helpers import PAGE, read

NUMBER = "19121212-1212"


@pytest.mark.parametrize(
    "page",
    [
        read(f"{PAGE.text}\n{NUMBER}"),
        read(PAGE.text, f"Brev till {NUMBER}"),
        replace(read(PAGE.text), url=f"https://www.umea.se/sida?id={NUMBER}"),
    ],
)
def test_a_personal_number_is_kept_from_no_part_of_a_page(page: ImportedPage) -> None:
    with pytest.raises(StandingError, match="personnummer"):
        reading("umea", "ledsagning", page)
