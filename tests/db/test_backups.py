"""Backups count only when proved; the right ones are kept; restoring gives back exactly what was backed up."""

from __future__ import annotations

import json
import sqlite3
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.backups import Backup, BackupReason, last_verified, superfluous
from app.errors import AppError, Damaged
from app.people.members import Member, MemberStatus, enrol
from db import disk
from db.tables import TABLES
from db.vault import FileVault

TODAY = date(2026, 7, 16)


def contents(path: Path) -> dict[str, list[tuple]]:
    connection = sqlite3.connect(path)
    found = {t: connection.execute(f'SELECT * FROM "{t}"').fetchall() for t in (*TABLES.values(), "action", "touched")}
    connection.close()
    return found


def made(day: date, reason: BackupReason = BackupReason.DAILY, *, verified: bool = True, actions: int = 0) -> Backup:
    at = datetime(day.year, day.month, day.day, 9).astimezone()
    return Backup(Path(f"{day}-{reason.value}-{actions}"), at, reason, verified, actions=actions)


def test_a_backup_is_proved_and_noted(vault, ledger, tmp_path) -> None:
    enrol(ledger, Member(name="张一"), TODAY, status=MemberStatus.FULL)
    path = tmp_path / "甲支部.zbtz"
    backup = vault.backup(path, BackupReason.MANUAL)
    assert backup.verified
    assert backup.actions == 2
    assert backup.counts["党员"] == 1
    note = json.loads(backup.path.with_name(backup.path.name + ".json").read_text("utf-8"))
    assert note["sha256"] == disk.digest(backup.path)
    assert note["head"] == ledger.history.head()[1]
    assert contents(backup.path) == contents(path)
    assert vault.backups(path) == [backup]
    assert [file.suffix for file in sorted(backup.path.parent.iterdir())] == [".zbtz", ".json"]


def test_two_backups_in_one_second_are_two_files(vault, ledger, tmp_path) -> None:
    path = tmp_path / "甲支部.zbtz"
    first, second = (vault.backup(path, BackupReason.MANUAL) for _ in range(2))
    assert first.path != second.path
    assert len(vault.backups(path)) == 2


def test_a_ledger_that_does_not_fit_its_history_makes_no_backup(vault, ledger, tmp_path) -> None:
    path = tmp_path / "甲支部.zbtz"
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("UPDATE branch SET unit = '改过'")
    other.close()
    with pytest.raises(Damaged):
        vault.backup(path, BackupReason.DAILY)
    assert vault.backups(path) == []
    assert not any((tmp_path / "备份").rglob("*.*"))


def test_restoring_gives_back_the_backup_and_keeps_what_it_replaced(vault, ledger, tmp_path) -> None:
    path = tmp_path / "甲支部.zbtz"
    enrol(ledger, Member(name="张一"), TODAY, status=MemberStatus.FULL)
    backup = vault.backup(path, BackupReason.MANUAL)
    then = contents(path)
    enrol(ledger, Member(name="张二"), TODAY, status=MemberStatus.FULL)
    later = contents(path)
    ledger.close()
    kept = vault.restore(backup.path, path)
    assert contents(path) == then
    assert kept is not None and contents(kept) == later
    assert vault.missing_since(kept, backup) == ["2026-07-16 09:30 登记党员"]
    again = vault.open(path)
    assert again.check() == []
    again.close()


def test_a_damaged_backup_is_not_restored(vault, ledger, tmp_path) -> None:
    path = tmp_path / "甲支部.zbtz"
    backup = vault.backup(path, BackupReason.MANUAL)
    ledger.close()
    before = path.read_bytes()
    data = bytearray(backup.path.read_bytes())
    data[len(data) // 2] ^= 1
    backup.path.write_bytes(data)
    with pytest.raises(Damaged):
        vault.restore(backup.path, path)
    assert path.read_bytes() == before


def test_a_journal_of_the_old_file_does_not_reach_the_restored_one(vault, ledger, tmp_path) -> None:
    path = tmp_path / "甲支部.zbtz"
    backup = vault.backup(path, BackupReason.MANUAL)
    ledger.close()
    path.write_bytes(b"\x01" * 8192)
    path.with_name(path.name + "-journal").write_bytes(b"left behind")
    kept = vault.restore(backup.path, path)
    assert not path.with_name(path.name + "-journal").exists()
    assert kept.read_bytes() == b"\x01" * 8192
    assert contents(path) == contents(backup.path)


def test_the_second_place_holds_a_proved_copy(vault, ledger, tmp_path) -> None:
    backup = vault.backup(tmp_path / "甲支部.zbtz", BackupReason.DAILY)
    copy = vault.copy_to(backup, tmp_path / "U盘" / "备份")
    assert copy.verified
    assert copy.path.read_bytes() == backup.path.read_bytes()
    assert vault.contents(copy.path) == vault.contents(backup.path)


def test_a_second_place_that_is_gone_is_told_in_words(vault, ledger, tmp_path) -> None:
    backup = vault.backup(tmp_path / "甲支部.zbtz", BackupReason.DAILY)
    (tmp_path / "文件").write_text("x")
    with pytest.raises(AppError, match="第二个位置"):
        vault.copy_to(backup, tmp_path / "文件" / "备份")


# --- thinning -------------------------------------------------------------------------------------------


def thinned(start: date, days: int, *, skip: frozenset[int] = frozenset()) -> list[Backup]:
    """One backup a day, thinned out after each, as the program does."""
    kept: list[Backup] = []
    for number in range(days):
        today = start + timedelta(days=number)
        if number in skip:
            continue
        kept.append(made(today, actions=number))
        gone = {backup.path for backup in superfluous(kept, today)}
        kept = [backup for backup in kept if backup.path not in gone]
    return kept


def test_three_years_leave_days_weeks_months_and_years() -> None:
    start = date(2023, 7, 17)
    kept = thinned(start, 3 * 365 + 1)  # over 29 February 2024
    days = {backup.made_at.date() for backup in kept}
    today = date(2026, 7, 16)
    assert max(days) == today
    assert {today - timedelta(days=n) for n in range(7)} <= days
    assert len({d.isocalendar()[:2] for d in days if (today - d).days < 56}) >= 8
    assert {(y, m) for y in (2025, 2026) for m in range(1, 13) if (y, m) <= (2026, 7)} <= {
        (d.year, d.month) for d in days
    }
    assert {2023, 2024, 2025, 2026} == {d.year for d in days}
    assert len(kept) <= 7 + 8 + 24 + 4


def test_the_last_verified_and_those_made_by_hand_stay() -> None:
    old = [made(date(2019, 1, day)) for day in range(1, 20)]
    by_hand = made(date(2018, 5, 5), BackupReason.MANUAL)
    gone = superfluous([*old, by_hand], TODAY)
    left = [backup for backup in (*old, by_hand) if backup not in gone]
    assert by_hand in left
    assert old[-1] in left


def test_a_clock_set_back_or_forward_costs_no_backup_of_today() -> None:
    future = made(date(2099, 1, 1), actions=50)
    recent = [made(TODAY - timedelta(days=n), actions=90 - n) for n in range(7)]
    gone = superfluous([future, *recent], TODAY)
    assert gone == []
    assert future not in superfluous([future, *recent], date(2020, 1, 1))
    assert not {b.path for b in recent} & {b.path for b in superfluous([future, *recent], date(2020, 1, 1))}


def test_one_that_was_not_verified_pushes_none_out_and_is_left() -> None:
    good = made(TODAY - timedelta(days=3), actions=5)
    bad = made(TODAY - timedelta(days=3), BackupReason.CLOSING, verified=False, actions=6)
    assert superfluous([good, bad], TODAY) == []
    assert last_verified([good, bad]) == good


@given(
    st.lists(
        st.tuples(
            st.dates(date(2020, 1, 1), date(2028, 1, 1)),
            st.sampled_from(list(BackupReason)),
            st.booleans(),
            st.integers(0, 99),
        ),
        max_size=60,
    ),
    st.dates(date(2020, 1, 1), date(2028, 1, 1)),
)
def test_thinning_never_takes_the_last_good_one(drawn, today: date) -> None:
    all_made = [made(day, reason, verified=v, actions=n) for day, reason, v, n in drawn]
    gone = superfluous(all_made, today)
    paths = {backup.path for backup in gone}
    left = [backup for backup in all_made if backup.path not in paths]
    assert last_verified(all_made) is None or last_verified(left) is not None
    assert (last_verified(all_made) or made(today)).path not in paths
    assert all(backup.reason is not BackupReason.MANUAL for backup in gone)
    assert all(backup.made_at.date() <= today for backup in gone)
    assert superfluous(left, today) == []
    years = {b.made_at.year for b in all_made if b.verified}
    assert {b.made_at.year for b in left if b.verified} == years


@pytest.mark.slow
def test_a_year_of_days_through_the_vault_keeps_what_restores(tmp_path) -> None:
    clock = [datetime(2024, 1, 1, 9)]  # noqa: DTZ001
    vault = FileVault(lambda: clock[0], tmp_path / "state")
    path = tmp_path / "甲.zbtz"
    ledger = vault.create(path)
    from app.branch.branch import found_branch

    found_branch(ledger, "甲支部")
    known: dict[int, dict] = {}
    for number in range(120):
        clock[0] = datetime(2024, 1, 1, 9) + timedelta(days=number)  # noqa: DTZ001
        enrol(ledger, Member(name=f"党员{number}"), clock[0].date(), status=MemberStatus.FULL)
        known[ledger.history.head()[0]] = contents(path)
        vault.backup(path, BackupReason.DAILY)
        vault.thin_out(path)
    ledger.close()
    kept = vault.backups(path)
    assert 14 <= len(kept) <= 20
    for backup in kept:
        target = tmp_path / "演练" / f"{backup.path.stem}.zbtz"
        target.parent.mkdir(exist_ok=True)
        vault.restore(backup.path, target)
        assert contents(target) == known[backup.actions]
