"""The rows that stayed out of an import, each with its reason, as a table to be mended and brought in later."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.errors import AppError
from app.exchange.export import workbook
from ui.kit.files import ask_workbook, write_bytes
from ui.kit.messages import Bar


def save_rest(owner: QWidget, table: list[list[str]], bar: Bar) -> None:
    """Ask where, then write the rows; what went wrong is told in `bar`."""
    path = ask_workbook(owner, "没导入的存为文件", Path.home() / "没有导入的行.xlsx")
    if path is None:
        return
    try:
        write_rest(path, table)
    except AppError as error:
        bar.show_error(error)


def write_rest(path: Path, table: list[list[str]]) -> None:
    """Write the rows, the heading first; raises Refused."""
    write_bytes(path, workbook("没有导入的行", table[0], table[1:]))
