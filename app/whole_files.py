"""A file from a stick, a mail or a folder, read whole: only a plain file of a bounded size is."""

from __future__ import annotations

import stat
from pathlib import Path

from app.errors import Refused


def whole_text(path: Path, most: int, called: str, whence: str) -> str:
    """The text of a file in UTF-8; raises Refused as `whole`, and for what is no text: it is no `called` then."""
    try:
        return whole(path, most).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(f"“{path.name}”不是{called}。", whence) from error


def whole(path: Path, most: int, smaller: str = "请检查是不是选错了文件。") -> bytes:
    """The bytes of a file; raises Refused for one that is gone, no plain file, or larger than `most` bytes.

    A pipe or a device would be waited for without end. `smaller` is what to do with one that is too large.
    """
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise Refused(f"“{path.name}”是一个文件夹。", "请选择文件。")
        if not stat.S_ISREG(found.st_mode):
            raise Refused(f"“{path.name}”不是普通文件。", "请选择别的文件。")
        if found.st_size > most:
            raise Refused(f"“{path.name}”超过 {most / 1024 / 1024:.3g} MB。", smaller)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise Refused(f"找不到“{path.name}”。", "请检查文件是否还在原处，U盘是否插好。") from error
    except (OSError, ValueError) as error:
        raise Refused(
            f"“{path.name}”读不出来。", "请关闭正在打开它的 Excel、WPS 等程序，检查U盘是否插好，再试一次。"
        ) from error
