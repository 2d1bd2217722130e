"""Read pages in from the command line; a person goes through the drafts at /staff/import.

    make import URL="https://…" MUNICIPALITY=umea
    make import FILE=sida.html MUNICIPALITY=umea
    make import URL="https://… https://…" ARGS='--new "Falu kommun" --short Falun'

Up to three addresses or files, with blanks between them. With ARGS="--again PAGE" a page that is
there already is read again instead: what lost its evidence is acted on at once.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from api.clock import utc_now
from api.commands import Refused, run_command
from api.importing.limits import reading
from api.importing.records import Batch, ImportingError, NewMunicipality
from api.importing.service import Importing
from api.settings import Settings
from api.standing import commands as standing
from api.storage.store import Store
from bot.importing.page import Address, PageError, SavedFile, Source
from bot.knowledge.loader import load_knowledge

_CONTENT = ("answers", "contacts", "hours", "unplaced")
_TITLES = ("answers", "contacts", "opening hours", "sentences without a place")


def main(
    arguments: Sequence[str] | None = None, environment: Mapping[str, str] = os.environ
) -> int:
    """Read what is asked for; 0 when its drafts are kept."""
    return run_command(_parser(environment), arguments)


def _parser(environment: Mapping[str, str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="make import", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    add = parser.add_argument
    add("--url", default=environment.get("URL", ""), help="addresses, with blanks between them")
    add("--file", default=environment.get("FILE", ""), help="saved pages (.html or .txt)")
    add("--municipality", default=environment.get("MUNICIPALITY", ""), help="id, like umea")
    add("--new", default="", metavar="NAME", help="a municipality to be added: 'Falu kommun'")
    add("--short", default="", help="what people call it: Falun")
    add("--host", default="", help="whose staff see a new municipality's change set")
    add("--again", default="", metavar="PAGE", help="id of a page in pages.yml to read again")
    parser.set_defaults(run=_run)
    return parser


def _run(store: Store, settings: Settings, chosen: argparse.Namespace) -> None:
    sources = _sources(chosen)
    if chosen.again:
        _again(store, settings, chosen, sources)
        return
    try:
        batch = Importing(store.desk, reading(settings)).read(
            sources, _owner(chosen), None, utc_now(), _host(chosen)
        )
    except (PageError, ImportingError) as error:
        raise Refused(str(error)) from None
    print("\n".join(_told(batch)))


def _sources(chosen: argparse.Namespace) -> list[Source]:
    found: list[Source] = [Address(url) for url in chosen.url.split()]
    for name in chosen.file.split():
        path = Path(name)
        try:
            found.append(SavedFile(path.read_bytes(), path.name))
        except OSError as error:
            raise Refused(f"{name} can't be read: {error.strerror}.") from None
    if not found:
        raise Refused('Write URL="https://…" or FILE=page.html.')
    return found


def _owner(chosen: argparse.Namespace) -> str | NewMunicipality:
    if chosen.new or chosen.short:
        return NewMunicipality.called(chosen.new, chosen.short)
    _known(chosen.municipality)
    return str(chosen.municipality)


def _host(chosen: argparse.Namespace) -> str | None:
    """Whose staff see a new municipality's change set: it has none of its own yet."""
    if not chosen.new:
        return None
    host = str(chosen.host or chosen.municipality or next(iter(load_knowledge().municipalities)))
    _known(host)
    return host


def _known(municipality: str) -> None:
    known = load_knowledge().municipalities
    if municipality not in known:
        raise Refused(f"There is no municipality {municipality!r}: {', '.join(known)}.")


def _again(
    store: Store, settings: Settings, chosen: argparse.Namespace, sources: Sequence[Source]
) -> None:
    _known(chosen.municipality)
    source = (chosen.url or chosen.file).split()[0]
    if len(sources) != 1:
        raise Refused("Read one page again at a time.")
    standing.again(
        store,
        settings,
        argparse.Namespace(
            municipality=chosen.municipality, page=chosen.again, source=source, another=False
        ),
    )


def _told(batch: Batch) -> Sequence[str]:
    """What was found, page by page, and where it is gone through."""
    lines = []
    for row in batch.rows:
        drafts = row.found["drafts"]
        counts = (
            f"{len(drafts[key])} {title}" for key, title in zip(_CONTENT, _TITLES, strict=True)
        )
        lines.append(f"{row.title}: {', '.join(counts)}")
        lines += [f"  {warning}" for warning in row.found["page"]["warnings"]]
    return [*lines, f"Go through the drafts at /staff/import/read/{batch.id}"]


if __name__ == "__main__":
    sys.exit(main())
