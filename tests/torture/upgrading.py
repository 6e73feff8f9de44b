"""An old ledger that is brought up to date while one call after another fails: it is as before, or whole."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

from app.errors import AppError
from app.people.members import Member
from db.vault import FileVault
from tests.torture.faults import Plan as Fault
from tests.torture.faults import failing

OLD = Path(__file__).parents[1] / "old_files" / "schema-1.zbtz"
FIRST = 30


def rounds(folder: Path, step: int = 1) -> tuple[int, list[str]]:
    """Let the first thirty calls fail in turn, then one in `step`; how many there were, and the faults found."""
    vault = FileVault(lambda: datetime(2026, 7, 16, 9, 30), folder / "state")  # noqa: DTZ001
    whole, path = OLD.read_bytes(), folder / "旧.zbtz"
    number, done, found = 0, 0, list[str]()
    while True:
        number += 1 if number < FIRST else step
        done += 1
        shutil.copyfile(OLD, path)
        plan = Fault(number, lasting=True)
        with failing(plan):
            try:
                vault.open(path).close()
                opened = True
            except AppError:
                opened = False
        if path.read_bytes() != whole or path.with_name(path.name + "-journal").exists():
            again = vault.open(path)
            if again.check() or len(again[Member].all()) != 8:
                found.append(f"upgrade, call {number}: the ledger is neither as before nor whole")
            again.close()
        for left in folder.glob("旧*"):
            left.unlink()
        if not plan.failed:
            return done, found if opened else [*found, "upgrade: no call failed, and it was refused all the same"]
