"""Kill -9 at random moments, again and again: what was acknowledged is there, and everything fits together."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from datetime import date, datetime
from pathlib import Path
from random import Random

from app.backups import BackupReason
from app.branch.branch import found_branch
from app.life.attendance import Attendance
from app.life.meetings import Meeting
from app.people.members import Member, MemberStatus, enrol
from db.vault import FileVault
from tests.torture.child import OLD, TODAY, WORK

ROOT = Path(__file__).parents[2]


def prepared(kind: str, folder: Path) -> FileVault:
    """A ledger to work on."""
    vault = FileVault(datetime.now, folder / "state")
    path = folder / "台账.zbtz"
    if kind == "migrate":
        path.write_bytes(OLD.read_bytes())
        return vault
    ledger = vault.create(path)
    found_branch(ledger, "甲支部")
    for number in range(12):
        enrol(ledger, Member(name=f"党员{number}"), date(2026, 1, 1), status=MemberStatus.FULL)
        if kind == "restore" and number in (3, 7):
            vault.backup(path, BackupReason.MANUAL)
    ledger.close()
    return vault


def killed(kind: str, folder: Path, random: Random) -> list[str]:
    """Let the child work, kill it at a random moment after its first word; what it had acknowledged."""
    command = [sys.executable, "-m", "tests.torture.child", kind, str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None and child.stderr is not None
        first = child.stdout.readline()
        time.sleep(random.uniform(0, 0.06))
        child.kill()
        rest = child.stdout.read()
        errors = child.stderr.read()
    lines = [line for line in (first + rest).split("\n")[:-1] if line]  # a line cut off was not acknowledged
    assert lines and not errors, errors
    return lines


def judged(kind: str, folder: Path, vault: FileVault, told: list[str]) -> list[str]:
    """What is wrong after a kill; empty when nothing is."""
    path = folder / "台账.zbtz"
    ledger = vault.open(path)
    try:
        faults = ledger.check()
        if kind == "save":
            meetings, roll = len(ledger[Meeting].all()), len(ledger[Attendance].all())
            if meetings < int(told[-1]):
                faults.append(f"{meetings} meetings, acknowledged {told[-1]}")
            if roll != 12 * meetings:
                faults.append("a meeting without its roll")
        if kind == "import" and (len(ledger[Member].all()) - 12) % 100:
            faults.append("half an import")
        if kind == "migrate" and len(ledger[Member].all()) != 8:
            faults.append("lost in migration")
        if kind == "restore" and len(ledger[Member].all()) not in (4, 8, 12):
            faults.append("neither before nor after a restore")
    finally:
        ledger.close()
    if kind == "backup":
        kept = [backup for backup in vault.backups(path) if backup.verified]
        if len(kept) < int(told[-1]):
            faults.append(f"{len(kept)} backups, acknowledged {told[-1]}")
        for backup in kept[:2]:
            vault.contents(backup.path)
    return faults


def rounds(kind: str, number: int, seed: int) -> list[str]:
    """So many kills of one kind; every fault that was found."""
    random = Random(seed)
    found: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        vault = prepared(kind, folder)
        for round in range(number):
            told = killed(kind, folder, random)
            found += [f"{kind} {round}: {fault}" for fault in judged(kind, folder, vault, told)]
            if kind == "migrate" and not list(folder.glob("台账-升级前-*")):
                found.append("no copy before migration")
            if kind in ("save", "import", "backup") and round % 25 == 24:
                folder = Path(tempfile.mkdtemp(dir=name))
                vault = prepared(kind, folder)
    return found


KINDS = tuple(WORK)
__all__ = ["KINDS", "TODAY", "rounds"]
