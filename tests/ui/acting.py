"""What the tests of several pages do and read in the window."""

from __future__ import annotations

from db.database import Database
from ui.house.workspace import Workspace
from ui.kit.record_fields import RecordFields


def settle(workspace: Workspace, qtbot) -> None:
    """Wait for what is made on the worker."""
    qtbot.waitUntil(lambda: not workspace.session.tasks.busy, timeout=30_000)


def told(workspace: Workspace) -> str:
    """What the window said last."""
    return workspace.session.toast._text.text()


def ledger_of(workspace: Workspace) -> Database:
    return workspace.session.ledger


def fill(form: RecordFields, **texts: str) -> None:
    form.set_texts(texts)
