"""The ledgers that are measured: ten years of 50 members and 600 meetings of 3,000 characters, and one year."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

from app.sample.year import Plan, fill_sample
from db.database import Database
from db.vault import FileVault

UNTIL = date(2025, 12, 31)
YEAR = UNTIL.year
STATE = Path(tempfile.mkdtemp(prefix="bench"))


@dataclass(frozen=True)
class Made:
    """A ledger file for measuring."""

    path: Path


@cache
def made(years: int) -> Made:
    """A ledger of so many years, made once per run."""
    folder = Path(tempfile.mkdtemp(prefix="bench"))
    path = folder / f"{years}.zbtz"
    ledger = vault().create(path)
    fill_sample(ledger, Plan(years, 50, 1, UNTIL, content_length=3000))
    ledger.close()
    return Made(path)


def vault() -> FileVault:
    """The files, with the notes of this machine in a folder of their own."""
    return FileVault(datetime.now, STATE)


def opened(years: int) -> Database:
    """The ledger, open."""
    return vault().open(made(years).path)
