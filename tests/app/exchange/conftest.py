from __future__ import annotations

import pytest

from app.branch.branch import the_branch
from db.database import Database
from tests.app.exchange.bringing import Office


@pytest.fixture
def office(ledger: Database, tmp_path) -> Office:
    """A branch called 甲支部 without anybody in it."""
    from dataclasses import replace

    from app.branch.branch import Branch

    ledger[Branch].save(replace(the_branch(ledger), name="甲支部"))
    return Office(ledger, tmp_path)
