"""The ledgers that are measured: ten years of 50 members and 600 meetings of 3,000 characters, and one year."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

from app.sample.year import Plan, fill_sample
from db.database import Database
from db.vault import FileVault

UNTIL = date(2025, 12, 31)
YEAR = UNTIL.year
STATE = Path(tempfile.mkdtemp(prefix="bench"))


@dataclass(frozen=True)
class Made:
    """A ledger file for measuring."""

    path: Path


@cache
def made(years: int) -> Made:
    """A ledger of so many years, made once per run."""
    folder = Path(tempfile.mkdtemp(prefix="bench"))
    path = folder / f"{years}.zbtz"
    ledger = vault().create(path)
    fill_sample(ledger, Plan(years, 50, 1, UNTIL, content_length=3000))
    ledger.close()
    return Made(path)


def vault() -> FileVault:
    """The files, with the notes of this machine in a folder of their own."""
    return FileVault(datetime.now, STATE)


def opened(years: int) -> Database:
    """The ledger, open."""
    return vault().open(made(years).path)


HEADINGS = (
    *("序号", "姓名", "性别", "民族", "籍贯", "出生年月", "学历", "身份证号码", "入党时间", "转正时间", "党内职务"),
    *("工作部门", "所在党小组", "联系电话", "党费计算基数（元）", "备注"),
)


@cache
def roster_file(people: int) -> Path:
    """A roster as offices keep it, of so many invented people."""
    import xlsxwriter

    path = Path(tempfile.mkdtemp(prefix="bench")) / "2025年党员花名册.xlsx"
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEADINGS)
    for n in range(people):
        joined, group = f"{1980 + n % 40}-{1 + n % 12:02}-{1 + n % 28:02}", f"第{'一二三四五'[n % 5]}党小组"
        confirmed = f"{1981 + n % 40}-{1 + n % 12:02}-{1 + n % 28:02}"
        born = f"{1955 + n % 40}.{1 + n % 12:02}"
        told = (n + 1, f"人{n}号", "男女"[n % 2], "汉族", "湖南长沙", born, "大学本科", "", joined, confirmed, "")
        sheet.write_row(n + 1, 0, (*told, f"部门{n % 30}", group, f"139{n:08}", 3000 + n % 7000, ""))
    book.close()
    return path
