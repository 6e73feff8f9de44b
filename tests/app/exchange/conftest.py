from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.branch.branch import Branch, the_branch
from db.database import Database
from db.vault import FileVault
from tests.app.exchange.bringing import Office


@pytest.fixture
def office(ledger: Database, tmp_path) -> Office:
    """A branch called 甲支部 without anybody in it."""
    ledger[Branch].save(replace(the_branch(ledger), name="甲支部"))
    return Office(ledger, tmp_path)


@pytest.fixture
def other(vault: FileVault, empty_file: Path, tmp_path: Path) -> Iterator[Office]:
    """Another branch of the same name without anybody in it."""
    folder = tmp_path / "other"
    folder.mkdir()
    ledger = vault.open(Path(shutil.copy(empty_file, folder / "另一本.zbtz")))
    yield Office(ledger, folder)
    ledger.close()
