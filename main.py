"""Wires the floors together, then hands over: a window, or a command without a screen."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path

from db.database import FileVault

LEDGER_SUFFIX = ".zbtz"


def main(arguments: list[str]) -> int:
    """Run a command when something else than a ledger file is named, else open the window (with that file)."""
    vault = FileVault(datetime.now)
    if arguments and not arguments[0].endswith(LEDGER_SUFFIX):
        from ui.command_line import run

        return run(arguments, vault, date.today())  # noqa: DTZ011  the one place that asks the clock, in local time
    from ui.application import start

    return start(vault, Path(arguments[0]) if arguments else None, date.today)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
