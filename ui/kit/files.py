"""Files that leave the program: written whole or not at all.

What Qt has for it is imported when a file is written: the first window is painted before.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import Refused

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def dated(year: int, title: str) -> str:
    """What a file of a year is called: its year once, and nobody's name."""
    plain = "".join(title.split())
    return plain if str(year) in plain else f"{year}-{plain}"


def ask_workbook(owner: QWidget, title: str, start: Path) -> Path | None:
    """Ask where a workbook is to be written, `start` proposed; None where nobody wants it."""
    from PySide6.QtWidgets import QFileDialog

    chosen, _ = QFileDialog.getSaveFileName(owner, title, str(start), "Excel 表格 (*.xlsx)")
    return Path(chosen) if chosen else None


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file, replacing an old one only when the new one is complete; raises Refused.

    Where another program holds the old one for a moment, as those do that look for viruses, it is tried again.
    """
    from PySide6.QtCore import QThread

    for pause in (20, 100, 400):
        try:
            write_pieces(path, (data,))
        except Refused:
            if os.name != "nt" or not path.exists():
                raise
            QThread.msleep(pause)
        else:
            return
    write_pieces(path, (data,))


def write_pieces(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a file whose content comes piece by piece, as `write_bytes`."""
    from PySide6.QtCore import QSaveFile

    file = QSaveFile(str(path))
    whole = file.open(QSaveFile.OpenModeFlag.WriteOnly) and all(file.write(piece) == len(piece) for piece in pieces)
    if not (whole and file.commit()):
        raise Refused(f"写不了“{path.name}”。", "请检查文件夹是否存在、文件是否正被打开、磁盘是否已满。")
