"""Ledger files on the disk: made, opened, proved, backed up, restored, given a password."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from app.backups import Backup, BackupReason, superfluous
from app.errors import AppError, Damaged, PasswordNeeded, Refused, StorageTrouble
from app.file_names import name_fault
from db import backup as backups
from db import blobs, claims, disk
from db.attachment_texts import AttachmentTextFile
from db.cipher import rewrite
from db.claims import FileClaim
from db.connection import Form, connect, form_of, in_memory, password_for
from db.database import Database, file_faults, refuse_damage
from db.drafts import DraftFile
from db.elsewhere import Elsewhere, destroy_copies, encrypt_copies
from db.faults import told
from db.locked import lock
from db.migrate import migrate, newest, version
from db.own_file import destroy_own
from db.patience import FilePatience
from db.schema import refuse_foreign
from db.spool import DiskSpool
from db.stranger import look_apart

if TYPE_CHECKING:
    import sqlite3


# How a file was left; what was typed and not saved; the words of what is attached.
CLOSED, DRAFT, TEXTS = "closed-{}.json", "draft-{}.db", "texts-{}.db"


class FileVault:
    """Ledger files. `now` tells the time; `state` is a folder for what this machine notes about them.

    The password of a file is remembered, in memory only, from when it was opened.
    """

    def __init__(self, now: Callable[[], datetime], state: Path) -> None:
        self._now = now
        self._state = state
        self._passwords: dict[Path, str] = {}
        self._elsewhere = Elsewhere(state / "elsewhere.json")

    # --- making and opening -----------------------------------------------------------------------------

    def create(self, path: Path, password: str = "") -> Database:
        """Make a new, empty ledger file; raises Refused when something is there already."""
        if path.exists():
            raise Refused(f"“{path.name}”已经存在，没有覆盖它。", "请换一个名字。")
        if os.name == "nt" and (fault := name_fault(path.name)):
            raise Refused(f"{fault}。", "请换一个名字。")
        if not path.parent.is_dir():
            raise Refused(f"文件夹“{path.parent.name}”不存在。", "请先建好文件夹。")
        if not backups.have_room(path):
            raise Refused(*backups.TOO_DEEP)
        with told():
            connection = connect(path, password, new=True)
            try:
                migrate(connection, lambda: None)
            except BaseException:
                connection.close()
                disk.sweep(path, path.with_name(path.name + "-journal"))
                raise
        self._passwords[path.resolve()] = password
        return self._ledger(connection, path)

    def open(self, path: Path, password: str = "") -> Database:
        """Open a ledger file; an older one is backed up before it is migrated. Raises AppError.

        The file is never written to before it has proved to be a sound ledger of a known version.
        """
        password = password_for(path, password)
        with told():
            with closing(connect(path, password, read_only=True)) as probe:
                found = version(probe)
                refuse_foreign(probe, found)
                if not self._as_closed(path):
                    refuse_damage(probe)
            if found < newest():
                self._before_migration(path, password)
            connection = connect(path, password)
            try:
                ledger = self._ledger(connection, path)
                migrate(connection, ledger.history.start)
            except BaseException:
                connection.close()
                raise
        self._passwords[path.resolve()] = password
        return ledger

    def look_first(self, path: Path, password: str = "") -> None:
        """Have a file that was never opened on this machine looked at by a process of its own; raises AppError."""
        if not self._beside(path, CLOSED).exists():
            look_apart(path, password_for(path, password))

    def _ledger(self, connection: sqlite3.Connection, path: Path) -> Database:
        """An open file as a ledger, that can be opened once more with the password it has by then."""
        closed, again = lambda: self._note_closed(path), lambda: connect(path, self.password_of(path))
        return Database(connection, self._now, closed, again)

    def read(self, path: Path, password: str = "") -> Database:
        """Open a ledger file to read it: nothing is migrated, backed up or noted; an older one is copied to memory."""
        password = password_for(path, password)
        with told():
            connection = connect(path, password, read_only=True)
            try:
                found = version(connection)
                refuse_foreign(connection, found)
                refuse_damage(connection)
                if found < newest():
                    connection = in_memory(connection, path, password)
                    migrate(connection, Database(connection, self._now).history.start)
                connection.execute("PRAGMA query_only = ON")
            except BaseException:
                connection.close()
                raise
        return Database(connection, self._now)

    def spool(self) -> DiskSpool:
        """A new spool on the disk, readable by nobody else."""
        return DiskSpool()

    def place_advice(self, path: Path) -> str:
        """What is doubtful about where a ledger lies; empty when nothing is."""
        if disk.on_network(path):
            return "台账放在网络文件夹里，断网时可能存不上，也请不要两台电脑同时打开。建议放在本机，用备份带走。"
        return "" if backups.have_room(path) else "".join(backups.TOO_DEEP)

    def locked_by_password(self, path: Path) -> bool:
        """Whether the file needs a password."""
        return form_of(path) is Form.SECRET

    def locked(self, data: bytes, password: str) -> bytes:
        """Bytes as a file that opens with the password alone."""
        return lock(data, password)

    def password_of(self, path: Path) -> str:
        """The password the file was opened with; "" when it has none."""
        return self._passwords.get(path.resolve(), "")

    def right_password(self, path: Path, password: str) -> bool:
        """Whether this is the password the open file was opened with."""
        return self.password_of(path) == password

    def claim(self, path: Path) -> FileClaim | None:
        """Claim a ledger for this program; None when another one on this machine has it open."""
        return claims.claim(self._beside(path, "open-{}.lock"))

    def patience(self, path: Path) -> FilePatience:
        """How long the next password for a file has to wait."""
        return FilePatience(self._beside(path, "patience-{}.json"), self._now)

    def _before_migration(self, path: Path, password: str) -> None:
        """A copy of an older file. Its tables are not those of this program: only SQLite can prove it."""
        copy = path.with_name(f"{path.stem}-升级前-{self._now():%Y%m%d-%H%M%S}{path.suffix}")
        try:
            with told(), closing(connect(path, password, read_only=True)) as source:
                disk.remove(copy)
                source.execute("VACUUM INTO ?", (str(copy),))
            disk.fsync(copy)
        except OSError as error:
            raise StorageTrouble("升级前的备份没有做成，台账没有升级。", "请检查磁盘空间和权限。") from error
        with told(), closing(connect(copy, password, read_only=True)) as copied:
            if file_faults(copied):
                raise Damaged("升级前的备份没有通过检查，台账没有升级。", "请从备份恢复。")

    # --- as it was left ---------------------------------------------------------------------------------

    def inspect(self, path: Path) -> list[str]:
        """What is wrong with a file, in Chinese; empty when it is sound. Reads all of it: for the background."""
        note = self._noted(path)
        if note and self._as_closed(path) and note.get("sha256") == disk.digest(path):
            return []
        try:
            faults, _, _ = backups.prove(path, self.password_of(path))
        except AppError as error:
            return [error.text]
        if not faults and note and self._as_closed(path):
            return ["文件与上次关闭时不一样，而修改时间没有变：磁盘可能有坏块。记录已逐条核对，没有发现错误"]
        return faults

    def _note_closed(self, path: Path) -> None:
        """Note how the file was left, so that a byte that changes by itself is noticed."""
        with suppress(OSError):  # without the note the file is checked when it is opened the next time
            stat = path.stat()
            note = {"size": stat.st_size, "mtime": stat.st_mtime_ns, "sha256": disk.digest(path)}
            self._state.mkdir(parents=True, exist_ok=True)
            disk.write(self._beside(path, CLOSED), json.dumps(note).encode())

    def _noted(self, path: Path) -> dict[str, object]:
        try:
            found = json.loads(self._beside(path, CLOSED).read_bytes())
        except (OSError, ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}  # pyright: ignore[reportUnknownVariableType]

    def _as_closed(self, path: Path) -> bool:
        """Whether size and time are those of the last closing; the bytes are compared in the background."""
        stat, note = path.stat(), self._noted(path)
        journal = path.with_name(path.name + "-journal")
        return (note.get("size"), note.get("mtime")) == (stat.st_size, stat.st_mtime_ns) and not journal.exists()

    def _beside(self, path: Path, name: str) -> Path:
        """Where this machine notes something about a ledger, named without its path."""
        return self._state / name.format(disk.key_of(path))

    # --- drafts -----------------------------------------------------------------------------------------

    def drafts(self, path: Path) -> DraftFile:
        """What was typed into the forms of this ledger and not saved."""
        return DraftFile(self._beside(path, DRAFT), self.password_of(path), self._now)

    def attachment_texts(self, path: Path) -> AttachmentTextFile:
        """The words of this ledger's attachments."""
        return AttachmentTextFile(self._beside(path, TEXTS), self.password_of(path))

    # --- backups ----------------------------------------------------------------------------------------

    def backup(self, path: Path, reason: BackupReason, folder: Path | None = None) -> Backup:
        """Make a backup and prove it; raises StorageTrouble. Safe on any thread: it opens the file itself."""
        kept = backups.folder_of(path)
        made = backups.make(path, self.password_of(path), folder or kept, reason, self._now())
        if folder is not None:
            self._elsewhere.note(kept, made.path)
        return made

    def backups(self, path: Path) -> list[Backup]:
        """The backups of a ledger, newest first."""
        return backups.listed(backups.folder_of(path))

    def thin_out(self, path: Path) -> list[Backup]:
        """Delete the backups that are no longer needed; returns them."""
        gone = superfluous(self.backups(path), self._now().date())
        for old in gone:
            backups.remove(old)
        return gone

    def copy_aside(self, path: Path) -> Path:
        """Copy a file that is not sound, byte for byte, before it is repaired; raises StorageTrouble.

        It could not pass the proof of a backup, and is kept all the same.
        """
        copy = _free(path.with_name(f"{path.stem}-修复前-{self._now():%Y%m%d-%H%M%S}{path.suffix}"))
        try:
            disk.copy(path, copy)
        except OSError as error:
            raise StorageTrouble("修复前的副本没有做成，没有修复。", "请检查磁盘空间和权限。") from error
        return copy

    def copy_to(self, backup: Backup, folder: Path) -> Backup:
        """Bring a backup to a second place, such as a USB stick; raises StorageTrouble."""
        made = backups.copy_to(backup, folder)
        self._elsewhere.note(backup.path.parent, made.path)
        return made

    def package(self, path: Path, target: Path) -> None:
        """Write a ledger with everything in it as one proved file elsewhere; raises AppError.

        Unlike a backup it holds the attachments itself, so that one file is all there is to hand over.
        """
        if target.exists():
            raise Refused(f"“{target.name}”已经存在，没有覆盖它。", "请换一个名字或文件夹。")
        draft, password = target.with_name(target.name + ".part"), self.password_of(path)
        try:
            disk.remove(draft)
            with told(), closing(connect(path, password, read_only=True)) as source:
                refuse_foreign(source, version(source))
                source.execute("VACUUM INTO ?", (str(draft),))
            disk.fsync(draft)
            if backups.prove(draft, password) != backups.prove(path, password):
                raise Damaged("移交文件没有通过检查，没有生成。", "台账没有变化。请先在设置里做一次检查。")
            disk.replace(draft, target)
            self._elsewhere.note(path.resolve(), target)
        except OSError as error:
            raise StorageTrouble("移交文件没有写成。", "请检查文件夹能不能写、磁盘是否已满。") from error
        finally:
            disk.sweep(draft)

    def contents(self, backup: Path, password: str = "") -> tuple[int, dict[str, int]]:
        """How many actions and records a backup holds, after it has been proved anew; raises AppError."""
        if form_of(backup) is Form.SECRET and not password:
            raise PasswordNeeded("这个备份设了密码。", "请输入做备份时的密码。")
        noted = next((b for b in backups.listed(backup.parent) if b.path == backup), None)
        if noted and noted.digest and not backups.same(noted):
            raise Damaged(f"备份“{backup.name}”已损坏。", "请选择更早的一个。")
        faults, head, counts = backups.prove(backup, password)
        if faults:
            raise Damaged(f"备份“{backup.name}”没有通过检查：{faults[0]}。", "请选择更早的一个。")
        told_of = {backups.WORDS[table]: n for table, n in counts.items() if table in backups.WORDS}
        lost = len(blobs.lost_of(backup, backup.parent, password))
        return head[0], told_of | ({"找不到内容的附件": lost} if lost else {})

    def restore(self, backup: Path, path: Path, password: str = "") -> Path | None:
        """Put a backup in the place of a ledger that is not open; returns where the replaced file is kept.

        Raises AppError; the ledger is then as before.
        """
        self.contents(backup, password)
        path = path.resolve()
        if path.exists():
            self._roll_back(path)
        stamp = f"{self._now():%Y%m%d-%H%M%S}"
        aside = _free(path.with_name(f"{path.stem}-恢复前-{stamp}{path.suffix}"))

        def complete(draft: Path) -> None:
            blobs.give_back(backup, password, draft)
            faults, _, _ = backups.prove(draft, password)
            if faults:
                raise Damaged(f"恢复的文件没有通过检查：{faults[0]}。", "台账没有变化，请选择更早的备份。")

        kept = backups.put_in_place(backup, path, aside, complete)
        disk.sweep(self._beside(path, CLOSED))
        return kept

    def _roll_back(self, path: Path) -> None:
        """Let SQLite take back what a killed program had begun, where the file can be opened at all."""
        try:
            with told(), closing(connect(path, self.password_of(path))) as connection:
                connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        except AppError:
            return  # damaged: it is kept as it is, together with its journal

    def missing_since(self, path: Path, backup: Backup) -> list[str]:
        """What was done after the backup, as far as a damaged file can still tell: time and name of each action."""
        try:
            with told(), closing(connect(path, self.password_of(path), read_only=True)) as connection:
                refuse_foreign(connection, version(connection))
                rows = connection.execute(
                    "SELECT made_at, name FROM action WHERE id > ? ORDER BY id", (backup.actions,)
                ).fetchall()
        except (AppError, OSError):
            return []
        return [f"{str(made_at)[:16].replace('T', ' ')} {name}" for made_at, name in rows]

    # --- passwords --------------------------------------------------------------------------------------

    def change_password(self, path: Path, old: str, new: str) -> Path:
        """Set, change or remove the password of a ledger that is not open; returns where the old file is kept.

        A new file is written, proved, and put in place in one step. Raises AppError; all is then as before.
        """
        if "\x00" in new:
            raise Refused("密码里有不能用的字符。", "请换一个密码。")
        named = path
        path = path.resolve()  # a link stays one: the file behind it is the ledger
        draft = path.with_name(f"{path.name}.part")
        stamp = f"{self._now():%Y%m%d-%H%M%S}"
        aside = _free(path.with_name(f"{path.stem}-改密码前-{stamp}{path.suffix}"))
        try:
            rewrite(path, old, draft, new)
            disk.copy(path, aside)
            disk.replace(draft, path)
        except OSError as error:
            raise StorageTrouble("密码没有改成。", "台账没有变化。请检查磁盘空间和权限。") from error
        finally:
            disk.sweep(draft)
        disk.sweep(self._beside(path, CLOSED))
        for own in (DRAFT, TEXTS):
            destroy_own(self._beside(named, own))
        self._passwords[path] = new
        return aside

    def readable_copies(self, path: Path) -> list[Path]:
        """The copies of a ledger that anybody can read, as far as they are there now."""
        return self._elsewhere.readable_copies(path)

    def encrypt_copies(self, copies: Iterable[Path], password: str) -> None:
        """Give every copy the password; raises AppError at the first that cannot be, the others are done."""
        encrypt_copies(copies, password)

    def destroy_copies(self, copies: Iterable[Path]) -> None:
        """Overwrite and delete copies; raises StorageTrouble. A disk may still keep old blocks elsewhere."""
        destroy_copies(copies)


def _free(path: Path) -> Path:
    number, wanted = 1, path
    while path.exists():
        number += 1
        path = wanted.with_name(f"{wanted.stem}-{number}{wanted.suffix}")
    return path
