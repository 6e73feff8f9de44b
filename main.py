"""Wires the floors together, then hands over: a window, or a command without a screen."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from app import COLLECTION_SUFFIX, LEDGER_SUFFIX, READ_APART
from app.own_files import close_folder, keep_private

if TYPE_CHECKING:
    from app.collection.collection import Collections
    from app.store import Vault


def make_vault() -> Vault:
    """Where ledger files come from; storage is imported when the first one is wanted."""
    from platformdirs import user_data_path

    from db.vault import FileVault

    state = user_data_path("BranchLedger", appauthor=False)
    close_folder(state)
    return FileVault(datetime.now, state)


def make_collections() -> Collections:
    """Where collections of branches come from."""
    from db.collection import DuckCollections

    return DuckCollections()


def main(arguments: list[str]) -> int:
    """Run a command when something else than a ledger file is named, else open the window (with that file)."""
    keep_private()
    if arguments[:1] == [READ_APART]:
        from app.apart import serve

        serve()
        return 0
    if arguments and not arguments[0].casefold().endswith((LEDGER_SUFFIX, COLLECTION_SUFFIX)):
        from ui.command_line import run

        today = date.today()  # noqa: DTZ011  the one place that asks the clock, in local time
        return run(arguments, make_vault(), today, make_collections())
    from ui.house.application import start

    return start(make_vault, make_collections, Path(arguments[0]) if arguments else None, date.today)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
