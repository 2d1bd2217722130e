"""A browser is had where one can be had, and where none can, it is said why."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tools.helpers import program
from tools import browser
from tools.errors import NO_BROWSER, SetupError

STARTS = 'echo "Chromium 156.0"'
# Ubuntu's package of this name does nothing but name a snap.
POINTS_TO_A_SNAP = 'echo "requires the chromium snap" >&2; exit 10'


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A Debian machine of root's with no browser, where none can be had."""
    # The real apt-get stands on the same PATH as the shell that the fake ones need.
    apt(tmp_path, "exit 100")
    (tmp_path / "debian_version").touch()
    monkeypatch.setattr(browser, "DEBIAN", tmp_path / "debian_version")
    monkeypatch.setattr("os.geteuid", lambda: 0)
    monkeypatch.setattr(browser, "downloaded", lambda: None)
    monkeypatch.setattr(browser, "download", refuse)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/bin")
    monkeypatch.setattr(browser, "PROGRAMS", ("our-chromium", "our-google-chrome"))
    monkeypatch.delenv("CI", raising=False)
    return tmp_path


def refuse() -> Path:
    raise SetupError(NO_BROWSER, "the download was refused")


def apt(machine: Path, install: str) -> None:
    """Write an apt-get that keeps a log and does this when asked to install."""
    log = machine / "apt.log"
    program(
        machine / "bin" / "apt-get",
        f'echo "$DEBIAN_FRONTEND $*" >> {log}\ncase "$*" in *install*) {install};; esac',
    )


def test_the_first_that_starts_is_taken(machine: Path) -> None:
    program(machine / "bin" / "our-chromium", POINTS_TO_A_SNAP)
    chrome = program(machine / "bin" / "our-google-chrome", STARTS)
    assert browser.find_chromium() == chrome


def test_an_earlier_download_is_taken_before_anything_is_installed(
    machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browser, "downloaded", lambda: machine / "chrome")
    assert browser.find_chromium() == machine / "chrome"
    assert not (machine / "apt.log").exists()


def test_debians_package_is_installed_without_a_question(machine: Path) -> None:
    ready = program(machine / "ready", STARTS)
    apt(machine, f"cp {ready} {machine}/bin/our-chromium")
    assert browser.find_chromium() == machine / "bin" / "our-chromium"
    update, install = (machine / "apt.log").read_text("utf-8").splitlines()
    assert update.startswith("noninteractive -y") and update.endswith(" update")
    assert install.endswith(" install --no-install-recommends chromium-headless-shell")


def test_an_older_debian_has_the_whole_browser_only(machine: Path) -> None:
    ready = program(machine / "ready", STARTS)
    whole = f'case "$*" in *shell*) exit 100;; *) cp {ready} {machine}/bin/our-chromium;; esac'
    apt(machine, whole)
    assert browser.find_chromium() == machine / "bin" / "our-chromium"
    said = (machine / "apt.log").read_text("utf-8").splitlines()
    assert said[-1].endswith(" install --no-install-recommends chromium")


def test_in_ci_the_shell_is_preferred_and_any_other_does(
    machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "true")
    chrome = program(machine / "bin" / "our-google-chrome", STARTS)
    assert browser.find_chromium() == chrome
    assert "chromium-headless-shell" in (machine / "apt.log").read_text("utf-8")


def test_apt_is_tried_once_more(machine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ready = program(machine / "ready", STARTS)
    log = machine / "apt.log"
    apt(
        machine,
        f"if [ $(grep -c update {log}) = 2 ]; then cp {ready} {machine}/bin/our-chromium; "
        f"else echo 'E: mirror sync in progress'; exit 100; fi",
    )
    assert browser.find_chromium() == machine / "bin" / "our-chromium"
    said = capsys.readouterr().out
    assert "trying again" in said and "E: mirror sync in progress" in said and "100" in said


def test_then_comes_playwrights_own(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser, "download", lambda: machine / "downloaded")
    assert browser.find_chromium() == machine / "downloaded"


def test_a_person_without_root_is_told_what_root_may_do(
    machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    with pytest.raises(SetupError) as caught:
        browser.find_chromium()
    assert caught.value.code == NO_BROWSER
    for reason in (
        "on the PATH",
        "sudo apt-get install chromium-headless-shell",
        "the download was refused",
    ):
        assert reason in str(caught.value)
    assert not (machine / "apt.log").exists()


def test_elsewhere_nothing_is_installed(machine: Path) -> None:
    (machine / "debian_version").unlink()
    with pytest.raises(SetupError, match="no apt-get of a Debian"):
        browser.find_chromium()
    assert not (machine / "apt.log").exists()


@pytest.mark.usefixtures("machine")
def test_no_browser_is_one_loud_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert browser.main() == 0
    said = capsys.readouterr().err
    assert "THE BROWSER TESTS WILL BE SKIPPED" in said
    assert len(said.splitlines()) == 1


@pytest.mark.usefixtures("machine")
def test_no_browser_is_a_failure_in_ci(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CI", "true")
    assert browser.main() == NO_BROWSER
    assert capsys.readouterr().err.startswith("[ERROR] No Chromium")
