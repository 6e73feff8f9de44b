"""备份: what a backup is, and which ones are kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path

DAYS, WEEKS, MONTHS = 7, 8, 24


class BackupReason(StrEnum):
    """Why a backup was made; one made by hand is never removed."""

    DAILY = "每日"
    CLOSING = "关闭"
    MIGRATION = "升级前"
    IMPORT = "导入前"
    RESTORE = "恢复前"
    PASSWORD = "改密码前"
    REPAIR = "修复前"
    MANUAL = "手动"


@dataclass(frozen=True)
class Backup:
    """A copy of a ledger. It counts only when `verified`: opened, checked, and noted with its SHA-256."""

    path: Path
    made_at: datetime
    reason: BackupReason
    verified: bool
    size: int = 0
    digest: str = ""
    actions: int = 0
    """How many actions its history holds: what was done later is not in it."""
    counts: Mapping[str, int] = field(default_factory=dict[str, int])
    """Records by the Chinese name of their kind; empty when the backup is encrypted."""


def superfluous(backups: Sequence[Backup], today: date) -> list[Backup]:
    """Which backups may go: kept are the newest of each of 7 days, 8 weeks, 24 months, and of every year.

    Never the last verified one, never one made by hand, never one from after `today` (the clock was wrong then or
    is wrong now). One that is not verified fills no slot and is left for the user to judge.
    """
    kept: set[Path] = {backup.path for backup in backups if backup.reason is BackupReason.MANUAL}
    kept |= {backup.path for backup in backups if backup.made_at.date() > today}
    verified = sorted((b for b in backups if b.verified), key=_age)
    if verified:
        kept |= {verified[-1].path, max(verified, key=lambda b: b.actions).path}
    slots: dict[tuple[object, ...], Path] = {}
    for backup in verified:
        for slot in _slots(backup.made_at.date(), today):
            slots[slot] = backup.path  # the newest of each slot comes last
    kept |= set(slots.values())
    return [backup for backup in verified if backup.path not in kept]


def _slots(day: date, today: date) -> list[tuple[object, ...]]:
    """The slots a backup of that day may fill, seen from today."""
    found: list[tuple[object, ...]] = [("year", day.year)]
    if (today - day).days < DAYS:
        found.append(("day", day))
    monday, this_monday = (moment - timedelta(days=moment.weekday()) for moment in (day, today))
    if (this_monday - monday).days < 7 * WEEKS:
        found.append(("week", monday))
    if (today.year - day.year) * 12 + today.month - day.month < MONTHS:
        found.append(("month", day.year, day.month))
    return found


def last_verified(backups: Sequence[Backup]) -> Backup | None:
    """The newest backup that counts."""
    return max((b for b in backups if b.verified), key=_age, default=None)


def _age(backup: Backup) -> tuple[datetime, int, str]:
    return backup.made_at, backup.actions, backup.path.name
