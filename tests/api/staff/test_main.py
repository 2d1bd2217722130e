"""The command that makes accounts, on each kind of database."""

from __future__ import annotations

import getpass
import io
import sys
from collections.abc import Callable

import pytest

from api.settings_desk import DeskSettings
from api.staff import commands, passwords
from api.staff.__main__ import main
from api.staff.sessions import Sessions
from api.storage import audit
from api.storage import staff as table
from api.storage.staff import Account
from api.storage.store import Store
from tests.api.staff.helpers import NOW, PASSWORD, add_account

Said = pytest.CaptureFixture[str]
ADD = ["add", "Anna", "--name", " Anna  Ek ", "--role", "agent", "--municipality", "umea"]


@pytest.fixture(autouse=True)
def _environment(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOTSEN_DATABASE_URL", address)
    monkeypatch.setattr(commands, "utc_now", lambda: NOW)


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Somebody at a terminal, who types these when asked for a password."""

    def type_(*words: str) -> None:
        left = list(words)
        monkeypatch.setattr(getpass, "getpass", lambda prompt: left.pop(0))
        monkeypatch.setattr(sys, "stdin", Terminal())

    return type_


@pytest.fixture
def piped(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """What comes through a pipe."""
    return lambda text: monkeypatch.setattr(sys, "stdin", io.StringIO(text))


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def account(store: Store, login: str = "anna") -> Account:
    with store.desk.connect() as connection:
        found = table.by_login(connection, login)
    assert found
    return found


def actions(store: Store, municipality: str = "umea") -> list[str]:
    with store.desk.connect() as connection:
        return [entry.action for entry in audit.read(connection, [municipality])]


def test_an_account_is_made_with_a_password_typed_twice(
    store: Store, typed: Callable[..., None], capsys: Said
) -> None:
    typed(PASSWORD, PASSWORD)
    assert main(ADD) == 0
    assert capsys.readouterr().out == "anna can sign in at /desk as umea:agent.\n"
    made = account(store)
    assert (made.staff.login, made.staff.name, made.active) == ("anna", "Anna Ek", True)
    assert made.staff.roles == {"umea": {"agent"}}
    assert made.password_hash
    assert passwords.is_right(PASSWORD, made.password_hash)
    assert actions(store) == ["account_added"]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "", "\nsomething else\n"])
def test_a_password_may_come_through_a_pipe(
    store: Store, piped: Callable[[str], None], ending: str
) -> None:
    piped(PASSWORD + ending)
    assert main([*ADD, "--password-stdin"]) == 0
    assert passwords.is_right(PASSWORD, account(store).password_hash)


def test_several_roles_in_several_municipalities(store: Store, typed: Callable[..., None]) -> None:
    typed(PASSWORD, PASSWORD)
    assert main([*ADD, "--role", "admin", "--municipality", "ludvika"]) == 0
    both = {"agent", "admin"}
    assert account(store).staff.roles == {"umea": both, "ludvika": both}
    assert actions(store, "ludvika") == ["account_added"]


@pytest.mark.parametrize(
    ("words", "arguments", "problem"),
    [
        (["kort"], ADD, "too short"),
        ([""], ADD, "too short"),
        (["anna och anna"], ADD, "more than the login"),
        ([PASSWORD, PASSWORD + "x"], ADD, "not the same"),
        ([], [*ADD[:-1], "mars"], "There is no municipality 'mars': "),
        ([], ["add", "a:b", *ADD[2:]], "nor colons"),
        ([], ["add", "a b", *ADD[2:]], "neither spaces"),
        ([], ["add", "anna", "--name", " ", *ADD[4:]], "Give the name"),
        ([], ["add", "anna", "--name", "Anna", "--municipality", "umea"], "at least one --role"),
        ([], ["password", "ingen"], "There is no account ingen"),
        ([], ["disable", "ingen"], "There is no account ingen"),
        ([], ["roles", "ingen", "--municipality", "umea"], "There is no account ingen"),
    ],
)
def test_what_can_not_be_done_is_told_in_a_line(
    store: Store,
    typed: Callable[..., None],
    capsys: Said,
    words: list[str],
    arguments: list[str],
    problem: str,
) -> None:
    typed(*words)
    assert main(arguments) == 1
    told = capsys.readouterr()
    assert problem in told.err
    assert told.err.count("\n") == 1
    assert not told.out
    with store.desk.connect() as connection:
        assert table.accounts(connection) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["add", "anna"],
        ["add", "anna", "--name", "Anna", "--role", "boss", "--municipality", "umea"],
        ["add", "anna", "--password", PASSWORD],
        ["nothing"],
        [],
    ],
)
def test_what_is_no_command_is_explained(arguments: list[str], capsys: Said) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "usage: python -m api.staff" in capsys.readouterr().err


def test_a_login_is_given_once(store: Store, typed: Callable[..., None], capsys: Said) -> None:
    add_account(store, umea="agent")
    typed(PASSWORD, PASSWORD)
    assert main(ADD) == 1
    assert "There is an account anna already." in capsys.readouterr().err


def test_without_a_terminal_nothing_is_asked(piped: Callable[[str], None], capsys: Said) -> None:
    piped(PASSWORD)
    assert main(ADD) == 1
    assert "use --password-stdin" in capsys.readouterr().err


async def test_a_new_password_ends_what_the_old_one_opened(
    store: Store, typed: Callable[..., None]
) -> None:
    staff = add_account(store, umea="agent")
    sessions = Sessions(store.desk, DeskSettings())
    with store.desk.begin() as connection:
        token = sessions.begin(connection, staff, NOW)
    typed("ett annat långt lösen", "ett annat långt lösen")
    assert main(["password", "ANNA"]) == 0
    assert await sessions.find(token, NOW) is None
    assert passwords.is_right("ett annat långt lösen", account(store).password_hash)
    assert actions(store) == ["password_changed"]


async def test_disabling_ends_all_and_enabling_brings_nothing_back(store: Store) -> None:
    staff = add_account(store, umea="agent")
    sessions = Sessions(store.desk, DeskSettings())
    with store.desk.begin() as connection:
        token = sessions.begin(connection, staff, NOW)
    assert main(["disable", "anna"]) == 0
    assert not account(store).active
    assert await sessions.find(token, NOW) is None
    assert main(["enable", "anna"]) == 0
    assert account(store).active
    assert await sessions.find(token, NOW) is None
    assert actions(store) == ["account_enabled", "account_disabled"]


def test_an_account_that_is_removed_leaves_the_log_only(store: Store) -> None:
    add_account(store, umea="agent")
    assert main(["remove", "anna"]) == 0
    with store.desk.connect() as connection:
        assert table.accounts(connection) == []
    assert actions(store) == ["account_removed"]


def test_roles_are_set_where_they_are_named(store: Store, capsys: Said) -> None:
    add_account(store, umea="agent", ludvika="editor")
    assert main(["roles", "anna", "--municipality", "umea", "--role", "admin"]) == 0
    assert account(store).staff.roles == {"umea": {"admin"}, "ludvika": {"editor"}}
    assert main(["roles", "anna", "--municipality", "ludvika"]) == 0
    assert account(store).staff.roles == {"umea": {"admin"}}
    assert actions(store, "ludvika") == ["roles_changed"] * 2
    assert main(["roles", "anna", "--municipality", "umea"]) == 0
    assert account(store).staff.roles == {}
    assert "without any role" in capsys.readouterr().out


def test_what_the_provider_decides_is_not_changed_here(store: Store, capsys: Said) -> None:
    add_account(store, "oidc:1", subject="https://a 1", umea="agent")
    assert main(["password", "oidc:1"]) == 1
    assert main(["roles", "oidc:1", "--municipality", "umea"]) == 1
    assert capsys.readouterr().err.count("provider") == 2
    assert main(["disable", "oidc:1"]) == 0


def test_the_list_tells_everything_but_the_passwords(store: Store, capsys: Said) -> None:
    add_account(store, umea="agent admin", ludvika="editor")
    add_account(store, "oidc:1", "Bo", subject="https://a 1", active=False, umea="agent")
    assert main(["list"]) == 0
    lines = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert lines == [
        ["login", "name", "signs in with", "state", "roles", "last signed in"],
        [
            *("anna", "Anna Ek", "a password", "active"),
            *("ludvika:editor, umea:admin, umea:agent", "never"),
        ],
        ["oidc:1", "Bo", "the provider", "disabled", "umea:agent", "never"],
    ]


def test_a_database_that_can_not_be_used_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    monkeypatch.setenv("LOTSEN_DATABASE_URL", "mysql://x")
    assert main(["list"]) == 2
    assert capsys.readouterr().err.startswith("Error: LOTSEN_DATABASE_URL")
