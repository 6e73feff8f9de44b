"""The kinds of files that the program reads: a sound one of each, and the way it is read in the program."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from unittest import mock

from app.backups import BackupReason
from app.collection.structure import read_structure
from app.documents.plan import read_plan
from app.documents.taking import proposals
from app.documents.text import document_text
from app.exchange.export import export_table, workbook
from app.exchange.filling import places_in
from app.exchange.tables import import_table
from app.reports.appendix import keep_photos
from app.reports.book import print_book
from app.rules.packs import pack_file, read_pack
from app.sample.year import Plan, fill_sample
from app.work.checklist_packs import checklist_file
from app.work.register_packs import register_file
from app.year.extract import Detail
from app.year.ledger import load_year
from db.database import Database
from db.vault import FileVault
from tests.app.exchange.test_ods import cell, ods, row
from ui.house.preferences import Preferences

TODAY = date(2026, 7, 16)
NOW = datetime(2026, 7, 16, 9, 30)  # noqa: DTZ001
TABLES = Path(__file__).parents[1] / "tables"
PLAN = "某支部2026年工作安排\n一、重点任务\n1. 制定支部年度计划。9月底前完成。\n2. 支部每月开展1次主题党日。\n"
PASSWORD = "Mima-2026"


class Ground:
    """What the files are read with: a folder, a ledger of an invented branch, a vault."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.notes = folder / "state"
        self.vault = FileVault(lambda: NOW, self.notes)
        self.path = folder / "示例.zbtz"
        self.ledger: Database = self.vault.create(self.path)
        fill_sample(self.ledger, Plan(1, 10, 1, TODAY))
        self.year = load_year(self.ledger, 2026)

    def close(self) -> None:
        """Let the ledger go."""
        self.ledger.close()


@dataclass(frozen=True)
class Kind:
    """One kind: the ending of its files, a sound one, and how it is read."""

    suffix: str
    sound: Callable[[Ground], bytes]
    read: Callable[[Ground, Path], object]


def roster_rows() -> str:
    """A small roster with a cell merged over three rows."""
    head = row(cell("姓名"), cell("性别"), cell("所在党小组"), cell("入党时间"))
    first = row(cell("张一"), cell("男"), cell("第一党小组", rows_spanned=3), cell("2001-07-01"))
    covered = "<table:covered-table-cell/>"
    rest = (row(cell(name), cell("女"), covered, cell("2002-07-01"), visibility="filter") for name in ("李二", "王三"))
    return head + first + "".join(rest)


def _table(kind: str) -> Callable[[Ground, Path], object]:
    return lambda ground, path: import_table(ground.ledger, kind, path, TODAY, dry_run=True)


def _document(ground: Ground, path: Path) -> None:
    proposals(read_plan(document_text(path)), TODAY)


def _word(ground: Ground) -> bytes:
    from docx import Document

    made, buffer = Document(), BytesIO()
    for line in PLAN.splitlines():
        made.add_paragraph(line)
    made.add_table(2, 2).cell(0, 0).text = "任务"
    made.save(buffer)
    return buffer.getvalue()


def _template(ground: Ground, path: Path) -> None:
    del ground
    places_in(path.name, path.read_bytes())


def _template_file(ground: Ground) -> bytes:
    from docx import Document

    made, buffer = Document(), BytesIO()
    made.add_paragraph("{{主题}} {{日期}} {{地点}}")
    made.save(buffer)
    return buffer.getvalue()


@cache
def _picture(format: str) -> bytes:
    from PIL import Image

    buffer = BytesIO()
    Image.effect_noise((64, 48), 50).convert("RGB").save(buffer, format)
    return buffer.getvalue()


def _photo(ground: Ground, path: Path) -> None:
    keep_photos(path.read_bytes(), "照片", ground.vault.spool())


def _ledger(ground: Ground, path: Path) -> None:
    _opened(ground, path, "")


def _locked(ground: Ground, path: Path) -> None:
    _opened(ground, path, PASSWORD)


def _opened(ground: Ground, path: Path, password: str) -> None:
    opened = ground.vault.open(path, password)
    try:
        load_year(opened, 2026)
        opened.history.faults()
        opened.history.actions()
    finally:
        opened.close()


def _ledger_file(ground: Ground) -> bytes:
    return ground.path.read_bytes()


def _locked_file(ground: Ground) -> bytes:
    path = ground.folder / "有密码.zbtz"
    if not path.exists():
        made = ground.vault.create(path, PASSWORD)
        fill_sample(made, Plan(1, 10, 1, TODAY))
        made.close()
    return path.read_bytes()


def _backup_file(ground: Ground) -> bytes:
    return Path(ground.vault.backup(ground.path, BackupReason.MANUAL).path).read_bytes()


def _backup(ground: Ground, path: Path) -> None:
    ground.vault.restore(path, ground.folder / "恢复.zbtz")


def _package_file(ground: Ground) -> bytes:
    from app.collection.package import pack, submission

    told, rows = submission(ground.ledger, 2026, TODAY, Detail.LISTS, TODAY)
    return pack(told, rows)


def _package(ground: Ground, path: Path) -> None:
    from app.collection.package import unpack

    unpack(path.read_bytes())


def _preferences(ground: Ground, path: Path) -> None:
    del ground
    with mock.patch.object(Preferences, "file", staticmethod(lambda: path)):
        Preferences.load()


def _pack_file(name: str) -> Callable[[Ground], bytes]:
    root = Path(__file__).parents[2] / "resources"
    return lambda ground: (root / name).read_bytes()


def _rules(ground: Ground) -> bytes:
    from app.rules.changes import own_pack
    from app.rules.local_rules import LocalRule, RulePeriod
    from app.rules.meeting_types import MeetingType

    if not ground.ledger[LocalRule].all():
        told = LocalRule(label="学习", type=MeetingType.STUDY, period=RulePeriod.MONTH, minimum=2, first_year=2026)
        ground.ledger[LocalRule].save(told)
    return own_pack(ground.ledger, "规则", "甲", TODAY).encode()


def _structure(ground: Ground) -> bytes:
    del ground
    return workbook(
        "组织架构", ["党委", "党总支", "党支部"], [["某党委", "某党总支", "甲支部"], ["某党委", "", "乙支部"]]
    )


KINDS: dict[str, Kind] = {
    "xlsx": Kind(".xlsx", lambda g: export_table(g.year, "members", TODAY), _table("members")),
    "meetings": Kind(".xlsx", lambda g: export_table(g.year, "meetings", TODAY), _table("meetings")),
    "xls": Kind(".xls", lambda g: (TABLES / "党员信息导出.xls").read_bytes(), _table("members")),
    "ods": Kind(".ods", lambda g: ods(roster_rows(), "<table:table-column/>"), _table("members")),
    "csv": Kind(".csv", lambda g: (TABLES / "通讯录.csv").read_bytes(), _table("members")),
    "docx": Kind(".docx", _word, _document),
    "pdf": Kind(".pdf", lambda g: print_book(g.year, TODAY, ("branch",)).data, _document),
    "txt": Kind(".txt", lambda g: PLAN.encode(), _document),
    "html": Kind(".html", lambda g: f"<html><body><p>{PLAN}</p></body></html>".encode(), _document),
    "template": Kind(".docx", _template_file, _template),
    "jpeg": Kind(".jpg", lambda g: _picture("JPEG"), _photo),
    "png": Kind(".png", lambda g: _picture("PNG"), _photo),
    "scan": Kind(".pdf", lambda g: print_book(g.year, TODAY, ("branch",)).data, _photo),
    "ledger": Kind(".zbtz", _ledger_file, _ledger),
    "locked": Kind(".zbtz", _locked_file, _locked),
    "backup": Kind(".zbbf", _backup_file, _backup),
    "package": Kind(".zbbs", _package_file, _package),
    "structure": Kind(".xlsx", _structure, lambda g, p: read_structure(p)),
    "rules": Kind(".zbgz", _rules, lambda g, p: read_pack(pack_file(p))),
    "register": Kind(".zbzt", _pack_file("registers/03_ideology.toml"), lambda g, p: register_file(p)),
    "checklist": Kind(".zbkh", _pack_file("checklists/01_five_standards.toml"), lambda g, p: checklist_file(p)),
    "preferences": Kind(".json", lambda g: json.dumps({"percent": 125, "recent": ["a"]}).encode(), _preferences),
}
