"""What an operator can do about standing from the command line.

It works on the database that the server uses: every process has read it five seconds later.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from api.changes.service import Changes
from api.clock import utc_now
from api.commands import Refused
from api.importing import limits
from api.settings import Settings
from api.standing.again import act, reading
from api.standing.compare import CONTACT
from api.standing.marks import find_subject, title
from api.standing.service import StandingError, Standings
from api.storage.answer_states import Mark
from api.storage.store import Store
from bot.importing.page import Address, PageError, SavedFile, Source
from bot.knowledge.loader import load_whole


def show(store: Store, settings: Settings, chosen: argparse.Namespace) -> None:
    """Print what is withdrawn or flagged, newest first."""
    whole = load_whole()
    for state in Standings(store.desk).listed():
        known = find_subject(whole, state.municipality, state.subject)
        told = title(whole, known) if known else state.subject
        print("\t".join((_public_id(state.municipality, state.subject), state.state, told)))


def withdraw(store: Store, settings: Settings, chosen: argparse.Namespace) -> None:
    """Say an answer no longer."""
    _mark(store, chosen, "withdrawn")


def flag(store: Store, settings: Settings, chosen: argparse.Namespace) -> None:
    """Say it with a warning."""
    _mark(store, chosen, "flagged")


def restore(store: Store, settings: Settings, chosen: argparse.Namespace) -> None:
    """Say it as it is."""
    _mark(store, chosen, "restored")


def again(store: Store, settings: Settings, chosen: argparse.Namespace) -> None:
    """Read a page again, act on what it no longer proves, and propose its new text."""
    if chosen.municipality not in load_whole().municipalities:
        raise Refused(f"There is no municipality {chosen.municipality}.")
    try:
        read = limits.reading(settings)(_source(chosen.source))
        found = reading(chosen.municipality, chosen.page, read)
    except (PageError, StandingError) as error:
        raise Refused(str(error)) from error
    if found.compared.is_another_page and not chosen.another:
        raise Refused(
            f"Only {found.compared.kept:.0%} of the old lines are left, so this may be another "
            "page. Nothing was done. Go on with --another if it is the right one."
        )
    standings, changes = Standings(store.desk), Changes(store.desk)
    acted, made = act(found, standings, changes, settings.staff.lost_evidence, None, utc_now())
    print(f"{len(found.compared.gone)} lines gone, {len(found.compared.new)} new.")
    for word, subjects in (("marked", acted.marked), ("restored", acted.restored)):
        for subject in subjects:
            print(f"{word}\t{_public_id(chosen.municipality, subject)}")
    if made is not None:
        print(f"Change set {made.id}: see /staff/import/again/{made.id}")


def _source(given: str) -> Source:
    if "://" in given:
        return Address(given)
    path = Path(given)
    try:
        return SavedFile(path.read_bytes(), path.name)
    except OSError as error:
        raise Refused(f"{given} can't be read ({error.strerror}).") from error


def _mark(store: Store, chosen: argparse.Namespace, state: Mark) -> None:
    municipality, _, rest = str(chosen.id).partition(".")
    # A contact is named as umea.kundtjanst, which no answer is: those have an aspect too.
    subject = chosen.id if "." in rest else f"{CONTACT}{rest}"
    try:
        Standings(store.desk).mark(municipality, subject, state, chosen.why, None, utc_now())
    except StandingError as error:
        raise Refused(str(error)) from error
    print(f"{chosen.id} is {state}. Every server has read it within five seconds.")


def _public_id(municipality: str, subject: str) -> str:
    if subject.startswith(CONTACT):
        return f"{municipality}.{subject[len(CONTACT) :]}"
    return subject
