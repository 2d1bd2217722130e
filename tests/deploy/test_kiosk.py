"""The kiosk's machine: what its installer writes, what it refuses, and when the watchdog acts."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

KIOSK = Path(__file__).resolve().parents[2] / "deploy" / "kiosk"
POLICIES = "etc/chromium/policies/managed/lotsen-kiosk.json"
CONF = "etc/lotsen-kiosk/kiosk.conf"
KEYBOARDS = "etc/udev/rules.d/90-lotsen-kiosk.rules"
XORG = "etc/X11/xorg.conf.d/90-lotsen-kiosk.conf"
MUST = ("--address", "https://chat.example.se", "--municipality", "umea")


def install(root: Path, *answers: str) -> subprocess.CompletedProcess[str]:
    """Let the installer write its files below a folder."""
    return subprocess.run(
        [KIOSK / "install.sh", "--root", root, *answers],
        capture_output=True,
        text=True,
        check=False,
    )


def installed(root: Path, *answers: str) -> dict[str, Any]:
    """The policies that it writes."""
    done = install(root, *answers)
    assert done.returncode == 0, done.stderr
    policies: dict[str, Any] = json.loads((root / POLICIES).read_text())
    return policies


@pytest.mark.parametrize(
    ("address", "only"),
    [
        ("https://chat.example.se", "https://.chat.example.se:443"),
        ("https://chat.example.se:8443/", "https://.chat.example.se:8443"),
        ("http://127.0.0.1:8000", "http://.127.0.0.1:8000"),
    ],
)
def test_the_browser_may_go_to_one_origin_only(tmp_path: Path, address: str, only: str) -> None:
    policies = installed(tmp_path, "--address", address, "--municipality", "umea")
    assert policies["URLAllowlist"] == [only]
    assert "*" in policies["URLBlocklist"] and "chrome://*" in policies["URLBlocklist"]
    assert policies["AudioCaptureAllowedUrls"] == []
    written = json.dumps(policies)
    assert set(re.findall(r"https?://[^\"]*", written)) == {only}
    wanted = {
        "DeveloperToolsAvailability": 2,
        "RemoteDebuggingAllowed": False,
        "IncognitoModeAvailability": 2,
        "AllowFileSelectionDialogs": False,
        "PrintingEnabled": False,
        "DownloadRestrictions": 3,
        "PasswordManagerEnabled": False,
        "TranslateEnabled": False,
    }
    assert {name: policies[name] for name in wanted} == wanted


def test_every_answer_is_written_and_nothing_is_left_to_fill_in(tmp_path: Path) -> None:
    policies = installed(
        tmp_path, *MUST, "--session", "openbox", "--turn", "270", "--keyboard", "--microphone"
    )
    assert policies["AudioCaptureAllowedUrls"] == ["https://chat.example.se"]
    conf = dict(
        line.split("=", 1)
        for line in (tmp_path / CONF).read_text().splitlines()
        if not line.startswith("#")
    )
    assert conf == {
        "KIOSK_ORIGIN": "https://chat.example.se",
        "KIOSK_MUNICIPALITY": "umea",
        "KIOSK_SESSION": "openbox",
        "KIOSK_TURNS": "3",
    }
    assert (tmp_path / XORG).exists() and not (tmp_path / KEYBOARDS).exists()
    for file in (f for f in tmp_path.rglob("*") if f.is_file()):
        assert not re.search(r"@[A-Z]+@", file.read_text()), file
        is_program = "/lib/lotsen-kiosk/" in str(file)
        assert os.access(file, os.X_OK) == is_program, file


def test_another_run_changes_the_answers_and_takes_away_what_is_not_wanted(tmp_path: Path) -> None:
    installed(tmp_path, *MUST)
    first = {f: f.read_text() for f in tmp_path.rglob("*") if f.is_file()}
    installed(tmp_path, *MUST)
    assert {f: f.read_text() for f in tmp_path.rglob("*") if f.is_file()} == first
    assert (tmp_path / KEYBOARDS).exists()
    installed(tmp_path, *MUST, "--session", "openbox", "--keyboard")
    assert (tmp_path / XORG).exists() and not (tmp_path / KEYBOARDS).exists()
    installed(tmp_path, *MUST)
    assert not (tmp_path / XORG).exists() and (tmp_path / KEYBOARDS).exists()


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        (("--address", "http://chat.example.se"), "--address"),
        (("--address", "https://chat.example.se/path"), "--address"),
        (("--address", "https://a.se https://b.se"), "--address"),
        (("--address", 'https://a.se","*'), "--address"),
        (("--address", "https://a.se\nKIOSK_SESSION=x"), "--address"),
        (("--municipality", "../desk"), "--municipality"),
        (("--municipality", "umea|e id"), "--municipality"),
        (("--session", "gnome"), "--session"),
        (("--turn", "45"), "--turn"),
        (("--turn",), "--turn"),
        (("--fast",), "--fast"),
    ],
)
def test_what_cannot_be_right_is_refused(
    tmp_path: Path, changed: tuple[str, ...], named: str
) -> None:
    refused = install(tmp_path, *MUST, *changed)
    assert refused.returncode == 64 and named in refused.stderr
    assert not list(tmp_path.iterdir())


STUBS = {
    "systemctl": 'echo "$@" >>"$STUBS/asked"; [ "$1" = restart ] || [ -e "$STUBS/running" ]',
    "runuser": 'cat "$STUBS/picture" 2>/dev/null',
    "date": 'cat "$STUBS/now"',
}
"""What the watchdog asks of the machine, as a test wants it."""


class Watchdog:
    """The watchdog on a machine of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name, does in STUBS.items():
            (folder / name).write_text(f"#!/bin/sh\n{does}\n")
            (folder / name).chmod(0o755)
        (folder / "running").touch()

    def restarts(self, now: int, picture: str | None) -> bool:
        """Let it look once; whether it starts the kiosk anew."""
        (self.folder / "now").write_text(str(now))
        (self.folder / "asked").write_text("")
        (self.folder / "picture").unlink(missing_ok=True)
        if picture is not None:
            (self.folder / "picture").write_text(picture)
        path = f"{self.folder}:{os.environ['PATH']}"
        own = {"STUBS": str(self.folder), "RUNTIME_DIRECTORY": str(self.folder)}
        env = {"PATH": path, "KIOSK_SESSION": "cage", **own}
        subprocess.run([KIOSK / "watch"], env=env, check=True, capture_output=True)
        return "restart" in (self.folder / "asked").read_text()


def test_the_watchdog_starts_anew_what_stands_still(tmp_path: Path) -> None:
    dog = Watchdog(tmp_path)
    assert not dog.restarts(1000, "12:00")
    assert not dog.restarts(1120, "12:02")
    # It hangs from here on.
    assert not dog.restarts(1240, "12:02")
    assert not dog.restarts(1539, "12:02")
    assert dog.restarts(1540, "12:02")
    # Having been started anew it gets its time again.
    assert not dog.restarts(1660, "12:02")
    assert not dog.restarts(1780, "12:09")
    # No picture can be taken at all.
    assert not dog.restarts(1900, None)
    assert dog.restarts(2320, None)
    # Somebody has stopped it by hand.
    (tmp_path / "running").unlink()
    assert not dog.restarts(9000, None)


def test_what_runs_on_the_screen_may_write_to_its_own_tmp() -> None:
    unit = (KIOSK / "lotsen-kiosk.service").read_text()
    (folders,) = re.findall(r"^TemporaryFileSystem=(.*)$", unit, re.MULTILINE)
    assert "/tmp:mode=1777" in folders.split()
