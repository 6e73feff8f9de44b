"""Backups: made by SQLite, proved before they count, found again by the note beside each."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app import LEDGER_SUFFIX
from app.backups import Backup, BackupReason
from app.errors import Damaged, StorageTrouble
from db import blobs, disk
from db.connection import connect, too_long
from db.database import proof
from db.faults import SAFE, told
from db.migrate import version
from db.schema import refuse_foreign
from db.tables import TABLES

if TYPE_CHECKING:
    import sqlite3

FOLDER = "备份"
TOO_DEEP = ("台账所在的文件夹太深，路径太长，放不下备份的文件名。", "请放到浅一点的文件夹，或缩短名称。")
WORDS = {
    "member": "党员",
    "meeting": "会议活动",
    "attendance": "签到",
    "vote": "表决",
    "talk": "谈心谈话",
    "payment": "党费",
}


def folder_of(ledger: Path) -> Path:
    """Where the backups of a ledger are kept: 备份/名称 beside it."""
    return ledger.parent / FOLDER / ledger.stem


def have_room(ledger: Path) -> bool:
    """Whether the system takes the longest name that a backup of a ledger, with its note, would have."""
    name = f"20000101-000000-{max(BackupReason, key=len)}-10{LEDGER_SUFFIX}.json"
    return not too_long(folder_of(ledger.resolve()) / name, os.name == "nt")


def make(ledger: Path, password: str, folder: Path, reason: BackupReason, now: datetime) -> Backup:
    """Make a backup and prove it; raises StorageTrouble, and then nothing is left behind."""
    name = f"{now:%Y%m%d-%H%M%S}-{reason.value}"
    number, path = 1, folder / f"{name}{LEDGER_SUFFIX}"
    draft = folder / f"{name}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        while path.exists():
            number += 1
            path = folder / f"{name}-{number}{LEDGER_SUFFIX}"
        disk.remove(draft)
        with told(), closing(connect(ledger, password, read_only=True)) as source:
            refuse_foreign(source, version(source))
            source.execute("VACUUM INTO ?", (str(draft),))
            head, counts = _state(source)
        # The contents of attachments lie once beside all backups; the backup names them.
        if blobs.pour(draft, password, folder):
            blobs.strip(draft, password)
        disk.fsync(draft)
        faults, copied_head, copied_counts = prove(draft, password)
        if lost := blobs.lost_of(draft, folder, password):
            faults = [*faults, f"{len(lost)} 个附件没有备份下来"]
        if copied_head[0] > head[0] or (copied_head == head and copied_counts != counts):
            faults = ["备份与台账不一致"]
        if faults:
            raise Damaged("备份没有通过检查，没有算数。", f"{faults[0]}。{SAFE}请在设置里做一次检查。")
        made = Backup(
            path,
            now.astimezone(),
            reason,
            verified=True,
            size=draft.stat().st_size,
            digest=disk.digest(draft),
            actions=copied_head[0],
            counts={} if password else {WORDS[table]: n for table, n in copied_counts.items() if table in WORDS},
        )
        # The note first: a backup that is there without one would not count, a note without its backup is nothing.
        disk.write(_note(path), json.dumps(_as_note(made, copied_head[1]), ensure_ascii=False).encode())
        disk.replace(draft, path)
    except OSError as error:
        raise StorageTrouble("备份没有做成。", f"{SAFE}请检查“{folder}”能不能写、磁盘是否已满。") from error
    finally:
        disk.sweep(draft, draft.with_name(draft.name + "-journal"))
    return made


def _state(connection: sqlite3.Connection) -> tuple[tuple[int, str], dict[str, int]]:
    row = connection.execute("SELECT id, digest FROM action ORDER BY id DESC LIMIT 1").fetchone()
    counts = {table: connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] for table in TABLES.values()}
    return ((row[0], row[1]) if row else (0, "")), counts


def prove(path: Path, password: str) -> tuple[list[str], tuple[int, str], dict[str, int]]:
    """Open a file that nobody writes to and check everything: faults, head of its history, rows of each table.

    Raises AppError when it cannot even be read.
    """
    with told(), closing(connect(path, password, read_only=True)) as connection:
        refuse_foreign(connection, version(connection))
        return proof(connection)


def listed(folder: Path) -> list[Backup]:
    """The backups in a folder, newest first; one without a readable note is not verified."""
    found = [_read(path) for path in folder.glob(f"*{LEDGER_SUFFIX}")] if folder.is_dir() else []
    return sorted(found, key=lambda backup: (backup.made_at, backup.actions), reverse=True)


def same(backup: Backup) -> bool:
    """Whether the file is byte for byte what was noted when it was proved."""
    try:
        return backup.verified and disk.digest(backup.path) == backup.digest
    except OSError:
        return False


def copy_to(backup: Backup, folder: Path) -> Backup:
    """Bring a verified backup to a second place, read it back and note it there; raises StorageTrouble."""
    target = folder / backup.path.name
    draft = target.with_suffix(".part")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        disk.copy(backup.path, draft)
        if disk.digest(draft) != backup.digest:
            raise StorageTrouble("复制到第二个位置的备份读回来不一样。", "请换一个U盘再试。")
        blobs.copy_pools(backup.path.parent, folder)
        disk.replace(draft, target)
        disk.write(_note(target), _note(backup.path).read_bytes())
    except OSError as error:
        raise StorageTrouble("没能复制到第二个位置。", f"请检查“{folder}”所在的U盘是否插好、是否已满。") from error
    finally:
        disk.sweep(draft, draft.with_name(draft.name + "-journal"))
    return _read(target)


def renew(path: Path, draft: Path) -> None:
    """Put another form of the same content in the place of a backup and note it; raises StorageTrouble."""
    noted = _read(path)
    try:
        digest, size = disk.digest(draft), draft.stat().st_size
        disk.replace(draft, path)
        if noted.verified:
            head = str(json.loads(_note(path).read_text("utf-8"))["head"])
            made = replace(noted, digest=digest, size=size, counts={})
            disk.write(_note(path), json.dumps(_as_note(made, head), ensure_ascii=False).encode())
    except (OSError, ValueError, KeyError) as error:
        raise StorageTrouble(f"没能给“{path.name}”加上密码。", "请检查磁盘空间和权限。") from error


def remove(backup: Backup) -> None:
    """Delete a backup with its note; one that cannot be deleted stays."""
    for path in (_note(backup.path), backup.path):
        try:
            disk.remove(path)
        except OSError:
            return


def put_in_place(backup: Path, ledger: Path, aside: Path, check: Callable[[Path], object]) -> Path | None:
    """Put a copy of the backup where the ledger is, in one step; the replaced file is kept as `aside`.

    `check` proves the copy before anything is replaced. Returns where the replaced file is kept, None when there
    was none. Raises AppError; the ledger is then as before.
    """
    draft = ledger.with_name(f"{ledger.name}.part")
    try:
        disk.copy(backup, draft)
        check(draft)
        kept = ledger.exists()
        if kept:
            disk.copy(ledger, aside)
        # What SQLite had begun to take back belongs to the old file, not to the one that takes its place.
        journal = ledger.with_name(ledger.name + "-journal")
        put_by = aside.with_name(aside.name + "-journal")
        if journal.exists():
            disk.replace(journal, put_by)
        try:
            disk.replace(draft, ledger)
        except OSError:
            if put_by.exists():
                disk.replace(put_by, journal)
            raise
    except OSError as error:
        raise StorageTrouble("恢复没有做成。", "台账没有变化。请检查磁盘空间和权限。") from error
    finally:
        disk.sweep(draft, draft.with_name(draft.name + "-journal"))
    return aside if kept else None


def _note(path: Path) -> Path:
    return path.with_name(path.name + ".json")


def _as_note(backup: Backup, head: str) -> dict[str, Any]:
    return {
        "made_at": backup.made_at.isoformat(timespec="seconds"),
        "reason": backup.reason.value,
        "size": backup.size,
        "sha256": backup.digest,
        "actions": backup.actions,
        "head": head,
        "counts": dict(backup.counts),
    }


def _read(path: Path) -> Backup:
    try:
        told_of = json.loads(_note(path).read_text("utf-8"))
        return Backup(
            path,
            datetime.fromisoformat(told_of["made_at"]),
            BackupReason(told_of["reason"]),
            verified=path.stat().st_size == told_of["size"],
            size=int(told_of["size"]),
            digest=str(told_of["sha256"]),
            actions=int(told_of["actions"]),
            counts={str(word): int(number) for word, number in told_of["counts"].items()},
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError):
        stat = path.lstat()  # what is behind a link may be gone
        made_at = datetime.fromtimestamp(stat.st_mtime).astimezone()
        named = next((reason for reason in BackupReason if reason.value in path.stem), BackupReason.DAILY)
        return Backup(path, made_at, named, verified=False, size=stat.st_size)
