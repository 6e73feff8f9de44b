"""What is killed: works on a ledger without end and prints each thing that was acknowledged.

`python -m tests.torture.child save|import|backup|migrate|restore FOLDER`
"""

from __future__ import annotations

import shutil
import sys
from datetime import date, datetime
from itertools import count
from pathlib import Path

from app.backups import BackupReason
from app.life.attendance import Attendance, AttendanceState
from app.life.meetings import Meeting, Minutes, record_meeting
from app.people.members import Member, MemberStatus, enrol
from app.people.roster import load_roster
from app.rules.meeting_types import MeetingType
from db.vault import FileVault

TODAY = date(2026, 7, 16)
OLD = Path(__file__).parent.parent / "old_files" / "schema-1.zbtz"


def say(word: object) -> None:
    """Acknowledge: whoever reads this may rely on it."""
    print(word, flush=True)


def save(vault: FileVault, path: Path) -> None:
    ledger = vault.open(path)
    roster = load_roster(ledger)
    people = roster.present(TODAY)
    for number in count(len(ledger[Meeting].all())):
        roll = tuple(Attendance(member=p.id, state=AttendanceState.PRESENT) for p in people)
        meeting = Meeting(held_on=TODAY, subject=f"第{number}次", content="内容" * 200)
        record_meeting(ledger, Minutes(meeting, (MeetingType.GENERAL,), roll), roster, TODAY)
        say(number + 1)


def bring(vault: FileVault, path: Path) -> None:
    ledger = vault.open(path)
    for number in count(len(ledger[Member].all()) // 100):
        with ledger.transaction("导入党员名册"):
            for place in range(100):
                enrol(ledger, Member(name=f"党员{number}-{place}"), TODAY, status=MemberStatus.FULL)
        say((number + 1) * 100)


def backup(vault: FileVault, path: Path) -> None:
    while True:
        vault.backup(path, BackupReason.MANUAL)
        say(sum(kept.verified for kept in vault.backups(path)))


def migrate(vault: FileVault, path: Path) -> None:
    say("begun")
    while True:
        vault.open(path).close()
        say("open")
        shutil.copyfile(OLD, path.with_suffix(".old"))
        path.with_suffix(".old").replace(path)


def restore(vault: FileVault, path: Path) -> None:
    chosen = vault.backups(path)
    say("begun")
    for number in count():
        vault.restore(chosen[number % len(chosen)].path, path)
        say(chosen[number % len(chosen)].actions)
        for kept in path.parent.glob("*-恢复前-*"):
            kept.unlink()


WORK = {"save": save, "import": bring, "backup": backup, "migrate": migrate, "restore": restore}

if __name__ == "__main__":
    folder = Path(sys.argv[2])
    WORK[sys.argv[1]](FileVault(datetime.now, folder / "state"), folder / "台账.zbtz")
