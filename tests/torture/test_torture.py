"""A part of the torture that anyone can run in a minute; `python3 dev.py torture` runs all of it."""

from __future__ import annotations

import errno
import hashlib
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from random import Random

import pytest

from app.backups import BackupReason
from app.branch.branch import found_branch
from app.errors import AppError
from app.life.attendance import Attendance, AttendanceState
from app.life.meetings import Meeting, Minutes, record_meeting
from app.people.members import Member, MemberStatus, enrol
from app.people.roster import load_roster
from app.rules.meeting_types import MeetingType
from app.sample.year import Plan, fill_sample
from db import disk
from db.tables import TABLES
from db.vault import FileVault
from tests.torture import collecting, upgrading
from tests.torture.faults import Plan as Fault
from tests.torture.faults import failing
from tests.torture.kill import KINDS, rounds

TODAY = date(2026, 7, 16)
ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.slow


@pytest.mark.parametrize(("kind", "number"), list(zip(KINDS, (20, 10, 10, 10, 10), strict=True)))
def test_nothing_acknowledged_is_lost_when_the_program_is_killed(kind: str, number: int) -> None:
    assert rounds(kind, number, seed=7) == []


def test_no_package_is_lost_or_counted_twice_when_collecting_is_killed() -> None:
    assert collecting.rounds(3, seed=7) == []


# --- every write may fail -------------------------------------------------------------------------------


def contents(vault: FileVault, path: Path) -> dict[str, list[tuple]]:
    """Every row of the ledger as the program would find it; the file itself is not touched."""
    copy = path.with_name("看.zbtz")
    for suffix in ("", "-journal"):
        source = path.with_name(path.name + suffix)
        if source.exists():
            shutil.copyfile(source, copy.with_name(copy.name + suffix))
    ledger = vault.open(copy)
    assert ledger.check() == []
    found = {t: ledger._connection.execute(f'SELECT * FROM "{t}"').fetchall() for t in (*TABLES.values(), "action")}
    ledger.close()
    for left in copy.parent.glob("看.zbtz*"):
        left.unlink()
    return found


def swept(vault: FileVault, path: Path, work: Callable[[], object], *, lasting: bool, code: int) -> int:
    """Let each call of the work fail in turn; returns how many calls there are.

    After each the ledger is as before or as after, nothing else, and the user was told when it is as before.
    """
    saved = path.with_name("原样.zbtz")
    shutil.copyfile(path, saved)
    before = contents(vault, path)
    number = 0
    while True:
        number += 1
        plan = Fault(number, lasting=lasting, code=code)
        told = False
        with failing(plan):
            try:
                work()
            except AppError:
                told = True
        after = contents(vault, path)
        if not plan.failed:
            assert not told
            assert after != before
            return number - 1
        assert told or after != before, f"call {number} failed and nobody was told"
        if told:
            assert after == before, f"call {number} failed: the ledger is half-done"
        for left in (path, path.with_name(path.name + "-journal")):
            left.unlink(missing_ok=True)
        shutil.copyfile(saved, path)


@pytest.fixture
def filled(vault: FileVault, tmp_path: Path) -> Path:
    path = tmp_path / "甲.zbtz"
    ledger = vault.create(path)
    found_branch(ledger, "甲支部")
    for number in range(8):
        enrol(ledger, Member(name=f"党员{number}"), TODAY, status=MemberStatus.FULL)
    ledger.close()
    return path


def record(vault: FileVault, path: Path) -> None:
    ledger = vault.open(path)
    try:
        roster = load_roster(ledger)
        roll = tuple(Attendance(member=p.id, state=AttendanceState.PRESENT) for p in roster.present(TODAY))
        meeting = Meeting(held_on=TODAY, subject="甲", content="长" * 3000)
        record_meeting(ledger, Minutes(meeting, (MeetingType.GENERAL,), roll), roster, TODAY)
    finally:
        ledger.close()


SWEEPS = [(False, errno.EIO), (True, errno.EIO), (True, errno.ENOSPC)]


@pytest.mark.parametrize(("lasting", "code"), SWEEPS)
def test_each_failing_write_of_a_save_leaves_before_or_after(vault, filled, lasting: bool, code: int) -> None:
    assert swept(vault, filled, lambda: record(vault, filled), lasting=lasting, code=code) >= 8


@pytest.mark.parametrize(("lasting", "code"), SWEEPS)
def test_each_failing_write_of_a_restore_leaves_before_or_after(vault, filled, lasting: bool, code: int) -> None:
    backup = vault.backup(filled, BackupReason.MANUAL)
    record(vault, filled)
    assert swept(vault, filled, lambda: vault.restore(backup.path, filled), lasting=lasting, code=code) >= 3


@pytest.mark.parametrize(("lasting", "code"), SWEEPS)
def test_each_failing_write_of_a_backup_leaves_the_ledger_and_counts_for_nothing(
    vault, filled, lasting: bool, code: int
) -> None:
    before = filled.read_bytes()
    number = 0
    while True:
        number += 1
        plan = Fault(number, lasting=lasting, code=code)
        with failing(plan):
            try:
                vault.backup(filled, BackupReason.DAILY)
                made = True
            except AppError:
                made = False
        assert filled.read_bytes() == before
        kept = [backup for backup in vault.backups(filled) if backup.verified]
        assert len(kept) == int(made)
        for backup in kept:
            vault.contents(backup.path)
            disk.fsync(backup.path)
            backup.path.unlink()
        if not plan.failed:
            break
    assert number > 5


@pytest.mark.parametrize(("lasting", "code"), SWEEPS)
def test_each_failing_write_of_a_new_password_leaves_before_or_after(vault, filled, lasting: bool, code: int) -> None:
    before = filled.read_bytes()
    number = 0
    while True:
        # Every page of the new file is a write of its own: the first ones in turn, then one in sixty-one.
        number += 1 if number < 12 else 61
        plan = Fault(number, lasting=lasting, code=code)
        with failing(plan):
            try:
                vault.change_password(filled, "", "很长的密码 1")
                changed = True
            except AppError:
                changed = False
        if changed:
            assert vault.locked_by_password(filled)
            vault.open(filled, "很长的密码 1").close()
        else:
            assert filled.read_bytes() == before
        for left in filled.parent.glob("甲*"):
            left.unlink()
        filled.write_bytes(before)
        if not plan.failed:
            break
    assert number > 3


def test_an_upgrade_that_fails_anywhere_leaves_the_old_file(tmp_path) -> None:
    """The first calls in turn, then one in eleven; `dev.py torture` lets every one fail."""
    done, found = upgrading.rounds(tmp_path, 11)
    assert found == [] and done > upgrading.FIRST


# --- a full disk ----------------------------------------------------------------------------------------

FULL = """
import resource, signal, sys
from datetime import date, datetime
from pathlib import Path
from app.errors import AppError
from db.vault import FileVault
from tests.torture.test_torture import record
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
path = Path(sys.argv[1])
vault = FileVault(datetime.now, path.parent / "state")
size = path.stat().st_size + 6 * 4096
resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
saved = 0
try:
    while True:
        record(vault, path)
        saved += 1
except AppError as error:
    print(saved, error.text)
"""


def test_a_full_disk_refuses_in_words_and_keeps_what_was_saved(vault, filled) -> None:
    command = [sys.executable, "-c", FULL, str(filled)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    saved, words = done.stdout.split(maxsplit=1)
    assert "没有保存" in words
    ledger = vault.open(filled)
    assert len(ledger[Meeting].all()) == int(saved)
    assert len(ledger[Attendance].all()) == 8 * int(saved)
    assert ledger.check() == []
    ledger.close()


# --- damage ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("年")
    vault = FileVault(lambda: datetime(2026, 7, 16, 9), folder / "state")  # noqa: DTZ001
    ledger = vault.create(folder / "台账.zbtz")
    fill_sample(ledger, Plan(2, 16, 1, TODAY))
    ledger.close()
    return folder / "台账.zbtz"


def harmed(data: bytes, random: Random) -> bytes:
    """A few bytes, a sector or a stretch overwritten."""
    length = random.choice((1, 16, 512))
    at = random.randrange(len(data) - length)
    junk = bytes(byte ^ random.randrange(1, 256) for byte in data[at : at + length])
    return data[:at] + junk + data[at + length :]


def noticed(vault: FileVault, path: Path) -> bool:
    """Whether the program refuses the file, or says what is wrong with it; it never writes to it or crashes."""
    before = hashlib.sha256(path.read_bytes()).digest()
    try:
        ledger = vault.open(path)
        found = bool(vault.inspect(path))
        ledger._connection.close()
    except AppError:
        found = True
    assert hashlib.sha256(path.read_bytes()).digest() == before
    return found


@pytest.mark.parametrize("seed", range(4))
def test_every_damaged_byte_is_noticed(years: Path, tmp_path: Path, seed: int) -> None:
    import os

    random = Random(seed)
    good = years.read_bytes()
    vault = FileVault(lambda: datetime(2026, 7, 16, 9), tmp_path / "state")  # noqa: DTZ001
    path = tmp_path / "台账.zbtz"
    shutil.copyfile(years, path)
    vault.open(path).close()  # noted as it was left
    stat = path.stat()
    for _ in range(50):
        path.write_bytes(harmed(good, random))
        os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))  # a bad block does not change the time
        assert noticed(vault, path)


def test_every_truncation_is_noticed(years: Path, tmp_path: Path) -> None:
    random = Random(1)
    good = years.read_bytes()
    vault = FileVault(lambda: datetime(2026, 7, 16, 9), tmp_path / "state")  # noqa: DTZ001
    path = tmp_path / "台账.zbtz"
    for length in [0, 1, 99, 4096, len(good) - 1, *(random.randrange(len(good)) for _ in range(45))]:
        path.write_bytes(good[:length])
        assert noticed(vault, path), length


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04" + b"x" * 9000, b"%PDF-1.7", b"\x00" * 8192, "文字".encode()])
def test_what_is_no_ledger_is_refused_and_left_alone(vault, tmp_path, content: bytes) -> None:
    path = tmp_path / "别的.zbtz"
    path.write_bytes(content)
    with pytest.raises(AppError):
        vault.open(path)
    assert path.read_bytes() == content
    assert [file.name for file in tmp_path.iterdir() if file.is_file()] == ["别的.zbtz"]
