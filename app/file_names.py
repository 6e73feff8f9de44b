"""Names of files as every system takes them, Windows with its reserved names included."""

from __future__ import annotations

import re

RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\..*)?")
FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]')
MOST = 60


def file_stem(text: str, otherwise: str) -> str:
    """A text as the first part of a file's name: without what no system takes; `otherwise` where nothing is left.

    Windows keeps CON, NUL and the like for itself, and drops dots and spaces at the end.
    """
    kept = FORBIDDEN.sub("", " ".join(text.split()))[:MOST].strip(". ")
    if not kept:
        return otherwise
    return f"_{kept}" if RESERVED.fullmatch(kept) else kept


def name_fault(name: str) -> str:
    """Why a file cannot have this name on Windows, in Chinese; empty where it can."""
    if FORBIDDEN.search(name):
        return '文件名里不能有 \\ / : * ? " < > |'
    if name != name.rstrip(". "):
        return "文件名不能以点或空格结尾"
    if RESERVED.fullmatch(name):
        return f"“{name}”是 Windows 保留的名称，不能作文件名"
    return ""
