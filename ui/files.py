"""Files that leave the program: written whole or not at all."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSaveFile

from app.errors import Refused


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file, replacing an old one only when the new one is complete; raises Refused."""
    file = QSaveFile(str(path))
    if not (file.open(QSaveFile.OpenModeFlag.WriteOnly) and file.write(data) == len(data) and file.commit()):
        raise Refused(f"写不了“{path.name}”。", "请检查文件夹是否存在、文件是否正被打开、磁盘是否已满。")
