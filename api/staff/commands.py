"""What can be done to accounts from the command line: the functions of ``python -m api.staff``.

They work on the database that the server uses, also while it runs: what is taken away here is
gone at somebody's next request.
"""

from __future__ import annotations

import argparse
import getpass
import re
import secrets
import sys
from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from api.clock import utc_now
from api.commands import Refused
from api.settings import Settings
from api.staff import passwords
from api.staff.accounts import tidy
from api.staff.records import ROLES, Role, Staff
from api.storage import audit
from api.storage import staff as table
from api.storage.staff import Account
from api.storage.store import Store
from bot.knowledge.loader import load_knowledge

_LOGIN = re.compile(r"[^\s:\x00-\x1f]{2,120}")


def add(store: Store, settings: Settings, chosen: argparse.Namespace) -> None:
    """Make an account with a password."""
    login, name, roles = tidy(chosen.login), " ".join(chosen.name.split()), _chosen_roles(chosen)
    if not _LOGIN.fullmatch(login):
        raise Refused("A login has at least two characters, and neither spaces nor colons.")
    if not name:
        raise Refused("Give the name that colleagues and citizens will see.")
    if not any(roles.values()):
        raise Refused(f"Give at least one --role: {', '.join(ROLES)}.")
    with store.desk.connect() as connection:
        if table.by_login(connection, login):
            raise Refused(f"There is an account {login} already.")
    kept = passwords.hash_of(_new_password(login, chosen))
    staff = Staff(secrets.token_urlsafe(12), login, name, roles)
    try:
        with store.desk.begin() as connection:
            table.add(connection, Account(staff, kept, None, True, None), utc_now())
            _note(connection, staff, "account_added")
    except IntegrityError:  # made by somebody else while the password was typed
        raise Refused(f"There is an account {login} already.") from None
    print(f"{login} can sign in at /desk as {_told(roles)}.")


def password(store: Store, settings: Settings, chosen: argparse.Namespace) -> None:
    """Set a new password; who is signed in with the old one no longer is."""
    account = _find(store, chosen.login)
    if account.subject:
        raise Refused(f"{account.staff.login} signs in through the provider, without a password.")
    kept = passwords.hash_of(_new_password(account.staff.login, chosen))
    with store.desk.begin() as connection:
        table.change(connection, account.staff.id, password_hash=kept)
        table.sign_out_everywhere(connection, account.staff.id)
        _note(connection, account.staff, "password_changed")
    print(f"{account.staff.login} has a new password and is signed out everywhere.")


def roles(store: Store, settings: Settings, chosen: argparse.Namespace) -> None:
    """Set the roles in the municipalities that are named; elsewhere they stay as they are."""
    account = _find(store, chosen.login)
    if account.subject:
        raise Refused("The provider tells this account's roles at each sign-in: change them there.")
    touched = {**account.staff.roles, **_chosen_roles(chosen)}
    held = {municipality: given for municipality, given in touched.items() if given}
    with store.desk.begin() as connection:
        table.set_roles(connection, account.staff.id, held)
        # In the logs of those municipalities, too, where nothing is left.
        _note(connection, replace(account.staff, roles=touched), "roles_changed")
    print(f"{account.staff.login} is now {_told(held)}. It holds at once.")


def disable(store: Store, settings: Settings, chosen: argparse.Namespace) -> None:
    """Shut an account, and sign it out everywhere."""
    account = _find(store, chosen.login)
    with store.desk.begin() as connection:
        table.change(connection, account.staff.id, active=False)
        table.sign_out_everywhere(connection, account.staff.id)
        _note(connection, account.staff, "account_disabled")
    print(f"{account.staff.login} is signed out and can't sign in any more.")


def enable(store: Store, settings: Settings, chosen: argparse.Namespace) -> None:
    """Open a disabled account again."""
    account = _find(store, chosen.login)
    with store.desk.begin() as connection:
        table.change(connection, account.staff.id, active=True)
        _note(connection, account.staff, "account_enabled")
    print(f"{account.staff.login} can sign in again.")


def remove(store: Store, settings: Settings, chosen: argparse.Namespace) -> None:
    """Delete an account. The log of what was done keeps the name, for as long as it is kept."""
    account = _find(store, chosen.login)
    with store.desk.begin() as connection:
        table.remove(connection, account.staff.id)
        _note(connection, account.staff, "account_removed")
    print(f"{account.staff.login} is signed out, and the account is gone.")


def show(store: Store, settings: Settings, chosen: argparse.Namespace) -> None:
    """Print the accounts as tab-separated lines."""
    print("login", "name", "signs in with", "state", "roles", "last signed in", sep="\t")
    with store.desk.connect() as connection:
        found = table.accounts(connection)
    for account in found:
        seen = account.signed_in_at
        print(
            account.staff.login,
            account.staff.name,
            "the provider" if account.subject else "a password",
            "active" if account.active else "disabled",
            _told(account.staff.roles),
            seen.isoformat(timespec="seconds") if seen else "never",
            sep="\t",
        )


def _find(store: Store, login: str) -> Account:
    with store.desk.connect() as connection:
        found = table.by_login(connection, tidy(login))
    if found is None:
        raise Refused(f"There is no account {tidy(login)}: `list` prints those that there are.")
    return found


def _chosen_roles(chosen: argparse.Namespace) -> dict[str, frozenset[Role]]:
    """The roles that were given, in each municipality that was named."""
    known = load_knowledge().municipalities
    for municipality in chosen.municipality:
        if municipality not in known:
            raise Refused(f"There is no municipality {municipality!r}: {', '.join(known)}.")
    return {municipality: frozenset(chosen.role) for municipality in chosen.municipality}


def _new_password(login: str, chosen: argparse.Namespace) -> str:
    """From standard input, or typed twice; never from the command line, which others can see."""
    if chosen.password_stdin:
        new = sys.stdin.readline().rstrip("\r\n")
    elif not sys.stdin.isatty():
        raise Refused("There is no terminal to ask at: use --password-stdin.")
    else:
        new = getpass.getpass(f"Password for {login}: ")
    problem = passwords.problem_with(new, login)
    if problem:
        raise Refused(problem)
    if not chosen.password_stdin and getpass.getpass("The same again: ") != new:
        raise Refused("The two were not the same.")
    return new


def _note(connection: Connection, staff: Staff, action: str) -> None:
    """In the log of each municipality that it concerns. Nobody of the staff did it."""
    for municipality in sorted(staff.roles):
        audit.write(connection, utc_now(), None, municipality, action, staff.id)


def _told(roles: Mapping[str, frozenset[Role]]) -> str:
    parts = [f"{m}:{role}" for m, given in sorted(roles.items()) for role in sorted(given)]
    return ", ".join(parts) or "without any role"
