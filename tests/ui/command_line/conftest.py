from __future__ import annotations

import json
from datetime import date

import pytest

from db.collection import DuckCollections
from ui.command_line import run

TODAY = date(2026, 11, 22)


@pytest.fixture
def command(vault, capsys: pytest.CaptureFixture[str]):
    def call(*words: object) -> tuple[int, object, str]:
        code = run([str(word) for word in words], vault, TODAY, DuckCollections())
        out, err = capsys.readouterr()
        return code, json.loads(out) if out else None, err

    return call
