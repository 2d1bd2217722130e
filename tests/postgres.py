"""A real PostgreSQL for tests: found, started on a free port of this machine, and thrown away.

Where there is none, root on Debian installs the package. Elsewhere the tests that need it are
skipped in one loud line, except in CI, where its absence is a failure.
"""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, NoReturn

import pytest
import sqlalchemy as sa
from sqlalchemy.pool import NullPool

PLACES = ("/usr/local/bin", "/opt/homebrew/bin")
ABSENT = "NO POSTGRESQL HERE: nothing that is kept was tested against it. Install postgresql."
# A test's database need not survive a power cut.
FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
# Enough for what was told to be stored to be there after the server was killed.
SURE = "-c fsync=off -c full_page_writes=off"


class Postgres:
    """A server that runs, with a place for every test."""

    def __init__(self, port: int, password: str, place: _Place) -> None:
        self._port, self._place = port, place
        self._address = f"postgresql://lotsen:{password}@127.0.0.1:{port}/postgres"
        self._engine = sa.create_engine(
            self._address, future=True, isolation_level="AUTOCOMMIT", poolclass=NullPool
        )

    @contextmanager
    def database(self) -> Iterator[str]:
        """The address of an empty place, as LOTSEN_DATABASE_URL takes it; it goes afterwards.

        It is a schema of its own, which is made ten times as fast as a database.
        """
        name = f"t{secrets.token_hex(6)}"
        self._run(f"CREATE SCHEMA {name}")
        address = f"{self._address}?application_name={name}&options=-csearch_path%3D{name}"
        try:
            yield address
        finally:
            self.cut_connections(address)
            self._run(f"DROP SCHEMA {name} CASCADE")

    def cut_connections(self, address: str) -> int:
        """End every connection to a place from the server's side; how many there were."""
        name = address.partition("application_name=")[2].partition("&")[0]
        return self._run(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
            f"WHERE application_name = '{name}'"
        )

    def stop(self, mode: str) -> None:
        """Stop it: ``fast`` says goodbye to its clients, ``immediate`` is killed."""
        self._place.stop(mode)

    def start(self) -> None:
        """Start it again, where it was and with what it held."""
        self._place.start(self._port)

    def _run(self, statement: str) -> int:
        with self._engine.connect() as connection:
            return int(connection.execute(sa.text(statement)).rowcount)


class _Place(NamedTuple):
    """Where a server's programs and data are, as whom it runs, and how sure of what it stores."""

    programs: Path
    folder: Path
    user: str | None
    options: str

    def start(self, port: int) -> None:
        # No socket file: its folder need not exist for every user.
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' "
        _run(
            [
                self.programs / "pg_ctl", "start", "-w", "-t", "60", "-D", self.folder / "data",
                "-l", self.folder / "data" / "log", "-o", options + self.options,
            ],
            self.user,
        )  # fmt: skip

    def stop(self, mode: str) -> None:
        pg_ctl, data = self.programs / "pg_ctl", self.folder / "data"
        _run([pg_ctl, "stop", "-w", "-m", mode, "-D", data], self.user)


@contextmanager
def running(options: str = FAST) -> Iterator[Postgres]:
    """Start a server, and stop it afterwards."""
    programs = programs_folder()
    # Not below pytest's own folder: PostgreSQL refuses root, and other users can't enter that.
    folder = Path(tempfile.mkdtemp(prefix="lotsen-pg-"))
    user = _unprivileged(folder)
    password = secrets.token_hex(16)
    place = _Place(programs, folder, user, options)
    try:
        _make(programs, folder, password, user)
        server = Postgres(_start(place), password, place)
        try:
            yield server
        finally:
            place.stop("immediate")
    finally:
        shutil.rmtree(folder)


def programs_folder(
    places: Sequence[str] | None = None, *, install: bool | None = None, ci: bool | None = None
) -> Path:
    """Where ``initdb`` and ``pg_ctl`` are; what is not told is asked of this machine."""
    found = _find(_places() if places is None else places)
    if found is None and (_may_install() if install is None else install):
        _install()
        found = _find(_places() if places is None else places)
    return found or _absent(os.environ.get("CI") == "true" if ci is None else ci)


def _absent(ci: bool) -> NoReturn:
    if ci:
        pytest.fail(ABSENT, pytrace=False)
    pytest.skip(ABSENT)


def _places() -> list[str]:
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version)
    return [*os.get_exec_path(), *(str(p) for p in reversed(versions)), *PLACES]


def _version(programs: Path) -> float:
    name = programs.parent.name
    return float(name) if name.replace(".", "", 1).isdecimal() else 0.0


def _find(places: Sequence[str]) -> Path | None:
    for place in places:
        # The real folder: a link to `initdb` alone would not find its neighbours.
        initdb = Path(place, "initdb").resolve()
        if initdb.is_file() and (initdb.parent / "pg_ctl").is_file():
            return initdb.parent
    return None


def _may_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def _install(package: str = "postgresql") -> None:
    """Debian's package; without the list of packages it is tried once more."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", package]
    for before in ([], ["apt-get", "update", "-qq"]):
        if before:
            subprocess.run(before, env=environment, capture_output=True, check=False)
        if (
            subprocess.run(install, env=environment, capture_output=True, check=False).returncode
            == 0
        ):
            return


def _unprivileged(folder: Path) -> str | None:
    """The user to run as when we are root, made owner of the folder."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    user = "postgres" if "postgres" in known else "nobody"
    shutil.chown(folder, user)
    return user


def _make(programs: Path, folder: Path, password: str, user: str | None) -> None:
    secret = folder / "password"
    secret.write_text(password, encoding="ascii")
    if user:
        shutil.chown(secret, user)
    _run(
        [
            programs / "initdb", "-D", folder / "data", "--username=lotsen", f"--pwfile={secret}",
            "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-sync",
        ],
        user,
    )  # fmt: skip


def _start(place: _Place) -> int:
    """Start on a free port; somebody else may take it first, so three are tried."""
    for _ in range(2):
        try:
            return _start_once(place)
        except subprocess.CalledProcessError:
            continue
    return _start_once(place)


def _start_once(place: _Place) -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    place.start(port)
    return port


def _run(command: Sequence[str | Path], user: str | None) -> None:
    # cwd: the user must be able to enter it. No pipes: the server would keep them open.
    subprocess.run(
        [str(part) for part in command],
        user=user,
        group=pwd.getpwnam(user).pw_gid if user else None,
        extra_groups=[] if user else None,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
    )
