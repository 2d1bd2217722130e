"""Written text to spoken text: tables that an editor can read stand in the folder spoken/."""

from pathlib import Path
from typing import cast

import pytest
import yaml

from bot.speech.normalise import spoken

TABLES = sorted((Path(__file__).parent / "spoken").glob("*.yml"))
LEAST_CASES = 300


def cases(table: Path) -> dict[str, str]:
    return cast("dict[str, str]", yaml.safe_load(table.read_text(encoding="utf-8")))


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.stem)
def test_what_is_written_is_spoken_as_the_table_says(table: Path) -> None:
    language = "en" if table.stem == "english" else "sv"
    wrong = [
        f"{written!r} is said {spoken(written, language)!r}, not {said!r}"
        for written, said in cases(table).items()
        if spoken(written, language) != said
    ]
    assert not wrong, "\n".join(wrong)


def test_there_are_enough_cases() -> None:
    assert sum(len(cases(table)) for table in TABLES) >= LEAST_CASES


def test_other_languages_are_read_as_swedish() -> None:
    assert spoken("Soita 112.", "fi") == "Soita ett ett två."
    assert spoken("اتصل بالرقم 112، شكراً.", "ar") == "اتصل بالرقم ett ett två, شكراً."
    assert spoken("ሕጂ ናብ 112 ደውሉ።", "ti") == "ሕጂ ናብ ett ett två ደውሉ."


def test_digits_of_any_script_are_read() -> None:
    assert spoken("٣ och ３ och ③") == "tre och tre och tre"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (
            "Ring 090-16 10 02.",
            (
                "Ring noll nio noll. Ett sex. Ett noll. Noll två."
                " Jag upprepar: noll nio noll. Ett sex. Ett noll. Noll två."
            ),
        ),
        (
            "Ring 090-16 10 02, eller gå dit.",
            (
                "Ring noll nio noll. Ett sex. Ett noll. Noll två."
                " Jag upprepar: noll nio noll. Ett sex. Ett noll. Noll två; eller gå dit."
            ),
        ),
        ("Ring 112.", "Ring ett ett två. Jag upprepar: ett ett två."),
        ("1177", "ett ett. Sju sju. Jag upprepar: ett ett. Sju sju"),
        (
            "UM-7K3F-92QX",
            (
                "u emm. Sju kå tre eff. Nio två ku eks."
                " Jag upprepar: u emm. Sju kå tre eff. Nio två ku eks"
            ),
        ),
        ("Öppet 08.30–11.30.", "Öppet klockan åtta och trettio till elva och trettio."),
    ],
)
def test_slow_numbers_are_said_digit_by_digit_and_twice(written: str, said: str) -> None:
    assert spoken(written, slow=True) == said


def test_slow_numbers_in_english() -> None:
    assert spoken("Call 90101.", "en", slow=True) == (
        "Call nine zero. One zero one. I repeat: nine zero. One zero one."
    )
