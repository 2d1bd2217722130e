"""pip's own settings reach uv; uv's failures become advice."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.tools.helpers import program
from tools.errors import DISK_FULL, INDEX_NOT_REACHED, INSTALL_FAILED
from tools.index import explain, pip_settings, uv_environment


def test_pips_files_are_read_and_its_variables_outrank_them(tmp_path: Path) -> None:
    pip = program(
        tmp_path / "python",
        "cat <<END\nglobal.index-url='https://files.example/simple'\n"
        "global.cert='/etc/cert.pem'\n:env:.index-url='ignored'\nEND",
    )
    settings = pip_settings(str(pip), {"PIP_CERT": "/mine.pem", "PIP_EMPTY": "", "PATH": "/bin"})
    assert settings == {"index-url": "https://files.example/simple", "cert": "/mine.pem"}


def test_a_python_without_pip_gives_the_variables_only(tmp_path: Path) -> None:
    pip = program(tmp_path / "python", "exit 1")
    assert pip_settings(str(pip), {"PIP_INDEX_URL": "https://i.example"}) == {
        "index-url": "https://i.example"
    }


def test_settings_are_said_in_uvs_words() -> None:
    settings = {"index-url": "https://i.example", "cert": "/c.pem", "trusted-host": "i.example"}
    found = uv_environment({"HOME": "/h"}, settings)
    assert found == {
        "HOME": "/h",
        "UV_DEFAULT_INDEX": "https://i.example",
        "SSL_CERT_FILE": "/c.pem",
        "UV_INSECURE_HOST": "i.example",
    }


def test_what_is_set_for_uv_already_stays() -> None:
    environment = {"UV_DEFAULT_INDEX": "https://mine.example", "SSL_CERT_FILE": "/mine.pem"}
    found = uv_environment(environment, {"index-url": "https://i.example", "cert": "/c.pem"})
    assert found == environment
    old = {"UV_INDEX_URL": "https://old.example"}
    assert uv_environment(old, {"index-url": "https://i.example"}) == old


def test_further_indexes_are_taken_as_pip_takes_them(tmp_path: Path) -> None:
    extra = f"https://extra.example file://{tmp_path} file:///not/there"
    found = uv_environment({}, {"extra-index-url": extra, "find-links": f"{tmp_path} /not/there"})
    assert found["UV_INDEX"] == f"https://extra.example file://{tmp_path}"
    assert found["UV_FIND_LINKS"] == str(tmp_path)
    assert found["UV_INDEX_STRATEGY"] == "unsafe-best-match"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (
            "error: Failed to fetch: `https://i.example/rasa/`\n  Caused by: dns error",
            INDEX_NOT_REACHED,
        ),
        ("WARNING: Retrying (Retry(total=4)) after connection broken", INDEX_NOT_REACHED),
        ("error: failed to write: No space left on device (os error 28)", DISK_FULL),
        ("error: Hash mismatch for `rasa==3.6.21`", INSTALL_FAILED),
        ("error: Failed to build `docopt`", INSTALL_FAILED),
    ],
)
def test_a_failure_is_explained(words: str, code: int) -> None:
    error = explain(words)
    assert error.code == code
    assert "run the same command" in str(error).lower().replace("\n", " ")


def test_real_pip_is_understood() -> None:
    assert isinstance(pip_settings(sys.executable, {}), dict)
