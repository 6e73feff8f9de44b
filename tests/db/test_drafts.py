"""What is being typed survives a kill and a full disk."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from db.vault import FileVault

TYPING = """
import sys
from datetime import datetime
from pathlib import Path
from db.vault import FileVault
drafts = FileVault(datetime.now, Path(sys.argv[1])).drafts(Path(sys.argv[2]))
for number in range(100000):
    assert drafts.keep("talks/1", {"content": "字" * 2000 + str(number)})
    print(number, flush=True)
"""


def test_a_draft_is_kept_replaced_and_forgotten(vault: FileVault, tmp_path: Path) -> None:
    drafts = vault.drafts(tmp_path / "甲.zbtz")
    drafts.keep("talks/1", {"content": "甲"})
    drafts.keep("talks/1", {"content": "乙"})
    drafts.keep("meetings/2", {"content": "<b>&\n丙"})
    drafts.close()
    again = vault.drafts(tmp_path / "甲.zbtz")
    assert {draft.form: draft.content["content"] for draft in again.all()} == {
        "talks/1": "乙",
        "meetings/2": "<b>&\n丙",
    }
    again.forget("talks/1")
    assert [draft.form for draft in again.all()] == ["meetings/2"]
    again.close()


def test_a_killed_program_leaves_its_last_draft(vault: FileVault, tmp_path: Path) -> None:
    ledger = tmp_path / "甲.zbtz"
    command = [sys.executable, "-c", TYPING, str(tmp_path / "state"), str(ledger)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2])
    assert child.stdout is not None
    told = [child.stdout.readline() for _ in range(60)]
    child.kill()
    told += child.stdout.readlines()
    child.wait()
    child.stdout.close()
    drafts = vault.drafts(ledger)
    (draft,) = drafts.all()
    assert int(draft.content["content"].lstrip("字")) >= int(told[-1])
    drafts.close()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no limit for the size of a file")
def test_a_draft_can_still_be_kept_when_no_file_may_grow(vault: FileVault, tmp_path: Path) -> None:
    ledger = tmp_path / "甲.zbtz"
    drafts = vault.drafts(ledger)
    drafts.keep("talks/1", {"content": "先前"})
    drafts.close()
    script = """
import resource, sys
from datetime import datetime
from pathlib import Path
from db.vault import FileVault
drafts = FileVault(datetime.now, Path(sys.argv[1])).drafts(Path(sys.argv[2]))
import signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
state = max(f.stat().st_size for f in Path(sys.argv[1]).glob("draft-*.db"))
resource.setrlimit(resource.RLIMIT_FSIZE, (state, state))
for number in range(50):
    assert drafts.keep("talks/1", {"content": "字" * 20000 + str(number)})
"""
    command = [sys.executable, "-c", script, str(tmp_path / "state"), str(ledger)]
    done = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    again = vault.drafts(ledger)
    assert again.all()[0].content["content"].endswith("字49")
    again.close()


def test_the_drafts_of_a_secret_ledger_are_secret(vault: FileVault, tmp_path: Path) -> None:
    path = tmp_path / "甲.zbtz"
    vault.create(path, "很长的密码 1").close()
    drafts = vault.drafts(path)
    drafts.keep("talks/1", {"content": "PLANTED-430199199001011234 种下的秘密"})
    drafts.close()
    for file in (tmp_path / "state").iterdir():
        data = file.read_bytes()
        assert b"PLANTED" not in data and "种下的秘密".encode() not in data
    again = vault.drafts(path)
    assert "种下的秘密" in again.all()[0].content["content"]
    again.close()
