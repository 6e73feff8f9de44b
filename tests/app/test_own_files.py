"""What the program writes is for its user alone."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows keeps a user's folders for her by itself")


def run(home: Path, *words: str) -> None:
    """The program as a user with an empty home and open hands starts it."""
    folders = {"HOME": str(home), "XDG_DATA_HOME": str(home / "data"), "XDG_CONFIG_HOME": str(home / "config")}
    done = subprocess.run(
        [sys.executable, str(ROOT / "main.py"), *words],
        env={**os.environ, **folders},
        cwd=home,
        umask=0o002,
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.returncode in (0, 1), done.stderr


def test_ledgers_backups_notes_and_prints_are_for_their_owner_alone(tmp_path: Path) -> None:
    old = tmp_path / "data" / "BranchLedger"
    old.mkdir(parents=True)
    old.chmod(0o755)
    ledger = tmp_path / "示例.zbtz"
    run(tmp_path, "sample", str(ledger), "--years", "1", "--members", "6", "--seed", "1", "--until", "2026-07-16")
    run(tmp_path, "backup", str(ledger))
    run(tmp_path, "export", str(ledger), "members", "-o", str(tmp_path / "名册.xlsx"))
    written = [path for path in tmp_path.rglob("*") if path != tmp_path / "data"]
    assert {".zbtz", ".xlsx"} <= {path.suffix for path in written}
    open_to_others = [path.name for path in written if path.stat().st_mode & 0o077]
    assert open_to_others == []
